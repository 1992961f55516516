//! What a line follows, as a document.

use serde::Serialize;

use super::near::{RiverMap, WithinEntry};
use crate::course::{Carried, Course, Form, Kind, Relief, Rivers, Run, Settings};
use crate::dossier::{Depiction, Dossier, Follows, Piece, Segment};
use crate::geodesy::Ellipsoid;
use crate::line::Line;
use crate::quantity::Metres;
use crate::report::model::metres;

/// The document `treatyline/course/v1`: lengths and distances along the line in metres.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CourseReport {
    /// The document type and its version.
    pub schema: &'static str,
    /// The line.
    pub line: CourseLine,
    /// Its length, parts together.
    pub length_m: f64,
    /// How it was looked at.
    pub method: CourseMethod,
    /// What is near it, if rivers were asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rivers: Option<RiversEntry>,
    /// What the ground is like, if heights were given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relief: Option<ReliefEntry>,
    /// Its long straight edges.
    pub straight: StraightEntry,
    /// How much of it follows what, by all evidence together.
    pub follows: Vec<FollowsEntry>,
    /// The same stretch by stretch, start to end.
    pub stretches: Vec<StretchEntry>,
}

/// The line that was looked at.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CourseLine {
    /// Its title.
    pub title: String,
    /// Where it was read from.
    pub origin: String,
    /// SHA-256 of that.
    pub sha256: String,
    /// Of how many parts it consists that do not meet. What lies between them is not counted.
    pub parts: usize,
    /// How many vertices it has.
    pub vertices: usize,
}

/// How a line was looked at.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CourseMethod {
    /// The ellipsoid of all lengths.
    pub ellipsoid: &'static str,
    /// How far apart stations are, at most.
    pub step_m: f64,
    /// The distance within which a river makes a run.
    pub within_m: f64,
    /// A run goes on over gaps up to this.
    pub gap_m: f64,
    /// A run is at least this long.
    pub shortest_m: f64,
    /// An edge of this length is straight, and no river.
    pub straight_m: f64,
}

/// Rivers near a line.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RiversEntry {
    /// The files and how they were used.
    #[serde(flatten)]
    pub map: RiverMap,
    /// The length near a river, by distance.
    pub within: Vec<WithinEntry>,
    /// The sign that line and rivers were drawn as one: from one distance to ten times of it
    /// hardly anything is added. `null` where there is none.
    pub plateau: Option<PlateauEntry>,
    /// The stretches that follow a river, start to end.
    pub runs: Vec<RunEntry>,
    /// The same on another depiction of the line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub onto: Option<OntoEntry>,
}

/// Between which distances hardly anything is added.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlateauEntry {
    /// From this distance.
    pub from_within_m: f64,
    /// The length within it.
    pub from_length_m: f64,
    /// To this distance.
    pub to_within_m: f64,
    /// The length within that.
    pub to_length_m: f64,
}

/// A stretch that follows a river.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RunEntry {
    /// Where it begins.
    pub from_m: f64,
    /// Where it ends.
    pub to_m: f64,
    /// From its beginning to its end.
    pub length_m: f64,
    /// How much of it is within the distance; the rest are gaps.
    pub near_m: f64,
    /// The river's name; `null` where the map gives none.
    pub name: Option<String>,
}

/// Runs carried over to another depiction of the line.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OntoEntry {
    /// Its title.
    pub title: String,
    /// Where it was read from.
    pub origin: String,
    /// SHA-256 of that.
    pub sha256: String,
    /// Its length.
    pub length_m: f64,
    /// Runs are carried over where the two depictions are no farther apart than this.
    pub apart_m: f64,
    /// The sum of the runs on it.
    pub runs_m: f64,
    /// The runs, as they lie on it.
    pub runs: Vec<CarriedEntry>,
}

/// A run carried over.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CarriedEntry {
    /// Where it begins on the other depiction.
    pub from_m: f64,
    /// Where it ends.
    pub to_m: f64,
    /// From its beginning to its end.
    pub length_m: f64,
    /// The river's name; `null` where the map gives none.
    pub name: Option<String>,
    /// How far the two depictions are apart where it begins: how uncertain that is.
    pub from_off_m: f64,
    /// And where it ends.
    pub to_off_m: f64,
    /// How far they are apart along it, at most.
    pub most_off_m: f64,
}

/// The relief on a line and beside it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReliefEntry {
    /// The raster.
    pub file: String,
    /// SHA-256 of it.
    pub sha256: String,
    /// How far to both sides heights are taken.
    pub offset_m: f64,
    /// The ground is flat where the three heights differ by no more.
    pub flat_within_m: f64,
    /// The length that is higher than both sides.
    pub ridge_m: f64,
    /// The length that is lower than both sides.
    pub valley_m: f64,
    /// The length that is between both sides.
    pub slope_m: f64,
    /// The length that is flat.
    pub flat_m: f64,
    /// The length of which a height is not known.
    pub not_covered_m: f64,
    /// The lowest height on the line.
    pub lowest_m: Option<f64>,
    /// The highest.
    pub highest_m: Option<f64>,
    /// What the ground is like along stretches of the line, as shares of each.
    pub along: Vec<AlongEntry>,
    /// How often it is wrong, measured where texts say what the line follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<ReliefError>,
}

