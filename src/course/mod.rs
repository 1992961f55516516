//! What a line follows: mapped rivers near it, the relief on it and on both sides, and its own long
//! straight edges.
//!
//! A treaty says that a boundary follows a river or a watershed; a line drawn by somebody else
//! does not say what it was drawn along. This module replaces impressions by independent
//! evidence: at *stations* every hundred metres it looks for the nearest mapped river that
//! runs the same way, and for the heights on the line and to both sides of it. Since some river
//! is near almost everywhere, each nearness comes with the nearness by *chance*: the same
//! measured for copies of the line that were moved aside. `docs/course.md` has the method.

mod follows;
pub(crate) mod near;
pub(crate) mod offsets;
pub(crate) mod onto;
pub(crate) mod relief;
mod rivers;
pub(crate) mod runs;
pub(crate) mod settings;
mod stations;

pub use follows::{Kind, Stretch};
pub(crate) use near::Tally;
pub(crate) use near::{Nearness, Within};
pub(crate) use onto::Carried;
pub use relief::Sides;
pub(crate) use relief::{Form, Relief};
pub use rivers::Rivers;
pub use runs::Run;
pub use settings::Settings;
pub(crate) use settings::{MOST_STATIONS, Shift};

use geo::Coord;

use crate::line::Line;
use crate::quantity::Metres;
use stations::{CHORD, Route, Station};

/// What a line follows.
///
/// A line may consist of several parts apart from each other. Chainages continue from one
/// part to the next, and the gap between two parts is not part of the line.
///
/// ```
/// use geo::Coord;
/// use treatyline::course::{Course, Kind, Rivers, Settings};
/// use treatyline::io::Input;
/// use treatyline::line::Line;
///
/// let text = r#"{"type": "Feature", "properties": {"name": "Khorgos"}, "geometry":
///     {"type": "LineString", "coordinates": [[80.4, 44.5], [80.4, 44.0]]}}"#;
/// let rivers = Rivers::read([Input::bytes("rivers", text.as_bytes())])?;
/// let at = |i| Coord { x: 80.401, y: 44.45 - 0.004 * f64::from(i) };
/// let line = Line::new((0..=100).map(at).collect())?;
///
/// let course = Course::for_parts(&[line], Some(&rivers), &Settings::default());
/// let run = &course.runs()[0];
/// assert_eq!(run.name.as_deref(), Some("Khorgos"));
/// assert_eq!(run.length().km().round(), 44.0);
/// assert_eq!(course.length_of(Kind::River).km().round(), 44.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Course {
    parts: Vec<Line>,
    step: Metres,
    stations: Vec<Station>,
    straight: Vec<Stretch>,
    least_straight: Metres,
    nearness: Option<Nearness>,
    runs: Vec<Run>,
    relief: Option<Relief>,
}

impl Course {
    /// Looks at a line, station by station.
    ///
    /// # Units
    /// Chainages and lengths in metres on WGS 84; edges are geodesics.
    ///
    /// # Assumptions
    /// Distances up to some ten kilometres: they are taken in the plane that touches the
    /// ellipsoid at the station, 0.01 mm off at 10 km.
    ///
    /// # Limits
    /// Five million stations, which take a gigabyte. A line that would have more gets a longer
    /// step.
    #[must_use]
    pub fn for_parts(parts: &[Line], rivers: Option<&Rivers>, settings: &Settings) -> Self {
        let (mut stations, mut straight) = (Vec::new(), Vec::new());
        let length: Metres = parts.iter().map(Line::length).sum();
        let step = Metres::new(settings.step.value().max(length.value() / MOST_STATIONS));
        let least_straight = follows::least_straight(parts, settings);
        for (part, from) in with_starts(parts) {
            let of_part = Route::of_line(part).stations(step, CHORD);
            stations.extend(of_part.into_iter().map(|it| it.begun_at(from)));
            straight.extend(follows::straight(part, from, least_straight));
        }
        let near = rivers.map(|rivers| (rivers, near::nearest(rivers, &stations, settings)));
        let near = near.as_ref().map(|(rivers, near)| (*rivers, &near[..]));
        let runs = near.map_or_else(Vec::new, |(rivers, near)| {
            runs::runs(rivers, &stations, near, &straight, settings)
        });
        let nearness =
            near.map(|(rivers, near)| Nearness::new(rivers, &stations, near, &straight, settings));
        let parts = parts.to_vec();
        Self { parts, step, stations, straight, least_straight, nearness, runs, relief: None }
    }

