//! What to do about each fault.

use super::Fault;
use crate::words::first_ten;
use crate::{Hint, Setting, hint};
use treatyline_crs::internal::KNOWS_CODES;
use treatyline_geodesy::PositionFault;

impl Fault {
    /// What to do about it. `FILE` in a command is the file; [`Problem`](super::Problem) puts its
    /// name there.
    #[must_use]
    pub fn hint(&self) -> Hint {
        match self {
            Self::Missing => hint!["check the path"],
            Self::Directory => hint!["name a file in it"],
            Self::Unreadable { .. } => hint!["check the permissions"],
            Self::Empty => hint!["give it content"],
            Self::TooLarge { .. } => {
                hint![
                    "divide it, or, if it is to be trusted, raise the limit with ",
                    Setting::Limit
                ]
            }
            Self::NoFormat => hint![
                "give GeoJSON, or another format of docs/formats.md; ogr2ogr new.geojson FILE \
                 makes it of most others"
            ],
            Self::Foreign { hint, .. } => hint![*hint],
            Self::ArcGeometry(curve) => hint![curve.hint()],
            Self::NotBuilt { feature, .. } => hint![
                "build with the feature `",
                *feature,
                "`, or convert it: ogr2ogr new.geojson FILE"
            ],
            Self::System { name: Some(_) } => hint![
                if KNOWS_CODES { "" } else { "build with the feature `proj`, or " },
                "convert it, with the operation that is right for its datum: ogr2ogr -t_srs \
                 EPSG:4326 new.gpkg FILE"
            ],
            Self::System { name: None } => state_system("state it with "),
            Self::NoSystem { .. } => state_system("state the right one with "),
            Self::Transformation(_) => hint![
                "docs/crs.md says how an operation is chosen; ",
                Setting::Operation,
                " names another, ",
                Setting::System,
                " another system"
            ],
            Self::NoAttribute { known, .. } if known.is_empty() => {
                hint!["look at the attributes, or leave the option out"]
            }
            Self::NoneMeets { values, .. } if values.is_empty() => {
                hint!["look at the attributes, or leave ", Setting::Condition, " out"]
            }
            Self::NoAttribute { known: there, .. } | Self::NoneMeets { values: there, .. } => {
                hint!["there are: ", first_ten(there)]
            }
            Self::NoLayer { known, .. } if known.is_empty() => {
                hint!["leave ", Setting::Layer, " out"]
            }
            Self::NoLayer { known, .. } => hint!["use one of: ", first_ten(known)],
            Self::NotUtf8 { .. } => {
                hint!["save it as UTF-8, or name its encoding with ", Setting::Encoding]
            }
            Self::Syntax { .. } => hint!["correct it there; docs/formats.md says what is read"],
            Self::BreaksOff { .. } => hint!["fetch or copy it once more, whole"],
            Self::NoGeoJson { .. } => hint!["name a file of geodata"],
            Self::Geometry { .. } => hint!["change the geometry, or name another file"],
            Self::Position(fault) => of_position(*fault),
            Self::Printed(fault) => hint![fault.hint()],
            Self::NotUnchanged { hint: other, .. } => {
                let plain = hint![
                    "correct it there, or leave ",
                    Setting::Strictness,
                    " out if it was given"
                ];
                other.iter().fold(plain, |hint, other| hint.and("; ", other.clone()))
            }
            Self::Setting { wanted, .. } => hint!["it must be ", *wanted],
            Self::Raster(fault) => hint![fault.hint()],
        }
    }
}

fn state_system(begin: &'static str) -> Hint {
    hint![begin, Setting::System, ", as in ", Setting::System.with("EPSG:4326")]
}

fn of_position(fault: PositionFault) -> Hint {
    match fault {
        PositionFault::NotFinite { .. } => hint!["give finite numbers"],
        _ => hint![
            "give WGS 84 degrees, longitude before latitude (a longitude up to one turn beyond \
             ±180° is brought back); of metres, state the system with ",
            Setting::System
        ],
    }
}
