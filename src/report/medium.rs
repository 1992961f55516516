//! Land, water and sea: the parts of the line that are shown to be one of them, and the evidence.

use serde::Serialize;

use super::finding::FindingEntry;
use super::model::{FigureEntry, Range, Report};
use super::phrase::Phrase;
use super::rounding::metres;
use super::sections::{self, Section, SectionKind, UNLOCATED, governing, range, share};
use super::table::{Lean, Table};
use crate::check::{Study, Verdict};
use crate::dossier::{CourseInput, Resolution, Scope, Segment, ShownLengths};
use crate::quantity::{Dimension, Interval, Metres};
use crate::wording::{self, distance, km, number};

/// How much of the line is shown to be land, water and sea by other evidence than its shape: by a
/// text, a map of rivers, the relief, or long straight edges.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct ShownEntry {
    /// At full detail.
    pub(crate) full: ShownParts,
    /// Simplified until the whole line is as long as the parties published it; `null` where the
    /// measurement band has no such resolution.
    pub(crate) as_published: Option<ShownParts>,
    /// The length shown to be water, over the measurement band, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) water_band_m: Option<Range>,
    /// The length shown to be land, over the measurement band, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) land_band_m: Option<Range>,
    /// The length shown to be sea, over the measurement band; left out where none of the line is at
    /// sea, or there is no band.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) sea_band_m: Option<Range>,
    /// The longest stretches that nothing shows to be land or water, by the dossier's line.
    pub(crate) not_shown: Vec<NotShownEntry>,
    /// The sources from which the evidence was compiled.
    pub(crate) inputs: Vec<CourseInput>,
}

/// The parts of the line at one resolution.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct ShownParts {
    /// The tolerance at which the line was simplified; 0 at full detail.
    pub(crate) tolerance_m: f64,
    /// The whole line.
    pub(crate) total_m: f64,
    /// The length shown to be water.
    pub(crate) water_m: f64,
    /// The part of it that a mapping agency draws along rivers.
    pub(crate) water_by_hydrography_m: f64,
    /// The part of it that is inferred: it is water only if the line follows a river that a text
    /// names nearby.
    pub(crate) water_inferred_m: f64,
    /// The length shown to be land.
    pub(crate) land_m: f64,
    /// The length shown to be sea; left out where none of the line is at sea.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) sea_m: Option<f64>,
    /// The length that nothing shows to be land, water or sea.
    pub(crate) neither_m: f64,
}

impl ShownParts {
    /// The part of the water that only texts show, by naming the river as the boundary.
    fn water_by_texts_m(&self) -> f64 {
        self.water_m - self.water_by_hydrography_m - self.water_inferred_m
    }
}

/// A stretch that nothing shows to be land or water.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct NotShownEntry {
    /// The segment that has most of it.
    pub(crate) segment: String,
    /// Where it begins, along the line.
    pub(crate) from_m: f64,
    /// Where it ends.
    pub(crate) to_m: f64,
    /// How much of it is not shown; the rest are short pieces between that are.
    pub(crate) length_m: f64,
}

/// The most stretches that are listed.
const LISTED: usize = 10;

impl ShownEntry {
    /// The parts of a line that are shown to be land and water.
    pub(super) fn new(study: &Study<'_>) -> Self {
        let Study { dossier, measurement, .. } = study;
        let band = |part: fn(&ShownLengths) -> Metres| {
            let ends = [Resolution::Fine, Resolution::Coarse]
                .map(|resolution| part(&measurement.shown(dossier, resolution)).value());
            let range = Interval::spanning(ends[0], ends[1]).unwrap_or(Interval::ZERO);
            dossier.band().map(|_| Range::new(range, Dimension::Length))
        };
        let not_shown = dossier.not_shown().into_iter().take(LISTED);
        Self {
            full: parts(study, Resolution::Full, 0.0),
            as_published: measurement
                .as_published_m()
                .map(|tolerance_m| parts(study, Resolution::AsPublished, tolerance_m)),
            water_band_m: band(|lengths| lengths.water),
            land_band_m: band(|lengths| lengths.land),
            sea_band_m: dossier.has_sea().then(|| band(|lengths| lengths.sea)).flatten(),
            not_shown: not_shown
                .map(|it| NotShownEntry {
                    segment: it.segment,
                    from_m: metres(Metres::new(it.from_m)),
                    to_m: metres(Metres::new(it.to_m)),
                    length_m: metres(Metres::new(it.length_m)),
                })
                .collect(),
            inputs: dossier.course.inputs.clone(),
        }
    }

    /// The parts at the resolution of the published total, otherwise at full detail.
    fn best(&self) -> &ShownParts {
        self.as_published.as_ref().unwrap_or(&self.full)
    }
}

