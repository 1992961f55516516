//! `course/*`: whether a line follows what an instrument says.

use serde_json::{Value, json};
use treatyline::Dossier;
use treatyline::check::{Finding, Findings, Ground, Study, Verdict};
use treatyline::course::Rivers;
use treatyline::io::Input;
#[cfg(feature = "geotiff")]
use treatyline::io::Raster;
use treatyline::quantity::Metres;

use crate::common::{Variant, shared};

/// A dossier of some segments: their ids, stated courses or what they follow, how far the plumb line is said to move
/// points, and vertices.
fn dossier(segments: &[(&str, &str, f64, Vec<Value>)], accuracy_m: f64) -> Dossier {
    let feature = |(id, course, plumb_m, path): &(&str, &str, f64, Vec<Value>)| {
        let mut properties = json!({
            "instrument": "treaty-1853", "medium": "land", "course": "straight",
            "stated_course": course, "evidence": ["treaty-text"],
            "sources": ["treaty-1853"], "accuracy_m": accuracy_m, "start_m": 0.0,
        });
        if let Some(follows) = course.strip_prefix("follows ") {
            properties["course"] = json!(follows);
            properties.as_object_mut().unwrap().remove("stated_course");
        }
        if *plumb_m > 0.0 {
            properties["plumb_line_m"] = json!(plumb_m);
        }
        json!({"type": "Feature", "id": id, "properties": properties,
            "geometry": {"type": "LineString", "coordinates": path}})
    };
    let collection = |features: Vec<Value>| json!({"type": "FeatureCollection", "title": "by its words", "features": features});
    let ends = [segments[0].3.first(), segments[segments.len() - 1].3.last()];
    let end = |(id, at): (&str, Option<&Value>)| {
        json!({"type": "Feature", "id": id,
            "properties": {"kind": "tripoint", "name": id, "position": "line", "accuracy_m": 5.0,
                "sources": ["treaty-1853"]},
            "geometry": {"type": "Point", "coordinates": at}})
    };
    let points = ["begin", "end"].into_iter().zip(ends).map(end).collect();
    let head = format!(
        r#"
        format = "treatyline/dossier/v1"
        id = "by-words"
        title = "A line by its words"
        datum = "WGS 84"
        [line]
        start = "begin"
        end = "end"
        accuracy_m = {accuracy_m:?}
        accuracy_note = "As its makers say."
        accuracy_source = "treaty-1853"
        [[party]]
        id = "LEF"
        name = "Leftland"
        side = "left"
        [[party]]
        id = "RIG"
        name = "Rightland"
        side = "right"
        [band]
        fine_m = 1.0
        coarse_m = 10.0
        reason = "Straight edges."
        source = "treaty-1853"
        [[source]]
        key = "treaty-1853"
        title = "Treaty"
        confidence = "treaty-text"
        "#
    );
    let instruments = "[[instrument]]\nid = \"treaty-1853\"\ntitle = \"Treaty\"\nshort = \"Treaty\"\n\
                       stage = \"delimitation\"\nsigned = \"1853\"\nsources = [\"treaty-1853\"]\n";
    let figures = "[[figure]]\nid = \"length-total\"\nwhat = \"All\"\nscope = \"line\"\nprinted = \"1\"\n\
                   unit = \"km\"\nrounding = 1.0\nqualifier = \"more-than\"\nstanding = \"informal\"\n\
                   source = \"treaty-1853\"\n";
    let variant = Variant::freedonia()
        .with_file("dossier.toml", &head)
        .with_file("instruments.toml", instruments)
        .with_file("figures.toml", &figures.replace("rounding = 1.0", "rounding = 0.0"))
        .with_file(
            "segments.geojson",
            &collection(segments.iter().map(feature).collect()).to_string(),
        )
        .with_file("points.geojson", &collection(points).to_string())
        .with_file("sectors.geojson", &collection(Vec::new()).to_string());
    variant.read().unwrap_or_else(|problems| panic!("{problems}"))
}

fn found(dossier: &Dossier, segment: &str) -> Finding {
    dossier.check().get(&format!("course/{segment}")).unwrap().clone()
}

fn largest_m(finding: &Finding) -> f64 {
    let interval = finding.derived[0].interval;
    f64::midpoint(interval.low(), interval.high())
}

