//! Gathers what a page shows besides words, before anything is drawn.

use treatyline::check::Study;
use treatyline::compare::Comparison;
use treatyline::internal::compare::Profile;
use treatyline::internal::report::Compared;
use treatyline::report::ResolutionReport;

use super::map::Map;

/// The map and the curves of a report's page; for a line that is not the dossier's own,
/// what lies between the two.
#[derive(Debug, Clone)]
pub struct Exhibits {
    pub(super) map: Map,
    pub(super) resolution: ResolutionReport,
    pub(super) change: Option<Change>,
}

/// The way from the dossier's own line to another one.
#[derive(Debug, Clone)]
pub(super) struct Change {
    comparison: Comparison,
    pub profile: Profile,
    parties: [String; 2],
}

/// The number of stretches of a profile: about two pixels of a chart each.
pub(super) const BINS: u32 = 320;

impl Exhibits {
    /// Gathers them. What the study has not measured yet, it measures now.
    #[must_use]
    pub fn new(study: &Study<'_>) -> Self {
        let (resolution, (map, change)) = rayon::join(
            || ResolutionReport::of_study(study),
            || (Map::new(study), Change::new(study)),
        );
        Self { map, resolution, change }
    }
}

impl Change {
    /// `None` for the dossier's own line, and for a line that is not near it.
    fn new(study: &Study<'_>) -> Option<Self> {
        let comparison = study.change()?.clone();
        let profile = comparison.profile(BINS);
        let parties = study.dossier().parties().each_ref().map(|party| party.name.clone());
        Some(Self { comparison, profile, parties })
    }

    /// What was found, with names.
    pub(super) fn compared(&self) -> Compared<'_> {
        let [left, right] = &self.parties;
        Compared::new(&self.comparison, left, right)
    }
}
