//! The complete comparison of two versions of a line, as one value.

use geo::Coord;

use super::align::Begun;
use super::hausdorff::Farthest;
use super::pieces::ONE_PLACE;
use super::related::{Unrelated, far, related};
use super::ring::Version;
use super::stretches::{Matched, Matching, OnlyIn, Pair, along, matched, together};
use super::track::{Spot, Track};
use super::{Distribution, Frechet, Hausdorff, Land};
use crate::drawn::{Accuracy, DrawnLine, Gap, Provenance};
use crate::io::Fixes;
use crate::line::Line;
use crate::progress::Progress;
use crate::quantity::Metres;

/// The settings of a comparison.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Positional accuracy of the old and of the new line, if it is known better than
    /// from a nominal scale.
    pub accuracies: [Option<Metres>; 2],
    /// Distances for which the share of line that is farther apart is reported.
    pub tolerances: Vec<Metres>,
}

impl Default for Settings {
    /// No accuracies; tolerances from that of a good map to that of a small one.
    fn default() -> Self {
        let tolerances = [10.0, 100.0, 500.0, 1_000.0, 5_000.0].map(Metres::new);
        Self { accuracies: [None; 2], tolerances: tolerances.to_vec() }
    }
}

/// Two versions of a line compared.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Comparison {
    /// The old line.
    #[doc(hidden)]
    pub old: Compared,
    /// The new line.
    #[doc(hidden)]
    pub new: Compared,
    /// Whether the new line was drawn the other way and has been turned.
    #[doc(hidden)]
    pub turned: bool,
    /// The old line and the new one as they were compared: the new one turned, either begun
    /// elsewhere, as the next field says; of lines in stretches, each stretch of the new one turned
    /// that runs against the old one, and closed ones begun alike. Chainages are along these.
    #[doc(hidden)]
    pub lines: [Line; 2],
    /// Which line, being closed, has been begun where it is nearest to the other's start; of lines
    /// of one stretch.
    #[doc(hidden)]
    pub begun: Option<Begun>,
    /// How far apart they are at worst.
    pub hausdorff: Hausdorff,
    /// How far apart two walkers are who walk along them.
    pub frechet: Frechet,
    /// What lies between them, and who gains it.
    pub land: Land,
    /// The shortest ways from places of one line to the other one.
    #[doc(hidden)]
    pub vectors: Vec<Offset>,
    /// Which pieces were compared with each other, in the order of the old line.
    #[doc(hidden)]
    pub matched: Vec<Matched>,
    /// The pieces that only one of the lines has; nothing of the above is about them but
    /// the lengths.
    pub only: Vec<OnlyIn>,
    /// What was compared with each other, as lines.
    pub(super) pieces: Vec<[Line; 2]>,
}

/// One of the two lines.
#[derive(Debug, Clone)]
pub struct Compared {
    /// Where it comes from; the title names the file too where both lines have one title.
    pub provenance: Provenance,
    /// Its positional accuracy, if it is known.
    pub(crate) accuracy: Option<Accuracy>,
    /// Its length.
    pub length: Metres,
    /// How many vertices it has.
    pub(crate) vertices: usize,
    /// Whether its parts had to be put in order, or turned, to follow one another.
    pub(crate) rearranged: bool,
    /// Gaps between its parts.
    pub gaps: Vec<Gap>,
    /// How near to each other, in degrees, the outlines of two polygons had to be.
    pub(crate) snapping_deg: f64,
    /// What was changed or left out when it was read.
    pub(crate) fixes: Fixes,
    /// How far its points are from the other line.
    pub distances: Distribution,
}

/// The shortest way from a place of one line to the other line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Offset {
    /// Which line it starts from.
    pub(crate) version: Version,
    /// Where it starts.
    pub(crate) from: Spot,
    /// Where it ends.
    pub(crate) to: Spot,
    /// How long it is.
    pub distance: Metres,
}

/// The number of offsets that are shown along each line, evenly, besides the one at its end.
const OFFSETS: u32 = 100;

