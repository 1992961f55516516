//! Where the pixels are: from places to columns and rows.

use geo::{Coord, Rect};
use tiff::tags::Tag;

use super::container::Container;
use super::layout::Layout;
use super::system::Meaning;
use crate::problem::{Fault, RasterFault};

/// A place nearer to the middle of a pixel than this share of one is in the middle of it:
/// rounding of decimal degrees must not ask for a neighbour. On 30″ it is 9 µm.
const SNAP: f64 = 1e-8;
/// How much of a pixel a raster around the whole Earth may lack or have too much.
const CLOSURE: f64 = 1e-3;

/// Rows and columns along the axes of the raster's system: parallels and meridians, if that is in
/// degrees.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    are_degrees: bool,
    /// The middle of the first pixel of the first row.
    first: Coord,
    /// From one column and from one row to the next; rows may run north or south.
    step: Coord,
    width: u32,
    height: u32,
    /// Whether the first column follows the last.
    is_closed: bool,
}

/// The pixels around a place: two columns and two rows, each with its share. A pixel whose
/// share is 0 is not needed and may not be there.
pub(super) struct Around {
    pub(super) columns: [(u32, f64); 2],
    pub(super) rows: [(u32, f64); 2],
}

impl Grid {
    pub(super) fn read(
        container: &mut Container,
        meaning: Meaning,
        are_degrees: bool,
        layout: &Layout,
    ) -> Result<Self, Fault> {
        let size = container.doubles(Tag::ModelPixelScaleTag)?;
        let ties = container.doubles(Tag::ModelTiepointTag)?;
        let matrix = container.doubles(Tag::ModelTransformationTag)?;
        let (corner, step) = match (size.as_deref(), ties.as_deref(), matrix.as_deref()) {
            (Some([dx, dy, ..]), Some([column, row, _, x, y, ..]), _) => {
                let step = Coord { x: *dx, y: -*dy };
                (Coord { x: x - column * dx, y: y + row * dy }, step)
            }
            (_, _, Some([a, b, _, c, d, e, _, f, ..])) => {
                if *b != 0.0 || *d != 0.0 {
                    return Err(RasterFault::Rotated.into());
                }
                (Coord { x: *c, y: *f }, Coord { x: *a, y: *e })
            }
            (None, Some(ties), None) if ties.len() > 6 => return Err(RasterFault::Rotated.into()),
            _ => return Err(RasterFault::NoPlace.into()),
        };
        // What is placed by the file is the middle of a pixel, or its corner.
        let half = if meaning == Meaning::Point { 0.0 } else { 0.5 };
        let first = Coord { x: corner.x + half * step.x, y: corner.y + half * step.y };
        let made = if are_degrees { Self::new } else { Self::in_metres };
        made(first, step, layout.width, layout.height).map_err(Fault::from)
    }

    fn in_metres(first: Coord, step: Coord, width: u32, height: u32) -> Result<Self, RasterFault> {
        let all = [first.x, first.y, step.x, step.y];
        if !all.into_iter().all(f64::is_finite) || step.x <= 0.0 || step.y == 0.0 {
            let what = format!("a pixel at {}, {} is {} by {}", first.x, first.y, step.x, step.y);
            return Err(RasterFault::Place { what });
        }
        Ok(Self { are_degrees: false, first, step, width, height, is_closed: false })
    }

    fn new(first: Coord, step: Coord, width: u32, height: u32) -> Result<Self, RasterFault> {
        let place = |what: String| Err(RasterFault::Place { what });
        let all = [first.x, first.y, step.x, step.y];
        if !all.into_iter().all(f64::is_finite) {
            return place("a position is not finite".to_owned());
        }
        if step.x <= 0.0 || step.y == 0.0 {
            return place(format!("a pixel is {} by {} degrees", step.x, step.y));
        }
        let across = f64::from(width) * step.x;
        let is_closed = ((360.0 - across) / step.x).abs() < CLOSURE;
        let last = first.y + f64::from(height - 1) * step.y;
        // The middle of the outermost pixels may be on the poles, and rounded.
        let slack = step.y.abs() * CLOSURE;
        let is_earthly = |lat: f64| lat.abs() <= 90.0 + slack;
        if !is_earthly(first.y) || !is_earthly(last) {
            return place(format!("they reach from latitude {} to {last}", first.y));
        }
        if across > 360.0 + step.x * (1.0 + CLOSURE) || first.x.abs() > 720.0 {
            return place(format!("they reach {across} degrees to the east of {}", first.x));
        }
        Ok(Self { are_degrees: true, first, step, width, height, is_closed })
    }

    /// From the middle of one pixel to the middle of the next: east, north.
    pub(super) const fn spacing(&self) -> (f64, f64) {
        (self.step.x, self.step.y.abs())
    }

    /// Between the middles of the outermost pixels.
    pub(super) fn extent(&self) -> Rect {
        let east = self.first.x + f64::from(self.width - 1) * self.step.x;
        let last = self.first.y + f64::from(self.height - 1) * self.step.y;
        Rect::new(self.first, Coord { x: east, y: last })
    }