/// One minute of arc of latitude at 49° is 1,853.5 m.
#[test]
fn a_bend_departs_from_every_course() {
    let bent = vec![json!([10.0, 49.0]), json!([10.5, 49.0 + 1.0 / 60.0]), json!([11.0, 49.0])];
    let straight = vec![json!([10.0, 49.0]), json!([11.0, 49.0])];
    // An edge of one degree is 120 m north of the parallel of its ends in the middle.
    for (course, path, accuracy_m, verdict, expected_m) in [
        ("parallel 49°N", &bent, 5.0, Verdict::Inconsistent, 1_853.5),
        ("straight", &bent, 5.0, Verdict::Inconsistent, 1_853.5 - 120.4),
        ("straight", &straight, 5.0, Verdict::Consistent, 0.0),
        ("parallel", &straight, 5.0, Verdict::Inconsistent, 120.4),
        ("parallel", &straight, 100.0, Verdict::Consistent, 120.4),
        ("degrees", &straight, 5.0, Verdict::Inconsistent, 120.4),
    ] {
        let dossier = dossier(&[("only", course, 0.0, path.clone())], accuracy_m);
        let finding = found(&dossier, "only");
        assert_eq!(finding.verdict, verdict, "{course}: {}", finding.explanation);
        let largest = largest_m(&finding);
        assert!((largest - expected_m).abs() < 1.0, "{course}: {largest}, not {expected_m}");
    }
}

#[test]
fn a_meridian_is_followed_and_missed() {
    let path = |east: f64| vec![json!([10.0 + east, 49.0]), json!([10.0 + east, 48.0])];
    let at = |east: f64, plumb_m: f64| {
        let dossier = dossier(&[("only", "meridian 10°E", plumb_m, path(east))], 5.0);
        found(&dossier, "only")
    };
    assert_eq!(at(0.0, 0.0).verdict, Verdict::Consistent);
    // A thousandth of a degree is 74.6 m at 48°, all of it to the left of a way to the south.
    let off = at(0.001, 0.0);
    assert_eq!(off.verdict, Verdict::Inconsistent);
    assert!((largest_m(&off) - 74.6).abs() < 0.2, "{}", off.explanation);
    assert!(
        off.explanation.contains("0.00 km² that the line leaves to Leftland"),
        "{}",
        off.explanation
    );
    assert!(
        off.explanation.contains("8.22 km² that it leaves to Rightland"),
        "{}",
        off.explanation
    );
    assert_eq!(at(0.001, 100.0).verdict, Verdict::Consistent);
}

/// A parallel is no meridian: between two parallels there is one in the middle, and both ends are off
/// it. Half a degree of latitude at 49° is 55.6 km.
#[test]
fn a_line_to_the_north_is_no_parallel() {
    let north = vec![json!([10.0, 48.5]), json!([10.0, 49.5])];
    let east = vec![json!([10.0, 49.0]), json!([11.0, 49.0])];
    for (course, path, expected_m) in [("parallel", north, 55_600.0), ("meridian", east, 36_580.0)]
    {
        let dossier = dossier(&[("only", course, 0.0, path)], 5.0);
        let finding = found(&dossier, "only");
        assert_eq!(finding.verdict, Verdict::Inconsistent, "{course}: {}", finding.explanation);
        let largest = largest_m(&finding);
        assert!((largest - expected_m).abs() < 30.0, "{course}: {largest}, not {expected_m}");
    }
}

/// Areas by `pyproj.Geod(ellps="WGS84").polygon_area_perimeter` of the polygons between course and
/// line: where the line doubles back, and where the course is far away.
#[test]
fn land_is_right_where_the_line_doubles_back_and_where_the_course_is_far() {
    let fold = vec![
        json!([10.0, 49.0]),
        json!([10.3, 49.05]),
        json!([10.1, 49.1]),
        json!([10.5, 49.15]),
        json!([11.0, 49.0]),
    ];
    let finding = found(&dossier(&[("only", "straight", 0.0, fold)], 5.0), "only");
    let says =
        "0.00 km² that the line leaves to Leftland and 645.94 km² that it leaves to Rightland";
    assert!(finding.explanation.contains(says), "{}", finding.explanation);
    let south = vec![json!([-108.2, 31.8]), json!([-108.2, 31.3])];
    let finding = found(&dossier(&[("only", "meridian 115°W", 0.0, south)], 5.0), "only");
    let says = "35,803.2";
    assert!(finding.explanation.contains(says), "{}", finding.explanation);
}

