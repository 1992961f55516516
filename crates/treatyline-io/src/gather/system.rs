//! The coordinate system that a file states, or its user.
//!
//! WGS 84 is recognised here, so that files in it can be read without PROJ; every other system is
//! [`treatyline_crs`]'s to understand.

use serde_json::Value;

use super::plane::{has_height, plane_of_name, plane_of_wkt, word};
use crate::problem::Fault;
use treatyline_crs::DatumError;
use treatyline_crs::internal::{KNOWS_CODES, Node, is_named_wgs84};

/// A system as a file states it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum System {
    /// WGS 84 longitude and latitude.
    Wgs84,
    /// Another one: a code, WKT, PROJJSON or a PROJ string.
    Defined {
        /// What PROJ understands it by.
        definition: String,
        /// How messages name it.
        name: String,
        /// Whether it is called WGS 84 and is another system.
        is_misnamed: bool,
        /// The year at which the coordinates are, if that is stated.
        epoch: Option<f64>,
    },
    /// One of these with heights, which are left out.
    WithHeights(Box<Self>),
    /// None is stated where one should be.
    Unstated,
    /// The place for the system holds something else.
    Unreadable(&'static str),
}

impl System {
    /// By its number in the registry of the EPSG.
    pub(crate) fn epsg(number: u32) -> Self {
        match number {
            // WGS 84 with its later realisations, their ensemble.
            4326 => Self::Wgs84,
            4979 => Self::Wgs84.with_heights(),
            _ => Self::named(format!("EPSG:{number}")),
        }
    }

    fn named(code: String) -> Self {
        Self::Defined { definition: code.clone(), name: code, is_misnamed: false, epoch: None }
    }

    /// By authority and code, as most formats have it.
    pub(crate) fn code(authority: &str, code: &str) -> Self {
        match (authority.to_uppercase().as_str(), code.parse()) {
            ("EPSG", Ok(number)) => Self::epsg(number),
            ("OGC", _) if code == "CRS84" => Self::Wgs84,
            ("OGC", _) if code == "CRS84h" => Self::Wgs84.with_heights(),
            _ => Self::named(format!("{authority}:{code}")),
        }
    }

    /// By its description in WKT, first or second edition, ESRI's included.
    pub(crate) fn wkt(text: &str) -> Self {
        let text = text.trim_matches(['\0', ' ', '\t', '\r', '\n', '\u{feff}']);
        if let Some((system, epoch)) = without_epoch(text) {
            return Self::wkt(system).at_epoch(epoch);
        }
        if let Some(plane) = plane_of_wkt(text) {
            return Self::wkt(plane).with_heights();
        }
        let Some(root) = Node::parse(text) else {
            return match text {
                "" => Self::Unstated,
                _ if text.starts_with('<') => {
                    Self::Unreadable("an HTML page or other XML, not WKT")
                }
                // Without its type PROJ takes it for an operation.
                _ if text.starts_with('+') && text.contains("+type=crs") => {
                    Self::named(text.to_owned())
                }
                _ if text.starts_with('+') => Self::named(format!("{text} +type=crs")),
                _ => Self::Unreadable("no WKT"),
            };
        };
        let definition = text.to_owned();
        let plain = if root.name.is_empty() { root.word.clone() } else { root.name.clone() };
        let geographic = ["GEOGCS", "GEOGCRS", "GEODCRS", "GEOGRAPHICCRS", "GEODETICCRS"];
        let is_geocentric =
            root.child("CS").is_some_and(|axes| axes.values.iter().any(|kind| kind == "Cartesian"));
        if is_geocentric || !geographic.contains(&root.word.as_str()) {
            return Self::Defined { definition, name: plain, is_misnamed: false, epoch: None };
        }
        match root.unlike_wgs84() {
            None if has_height(&root) => Self::Wgs84.with_heights(),
            None => Self::Wgs84,
            Some(unlike) if is_named_wgs84(&plain) => {
                let name = format!("a system called `{plain}` whose {unlike}");
                Self::Defined { definition, name, is_misnamed: true, epoch: None }
            }
            Some(_) => Self::Defined { definition, name: plain, is_misnamed: false, epoch: None },
        }
    }

