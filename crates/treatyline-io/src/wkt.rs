//! Well-known text: one geometry to a line, as databases print them. A geometry may also
//! run over several lines and end with a semicolon; `SRID=4326;` may come before it. Comments
//! are left out: those up to the end of a line, and those in the style of C.

mod comments;

use std::str::FromStr;

use serde_json::Map;
use wkt::Wkt;

use super::Collection;
use super::curves::ArcGeometry;
use super::fixes::FixKind;
use super::gather::{Gather, Raw, System};
use super::input::Loaded;
use super::sound::close;
use super::traits::raw;
use super::wkb;
use crate::problem::{Fault, Problem, Problems};

/// No geometry is nested deeper. The parser descends without a limit, and a text of a
/// hundred thousand brackets would overflow its stack.
const DEEPEST: usize = 32;

pub(super) fn read(loaded: &Loaded) -> Result<Collection, Problems> {
    let mut gather = Gather::new(loaded);
    let text = loaded.text()?;
    let text = comments::left_out(&text).map_err(|(place, message)| {
        loaded.problem(place, Fault::Syntax { message: message.to_owned() })
    })?;
    for text in geometries(&text) {
        let found = geometry(text, &mut gather)?;
        gather.add(None, found, Map::new())?;
    }
    gather.finish(Map::new())
}

/// Reads one geometry, with or without its system before it. An empty text is none.
///
/// # Errors
/// The system that it is in; in the inner result, what is wrong with it.
pub(super) fn geometry(text: &str, gather: &mut Gather) -> Result<Result<Raw, Fault>, Problem> {
    let mut text = text.trim();
    let mut system = None;
    if let (Some(stated), Some((_, rest))) = (srid(text), text.split_once(';')) {
        system = Some(stated.parse().map_or(System::Unstated, System::epsg));
        text = rest.trim();
    }
    if let Some(bytes) = binary(text) {
        let found = wkb::raw(&bytes);
        if let Ok((Some(number), _)) = found {
            system = Some(System::epsg(number));
        }
        set(system, gather)?;
        return Ok(found.map(|(_, raw)| raw));
    }
    set(system, gather)?;
    if text.is_empty() {
        return Ok(Ok(Raw::None));
    }
    if let Some(curve) = ArcGeometry::in_text(text) {
        return Ok(Err(Fault::ArcGeometry(curve)));
    }
    Ok(match parsed(text) {
        Ok(geometry) => match raw(&geometry) {
            Ok(Raw::Lines(mut lines)) if is_ring(text) => {
                if lines.iter_mut().any(close) {
                    gather.fix(FixKind::RingClosed, gather.place(None), None);
                }
                Ok(Raw::Lines(lines))
            }
            other => other,
        },
        Err(message) => Err(Fault::Syntax { message: format!("not WKT: {message}") }),
    })
}

/// Sets the system that a geometry states, or else that of the format.
fn set(stated: Option<System>, gather: &mut Gather) -> Result<(), Problem> {
    match stated {
        Some(system) => gather.system(&gather.place(None), &system),
        None => gather.system_by_convention(),
    }
}

/// Well-known binary in hexadecimal digits, as databases write it where nothing else is asked
/// for.
fn binary(text: &str) -> Option<Vec<u8>> {
    let digits = text.strip_prefix("\\x").unwrap_or(text);
    if digits.len() <= 16 || !digits.len().is_multiple_of(2) || !digits.starts_with('0') {
        return None;
    }
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pairs = digits.as_bytes().chunks_exact(2);
    pairs.map(|pair| Some(digit(pair[0])? << 4 | digit(pair[1])?)).collect()
}

/// Whether a geometry is a ring that is used as a line.
fn is_ring(text: &str) -> bool {
    text.get(..10).is_some_and(|word| word.eq_ignore_ascii_case("LINEARRING"))
}

/// The number of the coordinate system, given before a geometry.
fn srid(text: &str) -> Option<&str> {
    let begins = text.get(..5)?.eq_ignore_ascii_case("SRID=");
    begins.then(|| text[5..].split(';').next().unwrap_or_default().trim())
}

