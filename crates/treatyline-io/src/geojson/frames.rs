//! Finds the bytes of each feature in a stream before they are parsed. So only one feature has to
//! be in memory, and several can be parsed at the same time.
//!
//! A text is a FeatureCollection, a Feature, a geometry, or any number of them one after
//! the other (newline-delimited, or with the record separators of RFC 8142).

use std::io::Read;
use std::ops::Range;

use super::raw;
use super::scan::{Found, Scan};
use super::skeleton::Skeleton;
use super::window::{CHUNK, Origin, Window};
use crate::problem::Fault;

/// Some frames and the bytes they lie in.
#[derive(Debug)]
pub(super) struct Batch {
    pub bytes: Vec<u8>,
    pub frames: Vec<Frame>,
    /// Where the first byte lies in the text.
    pub origin: Origin,
}

/// A part of a text.
#[derive(Debug)]
pub(super) enum Frame {
    /// An element of a list of features, with its number from 1.
    Element(usize, Range<usize>),
    /// An object that is no FeatureCollection with a list of features, with the number it
    /// has as a feature.
    Document(usize, Range<usize>),
    /// A FeatureCollection without its features.
    Members(Skeleton),
    /// A fault after which nothing can be read: its place, and what is wrong.
    Broken(String, Fault),
}

/// What is being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// What may come between two objects.
    Between,
    /// An object that may turn out to have a list of features.
    Document,
    /// What may come before an element of that list: at its beginning, behind a comma,
    /// behind an element.
    First,
    Next,
    Behind,
    /// An element.
    Element,
    /// What follows the list.
    Tail,
    /// Nothing more.
    Done,
}

/// The outcome of a step.
enum Step {
    On,
    /// It needs more bytes than are in memory.
    Hungry,
}

/// The frames of a stream.
pub(super) struct Frames<R> {
    window: Window<R>,
    state: State,
    /// Whether the rest of the file is no longer wanted.
    stopped: bool,
    scan: Scan,
    /// Where the object that is being read begins; all bytes before it are done.
    start: usize,
    frames: Vec<Frame>,
    /// How many features have begun.
    features: usize,
    /// How many objects have ended.
    documents: usize,
    /// The collection that is being read.
    skeleton: Option<Skeleton>,
    /// Whether coordinates may be in another system than WGS 84.
    in_any_system: bool,
    /// The most bytes of a feature, or of all other members of a collection.
    largest: usize,
    /// Buffers to be used again.
    spare: Vec<Vec<u8>>,
}

/// How UTF-16 begins.
const UTF_16: [&[u8]; 2] = [b"\xff\xfe", b"\xfe\xff"];
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();
/// RFC 8142, §2.
const RECORD_SEPARATOR: u8 = 0x1e;
/// How many bytes of something that is no object are looked at to say what is wrong with it.
const GLANCE: usize = CHUNK;

impl<R: Read> Frames<R> {
    pub(super) fn new(input: R, largest: usize, chunk: usize) -> Self {
        Self {
            window: Window::new(input, chunk),
            state: State::Between,
            stopped: false,
            scan: Scan::default(),
            start: 0,
            frames: Vec::new(),
            features: 0,
            documents: 0,
            skeleton: None,
            in_any_system: false,
            largest,
            spare: Vec::new(),
        }
    }

    /// Takes coordinates of any system.
    pub(super) fn in_any_system(self) -> Self {
        Self { in_any_system: true, ..self }
    }

    /// Takes a buffer back.
    pub(super) fn recycle(&mut self, buffer: Vec<u8>) {
        // A buffer that held one huge feature is not kept.
        if buffer.capacity() <= 4 * CHUNK {
            self.spare.push(buffer);
        }
    }

    /// Whether all frames have been handed out.
    pub(super) fn is_done(&self) -> bool {
        self.state == State::Done
    }

    /// Reads nothing more.
    pub(super) fn stop(&mut self) {
        self.stopped = true;
        self.state = State::Done;
    }

    /// Whether nothing more is to be read.
    pub(super) fn is_stopped(&self) -> bool {
        self.stopped
    }

    /// The next frames, as many as are in memory; `None` at the end.
    pub(super) fn next_batch(&mut self) -> Option<Batch> {
        while self.state != State::Done {
            match self.step() {
                Step::On => {}
                Step::Hungry if self.window.ended => self.end(),
                Step::Hungry if !self.frames.is_empty() => return Some(self.batch()),
                Step::Hungry => self.read_on(),
            }
        }
        (!self.stopped && !self.frames.is_empty()).then(|| self.batch())
    }

