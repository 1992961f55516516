//! Parses features in their usual form, in one pass from text to coordinates.
//!
//! For everything unusual (an escaped or repeated key, a `crs`, an empty list of coordinates, an
//! open ring, anything wrong) the answer is `None`: then `general` reads, fixes or refuses the
//! feature. So no messages are made here, and a feature read here is the same as `general` would
//! read. One fix is made here as well: rings are sorted where a hole is not in its shell, because
//! that happens in very large features.

use std::borrow::Cow;

use geo::Coord;
use memchr::memchr;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::{Map, Value};

use super::Wanted;
use super::general::Found;
use super::number::number;
use crate::Shape;
use crate::fixes::FixKind;
use crate::sound::{arranged, is_frame, is_long, is_nothing, is_one_place};
use treatyline_geodesy::internal::check_position;

/// A feature as it was read.
#[derive(Debug, PartialEq)]
pub(super) struct Regular {
    pub id: Option<String>,
    pub shape: Shape,
    pub properties: Map<String, Value>,
    /// What was changed, with its place within the feature.
    pub found: Found,
}

/// How deep GeometryCollections may be nested; the standard advises against nesting at all.
const DEEPEST: usize = 32;

/// A Feature.
pub(super) fn feature(text: &str, wanted: &Wanted) -> Option<Regular> {
    let mut cursor = Cursor { text, at: 0, found: Found::new() };
    let (mut typed, mut id, mut shape, mut properties) = (false, None, None, None);
    cursor.object(|cursor, key| match key {
        "type" if !typed => {
            typed = true;
            (cursor.key()? == "Feature").then_some(())
        }
        "id" if id.is_none() => put(&mut id, cursor.value::<Value>()?),
        "geometry" if shape.is_none() => put(&mut shape, cursor.geometry_or_null()?),
        "properties" if properties.is_none() => put(&mut properties, cursor.properties(wanted)?),
        "bbox" => cursor.value::<Vec<f64>>().map(|_| ()),
        "type" | "id" | "geometry" | "properties" | "crs" => None,
        _ => cursor.value::<IgnoredAny>().map(|_| ()),
    })?;
    let id = match id {
        Some(Value::String(id)) => Some(id),
        None | Some(Value::Number(_)) => None,
        Some(_) => return None,
    };
    let sound = typed && cursor.is_at_end();
    let (properties, shape) = (properties.unwrap_or_default(), shape?);
    let found = with_nothing(cursor.found, &shape);
    sound.then_some(Regular { id, shape, properties, found })
}

/// A bare geometry.
pub(super) fn geometry(text: &str) -> Option<(Shape, Found)> {
    let mut cursor = Cursor { text, at: 0, found: Found::new() };
    let shape = cursor.geometry(0)?;
    let is_at_end = cursor.is_at_end();
    let found = with_nothing(cursor.found, &shape);
    is_at_end.then_some((shape, found))
}

/// What was changed, and that there is no geometry if so.
fn with_nothing(mut found: Found, shape: &Shape) -> Found {
    if found.is_empty() && is_nothing(shape) {
        found.push((FixKind::NoGeometry, String::new()));
    }
    found
}

fn put<T>(place: &mut Option<T>, value: T) -> Option<()> {
    *place = Some(value);
    Some(())
}

/// Coordinates by how many lists they lie in.
enum Nested {
    Position(Coord),
    Positions(Vec<Coord>),
    Lists(Vec<Vec<Coord>>),
    Polygons(Vec<Vec<Vec<Coord>>>),
}

struct Cursor<'a> {
    text: &'a str,
    at: usize,
    found: Found,
}

