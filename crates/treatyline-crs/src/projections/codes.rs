//! Codes of the EPSG's whose parameters follow from the number, and a few that everybody uses.

use super::Projection;
use super::stated::Datum;
use crate::AreaOfUse;

/// The projection with this code.
pub(super) fn read(number: u32) -> Option<Projection> {
    match number {
        32601..=32660 => utm(number - 32600, false),
        32701..=32760 => utm(number - 32700, true),
        4491..=4501 => gauss_kruger(number, 6, Some(number - 4491 + 13)),
        4502..=4512 => gauss_kruger(number, 6, None),
        4513..=4533 => gauss_kruger(number, 3, Some(number - 4513 + 25)),
        4534..=4554 => gauss_kruger(number, 3, None),
        _ => other(number),
    }
}

/// A zone of the Universal Transverse Mercator grid: EPSG:32601 to 32660 and 32701 to 32760.
pub(super) fn utm(zone: u32, is_south: bool) -> Option<Projection> {
    if !(1..=60).contains(&zone) {
        return None;
    }
    let middle = f64::from(zone) * 6.0 - 183.0;
    let (hemisphere, code, north_m) =
        if is_south { ('S', 32700 + zone, 10_000_000) } else { ('N', 32600 + zone, 0) };
    let [south, north] = if is_south { [-80.0, 0.0] } else { [0.0, 84.0] };
    let formula = format!(
        "+proj=etmerc {} +lat_0=0 +lon_0={middle} +k_0=0.9996 +x_0=500000 +y_0={north_m}",
        Datum::Wgs84.ellipsoid()
    );
    let name = format!("UTM zone {zone}{hemisphere}");
    let bounds = [middle - 3.0, south, middle + 3.0, north];
    Some(on_wgs84(code, &name, formula, bounds))
}

/// A zone of Gauss and Krüger on CGCS2000, six or three degrees wide, with its number before the
/// easting or without it. Those of six degrees begin at 75 degrees, and so do those of three.
fn gauss_kruger(number: u32, width: u32, zone: Option<u32>) -> Option<Projection> {
    let first = match (width, zone) {
        (6, Some(_)) => 4491,
        (6, None) => 4502,
        (_, Some(_)) => 4513,
        (_, None) => 4534,
    };
    let middle = 75 + width * (number - first);
    let wide = if width == 6 { "" } else { "3-degree " };
    let name = zone.map_or_else(|| format!("CM {middle}E"), |zone| format!("zone {zone}"));
    let formula = format!(
        "+proj=etmerc {} +lat_0=0 +lon_0={middle} +k_0=1 +x_0={} +y_0=0",
        Datum::China2000.ellipsoid(),
        zone.unwrap_or(0) * 1_000_000 + 500_000
    );
    Some(Projection {
        label: format!("CGCS2000 / {wide}Gauss-Kruger {name} (EPSG:{number})"),
        datum: Datum::China2000,
        formula,
        unit_m: 1.0,
        area_of_use: None,
    })
}

/// Systems of the whole world and of the polar regions.
fn other(number: u32) -> Option<Projection> {
    const NORTH: [f64; 4] = [-180.0, 60.0, 180.0, 90.0];
    const SOUTH: [f64; 4] = [-180.0, -90.0, 180.0, -60.0];
    let at_scale =
        |pole| format!("+proj=stere +lat_0={pole} +lon_0=0 +k_0=0.994 +x_0=2000000 +y_0=2000000");
    let at_parallel = |pole, parallel, lon: f64| {
        format!("+proj=stere +lat_0={pole} +lat_ts={parallel} +lon_0={lon}")
    };
    let (name, formula, bounds) = match number {
        3857 => {
            let formula = "+proj=merc +a=6378137 +b=6378137 +lon_0=0".to_owned();
            let bounds = [-180.0, -85.06, 180.0, 85.06];
            return Some(on_wgs84(number, "Pseudo-Mercator", formula, bounds));
        }
        3395 => ("World Mercator", "+proj=merc +lon_0=0".to_owned(), [-180.0, -80.0, 180.0, 84.0]),
        3031 => ("Antarctic Polar Stereographic", at_parallel(-90, -71, 0.0), SOUTH),
        3413 => ("NSIDC Sea Ice Polar Stereographic North", at_parallel(90, 70, -45.0), NORTH),
        3995 => ("Arctic Polar Stereographic", at_parallel(90, 71, 0.0), NORTH),
        3996 => ("IBCAO Polar Stereographic", at_parallel(90, 75, 0.0), NORTH),
        5041 => ("UPS North (E,N)", at_scale(90), NORTH),
        5042 => ("UPS South (E,N)", at_scale(-90), SOUTH),
        32661 => ("UPS North (N,E)", at_scale(90), NORTH),
        32761 => ("UPS South (N,E)", at_scale(-90), SOUTH),
        _ => return None,
    };
    let formula = format!("{formula} {}", Datum::Wgs84.ellipsoid());
    Some(on_wgs84(number, name, formula, bounds))
}

fn on_wgs84(number: u32, name: &str, formula: String, bounds_deg: [f64; 4]) -> Projection {
    Projection {
        label: format!("WGS 84 / {name} (EPSG:{number})"),
        datum: Datum::Wgs84,
        formula,
        unit_m: 1.0,
        area_of_use: Some(AreaOfUse { name: name.to_owned(), bounds_deg }),
    }
}