    /// By anything that names or describes a system: `EPSG:4326`, `urn:ogc:def:crs:EPSG::4326`,
    /// WKT, PROJJSON, a PROJ string.
    pub(crate) fn text(text: &str) -> Self {
        let text = text.trim();
        // As PROJ has it: `ITRF2014@2015.5`.
        if let Some((system, epoch)) = text.rsplit_once('@')
            && let Ok(epoch) = epoch.parse()
        {
            return Self::text(system).at_epoch(Some(epoch));
        }
        if text.starts_with('{') {
            return match serde_json::from_str(text) {
                Ok(object) => Self::projjson(&object),
                Err(_) => Self::Unreadable("JSON that is broken"),
            };
        }
        if text.contains(['[', '(', '<']) {
            return Self::wkt(text);
        }
        if let Some(plane) = plane_of_name(text) {
            return Self::text(&plane).with_heights();
        }
        if text.contains('+') {
            return Self::wkt(text);
        }
        // `http://www.opengis.net/def/crs/EPSG/0/28415`
        if let Some((_, path)) = text.split_once("/def/crs/")
            && let [authority, _, code] = path.split('/').collect::<Vec<_>>()[..]
        {
            return Self::code(authority, code);
        }
        // In a URN a version may stand between the two.
        match text.strip_prefix("urn:ogc:def:crs:").unwrap_or(text).split_once(':') {
            Some((authority, code)) => {
                let code = code.rsplit(':').next().unwrap_or(code);
                Self::code(authority, code)
            }
            None => match text.parse() {
                Ok(number) => Self::epsg(number),
                Err(_) if text.is_empty() => Self::Unstated,
                Err(_) if ["wgs84", "wgs 84", "crs84"].contains(&text.to_lowercase().as_str()) => {
                    Self::Wgs84
                }
                Err(_) => Self::named(text.to_owned()),
            },
        }
    }

    /// By the member `crs` that GeoJSON had before RFC 7946.
    pub(crate) fn of_member(crs: &Value) -> Self {
        match crs["properties"]["name"].as_str() {
            Some(name) if !name.is_empty() => Self::text(name),
            _ if crs.is_null() => Self::Wgs84,
            _ => match (&crs["type"], &crs["properties"]["code"]) {
                (kind, Value::Number(code)) if kind == "EPSG" => {
                    Self::code("EPSG", &code.to_string())
                }
                _ => Self::Unreadable("a `crs` that names no system"),
            },
        }
    }

    /// By its description in PROJJSON, as GeoParquet has it.
    pub(crate) fn projjson(object: &Value) -> Self {
        if object["type"] == "CoordinateMetadata" {
            return Self::projjson(&object["crs"]).at_epoch(object["coordinateEpoch"].as_f64());
        }
        if object["type"] == "CompoundCRS" {
            return Self::projjson(&object["components"][0]).with_heights();
        }
        let id = &object["id"];
        let code = match &id["code"] {
            Value::String(code) => Some(code.clone()),
            Value::Number(code) => Some(code.to_string()),
            _ => None,
        };
        if let (Some(authority), Some(code)) = (id["authority"].as_str(), code) {
            return Self::code(authority, &code).with_description(&object.to_string());
        }
        let name = object["name"].as_str().unwrap_or("a system without a name").to_owned();
        Self::Defined { definition: object.to_string(), name, is_misnamed: false, epoch: None }
    }

    /// The same with what a file has as well as the code, for a build without PROJ, in which codes
    /// cannot be looked up.
    pub(crate) fn with_description(mut self, description: &str) -> Self {
        if let Self::WithHeights(plane) = self {
            return plane.with_description(description).with_heights();
        }
        if let Self::Defined { definition, .. } = &mut self
            && !KNOWS_CODES
            && !description.trim().is_empty()
        {
            description.clone_into(definition);
        }
        self
    }

    /// The same with coordinates that are stated to be at an epoch; of WGS 84 itself that changes
    /// nothing.
    pub(crate) fn at_epoch(mut self, year: Option<f64>) -> Self {
        if let Self::WithHeights(plane) = self {
            return plane.at_epoch(year).with_heights();
        }
        if let Self::Defined { epoch, .. } = &mut self
            && year.is_some_and(f64::is_finite)
        {
            *epoch = year;
        }
        self
    }

