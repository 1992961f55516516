//! The tables of `tests/data/geodesy`, for tests.

use super::{Ellipsoid, Geodesic};

/// The geodesics of an ellipsoid by its name in the tables.
pub(super) fn geodesic(name: &str) -> Geodesic {
    Geodesic::new(match name {
        "WGS84" => Ellipsoid::WGS84,
        "KRASOVSKY" => Ellipsoid::KRASOVSKY,
        "SPHERE" => Ellipsoid::SPHERE,
        "FLAT" => Ellipsoid::new("flat", 6.4e6, 0.01).unwrap(),
        "FLATTEST" => Ellipsoid::new("flattest", 6.4e6, 0.099).unwrap(),
        _ => panic!("{name} is no ellipsoid of the tables"),
    })
}

pub(super) fn numbers<'a>(cells: impl IntoIterator<Item = &'a str>) -> Vec<f64> {
    cells.into_iter().map(|cell| cell.parse().unwrap()).collect()
}
