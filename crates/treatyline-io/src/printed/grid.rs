//! References of UTM, `44T 543210 4912345`, and of MGRS, `44T NP 43210 12345`.
//!
//! An MGRS reference is the name of a square, of 1 m with ten digits, not of a point: it is read as
//! the middle of the square, and half of the square is what rounding may be worth. Near the poles
//! both have no zone (`polar`).

use treatyline_geodesy::Ellipsoid;

use super::{PrintedFault, Rounded, metres, plain, polar};

/// A place in a zone of UTM, or in a polar grid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GridReference {
    /// The zone, from 1 to 60; none in the universal polar stereographic grids.
    pub zone: Option<u32>,
    /// Whether it is in the northern hemisphere.
    pub is_north: bool,
    /// In metres.
    pub easting: Rounded,
    /// In metres; in a zone of the southern hemisphere from 10,000 km on downwards.
    pub northing: Rounded,
}

impl GridReference {
    /// The code of its grid on WGS 84, in the registry of the EPSG.
    #[must_use]
    pub fn epsg(&self) -> u32 {
        match (self.zone, self.is_north) {
            (Some(zone), true) => 32_600 + zone,
            (Some(zone), false) => 32_700 + zone,
            (None, true) => 5_041,
            (None, false) => 5_042,
        }
    }
}

/// The bands of 8° of latitude, from 80° S on.
const BANDS: &str = "CDEFGHJKLMNPQRSTUVWX";
/// The letters of squares from west to east, eight to a zone, and again in the third zone after.
const COLUMNS: &str = "ABCDEFGHJKLMNPQRSTUVWXYZ";
/// Their letters from south to north: each 2,000 km again.
const ROWS: &str = "ABCDEFGHJKLMNPQRSTUV";
pub(super) const SQUARE_M: f64 = 100_000.0;
const ROUND_M: f64 = 2_000_000.0;
/// By this a parallel is farther from the equator at the sides of a zone than in its middle, at
/// most and generously, in metres.
const SLACK_M: f64 = 30_000.0;
const FALSE_NORTHING_M: f64 = 10_000_000.0;

/// The place that a reference of UTM or MGRS names.
///
/// # Errors
/// [`PrintedFault::NoGrid`], [`PrintedFault::OffGrid`], and [`PrintedFault::Ambiguous`] for `44S`
/// where that may be the southern hemisphere or the band from 32° to 40° N.
pub fn grid_reference(text: &str) -> Result<GridReference, PrintedFault> {
    Reader { text }.read()
}

struct Reader<'a> {
    text: &'a str,
}

