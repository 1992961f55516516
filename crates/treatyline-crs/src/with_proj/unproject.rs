//! From a map back to the globe, as exactly as the map was drawn.
//!
//! PROJ's formulas from the globe to a map are exact; some of those back are approximations: of the
//! Robinson projection by up to 2.2 m, of Van der Grinten's by 5 cm, of the equal-area ones by
//! 1.6 mm before PROJ 9.7. And at the edge of the world, rounding puts places where nothing is.

use geo_types::Coord;
use serde_json::Value;

use crate::{DatumError, Operation};

/// What PROJ may leave before its answer is improved, in metres on the map.
const LOOSE_M: f64 = 1e-4;
/// Where an improvement ends, in metres on the map: some rounding of numbers of 1e7 m.
const NEAR_M: f64 = 1e-7;
/// Farther off than this is no approximation but the other edge of the world.
const FAR_M: f64 = 1e4;
/// Each step leaves a thousandth of what is left, where there is no bend.
const MOST_STEPS: usize = 20;
/// The step in degrees by which the map's scale is found: 0.1 m.
const STEP_DEG: f64 = 1e-6;
/// Robinson's projection is a table of rows, and PROJ's polynomials jump by a metre or two at each, so
/// that two places have one map there. A round latitude is the likelier one.
const ROWS_DEG: f64 = 5.0;
const JUMP_DEG: f64 = 3e-5;
/// Nearer to a row than this a place is on it.
const NEAR_DEG: f64 = 1e-9;
/// To what eastings and northings are written at least, so that a round latitude is known again.
const WRITTEN_M: f64 = 0.01;
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
    /// Whether PROJ's way back is exact.
    pub(super) is_exact: bool,
    /// Whether it is a table of rows, Robinson's.
    pub(super) has_rows: bool,
}

/// How the names of projections begin that PROJ inverts to less than a hundredth of a millimetre, in
/// the words of the registry of the EPSG. Of all others each place is looked at.
const EXACT: [&str; 8] = [
    "Transverse Mercator",
    "Mercator",
    "Popular Visualisation Pseudo Mercator",
    "Lambert Conic Conformal",
    "Albers Equal Area",
    "Polar Stereographic",
    "Oblique Stereographic",
    "Hotine Oblique Mercator",
];

impl Map {
    /// That of a conversion in PROJJSON.
    pub(super) fn new(conversion: &Value, unit_m: f64) -> Self {
        let method = conversion["method"]["name"].as_str().unwrap_or_default();
        let is_exact = EXACT.iter().any(|start| method.starts_with(start));
        Self { origin: origin(conversion), unit_m, is_exact, has_rows: method == "Robinson" }
    }

    /// A place of the map through PROJ; where rounding has put it beyond the edge, on the edge.
    ///
    /// # Errors
    /// As [`Operation::forward`].
    fn within_the_edge(&self, back: &Operation, at: Coord) -> Result<Coord, DatumError> {
        back.forward(at).or_else(|error| {
            let inward = |part: &f64| {
                let toward = |number: f64, origin: f64| number - (number - origin) * part;
                let (x, y) = (toward(at.x, self.origin.x), toward(at.y, self.origin.y));
                back.forward(Coord { x, y }).ok()
            };
            ROUNDINGS.iter().find_map(inward).ok_or(error)
        })
    }

    /// A place of the map through PROJ, and on to the place whose map it is by Newton's method.
    ///
    /// # Errors
    /// As [`Operation::forward`].
    pub(super) fn back(&self, back: &Operation, at: Coord) -> Result<Coord, DatumError> {
        let first = self.within_the_edge(back, at)?;
        if self.is_exact {
            return Ok(first);
        }
        let is_there = self.left_m(back, at, first).is_none_or(|(off_m, _)| off_m <= LOOSE_M);
        let nearest = if is_there { None } else { self.nearer(back, at, first) };
        let best = nearest.map_or(first, |(place, _)| place);
        Ok(self.on_a_row(back, at, best).unwrap_or(best))
    }

