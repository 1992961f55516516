//! TopoJSON (specification 1.0.0, M. Bostock and C. Metcalf). Longitude and latitude on
//! WGS 84, as in the GeoJSON it is made from.
//!
//! Read from `serde_json`'s values: the crate `topojson` builds on a version of `geojson`
//! five years older than the one used here, and panics on an arc that is not there.

use geo::Coord;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::Collection;
use super::gather::{Gather, Raw, System};
use super::input::Loaded;
use crate::problem::{Fault, Problems};

#[derive(Deserialize)]
struct Topology {
    arcs: Vec<Vec<Vec<f64>>>,
    transform: Option<Transform>,
    objects: Map<String, Value>,
    crs: Option<Value>,
}

#[derive(Deserialize)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

/// Collections nested deeper than this are refused.
const DEEPEST: usize = 32;

pub(super) fn read(loaded: &Loaded) -> Result<Collection, Problems> {
    let mut topology: Topology = serde_json::from_str(&loaded.text()?).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        loaded.problem(place, super::text::json_fault("TopoJSON", &error))
    })?;
    let mut gather = Gather::new(loaded);
    if let Some(crs) = &topology.crs {
        gather.system("", &System::of_member(crs))?;
    }
    let objects = std::mem::take(&mut topology.objects);
    let wanted = loaded.input.layer.as_ref();
    if let Some(name) = wanted.filter(|name| !objects.contains_key(*name)) {
        let known = objects.keys().cloned().collect();
        return Err(loaded.problem("", Fault::NoLayer { name: name.clone(), known }).into());
    }
    let arcs = Arcs::new(topology);
    let several = objects.len() > 1;
    for (name, object) in objects {
        if wanted.is_none_or(|wanted| *wanted == name) {
            let layer = several.then_some(name.as_str());
            arcs.features(&mut gather, layer, object)?;
        }
    }
    gather.finish(Map::new())
}

struct Arcs {
    arcs: Vec<Vec<Coord>>,
    transform: Option<Transform>,
}

impl Arcs {
    fn new(topology: Topology) -> Self {
        let transform = topology.transform;
        let arc = |positions: Vec<Vec<f64>>| {
            let (mut x, mut y) = (0.0, 0.0);
            let place = |position: Vec<f64>| {
                // A position without numbers becomes NaN and is refused as no place on the Earth.
                let at = |i: usize| position.get(i).copied().unwrap_or(f64::NAN);
                match &transform {
                    None => Coord { x: at(0), y: at(1) },
                    Some(Transform { scale, translate }) => {
                        // Each but the first is what is added to the one before.
                        x += at(0);
                        y += at(1);
                        Coord { x: x * scale[0] + translate[0], y: y * scale[1] + translate[1] }
                    }
                }
            };
            positions.into_iter().map(place).collect()
        };
        Self { arcs: topology.arcs.into_iter().map(arc).collect(), transform }
    }

    /// The features of an object: those of a collection each on its own.
    fn features(
        &self,
        gather: &mut Gather,
        layer: Option<&str>,
        mut object: Value,
    ) -> Result<(), Problems> {
        if object["type"] == "GeometryCollection"
            && object.get("properties").is_none()
            && let Value::Array(geometries) = object["geometries"].take()
        {
            for geometry in geometries {
                self.feature(gather, layer, geometry)?;
            }
            return Ok(());
        }
        self.feature(gather, layer, object)
    }

    fn feature(
        &self,
        gather: &mut Gather,
        layer: Option<&str>,
        mut object: Value,
    ) -> Result<(), Problems> {
        let id = object["id"].as_str().map(str::to_owned);
        let mut properties = match object.get_mut("properties").map(Value::take) {
            Some(Value::Object(properties)) => properties,
            _ => Map::new(),
        };
        if let (Some(layer), false) = (layer, properties.contains_key("layer")) {
            properties.insert("layer".to_owned(), layer.into());
        }
        // A few numbers may refer to long arcs many times.
        gather.count(self.positions(&object) * size_of::<Coord>())?;
        let raw = self.raw(&object, 0);
        let wrong = |message| Fault::Syntax { message: format!("not TopoJSON: {message}") };
        gather.add(id, raw.map_err(wrong), properties)
    }

