//! Where two geodesics cross.
//!
//! [`Gnomonic`](super::gnomonic::Gnomonic) searches among short edges nearby. Here a place is
//! found to nanometres, any distance away, by Karney's method alone.

use geographiclib_rs::{Geodesic as Karney, InverseGeodesic};

use super::Geodesic;
use super::course::{At, Course, DOUBT_M};
use super::position::Position;
use super::vector::{cross, dot};
use super::walk::eastward;

/// More rounds than any search has needed: seven, for lines all over the Earth.
const ROUNDS: usize = 40;

impl Geodesic {
    /// The place where the geodesic through one pair of places crosses the geodesic through
    /// another pair. It may lie beyond the ends of both.
    ///
    /// Two geodesics cross twice on the way round the Earth, on opposite sides. This is the
    /// crossing for which the ways to it from the middles of both pairs are shorter together.
    ///
    /// `None` where there is no such place: the two are the same line, as far as the last bits of
    /// the coordinates say; a pair is a single place; or a place is not on the Earth.
    ///
    /// # Units
    /// Degrees in and out.
    ///
    /// # References
    /// The basic method of Karney 2024, *Geodesic intersections*, J. Surv. Eng. 150(3), which
    /// needs no projection and so has no horizon. The place is within 20 nm of both lines;
    /// `docs/geodesy.md` says what it is worth far from the ends and at small angles.
    ///
    /// ```
    /// use treatyline_geodesy::{Ellipsoid, Geodesic};
    ///
    /// let geodesic = Geodesic::new(Ellipsoid::WGS84);
    /// let equator = [[10.0, 0.0], [12.0, 0.0]];
    /// let meridian = [[20.0, 5.0], [20.0, 3.0]];
    /// let [lon, lat] = geodesic.crossing(equator, meridian).unwrap();
    /// assert!((lon - 20.0).abs() < 1e-12 && lat.abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn crossing<P: Position>(&self, one: [P; 2], other: [P; 2]) -> Option<P> {
        let lines = [Course::new(self, one)?, Course::new(self, other)?];
        let best = self.meeting(&lines).filter(|best| best.gap_m <= DOUBT_M)?;
        // All directions are in doubt for a line of no length.
        let doubt = lines.iter().map(|line| DOUBT_M / line.length_m).sum::<f64>();
        (best.sin_angle() > doubt).then(|| best.at[0].position())
    }

    /// The places on both lines that are nearest to each other, near the middles of the lines:
    /// steps are made until the gap is in doubt and no longer shrinks.
    fn meeting(&self, lines: &[Course<'_>; 2]) -> Option<Meeting> {
        let radius_m = (self.ellipsoid().area().value() / (4.0 * std::f64::consts::PI)).sqrt();
        let mut along_m = lines.each_ref().map(|line| 0.5 * line.length_m);
        let mut best: Option<Meeting> = None;
        for _ in 0..ROUNDS {
            let meeting = Meeting::new(self.karney(), lines, along_m);
            match best {
                Some(best) if best.gap_m <= meeting.gap_m => {
                    if best.gap_m <= DOUBT_M {
                        break;
                    }
                }
                _ => best = Some(meeting),
            }
            let steps_m = meeting.steps_m(radius_m);
            along_m = [along_m[0] + steps_m[0], along_m[1] + steps_m[1]];
        }
        best
    }
}

/// A place on each of two courses, and the geodesic from the one to the other.
#[derive(Debug, Clone, Copy)]
struct Meeting {
    at: [At; 2],
    gap_m: f64,
    /// From each place, the direction of that geodesic against the course, in degrees.
    turns_deg: [f64; 2],
}

