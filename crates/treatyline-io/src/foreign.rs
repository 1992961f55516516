//! Recognises files that are not what their name says, and formats that are not read. The message
//! says what the file is and how to convert it.

use super::format::{keys, root};
use crate::problem::Fault;

/// How a file begins, what it is, and the way out.
const BEGINNINGS: [(&[u8], &str, &str); 22] = [
    (
        b"version https://git-lfs",
        "a Git LFS pointer, not the file itself",
        "fetch it with git lfs pull",
    ),
    (b"%PDF", "a PDF", GEODATA),
    (b"\x89PNG", "a picture", GEODATA),
    (b"\xff\xd8\xff", "a picture", GEODATA),
    (b"GIF8", "a picture", GEODATA),
    (b"CDF\x01", "NetCDF", OGR),
    (b"CDF\x02", "NetCDF", OGR),
    (b"\x89HDF", "HDF5 or NetCDF", OGR),
    (b"ARROW1", "Arrow (Feather)", OGR),
    (b"PMTiles", "PMTiles, which are made for maps and simplified", SOURCE),
    (b"7z\xbc\xaf", "a 7z archive", UNPACK),
    (b"Rar!", "a RAR archive", UNPACK),
    (b"BZh", "compressed by bzip2", UNPACK),
    (b"\xfd7zXZ", "compressed by xz", UNPACK),
    (b"!table", "a MapInfo table", OGR),
    (b"!Table", "a MapInfo table", OGR),
    (b"AC10", "an AutoCAD drawing", OGR),
    (b"EXP  0", "an ArcInfo export file", OGR),
    (b"GEOGCS[", PRJ, SHP),
    (b"PROJCS[", PRJ, SHP),
    (b"PROJCRS[", PRJ, SHP),
    (b"GEOGCRS[", PRJ, SHP),
];

const OGR: &str = "convert it: ogr2ogr new.geojson FILE";
const GEODATA: &str = "name a file of geodata";
const SOURCE: &str = "name the file they were made of";
const UNPACK: &str = "unpack it, and name a file in it";
const SHP: &str = "name the file that ends in .shp";
const PRJ: &str = "the description of a coordinate system";
const OSM: &str = "convert it: osmtogeojson FILE > new.geojson";

/// What a file that cannot be read is, by its first bytes, a few thousand at least.
pub(super) fn fault(head: &[u8], name: &str) -> Option<Fault> {
    let (what, hint) = named(head, name)?;
    Some(Fault::Foreign { what: what.to_owned(), hint })
}

fn named(head: &[u8], name: &str) -> Option<(&'static str, &'static str)> {
    for (begin, what, hint) in BEGINNINGS {
        if head.starts_with(begin) {
            return Some((what, hint));
        }
    }
    if head.get(257..262) == Some(b"ustar") {
        return Some(("a tar archive", UNPACK));
    }
    if head.get(4..15).is_some_and(|bytes| bytes.ends_with(b"OSMHeader")) {
        return Some(("OpenStreetMap PBF", OGR));
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    let ending = ending.as_deref().unwrap_or_default();
    match text.first()? {
        b'<' => of_xml(text),
        b'{' => of_json(text),
        _ if text.starts_with(b"0\nSECTION") || text.starts_with(b"0\r\nSECTION") => {
            Some(("a DXF drawing", OGR))
        }
        _ if ending == "shx" && is_shape(head) => Some(("the index of a shapefile", SHP)),
        _ if ending == "mif" => Some(("a MapInfo interchange file", OGR)),
        _ if matches!(ending, "dbf" | "shx" | "cpg" | "prj") && !is_shape(head) => {
            Some(("a companion of a shapefile", SHP))
        }
        _ => None,
    }
}

fn is_shape(head: &[u8]) -> bool {
    head.starts_with(&[0, 0, 0x27, 0x0a])
}

fn of_xml(text: &[u8]) -> Option<(&'static str, &'static str)> {
    let html = ["<!doctype html", "<html"].iter().any(|begin| {
        text.get(..begin.len()).is_some_and(|t| t.eq_ignore_ascii_case(begin.as_bytes()))
    });
    if html {
        return Some((
            "an HTML page, not the file that was to be fetched",
            "fetch the file itself",
        ));
    }
    let is_gml = text
        .windows(20)
        .any(|window| window == b"opengis.net/gml/3.2\"" || window.starts_with(b"opengis.net/gml"));
    Some(match root(text)? {
        b"kml" | b"gpx" => return None,
        b"osm" | b"osmChange" => ("OpenStreetMap XML", OSM),
        b"svg" => ("an SVG drawing", GEODATA),
        b"rss" | b"feed" => ("a news feed", OGR),
        b"ServiceExceptionReport" | b"ExceptionReport" => {
            ("the error message of a map server", "ask the server again")
        }
        b"Topology" | b"FeatureCollection" | b"featureCollection" | b"gml" => ("GML", OGR),
        _ if is_gml => ("GML", OGR),
        _ => return None,
    })
}

fn of_json(text: &[u8]) -> Option<(&'static str, &'static str)> {
    let keys = keys(text);
    let has = |key: &str| keys.contains(&key.as_bytes());
    if has("elements") && (has("osm3s") || has("generator") || has("version")) {
        return Some(("Overpass JSON of OpenStreetMap", OSM));
    }
    if keys.first() == Some(&&b"error"[..]) && !has("features") {
        return Some(("the error message of a server", "ask the server again"));
    }
    if has("stac_version") {
        return Some(("a STAC catalogue, which only says where files are", GEODATA));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_for_what_they_are() {
        for (head, name, expected) in [
            (&b"version https://git-lfs.github.com/spec/v1\noid"[..], "x.geojson", Some("Git LFS")),
            (b"\n<!DOCTYPE html><html>", "x.kml", Some("HTML")),
            (b"<?xml version='1.0'?><osm version='0.6'>", "x", Some("OpenStreetMap XML")),
            (b"<wfs:FeatureCollection xmlns:gml='http://www.opengis.net/gml'>", "x", Some("GML")),
            (b"<kml>", "x", None),
            (b"{\"version\":0.6,\"elements\":[]}", "x.json", Some("Overpass")),
            (b"{\"error\":{\"code\":400}}", "x.json", Some("error message")),
            (b"{\"type\":\"FeatureCollection\",\"features\":[]}", "x.json", None),
            (b"\x03\x7e\x0b", "x.dbf", Some("companion")),
            (b"\x00\x00\x27\x0a", "x.shx", Some("the index of a shapefile")),
            (b"\x00\x00\x27\x0a", "x.shp", None),
            (b"0\nSECTION\n2", "x.dxf", Some("DXF")),
            (b"", "x", None),
        ] {
            let found = named(head, name).map(|(what, _)| what);
            let same = match (found, expected) {
                (Some(found), Some(expected)) => found.contains(expected),
                (None, None) => true,
                _ => false,
            };
            assert!(same, "{name}: {found:?}");
        }
    }
}
