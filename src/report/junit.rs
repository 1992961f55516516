//! JUnit XML: the findings as test cases, for the viewers of continuous integration.
//!
//! JUnit has no standard; this is the core that Jenkins, GitLab and others read, within the
//! schema of Jenkins' xUnit plugin (`junit-10.xsd`): suites by kind of check, one case per
//! finding, `failure` for what fails the run, `skipped` for everything else that did not
//! pass (a contradiction between informal figures, what was not decided or not tried), and
//! the explanation in each. Only consistent findings pass. No times: a report of the same input
//! is the same.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::check::{Finding, Findings, Verdict};
use crate::io::words::XmlOnly;

/// The findings as JUnit XML. With `strict`, inconsistent and undecided findings fail whatever
/// their severity, as in the exit code.
#[must_use]
pub fn findings(findings: &Findings, strict: bool) -> String {
    let mut writer = Writer::new_with_indent(XmlOnly(Vec::new()), b' ', 2);
    // Writing to memory does not fail.
    let _ = document(&mut writer, findings, strict);
    writer.into_inner().into_text() + "\n"
}

type Xml = Writer<XmlOnly<Vec<u8>>>;

fn document(xml: &mut Xml, findings: &Findings, strict: bool) -> io::Result<()> {
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let all: Vec<&Finding> = findings.iter().collect();
    let counts = Counts::from_findings(&all, strict);
    let suites = xml.create_element("testsuites").with_attribute(("name", "treatyline"));
    // The root has no `skipped`: the schema of Jenkins' reader allows it only for suites.
    suites.with_attributes(counts.whole()).write_inner_content(|xml| {
        for suite in all.chunk_by(|a, b| a.id.kind() == b.id.kind()) {
            let counts = Counts::from_findings(suite, strict);
            let name = suite.first().map_or("", |finding| finding.id.kind().name());
            xml.create_element("testsuite")
                .with_attribute(("name", name))
                .with_attributes(counts.whole())
                .with_attribute(("skipped", counts.skipped.as_str()))
                .write_inner_content(|xml| {
                    suite.iter().try_for_each(|finding| case(xml, finding, strict))
                })?;
        }
        Ok(())
    })?;
    Ok(())
}

fn case(xml: &mut Xml, finding: &Finding, strict: bool) -> io::Result<()> {
    let case = xml
        .create_element("testcase")
        .with_attribute(("classname", finding.id.kind().name()))
        .with_attribute(("name", finding.id.as_str()));
    let why = finding.explanation.as_str();
    let verdict = finding.verdict.name();
    case.write_inner_content(|xml| {
        if finding.fails(strict) {
            let failure = xml.create_element("failure").with_attribute(("message", why));
            let text = finding.to_string();
            failure.with_attribute(("type", verdict)).write_text_content(BytesText::new(&text))?;
        } else if finding.verdict != Verdict::Consistent {
            let message = match finding.verdict {
                Verdict::Inconsistent => {
                    format!("{verdict}, {}: {why}", finding.severity.name())
                }
                _ => format!("{verdict}: {why}"),
            };
            xml.create_element("skipped")
                .with_attribute(("message", message.as_str()))
                .write_empty()?;
        } else {
            let text = format!("{verdict}: {why}");
            xml.create_element("system-out").write_text_content(BytesText::new(&text))?;
        }
        Ok(())
    })?;
    Ok(())
}

struct Counts {
    tests: String,
    failures: String,
    skipped: String,
}

impl Counts {
    fn from_findings(findings: &[&Finding], strict: bool) -> Self {
        let count = |pick: &dyn Fn(&Finding) -> bool| {
            findings.iter().filter(|finding| pick(finding)).count().to_string()
        };
        Self {
            tests: findings.len().to_string(),
            failures: count(&|finding| finding.fails(strict)),
            skipped: count(&|finding| {
                !finding.fails(strict) && finding.verdict != Verdict::Consistent
            }),
        }
    }

    fn whole(&self) -> [(&str, &str); 3] {
        [("tests", &self.tests), ("failures", &self.failures), ("errors", "0")]
    }
}
