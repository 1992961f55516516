//! Impossible values in a dossier are refused, with file, place, value and what to do about
//! it.

use crate::refusal::{
    GONE, changed, refused_dossier, refused_values, texts, thinned, with_features,
};

const MANIFEST: &str = "dossier.toml";
const INSTRUMENTS: &str = "instruments.toml";
const FIGURES: &str = "figures.toml";
const SEGMENTS: &str = "segments.geojson";
const POINTS: &str = "points.geojson";
const SECTORS: &str = "sectors.geojson";

#[test]
fn the_dossier_without_its_fault_is_read() {
    thinned().read().unwrap();
    changed(FIGURES, "length-total", "note", "\"Changed, but sound.\"").read().unwrap();
    changed(POINTS, "tripoint-north", "/properties/name", "\"Changed\"").read().unwrap();
}

#[test]
fn a_field_nobody_knows_is_refused() {
    refused_values(&[
        (MANIFEST, "", "colour", "\"red\"", &["unknown field `colour`", "expected one of"]),
        (MANIFEST, "[line]", "colour", "\"red\"", &["unknown field `colour`"]),
        (MANIFEST, "agreement-1994", "colour", "\"red\"", &["unknown field `colour`"]),
        (INSTRUMENTS, "agreement-1994", "colour", "\"red\"", &["unknown field `colour`"]),
        (FIGURES, "length-total", "colour", "\"red\"", &["unknown field `colour`"]),
        (FIGURES, "closure/shares", "colour", "\"red\"", &["unknown field `colour`"]),
        (SEGMENTS, "alkabek", "/properties/colour", "1", &["unknown field `colour`"]),
        (POINTS, "muztau", "/properties/colour", "1", &["unknown field `colour`"]),
        (POINTS, "tripoint-north", "/properties/published/z", "1", &["unknown field `z`"]),
        (SECTORS, "xiaerxili", "/properties/colour", "1", &["unknown field `colour`"]),
    ]);
}

#[test]
fn a_field_that_is_missing_is_named() {
    refused_values(&[
        (MANIFEST, "", "title", GONE, &["missing field `title`"]),
        (MANIFEST, "[band]", "reason", GONE, &["missing field `reason`"]),
        (MANIFEST, "agreement-1994", "confidence", GONE, &["missing field `confidence`"]),
        (INSTRUMENTS, "agreement-1994", "signed", GONE, &["missing field `signed`"]),
        (FIGURES, "length-total", "rounding", GONE, &["missing field `rounding`"]),
        (FIGURES, "closure/shares", "claim", GONE, &["missing field `claim`"]),
        (SEGMENTS, "alkabek", "/properties/medium", GONE, &["missing field `medium`"]),
        (POINTS, "muztau", "/properties/kind", GONE, &["missing field `kind`"]),
        (POINTS, "tripoint-north", "/properties/published/x", GONE, &["missing field `x`"]),
        (SECTORS, "xiaerxili", "/properties/name", GONE, &["missing field `name`"]),
    ]);
}

#[test]
fn a_feature_without_an_id_is_refused() {
    for (file, id) in [(SEGMENTS, "alkabek"), (POINTS, "muztau"), (SECTORS, "xiaerxili")] {
        for raw in [GONE, "7"] {
            let case = format!("{file}, {id} renamed {raw}");
            let says = &["feature ", "`id` is missing or no string", "must be a string"];
            refused_dossier(&case, &changed(file, id, "/id", raw), file, says);
        }
    }
}

#[test]
fn an_id_is_used_once() {
    let twice = "is used twice; rename one of the two";
    refused_values(&[
        (MANIFEST, "supplement-1998", "key", "\"protocol-2002\"", &["the source id", twice]),
        (INSTRUMENTS, "protocol-2002", "id", "\"agreement-1994\"", &["the instrument id", twice]),
        (FIGURES, "length-land", "id", "\"length-total\"", &["the figure id", twice]),
        (FIGURES, "closure/shares", "id", "\"closure/baifangzi\"", &["the relation id", twice]),
        (SEGMENTS, "alkabek", "/id", "\"ak-kaba\"", &["the segment id", twice]),
        (POINTS, "muztau", "/id", "\"tripoint-north\"", &["the point id", twice]),
        (SECTORS, "xiaerxili", "/id", "\"chogan-obo\"", &["the sector id", twice]),
    ]);
}

