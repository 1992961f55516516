//! `topology/*`: whether the line is a line and the rings are rings.

use geo::Coord;
use geo::algorithm::winding_order::Winding;

use super::fit::too_coarse;
use super::{Derived, Finding, Severity, Study, Topic, Verdict};
use crate::dossier::{Sector, SegmentJoint};
use crate::drawn::{Gap, named};
use crate::geodesy::{Ellipsoid, Geodesic};
use crate::line::{Crossing, Line, crossings, is_crossed, repeated_vertices};
use crate::quantity::Metres;
use crate::wording::{self, distance, number};

pub(super) fn check(study: &Study<'_>) -> Vec<Finding> {
    let one = [
        joins(study),
        located(study),
        Some(repeated(study)),
        self_intersection(study),
        duplicates(study),
        orientation(study),
    ];
    one.into_iter().flatten().chain(rings(study)).map(Finding::on_files).collect()
}

fn finding(test: &'static str, holds: bool, explanation: String) -> Finding {
    about(Topic::Line(test), holds, explanation)
}

fn about(topic: Topic, holds: bool, explanation: String) -> Finding {
    let verdict = if holds { Verdict::Consistent } else { Verdict::Inconsistent };
    Finding::new(topic, Severity::Error, verdict, explanation)
}

fn joins(study: &Study<'_>) -> Option<Finding> {
    let depiction = &study.depiction;
    let gaps: Metres = depiction.gaps.iter().map(|gap| gap.width).sum();
    let order = if depiction.rearranged { " Its parts were put in order first." } else { "" };
    Some(match depiction.gaps.first() {
        None => {
            let parts = depiction.pieces.len();
            let why = match (depiction.line.stretches().count(), parts) {
                (2.., _) => format!(
                    "The line consists of {} parts apart from each other, as the dossier says; within \
                     them its {parts} pieces join exactly.{order}",
                    depiction.line.stretches().count()
                ),
                (_, 1) => format!("The line is one piece.{order}"),
                _ => format!("The line is one: its {parts} pieces join exactly.{order}"),
            };
            finding("joins", true, why)
        }
        Some(first) => {
            let why = format!(
                "The line has gaps in {}, the first at ({:.5}, {:.5}), {} in all; {}.{order}",
                wording::count(depiction.gaps.len(), "place"),
                first.at.x,
                first.at.y,
                distance(gaps.value()),
                what_became_of(&depiction.gaps),
            );
            // The line alone does not show whether two ends are one place or both are the
            // boundary's: not for a narrow gap, and not for a wide one.
            let found =
                Finding::new(Topic::Line("joins"), Severity::Error, Verdict::Undecided, why);
            found.derived(Derived::metres("gaps in all", gaps.value()))
        }
    })
}

/// What was done with the gaps, in words.
fn what_became_of(gaps: &[Gap]) -> String {
    match gaps.iter().filter(|gap| gap.bridged).count() {
        0 => "they are longer than the accuracy of the line explains and enter no length".into(),
        bridged if bridged == gaps.len() => "they were bridged".into(),
        bridged => format!(
            "{bridged} of them, which the accuracy of the line explains, were bridged, the others \
             enter no length"
        ),
    }
}

/// Whether the line runs anywhere twice, or has spurs or loops.
fn repeated(study: &Study<'_>) -> Finding {
    let depiction = &study.depiction;
    let paths = |is_in_doubt: bool| -> Vec<&[Coord]> {
        let extras = depiction.extras.iter().filter(|it| it.kind.is_in_doubt() == is_in_doubt);
        extras.map(|extra| &extra.path[..]).collect()
    };
    let [sure, in_doubt] = [paths(false), paths(true)];
    let mut why = Vec::new();
    if !sure.is_empty() {
        let became = match depiction.is_own {
            true => "It is measured with the rest, so lengths are too long by it",
            false => "It was left out before anything was measured",
        };
        let sure = named(&sure);
        why.push(format!("A piece of the line is there twice or hangs on it: {sure}. {became}."));
    }
    if !in_doubt.is_empty() {
        why.push(format!(
            "The line runs along itself, or comes back to a place where it has been: {}. The line \
             alone does not show whether that was left over or is the boundary.",
            named(&in_doubt)
        ));
    }
    let verdict = match (sure.is_empty(), in_doubt.is_empty()) {
        (true, true) => {
            why.push("No piece of the line is there twice, and none hangs on it.".to_owned());
            Verdict::Consistent
        }
        (true, false) => Verdict::Undecided,
        _ => Verdict::Inconsistent,
    };
    let severity = Severity::error_if(depiction.is_own);
    let found = Finding::new(Topic::Line("repeated-stretch"), severity, verdict, why.join(" "));
    let geodesic = Geodesic::new(Ellipsoid::WGS84);
    let all = [sure, in_doubt].concat();
    let all_m: f64 = all.iter().map(|path| geodesic.sound_length(path).value()).sum();
    if all.is_empty() { found } else { found.derived(Derived::metres("pieces in all", all_m)) }
}

