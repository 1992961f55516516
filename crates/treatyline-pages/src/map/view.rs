//! A window on the ground: which part of it is shown in which rectangle of the page.

use geo::Coord;
use treatyline::internal::geodesy::earth::ROUGH_DEGREE_M;
use treatyline::internal::resolution::Thinning;

use super::projection::{Projection, wrapped};
use crate::drawing::{Point, Rect};

/// A part of the ground, and the projection fitting it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ground {
    pub projection: Projection,
    /// Corners in the plane, metres: lower left, upper right.
    low: [f64; 2],
    high: [f64; 2],
    /// South, north, degrees.
    pub latitudes: [f64; 2],
    /// West, east, degrees; east may lie beyond 180.
    pub longitudes: [f64; 2],
}

/// The least extent of a map, metres.
const LEAST_M: f64 = 100.0;

impl Ground {
    /// The ground that some places cover. A line has some, and so has what lies between two lines;
    /// without any it is the ground around 0° N, 0° E.
    pub(super) fn from_places(places: &[Coord]) -> Self {
        let start = places.first().copied().unwrap_or_default();
        let (mut latitudes, mut longitudes) = ([start.y; 2], [0.0_f64; 2]);
        for place in places {
            let east = wrapped(place.x - start.x);
            latitudes = [latitudes[0].min(place.y), latitudes[1].max(place.y)];
            longitudes = [longitudes[0].min(east), longitudes[1].max(east)];
        }
        let longitudes = longitudes.map(|east| start.x + east);
        let central = f64::midpoint(longitudes[0], longitudes[1]);
        let projection = Projection::for_extent(central, latitudes[0], latitudes[1]);
        let mut low = projection.plane(start);
        let mut high = low;
        for place in places {
            let plane = projection.plane(*place);
            for axis in 0..2 {
                low[axis] = low[axis].min(plane[axis]);
                high[axis] = high[axis].max(plane[axis]);
            }
        }
        for axis in 0..2 {
            let short = (LEAST_M - (high[axis] - low[axis])).max(0.0) / 2.0;
            low[axis] -= short;
            high[axis] += short;
        }
        Self { projection, low, high, latitudes, longitudes }
    }

    /// Everything within `radius_m` metres of a place, nearly.
    pub(super) fn around(place: Coord, radius_m: f64) -> Self {
        let north = radius_m / ROUGH_DEGREE_M;
        let east = north / place.y.to_radians().cos().max(0.01);
        let corner = |x: f64, y: f64| Coord { x: place.x + x * east, y: place.y + y * north };
        Self::from_places(&[
            corner(-1.0, 0.0),
            corner(1.0, 0.0),
            corner(0.0, -1.0),
            corner(0.0, 1.0),
        ])
    }

    /// Height over width.
    pub(super) fn aspect(&self) -> f64 {
        (self.high[1] - self.low[1]) / (self.high[0] - self.low[0])
    }

    /// The latitude in the middle, degrees.
    pub(super) fn middle_deg(&self) -> f64 {
        f64::midpoint(self.latitudes[0], self.latitudes[1])
    }
}

/// A ground shown in a rectangle.
#[derive(Debug, Clone, Copy)]
pub(super) struct View {
    pub ground: Ground,
    pub rect: Rect,
    /// Metres of the plane per pixel.
    plane_m: f64,
    /// Where the rectangle's upper left corner lies in the plane.
    corner: [f64; 2],
}

impl View {
    /// The ground in the middle of a rectangle, as large as leaves a margin.
    pub(super) fn new(ground: Ground, rect: Rect, margin: f64) -> Self {
        let inner = rect.grown(-margin);
        let [width, height] = [0, 1].map(|axis| ground.high[axis] - ground.low[axis]);
        let plane_m = (width / inner.width.max(1.0)).max(height / inner.height.max(1.0));
        let [x, y] = [0, 1].map(|axis| f64::midpoint(ground.low[axis], ground.high[axis]));
        let corner = [x - plane_m * rect.width / 2.0, y + plane_m * rect.height / 2.0];
        Self { ground, rect, plane_m, corner }
    }

    /// Where on the page a place is.
    pub(super) fn page(&self, place: Coord) -> Point {
        let [x, y] = self.ground.projection.plane(place);
        [
            self.rect.x + (x - self.corner[0]) / self.plane_m,
            self.rect.y + (self.corner[1] - y) / self.plane_m,
        ]
    }

    /// Metres on the ground per pixel, at the ground's middle latitude.
    pub(super) fn metres_per_pixel(&self) -> f64 {
        self.plane_m / self.ground.projection.scale(self.ground.middle_deg())
    }

    /// A number of pixels as metres on the ground.
    pub(super) fn metres(&self, pixels: f64) -> f64 {
        pixels * self.metres_per_pixel()
    }

