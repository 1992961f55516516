//! Systems that are WGS 84 within some metres though no operation is registered for them.
//!
//! Each is a realisation of the International Terrestrial Reference System, as WGS 84 is since
//! 1994, or of a plate's own system that leaves it by the motion of the plate. In what a boundary
//! is drawn with, the difference is the motion of the ground since the epoch of the system: 2 to
//! 7 cm a year.

/// A system taken as WGS 84.
pub(crate) struct Realisation {
    /// How it agrees with WGS 84, in metres.
    pub(crate) accuracy_m: f64,
    /// Why.
    pub(crate) reason: &'static str,
}

/// By how the names of systems begin: the EPSG's names, and what they are.
#[cfg(feature = "proj")]
const KNOWN: [(&str, Realisation); 16] = [
    ("China Geodetic Coordinate System 2000", CHINA),
    ("CGCS2000", CHINA),
    ("China 2000", CHINA),
    ("ITRF", ITRS),
    ("IGS", ITRS),
    ("IGb", ITRS),
    ("SIRGAS-CON", ITRS),
    ("REDGEOMIN", ITRS),
    ("SIRGAS-Chile 2002", CHILE_BEFORE_2010),
    ("SIRGAS-Chile 2010", CHILE_BEFORE_2010),
    ("SIRGAS-Chile", CHILE),
    ("PZ-90.02", RUSSIA),
    ("ETRS89", EUROPE),
    ("LKS-2020", EUROPE),
    ("IGD05", ITRS),
    ("NAD83(", AMERICA),
];

/// ITRF97 at the epoch 2000.0 (GB 22021-2008); China moves by 3 to 4 cm a year.
pub(crate) const CHINA: Realisation =
    Realisation { accuracy_m: 1.0, reason: "a realisation of ITRS, ITRF97 at the epoch 2000.0" };
/// The ground moves by up to 7 cm a year: 2 m in thirty years.
#[cfg(feature = "proj")]
const ITRS: Realisation = Realisation { accuracy_m: 2.0, reason: "a realisation of ITRS" };
/// ITRS at the epoch in its name (EPSG:9177 to 9180, 10134: "exact at the epoch, accuracy then
/// decreasing with time"); the plate moves by 2 cm a year.
#[cfg(feature = "proj")]
const CHILE: Realisation = Realisation { accuracy_m: 2.0, reason: "ITRS at the epoch in its name" };
/// The earthquake of 27 February 2010 has moved the coast between 33° and 38° S by up to 5 m.
#[cfg(feature = "proj")]
const CHILE_BEFORE_2010: Realisation = Realisation {
    accuracy_m: 5.0,
    reason: "ITRS at the epoch in its name, before the earthquake of 2010",
};
/// Its own parameters to ITRF2000 are a third of a metre (GOST R 51794-2008).
#[cfg(feature = "proj")]
const RUSSIA: Realisation = Realisation { accuracy_m: 2.0, reason: "ITRF2000 within half a metre" };
/// ETRS89 was ITRS at 1989.0 and moves with Europe, by 2.5 cm a year; EPSG:1149 says 1 m.
#[cfg(feature = "proj")]
const EUROPE: Realisation = Realisation { accuracy_m: 1.0, reason: "a realisation of ETRS89" };
/// EPSG:9774, of NAD83(2011), says 2 m.
#[cfg(feature = "proj")]
const AMERICA: Realisation = Realisation { accuracy_m: 2.0, reason: "a realisation of NAD83" };

/// The realisation that a geographic system of this name is.
#[cfg(feature = "proj")]
pub(crate) fn realisation(name: &str) -> Option<&'static Realisation> {
    KNOWN.iter().find(|(start, _)| name.starts_with(start)).map(|(_, known)| known)
}

/// Whether a system or its datum has one of the names of CGCS2000, of which only the letters and
/// digits are given, in small letters; what Esri puts before it is no part of the name.
#[cfg(feature = "projections")]
pub(crate) fn is_china_2000(plain: &str) -> bool {
    let plain = plain.strip_prefix("gcs").or_else(|| plain.strip_prefix('d')).unwrap_or(plain);
    ["chinageodeticcoordinatesystem2000", "cgcs2000", "china2000"].contains(&plain)
}

#[cfg(all(test, feature = "proj"))]
mod tests {
    use super::*;

    #[test]
    fn realisations_are_known_by_name_and_old_datums_are_not() {
        for name in [
            "China Geodetic Coordinate System 2000",
            "ITRF2014",
            "NAD83(CSRS)v4",
            "SIRGAS-Chile 2016",
        ] {
            assert!(realisation(name).is_some(), "{name}");
        }
        for name in ["NAD83", "Xian 1980", "Beijing 1954", "WGS 66", "unknown", ""] {
            assert!(realisation(name).is_none(), "{name}");
        }
    }
}
