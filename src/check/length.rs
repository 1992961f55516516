//! `length/*`: the measured line against every published length of it.
//!
//! A length has no meaning without its resolution, and a published one does not
//! know its own. So the derived length is a range, over the measurement band, and a
//! published figure is confirmed where its interval meets that range.
//!
//! The band is that of the commissions' maps. Figures of others may have been
//! measured at any resolution: outside of the band such a figure contradicts the band. It
//! contradicts the line only if the line is that long at no resolution at all.
//!
//! Land and water are tested by what shows them: see [`medium`].

use std::cell::OnceCell;

use super::fit::on_a_fit_line;
use super::{Derived, Finding, Severity, Study, Topic, Verdict, medium};
use crate::dossier::{Band, Figure, Qualifier, Resolution, Scope, Segment, Standing};
use crate::quantity::{Dimension, Interval, Metres};
use crate::resolution::{COARSEST_M, Reach, Together};
use crate::wording::{self, capital, km};

pub(super) fn check(study: &Study<'_>) -> Vec<Finding> {
    let figures = study.dossier.figures.iter();
    let lengths = figures.filter(|figure| figure.unit.dimension == Dimension::Length);
    // Prepared once, if any figure asks for it.
    let coarse = OnceCell::new();
    lengths.filter_map(|figure| one(study, figure, &coarse)).collect()
}

/// The whole line at resolutions coarser than the band.
type Coarse = OnceCell<Together>;

/// What a line says of a published length; `None` for one that is of nothing on it.
pub(super) fn measured(study: &Study<'_>, figure: &Figure) -> Option<Finding> {
    one(study, figure, &OnceCell::new())
}

fn one(study: &Study<'_>, figure: &Figure, coarse: &Coarse) -> Option<Finding> {
    let finding = match &figure.scope {
        Scope::Line => total(study, figure, coarse),
        Scope::Land => medium::land(study, figure),
        Scope::Water => medium::water(study, figure),
        Scope::Sea => medium::sea(study, figure),
        Scope::Stretch(_) | Scope::WithoutSea => stretch(study, figure),
        Scope::Other(_) => return None,
    };
    let finding = on_a_fit_line(study, figure, assuming(figure, "stretch", finding));
    let sources = [&figure.source, &study.dossier.line_facts.accuracy_source];
    Some(finding.figures([figure.id.as_str()]).sources(sources))
}

/// A figure with an assumption decides nothing: it is about its scope only if the assumption holds.
pub(super) fn assuming(figure: &Figure, scope: &str, finding: Finding) -> Finding {
    let decides = matches!(finding.verdict, Verdict::Consistent | Verdict::Inconsistent);
    let Some(assumes) = figure.assumes.as_ref().filter(|_| decides) else { return finding };
    let needs = assumes.trim_end_matches('.');
    let explanation =
        format!("{} Undecided: it is about this {scope} only if {needs}.", finding.explanation);
    Finding { verdict: Verdict::Undecided, explanation, ..finding }
}

pub(super) fn severity(figure: &Figure) -> Severity {
    Severity::error_if(figure.standing == Standing::Governing)
}

/// `the published 1,782.75 km`
pub(super) fn published(figure: &Figure) -> String {
    match figure.qualifier {
        Qualifier::Exact => format!("the published {}", figure.text()),
        _ => format!("the published figure of {}", figure.text()),
    }
}

/// `at least 215.3 km too short`: a lower bound, so rounded down, in metres where it is less than 0.1 km.
pub(super) fn off(derived: Interval, figure: &Figure) -> String {
    let gap_m = derived.gap(figure.interval);
    let word = if gap_m < 0.0 { "short" } else { "long" };
    let gap_m = gap_m.abs();
    if gap_m < 1.0 {
        return format!("less than 1 m too {word}");
    }
    let least = if gap_m < 100.0 {
        format!("{} m", wording::floor(gap_m, 0))
    } else {
        format!("{} km", wording::floor(gap_m / 1e3, 1))
    };
    format!("at least {least} too {word}")
}

fn total(study: &Study<'_>, figure: &Figure, coarse: &Coarse) -> Finding {
    let measurement = &study.measurement;
    let full = measurement.total(Resolution::Full);
    let ends_m = line_ends_m(study, |_| true);
    let (verdict, explanation) = match study.dossier.band() {
        None => exact(figure, "The line", full, ends_m),
        Some(band) => {
            let lengths = [measurement.band(), exactly(full)];
            total_over(study, figure, coarse, band, lengths, ends_m)
        }
    };
    let band = study.dossier.band().map(|_| measurement.band());
    Finding::new(Topic::length(figure), severity(figure), verdict, explanation)
        .derived(Derived::metres("length at full detail", full.value()))
        .derived(band.map(|it| Derived::new("length over the band", it, Dimension::Length)))
        .residual_from(figure.interval)
}

