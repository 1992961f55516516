//! Whether the line is fit for a verdict. If not, findings become undecided, with the reason.

use geo::Coord;

use super::{Derived, Finding, Study, Verdict};
use crate::dossier::{
    Coarse, Depiction, Dossier, Figure, LacksDetail, Scope, Vertices, own_pieces,
};
use crate::drawn::named;
use crate::geodesy::{Ellipsoid, Geodesic};
use crate::io::FixKind;
use crate::line::{Extra, ExtraKind};
use crate::quantity::{Interval, Metres};
use crate::wording::{distance, either, km, number, shortest};

/// The finding itself if the line is fit for it; otherwise an undecided one with the reason.
pub(super) fn on_a_fit_line(study: &Study<'_>, figure: &Figure, finding: Finding) -> Finding {
    let decides = matches!(finding.verdict, Verdict::Consistent | Verdict::Inconsistent);
    match unfit(study, figure, off_by_m(figure, &finding)).filter(|_| decides) {
        None => finding,
        Some((why, missing_m)) => finding.derived(missing_m).unfit(why),
    }
}

/// By how much the lengths that a finding derives are off a published one, if that makes it
/// inconsistent: less than nothing where they are too short.
fn off_by_m(figure: &Figure, finding: &Finding) -> Option<f64> {
    let derived = || finding.derived.iter().map(|it| it.interval);
    let longest_m = derived().map(Interval::high).reduce(f64::max)?;
    let shortest_m = derived().map(Interval::low).reduce(f64::min)?;
    let published = figure.interval;
    let off_m = (shortest_m - published.high()).max(0.0) + (longest_m - published.low()).min(0.0);
    (finding.verdict == Verdict::Inconsistent && off_m != 0.0).then_some(off_m)
}

/// The finding on a place itself, if the line has the part next to the place, has it once, and has
/// enough vertices for its accuracy to be known; otherwise an undecided one. A line of few vertices
/// is farther off than its stated or assumed accuracy. A line that states a low accuracy has a wide
/// tolerance already.
pub(super) fn where_it_runs(
    dossier: &Dossier,
    depiction: &Depiction,
    place: Coord,
    finding: Finding,
) -> Finding {
    let decides = matches!(finding.verdict, Verdict::Consistent | Verdict::Inconsistent);
    if !decides {
        return finding;
    }
    let coarse = depiction.fitness.coarse.filter(|it| !matches!(it, Coarse::Accuracy { .. }));
    let why = match coarse {
        _ if depiction.fitness.lacks(dossier, place) => {
            "This line lacks that part of the boundary.".to_owned()
        }
        _ if depiction.fitness.has_more_at(dossier, place) => {
            "The line runs there more than once.".to_owned()
        }
        Some(coarse) => too_coarse(dossier, coarse),
        None if depiction.fitness.is_off_at(dossier, place) => {
            "The line skips vertices there, so it is farther off than its accuracy says.".to_owned()
        }
        None => return finding,
    };
    let explanation = format!("{why} {}", finding.explanation);
    Finding { verdict: Verdict::Undecided, explanation, ..finding }
}

/// The finding on the way between two places itself, if the line has all of that way.
pub(super) fn where_it_runs_between(
    dossier: &Dossier,
    depiction: &Depiction,
    places: [Coord; 2],
    finding: Finding,
) -> Finding {
    let [from, to] = places.map(|place| dossier.line.locate(place).chainage);
    let (from, to) = if from <= to { (from, to) } else { (to, from) };
    let missing = depiction.fitness.missing_between(from, to);
    let coarse = depiction.fitness.coarse.map(|coarse| too_coarse(dossier, coarse));
    let why = match has_more(depiction, [from, to]).map(|(why, _)| why).or(coarse) {
        _ if missing > Metres::default() => {
            format!("This line lacks {} of the way.", km(missing.value(), 1))
        }
        Some(why) => why,
        None => return finding,
    };
    let explanation = format!("{why} {}", finding.explanation);
    Finding { verdict: Verdict::Undecided, explanation, ..finding }
}

/// The reasons why the line is not fit for a verdict on a figure, one sentence each, and how much
/// of it is missing or there more than once.
fn unfit(
    study: &Study<'_>,
    figure: &Figure,
    off_by_m: Option<f64>,
) -> Option<(Vec<String>, Option<Derived>)> {
    let depiction = &study.depiction;
    let fitness = &depiction.fitness;
    let [from, to] = extent(study, figure);
    let missing = fitness.missing_between(from, to);
    let width_m = figure.interval.high() - figure.interval.low();
    let coarse = fitness.coarse.map(|coarse| too_coarse(study.dossier, coarse));
    let coarse = coarse.or_else(|| as_drawn(study, [from, to], off_by_m?));
    let explained_m = fitness.ends.value() + if width_m.is_finite() { width_m } else { 0.0 };
    let more = has_more(depiction, [from, to]).filter(|(_, more)| more.value() > explained_m);
    let lacks = missing + fitness.bridged;
    let partial = (lacks.value() > explained_m).then(|| partial(depiction, missing, to - from));
    let derived = match &more {
        _ if partial.is_some() => Some(Derived::metres("missing or bridged", lacks.value())),
        Some((_, more)) => Some(Derived::metres("there more than once", more.value())),
        None => None,
    };
    let why = [partial, more.map(|(why, _)| why), coarse];
    let why: Vec<String> = why.into_iter().flatten().collect();
    (!why.is_empty()).then_some((why, derived.flatten()))
}

