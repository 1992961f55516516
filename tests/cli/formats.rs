//! Output for other programs: JUnit, SARIF, completions, the manual.

use crate::common::{Variant, treatyline};
use quick_xml::events::Event;
use serde_json::Value;

fn output_of(arguments: &[&str], code: i32) -> String {
    let run = treatyline().args(arguments).output().unwrap();
    assert_eq!(run.status.code(), Some(code), "{arguments:?}");
    String::from_utf8(run.stdout).unwrap()
}

/// How often each element is in an XML text; fails where it is not well-formed.
fn elements(xml: &str) -> std::collections::BTreeMap<String, usize> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut counts = std::collections::BTreeMap::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(element) | Event::Empty(element) => {
                let name = String::from_utf8(element.name().as_ref().to_vec()).unwrap();
                *counts.entry(name).or_default() += 1;
            }
            Event::Eof => return counts,
            _ => {}
        }
    }
}

fn findings() -> Vec<Value> {
    let document: Value =
        serde_json::from_str(&output_of(&["check", "--format", "json"], 0)).unwrap();
    document["findings"].as_array().unwrap().clone()
}

fn count(findings: &[Value], verdict: &str) -> usize {
    findings.iter().filter(|finding| finding["verdict"] == verdict).count()
}

#[test]
fn junit_has_a_case_for_each_finding_and_fails_as_the_exit_code_does() {
    let findings = findings();
    let plain = elements(&output_of(&["check", "--format", "junit"], 0));
    assert_eq!(plain["testcase"], findings.len());
    assert!(!plain.contains_key("failure"));
    // A finding that only informal figures contradict neither fails nor passes.
    let open = ["inconsistent", "undecided", "skipped"].map(|verdict| count(&findings, verdict));
    assert_eq!(plain["skipped"], open.iter().sum::<usize>());
    let strict = elements(&output_of(&["check", "--strict", "--format", "junit"], 1));
    assert_eq!(strict["failure"], count(&findings, "undecided") + count(&findings, "inconsistent"));
    assert_eq!(strict["skipped"], count(&findings, "skipped"));
}

#[test]
fn junit_escapes_what_xml_must() {
    let variant = Variant::freedonia().with(
        "figures.toml",
        "The whole Freddo is at least as long",
        "A < B & C > D",
    );
    let directory = variant.directory();
    let path = directory.path().to_str().unwrap();
    let xml = output_of(&["check", "--dossier", path, "--format", "junit"], 0);
    assert_eq!(elements(&xml)["testsuites"], 1);
}

/// The output has what §3 of SARIF 2.1.0 requires.
#[test]
fn sarif_has_what_its_standard_requires() {
    let log: Value = serde_json::from_str(&output_of(&["check", "--format", "sarif"], 0)).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "treatyline");
    let rules = driver["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), findings().len());
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let (kind, level) = (result["kind"].as_str().unwrap(), result["level"].as_str().unwrap());
        assert!(["pass", "fail", "open", "notApplicable"].contains(&kind));
        // §3.27.10: a level other than none only where the kind is fail.
        assert_eq!(level == "none", kind != "fail");
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        assert!(crate::common::repository(uri).is_file(), "{uri}");
    }
    let fails = results.iter().filter(|result| result["kind"] == "fail").count();
    assert_eq!(fails, count(&findings(), "inconsistent"));
}

#[test]
fn every_shell_gets_its_completions_and_the_manual_names_every_command() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(output_of(&["completions", shell], 0).contains("treatyline"), "{shell}");
    }
    let manual = output_of(&["man"], 0);
    for command in ["report", "check", "export", "points", "completions", "man"] {
        assert!(manual.contains(&format!(".TH treatyline-{command}")), "{command}");
    }
    assert!(manual.contains("Example:"), "the examples of the help are in it");
}
