//! The real boundary, measured and drawn once for all tests of this program.

use std::sync::LazyLock;

use treatyline::Dossier;
use treatyline::check::{Findings, Study};
use treatyline::report::Report;
use treatyline_pages::{Exhibits, report_html};

pub(crate) static STUDY: LazyLock<Study<'static>> =
    LazyLock::new(|| Study::new(Dossier::embedded()));

pub(crate) static FINDINGS: LazyLock<Findings> = LazyLock::new(|| STUDY.check());

pub(crate) static REPORT: LazyLock<Report> = LazyLock::new(|| Report::new(&STUDY, &FINDINGS));

/// The HTML report.
pub(crate) static PAGE: LazyLock<String> =
    LazyLock::new(|| report_html(&REPORT, &Exhibits::new(&STUDY)));
