//! `point/*`: where words put a point, one of several positions, in a datum that nobody names.

use treatyline::check::Severity::Error;
use treatyline::check::Verdict::{Consistent, Inconsistent};

use crate::common::Variant;
use crate::verdict::{MANIFEST, POINTS, checked, expect, expect_none};

/// The text of Freddo Head, a corner of the line.
const HEAD: &str = "\"name\":\"Head of the Freddo\"";

/// The small dossier with positions of that corner.
fn positions(list: &str) -> Variant {
    Variant::freedonia().with(POINTS, HEAD, &format!("{HEAD},\"positions\":[{list}]"))
}

fn position(lat: &str, lon: &str, more: &str) -> String {
    format!("{{\"latitude\":\"{lat}\",\"longitude\":\"{lon}\",\"source\":\"treaty-1903\"{more}}}")
}

/// The river begins, and with it a segment, at 45.78° N, 20.47° E: 45°46′48″, 20°28′12″.
#[test]
fn a_point_is_where_degrees_alone_put_it() {
    let near = positions(&position("45°46\u{2032}48\u{2033}N", "20°28\u{2032}12\u{2033}E", ""));
    let says = [
        "Head of the Freddo: the corner of the line is 0 m from",
        "(100 m for the line and 19 m for rounding)",
    ];
    let findings = checked(&near);
    expect(&findings, "point/freddo-head", Consistent, Error, &says);
    // It would only be compared with itself.
    expect_none(&findings, "side/freddo-head");

    // A minute of latitude is 1,852 m there.
    let far = positions(&position("45°47\u{2032}48\u{2033}N", "20°28\u{2032}12\u{2033}E", ""));
    let says = ["1,852 m from where it is by 45°47\u{2032}48\u{2033}N, 20°28\u{2032}12\u{2033}E"];
    expect(&checked(&far), "point/freddo-head", Inconsistent, Error, &says);
}

/// A hundredth of a second is 0.31 m of latitude and 0.21 m of longitude there; half of both is 0.19 m.
#[test]
fn what_is_allowed_is_the_sum_of_its_parts_below_a_metre_too() {
    let at = position("45°46\u{2032}48.00\u{2033}N", "20°28\u{2032}12.00\u{2033}E", "");
    let fine = positions(&at).with(MANIFEST, "accuracy_m      = 100.0", "accuracy_m      = 0.3");
    let says = ["0.5 m is allowed (0.3 m for the line and 0.2 m for rounding)"];
    expect(&checked(&fine), "point/freddo-head", Consistent, Error, &says);
}

#[test]
fn one_of_several_positions_is_enough() {
    let near = position("45.78°N", "20.47°E", ",\"name\":\"the treaty\",\"exact\":true");
    let far = position("45.79°N", "20.50°E", ",\"name\":\"the map\"");
    let says = ["by the treaty", "One of its positions is enough; the others: the map (2,"];
    expect(
        &checked(&positions(&format!("{far},{near}"))),
        "point/freddo-head",
        Consistent,
        Error,
        &says,
    );
    let wrong = positions(&far);
    expect(&checked(&wrong), "point/freddo-head", Inconsistent, Error, &["by the map"]);
}

/// Pulkovo is 30°19′42.09″ E: 9.8584° west of it is 20.47° E.
#[test]
fn longitudes_count_from_a_prime_meridian() {
    let west = "-9.8584°";
    let from = position("45.7800°N", west, ",\"prime_meridian\":\"Pulkovo\"");
    expect(&checked(&positions(&from)), "point/freddo-head", Consistent, Error, &[]);
    let greenwich = position("45.7800°N", west, "");
    expect(&checked(&positions(&greenwich)), "point/freddo-head", Inconsistent, Error, &[]);
}

#[test]
fn an_unknown_datum_has_a_worth() {
    // 10″ of longitude are 216 m there.
    let lon = "20°28\u{2032}22\u{2033}E";
    let lat = "45.7800°N";
    let known = position(lat, lon, "");
    expect(&checked(&positions(&known)), "point/freddo-head", Inconsistent, Error, &[]);
    let unknown = position(lat, lon, ",\"datum\":\"unknown\",\"datum_m\":150");
    let says = ["150 m for the unknown datum"];
    expect(&checked(&positions(&unknown)), "point/freddo-head", Consistent, Error, &says);
}

#[test]
fn a_position_that_says_too_little_is_refused() {
    for (lat, more, says) in [
        ("45.78°N", ",\"datum\":\"unknown\"", "`datum_m` is missing"),
        ("45.78°N", ",\"datum_m\":150", "`datum_m` is given for WGS 84"),
        ("45.78°N", ",\"datum\":\"ED50\"", "`datum` is `ED50`"),
        ("tropic of Cancer", "", "it moves by 14 m a year"),
        ("45.7793°E", "", "`latitude`"),
    ] {
        let message = positions(&position(lat, "20.47°E", more)).read().unwrap_err().to_string();
        assert!(message.contains("freddo-head") && message.contains(says), "{says}: {message}");
    }
}
