//! `treatyline construct` agrees with independent tools on the lists of published boundaries in
//! `tests/data/construct`. `scripts/reference_constructed.py` writes what is expected.

use std::collections::BTreeMap;

use serde_json::Value;
use treatyline::geodesy::{Ellipsoid, Geodesic};

use crate::common::{repository, treatyline};

/// Lengths and derived points agree to within this, in metres.
const WITHIN_M: f64 = 1e-3;
/// As the lists are drawn here: finer than by default, so that areas can be compared.
const TOLERANCE_M: f64 = 1e-3;

/// Each list with its exit code, and whether it needs PROJ.
const LISTS: [(&str, i32, bool); 12] = [
    ("bering-1867.toml", 0, true),
    ("canada-1818.csv", 0, true),
    ("chad-1899.toml", 0, false),
    ("chad-libya-1994.toml", 1, false),
    ("delaware-1682.toml", 0, false),
    ("egypt.toml", 0, false),
    ("norway-russia-2007.csv", 0, false),
    ("norway-russia-2010.csv", 0, false),
    ("san-diego-1848.toml", 0, true),
    ("south-west-africa-1890.toml", 0, false),
    ("svalbard-1920.csv", 0, false),
    ("us-mexico-1853.toml", 1, false),
];

/// The lists that this build can draw.
fn lists() -> impl Iterator<Item = (&'static str, i32)> {
    let can = |needs_proj: bool| !needs_proj || cfg!(feature = "proj");
    LISTS.into_iter().filter(move |it| can(it.2)).map(|(name, exit, _)| (name, exit))
}

fn construct(list: &str, tolerance_m: f64, more: &[&str]) -> (Option<i32>, Value) {
    let folder = repository("tests/data/construct");
    let mut command = treatyline();
    command.arg("construct").arg(folder.join(list)).args(more);
    command.args(["--tolerance", &tolerance_m.to_string()]);
    if ["canada-1818.csv", "san-diego-1848.toml"].contains(&list) {
        // The one of 1976's monument 258; the reference has its parameters.
        command.args(["--operation", "EPSG:1173"]);
    }
    let run = command.output().unwrap();
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    let found = serde_json::from_slice(&run.stdout);
    (run.status.code(), found.unwrap_or_else(|_| panic!("{list}: {said}")))
}

/// The rows of a list in a table of references, without its name.
fn expected(table: &str, list: &str) -> Vec<Vec<String>> {
    let path = repository("tests/data/construct").join(table);
    let mut reader = csv::Reader::from_path(path).unwrap();
    let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect());
    let of_list = |row: &Vec<String>| row[0] == list;
    let rows: Vec<Vec<String>> =
        rows.filter(of_list).map(|row: Vec<String>| row[1..].to_vec()).collect();
    rows
}

fn number(text: &str) -> f64 {
    text.parse().unwrap()
}

fn items(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("{value}"))
}

/// East and north of a place in metres, on the plane that touches the ellipsoid of WGS 84 there.
fn plane_m(at: [f64; 2], other: [f64; 2]) -> [f64; 2] {
    let (a, e2) = (6_378_137.0_f64, 0.006_694_379_990_141_316_f64);
    let sin = at[1].to_radians().sin();
    let w = (1.0 - e2 * sin * sin).sqrt();
    let east_deg = (other[0] - at[0] + 540.0).rem_euclid(360.0) - 180.0;
    let east = a / w * at[1].to_radians().cos() * east_deg.to_radians();
    [east, a * (1.0 - e2) / w.powi(3) * (other[1] - at[1]).to_radians()]
}

#[test]
fn edges_are_as_long_as_independent_tools_say() {
    for (list, exit) in lists() {
        let (found_exit, found) = construct(list, TOLERANCE_M, &["--format", "json"]);
        assert_eq!(found_exit, Some(exit), "{list}");
        let rows = expected("expected.csv", list);
        let mut by_reading: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        for row in &rows {
            by_reading.entry(&row[0]).or_default().push(number(&row[2]));
        }
        let readings = items(&found["readings"]);
        assert_eq!(readings.len(), by_reading.len(), "{list}");
        for reading in readings {
            let lengths = &by_reading[reading["name"].as_str().unwrap()];
            let edges = items(&reading["edges_m"]);
            assert_eq!(edges.len(), lengths.len(), "{list}");
            for (edge, expected) in edges.iter().zip(lengths) {
                let apart = edge.as_f64().unwrap() - expected;
                assert!(apart.abs() < WITHIN_M, "{list}, {expected}: {apart}");
            }
        }
    }
}

