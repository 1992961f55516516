//! Edges of every kind, as curves that can be walked along.

use geo::Coord;

use super::datum::Datum;
use crate::geodesy::datum::Operation;
use crate::geodesy::{Geodesic, Position};
use crate::line::Line;
use crate::problem::ConstructFault;
use crate::quantity::Metres;

/// What an edge follows from one point to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The shortest way on the ellipsoid.
    Geodesic,
    /// The line of one azimuth.
    Rhumb,
    /// A parallel of latitude.
    Parallel,
    /// A meridian.
    Meridian,
    /// Straight on a map in this projection.
    OnMap(String),
    /// Straight where degrees are plane coordinates, as in most files.
    Degrees,
    /// Part of a circle.
    Arc,
    /// Part of the line of a file.
    Follow(String),
    /// What nobody says.
    Unstated,
}

impl Kind {
    /// As lists write it.
    ///
    /// # Errors
    /// [`ConstructFault::Value`].
    pub(super) fn read(text: &str) -> Result<Self, ConstructFault> {
        let wanted = "geodesic, rhumb, parallel, meridian, degrees, arc, straight-on-map:EPSG:n, \
                      follow:line.geojson, unstated (what `a straight line` is), or none at the \
                      end of a stretch";
        let small = text.trim().to_lowercase();
        let rest = |prefix: &str| text.trim().get(prefix.len()..).unwrap_or_default().trim();
        Ok(match &*small {
            "geodesic" | "geodetic" => Self::Geodesic,
            "rhumb" | "rhumb line" | "loxodrome" => Self::Rhumb,
            "parallel" => Self::Parallel,
            "meridian" => Self::Meridian,
            "degrees" => Self::Degrees,
            "arc" => Self::Arc,
            "unstated" => Self::Unstated,
            it if it.starts_with("straight-on-map:") => {
                Self::OnMap(rest("straight-on-map:").to_owned())
            }
            it if it.starts_with("follow:") => Self::Follow(rest("follow:").to_owned()),
            _ => {
                return Err(ConstructFault::Value { key: "edge", value: text.to_owned(), wanted });
            }
        })
    }

    /// Its name, as lists write it.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Geodesic => "geodesic".to_owned(),
            Self::Rhumb => "rhumb".to_owned(),
            Self::Parallel => "parallel".to_owned(),
            Self::Meridian => "meridian".to_owned(),
            Self::OnMap(system) => format!("straight-on-map:{system}"),
            Self::Degrees => "degrees".to_owned(),
            Self::Arc => "arc".to_owned(),
            Self::Follow(file) => format!("follow:{file}"),
            Self::Unstated => "unstated".to_owned(),
        }
    }
}

/// An edge in the degrees of its list's system.
pub(super) struct Curve<'a> {
    datum: &'a Datum,
    ends: [Coord; 2],
    shape: Shape,
}

enum Shape {
    Geodesic {
        azimuth_deg: f64,
        length: Metres,
    },
    Rhumb {
        azimuth_deg: f64,
        length: Metres,
    },
    /// Both degrees at a constant rate.
    Degrees {
        east_deg: f64,
    },
    OnMap {
        map: Box<Operation>,
        ends: [Coord; 2],
    },
    Arc {
        centre: Coord,
        from_deg: f64,
        turn_deg: f64,
        radii_m: [f64; 2],
    },
    Path {
        line: Box<Line>,
    },
}

/// A circle of which an edge is a part.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Circle {
    pub(super) centre: Coord,
    /// Whether it is followed clockwise.
    pub(super) is_clockwise: bool,
}

/// What an edge needs to know apart from its ends.
#[derive(Default)]
pub(super) struct Aid {
    pub(super) circle: Option<Circle>,
    /// The piece that is followed, from end to end.
    pub(super) piece: Option<Vec<Coord>>,
}

/// Two places nearer to each other than this, in metres, are one.
pub(super) const NOTHING_M: f64 = 1e-6;
/// The longest way between vertices, in metres, however straight a course is.
const LONGEST_M: f64 = 100_000.0;
/// Lengths are taken along pieces of this many metres, and of halves and quarters of it.
const PIECE_M: f64 = 20_000.0;
/// A piece turns by no more than this many degrees: what is left of its chord is then too short by
/// 2 × 10⁻¹⁴ of it, h⁶ / (322,560 × 64) for a turn of h.
const PIECE_DEG: f64 = 5.0;

