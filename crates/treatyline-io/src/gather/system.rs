//! The coordinate system a file states: WGS 84, something that can be turned into it
//! without changing datum, or something that is refused.
//!
//! From one datum to another there are several operations, and some of them change nothing
//! ([`treatyline_crs`]); which one is right only the maker of the data can say. So
//! only projected systems on WGS 84 are turned here, by an allow list: there is nothing to
//! choose, and PROJ is exact to a fraction of a millimetre.

use geo::Coord;
use serde_json::Value;

use crate::problem::Fault;
use treatyline_crs::{Operation, WGS84};
use treatyline_geodesy::{PositionFault, check_position};

/// A system as a file states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum System {
    /// WGS 84 longitude and latitude.
    Wgs84,
    /// A projection of WGS 84, by its EPSG number.
    Projected(u32),
    /// Another one, by its name.
    Other(String),
    /// None is stated where one should be.
    Unstated,
    /// The place for the system holds something else.
    Unreadable(&'static str),
}

/// The way to WGS 84.
pub(super) enum ToWgs84 {
    Already,
    Through(Operation),
}

impl System {
    /// By its number in the registry of the EPSG.
    pub(crate) fn epsg(number: u32) -> Self {
        match number {
            // WGS 84, also with height, and its later realisations with their ensemble.
            4326 | 4979 => Self::Wgs84,
            _ if is_projection_of_wgs84(number) => Self::Projected(number),
            _ => Self::Other(format!("EPSG:{number}")),
        }
    }

    /// By authority and code, as most formats have it.
    pub(crate) fn code(authority: &str, code: &str) -> Self {
        match (authority.to_uppercase().as_str(), code.parse()) {
            ("EPSG", Ok(number)) => Self::epsg(number),
            ("OGC", _) if ["CRS84", "CRS84h"].contains(&code) => Self::Wgs84,
            _ => Self::Other(format!("{authority}:{code}")),
        }
    }

    /// By its description in WKT, first or second edition, ESRI's included.
    pub(crate) fn wkt(text: &str) -> Self {
        let Some(root) = Node::parse(text) else {
            let is_page = text.trim_start().starts_with('<');
            return match text.trim_matches(['\0', ' ', '\t', '\r', '\n', '\u{feff}']) {
                "" => Self::Unstated,
                _ if is_page => Self::Unreadable("an HTML page or other XML, not WKT"),
                _ => Self::Unreadable("no WKT"),
            };
        };
        let name = root.name.clone();
        let other = || Self::Other(if name.is_empty() { root.word.clone() } else { name.clone() });
        match root.word.as_str() {
            "GEOGCS" | "GEOGCRS" | "GEODCRS" | "GEOGRAPHICCRS" | "GEODETICCRS" => {
                match root.unlike_wgs84() {
                    None => Self::Wgs84,
                    Some(unlike) if is_named_wgs84(&name) => {
                        Self::Other(format!("a system called `{name}` whose {unlike}"))
                    }
                    Some(_) => other(),
                }
            }
            "PROJCS" | "PROJCRS" | "PROJECTEDCRS" => {
                let base = ["GEOGCS", "BASEGEOGCRS", "BASEGEODCRS"];
                let on_wgs84 = base.iter().find_map(|word| root.child(word));
                let number = root.epsg().or_else(|| number_by_name(&root.name));
                match number.filter(|number| is_projection_of_wgs84(*number)) {
                    Some(number) if on_wgs84.is_some_and(Node::is_wgs84) => Self::Projected(number),
                    _ => other(),
                }
            }
            _ => other(),
        }
    }

    /// By authority and code, as in `EPSG:4326`, or by its description in WKT.
    #[cfg_attr(not(feature = "geoparquet"), allow(dead_code, reason = "of GeoParquet"))]
    pub(crate) fn text(text: &str) -> Self {
        match text.trim().split_once(':') {
            Some((authority, code)) if !authority.contains(['[', '(']) => {
                Self::code(authority, code)
            }
            _ => Self::wkt(text),
        }
    }

