//! Which format bytes are in. Their beginning decides, and the name only where that
//! leaves it open.

use std::path::Path;

use super::curves::ArcGeometry;

/// A format that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// GeoJSON, RFC 7946; also newline-delimited.
    GeoJson,
    /// TopoJSON.
    TopoJson,
    /// ESRI shapefile.
    Shapefile,
    /// FlatGeobuf.
    FlatGeobuf,
    /// OGC GeoPackage.
    GeoPackage,
    /// OGC KML; KMZ, which is a zip archive of it, is [`Format::Archive`] until it is read.
    Kml,
    /// GPX, the GPS Exchange Format.
    Gpx,
    /// Well-known text.
    Wkt,
    /// GeoParquet.
    GeoParquet,
    /// A table of text, with geometries as well-known text, or longitudes and latitudes.
    Csv,
    /// The JSON of Esri's servers and programs.
    EsriJson,
    /// A zip archive of files in any of these.
    Archive,
}

/// The beginnings and ends of comments in WKT. A comment of one line ends before the end of the line.
pub(super) const WKT_COMMENTS: [(&str, &str); 4] =
    [("/*", "*/"), ("//", "\n"), ("--", "\n"), ("#", "\n")];

/// The words a geometry can begin with in WKT, and what PostGIS puts before them.
const WKT_WORDS: [&str; 9] = [
    "SRID=",
    "POINT",
    "LINESTRING",
    "POLYGON",
    "MULTIPOINT",
    "MULTILINESTRING",
    "MULTIPOLYGON",
    "GEOMETRYCOLLECTION",
    "LINEARRING",
];

impl Format {
    /// Recognises a format by the first bytes of a file, a few thousand at least, and by its name.
    #[doc(hidden)]
    #[must_use]
    pub fn recognise(head: &[u8], name: &str) -> Self {
        Self::from_binary(head)
            .or_else(|| Self::from_text(head))
            .or_else(|| Self::from_name(name))
            .unwrap_or(Self::GeoJson)
    }

    /// Recognises a binary format by the first bytes.
    pub(super) fn from_binary(head: &[u8]) -> Option<Self> {
        let magics = [
            (&b"fgb"[..], Self::FlatGeobuf),
            (b"SQLite format 3\0", Self::GeoPackage),
            (b"PAR1", Self::GeoParquet),
            (b"PK\x03\x04", Self::Archive),
            (b"PK\x05\x06", Self::Archive),
            (&[0, 0, 0x27, 0x0a], Self::Shapefile),
        ];
        magics.into_iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, format)| format)
    }

    fn from_text(head: &[u8]) -> Option<Self> {
        let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
        match text.first()? {
            b'{' => match member(text, "type") {
                Some(b"Topology") => Some(Self::TopoJson),
                Some(_) => Some(Self::GeoJson),
                None if is_esri(text) => Some(Self::EsriJson),
                None => None,
            },
            b'[' => Some(Self::GeoJson),
            b'<' if root(text) == Some(b"gpx") => Some(Self::Gpx),
            b'<' => Some(Self::Kml),
            // A comment may have the words of a table's first line in it, and the name of a table's
            // first column may begin like a geometry.
            _ if is_wkt_after_comments(text) => Some(Self::Wkt),
            _ if super::csv::is_table(text) => Some(Self::Csv),
            _ => is_wkt(text).then_some(Self::Wkt),
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        let ending = Path::new(name).extension()?.to_str()?.to_lowercase();
        Some(match ending.as_str() {
            "topojson" => Self::TopoJson,
            "shp" | "shx" | "dbf" => Self::Shapefile,
            "fgb" => Self::FlatGeobuf,
            "gpkg" => Self::GeoPackage,
            "kml" | "kmz" => Self::Kml,
            "gpx" => Self::Gpx,
            "csv" | "tsv" => Self::Csv,
            "wkt" => Self::Wkt,
            "parquet" | "geoparquet" => Self::GeoParquet,
            _ => return None,
        })
    }

    /// Whether it can have layers. Then the property `layer` of a feature names the layer that the
    /// feature is from.
    #[doc(hidden)]
    #[must_use]
    pub const fn has_layers(self) -> bool {
        matches!(self, Self::GeoPackage | Self::Kml | Self::TopoJson | Self::Gpx | Self::Archive)
    }

    /// Its name.
    #[doc(hidden)]
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::GeoJson => "GeoJSON",
            Self::TopoJson => "TopoJSON",
            Self::Shapefile => "shapefile",
            Self::FlatGeobuf => "FlatGeobuf",
            Self::GeoPackage => "GeoPackage",
            Self::Kml => "KML",
            Self::Gpx => "GPX",
            Self::Wkt => "WKT",
            Self::GeoParquet => "GeoParquet",
            Self::Csv => "CSV",
            Self::EsriJson => "Esri JSON",
            Self::Archive => "zip archive",
        }
    }

    /// The feature of this crate that adds it; `None` for formats that are always there.
    #[doc(hidden)]
    #[must_use]
    pub const fn feature(self) -> Option<&'static str> {
        match self {
            Self::GeoJson | Self::EsriJson => None,
            Self::Archive => Some("archive"),
            Self::TopoJson => Some("topojson"),
            Self::Shapefile => Some("shapefile"),
            Self::FlatGeobuf => Some("flatgeobuf"),
            Self::GeoPackage => Some("geopackage"),
            Self::Kml | Self::Gpx => Some("kml"),
            Self::Wkt | Self::Csv => Some("wkt"),
            Self::GeoParquet => Some("geoparquet"),
        }
    }
}