    /// The same with the relief at its stations: `heights` gives the height at a place in
    /// metres, or `None` where none is known.
    ///
    /// # Errors
    /// The first error of `heights`.
    pub fn with_relief<E>(
        self,
        sides: Sides,
        heights: impl FnMut(Coord) -> Result<Option<f64>, E>,
    ) -> Result<Self, E> {
        // The same stations; only the way the line runs is taken over a longer chord.
        let of_part = |(part, from): (&Line, Metres)| {
            let stations = Route::of_line(part).stations(self.step, sides.chord());
            stations.into_iter().map(move |it| it.begun_at(from)).collect::<Vec<_>>()
        };
        let stations: Vec<Station> = with_starts(&self.parts).flat_map(of_part).collect();
        let relief = Relief::at_stations(&stations, sides, heights)?;
        Ok(Self { relief: Some(relief), ..self })
    }

    /// The same with other runs: those found on another depiction and carried over.
    #[doc(hidden)]
    #[must_use]
    pub fn with_runs(self, runs: Vec<Run>) -> Self {
        Self { runs, ..self }
    }

    /// The length of the line.
    #[must_use]
    pub fn length(&self) -> Metres {
        self.parts.iter().map(Line::length).sum()
    }

    /// How much of the line is near a river; `None` if no rivers were asked about.
    #[doc(hidden)]
    #[must_use]
    pub const fn nearness(&self) -> Option<&Nearness> {
        self.nearness.as_ref()
    }

    /// The stretches that follow a river, start to end.
    #[must_use]
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// The runs carried over to another depiction of the same line, by nearest places, where the
    /// two are near each other.
    #[doc(hidden)]
    #[must_use]
    pub fn runs_on(&self, other: &Line, settings: &Settings) -> Vec<Carried> {
        onto::carried(self, other, settings)
    }

    /// The length from which an edge counts as straight.
    #[must_use]
    pub(crate) const fn least_straight(&self) -> Metres {
        self.least_straight
    }

    /// The long straight edges, start to end.
    #[must_use]
    pub(crate) fn straight(&self) -> &[Stretch] {
        &self.straight
    }

    /// The relief; `None` if no heights were given.
    #[doc(hidden)]
    #[must_use]
    pub const fn relief(&self) -> Option<&Relief> {
        self.relief.as_ref()
    }

    /// What each stretch follows, start to end: a river if it is part of a run, nothing if it is a
    /// long straight edge, otherwise what the relief says. Neighbouring stretches differ.
    #[must_use]
    pub fn stretches(&self) -> Vec<Stretch> {
        follows::stretches(self)
    }

    /// The length that follows something.
    #[must_use]
    pub fn length_of(&self, kind: Kind) -> Metres {
        let stretches = self.stretches().into_iter();
        stretches.filter(|it| it.kind == kind).map(|it| it.length()).sum()
    }

    /// The place at a distance along the line; beyond its ends, the nearer end.
    #[must_use]
    pub(crate) fn at(&self, chainage: Metres) -> Option<Coord> {
        let reached = with_starts(&self.parts).rev().find(|(_, from)| *from <= chainage);
        let (part, from) = reached.or_else(|| with_starts(&self.parts).next())?;
        Some(part.at(chainage - from))
    }

    /// The vertices between two chainages: a path for each part that has some of it.
    #[must_use]
    pub(crate) fn paths(&self, from: Metres, to: Metres) -> Vec<Vec<Coord>> {
        let path = |(part, start): (&Line, Metres)| {
            let (begin, end) = (from - start, to - start);
            let begin = if begin < Metres::default() { Metres::default() } else { begin };
            (begin < end && begin < part.length())
                .then(|| part.cut(begin, end).ok())
                .flatten()
                .map(|piece| piece.vertices().to_vec())
        };
        with_starts(&self.parts).filter_map(path).collect()
    }
}

/// Parts of a line, each with the length of those before it.
fn with_starts(
    parts: &[Line],
) -> impl DoubleEndedIterator<Item = (&Line, Metres)> + ExactSizeIterator {
    let mut from = Metres::default();
    let starts: Vec<Metres> = parts
        .iter()
        .map(|part| {
            let start = from;
            from = from + part.length();
            start
        })
        .collect();
    parts.iter().zip(starts)
}
