//! Findings about places and the line. For each kind there is a test where it passes, and one where
//! a changed value makes it fail: `tripoint/*`, `side/*`, `distance/*`, `topology/*`.

use crate::common::Variant;
use crate::figures::{added, figure};
use crate::verdict::{
    FIGURES, MANIFEST, POINTS, SECTORS, SEGMENTS, beeline, changed, checked, expect, expect_none,
    on_line, parts, sound,
};
use serde_json::json;
use treatyline::check::Severity::{Error, Note};
use treatyline::check::Verdict::{Consistent, Inconsistent, Skipped, Undecided};

// Tripoints.

#[cfg(feature = "proj")]
#[test]
fn printed_coordinates_agree_with_each_other() {
    let findings = sound();
    let says = ["Northern tripoint", "of the projected B, L", "1:50,000 map"];
    expect(&findings, "tripoint/north/coordinates", Consistent, Error, &says);
    findings.assert_consistent("tripoint/south/coordinates");
}

#[cfg(feature = "proj")]
#[test]
fn a_misprinted_latitude_or_longitude_is_found() {
    // A minute of latitude is 1.9 km, one of longitude 1.3 km at 46° N.
    let north = changed(POINTS, "45°54.0'N", "45°55.0'N");
    let says = ["Northern tripoint", "1,792.8 m south", "27.1 m east"];
    expect(&north, "tripoint/north/coordinates", Inconsistent, Error, &says);
    north.assert_consistent("tripoint/south/coordinates");
    let east = changed(POINTS, "20°24.1'E", "20°25.1'E");
    let says = ["Southern tripoint", "35.1 m north", "1,368.6 m west"];
    expect(&east, "tripoint/south/coordinates", Inconsistent, Error, &says);
}

#[cfg(feature = "proj")]
#[test]
fn a_tripoint_lies_where_the_named_operation_puts_it() {
    let findings = sound();
    let says = ["Northern tripoint", "from the printed X, Y", "EPSG:1267", "accuracy 4 m"];
    expect(&findings, "tripoint/north/place", Consistent, Error, &says);
    findings.assert_consistent("tripoint/south/place");
}

#[cfg(feature = "proj")]
#[test]
fn a_tripoint_moved_by_a_metre_is_found() {
    // The fifth decimal of a degree of latitude is 1.1 m.
    let findings = changed(POINTS, "[20.50054,45.900141]", "[20.50054,45.900151]");
    expect(&findings, "tripoint/north/place", Inconsistent, Error, &["is 1.1"]);
    findings.assert_consistent("tripoint/north/coordinates");
    findings.assert_consistent("tripoint/north/line-end");
}

#[cfg(feature = "proj")]
#[test]
fn another_operation_puts_the_tripoint_elsewhere() {
    let findings = changed(POINTS, "\"EPSG:1267\"", "\"EPSG:1291\"");
    expect(&findings, "tripoint/north/place", Inconsistent, Error, &["EPSG:1291", "44 m"]);
}

#[cfg(feature = "proj")]
#[test]
fn the_line_ends_at_the_tripoints() {
    let findings = sound();
    let says = ["Northern tripoint", "the line ends 45 m from", "129 m are allowed", "EPSG:1267"];
    expect(&findings, "tripoint/north/line-end", Consistent, Error, &says);
    expect(&findings, "tripoint/south/line-end", Consistent, Error, &["the line ends 60 m from"]);
}

#[cfg(feature = "proj")]
#[test]
fn a_line_that_ends_elsewhere_is_found() {
    let findings = changed(POINTS, "\"5085241\"", "\"5086241\"");
    let says = ["Northern tripoint", "the line ends 1,0", "129 m are allowed"];
    expect(&findings, "tripoint/north/line-end", Inconsistent, Error, &says);
    // A line that ends in the middle says nothing about the other end.
    let dossier = Variant::freedonia().read().unwrap();
    let findings = on_line(&dossier, "MultiLineString", &json!(parts(&dossier)[..3]));
    let says = ["This line lacks that part of the boundary", "Southern tripoint"];
    expect(&findings, "tripoint/south/line-end", Undecided, Error, &says);
    findings.assert_consistent("tripoint/north/line-end");
}

