//! Which verdicts a line can carry that is the dossier's own, but worse drawn.

use geo::Coord;
use serde_json::json;
use treatyline::Dossier;
use treatyline::check::{Finding, Findings, Severity, Study, Verdict};
use treatyline::dossier::Depiction;
use treatyline::io::{FixKind, Input};
use treatyline::line::simplify;

use crate::common::Variant;

fn findings(dossier: &Dossier, vertices: impl Iterator<Item = Coord>) -> Findings {
    let path: Vec<[f64; 2]> = vertices.map(|at| [at.x, at.y]).collect();
    let text = json!({ "type": "LineString", "coordinates": path }).to_string();
    let source = Input::bytes("line.geojson", text.as_bytes());
    Study::builder(dossier).line(Depiction::locate(dossier, &source, None).unwrap()).build().check()
}

fn verdict(findings: &Findings, id: &str) -> Verdict {
    findings.iter().find(|finding| finding.id == id).unwrap().verdict
}

/// What of a line, not of published figures alone, makes exit code 1.
fn errors(findings: &Findings) -> Vec<&str> {
    let of_line = |finding: &&Finding| {
        ["length/", "topology/"].iter().any(|start| finding.id.as_str().starts_with(start))
    };
    let is_error = |finding: &&Finding| {
        finding.severity == Severity::Error && finding.verdict == Verdict::Inconsistent
    };
    let found = findings.iter().filter(of_line).filter(is_error);
    found.map(|finding| finding.id.as_str()).collect()
}

#[test]
fn a_thinned_line_was_too_short() {
    let dossier = Dossier::embedded();
    let own = dossier.line().vertices();
    for step in [2, 3, 5] {
        let found = findings(dossier, own.iter().copied().step_by(step));
        assert_eq!(verdict(&found, "length/total"), Verdict::Undecided, "every {step}th vertex");
        assert_eq!(errors(&found), [""; 0], "every {step}th vertex");
    }
}

#[test]
fn a_line_on_a_coarse_grid_was_too_long_and_crossed_itself() {
    let dossier = Dossier::embedded();
    let own = dossier.line().vertices();
    // Rounded to three decimals, and quantised to steps of no decimals.
    for step in [[1e-3, 1e-3], [7.3e-4, 4.1e-4]] {
        let on_grid = own.iter().map(|at| Coord {
            x: 60.0 + step[0] * ((at.x - 60.0) / step[0]).round(),
            y: 40.0 + step[1] * ((at.y - 40.0) / step[1]).round(),
        });
        let found = findings(dossier, on_grid);
        assert_eq!(verdict(&found, "length/total"), Verdict::Undecided, "{step:?}");
        assert_eq!(errors(&found), [""; 0], "{step:?}");
    }
    // So wide a grid makes distances along the line too long, too.
    let tenths =
        |at: &Coord| Coord { x: (10.0 * at.x).round() / 10.0, y: (10.0 * at.y).round() / 10.0 };
    let found = findings(dossier, own.iter().map(tenths));
    let along: Vec<Verdict> = found
        .iter()
        .filter(|finding| finding.explanation.contains("Along the line"))
        .map(|finding| finding.verdict)
        .collect();
    assert!(!along.is_empty() && along.iter().all(|it| *it == Verdict::Undecided), "{along:?}");
}

#[test]
fn vertices_that_rounding_repeats_are_a_note() {
    let dossier = Dossier::embedded();
    let own = dossier.line().vertices();
    let twice = own.iter().take(9).chain(own.iter().skip(8)).copied();
    let found = findings(dossier, twice);
    assert_eq!(verdict(&found, "topology/duplicates"), Verdict::Inconsistent);
    assert_eq!(verdict(&found, "length/total"), Verdict::Consistent);
    assert_eq!(errors(&found), [""; 0]);
}

/// The mean of each vertex and its neighbours, `reach` on each side.
fn smoothed(path: &[Coord], reach: usize) -> Vec<Coord> {
    let mean = |i: usize| {
        let reach = reach.min(i).min(path.len() - 1 - i);
        let around = &path[i - reach..=i + reach];
        let sum = around.iter().fold(Coord::zero(), |sum, at| sum + *at);
        sum / around.len() as f64
    };
    (0..path.len()).map(mean).collect()
}

