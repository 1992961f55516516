//! A course as an instrument states it of a stretch: straight, along a parallel or a meridian.

use geo::Coord;
use serde::{Deserialize, Serialize};

use super::datum::Datum;
use super::edge::{Aid, Curve, Kind, eastward_deg, within_range};
use crate::io::printed::{Coordinate, angle};
use crate::line::Line;
use crate::problem::ConstructFault;

/// What a stretch is said to follow: `straight`, `rhumb`, `degrees`, `parallel`, `meridian`, the last
/// two with or without where: `parallel 31°20′N`.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(with = "String"))]
#[serde(try_from = "String", into = "String")]
pub struct StatedCourse {
    text: String,
    kind: Kind,
    /// The latitude of the parallel or the longitude of the meridian, if it is stated.
    along_deg: Option<f64>,
}

/// Reference lines are drawn to within this, in metres.
const TOLERANCE_M: f64 = 0.1;
/// The length of a piece of a parallel or a meridian where the stretch has no extent along it.
const PIECE_DEG: f64 = 1e-4;
/// More vertices than any parallel needs for that.
const MOST_VERTICES: usize = 100_000;

impl TryFrom<String> for StatedCourse {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let wanted = || {
            format!(
                "`{text}` is no course; it must be straight, rhumb, degrees, or parallel or meridian, with \
                 or without where, as in parallel 31°20′N"
            )
        };
        let (word, rest) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
        let (kind, coordinate) = match word {
            "straight" => (Kind::Geodesic, None),
            "rhumb" => (Kind::Rhumb, None),
            "degrees" => (Kind::Degrees, None),
            "parallel" => (Kind::Parallel, Some(Coordinate::Latitude)),
            "meridian" => (Kind::Meridian, Some(Coordinate::Longitude)),
            _ => return Err(wanted()),
        };
        let along_deg = match coordinate {
            _ if rest.is_empty() => None,
            None => return Err(wanted()),
            Some(coordinate) => {
                let found =
                    angle(rest, coordinate).map_err(|fault| format!("`{text}`: {fault}"))?;
                Some(found.deg.value)
            }
        };
        Ok(Self { text, kind, along_deg })
    }
}

impl From<StatedCourse> for String {
    fn from(course: StatedCourse) -> Self {
        course.text
    }
}

impl StatedCourse {
    /// It in words: `a straight line`, `the parallel 31°20′N`.
    pub(crate) fn in_words(&self) -> String {
        match (&self.kind, self.along_deg) {
            (Kind::Rhumb, _) => "a rhumb line between its ends".to_owned(),
            (Kind::Degrees, _) => "a line straight in degrees between its ends".to_owned(),
            (Kind::Parallel | Kind::Meridian, Some(_)) => format!("the {}", self.text),
            (Kind::Parallel, None) => "the parallel midway between its ends".to_owned(),
            (Kind::Meridian, None) => "the meridian midway between its ends".to_owned(),
            _ => "a straight line between its ends".to_owned(),
        }
    }

    /// Whether it says where it is by itself; otherwise it is between the ends of the stretch.
    pub(crate) const fn is_placed(&self) -> bool {
        self.along_deg.is_some()
    }

    /// The course as a line, for a stretch with these ends.
    ///
    /// # Errors
    /// [`ConstructFault`] where both ends are one place or opposite ones.
    pub(crate) fn line(&self, ends: [Coord; 2]) -> Result<Line, ConstructFault> {
        let ends = match (&self.kind, self.along_deg) {
            (Kind::Parallel, Some(lat)) => ends.map(|at| Coord { y: lat, ..at }),
            (Kind::Meridian, Some(lon)) => ends.map(|at| Coord { x: lon, ..at }),
            // Ends that are on two of them are off the one in the middle.
            (Kind::Parallel, None) => {
                let lat = f64::midpoint(ends[0].y, ends[1].y);
                ends.map(|at| Coord { y: lat, ..at })
            }
            (Kind::Meridian, None) => {
                let lon = ends[0].x + 0.5 * eastward_deg(ends[0], ends[1]);
                ends.map(|at| Coord { x: within_range(lon), ..at })
            }
            _ => ends,
        };
        // A stretch across its course is compared with a short piece of it.
        let mut ends = ends;
        if ends[0] == ends[1] {
            match self.kind {
                Kind::Meridian => ends[1].y -= PIECE_DEG.copysign(ends[1].y),
                _ => ends[1].x = within_range(ends[1].x + PIECE_DEG),
            }
        }
        let datum = Datum::wgs84();
        let curve = Curve::new(&datum, &self.kind, ends, &Aid::default())?;
        let path = curve.path(TOLERANCE_M, MOST_VERTICES)?;
        let no_length = |_| ConstructFault::NoLength { from: "start".into(), to: "end".into() };
        Line::new(path).map_err(no_length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<StatedCourse, String> {
        StatedCourse::try_from(text.to_owned())
    }

    #[test]
    fn courses_are_read_with_where_they_are() {
        let parallel = read("parallel 31°20′N").unwrap();
        assert_eq!(parallel.in_words(), "the parallel 31°20′N");
        let ends = [Coord { x: -111.0, y: 31.3 }, Coord { x: -108.2, y: 31.4 }];
        let line = parallel.line(ends).unwrap();
        assert!(line.vertices().iter().all(|at| (at.y - (31.0 + 20.0 / 60.0)).abs() < 1e-12));
        assert!(line.vertices().len() > 50 && !read("straight").unwrap().is_placed());
        for text in ["", "crooked", "parallel 91°N", "straight 31°N", "meridian 12 km"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