#[test]
fn points_are_where_independent_tools_put_them() {
    for (list, _) in lists() {
        let (_, found) = construct(list, TOLERANCE_M, &["--format", "json"]);
        let rows = expected("expected_points.csv", list);
        let points = items(&found["readings"][0]["points"]);
        assert_eq!(points.len(), rows.len(), "{list}");
        for (point, row) in points.iter().zip(&rows) {
            assert_eq!(point["name"], row[0].as_str(), "{list}");
            let at = ["lon", "lat"].map(|key| point[key].as_f64().unwrap());
            let [east, north] = plane_m([number(&row[1]), number(&row[2])], at);
            assert!(east.hypot(north) < WITHIN_M, "{list}, {}: {east} {north}", row[0]);
        }
    }
}

/// Each line may be as far from its course as the tolerance. Between two that are 1,050 km long these are
/// 2.1 km², 2.5 millionths of the smallest area; a hundred-thousandth is allowed.
#[test]
fn areas_between_readings_are_as_large_as_independent_tools_say() {
    let mut pairs = 0;
    for (list, _) in lists() {
        let (_, found) = construct(list, TOLERANCE_M, &["--format", "json"]);
        let rows = expected("expected_between.csv", list);
        let between = items(&found["between"]);
        assert_eq!(between.len(), rows.len(), "{list}");
        for (pair, row) in between.iter().zip(&rows) {
            assert_eq!([&pair["a"], &pair["b"]], [row[0].as_str(), row[1].as_str()], "{list}");
            let (area, far) = (number(&row[2]), number(&row[3]));
            let area_apart = pair["area_m2"].as_f64().unwrap() - area;
            assert!(area_apart.abs() < 1e-5 * area, "{list}: {area_apart} of {area}");
            let far_apart = pair["hausdorff_m"].as_f64().unwrap() - far;
            assert!(far_apart.abs() < 2.0 * TOLERANCE_M + WITHIN_M, "{list}: {far_apart} of {far}");
            pairs += 1;
        }
    }
    assert_eq!(pairs, 3);
}

/// How far a place is from a path whose edges are straight in degrees, as a GIS draws them. The foot is so
/// near that the plane which touches the Earth at the place is as good as the Earth.
fn to_path_m(at: [f64; 2], path: &[[f64; 2]]) -> f64 {
    let flat: Vec<[f64; 2]> = path.iter().map(|vertex| plane_m(at, *vertex)).collect();
    let to_edge = |ends: &[[f64; 2]]| {
        let [a, b] = [ends[0], ends[1]];
        let [u, v] = [b[0] - a[0], b[1] - a[1]];
        let share = (-(a[0] * u + a[1] * v) / (u * u + v * v)).clamp(0.0, 1.0);
        (a[0] + share * u).hypot(a[1] + share * v)
    };
    flat.windows(2).map(to_edge).fold(f64::INFINITY, f64::min)
}

/// How far a place is from a course that is known in equal steps, by the cubic through the four places
/// around the nearest one. Steps are 20 km at most, and a cubic is within millimetres of the course.
fn to_course_m(at: [f64; 2], course: &[[f64; 2]]) -> f64 {
    let flat: Vec<[f64; 2]> = course.iter().map(|place| plane_m(at, *place)).collect();
    let far = |i: &usize| flat[*i][0].hypot(flat[*i][1]);
    let nearest = (0..flat.len()).min_by(|a, b| far(a).total_cmp(&far(b))).unwrap();
    let first = nearest.saturating_sub(1).min(flat.len() - 4);
    let cubic = |t: f64| {
        let weights = [
            -(t - 1.0) * (t - 2.0) * (t - 3.0) / 6.0,
            t * (t - 2.0) * (t - 3.0) / 2.0,
            -t * (t - 1.0) * (t - 3.0) / 2.0,
            t * (t - 1.0) * (t - 2.0) / 6.0,
        ];
        let sum = |axis: usize| (0..4).map(|i| weights[i] * flat[first + i][axis]).sum::<f64>();
        sum(0).hypot(sum(1))
    };
    // A vertex is between two places that are known.
    let (mut low, mut high) = (0.0_f64, 3.0_f64);
    let middle = (nearest - first) as f64;
    (low, high) = (low.max(middle - 1.0), high.min(middle + 1.0));
    for _ in 0..80 {
        let [a, b] = [low + (high - low) / 3.0, high - (high - low) / 3.0];
        if cubic(a) < cubic(b) { high = b } else { low = a }
    }
    cubic(f64::midpoint(low, high))
}

