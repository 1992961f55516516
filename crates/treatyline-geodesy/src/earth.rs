//! The size of the Earth in round numbers, for bounds and estimates. Whatever is measured is
//! measured on an [`Ellipsoid`](crate::Ellipsoid).

/// The mean radius R₁ (Moritz 2000), as of [`Ellipsoid::SPHERE`](crate::Ellipsoid::SPHERE).
pub const MEAN_RADIUS_M: f64 = 6_371_008.771_4;

/// No more than any radius of curvature: a(1 − e²) of WGS 84, rounded down.
pub const LEAST_RADIUS_M: f64 = 6.335_4e6;

/// More than any radius of curvature, and than any distance from the centre.
pub const MOST_RADIUS_M: f64 = 6.4e6;

/// Less than any degree of latitude.
pub const LEAST_DEGREE_M: f64 = 110_000.0;

/// A degree of latitude, to within half a per cent.
pub const ROUGH_DEGREE_M: f64 = 111_000.0;

/// A degree on the sphere of the mean radius.
pub const MEAN_DEGREE_M: f64 = 111_195.0;

/// A degree along the equator.
pub const EQUATOR_DEGREE_M: f64 = 111_319.490_793;

/// More than any degree of a meridian or a parallel is long.
pub const MOST_DEGREE_M: f64 = 111_700.0;