#[test]
fn an_id_is_plain() {
    for id in ["Total", "length total", "länge", "1-length", "-", "length_total"] {
        let raw = format!("\"{id}\"");
        let says: &[&str] = &[&format!("`id` is `{id}`"), "must be a lower case letter followed"];
        refused_values(&[
            (MANIFEST, "supplement-1998", "key", &raw, says),
            (FIGURES, "length-1718", "id", &raw, says),
            (POINTS, "muztau", "/id", &raw, says),
        ]);
    }
}

#[test]
fn a_source_nobody_lists_is_refused() {
    let (one, list) = ("\"hearsay\"", "[\"hearsay\"]");
    let says: &[&str] = &["unknown source `hearsay`", "use one of", "[[source]]", MANIFEST];
    let none: &[&str] = &["`sources` is empty", "must be at least one bibliography key"];
    refused_values(&[
        (MANIFEST, "[line]", "accuracy_source", one, says),
        (MANIFEST, "[band]", "sources", one, says),
        (MANIFEST, "[band]", "sources", list, says),
        (MANIFEST, "[band]", "sources", "[]", none),
        (INSTRUMENTS, "agreement-1994", "sources", list, says),
        (INSTRUMENTS, "agreement-1994", "sources", "[]", none),
        (FIGURES, "length-total", "source", one, says),
        (FIGURES, "closure/shares", "sources", list, says),
        (SEGMENTS, "alkabek", "/properties/sources", list, says),
        (SEGMENTS, "alkabek", "/properties/sources", "[]", none),
        (POINTS, "muztau", "/properties/sources", list, says),
        (SECTORS, "xiaerxili", "/properties/sources", list, says),
    ]);
}

#[test]
fn a_word_outside_its_list_is_refused_with_the_list() {
    let one_of = "expected one of";
    refused_values(&[
        (MANIFEST, "CHN", "side", "\"east\"", &["`east`", "`left` or `right`"]),
        (MANIFEST, "agreement-1994", "confidence", "\"sure\"", &["`sure`", one_of]),
        (INSTRUMENTS, "agreement-1994", "stage", "\"war\"", &["`war`", one_of, "`delimitation`"]),
        (FIGURES, "length-total", "unit", "\"au\"", &["unknown unit `au`", "use one of: km, m,"]),
        (FIGURES, "length-total", "qualifier", "\"about\"", &["`about`", one_of, "`around`"]),
        (FIGURES, "length-total", "standing", "\"firm\"", &["`firm`", one_of, "`governing`"]),
        (FIGURES, "closure/shares", "severity", "\"fatal\"", &["`fatal`", "`error` or `note`"]),
        (SEGMENTS, "alkabek", "/properties/medium", "\"swamp\"", &["`swamp`", one_of, "`river`"]),
        (SEGMENTS, "alkabek", "/properties/evidence", "[\"dream\"]", &["`dream`", one_of]),
        (SEGMENTS, "alkabek", "/properties/evidence", "[]", &["0 kinds", "the strongest first"]),
        (SEGMENTS, "alkabek", "/properties/course", "\"maze\"", &["`maze`", one_of]),
        (POINTS, "muztau", "/properties/kind", "\"volcano\"", &["`volcano`", one_of]),
        (
            POINTS,
            "muztau",
            "/properties/position",
            "\"MNG\"",
            &["unknown position `MNG`", "use one of: line, none, CHN, KAZ"],
        ),
    ]);
}

