//! The dossier: line, instruments and published figures of one boundary together.
//!
//! `docs/dossier.md` describes the files. Reading validates everything and reports
//! all problems at once; a [`Dossier`] that exists is sound.

mod amount;
mod bounds;
mod claim;
mod course;
mod curves;
mod depiction;
#[cfg(feature = "china-kazakhstan")]
mod embedded;
mod expression;
mod figure;
mod fitness;
mod instrument;
mod manifest;
mod measurement;
mod names;
mod point;
mod read;
mod sector;
mod segment;
mod validate;

pub use amount::Amount;
pub use bounds::{ACCURACY, is_accuracy};
pub use claim::{Claim, Comparator, Relation, Weight};
pub use course::{CourseInput, CourseTable, HeightProfile, NotShown, Shown};
pub use curves::LineCurves;
pub(crate) use depiction::own_pieces;
pub use depiction::{Depiction, Piece, SegmentJoint};
pub use expression::Value;
pub use figure::{Figure, Qualifier, Standing, Wind};
pub use fitness::{Coarse, Fitness, LacksDetail, More, Vertices};
pub use instrument::{Instrument, Stage};
pub use manifest::{
    Band, Confidence, Division, DrawnClaim, LineFacts, Party, Reference, Settlement,
};
pub use measurement::{Measurement, Resolution, ShownLengths};
pub use names::{Language, Names, Stretch};
pub use point::{BoundaryPoint, PointKind, Printed, PrintedNumber, Published, StatedPosition};
pub use read::Sources;
pub use sector::{Sector, SectorFacts, Transfer};
pub use segment::{Evidence, Follows, Medium, Segment, SegmentFacts};

use std::collections::BTreeMap;

use crate::line::{Line, Side};

/// One boundary: what it is, where it runs, what has been published about it.
#[derive(Debug, Clone)]
pub struct Dossier {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The title in other languages.
    pub names: Names,
    /// What is known of stretches of the line, by the name that segments give them.
    pub stretches: BTreeMap<String, Stretch>,
    /// Start, end and accuracy of the line.
    pub line_facts: LineFacts,
    /// The party on the left, then the one on the right.
    pub parties: [Party; 2],
    /// The resolutions at which a published length can have been measured.
    pub band: Band,
    /// How the disputed land was divided, if published.
    pub division: Option<Division>,
    /// Older depictions, and whose claims they draw.
    pub claims: Vec<DrawnClaim>,
    /// The bibliography.
    pub references: Vec<Reference>,
    /// Instruments, as in the file.
    pub instruments: Vec<Instrument>,
    /// Published figures, as in the file.
    pub figures: Vec<Figure>,
    /// Claims that relate figures to one another.
    pub relations: Vec<Relation>,
    /// The line, start to end.
    pub segments: Vec<Segment>,
    /// The evidence for what the line follows, stretch by stretch.
    pub course: CourseTable,
    /// Which share of each segment is shown to be land.
    pub land_shares: Vec<f64>,
    /// Tripoints, boundary points, crossings, landmarks.
    pub points: Vec<BoundaryPoint>,
    /// Areas that were in dispute.
    pub sectors: Vec<Sector>,
    /// The segments joined.
    pub line: Line,
    /// Where it was read from.
    pub origin: String,
    /// SHA-256 of its files, in the order of `docs/dossier.md`.
    pub digest: String,
}

impl Dossier {
    /// The bibliography entry of a key.
    #[must_use]
    pub fn reference(&self, key: &str) -> Option<&Reference> {
        self.references.iter().find(|reference| reference.key == key)
    }

    /// The instrument of an id.
    #[must_use]
    pub fn instrument(&self, id: &str) -> Option<&Instrument> {
        self.instruments.iter().find(|instrument| instrument.id == id)
    }

    /// The figure of an id.
    #[must_use]
    pub fn figure(&self, id: &str) -> Option<&Figure> {
        self.figures.iter().find(|figure| figure.id == id)
    }

    /// The area that an expression of figures gives, if it is one: see [`Amount::compute`].
    #[must_use]
    pub fn amount(&self, expression: &str) -> Option<Amount> {
        Amount::compute(expression, &self.figures).ok()
    }

    /// The claim that a depiction draws in a sector, if one is known.
    #[must_use]
    pub fn drawn_claim(&self, depiction: &str, sector: &str) -> Option<&DrawnClaim> {
        let drawn = |claim: &&DrawnClaim| claim.source == depiction && claim.covers(sector);
        self.claims.iter().find(drawn)
    }

    /// The id of the party whose claim that is.
    #[must_use]
    pub fn claimant(&self, depiction: &str, sector: &str) -> Option<&str> {
        self.drawn_claim(depiction, sector).map(|claim| claim.claim.as_str())
    }

    /// The point of an id.
    #[must_use]
    pub fn point(&self, id: &str) -> Option<&BoundaryPoint> {
        self.points.iter().find(|point| point.id == id)
    }

    /// The party of an id.
    #[must_use]
    pub fn party(&self, id: &str) -> Option<&Party> {
        self.parties.iter().find(|party| party.id == id)
    }

    /// The party on a side of the line.
    #[must_use]
    pub const fn party_on(&self, side: Side) -> &Party {
        match side {
            Side::Left => &self.parties[0],
            Side::Right => &self.parties[1],
        }
    }
}
