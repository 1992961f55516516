//! `conflict/*`: figures of one scope that exclude one another.

use super::{Derived, Finding, Severity, Study, Topic, Verdict};
use crate::dossier::{Figure, Standing};
use crate::quantity::Interval;
use crate::wording;

pub(super) fn check(study: &Study<'_>) -> Vec<Finding> {
    let mut scopes: Vec<Vec<&Figure>> = Vec::new();
    for figure in &study.dossier.figures {
        let same = |group: &&mut Vec<&Figure>| {
            group.first().is_some_and(|first| {
                first.scope == figure.scope && first.unit.dimension == figure.unit.dimension
            })
        };
        match scopes.iter_mut().find(same) {
            Some(group) => group.push(figure),
            None => scopes.push(vec![figure]),
        }
    }
    scopes.iter().filter(|group| group.len() > 1).map(|group| one(group)).collect()
}

fn one(group: &[&Figure]) -> Finding {
    let mut pairs = Vec::new();
    for (i, a) in group.iter().enumerate() {
        pairs.extend(
            group[i + 1..].iter().filter(|b| !a.interval.meets(b.interval)).map(|b| (*a, *b)),
        );
    }
    let governing = |figure: &Figure| figure.standing == Standing::Governing;
    let binding = pairs.iter().any(|(a, b)| governing(a) && governing(b));
    let texts: Vec<String> = group.iter().map(|figure| figure.text()).collect();
    let (first, dimension) = (group[0], group[0].unit.dimension);
    let topic = Topic::Scope(first.scope.clone());
    let severity = Severity::error_if(binding);
    let widest = pairs.iter().map(|(a, b)| a.interval.gap(b.interval).abs()).fold(0.0, f64::max);
    let finding = if pairs.is_empty() {
        let explanation = format!(
            "{} published figures for the same thing agree within their rounding: {}.",
            group.len(),
            wording::list(&texts)
        );
        Finding::new(topic, severity, Verdict::Consistent, explanation)
    } else {
        let unit = crate::quantity::Unit::for_people(dimension);
        let explanation = format!(
            "Not all of these published figures for the same thing can be true: {}. The two farthest \
             apart differ by at least {} {}. All are kept.",
            wording::list(&texts),
            // A difference is never said to be nothing.
            wording::floor(widest / unit.si, if widest < 0.1 * unit.si { 4 } else { 1 }),
            unit.symbol,
        );
        let least = Interval::new(widest, f64::INFINITY).unwrap_or(Interval::ZERO);
        Finding::new(topic, severity, Verdict::Inconsistent, explanation).derived([Derived::new(
            "difference of the two farthest apart",
            least,
            dimension,
        )])
    };
    finding
        .on_figures_alone()
        .figures(group.iter().map(|figure| figure.id.as_str()))
        .sources(group.iter().map(|figure| &figure.source))
}
