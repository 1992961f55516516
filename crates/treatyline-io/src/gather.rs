//! Collects the features of every reader: brings positions to WGS 84, makes geometries
//! [`sound`](super::sound), gives problems their place, and counts memory.

mod elsewhere;
mod plane;
mod system;

use geo::Coord;
use serde_json::{Map, Value};

use super::fixes::FixKind;
use super::fixes::Fixes;
use super::input::Loaded;
use super::limits::MOST_PROBLEMS;
use super::{CheckedFeature, Collection, Condition};
use crate::problem::{Fault, Problem, Problems};
use treatyline_crs::internal::ChosenOperation;

pub(super) use super::sound::Raw;
use crate::unchecked::{Outcome, Unchecked, place};
use elsewhere::brought_home;
pub(super) use elsewhere::{Sampler, converted};
pub(super) use system::System;

/// What a feature, a property, a part of a geometry takes besides its texts and positions.
const OVERHEAD_BYTES: usize = 100;

/// The features of a file as they are read.
pub(super) struct Gather<'a> {
    loaded: &'a Loaded,
    /// The system of the features that follow, as it is stated or as the user says.
    system: System,
    /// Whether the file or the user states heights for them, which are left out.
    has_heights: bool,
    /// Whether it has been noted of the system, which is WGS 84.
    is_noted: bool,
    /// Features in another system than WGS 84: which operation is right depends on where all of
    /// them are.
    waiting: Vec<Unchecked>,
    left_bytes: u64,
    number: usize,
    features: Vec<CheckedFeature>,
    problems: Vec<Problem>,
    fixes: Fixes,
}

impl<'a> Gather<'a> {
    pub(super) fn new(loaded: &'a Loaded) -> Self {
        let given = loaded.input.crs.as_deref().map_or(System::Wgs84, System::text);
        let (system, has_heights) = given.plane();
        Self {
            loaded,
            system: system.clone(),
            has_heights,
            is_noted: false,
            waiting: Vec::new(),
            left_bytes: loaded.input.limits.bytes,
            number: 0,
            features: Vec::new(),
            problems: Vec::new(),
            fixes: Fixes::default(),
        }
    }

    /// Sets the coordinate system of the features that follow, unless the user has said which it
    /// is.
    ///
    /// # Errors
    /// A system that is not stated or not understood, and every problem of the features before.
    pub(super) fn system(&mut self, place: &str, system: &System) -> Result<(), Problem> {
        let (system, has_heights) = system.plane();
        if self.loaded.input.crs.is_some() {
            self.is_noted &= self.has_heights || !has_heights;
            self.has_heights |= has_heights;
            if *system != self.system && *system != System::Unstated {
                let detail = format!("{}, taken as {}", system.name(), self.system.name());
                self.fixes.add(FixKind::SystemOverridden, place, Some(detail));
            }
            return Ok(());
        }
        let problem = |fault| Err(self.loaded.problem(place, fault));
        match system {
            System::Unstated => return problem(Fault::System { name: None }),
            System::Unreadable(found) => return problem(Fault::NoSystem { found }),
            System::Wgs84 | System::Defined { .. } | System::WithHeights(_) => {}
        }
        if *system != self.system || has_heights != self.has_heights {
            self.bring_home()?;
            self.system = system.clone();
            self.has_heights = has_heights;
            self.is_noted = false;
        }
        Ok(())
    }

    /// The features that follow are in WGS 84 by the convention of their format, unless the user
    /// has said another system.
    ///
    /// # Errors
    /// As [`Gather::system`].
    pub(super) fn system_by_convention(&mut self) -> Result<(), Problem> {
        if self.loaded.input.crs.is_some() { Ok(()) } else { self.system("", &System::Wgs84) }
    }

    /// Whether the user has said which system the features are in.
    #[cfg_attr(not(feature = "wkt"), allow(dead_code, reason = "of CSV"))]
    pub(super) fn is_system_given(&self) -> bool {
        self.loaded.input.crs.is_some()
    }

    /// How messages name the next feature.
    pub(super) fn place(&self, id: Option<&str>) -> String {
        place(self.number + 1, id)
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
        self.number += 1;
        let feature = Unchecked { number: self.number, place, id, raw, properties };
        if self.system == System::Wgs84 {
            self.note_wgs84();
            let outcome = feature.checked(Ok);
            self.take(outcome);
        } else {
            self.waiting.push(feature);
        }
        self.enough()
    }

    /// Adds the fault of a place within the next feature.
    ///
    /// # Errors
    /// When the number of problems has reached its limit.
    pub(super) fn add_broken(
        &mut self,
        id: Option<String>,
        within: &str,
        fault: Fault,
    ) -> Result<(), Problems> {
        let place = format!("{}{within}", self.place(id.as_deref()));
        self.problems.push(self.loaded.problem(place, fault));
        self.number += 1;
        self.enough()
    }

    fn take(&mut self, Outcome { feature, found }: Outcome) {
        match feature {
            Ok(feature) => {
                for (kind, place) in found {
                    self.fixes.add(kind, place, None);
                }
                self.features.push(feature);
            }
            Err((place, fault)) => self.problems.push(self.loaded.problem(place, fault)),
        }
    }

    /// Brings the features that wait for it to WGS 84.
    fn bring_home(&mut self) -> Result<(), Problem> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        // What the user has said; that of a file is looked at before.
        match self.system {
            System::Unstated => return Err(self.loaded.problem("", Fault::System { name: None })),
            System::Unreadable(found) => {
                return Err(self.loaded.problem("", Fault::NoSystem { found }));
            }
            System::Wgs84 | System::Defined { .. } | System::WithHeights(_) => {}
        }
        let waiting = std::mem::take(&mut self.waiting);
        let asked = self.loaded.input.operation.as_deref();
        let (outcomes, chosen) = brought_home(waiting, &self.system, asked)
            .map_err(|fault| self.loaded.problem("", fault))?;
        outcomes.into_iter().for_each(|outcome| self.take(outcome));
        self.fixes.converted(self.loaded.input.noted(chosen, self.has_heights));
        Ok(())
    }

    /// Notes that coordinates on WGS 84 are taken otherwise than their file has them, or than they
    /// were asked for.
    fn note_wgs84(&mut self) {
        if std::mem::replace(&mut self.is_noted, true) {
            return;
        }
        let input = &self.loaded.input;
        if self.has_heights || input.crs.is_some() || input.operation.is_some() {
            let mut chosen = ChosenOperation::of_wgs84();
            chosen.not_used.clone_from(&input.operation);
            self.fixes.converted(input.noted(chosen, self.has_heights));
        }
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

    /// What was changed or left out until now.
    #[cfg_attr(not(feature = "wkt"), allow(dead_code, reason = "of CSV"))]
    pub(super) fn fixes(&mut self) -> &mut Fixes {
        &mut self.fixes
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
    pub(super) fn finish(mut self, members: Map<String, Value>) -> Result<Collection, Problems> {
        self.bring_home()?;
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
