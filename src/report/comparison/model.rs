//! What the document `treatyline/comparison/v1` holds, in the order it is written.

use serde::Serialize;

use crate::compare::Version;
use crate::drawn::Provenance;
use crate::line::Side;
use crate::report::FixLists;

/// Two lines compared. Lengths in metres, areas in square metres, degrees on WGS 84.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(in crate::report) struct ComparisonDocument {
    /// The document type and its version.
    pub(crate) schema: &'static str,
    /// The ellipsoid of every length and area.
    pub(crate) ellipsoid: &'static str,
    /// Who is on the left, seen in the direction of the old line.
    pub(crate) left: String,
    /// Who is on the right.
    pub(crate) right: String,
    /// The old line.
    pub(crate) old: LineEntry,
    /// The new line.
    pub(crate) new: LineEntry,
    /// Whether the new line was drawn the other way and has been turned.
    pub(crate) new_turned: bool,
    /// The closed line that got a new start, nearest to the start of the other one.
    pub(crate) begun: Option<BegunEntry>,
    /// How long they are.
    pub(crate) length: LengthEntry,
    /// How far apart they are at worst.
    pub(crate) hausdorff: HausdorffEntry,
    /// How far apart they are along each of them.
    pub(crate) distance: DistanceEntry,
    /// How far apart two walkers are who walk along them.
    pub(crate) frechet: FrechetEntry,
    /// How the lines are joined, so that land is enclosed.
    pub(crate) ends: EndsEntry,
    /// The combined positional accuracy: only wider faces are significant.
    pub(crate) significant_above_m: f64,
    /// All significant land that changes sides, both ways together.
    pub(crate) transferred_m2: f64,
    /// What each party gains, left then right.
    pub(crate) gains: [GainEntry; 2],
    /// The areas between the lines, along the old one.
    pub(crate) faces: Vec<FaceEntry>,
    /// Which pieces were compared with each other; left out where that is all of both lines.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub(crate) stretches: Vec<StretchEntry>,
    /// Pieces that only one of the lines has: no part of distances and areas.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub(crate) only: Vec<OnlyEntry>,
}

/// Two pieces that are versions of one another.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(in crate::report) struct StretchEntry {
    /// Where the old one begins, as a distance along the old line.
    pub(crate) old_from_m: f64,
    /// How long the old one is.
    pub(crate) old_m: f64,
    /// Where the new one begins, as a distance along the new line.
    pub(crate) new_from_m: f64,
    /// How long the new one is.
    pub(crate) new_m: f64,
    /// Whether the old one is of a stretch that ran the other way and has been turned by itself.
    pub(crate) old_turned: bool,
    /// The same of the new one.
    pub(crate) new_turned: bool,
    /// How they are joined.
    pub(crate) ends: EndsEntry,
}

/// A piece that only one of the lines has.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(in crate::report) struct OnlyEntry {
    /// Which line.
    pub(crate) of: Version,
    /// At which distance along that line it begins.
    pub(crate) chainage_m: f64,
    /// How long it is.
    pub(crate) length_m: f64,
    /// Where it begins: longitude, latitude.
    pub(crate) from: [f64; 2],
    /// Where it ends: longitude, latitude.
    pub(crate) to: [f64; 2],
    /// The area it goes round; `null` for one that is not closed.
    pub(crate) encloses_m2: Option<f64>,
}

/// One of the two lines.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(in crate::report) struct LineEntry {
    #[serde(flatten)]
    #[allow(missing_docs, reason = "a schema would repeat the words")]
    pub(crate) provenance: Provenance,
    /// Its positional accuracy; `null` where it is not known.
    pub(crate) accuracy_m: Option<f64>,
    /// The reason for that accuracy.
    pub(crate) accuracy_basis: Option<String>,
    /// How many vertices it has.
    pub(crate) vertices: usize,
    /// Whether its parts had to be put in order, or turned, to follow one another.
    pub(crate) rearranged: bool,
    /// Gaps between its parts. Nothing of the line lies there, unless one has been bridged.
    pub(crate) gaps: Vec<GapEntry>,
    /// How near to each other, in degrees, the outlines of two polygons had to be.
    pub(crate) snapping_deg: f64,
    #[serde(flatten)]
    pub(crate) read: FixLists,
}

/// A closed line that got a new start.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(in crate::report) struct BegunEntry {
    /// Which line.
    pub(crate) of: Version,
    /// The new start, as a distance from the old start along the line as it runs now.
    pub(crate) at_m: f64,
}

/// A gap between two parts of a line.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(in crate::report) struct GapEntry {
    /// Longitude of where it begins.
    pub(crate) lon: f64,
    /// Latitude of where it begins.
    pub(crate) lat: f64,
    /// How wide it is.
    pub(crate) width_m: f64,
    /// Whether it has been bridged by a geodesic edge, which then is part of the line.
    pub(crate) bridged: bool,
}

/// The lengths of both lines.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(in crate::report) struct LengthEntry {
    /// Of the old line.
    pub(crate) old_m: f64,
    /// Of the new line.
    pub(crate) new_m: f64,
    /// New over old.
    pub(crate) ratio: f64,
}

/// The Hausdorff distance, from segment to segment.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(in crate::report) struct HausdorffEntry {
    /// The greater of the other two.
    pub(crate) symmetric_m: f64,
    /// How far the old line is from the new one at worst.
    pub(crate) from_old_m: f64,
    /// How far the new line is from the old one at worst.
    pub(crate) from_new_m: f64,
    /// Where that is.
    pub(crate) at: FarthestEntry,
}

