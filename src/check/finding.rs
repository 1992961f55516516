//! A finding: the outcome of one check, as data.

use std::fmt;

use serde::Serialize;

use super::id::{FindingId, Topic};
use crate::quantity::{Dimension, Interval};
use crate::wording;

/// What a check found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The data confirm it.
    Consistent,
    /// The data exclude it.
    Inconsistent,
    /// The data cannot decide.
    Undecided,
    /// It was not tried.
    Skipped,
}

impl Verdict {
    /// Every verdict, in the order they are counted.
    pub const ALL: [Self; 4] =
        [Self::Consistent, Self::Inconsistent, Self::Undecided, Self::Skipped];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Consistent => "consistent",
            Self::Inconsistent => "inconsistent",
            Self::Undecided => "undecided",
            Self::Skipped => "skipped",
        }
    }
}

/// How serious it is if a finding is inconsistent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// It is about the line, or about figures that bind the parties.
    Error,
    /// Worth knowing: informal figures, sources that disagree.
    Note,
}

impl Severity {
    /// `Error` if so, otherwise `Note`.
    #[must_use]
    pub(crate) const fn error_if(is_error: bool) -> Self {
        if is_error { Self::Error } else { Self::Note }
    }

    /// Its name.
    #[doc(hidden)]
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Note => "note",
        }
    }
}

/// What a verdict comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// The line, or places on the ground: geometry was asked, even where it cannot decide.
    Geometry,
    /// Lines constructed from the words of the law, and nobody's drawing.
    Readings,
    /// Published figures alone, by arithmetic.
    Figures,
    /// The files and the program themselves: whether data and arithmetic are sound. It says
    /// nothing about published figures, and is counted separately.
    Files,
}

impl Basis {
    /// Its name.
    #[must_use]
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Geometry => "geometry",
            Self::Readings => "readings",
            Self::Figures => "figures",
            Self::Files => "files",
        }
    }
}

/// A value that a check derived, in SI units.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Derived {
    /// What it is.
    pub name: String,
    /// Its range.
    pub interval: Interval,
    /// What it measures.
    pub(crate) dimension: Dimension,
}

impl Derived {
    /// A derived range.
    #[must_use]
    pub(crate) fn new(name: &str, interval: Interval, dimension: Dimension) -> Self {
        Self { name: name.to_owned(), interval, dimension }
    }

    /// A derived length in metres; `None` for NaN.
    #[must_use]
    pub(crate) fn metres(name: &str, metres: f64) -> Option<Self> {
        Some(Self::new(name, Interval::new(metres, metres)?, Dimension::Length))
    }
}

/// The explanation of a finding on a line that can carry no verdict, in its parts.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Unfit {
    /// Why it cannot, one sentence each. Other findings may have the same ones.
    pub(crate) reasons: Vec<String>,
    /// What was found all the same.
    pub(crate) found: String,
}

/// The outcome of a check.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Finding {
    /// Stable id, `length/total`.
    pub id: FindingId,
    /// Whether it changes the exit code.
    pub severity: Severity,
    /// The outcome.
    pub verdict: Verdict,
    /// What the outcome comes from.
    pub basis: Basis,
    /// Ids of the published figures it used.
    pub figures: Vec<String>,
    /// The values it derived.
    pub derived: Vec<Derived>,
    /// Derived minus published, middle to middle, in SI units; `None` where nothing is
    /// published, or one of them has no bound on one side.
    pub residual: Option<(f64, Dimension)>,
    /// One or two plain sentences.
    pub explanation: String,
    /// The parts of `explanation`, if the line can carry no verdict.
    pub(crate) unfit: Option<Unfit>,
    /// Bibliography keys.
    pub sources: Vec<String>,
}

impl Finding {
    /// Whether it makes a run fail: inconsistent with severity error, or, when `strict`,
    /// inconsistent or undecided.
    #[must_use]
    pub(crate) const fn fails(&self, strict: bool) -> bool {
        match self.verdict {
            Verdict::Inconsistent => strict || matches!(self.severity, Severity::Error),
            Verdict::Undecided => strict,
            Verdict::Consistent | Verdict::Skipped => false,
        }
    }

    /// A finding on geometry, without figures, values or sources yet.
    #[must_use]
    pub(crate) fn new(
        topic: Topic,
        severity: Severity,
        verdict: Verdict,
        explanation: impl Into<String>,
    ) -> Self {
        Self {
            id: topic.into(),
            severity,
            verdict,
            basis: Basis::Geometry,
            figures: Vec::new(),
            derived: Vec::new(),
            residual: None,
            explanation: explanation.into(),
            unfit: None,
            sources: Vec::new(),
        }
    }

    /// The same, but on what the words of the law allow.
    #[must_use]
    pub(crate) const fn on_readings(mut self) -> Self {
        self.basis = Basis::Readings;
        self
    }

    /// The same, but on published figures alone.
    #[must_use]
    pub(crate) const fn on_figures_alone(mut self) -> Self {
        self.basis = Basis::Figures;
        self
    }