    /// By its description in PROJJSON, as GeoParquet has it.
    pub(crate) fn projjson(object: &Value) -> Self {
        let id = &object["id"];
        let code = match &id["code"] {
            Value::String(code) => Some(code.clone()),
            Value::Number(code) => Some(code.to_string()),
            _ => None,
        };
        if let (Some(authority), Some(code)) = (id["authority"].as_str(), code) {
            return Self::code(authority, &code);
        }
        Self::Other(object["name"].as_str().unwrap_or("a system without a name").to_owned())
    }

    /// The way to WGS 84.
    ///
    /// # Errors
    /// [`Fault::System`] where no way is certain enough to be taken without asking the user.
    pub(super) fn to_wgs84(&self) -> Result<ToWgs84, Fault> {
        match self {
            Self::Wgs84 => Ok(ToWgs84::Already),
            Self::Projected(number) => {
                let code = format!("EPSG:{number}");
                treatyline_crs::between(&code, WGS84)
                    .map(ToWgs84::Through)
                    .map_err(|_| Fault::System { name: Some(code) })
            }
            Self::Other(name) => Err(Fault::System { name: Some(name.clone()) }),
            Self::Unstated => Err(Fault::System { name: None }),
            Self::Unreadable(found) => Err(Fault::NoSystem { found }),
        }
    }
}

impl ToWgs84 {
    pub(super) fn convert(&self, at: Coord) -> Result<Coord, Fault> {
        let Self::Through(operation) = self else { return Ok(at) };
        if !(at.x.is_finite() && at.y.is_finite()) {
            return Ok(at);
        }
        let reached = operation.forward(at).ok().filter(|reached| check_position(*reached).is_ok());
        reached.ok_or(Fault::Position(PositionFault::OutOfRange { lon: at.x, lat: at.y }))
    }
}

/// UTM zones north and south, polar, Web and World Mercator, plate carrée: all of them on
/// WGS 84, in metres, easting before northing, or brought into that order by PROJ.
const fn is_projection_of_wgs84(number: u32) -> bool {
    matches!(number,
        32601..=32660 | 32701..=32760 | 32661 | 32761 | 5041 | 5042 | 3857 | 3395 | 4087)
}

/// The number of a system that ESRI names but does not number.
fn number_by_name(name: &str) -> Option<u32> {
    let name = name.replace([' ', '/'], "_");
    if name == "WGS_1984_Web_Mercator_Auxiliary_Sphere" {
        return Some(3857);
    }
    if name == "WGS_1984_World_Mercator" {
        return Some(3395);
    }
    let zone = name.strip_prefix("WGS_1984_UTM_Zone_")?;
    let half = match zone.chars().last()? {
        'N' => 32600,
        'S' => 32700,
        _ => return None,
    };
    let number: u32 = zone.get(..zone.len() - 1)?.parse().ok()?;
    (1..=60).contains(&number).then_some(half + number)
}

/// A node of WKT: `WORD["name", 1.5, OTHER[...]]`.
#[derive(Debug, Default)]
struct Node {
    word: String,
    name: String,
    values: Vec<String>,
    children: Vec<Node>,
}

/// No description of a system is nested deeper than this.
const DEEPEST: usize = 16;

impl Node {
    fn parse(text: &str) -> Option<Self> {
        let mut rest = text.trim().trim_end_matches('\0');
        rest = rest.trim_start_matches('\u{feff}');
        let node = Self::read(&mut rest, 0)?;
        rest.trim().is_empty().then_some(node)
    }