/// The monuments of 1891 to 1896 between the Rio Grande and the Colorado; expected values in the
/// facts of that boundary, computed with pyproj.
#[test]
fn the_line_of_1853_on_the_ground() {
    let Some(file) = shared("data/boundaries/us-mexico.geojson") else {
        eprintln!("skipped: the line between the United States and Mexico is not here");
        return;
    };
    let all: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let stretch = |id: &str| {
        let features = all["features"].as_array().unwrap();
        let found = features.iter().find(|it| it["id"] == id).unwrap();
        found["geometry"]["coordinates"].as_array().unwrap().clone()
    };
    let land = stretch("land-rio-grande-to-colorado");
    let segments = [
        ("north-parallel", "parallel 31°47′N", 100.0, land[..=43].to_vec()),
        ("corner", "meridian", 0.0, land[43..=56].to_vec()),
        ("south-parallel", "parallel 31°20′N", 0.0, land[56..=142].to_vec()),
        ("sonora", "straight", 0.0, land[142..].to_vec()),
    ];
    let line = dossier(&segments, 5.0);
    let of = |id: &str| found(&line, id);
    // 34 to 61 m north of geodetic 31°47′: the plumb line explains that, the accuracy of 5 m does not.
    assert_eq!(of("north-parallel").verdict, Verdict::Consistent);
    assert!(
        (largest_m(&of("north-parallel")) - 61.0).abs() < 5.0,
        "{}",
        of("north-parallel").explanation
    );
    assert_eq!(of("corner").verdict, Verdict::Consistent, "{}", of("corner").explanation);
    // Between 130 m south and 85 m north of 31°20′; 7.2 km² and 7.9 km².
    let parallel = of("south-parallel");
    assert_eq!(parallel.verdict, Verdict::Inconsistent);
    assert!((largest_m(&parallel) - 130.0).abs() < 2.0, "{}", parallel.explanation);
    assert!(parallel.explanation.contains("7.9"), "{}", parallel.explanation);
    // The oblique line bends south by 1,403.66 m at (−113.1553, 31.9825), by pyproj, and 257.3 km² lie
    // between it and its chord. The facts have 1,366 m, which is what it is one monument farther on.
    let oblique = of("sonora");
    assert_eq!(oblique.verdict, Verdict::Inconsistent);
    assert!((largest_m(&oblique) - 1_403.66).abs() < 0.05, "{}", oblique.explanation);
    assert!(oblique.explanation.contains("257.3"), "{}", oblique.explanation);
    // From Monument 206 to Monument 258.
    let pacific = stretch("land-colorado-to-pacific")[2..=58].to_vec();
    let california = [("california", "straight", 60.0, pacific)];
    let california = found(&dossier(&california, 5.0), "california");
    assert_eq!(california.verdict, Verdict::Consistent, "{}", california.explanation);
    assert!((largest_m(&california) - 65.0).abs() < 1.0, "{}", california.explanation);
}

#[test]
fn a_course_that_is_none_is_refused() {
    let with = |stated: &str| {
        let from = "\"course\":\"watershed\",\"evidence\":[\"treaty-text\"],\"sources\":[\"treaty-1903\",\"atlas\"],\"accuracy_m\":100.0,\"start_m\":0.0";
        let to = format!("{from},{stated}");
        Variant::freedonia().with("segments.geojson", from, &to).read()
    };
    assert!(with("\"stated_course\":\"straight\"").is_ok());
    let fault = with("\"stated_course\":\"crooked\"").unwrap_err().to_string();
    assert!(fault.contains("`crooked` is no course; it must be straight, rhumb"), "{fault}");
    let fault = with("\"stated_course\":\"straight\",\"plumb_line_m\":-1").unwrap_err().to_string();
    assert!(fault.contains("plumb_line_m"), "{fault}");
}

