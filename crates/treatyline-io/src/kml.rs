//! KML (OGC 12-007r2) and KMZ, its links followed within the archive. Longitude and latitude on WGS
//! 84 by definition.
//!
//! A Placemark is a feature; its name, description, times and ExtendedData are its
//! properties, numbers where a Schema says so. The Folder it lies in, or the Document in a
//! Document, is its property `layer`. Read event by event with `quick-xml`, not with the crate
//! `kml`, whose tree overflows the stack where thousands of folders are nested, and which has no
//! types for ExtendedData.

mod links;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use geo::Coord;
use quick_xml::events::{BytesStart, Event};
use serde_json::{Map, Value};

use super::fixes::FixKind;
use super::gather::{Gather, Raw};
use super::input::Loaded;
use super::sound::close;
use super::{Collection, Format};
use crate::problem::{Fault, Problems};
use links::Link;

pub(super) fn read(loaded: &Loaded) -> Result<Collection, Problems> {
    Reading::new(loaded).all()
}

/// No real file is nested deeper than this.
const DEEPEST: usize = 100;

/// A Placemark as it is read.
#[derive(Default)]
struct Placemark {
    id: Option<String>,
    properties: Map<String, Value>,
    /// Geometries that have begun, outermost first: each with its parts.
    open: Vec<Vec<Raw>>,
    /// Those that have ended.
    done: Vec<Raw>,
    /// The rings of the polygon that is being read, if one is.
    rings: Option<Vec<Vec<Coord>>>,
    /// The positions of the track that is being read.
    track: Vec<Coord>,
    /// How many models it has.
    models: usize,
    /// How many rings, of no polygon, were open.
    closed: usize,
    fault: Option<Fault>,
}

struct Reading<'a> {
    loaded: &'a Loaded,
    gather: Gather<'a>,
    /// The elements that have begun.
    path: Vec<String>,
    /// The text of the innermost one.
    text: String,
    /// The folders that have begun, by name once that is known.
    folders: Vec<Option<String>>,
    placemark: Option<Placemark>,
    /// The types of the fields of each Schema, by its id and the field's name.
    schemas: BTreeMap<(String, String), String>,
    schema: String,
    /// The name of the datum that is being read.
    field: String,
    layers: BTreeSet<String>,
    title: Option<String>,
    /// The link that is being read.
    link: Option<Link>,
    links: VecDeque<Link>,
    /// The folder, within the archive, of the file that is being read.
    base: String,
    /// The first link that was not followed, and why.
    unfollowed: Option<String>,
    features: usize,
}

impl<'a> Reading<'a> {
    fn new(loaded: &'a Loaded) -> Self {
        Self {
            loaded,
            gather: Gather::new(loaded),
            path: Vec::new(),
            text: String::new(),
            folders: Vec::new(),
            placemark: None,
            schemas: BTreeMap::new(),
            schema: String::new(),
            field: String::new(),
            layers: BTreeSet::new(),
            title: None,
            link: None,
            links: VecDeque::new(),
            base: String::new(),
            unfollowed: None,
            features: 0,
        }
    }

    fn all(mut self) -> Result<Collection, Problems> {
        self.document(&self.loaded.text()?, "")?;
        self.follow()?;
        if let Some(layer) = self.loaded.input.layer.as_ref().filter(|l| !self.layers.contains(*l))
        {
            let known = self.layers.into_iter().collect();
            let fault = Fault::NoLayer { name: layer.clone(), known };
            return Err(self.loaded.problem("", fault).into());
        }
        if let (0, Some(href)) = (self.features, &self.unfollowed) {
            let what = format!("nothing but a link to {href}");
            let fault =
                Fault::Foreign { what, hint: "name the file that it leads to, or another one" };
            return Err(self.loaded.problem("", fault).into());
        }
        let title = self.title.map(|title| ("title".to_owned(), title.into()));
        self.gather.finish(title.into_iter().collect())
    }

