//! In JUnit only consistent findings count as passed.

use crate::common::Variant;
use treatyline::check::{Findings, Verdict};
use treatyline::report::findings_junit;

/// Cases without a failure and without `skipped`.
fn passed(findings: &Findings, strict: bool) -> usize {
    let text = findings_junit(findings, strict);
    let of = |tag: &str| text.matches(tag).count();
    of("<testcase ") - of("<failure ") - of("<skipped ")
}

fn findings(almanac: &str) -> Findings {
    let printed = format!("printed   = \"{almanac}\"");
    let variant = Variant::freedonia().with("figures.toml", "printed   = \"73\"", &printed);
    variant.read().unwrap().check()
}

#[test]
fn a_contradiction_of_informal_figures_passed() {
    for almanac in ["73", "80"] {
        let findings = findings(almanac);
        assert_eq!(passed(&findings, false), findings.count(Verdict::Consistent), "{almanac}");
        assert_eq!(passed(&findings, true), findings.count(Verdict::Consistent), "{almanac}");
    }
    let text = findings_junit(&findings("80"), false);
    assert!(text.contains("<skipped message=\"inconsistent, note: "), "{text}");
    assert!(!findings_junit(&findings("73"), false).contains("inconsistent, note"));
}

#[test]
fn what_xml_cannot_have_is_left_out() {
    let variant =
        Variant::freedonia().with("dossier.toml", "\"Freedonia\"", "\"Free\\u0007donia\"");
    let findings = variant.read().unwrap().check();
    assert!(findings.iter().any(|finding| finding.explanation.contains("Free\u{7}donia")));
    let text = findings_junit(&findings, false);
    assert!(text.contains("Freedonia") && !text.contains('\u{7}'));
    let mut reader = quick_xml::Reader::from_str(&text);
    while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
}
