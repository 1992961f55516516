//! What a line follows, as a document.

use serde::Serialize;

use super::ground::ReliefEntry;
use super::near::{RiverMap, WithinEntry};
use crate::course::{Carried, Course, Kind, Nearness, Rivers, Run, Settings};
use crate::dossier::{Dossier, Evidence, Follows, Piece, Segment, own_pieces};
use crate::drawn::Provenance;
use crate::geodesy::Ellipsoid;
use crate::io::Asked;
use crate::io::Fixes;
use crate::line::Line;
use crate::quantity::Metres;
use crate::report::FixLists;
use crate::report::rounding::metres;

/// The document `treatyline/course/v1`: lengths and distances along the line in metres.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CourseReport {
    /// The document type and its version.
    pub(crate) schema: &'static str,
    /// The line.
    #[doc(hidden)]
    pub line: CourseLine,
    /// Its length, parts together.
    pub(crate) length_m: f64,
    /// What was changed or left out when its files were read.
    #[serde(flatten)]
    #[doc(hidden)]
    pub read: FixLists,
    /// The settings.
    pub(crate) method: CourseMethod,
    /// The rivers near it, if rivers were given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) rivers: Option<RiversEntry>,
    /// What the ground is like, if heights were given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) relief: Option<ReliefEntry>,
    /// Its long straight edges.
    pub(crate) straight: StraightEntry,
    /// How much of it follows what, by all evidence together.
    pub(crate) follows: Vec<FollowsEntry>,
    /// The same stretch by stretch, start to end.
    pub(crate) stretches: Vec<StretchEntry>,
}

/// The line that was looked at.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CourseLine {
    #[serde(flatten)]
    #[allow(missing_docs, reason = "a schema would repeat the words")]
    pub provenance: Provenance,
    /// The number of its parts that do not meet. The gaps between them are not counted.
    pub parts: usize,
    /// How many vertices it has.
    pub vertices: usize,
    /// How near to each other, in degrees, the outlines of two polygons had to be to share a line;
    /// left out for a dossier's line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snapping_deg: Option<f64>,
}

/// The settings with which a line was examined.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct CourseMethod {
    /// The ellipsoid of all lengths.
    pub(crate) ellipsoid: &'static str,
    /// How far apart stations are, at most.
    pub(crate) step_m: f64,
    /// The distance within which a river makes a run.
    pub(crate) within_m: f64,
    /// A run continues over gaps up to this.
    pub(crate) gap_m: f64,
    /// A run is at least this long.
    pub(crate) shortest_m: f64,
    /// At least this share of a run is within the distance.
    pub(crate) least_near: f64,
    /// An edge of this length or more is straight, and no river.
    pub(crate) straight_m: f64,
}

/// Rivers near a line.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct RiversEntry {
    /// The files and how they were used.
    #[serde(flatten)]
    pub(crate) map: RiverMap,
    /// The length near a river, by distance.
    pub(crate) within: Vec<WithinEntry>,
    /// The sign that line and rivers were drawn as one: from one distance to ten times of it
    /// the length hardly grows. `null` where there is none.
    pub(crate) plateau: Option<PlateauEntry>,
    /// The stretches that follow a river, start to end.
    pub(crate) runs: Vec<RunEntry>,
    /// The totals of the runs, and of the runs of the copies by which chance was measured.
    pub(crate) runs_total: RunsEntry,
    /// The same on another depiction of the line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) onto: Option<OntoEntry>,
}

/// The distances between which the length hardly grows.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct PlateauEntry {
    /// From this distance.
    pub(crate) from_within_m: f64,
    /// The length within it.
    pub(crate) from_length_m: f64,
    /// To this distance.
    pub(crate) to_within_m: f64,
    /// The length within that.
    pub(crate) to_length_m: f64,
}

/// A stretch that follows a river.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct RunEntry {
    /// Where it begins.
    pub(crate) from_m: f64,
    /// Where it ends.
    pub(crate) to_m: f64,
    /// From its beginning to its end.
    pub(crate) length_m: f64,
    /// How much of it is within the distance; the rest are gaps.
    pub(crate) near_m: f64,
    /// The river's name; `null` where the map gives none.
    pub(crate) name: Option<String>,
}

/// All runs together, with the runs by chance: by the same rule, for the copies of the line.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct RunsEntry {
    /// The length of all runs, gaps included.
    pub(crate) length_m: f64,
    /// How much of it is within the distance.
    pub(crate) near_m: f64,
    /// The longest run.
    pub(crate) longest_m: f64,
    /// The length of the runs of a copy, the mean over all copies.
    pub(crate) chance_mean_m: f64,
    /// The same of the copy that has the most.
    pub(crate) chance_max_m: f64,
    /// How much of the runs of a copy is within the distance, the mean over all copies.
    pub(crate) chance_near_mean_m: f64,
    /// The longest run of any copy.
    pub(crate) chance_longest_m: f64,
}

