//! Published lengths, and the resolutions at which the line has them.

use serde::Serialize;

use super::model::WHOLE;
use crate::check::Verdict;
use crate::dossier::{Band, Dossier, Figure, Segment, Standing};
use crate::quantity::{Dimension, Interval, Metres};
use crate::report::Range;
use crate::report::model::{fixed, metres};
use crate::resolution::{Curve, Curves, Reach, Together};
use crate::wording;

/// A published length and where on the curves it lies.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PublishedLength {
    /// Id of the figure; `null` for a length that the caller gave.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) figure: Option<String>,
    /// The part of the line: `whole`, `land`, `water`, or a named stretch.
    pub of: String,
    /// The length.
    pub length_m: f64,
    /// What it means with its rounding.
    pub(crate) interval_m: Range,
    /// The resolution of simplification at which it is reached.
    pub(crate) simplified: ReachEntry,
    /// The opening of the dividers at which it is reached.
    pub(crate) walked: ReachEntry,
    /// For the whole line, and where there is a measurement band: whether the line can be
    /// that long within it. Land and water depend on more than resolution: see the
    /// findings `length/…`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub band_verdict: Option<Verdict>,
    /// As people write it.
    #[serde(skip)]
    pub text: String,
}

/// Where on a curve a length is reached.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct ReachEntry {
    /// Whether it is reached, and if not, why not.
    pub(crate) outcome: Reached,
    /// The resolution, if it is reached.
    pub(crate) resolution_m: Option<f64>,
}

/// Whether a length is reached.
#[allow(clippy::enum_variant_names, reason = "documents have the names of the variants")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Reached {
    /// It is.
    Reached,
    /// It is longer than the line at the finest resolution.
    TooLong,
    /// It is shorter than the line at the coarsest.
    TooShort,
}

impl From<Reach> for ReachEntry {
    fn from(reach: Reach) -> Self {
        let (outcome, resolution_m) = match reach {
            Reach::At(at_m) => (Reached::Reached, Some(fixed(at_m, Dimension::Length))),
            Reach::TooLong => (Reached::TooLong, None),
            Reach::TooShort => (Reached::TooShort, None),
        };
        Self { outcome, resolution_m }
    }
}

/// The part of the line that a figure is about. The parts shown to be water count as water, and
/// all the rest as land.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Scope<'a> {
    Whole,
    Land,
    Water,
    Stretch(&'a str),
}

impl<'a> Scope<'a> {
    /// The scope of a governing figure for a length of the line; `None` for any other.
    pub(super) fn from_figure(figure: &'a Figure) -> Option<Self> {
        let is_governing = figure.standing == Standing::Governing;
        if !is_governing || figure.unit.dimension != Dimension::Length {
            return None;
        }
        match figure.scope.strip_prefix("line")? {
            "" => Some(Self::Whole),
            "/land" => Some(Self::Land),
            "/water" => Some(Self::Water),
            stretch => stretch.strip_prefix('/').map(Self::Stretch),
        }
    }

    pub(super) fn holds(self, segment: &Segment) -> bool {
        match self {
            Self::Whole => true,
            Self::Land => !segment.facts.is_shown_water(),
            Self::Water => segment.facts.is_shown_water(),
            Self::Stretch(name) => segment.facts.stretch.as_deref() == Some(name),
        }
    }

    const fn name(self) -> &'a str {
        match self {
            Self::Whole => WHOLE,
            Self::Land => "land",
            Self::Water => "water",
            Self::Stretch(name) => name,
        }
    }
}

/// Neighbouring resolutions of a curve are no farther apart than this, as a factor.
const AROUND: f64 = 2.0;

impl PublishedLength {
    pub(super) fn figure(figure: &Figure, scope: Scope<'_>, curves: &Curves, band: &Band) -> Self {
        let length = Metres::new(figure.nominal());
        let entry = Self::new(scope.name(), length, figure.interval, curves);
        let verdict = verdict(curves, figure.interval, band);
        Self {
            figure: Some(figure.id.clone()),
            band_verdict: verdict.filter(|_| scope == Scope::Whole),
            text: figure.text(),
            ..entry
        }
    }

    /// The same with the tolerance found on the line itself: the curve is known only at some
    /// resolutions, and between them it is up to a tenth off.
    pub(super) fn exact(self, dossier: &Dossier, scope: Scope<'_>) -> Self {
        let Some(near_m) = self.simplified.resolution_m else { return self };
        let picked = dossier.segments.iter().filter(|segment| scope.holds(segment));
        let (fine_m, coarse_m) = (near_m / AROUND, near_m * AROUND);
        let together = Together::down_to(picked.map(|it| it.path.as_slice()), fine_m);
        match together.reach(Metres::new(self.length_m), fine_m, coarse_m) {
            found @ Reach::At(_) => Self { simplified: found.into(), ..self },
            Reach::TooLong | Reach::TooShort => self,
        }
    }

    pub(super) fn asked(length: Metres, curves: &Curves, band: Option<&Band>) -> Self {
        let exact = Interval::spanning(length.value(), length.value()).unwrap_or(Interval::ZERO);
        let entry = Self::new(WHOLE, length, exact, curves);
        Self { band_verdict: band.and_then(|band| verdict(curves, exact, band)), ..entry }
    }

    fn new(of: &str, length: Metres, interval: Interval, curves: &Curves) -> Self {
        let reach = |curve: &Curve| ReachEntry::from(curve.reach(length));
        Self {
            figure: None,
            of: of.to_owned(),
            length_m: metres(length),
            interval_m: Range::new(interval, Dimension::Length),
            simplified: reach(&curves.simplified),
            walked: reach(&curves.walked),
            band_verdict: None,
            text: wording::km(length.value(), 2),
        }
    }
}

/// Whether a line can have a length within a band: the rule of `length/…`.
fn verdict(curves: &Curves, published: Interval, band: &Band) -> Option<Verdict> {
    let range = curves.between(band.fine_m, band.coarse_m)?;
    Some(if range.meets(published) { Verdict::Consistent } else { Verdict::Inconsistent })
}
