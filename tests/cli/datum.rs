//! `treatyline datum`

#![cfg(feature = "proj")]

use serde_json::Value;
use treatyline::Dossier;

use crate::common::{repository, treatyline};

fn run(arguments: &[&str]) -> (Option<i32>, String, String) {
    let run = treatyline().arg("datum").args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (run.status.code(), text(run.stdout), text(run.stderr))
}

fn segments() -> String {
    repository("data/china-kazakhstan/segments.geojson").to_str().unwrap().to_owned()
}

#[test]
fn a_line_with_exchanged_axes_is_recognised() {
    let text = std::fs::read_to_string(segments()).unwrap();
    let mut document: Value = serde_json::from_str(&text).unwrap();
    let features = document["features"].as_array_mut().unwrap();
    for position in
        features.iter_mut().flat_map(|it| it["geometry"]["coordinates"].as_array_mut().unwrap())
    {
        let (lon, lat) = (position[0].clone(), position[1].clone());
        *position = Value::Array(vec![lat, lon]);
    }
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("exchanged.geojson");
    std::fs::write(&path, document.to_string()).unwrap();
    let (exit, text, said) = run(&[path.to_str().unwrap(), "--format", "json"]);
    assert_eq!(exit, Some(0), "{said}");
    let found: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(found["schema"], "treatyline/datum/v1");
    let first = &found["readings"][0];
    assert_eq!(first["name"], "WGS 84, latitude before longitude", "{found}");
    assert!(first["distance_m"].as_f64().unwrap() < 0.01 && first["fit"] == "fits");
}

#[test]
fn what_is_the_same_is_one_answer_and_a_line_elsewhere_fails() {
    let (exit, text, _) = run(&[&segments()]);
    assert_eq!(exit, Some(0));
    assert!(text.contains("is in WGS 84, or in GSK-2011 (EPSG:7683)"), "{text}");
    let other = repository("tests/data/course/line.geojson");
    let (exit, text, _) = run(&[other.to_str().unwrap()]);
    assert_eq!(exit, Some(1), "{text}");
    assert!(text.contains("No reading of"), "{text}");
}

/// A table of points in a directory of its own, and what `datum` says of it.
fn of_points(table: &str, more: &[&str]) -> (Option<i32>, String, String) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("points.csv");
    std::fs::write(&path, table).unwrap();
    run(&[&[path.to_str().unwrap()], more].concat())
}

fn json_of_points(table: &str, more: &[&str]) -> (Option<i32>, Value) {
    let (exit, text, said) = of_points(table, &[more, &["--format", "json"]].concat());
    (exit, serde_json::from_str(&text).unwrap_or_else(|_| panic!("{said}")))
}

fn agreeing(document: &Value) -> Vec<&str> {
    let systems = document["coordinates"]["systems"].as_array().unwrap();
    systems
        .iter()
        .filter(|it| it["agrees"] == true)
        .map(|it| it["name"].as_str().unwrap())
        .collect()
}

/// FACTS, G01 and N36: the protocol of 2002 and that on Tarbagan-Dakh, both on the Soviet grid.
const TREATIES: &str = "point;B;L;X;Y\n\
    CHN-RUS-PRK;42°25'04.6\"N;130°38'11.9\"E;4699440.4;22634709.6\n\
    CHN-MNG-RUS;49°50′42,3″ с.ш.;116°42′46,8″ в.д.;5 523 751,6;20 479 357,0\n";

