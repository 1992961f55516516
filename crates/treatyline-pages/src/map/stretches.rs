//! The line of a map, divided by what it is shown to be: land, water, or neither.

use geo::Coord;
use treatyline::check::Study;
use treatyline::dossier::{Dossier, Medium, Segment};
use treatyline::internal::dossier::Language;
use treatyline::internal::dossier::Piece;
use treatyline::internal::report::PieceFacts;
use treatyline::internal::report::evidence_names as names;
use treatyline::internal::resolution::Thinning;
use treatyline::internal::wording::km;
use treatyline::quantity::Metres;

/// What a stretch of the line is drawn as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Surface {
    /// What it is shown to run through.
    Shown(Medium),
    /// Nothing shows whether it is land or water.
    NotShown,
    /// Its segments could not be located.
    Mixed,
}

impl Surface {
    /// Every one, in the order of the legend.
    pub(super) const ALL: [Self; 6] = [
        Self::Shown(Medium::Land),
        Self::Shown(Medium::River),
        Self::Shown(Medium::Lake),
        Self::Shown(Medium::Sea),
        Self::NotShown,
        Self::Mixed,
    ];

    /// Its name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Shown(medium) => medium.name(),
            Self::NotShown => "not shown",
            Self::Mixed => "not distinguished",
        }
    }
}

/// A piece of the line, or the parts of it that are drawn alike.
#[derive(Debug, Clone)]
pub(super) struct Stretch {
    /// Its parts, start to end.
    pub paths: Vec<Thinning<'static>>,
    pub surface: Surface,
    /// The id of its instrument; `None` where it could not be located.
    pub instrument: Option<String>,
    /// The name of the stretch that figures refer to.
    pub name: Option<String>,
    /// Its length at full detail.
    pub length_m: f64,
    /// The text for a reader who points at it: its parts separated by ` · `.
    pub label: String,
}

/// The line of a map, start to end.
pub(super) fn stretches(study: &Study<'_>, language: &Language) -> Vec<Stretch> {
    let (dossier, depiction) = (study.dossier(), study.depiction());
    let measurement = study.measurement();
    let one = |(piece, length_m): (&Piece, f64)| {
        let segments = dossier.segments().get(piece.segments.clone())?;
        let facts = PieceFacts::shared(segments, depiction.accuracy_m())?;
        let parts = surfaces(study, piece, &facts, length_m);
        let stretch = |(surface, paths, part_m): (Surface, Vec<Thinning<'static>>, f64)| Stretch {
            label: label(dossier, segments, &facts, surface, [part_m, length_m]),
            paths,
            surface,
            instrument: facts.instrument.clone(),
            name: facts.stretch.as_ref().and_then(|id| called(dossier, id, language)),
            length_m: part_m,
        };
        Some(parts.into_iter().map(stretch).collect::<Vec<_>>())
    };
    let lengths = measurement.pieces().map(|(_, [full, ..])| full.value());
    depiction.pieces().iter().zip(lengths).filter_map(one).flatten().collect()
}

/// The surfaces of a piece: the parts shown to be land or water, and the other parts, each with its
/// length.
fn surfaces(
    study: &Study<'_>,
    piece: &Piece,
    facts: &PieceFacts,
    length_m: f64,
) -> Vec<(Surface, Vec<Thinning<'static>>, f64)> {
    let Some(medium) = facts.medium else {
        return vec![(Surface::Mixed, vec![Thinning::new(piece.path.clone())], length_m)];
    };
    let (mut shown, mut not_shown) = (Vec::new(), Vec::new());
    let mut not_shown_m = 0.0;
    let mut at_m = piece.from.value();
    let paths = |from_m: f64, to_m: f64| -> Vec<Thinning<'static>> {
        let cut = study.depiction().line().cut(Metres::new(from_m), Metres::new(to_m));
        let stretch = |path: &[Coord]| Thinning::new(path.to_vec());
        cut.map_or_else(|_| Vec::new(), |cut| cut.stretches().map(stretch).collect())
    };
    for [from_m, to_m] in gaps(study.dossier(), piece) {
        if from_m > at_m {
            shown.extend(paths(at_m, from_m));
        }
        not_shown.extend(paths(from_m, to_m));
        not_shown_m += to_m - from_m;
        at_m = to_m;
    }
    if at_m < piece.to.value() {
        shown.extend(paths(at_m, piece.to.value()));
    }
    // A part shown as a ridge, in a piece that has the shape of a stream, is land.
    let medium = if not_shown.is_empty() { medium } else { Medium::Land };
    let both = [
        (Surface::Shown(medium), shown, length_m - not_shown_m),
        (Surface::NotShown, not_shown, not_shown_m),
    ];
    both.into_iter().filter(|(_, paths, _)| !paths.is_empty()).collect()
}