    /// Reads a text; messages call it by its file, if it is not the first one.
    fn document(&mut self, text: &str, file: &str) -> Result<(), Problems> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = quick_xml::Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        loop {
            let event = reader.read_event();
            let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            let broken = |message: String| {
                let line = text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count();
                let between = if file.is_empty() { "" } else { ", " };
                let place = format!("{file}{between}line {}", line + 1);
                let message = format!("not KML: {message}");
                self.loaded.problem(place, Fault::Syntax { message })
            };
            match event.map_err(|error| broken(error.to_string()))? {
                Event::Start(start) => {
                    if self.path.is_empty() && start.local_name().as_ref() != b"kml" {
                        let root = start.local_name();
                        let root = String::from_utf8_lossy(root.as_ref()).into_owned();
                        return Err(self.loaded.problem(file, other_root(&root)).into());
                    }
                    if self.path.len() >= DEEPEST {
                        let what = format!("elements within elements, more than {DEEPEST} deep");
                        return Err(broken(what).into());
                    }
                    self.begin(&start);
                }
                Event::End(_) => self.end()?,
                Event::Text(text) => {
                    let text = text.xml_content().unwrap_or_default();
                    if self.path.is_empty() && !text.trim().is_empty() {
                        return Err(broken("there is text outside of its root".to_owned()).into());
                    }
                    self.text.push_str(&text);
                }
                Event::CData(text) => self.text.push_str(&text.decode().unwrap_or_default()),
                Event::GeneralRef(entity) => {
                    let name = entity.decode().unwrap_or_default();
                    let named = quick_xml::escape::resolve_predefined_entity(&name);
                    match (entity.resolve_char_ref(), named) {
                        (Ok(Some(c)), _) => self.text.push(c),
                        (_, Some(text)) => self.text.push_str(text),
                        _ => return Err(broken(format!("unknown entity `{name}`")).into()),
                    }
                }
                Event::Eof if self.path.is_empty() => return Ok(()),
                Event::Eof => {
                    let what = format!("KML, it ends within `{}`", self.path.join("/"));
                    return Err(self.loaded.problem(file, Fault::BreaksOff { what }).into());
                }
                _ => {}
            }
        }
    }

    fn begin(&mut self, start: &BytesStart) {
        let name = String::from_utf8_lossy(start.local_name().as_ref()).into_owned();
        let attribute = |key: &str| {
            let found = start.try_get_attribute(key).ok().flatten()?;
            Some(found.unescape_value().ok()?.into_owned())
        };
        let is_layer = self.is_layer(&name);
        match (name.as_str(), &mut self.placemark) {
            (_, None) if is_layer => self.folders.push(None),
            ("Placemark", None) => {
                self.placemark = Some(Placemark { id: attribute("id"), ..Placemark::default() });
            }
            ("NetworkLink", None) => {
                self.link = Some(Link { base: self.base.clone(), ..Link::default() });
            }
            ("GroundOverlay" | "PhotoOverlay", None) => {
                self.gather.fix(FixKind::OverlayLeftOut, "", None);
            }
            ("Schema", None) => self.schema = attribute("id").unwrap_or_default(),
            ("SimpleField", None) => {
                let field = (self.schema.clone(), attribute("name").unwrap_or_default());
                self.schemas.insert(field, attribute("type").unwrap_or_default());
            }
            ("SchemaData", Some(_)) => {
                let url = attribute("schemaUrl").unwrap_or_default();
                self.schema = url.rsplit('#').next().unwrap_or_default().to_owned();
            }
            ("Data" | "SimpleData", Some(_)) => {
                self.field = attribute("name").unwrap_or_default();
            }
            (name, Some(placemark)) => placemark.begin(name),
            _ => {}
        }
        self.path.push(name);
        self.text.clear();
    }

    fn end(&mut self) -> Result<(), Problems> {
        let name = self.path.pop().unwrap_or_default();
        let text = std::mem::take(&mut self.text);
        let text = text.trim();
        let parent = self.path.last().map(String::as_str).unwrap_or_default();
        match (name.as_str(), parent) {
            ("name", parent) if self.is_layer_named(parent) => {
                if let Some(folder) = self.folders.last_mut() {
                    *folder = Some(text.to_owned());
                    self.layers.insert(text.to_owned());
                }
            }
            ("name", "NetworkLink") => {
                if let Some(link) = &mut self.link {
                    link.name = Some(text.to_owned());
                }
            }
            ("href", "Link" | "Url") => {
                if let Some(link) = &mut self.link {
                    text.clone_into(&mut link.href);
                }
            }
            ("NetworkLink", _) => self.links.extend(self.link.take()),
            ("name", "Document") => {
                self.title.get_or_insert_with(|| text.to_owned());
            }
            (name, _) if self.placemark.is_none() && self.is_layer(name) => {
                self.folders.pop();
            }
            ("Placemark", _) => {
                if let Some(placemark) = self.placemark.take() {
                    self.finish(placemark)?;
                }
            }
            (name, parent) => {
                let kind = self.schemas.get(&(self.schema.clone(), self.field.clone()));
                if let Some(placemark) = &mut self.placemark {
                    let kind = kind.map(String::as_str).unwrap_or_default();
                    placemark.end(name, parent, text, &self.field, kind);
                }
            }
        }
        Ok(())
    }

    /// Whether an element that begins or has ended here is a layer: a Folder, or a Document
    /// in another one, as GDAL writes them.
    fn is_layer(&self, name: &str) -> bool {
        name == "Folder" || (name == "Document" && self.path.len() > 1)
    }

    /// Whether the innermost element that is open is one.
    fn is_layer_named(&self, name: &str) -> bool {
        name == "Folder" || (name == "Document" && self.path.len() > 2)
    }

    fn finish(&mut self, placemark: Placemark) -> Result<(), Problems> {
        let folder = self.folders.iter().rev().flatten().next();
        let wanted = self.loaded.input.layer.as_ref();
        if wanted.is_some_and(|wanted| !self.folders.iter().flatten().any(|name| name == wanted)) {
            return Ok(());
        }
        self.features += 1;
        let Placemark { id, mut properties, mut done, models, closed, fault, .. } = placemark;
        if let (Some(folder), false) = (folder, properties.contains_key("layer")) {
            properties.insert("layer".to_owned(), folder.clone().into());
        }
        if models > 0 {
            let is_all = done.is_empty() && fault.is_none();
            self.gather.left_out(FixKind::ModelLeftOut, models, id.as_deref(), &properties, is_all);
            if is_all {
                return Ok(());
            }
        }
        if closed > 0 {
            self.gather.left_out(FixKind::RingClosed, closed, id.as_deref(), &properties, false);
        }
        let raw = if done.len() > 1 { together(done) } else { done.pop().unwrap_or(Raw::None) };
        self.gather.add(id, fault.map_or(Ok(raw), Err), properties)
    }
}