#[cfg(feature = "proj")]
#[test]
fn a_point_where_no_line_ends_is_not_held_against_an_end() {
    let findings = changed(MANIFEST, "= \"tripoint-north\"", "= \"freddo-head\"");
    expect_none(&findings, "tripoint/north/line-end");
    findings.assert_consistent("tripoint/north/coordinates");
}

#[cfg(not(feature = "proj"))]
#[test]
fn without_proj_tripoints_are_skipped_and_say_why() {
    let findings = sound();
    for end in ["north", "south"] {
        for test in ["coordinates", "place", "line-end"] {
            let says = ["no datum operation", "built without PROJ"];
            expect(&findings, &format!("tripoint/{end}/{test}"), Skipped, Error, &says);
        }
    }
}

// Sides.

#[test]
fn a_point_near_the_line_lies_on_it() {
    let says = ["Head of the Freddo should lie on the line", "within 200 m"];
    expect(&sound(), "side/freddo-head", Consistent, Error, &says);
}

#[test]
fn a_point_far_from_the_line_does_not_lie_on_it() {
    let findings = changed(POINTS, "[20.4717,45.7793]", "[20.49,45.7793]");
    let says = ["Head of the Freddo should lie on the line but is", "more than 200 m"];
    expect(&findings, "side/freddo-head", Inconsistent, Error, &says);
}

#[test]
fn a_point_on_its_partys_side_agrees() {
    let findings = sound();
    expect(&findings, "side/mount-rufus", Consistent, Error, &["Mount Rufus lies in Sylvania"]);
    expect(&findings, "side/duck-soup", Consistent, Note, &["Duck Soup lies in Freedonia"]);
}

#[test]
fn a_side_weighs_what_its_best_source_weighs() {
    // The gazette is press, the atlas a reference work.
    let soup = "\"Duck Soup\",\"position\":\"FRE\"";
    let moved = "\"Duck Soup\",\"position\":\"SYL\"";
    let wrong = Variant::freedonia().with(POINTS, soup, moved);
    expect(&checked(&wrong), "side/duck-soup", Inconsistent, Note, &["should lie in Sylvania"]);
    let sourced = wrong.with(POINTS, "[\"gazette\"]", "[\"gazette\",\"atlas\"]");
    expect(&checked(&sourced), "side/duck-soup", Inconsistent, Error, &["should lie in Sylvania"]);
}

#[test]
fn a_lake_is_placed_by_its_middle() {
    let lake = "\"Mirror Lake\",\"position\":";
    let at = |party: &str| {
        let to = format!("{lake}\"{party}\"");
        Variant::freedonia().with(POINTS, &format!("{lake}\"none\""), &to)
    };
    let found = checked(&at("FRE").with(POINTS, "[20.4575,45.457]", "[20.6,45.457]"));
    expect(&found, "side/mirror-lake", Consistent, Error, &["The middle of Mirror Lake lies in"]);
    let found = checked(&at("SYL").with(POINTS, "[20.4575,45.457]", "[20.6,45.457]"));
    expect(&found, "side/mirror-lake", Inconsistent, Error, &["The middle of Mirror Lake should"]);
}

#[test]
fn an_end_with_printed_coordinates_is_tested_as_a_tripoint_only() {
    expect_none(&sound(), "side/tripoint-north");
    let elsewhere = changed(MANIFEST, "= \"tripoint-north\"", "= \"freddo-head\"");
    assert!(elsewhere.get("side/tripoint-north").is_some());
}

#[test]
fn a_point_on_the_other_side_does_not_agree() {
    let (rufus, moved) = ("\"Mount Rufus\",\"position\":", "\"Mount Rufus\",\"position\":\"FRE\"");
    let findings = changed(POINTS, &format!("{rufus}\"SYL\""), moved);
    let says = ["Mount Rufus should lie in Freedonia, but the line leaves it in Sylvania"];
    expect(&findings, "side/mount-rufus", Inconsistent, Error, &says);
}

#[test]
fn a_point_nearer_than_both_are_uncertain_is_undecided() {
    let findings = changed(POINTS, "\"accuracy_m\":40", "\"accuracy_m\":2000");
    let says =
        ["Mount Rufus, which should lie in Sylvania, plots in Sylvania", "by 2,100 m together"];
    expect(&findings, "side/mount-rufus", Undecided, Error, &says);
    // On the wrong side too: the data cannot decide.
    let findings = checked(
        &Variant::freedonia().with(POINTS, "\"accuracy_m\":40", "\"accuracy_m\":2000").with(
            POINTS,
            "\"position\":\"SYL\"",
            "\"position\":\"FRE\"",
        ),
    );
    findings.assert_undecided("side/mount-rufus");
}

