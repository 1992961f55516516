//! What each part of a line follows, by all evidence together.

use super::{Course, Form, Relief, Run, Settings};
use crate::line::Line;
use crate::quantity::Metres;

/// What a stretch of a line follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A mapped river.
    River,
    /// Nothing on the ground: a long straight edge.
    Straight,
    /// A ridge: higher than the ground on both sides.
    Ridge,
    /// A valley without a mapped river: lower than the ground on both sides.
    Valley,
    /// A slope.
    Slope,
    /// Flat ground.
    Flat,
    /// Nothing is known of it.
    Unknown,
}

impl Kind {
    /// Every kind, in the order they are listed.
    #[doc(hidden)]
    pub const ALL: [Self; 7] = [
        Self::River,
        Self::Straight,
        Self::Ridge,
        Self::Valley,
        Self::Slope,
        Self::Flat,
        Self::Unknown,
    ];

    /// What the relief says.
    const fn from_form(form: Form) -> Self {
        match form {
            Form::Ridge => Self::Ridge,
            Form::Valley => Self::Valley,
            Form::Slope => Self::Slope,
            Form::Flat => Self::Flat,
            Form::NotCovered => Self::Unknown,
        }
    }

    /// Its name.
    #[doc(hidden)]
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::River => "river",
            Self::Straight => "straight",
            Self::Ridge => "ridge",
            Self::Valley => "valley",
            Self::Slope => "slope",
            Self::Flat => "flat",
            Self::Unknown => "unknown",
        }
    }
}

/// A stretch of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Stretch {
    /// Where it begins, along the line.
    pub from: Metres,
    /// Where it ends.
    pub to: Metres,
    /// What it follows.
    pub kind: Kind,
}

impl Stretch {
    /// From its beginning to its end.
    #[must_use]
    pub fn length(&self) -> Metres {
        self.to - self.from
    }
}

/// No river is straight over this length at the scale of a detailed boundary line.
const STRAIGHT_M: f64 = 1e3;
/// Nor for this number of times the usual edge of a line, however coarse.
const STRAIGHT_EDGES: f64 = 5.0;
/// Nor over this length on the map.
const STRAIGHT_ON_MAP_M: f64 = 5e-3;
/// With fewer edges than this, no length of an edge is usual.
const FEWEST_EDGES: usize = 16;

/// The length from which an edge of a line counts as straight.
pub(super) fn least_straight(parts: &[Line], settings: &Settings) -> Metres {
    if let Some(given) = settings.straight {
        return given;
    }
    let edges = parts.iter().flat_map(|part| part.chainages().windows(2));
    let mut lengths_m: Vec<f64> = edges.map(|ends| (ends[1] - ends[0]).value()).collect();
    let middle = lengths_m.len() / 2;
    let usual_m = match lengths_m.len() {
        ..FEWEST_EDGES => 0.0,
        _ => *lengths_m.select_nth_unstable_by(middle, f64::total_cmp).1,
    };
    let on_map_m = settings.nominal_scale.map_or(0.0, |scale| scale * STRAIGHT_ON_MAP_M);
    Metres::new(STRAIGHT_M.max(STRAIGHT_EDGES * usual_m).max(on_map_m).ceil())
}

/// The edges of a part of a line that are at least `least` long; the part begins at `from`.
pub(super) fn straight(part: &Line, from: Metres, least: Metres) -> impl Iterator<Item = Stretch> {
    let long = part.chainages().windows(2).filter(move |ends| ends[1] - ends[0] >= least);
    long.map(move |ends| Stretch { from: from + ends[0], to: from + ends[1], kind: Kind::Straight })
}

/// What each stretch follows; neighbours that follow the same are one.
pub(super) fn stretches(course: &Course) -> Vec<Stretch> {
    let forms = course.relief().map(Relief::sections);
    let rivers = covered_by(&course.runs);
    let mut stretches: Vec<Stretch> = Vec::new();
    for (i, station) in course.stations.iter().enumerate() {
        let form = forms.and_then(|sections| sections.get(i)).map(|section| section.form);
        // A run found on the line itself has no long straight edge. One that was carried over may:
        // then the other depiction shows the river that this one draws straight.
        let kind = if is_in(&rivers, station.chainage) {
            Kind::River
        } else if is_in(&course.straight, station.chainage) {
            Kind::Straight
        } else {
            form.map_or(Kind::Unknown, Kind::from_form)
        };
        let [from, to] = station.piece();
        match stretches.last_mut().filter(|last| last.kind == kind) {
            Some(last) => last.to = to,
            None => stretches.push(Stretch { from, to, kind }),
        }
    }
    stretches
}

/// Whether one of some stretches, which are in order, lies between two places.
pub(super) fn is_between(stretches: &[Stretch], from: Metres, to: Metres) -> bool {
    let before = stretches.partition_point(|it| it.to <= from);
    stretches.get(before).is_some_and(|it| it.from < to)
}

/// Whether a place lies in one of some stretches, which are in order.
pub(super) fn is_in(stretches: &[Stretch], at: Metres) -> bool {
    let before = stretches.partition_point(|it| it.to < at);
    stretches.get(before).is_some_and(|it| it.from <= at)
}

/// The stretches that some runs cover together, in order. Runs that were carried over may overlap
/// and come in any order.
fn covered_by(runs: &[Run]) -> Vec<Stretch> {
    let of_run = |run: &Run| Stretch { from: run.from, to: run.to, kind: Kind::River };
    let mut sorted: Vec<Stretch> = runs.iter().map(of_run).collect();
    sorted.sort_by(|a, b| a.from.value().total_cmp(&b.from.value()));
    let mut covered: Vec<Stretch> = Vec::new();
    for run in sorted {
        match covered.last_mut().filter(|last| run.from <= last.to) {
            Some(last) if last.to < run.to => last.to = run.to,
            Some(_) => {}
            None => covered.push(run),
        }
    }
    covered
}