#[test]
fn degrees_and_metres_of_treaties_agree_on_the_soviet_grid() {
    let (exit, found) = json_of_points(TREATIES, &[]);
    assert_eq!(exit, Some(0), "{found}");
    assert!(found.get("line").is_none() && found["readings"] == serde_json::json!([]));
    let agreeing = agreeing(&found);
    let soviet = "Pulkovo 1942 / Gauss-Kruger zone … (EPSG:28422, EPSG:28420)";
    assert!(agreeing.contains(&soviet), "{agreeing:?}");
    // A projection moves no datum: China's datum of 1954 has the same ellipsoid and zones.
    assert!(agreeing.iter().any(|name| name.starts_with("Beijing 1954")), "{agreeing:?}");
    assert_eq!(found["verdict"], "undecided");
    // On the ellipsoid of Xian 1980 the northings are 60 m apart.
    assert!(!agreeing.iter().any(|name| name.contains("Xian 1980")), "{agreeing:?}");
    let systems = found["coordinates"]["systems"].as_array().unwrap();
    let of = |name: &str| systems.iter().find(|it| it["name"].as_str().unwrap().contains(name));
    assert_eq!(of("EPSG:28422").unwrap()["northing_first"], true);
    // FACTS: 1.6 m and 0.2 m apart, 1.1 m and 0.05 m; pyproj 3.7 has 1.585, 0.197, 1.085, 0.054.
    let apart = &of("EPSG:28422").unwrap()["apart"];
    for (point, north, east) in [(0, -1.585, -0.197), (1, -1.085, 0.054)] {
        let off = |key: &str, expected: f64| (apart[point][key].as_f64().unwrap() - expected).abs();
        assert!(off("north_m", north) < 2e-3 && off("east_m", east) < 2e-3, "{apart}");
    }
    let xian = &of("Xian 1980").unwrap()["apart"][0];
    assert!(xian["north_m"].as_f64().unwrap().abs() > 30.0, "{xian}");
}

#[test]
fn what_no_rounding_explains_is_named_and_a_map_explains_it() {
    // FACTS, G02: both were read off a map of 1:50,000, and are 8 and 22 m apart.
    let table =
        "point;B;L;X;Y;map_scale\nKhan Tengri;42°12'36.4\"N;80°10'31.1\"E;4675395;14431875;";
    let (exit, text, _) = of_points(table, &[]);
    assert_eq!(exit, Some(1), "{text}");
    let plain = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(plain.contains("agree in no system"), "{plain}");
    assert!(
        plain.contains("at Khan Tengri the printed X, Y lie 8.1 m north and 22.3 m west"),
        "{plain}"
    );
    let (exit, found) = json_of_points(&format!("{table}50 000"), &[]);
    assert_eq!(exit, Some(0), "{found}");
    assert!(agreeing(&found).iter().any(|name| name.contains("EPSG:28414")), "{found}");
    let (_, _, said) = of_points(&format!("{table}0"), &[]);
    assert!(said.contains("feature 1: `0` is no denominator"), "{said}");
}

#[test]
fn points_that_are_printed_twice_are_compared_with_a_line_that_is_named() {
    // FACTS, G03: the northern end of the line of the dossier, to 0.1′ and in metres.
    let table = "point;B;L;X;Y\nnorth;49°06.9'N;87°17.2'E;5442595;15520905\n";
    let line = segments();
    let (exit, found) = json_of_points(table, &["--against", &line]);
    assert_eq!(exit, Some(0), "{found}");
    assert!(agreeing(&found).iter().any(|name| name.contains("EPSG:28415")), "{found}");
    let readings = found["readings"].as_array().unwrap();
    let pulkovo = readings.iter().find(|it| it["name"] == "Pulkovo 1942 (EPSG:4284)").unwrap();
    assert_eq!(pulkovo["fit"], "fits", "{pulkovo}");
    // 0.05′ are 93 m and 61 m; the operation is good to 3 m.
    let allowed = pulkovo["few"]["allowed_m"].as_f64().unwrap();
    assert!((113.0..116.0).contains(&allowed), "{pulkovo}");
}

