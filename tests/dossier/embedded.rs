//! What is true of the China–Kazakhstan boundary, computed from the dossier that is
//! built in.

use std::sync::LazyLock;

use approx::assert_abs_diff_eq;
use geo::Coord;
use treatyline::Dossier;
use treatyline::check::{Findings, Study, Verdict};
use treatyline::dossier::Resolution;
use treatyline::geodesy::{Ellipsoid, Geodesic};
use treatyline::line::Side;
use treatyline::quantity::Metres;

/// The dossier with its own line, measured once for all tests.
static STUDY: LazyLock<Study<'static>> = LazyLock::new(|| Study::new(Dossier::embedded()));
static FINDINGS: LazyLock<Findings> = LazyLock::new(|| STUDY.check());

fn published_km(id: &str) -> f64 {
    Dossier::embedded().figure(id).unwrap().interval.middle() / 1e3
}

// Lengths.

/// Half of the last digit of 1,782.75 km, in kilometres.
const HALF_DIGIT_KM: f64 = 0.005;

#[test]
fn the_published_length_is_within_the_band_but_not_at_full_detail() {
    let published = Dossier::embedded().figure("length-total").unwrap();
    assert_eq!(published.text(), "1,782.75 km");
    assert_abs_diff_eq!(published_km("length-total"), 1782.75, epsilon = HALF_DIGIT_KM);
    let band = STUDY.measurement().band();
    assert!(band.low() < published.interval.low() && published.interval.high() < band.high());
    let full = STUDY.measurement().total(Resolution::Full);
    assert!(!published.interval.contains(full.value()), "{full}");
    let finding = FINDINGS.get("length/total").unwrap();
    FINDINGS.assert_consistent("length/total");
    assert!(finding.explanation.contains("agrees at some resolutions only"), "{finding}");
}

/// Some 3 ‰ to each side of 1,811 km: room for another thinning of the same line, none
/// for a stretch that is lost, walked twice or measured in degrees.
const FULL_DETAIL_KM: std::ops::RangeInclusive<f64> = 1805.0..=1816.0;

#[test]
fn the_length_at_full_detail_is_some_1811_km() {
    let full = STUDY.measurement().total(Resolution::Full);
    assert!(FULL_DETAIL_KM.contains(&full.km()), "{full}");
}

/// The ends of the band are printed in whole kilometres: half of one.
const HALF_KM: f64 = 0.5;

#[test]
fn the_band_reaches_from_1765_to_1807_km() {
    let band = STUDY.measurement().band();
    assert_abs_diff_eq!(band.low() / 1e3, 1765.0, epsilon = HALF_KM);
    assert_abs_diff_eq!(band.high() / 1e3, 1807.0, epsilon = HALF_KM);
    let at = |resolution| STUDY.measurement().total(resolution);
    assert!(at(Resolution::Coarse) < at(Resolution::Fine), "the finer, the longer");
    assert!(at(Resolution::Fine) < at(Resolution::Full), "the finer, the longer");
}

/// Sums of the same pieces in another order: compensated, they differ by some units in
/// the last place of 1.8 million metres, 0.2 nm each.
const SUMMATION_M: f64 = 1e-8;

#[test]
fn land_and_water_make_up_the_whole_at_every_resolution() {
    let (dossier, measurement) = (Dossier::embedded(), STUDY.measurement());
    for resolution in [Resolution::Full, Resolution::Fine, Resolution::Coarse] {
        let water = measurement.length_of(dossier, resolution, |s| s.facts.medium.is_water());
        let land = measurement.length_of(dossier, resolution, |s| !s.facts.medium.is_water());
        let whole = measurement.total(resolution);
        assert!(water > Metres::new(0.0) && land > water, "{land} of land, {water} of water");
        assert_abs_diff_eq!(land + water, whole, epsilon = SUMMATION_M);
    }
}

/// Measured edge by edge and piece by piece: 20,294 edges at some nanometres each.
const EDGE_BY_EDGE_M: f64 = 1e-4;

#[test]
fn the_segments_make_up_the_line() {
    let pieces: Metres = STUDY.measurement().pieces().map(|(_, lengths)| lengths[0]).sum();
    assert_abs_diff_eq!(pieces, Dossier::embedded().line().length(), epsilon = EDGE_BY_EDGE_M);
}

