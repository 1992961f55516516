//! What reading may have changed or left out, in words.

/// A kind of change or omission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum FixKind {
    /// An open ring was closed.
    RingClosed,
    /// A longitude beyond ±180° was brought back by whole turns.
    LongitudeWrapped,
    /// A latitude beyond ±90° by next to nothing was taken as ±90°.
    LatitudeRounded,
    /// Rings of a polygon were sorted by which lies in which.
    RingsSorted,
    /// An edge of a frame of the world was taken along its parallel.
    EdgeAlongParallel,
    /// A hole that lies in another part of its feature than that which has it.
    HoleElsewhere,
    /// A hole that its polygon has already.
    HoleRepeated,
    /// A hole that is the same as its shell.
    HoleFills,
    /// A polygon that its feature has already.
    PolygonRepeated,
    /// The system that a file states is not the one that its user says it is in.
    SystemOverridden,
    /// A feature outside of the area that the operation on its coordinates is made for.
    OutsideArea,
    /// Polygons of a feature overlap; what they have in common is in its area more than once.
    PartsOverlap,
    /// An outline crosses itself or a hole; its area is what it encloses.
    OutlineCrosses,
    /// Text in an encoding that nothing states.
    EncodingGuessed,
    /// Bytes that are no text in the encoding stated; they are written as `\x99`.
    BytesEscaped,
    /// Two columns of one name; the later one has a number behind it.
    ColumnRenamed,
    /// Records behind the end that a header announces.
    BehindHeader,
    /// A header that announces more than there is.
    HeaderLength,
    /// Records whose stated length is wrong.
    RecordLength,
    /// Bytes of a shapefile that are of no record.
    BytesLeftOver,
    /// A line without two different positions.
    LineCollapsed,
    /// A ring without three different positions.
    RingCollapsed,
    /// A part without any position.
    PartEmpty,
    /// A feature whose geometry is null or empty.
    NoGeometry,
    /// A feature of another kind than is measured.
    OtherKind,
    /// The same line a second time.
    LineRepeated,
    /// A part of a border that its lines have twice, and that is counted twice.
    PartRepeated,
    /// Lines that are there for different pairs of countries.
    OtherCountries,
    /// Outline that a country of several polygons has already.
    OutlineRepeated,
    /// A piece of a line that the line has already.
    PieceRepeated,
    /// A piece that leaves the line and comes back on itself, or ends nowhere.
    Spur,
    /// A small ring that hangs on the line.
    Loop,
    /// A loop that a line goes round before it goes on.
    LoopInside,
    /// A part of a line that runs along others from end to end.
    CopyAside,
    /// A stretch that runs along another one of its line.
    RunsAlongItself,
    /// A loop that may be the boundary.
    ComesBack,
    /// A stretch of a line that begins on another one.
    Branch,
    /// An edge that makes a ring of a line whose ends are apart.
    ClosingEdge,
    /// A piece of another line than the one that is wanted.
    OtherLine,
    /// An outline that two areas both have on the same side.
    ClaimedByBoth,
    /// A boundary whose two sides were digitised apart, so that much of it is not shared.
    DigitisedApart,
    /// A tolerance above half of what lies between vertices.
    WideTolerance,
    /// A record marked as deleted.
    RecordDeleted,
    /// A value that is none of its column's type.
    ValueUnreadable,
    /// A table of attributes that cannot be read.
    TableUnreadable,
    /// A shape for which the table of attributes has no record.
    RecordMissing,
    /// A record of the table of attributes for which there is no shape.
    ShapeMissing,
    /// A column whose values lie in another file that is not read.
    ColumnElsewhere,
    /// A link to another file.
    LinkNotFollowed,
    /// A picture laid over the map.
    OverlayLeftOut,
    /// A model of a building or the like.
    ModelLeftOut,
    /// An edge that goes half around the Earth or farther, as it is drawn.
    LongEdge,
    /// What a server did not send, as it says itself.
    SaysIncomplete,
    /// A second column of geometries.
    OtherGeometry,
    /// A file of an archive in a format that may be of anything.
    FileNotRead,
    /// Lines of several layers, put together as one.
    SeveralLayers,
}

