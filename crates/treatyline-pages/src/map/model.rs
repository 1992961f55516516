//! What a map shows, independent of where on the page it goes.

use geo::{Coord, Polygon};
use treatyline::check::Study;
use treatyline::dossier::{Depiction, Dossier};
use treatyline::internal::dossier::Language;
use treatyline::internal::dossier::{BoundaryPoint, PointKind, Sector};
use treatyline::internal::resolution::Thinning;
use treatyline::line::Line;

use super::insets::insets;
use super::stretches::{Stretch, Surface, stretches};
use super::view::Ground;

/// A map of a dossier and a depiction of its line, ready to be drawn.
#[derive(Debug, Clone)]
pub struct Map {
    /// The language of its words.
    pub(super) language: Language,
    /// The dossier's title.
    pub(super) title: String,
    /// Names of the parties, left then right.
    pub(super) parties: [String; 2],
    /// The whole line, thinned once for all windows it is seen in.
    pub(super) line: Vec<Thinning<'static>>,
    /// The ground that the line covers; `None` where it has no place.
    pub(super) ground: Ground,
    /// Its accuracy in metres.
    pub(super) accuracy_m: f64,
    /// Where the line comes from.
    pub(super) attribution: String,
    /// The licence of the dossier, and who must be named.
    pub(super) licence: Option<String>,
    pub(super) named: Option<String>,
    /// The pieces of the line, start to end.
    pub(super) stretches: Vec<Stretch>,
    /// Id and short name of the instruments that govern one, in the dossier's order.
    pub(super) instruments: Vec<[String; 2]>,
    /// Areas that were in dispute and have a place.
    pub(super) sectors: Vec<Area>,
    /// Points that have a place.
    pub(super) places: Vec<Place>,
    /// The parts that are shown larger.
    pub(super) insets: Vec<Inset>,
}

/// An area that was in dispute.
#[derive(Debug, Clone)]
pub(super) struct Area {
    pub name: String,
    pub note: String,
    /// Whether its rings are land between older depictions and the line, and no outline of
    /// what was in dispute.
    pub moved: bool,
    /// Outer rings, where an outline is known.
    pub rings: Vec<Thinning<'static>>,
    /// The part of the line next to it, where its ends are known.
    pub along_line: Vec<Thinning<'static>>,
}

/// A point.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub at: Coord,
    pub kind: PointKind,
    pub name: String,
    /// Whether an instrument gives it a number.
    pub is_numbered: bool,
    pub accuracy_m: f64,
}

/// A part of the map shown larger.
#[derive(Debug, Clone)]
pub(super) struct Inset {
    /// Name of the point or sector it shows.
    pub name: String,
    pub title: String,
    pub window: Window,
    /// Whether it shows points that are crowded on the whole map.
    pub is_crowd: bool,
}

/// What an inset shows.
#[derive(Debug, Clone)]
pub(super) enum Window {
    /// Everything within this number of metres of a point.
    Around(Coord, f64),
    /// A part of the line, and what lies next to it.
    Along(Vec<Coord>),
}

impl Map {
    /// Gathers a map, in English.
    #[must_use]
    pub fn new(study: &Study<'_>) -> Self {
        Self::in_language(study, &Language::ENGLISH)
    }

    /// Gathers a map with its words and, where the dossier has them, its names in a
    /// language. The text for a reader who points at something stays English.
    #[doc(hidden)]
    #[must_use]
    pub fn in_language(study: &Study<'_>, language: &Language) -> Self {
        let (dossier, depiction) = (study.dossier(), study.depiction());
        let (line, stretches) =
            rayon::join(|| thinned(depiction.line()), || stretches(study, language));
        let ground = Ground::from_places(depiction.line().vertices());
        let governs = |id: &String| stretches.iter().any(|s| s.instrument.as_ref() == Some(id));
        let governing = dossier.instruments().iter().filter(|instrument| governs(&instrument.id));
        Self {
            language: language.clone(),
            title: dossier.names().or(language, dossier.title()).to_owned(),
            parties: dossier
                .parties()
                .each_ref()
                .map(|party| party.names.or(language, &party.name).to_owned()),
            line,
            ground,
            accuracy_m: depiction.accuracy_m(),
            attribution: attribution(dossier, depiction),
            licence: dossier.licence().map(str::to_owned),
            named: dossier.attribution().map(str::to_owned),
            instruments: governing.map(|it| [it.id.clone(), it.short.clone()]).collect(),
            stretches,
            sectors: dossier
                .sectors()
                .iter()
                .filter_map(|s| area(s, depiction.line(), language))
                .collect(),
            places: dossier.points().iter().filter_map(|p| place(p, language)).collect(),
            insets: insets(dossier, depiction.line(), &ground, language),
        }
    }
}

impl Map {
    /// The instruments that govern some of the line: id and short name.
    pub(crate) fn instruments(&self) -> &[[String; 2]] {
        &self.instruments
    }

    /// What the line is drawn as, each once.
    pub(crate) fn surfaces(&self) -> Vec<Surface> {
        let occurs = |surface: &Surface| self.stretches.iter().any(|s| s.surface == *surface);
        Surface::ALL.into_iter().filter(occurs).collect()
    }

    /// The letter of the inset that shows a point or a sector of this name.
    pub(super) fn letter_of(&self, name: &str) -> Option<char> {
        let at = self.insets.iter().position(|inset| inset.name == name)?;
        LETTERS.chars().nth(at)
    }
}

/// Insets have letters.
pub(super) const LETTERS: &str = "ABCDEFGH";

/// A sector that has an outline or a place on the line.
fn area(sector: &Sector, line: &Line, language: &Language) -> Option<Area> {
    let ring = |polygon: &Polygon| Thinning::new(polygon.exterior().0.clone());
    let rings: Vec<_> = sector.polygons.iter().map(ring).collect();
    let along_line = line_along(sector, line).map_or_else(Vec::new, |part| thinned(&part));
    let note = sector.facts.note.clone().unwrap_or_default();
    let known = !(rings.is_empty() && along_line.is_empty());
    known.then(|| Area {
        name: sector.facts.names.or(language, &sector.facts.name).to_owned(),
        note,
        moved: !sector.facts.transfers.is_empty(),
        rings,
        along_line,
    })
}

/// The part of the line between a sector's ends.
pub(super) fn line_along(sector: &Sector, line: &Line) -> Option<Line> {
    let [from, to] =
        [sector.facts.from?, sector.facts.to?].map(|[x, y]| line.locate(Coord { x, y }).chainage);
    let (from, to) = if to < from { (to, from) } else { (from, to) };
    line.cut(from, to).ok()
}

/// The stretches of a line.
fn thinned(line: &Line) -> Vec<Thinning<'static>> {
    line.stretches().map(|stretch| Thinning::new(stretch.to_vec())).collect()
}

fn place(point: &BoundaryPoint, language: &Language) -> Option<Place> {
    Some(Place {
        at: point.place?,
        kind: point.kind,
        name: point.names.or(language, &point.name).to_owned(),
        is_numbered: point.number.is_some(),
        accuracy_m: point.accuracy_m,
    })
}

/// Who made the line.
fn attribution(dossier: &Dossier, depiction: &Depiction) -> String {
    let maker = dossier.reference(&dossier.line_facts().accuracy_source);
    match maker.filter(|_| depiction.is_own()) {
        Some(source) => source.title.clone(),
        None => depiction.title().to_owned(),
    }
}