/// The reason, if a line has or may have more than the boundary between two places, and how much
/// more.
fn has_more(depiction: &Depiction, [from, to]: [Metres; 2]) -> Option<(String, Metres)> {
    let more: Vec<&Extra> = depiction.fitness.more_between(from, to).collect();
    let paths: Vec<&[Coord]> = more.iter().map(|extra| &extra.path[..]).collect();
    let geodesic = Geodesic::new(Ellipsoid::WGS84);
    let all: Metres = paths.iter().map(|path| geodesic.sound_length(path)).sum();
    let may = if more.iter().all(|extra| extra.kind.is_in_doubt()) { "may be" } else { "is" };
    let mut how: Vec<String> = more.iter().map(|extra| what_is_more(extra.kind)).collect();
    how.sort();
    how.dedup();
    let why = format!(
        "This line {may} longer than the boundary, for a piece of it {}: {}.",
        either(&how),
        named(&paths)
    );
    (!more.is_empty()).then_some((why, all))
}

/// What a piece that is more than the boundary does, in words.
fn what_is_more(kind: ExtraKind) -> String {
    let words = match kind {
        ExtraKind::Repeated => "is there twice",
        ExtraKind::Spur => "leads nowhere",
        ExtraKind::Loop | ExtraKind::LoopInside => "is a loop",
        ExtraKind::Copy | ExtraKind::Alongside => "runs along another one",
        ExtraKind::ComesBack => "comes back to where it begins",
        ExtraKind::Branch => "branches off",
    };
    words.to_owned()
}

/// The part of the dossier's line that a figure is about, from and to.
fn extent(study: &Study<'_>, figure: &Figure) -> [Metres; 2] {
    let dossier = study.dossier;
    let whole = [Metres::default(), dossier.line.length()];
    // Land and water are spread over all of the line.
    let scope @ (Scope::Stretch(_) | Scope::WithoutSea) = &figure.scope else { return whole };
    let (own, _) = own_pieces(dossier);
    let picked = own.iter().zip(&dossier.segments);
    let mut picked = picked.filter(|(_, it)| scope.holds(it)).map(|(piece, _)| piece);
    let Some(first) = picked.next() else { return whole };
    [first.from, picked.next_back().unwrap_or(first).to]
}

fn partial(depiction: &Depiction, missing: Metres, whole: Metres) -> String {
    let bridged = depiction.fitness.bridged;
    let [had, whole, missing] = [whole - missing, whole, missing].map(|m| km(m.value(), 1));
    let bridged = match bridged.value() {
        0.0 => String::new(),
        m => format!(", {} of them bridged", distance(m)),
    };
    let offer = depiction.fixes.all().find(|fix| fix.kind == FixKind::DigitisedApart);
    let hint = match offer.and_then(|offer| Some((offer.detail.as_ref()?, offer.hint.as_ref()?))) {
        Some((shared, hint)) => format!(" Its two sides were digitised apart: {shared}; {hint}."),
        None => String::new(),
    };
    format!(
        "This line is incomplete: it runs along {had} of the {whole} that the dossier's line has \
         there{bridged}; {missing} are missing.{hint}"
    )
}

/// Why a line is too coarse for a verdict.
pub(super) fn too_coarse(dossier: &Dossier, coarse: Coarse) -> String {
    // Where there is no band, no line is too coarse for it.
    let to = distance(dossier.band().map_or(0.0, |band| band.coarse_m));
    match coarse {
        Coarse::Accuracy { within_m, most_m } => format!(
            "This line is too coarse for a verdict: its points may be off by {}, and beyond {} a line \
             does not show what is measured at {to}.",
            distance(within_m),
            distance(most_m),
        ),
        Coarse::Rounded { step_deg, off_m } => format!(
            "This line is too coarse for a verdict: its coordinates are rounded to steps of {}°, so a \
             point may be off by {}, and beyond {to} that is more than the band keeps.",
            shortest((step_deg * 1e6).round() / 1e6),
            distance(off_m),
        ),
        Coarse::Vertices(vertices) => {
            format!("This line is too coarse for a verdict: {}.", of_vertices(vertices))
        }
    }
}

/// The reason, if how the line is drawn explains by how much it is off: it is too short and lacks
/// detail, or too long and zigzags.
fn as_drawn(study: &Study<'_>, [from, to]: [Metres; 2], off_by_m: f64) -> Option<String> {
    let (detail, band) = (&study.depiction.fitness.detail, study.dossier.band()?);
    if off_by_m < 0.0 {
        let lacks = detail.lacks_between(from, to, band.fine_m)?;
        return (-off_by_m <= lacks.shorter.value()).then(|| lacks_detail(lacks));
    }
    let zigzag = detail.zigzag_between(from, to).value();
    (off_by_m <= zigzag).then(|| {
        format!(
            "This line zigzags from vertex to vertex more than the dossier's line, which makes it {} \
             longer, even simplified at {}.",
            km(zigzag, 1),
            distance(band.coarse_m)
        )
    })
}

fn lacks_detail(LacksDetail { vertices, along, shorter }: LacksDetail) -> String {
    format!(
        "This line is too coarse for a verdict: where it lacks detail, along {}, {}, and is {} \
         shorter for it.",
        km(along.value(), 1),
        of_vertices(vertices),
        km(shorter.value(), 1)
    )
}

fn of_vertices(Vertices { count, needed, at_m }: Vertices) -> String {
    format!(
        "it has {} vertices, where the dossier's line has {}, both simplified at {}",
        number(count as f64, 0),
        number(needed as f64, 0),
        distance(at_m),
    )
}