impl Settings {
    /// How uncertain two lines are together; nothing where nothing is known.
    fn uncertainty(&self, lines: [&DrawnLine; 2]) -> Metres {
        let known = lines.into_iter().zip(self.accuracies);
        known.filter_map(|(drawn, given)| Some(placed(drawn, given)?.within)).sum()
    }
}

impl Comparison {
    /// Compares two lines.
    ///
    /// A line of unknown accuracy counts as exact, so that every face it bounds is
    /// significant; renderers say so.
    ///
    /// # Errors
    /// [`Unrelated`] for lines of which half is farther from the other than the smaller one is
    /// across.
    pub fn new(old: &DrawnLine, new: &DrawnLine, settings: &Settings) -> Result<Self, Unrelated> {
        Self::with_progress(old, new, settings, Progress::SILENT)
    }

    /// The same, with a report of each stage to `progress`.
    ///
    /// # Errors
    /// As [`Comparison::new`].
    #[doc(hidden)]
    pub fn with_progress(
        old: &DrawnLine,
        new: &DrawnLine,
        settings: &Settings,
        progress: Progress<'_>,
    ) -> Result<Self, Unrelated> {
        const STEPS: u64 = 5;
        let [old, new] =
            [(old, 0), (new, 1)].map(|(drawn, i)| bridged(drawn, settings.accuracies[i]));
        let titles = [&old, &new].map(|drawn| title(drawn, old.title == new.title));
        let uncertainty = settings.uncertainty([&old, &new]);
        let Matching { pairs, only, lines, turned, begun } =
            matched(&old.line, &new.line, uncertainty);
        let tracks: Vec<[Track; 2]> =
            pairs.iter().map(|pair| pair.lines.each_ref().map(Track::new)).collect();
        if let ([[there, back]], true) = (&tracks[..], only.is_empty()) {
            related(there, back)?;
        }
        let there: Vec<(&Track, &Track)> = tracks.iter().map(|[old, new]| (old, new)).collect();
        let back: Vec<(&Track, &Track)> = tracks.iter().map(|[old, new]| (new, old)).collect();
        progress.report("distances along the old line", 0, STEPS);
        let from_old = Distribution::of_all(&there, &settings.tolerances);
        progress.report("distances along the new line", 1, STEPS);
        let from_new = Distribution::of_all(&back, &settings.tolerances);
        progress.report("the land between the lines", 2, STEPS);
        let lands: Vec<Land> =
            there.iter().map(|(old, new)| Land::between(old, new, uncertainty)).collect();
        let matched = pairs.iter().zip(&lands).map(|(pair, land)| pair.matched(land)).collect();
        let land = together(lands.into_iter().zip(&pairs).map(|(land, pair)| (land, pair.from[0])));
        let vectors = vectors(&pairs, &tracks);
        progress.report("where they are farthest apart", 3, STEPS);
        let farthest: Vec<Hausdorff> =
            there.iter().map(|(old, new)| Hausdorff::new(old, new)).collect();
        progress.report("walking along both", 4, STEPS);
        let walked =
            there.iter().zip(&farthest).map(|((old, new), far)| Frechet::new(old, new, far));
        let (Some(frechet), Some(hausdorff), Some(land)) =
            (walked.reduce(Frechet::longer), worst(&pairs, &farthest), land)
        else {
            return Err(far(&Track::new(&old.line), &Track::new(&new.line)));
        };
        let [old_title, new_title] = titles;
        let [given_old, given_new] = settings.accuracies;
        Ok(Self {
            old: Compared::new(&old, old_title, given_old, from_old),
            new: Compared::new(&new, new_title, given_new, from_new),
            turned,
            begun,
            lines,
            frechet,
            hausdorff,
            land,
            vectors,
            matched,
            only,
            pieces: pairs.into_iter().map(|pair| pair.lines).collect(),
        })
    }

    /// From which width on a face is significant: both accuracies together.
    #[doc(hidden)]
    #[must_use]
    pub fn uncertainty(&self) -> Metres {
        self.old.uncertainty() + self.new.uncertainty()
    }
}