    /// A ring, simplified at a number of pixels; `None` where nothing of it comes near the
    /// rectangle.
    pub(super) fn ring(&self, ring: &Thinning<'_>, coarse: f64) -> Option<Vec<Point>> {
        let near = self.rect.grown(BEYOND);
        let simple = ring.at(self.metres(coarse));
        if self.is_far(&simple, &near) {
            return None;
        }
        let points: Vec<Point> = simple.iter().map(|place| self.page(*place)).collect();
        let ends = |axis: usize| {
            let along = points.iter().map(|point| point[axis]);
            along.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), at| {
                (low.min(at), high.max(at))
            })
        };
        let ((left, right), (top, bottom)) = (ends(0), ends(1));
        let around = Rect::new(left, top, (right - left).max(1e-9), (bottom - top).max(1e-9));
        near.overlaps(&around).then_some(points)
    }

    /// The stretches of a line as far as they can be seen: simplified at a number of pixels,
    /// and only the runs that come near the rectangle. Nothing is drawn from one to the next.
    pub(super) fn runs(&self, stretches: &[Thinning<'_>], coarse: f64) -> Vec<Vec<Point>> {
        let of_stretch = |path: &Thinning<'_>| self.runs_near(&path.at(self.metres(coarse)), PART);
        stretches.iter().flat_map(of_stretch).collect()
    }

    /// The edges of a path that come near the rectangle, in runs. Parts of `edges` edges that stay
    /// away are left out as a whole, without being projected to the page.
    fn runs_near(&self, path: &[Coord], edges: usize) -> Vec<Vec<Point>> {
        let near = self.rect.grown(BEYOND);
        let mut runs: Vec<Vec<Point>> = Vec::new();
        let mut open = false;
        let mut parts = vec![path];
        while let Some(part) = parts.pop() {
            if part.len() > edges + 1 {
                if self.is_far(part, &near) {
                    open = false;
                } else {
                    let middle = part.len() / 2;
                    parts.extend([&part[middle..], &part[..=middle]]);
                }
                continue;
            }
            let points: Vec<Point> = part.iter().map(|place| self.page(*place)).collect();
            for edge in points.windows(2) {
                let [a, b] = [edge[0], edge[1]];
                let [left, top] = [a[0].min(b[0]), a[1].min(b[1])];
                let [width, height] = [(a[0] - b[0]).abs(), (a[1] - b[1]).abs()];
                if !near.overlaps(&Rect::new(left, top, width.max(1e-9), height.max(1e-9))) {
                    open = false;
                    continue;
                }
                match runs.last_mut().filter(|_| open) {
                    Some(run) => run.push(b),
                    None => runs.push(vec![a, b]),
                }
                open = true;
            }
        }
        runs
    }

    /// Whether places, and all lines between any two of them, are certain to stay away from a
    /// rectangle.
    fn is_far(&self, places: &[Coord], from: &Rect) -> bool {
        let Some(first) = places.first() else { return false };
        let reach = self.ground.projection.reach_m(places) / self.plane_m;
        // A pixel for rounding. Without an end, it reaches everything.
        reach.is_finite() && !Rect::around(self.page(*first), reach + 1.0).overlaps(from)
    }
}

/// How far outside the rectangle lines are still drawn, pixels: wider than any stroke.
const BEYOND: f64 = 24.0;

/// Parts of this number of edges or fewer are not worth being left out as a whole.
const PART: usize = 16;

/// The finest detail that can be seen, pixels: finer detail of a line is left out.
pub(super) const SEEN: f64 = 0.5;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_is_drawn_between_stretches() {
        let at = |x: f64, y: f64| Coord { x, y };
        let stretches = [[at(80.0, 45.0), at(80.1, 45.0)], [at(80.3, 45.1), at(80.4, 45.0)]];
        let ground = Ground::from_places(&stretches.concat());
        let view = View::new(ground, Rect::new(0.0, 0.0, 300.0, 200.0), 10.0);
        let paths = stretches.each_ref().map(|stretch| Thinning::new(&stretch[..]));
        let expected = stretches.map(|stretch| stretch.map(|place| view.page(place)).to_vec());
        assert_eq!(view.runs(&paths, SEEN), expected);
    }

    proptest! {
        #[test]
        fn parts_left_out_as_a_whole_would_not_have_been_seen(
            start in (-180_i16..180, -89_i16..89),
            steps in proptest::collection::vec((-90_i16..90, -60_i16..60), 2..200),
            size_exp in 0..5_i32,
            shown in (0_usize..200, -3_i32..4),
        ) {
            // From some metres to hundreds of kilometres, round poles and antimeridian.
            let unit = 1e-4 * 10_f64.powi(size_exp);
            let mut at = Coord { x: f64::from(start.0), y: f64::from(start.1) };
            let path: Vec<Coord> = steps
                .iter()
                .map(|(east, north)| {
                    at.x = wrapped(at.x + f64::from(*east) * unit);
                    at.y = (at.y + f64::from(*north) * unit).clamp(-90.0, 90.0);
                    at
                })
                .collect();
            let centre = path[shown.0 % path.len()];
            let radius_m = 1e6 * unit * 10_f64.powi(shown.1);
            let around = Ground::around(centre, radius_m.min(2e6));
            let rect = Rect::new(10.0, 20.0, 300.0, 200.0);
            for ground in [around, Ground::from_places(&path)] {
                let view = View::new(ground, rect, 10.0);
                prop_assert_eq!(view.runs_near(&path, 1), view.runs_near(&path, path.len()));
            }
        }
    }
}