#[test]
fn the_published_land_and_water_make_up_the_published_whole() {
    FINDINGS.assert_consistent("closure/land-and-water");
    let parts = published_km("length-land") + published_km("length-water");
    assert_abs_diff_eq!(parts, published_km("length-total"), epsilon = 3.0 * HALF_DIGIT_KM);
}

#[test]
fn how_much_is_water_no_source_decides() {
    for id in ["length/water", "length/land"] {
        FINDINGS.assert_undecided(id);
        let finding = FINDINGS.get(id).unwrap();
        assert!(finding.explanation.contains("nothing shows"), "{finding}");
    }
}

#[test]
fn a_figure_has_the_word_its_source_has_and_no_other() {
    let km2 = 1e6;
    for (id, text, low, high) in [
        ("distance-alashankou-baktu", "nearly 200 km", 180e3, 200e3),
        ("length-bortala-500", "nearly 500 km", 450e3, 500e3),
        ("length-zhaosu", "more than 200 km", 200e3, f64::INFINITY),
        ("length-1700", "1,700 km", 1_650e3, 1_750e3),
        ("share-china", "around 22 %", 0.215, 0.225),
        ("share-kazakhstan", "78 %", 0.775, 0.785),
        ("area-gobi-alashankou", "100 km²", 50.0 * km2, 150.0 * km2),
        ("distance-tripoint-south-5292", "3,387 m", 3_386.5, 3_387.5),
        ("distance-point-15/1-2117", "around 1.8 km", 1_750.0, 1_850.0),
    ] {
        let figure = Dossier::embedded().figure(id).unwrap();
        assert_eq!(figure.text(), text, "{id}");
        let interval = figure.interval;
        assert!((interval.low() / low - 1.0).abs() < 1e-9, "{id}: {interval:?}");
        assert!(interval.high() == high || (interval.high() / high - 1.0).abs() < 1e-9, "{id}");
    }
}

#[test]
fn distances_from_heights_without_a_place_are_skipped() {
    let skipped = |id: &str| {
        let finding = FINDINGS.get(id).unwrap();
        assert_eq!(finding.verdict, Verdict::Skipped, "{finding}");
        finding.explanation.clone()
    };
    assert!(skipped("distance/point-15/1-2117").contains("no source gives coordinates for"));
    assert!(skipped("distance/khan-tengri-6161").ends_with("Height 6161 (China)."));
}

// Where it runs.

/// Cities, to a tenth of a degree; and how far from the line they must be for that to
/// decide their side: a tenth of a degree is 11 km.
const CITIES: [(&str, f64, f64, Side); 6] = [
    ("Altay", 88.1, 47.8, Side::Left),
    ("Karamay", 84.9, 45.6, Side::Left),
    ("Yining", 81.3, 43.9, Side::Left),
    ("Zaysan", 84.9, 47.5, Side::Right),
    ("Taldykorgan", 78.4, 45.0, Side::Right),
    ("Almaty", 76.9, 43.2, Side::Right),
];
const CITY_M: f64 = 11e3;

#[test]
fn china_is_on_the_left() {
    let dossier = Dossier::embedded();
    assert_eq!(dossier.party_on(Side::Left).name, "China");
    assert_eq!(dossier.party_on(Side::Right).name, "Kazakhstan");
    for (city, lon, lat, side) in CITIES {
        let found = dossier.line().locate(Coord { x: lon, y: lat });
        assert!(found.distance.value() > CITY_M, "{city}: {}", found.distance);
        assert_eq!(found.side, Some(side), "{city}");
    }
}

/// 44 m for the datum operation, 25 m for reading a 1:50,000 map, 100 m for the line.
const TRIPOINT_M: f64 = 44.0 + 25.0 + 100.0;

#[test]
fn the_line_ends_at_the_two_tripoints() {
    let dossier = Dossier::embedded();
    let geodesic = Geodesic::new(Ellipsoid::WGS84);
    let (start, end) = (dossier.line().start(), dossier.line().end());
    for (id, place) in [("tripoint-north", start), ("tripoint-south", end)] {
        let treaty = dossier.point(id).unwrap().place.unwrap();
        let off = geodesic.distance(treaty, place);
        assert!(off.value() <= TRIPOINT_M, "{id}: {off}");
    }
    assert!(start.y > end.y && start.x > end.x, "it runs from the Altai to Khan Tengri");
}

