//! GPX (1.0 and 1.1): tracks and routes as lines, waypoints as points. Longitude and latitude
//! on WGS 84 by definition.

use geo::Coord;
use quick_xml::events::{BytesStart, Event};
use serde_json::{Map, Value};

use super::Collection;
use super::gather::{Gather, Raw};
use super::input::Loaded;
use crate::problem::{Fault, Problem, Problems};

/// What is being read: a track, a route or a waypoint.
#[derive(Default)]
struct Item {
    properties: Map<String, Value>,
    parts: Vec<Vec<Coord>>,
}

struct Reading<'a> {
    loaded: &'a Loaded,
    gather: Gather<'a>,
    path: Vec<String>,
    text: String,
    item: Option<Item>,
}

/// The elements that are features, and the layers they are in.
const FEATURES: [(&str, &str); 3] = [("wpt", "waypoints"), ("rte", "routes"), ("trk", "tracks")];

pub(super) fn read(loaded: &Loaded) -> Result<Collection, Problems> {
    let mut reading = Reading {
        loaded,
        gather: Gather::new(loaded),
        path: Vec::new(),
        text: String::new(),
        item: None,
    };
    if let Some(layer) = &loaded.input.layer
        && !FEATURES.iter().any(|(_, known)| known == layer)
    {
        let known = FEATURES.map(|(_, layer)| layer.to_owned()).to_vec();
        return Err(loaded.problem("", Fault::NoLayer { name: layer.clone(), known }).into());
    }
    reading.all()?;
    reading.gather.finish(Map::new())
}

impl Reading<'_> {
    fn all(&mut self) -> Result<(), Problems> {
        let text = self.loaded.text()?;
        let mut reader = quick_xml::Reader::from_str(&text);
        reader.config_mut().expand_empty_elements = true;
        loop {
            let event = reader.read_event();
            let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            let place = || {
                let line = text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count();
                format!("line {}", line + 1)
            };
            let event = event.map_err(|error| {
                let message = format!("not GPX: {error}");
                self.loaded.problem(place(), Fault::Syntax { message })
            })?;
            match event {
                Event::Start(start) => self.begin(&start, place)?,
                Event::End(_) => self.end()?,
                Event::Text(text) => self.text.push_str(&text.xml_content().unwrap_or_default()),
                Event::CData(text) => self.text.push_str(&text.decode().unwrap_or_default()),
                Event::GeneralRef(entity) => {
                    let name = entity.decode().unwrap_or_default();
                    let named = quick_xml::escape::resolve_predefined_entity(&name);
                    match (entity.resolve_char_ref(), named) {
                        (Ok(Some(c)), _) => self.text.push(c),
                        (_, named) => self.text.push_str(named.unwrap_or_default()),
                    }
                }
                Event::Eof if self.path.is_empty() => return Ok(()),
                Event::Eof => {
                    let what = format!("it ends within `{}`", self.path.join("/"));
                    return Err(self.loaded.problem(place(), Fault::BreaksOff { what }).into());
                }
                _ => {}
            }
        }
    }

    fn begin(&mut self, start: &BytesStart, place: impl Fn() -> String) -> Result<(), Problem> {
        let name = String::from_utf8_lossy(start.local_name().as_ref()).into_owned();
        let is_feature = FEATURES.iter().any(|(feature, _)| *feature == name);
        if is_feature && self.path.len() == 1 {
            let mut item = Item::default();
            if name != "trk" {
                item.parts.push(Vec::new());
            }
            self.item = Some(item);
        }
        if let Some(item) = &mut self.item {
            match name.as_str() {
                "trkseg" => item.parts.push(Vec::new()),
                "trkpt" | "rtept" | "wpt" => {
                    let at = position(start).ok_or_else(|| {
                        let message = format!("not GPX: a {name} without numbers in lat and lon");
                        self.loaded.problem(place(), Fault::Syntax { message })
                    })?;
                    if let Some(part) = item.parts.last_mut() {
                        part.push(at);
                    }
                }
                _ => {}
            }
        }
        self.path.push(name);
        self.text.clear();
        Ok(())
    }

    fn end(&mut self) -> Result<(), Problems> {
        let name = self.path.pop().unwrap_or_default();
        let text = std::mem::take(&mut self.text);
        if self.path.len() == 2
            && matches!(name.as_str(), "name" | "desc" | "cmt" | "type" | "src" | "number" | "sym")
            && let Some(item) = &mut self.item
        {
            item.properties.insert(name.clone(), text.trim().into());
        }
        let layer = FEATURES.iter().find(|(feature, _)| *feature == name).map(|(_, layer)| *layer);
        if let (Some(layer), 1) = (layer, self.path.len())
            && let Some(Item { mut properties, mut parts }) = self.item.take()
        {
            if self.loaded.input.layer.as_ref().is_some_and(|wanted| wanted != layer) {
                return Ok(());
            }
            properties.insert("layer".to_owned(), layer.into());
            let raw = match name.as_str() {
                "wpt" => {
                    parts.pop().and_then(|part| part.first().copied()).map_or(Raw::None, Raw::Point)
                }
                _ => Raw::Lines(parts),
            };
            self.gather.add(None, Ok(raw), properties)?;
        }
        Ok(())
    }
}

fn position(start: &BytesStart) -> Option<Coord> {
    let number = |key: &str| {
        let value = start.try_get_attribute(key).ok().flatten()?.unescape_value().ok()?;
        value.trim().parse::<f64>().ok()
    };
    Some(Coord { x: number("lon")?, y: number("lat")? })
}
