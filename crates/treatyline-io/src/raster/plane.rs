//! Places of WGS 84 in the system of a raster.

use geo::{Coord, Rect};
use treatyline_crs::DatumError;
use treatyline_crs::internal::{ChosenOperation, Converter, Transformation};

/// The way from WGS 84 to another system.
pub(super) struct Plane {
    converter: Converter,
    pub(super) chosen: ChosenOperation,
}

impl Plane {
    /// The way to a system, through the operation that is right for where the raster is.
    pub(super) fn open(definition: &str, extent: Rect) -> Result<Self, DatumError> {
        let transformation = Transformation::choose(definition, &around(extent), None)?;
        let converter = transformation.open()?;
        Ok(Self { converter, chosen: transformation.chosen().clone() })
    }

    /// A longitude and latitude in the raster's system; `None` beyond the reach of the operation.
    pub(super) fn place(&self, at: Coord) -> Option<Coord> {
        self.converter.back(at).ok()
    }

    /// An extent of the raster's system in degrees.
    pub(super) fn in_degrees(&self, extent: Rect) -> Rect {
        let reached = |at: Coord| self.converter.convert(at).ok();
        let mut places = around(extent).into_iter().filter_map(reached);
        let Some(first) = places.next() else { return extent };
        let wider = |(low, high): (Coord, Coord), at: Coord| {
            let low = Coord { x: low.x.min(at.x), y: low.y.min(at.y) };
            (low, Coord { x: high.x.max(at.x), y: high.y.max(at.y) })
        };
        let (low, high) = places.fold((first, first), wider);
        Rect::new(low, high)
    }
}

/// The corners of an extent, the middles of its sides and its own middle.
fn around(extent: Rect) -> Vec<Coord> {
    let (low, high, middle) = (extent.min(), extent.max(), extent.center());
    let across = |y: f64| [low.x, middle.x, high.x].map(|x| Coord { x, y });
    [low.y, middle.y, high.y].into_iter().flat_map(across).collect()
}
