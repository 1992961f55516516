//! The line measured: once per resolution, once per ellipsoid, summed as asked.

use geo::Coord;
use rayon::prelude::*;
use serde::Serialize;

use super::{Band, Depiction, Dossier, Figure, Scope, Segment, Standing};
use crate::geodesy::{CompensatedSum, Ellipsoid, Geodesic, Method};
use crate::quantity::{Interval, Metres};
use crate::resolution::{Reach, Thinning, Together};

/// A resolution a length is measured at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Resolution {
    /// Every vertex.
    Full,
    /// Simplified at the fine end of the band.
    Fine,
    /// Simplified at the coarse end of the band.
    Coarse,
    /// Simplified until the whole line is as long as the parties published it; see
    /// the tolerance that the report names.
    AsPublished,
}

/// How much of a line is shown to be land and water by other evidence than its shape.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShownLengths {
    /// All of it.
    pub(crate) total: Metres,
    /// What is shown to be water.
    pub water: Metres,
    /// What is shown to be land.
    pub land: Metres,
    /// What is shown to be sea.
    pub(crate) sea: Metres,
}

impl ShownLengths {
    /// The length that nothing shows to be land, water or sea.
    #[must_use]
    pub fn neither(&self) -> Metres {
        self.total - self.water - self.land - self.sea
    }
}

/// The lengths of a depiction's pieces.
#[derive(Debug, Clone)]
pub struct Measurement {
    /// How edges were measured.
    pub(crate) method: Method,
    /// The longest edge that the method's series measures at the line's highest
    /// latitude; 0 where Karney's method measures every edge.
    pub(crate) reach: Metres,
    /// Per piece: full, fine, coarse, as published; on WGS 84.
    pieces: Vec<[Metres; 4]>,
    /// The tolerance at which the whole line is as long as published.
    as_published_m: Option<f64>,
    /// The whole line at full detail on other ellipsoids.
    pub(crate) on_others: Vec<(Ellipsoid, Metres)>,
    /// For each segment: the uncertainty along the line of the joint at which it begins.
    joints_m: Vec<f64>,
    /// Which segments each piece holds, as in the depiction.
    segments: Vec<std::ops::Range<usize>>,
}

impl Measurement {
    /// Measures a depiction by a method of your choice.
    #[must_use]
    pub(crate) fn by(method: Method, dossier: &Dossier, depiction: &Depiction) -> Self {
        let geodesic = Geodesic::new(Ellipsoid::WGS84).with_method(method);
        let paths: Vec<&[Coord]> = depiction.pieces.iter().map(|piece| &piece.path[..]).collect();
        let full = paths.iter().map(|path| [geodesic.sound_length(path); 4]);
        let mut pieces: Vec<[Metres; 4]> = full.collect();
        // Without a band all resolutions are full detail.
        let as_published_m =
            dossier.band().and_then(|band| over(band, dossier, &geodesic, &paths, &mut pieces));
        let on = |ellipsoid| {
            let geodesic = Geodesic::new(ellipsoid).with_method(method);
            let lengths = depiction.line.stretches().map(|path| geodesic.sound_length(path));
            (ellipsoid, lengths.sum())
        };
        let others = dossier.ellipsoids.iter().copied().chain([Ellipsoid::SPHERE]);
        let latitudes = depiction.line.vertices().iter().map(|vertex| vertex.y.abs());
        let highest_deg = latitudes.fold(0.0, f64::max);
        let mut joints_m = vec![0.0; dossier.segments.len()];
        for joint in &depiction.joints {
            if let Some(along_m) = joints_m.get_mut(joint.segment) {
                *along_m = joint.along_m;
            }
        }
        Self {
            method,
            reach: geodesic.reach(highest_deg),
            pieces,
            as_published_m,
            on_others: others.map(on).collect(),
            joints_m,
            segments: depiction.pieces.iter().map(|piece| piece.segments.clone()).collect(),
        }
    }

    /// The whole line at a resolution.
    #[must_use]
    pub fn total(&self, resolution: Resolution) -> Metres {
        self.sum(resolution, |_| true)
    }

    /// The whole line over the measurement band; without one, at full detail.
    #[must_use]
    pub fn band(&self) -> Interval {
        self.range(|_| true)
    }

