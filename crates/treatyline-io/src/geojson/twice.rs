//! GeoJSON in another system than WGS 84, feature by feature in bounded memory. Which operation is
//! right depends on where all features are, so the text is read twice: once to look at places, and
//! once to convert them.
//!
//! This is for one collection that states its system once, or a text whose system the user states.
//! Anything else, and any text with a fault in it, is left to [`elsewhere`](super::elsewhere), which
//! has the words for it.

use std::io::Read;

use serde_json::{Map, Value};
use treatyline_crs::internal::{Converter, Transformation};
use treatyline_crs::{AreaOfUse, DatumError};

use super::frames::{Batch, Frame, Frames};
use super::general::{self, Found, Parts, own_system};
use super::parallel::{Ends, in_order};
use super::raw::parsed;
use super::stream::{Fail, says_incomplete};
use super::window::CHUNK;
use crate::gather::{Raw, Sampler, System, converted};
use crate::limits::MOST_PROBLEMS;
use crate::problem::{Fault, Problem, Problems};
use crate::unchecked::{Outcome, Unchecked, place};
use crate::{CheckedFeature, Condition, FixKind, Fixes, Input};

/// How many bytes are worked on at a time: enough for the making of a converter to be little of it.
const BYTES: usize = 8 * CHUNK;

/// What the first time of reading has found.
pub(crate) struct Looked {
    system: System,
    has_heights: bool,
    transformation: Transformation,
    members: Map<String, Value>,
}

/// Reads a text of an input for the first time; `None` for what is not read twice.
pub(crate) fn look(input: &Input, text: impl Read) -> Result<Option<Looked>, Problems> {
    let mut looking = Looking {
        frames: frames(input, text),
        sampler: Sampler::default(),
        members: Map::new(),
        collections: 0,
        is_usual: true,
    };
    let work = |batch: Batch| {
        let seen = batch.frames.iter().map(|frame| Seen::of(frame, &batch, input)).collect();
        (seen, batch.bytes)
    };
    in_order(threads(input), &mut looking, &work);
    let Looking { sampler, members, collections, is_usual, .. } = looking;
    let stated = members.get("crs").filter(|crs| !crs.is_null());
    let system = match (&input.crs, stated) {
        (Some(text), None) => System::text(text),
        (None, Some(crs)) if collections == 1 => System::of_member(crs),
        _ => return Ok(None),
    };
    let (system, has_heights) = system.plane();
    let places = sampler.places();
    if !is_usual || places.is_empty() || !matches!(system, System::Defined { .. }) {
        return Ok(None);
    }
    let asked = input.operation.as_deref();
    let transformation = Transformation::choose(system.definition(), &places, asked)
        .map_err(|error| input.problem("", system.fault(error)))?;
    let transformation = transformation.at_epoch(system.epoch());
    Ok(Some(Looked { system: system.clone(), has_heights, transformation, members }))
}

impl Looked {
    /// Reads the text for the second time: calls `make` with each feature on all threads, and `take`
    /// with each result, in the order of the features.
    ///
    /// # Errors
    /// Every [`Problem`] found, up to a thousand. Features before the first have been taken by then.
    pub(crate) fn each<T: Send>(
        self,
        input: &Input,
        text: impl Read,
        make: impl Fn(CheckedFeature) -> Result<T, Fail> + Sync,
        take: impl FnMut(T),
    ) -> Result<Fixes, Problems> {
        let Self { system, has_heights, transformation, members } = self;
        let mut fixes = Fixes::default();
        if says_incomplete(&members) {
            fixes.add(FixKind::SaysIncomplete, "", None);
        }
        let chosen = transformation.chosen().clone();
        let area = chosen.operation.as_ref().and_then(|operation| operation.area_of_use.as_ref());
        let mut taking =
            Taking { input, frames: frames(input, text), fixes, problems: Vec::new(), take };
        let failed = |error: DatumError| (String::new(), system.fault(error));
        let work = |batch: Batch| {
            let results = match transformation.open() {
                Ok(converter) => {
                    let each = batch.frames.iter().filter_map(|frame| wanted(frame, &batch, input));
                    each.map(|feature| made(feature?, &converter, area, &make)).collect()
                }
                Err(error) => vec![Err(failed(error))],
            };
            (results, batch.bytes)
        };
        in_order(threads(input), &mut taking, &work);
        let Taking { mut fixes, problems, .. } = taking;
        fixes.converted(input.noted(chosen.clone(), has_heights));
        Problems::none_or(problems, fixes)
    }
}

fn frames<R: Read>(input: &Input, text: R) -> Frames<R> {
    Frames::new(text, usize::MAX, input.chunk.unwrap_or(BYTES)).in_any_system()
}