#[test]
fn a_reference_to_nothing_is_refused() {
    let instruments = "use one of: the ids of instruments.toml";
    let figures = "use one of: the ids of figures.toml";
    let points = "use one of: the ids of points.geojson";
    refused_values(&[
        (MANIFEST, "[line]", "start", "\"nowhere\"", &["unknown point `nowhere`", points]),
        (MANIFEST, "[line]", "end", "\"nowhere\"", &["unknown point `nowhere`", points]),
        (MANIFEST, "[division]", "area", "\"area-moon\"", &["unknown figure", figures]),
        (MANIFEST, "[division]", "shares", "{ CHN = \"share-moon\" }", &["share-moon", figures]),
        (MANIFEST, "[division]", "shares", "{ MNG = \"share-china\" }", &["unknown party `MNG`"]),
        (INSTRUMENTS, "supplement-1997", "supplements", "[\"peace\"]", &["`peace`", instruments]),
        (
            FIGURES,
            "distance-khan-tengri-6146",
            "between",
            "[\"tripoint-south\", \"nowhere\"]",
            &["unknown point `nowhere`", points],
        ),
        (
            FIGURES,
            "distance-alashankou-baktu",
            "along",
            "[\"nowhere\", \"bakhty-baktu\"]",
            &["unknown point `nowhere`", points],
        ),
        (
            FIGURES,
            "length-alkabek",
            "scope",
            "\"line/volga\"",
            &[
                "unknown scope `line/volga`",
                "use one of: line/land, line/water, line/sea, line/without-sea, line/NAME",
            ],
        ),
        (
            SEGMENTS,
            "alkabek",
            "/properties/instrument",
            "\"peace\"",
            &["unknown instrument `peace`", instruments],
        ),
        (POINTS, "tripoint-north", "/properties/instrument", "\"peace\"", &["peace", instruments]),
        (POINTS, "muztau", "/properties/opposite", "\"nowhere\"", &["unknown point", points]),
        (SECTORS, "xiaerxili", "/properties/settled_by", "\"peace\"", &["peace", instruments]),
        (SECTORS, "xiaerxili", "/properties/area", "\"area-moon\"", &["unknown figure", figures]),
        (
            SECTORS,
            "xiaerxili",
            "/properties/awards",
            r#"{"MNG":"area-xiaerxili"}"#,
            &["unknown party `MNG`", "use one of: CHN, KAZ"],
        ),
    ]);
}

#[test]
fn a_figure_that_cannot_be_is_refused() {
    let printed = "must be a positive number as printed, as in `1,782.75`";
    let limit = "must be no more than 100 %, 10⁵ km or the Earth's surface";
    for raw in ["-1,782.75", "0", "NaN", "inf", "1,78.2", "1782,75", "1e3", "", " ", "1 782"] {
        let says: &[&str] = &[&format!("`printed` is `{raw}`"), printed];
        refused_values(&[(FIGURES, "length-total", "printed", &format!("\"{raw}\""), says)]);
    }
    refused_values(&[
        (FIGURES, "length-total", "printed", "\"1,000,000,000\"", &["`1,000,000,000`", limit]),
        (FIGURES, "share-china", "printed", "\"2,200\"", &["`2,200`", limit]),
        (FIGURES, "area-disputed", "printed", "\"600,000,000\"", &["`600,000,000`", limit]),
    ]);
}

#[test]
fn a_rounding_that_cannot_be_is_refused() {
    for (raw, value) in [("-0.01", "-0.01"), ("nan", "NaN"), ("inf", "inf"), ("1800.0", "1800")] {
        let value = format!("`rounding` is `{value}`");
        let says: &[&str] = &[&value, "must be a step between 0 and the number itself"];
        refused_values(&[(FIGURES, "length-total", "rounding", raw, says)]);
    }
}

#[test]
fn nearly_must_say_how_nearly() {
    // Over 200 km, with a rounding of 0.
    let says = ["`rounding` is `0`", "how far below the printed number"];
    refused_values(&[(FIGURES, "length-zhaosu", "qualifier", "\"nearly\"", &says)]);
}

#[test]
fn a_rounding_of_nought_made_a_published_length_a_point() {
    let says: &[&str] = &["`rounding` is `0`", "must be the step it was rounded to, above 0"];
    refused_values(&[
        (FIGURES, "length-total", "rounding", "0.0", says),
        (FIGURES, "area-disputed", "rounding", "0.0", says),
        // "Around 22 %" is no exact share.
        (FIGURES, "share-china", "rounding", "0.0", says),
    ]);
    let exact = changed(FIGURES, "share-1998-china", "rounding", "0.0").read().unwrap();
    let share = exact.figure("share-1998-china").unwrap().interval;
    assert!(share.high() - share.low() < 1e-12, "a share may be exact");
    // A bound has no step.
    changed(FIGURES, "length-zhaosu", "rounding", "0.0").read().unwrap();
}

#[test]
fn a_distance_that_says_too_much_or_too_little_is_refused() {
    let ends = "[\"tripoint-south\", \"height-6146\"]";
    refused_values(&[
        (
            FIGURES,
            "distance-khan-tengri-6146",
            "bearing",
            "\"SWS\"",
            &["`bearing` is `SWS`", "must be one of the sixteen winds, as in `SW` or `NNE`"],
        ),
        (FIGURES, "distance-alashankou-baktu", "bearing", "\"SW\"", &["`bearing`", "`between`"]),
        (FIGURES, "distance-khan-tengri-6146", "along", ends, &["`along`", "`between`"]),
        (FIGURES, "share-china", "between", ends, &["`between`", "no length"]),
    ]);
}