#[test]
fn metres_alone_are_looked_at_in_every_zone_near_the_line() {
    // The southern end as the treaty has it, and the northern one brought to its zone by pyproj.
    let table = "point;X;Y\nsouth;4675395;14431875\nnorth;5461619.7;14958795.6\n";
    let dossier = repository("data/china-kazakhstan");
    let (exit, found) = json_of_points(table, &["--dossier", dossier.to_str().unwrap()]);
    let names: Vec<&str> = found["readings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["fit"] == "fits")
        .map(|it| it["name"].as_str().unwrap())
        .collect();
    let zone = "Pulkovo 1942 / Gauss-Kruger zone 14 (EPSG:28414), northing before easting";
    assert!(names.contains(&zone), "{exit:?} {found}");
}

/// Van Zandt (1976): Monument 258 on NAD27; `../shared/facts/US-MEXICO.md`.
/// Columns x and y of degrees were taken for metres, and none of the positions for a place.
#[test]
fn degrees_in_columns_x_and_y_are_degrees() {
    let vertices = Dossier::embedded().line().vertices();
    let rows = vertices.iter().step_by(400).map(|at| format!("{},{}\n", at.x, at.y));
    let degrees: String = rows.collect();
    for names in ["x,y", "X,Y", "lon,lat"] {
        let (exit, found) =
            json_of_points(&format!("{names}\n{degrees}"), &["--against", &segments()]);
        assert_eq!((exit, &found["readings"][0]["name"]), (Some(0), &"WGS 84".into()), "{names}");
    }
    let (exit, text, _) = of_points("x,y\n543210,1912345\n", &["--against", &segments()]);
    assert!(exit == Some(1) && text.contains("or, in metres,"), "{exit:?} {text}");
}

#[test]
fn a_monument_on_nad27_is_not_taken_for_wgs84() {
    let line = repository("../shared/data/boundaries/us-mexico.geojson");
    if !line.is_file() {
        eprintln!("skipped: {} is not here", line.display());
        return;
    }
    let table = "monument,lat,lon\n258,32°32'03.82\"N,117°07'18.84\"W\n";
    let (exit, found) = json_of_points(table, &["--against", line.to_str().unwrap()]);
    assert_eq!(exit, Some(0), "{found}");
    let readings = found["readings"].as_array().unwrap();
    let of = |name: &str| readings.iter().find(|it| it["name"] == name).unwrap();
    let nad27 = of("NAD27 (EPSG:4267)");
    assert_eq!(
        (&nad27["fit"], &nad27["few"]["at_vertices"]),
        (&"fits".into(), &1.into()),
        "{nad27}"
    );
    // pyproj 3.7: 81.263 m from the vertex as WGS 84, to the 0.0001″ with which it is printed there.
    let wgs84 = of("WGS 84");
    assert!((wgs84["few"]["vertex_m"].as_f64().unwrap() - 81.263).abs() < 6e-3, "{wgs84}");
    assert_ne!(wgs84["fit"], "fits", "{wgs84}");
    // By EPSG:1173 pyproj has it at 32.534463, -117.122752, which is 1.592 m from the vertex.
    let asked = ["--crs", "EPSG:4267", "--operation", "EPSG:1173"];
    let (_, found) =
        json_of_points(table, &[&["--against", line.to_str().unwrap()], &asked[..]].concat());
    let first =
        found["readings"].as_array().unwrap().iter().find(|it| it["name"] == "NAD27 (EPSG:4267)");
    let first = first.unwrap();
    assert_eq!(first["operation"]["operation"]["code"], "EPSG:1173");
    assert!((first["few"]["vertex_m"].as_f64().unwrap() - 1.592).abs() < 6e-3, "{first}");
}

#[test]
fn a_line_in_metres_without_a_system_is_recognised() {
    use geo::Coord;
    use treatyline::geodesy::datum::{between, named};

    let text = std::fs::read_to_string(segments()).unwrap();
    let document: Value = serde_json::from_str(&text).unwrap();
    let (to_pulkovo, to_zone) =
        (named("EPSG:15865").unwrap(), between("EPSG:4284", "EPSG:28414").unwrap());
    let metres = |position: &Value| {
        let at = Coord { x: position[0].as_f64().unwrap(), y: position[1].as_f64().unwrap() };
        let at = to_zone.forward(to_pulkovo.inverse(at).unwrap()).unwrap();
        serde_json::json!([at.x, at.y])
    };
    let lines: Vec<Value> = document["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|feature| {
            let positions = feature["geometry"]["coordinates"].as_array().unwrap();
            // Each tenth is enough, and quicker.
            positions.iter().step_by(10).map(metres).collect()
        })
        .filter(|line: &Value| line.as_array().unwrap().len() > 1)
        .collect();
    let file = serde_json::json!({"type": "MultiLineString", "coordinates": lines});
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("metres.geojson");
    std::fs::write(&path, file.to_string()).unwrap();
    let (exit, text, said) = run(&[path.to_str().unwrap(), "--format", "json"]);
    assert_eq!(exit, Some(0), "{said}");
    let found: Value = serde_json::from_str(&text).unwrap();
    let first = &found["readings"][0];
    assert_eq!(first["name"], "Pulkovo 1942 / Gauss-Kruger zone 14 (EPSG:28414)", "{first}");
    assert!(first["fit"] == "fits" && first["distance_m"].as_f64().unwrap() < 0.01, "{first}");
}