/// The verdict on a length of a line of straight edges: nothing but the places of its ends makes it
/// uncertain.
fn exact(figure: &Figure, what: &str, full: Metres, ends_m: f64) -> (Verdict, String) {
    let ends = if ends_m == 0.0 {
        String::new()
    } else {
        format!(", ± {} for the accuracy of its ends", wording::distance(ends_m))
    };
    let measured = format!("{what} measures {}{ends}", km(full.value(), 2));
    let range = widened(exactly(full), ends_m);
    let published = published(figure);
    match over_the_band(range, figure.interval) {
        Verdict::Consistent => (Verdict::Consistent, format!("{measured}; {published} agrees.")),
        verdict => (verdict, format!("{measured}: {} against {published}.", off(range, figure))),
    }
}

/// The verdict on the length of the whole line, which depends on resolution.
fn total_over(
    study: &Study<'_>,
    figure: &Figure,
    coarse: &Coarse,
    ends: &Band,
    [band, full]: [Interval; 2],
    ends_m: f64,
) -> (Verdict, String) {
    let measured = format!(
        "The line measures {} over the measurement band (simplified at {} to {} m) and {} at full \
         detail",
        wording::range(band, Dimension::Length, 1),
        ends.fine_m,
        ends.coarse_m,
        km(full.middle(), 1),
    );
    let published = published(figure);
    if over_the_band(widened(band, ends_m), figure.interval) != Verdict::Consistent {
        let finer = figure.interval.low() > band.high();
        let reach = if is_beyond(figure, full.middle() + ends_m) {
            Reach::TooLong
        } else if finer {
            reach(ends, figure, ends_m, &together(study, 0.0, |_| true), true)
        } else {
            let together = coarse.get_or_init(|| together(study, ends.coarse_m, |_| true));
            reach(ends, figure, ends_m, together, false)
        };
        return outside(figure, [band, full].map(|it| widened(it, ends_m)), &measured, reach);
    }
    let why = if figure.interval.meets(full) && figure.interval.meets(band) {
        format!("{measured}; {published} agrees with both.")
    } else if figure.interval.meets(band) {
        format!("{measured}; {published} {}.", inside(band, figure))
    } else {
        let ends = wording::distance(ends_m);
        format!("{measured}; {published} agrees within the accuracy of the line's ends, {ends}.")
    };
    (Verdict::Consistent, why)
}

/// How far the ends of the line that a part of it has may be off together, in metres. Each is a
/// limit, so they are added.
pub(super) fn line_ends_m(study: &Study<'_>, pick: impl Fn(&Segment) -> bool) -> f64 {
    let segments = &study.dossier.segments;
    let ends = [segments.first(), segments.last()].into_iter().flatten();
    ends.filter(|segment| pick(segment)).count() as f64 * study.depiction.accuracy_m
}

/// A range of lengths, widened at both ends.
pub(super) fn widened(range: Interval, by_m: f64) -> Interval {
    Interval::new((range.low() - by_m).max(0.0), range.high() + by_m).unwrap_or(range)
}

/// The rule of `length/…`: whether a line that measures from one end of a range to the other over
/// the measurement band can be as long as published.
pub(super) fn over_the_band(measured: Interval, published: Interval) -> Verdict {
    if measured.meets(published) { Verdict::Consistent } else { Verdict::Inconsistent }
}

/// A length as a range without width.
fn exactly(length: Metres) -> Interval {
    Interval::spanning(length.value(), length.value()).unwrap_or(Interval::ZERO)
}

/// Where in the band a published length lies.
fn inside(band: Interval, figure: &Figure) -> String {
    let only = "and so agrees at some resolutions only: at which it was measured is not known";
    // A figure rounded to some hundred metres may lie beyond the end of the band.
    if !band.contains(figure.interval.middle()) {
        return format!("meets the band at its edge, {only}");
    }
    let above_m = figure.interval.middle() - band.low();
    let below_m = band.high() - figure.interval.middle();
    let (apart_m, place) = if above_m < below_m {
        (above_m, "above its lower end")
    } else {
        (below_m, "below its upper end")
    };
    format!("lies inside the band, {} {place}, {only}", km(apart_m, 1))
}

/// The finding for a figure outside of the band. A figure of the parties contradicts the line, and
/// so does one that the line has at no resolution. Any other figure only contradicts the band.
fn outside(
    figure: &Figure,
    [band, full]: [Interval; 2],
    measured: &str,
    reach: Reach,
) -> (Verdict, String) {
    // The band is that of the parties' maps; anybody else may have measured at full detail.
    let governs = figure.standing == Standing::Governing;
    let range = if governs { band } else { band.hull(full) };
    let against = format!("{measured}: {} against {}.", off(range, figure), published(figure));
    if governs {
        return (Verdict::Inconsistent, against);
    }
    match reach {
        Reach::At(at_m) => {
            let why = format!(
                "{measured}. {} contradicts the band, not the line, which is that long simplified at \
                 about {}. At which resolution it was measured is not known.",
                capital(&published(figure)),
                wording::about(at_m),
            );
            (Verdict::Undecided, why)
        }
        Reach::TooLong => {
            let why = format!(
                "{against} No simplification of this line is that long; a finer drawing could be."
            );
            (Verdict::Inconsistent, why)
        }
        Reach::TooShort => {
            let coarsest = wording::distance(COARSEST_M);
            let why = format!("{against} Even simplified at {coarsest} it is longer.");
            (Verdict::Inconsistent, why)
        }
    }
}

