//! `length/*`: the measured line against every published length of it.
//!
//! A length has no meaning without its resolution, and a published one does not
//! tell its own. So the derived length is a range, over the measurement band, and a
//! published figure is borne out where its interval meets that range.
//!
//! For land and water the range depends, beyond the band, on segments whose medium
//! is only inferred. The verdict is a verdict only if it does not.

use super::{Derived, Finding, Severity, Subject, Verdict};
use crate::dossier::{Figure, Qualifier, Resolution, Segment, Standing};
use crate::quantity::{Dimension, Interval, Metres};
use crate::wording::{self, km};

pub(super) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let figures = subject.dossier.figures.iter();
    let lengths = figures.filter(|figure| figure.unit.dimension == Dimension::Length);
    lengths.filter_map(|figure| one(subject, figure)).collect()
}

fn one(subject: &Subject<'_>, figure: &Figure) -> Option<Finding> {
    let finding = match figure.scope.strip_prefix("line") {
        Some("") => total(subject, figure),
        Some("/land") => medium(subject, figure, false),
        Some("/water") => medium(subject, figure, true),
        Some(stretch) => named(subject, figure, stretch.strip_prefix('/')?),
        None => return None,
    };
    let sources = [&figure.source, &subject.dossier.line_facts.accuracy_source];
    Some(finding.figures([figure.id.as_str()]).sources(sources))
}

/// The finding's id is the figure's: `length-total` is tested by `length/total`.
fn id(figure: &Figure) -> String {
    format!("length/{}", figure.id.strip_prefix("length-").unwrap_or(&figure.id))
}

fn severity(figure: &Figure) -> Severity {
    Severity::error_if(figure.standing == Standing::Governing)
}

/// `the published 1,782.75 km`
fn published(figure: &Figure) -> String {
    match figure.qualifier {
        Qualifier::Exact => format!("the published {}", figure.text()),
        _ => format!("the published figure of {}", figure.text()),
    }
}

fn verdict_on(derived: Interval, figure: &Figure) -> Verdict {
    if derived.meets(figure.interval) { Verdict::Consistent } else { Verdict::Inconsistent }
}

/// `at least 215.3 km too short`: a lower bound, so rounded down.
fn off(derived: Interval, figure: &Figure) -> String {
    let gap_m = derived.gap(figure.interval);
    let word = if gap_m < 0.0 { "short" } else { "long" };
    format!("at least {} km too {word}", wording::floor(gap_m.abs() / 1e3, 1))
}

fn band_text(subject: &Subject<'_>) -> String {
    let band = &subject.dossier.band;
    format!("simplified at {} to {} m", band.fine_m, band.coarse_m)
}

fn total(subject: &Subject<'_>, figure: &Figure) -> Finding {
    let measurement = &subject.measurement;
    let full = measurement.total(Resolution::Full);
    let band = measurement.band();
    let range = wording::range(band, Dimension::Length, 1);
    let measured = format!(
        "The line measures {} over the measurement band ({}) and {} at full detail",
        range,
        band_text(subject),
        km(full.value(), 1),
    );
    let verdict = verdict_on(band, figure);
    let inside = band.contains(figure.interval.low()) && band.contains(figure.interval.high());
    let explanation = if verdict == Verdict::Inconsistent {
        format!("{measured}: {} against {}.", off(band, figure), published(figure))
    } else if figure.interval.contains(full.value()) {
        format!("{measured}; {} agrees with both.", published(figure))
    } else {
        format!(
            "{measured}; {} {} and is borne out only through it: at which resolution it was \
             measured is not known.",
            published(figure),
            if inside { "lies within the band" } else { "meets the band at its edge" },
        )
    };
    Finding::new(id(figure), severity(figure), verdict, explanation)
        .derived(Derived::metres("length at full detail", full.value()))
        .derived([Derived::new("length over the band", band, Dimension::Length)])
        .residual(full.value() - figure.nominal(), Dimension::Length)
}

fn is_water(segment: &Segment) -> bool {
    segment.facts.medium.is_water()
}

fn is_documented_water(segment: &Segment) -> bool {
    is_water(segment) && segment.facts.evidence.is_documented()
}

