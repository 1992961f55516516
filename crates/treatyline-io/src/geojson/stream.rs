//! Features one by one, in order, in bounded memory.

use std::io::Read;

use serde_json::{Map, Value};

use super::frames::{Batch, Frame, Frames};
use super::general::{self, Found, Trouble};
use super::parallel::{Ends, in_order};
use super::window::CHUNK;
use super::{Wanted, regular};
use crate::limits::MOST_PROBLEMS;
use crate::problem::{Fault, Problem, Problems};
use crate::unchecked::place;
use crate::{CheckedFeature, Condition, FixKind, Fixes, Input};

/// A GeoJSON text that is read piece by piece.
///
/// No more of it is in memory than the features that are being worked on: some 256 KiB
/// of text for each thread, or one feature where that is larger.
///
/// ```
/// use treatyline_io::geojson::Stream;
///
/// let text = r#"
/// {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [80, 45]}}
/// {"type": "Point", "coordinates": [81, 46]}"#;
/// let mut names = Vec::new();
/// Stream::new("two lines", text.as_bytes()).each(Ok, |feature| names.push(feature.place))?;
/// assert_eq!(names, ["feature 1", "feature 2"]);
/// # Ok::<(), treatyline_io::problem::Problems>(())
/// ```
#[derive(Debug)]
pub struct Stream<'a, R> {
    name: &'a str,
    input: R,
    wanted: Wanted,
    threads: usize,
    largest: u64,
    chunk: usize,
    conditions: Vec<Condition>,
}

/// The most bytes of a feature, unless said otherwise: 1 GiB.
const LARGEST: u64 = 1 << 30;

impl<'a, R: Read> Stream<'a, R> {
    /// A stream of UTF-8; messages call it by this name.
    pub fn new(name: &'a str, input: R) -> Self {
        // Where threads cannot be counted (WebAssembly) they cannot be started either.
        let threads = treatyline_geodesy::internal::threads();
        Self {
            name,
            input,
            wanted: Wanted::All,
            threads,
            largest: LARGEST,
            chunk: CHUNK,
            conditions: Vec::new(),
        }
    }

    /// The text of an input, whose conditions are met and whose settings hold.
    pub(crate) fn of_input(input: &'a Input, text: R) -> Self {
        let mut stream = Self::new(&input.name, text).meeting(input.conditions.clone());
        stream.threads = input.threads.unwrap_or(stream.threads);
        stream.chunk = input.chunk.unwrap_or(stream.chunk);
        stream
    }

    /// Leaves out all properties but these.
    #[doc(hidden)]
    #[must_use]
    pub fn wanting(self, wanted: Wanted) -> Self {
        Self { wanted, ..self }
    }

    /// Leaves out features that do not meet all of these ([`Condition::all_hold`]).
    #[doc(hidden)]
    #[must_use]
    pub fn meeting(self, conditions: Vec<Condition>) -> Self {
        Self { conditions, ..self }
    }

    /// Works on `threads` threads, 1 or more. The result does not depend on it.
    #[doc(hidden)]
    #[must_use]
    pub fn on_threads(self, threads: usize) -> Self {
        Self { threads, ..self }
    }

    /// Refuses features of more bytes.
    #[doc(hidden)]
    #[must_use]
    pub fn up_to(self, largest: u64) -> Self {
        Self { largest, ..self }
    }

    /// Reads `bytes` bytes at a time, 1 or more, instead of 256 KiB.
    #[doc(hidden)]
    #[must_use]
    pub fn in_chunks_of(self, bytes: usize) -> Self {
        Self { chunk: bytes.max(1), ..self }
    }

    /// Calls `make` with each feature, on all threads, and `take` with each result, in the order of
    /// the features. Returns the members of the collection, and what was changed or left out.
    ///
    /// # Errors
    /// Every [`Problem`] found, up to a thousand: broken JSON with line and column, and
    /// per feature a wrong type, a position that is not finite or out of range, and what
    /// `make` finds wrong. Features before the first problem have been taken by then.
    pub fn each<T: Send>(
        self,
        make: impl Fn(CheckedFeature) -> Result<T, Fail> + Sync,
        take: impl FnMut(T),
    ) -> Result<Rest, Problems> {
        let Self { name, input, mut wanted, threads, largest, chunk, conditions } = self;
        let asked = conditions.iter().map(|condition| condition.name().to_owned());
        if let Wanted::Only(names) = &mut wanted {
            names.extend(asked);
        }
        let largest = usize::try_from(largest).unwrap_or(usize::MAX);
        let mut ends = Taking {
            name,
            frames: Frames::new(input, largest, chunk),
            rest: Rest::default(),
            problems: Vec::new(),
            take,
        };
        let work = |batch: Batch| {
            let meets =
                |feature: &CheckedFeature| Condition::all_hold(&conditions, &feature.properties);
            let made = batch.frames.iter().map(|frame| piece(&batch, frame, &wanted, meets, &make));
            (made.collect(), batch.bytes)
        };
        // For a text that fits into one buffer, threads are not worth their start.
        if let Some(first) = ends.next() {
            ends.take(work(first));
        }
        let threads = if ends.frames.is_done() { 1 } else { threads };
        in_order(threads, &mut ends, &work);
        Problems::none_or(ends.problems, ends.rest)
    }
}

