//! `closure/*`: relations between published figures, in interval arithmetic.

use super::{Derived, Finding, Severity, Subject, Verdict};
use crate::dossier::{Comparison, Relation, Value};
use crate::wording;

pub(super) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    subject.dossier.relations.iter().filter_map(|relation| one(subject, relation)).collect()
}

fn one(subject: &Subject<'_>, relation: &Relation) -> Option<Finding> {
    let dossier = subject.dossier;
    // Every claim has been computed once, when the dossier was read.
    let (left, right) = relation.claim.evaluate(&dossier.figures).ok()?;
    let possible = match relation.claim.comparison() {
        Comparison::Equal => left.interval.meets(right.interval),
        Comparison::AtLeast => left.interval.high() >= right.interval.low(),
        Comparison::AtMost => left.interval.low() <= right.interval.high(),
    };
    let (verdict, outcome) = match (&relation.assumes, possible) {
        (_, false) => (Verdict::Inconsistent, "Even within their rounding the figures exclude it"),
        (None, true) => (Verdict::Consistent, "Within their rounding the figures allow it"),
        (Some(_), true) => (Verdict::Undecided, "Within their rounding the figures allow it"),
    };
    let because = if possible { "It stays undecided because it" } else { "It" };
    let needs = relation.assumes.as_ref().map_or_else(String::new, |assumes| {
        format!(" {because} assumes, and no figure says, that {assumes}")
    });
    let sign = relation.claim.comparison().sign();
    let explanation = format!(
        "Tested: {} {outcome}: {} {sign} {}.{needs}",
        relation.says,
        text(left),
        text(right)
    );
    let ids = relation.claim.figures();
    let sources: Vec<_> = ids
        .iter()
        .filter_map(|id| dossier.figure(id))
        .map(|figure| &figure.source)
        .chain(&relation.sources)
        .collect();
    let residual = left.nominal - right.nominal;
    Some(
        Finding::new(&relation.id, Severity::error_if(relation.is_error), verdict, explanation)
            .on_figures_alone()
            .figures(ids)
            .derived([
                Derived::new("left side", left.interval, left.dimension),
                Derived::new("right side", right.interval, right.dimension),
            ])
            .residual(residual, left.dimension)
            .sources(sources),
    )
}

/// The printed numbers' result with its range.
fn text(value: Value) -> String {
    wording::with_range(value.nominal, value.interval, value.dimension)
}
