//! Lengths that are published or asked about, and the resolutions at which a line has them: the
//! same question as `length/…`, asked of the curves of length over resolution.

use super::Verdict;
use super::length::over_the_band;
use crate::dossier::{Band, Dossier, Figure, LineCurves, Scope, Standing};
use crate::quantity::{Dimension, Interval, Metres};
use crate::resolution::{Curves, Reach, Together};

/// A length, and where on the curves of a line it lies.
#[derive(Debug, Clone)]
pub(crate) struct ReachedLength<'a> {
    /// The figure; `None` for a length that the caller gave.
    pub(crate) figure: Option<&'a Figure>,
    /// The part of the line.
    pub(crate) scope: Scope,
    /// The length.
    pub(crate) length: Metres,
    /// What it means with its rounding.
    pub(crate) interval: Interval,
    /// The resolution of simplification at which it is reached.
    pub(crate) simplified: Reach,
    /// The opening of the dividers at which it is reached.
    pub(crate) walked: Reach,
    /// For the whole line, and where there is a measurement band: whether the line can be that
    /// long within it.
    pub(crate) band_verdict: Option<Verdict>,
}

/// Neighbouring resolutions of a curve are no farther apart than this, as a factor.
const AROUND: f64 = 2.0;

impl<'a> ReachedLength<'a> {
    /// The governing figures for lengths of a dossier's line, then other lengths of all of it.
    #[must_use]
    pub(crate) fn all(dossier: &'a Dossier, curves: &LineCurves, others: &[Metres]) -> Vec<Self> {
        let governing = dossier.figures.iter().filter(|figure| {
            figure.standing == Standing::Governing && figure.unit.dimension == Dimension::Length
        });
        let parts = governing.filter(|figure| !matches!(figure.scope, Scope::Other(_)));
        let published = parts.map(|figure| {
            let of_part = curves.curves_of(dossier, |segment| figure.scope.holds(segment));
            Self::published(figure, &of_part, dossier.band())
        });
        let whole = curves.curves_of(dossier, |_| true);
        let asked = others.iter().map(|length| Self::asked(*length, &whole, dossier.band()));
        published.chain(asked).map(|each| each.exact(dossier)).collect()
    }

    fn published(figure: &'a Figure, curves: &Curves, band: Option<&Band>) -> Self {
        let scope = figure.scope.clone();
        let band = band.filter(|_| scope == Scope::Line);
        let length = Metres::new(figure.nominal());
        let reached = Self::new(scope, length, figure.interval, curves, band);
        Self { figure: Some(figure), ..reached }
    }

    /// A length that somebody asks about.
    #[must_use]
    pub(crate) fn asked(length: Metres, curves: &Curves, band: Option<&Band>) -> Self {
        let exact = Interval::spanning(length.value(), length.value()).unwrap_or(Interval::ZERO);
        Self::new(Scope::Line, length, exact, curves, band)
    }

    fn new(
        scope: Scope,
        length: Metres,
        interval: Interval,
        curves: &Curves,
        band: Option<&Band>,
    ) -> Self {
        let range = band.and_then(|band| curves.between(band.fine_m, band.coarse_m));
        Self {
            figure: None,
            scope,
            length,
            interval,
            simplified: curves.simplified.reach(length),
            walked: curves.walked.reach(length),
            band_verdict: range.map(|range| over_the_band(range, interval)),
        }
    }

    /// The same with the tolerance found on the line itself: the curve is known only at some
    /// resolutions, and between them it is up to a tenth off.
    fn exact(self, dossier: &Dossier) -> Self {
        let Reach::At(near_m) = self.simplified else { return self };
        let picked = dossier.segments.iter().filter(|segment| self.scope.holds(segment));
        let (fine_m, coarse_m) = (near_m / AROUND, near_m * AROUND);
        let together = Together::down_to(picked.map(|it| it.path.as_slice()), fine_m);
        match together.reach(self.length, fine_m, coarse_m) {
            simplified @ Reach::At(_) => Self { simplified, ..self },
            Reach::TooLong | Reach::TooShort => self,
        }
    }
}