/// Places midway between two meridians are on a third one; how far apart they are is by pyproj.
#[test]
fn a_segment_midway_between_two_shores() {
    let shore = |lon: f64| {
        let path = json!([[lon, 44.9], [lon, 45.0], [lon, 45.1], [lon, 45.2]]);
        let text = json!({"type": "LineString", "coordinates": path}).to_string();
        Rivers::read([Input::bytes("shore", text.as_bytes())]).unwrap()
    };
    let path = vec![json!([80.0, 45.0]), json!([80.0, 45.1])];
    let dossier = dossier(&[("strait", "follows median", 0.0, path)], 100.0);
    for (right, accuracy_m, verdict) in [
        (80.04, 700.0, Verdict::Consistent),
        (80.04, 600.0, Verdict::Inconsistent),
        (80.02, 1.0, Verdict::Consistent),
    ] {
        let ground = Ground::default().shores(shore(79.98), shore(right));
        let mut ground = ground.accuracy(Metres::new(accuracy_m));
        let (_, findings) = Study::builder(&dossier).on_ground(&mut ground).unwrap().check();
        let finding = findings.get("course/strait").unwrap();
        assert_eq!(finding.verdict, verdict, "{}", finding.explanation);
        if right > 80.03 {
            assert!((largest_m(findings.get("course/strait").unwrap()) - 788.47).abs() < 0.2);
            // 788 m times 11.1 km.
            let land =
                "about 0.00 km² that the line leaves to Leftland and 8.75 km² that it leaves to";
            assert!(finding.explanation.contains(land), "{}", finding.explanation);
        }
    }
}

/// The findings of the embedded dossier with rivers, relief or shores, whose accuracy is given.
fn on_ground(ground: Ground, accuracy_m: Option<f64>) -> Findings {
    let mut ground = match accuracy_m {
        Some(m) => ground.accuracy(Metres::new(m)),
        None => ground,
    };
    Study::builder(Dossier::embedded()).on_ground(&mut ground).unwrap().check().1
}

/// The rivers of China's map: by shapely in azimuthal equidistant projections around each place, with
/// places each 20 m, the Ak-Kaba is up to 551.25 m from the line, and the Tekes up to 716.03 m.
#[test]
fn rivers_that_segments_follow_are_compared_with_mapped_ones() {
    let Some(path) = shared("data/rivers/cn_1to4m_rivers.geojson") else { return };
    let ground = || Ground::default().rivers(Rivers::read([Input::path(&path)]).unwrap());
    for (accuracy_m, verdict) in [
        (None, Verdict::Undecided),
        (Some(500.0), Verdict::Consistent),
        (Some(400.0), Verdict::Inconsistent),
    ] {
        let findings = on_ground(ground(), accuracy_m);
        assert_eq!(findings.get("course/ak-kaba").unwrap().verdict, verdict, "{accuracy_m:?}");
        assert!((largest_m(findings.get("course/ak-kaba").unwrap()) - 551.25).abs() < 5.0);
        assert!((largest_m(findings.get("course/tekes").unwrap()) - 716.03).abs() < 5.0);
        assert!(findings.get("course/alatau").is_none(), "no relief was given");
        let without = findings.get("course/narynkol").unwrap();
        assert_eq!(without.verdict, Verdict::Undecided);
        assert!(without.explanation.contains("no mapped river is within 10 km"));
    }
}

/// A watershed on the relief of GLOBE, whose pixels are 650 to 930 m wide here.
#[test]
#[cfg(feature = "geotiff")]
fn watersheds_are_compared_with_crests_of_a_relief() {
    let Some(path) = shared("data/relief/globe_30s.tif") else { return };
    let ground = || Ground::default().relief(Raster::open(&Input::path(&path)).unwrap());
    for (accuracy_m, verdict) in [
        (None, Verdict::Undecided),
        (Some(1_200.0), Verdict::Consistent),
        (Some(900.0), Verdict::Inconsistent),
    ] {
        let findings = on_ground(ground(), accuracy_m);
        let ridge = findings.get("course/khan-tengri").unwrap();
        assert_eq!(ridge.verdict, verdict, "{accuracy_m:?}: {}", ridge.explanation);
        assert!(findings.get("course/tekes").is_none(), "no rivers were given");
    }
}