    fn read(rest: &mut &str, depth: usize) -> Option<Self> {
        let open = rest.find(['[', '('])?;
        let word = rest[..open].trim().to_uppercase();
        if depth > DEEPEST || !word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
            return None;
        }
        let mut node = Self { word, ..Self::default() };
        *rest = &rest[open + 1..];
        loop {
            *rest = rest.trim_start();
            if let Some(text) = rest.strip_prefix('"') {
                let end = text.find('"')?;
                if node.name.is_empty() && node.values.is_empty() {
                    text[..end].clone_into(&mut node.name);
                } else {
                    node.values.push(text[..end].to_owned());
                }
                *rest = &text[end + 1..];
            } else {
                let end = rest.find(['[', '(', ']', ')', ',', '"'])?;
                if rest[end..].starts_with(['[', '(']) {
                    node.children.push(Self::read(rest, depth + 1)?);
                } else {
                    node.values.push(rest[..end].trim().to_owned());
                    *rest = &rest[end..];
                }
            }
            *rest = rest.trim_start();
            let mut after = rest.chars();
            match after.next()? {
                ',' => *rest = after.as_str(),
                ']' | ')' => {
                    *rest = after.as_str();
                    return Some(node);
                }
                _ => return None,
            }
        }
    }

    fn child(&self, word: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.word == word)
    }

    fn number(&self, place: usize) -> Option<f64> {
        self.values.get(place)?.parse().ok()
    }

    /// The number that the registry of the EPSG has it under, if it says so.
    fn epsg(&self) -> Option<u32> {
        let id = self.child("AUTHORITY").or_else(|| self.child("ID"))?;
        if id.name.eq_ignore_ascii_case("EPSG") { id.values.first()?.parse().ok() } else { None }
    }

    /// Whether a geographic system is WGS 84: its datum by name, its ellipsoid, its
    /// meridian and its unit by their numbers. The order of its axes says nothing: every
    /// format that is read here has longitude before latitude whatever it is.
    fn is_wgs84(&self) -> bool {
        self.unlike_wgs84().is_none()
    }

    /// In what a geographic system differs from WGS 84.
    fn unlike_wgs84(&self) -> Option<String> {
        let datum = ["DATUM", "ENSEMBLE", "GEODETICDATUM", "TRF"];
        let Some(datum) = datum.iter().find_map(|word| self.child(word)) else {
            return Some("datum is not stated".to_owned());
        };
        let ellipsoid = datum.child("SPHEROID").or_else(|| datum.child("ELLIPSOID"));
        let near = |node: Option<&Self>, place, expected: f64| {
            let stated = node.and_then(|node| node.number(place));
            stated.is_some_and(|stated| (stated - expected).abs() <= expected.abs() * 1e-9)
        };
        let zero = |meridian: &Self| meridian.number(0) == Some(0.0);
        let degree = |unit: &Self| near(Some(unit), 0, 1_f64.to_radians());
        let is_degree = ["UNIT", "ANGLEUNIT"].iter().find_map(|word| self.child(word));
        let is_numbered = datum.epsg() == Some(6326) || self.epsg() == Some(4326);
        let shift = datum.child("TOWGS84");
        let shifts = shift
            .is_some_and(|shift| (0..shift.values.len()).any(|at| shift.number(at) != Some(0.0)));
        if !is_numbered && !is_named_wgs84(&datum.name) {
            Some(format!("datum is `{}`", datum.name))
        } else if shifts {
            Some("datum is shifted against WGS 84".to_owned())
        } else if !near(ellipsoid, 0, 6_378_137.0) || !near(ellipsoid, 1, 298.257_223_563) {
            Some("ellipsoid is another one".to_owned())
        } else if !self.child("PRIMEM").is_none_or(zero) {
            Some("meridian is not that of Greenwich".to_owned())
        } else if !is_degree.is_none_or(degree) {
            Some("unit is not the degree".to_owned())
        } else {
            None
        }
    }
}