fn threads(input: &Input) -> usize {
    input.threads.unwrap_or_else(treatyline_geodesy::internal::threads)
}

/// The first time of reading.
struct Looking<R> {
    frames: Frames<R>,
    sampler: Sampler,
    /// The members of the collection.
    members: Map<String, Value>,
    collections: usize,
    is_usual: bool,
}

/// What the first time of reading sees in a frame.
enum Seen {
    Feature(Raw),
    /// A feature that is not wanted.
    Other,
    Members(Map<String, Value>),
    /// Something that is left to the other reader.
    Unusual,
}

impl Seen {
    fn of(frame: &Frame, batch: &Batch, input: &Input) -> Self {
        if let Frame::Members(skeleton) = frame {
            return skeleton.members().map_or(Self::Unusual, Self::Members);
        }
        if matches!(frame, Frame::Document(..)) && input.crs.is_none() {
            return Self::Unusual;
        }
        match read(frame, batch) {
            Some((_, _, Parts { properties, .. }))
                if !Condition::all_hold(&input.conditions, &properties) =>
            {
                Self::Other
            }
            Some((_, _, Parts { raw, .. })) => Self::Feature(raw),
            None => Self::Unusual,
        }
    }
}

/// The number, the name and the parts of a feature that states no system of its own.
fn read(frame: &Frame, batch: &Batch) -> Option<(usize, Option<String>, Parts)> {
    let (Frame::Element(number, range) | Frame::Document(number, range)) = frame else {
        return None;
    };
    let mut value: Value = parsed(batch.bytes.get(range.clone())?).ok()?;
    if matches!(frame, Frame::Document(..)) {
        value = general::as_feature(value).ok()?;
    }
    if own_system(&value).is_some() {
        return None;
    }
    let id = value.get("id").and_then(Value::as_str).map(str::to_owned);
    general::parts(value).ok().map(|parts| (*number, id, parts))
}

/// A feature of the second time of reading; `None` for one that is not wanted.
fn wanted(frame: &Frame, batch: &Batch, input: &Input) -> Option<Result<Unchecked, Fail>> {
    if matches!(frame, Frame::Members(_)) {
        return None;
    }
    let Some((number, id, Parts { raw, properties })) = read(frame, batch) else {
        let reason = "it has been changed while it was read".to_owned();
        return Some(Err((String::new(), Fault::Unreadable { reason })));
    };
    let is_wanted = Condition::all_hold(&input.conditions, &properties);
    let place = place(number, id.as_deref());
    is_wanted.then_some(Ok(Unchecked { number, place, id, raw, properties }))
}

fn made<T>(
    feature: Unchecked,
    converter: &Converter,
    area: Option<&AreaOfUse>,
    make: &impl Fn(CheckedFeature) -> Result<T, Fail>,
) -> Result<(T, Found), Fail> {
    let Outcome { feature, found } = converted(feature, converter, area);
    make(feature?).map(|made| (made, found))
}

impl<R: Read> Ends<Batch, (Vec<Seen>, Vec<u8>)> for Looking<R> {
    fn next(&mut self) -> Option<Batch> {
        self.frames.next_batch()
    }

    fn take(&mut self, (seen, buffer): (Vec<Seen>, Vec<u8>)) {
        self.frames.recycle(buffer);
        for each in seen {
            match each {
                Seen::Feature(raw) => self.sampler.add(&raw),
                Seen::Other => {}
                Seen::Members(members) => {
                    self.collections += 1;
                    self.members = members;
                }
                Seen::Unusual => {
                    self.is_usual = false;
                    self.frames.stop();
                }
            }
        }
    }
}

type Done<T> = (Vec<Result<(T, Found), Fail>>, Vec<u8>);

/// The second time of reading.
struct Taking<'a, R, F> {
    input: &'a Input,
    frames: Frames<R>,
    fixes: Fixes,
    problems: Vec<Problem>,
    take: F,
}

impl<R: Read, T, F: FnMut(T)> Ends<Batch, Done<T>> for Taking<'_, R, F> {
    fn next(&mut self) -> Option<Batch> {
        self.frames.next_batch()
    }

    fn take(&mut self, (results, buffer): Done<T>) {
        self.frames.recycle(buffer);
        for result in results {
            if self.problems.len() == MOST_PROBLEMS {
                self.frames.stop();
                return;
            }
            match result {
                Ok((made, found)) => {
                    for (kind, place) in found {
                        self.fixes.add(kind, place, None);
                    }
                    (self.take)(made);
                }
                Err((place, fault)) => self.problems.push(self.input.problem(place, fault)),
            }
        }
    }
}
