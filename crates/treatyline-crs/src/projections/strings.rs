//! Projections as PROJ strings: those with nothing in them but what is known here.

use super::formula::Parameters;
use super::stated::Datum;
use super::{Projection, codes};

/// The projection of a PROJ string on WGS 84 in metres.
pub(super) fn read(text: &str) -> Option<Projection> {
    let mut parameters = Parameters::default();
    let (mut projection, mut zone, mut is_south, mut is_on_wgs84) = ("", None, false, false);
    for word in text.split_whitespace() {
        match word.strip_prefix('+')?.split_once('=') {
            Some(("proj", name)) => projection = name,
            Some(("zone", number)) => zone = Some(number.parse::<u32>().ok()?),
            Some(("datum", "WGS84")) => is_on_wgs84 = true,
            Some(("units", "m") | ("type", "crs")) => {}
            Some((key, value)) => {
                let keys = ["lat_0", "lon_0", "lat_1", "lat_2", "lat_ts", "k_0", "x_0", "y_0"];
                let key = if key == "k" { "k_0" } else { key };
                let key = keys.into_iter().find(|known| *known == key)?;
                parameters.set(key, value.parse().ok()?)?;
            }
            None if word == "+south" => is_south = true,
            None if word == "+no_defs" => {}
            None => return None,
        }
    }
    if !is_on_wgs84 || is_south && projection != "utm" {
        return None;
    }
    if let ("utm", Some(zone)) = (projection, zone) {
        return codes::utm(zone, is_south)
            .map(|found| Projection { label: text.to_owned(), ..found });
    }
    let formula = parameters.formula(method(projection)?, &Datum::Wgs84.ellipsoid())?.0;
    let label = text.to_owned();
    let is_usual = zone.is_none();
    is_usual.then_some(Projection {
        label,
        datum: Datum::Wgs84,
        formula,
        unit_m: 1.0,
        area_of_use: None,
    })
}

/// The method that a projection of PROJ is, in the words of [`Parameters::formula`].
fn method(projection: &str) -> Option<&'static str> {
    Some(match projection {
        "tmerc" | "etmerc" => "transversemercator",
        "merc" => "mercatorvarianta",
        "lcc" => "lambertconformalconic",
        "aea" => "albersequalarea",
        "laea" => "lambertazimuthalequalarea",
        "stere" => "polarstereographicvarianta",
        _ => return None,
    })
}