    /// How many positions the arcs have that an object names.
    fn positions(&self, object: &Value) -> usize {
        match object {
            Value::Number(index) => {
                index.as_i64().and_then(|index| self.arc(index)).map_or(0, |(arc, _)| arc.len())
            }
            Value::Array(list) => list.iter().map(|each| self.positions(each)).sum(),
            Value::Object(members) => ["arcs", "geometries"]
                .iter()
                .filter_map(|key| members.get(*key))
                .map(|each| self.positions(each))
                .sum(),
            _ => 0,
        }
    }

    fn raw(&self, object: &Value, depth: usize) -> Result<Raw, String> {
        if depth > DEEPEST {
            return Err(format!("collections within collections, more than {DEEPEST} deep"));
        }
        let coordinates = &object["coordinates"];
        let arcs = &object["arcs"];
        let kind = match &object["type"] {
            Value::Null => return Ok(Raw::None),
            Value::String(kind) => kind.as_str(),
            other => return Err(format!("a geometry of type {other}")),
        };
        Ok(match kind {
            "Point" => Raw::Point(self.position(coordinates)?),
            "MultiPoint" => Raw::Points(each(coordinates, |position| self.position(position))?),
            "LineString" => Raw::Lines(vec![self.path(arcs)?]),
            "MultiLineString" => Raw::Lines(each(arcs, |line| self.path(line))?),
            "Polygon" => Raw::Polygons(vec![each(arcs, |ring| self.path(ring))?]),
            "MultiPolygon" => {
                Raw::Polygons(each(arcs, |polygon| each(polygon, |ring| self.path(ring)))?)
            }
            "GeometryCollection" => {
                Raw::Mixed(each(&object["geometries"], |part| self.raw(part, depth + 1))?)
            }
            other => return Err(format!("a geometry of type `{other}`")),
        })
    }

    /// Arcs joined: each begins where the one before ends, and that position is kept once.
    fn path(&self, indices: &Value) -> Result<Vec<Coord>, String> {
        let mut path: Vec<Coord> = Vec::new();
        for index in indices.as_array().ok_or_else(|| no_list(indices))? {
            let found = index.as_i64().and_then(|index| self.arc(index));
            let (arc, backwards) = found.ok_or_else(|| format!("there is no arc {index}"))?;
            let skipped = usize::from(!path.is_empty());
            if backwards {
                path.extend(arc.iter().rev().skip(skipped));
            } else {
                path.extend(arc.iter().skip(skipped));
            }
        }
        Ok(path)
    }

    /// The arc of an index, and whether it is walked backwards: -1 is the first, backwards.
    fn arc(&self, index: i64) -> Option<(&Vec<Coord>, bool)> {
        let place = if index < 0 { !index } else { index };
        Some((self.arcs.get(usize::try_from(place).ok()?)?, index < 0))
    }

    fn position(&self, position: &Value) -> Result<Coord, String> {
        let number = |i: usize| position.get(i).and_then(Value::as_f64);
        let (Some(x), Some(y)) = (number(0), number(1)) else {
            return Err(format!("a position must be numbers, this is {position}"));
        };
        Ok(match &self.transform {
            None => Coord { x, y },
            Some(Transform { scale, translate }) => {
                Coord { x: x * scale[0] + translate[0], y: y * scale[1] + translate[1] }
            }
        })
    }
}

fn each<T>(list: &Value, one: impl Fn(&Value) -> Result<T, String>) -> Result<Vec<T>, String> {
    list.as_array().ok_or_else(|| no_list(list))?.iter().map(one).collect()
}

fn no_list(value: &Value) -> String {
    format!("a list is wanted, this is {value}")
}