/// Whether a system or a datum has one of the names of WGS 84, whatever its case and what is
/// between its words; what Esri puts before it and others behind it (`D_`, `[EPSG ID 6326]`) is
/// no part of the name.
fn is_named_wgs84(name: &str) -> bool {
    let name = name.split('[').next().unwrap_or_default();
    let kept = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    let plain = kept.to_uppercase();
    let plain = plain.trim_end_matches("ENSEMBLE").trim_end_matches("DATUM");
    let plain = plain.strip_prefix("GCS").or_else(|| plain.strip_prefix('D')).unwrap_or(plain);
    let names = [
        "WGS1984",
        "WGS84",
        "WORLDGEODETICSYSTEM1984",
        "WORLDGEODETICSYSTEM84",
        "WORLDGEODETICSYSTEMOF1984",
    ];
    names.contains(&plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ESRI: &str = r#"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;

    #[test]
    fn wgs84_is_known_in_every_dialect() {
        let first = r#"GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]"#;
        let second = r#"GEOGCRS["WGS 84",ENSEMBLE["World Geodetic System 1984 ensemble",MEMBER["World Geodetic System 1984 (Transit)"],ELLIPSOID["WGS 84",6378137,298.257223563,LENGTHUNIT["metre",1]],ENSEMBLEACCURACY[2.0]],PRIMEM["Greenwich",0,ANGLEUNIT["degree",0.0174532925199433]],CS[ellipsoidal,2],AXIS["geodetic latitude (Lat)",north,ORDER[1],ANGLEUNIT["degree",0.0174532925199433]],ID["EPSG",4326]]"#;
        for text in [ESRI, first, second, &format!("{ESRI}\0\n")] {
            assert_eq!(System::wkt(text), System::Wgs84, "{text}");
        }
    }

    #[test]
    fn what_is_only_nearly_wgs84_is_another_system() {
        for (from, to) in [
            ("D_WGS_1984", "D_Beijing_1954"),
            ("6378137.0", "6378245.0"),
            ("298.257223563", "298.257222101"),
            ("[\"Greenwich\",0.0]", "[\"Paris\",2.337229166666667]"),
            ("0.0174532925199433", "0.01570796326794897"),
        ] {
            let text = ESRI.replace(from, to);
            assert_ne!(text, ESRI);
            let System::Other(name) = System::wkt(&text) else { panic!("{text}") };
            assert!(name.starts_with("a system called `GCS_WGS_1984` whose "), "{name}");
        }
        assert!(System::wkt(ESRI).to_wgs84().is_ok());
        assert!(System::Unstated.to_wgs84().is_err());
        let deep = format!("{}{}", "A[".repeat(100_000), "]".repeat(100_000));
        for text in ["GEOGCS", "GEOGCS[", "GEOGCS[\"", "[]]", "°[\"\"]", &deep] {
            assert_eq!(System::wkt(text), System::Unreadable("no WKT"), "{text}");
        }
        assert_eq!(System::wkt(" \n"), System::Unstated);
    }

    #[test]
    fn projections_of_wgs84_are_recognised_by_number_or_name() {
        let projected = |name: &str, more: &str, base: &str| {
            System::wkt(&format!("PROJCS[\"{name}\",{base},PROJECTION[\"x\"]{more}]"))
        };
        let numbered = ",AUTHORITY[\"EPSG\",\"32644\"]";
        assert_eq!(projected("any", numbered, ESRI), System::Projected(32644));
        assert_eq!(projected("WGS_1984_UTM_Zone_44N", "", ESRI), System::Projected(32644));
        assert_eq!(projected("WGS_1984_UTM_Zone_9S", "", ESRI), System::Projected(32709));
        let other = ESRI.replace("D_WGS_1984", "D_Pulkovo_1942");
        assert!(matches!(projected("any", numbered, &other), System::Other(_)));
        assert!(matches!(projected("WGS_1984_UTM_Zone_61N", "", ESRI), System::Other(_)));
        assert_eq!(System::code("EPSG", "28415"), System::Other("EPSG:28415".to_owned()));
        assert_eq!(System::code("OGC", "CRS84"), System::Wgs84);
    }

    #[cfg(feature = "proj")]
    #[test]
    fn every_projection_on_the_list_stands_on_wgs84() {
        for number in (1..100_000).filter(|number| is_projection_of_wgs84(*number)) {
            let system = treatyline_crs::system(&format!("EPSG:{number}")).unwrap();
            assert_eq!(system.base.as_deref(), Some(WGS84), "EPSG:{number}");
            assert!(system.projected);
        }
    }

    #[cfg(feature = "proj")]
    #[test]
    fn utm_is_turned_and_nonsense_is_not() {
        let way = System::epsg(32644).to_wgs84().unwrap();
        let at = way.convert(Coord { x: 500_000.0, y: 4_982_950.4 }).unwrap();
        assert!((at.x - 81.0).abs() < 1e-9 && (at.y - 45.0).abs() < 1e-5, "{at:?}");
        assert!(way.convert(Coord { x: 1e300, y: 0.0 }).is_err());
    }
}