    /// The same, but a test of the files and the program.
    #[must_use]
    pub(crate) const fn on_files(mut self) -> Self {
        self.basis = Basis::Files;
        self
    }

    /// With the figures it used.
    #[must_use]
    pub(crate) fn figures<'a>(mut self, ids: impl IntoIterator<Item = &'a str>) -> Self {
        self.figures.extend(ids.into_iter().map(str::to_owned));
        self
    }

    /// The same, undecided, because the line can carry no verdict.
    #[must_use]
    pub(crate) fn unfit(self, reasons: Vec<String>) -> Self {
        let explanation = format!("{} {}", reasons.join(" "), self.explanation);
        let unfit = Some(Unfit { reasons, found: self.explanation });
        Self { verdict: Verdict::Undecided, explanation, unfit, ..self }
    }

    /// With values it derived.
    #[must_use]
    pub(crate) fn derived(mut self, values: impl IntoIterator<Item = Derived>) -> Self {
        self.derived.extend(values);
        self
    }

    /// With the difference of derived and published; NaN and infinities are left
    /// out.
    #[must_use]
    pub(crate) fn residual(mut self, value: f64, dimension: Dimension) -> Self {
        self.residual = value.is_finite().then_some((value, dimension));
        self
    }

    /// With derived minus published, middle to middle: the first derived value less what is
    /// published. A range without a bound on one side has no middle: then there is no residual.
    #[must_use]
    pub(crate) fn residual_from(self, published: Interval) -> Self {
        let Some(derived) = self.derived.first() else { return self };
        let (found, dimension) = (derived.interval, derived.dimension);
        let ends = [found.low(), found.high(), published.low(), published.high()];
        if ends.iter().all(|end| end.is_finite()) {
            self.residual(found.middle() - published.middle(), dimension)
        } else {
            self
        }
    }

    /// With bibliography keys, each kept once.
    #[must_use]
    pub(crate) fn sources<'a>(mut self, keys: impl IntoIterator<Item = &'a String>) -> Self {
        for key in keys {
            if !self.sources.contains(key) {
                self.sources.push(key.clone());
            }
        }
        self
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is {}: {}", self.id, self.verdict.name(), self.explanation)?;
        for value in &self.derived {
            let range = wording::range(value.interval, value.dimension, 3);
            write!(f, "\n  {}: {range}", value.name)?;
        }
        if !self.figures.is_empty() {
            write!(f, "\n  published figures: {}", self.figures.join(", "))?;
        }
        Ok(())
    }
}

/// All findings on one line.
#[derive(Debug, Clone, PartialEq)]
pub struct Findings(Vec<Finding>);

impl Findings {
    pub(super) const fn new(findings: Vec<Finding>) -> Self {
        Self(findings)
    }

    /// In their fixed order.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.0.iter()
    }

    /// The finding of this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Finding> {
        self.0.iter().find(|finding| finding.id == *id)
    }

    /// The finding about something.
    #[must_use]
    pub(crate) fn about(&self, topic: &Topic) -> Option<&Finding> {
        self.0.iter().find(|finding| finding.id.topic() == topic)
    }

    /// How many have this verdict.
    #[must_use]
    pub fn count(&self, verdict: Verdict) -> usize {
        self.0.iter().filter(|finding| finding.verdict == verdict).count()
    }

    /// Whether anything fails: a finding of severity error that is inconsistent, or,
    /// when `strict`, any finding that is inconsistent or undecided.
    #[must_use]
    pub fn fail(&self, strict: bool) -> bool {
        self.0.iter().any(|finding| finding.fails(strict))
    }

    /// For tests: the finding is there and consistent.
    ///
    /// # Panics
    /// With the finding's full explanation if it is not.
    #[track_caller]
    pub fn assert_consistent(&self, id: &str) {
        self.assert(id, Verdict::Consistent);
    }

    /// For tests: the finding is there and inconsistent.
    ///
    /// # Panics
    /// With the finding's full explanation if it is not.
    #[track_caller]
    pub fn assert_inconsistent(&self, id: &str) {
        self.assert(id, Verdict::Inconsistent);
    }

    /// For tests: the finding is there and undecided.
    ///
    /// # Panics
    /// With the finding's full explanation if it is not.
    #[track_caller]
    pub fn assert_undecided(&self, id: &str) {
        self.assert(id, Verdict::Undecided);
    }

    /// For tests: the finding is there with this verdict.
    ///
    /// # Panics
    /// With the finding's full explanation if it is not.
    #[track_caller]
    #[expect(clippy::panic, reason = "an assertion fails by panicking; nothing else calls it")]
    pub fn assert(&self, id: &str, verdict: Verdict) {
        match self.get(id) {
            Some(finding) if finding.verdict == verdict => {}
            Some(finding) => panic!("expected {}, but {finding}", verdict.name()),
            None => {
                let ids: Vec<&str> = self.0.iter().map(|finding| finding.id.as_str()).collect();
                panic!("there is no finding `{id}`; there are {}", ids.join(", "));
            }
        }
    }
}

impl<'a> IntoIterator for &'a Findings {
    type Item = &'a Finding;
    type IntoIter = std::slice::Iter<'a, Finding>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
