//! [`Geodesic`] as a metric space of `geo`: its algorithms measure with it.

use geo::{Bearing, Destination, Distance, Point};

use crate::{Geodesic, Metres};

/// In metres.
///
/// ```
/// use geo::{Length, line_string};
/// use treatyline_geodesy::{Ellipsoid, Geodesic};
///
/// let line = line_string![(x: 80.0, y: 45.0), (x: 80.5, y: 45.2), (x: 81.0, y: 45.1)];
/// let geodesic = Geodesic::new(Ellipsoid::KRASOVSKY);
/// assert_eq!(Length::length(&geodesic, &line), geodesic.length(&line)?.value());
/// # Ok::<(), treatyline_geodesy::PositionFault>(())
/// ```
impl Distance<f64, Point, Point> for Geodesic {
    fn distance(&self, origin: Point, destination: Point) -> f64 {
        Self::distance(self, origin.0, destination.0).value()
    }
}

/// In degrees, clockwise from north.
impl Bearing<f64> for Geodesic {
    fn bearing(&self, origin: Point, destination: Point) -> f64 {
        self.distance_and_azimuth(origin.0, destination.0).1
    }
}

/// In degrees and metres.
impl Destination<f64> for Geodesic {
    fn destination(&self, origin: Point, bearing: f64, distance: f64) -> Point {
        Self::destination(self, origin.0, bearing, Metres::new(distance)).into()
    }
}
