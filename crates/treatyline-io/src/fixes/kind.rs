//! What reading may have changed or left out.

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
    /// A place whose first coordinate, though it is called x, is the northing.
    NorthingFirst,
    /// A feature outside of the area that the operation on its coordinates is made for.
    OutsideArea,
    /// Polygons of a feature overlap; what they have in common is in its area more than once.
    PartsOverlap,
    /// Polygons of a country overlap; its outline is that of what they cover together.
    PartsJoined,
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
            Self::NorthingFirst => "northing-first",
            Self::OutsideArea => "outside-area",
            Self::PartsOverlap => "parts-overlap",
            Self::PartsJoined => "parts-joined",
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
}