/// The title of one of two lines; two lines with the same title are distinguished by their files.
fn title(drawn: &DrawnLine, alike: bool) -> String {
    match &drawn.title {
        Some(title) if alike => format!("{title} ({})", drawn.origin),
        Some(title) => title.clone(),
        None => drawn.origin.clone(),
    }
}

/// The farthest places of all pairs.
fn worst(pairs: &[Pair], farthest: &[Hausdorff]) -> Option<Hausdorff> {
    let found = pairs.iter().zip(farthest).map(|(pair, far)| {
        let [old, new] = pair.from;
        Hausdorff {
            from_old: along(far.from_old, [old, new]),
            from_new: along(far.from_new, [new, old]),
        }
    });
    let farther = |a: Farthest, b: Farthest| if a.distance < b.distance { b } else { a };
    found.reduce(|a, b| Hausdorff {
        from_old: farther(a.from_old, b.from_old),
        from_new: farther(a.from_new, b.from_new),
    })
}

impl Compared {
    fn new(
        drawn: &DrawnLine,
        title: String,
        given: Option<Metres>,
        distances: Distribution,
    ) -> Self {
        Self {
            provenance: Provenance { title, ..drawn.provenance() },
            accuracy: placed(drawn, given),
            length: drawn.line.length(),
            vertices: drawn.line.vertices().len(),
            rearranged: drawn.rearranged,
            gaps: drawn.gaps.clone(),
            snapping_deg: drawn.snapping_deg,
            fixes: drawn.fixes.clone(),
            distances,
        }
    }

    /// Its accuracy; 0 where it is not known.
    fn uncertainty(&self) -> Metres {
        self.accuracy.as_ref().map_or(Metres::default(), |accuracy| accuracy.within)
    }
}

/// The accuracy with which a line is placed; where that within its own system is not known, that of
/// the operation to WGS 84, if there was one.
fn placed(drawn: &DrawnLine, given: Option<Metres>) -> Option<Accuracy> {
    match accuracy(drawn, given) {
        Some(own) => Some(drawn.placed(own)),
        None => drawn.placed_by_operation(),
    }
}

/// The accuracy of a line within its own system: as given, or by its scale.
fn accuracy(drawn: &DrawnLine, given: Option<Metres>) -> Option<Accuracy> {
    let given = given.map(|within| Accuracy { within, basis: "as given".to_owned() });
    given.or_else(|| drawn.accuracy())
}

/// A line with the gaps bridged that its accuracy explains: both ends may be off by that much.
fn bridged(drawn: &DrawnLine, given: Option<Metres>) -> DrawnLine {
    let widest = accuracy(drawn, given).map_or(ONE_PLACE, |accuracy| accuracy.within * 2.0);
    drawn.clone().bridged(if widest < ONE_PLACE { ONE_PLACE } else { widest })
}

/// The ways between what was compared with each other, from both lines.
fn vectors(pairs: &[Pair], tracks: &[[Track; 2]]) -> Vec<Offset> {
    let ways = pairs.iter().zip(tracks).flat_map(|(pair, [old, new])| {
        let [from_old, from_new] = pair.from;
        let back = offsets(Version::New, new, old, [from_new, from_old]);
        offsets(Version::Old, old, new, pair.from).chain(back)
    });
    ways.collect()
}

fn offsets(
    version: Version,
    from: &Track,
    to: &Track,
    [own, other]: [Metres; 2],
) -> impl Iterator<Item = Offset> {
    let length = from.line().length();
    (0..=OFFSETS).map(move |i| {
        let chainage = length * (f64::from(i) / f64::from(OFFSETS));
        let at: Coord = from.line().at(chainage);
        let near = to.nearest(at);
        let to = Spot { chainage: near.spot.chainage + other, ..near.spot };
        let from = Spot { at, chainage: chainage + own };
        Offset { version, from, to, distance: near.distance }
    })
}