impl<'a> Curve<'a> {
    /// # Errors
    /// A projection that is unknown or does not reach there.
    pub(super) fn new(
        datum: &'a Datum,
        kind: &Kind,
        ends: [Coord; 2],
        aid: &Aid,
    ) -> Result<Self, ConstructFault> {
        let [from, to] = ends;
        let shape = match kind {
            Kind::Geodesic | Kind::Unstated => {
                let (length, azimuth_deg) = datum.geodesic.distance_and_azimuth(from, to);
                Shape::Geodesic { azimuth_deg, length }
            }
            Kind::Rhumb => {
                let (length, azimuth_deg) = datum.geodesic.rhumb_distance_and_azimuth(from, to);
                Shape::Rhumb { azimuth_deg, length }
            }
            Kind::Parallel | Kind::Meridian | Kind::Degrees => {
                Shape::Degrees { east_deg: eastward_deg(from, to) }
            }
            Kind::OnMap(system) => {
                let map = datum.map(system)?;
                let ends = [map.forward(from)?, map.forward(to)?];
                Shape::OnMap { map: Box::new(map), ends }
            }
            Kind::Arc => {
                let circle = aid.circle.ok_or(ConstructFault::Missing { key: "centre" })?;
                arc(datum, circle, ends)
            }
            Kind::Follow(_) => {
                let piece = aid.piece.clone().ok_or(ConstructFault::Missing { key: "edge" })?;
                let piece = Line::new(piece).map_err(|_| ConstructFault::Missing { key: "edge" });
                Shape::Path { line: Box::new(piece?) }
            }
        };
        let curve = Self { datum, ends, shape };
        if let Kind::OnMap(system) = kind {
            curve.check_way(system)?;
        }
        Ok(curve)
    }

    /// Whether a line on a map leads by the shorter way round the Earth: a map that is cut between
    /// its ends has the other one.
    fn check_way(&self, system: &str) -> Result<(), ConstructFault> {
        const STEPS: u32 = 64;
        let (mut east_deg, mut last) = (0.0, self.ends[0]);
        for step in 1..=STEPS {
            let at = self.at(f64::from(step) / f64::from(STEPS))?;
            east_deg += eastward_deg(last, at);
            last = at;
        }
        if (east_deg - eastward_deg(self.ends[0], self.ends[1])).abs() < 180.0 {
            return Ok(());
        }
        let wanted = "straight-on-map: with a map that is not cut between the two points; on this \
                      one the straight line leads the other way round the Earth";
        let value = format!("straight-on-map:{system}");
        Err(ConstructFault::Value { key: "edge", value, wanted })
    }

