//! Collections, whose members are lines and polygons like others, and files of several layers.

use std::io::Write;

use serde_json::{Value, json};

use crate::common::treatyline;

/// From the equator to 1° N along any meridian.
const DEGREE_KM: f64 = 110.574;

/// Exit code, the length of the document in kilometres and standard error.
fn run(arguments: &[&str], input: &[u8]) -> (Option<i32>, f64, String) {
    let mut command = treatyline();
    command.args(arguments).args(["--format", "json"]);
    let run = command.write_stdin(input.to_vec()).output().unwrap();
    let document: Value = serde_json::from_slice(&run.stdout).unwrap_or(Value::Null);
    let length_m = document["total"]["length_m"].as_f64().unwrap_or_default();
    (run.status.code(), length_m.round() / 1e3, String::from_utf8(run.stderr).unwrap())
}

/// A square of one degree.
fn square(x: u32) -> Value {
    json!({"type": "Polygon",
        "coordinates": [[[x, 0], [x + 1, 0], [x + 1, 1], [x, 1], [x, 0]]]})
}

fn meridian(x: u32) -> Value {
    json!({"type": "LineString", "coordinates": [[x, 0], [x, 1]]})
}

fn point() -> Value {
    json!({"type": "Point", "coordinates": [0, 0]})
}

fn collection(members: &[Value]) -> Value {
    json!({"type": "GeometryCollection", "geometries": members})
}

fn feature(geometry: &Value) -> Value {
    json!({"type": "Feature", "geometry": geometry,
        "properties": {"left": "A", "right": "B"}})
}

fn features(all: &[Value]) -> Vec<u8> {
    json!({"type": "FeatureCollection", "features": all}).to_string().into_bytes()
}

#[test]
fn members_of_a_collection_are_lines_and_polygons() {
    let pair = collection(&[square(0), collection(&[square(1)])]).to_string().into_bytes();
    for arguments in [["measure", "--line", "-"].as_slice(), &["survey", "-"]] {
        assert_eq!(run(arguments, &pair), (Some(0), DEGREE_KM, String::new()), "{arguments:?}");
    }
    for arguments in [["resolution", "--line", "-"].as_slice(), &["compare", "-", "--neighbours"]] {
        let (code, _, said) = run(arguments, &pair);
        assert_eq!((code, said.as_str()), (Some(0), ""), "{arguments:?}");
    }
    // Among other features a collection is one country, and its points are left out.
    let apart = collection(&[point(), square(1), square(3)]);
    let three = features(&[feature(&square(0)), feature(&apart)]);
    let (code, length_km, said) = run(&["measure", "--line", "-"], &three);
    assert_eq!((code, length_km), (Some(0), DEGREE_KM), "{said}");
    assert!(said.contains("a Point and no polygon, of 2 features"), "{said}");
    let (code, length_km, said) = run(&["survey", "-"], &three);
    assert_eq!((code, length_km), (Some(0), DEGREE_KM), "{said}");
    assert!(said.contains("a Point and no polygon, of 2 features"), "{said}");
}

#[test]
fn lines_among_the_members_of_a_collection_are_the_line() {
    let mixed = feature(&collection(&[square(0), meridian(5), point()]));
    let apart = [feature(&square(0)), feature(&meridian(5)), feature(&point())];
    for (file, of) in [(features(&[mixed]), "of 1 feature"), (features(&apart), "of 3 features")] {
        for arguments in [["measure", "--line", "-"].as_slice(), &["survey", "-"]] {
            let (code, length_km, said) = run(arguments, &file);
            assert_eq!((code, length_km), (Some(0), DEGREE_KM), "{arguments:?}: {said}");
            assert!(said.contains(&format!("a Polygon and no line, {of}")), "{said}");
        }
    }
    let points = collection(&[point(), point()]).to_string().into_bytes();
    for arguments in [["measure", "--line", "-"].as_slice(), &["survey", "-"]] {
        let (code, _, said) = run(arguments, &points);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains("a Point, a LineString or Polygon is wanted"), "{said}");
    }
}

