//! Which coordinate system a GeoTIFF is in (OGC 19-008r4): one that it states by a code of the
//! EPSG, in degrees or metres, and heights in metres.

use tiff::tags::Tag;

use super::container::{Container, broken};
use crate::problem::{Fault, RasterFault};

/// Keys of that standard.
mod key {
    pub(super) const KIND_OF_SYSTEM: u64 = 1024;
    pub(super) const KIND_OF_RASTER: u64 = 1025;
    pub(super) const NAME: u64 = 1026;
    pub(super) const GEOGRAPHIC: u64 = 2048;
    pub(super) const GEOGRAPHIC_NAME: u64 = 2049;
    pub(super) const UNIT_OF_ANGLES: u64 = 2054;
    pub(super) const PROJECTED: u64 = 3072;
    pub(super) const PROJECTED_NAME: u64 = 3073;
    pub(super) const UNIT_OF_LENGTHS: u64 = 3076;
    pub(super) const SYSTEM_OF_HEIGHTS: u64 = 4096;
    pub(super) const UNIT_OF_HEIGHTS: u64 = 4099;
}

/// That a value is stated in the file itself, not by a code.
const OWN: u64 = 32767;
const DEGREE: u64 = 9102;
const METRE: u64 = 9001;
/// Systems of heights in the EPSG registry whose unit is a foot. GDAL states the
/// system and not its unit.
const FOOT_SYSTEMS: [u64; 15] =
    [5614, 5702, 5754, 6130, 6131, 6132, 6358, 6359, 6360, 8050, 8051, 8052, 8053, 8228, 8897];

/// What the position of a pixel means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Pixels are areas: what is placed is a corner of one.
    Area,
    /// Pixels are points: what is placed is the middle of one.
    Point,
}

/// Keys with one whole number, and those with a text.
struct Keys {
    numbers: Vec<(u64, u64)>,
    texts: Vec<(u64, String)>,
}

/// The system that the positions of pixels are in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Positions {
    /// Degrees of longitude and latitude of WGS 84, in two dimensions or in three.
    Wgs84,
    /// Another system, by its code, and how messages name it.
    Other { code: String, name: String, is_in_degrees: bool },
}

impl Positions {
    pub(super) const fn are_degrees(&self) -> bool {
        matches!(self, Self::Wgs84 | Self::Other { is_in_degrees: true, .. })
    }
}

/// Reads the system, and what the position of a pixel means.
pub(super) fn read(container: &mut Container) -> Result<(Positions, Meaning), Fault> {
    let keys = Keys::read(container)?.ok_or(RasterFault::NoSystem)?;
    let positions = keys.positions()?;
    keys.meaning().map(|meaning| (positions, meaning))
}

impl Keys {
    /// What the position of a pixel means, if heights are in metres.
    fn meaning(&self) -> Result<Meaning, Fault> {
        if let Some(system) = self.number(key::SYSTEM_OF_HEIGHTS)
            && FOOT_SYSTEMS.contains(&system)
        {
            let unit = format!("feet (EPSG:{system})");
            return Err(RasterFault::Unit { unit }.into());
        }
        match self.number(key::UNIT_OF_HEIGHTS) {
            None | Some(METRE) => {}
            Some(unit) => {
                let unit = match unit {
                    9002 => "feet".to_owned(),
                    9003 => "US survey feet".to_owned(),
                    other => format!("the unit EPSG:{other}"),
                };
                return Err(RasterFault::Unit { unit }.into());
            }
        }
        match self.number(key::KIND_OF_RASTER) {
            None | Some(1) => Ok(Meaning::Area),
            Some(2) => Ok(Meaning::Point),
            Some(other) => Err(broken(format!("pixels of kind {other} (GTRasterTypeGeoKey)"))),
        }
    }

    fn read(container: &mut Container) -> Result<Option<Self>, Fault> {
        let Some(shorts) = container.wholes(Tag::GeoKeyDirectoryTag)? else { return Ok(None) };
        let in_text = Tag::GeoAsciiParamsTag;
        let text = container.text(in_text)?.unwrap_or_default();
        let (mut numbers, mut texts) = (Vec::new(), Vec::new());
        let part = |from: u64, count: u64| {
            let (from, count) = (usize::try_from(from).ok()?, usize::try_from(count).ok()?);
            text.get(from..from.checked_add(count)?)
        };
        for four in shorts.get(4..).unwrap_or_default().chunks_exact(4) {
            match *four {
                [key, 0, _, value] => numbers.push((key, value)),
                [key, location, count, from] if location == u64::from(in_text.to_u16()) => {
                    let text = part(from, count).unwrap_or_default();
                    texts.push((key, text.trim_end_matches('|').to_owned()));
                }
                _ => {}
            }
        }
        Ok(Some(Self { numbers, texts }))
    }

    fn number(&self, key: u64) -> Option<u64> {
        self.numbers.iter().find(|(known, _)| *known == key).map(|(_, value)| *value)
    }

    /// The first of some texts that there is.
    fn text(&self, keys: &[u64]) -> Option<&str> {
        let find = |key: &u64| self.texts.iter().find(|(known, _)| known == key);
        keys.iter().find_map(find).map(|(_, text)| text.as_str())
    }

    /// The system, if a code says which it is and its unit is the usual one.
    fn positions(&self) -> Result<Positions, Fault> {
        let kind = self.number(key::KIND_OF_SYSTEM);
        let projected = self.number(key::PROJECTED);
        if kind == Some(1) || projected.is_some() {
            let names = [key::PROJECTED_NAME, key::NAME];
            self.check_unit(key::UNIT_OF_LENGTHS, METRE, "lengths")?;
            return self.other(projected, "a projected system", &names, false);
        }
        match self.number(key::GEOGRAPHIC) {
            None if kind.is_none() => Err(RasterFault::NoSystem.into()),
            code => {
                self.check_unit(key::UNIT_OF_ANGLES, DEGREE, "angles")?;
                let names = [key::GEOGRAPHIC_NAME, key::NAME];
                match code {
                    Some(4326 | 4979) => Ok(Positions::Wgs84),
                    _ => self.other(code, "a geographic system", &names, true),
                }
            }
        }
    }

    fn check_unit(&self, key: u64, usual: u64, what: &str) -> Result<(), Fault> {
        match self.number(key) {
            Some(unit) if unit != usual => {
                let system = format!("{what} of the unit EPSG:{unit}");
                Err(RasterFault::System { system }.into())
            }
            _ => Ok(()),
        }
    }

    /// Another system than WGS 84, if it has a code.
    fn other(
        &self,
        code: Option<u64>,
        kind: &str,
        names: &[u64],
        is_in_degrees: bool,
    ) -> Result<Positions, Fault> {
        let code = code.filter(|code| *code != OWN);
        let system = match (code, self.text(names)) {
            (Some(code), Some(name)) => format!("EPSG:{code} ({name})"),
            (Some(code), None) => format!("EPSG:{code}"),
            (None, Some(name)) => format!("{kind} without a code ({name})"),
            (None, None) => format!("{kind} without a code"),
        };
        match code {
            Some(code) => {
                Ok(Positions::Other { code: format!("EPSG:{code}"), name: system, is_in_degrees })
            }
            None => Err(RasterFault::System { system }.into()),
        }
    }
}
