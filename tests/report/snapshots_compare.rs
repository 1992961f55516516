//! The renderers of a comparison, word for word, on two small lines.

use std::sync::LazyLock;

use treatyline::compare::{Comparison, Settings};
use treatyline::drawn::DrawnLine;
use treatyline::internal::report::{Compared, comparison_json, comparison_layer, comparison_text};
use treatyline::io::{Decimals, Input};
use treatyline::quantity::Metres;
use treatyline_pages::internal::{ComparisonExhibits, comparison_html};

use crate::elements::without;
use crate::shown::without_narrow;

/// A line with one bay to the east and a shallow one to the west, and another one, drawn
/// northwards in two parts, that begins farther north.
const OLD: &str = r#"{"type":"Feature","properties":{"title":"Freedonia, 1882",
  "nominal_scale":500000},"geometry":{"type":"LineString","coordinates":
  [[82,46],[82,45.99],[82.03,45.98],[82,45.97],[82,45.96],[81.999,45.955],[82,45.95]]}}"#;
const NEW: &str = r#"{"type":"FeatureCollection","title":"Freedonia, 1994","features":[
  {"type":"Feature","properties":{},"geometry":{"type":"MultiLineString","coordinates":
  [[[82,45.95],[82,45.97]],[[82.0001,45.97],[82,45.98]]]}},
  {"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":
  [[82,45.98],[82,46.02]]}}]}"#;

static COMPARED: LazyLock<Comparison> = LazyLock::new(|| {
    let drawn = |name, text: &str| DrawnLine::read(Input::bytes(name, text.as_bytes())).unwrap();
    let (old, new) = (drawn("old.geojson", OLD), drawn("new.geojson", NEW));
    let tolerances = [50.0, 1_000.0].map(Metres::new).to_vec();
    let settings = Settings { accuracies: [None, Some(Metres::new(100.0))], tolerances };
    Comparison::new(&old, &new, &settings).unwrap()
});

macro_rules! snapshot {
    ($name:literal, $renderer:expr) => {
        let text = $renderer(&Compared::new(&COMPARED, "Freedonia", "Sylvania"));
        insta::with_settings!({ omit_expression => true }, {
            insta::assert_snapshot!($name, text);
        });
    };
}

#[test]
fn text() {
    snapshot!("compare_text", comparison_text);
}

/// With its map and charts.
#[test]
fn html() {
    let page = |compared: &Compared<'_>| {
        let exhibits = ComparisonExhibits::new(compared.comparison);
        without_narrow(&without(comparison_html(compared, &exhibits), &["style", "script"]))
    };
    snapshot!("compare_html", page);
}

#[test]
fn json() {
    snapshot!("compare_json", comparison_json);
}

/// The shortest ways along the lines are left out: there are two hundred.
#[test]
fn geojson() {
    let without_offsets = |compared: &Compared<'_>| {
        let text = comparison_layer(compared).geojson(Decimals::default());
        let kept: Vec<&str> =
            text.lines().filter(|line| !line.contains(r#""kind":"offset""#)).collect();
        assert_eq!(text.lines().count() - kept.len(), 2 * 101);
        kept.join("\n")
    };
    snapshot!("compare_geojson", without_offsets);
}

#[test]
fn unnamed_sides_of_lines_of_unknown_accuracy() {
    let drawn = |name, text: &str| {
        let text = text.replace(r#""nominal_scale":500000"#, r#""note":"""#);
        DrawnLine::read(Input::bytes(name, text.as_bytes())).unwrap()
    };
    let (old, new) = (drawn("old.geojson", OLD), drawn("new.geojson", NEW));
    let comparison = Comparison::new(&old, &new, &Settings::default()).unwrap();
    let compared = Compared::new(&comparison, "left", "right");
    let text = comparison_text(&compared);
    let (_, land) = text.split_once("LAND").unwrap();
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!("compare_unnamed", land);
    });
}