    /// The tolerance, in metres, at which the whole line is as long as the parties published
    /// it; `None` where they published no length, or no resolution of the band gives that length.
    #[must_use]
    pub(crate) const fn as_published_m(&self) -> Option<f64> {
        self.as_published_m
    }

    /// How much of the line is shown to be land and water. It is assumed that, within a segment,
    /// simplification shortens shown and other parts alike.
    #[doc(hidden)]
    #[must_use]
    pub fn shown(&self, dossier: &Dossier, resolution: Resolution) -> ShownLengths {
        let shown_water = |segment: &Segment| segment.facts.is_shown_water();
        let shown_sea = |segment: &Segment| segment.facts.is_shown_sea();
        let mut land = CompensatedSum::default();
        for (segments, lengths) in self.segments.iter().zip(&self.pieces) {
            land.add(lengths[resolution as usize].value() * land_share(dossier, segments));
        }
        ShownLengths {
            total: self.total(resolution),
            water: self.length_of(dossier, resolution, shown_water),
            land: Metres::new(land.total()),
            sea: self.length_of(dossier, resolution, shown_sea),
        }
    }

    /// Which shares of a piece are shown to be land, water and sea.
    pub(crate) fn shown_of(dossier: &Dossier, segments: &std::ops::Range<usize>) -> [f64; 3] {
        let whole = |pick: fn(&Segment) -> bool| {
            if all_picked(dossier, segments, &pick) { 1.0 } else { 0.0 }
        };
        let water = whole(|segment| segment.facts.is_shown_water());
        let sea = whole(|segment| segment.facts.is_shown_sea());
        [land_share(dossier, segments), water, sea]
    }

    /// The pieces, at full detail, whose segments differ in something, so that it cannot be said
    /// which part has which value.
    #[must_use]
    pub(crate) fn unlocated<'a, T: PartialEq>(
        &self,
        dossier: &'a Dossier,
        fact: impl Fn(&'a Segment) -> T,
    ) -> Metres {
        self.sum(Resolution::Full, |segments| {
            let of_piece = dossier.segments.get(segments.clone()).unwrap_or_default();
            let mut facts = of_piece.iter().map(&fact);
            let first = facts.next();
            facts.any(|other| Some(other) != first)
        })
    }

    /// The length of the segments that `pick` accepts, at a resolution. Segments in one piece with
    /// others that it does not accept are left out.
    #[must_use]
    pub fn length_of(
        &self,
        dossier: &Dossier,
        resolution: Resolution,
        pick: impl Fn(&Segment) -> bool,
    ) -> Metres {
        self.sum(resolution, |segments| all_picked(dossier, segments, &pick))
    }

    /// The length of the segments that `pick` accepts, over the measurement band.
    #[must_use]
    pub(crate) fn band_of(&self, dossier: &Dossier, pick: impl Fn(&Segment) -> bool) -> Interval {
        self.range(|segments| all_picked(dossier, segments, &pick))
    }

    /// Whether a segment that `pick` accepts is in one piece with others that it does not accept,
    /// so that its length is not known.
    #[must_use]
    pub(crate) fn is_mixed(&self, dossier: &Dossier, pick: impl Fn(&Segment) -> bool) -> bool {
        self.segments.iter().any(|segments| {
            let (count, all) = picked(dossier, segments, &pick);
            count > 0 && count < all
        })
    }

    /// The uncertainty of a total over picked segments from the uncertain places where they begin
    /// and end. The errors of joints are independent, so their squares add up.
    ///
    /// # Units
    /// Metres.
    #[must_use]
    pub(crate) fn ends_m(&self, dossier: &Dossier, pick: impl Fn(&Segment) -> bool) -> f64 {
        let pairs = dossier.segments.iter().zip(dossier.segments.iter().skip(1));
        pairs
            .zip(self.joints_m.iter().skip(1))
            .filter(|((before, after), _)| pick(before) != pick(after))
            .map(|(_, joint_m)| joint_m * joint_m)
            .sum::<f64>()
            .sqrt()
    }