fn parts(study: &Study<'_>, resolution: Resolution, tolerance_m: f64) -> ShownParts {
    let Study { dossier, measurement, .. } = study;
    let drawn = |segment: &Segment| segment.facts.is_drawn_water();
    let inferred = |segment: &Segment| segment.facts.is_inferred_water();
    let lengths = measurement.shown(dossier, resolution);
    ShownParts {
        tolerance_m: metres(Metres::new(tolerance_m)),
        total_m: metres(lengths.total),
        water_m: metres(lengths.water),
        water_by_hydrography_m: metres(measurement.length_of(dossier, resolution, drawn)),
        water_inferred_m: metres(measurement.length_of(dossier, resolution, inferred)),
        land_m: metres(lengths.land),
        sea_m: dossier.has_sea().then(|| metres(lengths.sea)),
        neither_m: metres(lengths.neither()),
    }
}

/// How much of the published water and land is shown, and what stays open.
pub(super) fn in_short(report: &Report) -> Option<String> {
    let (water, of_water) = governing(report, &Scope::Water)?;
    let (land, of_land) = governing(report, &Scope::Land)?;
    let shown = report.lengths.shown.as_ref()?.best();
    let in_words = |part_m: f64, text: &str, low: Option<f64>| {
        let share =
            low.map_or_else(String::new, |whole_m| format!("{} of ", share(part_m, whole_m)));
        format!("({share}the published {text})")
    };
    let at = match report.lengths.shown.as_ref()?.as_published {
        Some(parts) => format!(
            "Where the line is as long as published, simplified by about {}",
            distance(parts.tolerance_m.round())
        ),
        None => "At full detail".to_owned(),
    };
    let drawn_m = shown.water_by_hydrography_m;
    let by = if drawn_m > 0.0 {
        format!(
            "{} lie on rivers along which a mapping agency draws the boundary, {} are called a river \
             by texts alone{}",
            km(drawn_m, 1),
            km(shown.water_by_texts_m(), 1),
            match shown.water_inferred_m {
                0.0 => String::new(),
                m => format!(", and that {} are one is inferred from texts", km(m, 1)),
            },
        )
    } else {
        "texts call them a river or a lake".to_owned()
    };
    let shown_by = format!(
        "{at}, there is evidence for {} of water {}: {by}. For the land there is evidence for {} {}.",
        km(shown.water_m, 1),
        in_words(shown.water_m, &water.text, water.interval.low),
        km(shown.land_m, 1),
        in_words(shown.land_m, &land.text, land.interval.low),
    );
    let open = match (of_water.verdict, of_land.verdict) {
        (Verdict::Consistent, Verdict::Consistent) => "The geometry bears out both.".to_owned(),
        (Verdict::Undecided, Verdict::Undecided) => format!(
            "Nothing shows what the other {} are: the split is bounded, not decided, with {} for the \
             water.",
            km(shown.neither_m, 1),
            bounds(shown.water_m, shown.total_m - shown.land_m - shown.sea_m.unwrap_or(0.0)),
        ),
        _ => verdicts([(&land.text, "land", of_land), (&water.text, "water", of_water)]),
    };
    Some(format!("{shown_by} {open}"))
}

/// A range of lengths, rounded outwards.
fn bounds(low_m: f64, high_m: f64) -> String {
    let range = Interval::spanning(low_m, high_m).unwrap_or(Interval::ZERO);
    wording::range(range, Dimension::Length, 0)
}

/// One sentence per part.
fn verdicts(parts: [(&String, &str, &FindingEntry); 2]) -> String {
    let sentence = |(text, name, finding): &(&String, &str, &FindingEntry)| match finding.verdict {
        Verdict::Consistent => format!("The geometry bears out {text} of {name}."),
        Verdict::Inconsistent => format!("The geometry excludes {text} of {name}."),
        _ => format!("Whether {text} of it are {name}, the geometry cannot decide."),
    };
    parts.iter().map(sentence).collect::<Vec<_>>().join(" ")
}

/// A length among the parts of a line.
type Part = fn(&ShownParts) -> f64;

/// Whether a source speaks of water, or all of the line is not shown to be land: otherwise there is
/// nothing to tell apart.
pub(super) fn is_asked(report: &Report) -> bool {
    let Some(shown) = &report.lengths.shown else { return false };
    let is_published = |figure: &FigureEntry| matches!(figure.scope, Scope::Land | Scope::Water);
    shown.full.water_m > 0.0
        || shown.full.sea_m.is_some()
        || shown.full.neither_m > 0.0
        || report.lengths.unlocated_m > 0.0
        || report.figures.iter().any(is_published)
}

