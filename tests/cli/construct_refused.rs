//! `treatyline construct` with lists as people write them: what is read, and what is refused with the
//! way out.

use super::construct::{json, near, run};

const TWO: &str = "[[point]]\nlatitude = \"10°N\"\nlongitude = \"5°E\"\n\
                   [[point]]\nlatitude = \"12°N\"\nlongitude = \"6°E\"\n";

/// A list must be refused with exit code 2 and a message that has all of these words.
fn refused(name: &str, list: &str, more: &[&str], words: &[&str]) {
    let (exit, text, said) = run(name, list, more);
    assert_eq!(exit, Some(2), "{list}\n{text}{said}");
    for word in words {
        assert!(said.contains(word), "{list}\n{said}");
    }
}

/// As a spreadsheet writes it: a byte order mark, semicolons, carriage returns, decimal commas, names of
/// columns with capitals and an empty row at the end.
#[test]
fn a_table_of_a_spreadsheet_is_read() {
    let list = "\u{feff}Point;Latitude;Longitude;Edge;System\r\n1;70,2500;32,0400;geodesic;WGS 84\r\n\
                2;73,4100;37,0000;;\r\n;;;;\r\n";
    let found = json("sheet.csv", list);
    // pyproj.Geod(ellps="WGS84").inv(32.04, 70.25, 37, 73.41)
    near(&found["length_m"], 392_328.523_8, 1e-3);
    refused("sheet.csv", &list.replace("Longitude", "Latitude"), &[], &["two columns are called"]);
}

#[test]
fn a_list_that_is_not_utf8_is_read_in_its_encoding() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("list.csv");
    let list =
        b"latitude,longitude,edge,system\n10\xb0N,5\xb0E,geodesic,WGS 84\n12\xb0N,6\xb0E,,\n";
    std::fs::write(&path, list).unwrap();
    let construct = |more: &[&str]| {
        let run = crate::common::treatyline().arg("construct").arg(&path).args(more).output();
        run.unwrap()
    };
    let refused = construct(&[]);
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(refused.status.code() == Some(2) && said.contains("--encoding"), "{said}");
    // Which formats need encodings.
    if cfg!(any(feature = "shapefile", feature = "wkt")) {
        assert!(construct(&["--encoding", "windows-1252"]).status.success());
    }
}

#[test]
fn what_is_said_of_the_whole_list_is_said_once() {
    let list = "latitude,longitude,edge,system\n10,5,geodesic,WGS 84\n12,6,,EPSG:4267\n";
    refused("two.csv", list, &[], &["line 3", "`WGS 84` as `system`"]);
    let same = list.replace("EPSG:4267", "WGS 84");
    assert_eq!(run("same.csv", &same, &[]).0, Some(0));
    refused(
        "late.toml",
        &format!("{TWO}system = \"WGS 84\"\n"),
        &[],
        &["before the first [[point]]"],
    );
}

#[test]
fn values_that_say_nothing_are_refused() {
    refused("a.toml", &format!("title = [\"a\"]\n{TWO}"), &[], &["line 1", "one value"]);
    refused("b.toml", &TWO.replace("\"5°E\"", "{ x = 5 }"), &[], &["line 3", "one value"]);
    refused("c.toml", &TWO.replace("[[point]]", "[point]"), &[], &["begins with [[point]]"]);
    refused("d.toml", "point = 3\n", &[], &["begins with [[point]]"]);
    let one = "latitude,longitude\n10,5\n";
    refused("one.csv", one, &[], &["a line needs two points, and only one is on it"]);
}

/// The word for a file stays, and is not the name of the list.
#[test]
fn a_kind_that_is_unknown_is_refused_with_those_that_are_known() {
    let list = "latitude,longitude,edge\n10,5,straight\n12,6,\n";
    refused(
        "kind.csv",
        list,
        &[],
        &["unstated (what `a straight line` is)", "follow:line.geojson"],
    );
    let along = "point,latitude,longitude,from,distance,azimuth,along,edge\n\
                 a,10,5,,,,,\nb,,,a,100 km,45°,parallel,\n";
    refused(
        "along.csv",
        along,
        &[],
        &["line 3, column `azimuth`", "east or west along a parallel"],
    );
    assert_eq!(run("along.csv", &along.replace("45°", "270°"), &[]).0, Some(0));
}

