//! Which verdicts a line can carry that is the dossier's own, but worse drawn.

use geo::Coord;
use serde_json::json;
use treatyline::Dossier;
use treatyline::check::{Finding, Findings, Severity, Subject, Verdict};
use treatyline::dossier::Depiction;
use treatyline::io::Source;

fn findings(dossier: &Dossier, vertices: impl Iterator<Item = Coord>) -> Findings {
    let path: Vec<[f64; 2]> = vertices.map(|at| [at.x, at.y]).collect();
    let text = json!({ "type": "LineString", "coordinates": path }).to_string();
    let source = Source::new("line.geojson", &text).unwrap();
    Subject::builder(dossier)
        .line(Depiction::locate(dossier, &source, None).unwrap())
        .build()
        .check()
}

fn verdict(findings: &Findings, id: &str) -> Verdict {
    findings.iter().find(|finding| finding.id == id).unwrap().verdict
}

/// What of a line, not of published figures alone, makes exit code 1.
fn errors(findings: &Findings) -> Vec<&str> {
    let of_line = |finding: &&Finding| {
        ["length/", "topology/"].iter().any(|start| finding.id.starts_with(start))
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

/// All detail, but a straight way where the boundary has a large bend.
#[test]
fn a_line_with_a_short_cut_is_too_short_all_the_same() {
    let dossier = Dossier::embedded();
    let own = dossier.line().vertices();
    let at = |km: f64| dossier.line().chainages().partition_point(|chainage| chainage.km() < km);
    let (from, to) = (at(100.0), at(300.0));
    let cut = own.iter().take(from).chain(own.iter().skip(to)).copied();
    let found = findings(dossier, cut);
    let total = found.iter().find(|finding| finding.id == "length/total").unwrap();
    assert_eq!(total.verdict, Verdict::Inconsistent, "{}", total.explanation);
}
