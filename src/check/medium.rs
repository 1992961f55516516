//! `length/land`, `length/water` and `length/sea`: how much of the line is shown to be each of them,
//! against what is published.
//!
//! A stretch is shown to be water by a text, or by a map on which the boundary is drawn along a
//! river; it is shown to be land by a text, a ridge, or a long straight edge. The rest is either.
//! So the water measures from what is shown to be water to what is not shown to be land, and a
//! published length can lie anywhere between. It is confirmed only where that range is narrower
//! than the uncertainty of the rivers' ends.

use super::length::{off, published, segment_sources, severity};
use super::{Derived, Finding, Study, Topic, Verdict};
use crate::dossier::{Figure, NotShown, Resolution, Segment, ShownLengths};
use crate::quantity::{Dimension, Interval};
use crate::wording::{self, capital, distance, km, number};

/// The water part.
pub(super) fn water(study: &Study<'_>, figure: &Figure) -> Finding {
    finding(study, figure, &Water)
}

/// The part in the sea.
pub(super) fn sea(study: &Study<'_>, figure: &Figure) -> Finding {
    finding(study, figure, &Sea)
}

/// The land part.
pub(super) fn land(study: &Study<'_>, figure: &Figure) -> Finding {
    finding(study, figure, &Land)
}

/// Land, water or sea: what is shown to be this part, and what is shown to be another one.
trait Part {
    const NAME: &'static str;
    fn shown_m(&self, lengths: &ShownLengths) -> f64;
    fn other_m(&self, lengths: &ShownLengths) -> f64;
    fn by(&self, study: &Study<'_>, resolution: Resolution) -> String;
    /// Whether a segment counts to what is shown and ends somewhere.
    fn has(&self, segment: &Segment) -> bool;

    /// The range from what is shown to be this part to what is not shown to be another one.
    fn range(&self, lengths: &ShownLengths) -> Interval {
        let most_m = lengths.total.value() - self.other_m(lengths);
        Interval::spanning(self.shown_m(lengths), most_m).unwrap_or(Interval::ZERO)
    }
}

struct Water;
struct Land;
struct Sea;

impl Part for Water {
    const NAME: &'static str = "water";

    fn shown_m(&self, lengths: &ShownLengths) -> f64 {
        lengths.water.value()
    }

    fn other_m(&self, lengths: &ShownLengths) -> f64 {
        (lengths.land + lengths.sea).value()
    }

    fn has(&self, segment: &Segment) -> bool {
        segment.facts.is_shown_water()
    }

    fn by(&self, study: &Study<'_>, resolution: Resolution) -> String {
        let length_of = |pick: fn(&Segment) -> bool| {
            study.measurement.length_of(study.dossier, resolution, pick)
        };
        let drawn = length_of(|segment| segment.facts.is_drawn_water());
        let inferred = length_of(|segment| segment.facts.is_inferred_water());
        let shown = study.measurement.shown(study.dossier, resolution).water;
        let texts = km((shown - drawn - inferred).value(), 1);
        let inferred = match inferred.value() {
            0.0 => String::new(),
            m => format!(", {} inferred from texts", km(m, 1)),
        };
        if drawn.value() <= 0.0 {
            return format!("{texts} called a river by texts{inferred}");
        }
        let drawn = km(drawn.value(), 1);
        format!(
            "{drawn} drawn along rivers by a mapping agency, {texts} called a river by texts \
             alone{inferred}"
        )
    }
}

impl Part for Land {
    const NAME: &'static str = "land";

    fn shown_m(&self, lengths: &ShownLengths) -> f64 {
        lengths.land.value()
    }

    fn other_m(&self, lengths: &ShownLengths) -> f64 {
        (lengths.water + lengths.sea).value()
    }

    fn has(&self, segment: &Segment) -> bool {
        segment.facts.is_shown_water() || segment.facts.is_shown_sea()
    }

    fn by(&self, _: &Study<'_>, _: Resolution) -> String {
        "ridges, long straight edges and what texts describe as land".to_owned()
    }
}

impl Part for Sea {
    const NAME: &'static str = "sea";

    fn shown_m(&self, lengths: &ShownLengths) -> f64 {
        lengths.sea.value()
    }

    fn other_m(&self, lengths: &ShownLengths) -> f64 {
        (lengths.water + lengths.land).value()
    }

    fn has(&self, segment: &Segment) -> bool {
        segment.facts.is_shown_sea()
    }