#[test]
fn a_claim_that_cannot_be_computed_is_refused() {
    let hint = "write figure ids and literals apart by spaces, as in `a + b = 100 %`";
    for (claim, says) in [
        ("length-land + area-disputed = length-total", "Length and Area cannot be added"),
        ("length-land = area-disputed", "Length and Area cannot be compared"),
        ("area-disputed * area-disputed = area-disputed", "cannot be multiplied"),
        ("length-land / 0 km = 1", "a divisor can be zero"),
        ("length-land + length-water", "exactly one of =, >= and <="),
        ("", "exactly one of =, >= and <="),
        ("length-land + = length-total", "something is missing next to an operator"),
        ("length-land length-water length-total = 3 km", "an operator is missing"),
        ("length-land = 3 parsec", "`parsec` is no unit"),
    ] {
        let raw = format!("\"{claim}\"");
        let says: &[&str] = &[&format!("the claim `{claim}` cannot be computed"), says, hint];
        refused_values(&[(FIGURES, "closure/land-and-water", "claim", &raw, says)]);
    }
    refused_values(&[(
        FIGURES,
        "closure/baifangzi",
        "claim",
        "\"length-volga <= length-water\"",
        &["unknown figure `length-volga`", "use one of: the ids of figures.toml"],
    )]);
}

#[test]
fn a_date_that_never_was_is_refused() {
    let wanted = "must be a date as in 1994, 1994-04 or 1994-04-26";
    for (key, date) in [
        ("signed", "26 April 1994"),
        ("signed", "1994-13"),
        ("signed", ""),
        ("ratified", "1995-02-29"),
        ("in_force", "95-06-15"),
    ] {
        let value = format!("`{key}` is `{date}`");
        let raw = format!("\"{date}\"");
        refused_values(&[(INSTRUMENTS, "agreement-1994", key, &raw, &[&value, wanted])]);
    }
}

#[test]
fn a_map_scale_that_cannot_be_is_refused() {
    let says: &[&str] = &["`map_scale` is", "must be the denominator of a scale"];
    for raw in ["0", "-50000", "0.5", "nan", "inf"] {
        refused_values(&[(INSTRUMENTS, "supplement-1997", "map_scale", raw, says)]);
    }
    let pointer = "/properties/published/map_scale";
    refused_values(&[(POINTS, "tripoint-north", pointer, "0", says)]);
}

#[test]
fn a_printed_coordinate_that_cannot_be_is_refused() {
    for (key, value, says, hint) in [
        ("b", "49.115", "does not say whether it is north or south", "write N or S after it"),
        ("b", "49°66'N", "has 66 minutes, and a degree has 60", "as in 42°25′04.6″N"),
        ("b", "49°06'75″N", "has 75 seconds, and a minute has 60", "as in 42°25′04.6″N"),
        ("b", "91°N", "is beyond 90°", "are exchanged"),
        ("b", "87°17.2'E", "is no latitude: it is longitude", "are exchanged"),
        ("l", "181°E", "is beyond 180°", "are exchanged"),
        ("l", "", "is no longitude", "as in 42°25′04.6″N"),
        ("x", "five million", "is no number of metres", "as in 4 699 440.4"),
        ("x", "543,210", "thousands or of decimals", "in one way only"),
        ("x", "NaN", "is no number of metres", "as in 4 699 440.4"),
        ("y", "", "is no number of metres", "as in 4 699 440.4"),
        ("y", "1.2.3", "is no number of metres", "as in 4 699 440.4"),
    ] {
        let pointer = format!("/properties/published/{key}");
        let says: &[&str] = &[&format!("`{key}`: `{value}`"), says, hint];
        refused_values(&[(POINTS, "tripoint-north", &pointer, &format!("\"{value}\""), says)]);
    }
}

