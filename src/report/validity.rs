//! Since when and until when segments are the boundary, and which rivers take it along with them.

use super::model::Report;
use super::piece::PieceEntry;
use crate::wording::{self, date};

/// The sentences that go with the segments; none where no segment has a date and no river moves.
pub(super) fn sentences(report: &Report) -> Vec<String> {
    [in_force(report), with_rivers(report, true), with_rivers(report, false)]
        .into_iter()
        .flatten()
        .collect()
}

/// `In force: varanger-1 since 11 July 2007; …`. Neighbours with the same dates are named by the
/// first and the last of them.
fn in_force(report: &Report) -> Option<String> {
    let mut runs: Vec<(Vec<&str>, String)> = Vec::new();
    let mut open = false;
    for piece in &report.pieces {
        let Some(when) = when(piece) else {
            open = false;
            continue;
        };
        let ids = piece.segments.iter().map(String::as_str);
        match runs.last_mut().filter(|(_, last)| open && *last == when) {
            Some((run, _)) => run.extend(ids),
            None => runs.push((ids.collect(), when)),
        }
        open = true;
    }
    let one = |(ids, when): &(Vec<&str>, String)| format!("{} {when}", named(ids));
    let all: Vec<String> = runs.iter().map(one).collect();
    (!all.is_empty()).then(|| format!("In force: {}.", all.join("; ")))
}

/// `since 1993 until 2007`
fn when(piece: &PieceEntry) -> Option<String> {
    let dated = |word: &str, iso: &Option<String>| Some(format!("{word} {}", date(iso.as_ref()?)));
    let dates = [dated("since", &piece.facts.from), dated("until", &piece.facts.until)];
    let dates: Vec<String> = dates.into_iter().flatten().collect();
    (!dates.is_empty()).then(|| dates.join(" "))
}

/// The segments whose boundary moves with its river, or does not.
fn with_rivers(report: &Report, moves: bool) -> Option<String> {
    let alike = report.pieces.iter().filter(|it| it.facts.moves_with_river == Some(moves));
    let ids: Vec<String> = alike.flat_map(|piece| piece.segments.clone()).collect();
    let words = if moves {
        "Where the river moves, so does the boundary"
    } else {
        "The boundary stays where it was drawn, also if the river moves"
    };
    (!ids.is_empty()).then(|| format!("{words}: {}.", wording::list(&ids)))
}

/// A run of segments: one, two, or the first and the last.
fn named(ids: &[&str]) -> String {
    match ids {
        [one] => (*one).to_owned(),
        [first, second] => format!("{first} and {second}"),
        [first, .., last] => format!("{first} to {last}"),
        [] => String::new(),
    }
}
