//! The dossier: line, instruments and published figures of one boundary together.
//!
//! `docs/dossier.md` describes the files. Reading validates everything and reports
//! all problems at once; a [`Dossier`] that exists is sound.

mod addition;
pub(crate) mod amount;
pub(crate) mod band;
pub(crate) mod bearing;
pub(crate) mod bounds;
pub(crate) mod claim;
mod closing;
mod constructed;
pub(crate) mod course;
mod curves;
pub(crate) mod depiction;
pub(crate) mod detail;
mod draft;
mod drafted_points;
mod ellipsoids;
pub(crate) mod expression;
pub(crate) mod figure;
pub(crate) mod fitness;
pub(crate) mod instrument;
mod law;
pub(crate) mod manifest;
pub(crate) mod measurement;
pub(crate) mod names;
mod parallels;
pub(crate) mod point;
mod read;
mod scope;
pub(crate) mod sector;
mod segment;
mod shipped;
mod validate;
mod worded;

#[doc(hidden)]
pub use addition::NewFigure;
pub(crate) use amount::Amount;
pub(crate) use band::{Band, BandFacts};
pub(crate) use bounds::{ACCURACY, is_accuracy};
pub(crate) use claim::{Comparator, Relation};
pub(crate) use course::{CourseInput, CourseTable, HeightProfile, NotShown};
#[doc(hidden)]
pub use curves::LineCurves;
pub use depiction::Depiction;
pub(crate) use depiction::own_pieces;
pub(crate) use depiction::{Piece, SegmentJoint};
pub(crate) use detail::LacksDetail;
pub use draft::Draft;
pub(crate) use expression::Value;
pub use figure::Figure;
pub(crate) use figure::{Qualifier, Standing};
pub(crate) use fitness::{Coarse, Vertices};
pub(crate) use instrument::{Instrument, InstrumentKind, InstrumentStatus};
pub(crate) use law::LawReading;
pub use manifest::Party;
pub(crate) use manifest::{Confidence, Division, DrawnClaim, LineFacts, Reference};
pub(crate) use measurement::ShownLengths;
pub use measurement::{Measurement, Resolution};
pub(crate) use names::{Names, Stretch};
pub(crate) use point::{BoundaryPoint, PointKind, Published, StatedPosition};
pub(crate) use scope::Scope;
pub(crate) use sector::{Sector, SectorFacts};
pub use segment::{Evidence, Follows, Medium, Segment, SegmentFacts};
pub(crate) use worded::WordedPosition;

use std::collections::BTreeMap;

use crate::drawn::Provenance;
use crate::geodesy::Ellipsoid;
use crate::line::{Line, Side};

/// One boundary: what it is, where it runs, what has been published about it.
#[derive(Debug, Clone)]
pub struct Dossier {
    /// Its id.
    pub(crate) id: String,
    /// Its title.
    pub(crate) title: String,
    /// The licence under which it may be passed on.
    pub(crate) licence: Option<String>,
    /// Who must be named by whoever passes it on.
    pub(crate) attribution: Option<String>,
    /// The title in other languages.
    pub(crate) names: Names,
    /// What is known of stretches of the line, by the name that segments give them.
    pub(crate) stretches: BTreeMap<String, Stretch>,
    /// Start, end and accuracy of the line.
    pub(crate) line_facts: LineFacts,
    /// The party on the left, then the one on the right.
    pub(crate) parties: [Party; 2],
    /// The ellipsoids that the dossier's sources rest on.
    pub(crate) ellipsoids: Vec<Ellipsoid>,
    /// The resolutions at which a published length can have been measured.
    pub(crate) band: BandFacts,
    /// Whether its line is somebody's drawing, and not that of its first reading.
    pub(crate) is_drawn: bool,
    /// The lines that the words of the law allow.
    pub(crate) readings: Vec<LawReading>,
    /// How the disputed land was divided, if published.
    pub(crate) division: Option<Division>,
    /// Older depictions, and whose claims they draw.
    pub(crate) claims: Vec<DrawnClaim>,
    /// The bibliography.
    pub(crate) references: Vec<Reference>,
    /// Instruments, as in the file.
    pub(crate) instruments: Vec<Instrument>,
    /// Published figures, as in the file.
    pub(crate) figures: Vec<Figure>,
    /// Claims that relate figures to one another.
    pub(crate) relations: Vec<Relation>,
    /// The line, start to end.
    pub(crate) segments: Vec<Segment>,
    /// The evidence for what the line follows, stretch by stretch.
    pub(crate) course: CourseTable,
    /// Which share of each segment is shown to be land.
    pub(crate) land_shares: Vec<f64>,
    /// Tripoints, boundary points, crossings, landmarks.
    pub(crate) points: Vec<BoundaryPoint>,
    /// Areas that were in dispute.
    pub(crate) sectors: Vec<Sector>,
    /// The segments joined.
    pub(crate) line: Line,
    /// Where it was read from.
    pub(crate) origin: String,
    /// SHA-256 of its files, in the order of `docs/dossier.md`.
    pub(crate) digest: String,
}

