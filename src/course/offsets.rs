//! How far a line runs from what it is said to follow, station by station: a mapped river, the crest
//! of a watershed, the line midway between two shores.

use geo::Coord;

use super::rivers::{Near, Rivers};
use super::stations::{CHORD, Route, Station};
use crate::geodesy::{Ellipsoid, Frame, Geodesic};
use crate::line::Line;
use crate::quantity::Metres;

/// How far from the line a river is looked for, in metres: what is farther away is not what the line
/// follows.
const REACH_M: f64 = 10_000.0;
/// Shores are as far away as the water is wide.
const SHORE_REACH_M: f64 = 500_000.0;
/// A crest is looked for no farther than this: behind it is another ridge.
const CREST_REACH_M: f64 = 3_000.0;
/// Between two heights along a profile across the line.
const PROFILE_STEP_M: f64 = 50.0;
/// A climb ends where the ground is lower than its highest place by this: less may be an error of the
/// relief.
const DIP_M: f64 = 20.0;
/// Stations are this far apart: what lies between two of them may be farther away by half of it.
const STEP_M: f64 = 20.0;
/// The same where each has a profile of heights across it.
const PROFILES_M: f64 = 100.0;
/// The side on which something lies is the one in whose direction it comes nearer over this distance.
const NUDGE_M: f64 = 1.0;
/// Steps towards the place midway between two shores; each makes the error some ten times smaller.
const MIDWAY_STEPS: usize = 20;
/// A step that is shorter ends them, in metres.
const MIDWAY_M: f64 = 0.01;

/// The distance of a course from one station of a line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Offset {
    /// Where the station is.
    pub(crate) at: Coord,
    /// The length of line that it stands for.
    pub(crate) share: Metres,
    /// How far to the left of the line the course is, in metres, negative to the right; `None` where
    /// there is none within reach.
    pub(crate) left_m: Option<f64>,
}

/// The stations of a line, in the frame in which they are looked at.
struct Stations {
    frame: Frame,
    geodesic: Geodesic,
    stations: Vec<Station>,
}

impl Stations {
    fn new(line: &Line, step_m: f64) -> Self {
        let stations = Route::of_line(line).stations(Metres::new(step_m), CHORD);
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        Self { frame: *line.frame(), geodesic, stations }
    }

    /// The place this far to the left of a station.
    fn left_of(&self, station: &Station, left_m: f64) -> Coord {
        let azimuth = station.azimuth_deg() - 90.0_f64.copysign(left_m);
        self.geodesic.destination(station.at(), azimuth, Metres::new(left_m.abs()))
    }

    fn offsets<E>(
        &self,
        mut left_m: impl FnMut(&Station) -> Result<Option<f64>, E>,
    ) -> Result<Vec<Offset>, E> {
        let one = |station: &Station| {
            // A chord of no length has no sides.
            let left_m = if station.heading == [0.0; 3] { None } else { left_m(station)? };
            Ok(Offset { at: station.at(), share: station.share, left_m })
        };
        self.stations.iter().map(one).collect()
    }
}

/// How far a line is from the nearest river, whichever that is at a station.
pub(crate) fn from_rivers(line: &Line, rivers: &Rivers) -> Vec<Offset> {
    let all = Stations::new(line, STEP_M);
    let mut hint: Option<Near> = None;
    let found = all.offsets(|station| {
        hint = rivers.nearest(&station.place, None, REACH_M, hint);
        let Some(near) = hint else { return Ok::<_, std::convert::Infallible>(None) };
        let nearby = all.frame.place(all.left_of(station, NUDGE_M));
        let to_left = rivers.nearest(&nearby, None, REACH_M + NUDGE_M, hint);
        let is_left = to_left.is_some_and(|it| it.distance_m < near.distance_m);
        Ok(Some(if is_left { near.distance_m } else { -near.distance_m }))
    });
    found.unwrap_or_else(|never| match never {})
}

/// How far a line is from the crest that is reached from it by climbing straight to one of its sides.
///
/// # Errors
/// The first error of `heights`.
pub(crate) fn from_crest<E>(
    line: &Line,
    mut heights: impl FnMut(Coord) -> Result<Option<f64>, E>,
) -> Result<Vec<Offset>, E> {
    let all = Stations::new(line, PROFILES_M);
    all.offsets(|station| {
        let Some(on_m) = heights(station.at())? else { return Ok(None) };
        // The highest place to the left, and to the right.
        let mut best: Option<(f64, f64)> = Some((on_m, 0.0));
        for side in [1.0, -1.0] {
            let climbed = climb(on_m, |off_m| heights(all.left_of(station, side * off_m)))?;
            best = match (best, climbed) {
                (Some(best), Some((top_m, off_m))) if top_m > best.0 => Some((top_m, side * off_m)),
                (best, Some(_)) => best,
                (_, None) => None,
            };
        }
        Ok(best.map(|(_, off_m)| off_m))
    })
}

