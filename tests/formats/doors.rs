//! Files that are read with a warning, or named for what they are.

use std::io::Write;

use serde_json::Value;

use crate::common::treatyline;

/// Exit code, the document and standard error of `measure` on a text.
fn measured(text: &[u8]) -> (Option<i32>, Value, String) {
    let mut command = treatyline();
    command.args(["measure", "-", "--format", "json"]);
    let run = command.write_stdin(text.to_vec()).output().unwrap();
    let document = serde_json::from_slice(&run.stdout).unwrap_or(Value::Null);
    (run.status.code(), document, String::from_utf8(run.stderr).unwrap())
}

fn kml(coordinates: &str) -> String {
    format!(
        "<kml><Placemark><LineString><coordinates>{coordinates}</coordinates></LineString>\
         </Placemark></kml>"
    )
}

fn polygon(width: f64) -> String {
    let east = width / 2.0;
    format!(
        r#"{{"type":"Polygon","coordinates":[[[-{east},0],[{east},0],[{east},50],[-{east},50],[-{east},0]]]}}"#
    )
}

#[test]
fn what_is_read_with_a_warning_says_so() {
    let feature =
        r#"{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[80,45]}}"#;
    let limited =
        |more: &str| format!(r#"{{"type":"FeatureCollection",{more},"features":[{feature}]}}"#);
    for (text, says) in [
        (polygon(180.0), "2 edges go 180° of longitude or more"),
        (polygon(200.0), "2 edges go 180° of longitude or more"),
        (polygon(179.0), ""),
        // Across the antimeridian, and not around the other way.
        (polygon(358.0), ""),
        (limited(r#""exceededTransferLimit":true"#), "sent only a part"),
        (limited(r#""properties":{"exceededTransferLimit":true}"#), "sent only a part"),
        (limited(r#""exceededTransferLimit":false"#), ""),
        (
            r#"{"geometryType":"esriGeometryPoint","exceededTransferLimit":true,"features":[]}"#
                .to_owned(),
            "sent only a part",
        ),
        (
            "geom,wkt\n\"LINESTRING(80 45,81 45)\",\"LINESTRING(80 45,82 45)\"\n".to_owned(),
            "`geom`, where `wkt` was read",
        ),
        (kml("80, 45, 0 81 ,45, 0"), ""),
    ] {
        let (code, _, said) = measured(text.as_bytes());
        assert_eq!(code, Some(0), "{text}: {said}");
        assert_eq!(said.is_empty(), says.is_empty(), "{text}: {said}");
        assert!(said.contains(says), "{text}: {said}");
    }
}

#[test]
fn white_space_around_commas_divides_no_vertices() {
    let lengths = ["80,45,0 81,45,0", "80, 45, 0 81, 45, 0", "80 ,45 81 ,45"]
        .map(|text| measured(kml(text).as_bytes()).1["total"]["length_m"].as_f64());
    assert_eq!(lengths, [lengths[0]; 3]);
    assert!(lengths[0].is_some_and(|m| m > 78_000.0));
}

#[test]
fn what_cannot_be_read_is_named() {
    let wrong = r#"{"type":"Feature","properties":{},"geometry":
        {"type":"linestring","coordinates":[[80,45],[81,45]]}}"#;
    for (text, says) in [
        (kml("80,45,0,81,45,0 82,45,0"), "is more than longitude,latitude,height"),
        ("<mapml><head/></mapml>".to_owned(), "XML with the root `mapml`, not KML"),
        (wrong.to_owned(), "there is no type `linestring`: it is written `LineString`"),
    ] {
        let (code, _, said) = measured(text.as_bytes());
        assert_eq!(code, Some(2), "{text}: {said}");
        assert!(said.contains(says), "{text}: {said}");
    }
}

/// A zip of these files.
fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn archives_in_archives_are_read_once_and_what_is_left_out_is_counted() {
    let line = kml("80,45 81,45");
    let kmz = zipped(&[("doc.kml", line.as_bytes())]);
    let (code, found, said) = measured(&zipped(&[("doc.kmz", &kmz)]));
    assert_eq!((code, said.as_str()), (Some(0), ""));
    assert!(found["total"]["length_m"].as_f64().is_some_and(|m| m > 78_000.0));
    let deeper = zipped(&[("again.kmz", &kmz)]);
    let (code, _, said) = measured(&zipped(&[("doc.kmz", &deeper)]));
    assert_eq!(code, Some(2), "{said}");
    let (code, found, said) = measured(&zipped(&[
        ("a.kml", line.as_bytes()),
        ("data.csv", b"a,b"),
        ("style.json", b"{}"),
    ]));
    assert_eq!((code, &found["left_out"][0]["kind"]), (Some(0), &"file-not-read".into()), "{said}");
    assert!(said.contains("data.csv, style.json"), "{said}");
}

#[test]
fn a_ring_by_itself_that_is_open_is_closed_and_counted() {
    let ring = |inner: &str| {
        format!(
            "<kml><Placemark><LinearRing><coordinates>{inner}</coordinates></LinearRing>\
             </Placemark></kml>"
        )
    };
    for (open, closed) in [
        (ring("80,45 81,45 81,46"), ring("80,45 81,45 81,46 80,45")),
        (
            "LINEARRING(80 45,81 45,81 46)".to_owned(),
            "LINEARRING(80 45,81 45,81 46,80 45)".to_owned(),
        ),
    ] {
        let [(code, found, said), (_, whole, nothing)] =
            [open, closed].map(|text| measured(text.as_bytes()));
        assert_eq!((code, nothing.as_str()), (Some(0), ""), "{said}");
        assert!(whole["total"]["length_m"].as_f64().is_some_and(|m| m > 300_000.0));
        assert_eq!(found["total"]["length_m"], whole["total"]["length_m"]);
        assert_eq!(found["fixes"][0]["kind"], "ring-closed", "{said}");
    }
    // What has no inside is no ring.
    let (code, _, said) = measured(ring("80,45 81,45").as_bytes());
    assert_eq!((code, said.as_str()), (Some(0), ""));
}

#[test]
fn links_written_as_urls_are_followed() {
    let layer = kml("80,45 81,45");
    let followed = |href: &str| {
        let root =
            format!("<kml><NetworkLink><Link><href>{href}</href></Link></NetworkLink></kml>");
        measured(&zipped(&[("doc.kml", root.as_bytes()), ("files/My Слой.kml", layer.as_bytes())]))
    };
    for href in [
        "files/My%20Слой.kml",
        "./files/my%20%D0%A1%D0%BB%D0%BE%D0%B9.KML",
        r"files\My Слой.kml",
        "files/MY слой.kml#place",
        "files/My%20Слой.kml?v=1",
    ] {
        let (code, found, said) = followed(href);
        assert_eq!((code, said.as_str()), (Some(0), ""), "{href}");
        assert!(found["total"]["length_m"].as_f64().is_some_and(|m| m > 78_000.0), "{href}");
    }
    let (code, _, said) = followed("files/other%20layer.kml");
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("nothing but a link to `files/other%20layer.kml`"), "{said}");
}

#[test]
fn a_link_to_an_archive_in_the_archive_was_not_utf8() {
    let link = "<NetworkLink><Link><href>inner.kmz</href></Link></NetworkLink>";
    let line = kml("80,45 81,45");
    let inner = zipped(&[("doc.kml", line.as_bytes())]);
    let with = |root: &str| {
        measured(&zipped(&[("doc.kml", root.as_bytes()), ("inner.kmz", inner.as_slice())]))
    };
    let (code, found, said) = with(&line.replace("<kml>", &format!("<kml>{link}")));
    assert_eq!((code, &found["left_out"][0]["kind"]), (Some(0), &"link-not-followed".into()));
    assert!(said.contains("to `inner.kmz`, an archive within the archive"), "{said}");
    let (code, _, said) = with(&format!("<kml>{link}</kml>"));
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("nothing but a link to `inner.kmz`, an archive within"), "{said}");
}

#[test]
fn a_link_to_what_is_read_already_is_followed_once() {
    let link = |href: &str| format!("<NetworkLink><Link><href>{href}</href></Link></NetworkLink>");
    let line = kml("80,45 81,45");
    // To itself, with a line or without.
    let own = |root: &str| measured(&zipped(&[("doc.kml", root.as_bytes())]));
    let (code, found, said) = own(&line.replace("<kml>", &format!("<kml>{}", link("doc.kml"))));
    assert_eq!((code, &found["left_out"][0]["kind"]), (Some(0), &"link-not-followed".into()));
    assert!(said.contains("to `doc.kml`, which has been read already"), "{said}");
    assert_eq!(found["features"].as_array().unwrap().len(), 1);
    let (code, _, said) = own(&format!("<kml>{}</kml>", link("doc.kml")));
    assert_eq!(code, Some(2), "an empty table came of it");
    assert!(said.contains("nothing but a link to `doc.kml`, which has been read"), "{said}");
    // Twice to another one, and from there back.
    let root = format!("<kml>{}{}</kml>", link("a.kml"), link("a.kml"));
    let other = line.replace("<kml>", &format!("<kml>{}", link("doc.kml")));
    let files = [("doc.kml", root.as_bytes()), ("a.kml", other.as_bytes())];
    let (code, found, said) = measured(&zipped(&files));
    assert_eq!((code, found["features"].as_array().unwrap().len()), (Some(0), 1), "{said}");
    assert_eq!(found["left_out"][0]["count"], 2, "{said}");
}

#[test]
fn a_layer_of_a_format_without_layers_is_refused() {
    let point = br#"{"type":"Point","coordinates":[80,45]}"#;
    let line = b"LINESTRING(80 45,81 45)";
    let read = |layer: &str, text: &[u8]| {
        let mut command = treatyline();
        command.args(["measure", "-", "--format", "json", "--layer", layer]);
        let run = command.write_stdin(text.to_vec()).output().unwrap();
        (run.status.code(), String::from_utf8(run.stderr).unwrap())
    };
    let one = zipped(&[("a.geojson", &point[..])]);
    let two = zipped(&[("a.geojson", &point[..]), ("b.wkt", line), ("b.geojson", point)]);
    for text in [&point[..], line, &one] {
        let (code, said) = read("x", text);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains("there is no layer `x`; leave --layer out"), "{said}");
    }
    for (layer, text) in [("a", &one), ("a.geojson", &one), ("b", &two)] {
        assert_eq!(read(layer, text), (Some(0), String::new()), "{layer}");
    }
}

#[test]
fn well_known_text_may_begin_with_a_comment() {
    let (code, found, said) = measured(b"-- id, lon, lat\n/* a\nb */\nLINESTRING(80 45,81 45)");
    assert_eq!((code, said.as_str()), (Some(0), ""));
    assert!(found["total"]["length_m"].as_f64().is_some_and(|m| m > 78_000.0));
}

#[test]
fn the_polygons_of_a_placemark_are_one_country_whatever_is_with_them() {
    let square = |x: u32| {
        let (to, corner) = (x + 1, "<Polygon><outerBoundaryIs><LinearRing><coordinates>");
        format!(
            "{corner}{x},0 {to},0 {to},1 {x},1 {x},0</coordinates></LinearRing></outerBoundaryIs>\
             </Polygon>"
        )
    };
    let label = "<Point><coordinates>1,1</coordinates></Point>";
    let text = format!(
        "<kml><Placemark><MultiGeometry>{label}{}{}</MultiGeometry></Placemark></kml>",
        square(0),
        square(5)
    );
    let mut command = treatyline();
    command.args(["measure", "--line", "-"]).write_stdin(text);
    let run = command.output().unwrap();
    let said = String::from_utf8(run.stdout).unwrap();
    assert!(said.contains("outline of feature 1"), "{said}");
}

#[cfg(feature = "shapefile")]
#[test]
fn a_shapefile_shorter_than_its_header_states_is_read_if_its_records_are_whole() {
    let fixture = crate::common::repository("tests/data/formats/lines.shp");
    let directory = tempfile::tempdir().unwrap();
    for ending in ["shp", "dbf", "prj", "cpg"] {
        let to = directory.path().join("lines").with_extension(ending);
        std::fs::copy(fixture.with_extension(ending), to).unwrap();
    }
    let copy = directory.path().join("lines.shp");
    let run = || {
        let mut command = treatyline();
        command.args(["measure", copy.to_str().unwrap(), "--format", "json"]);
        let run = command.output().unwrap();
        let document = serde_json::from_slice(&run.stdout).unwrap_or(Value::Null);
        (run.status.code(), document, String::from_utf8(run.stderr).unwrap())
    };
    let (_, whole, nothing) = run();
    let mut bytes = std::fs::read(&copy).unwrap();
    bytes[24..28].copy_from_slice(&i32::MAX.to_be_bytes());
    std::fs::write(&copy, &bytes).unwrap();
    let (code, found, said) = run();
    assert_eq!((code, nothing.as_str()), (Some(0), ""), "{said}");
    assert_eq!(found["total"], whole["total"]);
    assert_eq!(found["fixes"][0]["kind"], "header-length", "{said}");
    // What is cut within a record is not whole.
    bytes.truncate(bytes.len() - 4);
    std::fs::write(&copy, &bytes).unwrap();
    let (code, _, said) = run();
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("it ends before what its header announces"), "{said}");
}

/// Which dimensions a geometry has was read off its first part, though that may be empty.
#[test]
fn empty_parts_are_left_out_wherever_they_are() {
    let ring = "[[[0,0],[1,0],[1,1],[0,0]]]";
    let kinds = |document: &Value| {
        let left_out = document["left_out"].as_array().cloned().unwrap_or_default();
        let kind = |fix: &Value| fix["kind"].as_str().unwrap().to_owned();
        left_out.iter().map(kind).collect::<Vec<_>>()
    };
    for (kind, coordinates, says) in [
        ("MultiPolygon", format!("[[],{ring}]"), "1 empty part was left out: feature 1, part 1"),
        ("MultiPolygon", format!("[{ring},[]]"), "1 empty part was left out: feature 1, part 2"),
        (
            "MultiPolygon",
            format!("[{ring},[[[]]]]"),
            "1 empty part was left out: feature 1, part 2",
        ),
        ("MultiLineString", format!("[[],[],{}]", &ring[1..ring.len() - 1]), "2 empty parts were"),
    ] {
        let text = format!(r#"{{"type":"{kind}","coordinates":{coordinates}}}"#);
        let (code, document, said) = measured(text.as_bytes());
        assert_eq!((code, kinds(&document)), (Some(0), vec!["part-empty".to_owned()]), "{text}");
        assert!(said.contains(says), "{text}: {said}");
    }
    for (kind, coordinates) in [("Point", "[]"), ("MultiPoint", "[[]]"), ("Polygon", "[[[]]]")] {
        let text = format!(r#"{{"type":"{kind}","coordinates":{coordinates}}}"#);
        let (code, document, said) = measured(text.as_bytes());
        assert_eq!((code, kinds(&document)), (Some(0), vec!["no-geometry".to_owned()]), "{said}");
    }
    // An empty position among others is none.
    let text = r#"{"type":"LineString","coordinates":[[0,0],[],[1,1]]}"#;
    assert_eq!(measured(text.as_bytes()).0, Some(2));
}