    fn batch(&mut self) -> Batch {
        let origin = self.window.origin;
        let bytes = self.window.split(self.start, self.spare.pop().unwrap_or_default());
        self.moved();
        Batch { bytes, frames: std::mem::take(&mut self.frames), origin }
    }

    fn read_on(&mut self) {
        self.window.discard(self.start);
        self.moved();
        if self.window.bytes.len() > self.largest {
            let fault = Fault::TooLarge { limit_bytes: self.largest as u64 };
            let place = match self.state {
                State::Element => format!("feature {}", self.features + 1),
                _ => self.here(0),
            };
            self.broken(place, fault);
        } else if let Err(error) = self.window.fill() {
            self.broken(String::new(), crate::limits::fault(&error));
        }
    }

    /// The bytes before `start` are gone.
    fn moved(&mut self) {
        self.scan.shift(self.start);
        self.start = 0;
    }

    fn broken(&mut self, place: String, fault: Fault) {
        self.frames.push(Frame::Broken(place, fault));
        self.state = State::Done;
    }

    /// Not JSON, at a byte.
    fn wrong(&mut self, at: usize, message: &str) -> Step {
        let place = self.here(at);
        self.broken(place, raw::fault(format!("not JSON: {message}")));
        Step::On
    }

    fn here(&self, at: usize) -> String {
        self.window.origin.after(&self.window.bytes[..at]).place()
    }

    fn step(&mut self) -> Step {
        match self.state {
            State::Between => self.between(),
            State::Document => self.document(),
            State::First | State::Next | State::Behind => self.list(),
            State::Element => self.element(),
            State::Tail => self.tail(),
            State::Done => Step::Hungry,
        }
    }

    /// The stream has ended in the middle of something.
    fn end(&mut self) {
        let rest = self.start..self.window.bytes.len();
        match self.state {
            State::Between if self.documents == 0 => self.broken(String::new(), Fault::Empty),
            State::Between | State::Done => {}
            // The parser says where it breaks off.
            State::Document | State::Element => {
                self.start = rest.end;
                self.push(rest);
            }
            State::First | State::Next | State::Behind => {
                self.wrong(rest.end, "EOF while parsing a list");
            }
            State::Tail => {
                self.wrong(rest.end, "EOF while parsing an object");
            }
        }
        self.state = State::Done;
    }

    /// Keeps a feature, or an object that may be one.
    fn push(&mut self, range: Range<usize>) {
        self.features += 1;
        self.frames.push(match self.state {
            State::Document => Frame::Document(self.features, range),
            _ => Frame::Element(self.features, range),
        });
    }

    /// The next byte that is no white space; all bytes before it are done.
    fn peek(&mut self, blank: impl Fn(u8) -> bool) -> Option<u8> {
        let rest = &self.window.bytes[self.start..];
        let skipped = rest.iter().position(|byte| !blank(*byte)).unwrap_or(rest.len());
        self.start += skipped;
        self.window.bytes.get(self.start).copied()
    }

    fn between(&mut self) -> Step {
        if self.window.origin == Origin::START && self.start == 0 {
            let bytes = &self.window.bytes;
            if bytes.len() < BYTE_ORDER_MARK.len() && !self.window.ended {
                return Step::Hungry;
            }
            if bytes.starts_with(BYTE_ORDER_MARK) {
                self.window.bytes.drain(..BYTE_ORDER_MARK.len());
                self.window.origin.offset = BYTE_ORDER_MARK.len() as u64;
            }
        }
        match self.peek(|byte| is_blank(byte) || byte == RECORD_SEPARATOR) {
            None => Step::Hungry,
            Some(b'{') => {
                self.scan = Scan::from(self.start);
                self.state = State::Document;
                Step::On
            }
            Some(_) if self.documents > 0 => self.wrong(self.start, "trailing characters"),
            Some(_) => self.no_object(""),
        }
    }

    /// Says what is found where an object should be.
    fn no_object(&mut self, place: &str) -> Step {
        if self.window.bytes.len() - self.start < GLANCE && !self.window.ended {
            return Step::Hungry;
        }
        let rest = &self.window.bytes[self.start..];
        // Text in UTF-16 may be GeoJSON in another encoding; a list is JSON, but not GeoJSON.
        let likely = rest.starts_with(b"[") || UTF_16.iter().any(|mark| rest.starts_with(mark));
        if place.is_empty() && !likely {
            self.broken(String::new(), Fault::NoFormat);
            return Step::On;
        }
        let offset = self.window.origin.offset as usize + self.start;
        match raw::value(rest, self.window.ended) {
            Err(raw::Wrong::NotUtf8(at)) => {
                self.broken(String::new(), Fault::NotUtf8 { offset: offset + at });
            }
            Err(raw::Wrong::NotJson(at, message)) => {
                let place = self.here(self.start + at);
                self.broken(place, raw::fault(message));
            }
            Ok(()) if place.is_empty() => {
                let found = "JSON, but no object".to_owned();
                self.broken(String::new(), Fault::NoGeoJson { found });
            }
            Ok(()) => {
                let message = "not a Feature: it is no object".to_owned();
                self.broken(place.to_owned(), Fault::Syntax { message });
            }
        }
        Step::On
    }