impl FixKind {
    /// Its name in documents.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::RingClosed => "ring-closed",
            Self::LongitudeWrapped => "longitude-wrapped",
            Self::LatitudeRounded => "latitude-rounded",
            Self::RingsSorted => "rings-sorted",
            Self::EdgeAlongParallel => "edge-along-parallel",
            Self::HoleElsewhere => "hole-elsewhere",
            Self::HoleRepeated => "hole-repeated",
            Self::HoleFills => "hole-fills",
            Self::PolygonRepeated => "polygon-repeated",
            Self::SystemOverridden => "system-overridden",
            Self::OutsideArea => "outside-area",
            Self::PartsOverlap => "parts-overlap",
            Self::OutlineCrosses => "outline-crosses",
            Self::EncodingGuessed => "encoding-guessed",
            Self::BytesEscaped => "bytes-escaped",
            Self::ColumnRenamed => "column-renamed",
            Self::BehindHeader => "behind-header",
            Self::HeaderLength => "header-length",
            Self::RecordLength => "record-length",
            Self::BytesLeftOver => "bytes-left-over",
            Self::LineCollapsed => "line-collapsed",
            Self::RingCollapsed => "ring-collapsed",
            Self::PartEmpty => "part-empty",
            Self::NoGeometry => "no-geometry",
            Self::OtherKind => "other-kind",
            Self::LineRepeated => "line-repeated",
            Self::PartRepeated => "part-repeated",
            Self::OtherCountries => "other-countries",
            Self::OutlineRepeated => "outline-repeated",
            Self::PieceRepeated => "piece-repeated",
            Self::Spur => "spur",
            Self::Loop => "loop",
            Self::LoopInside => "loop-inside",
            Self::CopyAside => "copy-aside",
            Self::RunsAlongItself => "runs-along-itself",
            Self::ComesBack => "comes-back",
            Self::Branch => "branch",
            Self::ClosingEdge => "closing-edge",
            Self::OtherLine => "other-line",
            Self::ClaimedByBoth => "claimed-by-both",
            Self::DigitisedApart => "digitised-apart",
            Self::WideTolerance => "wide-tolerance",
            Self::RecordDeleted => "record-deleted",
            Self::ValueUnreadable => "value-unreadable",
            Self::TableUnreadable => "table-unreadable",
            Self::RecordMissing => "record-missing",
            Self::ShapeMissing => "shape-missing",
            Self::ColumnElsewhere => "column-elsewhere",
            Self::LinkNotFollowed => "link-not-followed",
            Self::OverlayLeftOut => "overlay-left-out",
            Self::ModelLeftOut => "model-left-out",
            Self::LongEdge => "long-edge",
            Self::SaysIncomplete => "says-incomplete",
            Self::OtherGeometry => "other-geometry",
            Self::FileNotRead => "file-not-read",
            Self::SeveralLayers => "several-layers",
        }
    }

    /// Whether something was left out; otherwise it was read, but not as it is.
    #[doc(hidden)]
    #[must_use]
    pub const fn leaves_out(self) -> bool {
        matches!(
            self,
            Self::BytesLeftOver
                | Self::LineCollapsed
                | Self::RingCollapsed
                | Self::PartEmpty
                | Self::NoGeometry
                | Self::OtherKind
                | Self::LineRepeated
                | Self::HoleRepeated
                | Self::PolygonRepeated
                | Self::OutlineRepeated
                | Self::PieceRepeated
                | Self::Spur
                | Self::Loop
                | Self::LoopInside
                | Self::CopyAside
                | Self::ClosingEdge
                | Self::OtherLine
                | Self::ClaimedByBoth
                | Self::DigitisedApart
                | Self::RecordDeleted
                | Self::ValueUnreadable
                | Self::TableUnreadable
                | Self::RecordMissing
                | Self::ShapeMissing
                | Self::ColumnElsewhere
                | Self::LinkNotFollowed
                | Self::OverlayLeftOut
                | Self::ModelLeftOut
                | Self::SaysIncomplete
                | Self::FileNotRead
        )
    }

    /// Whether the user asked for it, so that it is no reason to refuse a file.
    pub(super) const fn is_asked_for(self) -> bool {
        matches!(self, Self::SystemOverridden)
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
                "text has bytes that its encoding does not know; they are written as in \\x99 (--encoding NAME names another)",
                "texts have bytes that their encoding does not know; they are written as in \\x99 (--encoding NAME names another)",
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
                "piece does not run along the line that is wanted and was left out (--where \
                 NAME=VALUE reads only features that have a value)",
                "pieces do not run along the line that is wanted and were left out (--where \
                 NAME=VALUE reads only features that have a value)",
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
                "tolerance, that of --snap, is more than half of the median distance between vertices",
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
