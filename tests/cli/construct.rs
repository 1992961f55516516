//! `treatyline construct`

use serde_json::Value;

use crate::common::{repository, treatyline};

/// The line of a list in a directory of its own, called so.
pub(super) fn run(name: &str, list: &str, more: &[&str]) -> (Option<i32>, String, String) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join(name);
    std::fs::write(&path, list).unwrap();
    let run = treatyline().arg("construct").arg(&path).args(more).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (run.status.code(), text(run.stdout), text(run.stderr))
}

pub(super) fn json(name: &str, list: &str) -> Value {
    let (_, text, said) = run(name, list, &["--format", "json"]);
    serde_json::from_str(&text).unwrap_or_else(|_| panic!("{said}"))
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value}"))
}

pub(super) fn near(found: &Value, expected: f64, within: f64) {
    assert!((number(found) - expected).abs() <= within, "{found}, not {expected}");
}

/// The treaties of 2007 and 2010, with edges and azimuths from `pyproj.Geod(ellps="WGS84")`.
const BARENTS: &str = r#"point,latitude,longitude,edge,length,system,total
1,"70°16'28.95""N","32°04'23.00""E",geodesic,225 M,WGS 84,907 M
2,"73°41'10.85""N","37°00'00.00""E",geodesic,,,
3,"75°11'41.00""N","37°00'00.00""E",geodesic,,,
4,"75°48'00.74""N","38°00'00.00""E",geodesic,,,
5,"78°37'29.50""N","38°00'00.00""E",geodesic,,,
6,"79°17'04.77""N","34°59'56.00""E",geodesic,,,
7,"83°21'07.00""N","35°00'00.29""E",geodesic,,,
8,"84°41'40.67""N","32°03'51.36""E",,,,
"#;

#[test]
fn a_list_of_points_and_geodesics_is_as_long_as_pyproj_says() {
    // The treaty of 2010 names the realisation.
    let found = json("barents.csv", &BARENTS.replace("WGS 84", "WGS 84 (G1150)"));
    assert_eq!(found["schema"], "treatyline/construction/v1");
    near(&found["length_m"], 1_679_139.5, 0.05);
    let edges: Vec<f64> =
        found["edges"].as_array().unwrap().iter().map(|it| number(&it["length_m"])).collect();
    let expected =
        [416_675.31, 168_353.85, 73_140.58, 315_340.26, 97_701.80, 454_184.92, 153_742.76];
    for (found, expected) in edges.iter().zip(expected) {
        assert!((found - expected).abs() < 0.006, "{edges:?}");
    }
    let checks = found["checks"].as_array().unwrap();
    let of = |kind: &str| checks.iter().find(|it| it["kind"] == kind).unwrap();
    assert_eq!(of("total")["outcome"], "consistent");
    assert_eq!(of("length")["outcome"], "consistent");
    // The same with a length that is another edge's.
    let (exit, text, _) = run("barents.csv", &BARENTS.replace("225 M", "206 M"), &[]);
    assert_eq!(exit, Some(1), "{text}");
    assert!(text.contains("inconsistent: 1 – 2 is printed as 206 M"), "{text}");
}

const LIBYA: &str = r#"
title = "Libya–Chad"
system = "WGS 84"
exact = true
total = "1,050 km"

[[point]]
point = "24° E"
latitude = "19°30′N"
longitude = "24°E"
length = "942 km"

[[point]]
point = "tropic"
latitude = "tropic of Cancer 1955-08-10"
longitude = "16°E"

[[point]]
point = "15° E"
latitude = "23°N"
longitude = "15°E"
"#;

