//! Well-known binary as GeoPackage and GeoParquet have it: that of the OGC (06-103r4, §8) and of
//! ISO 13249-3, and PostGIS's own.
//!
//! Read here: the crate `wkb`, which writes it, looks at three bits of a type's number and takes
//! a curve for a point or a line.

use geo::Coord;

use super::curves::ArcGeometry;
use super::gather::Raw;
use crate::problem::Fault;

/// Geometries nested deeper than this are refused.
const DEEPEST: usize = 32;
/// Flags of PostGIS in the number of a type: heights, measures, the number of a system.
const HAS_Z: u32 = 1 << 31;
const HAS_M: u32 = 1 << 30;
const HAS_SRID: u32 = 1 << 29;

/// A geometry, unchanged, with the number of its system where it states one. An empty
/// geometry is none.
///
/// # Errors
/// A curve or a surface, by its name; anything else that is no geometry.
pub(super) fn raw(bytes: &[u8]) -> Result<(Option<u32>, Raw), Fault> {
    let mut reader = Reader { rest: bytes, is_little: true, numbers: 2, system: None };
    let found = reader.geometry(0);
    found.map(|raw| (reader.system, raw)).map_err(|wrong| match wrong {
        Wrong::ArcGeometry(curve) => Fault::ArcGeometry(curve),
        Wrong::Bytes(what) => Fault::Syntax { message: format!("not WKB: {what}") },
    })
}

enum Wrong {
    ArcGeometry(ArcGeometry),
    Bytes(String),
}

impl From<&str> for Wrong {
    fn from(what: &str) -> Self {
        Self::Bytes(what.to_owned())
    }
}

