//! `closure/*`: relations between published figures, in interval arithmetic.

use super::{Derived, Finding, Severity, Subject, Verdict};
use crate::dossier::{Comparison, Relation, Value};
use crate::quantity::Unit;
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
    let sides = format!("{} against {}", text(left), text(right));
    let (verdict, word) = match (&relation.assumes, possible) {
        (_, false) => (Verdict::Inconsistent, "exclude"),
        (None, true) => (Verdict::Consistent, "allow"),
        (Some(_), true) => (Verdict::Undecided, "allow"),
    };
    let needs = relation
        .assumes
        .as_ref()
        .map_or_else(String::new, |assumes| format!(" Assumed, which no figure says: {assumes}"));
    let explanation = format!("Claim: {} The ranges {word} it: {sides}.{needs}", relation.says);
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

/// The printed numbers' result with its range; what is all but a point stands alone.
fn text(value: Value) -> String {
    let unit = Unit::for_people(value.dimension);
    let (low, high) = (value.interval.low(), value.interval.high());
    let width = (high - low) / unit.si;
    if width < 1e-9 || !width.is_finite() {
        return wording::range(value.interval, value.dimension, 1);
    }
    let decimals = if width < 0.1 { 3 } else { 1 };
    let number = |si: f64| wording::number(si / unit.si, decimals);
    let nominal = number(value.nominal);
    format!("{nominal} {} [{}, {}]", unit.symbol, number(low), number(high))
}