/// Where the lines are farthest apart.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(in crate::report) struct FarthestEntry {
    /// The place of the old line that is farthest from the new one.
    pub(crate) from_old: FromOld,
    /// The place of the new line that is farthest from the old one.
    pub(crate) from_new: FromNew,
}

/// From a place of the old line to the nearest of the new one.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(in crate::report) struct FromOld {
    /// On the old line.
    pub(crate) old: SpotEntry,
    /// On the new line.
    pub(crate) new: SpotEntry,
}

/// From a place of the new line to the nearest of the old one.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(in crate::report) struct FromNew {
    /// On the new line.
    pub(crate) new: SpotEntry,
    /// On the old line.
    pub(crate) old: SpotEntry,
}

/// A place on a line.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(in crate::report) struct SpotEntry {
    /// Longitude.
    pub(crate) lon: f64,
    /// Latitude.
    pub(crate) lat: f64,
    /// Distance along the line to it.
    pub(crate) chainage_m: f64,
}

/// Distances along both lines.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(in crate::report) struct DistanceEntry {
    /// From the old line to the new one.
    pub(crate) from_old: DistributionEntry,
    /// From the new line to the old one.
    pub(crate) from_new: DistributionEntry,
}

/// How distances are distributed along a line.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(in crate::report) struct DistributionEntry {
    /// The mean.
    pub(crate) mean_m: f64,
    /// The largest possible error of the mean from sampling.
    pub(crate) mean_error_m: f64,
    /// The median.
    pub(crate) p50_m: f64,
    /// The distance that nine tenths of the line are within.
    pub(crate) p90_m: f64,
    /// The distance that ninety-nine hundredths are within.
    pub(crate) p99_m: f64,
    /// The longest step between samples where the distance is not straight.
    pub(crate) step_m: f64,
    /// The share of the line farther away than each tolerance.
    pub(crate) beyond: Vec<BeyondEntry>,
}

/// The share of a line farther away than a tolerance.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(in crate::report) struct BeyondEntry {
    /// The tolerance.
    pub(crate) tolerance_m: f64,
    /// The share, 0 to 1.
    pub(crate) share: f64,
}

/// The Fréchet distance.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(in crate::report) struct FrechetEntry {
    /// The distance between samples of the lines.
    pub(crate) discrete_m: f64,
    /// The step they were taken at: by how much the true distance can differ.
    pub(crate) step_m: f64,
    /// The distance itself, as precise as it was searched for.
    pub(crate) continuous: ContinuousEntry,
}

/// The continuous Fréchet distance.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(in crate::report) struct ContinuousEntry {
    /// The distance; `null` where only its bounds were found.
    pub(crate) distance_m: Option<f64>,
    /// It is not smaller.
    pub(crate) low_m: f64,
    /// It is not greater.
    pub(crate) high_m: f64,
}

/// Both ends of the lines.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(in crate::report) struct EndsEntry {
    /// Where the old line starts.
    pub(crate) start: JointEntry,
    /// Where it ends.
    pub(crate) end: JointEntry,
}

/// How the lines are joined at one end.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(in crate::report) struct JointEntry {
    /// How long the connection is.
    pub(crate) length_m: f64,
    /// Its end on the old line: longitude, latitude.
    pub(crate) old: [f64; 2],
    /// Its end on the new line: longitude, latitude.
    pub(crate) new: [f64; 2],
    /// The part of one line beyond the connection. It bounds no face.
    pub(crate) left_out: Option<LeftOutEntry>,
}

/// The part of a line beyond a connection.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(in crate::report) struct LeftOutEntry {
    /// Which line.
    pub(crate) of: Version,
    /// How much of it.
    pub(crate) length_m: f64,
}

/// What a party gains.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(in crate::report) struct GainEntry {
    /// Who.
    pub(crate) party: String,
    /// On which side.
    pub(crate) side: Side,
    /// In faces wider than the uncertainty of the lines.
    pub(crate) significant: SumEntry,
    /// In all other faces.
    pub(crate) noise: SumEntry,
}

/// How many faces, and their area.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(in crate::report) struct SumEntry {
    /// How many.
    pub(crate) faces: usize,
    /// Their area.
    pub(crate) area_m2: f64,
}

/// Land on different sides of the two lines.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(in crate::report) struct FaceEntry {
    /// Its area.
    pub(crate) area_m2: f64,
    /// Who gains it, going from old to new.
    pub(crate) gains: String,
    /// On which side they are.
    pub(crate) side: Side,
    /// Longitude of a place in it.
    pub(crate) lon: f64,
    /// Latitude of that place.
    pub(crate) lat: f64,
    /// Where it lies along the old line.
    pub(crate) chainage_m: FromTo,
    /// How wide it is.
    pub(crate) width_m: Width,
    /// Whether it is wider than the uncertainty of the lines.
    pub(crate) significant: bool,
}

/// A stretch of a line.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(in crate::report) struct FromTo {
    /// Distance along the line to its beginning.
    pub(crate) from: f64,
    /// Distance along the line to its end.
    pub(crate) to: f64,
}

/// The width of a face.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(in crate::report) struct Width {
    /// At its widest.
    pub(crate) max: f64,
    /// Its area over half its outline's length.
    pub(crate) mean: f64,
}