    /// The same with heights; what is no system stays none.
    fn with_heights(self) -> Self {
        match self {
            Self::Wgs84 | Self::Defined { .. } => Self::WithHeights(Box::new(self)),
            Self::WithHeights(_) | Self::Unstated | Self::Unreadable(_) => self,
        }
    }

    /// Its part with two axes, and whether it has heights as well.
    pub(crate) fn plane(&self) -> (&Self, bool) {
        match self {
            Self::WithHeights(plane) => (plane, true),
            plane => (plane, false),
        }
    }

    /// The epoch that is stated for the coordinates.
    pub(crate) fn epoch(&self) -> Option<f64> {
        match self.plane().0 {
            Self::Defined { epoch, .. } => *epoch,
            _ => None,
        }
    }

    /// How messages name it.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Wgs84 => "WGS 84",
            Self::Defined { name, .. } => name,
            Self::WithHeights(plane) => plane.name(),
            Self::Unstated => "no system",
            Self::Unreadable(found) => found,
        }
    }

    /// What PROJ understands it by.
    pub(crate) fn definition(&self) -> &str {
        match self.plane().0 {
            Self::Defined { definition, .. } => definition,
            _ => treatyline_crs::internal::WGS84,
        }
    }

    /// Why coordinates in it cannot be brought to WGS 84.
    pub(crate) fn fault(&self, error: DatumError) -> Fault {
        let name = || self.name().to_owned();
        match (self.plane().0, error) {
            (_, DatumError::NotBuilt) => Fault::System { name: Some(name()) },
            (Self::Defined { is_misnamed: true, .. }, DatumError::NoOperation { .. }) => {
                Fault::Transformation(DatumError::NoOperation { system: name() })
            }
            (_, DatumError::UnknownSystem { .. }) => {
                Fault::Transformation(DatumError::UnknownSystem { code: name() })
            }
            (_, error) => Fault::Transformation(error),
        }
    }
}

