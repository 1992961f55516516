//! Reads a dossier: from its texts to one sound dossier, or to all its problems.

use std::path::Path;

use serde::de::DeserializeOwned;

use super::Dossier;
use super::course::{CourseFile, land_shares};
use super::figure::FigureFile;
use super::instrument::InstrumentFile;
use super::law;
use super::manifest::Manifest;
use super::validate::Validation;
use crate::io::geojson;
use crate::io::problem;
use crate::io::{CheckedFeature, FixKind, Shape, Source, digest};
use crate::problem::{Fault, Problem, Problems};

/// The names of a dossier's files, in the order they are read and digested.
const FILES: [&str; 6] = [
    "dossier.toml",
    "instruments.toml",
    "figures.toml",
    "segments.geojson",
    "points.geojson",
    "sectors.geojson",
];

/// A file that a dossier may have; digested after the others.
const COURSE: &str = "course.toml";

impl Dossier {
    /// The files of a directory.
    ///
    /// # Errors
    /// A problem for a directory that is missing or a file, for each file that cannot be read, and
    /// every other problem that can be found.
    ///
    /// ```
    /// use treatyline::Dossier;
    ///
    /// let error = Dossier::read("no/such/directory".as_ref()).unwrap_err();
    /// assert!(error.to_string().ends_with("check the path"));
    /// ```
    pub fn read(directory: &Path) -> Result<Self, Problems> {
        Sources::read(directory)?.dossier()
    }

    /// Texts that are in memory already, in the order of `docs/dossier.md`: `dossier.toml`,
    /// `instruments.toml`, `figures.toml`, `segments.geojson`, `points.geojson`, `sectors.geojson`.
    /// Messages call their directory `origin`.
    ///
    /// # Errors
    /// A problem for each empty text, and every other problem that can be found.
    ///
    /// ```
    /// use treatyline::Dossier;
    ///
    /// let error = Dossier::from_texts("mine", ["x = ", "", "", "", "", ""]).unwrap_err();
    /// assert!(error.to_string().starts_with("mine/instruments.toml: the file is empty"));
    /// ```
    pub fn from_texts(origin: &str, texts: [&str; 6]) -> Result<Self, Problems> {
        Sources::new(origin, texts)?.dossier()
    }
}

/// The texts of a dossier, not parsed yet.
#[derive(Debug, Clone)]
pub(crate) struct Sources {
    origin: String,
    files: [Source; 6],
    course: Option<Source>,
    /// The lists of the readings by their names; digested last.
    lists: Vec<(String, Source)>,
}

/// Whether PROJ is asked for the codes of systems and operations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Codes {
    LookedUp,
    Known,
}

impl Sources {
    /// [`Dossier::from_texts`], not understood yet.
    fn new(origin: &str, texts: [&str; 6]) -> Result<Self, Problems> {
        let mut texts = texts.into_iter();
        Self::gather(origin, |name| {
            Source::new(format!("{origin}/{name}"), texts.next().unwrap_or_default())
        })
    }

    /// Texts by the names of their files, not understood yet; messages call their directory `origin`.
    pub(super) fn named(origin: &str, files: &[(&str, &str)]) -> Result<Self, Problems> {
        let text = |name: &str| files.iter().find(|(file, _)| *file == name).map(|(_, text)| *text);
        Self::all(origin, text(COURSE).is_some(), |name| {
            Source::new(format!("{origin}/{name}"), text(name).unwrap_or_default())
        })
    }

    /// The text of `figures.toml`.
    pub(super) const fn figures(&self) -> &Source {
        &self.files[2]
    }

    /// With another text of `figures.toml`.
    ///
    /// # Errors
    /// A [`Problem`] for an empty text.
    pub(super) fn with_figures(mut self, text: &str) -> Result<Self, Problems> {
        self.files[2] = Source::new(self.figures().name(), text).map_err(Problem::from)?;
        Ok(self)
    }

    /// [`Dossier::read`], not understood yet.
    pub(super) fn read(directory: &Path) -> Result<Self, Problems> {
        let origin = directory.display().to_string();
        if !directory.is_dir() {
            let fault = if directory.exists() {
                Fault::NotADirectory
            } else {
                problem::Fault::Missing.into()
            };
            return Err(Problem::new(origin, "", fault).into());
        }
        let has_course = directory.join(COURSE).is_file();
        Self::all(&origin, has_course, |name| Source::read(&directory.join(name)))
    }

    /// The six files, the course and the lists that `dossier.toml` names.
    fn all(
        origin: &str,
        has_course: bool,
        mut one: impl FnMut(&str) -> Result<Source, problem::Problem>,
    ) -> Result<Self, Problems> {
        let course = has_course.then(|| one(COURSE)).transpose().map_err(Problem::from)?;
        let sources = Self::gather(origin, &mut one)?;
        let (mut lists, mut problems) = (Vec::new(), Vec::new());
        for name in law::lists(&sources.files[0]) {
            match one(&name) {
                Ok(list) => lists.push((name, list)),
                Err(problem) => problems.push(problem.into()),
            }
        }
        Problems::none_or(problems, Self { course, lists, ..sources })
    }

    fn gather(
        origin: &str,
        mut one: impl FnMut(&str) -> Result<Source, problem::Problem>,
    ) -> Result<Self, Problems> {
        let mut problems = Vec::new();
        let nothing = Source::without_text();
        let files = FILES.map(|name| {
            one(name).unwrap_or_else(|problem| {
                problems.push(problem.into());
                nothing.clone()
            })
        });
        Problems::none_or(
            problems,
            Self { origin: origin.to_owned(), files, course: None, lists: Vec::new() },
        )
    }