#[test]
fn a_point_beyond_an_end_has_no_side() {
    let findings = changed(POINTS, "[20.4872,45.8746]", "[20.5,46.1]");
    let says = ["Mount Rufus should lie in Sylvania, but it is beyond an end of the line"];
    expect(&findings, "side/mount-rufus", Undecided, Error, &says);
}

#[test]
fn a_point_without_a_place_is_skipped() {
    let says = ["The Old Oak: described, but no source gives coordinates"];
    expect(&sound(), "side/old-oak", Skipped, Error, &says);
}

#[test]
fn the_same_point_is_held_against_the_line_once_it_has_a_place() {
    let placed = |at: &str| {
        let oak = "\"name\":\"The Old Oak\",\"position\":\"line\"";
        let point = format!("\"geometry\":{{\"type\":\"Point\",\"coordinates\":{at}}}");
        checked(&Variant::freedonia().with(POINTS, oak, &format!("{oak},\"accuracy_m\":50")).with(
            POINTS,
            "\"geometry\":null",
            &point,
        ))
    };
    expect(&placed("[20.52,45.62]"), "side/old-oak", Consistent, Error, &["is 0 m from it"]);
    expect(&placed("[20.7,45.62]"), "side/old-oak", Inconsistent, Error, &["14.0 km from it"]);
}

#[test]
fn a_point_no_source_puts_anywhere_is_not_judged() {
    expect_none(&sound(), "side/mirror-lake");
}

#[test]
fn points_on_opposite_sides_agree_and_are_reported_once() {
    let findings = sound();
    let says = ["Upper Mill and Lower Mill lie on opposite sides"];
    expect(&findings, "side/upper-mill/lower-mill", Consistent, Error, &says);
    expect_none(&findings, "side/lower-mill/upper-mill");
    let one_sided = changed(POINTS, "\"opposite\":\"lower-mill\",", "");
    expect(&one_sided, "side/lower-mill/upper-mill", Consistent, Error, &["Lower Mill and Upper"]);
    expect_none(&one_sided, "side/upper-mill/lower-mill");
}

#[test]
fn points_on_one_side_are_not_opposite() {
    let findings = changed(POINTS, "[20.46,45.7]", "[20.58,45.71]");
    let says = ["Upper Mill and Lower Mill should lie on opposite", "leaves both on one"];
    expect(&findings, "side/upper-mill/lower-mill", Inconsistent, Error, &says);
    findings.assert_consistent("side/upper-mill");
    findings.assert_inconsistent("side/lower-mill");
}

#[test]
fn points_of_which_one_is_too_near_are_undecided() {
    let (mill, near) = ("\"accuracy_m\":200,\"opposite\":\"upper-mill\"", "\"accuracy_m\":9000");
    let findings = changed(POINTS, mill, &format!("{near},\"opposite\":\"upper-mill\""));
    let says = ["Upper Mill and Lower Mill", "the side of one is not certain"];
    expect(&findings, "side/upper-mill/lower-mill", Undecided, Error, &says);
}

// Distances.

#[test]
fn a_distance_and_its_bearing_agree() {
    let says = ["Northern tripoint and Mount Rufus", "± 70 m", "3.02 km is published", "says NNE"];
    expect(&sound(), "distance/rufus", Consistent, Error, &says);
}

#[test]
fn a_distance_beyond_the_places_accuracy_does_not_agree() {
    changed(FIGURES, "\"3.02\"", "\"3.09\"").assert_consistent("distance/rufus");
    let findings = changed(FIGURES, "\"3.02\"", "\"3.12\"");
    expect(&findings, "distance/rufus", Inconsistent, Error, &["3.12 km is published"]);
}

#[test]
fn a_distance_that_is_between_these_places_only_if_decides_nothing() {
    for printed in ["3.02", "3.12"] {
        let findings = Variant::freedonia()
            .with(
                FIGURES,
                "\"distance/rufus\"",
                "\"distance/rufus\"\nassumes = \"Rufus is its summit\"",
            )
            .with(FIGURES, "\"3.02\"", &format!("\"{printed}\""));
        let says = [printed, "Undecided: it is about this distance only if Rufus is its summit."];
        expect(&checked(&findings), "distance/rufus", Undecided, Error, &says);
    }
}

