//! A feature whose geometry has not been checked: how it is named, and how it becomes one that has, for
//! every format and both readers of GeoJSON.

use geo::Coord;
use serde_json::{Map, Value};

use crate::problem::Fault;
use crate::sound::{Fail, Raw, Sound};
use crate::{CheckedFeature, FixKind};

/// A feature as it is in a file.
pub(super) struct Unchecked {
    pub(super) number: usize,
    pub(super) place: String,
    pub(super) id: Option<String>,
    pub(super) raw: Raw,
    pub(super) properties: Map<String, Value>,
}

/// A feature that has been checked, or its first fault, and what was changed for that; each with its
/// place in the file.
pub(super) struct Outcome {
    pub(super) feature: Result<CheckedFeature, Fail>,
    pub(super) found: Vec<(FixKind, String)>,
}

/// How messages name a feature.
pub(super) fn place(number: usize, id: Option<&str>) -> String {
    match id {
        Some(id) => format!("feature {number} `{id}`"),
        None => format!("feature {number}"),
    }
}

impl Unchecked {
    /// Checks it, with a way to WGS 84.
    pub(super) fn checked(self, to_wgs84: impl Fn(Coord) -> Result<Coord, Fault>) -> Outcome {
        let Self { number, place, id, raw, properties } = self;
        let mut sound = Sound::new(to_wgs84);
        let shape = sound.of_feature(raw);
        let at = |within: &str| format!("{place}{within}");
        let found = sound.found.into_iter().map(|(kind, within)| (kind, at(&within))).collect();
        let feature = match shape {
            Ok(shape) => Ok(CheckedFeature { number, id, shape, properties, place }),
            Err((within, fault)) => Err((at(&within), fault)),
        };
        Outcome { feature, found }
    }
}