    /// Parses and validates them.
    pub(super) fn dossier(&self) -> Result<Dossier, Problems> {
        self.understood(Codes::LookedUp)
    }

    /// The same for texts whose codes have been looked up before.
    pub(super) fn understood(&self, codes: Codes) -> Result<Dossier, Problems> {
        let lists = || self.lists.iter().map(|(_, list)| list);
        let all = || self.files.iter().chain(&self.course).chain(lists());
        let texts = || all().map(Source::text);
        let (digest, validated) = rayon::join(|| digest(texts()), || self.validated(codes));
        Ok(validated?(digest))
    }

    /// A dossier that only lacks its digest.
    fn validated(&self, codes: Codes) -> Result<impl FnOnce(String) -> Dossier, Problems> {
        let [manifest, instruments, figures, segments, points, sectors] = &self.files;
        // The files are interpreted only if all of them can be parsed.
        let mut parsed = Parsed::default();
        let facts: Option<Manifest> = parsed.keep(toml(manifest));
        let instrument_file: Option<InstrumentFile> = parsed.keep(toml(instruments));
        let figure_file: Option<FigureFile> = parsed.keep(toml(figures));
        let course_file = self.course.as_ref().map(toml::<CourseFile>).transpose();
        let course_file = parsed.keep(course_file).flatten();
        let of_features = [segments, points, sectors].map(|file| parsed.keep(features(file)));
        let (
            Some(facts),
            Some(instrument_file),
            Some(figure_file),
            [Some(segment_features), Some(point_features), Some(sector_features)],
        ) = (facts, instrument_file, figure_file, of_features)
        else {
            // Not reached without a problem: what is missing has been reported as one.
            let nothing: Problems = segments.problem("", Fault::NoLine).into();
            return Err(Problems::none_or(parsed.0, ()).err().unwrap_or(nothing));
        };
        Problems::none_or(parsed.0, ())?;

        let mut check = Validation::new(&facts);
        let parties = check.manifest(manifest, &facts);
        let ellipsoids = check.ellipsoids(manifest, &facts.ellipsoids);
        check.instruments(instruments, &instrument_file.instruments);
        let readings = check.readings(manifest, &facts.readings, &self.lists);
        let is_drawn = segment_features.iter().all(|it| !matches!(it.shape, Shape::None));
        let segment_list = check.segments(segments, segment_features, readings.first());
        check.names(manifest, &facts, &segment_list);
        let line = check.line(segments, &segment_list);
        let course = self.course.as_ref().zip(course_file);
        let course = course.map(|(file, table)| check.course(file, table, line.as_ref()));
        let course = course.unwrap_or_default();
        let point_list = check.points(points, point_features, &facts);
        if codes == Codes::LookedUp {
            check.codes(points, &point_list);
        }
        let (figure_list, relations) =
            check.figures(figures, figure_file, &segment_list, &point_list);
        check.placed_by(points, &point_list, &figure_list);
        let sector_list = check.sectors(sectors, sector_features, &figure_list);
        check.ends(manifest, &facts.line, &point_list);
        check.division(manifest, facts.division.as_ref(), &figure_list);
        check.claims(manifest, &facts.claims, &sector_list);

        match (line, parties, check.outcome()) {
            (_, _, Err(problems)) => Err(problems),
            (Some(line), Some(parties), Ok(())) => Ok(move |digest| Dossier {
                land_shares: land_shares(&segment_list, &line, &course),
                course,
                id: facts.id,
                title: facts.title,
                licence: facts.licence,
                attribution: facts.attribution,
                names: facts.names,
                stretches: facts.stretch,
                line_facts: facts.line,
                parties,
                ellipsoids,
                band: facts.band,
                is_drawn,
                readings,
                division: facts.division,
                claims: facts.claims,
                references: facts.references,
                instruments: instrument_file.instruments,
                figures: figure_list,
                relations,
                segments: segment_list,
                points: point_list,
                sectors: sector_list,
                line,
                origin: self.origin.clone(),
                digest,
            }),
            // Not reached: what is missing has been reported as a problem.
            (_, _, Ok(())) => Err(segments.problem("", Fault::NoLine).into()),
        }
    }
}

/// The problems of files that cannot be parsed, of all of them.
#[derive(Default)]
struct Parsed(Vec<Problem>);

impl Parsed {
    fn keep<T, E: Into<Problems>>(&mut self, read: Result<T, E>) -> Option<T> {
        read.map_err(|problems| self.0.extend_from_slice(problems.into().all())).ok()
    }
}

/// The features of a GeoJSON text. In a dossier it must be right without any fix, but a point or a
/// sector may be without a place, and a segment may have that of a reading's edge.
fn features(source: &Source) -> Result<Vec<CheckedFeature>, Problems> {
    let mut collection = geojson::read(source)?;
    collection.fixes.forget(FixKind::NoGeometry);
    collection.fixes.refused(source.name())?;
    Ok(collection.features)
}

/// Reads a TOML text into what it should hold, or says where it does not.
fn toml<T: DeserializeOwned>(source: &Source) -> Result<T, Problem> {
    toml::from_str(source.text()).map_err(|error| {
        let place = error.span().map(|span| source.position(span.start)).unwrap_or_default();
        let message = error.message().replace('\n', " ");
        source.problem(place, Fault::Syntax { message })
    })
}