fn parsed(text: &str) -> Result<Wkt<f64>, String> {
    // The parser would stop at a zero byte without an error.
    if text.contains('\0') {
        return Err("there is a NUL in it".to_owned());
    }
    let mut depth = 0_usize;
    let mut end = None;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ => continue,
        }
        if depth > DEEPEST {
            return Err(format!("brackets within brackets, more than {DEEPEST} deep"));
        }
        end = end.or((depth == 0).then_some(at + 1));
    }
    if depth > 0 {
        return Err("it breaks off within brackets".to_owned());
    }
    // The parser stops at the end of the first geometry and leaves out what follows.
    let head = text.split('(').next().unwrap_or_default();
    let empty = head.to_uppercase().contains("EMPTY").then_some(head.trim_end().len());
    if empty.or(end).is_some_and(|end| end < text.len()) {
        return Err("something follows the geometry; let each begin a line".to_owned());
    }
    let found = Wkt::from_str(text)
        .or_else(|message| Wkt::from_str(&without_heights(text)).map_err(|_| message.to_owned()));
    found.map_err(|message| too_long(text).unwrap_or(message))
}

/// What is wrong if a position has more than four numbers.
fn too_long(text: &str) -> Option<String> {
    let positions = text.split(['(', ')', ',']);
    let numbers = |piece: &str| {
        let words = piece.split_ascii_whitespace();
        let all: Option<Vec<f64>> = words.map(|word| word.parse().ok()).collect();
        all.map_or(0, |all| all.len())
    };
    let long = positions.into_iter().find(|piece| numbers(piece) > 4)?;
    let (at, count) = (long.trim(), numbers(long));
    let at = crate::words::shortened(at, 80);
    Some(format!(
        "`{at}` has {count} numbers, and a position has x and y, a height and a measure at most: \
         put a comma between positions"
    ))
}

/// The text without the third and fourth numbers of positions that no Z or M announces.
/// PostGIS, JTS and older versions of GDAL write heights in this way.
fn without_heights(text: &str) -> String {
    let (mut kept, mut is_announced) = (String::with_capacity(text.len()), false);
    for piece in text.split_inclusive(['(', ')', ',']) {
        let (inner, end) = piece.split_at(piece.trim_end_matches(['(', ')', ',']).len());
        let words: Vec<&str> = inner.split_ascii_whitespace().collect();
        let is_position = words.iter().all(|word| word.parse::<f64>().is_ok());
        if let Some(last) = words.last().filter(|_| !is_position) {
            is_announced = last.ends_with(['Z', 'z', 'M', 'm']);
        }
        match words[..] {
            [x, y, _] | [x, y, _, _] if is_position && !is_announced => {
                kept.push_str(x);
                kept.push(' ');
                kept.push_str(y);
            }
            _ => kept.push_str(inner),
        }
        kept.push_str(end);
    }
    kept
}