impl Meeting {
    fn new(karney: &Karney, lines: &[Course<'_>; 2], along_m: [f64; 2]) -> Self {
        let at = [lines[0].at(along_m[0]), lines[1].at(along_m[1])];
        let (gap_m, azimuth_deg, end_azimuth_deg, _) =
            karney.inverse(at[0].lat_deg, at[0].lon_deg, at[1].lat_deg, at[1].lon_deg);
        let turns_deg = [
            eastward(at[0].azimuth_deg, azimuth_deg).0,
            eastward(at[1].azimuth_deg, end_azimuth_deg).0,
        ];
        Self { at, gap_m, turns_deg }
    }

    /// How far along both courses they would cross on a sphere, by the triangle of the two places
    /// and the crossing; of the two crossings, the nearer one.
    fn steps_m(&self, radius_m: f64) -> [f64; 2] {
        let [x, y] = self.turns_deg.map(f64::to_radians);
        let (sin_gap, cos_gap) = (self.gap_m / radius_m).sin_cos();
        let sign = 1.0_f64.copysign((y - x).sin());
        let ((sin_x, cos_x), (sin_y, cos_y)) = ((sign * x).sin_cos(), (sign * y).sin_cos());
        let one = (sin_y * sin_gap).atan2(sin_y * cos_x * cos_gap - cos_y * sin_x);
        let other = (sin_x * sin_gap).atan2(cos_x * sin_y - sin_x * cos_y * cos_gap);
        [radius_m * one, radius_m * other]
    }

    fn sin_angle(&self) -> f64 {
        let across = cross(self.at[0].direction(), self.at[1].direction());
        dot(across, across).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::references::{geodesic, numbers};
    use crate::{Ellipsoid, Metres};

    const CROSSINGS: &str = include_str!("../../../tests/data/geodesy/crossings.csv");

    /// What rounding leaves of a crossing: the doubt at the ends of the lines, larger with their
    /// distance, divided by the sine of the angle.
    fn allowed_m(geodesic: &Geodesic, lines: [[[f64; 2]; 2]; 2], found: [f64; 2]) -> f64 {
        let seen = lines.map(|[from, to]| {
            let ([near, far], length) = (
                [
                    geodesic.distance_and_azimuth(found, from),
                    geodesic.distance_and_azimuth(found, to),
                ],
                geodesic.distance(from, to),
            );
            let far = if near.0 > far.0 { near } else { far };
            (1.0 + far.0.value() / length.value(), far.1)
        });
        let sin_angle = (seen[0].1 - seen[1].1).to_radians().sin().abs();
        1e-7 + DOUBT_M * seen[0].0.max(seen[1].0) / sin_angle
    }

    #[test]
    fn geodesics_cross_where_geographiclib_says() {
        let rows: Vec<&str> = CROSSINGS.lines().skip(1).collect();
        assert!(rows.len() > 400);
        for row in rows {
            let cells: Vec<&str> = row.split(',').collect();
            let (geodesic, n) = (geodesic(cells[0]), numbers(cells[1..].iter().copied()));
            let place = |i: usize| [n[2 * i + 1], n[2 * i]];
            let lines = [[place(0), place(1)], [place(2), place(3)]];
            let found = geodesic.crossing(lines[0], lines[1]).unwrap();
            let allowed_m = allowed_m(&geodesic, lines, found);
            assert!(allowed_m < 1e-3, "{row}");
            for ([from, to], along_m) in lines.into_iter().zip([n[8], n[9]]) {
                let (_, azimuth_deg) = geodesic.distance_and_azimuth(from, to);
                let meant = geodesic.destination(from, azimuth_deg, Metres::new(along_m));
                let off_m = geodesic.distance(found, meant).value();
                assert!(off_m < allowed_m, "{off_m} m, {allowed_m} m allowed: {row}");
            }
        }
    }

    /// The way from one end over the crossing to the other end is no longer than the edge.
    #[test]
    fn a_crossing_between_the_ends_lies_on_both_lines() {
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        for [x, y] in [[0.0, 0.0], [180.0, 0.0], [-180.0, 51.0], [20.0, 84.0], [0.0, 90.0]] {
            for (turn_deg, reach_m) in [(10.0, 1e3), (70.0, 1e5), (90.0, 3e5), (150.0, 1e6)] {
                let ends = |azimuth_deg: f64| {
                    let end = |azimuth_deg, share| {
                        geodesic.destination([x, y], azimuth_deg, Metres::new(reach_m * share))
                    };
                    [end(azimuth_deg, 1.0), end(azimuth_deg + 177.0, 0.7)]
                };
                let lines = [ends(25.0), ends(25.0 + turn_deg)];
                let found = geodesic.crossing(lines[0], lines[1]).unwrap();
                for [from, to] in lines {
                    let [before, after, whole] = [(from, found), (found, to), (from, to)]
                        .map(|(from, to)| geodesic.distance(from, to).value());
                    // A place off the line by d makes the way longer by d²/2 (1/before + 1/after).
                    let longer_m = before + after - whole;
                    assert!(longer_m.abs() < 3e-8, "{longer_m} m at {x} {y}, {reach_m} m");
                    let [(_, ahead), (_, back)] =
                        [to, from].map(|end| geodesic.distance_and_azimuth(found, end));
                    let off_m = (ahead - back).to_radians().sin() * before.min(after);
                    assert!(off_m.abs() < 1e-6, "{off_m} m at {x} {y}, {reach_m} m");
                }
            }
        }
    }

    #[test]
    fn the_crossing_is_on_the_side_of_the_pairs() {
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let meridians = |lon: f64| [[lon, 60.0], [lon, 50.0]];
        let north: [f64; 2] = geodesic.crossing(meridians(0.0), meridians(30.0)).unwrap();
        assert!(north[1] > 89.999_999_999, "{north:?}");
        let south = |[x, y]: [f64; 2]| [x, -y];
        let pairs = [meridians(0.0).map(south), meridians(30.0).map(south)];
        assert!(geodesic.crossing(pairs[0], pairs[1]).unwrap()[1] < -89.999_999_999);
    }

    #[test]
    fn one_line_twice_has_no_crossing() {
        let geodesic = Geodesic::new(Ellipsoid::KRASOVSKY);
        for azimuth_deg in [0.0, 37.0, 90.0, 200.0] {
            for start in [[80.0, 45.0], [179.9, 0.0], [0.0, 0.0], [20.0, 84.0]] {
                let at = |km| geodesic.destination(start, azimuth_deg, Metres::from_km(km));
                for [a, b, c, d] in
                    [[0.0, 100.0, 0.0, 100.0], [0.0, 100.0, 100.0, 0.0], [0.0, 100.0, 250.0, 400.0]]
                {
                    let crossing = geodesic.crossing([at(a), at(b)], [at(c), at(d)]);
                    assert_eq!(crossing, None, "{start:?}, {azimuth_deg}°, {a} {b} {c} {d}");
                }
            }
        }
    }

    #[test]
    fn what_is_no_line_has_no_crossing() {
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let line = [[0.0, 0.0], [1.0, 1.0]];
        for wrong in [
            [[5.0, 5.0]; 2],
            [[0.0, 91.0], [1.0, 0.0]],
            [[f64::NAN, 0.0], [1.0, 0.0]],
            [[200.0, 0.0], [1.0, 0.0]],
        ] {
            assert_eq!(geodesic.crossing(line, wrong), None);
            assert_eq!(geodesic.crossing(wrong, line), None);
        }
    }
}