    fn by(&self, _: &Study<'_>, _: Resolution) -> String {
        "texts or charts place them in the sea".to_owned()
    }
}

fn finding<P: Part>(study: &Study<'_>, figure: &Figure, part: &P) -> Finding {
    let measurement = &study.measurement;
    let shown = |resolution| measurement.shown(study.dossier, resolution);
    let full = shown(Resolution::Full);
    let band = part.range(&shown(Resolution::Fine)).hull(part.range(&shown(Resolution::Coarse)));
    let as_published = measurement.as_published_m().map(|tolerance_m| {
        let lengths = shown(Resolution::AsPublished);
        (tolerance_m, lengths, part.range(&lengths))
    });
    let ends_m = measurement.ends_m(study.dossier, |segment| part.has(segment));
    let whole = as_published.map_or(band, |(.., range)| band.hull(range));
    let whole = Interval::new((whole.low() - ends_m).max(0.0), whole.high() + ends_m);
    let whole = whole.unwrap_or(band);
    let narrowest = as_published.map_or(band, |(.., range)| range);
    let verdict = if !whole.meets(figure.interval) {
        Verdict::Inconsistent
    } else if narrowest.high() - narrowest.low() <= ends_m {
        Verdict::Consistent
    } else {
        Verdict::Undecided
    };
    let (at, lengths) = match as_published {
        Some((tolerance_m, lengths, _)) => {
            let at = format!(
                "where the whole line is as long as published ({})",
                tolerance(tolerance_m)
            );
            (Some(at), lengths)
        }
        None => (None, full),
    };
    let mixed = measurement.unlocated(study.dossier, |s| s.facts.medium.ground());
    let explanation = match verdict {
        Verdict::Undecided if mixed.value() > 0.0 => format!(
            "On {} of this line {} could not be distinguished, so its {} cannot be measured.",
            km(mixed.value(), 0),
            if study.dossier.has_sea() { "land, water and sea" } else { "land and water" },
            P::NAME,
        ),
        Verdict::Inconsistent => format!(
            "{} So the {} measures {}, uncertain ends included: {} against {}.",
            shows(study, part, at.as_deref(), &lengths, &full),
            P::NAME,
            wording::range(whole, Dimension::Length, 0),
            off(whole, figure),
            published(figure),
        ),
        Verdict::Consistent if narrowest.high() <= narrowest.low() => format!(
            "{} Nothing of it is open, and {} agrees.",
            shows(study, part, at.as_deref(), &lengths, &full),
            published(figure),
        ),
        Verdict::Consistent => format!(
            "{} The part that is open is within the uncertainty of its ends, and {} agrees.",
            shows(study, part, at.as_deref(), &lengths, &full),
            published(figure),
        ),
        _ => format!(
            "{} {}",
            shows(study, part, at.as_deref(), &lengths, &full),
            lacks(study, part, figure, &lengths),
        ),
    };
    let range_at = as_published.map(|(.., range)| range);
    let named = |name: &str, range: Interval| Derived::new(name, range, Dimension::Length);
    let over_the_band = study.dossier.band().map(|_| band);
    Finding::new(Topic::length(figure), severity(figure), verdict, explanation)
        .derived([named("from shown to not excluded, at full detail", part.range(&full))])
        .derived(over_the_band.map(|it| named("from shown to not excluded, over the band", it)))
        .derived(range_at.map(|range| {
            named("from shown to not excluded, where the whole is as long as published", range)
        }))
        .sources(segment_sources(study, &|segment: &Segment| part.has(segment)))
        .sources(study.dossier.course.inputs.iter().map(|input| &input.source))
}

/// A tolerance in whole metres: it is not known any better.
fn tolerance(tolerance_m: f64) -> String {
    format!("simplified at about {}", distance(tolerance_m.round()))
}

/// `548.3 km where …, and 564.9 km at full detail are shown to be water: …`
fn shows<P: Part>(
    study: &Study<'_>,
    part: &P,
    at: Option<&str>,
    lengths: &ShownLengths,
    full: &ShownLengths,
) -> String {
    let (resolution, there) = match at {
        Some(at) => {
            let full_m = km(part.shown_m(full), 1);
            (Resolution::AsPublished, format!(" {at} and {full_m} at full detail"))
        }
        None => (Resolution::Full, " at full detail".to_owned()),
    };
    let shown_m = km(part.shown_m(lengths), 1);
    let by = part.by(study, resolution);
    format!("{shown_m}{there} are shown to be {}: {by}.", P::NAME)
}

/// The length that is missing from the published figure, and where it could be.
fn lacks<P: Part>(study: &Study<'_>, part: &P, figure: &Figure, lengths: &ShownLengths) -> String {
    let lacking_m = figure.nominal() - part.shown_m(lengths);
    let neither = km(lengths.neither().value(), 1);
    let largest = largest(&study.dossier.not_shown());
    let published = published(figure);
    if lacking_m <= 0.0 {
        return format!(
            "{} is no more than that, to within the uncertain ends.",
            capital(&published)
        );
    }
    format!(
        "For {} of {published} there is no evidence; they could be among the {neither} of the line \
         that nothing shows to be land or water: the largest stretches are {largest}.",
        km(lacking_m, 1),
    )
}

/// How many stretches are named.
const NAMED: usize = 4;

fn largest(stretches: &[NotShown]) -> String {
    let named = stretches.iter().take(NAMED).map(|it| {
        let [from, to] = [it.from_m, it.to_m].map(|m| number(m / 1e3, 0));
        format!("km {from}–{to} ({})", it.segment)
    });
    wording::list(&named.collect::<Vec<_>>())
}