/// For another data set's line: whether the ends of the segments are on it.
fn located(study: &Study<'_>) -> Option<Finding> {
    let depiction = &study.depiction;
    if depiction.is_own {
        return None;
    }
    let farthest = depiction.joints.iter().map(|joint| joint.distance.value()).fold(0.0, f64::max);
    let ends: Vec<(&str, &SegmentJoint)> = depiction
        .joints
        .iter()
        .filter_map(|joint| Some((study.dossier.segments.get(joint.segment)?.id.as_str(), joint)))
        .collect();
    let lost: Vec<String> = ends
        .iter()
        .filter(|(_, joint)| !joint.located)
        .map(|(segment, joint)| format!("{segment} ({})", distance(joint.distance.value())))
        .collect();
    let tolerance_m = depiction.accuracy_m + study.dossier.line_facts.accuracy_m;
    let all = depiction.joints.len();
    let (verdict, why) = if lost.is_empty() {
        let why = format!(
            "All {all} segment ends lie within {} of the line, the farthest {} away; the tolerance \
             is {} ({}).",
            distance(tolerance_m),
            distance(farthest),
            distance(tolerance_m),
            depiction.accuracy_basis
        );
        (Verdict::Consistent, why)
    } else {
        let why = format!(
            "{} of {all} segment ends {} farther from the line than {} ({}), so segments cannot be \
             distinguished from those before them where they start so far away: {}.",
            lost.len(),
            if lost.len() == 1 { "is" } else { "are" },
            distance(tolerance_m),
            depiction.accuracy_basis,
            wording::list(&lost)
        );
        (Verdict::Undecided, why)
    };
    let found = Finding::new(Topic::Line("segment-ends"), Severity::Error, verdict, why)
        .derived(Derived::metres("farthest segment end", farthest))
        .derived(Derived::metres("tolerance", tolerance_m));
    let found = ends.iter().fold(found, |found, (segment, joint)| {
        let name = format!("from the line to the start of {segment}");
        found.derived(Derived::metres(&name, joint.distance.value()))
    });
    Some(found)
}

fn self_intersection(study: &Study<'_>) -> Option<Finding> {
    let line = &study.depiction.line;
    let mut found = crossings(line.vertices());
    // Nothing lies between stretches, and a closed one meets itself where it closes.
    found.retain(|crossing| ![crossing.first, crossing.second].iter().any(|i| line.is_break(*i)));
    if line.stretches().nth(1).is_some() || line.is_closed() {
        let closes = closings(line);
        found.retain(|crossing| !closes.contains(&[crossing.first, crossing.second]));
    }
    Some(match found.first() {
        None => {
            finding("self-intersection", true, "The line nowhere crosses or touches itself.".into())
        }
        Some(first) => {
            let why = format!(
                "The line meets itself in {}, first at ({:.5}, {:.5}).",
                wording::count(found.len(), "place"),
                first.at.x,
                first.at.y
            );
            match excuse(study, &found) {
                None => self_crossing(study, Verdict::Inconsistent, why),
                Some(excuse) => self_crossing(study, Verdict::Undecided, format!("{why} {excuse}")),
            }
        }
    })
}

/// In another file it is a note: what that may mean for a length is said there.
fn self_crossing(study: &Study<'_>, verdict: Verdict, why: String) -> Finding {
    let severity = Severity::error_if(study.depiction.is_own);
    Finding::new(Topic::Line("self-intersection"), severity, verdict, why)
}

/// What explains that a line of another file crosses itself, if something does.
fn excuse(study: &Study<'_>, found: &[Crossing]) -> Option<String> {
    let depiction = &study.depiction;
    if depiction.is_own {
        return None;
    }
    if let Some(coarse) = depiction.fitness.coarse {
        return Some(too_coarse(study.dossier, coarse));
    }
    let within_m = 2.0 * depiction.accuracy_m;
    let is_small = |crossing: &Crossing| reach(&depiction.line, crossing).value() <= within_m;
    found.iter().all(is_small).then(|| {
        format!(
            "It goes no farther than {} from there before it comes back, which its accuracy explains.",
            distance(within_m)
        )
    })
}