#[test]
fn a_bearing_in_another_wind_does_not_agree() {
    // From the mountain the tripoint lies at 20°: NNE, 22.5° ± 11.25°.
    for (wind, says) in [("N", "says N"), ("NE", "says NE"), ("SSW", "says SSW")] {
        let findings = changed(FIGURES, "\"NNE\"", &format!("\"{wind}\""));
        let says = ["3.02 km apart", "azimuth of 20°", says];
        expect(&findings, "distance/rufus", Inconsistent, Error, &says);
    }
}

/// By pyproj 20.034°; the two places are worth 1.33° at that distance.
#[test]
fn a_bearing_in_degrees_is_worth_its_rounding() {
    let of = |bearing: &str| changed(FIGURES, "\"NNE\"", &format!("\"{bearing}\""));
    for (bearing, seen) in [("20°", "20.0°"), ("N 21°0′ E", "20.034°"), ("18°30′", "20.034°")]
    {
        let says = [seen, bearing];
        let is_near = bearing != "18°30′";
        let verdict = if is_near { Consistent } else { Inconsistent };
        expect(&of(bearing), "distance/rufus", verdict, Error, &says);
    }
}

/// By shapely in an azimuthal equidistant projection around the mill: 4,628.99 m.
#[test]
fn a_published_distance_from_the_line() {
    let figure = |printed: &str, point: &str| {
        let figure = figure("distance-mill", "distance/mill", printed, "km", "informal");
        added(&format!("{figure}from_line = \"{point}\"\n"))
    };
    let says = ["Upper Mill is 4.63 km from the line", "± 300 m"];
    let id = "distance/mill";
    expect(&checked(&figure("4.9", "upper-mill")), id, Consistent, Note, &says);
    expect(&checked(&figure("5.0", "upper-mill")), id, Inconsistent, Note, &says);
    expect(
        &checked(&figure("5.0", "old-oak")),
        id,
        Skipped,
        Note,
        &["no source gives coordinates"],
    );
    let unknown = figure("5.0", "moon").read().unwrap_err().to_string();
    assert!(unknown.contains("figures.toml") && unknown.contains("`moon`"), "{unknown}");
    let text =
        figure("5.0", "upper-mill").plus(FIGURES, "along = [\"freddo-head\", \"freddo-bridge\"]\n");
    assert!(text.read().unwrap_err().to_string().contains("from_line"));
}

#[test]
fn a_place_found_by_a_distance_does_not_test_it() {
    let atlas = "\"position\":\"SYL\",\"accuracy_m\":40";
    let placed = format!("{atlas},\"placed_by\":[\"distance-rufus\"]");
    let circular = Variant::freedonia().with(POINTS, atlas, &placed);
    let says = ["not tested, because a place was identified by this very distance"];
    expect(&checked(&circular), "distance/rufus", Skipped, Error, &says);
    let other = Variant::freedonia().with(POINTS, atlas, &placed.replace("-rufus", "-freddo"));
    checked(&other).assert_consistent("distance/rufus");
    let unknown = Variant::freedonia().with(POINTS, atlas, &placed.replace("-rufus", "-moon"));
    assert!(unknown.read().unwrap_err().to_string().contains("distance-moon"));
}

#[test]
fn a_distance_along_the_line_agrees() {
    let says = ["Along the line, Head of the Freddo and Freddo Bridge", "around 20 km"];
    expect(&sound(), "distance/freddo", Consistent, Note, &says);
}

#[test]
fn a_distance_along_the_line_that_is_not_there_does_not_agree() {
    let findings = changed(FIGURES, "printed   = \"20\"", "printed   = \"25\"");
    expect(&findings, "distance/freddo", Inconsistent, Note, &["around 25 km is published"]);
}

#[test]
fn a_distance_from_a_point_without_a_place_is_skipped() {
    let says = ["not tested, because no source gives coordinates for The Old Oak"];
    let straight = changed(FIGURES, "\"mount-rufus\"]", "\"old-oak\"]");
    expect(&straight, "distance/rufus", Skipped, Error, &says);
    let along = changed(FIGURES, "[\"freddo-head\"", "[\"old-oak\"");
    expect(&along, "distance/freddo", Skipped, Note, &says);
}