impl Dossier {
    /// Its title.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The licence under which it may be passed on, if it states one.
    #[must_use]
    pub fn licence(&self) -> Option<&str> {
        self.licence.as_deref()
    }

    /// Who must be named where it is passed on, if it says so.
    #[must_use]
    pub fn attribution(&self) -> Option<&str> {
        self.attribution.as_deref()
    }

    /// The title in other languages.
    #[doc(hidden)]
    #[must_use]
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// What is known of stretches of the line, by the name that segments give them.
    #[doc(hidden)]
    #[must_use]
    pub fn stretches(&self) -> &BTreeMap<String, Stretch> {
        &self.stretches
    }

    /// Start, end and accuracy of the line.
    #[doc(hidden)]
    #[must_use]
    pub fn line_facts(&self) -> &LineFacts {
        &self.line_facts
    }

    /// The party on the left, then the one on the right.
    #[must_use]
    pub fn parties(&self) -> &[Party; 2] {
        &self.parties
    }

    /// The resolutions at which a published length can have been measured; `None` for a line of
    /// straight edges, which has the same length at all of them.
    #[doc(hidden)]
    #[must_use]
    pub fn band(&self) -> Option<&Band> {
        self.band.between()
    }

    /// Instruments, as in the file.
    #[doc(hidden)]
    #[must_use]
    pub fn instruments(&self) -> &[Instrument] {
        &self.instruments
    }

    /// Published figures, as in the file.
    #[must_use]
    pub fn figures(&self) -> &[Figure] {
        &self.figures
    }

    /// The line, start to end.
    #[doc(hidden)]
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// The evidence for what the line follows, stretch by stretch.
    #[doc(hidden)]
    #[must_use]
    pub fn course(&self) -> &CourseTable {
        &self.course
    }

    /// Tripoints, boundary points, crossings, landmarks.
    #[doc(hidden)]
    #[must_use]
    pub fn points(&self) -> &[BoundaryPoint] {
        &self.points
    }

    /// Areas that were in dispute.
    #[doc(hidden)]
    #[must_use]
    pub fn sectors(&self) -> &[Sector] {
        &self.sectors
    }

    /// The segments joined.
    #[must_use]
    pub fn line(&self) -> &Line {
        &self.line
    }

    /// Where it was read from.
    #[doc(hidden)]
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// SHA-256 of its files, in the order of `docs/dossier.md`.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// Whether some of its line runs over land, a river or a lake.
    #[doc(hidden)]
    #[must_use]
    pub fn has_land(&self) -> bool {
        self.segments.iter().any(|segment| segment.facts.medium != Medium::Sea)
    }

    /// Whether some of its line runs through the sea.
    #[doc(hidden)]
    #[must_use]
    pub fn has_sea(&self) -> bool {
        self.segments.iter().any(|segment| segment.facts.medium == Medium::Sea)
    }

    /// Where its line comes from.
    #[doc(hidden)]
    #[must_use]
    pub fn provenance(&self) -> Provenance {
        Provenance {
            title: self.title.clone(),
            origin: self.origin.clone(),
            sha256: self.digest.clone(),
        }
    }

    /// The bibliography entry of a key.
    #[doc(hidden)]
    #[must_use]
    pub fn reference(&self, key: &str) -> Option<&Reference> {
        self.references.iter().find(|reference| reference.key == key)
    }

    /// The instrument of an id.
    #[doc(hidden)]
    #[must_use]
    pub fn instrument(&self, id: &str) -> Option<&Instrument> {
        self.instruments.iter().find(|instrument| instrument.id == id)
    }

    /// The figure of an id.
    #[must_use]
    pub fn figure(&self, id: &str) -> Option<&Figure> {
        self.figures.iter().find(|figure| figure.id == id)
    }

    /// The area that an expression of figures gives, if it is one: see `Amount::compute`.
    #[must_use]
    pub(crate) fn amount(&self, expression: &str) -> Option<Amount> {
        Amount::compute(expression, &self.figures).ok()
    }

    /// The claim that a depiction draws in a sector, if one is known.
    #[must_use]
    pub(crate) fn drawn_claim(&self, depiction: &str, sector: &str) -> Option<&DrawnClaim> {
        let drawn = |claim: &&DrawnClaim| claim.source == depiction && claim.covers(sector);
        self.claims.iter().find(drawn)
    }

    /// The id of the party whose claim that is.
    #[doc(hidden)]
    #[must_use]
    pub fn claimant(&self, depiction: &str, sector: &str) -> Option<&str> {
        self.drawn_claim(depiction, sector).map(|claim| claim.claim.as_str())
    }

    /// The point of an id.
    #[doc(hidden)]
    #[must_use]
    pub fn point(&self, id: &str) -> Option<&BoundaryPoint> {
        self.points.iter().find(|point| point.id == id)
    }

    /// The party of an id.
    #[must_use]
    pub(crate) fn party(&self, id: &str) -> Option<&Party> {
        self.parties.iter().find(|party| party.id == id)
    }

    /// The party on a side of the line.
    #[doc(hidden)]
    #[must_use]
    pub const fn party_on(&self, side: Side) -> &Party {
        match side {
            Side::Left => &self.parties[0],
            Side::Right => &self.parties[1],
        }
    }
}
