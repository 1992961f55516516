//! `closure/*`: relations between published figures, in interval arithmetic.

use super::{Derived, Finding, Severity, Study, Topic, Verdict};
use crate::dossier::{Comparator, Relation, Value};
use crate::quantity::Interval;
use crate::wording;

pub(super) fn check(study: &Study<'_>) -> Vec<Finding> {
    study.dossier.relations.iter().filter_map(|relation| one(study, relation)).collect()
}

fn one(study: &Study<'_>, relation: &Relation) -> Option<Finding> {
    let dossier = study.dossier;
    // Every claim has been computed once, when the dossier was read.
    let (left, right) = relation.claim.evaluate(&dossier.figures).ok()?;
    let (possible, open) = match relation.claim.comparison() {
        Comparator::Equal => (left.interval.meets(right.interval), false),
        Comparator::AtLeast => at_most(right.interval, left.interval),
        Comparator::AtMost => at_most(left.interval, right.interval),
    };
    let needs = relation.assumes.as_ref().map(|assumes| assumes.trim_end_matches('.'));
    let (verdict, outcome) = match (possible, open, needs) {
        (false, ..) => (Verdict::Inconsistent, "Even within their rounding the figures exclude it"),
        (true, false, None) => (Verdict::Consistent, "Within their rounding the figures allow it"),
        (true, ..) => (Verdict::Undecided, "Within their rounding the figures allow it"),
    };
    let mut doubt = String::new();
    if possible && open {
        doubt.push_str(" One side has no bound, so it can be excluded but not confirmed.");
    }
    match needs {
        Some(needs) if possible => {
            doubt.push_str(&format!(" Undecided: true only if {needs}, which no source says."));
        }
        Some(needs) => doubt.push_str(&format!(" It assumes that {needs}.")),
        None => {}
    }
    let sign = relation.claim.comparison().sign();
    let explanation = format!(
        "Tested: {} {outcome}: {} {sign} {}.{doubt}",
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
    let topic = Topic::Relation(relation.name.clone());
    Some(
        Finding::new(topic, Severity::error_if(relation.is_error), verdict, explanation)
            .on_figures_alone()
            .figures(ids)
            .derived([
                Derived::new("left side", left.interval, left.dimension),
                Derived::new("right side", right.interval, right.dimension),
            ])
            .residual_from(right.interval)
            .sources(sources),
    )
}

/// Whether the first can be at most the second; and whether this can only be excluded, never
/// confirmed: a first value without an upper end is never shown to be small enough.
fn at_most(small: Interval, large: Interval) -> (bool, bool) {
    (small.low() <= large.high(), !small.high().is_finite())
}

/// The result of the printed numbers, with its range.
fn text(value: Value) -> String {
    wording::with_range(value.nominal, value.interval, value.dimension)
}