/// Lengths and areas computed with pyproj and shapely from the three points of the judgment of 1994.
#[test]
fn a_straight_line_is_three_lines() {
    let found = json("libya.toml", LIBYA);
    let names: Vec<&str> = found["readings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|reading| reading["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["geodesics", "rhumb lines", "straight in degrees"]);
    near(&found["readings"][0]["length_m"], 1_050_460.0, 10.0);
    let between = &found["between"];
    near(&between[0]["area_m2"], 3.754e9, 1e6);
    near(&between[0]["hausdorff_m"], 6_000.0, 50.0);
    near(&between[1]["hausdorff_m"], 7_300.0, 50.0);
    let outcomes: Vec<&str> = found["checks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|check| check["outcome"].as_str().unwrap())
        .collect();
    // 1,050 km fits the geodesics and not the line straight in degrees; 942 km fits none.
    assert_eq!(outcomes, ["inconsistent", "undecided"]);
}

#[cfg(feature = "proj")]
#[test]
fn an_unstated_system_gives_a_line_for_each_of_the_region() {
    let found = json("libya.toml", &LIBYA.replace("WGS 84", "unstated"));
    let readings = found["readings"].as_array().unwrap();
    assert!(readings.iter().any(|it| it["name"] == "geodesics, ELD79 (EPSG:4159)"), "{found}");
    assert!(readings.iter().filter(|it| it["operation"].is_object()).count() >= 3);
    // A system by name: a parallel of NAD27 is none of WGS 84, and is brought there as a whole.
    let list = "latitude,longitude,edge,system\n49N,123W,parallel,EPSG:4267\n49N,95W,none,\n";
    let found = json("parallel.csv", list);
    assert_eq!(found["readings"].as_array().unwrap().len(), 1);
    let operation = &found["readings"][0]["operation"];
    assert!(operation["system"].as_str().unwrap().contains("NAD27"), "{found}");
    let [a, b] = [0, 1].map(|at| number(&found["readings"][0]["points"][at]["lat"]));
    assert!((a - 49.0).abs() > 1e-6 && (a - b).abs() > 1e-6, "{a} {b}");
}

/// The words of 1853: where 100 English miles west of the river end, and how long 31°47′ and the
/// meridian are from there. The corner is where `pyproj` puts it along the parallel: 108.2271° W.
#[test]
fn points_are_derived_from_others() {
    let found = json(
        "gadsden.toml",
        r#"
        system = "WGS 84"
        [[point]]
        point = "river"
        coordinates = "31°47'02.0038\"N 106°31'40.6264\"W"
        edge = "parallel"
        exact = true
        [[point]]
        point = "corner"
        from = "river"
        distance = "100 mi"
        azimuth = "due west"
        edge = "meridian"
        exact = true
        [[point]]
        point = "south"
        crossing = "corner azimuth 180° with parallel 31°20′N"
        edge = "parallel"
        [[point]]
        point = "111"
        crossing = "meridian 111°W with parallel 31°20′N"
        "#,
    );
    near(&found["readings"][0]["points"][1]["lon"], -108.2271, 0.000_05);
    near(&found["edges"][0]["length_m"], 160_934.4, 1e-4);
    near(&found["readings"][0]["points"][2]["lat"], 31.0 + 20.0 / 60.0, 1e-10);
    // From pyproj along the meridian, and the radius of the parallel times the angle.
    near(&found["edges"][1]["length_m"], 49_957.319_451, 1e-5);
    near(&found["edges"][2]["length_m"], 263_897.015_517, 1e-5);
}

#[test]
fn edges_are_written_within_the_tolerance() {
    let list = "latitude,longitude,edge,system\n70N,0E,rhumb,WGS 84\n72N,40E,none,\n";
    let count = |tolerance: &str| {
        let (exit, text, said) =
            run("list.csv", list, &["--tolerance", tolerance, "--format", "geojson"]);
        assert_eq!(exit, Some(0), "{said}");
        let layer: Value = serde_json::from_str(&text).unwrap();
        let feature = &layer["features"][0];
        assert_eq!(feature["properties"]["kind"], "rhumb");
        feature["geometry"]["coordinates"].as_array().unwrap().len()
    };
    let (fine, coarse) = (count("0.1"), count("1000"));
    assert!(fine > 20 * coarse, "{fine} {coarse}");
}

#[test]
fn circles_stretches_and_files_are_followed() {
    let line = repository("tests/data/course/line.geojson");
    let line = line.to_str().unwrap().replace('\\', "/");
    let list = format!(
        r#"
        system = "WGS 84"
        [[point]]
        point = "centre"
        latitude = "10°N"
        longitude = "20°E"
        on_line = false
        [[point]]
        point = "east"
        from = "centre"
        distance = "12 nmi"
        azimuth = "90°"
        along = "geodesic"
        edge = "arc"
        centre = "centre"
        radius = "12 nmi"
        turn = "right"
        [[point]]
        point = "west"
        from = "centre"
        distance = "12 nmi"
        azimuth = "270°"
        along = "geodesic"
        edge = "none"
        [[point]]
        point = "first"
        vertex = "first"
        of = "{line}"
        edge = "follow:{line}"
        [[point]]
        point = "last"
        vertex = "last"
        of = "{line}"
        "#
    );
    let found = json("list.toml", &list);
    // Half of a circle on a sphere of the Earth's size is π r (1 − r²/6R²).
    let radius: f64 = 22_224.0;
    let half = std::f64::consts::PI * radius * (1.0 - radius.powi(2) / (6.0 * 6.37e6_f64.powi(2)));
    near(&found["edges"][0]["length_m"], half, 0.01);
    let measured = treatyline().args(["measure", &line, "--format", "json"]).output().unwrap();
    let measured: Value = serde_json::from_slice(&measured.stdout).unwrap();
    let length = number(&measured["total"]["length_m"]);
    near(&found["edges"][1]["length_m"], length, 0.001);
    let (_, text, _) = run("list.toml", &list, &["--format", "geojson"]);
    let layer: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(layer["features"].as_array().unwrap().len(), 2);
}

#[test]
fn slips_are_noticed() {
    let list = |second: &str| {
        format!(
            "point,latitude,longitude,edge,length,system\n\
             a,40°00′00″N,10°00′00″E,geodesic,51.38 km,WGS 84\n\
             b,{second},10°30′00″E,geodesic,44.08 km,\n\
             c,40°30′00″N,10°45′00″E,none,,\n"
        )
    };
    let (exit, text, said) = run("list.csv", &list("40°15′00″N"), &[]);
    assert_eq!(exit, Some(1), "{text}{said}");
    // Both printed lengths are of 40°51′ with its digits in another order, or of another point.
    assert!(text.contains("inconsistent: a – b"), "{text}");
    let same =
        "latitude,longitude,edge,system\n40°12′34″N,10°12′34″E,geodesic,WGS 84\n41N,10E,none,\n";
    let (_, text, _) = run("list.csv", same, &[]);
    assert!(text.contains("noted: Latitude and longitude of 1 have the same minutes"), "{text}");
}

/// A list with one thing wrong, and what is said of it.
#[test]
fn each_fault_has_its_place_and_the_way_out() {
    let head = "point,latitude,longitude,edge,system\n";
    for (rows, says) in [
        (
            "a,61°61′N,10E,geodesic,WGS 84\nb,60N,11E,none,\n",
            "line 2, column `latitude`: `latitude`: `61°61′N` has 61 minutes",
        ),
        (
            "a,60N,10E,geodesic,WGS 84\nb,60N,10E,none,\n",
            "line 2, column `edge`: the edge from `a` to `b` has no length",
        ),
        (
            "a,60N,10E,parallel,WGS 84\nb,61N,11E,none,\n",
            "the edge from `a` to `b` is no parallel: its ends are",
        ),
        ("a,60N,10E,meridian,WGS 84\nb,62N,14E,none,\n", "the edge from `a` to `b` is no meridian"),
        (
            "a,60N,10E,geodesic,WGS 84\nb,60S,170W,none,\n",
            "has no single way: its ends are on opposite sides",
        ),
        ("a,60N,10E,rhumb,WGS 84\nb,90N,10E,none,\n", "turns round the pole without end"),
        (
            "a,60N,10E,curve,WGS 84\nb,61N,10E,none,\n",
            "`edge` is `curve`; it must be geodesic, rhumb",
        ),
        (
            "a,60N,10E,geodesic,WGS 84\na,61N,10E,none,\n",
            "line 3, column `point`: two points are called `a`",
        ),
        ("a,60N,10E,geodesic,WGS 84\n", "a line needs two points, and only one is on it"),
        ("a,60N,,geodesic,WGS 84\nb,61N,10E,none,\n", "line 2: `longitude` is missing"),
        ("a,,10E,geodesic,WGS 84\nb,61N,10E,none,\n", "the point `a` has no place"),
        ("a,60N,10E,arc,WGS 84\nb,61N,10E,none,\n", "`centre` is missing"),
        (
            "a,60N,10E,follow:nothing.geojson,WGS 84\nb,61N,10E,none,\n",
            "nothing.geojson: there is no such file",
        ),
        ("a,60N,10E,geodesic,WGS 84,x\n", "line 2: a row of 6 cells under 5 names"),
    ] {
        let (exit, text, said) = run("list.csv", &format!("{head}{rows}"), &[]);
        assert_eq!((exit, text.as_str()), (Some(2), ""), "{rows}");
        assert!(said.contains(says), "{rows}: {said}");
    }
    for (list, says) in [
        (
            "[[point]]\nlat = \"60N\"\n",
            "line 2, column 1: unknown key `lat`; use one of: point, latitude",
        ),
        ("colour = \"red\"\n[[point]]\n", "line 1, column 1: unknown field `colour`"),
        (
            "[[point]]\npoint = \"a\"\nlatitude = \"60N\"\nlongitude = \"10E\"\n[[point]]\nfrom = \"z\"\ndistance = \"1 km\"\nazimuth = \"0°\"\n",
            "line 6, column 1: no point before this one is called `z`; use one of: a",
        ),
        (
            "[[point]]\npoint = \"a\"\nlatitude = \"60N\"\nlongitude = \"10E\"\n[[point]]\nfrom = \"a\"\ndistance = \"1 parsec\"\nazimuth = \"0°\"\n",
            "`distance` is `1 parsec`; it must be a length with its unit",
        ),
        (
            "[[point]]\npoint = \"a\"\nlatitude = \"60N\"\nlongitude = \"10E\"\n[[point]]\nfrom = \"a\"\ndistance = \"9999 km\"\nazimuth = \"north\"\n",
            "leads beyond a pole",
        ),
        (
            "[[point]]\npoint = \"a\"\nlatitude = \"60N\"\nlongitude = \"10E\"\n[[point]]\npoint = \"b\"\nlatitude = \"60N\"\nlongitude = \"20E\"\n[[point]]\ncrossing = \"a to b with parallel 70°N\"\n",
            "meet in 0 places",
        ),
        (
            "[[point]]\npoint = \"a\"\nlatitude = \"60N\"\nlongitude = \"10E\"\n[[point]]\npoint = \"b\"\nlatitude = \"60N\"\nlongitude = \"20E\"\n[[point]]\ncrossing = \"a to b with parallel 60°05′N\"\n",
            "meet in 2 places",
        ),
        ("tolerance_m = -1\n[[point]]\n", "line 1, column 15: `tolerance_m` is `-1`"),
        ("", "the file is empty"),
        ("title = \"nothing\"\n", "none is on it"),
    ] {
        let (exit, text, said) = run("list.toml", list, &[]);
        assert_eq!((exit, text.as_str()), (Some(2), ""), "{list}");
        assert!(said.contains(says), "{list}: {said}");
    }
}

#[test]
fn what_follows_from_a_faulty_point_is_not_reported_again() {
    let list = "point,latitude,longitude,from,distance,azimuth,edge,system\n\
                a,91N,10E,,,,geodesic,WGS 84\nb,,,a,1 km,north,geodesic,\nc,,,b,1 km,x,none,\n";
    let (exit, _, said) = run("list.csv", list, &[]);
    assert_eq!(exit, Some(2));
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains("is beyond 90°"), "{said}");
}

