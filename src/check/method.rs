//! `method/*`: two methods of measuring this line, compared with each other.

use super::{Derived, Finding, Given, Severity, Topic, Verdict};
use crate::geodesy::{CompensatedSum, Ellipsoid, Geodesic, Method};
use crate::quantity::Metres;
use crate::wording;

/// What the two may differ by on an edge: 1 nm that the series promises and 15 nm that
/// Karney's method in double precision is good to (Karney 2013, §9).
const TOLERANCE_M: f64 = 16e-9;

pub(super) fn check(given: &Given<'_>) -> Vec<Finding> {
    let path = given.depiction.line.vertices();
    let by =
        |method, path| Geodesic::new(Ellipsoid::WGS84).with_method(method).edge_lengths(path).ok();
    // Half of it on each thread.
    let middle = path.len() / 2;
    let karney = |part| by(Method::Karney, part);
    let (begin, end) = rayon::join(|| karney(&path[..=middle]), || karney(&path[middle..]));
    let theirs = begin.zip(end).map(|(begin, end)| [begin, end].concat());
    let both = by(Method::Series, path).zip(theirs);
    both.map(|(ours, theirs)| agreement(&ours, &theirs)).into_iter().collect()
}

/// The line by the series against the line by Karney's method, edge by edge.
fn agreement(series: &[Metres], karney: &[Metres]) -> Finding {
    let mut whole = CompensatedSum::default();
    let mut largest_m = 0.0_f64;
    for (ours, theirs) in series.iter().zip(karney) {
        let difference_m = (*ours - *theirs).value();
        whole.add(difference_m);
        largest_m = largest_m.max(difference_m.abs());
    }
    let agrees = largest_m <= TOLERANCE_M;
    let verdict = if agrees { Verdict::Consistent } else { Verdict::Inconsistent };
    let nm = |metres: f64| format!("{} nm", wording::number(metres * 1e9, 1));
    let why = format!(
        "On the {} edges of this line the series and Karney's method differ by {} at most, and by \
         {} in all; {} per edge are allowed (Karney's method itself is good to 15 nm).",
        wording::number(series.len() as f64, 0),
        nm(largest_m),
        nm(whole.total().abs()),
        nm(TOLERANCE_M),
    );
    Finding::new(Topic::Agreement, Severity::Error, verdict, why)
        .derived(Derived::metres("largest difference of an edge", largest_m))
        .derived(Derived::metres("difference of the whole", whole.total()))
        .on_files()
}

#[cfg(test)]
mod tests {
    use super::*;

    // No real line makes the two methods differ, so the test passes lengths in.

    #[test]
    fn nanometres_apart_is_agreement() {
        let found = agreement(&[1.0, 2.0].map(Metres::new), &[1.0, 2.0 + 2e-9].map(Metres::new));
        assert_eq!(found.verdict, Verdict::Consistent);
        assert!(found.explanation.contains("2 edges") && found.explanation.contains("2.0 nm"));
    }

    #[test]
    fn more_than_both_promise_is_none() {
        let found = agreement(&[1.0, 2.0].map(Metres::new), &[1.0, 2.0 + 2e-8].map(Metres::new));
        assert_eq!(found.verdict, Verdict::Inconsistent);
    }
}