/// The height and the distance of the crest on one side of a place of that height; `None` where the
/// ground still rises at the end of the reach, or its height is not known.
fn climb<E>(
    on_m: f64,
    mut height: impl FnMut(f64) -> Result<Option<f64>, E>,
) -> Result<Option<(f64, f64)>, E> {
    let mut top = (on_m, 0.0);
    let mut off_m = PROFILE_STEP_M;
    while off_m <= CREST_REACH_M {
        let Some(here_m) = height(off_m)? else { return Ok(None) };
        if here_m > top.0 {
            top = (here_m, off_m);
        }
        if here_m < top.0 - DIP_M {
            return Ok(Some(top));
        }
        off_m += PROFILE_STEP_M;
    }
    let still_rises = top.1 > CREST_REACH_M - 2.0 * PROFILE_STEP_M;
    Ok((!still_rises).then_some(top))
}

/// How far a line is from the line midway between the shore on its left and the one on its right.
pub(crate) fn from_midway(line: &Line, shores: &[Rivers; 2]) -> Vec<Offset> {
    let all = Stations::new(line, STEP_M);
    let mut hints: [Option<Near>; 2] = [None; 2];
    let found = all.offsets(|station| {
        let mut left_m = 0.0;
        let mut place = station.place;
        for _ in 0..MIDWAY_STEPS {
            for (hint, shore) in hints.iter_mut().zip(shores) {
                *hint = shore.nearest(&place, None, SHORE_REACH_M, *hint);
            }
            let [Some(left), Some(right)] = hints else { return Ok(None) };
            let step_m = 0.5 * (left.distance_m - right.distance_m);
            left_m += step_m;
            if step_m.abs() < MIDWAY_M {
                return Ok(Some(left_m));
            }
            place = all.frame.place(all.left_of(station, left_m));
        }
        // With the shores exchanged each step leads farther away.
        Ok::<_, std::convert::Infallible>(None)
    });
    found.unwrap_or_else(|never| match never {})
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::Input;

    /// Along a meridian, northward.
    fn meridian(lon_deg: f64) -> Vec<Coord> {
        (-20..=130).map(|i| Coord { x: lon_deg, y: 45.0 + f64::from(i) * 0.001 }).collect()
    }

    fn line() -> Line {
        Line::new(meridian(80.0)[20..=120].to_vec()).unwrap()
    }

    fn rivers(lon_deg: f64) -> Rivers {
        let path: Vec<[f64; 2]> = meridian(lon_deg).iter().map(|at| [at.x, at.y]).collect();
        let text = serde_json::json!({"type": "LineString", "coordinates": path}).to_string();
        Rivers::read([Input::bytes("rivers", text.as_bytes())]).unwrap()
    }

    /// The offset at the station nearest to a latitude.
    fn at(offsets: &[Offset], lat: f64) -> f64 {
        let nearest = offsets
            .iter()
            .min_by(|one, other| (one.at.y - lat).abs().total_cmp(&(other.at.y - lat).abs()));
        nearest.and_then(|it| it.left_m).unwrap()
    }

    /// Distances from a place to a meridian, and on to the meridian in the middle, by pyproj.
    #[test]
    fn a_river_is_on_its_side_and_a_midway_line_between() {
        let line = line();
        assert!((at(&from_rivers(&line, &rivers(80.01)), 45.05) + 787.782).abs() < 0.02);
        assert!((at(&from_rivers(&line, &rivers(79.98)), 45.05) - 1_575.565).abs() < 0.04);
        assert!(from_rivers(&line, &rivers(81.0)).iter().all(|it| it.left_m.is_none()));
        let shores = [rivers(79.98), rivers(80.04)];
        let found = from_midway(&line, &shores);
        assert!((at(&found, 45.05) + 787.786).abs() < 0.03, "{}", at(&found, 45.05));
        let [left, right] = shores;
        let found = from_midway(&line, &[right, left]);
        assert!(found.iter().all(|it| it.left_m.is_none()), "shores on the wrong sides");
    }

    /// A ridge along a meridian east of the line, with a lower one west of it.
    #[test]
    fn a_crest_is_where_a_climb_ends() {
        let heights = |at: Coord| {
            let ridge = |lon: f64, top_m: f64| top_m - ((at.x - lon) * 20_000.0).abs();
            Ok::<_, ()>(Some(ridge(80.01, 900.0).max(ridge(79.99, 700.0))))
        };
        let found = from_crest(&line(), heights).unwrap();
        // Heights are looked at each 50 m.
        assert!((at(&found, 45.05) + 787.782).abs() <= 25.0, "{}", at(&found, 45.05));
        let rises = from_crest(&line(), |at| Ok::<_, ()>(Some(at.x * 20_000.0))).unwrap();
        assert!(rises.iter().all(|it| it.left_m.is_none()), "no crest within reach");
        let flat = from_crest(&line(), |_| Ok::<_, ()>(Some(5.0))).unwrap();
        assert!(flat.iter().all(|it| it.left_m == Some(0.0)), "no place is higher");
        let failed = from_crest(&line(), |_| Err("unreadable"));
        assert_eq!(failed.map(|found| found.len()), Err("unreadable"));
    }
}