#[cfg(feature = "proj")]
#[test]
fn the_line_ends_where_the_treaties_operation_puts_the_tripoints() {
    for id in ["tripoint/north/line-end", "tripoint/south/line-end"] {
        FINDINGS.assert_consistent(id);
        let derived = &FINDINGS.get(id).unwrap().derived;
        let value = |name: &str| {
            derived.iter().find(|derived| derived.name == name).unwrap().interval.middle()
        };
        assert_abs_diff_eq!(value("tolerance"), TRIPOINT_M, epsilon = SUMMATION_M);
        assert!(value("distance from the line's end") <= TRIPOINT_M);
    }
}

#[test]
fn khan_tengri_lies_as_far_from_height_6146_as_the_treaty_says() {
    // The height was identified by this distance, so the report does not count it.
    FINDINGS.assert("distance/khan-tengri-6146", Verdict::Skipped);
    let dossier = Dossier::embedded();
    let place = |id| dossier.point(id).unwrap();
    let (tripoint, height) = (place("tripoint-south"), place("height-6146"));
    let geodesic = Geodesic::new(Ellipsoid::WGS84);
    let (apart, azimuth_deg) =
        geodesic.distance_and_azimuth(height.place.unwrap(), tripoint.place.unwrap());
    let places_m = tripoint.accuracy_m + height.accuracy_m;
    let published_m = published_km("distance-khan-tengri-6146") * 1e3;
    assert_abs_diff_eq!(apart.value(), published_m, epsilon = places_m);
    // South-west of sixteen winds is 225° ± 11.25°.
    assert_abs_diff_eq!(azimuth_deg.rem_euclid(360.0), 225.0, epsilon = 11.25);
}

/// What half of the last printed place reaches, at the corner where it reaches farthest,
/// half of the last place of X and Y, and 25 m of the 1:50,000 map; computed elsewhere.
#[cfg(feature = "proj")]
const TRIPOINT_TOLERANCES_M: [(&str, f64, f64); 2] =
    [("north", 118.4, 86.7), ("south", 27.1, 26.7)];

#[cfg(feature = "proj")]
#[test]
fn the_tolerance_of_printed_coordinates_is_that_of_the_farthest_corner() {
    for (end, north_m, east_m) in TRIPOINT_TOLERANCES_M {
        let finding = FINDINGS.get(&format!("tripoint/{end}/coordinates")).unwrap();
        let value = |name: &str| {
            finding.derived.iter().find(|each| each.name == name).unwrap().interval.middle()
        };
        assert_abs_diff_eq!(value("tolerance, north"), north_m, epsilon = 0.05);
        assert_abs_diff_eq!(value("tolerance, east"), east_m, epsilon = 0.05);
    }
}

/// Lengths from no particular publication, and the tolerance in metres at which the line is as
/// long; found elsewhere by bisection.
const REACHED_M: [(&str, f64); 5] = [
    ("length/cia-old", 1_138.0),
    ("length/1700", 161.0),
    ("length/1718", 119.0),
    ("length/1660", 256.0),
    ("length/alkabek", 657.0),
];

#[test]
fn informal_lengths_contradict_the_band_and_not_the_line() {
    for (id, at_m) in REACHED_M {
        FINDINGS.assert_undecided(id);
        let finding = FINDINGS.get(id).unwrap();
        let says = format!("about {}.", treatyline::internal::wording::about(at_m));
        assert!(finding.explanation.contains(&says), "{says}: {finding}");
    }
    FINDINGS.assert_inconsistent("length/1996");
}

#[test]
fn khorgas_is_nearer_to_the_line_than_its_two_published_places_are_to_each_other() {
    FINDINGS.assert_undecided("side/khorgas-city");
}

#[test]
fn the_line_is_sound() {
    for id in ["joins", "self-intersection", "duplicates", "orientation"] {
        FINDINGS.assert_consistent(&format!("topology/{id}"));
    }
}