/// The system within WKT of coordinates with an epoch, `COORDINATEMETADATA[system, EPOCH[2015.5]]`,
/// and the epoch, which may be left out; `None` for any other text.
fn without_epoch(text: &str) -> Option<(&str, Option<f64>)> {
    let (_, body) = text.split_once(['[', '('])?;
    // One within another is no system, however many there are.
    if word(text) != "COORDINATEMETADATA" || word(body) == "COORDINATEMETADATA" {
        return None;
    }
    let body = body.trim_end().strip_suffix([']', ')'])?;
    // The last member, behind those of the system, one of which is `FRAMEEPOCH`.
    let Some((system, last)) = body.rsplit_once(',') else { return Some((body, None)) };
    let (_, year) = last.split_once(['[', '(']).unwrap_or((last, ""));
    if word(last) != "EPOCH" {
        return Some((body, None));
    }
    Some((system, year.trim().trim_end_matches([']', ')']).trim().parse().ok()))
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
            let System::Defined { name, .. } = System::wkt(&text) else { panic!("{text}") };
            assert!(name.starts_with("a system called `GCS_WGS_1984` whose "), "{name}");
        }
        let deep = format!("{}{}", "A[".repeat(100_000), "]".repeat(100_000));
        for text in ["GEOGCS", "GEOGCS[", "GEOGCS[\"", "[]]", "°[\"\"]", &deep] {
            assert_eq!(System::wkt(text), System::Unreadable("no WKT"), "{text}");
        }
        assert_eq!(System::wkt(" \n"), System::Unstated);
        let behind = ",VERTCS[]".repeat(100_000);
        for start in ["COMPD_CS[\"a\",", "COORDINATEMETADATA["] {
            let nested = format!("{}A[]{}", start.repeat(9_999), ",VERTCS[]]".repeat(9_999));
            for text in [&start.repeat(100_000), &nested] {
                assert_eq!(System::wkt(text), System::Unreadable("no WKT"), "{start}");
            }
        }
        assert!(matches!(System::wkt(&format!("{ESRI}{behind}")), System::WithHeights(_)));
        let url = "http://x/def/crs-compound?1=".repeat(10_000);
        assert!(matches!(System::text(&url), System::Defined { .. }));
    }

    #[test]
    fn heights_of_wgs84_are_noticed_and_what_is_geocentric_is_not_wgs84() {
        let heights = r#"VERTCS["x",VDATUM["x"],UNIT["Meter",1.0]]"#;
        let third = ESRI.replace("UNIT[", "CS[ellipsoidal,3],UNIT[");
        let axes = r#",AXIS["x",EAST],AXIS["y",NORTH],AXIS["h",UP],UNIT["Degree""#;
        let first = ESRI.replace(",UNIT[\"Degree\"", axes);
        for text in [format!("{ESRI},{heights}"), third, first] {
            assert_eq!(System::wkt(&text), System::Wgs84.with_heights(), "{text}");
        }
        for text in ["EPSG:4979", "EPSG:4979@2020", "EPSG:4326+5773", "OGC:CRS84h"] {
            assert_eq!(System::text(text), System::Wgs84.with_heights(), "{text}");
        }
        let geocentric = ESRI.replace("UNIT[", "CS[Cartesian,3],UNIT[");
        assert!(matches!(System::wkt(&geocentric), System::Defined { .. }));
        assert!(matches!(System::wkt(&format!("{ESRI},{ESRI}")), System::Unreadable(_)));
    }

    #[test]
    fn epochs_are_read_out_of_every_notation() {
        let frame = r#"GEOGCRS["ITRF2014",DYNAMIC[FRAMEEPOCH[2010]],DATUM["x",ELLIPSOID["GRS 1980",6378137,298.257222101]]]"#;
        let with_epoch = format!("COORDINATEMETADATA[{frame}, EPOCH[2015.5]]");
        let System::Defined { definition, epoch, .. } = System::wkt(&with_epoch) else { panic!() };
        assert_eq!((definition.as_str(), epoch), (frame, Some(2015.5)));
        let plain = System::wkt(&format!("COORDINATEMETADATA[{frame}]"));
        assert_eq!((plain.definition(), plain.epoch()), (frame, None));
        assert_eq!(System::wkt(frame).epoch(), None);
        for text in ["EPSG:9000@2015.5", "ITRF2014@2015.5"] {
            assert_eq!(System::text(text).epoch(), Some(2015.5), "{text}");
        }
        let json = r#"{"type":"CoordinateMetadata","crs":{"id":{"authority":"EPSG","code":9000}},"coordinateEpoch":2015.5}"#;
        assert_eq!(System::text(json), System::epsg(9000).at_epoch(Some(2015.5)));
        assert_eq!(System::text("EPSG:4326@2015.5"), System::Wgs84);
        assert_eq!(System::text("EPSG:9000@nan").epoch(), None);
    }

    #[test]
    fn systems_are_known_by_what_people_write() {
        for text in ["EPSG:4326", "4326", "wgs84", "urn:ogc:def:crs:OGC:1.3:CRS84", "OGC:CRS84"] {
            assert_eq!(System::text(text), System::Wgs84, "{text}");
        }
        let url = "http://www.opengis.net/def/crs/EPSG/0/28415";
        for text in ["EPSG:28415", "28415", "urn:ogc:def:crs:EPSG::28415", "epsg:28415", url] {
            assert_eq!(System::text(text), System::named("EPSG:28415".into()), "{text}");
        }
        assert_eq!(System::text("ESRI:102025"), System::named("ESRI:102025".into()));
        assert_eq!(System::text(ESRI), System::Wgs84);
        assert!(matches!(System::text("+proj=utm +zone=44"), System::Defined { .. }));
        assert_eq!(System::text("{"), System::Unreadable("JSON that is broken"));
        let member = serde_json::json!({"type": "name", "properties": {"name": "EPSG:3857"}});
        assert_eq!(System::of_member(&member), System::epsg(3857));
        assert_eq!(System::of_member(&Value::Null), System::Wgs84);
        let link = serde_json::json!({"type": "link", "properties": {"href": "x"}});
        assert!(matches!(System::of_member(&link), System::Unreadable(_)));
    }
}