/// Vertices are on the course, and the course is nowhere farther from the edges between them than the
/// tolerance, whether these are geodesics or straight in degrees.
#[test]
fn what_is_written_is_within_the_tolerance_of_the_course() {
    for tolerance_m in [0.1, 100.0] {
        for (list, _) in lists() {
            let more = ["--format", "geojson", "--decimals", "full"];
            let (_, found) = construct(list, tolerance_m, &more);
            let rows = expected("expected_courses.csv", list);
            let mut courses: BTreeMap<(&str, &str), Vec<[f64; 2]>> = BTreeMap::new();
            for row in &rows {
                let course = courses.entry((&row[0], &row[1])).or_default();
                course.push([number(&row[2]), number(&row[3])]);
            }
            let features = items(&found["features"]);
            assert_eq!(features.len(), courses.len(), "{list}");
            let mut edge_of_reading: BTreeMap<&str, usize> = BTreeMap::new();
            for feature in features {
                let reading = feature["properties"]["reading"].as_str().unwrap();
                let edge = edge_of_reading.entry(reading).or_default();
                let edge_name = edge.to_string();
                let course = &courses[&(reading, &*edge_name)];
                *edge += 1;
                check_path(list, &path_of(feature), course, tolerance_m);
            }
        }
    }
}

/// The vertices of a feature; of one that is cut at the antimeridian, of both parts.
fn path_of(feature: &Value) -> Vec<[f64; 2]> {
    let geometry = &feature["geometry"];
    let coordinates = items(&geometry["coordinates"]);
    let parts: Vec<&Value> = match geometry["type"].as_str() {
        Some("LineString") => vec![&geometry["coordinates"]],
        _ => coordinates.iter().collect(),
    };
    let vertices = parts.into_iter().flat_map(items);
    vertices.map(|at| [0, 1].map(|axis| at[axis].as_f64().unwrap())).collect()
}

fn check_path(list: &str, path: &[[f64; 2]], course: &[[f64; 2]], tolerance_m: f64) {
    for (i, vertex) in path.iter().enumerate() {
        let is_cut = vertex[0].abs() == 180.0;
        let allowed_m = if is_cut { tolerance_m } else { 0.0 } + 5.0 * WITHIN_M;
        let apart_m = to_course_m(*vertex, course);
        assert!(apart_m < allowed_m, "{list}, vertex {i}: {apart_m} m at {tolerance_m} m");
    }
    let mut path = path.to_vec();
    path.dedup_by(|a, b| a[1] == b[1] && (a[0] - b[0]).rem_euclid(360.0) == 0.0);
    // Edges as geodesics: those of this workspace, which tests of their own compare with GeographicLib.
    let geodesic = Geodesic::new(Ellipsoid::WGS84);
    for (i, ends) in path.windows(2).enumerate().step_by(3) {
        let (length, azimuth_deg) = geodesic.distance_and_azimuth(ends[0], ends[1]);
        let middle = geodesic.destination(ends[0], azimuth_deg, length * 0.5);
        let apart_m = to_course_m(middle, course);
        assert!(apart_m < tolerance_m + 5.0 * WITHIN_M, "{list}, edge {i}: {apart_m} m");
    }
    for (i, place) in course.iter().enumerate() {
        let apart_m = to_path_m(*place, &path);
        assert!(apart_m < tolerance_m + WITHIN_M, "{list}, place {i}: {apart_m} m");
    }
}

/// What the lists print of themselves.
#[test]
fn printed_lengths_and_sums_get_their_outcomes() {
    let outcomes = |list: &str| -> Vec<String> {
        let (_, found) = construct(list, TOLERANCE_M, &["--format", "json"]);
        let text = |check: &Value| {
            let [kind, outcome] =
                ["kind", "outcome"].map(|key| check[key].as_str().unwrap().to_owned());
            format!("{kind}: {outcome}")
        };
        items(&found["checks"]).iter().map(text).collect()
    };
    // 39.31 M and 906.66 M.
    assert_eq!(outcomes("norway-russia-2007.csv"), ["total: consistent"]);
    assert_eq!(outcomes("norway-russia-2010.csv"), ["total: consistent"]);
    // 936.85 to 937.00 km, 113.60 km, 1,050.45 to 1,050.61 km; and 942 and 113 are not 1,050.
    let expected = [
        "length: inconsistent",
        "length: inconsistent",
        "total: undecided",
        "closure: inconsistent",
    ];
    assert_eq!(outcomes("chad-libya-1994.toml"), expected);
    // The 100 miles are 160,934.4 m, and were 159,193.4 m on the ground.
    assert_eq!(outcomes("us-mexico-1853.toml"), ["length: inconsistent"]);
    // A ring ends where it begins, which is nothing to note.
    assert!(outcomes("svalbard-1920.csv").is_empty());
}
