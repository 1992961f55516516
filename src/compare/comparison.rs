//! The complete comparison of two versions of a line, as one value.

use geo::Coord;

use super::align::Begun;
use super::hausdorff::Farthest;
use super::related::{Unrelated, far, related};
use super::ring::Version;
use super::stretches::{Matched, OnlyIn, Pair, along, matched, together};
use super::track::{Spot, Track};
use super::{Distribution, Frechet, Hausdorff, Land};
use crate::drawn::{Accuracy, DrawnLine, Gap};
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
pub struct Comparison {
    /// The old line.
    pub old: Compared,
    /// The new line.
    pub new: Compared,
    /// Whether the new line was drawn the other way and has been turned.
    pub turned: bool,
    /// The old line and the new one as they were compared: the new one perhaps turned, one of them
    /// perhaps with a new start (see the next field). Chainages are along these.
    pub lines: [Line; 2],
    /// The closed line that got a new start, nearest to the start of the other one.
    pub begun: Option<Begun>,
    /// How far apart they are at worst.
    pub hausdorff: Hausdorff,
    /// How far apart two walkers are who walk along them.
    pub frechet: Frechet,
    /// What lies between them, and who gains it.
    pub land: Land,
    /// The shortest ways from places of one line to the other one.
    pub vectors: Vec<Offset>,
    /// Which stretches were compared with each other, the first stretch of the old line first.
    pub matched: Vec<Matched>,
    /// The stretches that only one of the lines has. Of all fields above only the lengths include
    /// them.
    pub only: Vec<OnlyIn>,
}

/// One of the two lines.
#[derive(Debug, Clone)]
pub struct Compared {
    /// Its title, or else where it was read from.
    pub title: String,
    /// Where it was read from.
    pub origin: String,
    /// SHA-256 of its text.
    pub digest: String,
    /// Its positional accuracy, if it is known.
    pub accuracy: Option<Accuracy>,
    /// Its length.
    pub length: Metres,
    /// How many vertices it has.
    pub vertices: usize,
    /// Whether its parts had to be put in order, or turned, to follow one another.
    pub rearranged: bool,
    /// Gaps between its parts.
    pub gaps: Vec<Gap>,
    /// How near to each other, in degrees, the outlines of two polygons had to be.
    pub snapping_deg: f64,
    /// What was changed or left out when it was read.
    pub fixes: Fixes,
    /// How far its points are from the other line.
    pub distances: Distribution,
}

/// The shortest way from a place of one line to the other line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Offset {
    /// Which line it starts from.
    pub version: Version,
    /// Where it starts.
    pub from: Spot,
    /// Where it ends.
    pub to: Spot,
    /// How long it is.
    pub distance: Metres,
}

/// The number of offsets that are shown along each line, evenly, besides the one at its end.
const OFFSETS: u32 = 100;

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
    pub fn with_progress(
        old: &DrawnLine,
        new: &DrawnLine,
        settings: &Settings,
        progress: Progress<'_>,
    ) -> Result<Self, Unrelated> {
        const STEPS: u64 = 5;
        let (pairs, only) = matched(&old.line, &new.line);
        let tracks: Vec<[Track; 2]> = pairs
            .iter()
            .map(|pair| [Track::new(&pair.lines.old), Track::new(&pair.lines.new)])
            .collect();
        let Some([there, back]) = tracks.first() else {
            return Err(unrelated(&old.line, &new.line));
        };
        if let ([_], true) = (&pairs[..], only.is_empty()) {
            related(there, back)?;
        }
        let there: Vec<(&Track, &Track)> = tracks.iter().map(|[old, new]| (old, new)).collect();
        let back: Vec<(&Track, &Track)> = tracks.iter().map(|[old, new]| (new, old)).collect();
        let titles = [old, new].map(|drawn| title(drawn, old.title == new.title));
        let [old_title, new_title] = titles;
        progress.report("distances along the old line", 0, STEPS);
        let distances = Distribution::of_all(&there, &settings.tolerances);
        let old = Compared::new(old, old_title, settings.accuracies[0], distances);
        progress.report("distances along the new line", 1, STEPS);
        let distances = Distribution::of_all(&back, &settings.tolerances);
        let new = Compared::new(new, new_title, settings.accuracies[1], distances);
        progress.report("the land between the lines", 2, STEPS);
        let uncertainty = old.uncertainty() + new.uncertainty();
        let lands: Vec<Land> =
            there.iter().map(|(old, new)| Land::between(old, new, uncertainty)).collect();
        let vectors = pairs.iter().zip(&there).flat_map(|(pair, (old, new))| {
            let [from_old, from_new] = pair.from;
            offsets(Version::Old, old, new, pair.from).chain(offsets(
                Version::New,
                new,
                old,
                [from_new, from_old],
            ))
        });
        let vectors = vectors.collect();
        progress.report("where they are farthest apart", 3, STEPS);
        let farthest: Vec<Hausdorff> =
            there.iter().map(|(old, new)| Hausdorff::new(old, new)).collect();
        progress.report("walking along both", 4, STEPS);
        let walked =
            there.iter().zip(&farthest).map(|((old, new), far)| Frechet::new(old, new, far));
        let (Some(frechet), Some(hausdorff)) =
            (walked.reduce(Frechet::longer), worst(&pairs, &farthest))
        else {
            return Err(unrelated(&pairs[0].lines.old, &pairs[0].lines.new));
        };
        let matched = pairs.iter().zip(&lands).map(|(pair, land)| pair.matched(land)).collect();
        let lands = lands.into_iter().zip(&pairs).map(|(land, pair)| (land, pair.from[0]));
        let first = &pairs[0].lines;
        let Some(land) = together(lands.collect()) else {
            return Err(unrelated(&first.old, &first.new));
        };
        let joined = |side: fn(&Pair) -> &Line| {
            let stretches = pairs.iter().map(|pair| side(pair).vertices().to_vec());
            Line::of_stretches(stretches.collect())
        };
        let lines =
            match (&pairs[..], joined(|pair| &pair.lines.old), joined(|pair| &pair.lines.new)) {
                ([_, _, ..], Ok(old), Ok(new)) => [old, new],
                _ => [first.old.clone(), first.new.clone()],
            };
        let (turned, begun) = (first.turned, first.begun);
        Ok(Self {
            old,
            new,
            turned,
            begun,
            lines,
            frechet,
            hausdorff,
            land,
            vectors,
            matched,
            only,
        })
    }

    /// From which width on a face is significant: both accuracies together.
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
        let given = given.map(|within| Accuracy { within, basis: "as given".to_owned() });
        Self {
            title,
            origin: drawn.origin.clone(),
            digest: drawn.digest.clone(),
            accuracy: given.or_else(|| drawn.accuracy()),
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

/// The error that two lines have no stretches that match.
fn unrelated(old: &Line, new: &Line) -> Unrelated {
    far(&Track::new(old), &Track::new(new))
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