/// Each vertex moved by a normal deviate of so many metres, the same each time.
fn noisy(path: &[Coord], by_m: f64) -> Vec<Coord> {
    let mut state = 1_u32;
    let mut share = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(state >> 8) / f64::from(1 << 24)
    };
    // The sum of twelve shares is nearly normal.
    let mut degrees = || ((0..12).map(|_| share()).sum::<f64>() - 6.0) * by_m / 111_195.0;
    let moved =
        |at: &Coord| Coord { x: at.x + degrees() / at.y.to_radians().cos(), y: at.y + degrees() };
    path.iter().map(moved).collect()
}

fn assert_undecided(found: &Findings, case: &str) {
    let total = found.iter().find(|finding| finding.id == "length/total").unwrap();
    assert_eq!(total.verdict, Verdict::Undecided, "{case}: {}", total.explanation);
    assert_eq!(errors(found), [""; 0], "{case}");
}

#[test]
fn a_line_that_is_thinned_in_parts_was_too_short() {
    let dossier = Dossier::embedded();
    let own = dossier.line().vertices();
    let (first, second) = own.split_at(own.len() / 2);
    let half = [simplify(first, 1000.0), second.to_vec()].concat();
    assert_undecided(&findings(dossier, half.into_iter()), "half of it at 1 km");
    let half = first.iter().step_by(10).chain(second).copied();
    assert_undecided(&findings(dossier, half), "half of it with every tenth vertex");
    let rivers =
        dossier.segments().iter().flat_map(|segment| match segment.facts.medium.is_water() {
            true => simplify(&segment.path, 1000.0),
            false => segment.path.clone(),
        });
    let mut rivers: Vec<Coord> = rivers.collect();
    rivers.dedup();
    assert_undecided(&findings(dossier, rivers.into_iter()), "its rivers at 1 km");
}

#[test]
fn a_smoothed_line_was_too_short() {
    let dossier = Dossier::embedded();
    for reach in [1, 2, 4] {
        let smooth = smoothed(dossier.line().vertices(), reach);
        assert_undecided(&findings(dossier, smooth.into_iter()), &format!("{reach} on each side"));
    }
}

#[test]
fn a_noisy_line_was_too_long() {
    let dossier = Dossier::embedded();
    for by_m in [10.0, 22.0, 30.0] {
        let noisy = noisy(dossier.line().vertices(), by_m);
        assert_undecided(&findings(dossier, noisy.into_iter()), &format!("{by_m} m"));
    }
}

/// The fit of a line explains no more than it is off: these are wrong, however they are drawn.
#[test]
fn what_is_wrong_for_the_dossiers_own_line_is_wrong_for_one_that_is_drawn_worse() {
    let figure = |printed: &str| {
        Variant::embedded().with("figures.toml", "\"1,782.75\"", printed).read().unwrap()
    };
    let (too_long, too_short) = (figure("\"2,182.75\""), figure("\"1,382.75\""));
    let own = too_long.line().vertices();
    let thinned = findings(&too_long, own.iter().copied().step_by(3));
    assert_eq!(verdict(&thinned, "length/total"), Verdict::Inconsistent);
    let smooth = findings(&too_long, smoothed(own, 2).into_iter());
    assert_eq!(verdict(&smooth, "length/total"), Verdict::Inconsistent);
    let noisy = findings(&too_short, noisy(own, 22.0).into_iter());
    assert_eq!(verdict(&noisy, "length/total"), Verdict::Inconsistent);
}

#[test]
fn a_line_with_bends_that_the_boundary_does_not_have_is_too_long() {
    let dossier = Dossier::embedded();
    let bent = dossier.line().vertices().iter().enumerate().map(|(i, at)| {
        let is_bent = (4_000..8_000).contains(&i);
        let by = if is_bent { 0.1 * (i as f64 / 30.0).sin() } else { 0.0 };
        Coord { x: at.x + by, y: at.y }
    });
    let found = findings(dossier, bent);
    assert_eq!(verdict(&found, "length/total"), Verdict::Inconsistent);
}

