//! The relief on a line and to both sides of it: does it run along a ridge, along a valley,
//! or neither?

use geo::Coord;

#[cfg(test)]
use super::stations::Route;
use super::stations::Station;
use crate::geodesy::{Ellipsoid, Geodesic};
#[cfg(test)]
use crate::line::Line;
use crate::quantity::Metres;

/// How far to each side the ground is looked at, and up to which difference it is called flat.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sides {
    offset: Metres,
    flat: Metres,
}

impl Default for Sides {
    /// 2,500 m to each side: 2.7 pixels of a raster of 30″ (927 m from south to north), so that
    /// neighbours do not share their heights, and yet the foot of most slopes of a range.
    ///
    /// Flat within 20 m. The reason is what the data do in plains: at 400,000 random places of
    /// GLOBE (79° to 88.5° E, 41.5° to 49.8° N), looked at in random directions, 43 % of those
    /// in plains would be a ridge or a valley if nothing were flat. Plains are where the heights
    /// in a square of 25 pixels differ by 20 to 60 m; what is seen there are dunes and the
    /// contours that the raster was made from. With 20 m, 96 % of them are flat and 1 % a ridge
    /// or a valley; where heights differ by more than 400 m, 5 % are flat
    /// (`scripts/relief.py plains`).
    fn default() -> Self {
        Self { offset: Metres::new(2500.0), flat: Metres::new(20.0) }
    }
}

impl Sides {
    /// The nearest and the farthest offset.
    const OFFSETS_M: (f64, f64) = (1.0, 50_000.0);

    /// How far from the line the ground is looked at, from 1 m to 50 km.
    #[must_use]
    pub fn offset(self, offset: Metres) -> Self {
        let (least, most) = Self::OFFSETS_M;
        Self { offset: Metres::new(offset.value().clamp(least, most)), ..self }
    }

    /// Half of the chord by which the line's way is taken: six tenths of the offset, so that
    /// the way is that of a stretch about as long as the sides are apart, and the bends of the
    /// line do not turn them.
    pub(crate) fn chord(self) -> Metres {
        self.offset * 0.6
    }

    /// The ground is flat where the three heights differ by no more than this. With 0 only
    /// equal heights are.
    #[must_use]
    pub fn flat(self, flat: Metres) -> Self {
        Self { flat: Metres::new(flat.value().max(0.0)), ..self }
    }
}

/// What the ground is like at a station.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    /// Higher than both sides.
    Ridge,
    /// Lower than both sides.
    Valley,
    /// Between the two sides, or as high as one of them.
    Slope,
    /// The three heights are the same within a threshold.
    Flat,
    /// At least one of the three heights is not known.
    NotCovered,
}

impl Form {
    /// Every form, in the order they are listed.
    pub(crate) const ALL: [Self; 5] =
        [Self::Ridge, Self::Valley, Self::Slope, Self::Flat, Self::NotCovered];

    fn from_heights(on_m: f64, left_m: f64, right_m: f64, flat_m: f64) -> Self {
        let (low_m, high_m) = (left_m.min(right_m), left_m.max(right_m));
        if high_m.max(on_m) - low_m.min(on_m) <= flat_m {
            Self::Flat
        } else if on_m > high_m {
            Self::Ridge
        } else if on_m < low_m {
            Self::Valley
        } else {
            Self::Slope
        }
    }
}

/// The ground across a line at one station.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct CrossSection {
    /// Distance along the line.
    pub chainage: Metres,
    /// The length of line that it stands for.
    pub(crate) share: Metres,
    /// Where it is.
    pub at: Coord,
    /// The height on the line, in metres, where it is known.
    pub on_m: Option<f64>,
    /// The height to the left of the line, seen from its start.
    pub left_m: Option<f64>,
    /// The height to the right of the line.
    pub right_m: Option<f64>,
    /// The form that the three heights make.
    pub(crate) form: Form,
}