impl Reader<'_> {
    fn read(&self) -> Result<GridReference, PrintedFault> {
        let none = || PrintedFault::NoGrid { text: self.text.to_owned() };
        let text = plain(self.text).to_uppercase();
        let text = ["UTM", "MGRS", "USNG", "ZONE"]
            .iter()
            .fold(text.as_str(), |text, word| text.strip_prefix(word).unwrap_or(text).trim_start());
        if let Some(found) = polar::read(text, self.text) {
            return found;
        }
        let digits = text.find(|c: char| !c.is_ascii_digit()).ok_or_else(none)?;
        let (zone, rest) = text.split_at(digits);
        let rest = rest.trim_start();
        let compact: String = rest.chars().filter(|c| *c != ' ').collect();
        let letters = compact.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(compact.len());
        let numbers = &compact[letters..];
        let is_square = letters == 3 && numbers.bytes().all(|byte| byte.is_ascii_digit());
        let zone = self.zone(zone, none)?;
        if is_square {
            return self.square(zone, &compact[..letters], numbers);
        }
        let word = rest.find(|c: char| !c.is_ascii_alphabetic()).ok_or_else(none)?;
        let (word, numbers) = rest.split_at(word);
        let [easting, northing] = numbers_of(numbers).ok_or_else(none)?;
        let is_north = self.half(word, northing.value)?.ok_or_else(none)?;
        if !(SQUARE_M..=9.0 * SQUARE_M).contains(&easting.value) {
            return Err(self.off("eastings of UTM are between 100,000 and 900,000 m"));
        }
        if !(0.0..=FALSE_NORTHING_M).contains(&northing.value) {
            return Err(self.off("northings of UTM are between 0 and 10,000,000 m"));
        }
        Ok(GridReference { zone: Some(zone), is_north, easting, northing })
    }

    fn zone(&self, digits: &str, none: impl Fn() -> PrintedFault) -> Result<u32, PrintedFault> {
        let zone: u32 = digits.parse().map_err(|_| none())?;
        if (1..=60).contains(&zone) && digits.len() <= 2 {
            return Ok(zone);
        }
        Err(self.off("zones are numbered from 1 to 60"))
    }

    fn off(&self, reason: &str) -> PrintedFault {
        PrintedFault::OffGrid { text: self.text.to_owned(), reason: reason.to_owned() }
    }

    /// Whether a word after a zone, of a hemisphere or a band, is of the northern one; `None` where
    /// it is neither.
    fn half(&self, word: &str, northing_m: f64) -> Result<Option<bool>, PrintedFault> {
        match word {
            "NORTH" | "N" => return Ok(Some(true)),
            "SOUTH" => return Ok(Some(false)),
            _ => {}
        }
        let Some(band) = Band::of(word) else { return Ok(None) };
        match (word, band.holds(northing_m)) {
            ("S", false) => Ok(Some(false)),
            ("S", true) => {
                let between = "S is the southern hemisphere or the band from 32° to 40° N; write \
                               `south` or `north`"
                    .to_owned();
                Err(PrintedFault::Ambiguous { text: self.text.to_owned(), between })
            }
            (_, true) => Ok(Some(band.is_north())),
            (_, false) => Err(self.off(&format!("that northing is not in the band {word}"))),
        }
    }

    /// The middle of a square of MGRS.
    fn square(
        &self,
        zone: u32,
        letters: &str,
        digits: &str,
    ) -> Result<GridReference, PrintedFault> {
        let [band, column, row] = [0, 1, 2].map(|at| letters.get(at..=at).unwrap_or_default());
        let band = Band::of(band)
            .ok_or_else(|| self.off("bands have the letters C to X, without I and O"))?;
        let [within_east, within_north] = within_square(digits)
            .ok_or_else(|| self.off("a square has an even number of digits, up to ten"))?;
        // Three zones have the 24 letters, eight each.
        let first = 8 * ((zone as usize - 1) % 3);
        let column =
            letter_at(COLUMNS, column).and_then(|at| at.checked_sub(first)).filter(|it| *it < 8);
        let column = column.ok_or_else(|| self.off("its zone has no such column of squares"))?;
        // Rows of even zones begin five letters later.
        let row = letter_at(ROWS, row).ok_or_else(|| self.off("rows have the letters A to V"))?;
        let row = if zone.is_multiple_of(2) { (row + 15) % 20 } else { row };
        let easting_m = (column + 1) as f64 * SQUARE_M + within_east.value;
        // Of the part of the square, the south-western corner decides.
        let in_round = row as f64 * SQUARE_M + within_north.value - within_north.half_step;
        let lowest = band.lowest_m() - SQUARE_M;
        let rounds = ((lowest - in_round) / ROUND_M).ceil().max(0.0);
        let corner_m = in_round + rounds * ROUND_M;
        if !band.holds(corner_m) {
            return Err(self.off("its band has no such row of squares"));
        }
        let easting = Rounded { value: easting_m, ..within_east };
        let northing = Rounded { value: corner_m + within_north.half_step, ..within_north };
        Ok(GridReference { zone: Some(zone), is_north: band.is_north(), easting, northing })
    }
}

/// The middle of a part of a square of 100 km, from its south-western corner, by up to ten digits;
/// `None` where these are not an even number.
pub(super) fn within_square(digits: &str) -> Option<[Rounded; 2]> {
    let half = digits.len() / 2;
    let places = i32::try_from(half).ok().filter(|it| *it <= 5)?;
    digits.len().is_multiple_of(2).then_some(())?;
    let step = SQUARE_M / 10_f64.powi(places);
    let middle = |digits: &str| Rounded {
        value: (digits.parse::<f64>().unwrap_or(0.0) + 0.5) * step,
        half_step: 0.5 * step,
    };
    Some([middle(&digits[..half]), middle(&digits[half..])])
}

/// Easting and northing, with blanks between thousands or without.
pub(super) fn numbers_of(text: &str) -> Option<[Rounded; 2]> {
    let text = text.replace(", ", " ").replace([';', 'E', 'N', 'M'], " ");
    let mut words: Vec<&str> = text.split_whitespace().collect();
    if let [both] = words[..] {
        words = both.split(',').collect();
    }
    let mut found = (1..words.len()).filter_map(|cut| {
        let (easting, northing) = words.split_at(cut);
        Some([metres(&easting.join(" ")).ok()?, metres(&northing.join(" ")).ok()?])
    });
    found.next().filter(|_| found.next().is_none())
}

/// The place of a letter among others.
pub(super) fn letter_at(letters: &str, letter: &str) -> Option<usize> {
    letters.find(letter).filter(|_| letter.len() == 1)
}

/// A band of latitude.
#[derive(Clone, Copy)]
struct Band {
    south_deg: f64,
}

impl Band {
    fn of(letter: &str) -> Option<Self> {
        let place = letter_at(BANDS, letter)?;
        Some(Self { south_deg: place as f64 * 8.0 - 80.0 })
    }

    fn is_north(self) -> bool {
        self.south_deg >= 0.0
    }

    fn north_deg(self) -> f64 {
        // The last band is of 12°.
        if self.south_deg >= 72.0 { 84.0 } else { self.south_deg + 8.0 }
    }

    /// The northing of its southern side in the middle of a zone.
    fn lowest_m(self) -> f64 {
        northing_m(self.south_deg, self.is_north())
    }