/// The text cut at the ends of lines and at semicolons that lie outside of brackets; empty
/// lines left out.
fn geometries(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut depth = 0_i64;
        // The semicolon after a system does not end the geometry.
        let mut before = usize::from(srid(rest.trim_start()).is_some());
        let end = rest.bytes().position(|byte| {
            depth += i64::from(byte == b'(') - i64::from(byte == b')');
            let semicolon = byte == b';';
            let ends = depth <= 0 && (byte == b'\n' || semicolon && before == 0);
            before -= usize::from(semicolon && before > 0);
            ends
        });
        let (one, after) = rest.split_at(end.map_or(rest.len(), |end| end + 1));
        rest = after;
        Some(one.trim().trim_end_matches(';').trim_end())
    })
    .filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Input, Shape};
    use geo::Coord;

    fn shapes(text: &str) -> Result<Vec<Shape>, Problems> {
        let loaded = Input::bytes("test.wkt", text.as_bytes()).load()?;
        Ok(read(&loaded)?.features.into_iter().map(|feature| feature.shape).collect())
    }

    #[test]
    fn a_position_of_five_numbers_is_named() {
        let text = "POINT(1 2)\nLINESTRING(80 45 1 2 3, 81 45 1 2 3)";
        let message = shapes(text).unwrap_err().to_string();
        assert!(message.contains("`80 45 1 2 3` has 5 numbers"), "{message}");
        assert!(message.contains("feature 2") && message.contains("put a comma"), "{message}");
        assert!(shapes("LINESTRING(80 45 1 2, 81 45 1 2)").is_ok());
    }

    #[test]
    fn every_kind_of_geometry_is_read() {
        let text = "\
            # a remark\n\
            SRID=4326;LINESTRING Z (80 45 1, 80 46 2)\n\n\
            POLYGON((0 0, 1 0,\n 1 1, 0 0))\r\n\
            POINT EMPTY\n\
            MULTIPOINT(1 2, 3 4)\n\
            GEOMETRYCOLLECTION(POINT(1 2), LINESTRING EMPTY)";
        let found = shapes(text).unwrap();
        let (low, high) = (Coord { x: 80.0, y: 45.0 }, Coord { x: 80.0, y: 46.0 });
        assert_eq!(found[0], Shape::Lines(vec![vec![low, high]]));
        assert!(matches!(&found[1], Shape::Polygons(polygons) if polygons.len() == 1));
        assert_eq!(found[2], Shape::None);
        assert!(matches!(&found[3], Shape::Points(points) if points.len() == 2));
        let one = Shape::Point(Coord { x: 1.0, y: 2.0 });
        assert_eq!(found[4], Shape::Mixed(vec![one]));
    }

    #[test]
    fn heights_that_nothing_announces_are_read() {
        let plain = "LINESTRING(80 45, 80 46)";
        for text in [
            "LINESTRING(80 45 1,80 46 2)",
            "linestring (80 45 1 5, 80 46 -2e3 6)",
            "LINESTRING(80 45 1, 80 46)",
            "SRID=4326;LINESTRING(80 45 1,80 46 nan)",
        ] {
            assert_eq!(shapes(text).unwrap(), shapes(plain).unwrap(), "{text}");
        }
        let plain = "GEOMETRYCOLLECTION(POINT Z (1 2 3), POLYGON((0 0, 1 0, 1 1, 0 0)))";
        let text = "GEOMETRYCOLLECTION(POINT Z (1 2 3), POLYGON((0 0 5, 1 0 5, 1 1 5, 0 0 5)))";
        assert_eq!(shapes(text).unwrap(), shapes(plain).unwrap());
        assert_eq!(shapes("MULTIPOINT((1 2 3), (4 5 6))").unwrap().len(), 1);
    }

    #[test]
    fn comments_are_left_out() {
        let plain = shapes("LINESTRING(80 45, 80 46)\nPOINT(1 2)").unwrap();
        for text in [
            "/* two;\n lines ( */ LINESTRING(80 45, 80 46) // the first\nPOINT(1 2) -- it's (\n",
            "# /* no beginning\nLINESTRING(80 45, /* within */ 80 46);POINT(1 2)/**/",
            "  -- one; two\nLINESTRING(80 45,\n# within\n80 46)\n/* /* */POINT(1 2) # */",
        ] {
            assert_eq!(shapes(text).unwrap(), plain, "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        let deep = "GEOMETRYCOLLECTION(".repeat(100_000);
        for (text, says) in [
            ("POINT(80 45)\nLINESTRING(80 45, 580 46)", "feature 2, vertex 2: (580, 46)"),
            ("LINESTRING(80 45, 80", "not WKT: it breaks off"),
            ("LINESTRING(80 45, 80 x)", "not WKT"),
            ("POINT(nan 45)", "not"),
            ("SRID=x;POINT(80 45)", "does not say which"),
            ("POINT(1 2) POINT(3 4)", "something follows the geometry"),
            ("POINT EMPTY POINT(3 4)", "something follows the geometry"),
            ("POINT(1 2)\0", "NUL"),
            ("POINT(1 2)\n/* a /* b */ c */\n", "line 2, column 16: `*/` ends no comment"),
            ("POINT(1 2)\n\n POINT(3 4) /* a", "line 3, column 13: the comment that begins here"),
            ("LINESTRING(80 45 1, 81 45 2 3 4)", "not WKT"),
            ("LINESTRING Z (80 45 1, 81 45)", "not WKT"),
            ("LINESTRING(80 45 x, 81 45 x)", "not WKT"),
            (&deep, "more than 32 deep"),
        ] {
            let message = shapes(text).unwrap_err().to_string();
            assert!(message.contains(says), "{says}: {message}");
        }
    }
}