struct Reader<'a> {
    rest: &'a [u8],
    /// The order of bytes of the geometry that is being read.
    is_little: bool,
    /// How many numbers each of its positions has.
    numbers: usize,
    /// The system that is stated first.
    system: Option<u32>,
}

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], Wrong> {
        let (first, rest) = self.rest.split_first_chunk().ok_or("it breaks off")?;
        self.rest = rest;
        Ok(*first)
    }

    fn whole(&mut self) -> Result<u32, Wrong> {
        let four = self.take()?;
        Ok(if self.is_little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) })
    }

    fn real(&mut self) -> Result<f64, Wrong> {
        let eight = self.take()?;
        Ok(if self.is_little { f64::from_le_bytes(eight) } else { f64::from_be_bytes(eight) })
    }

    /// The number of items that follow; each of them takes `least_bytes` at least.
    fn count(&mut self, least_bytes: usize) -> Result<usize, Wrong> {
        let count = self.whole()? as usize;
        if count > self.rest.len() / least_bytes {
            return Err("it states more positions or parts than it has".into());
        }
        Ok(count)
    }

    fn position(&mut self) -> Result<Coord, Wrong> {
        let (x, y) = (self.real()?, self.real()?);
        for _ in 2..self.numbers {
            self.real()?;
        }
        Ok(Coord { x, y })
    }

    fn path(&mut self) -> Result<Vec<Coord>, Wrong> {
        let count = self.count(8 * self.numbers)?;
        (0..count).map(|_| self.position()).collect()
    }

    fn rings(&mut self) -> Result<Vec<Vec<Coord>>, Wrong> {
        let count = self.count(4)?;
        (0..count).map(|_| self.path()).collect()
    }

    /// The order of bytes, the type, and how many numbers a position has; gives the type
    /// without its dimensions.
    fn header(&mut self) -> Result<u32, Wrong> {
        self.is_little = match self.take()? {
            [0] => false,
            [1] => true,
            [other] => return Err(Wrong::Bytes(format!("there is no order of bytes {other}"))),
        };
        let code = self.whole()?;
        if code & HAS_SRID != 0 {
            let number = self.whole()?;
            self.system.get_or_insert(number);
        }
        let plain = code & !(HAS_Z | HAS_M | HAS_SRID);
        let (kind, dimensions) = (plain % 1000, plain / 1000);
        let has_z = code & HAS_Z != 0 || matches!(dimensions, 1 | 3);
        let has_m = code & HAS_M != 0 || matches!(dimensions, 2 | 3);
        if dimensions > 3 {
            return Err(Wrong::Bytes(format!("no geometry has the type {plain}")));
        }
        self.numbers = 2 + usize::from(has_z) + usize::from(has_m);
        Ok(kind)
    }

    fn parts(&mut self, depth: usize) -> Result<Vec<Raw>, Wrong> {
        let count = self.count(5)?;
        (0..count).map(|_| self.geometry(depth + 1)).collect()
    }

    fn geometry(&mut self, depth: usize) -> Result<Raw, Wrong> {
        if depth > DEEPEST {
            let what = format!("collections within collections, more than {DEEPEST} deep");
            return Err(Wrong::Bytes(what));
        }
        let kind = self.header()?;
        if let Some(curve) = ArcGeometry::of_code(kind) {
            return Err(Wrong::ArcGeometry(curve));
        }
        let other = || Wrong::from("a part is of another kind than the whole");
        Ok(match kind {
            // There are no empty points; they are written with NaN for every number.
            1 => match self.position()? {
                at if at.x.is_nan() && at.y.is_nan() => Raw::None,
                at => Raw::Point(at),
            },
            2 => match self.path()? {
                line if line.is_empty() => Raw::None,
                line => Raw::Lines(vec![line]),
            },
            3 => match self.rings()? {
                rings if rings.is_empty() => Raw::None,
                rings => Raw::Polygons(vec![rings]),
            },
            4 => {
                let mut points = Vec::new();
                for part in self.parts(depth)? {
                    match part {
                        Raw::Point(at) => points.push(at),
                        Raw::None => {}
                        _ => return Err(other()),
                    }
                }
                if points.is_empty() { Raw::None } else { Raw::Points(points) }
            }
            5 => {
                let mut lines = Vec::new();
                for part in self.parts(depth)? {
                    match part {
                        Raw::Lines(part) => lines.extend(part),
                        Raw::None => lines.push(Vec::new()),
                        _ => return Err(other()),
                    }
                }
                if lines.is_empty() { Raw::None } else { Raw::Lines(lines) }
            }
            6 => {
                let mut polygons = Vec::new();
                for part in self.parts(depth)? {
                    match part {
                        Raw::Polygons(part) => polygons.extend(part),
                        Raw::None => polygons.push(Vec::new()),
                        _ => return Err(other()),
                    }
                }
                if polygons.is_empty() { Raw::None } else { Raw::Polygons(polygons) }
            }
            7 => Raw::Mixed(self.parts(depth)?),
            kind => return Err(Wrong::Bytes(format!("no geometry has the type {kind}"))),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes from hexadecimal digits.
    fn bytes(text: &str) -> Vec<u8> {
        let digit = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).unwrap();
        (0..text.len() / 2).map(|i| digit(2 * i)).collect()
    }

    const ONE_TWO: &str = "000000000000f03f0000000000000040";

    #[test]
    fn every_dialect_is_read() {
        let at = Coord { x: 1.0, y: 2.0 };
        let three = "0000000000000840";
        for (text, expected) in [
            (format!("0101000000{ONE_TWO}"), Raw::Point(at)),
            ("00000000013ff00000000000004000000000000000".to_owned(), Raw::Point(at)),
            (format!("01e9030000{ONE_TWO}{three}"), Raw::Point(at)),
            (format!("0101000080{ONE_TWO}{three}"), Raw::Point(at)),
            (format!("01010000e0e6100000{ONE_TWO}{three}{three}"), Raw::Point(at)),
            (format!("01ba0b000001000000{ONE_TWO}{three}{three}"), Raw::Lines(vec![vec![at]])),
            ("010200000000000000".to_owned(), Raw::None),
            ("0101000000000000000000f87f000000000000f87f".to_owned(), Raw::None),
            (format!("0104000000010000000101000000{ONE_TWO}"), Raw::Points(vec![at])),
            (format!("0107000000010000000101000000{ONE_TWO}"), Raw::Mixed(vec![Raw::Point(at)])),
        ] {
            assert_eq!(raw(&bytes(&text)).map(|(_, raw)| raw), Ok(expected), "{text}");
        }
    }

    #[test]
    fn curves_are_named_wherever_they_lie() {
        for (code, name) in [
            ("08", "CIRCULARSTRING"),
            ("09", "COMPOUNDCURVE"),
            ("0a", "CURVEPOLYGON"),
            ("0b", "MULTICURVE"),
            ("0c", "MULTISURFACE"),
            ("0f", "POLYHEDRALSURFACE"),
            ("10", "TIN"),
            ("11", "TRIANGLE"),
        ] {
            let plain = format!("01{code}00000000000000");
            let (inside, flagged) =
                (format!("010700000001000000{plain}"), format!("01{code}00008000000000"));
            // ISO's number with height: 1000 more.
            let number = 1000 + u32::from_str_radix(code, 16).unwrap();
            let hex: String = number.to_le_bytes().iter().map(|b| format!("{b:02x}")).collect();
            for text in [plain, inside, flagged, format!("01{hex}00000000")] {
                let Err(Fault::ArcGeometry(curve)) = raw(&bytes(&text)) else { panic!("{text}") };
                assert_eq!(curve.name(), name);
            }
        }
    }

    #[test]
    fn what_is_no_wkb_is_refused() {
        let deep = "010700000001000000".repeat(100_000);
        for (text, says) in [
            ("", "breaks off"),
            ("0101000000", "breaks off"),
            ("0201000000", "no order of bytes 2"),
            ("0163000000", "no geometry has the type 99"),
            ("01a10f0000", "no geometry has the type 4001"),
            ("0102000000ffffffff", "more positions or parts than it has"),
            ("010500000001000000010100000000000000000000000000000000000000", "another kind"),
            (&deep, "more than 32 deep"),
        ] {
            let message = raw(&bytes(text)).unwrap_err().to_string();
            assert!(message.contains(says), "{says}: {message}");
        }
    }
}
