//! Geometries whose edges are arcs of circles, and surfaces in space. None of them is read, because
//! nothing here is measured along an arc. The message names the kind and how to convert it.

use std::fmt;

/// A geometry of SQL/MM that is no simple feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ArcGeometry(&'static Kind);

#[derive(Debug, PartialEq, Eq)]
struct Kind {
    code: u32,
    name: &'static str,
    what: &'static str,
    hint: &'static str,
}

const LINEAR: &str = "make lines of it: ogr2ogr -nlt CONVERT_TO_LINEAR new.gpkg FILE";
const FLAT: &str = "make polygons of it: ogr2ogr -nlt MULTIPOLYGON new.gpkg FILE";

const fn kind(code: u32, name: &'static str, what: &'static str, hint: &'static str) -> Kind {
    Kind { code, name, what, hint }
}

/// All of them, by their numbers in WKB.
static KINDS: [Kind; 10] = [
    kind(8, "CIRCULARSTRING", "arcs of circles", LINEAR),
    kind(9, "COMPOUNDCURVE", "lines and arcs of circles", LINEAR),
    kind(10, "CURVEPOLYGON", "an area within arcs of circles", LINEAR),
    kind(11, "MULTICURVE", "lines that may be arcs of circles", LINEAR),
    kind(12, "MULTISURFACE", "areas that may be within arcs of circles", LINEAR),
    kind(13, "CURVE", "a line that may be arcs of circles", LINEAR),
    kind(14, "SURFACE", "an area that may be within arcs of circles", LINEAR),
    kind(15, "POLYHEDRALSURFACE", "a surface in space", FLAT),
    kind(16, "TIN", "a surface in space", FLAT),
    kind(17, "TRIANGLE", "a surface in space", FLAT),
];

/// Of shapefiles, which number it by themselves.
static MULTIPATCH: Kind = kind(0, "MULTIPATCH", "a surface in space", FLAT);

impl ArcGeometry {
    /// A surface of a shapefile.
    pub(super) const MULTIPATCH: Self = Self(&MULTIPATCH);

    /// By its number in WKB, without dimensions.
    pub(super) fn of_code(code: u32) -> Option<Self> {
        KINDS.iter().find(|kind| kind.code == code).map(Self)
    }

    /// By its name, in any case.
    pub(super) fn of_name(name: &str) -> Option<Self> {
        KINDS.iter().find(|kind| kind.name.eq_ignore_ascii_case(name)).map(Self)
    }

    /// The first one in well-known text.
    pub(super) fn in_text(text: &str) -> Option<Self> {
        let words = text.split(|c: char| !c.is_ascii_alphabetic());
        words.filter(|word| word.len() > 2).find_map(Self::of_word)
    }

    /// By a word of well-known text, dimensions at its end or not.
    fn of_word(word: &str) -> Option<Self> {
        let is_named = |kind: &&Kind| {
            let rest = word.get(kind.name.len()..);
            let begins =
                word.get(..kind.name.len()).is_some_and(|w| w.eq_ignore_ascii_case(kind.name));
            begins
                && rest.is_some_and(|rest| matches!(&*rest.to_uppercase(), "" | "Z" | "M" | "ZM"))
        };
        KINDS.iter().find(is_named).map(Self)
    }

    /// Its name in well-known text.
    #[doc(hidden)]
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.0.name
    }

    /// How to convert it into something that is read.
    pub(crate) const fn hint(self) -> &'static str {
        self.0.hint
    }
}

impl fmt::Display for ArcGeometry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Kind { name, what, .. } = self.0;
        write!(f, "a {name} ({what}), which is not read")
    }
}

#[cfg(all(test, feature = "wkt"))]
mod tests {
    use super::*;

    #[test]
    fn curves_are_found_in_text() {
        for (text, name) in [
            ("CIRCULARSTRING(0 0, 1 1, 2 0)", Some("CIRCULARSTRING")),
            ("GEOMETRYCOLLECTION(POINT(1 2), CompoundCurveZ EMPTY)", Some("COMPOUNDCURVE")),
            ("TIN Z (((0 0 0, 0 1 0, 1 0 0, 0 0 0)))", Some("TIN")),
            ("MULTIPOLYGON(((0 0, 0 1, 1 0, 0 0)))", None),
            ("LINESTRING(tin 1, e 2)", Some("TIN")),
            ("POINT Z (1 2 3)", None),
        ] {
            assert_eq!(ArcGeometry::in_text(text).map(ArcGeometry::name), name, "{text}");
        }
    }
}