// The line.

#[test]
fn segments_that_join_make_one_line() {
    expect(&sound(), "topology/joins", Consistent, Error, &["its 6 pieces join exactly"]);
    let dossier = Variant::freedonia().read().unwrap();
    let findings = on_line(&dossier, "MultiLineString", &json!(parts(&dossier)));
    findings.assert_consistent("topology/joins");
}

#[test]
fn a_gap_in_a_line_of_somebody_elses_is_found() {
    let dossier = Variant::freedonia().read().unwrap();
    let mut parts = parts(&dossier);
    let end = *parts[2].last().unwrap();
    parts[3].remove(0);
    let findings = on_line(&dossier, "MultiLineString", &json!(parts));
    let at = format!("({:.5}, {:.5})", end[0], end[1]);
    expect(&findings, "topology/joins", Undecided, Error, &["gaps", &at, "they were bridged"]);
}

#[test]
fn a_narrow_gap_was_an_error_and_a_wide_one_was_none() {
    let dossier = Variant::freedonia().read().unwrap();
    // The line is good to 100 m, so gaps up to 200 m are bridged.
    let with_gap = |metres: f64| {
        let mut parts = parts(&dossier);
        let part = &mut parts[3];
        part[0][0] += metres / (111_320.0 * part[0][1].to_radians().cos());
        on_line(&dossier, "MultiLineString", &json!(parts))
    };
    with_gap(0.0).assert_consistent("topology/joins");
    for (metres, says) in [(10.0, "were bridged"), (190.0, "were bridged"), (210.0, "no length")] {
        expect(&with_gap(metres), "topology/joins", Undecided, Error, &["gaps in 1 place", says]);
    }
}

#[test]
fn a_line_that_lacks_a_part_is_undecided() {
    let dossier = Variant::freedonia().read().unwrap();
    let mut parts = parts(&dossier);
    parts.remove(3);
    let findings = on_line(&dossier, "MultiLineString", &json!(parts));
    expect(&findings, "topology/joins", Undecided, Error, &["gaps", "enter no length"]);
    expect(&findings, "length/total", Undecided, Error, &["This line is incomplete", "missing"]);
}

#[test]
fn segment_ends_are_found_on_a_copy_of_the_line() {
    let dossier = Variant::freedonia().read().unwrap();
    let findings = on_line(&dossier, "MultiLineString", &json!(parts(&dossier)));
    let says = ["All 5 segment ends", "the tolerance is 200 m"];
    expect(&findings, "topology/segment-ends", Consistent, Error, &says);
    expect_none(&sound(), "topology/segment-ends");
}

#[test]
fn segment_ends_off_the_line_are_undecided_and_named() {
    let dossier = Variant::freedonia().read().unwrap();
    let findings = on_line(&dossier, "LineString", &beeline(&dossier));
    let says = ["segment ends are farther from the line than 200 m", "freddo", "plain"];
    expect(&findings, "topology/segment-ends", Undecided, Error, &says);
    // The distance of each end is stated, and also with the name of each that is lost.
    let found = findings.get("topology/segment-ends").unwrap();
    let starts: Vec<_> =
        found.derived.iter().filter(|each| each.name.starts_with("from the line to")).collect();
    assert_eq!(starts.len(), 5);
    let freddo = starts.iter().find(|each| each.name.ends_with("start of freddo")).unwrap();
    assert!(freddo.interval.low() > 200.0, "{freddo:?}");
    let with_distance =
        format!("freddo ({})", treatyline::internal::wording::distance(freddo.interval.low()));
    assert!(found.explanation.contains(&with_distance), "{}", found.explanation);
}

#[test]
fn a_line_that_crosses_itself_is_found() {
    expect(&sound(), "topology/self-intersection", Consistent, Error, &["nowhere crosses"]);
    let looped = "[20.45957,45.47067],[20.47,45.47],[20.46,45.48],[20.4565,45.4605]";
    let findings = changed(SEGMENTS, "[20.45957,45.47067],[20.4565,45.4605]", looped);
    let says = ["meets itself in", "first at (20.4"];
    expect(&findings, "topology/self-intersection", Inconsistent, Error, &says);
}

