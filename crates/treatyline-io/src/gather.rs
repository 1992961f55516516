//! Collects the features of every reader: brings positions to WGS 84, makes geometries
//! [`sound`](super::sound), gives problems their place, and counts memory.

mod system;

use geo::Coord;
use serde_json::{Map, Value};

use super::fixes::FixKind;
use super::fixes::Fixes;
use super::input::Loaded;
use super::sound::Sound;
use super::{CheckedFeature, Collection, Condition};
use crate::problem::{Fault, Problem, Problems};

pub(super) use super::sound::Raw;
pub(super) use system::System;
use system::ToWgs84;

/// At most this number of different problems is kept: in a file that is wrong throughout, more
/// of them say nothing new.
const MOST_PROBLEMS: usize = 1000;
/// What a feature, a property, a part of a geometry takes besides its texts and positions.
const OVERHEAD_BYTES: usize = 100;

/// The features of a file as they are read.
pub(super) struct Gather<'a> {
    loaded: &'a Loaded,
    to_wgs84: ToWgs84,
    left_bytes: u64,
    number: usize,
    features: Vec<CheckedFeature>,
    problems: Vec<Problem>,
    fixes: Fixes,
}

impl<'a> Gather<'a> {
    pub(super) fn new(loaded: &'a Loaded) -> Self {
        Self {
            loaded,
            to_wgs84: ToWgs84::Already,
            left_bytes: loaded.input.limits.bytes,
            number: 0,
            features: Vec::new(),
            problems: Vec::new(),
            fixes: Fixes::default(),
        }
    }

    /// Sets the coordinate system of the features that follow.
    pub(super) fn system(&mut self, place: &str, system: &System) -> Result<(), Problem> {
        self.to_wgs84 = system.to_wgs84().map_err(|fault| self.loaded.problem(place, fault))?;
        Ok(())
    }

    /// How messages name the next feature.
    pub(super) fn place(&self, id: Option<&str>) -> String {
        match id {
            Some(id) => format!("feature {} `{id}`", self.number + 1),
            None => format!("feature {}", self.number + 1),
        }
    }

    /// Adds a feature, or the fault of its geometry, if the feature is wanted at all.
    ///
    /// # Errors
    /// When memory is used up, or the number of problems has reached its limit.
    pub(super) fn add(
        &mut self,
        id: Option<String>,
        raw: Result<Raw, Fault>,
        properties: Map<String, Value>,
    ) -> Result<(), Problems> {
        if !self.is_wanted(&properties) {
            self.number += 1;
            return Ok(());
        }
        let place = self.place(id.as_deref());
        let raw = match raw {
            Ok(raw) => raw,
            Err(fault) => {
                self.problems.push(self.loaded.problem(place, fault));
                self.number += 1;
                return self.enough();
            }
        };
        self.count(
            raw.positions() * size_of::<Coord>() + properties.iter().map(size).sum::<usize>(),
        )?;
        let number = self.number + 1;
        let mut sound = Sound::new(|at| self.to_wgs84.convert(at));
        match sound.shape(raw) {
            Ok(shape) => {
                for (kind, within) in sound.found {
                    self.fixes.add(kind, format!("{place}{within}"), None);
                }
                self.features.push(CheckedFeature { number, place, id, shape, properties });
            }
            Err((within, fault)) => {
                self.problems.push(self.loaded.problem(format!("{place}{within}"), fault));
            }
        }
        self.number += 1;
        self.enough()
    }

    fn is_wanted(&self, properties: &Map<String, Value>) -> bool {
        Condition::all_hold(&self.loaded.input.conditions, properties)
    }

    /// Records parts of the next feature that are not read, or all of it.
    #[cfg_attr(not(feature = "kml"), allow(dead_code, reason = "of KML"))]
    pub(super) fn left_out(
        &mut self,
        kind: FixKind,
        parts: usize,
        id: Option<&str>,
        properties: &Map<String, Value>,
        is_all: bool,
    ) {
        if self.is_wanted(properties) {
            self.fixes.add_many(kind, parts, self.place(id), None);
        }
        self.number += usize::from(is_all);
    }

    /// Records something of the file that is changed or not read.
    pub(super) fn fix(&mut self, kind: FixKind, place: impl Into<String>, detail: Option<String>) {
        self.fixes.add(kind, place, detail);
    }

    /// Records several of these.
    pub(super) fn fix_all(&mut self, fixes: Fixes) {
        self.fixes.merge(fixes);
    }

    /// Records a feature that cannot be read.
    ///
    /// # Errors
    /// When the number of problems has reached its limit.
    pub(super) fn unreadable(&mut self, fault: impl Into<Fault>) -> Result<(), Problems> {
        let place = self.place(None);
        self.problems.push(self.loaded.problem(place, fault));
        self.number += 1;
        self.enough()
    }

    /// Takes memory for a feature of `bytes` bytes, before the feature is made.
    ///
    /// # Errors
    /// When it is used up.
    pub(super) fn count(&mut self, bytes: usize) -> Result<(), Problem> {
        let taken = (bytes + OVERHEAD_BYTES) as u64;
        let passed = || self.loaded.problem(self.place(None), self.loaded.input.limits.passed());
        self.left_bytes = self.left_bytes.checked_sub(taken).ok_or_else(passed)?;
        Ok(())
    }

    fn enough(&mut self) -> Result<(), Problems> {
        if self.problems.len() < MOST_PROBLEMS {
            return Ok(());
        }
        Problems::none_or(std::mem::take(&mut self.problems), ())
    }

    /// All that was read.
    ///
    /// # Errors
    /// All problems of the file.
    pub(super) fn finish(self, members: Map<String, Value>) -> Result<Collection, Problems> {
        let Self { features, fixes, problems, .. } = self;
        Problems::none_or(problems, Collection { features, members, fixes })
    }
}

/// What a property takes in memory, more or less.
fn size((name, value): (&String, &Value)) -> usize {
    let inside = match value {
        Value::String(text) => text.len(),
        Value::Array(list) => list.iter().map(|each| size((&String::new(), each))).sum(),
        Value::Object(members) => members.iter().map(size).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
    };
    OVERHEAD_BYTES + name.len() + inside
}

/// Bytes that are not text, as the value of a property.
#[cfg(any(feature = "flatgeobuf", feature = "geopackage", feature = "geoparquet"))]
pub(super) fn hexadecimal(bytes: &[u8]) -> Value {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into()
}