#[test]
fn a_misprint_is_named_and_a_coarse_point_is_undecided() {
    let (exit, _, said) = of_points("point;B;L\na;42°61′N;80°10′E\n", &[]);
    assert_eq!(exit, Some(2));
    assert!(said.contains("feature 1: `42°61′N` has 61 minutes"), "{said}");
    // To 0.1′ the southern end is on the line in every datum of the region.
    let (exit, found) = json_of_points("point;B;L\na;42°12.6′N;80°10.5′E\n", &[]);
    assert_eq!((exit, &found["verdict"]), (Some(0), &"undecided".into()), "{found}");
    assert_eq!(found["readings"][0]["few"]["worst"], 1, "{found}");
}

/// The same numbers, once as WGS 84 and once as Pulkovo 1942, whose operation is good to 4.5 m. The two
/// are 54 m apart.
#[test]
fn a_line_in_another_datum_may_be_off_by_its_operation_as_a_whole() {
    let directory = tempfile::tempdir().unwrap();
    let line = directory.path().join("line.geojson");
    let own = directory.path().join("own.geojson");
    // Some of the segments are enough, and quicker.
    let text = std::fs::read_to_string(segments()).unwrap();
    let mut document: Value = serde_json::from_str(&text).unwrap();
    document["features"].as_array_mut().unwrap().drain(..20);
    [&line, &own].into_iter().for_each(|path| std::fs::write(path, document.to_string()).unwrap());
    let [line, own] = [&line, &own].map(|path| path.to_str().unwrap());
    let system = format!("{line}=EPSG:4284");
    let found = |more: &[&str]| {
        let arguments = [own, "--against", line, "--crs", &system, "--format", "json"];
        let (_, text, said) = run(&[&arguments, more].concat());
        assert!(said.contains("EPSG:15865") && !said.contains("own.geojson"), "{said}");
        let found: Value = serde_json::from_str(&text).unwrap();
        let readings = found["readings"].as_array().unwrap().clone();
        let fits = readings.iter().filter(|it| it["fit"] == "fits");
        let names: Vec<String> = fits.map(|it| it["name"].as_str().unwrap().to_owned()).collect();
        (found["line_shift_m"].as_f64().unwrap(), names)
    };
    assert_eq!(found(&[]), (4.5, vec!["Pulkovo 1942 (EPSG:4284)".to_owned()]));
    let (shift_m, names) = found(&["--line-accuracy", "60"]);
    assert!(shift_m == 64.5 && names.contains(&"WGS 84".to_owned()), "{names:?}");
}
