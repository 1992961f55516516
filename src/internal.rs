//! What the crates of this workspace above this one need and nobody else: the pages, the command,
//! their tests and this crate's own. It is public because Cargo knows no friends, and hidden because
//! it may change with any version.

pub use treatyline_crs::internal::open as open_operations;
pub use treatyline_geodesy::internal::limit_threads;
pub use treatyline_io::internal::{digest, name_settings, quiet};

pub mod check {
    pub use crate::check::id::CheckKind;
}

pub mod compare {
    pub use crate::compare::comparison::Compared;
    pub use crate::compare::distribution::Distribution;
    pub use crate::compare::hausdorff::farthest;
    pub use crate::compare::neighbours::Neighbours;
    pub use crate::compare::profile::{Bin, Profile};
}

pub mod course {
    pub use crate::course::near::Nearness;
    pub use crate::course::onto::Carried;
    pub use crate::course::relief::{CrossSection, Relief};
    pub use crate::course::settings::{LEAST_M, MOST_M, MOST_STATIONS};
}

pub mod dossier {
    pub use crate::dossier::bounds::{ACCURACY, is_accuracy};
    pub use crate::dossier::course::{HeightProfile, Shown};
    pub use crate::dossier::depiction::{Piece, without_other_lines};
    pub use crate::dossier::instrument::Instrument;
    pub use crate::dossier::manifest::Reference;
    pub use crate::dossier::names::Language;
    pub use crate::dossier::point::{BoundaryPoint, PointKind, StatedPosition};
    pub use crate::dossier::sector::{Sector, Transfer};
}

pub mod drawn {
    pub use crate::drawn::countries::{Countries, country};
    pub use crate::drawn::provenance::Provenance;

    pub mod lines {
        pub use crate::drawn::between::read;
        pub use crate::drawn::lines::{Lines, lines, scale, title};
    }
}

pub mod geodesy {
    pub use treatyline_geodesy::internal::{Instructions, earth};
}

pub mod identify {
    pub use crate::identify::{Identification, KnownLine, LEAST_OFFSET};
    pub use treatyline_io::internal::PrintedTable;
}

pub mod line {
    pub use crate::line::shared::SNAPPING_DEG;
}

pub mod progress {
    pub use crate::progress::{Progress, WorkStage};
}

pub mod report {
    pub use crate::report::comparison::{
        Compared, area, comparison_json, comparison_layer, comparison_text, distances_in_words,
        distances_table, endings, gains, largest, largest_faces, lines_in_words, lines_table,
        significance,
    };
    pub use crate::report::construction::ConstructionReport;
    pub use crate::report::course::{CourseLine, CourseReport, NamedStretch, course_layer};
    pub use crate::report::csv::{
        figures as figures_csv, findings as findings_csv, report as report_csv,
    };
    pub use crate::report::finding::{DerivedEntry, FindingEntry};
    pub use crate::report::fixes::FixLists;
    pub use crate::report::identification::DatumReport;
    pub use crate::report::ink::{INSTRUMENT_COLOURS, Ink};
    pub use crate::report::json::findings_on as findings_json_on;
    pub use crate::report::listing::PointList;
    pub use crate::report::measures::{
        FeatureEntry, JoinedEntry, MeasureCsv, MeasureHead, MeasureJson, MeasureSums, MeasureText,
        MeasureWriter,
    };
    pub use crate::report::model::FigureEntry;
    pub use crate::report::neighbours::{
        NeighboursReport, neighbours_json, neighbours_layer, neighbours_text,
    };
    pub use crate::report::phrase::{Phrase, PhraseKind};
    pub use crate::report::piece::{PieceEntry, PieceFacts, names as evidence_names};
    pub use crate::report::resolution::{CurveEntry, LineOrigin, REST, SHOWN_WATER, StretchEntry};
    pub use crate::report::sections::{Section, SectionKind, counts, mark, sections};
    pub use crate::report::styled::Style;
    pub use crate::report::survey::SurveyReport;
    pub use crate::report::table::{Lean, Table};
    pub use crate::report::text::glue;
    pub use crate::report::ticks::{extent, log_ticks, round_metres};
    pub use crate::report::validation::ValidationReport;
}

pub mod resolution {
    pub use crate::resolution::divider::walked;
    pub use crate::resolution::thinning::{Thinning, simplified};
}

pub mod survey {
    pub use crate::survey::lines::KNOWN as KNOWN_SIDES;
    pub use crate::survey::rivers::ByRivers;
}

pub mod wording {
    pub use crate::wording::{
        about, count, date, distance, echoed, either, is_xml, km, list, number, passed_on,
        shortened, within,
    };
}