impl<'a> Cursor<'a> {
    fn rest(&self) -> &'a [u8] {
        &self.text.as_bytes()[self.at..]
    }

    /// The next byte that is no white space.
    #[inline(always)]
    fn peek(&mut self) -> Option<u8> {
        loop {
            match *self.text.as_bytes().get(self.at)? {
                b' ' | b'\n' | b'\r' | b'\t' => self.at += 1,
                byte => return Some(byte),
            }
        }
    }

    /// Steps over a byte if it comes next.
    #[inline(always)]
    fn comes(&mut self, byte: u8) -> bool {
        let comes = self.peek() == Some(byte);
        self.at += usize::from(comes);
        comes
    }

    #[inline(always)]
    fn must(&mut self, byte: u8) -> Option<()> {
        self.comes(byte).then_some(())
    }

    fn is_at_end(&mut self) -> bool {
        self.peek().is_none()
    }

    /// Calls `each` with every key, with the cursor before its value.
    fn object(&mut self, mut each: impl FnMut(&mut Self, &str) -> Option<()>) -> Option<()> {
        self.must(b'{')?;
        if self.comes(b'}') {
            return Some(());
        }
        loop {
            let key = self.key()?;
            self.must(b':')?;
            each(self, &key)?;
            if !self.comes(b',') {
                return self.must(b'}');
            }
        }
    }

    /// A key, or a word that is a value.
    fn key(&mut self) -> Option<Cow<'a, str>> {
        if self.peek()? != b'"' {
            return None;
        }
        let begin = self.at + 1;
        let end = begin + memchr(b'"', &self.text.as_bytes()[begin..])?;
        let word = self.text.get(begin..end)?;
        if word.bytes().any(|byte| byte == b'\\' || byte < b' ') {
            return self.value::<String>().map(Cow::Owned);
        }
        self.at = end + 1;
        Some(Cow::Borrowed(word))
    }

    /// A value of which nothing is special.
    fn value<T: DeserializeOwned>(&mut self) -> Option<T> {
        let mut values = serde_json::Deserializer::from_str(&self.text[self.at..]).into_iter();
        let value = values.next()?.ok()?;
        self.at += values.byte_offset();
        Some(value)
    }

    fn properties(&mut self, wanted: &Wanted) -> Option<Map<String, Value>> {
        if self.peek()? != b'{' {
            return self.value::<Option<Map<String, Value>>>().map(Option::unwrap_or_default);
        }
        let Wanted::Only(names) = wanted else { return self.value() };
        let mut properties = Map::new();
        self.object(|cursor, key| {
            if names.iter().any(|name| name == key) {
                properties.insert(key.to_owned(), cursor.value()?);
            } else {
                cursor.value::<IgnoredAny>()?;
            }
            Some(())
        })?;
        Some(properties)
    }

    fn geometry_or_null(&mut self) -> Option<Shape> {
        match self.peek()? {
            b'{' => self.geometry(0),
            _ => self.value::<()>().map(|()| Shape::None),
        }
    }

    fn geometry(&mut self, depth: usize) -> Option<Shape> {
        let (mut kind, mut coordinates, mut parts) = (None, None, None);
        self.object(|cursor, key| match key {
            "type" if kind.is_none() => put(&mut kind, cursor.key()?),
            "coordinates" if coordinates.is_none() => put(&mut coordinates, cursor.nested()?),
            "geometries" if parts.is_none() && depth < DEEPEST => {
                put(&mut parts, cursor.list(|cursor| cursor.geometry(depth + 1))?)
            }
            "bbox" => cursor.value::<Vec<f64>>().map(|_| ()),
            "type" | "coordinates" | "geometries" | "crs" => None,
            _ => cursor.value::<IgnoredAny>().map(|_| ()),
        })?;
        shape(&kind?, coordinates, parts, &mut self.found)
    }

    fn nested(&mut self) -> Option<Nested> {
        Some(match self.brackets()? {
            1 => Nested::Position(self.position()?),
            2 => Nested::Positions(self.list(Self::position)?),
            3 => Nested::Lists(self.list(|cursor| cursor.list(Self::position))?),
            4 => Nested::Polygons(
                self.list(|cursor| cursor.list(|cursor| cursor.list(Self::position)))?,
            ),
            _ => return None,
        })
    }

    /// How many brackets open before the first number.
    fn brackets(&self) -> Option<usize> {
        let blank = |byte: &u8| matches!(byte, b' ' | b'\n' | b'\r' | b'\t');
        let mut next = self.rest().iter().filter(|byte| !blank(byte));
        let count = next.by_ref().take(5).take_while(|byte| **byte == b'[').count();
        (1..=4).contains(&count).then_some(count)
    }

    fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        self.must(b'[')?;
        let mut items = Vec::new();
        if self.comes(b']') {
            return Some(items);
        }
        loop {
            items.push(item(self)?);
            if !self.comes(b',') {
                self.must(b']')?;
                return Some(items);
            }
        }
    }

    /// Two numbers or more, and a place on the Earth.
    #[inline(always)]
    fn position(&mut self) -> Option<Coord> {
        self.must(b'[')?;
        let x = self.number()?;
        self.must(b',')?;
        let y = self.number()?;
        while self.comes(b',') {
            self.number()?;
        }
        self.must(b']')?;
        let position = Coord { x, y };
        check_position(position).ok().map(|()| position)
    }

    #[inline(always)]
    fn number(&mut self) -> Option<f64> {
        self.peek()?;
        let (value, taken) = number(self.rest())?;
        self.at += taken;
        Some(value)
    }
}

fn shape(
    kind: &str,
    coordinates: Option<Nested>,
    parts: Option<Vec<Shape>>,
    found: &mut Found,
) -> Option<Shape> {
    Some(match (kind, coordinates, parts) {
        ("Point", Some(Nested::Position(at)), None) => Shape::Point(at),
        ("MultiPoint", Some(Nested::Positions(points)), None) => Shape::Points(points),
        ("LineString", Some(Nested::Positions(line)), None) => lines(vec![line])?,
        ("MultiLineString", Some(Nested::Lists(parts)), None) => lines(parts)?,
        ("Polygon", Some(Nested::Lists(rings)), None) => polygons(vec![rings], found)?,
        ("MultiPolygon", Some(Nested::Polygons(parts)), None) => polygons(parts, found)?,
        ("GeometryCollection", None, Some(shapes)) => Shape::Mixed(shapes),
        _ => return None,
    })
}

/// Lines that clearly have a length.
fn lines(parts: Vec<Vec<Coord>>) -> Option<Shape> {
    let has_length = |line: &Vec<Coord>| matches!(line[..], [a, b, ..] if !is_one_place(a, b));
    parts.iter().all(has_length).then_some(Shape::Lines(parts))
}

/// Polygons of closed rings that clearly have an inside, sorted where holes are not in
/// their shell.
fn polygons(parts: Vec<Vec<Vec<Coord>>>, found: &mut Found) -> Option<Shape> {
    let is_ring = |ring: &Vec<Coord>| matches!(ring[..], [a, b, c, .., z] if a == z && a != b && b != c && c != a);
    let whole = parts.len();
    let is_good = |rings: &Vec<Vec<Coord>>| {
        !rings.is_empty()
            && rings
                .iter()
                .all(|ring| is_ring(ring) && !is_frame(ring) && !ring.windows(2).any(is_long))
    };
    if !parts.iter().all(is_good) {
        return None;
    }
    let numbered = parts.into_iter().enumerate();
    let polygons = arranged(numbered, whole, &mut |kind, within| found.push((kind, within)));
    Some(Shape::Polygons(polygons))
}