/// The ground along a stretch.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AlongEntry {
    /// The segment of the dossier, or the river of the run.
    pub name: String,
    /// Where it begins.
    pub from_m: f64,
    /// Where it ends.
    pub to_m: f64,
    /// How much of it is higher than both sides, of what is covered.
    pub ridge: f64,
    /// How much is lower.
    pub valley: f64,
    /// How much is between.
    pub slope: f64,
    /// How much is flat.
    pub flat: f64,
    /// How much of all of it has no height.
    pub not_covered: f64,
}

/// How often the relief is wrong, on stretches whose course is known by texts.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReliefError {
    /// The length that texts call a river.
    pub rivers_m: f64,
    /// What of it the relief calls a ridge, as a share.
    pub ridge_on_rivers: f64,
    /// The length that texts call a ridge or a watershed.
    pub watersheds_m: f64,
    /// What of it the relief calls a valley, as a share.
    pub valley_on_watersheds: f64,
}

/// Long straight edges.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StraightEntry {
    /// How many there are.
    pub edges: usize,
    /// Their length together.
    pub length_m: f64,
    /// The longest.
    pub longest_m: f64,
}

/// How much follows what.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FollowsEntry {
    /// `river`, `straight`, `ridge`, `valley`, `slope`, `flat` or `unknown`.
    pub follows: &'static str,
    /// The length.
    pub length_m: f64,
}

/// A stretch and what it follows.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StretchEntry {
    /// Where it begins.
    pub from_m: f64,
    /// Where it ends.
    pub to_m: f64,
    /// What it follows.
    pub follows: &'static str,
}

/// A stretch of the line that has a name, and what texts say that it follows.
#[derive(Debug, Clone)]
pub struct Named {
    /// Its name.
    pub name: String,
    /// Where it begins.
    pub from: Metres,
    /// Where it ends.
    pub to: Metres,
    /// What texts say that it follows; none where they are silent.
    pub by_text: Option<Kind>,
}

impl Named {
    /// The segments of a dossier.
    #[must_use]
    pub fn segments(dossier: &Dossier) -> Vec<Self> {
        let pieces = Depiction::own(dossier).pieces;
        let named = |(piece, segment): (&Piece, &Segment)| Self {
            name: segment.id.clone(),
            from: piece.from,
            to: piece.to,
            by_text: by_text(segment),
        };
        pieces.iter().zip(&dossier.segments).map(named).collect()
    }
}

/// What a text says that a segment follows.
fn by_text(segment: &Segment) -> Option<Kind> {
    let facts = &segment.facts;
    let by_text = facts.is_by_text();
    match facts.course {
        Follows::River if by_text => Some(Kind::River),
        Follows::Watershed if by_text => Some(Kind::Ridge),
        _ => None,
    }
}

impl CourseReport {
    /// What was found on a line.
    #[must_use]
    pub fn new(line: CourseLine, course: &Course, settings: &Settings) -> Self {
        let lengths = course.straight().iter().map(|edge| edge.length().value());
        let stretches = course.stretches();
        let of_kind = |kind: Kind| {
            let of_kind = stretches.iter().filter(|it| it.kind == kind);
            let length = of_kind.map(|it| it.length()).sum();
            FollowsEntry { follows: kind.name(), length_m: metres(length) }
        };
        Self {
            schema: "treatyline/course/v1",
            line,
            length_m: metres(course.length()),
            method: CourseMethod {
                ellipsoid: Ellipsoid::WGS84.name(),
                step_m: settings.step.value(),
                within_m: settings.within.value(),
                gap_m: settings.gap.value(),
                shortest_m: settings.shortest.value(),
                straight_m: settings.straight.value(),
            },
            rivers: None,
            relief: None,
            straight: StraightEntry {
                edges: course.straight().len(),
                length_m: metres(course.straight().iter().map(|it| it.length()).sum()),
                longest_m: metres(Metres::new(lengths.fold(0.0, f64::max))),
            },
            follows: Kind::ALL.map(of_kind).into_iter().filter(|it| it.length_m > 0.0).collect(),
            stretches: stretches
                .iter()
                .map(|it| StretchEntry {
                    from_m: metres(it.from),
                    to_m: metres(it.to),
                    follows: it.kind.name(),
                })
                .collect(),
        }
    }

    /// With the rivers it was compared with.
    #[must_use]
    pub fn with_rivers(self, course: &Course, rivers: &Rivers, settings: &Settings) -> Self {
        let Some(nearness) = course.nearness() else { return self };
        let plateau = nearness.plateau().map(|it| PlateauEntry {
            from_within_m: metres(it.from.distance),
            from_length_m: metres(it.from.length),
            to_within_m: metres(it.to.distance),
            to_length_m: metres(it.to.length),
        });
        let rivers = RiversEntry {
            map: RiverMap::new(rivers, settings),
            within: WithinEntry::all(nearness),
            plateau,
            runs: course.runs().iter().map(run).collect(),
            onto: None,
        };
        Self { rivers: Some(rivers), ..self }
    }