/// A text from its first word that is not in a comment. Empty if a comment does not end.
fn without_comments(mut text: &[u8]) -> &[u8] {
    loop {
        text = text.trim_ascii_start();
        let begins = |(begin, _): &(&str, &str)| text.starts_with(begin.as_bytes());
        let Some((begin, end)) = WKT_COMMENTS.into_iter().find(begins) else { return text };
        let inner = &text[begin.len()..];
        let at = inner.windows(end.len()).position(|window| window == end.as_bytes());
        text = at.map_or(&[], |at| &inner[at + end.len()..]);
    }
}

/// Whether a text begins with a comment, and then like a geometry in well-known text.
fn is_wkt_after_comments(text: &[u8]) -> bool {
    let geometry = without_comments(text);
    geometry.len() < text.len() && is_wkt(geometry)
}

/// Whether a text begins like a geometry in well-known text.
fn is_wkt(text: &[u8]) -> bool {
    let begins = |word: &&str| {
        text.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word.as_bytes()))
    };
    WKT_WORDS.iter().any(begins) || is_curve(text)
}

/// Whether a text begins with the name of a curve in well-known text.
fn is_curve(text: &[u8]) -> bool {
    let word = text.split(|byte| !byte.is_ascii_alphabetic()).next().unwrap_or_default();
    let next = text[word.len()..].trim_ascii_start().first();
    let is_geometry = matches!(next, Some(b'(' | b'Z' | b'z' | b'M' | b'm' | b'E' | b'e'));
    is_geometry && ArcGeometry::in_text(&String::from_utf8_lossy(word)).is_some()
}

/// Whether an object has the members that only Esri's have.
fn is_esri(json: &[u8]) -> bool {
    let keys = keys(json);
    let has = |key: &str| keys.contains(&key.as_bytes());
    let geometry = has("paths") || has("rings") || has("x") && has("y") || has("points");
    let marked = ["geometryType", "spatialReference", "fieldAliases", "displayFieldName"];
    has("features") && marked.into_iter().any(has) || geometry && has("spatialReference")
}

/// The keys of the outermost object, in JSON that may be cut off.
pub(super) fn keys(json: &[u8]) -> Vec<&[u8]> {
    let mut keys = Vec::new();
    let (mut depth, mut at, mut wanted) = (0_usize, 0, true);
    while let Some(byte) = json.get(at) {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b',' if depth == 1 => wanted = true,
            b'"' => {
                let Some(text) = string(json, at + 1) else { break };
                at += text.len() + 1;
                if depth == 1 && wanted {
                    keys.push(text);
                    wanted = false;
                }
            }
            _ => {}
        }
        at += 1;
    }
    keys
}

