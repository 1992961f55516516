//! `course.toml`: evidence for what the line follows, stretch by stretch.
//!
//! A program compiles the table from data that need not be shipped; the table names them with their
//! digests. It says for each stretch what shows it to be land or water. Stretches that it does not
//! name are not shown to be either, unless the text of a segment says so.

use serde::{Deserialize, Serialize};

use super::{Dossier, Medium, Segment};
use crate::line::Line;

/// The file as it is.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct CourseFile {
    /// `treatyline/course-table/v1`.
    pub(crate) format: String,
    /// How it was made.
    #[expect(dead_code, reason = "for people who read the file")]
    pub(crate) method: String,
    /// What it was made from.
    #[serde(rename = "input")]
    pub(crate) inputs: Vec<CourseInput>,
    /// Where a stretch begins and ends, in metres along the line, and what it follows.
    pub(crate) stretches: Vec<(f64, f64, Shown)>,
    /// Heights along stretches that a text describes by heights.
    #[serde(default, rename = "profile")]
    pub(crate) profiles: Vec<HeightProfile>,
}

/// The version of the format.
pub(super) const FORMAT: &str = "treatyline/course-table/v1";

/// Something that the table was compiled from.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct CourseInput {
    /// Bibliography key.
    pub(crate) source: String,
    /// SHA-256 of the file.
    pub(crate) sha256: String,
}

/// What shows a stretch to be land or water.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Shown {
    /// It runs along a mapped river: water.
    River,
    /// It runs on a ridge: land.
    Ridge,
    /// It is a long straight edge: land.
    Straight,
}

impl Shown {
    /// Whether it shows land.
    const fn is_land(self) -> bool {
        matches!(self, Self::Ridge | Self::Straight)
    }
}

/// What shows, stretch by stretch, what the line follows.
#[derive(Debug, Clone, Default)]
pub struct CourseTable {
    /// What it was compiled from.
    pub(crate) inputs: Vec<CourseInput>,
    /// Stretches in order, metres along the line; they do not overlap.
    pub stretches: Vec<(f64, f64, Shown)>,
    /// Heights along stretches that a text describes by heights.
    pub(crate) profiles: Vec<HeightProfile>,
}

/// Heights of the ground along a stretch of the line, with those that a text prints.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HeightProfile {
    /// What it shows.
    pub title: String,
    /// Bibliography key of the text.
    pub(crate) text: String,
    /// Bibliography key of the relief.
    pub(crate) relief: String,
    /// The first height is this far along the line, metres.
    pub from_m: f64,
    /// From one height to the next, metres along the line.
    pub step_m: f64,
    /// Heights of the relief, metres.
    pub heights_m: Vec<f64>,
    /// Heights of the text: what it calls the place, where that is taken to be along the line,
    /// and the height it prints, both in metres.
    pub printed: Vec<(String, f64, f64)>,
    /// Anything to know about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<String>,
}

impl HeightProfile {
    /// The height of the relief at a distance along the line, between two of its heights.
    #[must_use]
    pub(crate) fn height_m(&self, at_m: f64) -> Option<f64> {
        let at = (at_m - self.from_m) / self.step_m;
        if !at.is_finite() || at < 0.0 {
            return None;
        }
        let before = *self.heights_m.get(at.floor() as usize)?;
        let after = *self.heights_m.get(at.ceil() as usize)?;
        Some(before + (after - before) * at.fract())
    }
}

/// A stretch of the line that nothing shows to be land or water.
#[derive(Debug, Clone, PartialEq)]
pub struct NotShown {
    /// Where it begins, metres along the line.
    pub(crate) from_m: f64,
    /// Where it ends.
    pub(crate) to_m: f64,
    /// How much of it is not shown; the rest are short pieces between that are.
    pub length_m: f64,
    /// The segment that has most of it.
    pub(crate) segment: String,
}

/// Stretches that are not shown are joined over pieces that are shown to be land, if these are no
/// longer than this: six stations.
const PASSED_OVER_M: f64 = 600.0;

impl CourseTable {
    /// How much of a stretch is shown to be land, in metres.
    fn land_m(&self, from_m: f64, to_m: f64) -> f64 {
        let within = self.stretches.iter().filter(|(.., shown)| shown.is_land());
        within.map(|(begin, end, _)| (end.min(to_m) - begin.max(from_m)).max(0.0)).sum()
    }
}

/// Which share of each segment is shown to be land, between 0 and 1: none where it is shown to be
/// water or drawn through the sea, all of it where a text says so, otherwise what the table has of ridges and straight
/// edges, even where the shape of the line looks like a stream.
pub(super) fn land_shares(segments: &[Segment], line: &Line, table: &CourseTable) -> Vec<f64> {
    let share = |(segment, [from_m, to_m]): (&Segment, [f64; 2])| {
        if segment.facts.is_shown_water() || segment.facts.medium == Medium::Sea {
            return 0.0;
        }
        if segment.facts.is_by_text() {
            return 1.0;
        }
        (table.land_m(from_m, to_m) / (to_m - from_m)).clamp(0.0, 1.0)
    };
    segments.iter().zip(ends(segments, line)).map(share).collect()
}