#[cfg(test)]
impl CrossSection {
    /// By how much the line is above the higher of its sides, in metres; below 0 where it is
    /// not above both.
    #[must_use]
    pub(crate) fn above_both_m(&self) -> Option<f64> {
        Some(self.on_m? - self.left_m?.max(self.right_m?))
    }

    /// By how much the line is below the lower of its sides, in metres; below 0 where it is not
    /// below both.
    #[must_use]
    pub(crate) fn below_both_m(&self) -> Option<f64> {
        Some(self.left_m?.min(self.right_m?) - self.on_m?)
    }
}

/// The ground across a line, station by station.
///
/// # Limits
/// A valley or a ridge that is narrower than a pixel or two is not seen, and nothing is seen
/// in plains. Ridges and valleys also occur by chance: a line in any direction through country with
/// more than 400 m of relief is called one or the other at a third of its stations, about half
/// of them each. A high share over a long stretch is evidence, a single station is none.
#[derive(Debug, Clone, PartialEq)]
pub struct Relief {
    sides: Sides,
    sections: Vec<CrossSection>,
}

impl Relief {
    /// Looks at the ground across a line, at stations no farther apart than `step` (1 m at
    /// least). The line's way at a station is that of the chord from 0.6 offsets before it to 0.6
    /// offsets after it; the sides are at a right angle to that way, along geodesics of WGS 84.
    ///
    /// `heights` gives the height at a place in metres, `None` where there is none;
    /// [`Raster::at`](crate::io::Raster::at) is one.
    ///
    /// # Errors
    /// The first error of `heights`.
    #[cfg(test)]
    fn for_line<E>(
        line: &Line,
        step: Metres,
        sides: Sides,
        heights: impl FnMut(Coord) -> Result<Option<f64>, E>,
    ) -> Result<Self, E> {
        let step = Metres::new(step.value().max(1.0));
        Self::at_stations(&Route::of_line(line).stations(step, sides.chord()), sides, heights)
    }

    /// The same at given stations.
    pub(crate) fn at_stations<E>(
        stations: &[Station],
        sides: Sides,
        mut heights: impl FnMut(Coord) -> Result<Option<f64>, E>,
    ) -> Result<Self, E> {
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let section = |station: &Station| {
            let at = station.at();
            let mut side = |turn_deg: f64| {
                // A chord of no length has no sides.
                if station.heading == [0.0; 3] {
                    return Ok(None);
                }
                heights(geodesic.destination(at, station.azimuth_deg() + turn_deg, sides.offset))
            };
            let (left_m, right_m) = (side(-90.0)?, side(90.0)?);
            let on_m = heights(at)?;
            let form = match (on_m, left_m, right_m) {
                (Some(on), Some(left), Some(right)) => {
                    Form::from_heights(on, left, right, sides.flat.value())
                }
                _ => Form::NotCovered,
            };
            let (chainage, share) = (station.chainage, station.share);
            Ok(CrossSection { chainage, share, at, on_m, left_m, right_m, form })
        };
        let sections = stations.iter().map(section).collect::<Result<_, E>>()?;
        Ok(Self { sides, sections })
    }

    /// How far to each side the ground was looked at.
    #[must_use]
    pub(crate) const fn offset(&self) -> Metres {
        self.sides.offset
    }

    /// Up to which difference of the three heights the ground is called flat.
    #[must_use]
    pub(crate) const fn flat(&self) -> Metres {
        self.sides.flat
    }

    /// The ground at each station, start to end of the line.
    #[must_use]
    pub fn sections(&self) -> &[CrossSection] {
        &self.sections
    }

    /// The length of line with a form.
    #[must_use]
    pub(crate) fn length_of(&self, form: Form) -> Metres {
        let of_form = self.sections.iter().filter(|section| section.form == form);
        of_form.fold(Metres::default(), |sum, section| sum + section.share)
    }
}

#[cfg(test)]
mod tests;
