//! What a course on the ground is compared with: mapped rivers, the relief, two shores. A dossier says
//! of its segments that they follow these; the files that show them are the user's.

use crate::course::Rivers;
use crate::course::offsets::{Offset, from_crest, from_midway, from_rivers};
use crate::dossier::{Depiction, Dossier, Follows};
use crate::io::{Fixes, Raster};
use crate::line::Line;
use crate::problem::Problems;
use crate::quantity::Metres;

/// Rivers, heights and shores with which the courses of a dossier's segments are compared.
///
/// Segments whose `course` is `river`, `watershed` or `median` then have a finding `course/…` each;
/// without the file that shows what they follow they have none.
///
/// ```no_run
/// use treatyline::Dossier;
/// use treatyline::check::{Ground, Study};
/// use treatyline::course::Rivers;
/// use treatyline::io::Input;
/// use treatyline::quantity::Metres;
///
/// let mut ground = Ground::default()
///     .rivers(Rivers::read([Input::path("rivers.gpkg".as_ref())])?)
///     .accuracy(Metres::new(50.0));
/// let (_, findings) = Study::builder(Dossier::embedded()).on_ground(&mut ground)?.check();
/// println!("{:?}", findings.get("course/irtysh"));
/// # Ok::<(), treatyline::problem::Problems>(())
/// ```
#[derive(Debug, Default)]
#[must_use]
pub struct Ground {
    rivers: Option<Rivers>,
    relief: Option<Raster>,
    shores: Option<[Rivers; 2]>,
    accuracy: Option<Metres>,
}

impl Ground {
    /// Rivers, for segments that follow one.
    pub fn rivers(self, rivers: Rivers) -> Self {
        Self { rivers: Some(rivers), ..self }
    }

    /// Heights, for segments that follow a watershed.
    pub fn relief(self, relief: Raster) -> Self {
        Self { relief: Some(relief), ..self }
    }

    /// Two shores, the one on the left of the line first, for segments midway between them: coasts as
    /// lines, or land as polygons.
    pub fn shores(self, left: Rivers, right: Rivers) -> Self {
        Self { shores: Some([left, right]), ..self }
    }

    /// How far what these files show may be from where it is. Without it a departure that the line's
    /// own accuracy does not explain is `undecided`.
    pub fn accuracy(self, accuracy: Metres) -> Self {
        Self { accuracy: Some(accuracy), ..self }
    }

    /// The files, with what was changed or left out when they were read; of a relief as far as it
    /// was looked at.
    #[doc(hidden)]
    pub fn files(&self) -> impl Iterator<Item = (&str, Fixes)> {
        let rivers = self.rivers.iter().chain(self.shores.iter().flatten());
        let rivers =
            rivers.flat_map(Rivers::sources).map(|it| (it.name.as_str(), it.fixes.clone()));
        rivers.chain(self.relief.iter().map(|relief| (relief.name(), relief.fixes())))
    }

    /// How far each segment of a line is from what it is said to follow.
    ///
    /// # Errors
    /// [`Problems`] where the relief cannot be read.
    pub(super) fn followed(
        &mut self,
        dossier: &Dossier,
        depiction: &Depiction,
    ) -> Result<Followed, Problems> {
        let mut followed =
            Followed { accuracy_m: self.accuracy.map(Metres::value), segments: Vec::new() };
        for piece in &depiction.pieces {
            let [segment] = &dossier.segments[piece.segments.clone()] else { continue };
            let Ok(line) = Line::new(piece.path.clone()) else { continue };
            if segment.facts.stated_course.is_some() {
                continue;
            }
            let follows = segment.facts.course;
            if let Some(offsets) = self.offsets(follows, &line)? {
                let files = self.names(follows);
                followed.segments.push(FollowedSegment { id: segment.id.clone(), files, offsets });
            }
        }
        Ok(followed)
    }

    /// The names of the files that show what is followed.
    fn names(&self, follows: Follows) -> String {
        let of_rivers = |rivers: &Rivers| {
            let names = rivers.sources().iter().map(|it| it.name.clone());
            names.collect::<Vec<_>>()
        };
        let names = match follows {
            Follows::Watershed => self.relief.iter().map(|it| it.name().to_owned()).collect(),
            Follows::Median => self.shores.iter().flatten().flat_map(of_rivers).collect(),
            _ => self.rivers.iter().flat_map(of_rivers).collect::<Vec<_>>(),
        };
        names.join(", ")
    }

    /// The offsets of a line that is said to follow something; `None` without a file that shows it.
    fn offsets(&mut self, follows: Follows, line: &Line) -> Result<Option<Vec<Offset>>, Problems> {
        Ok(match follows {
            Follows::River => self.rivers.as_ref().map(|rivers| from_rivers(line, rivers)),
            Follows::Median => self.shores.as_ref().map(|shores| from_midway(line, shores)),
            Follows::Watershed => {
                let heights = |relief: &mut Raster| from_crest(line, |at| relief.at(at));
                self.relief.as_mut().map(heights).transpose()?
            }
            Follows::Straight | Follows::Unknown => None,
        })
    }
}

/// How far segments are from what they follow on the ground.
#[derive(Debug, Clone)]
pub(crate) struct Followed {
    /// How far what the files show may be from where it is, if that is stated.
    pub(super) accuracy_m: Option<f64>,
    /// Segments, in the order of the line.
    pub(super) segments: Vec<FollowedSegment>,
}

/// How far a segment is from what it follows.
#[derive(Debug, Clone)]
pub(super) struct FollowedSegment {
    /// The id of the segment.
    pub(super) id: String,
    /// The names of the files that show what it follows.
    pub(super) files: String,
    /// Start to end.
    pub(super) offsets: Vec<Offset>,
}

impl Followed {
    /// That of a study for which no such file was given.
    pub(super) const NONE: Self = Self { accuracy_m: None, segments: Vec::new() };
}
