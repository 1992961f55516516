//! Where courses meet: geodesics through points, parallels and meridians.

use geo::Coord;

use super::place::{Direction, Placed, Points, defined, value};
use super::sky::tropic;
use super::table::Row;
use crate::geodesy::Geodesic;
use crate::identify::printed::half_step_m;
use crate::io::printed::Rounded;
use crate::problem::ConstructFault;
use crate::quantity::Metres;

impl Points<'_, '_> {
    /// Where two courses meet. A parallel and a meridian are definitions.
    pub(super) fn crossing(&self, row: &Row) -> Result<Placed, ConstructFault> {
        let text = row.need("crossing")?;
        let fault = |count| ConstructFault::Crossing { crossing: text.to_owned(), count };
        // A name may have such a word in it, too: what is meant has a course on both sides.
        let courses = splits(text, " with ").map(|[one, other]| -> Result<_, ConstructFault> {
            Ok((self.course(one)?, self.course(other)?))
        });
        let found = first_or_why(courses).ok_or_else(|| {
            let wanted = "two courses, as in `A to B with parallel 31°20′N`, `C azimuth 45° with \
                          meridian 16°E` or `A to B with C to D`";
            value("crossing", text, wanted)
        })?;
        let geodesic = &self.datum.geodesic;
        let (one, other) = found?;
        let found: Vec<Coord> = match (&one, &other) {
            (Course::Line(a, _), Course::Line(b, _)) => {
                geodesic.crossing(*a, *b).into_iter().collect()
            }
            (Course::Line(line, _), Course::Parallel(lat))
            | (Course::Parallel(lat), Course::Line(line, _)) => {
                geodesic.crossing_of_parallel(*line, lat.value)
            }
            (Course::Line(line, _), Course::Meridian(lon))
            | (Course::Meridian(lon), Course::Line(line, _)) => {
                geodesic.crossing_of_meridian(*line, lon.value).into_iter().collect()
            }
            (Course::Parallel(lat), Course::Meridian(lon))
            | (Course::Meridian(lon), Course::Parallel(lat)) => {
                vec![Coord { x: lon.value, y: lat.value }]
            }
            _ => Vec::new(),
        };
        match found[..] {
            [at] => {
                // What moves a course aside moves the crossing by more where they meet at a small angle.
                let angle_deg = one.azimuth_deg(geodesic, at) - other.azimuth_deg(geodesic, at);
                let sine = angle_deg.to_radians().sin().abs().max(f64::EPSILON);
                Ok((at, (one.rounded_m() + other.rounded_m()) / sine))
            }
            _ => Err(fault(found.len())),
        }
    }

    fn course(&self, text: &str) -> Result<Course, ConstructFault> {
        /// As far as a course by azimuth is followed.
        const FAR_M: f64 = 5e6;
        let text = text.trim();
        let after = |word: &str| {
            let begins = text.get(..word.len()).is_some_and(|it| it.eq_ignore_ascii_case(word));
            begins.then(|| &text[word.len()..])
        };
        if let Some(lat) = after("parallel ") {
            let is_tropic = tropic(lat)?.is_some();
            return Ok(Course::Parallel(defined(self.latitude(lat)?, !is_tropic)));
        }
        if let Some(lon) = after("meridian ") {
            return Ok(Course::Meridian(defined(self.longitude(lon)?, true)));
        }
        if let Some((from, azimuth)) = text.split_once(" azimuth ") {
            let from = self.named(from)?;
            let azimuth = Direction::read(azimuth)?.azimuth;
            let far = Metres::new(FAR_M);
            let to = self.datum.geodesic.destination(from.at, azimuth.value, far);
            return Ok(Course::Line([from.at, to], from.rounded_m));
        }
        let ends = splits(text, " to ").map(|[from, to]| -> Result<_, ConstructFault> {
            Ok((self.named(from)?, self.named(to)?))
        });
        if let Some(found) = first_or_why(ends) {
            let (from, to) = found?;
            return Ok(Course::Line([from.at, to.at], from.rounded_m.max(to.rounded_m)));
        }
        let wanted =
            "parallel and a latitude, meridian and a longitude, `A to B`, or `A azimuth 45°`";
        Err(value("crossing", text, wanted))
    }
}

/// A text divided at each place where a word is, once for each.
fn splits<'a>(text: &'a str, word: &'static str) -> impl Iterator<Item = [&'a str; 2]> {
    text.match_indices(word).map(move |(at, _)| [&text[..at], &text[at + word.len()..]])
}

/// The first that is sound; where none is, what is wrong with the first.
fn first_or_why<T, E>(all: impl Iterator<Item = Result<T, E>>) -> Option<Result<T, E>> {
    let mut all = all;
    let first = all.next()?;
    Some(if first.is_ok() { first } else { all.find(Result::is_ok).unwrap_or(first) })
}

/// What is crossed.
enum Course {
    /// The geodesic through two places, and how far rounding may have moved them.
    Line([Coord; 2], f64),
    Parallel(Rounded),
    Meridian(Rounded),
}

impl Course {
    /// Its azimuth at a place on it, or that of the way back.
    fn azimuth_deg(&self, geodesic: &Geodesic, at: Coord) -> f64 {
        match self {
            Self::Line(ends, _) => {
                let [a, b] = ends.map(|end| geodesic.distance_and_azimuth(at, end));
                if a.0 > b.0 { a.1 } else { b.1 }
            }
            Self::Parallel(_) => 90.0,
            Self::Meridian(_) => 0.0,
        }
    }

    fn rounded_m(&self) -> f64 {
        let nothing = Rounded { value: 0.0, half_step: 0.0 };
        match self {
            Self::Line(_, rounded_m) => *rounded_m,
            Self::Parallel(lat) => half_step_m([*lat, nothing]),
            Self::Meridian(lon) => half_step_m([nothing, *lon]),
        }
    }
}