#[test]
fn an_accuracy_that_cannot_be_is_refused() {
    let metres = "must be a positive number of metres";
    for (raw, value) in [("0.0", "0"), ("-5.0", "-5"), ("nan", "NaN"), ("inf", "inf")] {
        refused_values(&[
            (MANIFEST, "[line]", "accuracy_m", raw, &[&format!("`accuracy_m` is {value}"), metres]),
            (MANIFEST, "[band]", "fine_m", raw, &[&format!("`fine_m` is {value}"), metres]),
        ]);
    }
    for raw in ["0", "-5", "1e8"] {
        refused_values(&[(SEGMENTS, "alkabek", "/properties/accuracy_m", raw, &[metres])]);
    }
    refused_values(&[
        (POINTS, "muztau", "/properties/accuracy_m", "0", &["`accuracy_m` is 0", metres]),
        (POINTS, "muztau", "/properties/accuracy_m", GONE, &["`accuracy_m` is missing", metres]),
        (POINTS, "point-8", "/properties/accuracy_m", "5", &["left out", "without a place"]),
        (SEGMENTS, "alkabek", "/properties/start_m", "-1", &["`start_m` is -1", "0 or a positive"]),
    ]);
}

#[test]
fn the_manifest_must_make_sense_as_a_whole() {
    let parties = "must be given twice, with different ids, one on the left and one on the right";
    refused_values(&[
        (
            MANIFEST,
            "",
            "format",
            "\"treatyline/dossier/v2\"",
            &["`format` is `treatyline/dossier/v2`", "must be treatyline/dossier/v1"],
        ),
        (MANIFEST, "[band]", "fine_m", "60.0", &["`fine_m` is 60", "no greater than coarse_m"]),
        (MANIFEST, "[division]", "area", "\"length-total\"", &["`area`", "a figure in km2 or ha"]),
        (MANIFEST, "[division]", "shares", "{ CHN = \"length-total\" }", &["a figure in %"]),
    ]);
    // The fault is in both parties together.
    for (party, key, raw, says) in [
        (
            "KAZ",
            "side",
            "\"left\"",
            ["`side` is `left` for both parties", "must be `right` for one"],
        ),
        (
            "CHN",
            "side",
            "\"right\"",
            ["`side` is `right` for both parties", "must be `left` for one"],
        ),
        ("KAZ", "id", "\"CHN\"", ["`id` is `CHN` for both parties", "must be different for each"]),
    ] {
        let case = format!("{party}, {key} = {raw}");
        let says = &["[[party]]", says[0], says[1]];
        refused_dossier(&case, &changed(MANIFEST, party, key, raw), MANIFEST, says);
    }
    let text = &texts()[0].1;
    let (before, after) = text.split_once("[[party]]").unwrap();
    let (_, after) = after.split_once("[[party]]").unwrap();
    let one = thinned().with_file(MANIFEST, &format!("{before}[[party]]{after}"));
    let says = &["[[party]]", "`party` is given once", parties];
    refused_dossier("one party", &one, MANIFEST, says);
}

#[test]
fn the_segments_must_make_one_line() {
    let order = "put the segments in order from the line's start to its end";
    let swapped = with_features(SEGMENTS, |features| features.swap(3, 4));
    refused_dossier(
        "swapped",
        &thinned().with_file(SEGMENTS, &swapped),
        SEGMENTS,
        &[
            "feature 4 `belezek`",
            "begins at (86.4058, 48.47837), but `ak-kaba` ends at (86.5833, 48.53993)",
            " m away",
            order,
        ],
    );
    let apart = changed(SEGMENTS, "alkabek", "/geometry/coordinates/0", "[85.9, 48.4]");
    let says = &["feature 7 `alkabek`", "begins at (85.9, 48.4), but `before-alkabek` ends", order];
    refused_dossier("a vertex moved", &apart, SEGMENTS, says);
    let none = with_features(SEGMENTS, Vec::clear);
    let says = &["there is no segment in it", "add at least one LineString feature"];
    refused_dossier("no segments", &thinned().with_file(SEGMENTS, &none), SEGMENTS, says);
}

#[test]
fn a_message_is_one_line_whatever_the_value_holds() {
    // A line break, and what turns a terminal red.
    let value = r#""a\nb\u001b[31m""#;
    let says: &[&str] = &["a\\nb"];
    refused_values(&[
        (FIGURES, "length-total", "printed", value, says),
        (FIGURES, "length-total", "source", value, says),
        (FIGURES, "closure/shares", "claim", value, says),
        (SEGMENTS, "alkabek", "/properties/medium", value, says),
        (POINTS, "muztau", "/properties/position", value, says),
        (SECTORS, "xiaerxili", "/properties/settled_by", value, says),
    ]);
    let renamed = changed(SEGMENTS, "alkabek", "/id", value);
    refused_dossier("an id", &renamed, SEGMENTS, &["feature 7", says[0]]);
}