#[test]
fn the_output_is_the_same_from_standard_input() {
    let mut command = assert_cmd::Command::new(assert_cmd::cargo::cargo_bin("treatyline"));
    let run = command.args(["construct", "-", "--format", "json"]).write_stdin(BARENTS).unwrap();
    let found: Value = serde_json::from_slice(&run.stdout).unwrap();
    near(&found["length_m"], 1_679_139.5, 0.05);
    assert_eq!(found["file"], "standard input");
}

/// Printed lengths are on the ellipsoid of the treaty: 111,242.712 m on that of Hayford, by pyproj.
#[cfg(feature = "proj")]
#[test]
fn printed_lengths_are_compared_on_the_lists_own_ellipsoid() {
    let list = "latitude,longitude,edge,length,system,exact\n\
                50N,15E,geodesic,\"111,242.7 m\",EPSG:4230,true\n51N,15E,none,,,true\n";
    let (exit, text, said) = run("list.csv", list, &[]);
    assert_eq!(exit, Some(0), "{text}{said}");
    assert!(text.contains("on the ellipsoid of its system"), "{text}");
    let (exit, _, _) = run("list.csv", &list.replace("242.7", "242.1"), &[]);
    assert_eq!(exit, Some(1));
}

/// A longitude that is rounded to a degree cannot make a meridian longer: 18.5 km are not 60.
#[test]
fn along_a_meridian_the_rounding_of_longitudes_has_no_weight() {
    let list = "latitude,longitude,edge,length,system\n\
                42°25′04.6″N,80E,meridian,60 km,WGS 84\n42°35′04.6″N,80E,none,,\n";
    let (exit, text, said) = run("list.csv", list, &[]);
    assert_eq!(exit, Some(1), "{text}{said}");
    assert!(text.contains("inconsistent: 1 – 2 is printed as 60 km"), "{text}");
    let (exit, text, _) = run("list.csv", &list.replace("60 km", "11.5 mi"), &[]);
    assert_eq!(exit, Some(0), "{text}");
    assert!(text.contains("11.5 mi (18.507 km)"), "{text}");
}

