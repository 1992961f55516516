//! What a finding is about, and the id that says it.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::dossier::{Figure, Scope};

/// The kind of a check: the first word of the ids of its findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CheckKind {
    /// Published figures that must add up.
    Closure,
    /// Published figures of one thing that exclude one another.
    Conflict,
    /// Whether the line follows what an instrument says.
    Course,
    /// Published distances between places.
    Distance,
    /// Who received what of a disputed area.
    Division,
    /// Published lengths against the measured line.
    Length,
    /// Two ways of measuring against each other.
    Method,
    /// Where words put a point, against the line.
    Point,
    /// Published lengths against the lines that the words of the law allow.
    Reading,
    /// Lengths of several depictions of the line against each other.
    Resolution,
    /// Places that must lie on a side of the line.
    Side,
    /// Whether the line is a line.
    Topology,
    /// Coordinates of an instrument against each other and the line.
    Tripoint,
}

impl CheckKind {
    /// Its name: `length` of `length/total`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Closure => "closure",
            Self::Conflict => "conflict",
            Self::Course => "course",
            Self::Distance => "distance",
            Self::Division => "division",
            Self::Length => "length",
            Self::Method => "method",
            Self::Point => "point",
            Self::Reading => "reading",
            Self::Resolution => "resolution",
            Self::Side => "side",
            Self::Topology => "topology",
            Self::Tripoint => "tripoint",
        }
    }
}

/// What a finding is about. Displayed, it is the finding's id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Topic {
    /// A relation between figures, by its name.
    Relation(String),
    /// Figures of one scope.
    Scope(Scope),
    /// What an instrument says that a segment follows, by the segment's id.
    Course(String),
    /// A published distance, by the name of its figure.
    Distance(String),
    /// The share of the disputed area that a party received, by the party's id.
    Share(String),
    /// A sector's area, by the sector's id.
    Area(String),
    /// What the parties received of a sector, by its id.
    Awards(String),
    /// What a party, or both together, received of a sector or by an instrument, by their ids.
    Received { land: String, party: Option<String> },
    /// A published length, by the name of its figure.
    Length(String),
    /// A published length and the readings, by the name of its figure.
    Reading(String),
    /// Where words put a point, by its id.
    Point(String),
    /// The two ways of measuring.
    Agreement,
    /// Another depiction, by the name of its file, and which of those of that name it is.
    Depiction { name: String, number: usize },
    /// A place, by the id of its point.
    Place(String),
    /// Two places with the line in between.
    Pair([String; 2]),
    /// The line itself, by what is tested.
    Line(&'static str),
    /// The rings of a sector, by its id.
    Rings(String),
    /// A point with published coordinates, by its name, and what is tested.
    Tripoint(String, TripointTest),
}

/// What is tested of a point with published coordinates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TripointTest {
    /// The printed coordinates against each other.
    Coordinates,
    /// The dossier's own place of the point.
    Place,
    /// The end of the line.
    LineEnd,
}

impl TripointTest {
    const fn name(self) -> &'static str {
        match self {
            Self::Coordinates => "coordinates",
            Self::Place => "place",
            Self::LineEnd => "line-end",
        }
    }
}

impl Topic {
    /// A published length: the figure `length-total` is tested by `length/total`.
    pub(super) fn length(figure: &Figure) -> Self {
        Self::Length(without("length-", &figure.id))
    }

    /// The same length against the readings: `reading/total`.
    pub(super) fn reading(figure: &Figure) -> Self {
        Self::Reading(without("length-", &figure.id))
    }

    /// Where words put a point: that of `point-3` is `point/3`.
    pub(super) fn point(id: &str) -> Self {
        Self::Point(without("point-", id))
    }

    /// A published distance: the figure `distance-rufus` is tested by `distance/rufus`.
    pub(super) fn distance(figure: &Figure) -> Self {
        Self::Distance(without("distance-", &figure.id))
    }

    /// A test of a point: those of `tripoint-north` begin with `tripoint/north`.
    pub(super) fn tripoint(point: &str, test: TripointTest) -> Self {
        Self::Tripoint(without("tripoint-", point), test)
    }

    const fn kind(&self) -> CheckKind {
        match self {
            Self::Relation(_) => CheckKind::Closure,
            Self::Scope(_) => CheckKind::Conflict,
            Self::Course(_) => CheckKind::Course,
            Self::Distance(_) => CheckKind::Distance,
            Self::Share(_) | Self::Area(_) | Self::Awards(_) | Self::Received { .. } => {
                CheckKind::Division
            }
            Self::Length(_) => CheckKind::Length,
            Self::Reading(_) => CheckKind::Reading,
            Self::Point(_) => CheckKind::Point,
            Self::Agreement => CheckKind::Method,
            Self::Depiction { .. } => CheckKind::Resolution,
            Self::Place(_) | Self::Pair(_) => CheckKind::Side,
            Self::Line(_) | Self::Rings(_) => CheckKind::Topology,
            Self::Tripoint(..) => CheckKind::Tripoint,
        }
    }
}

/// An id of a dossier without the word that a finding's id has before it anyway.
fn without(word: &str, id: &str) -> String {
    id.strip_prefix(word).unwrap_or(id).to_owned()
}

impl fmt::Display for Topic {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}/", self.kind().name())?;
        match self {
            Self::Scope(scope) => write!(to, "{scope}"),
            Self::Share(party) => write!(to, "share/{}", party.to_lowercase()),
            Self::Area(sector) => write!(to, "sector/{sector}"),
            Self::Awards(sector) => write!(to, "sector/{sector}/awards"),
            Self::Received { land, party: None } => write!(to, "transfer/{land}"),
            Self::Received { land, party: Some(party) } => {
                write!(to, "transfer/{land}/{}", party.to_lowercase())
            }
            Self::Agreement => to.write_str("agreement"),
            Self::Depiction { name, number: 1 } => to.write_str(name),
            Self::Depiction { name, number } => write!(to, "{name}-{number}"),
            Self::Pair([point, other]) => write!(to, "{point}/{other}"),
            Self::Line(test) => to.write_str(test),
            Self::Rings(sector) => write!(to, "rings/{sector}"),
            Self::Tripoint(point, test) => write!(to, "{point}/{}", test.name()),
            Self::Relation(name)
            | Self::Course(name)
            | Self::Distance(name)
            | Self::Length(name)
            | Self::Reading(name)
            | Self::Point(name)
            | Self::Place(name) => to.write_str(name),
        }
    }
}

/// The stable id of a finding: `length/total`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingId {
    topic: Topic,
    text: String,
}

impl FindingId {
    /// As it is written.
    #[doc(hidden)]
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The kind of check.
    #[doc(hidden)]
    #[must_use]
    pub const fn kind(&self) -> CheckKind {
        self.topic.kind()
    }

    /// What the finding is about.
    #[must_use]
    pub(crate) const fn topic(&self) -> &Topic {
        &self.topic
    }
}

impl From<Topic> for FindingId {
    fn from(topic: Topic) -> Self {
        Self { text: topic.to_string(), topic }
    }
}

impl fmt::Display for FindingId {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.pad(&self.text)
    }
}

impl PartialEq<str> for FindingId {
    fn eq(&self, text: &str) -> bool {
        self.text == text
    }
}

impl PartialEq<&str> for FindingId {
    fn eq(&self, text: &&str) -> bool {
        self.text == *text
    }
}

impl Serialize for FindingId {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.text)
    }
}

/// As the text that it is written as.
#[cfg(feature = "schema")]
impl schemars::JsonSchema for FindingId {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        String::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        String::json_schema(generator)
    }
}