/// Land or water: once with only the documented water, once with all of it.
fn medium(subject: &Subject<'_>, figure: &Figure, water: bool) -> Finding {
    let documented = |segment: &Segment| is_documented_water(segment) == water;
    let all = |segment: &Segment| is_water(segment) == water;
    let (with_documented, with_all) = (spread(subject, documented), spread(subject, all));
    let whole = with_documented.hull(with_all);
    let decided = [with_documented, with_all].map(|range| range.meets(figure.interval));
    let name = if water { "water" } else { "land" };
    let text = |range| wording::range(range, Dimension::Length, 0);
    let measured = format!(
        "If only what a treaty, an old protocol or a reference work calls a river counts as water, \
         {name} measures {}; if streams seen in the line's shape count as well, {}. Both ranges are \
         widened by the rivers' uncertain ends.",
        text(with_documented),
        text(with_all),
    );
    let unlocated = subject.measurement.unlocated(subject.dossier, is_water);
    let mixed =
        |pick: &dyn Fn(&Segment) -> bool| subject.measurement.is_mixed(subject.dossier, pick);
    let (verdict, explanation) = if mixed(&documented) || mixed(&all) {
        let why = format!(
            "On {} of this line land and water could not be told apart, so its {name} cannot be \
             measured.",
            km(unlocated.value(), 0),
        );
        (Verdict::Undecided, why)
    } else if !whole.meets(figure.interval) {
        let off = off(whole, figure);
        let why = format!("{measured} Either way that is {off} against {}.", published(figure));
        (Verdict::Inconsistent, why)
    } else {
        let (verdict, which) = match decided {
            [true, true] => (Verdict::Consistent, "agrees with both ranges"),
            [false, true] => (
                Verdict::Undecided,
                "agrees only with the second range, for which there is no source",
            ),
            [true, false] => (Verdict::Undecided, "agrees only with the first range"),
            [false, false] => (Verdict::Undecided, "lies between the two ranges"),
        };
        (verdict, format!("{measured} Here {} {which}.", published(figure)))
    };
    Finding::new(id(figure), severity(figure), verdict, explanation)
        .derived([
            Derived::new("with documented water", with_documented, Dimension::Length),
            Derived::new("with documented and inferred water", with_all, Dimension::Length),
        ])
        .residual(whole.middle() - figure.nominal(), Dimension::Length)
        .sources(segment_sources(subject, &is_water))
}

/// A named stretch.
fn named(subject: &Subject<'_>, figure: &Figure, stretch: &str) -> Finding {
    let pick = |segment: &Segment| segment.facts.stretch.as_deref() == Some(stretch);
    let (id, severity) = (id(figure), severity(figure));
    let full = subject.measurement.of(subject.dossier, Resolution::Full, pick);
    if full == Metres::new(0.0) || subject.measurement.is_mixed(subject.dossier, pick) {
        let explanation = "The ends of the stretch could not be located on this line.";
        return Finding::new(id, severity, Verdict::Undecided, explanation);
    }
    let range = spread(subject, pick);
    let measured = format!(
        "The stretch measures {} at full detail and {} over the measurement band, widened by its \
         uncertain ends",
        km(full.value(), 1),
        wording::range(range, Dimension::Length, 1),
    );
    let verdict = verdict_on(range, figure);
    let explanation = match verdict {
        Verdict::Consistent => format!("{measured}; {} agrees.", published(figure)),
        _ => format!("{measured}: {} against {}.", off(range, figure), published(figure)),
    };
    Finding::new(id, severity, verdict, explanation)
        .derived(Derived::metres("length at full detail", full.value()))
        .derived([Derived::new("length over the band, ends uncertain", range, Dimension::Length)])
        .residual(full.value() - figure.nominal(), Dimension::Length)
        .sources(segment_sources(subject, &pick))
}

/// The range of a total over the band, widened by what its ends are uncertain.
fn spread(subject: &Subject<'_>, pick: impl Fn(&Segment) -> bool) -> Interval {
    let band = subject.measurement.band_of(subject.dossier, &pick);
    let ends_m = subject.measurement.ends_m(subject.dossier, &pick);
    Interval::new((band.low() - ends_m).max(0.0), band.high() + ends_m).unwrap_or(band)
}

fn segment_sources<'a>(
    subject: &Subject<'a>,
    pick: &impl Fn(&Segment) -> bool,
) -> impl Iterator<Item = &'a String> {
    let picked = subject.dossier.segments.iter().filter(|segment| pick(segment));
    picked.flat_map(|segment| &segment.facts.sources)
}