#[test]
fn a_vertex_given_twice_is_found() {
    expect(&sound(), "topology/duplicates", Consistent, Error, &["None of the", "repeats"]);
    let findings = changed(SEGMENTS, "[20.4565,45.4605]", "[20.4565,45.4605],[20.4565,45.4605]");
    expect(
        &findings,
        "topology/duplicates",
        Inconsistent,
        Error,
        &["1 of ", "the first is vertex"],
    );
    // A former version took it for a crossing, because it lies between two neighbouring edges.
    findings.assert_consistent("topology/self-intersection");
}

#[test]
fn the_line_runs_from_its_start_to_its_end() {
    let says = ["runs from Northern tripoint to Southern tripoint", "Freedonia is on the left"];
    expect(&sound(), "topology/orientation", Consistent, Error, &says);
}

#[test]
fn a_line_drawn_from_its_end_to_its_start_is_an_error() {
    let turned = Variant::freedonia()
        .with(MANIFEST, "start           = \"tripoint-north\"", "start = \"tripoint-south\"")
        .with(MANIFEST, "end             = \"tripoint-south\"", "end = \"tripoint-north\"");
    let says = ["does not run from Southern tripoint to Northern tripoint"];
    expect(&checked(&turned), "topology/orientation", Inconsistent, Error, &says);
}

#[test]
fn a_line_of_somebody_elses_is_turned_round_with_a_note() {
    let dossier = Variant::freedonia().read().unwrap();
    let mut line: Vec<[f64; 2]> = dossier.line().vertices().iter().map(|c| [c.x, c.y]).collect();
    line.reverse();
    let findings = on_line(&dossier, "LineString", &json!(line));
    let says = ["drawn from Southern tripoint to Northern tripoint", "turned round"];
    expect(&findings, "topology/orientation", Inconsistent, Note, &says);
    for id in ["length/total", "length/freddo", "side/mount-rufus", "topology/segment-ends"] {
        findings.assert_consistent(id);
    }
}

/// The ring of the Marsh, as in the file, without its two ends.
const CORNERS: &str = "[20.6,45.605],[20.62,45.64],[20.57,45.67],[20.51416,45.66474]";

#[test]
fn simple_rings_wound_the_right_way_are_sound() {
    let says = ["The rings of The Marsh are simple and wound as RFC 7946 wants"];
    expect(&sound(), "topology/rings/marsh", Consistent, Error, &says);
}

#[test]
fn a_ring_wound_the_other_way_is_a_note_and_holds_the_same() {
    let clockwise = "[20.51416,45.66474],[20.57,45.67],[20.62,45.64],[20.6,45.605]";
    let findings = changed(SECTORS, CORNERS, clockwise);
    let says = ["The Marsh has 1 ring wound against RFC 7946", "areas do not depend on it"];
    expect(&findings, "topology/rings/marsh", Inconsistent, Note, &says);
    let area = |findings: &treatyline::check::Findings| {
        findings.get("division/sector/marsh").unwrap().derived[0].interval
    };
    assert_eq!(area(&findings), area(&sound()));
}

#[test]
fn a_hole_wound_like_its_ring_is_a_note() {
    let ring = format!("{CORNERS},[20.52,45.62]]");
    let hole = |corners: &str| {
        let with_hole = format!("{ring},[[20.56,45.63],{corners},[20.56,45.63]]");
        changed(SECTORS, &ring, &with_hole)
    };
    hole("[20.56,45.64],[20.57,45.64]").assert_consistent("topology/rings/marsh");
    let findings = hole("[20.57,45.64],[20.56,45.64]");
    expect(&findings, "topology/rings/marsh", Inconsistent, Note, &["wound against RFC 7946"]);
}

#[test]
fn a_ring_that_crosses_itself_is_an_error() {
    let crossed = "[20.62,45.64],[20.6,45.605],[20.57,45.67],[20.51416,45.66474]";
    let bow = "[20.57,45.67],[20.6,45.605],[20.62,45.64],[20.51416,45.66474]";
    for corners in [crossed, bow] {
        let findings = changed(SECTORS, CORNERS, corners);
        let says = ["The Marsh has 1 ring crossing itself"];
        expect(&findings, "topology/rings/marsh", Inconsistent, Error, &says);
    }
}