/// A zip of two files that are layers: one of polygons, one of lines.
fn two_layers(of_lines: &Value) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let countries = [square(0), square(1)].map(|it| {
        json!({"type": "Feature", "geometry": it, "properties": {"iso": it["coordinates"][0][0][0]}})
    });
    for (name, content) in [
        ("countries.geojson", features(&countries)),
        ("rivers.geojson", of_lines.to_string().into_bytes()),
    ] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn messages_on_several_layers_name_the_option_and_the_layers() {
    let layers = "countries (polygons), rivers (lines)";
    let file = two_layers(&meridian(5));
    let (code, _, said) = run(&["survey", "-"], &file);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains(&format!("name one of them with --layer: {layers}")), "{said}");
    let one = run(&["survey", "-", "--layer", "countries"], &file);
    assert_eq!(one, (Some(0), DEGREE_KM, String::new()));
    let with_codes = two_layers(&feature(&meridian(5)));
    for (arguments, file) in
        [(["measure", "--line", "-"].as_slice(), &file), (&["survey", "-"], &with_codes)]
    {
        let (code, _, said) = run(arguments, file);
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains(&format!("--layer NAME reads one of {layers}")), "{said}");
    }
    // An attribute of a format without layers is none.
    let mut river = feature(&meridian(5));
    river["properties"]["layer"] = "rivers".into();
    let mut country = feature(&square(0));
    country["properties"]["layer"] = "countries".into();
    let (_, _, said) = run(&["measure", "--line", "-"], &features(&[river, country]));
    assert!(said.contains("no line") && !said.contains("--layer"), "{said}");
}

#[test]
fn known_attributes_are_known_in_any_case() {
    for (name, value) in
        [("NAME_0", "x"), ("Iso_A3", "x"), ("country", "x"), ("ISO3166-1:alpha3", "x")]
    {
        let of = |x: u32| {
            let code = format!("{value}{}", x.min(1));
            json!({"type": "Feature", "geometry": square(x), "properties": {name: code, "ID": x}})
        };
        let mut command = treatyline();
        let file = features(&[of(0), of(1), of(2)]);
        let run = command.args(["survey", "-"]).write_stdin(file).output().unwrap();
        let said = String::from_utf8(run.stdout).unwrap();
        // The second and the third are one country.
        assert!(said.contains("1 boundary between 2 countries: 110.6 km in all"), "{said}");
        assert!(
            said.contains(&format!("one value of `{name}`")) && !said.contains("--by"),
            "{said}"
        );
    }
    let sides = |properties: Value| {
        features(&[json!({"type": "Feature", "geometry": meridian(0), "properties": properties})])
    };
    for properties in [
        json!({"LEFT": "A", "RIGHT": "B"}),
        json!({"Cc1": "A", "cC2": "B", "FeatureCla": "International boundary"}),
        json!({"left": "A", "LEFT": "C", "right": "B", "RIGHT": "C"}),
    ] {
        let file = sides(properties);
        assert_eq!(run(&["survey", "-"], &file), (Some(0), DEGREE_KM, String::new()));
    }
    let other = sides(json!({"links": "A", "rechts": "B"}));
    assert_eq!(run(&["survey", "-"], &other).0, Some(2));
}

#[test]
fn polygons_without_a_known_attribute_are_said_to_be_a_country_each() {
    let of = |x: u32| json!({"type": "Feature", "geometry": square(x), "properties": {"of": x}});
    let file = features(&[of(0), of(1)]);
    let run = treatyline().args(["survey", "-"]).write_stdin(file).output().unwrap();
    let said =
        String::from_utf8(run.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("So each feature is a country"), "{said}");
    assert!(said.contains("--by NAME joins the features that have the same value"), "{said}");
}
