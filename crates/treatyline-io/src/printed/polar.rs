//! References of MGRS near the poles, `ZAH 12345 67890`, and of the grid they are made of, the
//! universal polar stereographic grid, `Z 2126000 1512000`.
//!
//! Source of the letters: Defense Mapping Agency, *The Universal Grids*, TM 8358.1 (1990), chapter 3.

use super::grid::{GridReference, SQUARE_M, letter_at, numbers_of, within_square};
use super::{PrintedFault, Rounded};

/// Columns of squares from west to east: of a western half up to its last letter, of an eastern one
/// from its first.
const COLUMNS: &str = "ABCFGHJKLPQRSTUXYZ";
/// Rows of squares from south to north.
const ROWS: &str = "ABCDEFGHJKLMNPQRSTUVWXYZ";
/// The pole, in easting and in northing.
const POLE_M: f64 = 2_000_000.0;
/// At most so far from the pole, in metres of the grid, are the parallels of 84° N and 80° S, where
/// the grid ends: 666.7 and 1,113.0 km, and half a degree more, by which it may overlap with UTM.
const REACH_M: [f64; 2] = [722_500.0, 1_169_000.0];

/// One of the four halves of the polar grids.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Half {
    is_north: bool,
    is_east: bool,
}

impl Half {
    /// The half with this letter: A, B, Y or Z.
    pub(super) fn of(letter: &str) -> Option<Self> {
        let (is_north, is_east) = match letter {
            "A" => (false, false),
            "B" => (false, true),
            "Y" => (true, false),
            "Z" => (true, true),
            _ => return None,
        };
        Some(Self { is_north, is_east })
    }

    /// Columns and rows from the pole to the side of its squares.
    fn squares(self) -> usize {
        if self.is_north { 7 } else { 12 }
    }

    /// The middle of a square; `None` for letters that it does not have.
    pub(super) fn square(self, letters: [&str; 2], digits: &str) -> Option<[Rounded; 2]> {
        let [column, row] = letters;
        let (column, row) = (letter_at(COLUMNS, column)?, letter_at(ROWS, row)?);
        let wide = self.squares();
        let column = if self.is_east {
            Some(column).filter(|it| *it < wide)?
        } else {
            (column + wide).checked_sub(COLUMNS.len())?
        };
        let row = Some(row).filter(|it| *it < 2 * wide)?;
        let south_m = POLE_M - wide as f64 * SQUARE_M;
        let west_m = if self.is_east { POLE_M } else { south_m };
        let [east, north] = within_square(digits)?;
        let at = |from_m: f64, square: usize, within: Rounded| Rounded {
            value: from_m + square as f64 * SQUARE_M + within.value,
            ..within
        };
        Some([at(west_m, column, east), at(south_m, row, north)])
    }

    /// The reference of a place, if that is in this half and no farther from the pole than the grid
    /// reaches.
    pub(super) fn reference(self, [easting, northing]: [Rounded; 2]) -> Option<GridReference> {
        let [east_m, north_m] = [easting, northing].map(|it| it.value - POLE_M);
        let is_here = if self.is_east { east_m >= 0.0 } else { east_m <= 0.0 };
        let reach_m =
            REACH_M[usize::from(!self.is_north)] + easting.half_step.hypot(northing.half_step);
        let is_near = east_m.hypot(north_m) <= reach_m;
        let found = GridReference { zone: None, is_north: self.is_north, easting, northing };
        (is_here && is_near).then_some(found)
    }
}

/// A reference near a pole, in capitals, of a text as it was printed; `None` for what begins as no
/// such reference does.
pub(super) fn read(text: &str, printed: &str) -> Option<Result<GridReference, PrintedFault>> {
    let compact: String = text.chars().filter(|c| *c != ' ').collect();
    let letters = compact.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(compact.len());
    let (letters, digits) = compact.split_at(letters);
    let half = Half::of(letters.get(..1)?)?;
    let off = |reason: &str| PrintedFault::OffGrid {
        text: printed.to_owned(),
        reason: reason.to_owned(),
    };
    let place = match letters.len() {
        1 => numbers_of(text.get(1..)?)?,
        3 if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            match half.square([&letters[1..2], &letters[2..]], digits) {
                Some(place) => place,
                None if within_square(digits).is_none() => {
                    return Some(Err(off("a square has an even number of digits, up to ten")));
                }
                None => return Some(Err(off("that half of the polar grid has no such square"))),
            }
        }
        _ => return None,
    };
    let outside = "the polar grids have A and B south of 80° S, Y and Z north of 84° N, A and Y \
                   west of Greenwich, B and Z east of it";
    Some(half.reference(place).ok_or_else(|| off(outside)))
}

#[cfg(test)]
mod tests {
    use crate::printed::grid_reference;

    #[test]
    fn the_poles_and_places_near_them() {
        for (text, epsg, easting, northing) in [
            ("ZAH 0 0", 5041, 2_005_000.0, 2_005_000.0),
            ("Z 2126000 1512000", 5041, 2_126_000.0, 1_512_000.0),
            ("b 2 126 000E 1 512 000N", 5042, 2_126_000.0, 1_512_000.0),
            ("BAN", 5042, 2_050_000.0, 2_050_000.0),
        ] {
            let found = grid_reference(text).unwrap_or_else(|fault| panic!("{fault}"));
            assert_eq!((found.epsg(), found.zone), (epsg, None), "{text}");
            let place = (found.easting.value, found.northing.value);
            assert_eq!(place, (easting, northing), "{text}");
        }
    }

    #[test]
    fn what_is_no_place_there_is_refused_by_name() {
        for (text, says) in [
            ("ZAH 123 45", "even number of digits"),
            ("ZKH 12345 67890", "no such square"),
            ("YAH 12345 67890", "no such square"),
            ("ZIH 12345 67890", "no such square"),
            ("ZAR 12345 67890", "no such square"),
            ("ZJA 99999 00000", "north of 84°"),
            ("Z 1126000 1512000", "north of 84°"),
            ("Z 2126000", "is no reference"),
            ("ZA 12345 67890", "is no reference"),
        ] {
            let fault = grid_reference(text).unwrap_err().to_string();
            assert!(fault.starts_with(&format!("`{text}`")) && fault.contains(says), "{fault}");
        }
    }
}
