//! Exports of long edges: other programs draw them where they are.

use crate::common::{Variant, treatyline};
use geo::Coord;
use serde_json::Value;

fn exported(more: &[&str]) -> (Value, String) {
    let dossier = Variant::at_sea();
    let directory = dossier.directory();
    let directory = directory.path().to_str().unwrap();
    let arguments = [&["export", "line", "--dossier", directory][..], more].concat();
    let run = treatyline().args(arguments).output().unwrap();
    assert!(run.status.success());
    let stderr = String::from_utf8(run.stderr).unwrap();
    (serde_json::from_slice(&run.stdout).unwrap_or_default(), stderr)
}

fn path_of(file: &Value) -> Vec<Coord> {
    let path = file["features"][0]["geometry"]["coordinates"].as_array().unwrap();
    path.iter().map(|at| Coord { x: at[0].as_f64().unwrap(), y: at[1].as_f64().unwrap() }).collect()
}

/// How far edges that are straight in degrees are from the line, at the most.
fn farthest_m(path: &[Coord]) -> f64 {
    let line = Variant::at_sea().read().unwrap().line().clone();
    let shares = [0.1, 0.25, 0.5, 0.75, 0.9];
    let between = |edge: &[Coord], share: f64| Coord {
        x: edge[0].x + share * (edge[1].x - edge[0].x),
        y: edge[0].y + share * (edge[1].y - edge[0].y),
    };
    let places = path.windows(2).flat_map(|edge| shares.map(|share| between(edge, share)));
    places.map(|place| line.locate(place).distance.value()).fold(0.0, f64::max)
}

/// 7,822 m off in two vertices, 0.950 m with 306 of them, by pyproj 3.7 (GeographicLib).
#[test]
fn straight_edges_are_within_a_metre_of_the_geodesics() {
    let (file, _) = exported(&[]);
    let path = path_of(&file);
    let off_m = farthest_m(&path);
    assert!((off_m - 0.950).abs() < 0.02, "{off_m}");
    assert_eq!(file["precision"]["edges_within_m"], 1.0);
    assert_eq!(file["precision"]["vertices_added"], path.len() - 13);
    let (plain, _) = exported(&["--edges-within", "none"]);
    assert_eq!(path_of(&plain).len(), 13);
    assert!((farthest_m(&path_of(&plain)) - 7_822.1).abs() < 1.0);
    assert!(plain["precision"].get("edges_within_m").is_none());
    let (coarse, _) = exported(&["--edges-within", "100"]);
    let off_m = farthest_m(&path_of(&coarse));
    assert!((10.0..100.0).contains(&off_m), "{off_m}");
}

#[test]
fn what_has_no_place_for_it_is_said_on_standard_error() {
    let (_, stderr) = exported(&["--format", "csv"]);
    let says = "293 vertices were added on long edges, so that edges straight in degrees are within 1 m \
                of the geodesics; CSV has no place to say so";
    let one_line = stderr.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(one_line.contains(says), "{stderr}");
    assert!(
        one_line.contains("pass on with the file: Coordinates: the agreement of 2007"),
        "{stderr}"
    );
    let (_, stderr) = exported(&["--format", "geojson"]);
    assert_eq!(stderr, "");
}

#[test]
fn what_is_no_distance_is_refused() {
    for given in ["0", "-1", "far", "1e9"] {
        let run = treatyline().args(["export", "line", "--edges-within", given]).output().unwrap();
        let stderr = String::from_utf8(run.stderr).unwrap();
        assert!(stderr.contains("0.001 to 10000, or none"), "{given}: {stderr}");
    }
    let run = treatyline().args(["export", "map", "--edges-within", "1"]).output().unwrap();
    assert!(String::from_utf8(run.stderr).unwrap().contains("--edges-within is for geodata"));
}