impl Placemark {
    fn begin(&mut self, name: &str) {
        match name {
            "MultiGeometry" | "MultiTrack" => self.open.push(Vec::new()),
            "Polygon" => self.rings = Some(Vec::new()),
            "Track" => self.track.clear(),
            "Model" => self.models += 1,
            _ => {}
        }
    }

    fn end(&mut self, name: &str, parent: &str, text: &str, field: &str, kind: &str) {
        match (name, parent) {
            ("coordinates", _) => match coordinates(text) {
                Ok(path) => self.path(path, parent),
                Err(fault) => self.fault = Some(fault),
            },
            ("Polygon", _) => {
                let rings = self.rings.take().unwrap_or_default();
                self.part(Raw::Polygons(vec![rings]));
            }
            ("coord", "Track") => match coord(text) {
                Ok(at) => self.track.push(at),
                Err(fault) => self.fault = Some(fault),
            },
            ("Track", _) => {
                let track = std::mem::take(&mut self.track);
                self.part(Raw::Lines(vec![track]));
            }
            ("MultiGeometry" | "MultiTrack", _) => {
                if let Some(parts) = self.open.pop() {
                    self.part(together(parts));
                }
            }
            ("value", "Data") => self.set(field, text.into()),
            ("SimpleData", _) => self.set(field, typed(text, kind)),
            ("name" | "description" | "address", "Placemark") => self.set(name, text.into()),
            ("when", "TimeStamp") | ("begin" | "end", "TimeSpan") => self.set(name, text.into()),
            _ => {}
        }
    }

    fn set(&mut self, name: &str, value: Value) {
        self.properties.insert(name.to_owned(), value);
    }

    fn path(&mut self, mut path: Vec<Coord>, element: &str) {
        match element {
            "Point" => {
                let raw =
                    if path.len() == 1 { Raw::Point(path.remove(0)) } else { Raw::Points(path) };
                self.part(raw);
            }
            "LineString" => self.part(Raw::Lines(vec![path])),
            // A ring is that of a polygon, unless it is alone.
            "LinearRing" => match &mut self.rings {
                Some(rings) => rings.push(path),
                None => {
                    self.closed += usize::from(close(&mut path));
                    self.part(Raw::Lines(vec![path]));
                }
            },
            _ => {}
        }
    }

