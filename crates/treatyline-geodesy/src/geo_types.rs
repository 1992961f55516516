//! The types of `geo-types` as positions, paths and surfaces.

use geo_types::{Coord, LineString, MultiLineString, MultiPolygon, Polygon};

use crate::{Paths, Position, Ring, Surfaces};

impl Position for Coord {
    #[inline(always)]
    fn lon_deg(self) -> f64 {
        self.x
    }

    #[inline(always)]
    fn lat_deg(self) -> f64 {
        self.y
    }

    #[inline(always)]
    fn new(lon_deg: f64, lat_deg: f64) -> Self {
        Self { x: lon_deg, y: lat_deg }
    }
}

impl Paths for LineString {
    type Position = Coord;

    fn paths(&self) -> impl Iterator<Item = &[Coord]> {
        std::iter::once(self.0.as_slice())
    }
}

impl Paths for MultiLineString {
    type Position = Coord;

    fn paths(&self) -> impl Iterator<Item = &[Coord]> {
        self.0.iter().map(|line| line.0.as_slice())
    }
}

impl Surfaces for Polygon {
    type Position = Coord;

    fn rings(&self) -> impl Iterator<Item = Ring<'_, Coord>> {
        let holes = self.interiors().iter().map(|hole| Ring::Hole(&hole.0));
        std::iter::once(Ring::Outer(&self.exterior().0)).chain(holes)
    }
}

impl Surfaces for MultiPolygon {
    type Position = Coord;

    fn rings(&self) -> impl Iterator<Item = Ring<'_, Coord>> {
        self.0.iter().flat_map(Surfaces::rings)
    }
}

impl Surfaces for [Polygon] {
    type Position = Coord;

    fn rings(&self) -> impl Iterator<Item = Ring<'_, Coord>> {
        self.iter().flat_map(Surfaces::rings)
    }
}
