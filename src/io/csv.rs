//! Tables of text: a row for each feature, its geometry as well-known text in one column, or as
//! longitude and latitude in two, which are told by their names. All else is attributes, as
//! text.

/// Names of a column of well-known text.
const WKT: [&str; 8] =
    ["wkt", "geom", "geometry", "the_geom", "wkt_geom", "geometry_wkt", "geom_wkt", "shape_wkt"];
const LON: [&str; 6] = ["lon", "long", "lng", "longitude", "decimallongitude", "x"];
const LAT: [&str; 5] = ["lat", "latitude", "decimallatitude", "lat_dd", "y"];
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Where the geometry of a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Wkt(usize),
    LonLat(usize, usize),
}

/// Whether a text is a table with geometries, by its first line.
pub(super) fn is_table(text: &[u8]) -> bool {
    let line = text.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    // Well-known text has brackets, JSON braces, XML angles.
    line.len() < 1 << 14 && !line.contains(&b'(') && headed(line).is_some()
}

/// The delimiter of a first line, and where the geometry is.
fn headed(line: &[u8]) -> Option<(u8, Place)> {
    let line = String::from_utf8_lossy(line);
    DELIMITERS.into_iter().find_map(|delimiter| {
        let plain = |name: &str| name.trim().trim_matches('"').trim().to_lowercase();
        let names: Vec<String> = line.split(char::from(delimiter)).map(plain).collect();
        let find = |known: &[&str]| {
            known.iter().find_map(|known| names.iter().position(|name| name == known))
        };
        let place = match (find(&WKT), find(&LON), find(&LAT)) {
            (Some(wkt), _, _) if names.len() > 1 || names[0] == "wkt" => Place::Wkt(wkt),
            (_, Some(lon), Some(lat)) => Place::LonLat(lon, lat),
            _ => return None,
        };
        Some((delimiter, place))
    })
}

#[cfg(feature = "wkt")]
pub(super) use reading::read;

#[cfg(feature = "wkt")]
mod reading {
    use geo::Coord;
    use serde_json::{Map, Value};

    use super::{Place, headed};
    use crate::io::Collection;
    use crate::io::encoding::{self, Encoding};
    use crate::io::fixes::FixKind;
    use crate::io::gather::{Gather, Raw, System};
    use crate::io::input::Loaded;
    use crate::io::wkt;
    use crate::problem::{Fault, Problem, Problems};

    pub(in crate::io) fn read(loaded: &Loaded) -> Result<Collection, Problems> {
        let bytes = loaded.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&loaded.bytes);
        let mut gather = Gather::new(loaded);
        let encoding = encoding_of(loaded, bytes, &mut gather)?;
        let first = bytes.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
        let (delimiter, place) = headed(first).ok_or_else(|| {
            let found = "a table without a column that is called wkt, or two called lon and lat";
            let wanted = "column of geometries";
            loaded.problem("line 1", Fault::Geometry { found: found.to_owned(), wanted })
        })?;
        let mut table =
            ::csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(bytes);
        let text = |cell: &[u8]| encoding.decoded(cell).unwrap_or_else(|| encoding::escaped(cell));
        let broken = |error: ::csv::Error| -> Problem {
            loaded.problem("", Fault::Syntax { message: format!("not CSV: {error}") })
        };
        let names: Vec<String> = table
            .byte_headers()
            .map_err(broken)?
            .iter()
            .map(|name| text(name).trim().to_owned())
            .collect();
        for row in table.byte_records() {
            let row = row.map_err(broken)?;
            let mut properties = Map::new();
            for (i, (name, cell)) in names.iter().zip(&row).enumerate() {
                let is_geometry = match place {
                    Place::Wkt(at) => i == at,
                    Place::LonLat(lon, lat) => i == lon || i == lat,
                };
                if is_geometry {
                    continue;
                }
                if encoding.decoded(cell).is_none() {
                    let at = gather.place(None);
                    gather.fix(FixKind::BytesEscaped, at, Some(format!("in `{name}`")));
                }
                let value = if cell.is_empty() { Value::Null } else { text(cell).into() };
                properties.insert(name.clone(), value);
            }
            let cell = |at: usize| text(row.get(at).unwrap_or_default()).trim().to_owned();
            let raw = match place {
                Place::Wkt(at) => wkt::geometry(&cell(at), &mut gather)?,
                Place::LonLat(lon, lat) => {
                    gather.system("", &System::Wgs84)?;
                    point(&cell(lon), &cell(lat))
                }
            };
            match raw {
                Ok(raw) => gather.add(None, raw, properties)?,
                Err(fault) => gather.unreadable(fault)?,
            }
        }
        gather.finish(Map::new())
    }

    fn encoding_of(
        loaded: &Loaded,
        bytes: &[u8],
        gather: &mut Gather,
    ) -> Result<Encoding, Problem> {
        if let Some(name) = &loaded.input.encoding {
            return encoding::asked(name).map_err(|fault| loaded.problem("", fault));
        }
        if std::str::from_utf8(bytes).is_ok() {
            return Ok(Encoding::UTF8);
        }
        let detected = Encoding::detected(std::iter::once(bytes));
        let detail = format!("it is read as {}; --encoding NAME names another", detected.name());
        gather.fix(FixKind::EncodingGuessed, "", Some(detail));
        Ok(detected)
    }

    fn point(lon: &str, lat: &str) -> Result<Raw, Fault> {
        if lon.is_empty() && lat.is_empty() {
            return Ok(Raw::None);
        }
        match (lon.parse(), lat.parse()) {
            (Ok(x), Ok(y)) => Ok(Raw::Point(Coord { x, y })),
            _ => Err(Fault::Syntax {
                message: format!("`{lon}` and `{lat}` are no longitude and latitude in degrees"),
            }),
        }
    }
}