    fn part(&mut self, raw: Raw) {
        match self.open.last_mut() {
            Some(parts) => parts.push(raw),
            None => self.done.push(raw),
        }
    }
}

/// The parts of a MultiGeometry: of one kind as that kind, otherwise mixed.
fn together(parts: Vec<Raw>) -> Raw {
    let all = |is: fn(&Raw) -> bool| !parts.is_empty() && parts.iter().all(is);
    if all(|part| matches!(part, Raw::Point(_))) {
        let point = |part| if let Raw::Point(at) = part { Some(at) } else { None };
        return Raw::Points(parts.into_iter().filter_map(point).collect());
    }
    if all(|part| matches!(part, Raw::Lines(_))) {
        let lines = |part| if let Raw::Lines(lines) = part { lines } else { Vec::new() };
        return Raw::Lines(parts.into_iter().flat_map(lines).collect());
    }
    if all(|part| matches!(part, Raw::Polygons(_))) {
        let polygons = |part| if let Raw::Polygons(each) = part { each } else { Vec::new() };
        return Raw::Polygons(parts.into_iter().flat_map(polygons).collect());
    }
    // Among other kinds, too, a country's polygons are those of one.
    let is_area = |part: &Raw| matches!(part, Raw::Polygons(_));
    let (areas, mut others): (Vec<Raw>, Vec<Raw>) = parts.into_iter().partition(is_area);
    if !areas.is_empty() {
        others.push(together(areas));
    }
    Raw::Mixed(others)
}

/// A position of a track: longitude, latitude and perhaps height, separated by white space.
fn coord(text: &str) -> Result<Coord, Fault> {
    let mut numbers = text.split_ascii_whitespace().map(str::parse::<f64>);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(x)), Some(Ok(y))) => Ok(Coord { x, y }),
        _ => Err(Fault::Syntax { message: format!("`{text}` is no longitude and latitude") }),
    }
}

/// Tuples separated by white space, their numbers by commas. White space around commas is ignored
/// where the tuples make no sense otherwise.
fn coordinates(text: &str) -> Result<Vec<Coord>, Fault> {
    tuples(text.split_ascii_whitespace()).or_else(|fault| {
        let mut joined: Vec<String> = Vec::new();
        for part in text.split_ascii_whitespace() {
            match joined.last_mut() {
                Some(last) if last.ends_with(',') || part.starts_with(',') => last.push_str(part),
                _ => joined.push(part.to_owned()),
            }
        }
        tuples(joined.iter().map(String::as_str)).map_err(|_| fault)
    })
}

fn tuples<'a>(texts: impl Iterator<Item = &'a str>) -> Result<Vec<Coord>, Fault> {
    let tuple = |(i, tuple): (usize, &str)| {
        let wrong = |what: &str| {
            Err(Fault::Syntax { message: format!("vertex {}: `{tuple}` {what}", i + 1) })
        };
        let mut numbers = tuple.split(',').map(str::parse::<f64>);
        match (numbers.next(), numbers.next()) {
            (Some(Ok(x)), Some(Ok(y))) => match numbers.nth(1) {
                Some(Ok(_)) => {
                    wrong("is more than longitude,latitude,height: white space divides vertices")
                }
                _ => Ok(Coord { x, y }),
            },
            _ => wrong("is no longitude,latitude"),
        }
    };
    texts.enumerate().map(tuple).collect()
}

/// An XML of another kind.
fn other_root(root: &str) -> Fault {
    let what = format!("XML with the root `{root}`, not KML");
    Fault::Foreign { what, hint: "convert it, if it is geodata: ogr2ogr new.geojson FILE" }
}

/// A value of the type that a Schema gives it, otherwise as text.
fn typed(text: &str, kind: &str) -> Value {
    let parsed: Option<Value> = match kind {
        "int" | "uint" | "short" | "ushort" => text.parse::<i64>().ok().map(Value::from),
        "float" | "double" => text.parse::<f64>().ok().filter(|n| n.is_finite()).map(Value::from),
        "bool" => match text {
            "1" | "true" => Some(true.into()),
            "0" | "false" => Some(false.into()),
            _ => None,
        },
        _ => None,
    };
    parsed.unwrap_or_else(|| text.into())
}
