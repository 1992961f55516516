//! Where a geodesic crosses a parallel or a meridian.

use super::Geodesic;
use super::course::{At, Course, DOUBT_M};
use super::position::{Position, is_position};
use super::rhumb::within_half_turn;
use super::walk::eastward;

impl Geodesic {
    /// The places at which the geodesic between two places has a latitude, in the order of the
    /// course: none, one or two. An end that has the latitude counts. Where the course only
    /// touches the parallel, to 20 nm, this is one place.
    ///
    /// None where the course runs along the parallel, which only the equator allows, and where a
    /// number is not on the Earth.
    ///
    /// # Units
    /// Degrees in and out. The places have exactly the latitude asked for.
    ///
    /// ```
    /// use treatyline_geodesy::{Ellipsoid, Geodesic};
    ///
    /// // A geodesic between two places of one parallel runs polewards of it.
    /// let course = [[80.0, 45.0], [90.0, 45.0]];
    /// let geodesic = Geodesic::new(Ellipsoid::WGS84);
    /// assert_eq!(geodesic.crossing_of_parallel(course, 45.0), course);
    /// assert_eq!(geodesic.crossing_of_parallel(course, 45.1).len(), 2);
    /// assert!(geodesic.crossing_of_parallel(course, 44.9).is_empty());
    /// ```
    #[must_use]
    pub fn crossing_of_parallel<P: Position>(&self, course: [P; 2], lat_deg: f64) -> Vec<P> {
        let line = Course::new(self, course).filter(|line| !line.is_equator());
        let Some(line) = line.filter(|_| is_position([0.0, lat_deg])) else { return Vec::new() };
        let turns = line.turns(course[1].lat_deg());
        let on_parallel = |along_m| P::new(within_half_turn(line.at(along_m).lon_deg), lat_deg);
        let is_at_end = course.map(|end| end.lat_deg() == lat_deg);
        let touches = |turn: &&Turn| {
            let off_m = (turn.lat_deg - lat_deg).to_radians() * self.ellipsoid().semi_major_m();
            off_m.abs() <= DOUBT_M
        };
        let vertex = turns.get(1).filter(|_| turns.len() == 3 && is_at_end == [false; 2]);
        if let Some(touched) = vertex.filter(touches) {
            return vec![on_parallel(touched.along_m)];
        }
        let mut found = Vec::with_capacity(2);
        found.extend(is_at_end[0].then_some(course[0]));
        let parts = turns.windows(2).filter(|part| part[0].has_between(part[1], lat_deg));
        found.extend(parts.map(|part| {
            let rises = part[1].lat_deg > part[0].lat_deg;
            let is_past = |at: At| (at.lat_deg >= lat_deg) == rises;
            on_parallel(line.first(part[0].along_m, part[1].along_m, is_past))
        }));
        found.extend((is_at_end[1] && line.length_m > 0.0).then_some(course[1]));
        found
    }

    /// The place at which the geodesic between two places has a longitude. An end that has the
    /// longitude counts, and so does a pole on the way, which lies on every meridian.
    ///
    /// `None` where the course does not reach the meridian, where it runs along it, where it goes
    /// from pole to pole, and where a number is not on the Earth.
    ///
    /// # Units
    /// Degrees in and out. The place has exactly the longitude asked for, in [−180, 180].
    ///
    /// ```
    /// use treatyline_geodesy::{Ellipsoid, Geodesic};
    ///
    /// // The 141st meridian on the way from Alaska to the Yukon.
    /// let course = [[-142.0, 65.0], [-140.0, 65.0]];
    /// let place = Geodesic::new(Ellipsoid::WGS84).crossing_of_meridian(course, -141.0);
    /// let [lon, lat] = place.unwrap();
    /// assert!(lon == -141.0 && lat > 65.0);
    /// ```
    #[must_use]
    pub fn crossing_of_meridian<P: Position>(&self, course: [P; 2], lon_deg: f64) -> Option<P> {
        let line = Course::new(self, course)?;
        let lon_deg = Some(within_half_turn(lon_deg)).filter(|lon| lon.is_finite())?;
        if let Some(meridians) = Meridians::of(&line, course) {
            let is_along = |meridian: &Option<f64>| {
                meridian.is_some_and(|meridian| eastward(meridian, lon_deg).0 == 0.0)
            };
            let is_along = meridians.lon_deg.iter().any(is_along);
            return meridians.pole_deg.filter(|_| !is_along).map(|pole| P::new(lon_deg, pole));
        }
        let [from, to] = course.map(Position::lon_deg);
        let (whole_deg, part_deg) = (eastward(from, to).0, eastward(from, lon_deg).0);
        let share = part_deg / whole_deg;
        if !(0.0..=1.0).contains(&share) {
            return None;
        }
        if share == 0.0 || eastward(to, lon_deg).0 == 0.0 {
            let end = if share == 0.0 { course[0] } else { course[1] };
            return Some(P::new(lon_deg, end.lat_deg()));
        }
        let is_past = |at: At| eastward(lon_deg, at.lon_deg).0 * whole_deg >= 0.0;
        let along_m = line.first(0.0, line.length_m, is_past);
        Some(P::new(lon_deg, line.at(along_m).lat_deg))
    }
}