/// The table, and where the reasons are; none for a line that is all land and of which nobody says
/// otherwise.
pub(super) fn section(report: &Report) -> Option<Section> {
    if !is_asked(report) {
        return None;
    }
    let lengths = &report.lengths;
    let shown = lengths.shown.as_ref()?;
    let best = shown.as_published.as_ref();
    // A column without anything in it is left out below.
    let at = best
        .map_or_else(String::new, |parts| format!("at {}", distance(parts.tolerance_m.round())));
    let mut table = Table::new(&[
        ("", Lean::Left),
        ("published", Lean::Right),
        ("full detail", Lean::Right),
        (&at, Lean::Right),
        ("over the band", Lean::Right),
        ("verdict", Lean::Left),
    ]);
    let mut row = |name: &str, scope: Option<Scope>, part: Part, band: Option<Range>| {
        let found = scope.and_then(|scope| governing(report, &scope));
        let verdict = |(_, finding): (_, &FindingEntry)| sections::verdict(finding.verdict);
        table.row([
            Phrase::from(name),
            found.map_or("", |(figure, _)| figure.text.as_str()).into(),
            km(part(&shown.full), 1).into(),
            best.map_or_else(String::new, |parts| km(part(parts), 1)).into(),
            band.map_or_else(String::new, |band| range(band, 1)).into(),
            found.map_or_else(|| "".into(), verdict),
        ]);
    };
    row("whole line", Some(Scope::Line), |parts| parts.total_m, lengths.band_m);
    row("water, shown", Some(Scope::Water), |parts| parts.water_m, shown.water_band_m);
    if shown.full.water_by_hydrography_m > 0.0 {
        row("  drawn along rivers", None, |parts| parts.water_by_hydrography_m, None);
        row("  by texts alone", None, ShownParts::water_by_texts_m, None);
    }
    if shown.full.water_inferred_m > 0.0 {
        row("  inferred from texts", None, |parts| parts.water_inferred_m, None);
    }
    row("land, shown", Some(Scope::Land), |parts| parts.land_m, shown.land_band_m);
    if shown.full.sea_m.is_some() {
        row("sea, shown", Some(Scope::Sea), |parts| parts.sea_m.unwrap_or(0.0), shown.sea_band_m);
    }
    row("neither shown", None, |parts| parts.neither_m, None);
    if lengths.unlocated_m > 0.0 {
        let empty = [String::new(), String::new(), String::new()];
        let cells = [UNLOCATED.to_owned(), String::new(), km(lengths.unlocated_m, 1)];
        table.row(cells.into_iter().chain(empty));
    }
    let table = table.without_empty_columns();
    Some(Section {
        after: after(report, shown).into_iter().map(Into::into).collect(),
        ..Section::new(title(shown), before(shown), Some(table)).of_kind(SectionKind::LandAndWater)
    })
}

/// The heading: what the line has of land, water and sea.
fn title(shown: &ShownEntry) -> &'static str {
    if shown.full.sea_m.is_some() { "Land, water and sea" } else { "Land and water" }
}

fn before(shown: &ShownEntry) -> Vec<String> {
    let as_published = match shown.as_published {
        Some(_) => {
            " The third column is simplified until the whole line is as long as published: only \
             there can its parts be compared with the published ones."
        }
        None => "",
    };
    let sea = match shown.full.sea_m {
        Some(_) => " Shown to be sea: by a text, or by a chart.",
        None => "",
    };
    vec![format!(
        "Shown to be water: by a text, or drawn along a river of the same map by a mapping agency. \
         Shown to be land: by a text, a ridge, or straight edges of 1 km and more.{sea}{as_published}"
    )]
}

/// What is not shown, and where the reasons are.
fn after(report: &Report, shown: &ShownEntry) -> Vec<String> {
    let mut words = Vec::new();
    let elsewhere: Vec<String> = [Scope::Land, Scope::Water, Scope::Sea]
        .into_iter()
        .filter_map(|scope| Some(governing(report, &scope)?.1.id.to_string()))
        .collect();
    let longest = shown.not_shown.iter().take(LISTED).map(|it| {
        let [from, to] = [it.from_m, it.to_m].map(|m| number(m / 1e3, 0));
        format!("{from}–{to} ({}, {})", it.segment, km(it.length_m, 1))
    });
    let longest: Vec<String> = longest.collect();
    if !longest.is_empty() {
        let named = wording::list(&longest);
        words.push(format!(
            "The longest stretches that nothing shows to be land or water, from and to in km, and how much \
             of each is not shown: {named}."
        ));
    }
    if !elsewhere.is_empty() {
        let ids = wording::list(&elsewhere);
        words.push(format!(
            "The reasons for the verdicts on land and water are in Findings, under {ids}."
        ));
    }
    words
}
