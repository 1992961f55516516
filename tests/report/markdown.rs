//! The report in Markdown says everything that the report for a terminal does, and more.

use crate::common::Variant;
use crate::real::REPORT;
use treatyline::Dossier;
use treatyline::check::{Study, Verdict};
use treatyline::report::{Report, report_markdown, report_text};

fn report_of(dossier: &Dossier) -> Report {
    let study = Study::new(dossier);
    Report::new(&study, &study.check())
}

/// The text without the additions of Markdown: bars of tables, escapes, line ends.
fn bare(markdown: &str) -> String {
    let bars = markdown.replace(" | ", " ").replace('\\', "");
    bars.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What each line of a text says: cells of tables, lines of paragraphs, names of findings.
fn facts_of(text: &str) -> Vec<String> {
    let heading = |line: &str| !line.chars().any(char::is_lowercase);
    let lines = text.lines().filter(|line| !heading(line));
    let parts = lines.flat_map(|line| line.trim().split("  "));
    let marks = ["✓", "✗", "?", "–"];
    let mut facts = Vec::new();
    for part in parts.map(str::trim).filter(|part| !part.is_empty()) {
        let of_a_list = part.split_whitespace().all(|word| word.contains('/'));
        let finding = marks.iter().any(|mark| part.starts_with(mark)) && part.contains('/');
        if of_a_list || finding {
            // The lists of the findings are a table there.
            let ids = part.split([' ', ',']).filter(|word| word.contains('/'));
            facts.extend(ids.map(str::to_owned));
        } else {
            facts.push(part.to_owned());
        }
    }
    facts
}

#[test]
fn nothing_that_the_text_says_is_missing() {
    treatyline_cli::name_settings();
    for report in [&report_of(&Variant::freedonia().read().unwrap()), &*REPORT] {
        let markdown = bare(&report_markdown(report));
        let text = report_text(report);
        // The hint at another command is for a terminal.
        let text = text.replace(
            "treatyline check explains those in the last two lists as well, and lists the tests.",
            "",
        );
        for part in facts_of(&text) {
            assert!(markdown.contains(&part), "not in the Markdown: {part}");
        }
    }
}

#[test]
fn it_says_what_the_text_has_no_room_for() {
    let report = &*REPORT;
    let markdown = bare(&report_markdown(report));
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for finding in &report.findings {
        assert!(markdown.contains(&squeezed(&finding.explanation)), "{}", finding.id);
    }
    assert!(report.findings.iter().any(|finding| finding.verdict == Verdict::Consistent));
    for figure in &report.figures {
        assert!(markdown.contains(&squeezed(&figure.what)), "{}", figure.id);
        assert!(markdown.contains(&squeezed(figure.note.as_deref().unwrap_or_default())));
    }
    for source in &report.sources {
        assert!(markdown.contains(&squeezed(&source.title)), "{}", source.key);
    }
}