    /// The pixels around a place; if that is in degrees, its longitude in any turn; `None` beyond the
    /// middles of the outermost pixels, and for what is no place.
    pub(super) fn around(&self, at: Coord) -> Option<Around> {
        let row = snapped((at.y - self.first.y) / self.step.y);
        let from_first = at.x - self.first.x;
        let from_first = if self.are_degrees { from_first.rem_euclid(360.0) } else { from_first };
        let mut column = snapped(from_first / self.step.x);
        // A place on the first column may come out a hair west of it, a turn away.
        let turn = 360.0 / self.step.x;
        if self.are_degrees && column > f64::from(self.width - 1) && column > turn - SNAP {
            column = 0.0;
        }
        let rows = pair(row, self.height, false)?;
        let columns = pair(column, self.width, self.is_closed)?;
        Some(Around { columns, rows })
    }
}

fn snapped(place: f64) -> f64 {
    let nearest = place.round();
    if (place - nearest).abs() < SNAP { nearest } else { place }
}

/// The pixels before and after a place, counted from the middle of the first, with their
/// shares.
fn pair(place: f64, count: u32, is_closed: bool) -> Option<[(u32, f64); 2]> {
    let last = f64::from(count) - 1.0;
    let end = if is_closed { last + 1.0 } else { last };
    if !(0.0..=end).contains(&place) {
        return None;
    }
    let (before, share) = (place.floor(), place.fract());
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within 0 to count")]
    let wrapped = |pixel: f64| if pixel > last { 0 } else { pixel as u32 };
    Some([(wrapped(before), 1.0 - share), (wrapped(before + 1.0), share)])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(first: (f64, f64), step: (f64, f64), width: u32, height: u32) -> Grid {
        let [first, step] = [first, step].map(|(x, y)| Coord { x, y });
        Grid::new(first, step, width, height).unwrap()
    }

    /// Where a place lies, in columns and rows from the first pixel.
    fn place(grid: &Grid, x: f64, y: f64) -> Option<(f64, f64)> {
        let around = grid.around(Coord { x, y })?;
        let one = |pair: [(u32, f64); 2]| f64::from(pair[0].0) + pair[1].1;
        Some((one(around.columns), one(around.rows)))
    }

    #[test]
    fn longitudes_are_brought_into_the_range_of_the_raster() {
        let across_180 = grid((179.0, 10.0), (0.5, -0.5), 5, 3);
        assert_eq!(place(&across_180, -179.25, 9.5), Some((3.5, 1.0)));
        assert_eq!(place(&across_180, 180.75, 9.5), Some((3.5, 1.0)));
        assert_eq!(place(&across_180, -178.9, 9.5), None);
        let from_0 = grid((0.5, 1.0), (1.0, -1.0), 360, 3);
        assert_eq!(place(&from_0, -100.0, 0.0), Some((259.5, 1.0)));
        // The last column is followed by the first.
        assert_eq!(place(&from_0, 0.0, 0.0), Some((359.5, 1.0)));
        let around = from_0.around(Coord { x: 360.25, y: 0.0 }).unwrap();
        assert_eq!(around.columns, [(359, 0.25), (0, 0.75)]);
    }

    #[test]
    fn decimal_degrees_meet_the_middle_of_their_pixel() {
        let seconds = 1.0 / 120.0;
        let grid = grid(
            (-180.0 + seconds / 2.0, 90.0 - seconds / 2.0),
            (seconds, -seconds),
            43_200,
            21_600,
        );
        for column in (0..43_200).step_by(7) {
            let x = f64::from(column).mul_add(seconds, -180.0 + seconds / 2.0);
            let around = grid.around(Coord { x, y: 45.0 + seconds / 2.0 }).unwrap();
            assert_eq!(around.columns[0], (column, 1.0));
            assert_eq!(around.rows[0], (5_399, 1.0));
        }
    }

    #[test]
    fn rows_may_run_north() {
        let grid = grid((80.0, 40.0), (1.0, 1.0), 3, 3);
        assert_eq!(place(&grid, 81.25, 41.75), Some((1.25, 1.75)));
        assert_eq!(grid.spacing(), (1.0, 1.0));
        assert_eq!(grid.extent().max(), Coord { x: 82.0, y: 42.0 });
    }

    #[test]
    fn what_is_no_place_is_outside() {
        let grid = grid((80.0, 40.0), (1.0, -1.0), 3, 3);
        for (x, y) in [(f64::NAN, 39.0), (81.0, f64::INFINITY), (82.5, 39.0), (81.0, 40.5)] {
            assert_eq!(place(&grid, x, y), None, "{x} {y}");
        }
        // The corners are inside: a neighbour beyond them is not needed.
        assert_eq!(place(&grid, 82.0, 38.0), Some((2.0, 2.0)));
    }

    #[test]
    fn what_cannot_be_on_the_earth_is_refused() {
        for (first, step, width) in [
            ((80.0, 90.1), (1.0, -1.0), 3),
            ((500_000.0, 40.0), (30.0, -30.0), 3),
            ((0.0, 40.0), (1.0, -1.0), 362),
            ((0.0, 40.0), (-1.0, -1.0), 3),
            ((0.0, 40.0), (1.0, 0.0), 3),
            ((0.0, f64::NAN), (1.0, 1.0), 3),
        ] {
            let [first, step] = [first, step].map(|(x, y)| Coord { x, y });
            assert!(Grid::new(first, step, width, 2).is_err(), "{first:?} {step:?}");
        }
        // 361 columns, both ends on the same meridian.
        assert!(Grid::new(Coord { x: -180.0, y: 1.0 }, Coord { x: 1.0, y: -1.0 }, 361, 2).is_ok());
    }
}
