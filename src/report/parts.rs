//! The parts of reports for renderers in other crates, such as the pages of
//! `treatyline-pages`: sections, tables, the words of a comparison, axes and colours.

pub use super::comparison::{
    area, distances_in_words, distances_table, endings, gains, largest, largest_faces,
    lines_in_words, lines_table, significance,
};
pub use super::ink::{INSTRUMENT_COLOURS, Ink};
pub use super::phrase::{Phrase, PhraseKind};
pub use super::piece::names as evidence_names;
pub use super::resolution::{REST, SHOWN_WATER};
pub use super::sections::{Section, SectionKind, counts, mark, sections};
pub use super::table::{Lean, Table};
pub use super::text::glue;
pub use super::ticks::{extent, log_ticks, round_metres};
