//! Reports: one model, one renderer per file.
//!
//! [`Report::new`] gathers everything a report says. The renderers only write it: none of them
//! measures, prints or colours.

mod comparison;
mod conversion;
mod course;
mod csv;
mod figures;
mod fixes;
mod heights;
mod ink;
mod instruments;
mod json;
mod junit;
mod layers;
mod legends;
mod listing;
mod markdown;
mod measures;
mod medium;
mod model;
mod neighbours;
pub mod parts;
mod phrase;
mod piece;
mod place;
mod resolution;
mod sarif;
mod schema;
mod sections;
mod styled;
mod survey;
mod table;
mod text;
mod ticks;
mod transfer;

pub use comparison::{Compared, comparison_json, comparison_layer, comparison_text};
pub use course::{
    AlongEntry, CarriedEntry, CourseLine, CourseMethod, CourseReport, CourseStretch, FollowsEntry,
    HeightsEntry, NamedStretch, OntoEntry, PlateauEntry, RangeEntry, ReliefEntry, ReliefError,
    RiverFile, RiverMap, RiversEntry, RunEntry, RunsEntry, StraightEntry, WithinEntry,
    course_layer,
};
pub use csv::{figures as figures_csv, findings as findings_csv, report as report_csv};
pub use fixes::{FixEntry, FixLists, OperationEntry};
pub use json::{findings as findings_json, findings_on as findings_json_on, report as report_json};
pub use junit::findings as findings_junit;
pub use layers::{line, points, sectors, segments};
pub use listing::{Chooser, ListedPoint, PointList};
pub use markdown::report as report_markdown;
pub use measures::{
    CrossesEntry, FeatureEntry, GapEntry, GroupEntry, JoinedEntry, MeasureCsv, MeasureHead,
    MeasureJson, MeasureMethod, MeasureSums, MeasureText, MeasureWriter, TotalEntry,
};
pub use medium::{NotShownEntry, ShownEntry, ShownParts};
pub use model::{
    DerivedEntry, Ellipsoidal, FigureEntry, FindingEntry, Lengths, LineEntry, Method, Range, Report,
};
pub use neighbours::{NeighboursReport, neighbours_json, neighbours_layer, neighbours_text};
pub use piece::{PieceEntry, PieceFacts};
pub use place::PlaceEntry;
pub use resolution::{
    CurveEntry, DimensionEntry, LineOrigin, PointEntry, PublishedLength, ReachEntry, Reached,
    ResolutionMethod, ResolutionReport, StretchEntry,
};
pub use sarif::findings as findings_sarif;
pub use schema::{DocumentSchema, SCHEMAS};
pub use styled::{Style, StyledText};
pub use survey::{
    ApartEntry, AttributesEntry, CountryEntry, OutlinesEntry, PairEntry, PairRivers, SurveyReport,
    SurveyRivers, SurveyTotal,
};
pub use text::{findings as findings_text, report as report_text};
pub use transfer::TransferEntry;