/// An end or the vertex of a course, between which its latitude only grows or only falls.
#[derive(Debug, Clone, Copy)]
struct Turn {
    along_m: f64,
    lat_deg: f64,
}

impl Turn {
    fn has_between(self, next: Self, lat_deg: f64) -> bool {
        let [low, high] = [self.lat_deg.min(next.lat_deg), self.lat_deg.max(next.lat_deg)];
        low < lat_deg && lat_deg < high
    }
}

impl Course<'_> {
    fn is_equator(&self) -> bool {
        self.from.lat_deg == 0.0 && self.from.azimuth_deg.abs() == 90.0
    }

    /// The beginning, the vertex if it is between the ends, and the end.
    fn turns(&self, end_lat_deg: f64) -> Vec<Turn> {
        let goes_north = |azimuth_deg: f64| azimuth_deg.abs() < 90.0;
        let [starts, ends] = [self.from.azimuth_deg, self.end_azimuth_deg].map(goes_north);
        let vertex = (starts != ends).then(|| {
            let along_m = self.first(0.0, self.length_m, |at| goes_north(at.azimuth_deg) != starts);
            Turn { along_m, lat_deg: self.at(along_m).lat_deg }
        });
        let start = Turn { along_m: 0.0, lat_deg: self.from.lat_deg };
        let end = Turn { along_m: self.length_m, lat_deg: end_lat_deg };
        [Some(start), vertex, Some(end)].into_iter().flatten().collect()
    }
}

/// The meridians that a course runs along, where it runs along any, and the pole that it has.
struct Meridians {
    lon_deg: [Option<f64>; 2],
    pole_deg: Option<f64>,
}