/// The name of the root of an XML, without its prefix.
pub(super) fn root(mut xml: &[u8]) -> Option<&[u8]> {
    loop {
        xml = xml.trim_ascii_start().strip_prefix(b"<")?;
        let end: &[u8] = match xml.first()? {
            b'?' => b"?>",
            b'!' if xml.starts_with(b"!--") => b"-->",
            b'!' => b">",
            _ => break,
        };
        let at = xml.windows(end.len()).position(|window| window == end)?;
        xml = &xml[at + end.len()..];
    }
    let name = xml.split(|byte| b" \t\r\n/>".contains(byte)).next()?;
    name.rsplit(|byte| *byte == b':').next()
}

/// The text of a member of the outermost object, in JSON that may be cut off.
fn member<'a>(json: &'a [u8], wanted: &str) -> Option<&'a [u8]> {
    let (mut depth, mut at) = (0_usize, 0);
    let mut key: Option<&[u8]> = None;
    while let Some(byte) = json.get(at) {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.checked_sub(1)?,
            b',' => key = None,
            b'"' => {
                let text = string(json, at + 1)?;
                at += text.len() + 1;
                if depth == 1 {
                    if key == Some(wanted.as_bytes()) {
                        return Some(text);
                    }
                    key = Some(text);
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// The inside of a string that begins here, escapes as they are.
fn string(json: &[u8], from: usize) -> Option<&[u8]> {
    let mut at = from;
    loop {
        match json.get(at)? {
            b'"' => return json.get(from..at),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_decides_and_then_the_name() {
        for (head, name, format) in [
            (&b"fgb\x03fgb\x00"[..], "x.shp", Format::FlatGeobuf),
            (b"SQLite format 3\0...", "x", Format::GeoPackage),
            (b"PAR1....", "x", Format::GeoParquet),
            (b"PK\x03\x04", "x.kmz", Format::Archive),
            (b"<?xml version='1.0'?><!-- a --><x:gpx >", "x.kml", Format::Gpx),
            (b"{\"geometryType\":\"x\",\"features\":[]}", "x", Format::EsriJson),
            (b"id;WKT\n1;POINT(1 2)", "x", Format::Csv),
            (b"\x00\x00\x27\x0a\x00", "x", Format::Shapefile),
            (b"{\"type\": \"Topology\", ", "x.json", Format::TopoJson),
            (b"{\"type\":\"FeatureCollection\"", "x.topojson", Format::GeoJson),
            (b"{\"arcs\":[[[0,1]]],\"type\":\"Topology\"}", "x", Format::TopoJson),
            (b"{\"a\":{\"type\":\"Topology\"},\"type\":\"Feature\"}", "x", Format::GeoJson),
            (b"{\"a\\\"\":\"type\",\"b\":\"Topology\"}", "x", Format::GeoJson),
            (b"{\"arcs\":[[[0,", "x.topojson", Format::TopoJson),
            (b"{\"arcs\":[[[0,", "x.json", Format::GeoJson),
            (b"\xef\xbb\xbf <?xml", "x", Format::Kml),
            (b" linestring (1 2)", "x.csv", Format::Wkt),
            (b"SRID=4326;POINT", "x", Format::Wkt),
            (b"-- lon, lat\n/* two\nlines */ // three\n# four\nPOINT(1 2)", "x", Format::Wkt),
            (b"/* POINT(1 2)", "x", Format::GeoJson),
            (b"point,lon,lat\n1,2,3", "x", Format::Csv),
            (b"\xff\xfe", "x.gpkg", Format::GeoPackage),
            (b"hello", "x", Format::GeoJson),
            (b"", "x.kml", Format::Kml),
        ] {
            assert_eq!(Format::recognise(head, name), format, "{}", String::from_utf8_lossy(head));
        }
    }
}
