//! What reading changed or left out, in words.

use super::FixKind;
use crate::{Hint, Setting, hint};

impl FixKind {
    /// What to do where the same can be done about each of a kind.
    pub(super) fn hint(self) -> Option<Hint> {
        match self {
            Self::BytesEscaped => Some(hint![Setting::Encoding.with("NAME"), " names another"]),
            Self::OtherLine => Some(hint![
                Setting::Condition.with("NAME=VALUE"),
                " reads only features that have a value"
            ]),
            _ => None,
        }
    }

    /// The words of a message: what was found, once and several times, and what was done with it.
    pub(super) const fn words(self) -> [&'static str; 3] {
        match self {
            Self::RingClosed => [
                "a ring that is open",
                "ring was open and has been closed",
                "rings were open and have been closed",
            ],
            Self::LongitudeWrapped => [
                "a longitude beyond ±180°",
                "longitude beyond ±180° was brought back into that range",
                "longitudes beyond ±180° were brought back into that range",
            ],
            Self::LatitudeRounded => [
                "a latitude beyond ±90°",
                "latitude beyond ±90° by less than 0.0000001° was taken as ±90°",
                "latitudes beyond ±90° by less than 0.0000001° were taken as ±90°",
            ],
            Self::RingsSorted => [
                "a polygon without its shell before its holes",
                "polygon did not have its shell before its holes, and was sorted by which ring lies in which",
                "polygons did not have their shells before their holes, and were sorted by which ring lies in which",
            ],
            Self::EdgeAlongParallel => [
                "an edge from -180° to 180°",
                "edge of a frame goes from -180° to 180° and was taken along its parallel, degree by degree",
                "edges of frames go from -180° to 180° and were taken along their parallels, degree by degree",
            ],
            Self::HoleElsewhere => [
                "a hole that lies in another part than the part that lists it",
                "hole lies in another part of its feature than the part that lists it, and was moved there",
                "holes lie in other parts of their features than the parts that list them, and were moved there",
            ],
            Self::HoleRepeated => [
                "a hole that its polygon has already",
                "hole is there a second time in its polygon and was left out",
                "holes are there a second time in their polygons and were left out",
            ],
            Self::SystemOverridden => [
                "another coordinate system than the file states",
                "statement of a coordinate system is not followed",
                "statements of a coordinate system are not followed",
            ],
            Self::NorthingFirst => [
                "an x that is the northing, and a y that is the easting",
                "place has an x that is the northing: its y is the easting, with the number of its zone",
                "places have an x that is the northing: their y is the easting, with the number of its zone",
            ],
            Self::OutsideArea => [
                "a feature outside of the area that the operation is made for",
                "feature lies, in part or all of it, outside of the area that the operation on \
                 its coordinates is made for",
                "features lie, in part or all of them, outside of the area that the operation on \
                 their coordinates is made for",
            ],
            Self::HoleFills => [
                "a hole that is the same as its shell",
                "polygon has a hole that is the same as its shell, so it has no area",
                "polygons have a hole that is the same as their shell, so they have no area",
            ],
            Self::PolygonRepeated => [
                "a polygon that its feature has already",
                "polygon is there a second time in its feature and was left out",
                "polygons are there a second time in their features and were left out",
            ],
            Self::PartsOverlap => [
                "polygons of a feature that overlap",
                "feature has polygons that overlap; what they have in common is in its area more than once",
                "features have polygons that overlap; what these have in common is in their area more than once",
            ],
            Self::PartsJoined => [
                "polygons of a country that overlap",
                "country has polygons that overlap; its outline is that of all of them together",
                "countries have polygons that overlap; their outlines are those of all of them together",
            ],
            Self::OutlineCrosses => [
                "an outline that crosses itself",
                "outline crosses itself; its area is the area that it encloses",
                "outlines cross themselves; their area is the area that they enclose",
            ],
            Self::EncodingGuessed => [
                "text in an encoding that is not stated",
                "table does not say in which encoding its text is",
                "tables do not say in which encoding their text is",
            ],
            Self::BytesEscaped => [
                "bytes that the encoding does not know",
                "text has bytes that its encoding does not know; they are written as in \\x99",
                "texts have bytes that their encoding does not know; they are written as in \\x99",
            ],
            Self::ColumnRenamed => [
                "a column with the name of another one",
                "column has the name of another one and was given a number",
                "columns have the name of another one and were given numbers",
            ],
            Self::BehindHeader => [
                "a record after the end that the header states",
                "record lies after the end that the header states, and was read all the same",
                "records lie after the end that the header states, and were read all the same",
            ],
            Self::HeaderLength => [
                "a file that is shorter than its header states",
                "file is shorter than its header states and ends with a whole record; those that \
                 are there were read",
                "files are shorter than their headers state and end with a whole record; those that \
                 are there were read",
            ],
            Self::RecordLength => [
                "a record of another length than it states",
                "record states a wrong length and was read all the same",
                "records state a wrong length and were read all the same",
            ],
            Self::BytesLeftOver => [
                "bytes that belong to no record",
                "file has bytes that belong to no record and were left out",
                "files have bytes that belong to no record and were left out",
            ],
            Self::LineCollapsed => [
                "a line without two different positions",
                "line without two different positions was left out",
                "lines without two different positions were left out",
            ],
            Self::RingCollapsed => [
                "a ring without three different positions",
                "ring without three different positions was left out",
                "rings without three different positions were left out",
            ],
            Self::PartEmpty => {
                ["an empty part", "empty part was left out", "empty parts were left out"]
            }
            Self::NoGeometry => [
                "a feature without a geometry",
                "feature has no geometry, so there is nothing of it to measure",
                "features have no geometry, so there is nothing of them to measure",
            ],
            Self::OtherKind => [
                "a feature of another kind than is wanted",
                "feature was left out",
                "features were left out",
            ],
            Self::LineRepeated => [
                "a line that is there a second time",
                "line is there a second time and was counted once",
                "lines are there a second time and were counted once",
            ],
            Self::PartRepeated => [
                "a border of which a part is drawn twice",
                "border has a part that is drawn twice, and is in its length twice",
                "borders have parts that are drawn twice, and are in their lengths twice",
            ],
            Self::OtherCountries => [
                "a border that is there for several pairs of countries",
                "file has the same edges for several pairs of countries; they are counted for each pair",
                "files have the same edges for several pairs of countries; they are counted for each pair",
            ],
            Self::OutlineRepeated => [
                "outline that a country has a second time",
                "stretch of outline is there a second time in its country and was counted once",
                "stretches of outline are there a second time in their country and were counted once",
            ],
            Self::PieceRepeated => [
                "a piece that is there twice",
                "piece of the line is there twice and was counted once",
                "pieces of the line are there twice and were counted once",
            ],
            Self::Spur => [
                "a spur",
                "spur was left out, a piece that leaves the line and leads nowhere",
                "spurs were left out, pieces that leave the line and lead nowhere",
            ],
            Self::Loop => [
                "a loop that hangs on the line",
                "loop that hangs on the line was left out",
                "loops that hang on the line were left out",
            ],
            Self::LoopInside => [
                "a loop within the line",
                "loop within the line was left out",
                "loops within the line were left out",
            ],
            Self::CopyAside => [
                "a part that runs along others",
                "part runs along the others within 22 m from end to end and was left out as a copy",
                "parts run along the others within 22 m from end to end and were left out as copies",
            ],
            Self::RunsAlongItself => [
                "a stretch that runs along another one of the line",
                "stretch of the line runs along another one of it within 22 m; which of the two is \
                 the line nothing shows, so both are measured",
                "stretches of the line run along others of it within 22 m; which of each two is the \
                 line nothing shows, so both are measured",
            ],
            Self::ComesBack => [
                "a loop that may be the boundary",
                "loop within the line may be the boundary and is measured with the rest",
                "loops within the line may be the boundary and are measured with the rest",
            ],
            Self::Branch => [
                "a branch of the line",
                "stretch begins on another one; nothing shows which of the three ways that meet \
                 there are the line, so all are measured",
                "stretches begin on others; nothing shows which of the ways that meet there are the \
                 line, so all are measured",
            ],
            Self::ClosingEdge => [
                "an edge from the end of the line back to its start",
                "edge leads from the end of the line back to its start, is no boundary and was left out",
                "edges lead from the end of the line back to its start, are no boundary and were left out",
            ],
            Self::OtherLine => [
                "a piece of another line",
                "piece does not run along the line that is wanted and was left out",
                "pieces do not run along the line that is wanted and were left out",
            ],
            Self::ClaimedByBoth => [
                "an outline that both areas claim",
                "piece of outline is claimed by both and is no boundary between them",
                "pieces of outline are claimed by both and are no boundary between them",
            ],
            Self::DigitisedApart => [
                "a boundary whose two sides were digitised apart",
                "boundary has two sides that were digitised apart, and only what both have was taken",
                "boundaries have two sides that were digitised apart, and only what both have was taken",
            ],
            Self::WideTolerance => [
                "a tolerance near the spacing of the vertices",
                "tolerance is more than half of the median distance between vertices",
                "tolerances are more than half of the median distance between vertices",
            ],
            Self::RecordDeleted => [
                "a record that is marked as deleted",
                "record is marked as deleted and was left out",
                "records are marked as deleted and were left out",
            ],
            Self::ValueUnreadable => [
                "a value that is not of its column's type",
                "value is not of its column's type and was left out",
                "values are not of their column's type and were left out",
            ],
            Self::TableUnreadable => [
                "a table of attributes that cannot be read",
                "table of attributes cannot be read, so features have none",
                "tables of attributes cannot be read, so features have none",
            ],
            Self::RecordMissing => [
                "a shape without a record in the table of attributes",
                "shape has no record in the table of attributes, so it has none",
                "shapes have no record in the table of attributes, so they have none",
            ],
            Self::ShapeMissing => [
                "a record of the table of attributes without a shape",
                "record of the table of attributes has no shape and was left out",
                "records of the table of attributes have no shape and were left out",
            ],
            Self::ColumnElsewhere => [
                "a column with its text in a file of memos",
                "column has its text in a file of memos, which is not read",
                "columns have their text in a file of memos, which is not read",
            ],
            Self::LinkNotFollowed => [
                "a link to another file",
                "link to another file was not followed",
                "links to other files were not followed",
            ],
            Self::OverlayLeftOut => [
                "a picture laid over the map",
                "picture laid over the map was left out",
                "pictures laid over the map were left out",
            ],
            Self::ModelLeftOut => [
                "a model, which has no geometry of its own",
                "model, which is no line or area, was left out",
                "models, which are no lines or areas, were left out",
            ],
            Self::LongEdge => [
                "an edge of 180° of longitude or more",
                "edge goes 180° of longitude or more and was taken the shorter way around the Earth (add vertices to go the other way)",
                "edges go 180° of longitude or more and were taken the shorter way around the Earth (add vertices to go the other way)",
            ],
            Self::SaysIncomplete => [
                "a file that says it is incomplete",
                "file says with `exceededTransferLimit` that its server sent only a part of the features; ask for the rest",
                "files say with `exceededTransferLimit` that their servers sent only a part of the features; ask for the rest",
            ],
            Self::OtherGeometry => [
                "a second column of geometries",
                "column with the name of a geometry was kept as text, another one was read",
                "columns with the name of a geometry were kept as text, another one was read",
            ],
            Self::FileNotRead => [
                "a file of the archive that may be geodata",
                "file of the archive, next to others that were read, was left out",
                "files of the archive, next to others that were read, were left out",
            ],
            Self::SeveralLayers => [
                "a line of several layers",
                "line was put together from several layers",
                "lines were put together from several layers",
            ],
        }
    }
}
