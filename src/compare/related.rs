//! Whether two lines can be versions of one line at all, and whether that is doubtful.

use std::fmt;

use geo::Coord;

use super::Comparison;
use super::track::Track;
use crate::geodesy::{Ellipsoid, Geodesic};
use crate::line::Line;
use crate::quantity::{Metres, SquareMetres};
use crate::wording::{km, number};

/// Two lines that do not belong together.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error(
    "the lines do not belong together: half of each is more than {} from the other, and the \
     smaller is {} across",
    km(distance.value(), 1), km(across.value(), 1)
)]
#[non_exhaustive]
pub struct Unrelated {
    /// The distance that half of the nearer line is within of the other one.
    pub distance: Metres,
    /// How far apart the farthest places of the smaller line are.
    pub across: Metres,
}

/// Why it is doubtful that two lines are versions of one.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Doubt {
    /// Both are outlines, and the areas have hardly any land in common.
    Areas {
        /// How much land both have.
        common: SquareMetres,
    },
    /// Half of each is far from the other, for its size.
    Far {
        /// The distance that half of the nearer line is within of the other one.
        distance: Metres,
        /// How far apart the farthest places of the smaller line are.
        across: Metres,
    },
}

impl fmt::Display for Doubt {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Areas { common } => {
                let land = match number(common.km2(), 3).as_str() {
                    "0.000" => "no land".to_owned(),
                    km2 => format!("only {km2} km²"),
                };
                write!(
                    to,
                    "the two outlines have {land} in common, so they are hardly versions of one area"
                )
            }
            Self::Far { distance, across } => write!(
                to,
                "half of each line is more than {} from the other, and the smaller is {} across, so \
                 they are hardly versions of one line",
                km(distance.value(), 1),
                km(across.value(), 1)
            ),
        }
    }
}

/// The distance to the other line is measured at this number of places of each line, and at its
/// end.
const LOOKED_AT: u32 = 32;

/// Two lines of which half is farther away than this share of the smaller one's extent may be
/// two neighbouring borders.
pub(super) const DOUBTFUL: f64 = 0.25;

/// Two versions of an area have at least this share of the smaller one in common.
const LEAST_COMMON: f64 = 0.1;

/// Whether at least half of one of the lines is nearer to the other than the extent of the smaller
/// one.
pub(super) fn related(old: &Track, new: &Track) -> Result<(), Unrelated> {
    let far = far(old, new);
    if far.distance <= far.across { Ok(()) } else { Err(far) }
}

/// How far two lines are from each other, and how large the smaller one is.
pub(super) fn far(old: &Track, new: &Track) -> Unrelated {
    let distance = lesser(half_within(old, new), half_within(new, old));
    Unrelated { distance, across: lesser(across(places(old.line())), across(places(new.line()))) }
}

fn lesser(a: Metres, b: Metres) -> Metres {
    if b < a { b } else { a }
}

/// The distance that half of a line is within of the other.
fn half_within(from: &Track, to: &Track) -> Metres {
    middle(places(from.line()).map(|at| to.nearest(at).distance).collect())
}

/// Half of some distances are no larger.
pub(super) fn middle(mut distances: Vec<Metres>) -> Metres {
    distances.sort_by(|a, b| a.value().total_cmp(&b.value()));
    distances.get(distances.len() / 2).copied().unwrap_or_default()
}

/// How far apart the farthest of some places are.
pub(super) fn across(places: impl Iterator<Item = Coord>) -> Metres {
    let (places, geodesic): (Vec<Coord>, _) = (places.collect(), Geodesic::new(Ellipsoid::WGS84));
    let pairs = places
        .iter()
        .zip(1..)
        .flat_map(|(a, next)| places[next..].iter().map(|b| geodesic.distance(*a, *b)));
    pairs.fold(Metres::default(), |farthest, each| if each > farthest { each } else { farthest })
}

fn places(line: &Line) -> impl Iterator<Item = Coord> + '_ {
    (0..=LOOKED_AT).map(|i| line.at(line.length() * (f64::from(i) / f64::from(LOOKED_AT))))
}

impl Comparison {
    /// Why it is doubtful that the lines are versions of one, if it is. Lines in several stretches
    /// have been matched stretch by stretch and are never doubtful.
    #[doc(hidden)]
    #[must_use]
    pub fn doubt(&self) -> Option<Doubt> {
        let [[old, new]] = &self.pieces[..] else { return None };
        if let Some((common, smaller)) = self.common([old, new])
            && common.value() < LEAST_COMMON * smaller.value()
        {
            return Some(Doubt::Areas { common });
        }
        let distance = lesser(self.old.distances.p50, self.new.distances.p50);
        let across = lesser(across(places(old)), across(places(new)));
        let is_far = distance.value() > DOUBTFUL * across.value();
        is_far.then_some(Doubt::Far { distance, across })
    }

    /// Of two outlines: how much land both have, and the area of the smaller.
    fn common(&self, lines: [&Line; 2]) -> Option<(SquareMetres, SquareMetres)> {
        let enclosed = |line: &Line| {
            let area = line.geodesic().ring_area(line.vertices()).ok()?.area;
            line.is_closed().then_some(area.value().abs())
        };
        let (old, new) = (enclosed(lines[0])?, enclosed(lines[1])?);
        let gains = self.land.gains.iter();
        let moved: f64 = gains.map(|g| g.significant.area.value() + g.noise.area.value()).sum();
        // What only one has is counted once, what both have twice in the two areas.
        let common = ((old + new - moved) / 2.0).max(0.0);
        Some((SquareMetres::new(common), SquareMetres::new(old.min(new))))
    }
}
