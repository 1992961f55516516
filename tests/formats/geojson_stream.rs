//! Reading GeoJSON piece by piece: the features do not depend on where chunks end, a text that ends
//! anywhere gives one message, and no more is in memory than the limit.

use std::cell::Cell;
use std::io::{self, Read};

use treatyline::io::geojson::{Stream, Wanted};
use treatyline::io::problem::{Fault, Problems};
use treatyline::io::{CheckedFeature, Shape};

type Found = (Vec<CheckedFeature>, serde_json::Map<String, serde_json::Value>);

fn read(stream: Stream<'_, impl Read>) -> Result<Found, Problems> {
    let mut features = Vec::new();
    let members = stream.each(Ok, |feature| features.push(feature))?.members;
    Ok((features, members))
}

fn read_text(text: &str) -> Result<Found, Problems> {
    read(Stream::new("test", text.as_bytes()))
}

fn message(text: &str) -> String {
    read_text(text).unwrap_err().to_string()
}

/// What was read, as text that can be compared.
fn summary(found: &Found) -> String {
    format!("{found:?}")
}

const POINT: &str = r#"{"type":"Point","coordinates":[80,45]}"#;

fn feature(more: &str) -> String {
    format!(r#"{{"type":"Feature",{more}"properties":{{"a":"}}\"{{"}},"geometry":{POINT}}}"#)
}

/// One of everything that a collection may hold, in 900 bytes or so.
fn collection() -> String {
    let line = r#"{"type":"LineString","coordinates":[ [80.5,45.25] ,[-1.5e1,-4.5E+1,7]]}"#;
    let area = r#"{"coordinates":[[[0,0],[1,0],[1,1],[0,0]]],"type":"Polygon"}"#;
    let inner = format!(r#"{{"type":"GeometryCollection","geometries":[{POINT},{area}]}}"#);
    let all = format!(r#"{{"geometries":[{line},{inner}],"type":"GeometryCollection"}}"#);
    let features = [
        feature(""),
        feature("\"id\":\"°\\\"\\\\\",\"features\":[[\"features\"],{}],"),
        format!(r#"{{"geometry":{all},"properties":null,"id":7,"type":"Feature"}}"#),
        r#"{"type":"Feature","properties":{},"geometry":null}"#.to_owned(),
    ];
    format!(
        "\u{feff} {{ \"note\":{{\"features\":[1]}}, \"bbox\":[0,0,1,1], \"features\"\r\n: [ {} ]\t,\
         \"list\":[\"features\",\"]}}\"],\"type\":\"FeatureCollection\"}}\n",
        features.join(" ,\n")
    )
}

fn delimited() -> String {
    let separator = '\u{1e}';
    let all = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, feature(""));
    format!("{}\n{POINT}\r\n{separator}{}\n\n{all}{POINT}", feature(""), feature("\"id\":\"b\","))
}

#[test]
fn everything_the_standard_allows_is_read() {
    let (features, members) = read_text(&collection()).unwrap();
    let places: Vec<_> = features.iter().map(|feature| feature.place.as_str()).collect();
    assert_eq!(places, ["feature 1", "feature 2 `°\"\\`", "feature 3", "feature 4"]);
    assert_eq!(features[0].properties["a"], "}\"{");
    assert_eq!(features[3].shape, Shape::None);
    let Shape::Mixed(parts) = &features[2].shape else { panic!("{:?}", features[2].shape) };
    assert!(matches!(&parts[..], [Shape::Lines(_), Shape::Mixed(inner)] if inner.len() == 2));
    let keys: Vec<_> = members.keys().map(String::as_str).collect();
    assert_eq!(keys, ["note", "bbox", "list"]);
    let (features, _) = read_text(&delimited()).unwrap();
    assert_eq!(features.len(), 5);
    assert_eq!(features[2].place, "feature 3 `b`");
}

#[test]
fn it_does_not_matter_where_a_chunk_ends() {
    for text in [collection(), delimited()] {
        let whole = summary(&read_text(&text).unwrap());
        for bytes in 1..=text.len() {
            let stream = Stream::new("test", text.as_bytes()).in_chunks_of(bytes);
            assert_eq!(summary(&read(stream).unwrap()), whole, "chunks of {bytes} bytes");
        }
        for threads in [1, 2, 5] {
            let stream = Stream::new("test", text.as_bytes()).in_chunks_of(20).on_threads(threads);
            assert_eq!(summary(&read(stream).unwrap()), whole, "{threads} threads");
        }
    }
}

#[test]
fn a_text_may_break_off_anywhere() {
    let text = collection();
    for end in 0..text.trim_end().len() {
        for chunk in [7, 1 << 20] {
            let stream = Stream::new("test", &text.as_bytes()[..end]).in_chunks_of(chunk);
            let problems = read(stream).unwrap_err();
            assert_eq!(problems.all().len(), 1, "{end} bytes: {problems}");
        }
    }
    // One object after the other may end with any of them.
    let text = delimited();
    for end in 0..text.len() {
        match read(Stream::new("test", &text.as_bytes()[..end])) {
            Ok((features, _)) => assert!(!features.is_empty(), "{end} bytes"),
            Err(problems) => assert_eq!(problems.all().len(), 1, "{end} bytes: {problems}"),
        }
    }
}

#[test]
fn any_byte_may_be_wrong() {
    let text = collection();
    for at in 0..text.len() {
        for byte in *b"\x00\"\\{}],\xff" {
            let mut bytes = text.clone().into_bytes();
            bytes[at] = byte;
            // Some of these texts are still GeoJSON; none may cause a panic.
            let whole = read(Stream::new("test", &bytes[..]));
            let chunks = read(Stream::new("test", &bytes[..]).in_chunks_of(at + 1).on_threads(1));
            let text_of = |outcome: Result<Found, Problems>| {
                outcome.map(|found| summary(&found)).map_err(|problems| problems.to_string())
            };
            assert_eq!(text_of(whole), text_of(chunks), "byte {at} is {byte:?}");
        }
    }
}

#[test]
fn what_is_wrong_is_reported_with_its_place() {
    let with = |element: &str| {
        format!("{{\"type\":\"FeatureCollection\",\n\"features\":[\n{},\n{element}]}}", feature(""))
    };
    for (text, says) in [
        (with("{\"a\": tru}"), "line 4, column 10: not JSON: expected ident"),
        (with("{\"a\": 1"), "line 4, column 8: not JSON: expected `,` or `}`"),
        (with("[[80,45]]"), "feature 2: not a Feature: it is no object"),
        (with(""), "line 4, column 1: not JSON: trailing comma"),
        (with(POINT), "feature 2: not a Feature"),
        (with(&feature("")).replace("},\n{", "}\n{"), "line 4, column 1: not JSON: expected `,`"),
        (
            with(&feature("")).replace("\"features\"", "\"features\":[],\"features\""),
            "is there twice",
        ),
        (with(&feature("")) + "x", "line 4, column 97: not JSON: trailing characters"),
        (
            format!("{{\"type\":\"Topology\",\"features\":[{POINT}]}}"),
            "an object of type `Topology`",
        ),
        (format!("{{\"features\":[{}]}}", feature("")), "an object without a type"),
        ("{\"a\":1 \"features\":[]}".to_owned(), "line 1, column 8: not JSON: expected `,` or `}`"),
        (format!("{POINT}\n[]"), "line 2, column 1: not JSON: trailing characters"),
        (
            format!("{POINT}\n{{\"type\":\"Point\",\"coordinates\":[0,NaN]}}"),
            "line 2, column 34: not JSON: JSON has no NaN",
        ),
        (
            with(&feature("\"id\":\"c\",").replace("80,45", "80,1e300")),
            "feature 2 `c`: (80, 1e300)",
        ),
        (with(&feature("").replace("80,45", "80,1e999")), "number out of range"),
        (
            with(&feature("").replace("80,45", "80,045")),
            "line 4, column 91: not JSON: invalid number",
        ),
        ("\u{feff}".to_owned(), "the file is empty"),
        ("\u{1e}\n".to_owned(), "the file is empty"),
    ] {
        let message = message(&text);
        assert!(message.contains(says), "{text}\n{message}");
    }
    let mut bytes = with(&feature("")).into_bytes();
    let at = bytes.len() - 60;
    bytes[at] = 0xff;
    let problems = read(Stream::new("test", &bytes[..])).unwrap_err();
    assert_eq!(problems.all()[0].fault, Fault::NotUtf8 { offset: at });
}

#[test]
fn nesting_has_an_end_and_no_stack_overflows() {
    let deep = |times: usize| {
        let open = r#"{"type":"GeometryCollection","geometries":["#.repeat(times);
        format!("{open}{POINT}{}", "]}".repeat(times))
    };
    assert!(read_text(&deep(30)).is_ok());
    for text in [
        deep(100_000),
        format!("{}{}", r#"{"a":"#.repeat(100_000), "}".repeat(100_000)),
        format!(r#"{{"type":"FeatureCollection","features":[{}"#, "[".repeat(1_000_000)),
        format!(r#"{{"type":"Point","coordinates":{}"#, "[".repeat(1_000_000)),
    ] {
        let message = message(&text);
        assert!(message.contains("recursion limit") && message.len() < 300, "{message}");
    }
}

#[test]
fn of_a_key_that_stands_twice_the_last_counts() {
    let twice = r#"{"type":"Point","coordinates":[1,2],"coordinates":[80,45]}"#;
    let (features, _) = read_text(twice).unwrap();
    assert_eq!(features[0].shape, read_text(POINT).unwrap().0[0].shape);
    let text = feature("\"properties\":{\"a\":1},");
    assert_eq!(read_text(&text).unwrap().0[0].properties["a"], "}\"{");
}

#[test]
fn a_key_may_be_escaped() {
    let plain = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, feature(""));
    let escaped = plain.replacen("\"features\"", r#""\u0066eatures""#, 1).replacen(
        "\"coordinates\"",
        r#""co\u006frdinates""#,
        1,
    );
    assert_eq!(summary(&read_text(&escaped).unwrap()), summary(&read_text(&plain).unwrap()));
}

#[test]
fn only_wanted_properties_are_kept() {
    let text = r#"{"type":"Feature","properties":{"a":1,"b":{"a":2},"c":null},"geometry":null}"#;
    let crs = text.replacen(r#""type""#, r#""crs":null,"type""#, 1);
    for text in [text, &crs] {
        let wanted = Wanted::Only(vec!["c".to_owned(), "b".to_owned()]);
        let (features, _) = read(Stream::new("test", text.as_bytes()).wanting(wanted)).unwrap();
        let keys: Vec<_> = features[0].properties.keys().collect();
        assert_eq!(keys, ["b", "c"]);
    }
}

/// A long collection that is made as it is read.
struct Endless<'a> {
    left: usize,
    ready: Vec<u8>,
    read: &'a Cell<usize>,
}

impl Read for Endless<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.ready.is_empty() && self.left > 0 {
            self.left -= 1;
            let end = if self.left == 0 { "]}" } else { "," };
            self.ready = format!("{}{end}", feature("")).into_bytes();
        }
        let count = self.ready.len().min(buffer.len());
        buffer[..count].copy_from_slice(&self.ready[..count]);
        self.ready.drain(..count);
        self.read.set(self.read.get() + count);
        Ok(count)
    }
}

#[test]
fn no_more_is_read_ahead_than_the_limit() {
    const CHUNK: usize = 4096;
    let size = feature(",").len();
    for (threads, chunks) in [(1, 3), (2, 8)] {
        let read = Cell::new(0);
        let head = br#"{"type":"FeatureCollection","features":["#;
        let endless = Endless { left: 20_000, ready: head.to_vec(), read: &read };
        let stream = Stream::new("test", endless).in_chunks_of(CHUNK).on_threads(threads);
        let (mut taken, mut most) = (0, 0);
        stream
            .each(
                |_| Ok(()),
                |()| {
                    taken += 1;
                    most = most.max(read.get() - taken * size);
                },
            )
            .unwrap();
        assert_eq!(taken, 20_000);
        assert!(read.get() > 50 * chunks * CHUNK, "the text is much larger than that");
        assert!(most <= chunks * CHUNK, "{most} bytes read ahead on {threads} threads");
    }
}

#[test]
fn a_feature_larger_than_it_may_be_is_refused() {
    let line = format!(
        r#"{{"type":"LineString","coordinates":[[80,45]{}]}}"#,
        ",[80.5,45.5]".repeat(10_000)
    );
    let text = format!(r#"{{"type":"Feature","properties":null,"geometry":{line}}}"#);
    let text = format!(r#"{{"type":"FeatureCollection","features":[{},{text}]}}"#, feature(""));
    let stream = |most| Stream::new("test", text.as_bytes()).in_chunks_of(1000).up_to(most);
    assert_eq!(read(stream(1 << 20)).unwrap().0.len(), 2);
    let problems = read(stream(10_000)).unwrap_err();
    assert_eq!(problems.all()[0].fault, Fault::TooLarge { limit_bytes: 10_000 });
    assert!(problems.to_string().contains("feature 2: "), "{problems}");
}

#[test]
fn problems_beyond_a_thousand_are_not_collected() {
    let wrong = r#"{"type":"Point","coordinates":[80,145]}"#;
    let text = [wrong; 5000].join("\n");
    let problems = read(Stream::new("test", text.as_bytes()).in_chunks_of(500)).unwrap_err();
    assert_eq!(problems.all().len(), 1000);
}

#[test]
fn a_stream_that_fails_is_refused() {
    struct Failing;
    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the cable is out"))
        }
    }
    let input = feature("").into_bytes();
    let problems = read(Stream::new("test", (&input[..]).chain(Failing))).unwrap_err();
    assert!(problems.to_string().contains("the cable is out"), "{problems}");
}
