//! The README prints how the report begins: the report must begin like that.
//!
//! Without PROJ the tripoints are skipped and the count of findings differs, so the
//! README speaks of the build with it.
#![cfg(feature = "proj")]

use std::fs;

use crate::common::repository;
use treatyline::Dossier;
use treatyline::check::Study;
use treatyline::report::{Report, report_text};

/// The lines of the README's only block of plain text.
fn printed() -> Vec<String> {
    let readme = fs::read_to_string(repository("README.md")).unwrap();
    let mut blocks = readme.split("```text\n").skip(1);
    let block = blocks.next().expect("the README shows no report");
    assert!(blocks.next().is_none(), "the README has a second block of text: which is the report?");
    let (block, _) = block.split_once("\n```").expect("the README's block has no end");
    block.lines().map(str::to_owned).collect()
}

#[test]
fn the_report_begins_as_the_readme_prints_it() {
    let study = Study::new(Dossier::embedded());
    let report = report_text(&Report::new(&study, &study.check()));
    let printed = printed();
    assert!(printed.len() > 10, "the README shows {} lines", printed.len());
    let real: Vec<&str> = report.lines().take(printed.len()).collect();
    for (line, (printed, real)) in printed.iter().zip(&real).enumerate() {
        assert_eq!(printed, real, "line {} of the report in README.md", line + 1);
    }
    assert_eq!(printed.len(), real.len(), "the README prints more than there is");
}