/// What a text holds besides its features.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Rest {
    /// The members of the collection besides `type` and `features`.
    pub members: Map<String, Value>,
    /// What was changed or left out while features were read.
    pub fixes: Fixes,
}

/// A place and what is wrong there.
pub type Fail = (String, Fault);

/// The result for a frame.
enum Piece<T> {
    Made(T, Found),
    Members(Map<String, Value>),
    /// Not wanted.
    Other,
}

fn piece<T>(
    batch: &Batch,
    frame: &Frame,
    wanted: &Wanted,
    meets: impl Fn(&CheckedFeature) -> bool,
    make: &impl Fn(CheckedFeature) -> Result<T, Fail>,
) -> Result<Piece<T>, Trouble> {
    let (feature, found) = match frame {
        Frame::Broken(place, fault) => {
            return Err(Trouble::last(place.clone(), fault.clone()));
        }
        Frame::Members(skeleton) => {
            let wrong = |(place, fault)| Trouble::last(place, fault);
            return skeleton.members().map(Piece::Members).map_err(wrong);
        }
        Frame::Element(number, range) | Frame::Document(number, range) => {
            let bare = matches!(frame, Frame::Document(..));
            let bytes = &batch.bytes[range.clone()];
            let text = std::str::from_utf8(bytes).map_err(|error| {
                let before = batch.origin.offset as usize + range.start;
                let offset = before + error.valid_up_to();
                Trouble::last(String::new(), Fault::NotUtf8 { offset })
            })?;
            match feature(*number, text, bare, wanted) {
                Some(found) => found,
                None => general::feature(*number, text, bare, wanted, |at| {
                    batch.origin.after(&batch.bytes[..range.start + at]).place()
                })?,
            }
        }
    };
    if !meets(&feature) {
        return Ok(Piece::Other);
    }
    match make(feature) {
        Ok(made) => Ok(Piece::Made(made, found)),
        Err((place, fault)) => Err(Trouble { place, fault, last: false }),
    }
}

/// A feature out of a text in which nothing is out of the ordinary.
fn feature(
    number: usize,
    text: &str,
    bare: bool,
    wanted: &Wanted,
) -> Option<(CheckedFeature, Found)> {
    let regular::Regular { id, shape, properties, mut found } = regular::feature(text, wanted)
        .or_else(|| {
            let (shape, found) = if bare { regular::geometry(text) } else { None }?;
            Some(regular::Regular { id: None, shape, properties: Map::new(), found })
        })?;
    let place = place(number, id.as_deref());
    found.iter_mut().for_each(|(_, within)| within.insert_str(0, &place));
    Some((CheckedFeature { number, place, id, shape, properties }, found))
}

/// Whether a server says that it sent a part only: newer ones of Esri among `properties`.
pub(super) fn says_incomplete(members: &Map<String, Value>) -> bool {
    let says_so =
        |members: &Map<String, Value>| members.get("exceededTransferLimit") == Some(&true.into());
    says_so(members) || members.get("properties").and_then(Value::as_object).is_some_and(says_so)
}

type Done<T> = (Vec<Result<Piece<T>, Trouble>>, Vec<u8>);

/// Both ends of a stream.
struct Taking<'a, R, F> {
    name: &'a str,
    frames: Frames<R>,
    rest: Rest,
    problems: Vec<Problem>,
    take: F,
}

impl<R: Read, T, F: FnMut(T)> Ends<Batch, Done<T>> for Taking<'_, R, F> {
    fn next(&mut self) -> Option<Batch> {
        self.frames.next_batch()
    }

    fn take(&mut self, (pieces, buffer): Done<T>) {
        self.frames.recycle(buffer);
        for piece in pieces {
            if self.problems.len() == MOST_PROBLEMS || self.frames.is_stopped() {
                self.frames.stop();
                return;
            }
            match piece {
                Ok(Piece::Made(made, found)) => {
                    for (kind, place) in found {
                        self.rest.fixes.add(kind, place, None);
                    }
                    (self.take)(made);
                }
                Ok(Piece::Other) => {}
                Ok(Piece::Members(members)) => {
                    if says_incomplete(&members) {
                        self.rest.fixes.add(FixKind::SaysIncomplete, "", None);
                    }
                    self.rest.members.extend(members);
                }
                Err(Trouble { place, fault, last }) => {
                    self.problems.push(Problem { file: self.name.to_owned(), place, fault });
                    if last {
                        self.frames.stop();
                    }
                }
            }
        }
    }
}