    /// The place on a row of Robinson's table that has the same map as one next to it.
    fn on_a_row(&self, back: &Operation, at: Coord, place: Coord) -> Option<Coord> {
        let y = self.has_rows.then_some((place.y / ROWS_DEG).round() * ROWS_DEG)?;
        let is_next = (NEAR_DEG..JUMP_DEG).contains(&(y - place.y).abs());
        let row = Coord { x: place.x, y: is_next.then_some(y)? };
        // Along a row the map is in proportion to the longitude.
        let [one, other] = [0.0, 1.0].map(|x| back.inverse(Coord { x, y }).ok());
        let metres = other?.x - one?.x;
        let x = row.x + self.left_m(back, at, row)?.1.x / metres;
        let row = Coord { x, y };
        self.left_m(back, at, row).filter(|(off_m, _)| *off_m <= WRITTEN_M).map(|_| row)
    }

    /// A place whose map is nearer to where it should be than that of another, and how far it is from
    /// there in metres.
    fn nearer(&self, back: &Operation, at: Coord, place: Coord) -> Option<(Coord, f64)> {
        let mut best = place;
        let (mut off_m, mut left) = self.left_m(back, at, best)?;
        let mut part = 1.0;
        for _ in 0..MOST_STEPS {
            if off_m <= NEAR_M || off_m > FAR_M {
                break;
            }
            let Some(next) = stepped(back, best, left, part) else { break };
            match self.left_m(back, at, next) {
                Some((next_m, next_left)) if next_m < (1.0 - part / 2.0) * off_m => {
                    (best, off_m, left, part) = (next, next_m, next_left, 1.0);
                }
                // Where the projection has a bend, half of a step may be better than all of it.
                _ => part /= 2.0,
            }
        }
        Some((best, off_m))
    }

    /// How far the map of a place is from where it should be: in metres, and in both directions.
    fn left_m(&self, back: &Operation, at: Coord, place: Coord) -> Option<(f64, Coord)> {
        let there = back.inverse(place).ok()?;
        let left = Coord { x: at.x - there.x, y: at.y - there.y };
        Some((left.x.hypot(left.y) * self.unit_m, left))
    }
}

/// A place moved by a part of what is left on the map, by the map's scale in both directions.
fn stepped(back: &Operation, place: Coord, left: Coord, part: f64) -> Option<Coord> {
    let here = back.inverse(place).ok()?;
    // On the side where there is no edge of the globe and no jump.
    let by = |x: f64, y: f64, step: f64| {
        let side = |sign: f64| {
            let at = Coord { x: place.x + sign * x, y: place.y + sign * y };
            let there = back.inverse(at).ok()?;
            Some([(there.x - here.x) / (sign * step), (there.y - here.y) / (sign * step)])
        };
        let [one, other] = [side(1.0), side(-1.0)];
        let size = |change: &Option<[f64; 2]>| change.map_or(f64::INFINITY, |[a, b]| a.hypot(b));
        if size(&one) <= size(&other) { one } else { other }
    };
    let [a, c] = by(STEP_DEG, 0.0, STEP_DEG)?;
    let [b, d] = by(0.0, STEP_DEG, STEP_DEG)?;
    let determinant = a * d - b * c;
    let x = place.x + part * (d * left.x - b * left.y) / determinant;
    let y = place.y + part * (a * left.y - c * left.x) / determinant;
    let next = Coord { x, y };
    (x.is_finite() && y.is_finite() && y.abs() <= 90.0).then_some(next)
}

/// The false easting and northing of a projection.
fn origin(conversion: &Value) -> Coord {
    let parameters = conversion["parameters"].as_array().map_or(&[][..], |list| list);
    let value = |word: &str| {
        let is_it = |each: &&Value| {
            let name = each["name"].as_str().unwrap_or_default().to_lowercase();
            name.contains("false") && name.contains(word)
        };
        parameters.iter().find(is_it)?["value"].as_f64()
    };
    Coord { x: value("easting").unwrap_or(0.0), y: value("northing").unwrap_or(0.0) }
}