#[cfg(feature = "proj")]
#[test]
fn an_easting_in_place_of_the_northing_is_noticed() {
    let list = "northing,easting,grid,edge,system\n\
                5500000,500000,EPSG:32633,geodesic,WGS 84\n5510000,500000,EPSG:32633,none,\n";
    let (exit, _, said) = run("list.csv", list, &[]);
    assert_eq!(exit, Some(0), "{said}");
    let exchanged = list.replace("northing,easting", "easting,northing");
    let (exit, _, said) = run("list.csv", &exchanged, &[]);
    assert_eq!(exit, Some(2));
    assert!(
        said.contains("with the easting in its place the point would be in the area"),
        "{said}"
    );
}

/// Another operation than the one that the rules choose, and what the list notes.
#[test]
#[cfg(feature = "proj")]
fn a_list_names_its_operation_and_notes_its_points() {
    let list = |operation: &str| {
        format!(
            "point,latitude,longitude,edge,system,operation,note\n\
             a,31°20′N,111°W,geodesic,EPSG:4267,{operation},\"a monument, broken\"\n\
             b,31°20′N,110°W,,,,\n"
        )
    };
    let found = json("list.csv", &list("EPSG:1175"));
    let reading = &found["readings"][0];
    assert_eq!(reading["operation"]["operation"]["code"], "EPSG:1175");
    assert_eq!(reading["operation"]["chosen_by"], "caller");
    assert_eq!(reading["points"][0]["note"], "a monument, broken");
    assert_eq!(reading["points"][1].get("note"), None);
    let (code, _, said) = run("list.csv", &list("EPSG:1291"), &[]);
    assert!(code == Some(2) && said.contains("EPSG:1291"), "{said}");
    let (code, _, said) = run("list.csv", &list("EPSG:1175").replace("EPSG:4267", "WGS 84"), &[]);
    assert!(code == Some(2) && said.contains("the asked operation"), "{said}");
}