/// How far a line goes from where it crosses itself before it comes back there.
fn reach(line: &Line, crossing: &Crossing) -> Metres {
    let [first, second] = [crossing.first, crossing.second];
    let (from, to) = (first.min(second) + 1, first.max(second));
    let between = line.vertices().get(from..=to).unwrap_or_default();
    let distances = between.iter().map(|at| line.geodesic().distance(crossing.at, *at).value());
    Metres::new(distances.fold(0.0, f64::max))
}

/// The first and the last edge of each closed stretch.
fn closings(line: &Line) -> Vec<[usize; 2]> {
    let mut begin = 0;
    let mut closings = Vec::new();
    for stretch in line.stretches() {
        let end = begin + stretch.len();
        if stretch.first() == stretch.last() {
            closings.push([begin, end - 2]);
        }
        begin = end;
    }
    closings
}

fn duplicates(study: &Study<'_>) -> Option<Finding> {
    let vertices = study.depiction.line.vertices();
    let repeated = repeated_vertices(vertices);
    let count = number(vertices.len() as f64, 0);
    Some(match repeated.first() {
        None => finding(
            "duplicates",
            true,
            format!("None of the {count} vertices repeats the one before."),
        ),
        Some(first) => {
            let why = format!(
                "Vertices that repeat the one before: {} of {count}, the first is vertex {}.",
                repeated.len(),
                first + 1
            );
            // A user's file may well have them: it was rounded, and no length changes by them.
            let severity = Severity::error_if(study.depiction.is_own);
            Finding::new(Topic::Line("duplicates"), severity, Verdict::Inconsistent, why)
        }
    })
}

/// The line runs from the dossier's start to its end.
fn orientation(study: &Study<'_>) -> Option<Finding> {
    let (dossier, depiction) = (study.dossier, &study.depiction);
    let start = dossier.point(&dossier.line_facts.start)?;
    let end = dossier.point(&dossier.line_facts.end)?;
    if depiction.reversed {
        let why = format!(
            "The line is drawn from {} to {}; it was turned round before anything was measured.",
            end.name, start.name
        );
        let noted =
            Finding::new(Topic::Line("orientation"), Severity::Note, Verdict::Inconsistent, why);
        return Some(noted);
    }
    let (begin, finish) = (start.place?, end.place?);
    let chainage = |place| depiction.line.locate(place).chainage;
    let holds = chainage(begin) < chainage(finish);
    let word = if holds { "runs" } else { "does not run" };
    let left = &dossier.parties[0].name;
    let why = format!(
        "The line {word} from {} to {}, so that {left} is on the left.",
        start.name, end.name
    );
    Some(finding("orientation", holds, why))
}

/// The rings of the sectors: valid, and wound as RFC 7946 wants.
fn rings(study: &Study<'_>) -> Vec<Finding> {
    let outlined = study.dossier.sectors.iter().filter(|sector| !sector.polygons.is_empty());
    outlined.map(rings_of).collect()
}

fn rings_of(sector: &Sector) -> Finding {
    let rings = sector.polygons.iter().flat_map(|polygon| {
        let inner = polygon.interiors().iter().map(|ring| (ring, true));
        std::iter::once((polygon.exterior(), false)).chain(inner)
    });
    let crossed = rings.clone().filter(|(ring, _)| is_crossed(&ring.0)).count();
    let turned = rings.filter(|(ring, inner)| ring.is_ccw() == *inner).count();
    let (topic, name) = (Topic::Rings(sector.id.clone()), &sector.facts.name);
    if crossed > 0 {
        let why = format!("{name} has {} crossing itself.", wording::count(crossed, "ring"));
        about(topic, false, why)
    } else if turned > 0 {
        let why = format!(
            "{name} has {} wound against RFC 7946 (outer counter-clockwise, inner clockwise); \
             areas do not depend on it and exports turn them.",
            wording::count(turned, "ring")
        );
        Finding::new(topic, Severity::Note, Verdict::Inconsistent, why)
    } else {
        let why = format!("The rings of {name} are simple and wound as RFC 7946 wants.");
        about(topic, true, why)
    }
}
