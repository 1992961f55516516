//! Gathers what a page shows besides words, and measures it where necessary, before anything is
//! drawn.

use treatyline::check::Subject;
use treatyline::compare::{Comparison, Settings};
use treatyline::dossier::{Depiction, LineCurves};
use treatyline::internal::compare::Profile;
use treatyline::internal::line::SNAPPING_DEG;
use treatyline::quantity::Metres;
use treatyline::report::Compared;
use treatyline::report::{LineOrigin, ResolutionReport};
use treatyline::resolution::{Curves, ladder};

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
    /// Gathers them: the line is measured once for each resolution.
    #[must_use]
    pub fn new(subject: &Subject<'_>) -> Self {
        Self::with(subject, None)
    }

    /// The same, where the curves of the dossier's own line may have been measured before.
    #[must_use]
    pub fn with(subject: &Subject<'_>, curves: Option<&LineCurves>) -> Self {
        let (resolution, (map, change)) = rayon::join(
            || resolution(subject, curves),
            || (Map::new(subject), Change::new(subject)),
        );
        Self { map, resolution, change }
    }
}

impl Change {
    /// `None` for the dossier's own line, and for a line that is not near it.
    fn new(subject: &Subject<'_>) -> Option<Self> {
        let (dossier, depiction) = (subject.dossier(), subject.depiction());
        if depiction.is_own() {
            return None;
        }
        let own = Depiction::own(dossier);
        let lines: [&Depiction; 2] = [&own, depiction];
        let [old, new] = lines.map(Depiction::as_drawn);
        let accuracies = lines.map(|line| Some(Metres::new(line.accuracy_m())));
        let settings = Settings { accuracies, ..Settings::default() };
        let comparison = Comparison::new(&old, &new, &settings).ok()?;
        let profile = comparison.profile(BINS);
        let parties = dossier.parties().each_ref().map(|party| party.name.clone());
        Some(Self { comparison, profile, parties })
    }

    /// What was found, with names.
    pub(super) fn compared(&self) -> Compared<'_> {
        let [left, right] = &self.parties;
        Compared::new(&self.comparison, left, right)
    }
}

/// The dossier's line by medium; another one, the parts of which may not be distinguished, as
/// a whole.
fn resolution(subject: &Subject<'_>, curves: Option<&LineCurves>) -> ResolutionReport {
    let (dossier, depiction) = (subject.dossier(), subject.depiction());
    if depiction.is_own() {
        let of_dossier = |curves: &LineCurves| ResolutionReport::of_dossier(dossier, curves, &[]);
        return curves.map_or_else(|| of_dossier(&LineCurves::new(dossier)), of_dossier);
    }
    let line = LineOrigin {
        title: depiction.title().to_owned(),
        origin: depiction.origin().to_owned(),
        sha256: depiction.digest().to_owned(),
        snapping_deg: depiction.snapping_deg().unwrap_or(SNAPPING_DEG),
        fixes: depiction.fixes().clone(),
    };
    let rungs = ladder(&[]);
    let curves: Vec<Curves> =
        depiction.line().stretches().map(|stretch| Curves::new(stretch, &rungs)).collect();
    ResolutionReport::of_line(line, &Curves::sum(&curves), &[])
}