    /// Whether a northing can be in it.
    fn holds(self, northing: f64) -> bool {
        let highest = northing_m(self.north_deg(), self.is_north());
        // A square may begin south of the band.
        (self.lowest_m() - SQUARE_M..=highest + SLACK_M).contains(&northing)
    }
}

/// The northing of a parallel in the middle of a zone, to a metre (Snyder 1987, equation 3-21).
fn northing_m(lat_deg: f64, is_north: bool) -> f64 {
    let (a, f) = (Ellipsoid::WGS84.semi_major_m(), Ellipsoid::WGS84.flattening());
    let e2 = f * (2.0 - f);
    let (e4, e6) = (e2 * e2, e2 * e2 * e2);
    let lat = lat_deg.to_radians();
    let arc = a
        * ((1.0 - e2 / 4.0 - 3.0 * e4 / 64.0 - 5.0 * e6 / 256.0) * lat
            - (3.0 * e2 / 8.0 + 3.0 * e4 / 32.0 + 45.0 * e6 / 1024.0) * (2.0 * lat).sin()
            + (15.0 * e4 / 256.0 + 45.0 * e6 / 1024.0) * (4.0 * lat).sin()
            - 35.0 * e6 / 3072.0 * (6.0 * lat).sin());
    0.9996 * arc + if is_north { 0.0 } else { FALSE_NORTHING_M }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_many_spellings() {
        for text in [
            "44T 543210 4912345",
            "44T 543 210 4 912 345",
            "44 T 543210E 4912345N",
            "UTM zone 44N 543210 4912345",
            "44 north 543210 4912345",
            "44t 543210mE 4912345mN",
            "44T 543210, 4912345",
            "44T 543210,4912345",
            "44T 543 210,0; 4 912 345,0",
        ] {
            let found = grid_reference(text).unwrap_or_else(|fault| panic!("{fault}"));
            assert_eq!((found.epsg(), found.is_north), (32_644, true), "{text}");
            assert_eq!((found.easting.value, found.northing.value), (543_210.0, 4_912_345.0));
            let decimals = if text.contains(",0") { 1 } else { 0 };
            assert_eq!(found.easting.half_step, 0.5 / 10_f64.powi(decimals), "{text}");
        }
        let south = grid_reference("19K 543210 7412345").unwrap();
        assert_eq!((south.epsg(), south.is_north), (32_719, false));
        let south = grid_reference("44S 543210 7412345").unwrap();
        assert!(!south.is_north, "no northing of the band S is so large");
    }

    #[test]
    fn a_square_is_read_as_its_middle() {
        let found = grid_reference("44TNP 43210 12345").unwrap();
        assert_eq!((found.easting.value, found.easting.half_step), (543_210.5, 0.5));
        let coarse = grid_reference("44T NP 43 12").unwrap();
        assert_eq!((coarse.easting.value, coarse.easting.half_step), (543_500.0, 500.0));
        assert_eq!(coarse.northing.half_step, 500.0);
    }

    /// `scripts/reference_mgrs.py` asks GEOTRANS.
    #[test]
    fn squares_are_where_geotrans_has_them() {
        let table = include_str!("mgrs.csv");
        let mut count = 0;
        for line in table.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            let [text, zone, half, easting, northing, digits] = cells[..] else { panic!("{line}") };
            let found = grid_reference(text).unwrap_or_else(|fault| panic!("{fault}"));
            // GEOTRANS calls the polar grids zone 0.
            let wanted = (zone.parse().unwrap(), half == "N");
            assert_eq!((found.zone.unwrap_or(0), found.is_north), wanted, "{line}");
            let places: i32 = digits.parse().unwrap();
            assert!((found.easting.half_step - 5e4 / 10_f64.powi(places)).abs() < 1e-9, "{line}");
            let [easting, northing] = [easting, northing].map(|it| it.parse::<f64>().unwrap());
            let off = (found.easting.value - easting).hypot(found.northing.value - northing);
            assert!(off < 1e-6, "{line}: {found:?}");
            count += 1;
        }
        assert!(count > 200);
    }

    #[test]
    fn what_is_no_place_is_refused_by_name() {
        for (text, says) in [
            ("", "is no reference"),
            ("44T", "is no reference"),
            ("44T 543210", "is no reference"),
            ("T 543210 4912345", "is no reference"),
            ("61T 543210 4912345", "from 1 to 60"),
            ("44O 543210 4912345", "is no reference"),
            ("44T 43210 4912345", "eastings of UTM"),
            ("44T 543210 5912345", "not in the band T"),
            ("44S 543210 4012345", "S is the southern hemisphere or the band"),
            ("44T NP 4321 12345", "even number of digits"),
            ("44T AP 43210 12345", "no such column"),
            ("44T NW 43210 12345", "letters A to V"),
            ("44T NA 43210 12345", "no such row"),
            ("44O NP 43210 12345", "bands have the letters"),
        ] {
            let fault = grid_reference(text).unwrap_err().to_string();
            assert!(fault.starts_with(&format!("`{text}`")) && fault.contains(says), "{fault}");
        }
    }
}