#[cfg(feature = "proj")]
#[test]
fn a_system_counts_longitudes_from_one_meridian() {
    // MGI (Ferro), EPSG:4805, is one of the systems of this place.
    let list = "latitude,longitude,edge\n47.00000,14.00000,geodesic\n47.50000,15.00000,\n";
    let found = json("austria.csv", list);
    let names: Vec<&str> = found["readings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["name"].as_str().unwrap())
        .collect();
    assert!(names.iter().any(|name| name.contains("MGI (EPSG:4312)")), "{names:?}");
    assert!(!names.iter().any(|name| name.contains("Ferro")), "{names:?}");
    let of_ferro = "prime_meridian = \"Ferro\"\nsystem = \"EPSG:4805\"\nedge = \"geodesic\"\n";
    let words = ["line 1", "`prime_meridian`", "count from its own"];
    refused("ferro.toml", &format!("{of_ferro}{TWO}"), &[], &words);
    let grid = "latitude,longitude,edge,system\n10,5,geodesic,EPSG:32633\n12,6,,\n";
    refused("grid.csv", grid, &[], &["a geographic system in degrees"]);
}

#[test]
fn an_operation_needs_a_system_that_it_leads_from() {
    let asked = ["--operation", "EPSG:1173"];
    for system in ["WGS 84", "unstated"] {
        let list = format!("system = \"{system}\"\n{TWO}");
        refused("list.toml", &list, &asked, &["the system from which the asked operation leads"]);
    }
}

/// `A to B` where names have the word in them, and courses that begin with a capital.
#[test]
fn names_may_have_the_words_of_crossings_in_them() {
    let list = "system = \"WGS 84\"\nedge = \"geodesic\"\n\
        [[point]]\npoint = \"Road to Hill\"\nlatitude = \"10°N\"\nlongitude = \"5°E\"\n\
        [[point]]\npoint = \"End with trees\"\nlatitude = \"12°N\"\nlongitude = \"7°E\"\n\
        [[point]]\npoint = \"P\"\n\
        crossing = \"Road to Hill to End with trees with Parallel 11°N\"\n";
    let found = json("names.toml", list);
    near(&found["readings"][0]["points"][2]["lat"], 11.0, 1e-9);
    // pyproj.Geod.fwd along the azimuth from the first point, by bisection on latitude.
    near(&found["readings"][0]["points"][2]["lon"], 5.994_950_746, 1e-8);
    refused("names.toml", &list.replace("Road to Hill to", "Rod to"), &[], &["is called `Rod`"]);
}

/// A parallel begins due east or west, and a circle at a right angle to its radius.
#[test]
fn edges_begin_at_their_azimuth() {
    let list = "latitude,longitude,edge,system\n89N,179E,parallel,WGS 84\n89N,0E,,\n";
    near(&json("p.csv", list)["edges"][0]["azimuth_deg"], 270.0, 1e-6);
    let circle = "point,latitude,longitude,from,distance,azimuth,on_line,edge,centre,turn,system\n\
                  c,39N,75W,,,,false,,,,WGS 84\na,,,c,12 mi,30°,,arc,c,TURN,\nb,,,c,12 mi,30°,,,,,\n";
    // pyproj.Geod: a right angle to the back azimuth of the radius, and the perimeters of polygons
    // of 3,600 and 7,200 vertices on the circle, extrapolated.
    for (turn, azimuth_deg) in [("right", 120.070_412_330), ("left", 300.070_412_330)] {
        let edge = &json("c.csv", &circle.replace("TURN", turn))["edges"][0];
        near(&edge["azimuth_deg"], azimuth_deg, 1e-5);
        near(&edge["length_m"], 121_341.493_2, 1e-3);
    }
}

/// Between two places near the corner where a ring begins it is followed over that corner.
#[test]
fn a_closed_line_is_followed_by_the_shorter_way() {
    let directory = tempfile::tempdir().unwrap();
    let ring = r#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1],[0,0]]]}"#;
    std::fs::write(directory.path().join("ring.geojson"), ring).unwrap();
    let list = "point,latitude,longitude,edge,system\n\
                a,0.1,0,follow:ring.geojson,WGS 84\nb,0,0.1,follow:ring.geojson,\nc,0.1,0,,\n";
    std::fs::write(directory.path().join("list.csv"), list).unwrap();
    let run = crate::common::treatyline()
        .args(["construct", "--format", "json"])
        .arg(directory.path().join("list.csv"))
        .output()
        .unwrap();
    let found: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    // pyproj.Geod: 11,057.43 m of meridian and 11,131.95 m of equator.
    for at in 0..2 {
        near(&found["edges"][at]["length_m"], 22_189.38, 0.01);
    }
}

/// Small circles turn much in a short way. The perimeters of polygons of 3,600 and 7,200 vertices on the
/// circle, by pyproj.Geod and extrapolated; a half of the circle is half of it to 4 × 10⁻⁹.
#[test]
fn a_small_circle_is_as_long_as_it_is() {
    let list = |distance: &str, last: &str| {
        format!(
            "point,latitude,longitude,from,distance,azimuth,on_line,edge,centre,turn,system\n\
             c,39N,75W,,,,false,,,,WGS 84\na,,,c,{distance},0°,,arc,c,right,\n\
             b,,,c,{distance},{last},,,,,\n"
        )
    };
    for (distance, last, length_m) in [
        ("1 km", "0°", 6_283.185_281),
        ("1 km", "180°", 6_283.185_281 / 2.0),
        ("12 nmi", "0°", 139_637.227_311),
    ] {
        near(&json("c.csv", &list(distance, last))["edges"][0]["length_m"], length_m, 1e-4);
    }
}

/// EPSG:3395 is cut at 180°: a straight line on it from 172° W to 167° E goes round by Greenwich.
#[cfg(feature = "proj")]
#[test]
fn a_straight_line_on_a_map_that_is_cut_between_its_ends_is_refused() {
    let list =
        "latitude,longitude,edge,system\n64N,172W,straight-on-map:EPSG:3395,WGS 84\n54N,167E,,\n";
    refused("cut.csv", list, &[], &["line 2, column `edge`", "the other way round the Earth"]);
    // GeographicLib's RhumbSolve: on a map by Mercator with the cut elsewhere it is the rhumb line.
    let found = json("whole.csv", &list.replace("3395", "3832"));
    near(&found["edges"][0]["length_m"], 1_635_028.764_8, 1e-3);
}

/// What is printed of an edge must be in the row where that begins, or it would never be checked.
#[test]
fn what_a_row_says_without_use_is_refused() {
    let list = "point,latitude,longitude,edge,on_line,length,bearing,radius,distance,easting\n\
                a,10N,5E,geodesic,,246.7 km,,,,\nx,10N,6E,,false,,,,,\nb,12N,6E,none,,,,,,\n\
                c,12N,7E,,,,,,,\nd,13N,7E,,,,,,,\n";
    assert_eq!(run("list.csv", list, &[]).0, Some(0));
    for (row, other, words) in [
        ("d,13N,7E,,,,,,,", "d,13N,7E,,,111 km,,,,", ["line 6, column `length`", "no edge begins"]),
        ("b,12N,6E,none,,,", "b,12N,6E,none,,,90°", ["line 4, column `bearing`", "no edge begins"]),
        ("x,10N,6E,,false,", "x,10N,6E,,false,1 km", ["line 3, column `length`", "no edge begins"]),
        ("c,12N,7E,,,,,", "c,12N,7E,,,,,12 mi", ["line 5, column `radius`", "no arc"]),
        ("c,12N,7E,,,,,,", "c,12N,7E,,,,,,9 km", ["line 5, column `distance`", "given otherwise"]),
        ("c,12N,7E,,,,,,,", "c,12N,7E,,,,,,,5000", ["line 5, column `easting`", "given otherwise"]),
    ] {
        refused("list.csv", &list.replace(row, other), &[], &words);
    }
}

/// 246.0 km and 24° fit ends that may be 500 m off, and contradict ends that are where they are printed.
#[test]
fn a_stated_accuracy_of_points_widens_what_fits() {
    // pyproj.Geod: 246,748.79 m; 500 m of both ends leave 245.7 to 247.8 km.
    let list = |accuracy: &str| {
        format!(
            "system = \"WGS 84\"\nedge = \"geodesic\"\n{accuracy}\n[[point]]\nlatitude = \"10.0000N\"\n\
             longitude = \"5.0000E\"\nlength = \"246.0 km\"\n[[point]]\nlatitude = \"12.0000N\"\n\
             longitude = \"6.0000E\"\n"
        )
    };
    assert_eq!(run("list.toml", &list(""), &[]).0, Some(1));
    assert_eq!(run("list.toml", &list("accuracy_m = 500"), &[]).0, Some(0));
    assert_eq!(run("list.toml", &list("accuracy_m = 100"), &[]).0, Some(1));
}

/// A slip is found in longitudes that count from Paris, too.
#[test]
fn exchanged_digits_are_found_from_any_meridian() {
    for meridian in ["", "prime_meridian = \"Paris\"\n"] {
        // pyproj.Geod: from 0°12′ to 0°51′ on 48°50′ N are 47,720.0 m; 0°15′ is printed.
        let list = format!(
            "system = \"WGS 84\"\nedge = \"geodesic\"\n{meridian}[[point]]\nlatitude = \"48°50'00\\\"N\"\n\
             longitude = \"0°12'00\\\"E\"\nlength = \"47.72 km\"\n[[point]]\n\
             latitude = \"48°50'00\\\"N\"\nlongitude = \"0°15'00\\\"E\"\n"
        );
        let (exit, text, said) = run("slip.toml", &list, &[]);
        assert_eq!(exit, Some(1), "{said}");
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains("0°51'00\"E instead of 0°15'00\"E"), "{text}");
    }
}

/// Rounding that moves a course by 79 m moves its crossing by ten times as much where it meets a parallel
/// at 5.7°.
#[test]
fn rounding_moves_a_flat_crossing_far() {
    let list = "point,latitude,longitude,crossing,edge,system\na,0.000N,0.000E,,geodesic,WGS 84\n\
                b,1.000N,10.000E,,geodesic,\nc,,,a to b with parallel 0.5°N,,\n";
    let point = &json("flat.csv", list)["readings"][0]["points"][2];
    // pyproj.Geod: the azimuth there is 84.3196°, and 0.0005° of both are 78.45 m; how much a second
    // is at most is rounded upwards.
    near(&point["rounding_m"], 792.61, 8.0);
}
