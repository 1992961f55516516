//! The line of a dossier at every resolution, segment by segment.

use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::{Dossier, Segment};
use crate::progress::Progress;
use crate::resolution::{Curves, ladder};

/// The line of a dossier measured at every resolution: once per segment, summed as asked.
///
/// The ends of segments stay, as in [`super::Measurement`], so that the parts add up to
/// the whole at each resolution.
#[derive(Debug, Clone)]
pub struct LineCurves {
    segments: Vec<Curves>,
}

impl LineCurves {
    /// Measures each segment from 1 m to 10 km, the ends of the measurement band among
    /// the resolutions.
    #[must_use]
    pub fn new(dossier: &Dossier) -> Self {
        Self::with_progress(dossier, Progress::SILENT)
    }

    /// The same, with a report of each stage to `progress`.
    #[doc(hidden)]
    #[must_use]
    pub fn with_progress(dossier: &Dossier, progress: Progress<'_>) -> Self {
        let ends = dossier.band().map(|band| [band.fine_m, band.coarse_m]);
        let rungs = ladder(ends.as_ref().map_or(&[], |ends| &ends[..]));
        // Counted and reported under one lock: otherwise a thread could report a smaller count
        // after another has reported a larger one.
        let (begun, total) = (Mutex::new(0), dossier.segments.len() as u64);
        let curves = |segment: &Segment| {
            {
                let mut begun = begun.lock().unwrap_or_else(PoisonError::into_inner);
                progress.report(&segment.id, *begun, total);
                *begun += 1;
            }
            Curves::new(&segment.path, &rungs)
        };
        Self { segments: dossier.segments.par_iter().map(curves).collect() }
    }

    /// The curves of each segment, in the dossier's order.
    #[must_use]
    pub(crate) fn segments(&self) -> &[Curves] {
        &self.segments
    }

    /// The curves of the segments that `pick` accepts, added up.
    #[must_use]
    pub(crate) fn curves_of(&self, dossier: &Dossier, pick: impl Fn(&Segment) -> bool) -> Curves {
        let both = dossier.segments.iter().zip(&self.segments);
        Curves::sum(both.filter(|(segment, _)| pick(segment)).map(|(_, curves)| curves))
    }
}
