//! `ellipsoids` in `dossier.toml`: those of the datums that the dossier's sources rest on.
//!
//! Whoever printed a length computed it on the ellipsoid of the maps of the time. Reports show the
//! length of the line on each of these, for comparison.

use crate::geodesy::Ellipsoid;
use crate::problem::Fault;

/// Names, semi-major axes in metres and inverse flattenings, by EPSG.
const NAMED: [(&str, f64, f64); 9] = [
    ("Airy 1830", 6_377_563.396, 299.324_964_6),
    ("Bessel 1841", 6_377_397.155, 299.152_812_8),
    ("Clarke 1866", 6_378_206.4, 294.978_698_213_898),
    ("Clarke 1880 (IGN)", 6_378_249.2, 293.466_021_293_627),
    ("Clarke 1880 (RGS)", 6_378_249.145, 293.465),
    ("Everest 1830 (1937 Adjustment)", 6_377_276.345, 300.8017),
    ("GRS 1980", 6_378_137.0, 298.257_222_101),
    ("International 1924", 6_378_388.0, 297.0),
    ("Krasovsky 1940", 6_378_245.0, 298.3),
];

/// The ellipsoid of a name.
///
/// # Errors
/// A [`Fault`] with all names that are known.
pub(super) fn named(name: &str) -> Result<Ellipsoid, Fault> {
    let found = NAMED.iter().find(|(known, ..)| *known == name);
    let made = found.and_then(|(name, a, rf)| Ellipsoid::new(name, *a, 1.0 / rf).ok());
    made.ok_or_else(|| Fault::Unknown {
        kind: "ellipsoid",
        key: name.to_owned(),
        known: NAMED.map(|(name, ..)| name).join(", "),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_an_ellipsoid() {
        for (name, a, _) in NAMED {
            assert_eq!(named(name).unwrap().semi_major_m(), a);
        }
        assert_eq!(named("Krasovsky 1940").unwrap(), Ellipsoid::KRASOVSKY);
        assert!(named("Krassowski").is_err());
    }
}