/// Runs carried over to another depiction of the line.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct OntoEntry {
    /// Its title.
    pub(crate) title: String,
    /// Where it was read from.
    pub(crate) origin: String,
    /// SHA-256 of that.
    pub(crate) sha256: String,
    /// Its length.
    pub(crate) length_m: f64,
    /// Runs are carried over where the two depictions are no farther apart than this.
    pub(crate) apart_m: f64,
    /// The sum of the runs on it.
    pub(crate) runs_m: f64,
    /// The runs, as they lie on it.
    pub(crate) runs: Vec<CarriedEntry>,
}

/// A run carried over.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct CarriedEntry {
    /// Where it begins on the other depiction.
    pub(crate) from_m: f64,
    /// Where it ends.
    pub(crate) to_m: f64,
    /// From its beginning to its end.
    pub(crate) length_m: f64,
    /// The river's name; `null` where the map gives none.
    pub(crate) name: Option<String>,
    /// How far the two depictions are apart where it begins: how uncertain that is.
    pub(crate) from_off_m: f64,
    /// How far they are apart where it ends.
    pub(crate) to_off_m: f64,
    /// How far they are apart along it, at most.
    pub(crate) most_off_m: f64,
}

/// Long straight edges.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct StraightEntry {
    /// How many there are.
    pub(crate) edges: usize,
    /// Their length together.
    pub(crate) length_m: f64,
    /// The longest.
    pub(crate) longest_m: f64,
}

/// How much of the line follows one thing.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct FollowsEntry {
    /// `river`, `straight`, `ridge`, `valley`, `slope`, `flat` or `unknown`.
    pub(crate) follows: &'static str,
    /// The length.
    pub(crate) length_m: f64,
}

/// A stretch and what it follows.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct StretchEntry {
    /// Where it begins.
    pub(crate) from_m: f64,
    /// Where it ends.
    pub(crate) to_m: f64,
    /// What it follows.
    pub(crate) follows: &'static str,
}

/// A stretch of the line that has a name, and what it follows according to texts.
#[derive(Debug, Clone)]
pub struct NamedStretch {
    /// Its name.
    pub name: String,
    /// Where it begins.
    pub from: Metres,
    /// Where it ends.
    pub to: Metres,
    /// What it follows according to texts; `None` where they do not say.
    pub by_text: Option<Kind>,
}

impl NamedStretch {
    /// The segments of a dossier.
    #[must_use]
    pub fn segments(dossier: &Dossier) -> Vec<Self> {
        let (pieces, _) = own_pieces(dossier);
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
    // Inferred evidence cannot be used as a test.
    let by_text = facts.is_by_text() && !facts.evidence.contains(&Evidence::Inferred);
    match facts.course {
        Follows::River if by_text => Some(Kind::River),
        Follows::Watershed if by_text => Some(Kind::Ridge),
        _ => None,
    }
}

impl CourseReport {
    /// A report on a line.
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
            read: FixLists::default(),
            method: CourseMethod {
                ellipsoid: Ellipsoid::WGS84.name(),
                step_m: settings.step.value(),
                within_m: settings.within.value(),
                gap_m: settings.gap.value(),
                shortest_m: settings.shortest.value(),
                least_near: settings.least_near,
                straight_m: course.least_straight().value(),
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

    /// With what was changed or left out when a file was read.
    #[doc(hidden)]
    #[must_use]
    pub fn with_fixes(mut self, file: &str, fixes: &Fixes) -> Self {
        self.read.add(file, fixes);
        self
    }

    /// With the rivers it was compared with.
    #[doc(hidden)]
    #[must_use]
    pub fn with_rivers(self, course: &Course, rivers: &Rivers, settings: &Settings) -> Self {
        let Some(nearness) = course.nearness() else { return self };
        let mut read = self.read;
        read.add_rivers(rivers);
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
            runs_total: runs_total(course),
            onto: None,
        };
        Self { rivers: Some(rivers), read, ..self }
    }

    /// With its runs on another depiction of the line.
    #[doc(hidden)]
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

    /// With the relief along stretches that have names: the raster and its SHA-256, and the outcome
    /// for the places looked up.
    #[must_use]
    pub fn with_relief(
        self,
        course: &Course,
        source: [&str; 2],
        asked: Asked,
        named: &[NamedStretch],
    ) -> Self {
        let relief = course.relief().map(|relief| ReliefEntry::new(relief, source, asked, named));
        Self { relief, ..self }
    }
}

fn runs_total(course: &Course) -> RunsEntry {
    let runs = course.runs();
    let chance = course.nearness().and_then(Nearness::runs_by_chance).unwrap_or_default();
    let longest_m = runs.iter().map(|it| it.length().value()).fold(0.0, f64::max);
    RunsEntry {
        length_m: metres(runs.iter().map(Run::length).sum()),
        near_m: metres(runs.iter().map(|it| it.near).sum()),
        longest_m: metres(Metres::new(longest_m)),
        chance_mean_m: metres(chance.mean),
        chance_max_m: metres(chance.max),
        chance_near_mean_m: metres(chance.near_mean),
        chance_longest_m: metres(chance.longest),
    }
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