/// The parts of a piece that nothing shows to be land or water, from and to in metres along its
/// line. On another line than the dossier's a segment is stretched to the length it has there.
fn gaps(dossier: &Dossier, piece: &Piece) -> Vec<[f64; 2]> {
    let (from_m, to_m) = (piece.from.value(), piece.to.value());
    let along = |share: f64| from_m + share * (to_m - from_m);
    dossier.not_shown_in(piece.segments.start).into_iter().map(|ends| ends.map(along)).collect()
}

/// The text for a reader who points at a stretch.
fn label(
    dossier: &Dossier,
    segments: &[Segment],
    facts: &PieceFacts,
    surface: Surface,
    [part_m, length_m]: [f64; 2],
) -> String {
    let ids = [segments.first(), segments.last()].map(|it| it.map_or("", |it| it.id.as_str()));
    let id = if ids[0] == ids[1] { ids[0].to_owned() } else { ids.join(" … ") };
    let instrument = facts.instrument.as_ref().and_then(|id| dossier.instrument(id));
    let is_whole = length_m - part_m < 0.5;
    let parts = [
        Some(match facts.stretch.as_ref().and_then(|it| called(dossier, it, &Language::ENGLISH)) {
            Some(name) => format!("{name} ({id})"),
            None => id,
        }),
        Some(if is_whole {
            km(length_m, 1)
        } else {
            format!("{} of {}", km(part_m, 1), km(length_m, 1))
        }),
        Some(match surface {
            Surface::NotShown => "not shown to be land or water".to_owned(),
            other => other.name().to_owned(),
        }),
        instrument.map(|instrument| instrument.short.clone()),
        facts.points.as_ref().map(|points| format!("points {points}")),
        facts.evidence.as_ref().map(|kinds| format!("evidence: {}", names(kinds))),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The name of a stretch, if the dossier has one in the language or in its own.
pub(super) fn called(dossier: &Dossier, id: &str, language: &Language) -> Option<String> {
    let stretch = dossier.stretches().get(id)?;
    let name = stretch.names.or(language, stretch.name.as_deref().unwrap_or_default());
    (!name.is_empty()).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use treatyline::dossier::Resolution;

    #[test]
    fn stretches_are_called_what_a_dossier_calls_them() {
        let dossier = Dossier::embedded();
        let called = |id: &str, language: &Language| called(dossier, id, language);
        assert_eq!(called("tekes", &Language::RUSSIAN).as_deref(), Some("Текес"));
        let kazakh = called("tekes", &Language::KAZAKH);
        assert_eq!(kazakh.as_deref(), Some("Tekes"), "no source states it");
        assert_eq!(called("north", &Language::ENGLISH), None, "an id is no name");
    }

    #[test]
    fn a_map_shows_as_much_land_and_water_as_the_report_counts() {
        let dossier = Dossier::embedded();
        let study = Study::new(dossier);
        let lengths = study.measurement().shown(dossier, Resolution::Full);
        let drawn = stretches(&study, &Language::ENGLISH);
        let surface_of = |surface: Surface| {
            let alike = drawn.iter().filter(|stretch| stretch.surface == surface);
            alike.map(|stretch| stretch.length_m).sum::<f64>()
        };
        let not_shown_m: f64 = dossier.not_shown().iter().map(|stretch| stretch.length_m).sum();
        for (counted_m, drawn_m) in [
            (lengths.land.value(), surface_of(Surface::Shown(Medium::Land))),
            (lengths.water.value(), surface_of(Surface::Shown(Medium::River))),
            (lengths.neither().value(), surface_of(Surface::NotShown)),
            (lengths.neither().value(), not_shown_m),
        ] {
            assert!((counted_m - drawn_m).abs() < 1.0, "{counted_m} {drawn_m}");
        }
        let words = |surface| drawn.iter().find(|s| s.surface == surface).unwrap().label.clone();
        assert!(words(Surface::NotShown).contains("not shown to be land or water"));
        assert!(words(Surface::Shown(Medium::River)).contains("Ak-Kaba"));
    }
}
