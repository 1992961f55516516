//! Stations: the places along a line at which rivers and heights are looked up.

use geo::Coord;

use super::settings::MOST_STATIONS;
use crate::geodesy::vector::{Vector, dot, minus, plus};
use crate::geodesy::{Frame, Place};
use crate::line::Line;
use crate::quantity::Metres;

/// The way a line or a river runs is that of the chord from this much before a place to as
/// much behind it: a kilometre in all, longer than the bends of a small river and shorter
/// than the reaches between which it changes its way.
pub(crate) const CHORD: Metres = Metres::new(500.0);

/// A path as vectors, measured along.
#[derive(Debug, Clone)]
pub(crate) struct Route {
    frame: Frame,
    places: Vec<Place>,
    chainages_m: Vec<f64>,
}

/// A place on a line that stands for the piece of the line around it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Station {
    /// Distance along the line.
    pub(crate) chainage: Metres,
    /// The length of the piece it stands for.
    pub(crate) share: Metres,
    /// Where it is.
    pub(crate) place: Place,
    /// The way the line runs there, a vector of length 1.
    pub(crate) heading: Vector,
}

impl Station {
    /// The same on a line whose earlier parts have the length `before`.
    pub(crate) fn begun_at(self, before: Metres) -> Self {
        Self { chainage: self.chainage + before, ..self }
    }

    /// The ends of the piece it stands for.
    pub(crate) fn piece(&self) -> [Metres; 2] {
        let half = self.share * 0.5;
        [self.chainage - half, self.chainage + half]
    }

    /// Longitude and latitude.
    pub(crate) fn at(&self) -> Coord {
        self.place.lon_lat()
    }

    /// The way the line runs, degrees clockwise from north.
    pub(crate) fn azimuth_deg(&self) -> f64 {
        self.place.azimuth_deg(self.heading)
    }
}

impl Route {
    /// A line; chainages are its own.
    pub(crate) fn of_line(line: &Line) -> Self {
        let chainages_m = line.chainages().iter().map(|at| at.value()).collect();
        Self { frame: *line.frame(), places: line.places().to_vec(), chainages_m }
    }

    /// A path of two vertices or more; its edges are measured by their chords, which is good
    /// to a ten-millionth of an edge of 100 km.
    pub(crate) fn of_path(frame: &Frame, path: &[Coord]) -> Self {
        let places = frame.places(path);
        let mut at_m = 0.0;
        let mut chainages_m = Vec::with_capacity(places.len());
        chainages_m.extend(places.first().map(|_| 0.0));
        chainages_m.extend(places.windows(2).map(|ends| {
            at_m += ends[0].distance_m(&ends[1]);
            at_m
        }));
        Self { frame: *frame, places, chainages_m }
    }

    pub(crate) fn length_m(&self) -> f64 {
        self.chainages_m.last().copied().unwrap_or_default()
    }

    /// Stations in the middle of equal pieces, each no longer than `step`; longer where there
    /// would be too many. The way the line runs is that of the chord from `chord` before a
    /// station to `chord` behind it, cut off at the line's ends.
    pub(crate) fn stations(&self, step: Metres, chord: Metres) -> Vec<Station> {
        let length_m = self.length_m();
        let count = (length_m / step.value()).ceil().clamp(1.0, MOST_STATIONS);
        let pieces = count as u32;
        let share_m = length_m / count;
        let mut walkers = [Walker::default(); 3];
        let mut station = |i: u32| {
            let at_m = (f64::from(i) + 0.5) * share_m;
            let (edge, share) = walkers[0].to(&self.chainages_m, at_m);
            let place =
                self.frame.between(self.places.get(edge)?, self.places.get(edge + 1)?, share);
            let mut chord_end = |walker: usize, m: f64| {
                let (edge, share) = walkers[walker].to(&self.chainages_m, m);
                self.on_chord(edge, share)
            };
            let ends = [(1, at_m - chord.value()), (2, at_m + chord.value())];
            let [before, behind] = ends.map(|(walker, m)| chord_end(walker, m));
            let heading = unit(minus(behind?, before?));
            Some(Station {
                chainage: Metres::new(at_m),
                share: Metres::new(share_m),
                place,
                heading,
            })
        };
        (0..pieces).filter_map(&mut station).collect()
    }

    /// A place on the chord of an edge: directions need no place on the ground.
    fn on_chord(&self, edge: usize, share: f64) -> Option<Vector> {
        let (a, b) = (self.places.get(edge)?.position(), self.places.get(edge + 1)?.position());
        Some(plus(a, minus(b, a), share))
    }
}

/// Walks along a path and never goes back.
#[derive(Debug, Clone, Copy, Default)]
struct Walker {
    edge: usize,
}

impl Walker {
    /// The edge at a chainage and the share of it; beyond the path's ends, the nearer end.
    fn to(&mut self, chainages_m: &[f64], at_m: f64) -> (usize, f64) {
        while chainages_m.get(self.edge + 1).is_some_and(|end_m| *end_m < at_m)
            && self.edge + 2 < chainages_m.len()
        {
            self.edge += 1;
        }
        let begin_m = chainages_m.get(self.edge).copied().unwrap_or_default();
        let end_m = chainages_m.get(self.edge + 1).copied().unwrap_or(begin_m);
        let share = (at_m - begin_m) / (end_m - begin_m);
        (self.edge, if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 })
    }
}

/// The vector with the length 1; zero if it has no length.
pub(crate) fn unit(v: Vector) -> Vector {
    let size = dot(v, v).sqrt();
    if size > 0.0 { v.map(|x| x / size) } else { [0.0; 3] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::Ellipsoid;

    fn route(path: &[(f64, f64)]) -> Route {
        let path: Vec<Coord> = path.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect();
        Route::of_path(&Frame::new(&Ellipsoid::WGS84), &path)
    }

    #[test]
    fn stations_share_out_the_whole_length_evenly() {
        let route = route(&[(80.0, 46.0), (80.0, 45.5), (80.3, 45.5)]);
        let stations = route.stations(Metres::new(100.0), CHORD);
        let sum: f64 = stations.iter().map(|station| station.share.value()).sum();
        assert!((sum - route.length_m()).abs() < 1e-6);
        assert!(stations.iter().all(|station| station.share.value() <= 100.0));
        let middle = stations[stations.len() / 4];
        assert!((middle.azimuth_deg().abs() - 180.0).abs() < 1e-6, "{}", middle.azimuth_deg());
        assert!((stations[stations.len() - 1].azimuth_deg() - 90.0).abs() < 0.3);
        assert!((stations[0].at().y - 46.0).abs() < 0.001);
    }

    #[test]
    fn in_a_corner_the_chord_cuts_it() {
        let route = route(&[(80.0, 45.01), (80.0, 45.0), (80.02, 45.0)]);
        let stations = route.stations(Metres::new(10.0), CHORD);
        let corner_m = 1111.0;
        let nearest = stations
            .iter()
            .min_by(|a, b| {
                (a.chainage.value() - corner_m)
                    .abs()
                    .total_cmp(&(b.chainage.value() - corner_m).abs())
            })
            .unwrap();
        assert!((nearest.azimuth_deg() - 135.0).abs() < 2.0, "{}", nearest.azimuth_deg());
    }
}