#[test]
fn an_edge_from_the_end_back_to_the_start_was_measured() {
    let dossier = Dossier::embedded();
    let own = dossier.line().vertices();
    let third = own.len() / 3;
    for begin in [0, third] {
        // From one of its places around to the same.
        let ring = own[begin..].iter().chain(&own[..=begin]).copied();
        let found = findings(dossier, ring);
        assert_eq!(verdict(&found, "length/total"), Verdict::Consistent, "from {begin}");
        assert_eq!(verdict(&found, "topology/orientation"), Verdict::Consistent, "from {begin}");
        assert_eq!(errors(&found), [""; 0], "from {begin}");
    }
    let ring: Vec<[f64; 2]> = own.iter().chain(&own[..1]).map(|at| [at.x, at.y]).collect();
    let text = json!({ "type": "Polygon", "coordinates": [ring] }).to_string();
    let source = Input::bytes("ring.geojson", text.as_bytes());
    let depiction = Depiction::locate(dossier, &source, None).unwrap();
    let fix = depiction.fixes().all().find(|fix| fix.kind == FixKind::ClosingEdge).unwrap();
    assert!(fix.to_string().contains("945.7"), "{fix}");
    assert_eq!(depiction.line().length().km().round(), dossier.line().length().km().round());
}

/// All detail, but a straight way where the boundary has a large bend.
#[test]
fn a_line_with_a_short_cut_is_too_short_all_the_same() {
    let dossier = Dossier::embedded();
    let own = dossier.line().vertices();
    let at = |km: f64| dossier.line().chainages().partition_point(|chainage| chainage.km() < km);
    let (from, to) = (at(100.0), at(300.0));
    let straight = |edges: u32| {
        (1..edges)
            .map(move |i| own[from] + (own[to] - own[from]) * (f64::from(i) / f64::from(edges)))
    };
    for edges in [1, 1_500] {
        let cut = own[..=from].iter().copied().chain(straight(edges));
        let found = findings(dossier, cut.chain(own[to..].iter().copied()));
        let total = found.iter().find(|finding| finding.id == "length/total").unwrap();
        assert_eq!(total.verdict, Verdict::Inconsistent, "{}", total.explanation);
    }
}

/// In the coordinates of a neighbouring zone a line keeps its length, so only its place is wrong.
#[test]
fn a_line_elsewhere_was_the_line() {
    let dossier = Dossier::embedded();
    let own = dossier.line().vertices();
    let moved = |east: f64| move |at: &Coord| Coord { x: at.x + east, y: at.y };
    let there = findings(dossier, own.iter().map(moved(1e-3)));
    assert_eq!(verdict(&there, "topology/place"), Verdict::Consistent);
    assert_eq!(errors(&there), [""; 0]);
    for east in [-4.0, 0.1] {
        let elsewhere = findings(dossier, own.iter().map(moved(east)));
        assert_eq!(errors(&elsewhere), ["topology/place"], "{east}");
    }
    // Of so few vertices no line says where it runs.
    let few = findings(dossier, own.iter().map(moved(0.1)).step_by(400));
    assert_eq!(verdict(&few, "topology/place"), Verdict::Undecided);
}

/// The rule is the same for the line of the dossier: one that is good to two kilometres shows nothing
/// of what is measured at 50 m.
#[test]
fn a_dossiers_own_line_may_be_too_coarse_as_well() {
    let coarse = Variant::freedonia().with(
        "dossier.toml",
        "accuracy_m      = 100.0",
        "accuracy_m      = 2000.0",
    );
    let findings = coarse.read().unwrap().check();
    let total = findings.get("length/total").unwrap();
    assert_eq!(total.verdict, Verdict::Undecided, "{}", total.explanation);
    assert!(total.explanation.contains("too coarse for a verdict"), "{}", total.explanation);
    let fine = Variant::freedonia().read().unwrap().check();
    fine.assert_consistent("length/total");
}