    /// With its runs on another depiction of the line.
    #[must_use]
    pub fn with_runs_on(
        mut self,
        course: &Course,
        title: &str,
        other: [&str; 2],
        line: &Line,
        settings: &Settings,
    ) -> Self {
        let runs: Vec<CarriedEntry> = course.runs_on(line, settings).iter().map(carried).collect();
        let [origin, sha256] = other.map(str::to_owned);
        if let Some(rivers) = &mut self.rivers {
            rivers.onto = Some(OntoEntry {
                title: title.to_owned(),
                origin,
                sha256,
                length_m: metres(line.length()),
                apart_m: settings.apart.value(),
                runs_m: runs.iter().map(|it| it.length_m).sum(),
                runs,
            });
        }
        self
    }

    /// With the relief, along stretches that have names.
    #[must_use]
    pub fn with_relief(self, course: &Course, [file, sha256]: [&str; 2], named: &[Named]) -> Self {
        let Some(relief) = course.relief() else { return self };
        let of = |form: Form| metres(relief.length_of(form));
        let heights = || relief.sections().iter().filter_map(|it| it.on_m);
        let entry = ReliefEntry {
            file: file.to_owned(),
            sha256: sha256.to_owned(),
            offset_m: metres(relief.offset()),
            flat_within_m: metres(relief.flat()),
            ridge_m: of(Form::Ridge),
            valley_m: of(Form::Valley),
            slope_m: of(Form::Slope),
            flat_m: of(Form::Flat),
            not_covered_m: of(Form::NotCovered),
            lowest_m: heights().reduce(f64::min).map(decimetres),
            highest_m: heights().reduce(f64::max).map(decimetres),
            along: named.iter().map(|it| along(relief, it)).collect(),
            error: error(relief, named),
        };
        Self { relief: Some(entry), ..self }
    }
}

/// Heights are whole metres in most rasters.
fn decimetres(height_m: f64) -> f64 {
    (height_m * 10.0).round() / 10.0
}

fn run(run: &Run) -> RunEntry {
    RunEntry {
        from_m: metres(run.from),
        to_m: metres(run.to),
        length_m: metres(run.length()),
        near_m: metres(run.near),
        name: run.name.clone(),
    }
}

fn carried(carried: &Carried) -> CarriedEntry {
    let Carried { run, ends_off: [from_off, to_off], most_off } = carried;
    CarriedEntry {
        from_m: metres(run.from),
        to_m: metres(run.to),
        length_m: metres(run.length()),
        name: run.name.clone(),
        from_off_m: metres(*from_off),
        to_off_m: metres(*to_off),
        most_off_m: metres(*most_off),
    }
}

/// How much of a stretch has a form, as a share of what is covered.
fn shares(relief: &Relief, of: impl Fn(&Named) -> bool, named: &[Named]) -> ([f64; 5], f64) {
    let mut lengths_m = [0.0; 5];
    for section in relief.sections() {
        let inside = |it: &&Named| it.from <= section.chainage && section.chainage < it.to;
        if named.iter().filter(|it| of(it)).any(|it| inside(&it)) {
            let form = Form::ALL.iter().position(|form| *form == section.form).unwrap_or(0);
            lengths_m[form] += section.share.value();
        }
    }
    let whole_m: f64 = lengths_m.iter().sum();
    let covered_m: f64 = lengths_m[..4].iter().sum();
    let share = |m: f64, of_m: f64| if of_m > 0.0 { round(m / of_m) } else { 0.0 };
    let [ridge, valley, slope, flat, none] = lengths_m;
    let covered = [ridge, valley, slope, flat].map(|m| share(m, covered_m));
    ([covered[0], covered[1], covered[2], covered[3], share(none, whole_m)], covered_m)
}

/// A thousandth is a station in a hundred kilometres.
fn round(share: f64) -> f64 {
    (share * 1e4).round() / 1e4
}

fn along(relief: &Relief, it: &Named) -> AlongEntry {
    let ([ridge, valley, slope, flat, not_covered], _) =
        shares(relief, |_| true, std::slice::from_ref(it));
    let (from_m, to_m) = (metres(it.from), metres(it.to));
    AlongEntry { name: it.name.clone(), from_m, to_m, ridge, valley, slope, flat, not_covered }
}

fn error(relief: &Relief, named: &[Named]) -> Option<ReliefError> {
    let by_text = |kind: Kind| move |it: &Named| it.by_text == Some(kind);
    let (on_rivers, rivers_m) = shares(relief, by_text(Kind::River), named);
    let (on_ridges, watersheds_m) = shares(relief, by_text(Kind::Ridge), named);
    (rivers_m > 0.0 || watersheds_m > 0.0).then_some(ReliefError {
        rivers_m: metres(Metres::new(rivers_m)),
        ridge_on_rivers: on_rivers[0],
        watersheds_m: metres(Metres::new(watersheds_m)),
        valley_on_watersheds: on_ridges[1],
    })
}
