//! GeoJSON in another system than WGS 84 one feature after the other: the same features, changes and
//! problems as of all at once.

#![cfg(feature = "proj")]

use std::fmt::Write as _;

use treatyline::io::problem::Problems;
use treatyline::io::{CheckedFeature, Condition, Fixes, Input, read};

/// A collection in a zone of Pulkovo 1942 with something of everything: rings that are not closed or
/// run the wrong way round, features without a geometry, and one that is on another continent.
fn text(more: &str, member: &str) -> String {
    let mut features = Vec::new();
    for i in 0..300 {
        let (x, y) = (14_420_000 + 311 * i, 4_900_000 + 173 * i);
        let geometry = match i % 5 {
            0 => format!(r#"{{"type":"Point","coordinates":[{x},{y}]}}"#),
            1 | 2 => format!(
                r#"{{"type":"LineString","coordinates":[[{x},{y}],[{},{}]]}}"#,
                x + 400,
                y - 90
            ),
            3 => format!(
                r#"{{"type":"Polygon","coordinates":[[[{x},{y}],[{x},{}],[{},{y}]]]}}"#,
                y + 500,
                x + 500
            ),
            _ => "null".to_owned(),
        };
        let more = if i == 200 { more } else { "" };
        features.push(format!(
            r#"{{"type":"Feature","id":"f{i}",{more}"properties":{{"kind":"{}"}},"geometry":{geometry}}}"#,
            i % 3
        ));
    }
    let far = r#"{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[14500000,-9000000]}}"#;
    features.push(far.to_owned());
    let mut text = format!(r#"{{"type":"FeatureCollection",{member}"features":["#);
    let _ = write!(text, "{}]}}", features.join(",\n"));
    text
}

const PULKOVO: &str =
    r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::28414"}},"#;

fn input(text: &str) -> Input {
    Input::bytes("x.geojson", text.as_bytes().to_vec())
}

fn one_by_one(input: &Input, is_whole: bool) -> Result<(Vec<String>, Fixes), Problems> {
    let features = input.features()?;
    assert_eq!(features.whole().is_some(), is_whole);
    let mut all = Vec::new();
    let fixes = features.each(Ok, |feature| all.push(format!("{feature:?}")))?;
    Ok((all, fixes))
}

fn at_once(input: &Input) -> Result<(Vec<String>, Fixes), Problems> {
    let listed =
        |features: &[CheckedFeature]| features.iter().map(|it| format!("{it:?}")).collect();
    read(input).map(|data| (listed(&data.features), data.fixes))
}

#[test]
fn features_are_the_same_as_all_at_once() {
    let stated = input(&text("", PULKOVO));
    let given = input(&text("", "")).with_crs(Some("EPSG:28414".to_owned()));
    let (features, fixes) = at_once(&stated).unwrap();
    assert_eq!((features.len(), &at_once(&given).unwrap().0), (301, &features));
    assert!(fixes.all().count() >= 3, "{fixes:?}");
    assert_eq!(fixes.conversions().len(), 1);
    for input in [stated, given] {
        for (bytes, threads) in [(9000, 1), (1 << 14, 3)] {
            let input = input.clone().in_chunks_of(bytes).on_threads(threads);
            let found = one_by_one(&input, false).unwrap();
            // Who has stated the system is a part of it.
            assert_eq!(found, at_once(&input).unwrap(), "{bytes} bytes, {threads} threads");
        }
        let some = input.with_conditions(vec![Condition::parse("kind=1").unwrap()]);
        assert_eq!(one_by_one(&some, false).unwrap(), at_once(&some).unwrap());
    }
}

#[test]
fn there_is_no_limit_to_what_is_read_one_by_one() {
    let input = input(&text("", PULKOVO));
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("x.geojson");
    std::fs::write(&path, text("", PULKOVO)).unwrap();
    let file = Input::path(&path).with_name("x.geojson").with_limit(20_000);
    let refused = read(&file).unwrap_err().to_string();
    assert!(refused.contains("20,000 bytes"), "{refused}");
    assert_eq!(one_by_one(&file, false).unwrap(), at_once(&input).unwrap());
}

#[test]
fn what_is_unusual_is_read_at_once() {
    let own = r#""crs":{"type":"name","properties":{"name":"EPSG:28415"}},"#;
    for (text, crs) in [
        (text(own, PULKOVO), None),
        (text("", PULKOVO), Some("EPSG:28415")),
        (text("", PULKOVO).repeat(2), None),
        (text("", ""), Some("EPSG:4326")),
    ] {
        let input = input(&text).with_crs(crs.map(str::to_owned));
        let found = one_by_one(&input, true).map_err(|problems| problems.to_string());
        assert_eq!(found, at_once(&input).map_err(|problems| problems.to_string()), "{crs:?}");
    }
}

#[test]
fn problems_are_the_same_as_all_at_once() {
    let whole = text("", PULKOVO);
    for (from, to) in [
        ("\"id\":\"f250\",", "\"id\":\"f250\""),
        ("[14420000,", "[14420000e400,"),
        ("EPSG::28414", "EPSG::2337"),
        ("\"type\":\"LineString\"", "\"type\":\"Lines\""),
        ("[14500000,", "[1e200,"),
    ] {
        let input = input(&whole.replace(from, to));
        assert!(whole.contains(from), "{from}");
        let said = |outcome: Result<(Vec<String>, Fixes), Problems>| match outcome {
            Ok((all, _)) => panic!("{to}: {} features", all.len()),
            Err(problems) => problems.to_string(),
        };
        let outcome = input.features().and_then(|features| {
            let mut all = Vec::new();
            let fixes = features.each(Ok, |feature| all.push(format!("{feature:?}")))?;
            Ok((all, fixes))
        });
        assert_eq!(said(outcome), said(at_once(&input)), "{to}");
    }
}