/// Whether a search for a resolution is needless: a figure of the parties must be within the band,
/// and no resolution makes a line longer than full detail.
fn is_beyond(figure: &Figure, longest_m: f64) -> bool {
    figure.standing == Standing::Governing || figure.interval.low() > longest_m
}

/// Picked segments, to be simplified at `least_m` and more.
fn together(study: &Study<'_>, least_m: f64, pick: impl Fn(&Segment) -> bool) -> Together {
    let picked = study.depiction.pieces.iter().filter(|piece| {
        let segments = study.dossier.segments.get(piece.segments.clone()).unwrap_or_default();
        !segments.is_empty() && segments.iter().all(&pick)
    });
    Together::down_to(picked.map(|piece| piece.path.as_slice()), least_m)
}

/// The resolution, finer than the band or coarser, at which segments whose ends are
/// uncertain by `ends_m` are as long as a figure.
fn reach(band: &Band, figure: &Figure, ends_m: f64, together: &Together, finer: bool) -> Reach {
    let (fine_m, coarse_m) = if finer { (0.0, band.fine_m) } else { (band.coarse_m, COARSEST_M) };
    let exact = together.reach(Metres::new(figure.interval.middle()), fine_m, coarse_m);
    // At the limits of all resolutions, rounding and uncertain ends may still reach the figure.
    match exact {
        Reach::TooLong if figure.interval.low() - ends_m <= together.length(fine_m).value() => {
            Reach::At(fine_m)
        }
        Reach::TooShort if figure.interval.high() + ends_m >= together.length(coarse_m).value() => {
            Reach::At(coarse_m)
        }
        other => other,
    }
}

/// A named stretch.
fn stretch(study: &Study<'_>, figure: &Figure) -> Finding {
    let pick = |segment: &Segment| figure.scope.holds(segment);
    let (topic, severity) = (Topic::length(figure), severity(figure));
    let full = study.measurement.length_of(study.dossier, Resolution::Full, pick);
    if full == Metres::new(0.0) || study.measurement.is_mixed(study.dossier, pick) {
        let explanation = "The ends of the stretch could not be located on this line.";
        return Finding::new(topic, severity, Verdict::Undecided, explanation);
    }
    let ends_m = study.measurement.ends_m(study.dossier, pick) + line_ends_m(study, pick);
    let finding = match study.dossier.band() {
        None => {
            let (verdict, explanation) = exact(figure, "The stretch", full, ends_m);
            Finding::new(topic, severity, verdict, explanation)
                .derived(Derived::metres("length at full detail", full.value()))
        }
        Some(band) => {
            let range = widened(study.measurement.band_of(study.dossier, pick), ends_m);
            let (verdict, explanation) = stretch_over(study, figure, band, [range, exactly(full)]);
            let over = "length over the band, ends uncertain";
            Finding::new(topic, severity, verdict, explanation)
                .derived(Derived::metres("length at full detail", full.value()))
                .derived([Derived::new(over, range, Dimension::Length)])
        }
    };
    finding.residual_from(figure.interval).sources(segment_sources(study, &pick))
}

/// The verdict on the length of a stretch, which depends on resolution; `range` is that over the band,
/// widened by its uncertain ends.
fn stretch_over(
    study: &Study<'_>,
    figure: &Figure,
    band: &Band,
    [range, full]: [Interval; 2],
) -> (Verdict, String) {
    let pick = |segment: &Segment| figure.scope.holds(segment);
    let ends_m = study.measurement.ends_m(study.dossier, pick) + line_ends_m(study, pick);
    let measured = format!(
        "The stretch measures {} at full detail and {} over the measurement band, widened by its \
         uncertain ends",
        km(full.middle(), 1),
        wording::range(range, Dimension::Length, 1),
    );
    if over_the_band(range, figure.interval) == Verdict::Consistent {
        return (Verdict::Consistent, format!("{measured}; {} agrees.", published(figure)));
    }
    let finer = figure.interval.low() > range.high();
    let from_m = if finer { 0.0 } else { band.coarse_m };
    let reach = if is_beyond(figure, full.middle() + ends_m) {
        Reach::TooLong
    } else {
        reach(band, figure, ends_m, &together(study, from_m, pick), finer)
    };
    outside(figure, [range, full], &measured, reach)
}

pub(super) fn segment_sources<'a>(
    study: &Study<'a>,
    pick: &impl Fn(&Segment) -> bool,
) -> impl Iterator<Item = &'a String> {
    let picked = study.dossier.segments.iter().filter(|segment| pick(segment));
    picked.flat_map(|segment| &segment.facts.sources)
}