    /// The place at a share of it, in degrees of its system.
    pub(super) fn at(&self, share: f64) -> Result<Coord, ConstructFault> {
        let [from, to] = self.ends;
        if share <= 0.0 || share >= 1.0 {
            return Ok(if share <= 0.0 { from } else { to });
        }
        Ok(match &self.shape {
            Shape::Geodesic { azimuth_deg, length } => {
                self.datum.geodesic.destination(from, *azimuth_deg, *length * share)
            }
            Shape::Rhumb { azimuth_deg, length } => {
                let way = *length * share;
                let place = self.datum.geodesic.rhumb_destination(from, *azimuth_deg, way);
                place.ok_or(ConstructFault::BeyondPole { length_m: length.value() })?
            }
            Shape::Degrees { east_deg } => Coord {
                x: within_range(from.x + share * east_deg),
                y: from.y + share * (to.y - from.y),
            },
            Shape::OnMap { map, ends: [a, b] } => {
                map.inverse(Coord { x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y) })?
            }
            Shape::Arc { centre, from_deg, turn_deg, radii_m: [near, far] } => {
                let radius = Metres::new(near + share * (far - near));
                self.datum.geodesic.destination(*centre, from_deg + share * turn_deg, radius)
            }
            Shape::Path { line } => line.at(line.length() * share),
        })
    }

    /// Its azimuth where it begins, in degrees.
    pub(super) fn azimuth_deg(&self) -> Result<f64, ConstructFault> {
        if let Shape::Geodesic { azimuth_deg, .. } | Shape::Rhumb { azimuth_deg, .. } = self.shape {
            return Ok(azimuth_deg);
        }
        let towards = |share: f64| -> Result<f64, ConstructFault> {
            let at = self.at(share)?;
            Ok(self.datum.geodesic.distance_and_azimuth(self.ends[0], at).1)
        };
        if matches!(self.shape, Shape::Path { .. }) {
            return towards(1e-6);
        }
        // Some metre of it, in which the azimuth of a chord changes evenly.
        let chord_m = self.datum.geodesic.distance(self.ends[0], self.ends[1]).value();
        let share = (1.0 / chord_m).clamp(1e-6, 1e-3);
        let [near_deg, far_deg] = [towards(share)?, towards(2.0 * share)?];
        Ok((near_deg - within_range(far_deg - near_deg)).rem_euclid(360.0))
    }

    /// Its length on an ellipsoid, of places that are brought there.
    ///
    /// Ways along its pieces of a length, of half of it and of a quarter are extrapolated to pieces
    /// without length (Romberg 1955): what the chord of a smooth curve is too short by has even
    /// powers of the length only.
    pub(super) fn length(
        &self,
        geodesic: &Geodesic,
        place: impl Fn(Coord) -> Result<Coord, ConstructFault>,
    ) -> Result<Metres, ConstructFault> {
        if let Shape::Path { line } = &self.shape {
            let path: Result<Vec<Coord>, _> = line.vertices().iter().map(|at| place(*at)).collect();
            return Ok(geodesic.sound_length(&path?));
        }
        let chord_m = geodesic.distance(place(self.ends[0])?, place(self.ends[1])?).value();
        let about_m = match &self.shape {
            Shape::Arc { turn_deg, radii_m, .. } => turn_deg.to_radians().abs() * radii_m[0],
            // Half of a parallel is longer than the way across by this at most.
            _ => chord_m * std::f64::consts::FRAC_PI_2,
        };
        let turn_deg = match &self.shape {
            Shape::Arc { turn_deg, .. } => turn_deg.abs(),
            // As much as a course near a pole turns.
            _ => eastward_deg(self.ends[0], self.ends[1]).abs(),
        };
        let pieces = (about_m / PIECE_M).max(turn_deg / PIECE_DEG).ceil().clamp(1.0, 1e4);
        let along = |pieces: f64| -> Result<f64, ConstructFault> {
            // At most 40,000, by the clamp above.
            let path: Result<Vec<Coord>, _> =
                (0..=pieces as u32).map(|i| place(self.at(f64::from(i) / pieces)?)).collect();
            Ok(geodesic.sound_length(&path?).value())
        };
        let [whole, half, quarter] = [along(pieces)?, along(2.0 * pieces)?, along(4.0 * pieces)?];
        let [coarse, fine] = [(4.0 * half - whole) / 3.0, (4.0 * quarter - half) / 3.0];
        Ok(Metres::new((16.0 * fine - coarse) / 15.0))
    }

    /// Its vertices, so near to each other that an edge between two of them, whether a geodesic or
    /// straight in degrees, is nowhere farther from the course than a tolerance.
    pub(super) fn path(&self, tolerance_m: f64, most: usize) -> Result<Vec<Coord>, ConstructFault> {
        if let Shape::Path { line } = &self.shape {
            return Ok(line.vertices().to_vec());
        }
        let chord_m = self.datum.geodesic.distance(self.ends[0], self.ends[1]).value();
        // The Earth being finite, small enough for the cast.
        let pieces = (chord_m / LONGEST_M).ceil().clamp(4.0, 1e3) as u32;
        let mut path = vec![self.ends[0]];
        for piece in 0..pieces {
            let share = |i: u32| f64::from(i) / f64::from(pieces);
            self.divide([share(piece), share(piece + 1)], tolerance_m, most, &mut path)?;
        }
        Ok(path)
    }

    /// Adds the vertices of a part, without its first one.
    fn divide(
        &self,
        part: [f64; 2],
        tolerance_m: f64,
        most: usize,
        path: &mut Vec<Coord>,
    ) -> Result<(), ConstructFault> {
        let mut parts = vec![part];
        while let Some([low, high]) = parts.pop() {
            if path.len() + parts.len() > most {
                return Err(ConstructFault::TooMany { tolerance_m, most });
            }
            let middle = f64::midpoint(low, high);
            // Below that a share of an edge has no places left.
            if high - low > 1e-12 && self.departs([low, high], tolerance_m)? {
                parts.extend([[middle, high], [low, middle]]);
            } else {
                path.push(self.at(high)?);
            }
        }
        Ok(())
    }

    /// Whether a part is farther than a tolerance from the straight edges between its ends.
    fn departs(&self, [low, high]: [f64; 2], tolerance_m: f64) -> Result<bool, ConstructFault> {
        let [from, to] = [self.at(low)?, self.at(high)?];
        let (length, azimuth_deg) = self.datum.geodesic.distance_and_azimuth(from, to);
        for share in [0.25, 0.5, 0.75] {
            let at = self.at(low + share * (high - low))?;
            let on_geodesic = self.datum.geodesic.destination(from, azimuth_deg, length * share);
            let on_map = Coord {
                x: within_range(from.x + share * eastward_deg(from, to)),
                y: from.y + share * (to.y - from.y),
            };
            for other in [on_geodesic, on_map] {
                if self.datum.geodesic.distance(at, other).value() > tolerance_m {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }
}

fn arc(datum: &Datum, circle: Circle, ends: [Coord; 2]) -> Shape {
    let to_end = |end: Coord| datum.geodesic.distance_and_azimuth(circle.centre, end);
    let [(near, from_deg), (far, to_deg)] = ends.map(to_end);
    // From a point to itself it is the whole circle.
    let is_whole = datum.geodesic.distance(ends[0], ends[1]).value() < NOTHING_M;
    let clockwise_deg = if is_whole { 360.0 } else { (to_deg - from_deg).rem_euclid(360.0) };
    let turn_deg = match circle.is_clockwise {
        true => clockwise_deg,
        false if is_whole => -360.0,
        false => clockwise_deg - 360.0,
    };
    Shape::Arc { centre: circle.centre, from_deg, turn_deg, radii_m: [near.value(), far.value()] }
}

/// By how much one place is east of another, by the shorter way round.
pub(super) fn eastward_deg(from: impl Position, to: impl Position) -> f64 {
    within_range(to.lon_deg() - from.lon_deg())
}

pub(super) fn within_range(lon_deg: f64) -> f64 {
    if lon_deg.abs() <= 180.0 { lon_deg } else { lon_deg - 360.0 * (lon_deg / 360.0).round() }
}