    /// The length of each piece, with the segments it holds.
    #[doc(hidden)]
    pub fn pieces(&self) -> impl Iterator<Item = (std::ops::Range<usize>, [Metres; 3])> + '_ {
        let band = |[full, fine, coarse, _]: &[Metres; 4]| [*full, *fine, *coarse];
        self.segments.iter().cloned().zip(self.pieces.iter().map(band))
    }

    fn range(&self, pick: impl Fn(&std::ops::Range<usize>) -> bool) -> Interval {
        let fine = self.sum(Resolution::Fine, &pick).value();
        let coarse = self.sum(Resolution::Coarse, &pick).value();
        // Lengths are finite: every vertex of a line is.
        Interval::spanning(fine, coarse).unwrap_or(Interval::ZERO)
    }

    fn sum(
        &self,
        resolution: Resolution,
        pick: impl Fn(&std::ops::Range<usize>) -> bool,
    ) -> Metres {
        let mut sum = CompensatedSum::default();
        for (segments, lengths) in self.segments.iter().zip(&self.pieces) {
            if pick(segments) {
                sum.add(lengths[resolution as usize].value());
            }
        }
        Metres::new(sum.total())
    }
}

/// Measures each path at both ends of the band, and where the whole line is as long as published:
/// gives that tolerance.
fn over(
    band: &Band,
    dossier: &Dossier,
    geodesic: &Geodesic,
    paths: &[&[Coord]],
    pieces: &mut [[Metres; 4]],
) -> Option<f64> {
    let finest_m = band.fine_m.min(band.coarse_m);
    let thinnings =
        paths.par_iter().map(|path| Thinning::down_to(*path, finest_m)).collect::<Vec<_>>();
    let as_published_m = as_published_m(dossier, band, &thinnings, finest_m);
    let tolerances = [(1, Some(band.fine_m)), (2, Some(band.coarse_m)), (3, as_published_m)];
    for (lengths, thinning) in pieces.iter_mut().zip(&thinnings) {
        for (at, tolerance_m) in tolerances {
            if let Some(tolerance_m) = tolerance_m {
                lengths[at] = geodesic.sound_length(&thinning.at(tolerance_m));
            }
        }
    }
    as_published_m
}

/// The tolerance at which the whole line is as long as the parties published it.
fn as_published_m(
    dossier: &Dossier,
    band: &Band,
    thinnings: &[Thinning<'_>],
    finest_m: f64,
) -> Option<f64> {
    let governing =
        |figure: &&Figure| figure.scope == Scope::Line && figure.standing == Standing::Governing;
    let published = dossier.figures.iter().find(governing)?;
    let coarsest_m = band.fine_m.max(band.coarse_m);
    let length = Metres::new(published.nominal());
    match Together::from_thinnings(thinnings, finest_m).reach(length, finest_m, coarsest_m) {
        Reach::At(tolerance_m) => Some(tolerance_m),
        Reach::TooLong | Reach::TooShort => None,
    }
}

/// The share of a piece that is shown to be land: that of its segments, weighted by their lengths,
/// if none of them is shown to be water or sea.
fn land_share(dossier: &Dossier, segments: &std::ops::Range<usize>) -> f64 {
    let of_piece = dossier.segments.get(segments.clone()).unwrap_or_default();
    let is_wet = |it: &Segment| it.facts.is_shown_water() || it.facts.is_shown_sea();
    if of_piece.iter().any(is_wet) {
        return 0.0;
    }
    let shares = dossier.land_shares.get(segments.clone()).unwrap_or_default();
    let ends = dossier.segment_ends();
    let lengths = ends.get(segments.clone()).unwrap_or_default();
    let lengths_m = || lengths.iter().map(|[from_m, to_m]| to_m - from_m);
    let shown_m: f64 = shares.iter().zip(lengths_m()).map(|(share, m)| share * m).sum();
    let whole_m: f64 = lengths_m().sum();
    if whole_m > 0.0 { shown_m / whole_m } else { 0.0 }
}

/// How many of a piece's segments are picked, and how many it has.
fn picked(
    dossier: &Dossier,
    segments: &std::ops::Range<usize>,
    pick: &impl Fn(&Segment) -> bool,
) -> (usize, usize) {
    let of_piece = dossier.segments.get(segments.clone()).unwrap_or_default();
    (of_piece.iter().filter(|segment| pick(segment)).count(), of_piece.len())
}

/// Whether a piece consists of picked segments.
fn all_picked(
    dossier: &Dossier,
    segments: &std::ops::Range<usize>,
    pick: &impl Fn(&Segment) -> bool,
) -> bool {
    let (count, all) = picked(dossier, segments, pick);
    count == all && all > 0
}