/// Where each segment begins and ends, metres along the line.
fn ends<'a>(segments: &'a [Segment], line: &'a Line) -> impl Iterator<Item = [f64; 2]> + 'a {
    let mut vertex = 0;
    segments.iter().enumerate().map(move |(i, segment)| {
        // The first vertex of a part that is apart is not the last one of the part before.
        vertex += usize::from(i > 0 && segment.facts.apart);
        let at = |i: usize| line.chainages().get(i).map_or(0.0, |at| at.value());
        let from_m = at(vertex);
        vertex += segment.path.len().saturating_sub(1);
        [from_m, at(vertex)]
    })
}

impl Dossier {
    /// Where a segment begins and ends, metres along the line.
    #[doc(hidden)]
    #[must_use]
    pub fn segment_ends(&self) -> Vec<[f64; 2]> {
        ends(&self.segments, &self.line).collect()
    }

    /// The parts of a segment that nothing shows to be land or water: from and to, as shares of its
    /// length from its beginning.
    #[doc(hidden)]
    #[must_use]
    pub fn not_shown_in(&self, segment: usize) -> Vec<[f64; 2]> {
        let ends = self.segment_ends();
        let Some((segment, ends_m)) = self.segments.get(segment).zip(ends.get(segment)) else {
            return Vec::new();
        };
        let [from_m, to_m] = *ends_m;
        let share = |at_m: f64| ((at_m - from_m) / (to_m - from_m)).clamp(0.0, 1.0);
        let gaps = self.course.not_shown_of(segment, *ends_m);
        gaps.into_iter().map(|ends| ends.map(share)).collect()
    }

    /// The stretches that nothing shows to be land or water, longest first.
    #[doc(hidden)]
    #[must_use]
    pub fn not_shown(&self) -> Vec<NotShown> {
        let mut open: Vec<NotShown> = Vec::new();
        for (segment, ends_m) in self.segments.iter().zip(self.segment_ends()) {
            for [begin_m, end_m] in self.course.not_shown_of(segment, ends_m) {
                let length_m = end_m - begin_m;
                match open.last_mut().filter(|last| begin_m - last.to_m <= PASSED_OVER_M) {
                    Some(last) => {
                        // A stretch is named by the segment that has most of it.
                        if length_m > last.length_m {
                            last.segment.clone_from(&segment.id);
                        }
                        last.to_m = end_m;
                        last.length_m += length_m;
                    }
                    None => open.push(NotShown {
                        from_m: begin_m,
                        to_m: end_m,
                        length_m,
                        segment: segment.id.clone(),
                    }),
                }
            }
        }
        open.sort_by(|a, b| b.length_m.total_cmp(&a.length_m));
        open
    }
}

impl CourseTable {
    /// The parts of a segment that nothing shows to be land or water, in metres along the line, on
    /// which the segment begins at `from_m` and ends at `to_m`.
    fn not_shown_of(&self, segment: &Segment, [from_m, to_m]: [f64; 2]) -> Vec<[f64; 2]> {
        if segment.facts.is_shown_water() || segment.facts.is_by_text() {
            return Vec::new();
        }
        if segment.facts.medium == Medium::Sea {
            // No ridge and no straight edge shows the sea to be land.
            return if segment.facts.is_shown_sea() { Vec::new() } else { vec![[from_m, to_m]] };
        }
        self.gaps(from_m, to_m)
    }

    /// The parts of a stretch that the table does not show to be land.
    fn gaps(&self, from_m: f64, to_m: f64) -> Vec<[f64; 2]> {
        let mut gaps = Vec::new();
        let mut at_m = from_m;
        for (begin, end, shown) in &self.stretches {
            if !shown.is_land() || *end <= at_m || *begin >= to_m {
                continue;
            }
            if *begin > at_m {
                gaps.push([at_m, *begin]);
            }
            at_m = *end;
        }
        if at_m < to_m {
            gaps.push([at_m, to_m]);
        }
        gaps
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_table_does_not_show_to_be_land_is_between() {
        let table = CourseTable {
            stretches: vec![
                (0.0, 10.0, Shown::Ridge),
                (12.0, 14.0, Shown::River),
                (20.0, 30.0, Shown::Straight),
            ],
            ..CourseTable::default()
        };
        assert_eq!(table.gaps(5.0, 40.0), [[10.0, 20.0], [30.0, 40.0]]);
        assert_eq!(table.gaps(0.0, 30.0), [[10.0, 20.0]]);
        assert_eq!(table.gaps(22.0, 28.0), [[0.0; 2]; 0]);
        assert_eq!(table.land_m(5.0, 25.0), 10.0);
    }
}
