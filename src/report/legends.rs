//! The styles of exports: in the colours of the map.

use super::comparison::Compared;
use super::ink::{INSTRUMENT_COLOURS, Ink};
use crate::compare::Comparison;
use crate::course::Kind;
use crate::dossier::{Dossier, Medium, PointKind};
use crate::io::{Class, Legend, Symbol};

/// The stretches of land, river, lake and sea, as lines; those of a land boundary, of the sea, or both.
pub(super) fn media(dossier: &Dossier) -> Legend {
    let occurs = |medium: &Medium| match medium {
        Medium::Sea => dossier.has_sea(),
        _ => dossier.has_land(),
    };
    let classes = Medium::ALL.into_iter().filter(occurs).map(|medium| {
        let (ink, width) = match medium {
            Medium::Land => (Ink::Land, 2.0),
            Medium::River => (Ink::River, 2.6),
            Medium::Lake => (Ink::Lake, 3.2),
            Medium::Sea => (Ink::Sea, 2.4),
        };
        class(medium.name(), medium.name(), Symbol::new(ink.colour(), 255, width))
    });
    legend("Medium", "medium", classes.collect())
}

/// The instruments that govern a segment, as pale bands under the line.
pub(super) fn instruments(dossier: &Dossier) -> Legend {
    let governs =
        |id: &String| dossier.segments.iter().any(|segment| segment.facts.instrument == *id);
    let governing = dossier.instruments.iter().filter(|instrument| governs(&instrument.id));
    let classes = governing.enumerate().map(|(number, instrument)| {
        let symbol = Symbol::new(INSTRUMENT_COLOURS[number % INSTRUMENT_COLOURS.len()], 90, 7.0);
        class(&instrument.id, &instrument.short, symbol)
    });
    legend("Instrument", "instrument", classes.collect())
}

/// The whole line.
pub(super) fn line(dossier: &Dossier) -> Legend {
    alike("Line", &dossier.title, Symbol::new(Ink::Plain.colour(), 255, 2.0))
}

/// The kinds of points that the dossier has; those in water have its colour.
pub(super) fn points(dossier: &Dossier) -> Legend {
    let mut classes: Vec<Class> = Vec::new();
    for point in &dossier.points {
        let name = serde_json::to_value(point.kind).unwrap_or_default();
        let Some(name) = name.as_str() else { continue };
        if classes.iter().any(|class| class.value == name) {
            continue;
        }
        let (ink, width) = match point.kind {
            PointKind::Tripoint => (Ink::Plain, 9.0),
            PointKind::BoundaryPoint | PointKind::Crossing => (Ink::Plain, 7.0),
            PointKind::Confluence
            | PointKind::Mouth
            | PointKind::Source
            | PointKind::River
            | PointKind::Lake => (Ink::Water, 7.0),
            PointKind::Pass | PointKind::Height | PointKind::Settlement | PointKind::Landmark => {
                (Ink::Faint, 6.0)
            }
        };
        classes.push(class(name, name, Symbol::new(ink.colour(), 255, width)));
    }
    legend("Kind", "kind", classes)
}

/// The sectors, all alike.
pub(super) fn sectors() -> Legend {
    alike("Sectors", "disputed sector", Symbol::new(Ink::Sector.colour(), 80, 1.0))
}

/// What a feature of a comparison is.
pub(super) fn comparison(found: &Comparison) -> Legend {
    let kinds = [
        ("face", "land between the lines", Ink::Faint, 60, 1.0),
        ("hausdorff", "farthest apart", Ink::Land, 255, 2.6),
        ("joint", "from end to end", Ink::River, 255, 1.6),
        ("offset", "shortest way", Ink::Faint, 255, 1.0),
    ];
    let only = ("only", "only in one of the lines", Ink::Plain, 255, 2.0);
    let kinds = kinds.into_iter().chain((!found.only.is_empty()).then_some(only));
    let classes = kinds.map(|(kind, label, ink, opacity, width)| {
        class(kind, label, Symbol::new(ink.colour(), opacity, width))
    });
    legend("What it is", "kind", classes.collect())
}

/// The kinds of features between two neighbours.
pub(super) fn neighbours() -> Legend {
    let kinds = [
        ("gap", "land of neither", Ink::Left, 200, 1.0),
        ("overlap", "land of both", Ink::Right, 200, 1.0),
        ("middle", "line in the middle, constructed by treatyline", Ink::Plain, 255, 1.6),
    ];
    let classes = kinds.map(|(kind, label, ink, opacity, width)| {
        class(kind, label, Symbol::new(ink.colour(), opacity, width))
    });
    legend("What it is", "kind", classes.to_vec())
}

/// The kinds of stretches, by what they follow.
pub(super) fn course() -> Legend {
    let kinds = Kind::ALL.map(|kind| {
        let (ink, width) = match kind {
            Kind::River => (Ink::River, 2.6),
            Kind::Ridge => (Ink::Land, 2.6),
            Kind::Valley => (Ink::Lake, 2.2),
            Kind::Straight => (Ink::Plain, 2.0),
            Kind::Slope | Kind::Flat | Kind::Unknown => (Ink::Faint, 1.6),
        };
        class(kind.name(), kind.name(), Symbol::new(ink.colour(), 255, width))
    });
    legend("What it follows", "follows", kinds.to_vec())
}

/// The faces, by who gains them.
pub(super) fn sides(compared: &Compared<'_>) -> Legend {
    let classes = [("left", compared.left, Ink::Left), ("right", compared.right, Ink::Right)].map(
        |(side, party, ink)| {
            let label = format!("gained by {party}");
            class(side, &label, Symbol::new(ink.colour(), 220, 1.0))
        },
    );
    legend("Who gains", "side", classes.to_vec())
}

fn legend(title: &str, property: &str, classes: Vec<Class>) -> Legend {
    Legend { title: title.to_owned(), property: Some(property.to_owned()), classes }
}

fn alike(title: &str, label: &str, symbol: Symbol) -> Legend {
    Legend { title: title.to_owned(), property: None, classes: vec![class("", label, symbol)] }
}

fn class(value: &str, label: &str, symbol: Symbol) -> Class {
    Class { value: value.to_owned(), label: label.to_owned(), symbol }
}
