//! `topology/place`: whether another line lies where the dossier's does. A line in another coordinate
//! system is as long as it is, wherever that puts it, so a length does not show it.

use super::fit::too_coarse;
use super::{Derived, Finding, Given, Severity, Topic, Verdict};
use crate::io::Setting;
use crate::quantity::Dimension;
use crate::wording::distance;

pub(super) fn check(given: &Given<'_>) -> Vec<Finding> {
    let Given { dossier, depiction, .. } = given;
    if depiction.is_own {
        return Vec::new();
    }
    let off_m = depiction.fitness.off.value();
    let most_m = 2.0 * (depiction.accuracy_m + dossier.line_facts.accuracy_m);
    let [off, most] = [off_m, most_m].map(distance);
    let (verdict, why) = if off_m <= most_m {
        let why = format!(
            "Half of this line or more lies within {off} of the dossier's line; up to {most} both \
             lines' accuracies explain."
        );
        (Verdict::Consistent, why)
    } else if let Some(coarse) = depiction.fitness.coarse {
        let why = too_coarse(dossier, coarse);
        (Verdict::Undecided, format!("{why} Half of it lies {off} or more off the dossier's line."))
    } else {
        let why = format!(
            "Half of this line or more lies {off} or more off the dossier's line, and both lines' \
             accuracies explain no more than {most}. It is another line, is less accurate than \
             stated, or is in another coordinate system, which {} looks for.",
            Setting::Datum
        );
        (Verdict::Inconsistent, why)
    };
    let derived = Derived::metres("distance from the dossier's line, median", off_m)
        .into_iter()
        .chain(Derived::metres("tolerance", most_m));
    let finding = Finding::new(Topic::Line("place"), Severity::Error, verdict, why);
    vec![finding.derived(derived).residual(off_m, Dimension::Length)]
}
