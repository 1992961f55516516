//! From a map back to the globe, as exactly as the map was drawn.
//!
//! PROJ's formulas from the globe to a map are exact; some of those back are approximations: of the
//! Robinson projection by up to 2.2 m, of Van der Grinten's by 5 cm, of the equal-area ones by
//! 1.6 mm before PROJ 9.7. And at the edge of the world, rounding puts places where nothing is.

use geo_types::Coord;

use crate::{DatumError, Operation};

/// What PROJ may leave before its answer is improved, in metres on the map.
const LOOSE_M: f64 = 1e-4;
/// Where an improvement ends, in metres on the map: some rounding of numbers of 1e7 m.
const NEAR_M: f64 = 1e-7;
/// Farther off than this is no approximation but the other edge of the world.
const FAR_M: f64 = 1e4;
/// Each step leaves a thousandth of what is left, where there is no bend.
const MOST_STEPS: usize = 8;
/// The step in degrees by which the map's scale is found: 0.1 m.
const STEP_DEG: f64 = 1e-6;
/// What rounding may have put a place beyond the edge of a map, as a part of how far it is from the
/// map's origin: 2 cm at most.
const ROUNDINGS: [f64; 4] = [1e-12, 1e-11, 1e-10, 1e-9];

/// What is known of the map of a projected system.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Map {
    /// Its false easting and northing, in its units.
    pub(super) origin: Coord,
    /// The length of its unit in metres.
    pub(super) unit_m: f64,
}

impl Map {
    /// How far PROJ's way back is off at some places, in metres at most.
    pub(super) fn off_m(&self, back: &Operation, places: &[Coord]) -> f64 {
        let each = places.iter().filter_map(|at| {
            let off_m = self.left_m(back, *at, back.forward(*at).ok()?)?.0;
            (off_m < FAR_M).then_some(off_m)
        });
        each.fold(0.0, f64::max)
    }

    /// Whether that is worth an improvement.
    pub(super) fn is_loose(&self, back: &Operation, places: &[Coord]) -> bool {
        self.off_m(back, places) > LOOSE_M
    }

    /// A place of the map through PROJ; where rounding has put it beyond the edge, on the edge.
    ///
    /// # Errors
    /// As [`Operation::forward`].
    pub(super) fn back(&self, back: &Operation, at: Coord) -> Result<Coord, DatumError> {
        back.forward(at).or_else(|error| {
            let inward = |part: &f64| {
                let toward = |number: f64, origin: f64| number - (number - origin) * part;
                let (x, y) = (toward(at.x, self.origin.x), toward(at.y, self.origin.y));
                back.forward(Coord { x, y }).ok()
            };
            ROUNDINGS.iter().find_map(inward).ok_or(error)
        })
    }

    /// The same to the place whose map it is, by Newton's method.
    ///
    /// # Errors
    /// As [`Operation::forward`].
    pub(super) fn back_exactly(&self, back: &Operation, at: Coord) -> Result<Coord, DatumError> {
        let mut best = self.back(back, at)?;
        let Some((mut off_m, mut left)) = self.left_m(back, at, best) else { return Ok(best) };
        for _ in 0..MOST_STEPS {
            if off_m <= NEAR_M || off_m > FAR_M {
                break;
            }
            let Some(next) = stepped(back, best, left) else { break };
            let Some((next_m, next_left)) = self.left_m(back, at, next) else { break };
            if next_m >= off_m {
                break;
            }
            (best, off_m, left) = (next, next_m, next_left);
        }
        Ok(best)
    }

    /// How far the map of a place is from where it should be: in metres, and in both directions.
    fn left_m(&self, back: &Operation, at: Coord, place: Coord) -> Option<(f64, Coord)> {
        let there = back.inverse(place).ok()?;
        let left = Coord { x: at.x - there.x, y: at.y - there.y };
        Some((left.x.hypot(left.y) * self.unit_m, left))
    }
}

/// A place moved by what is left on the map, by the map's scale in both directions.
fn stepped(back: &Operation, place: Coord, left: Coord) -> Option<Coord> {
    let here = back.inverse(place).ok()?;
    // Away from the edges of the globe.
    let inward = |number: f64| -STEP_DEG.copysign(number);
    let (east, north) = (inward(place.x), inward(place.y));
    let by = |x: f64, y: f64, step: f64| {
        let there = back.inverse(Coord { x: place.x + x, y: place.y + y }).ok()?;
        Some([(there.x - here.x) / step, (there.y - here.y) / step])
    };
    let ([a, c], [b, d]) = (by(east, 0.0, east)?, by(0.0, north, north)?);
    let determinant = a * d - b * c;
    let x = place.x + (d * left.x - b * left.y) / determinant;
    let y = place.y + (a * left.y - c * left.x) / determinant;
    let next = Coord { x, y };
    (x.is_finite() && y.is_finite() && y.abs() <= 90.0).then_some(next)
}