impl Meridians {
    fn of<P: Position>(line: &Course<'_>, course: [P; 2]) -> Option<Self> {
        let is_pole = course.map(|end| end.lat_deg().abs() == 90.0);
        let lon_deg = course.map(Position::lon_deg);
        let turn_deg = eastward(lon_deg[0], lon_deg[1]).0.abs();
        let (lon_deg, pole_deg) = match is_pole {
            [true, true] => ([None; 2], None),
            [true, false] => ([None, Some(lon_deg[1])], Some(course[0].lat_deg())),
            [false, true] => ([Some(lon_deg[0]), None], Some(course[1].lat_deg())),
            _ if turn_deg == 0.0 => (lon_deg.map(Some), None),
            _ if turn_deg == 180.0 => {
                let goes_north = line.from.azimuth_deg.abs() < 90.0;
                (lon_deg.map(Some), Some(if goes_north { 90.0 } else { -90.0 }))
            }
            _ => return None,
        };
        Some(Self { lon_deg, pole_deg })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Ellipsoid;
    use crate::references::{geodesic, numbers};

    const CIRCLES: &str = include_str!("../../../tests/data/geodesy/crossings_of_circles.csv");
    const NONE: [[f64; 2]; 0] = [];

    #[test]
    fn a_course_has_a_latitude_and_a_longitude_where_forty_digits_say() {
        let mut hits = [0, 0, 0];
        for row in CIRCLES.lines().skip(1) {
            let cells: Vec<&str> = row.split(',').collect();
            let (geodesic, n) = (geodesic(cells[0]), numbers(cells[1..5].iter().copied()));
            let course = [[n[1], n[0]], [n[3], n[2]]];
            let at_deg: f64 = cells[6].parse().unwrap();
            let meant = numbers(cells[7].split_whitespace());
            let found = if cells[5] == "parallel" {
                geodesic.crossing_of_parallel(course, at_deg)
            } else {
                geodesic.crossing_of_meridian(course, at_deg).into_iter().collect()
            };
            assert_eq!(found.len(), meant.len(), "{row}");
            hits[meant.len()] += 1;
            for (found, meant) in found.into_iter().zip(meant) {
                let meant = if cells[5] == "parallel" { [meant, at_deg] } else { [at_deg, meant] };
                let off_m = geodesic.distance(found, meant).value();
                // The smaller the angle, the farther along is the doubt about the course.
                let (_, azimuth_deg) = geodesic.distance_and_azimuth(found, course[1]);
                let (sin, cos) = azimuth_deg.to_radians().sin_cos();
                let allowed_m = DOUBT_M / if cells[5] == "parallel" { cos } else { sin }.abs();
                assert!(off_m < allowed_m, "{off_m} m, {allowed_m} m allowed: {row}");
            }
        }
        assert!(hits.iter().all(|count| *count > 20), "{hits:?}");
    }

    #[test]
    fn what_is_not_on_the_earth_is_not_crossed() {
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let line = [[0.0, 0.0], [1.0, 1.0]];
        assert_eq!(geodesic.crossing_of_parallel(line, f64::NAN), NONE);
        assert_eq!(geodesic.crossing_of_parallel([line[0], [0.0, 91.0]], 0.5), NONE);
        assert_eq!(geodesic.crossing_of_meridian(line, f64::INFINITY), None);
        assert_eq!(geodesic.crossing_of_meridian([line[0], [200.0, 0.0]], 0.5), None);
    }

    /// A geodesic between two places of one parallel is symmetric to the meridian between them.
    #[test]
    fn a_parallel_near_the_vertex_is_crossed_twice_touched_once_or_missed() {
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        for (lat, sign) in [(45.0, 1.0), (84.0, 1.0), (-10.0, -1.0)] {
            let course = [[170.0, lat], [-170.0, lat]];
            let vertex = geodesic.crossing_of_meridian(course, 180.0).unwrap();
            assert!(vertex[0] == 180.0 && vertex[1] * sign > lat * sign);
            let touched = geodesic.crossing_of_parallel(course, vertex[1]);
            let off_m = geodesic.distance(touched[0], vertex).value();
            assert!(touched.len() == 1 && off_m < 1.0, "{touched:?}");
            let millimetre_deg = sign * 1e-8;
            assert_eq!(geodesic.crossing_of_parallel(course, vertex[1] + millimetre_deg), NONE);
            let both = geodesic.crossing_of_parallel(course, vertex[1] - millimetre_deg);
            let [west, east] = both[..] else { panic!("{both:?}") };
            assert!(west[0] > 170.0 && east[0] < -170.0);
            assert!((west[0] + east[0]).abs() < 1e-6, "{both:?}");
        }
    }

    #[test]
    fn ends_count_and_the_equator_is_no_crossing_of_itself() {
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let course = [[10.0, 40.0], [12.0, 41.0]];
        for (k, lat) in [40.0, 41.0].into_iter().enumerate() {
            assert_eq!(geodesic.crossing_of_parallel(course, lat), [course[k]]);
        }
        for (k, lon) in [10.0, 12.0].into_iter().enumerate() {
            assert_eq!(geodesic.crossing_of_meridian(course, lon), Some(course[k]));
        }
        assert_eq!(geodesic.crossing_of_parallel([course[0]; 2], 40.0), [course[0]]);
        let equator = [[-1.0, 0.0], [1.0, 0.0]];
        assert_eq!(geodesic.crossing_of_parallel(equator, 0.0), NONE);
        assert_eq!(geodesic.crossing_of_meridian(equator, 0.0), Some([0.0, 0.0]));
        let across = geodesic.crossing_of_parallel([[-1.0, -1.0], [1.0, 1.0]], 0.0);
        assert!(across.len() == 1 && across[0][0].abs() < 1e-13 && across[0][1] == 0.0);
    }

    #[test]
    fn a_course_along_a_meridian_crosses_no_other_but_at_a_pole() {
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let meridian = |course, lon| geodesic.crossing_of_meridian(course, lon);
        let along = [[30.0, 10.0], [30.0, 20.0]];
        assert_eq!((meridian(along, 30.0), meridian(along, 31.0)), (None, None));
        let over = [[30.0, 80.0], [-150.0, 85.0]];
        assert_eq!((meridian(over, 30.0), meridian(over, 210.0)), (None, None));
        assert_eq!(meridian(over, 31.0), Some([31.0, 90.0]));
        assert_eq!(geodesic.crossing_of_parallel(over, 89.0).len(), 2);
        let from_pole = [[0.0, -90.0], [30.0, -80.0]];
        assert_eq!(
            (meridian(from_pole, 30.0), meridian(from_pole, 0.0)),
            (None, Some([0.0, -90.0]))
        );
        let poles = [[0.0, -90.0], [30.0, 90.0]];
        assert_eq!(meridian(poles, 30.0), None);
        // 280° is 80° W.
        assert_eq!(meridian([[-81.0, 0.0], [-79.0, 0.0]], 280.0), Some([-80.0, 0.0]));
    }
}
