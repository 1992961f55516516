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