    fn document(&mut self) -> Step {
        match self.scan.run(&self.window.bytes) {
            Found::Nothing => Step::Hungry,
            Found::End(end) => {
                self.push(self.start..end);
                self.next_document(end);
                Step::On
            }
            Found::Text(text) => match self.list_behind(&text) {
                Ok(Some(bracket)) => self.collection(bracket),
                Ok(None) => Step::On,
                Err(hungry) => hungry,
            },
        }
    }

    fn next_document(&mut self, end: usize) {
        self.start = end;
        self.documents += 1;
        self.state = State::Between;
    }

    /// Where the list begins if a text is the key of a list of features.
    fn list_behind(&mut self, text: &Range<usize>) -> Result<Option<usize>, Step> {
        if !is_features(&self.window.bytes[text.clone()]) {
            return Ok(None);
        }
        let mut at = text.end + 1;
        for wanted in [b':', b'['] {
            let rest = &self.window.bytes[at..];
            let Some(skipped) = rest.iter().position(|byte| !is_blank(*byte)) else {
                if self.window.ended {
                    return Ok(None);
                }
                // The scan will find this text once more.
                self.scan = Scan::inside(text.start - 1);
                return Err(Step::Hungry);
            };
            if rest[skipped] != wanted {
                return Ok(None);
            }
            at += skipped + 1;
        }
        Ok(Some(at - 1))
    }

    /// An object has a list of features, which begins at a bracket.
    fn collection(&mut self, bracket: usize) -> Step {
        let head = &self.window.bytes[self.start..=bracket];
        let origin = self.window.origin.after(&self.window.bytes[..self.start]);
        match Skeleton::begin(head, origin, self.in_any_system) {
            Err((place, fault)) => self.broken(place, fault),
            // Some other object: its member of this name has another meaning.
            Ok(None) => {}
            Ok(Some(skeleton)) => {
                self.skeleton = Some(skeleton);
                self.start = bracket + 1;
                self.state = State::First;
            }
        }
        Step::On
    }

    fn list(&mut self) -> Step {
        let Some(byte) = self.peek(is_blank) else { return Step::Hungry };
        match (self.state, byte) {
            (State::First | State::Behind, b']') => {
                self.scan = Scan::inside(self.start + 1);
                self.state = State::Tail;
                if let Some(skeleton) = &mut self.skeleton {
                    skeleton.listed(self.window.origin.after(&self.window.bytes[..self.start]));
                }
                Step::On
            }
            (State::Behind, b',') => {
                self.start += 1;
                self.state = State::Next;
                Step::On
            }
            (State::Behind, _) => self.wrong(self.start, "expected `,` or `]`"),
            (_, b'{') => {
                self.scan = Scan::from(self.start);
                self.state = State::Element;
                Step::On
            }
            (_, b']') => self.wrong(self.start, "trailing comma"),
            _ => self.no_object(&format!("feature {}", self.features + 1)),
        }
    }

    fn element(&mut self) -> Step {
        loop {
            match self.scan.run(&self.window.bytes) {
                Found::Nothing => return Step::Hungry,
                Found::Text(_) => {}
                Found::End(end) => {
                    self.push(self.start..end);
                    self.start = end;
                    self.state = State::Behind;
                    return Step::On;
                }
            }
        }
    }

    fn tail(&mut self) -> Step {
        match self.scan.run(&self.window.bytes) {
            Found::Nothing => Step::Hungry,
            Found::Text(text) => match self.list_behind(&text) {
                Ok(None) => Step::On,
                Err(hungry) => hungry,
                Ok(Some(_)) => {
                    let place = self.here(text.start - 1);
                    let message = "the member `features` is there twice".to_owned();
                    self.broken(place, Fault::Syntax { message });
                    Step::On
                }
            },
            Found::End(end) => {
                if let Some(mut skeleton) = self.skeleton.take() {
                    skeleton.end(&self.window.bytes[self.start..end]);
                    self.frames.push(Frame::Members(skeleton));
                }
                self.next_document(end);
                Step::On
            }
        }
    }
}

/// White space of JSON.
const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t')
}

/// Whether a text means `features`, however it is written.
fn is_features(text: &[u8]) -> bool {
    text == b"features" || text.contains(&b'\\') && raw::unescaped(text) == "features"
}
