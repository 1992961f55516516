//! `treatyline course`

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use treatyline::course::{Course, Settings, Sides};
use treatyline::dossier::Dossier;
use treatyline::drawn::DrawnLine;
use treatyline::internal::course::{LEAST_M, MOST_STATIONS, Relief};
use treatyline::internal::dossier::without_other_lines;
use treatyline::internal::drawn::Provenance;
use treatyline::internal::report::{CourseLine, NamedStretch};
use treatyline::internal::report::{CourseReport, course_layer};
use treatyline::internal::wording::{echoed, number};
use treatyline::io::problem::Problem;
use treatyline::io::{Condition, Fixes, Input, Raster};
use treatyline::line::Line;
use treatyline::problem::{Fault, Problems};
use treatyline::quantity::Metres;
use treatyline_pages::internal::course_html;

use super::input::{LineArguments, ReadingArguments, STDIN, SnapArguments, warn_of};
use super::layer::{FileFormat, LayerArguments};
use super::output::OutputArguments;
use super::rivers::{RiverArguments, metres, warn_of_distance};
use super::which_dossier::DossierArguments;
use super::{Failure, Outcome};

/// Say what a line follows, stretch by stretch: mapped rivers, ridges and valleys, or nothing
/// where its edges are long and straight.
///
/// Every length near a river comes with the length by chance: the same for copies of the line that
/// were moved aside. Without --line: the dossier's own. With --line and --dossier, lines of the file
/// that do not run along the dossier's are left out, and named.
#[derive(Debug, Args)]
#[command(after_help = "Example, the rivers a boundary would follow if it were one of them:\n  \
                        treatyline export line -o line.geojson\n  \
                        treatyline course --rivers line.geojson")]
pub(super) struct Arguments {
    #[command(flatten)]
    line: LineArguments,
    #[command(flatten)]
    dossier: DossierArguments,
    #[command(flatten)]
    snap: SnapArguments,
    #[command(flatten)]
    reading: ReadingArguments,
    #[command(flatten)]
    rivers: RiverArguments,
    /// The distance within which a river makes a run: an eighth of a millimetre at 1:4,000,000,
    /// half of one at 1:1,000,000.
    #[arg(long, value_name = "METRES", default_value = "500")]
    #[arg(allow_negative_numbers = true, value_parser = super::number)]
    within: f64,
    /// A run continues over gaps up to this: a river drawn in pieces, a cut-off bend.
    #[arg(long, value_name = "METRES", default_value = "3000")]
    #[arg(allow_negative_numbers = true, value_parser = super::number)]
    gap: f64,
    /// A run is at least this long: chance makes many short runs and few long ones.
    #[arg(long, value_name = "METRES", default_value = "5000")]
    #[arg(allow_negative_numbers = true, value_parser = super::number)]
    shortest: f64,
    /// At least this share of a run is within the distance; with less, most of the run would be
    /// gaps. A run with a smaller share is divided at its longest gaps; 0 keeps all.
    #[arg(long, value_name = "SHARE", default_value = "0.5")]
    #[arg(allow_negative_numbers = true, value_parser = super::number)]
    least_near: f64,
    /// An edge of this length or more is straight, and no river. Without it, the largest of: 1 km,
    /// five times the median edge of the line, and 5 mm at the nominal_scale that the file states.
    #[arg(long, value_name = "METRES")]
    #[arg(allow_negative_numbers = true, value_parser = super::number)]
    straight: Option<f64>,
    /// Carry the runs over to this other depiction of the line, by nearest places. --layer applies
    /// to LINE only. --where applies to LINE2 only for attributes that its file has.
    #[arg(long, value_name = "LINE2", requires = "rivers")]
    onto: Option<PathBuf>,
    /// Carry over nothing where the two depictions are farther apart than this.
    #[arg(long, value_name = "METRES", default_value = "1000", requires = "onto")]
    #[arg(allow_negative_numbers = true, value_parser = super::number)]
    apart: f64,
    /// Heights: a GeoTIFF in longitude and latitude on WGS 84.
    #[arg(long, value_name = "FILE")]
    relief: Option<PathBuf>,
    /// How far to both sides of the line heights are taken. A side nearer than two or three
    /// pixels of the relief is not seen.
    #[arg(long, value_name = "METRES", default_value = "2500", requires = "relief")]
    #[arg(allow_negative_numbers = true, value_parser = super::number)]
    offset: f64,
    /// The ground is flat where the three heights differ by no more than this.
    #[arg(long, value_name = "METRES", default_value = "20", requires = "relief")]
    #[arg(allow_negative_numbers = true, value_parser = super::number)]
    flat: f64,
    /// The format [default: by the ending of FILE, or text].
    #[arg(long, value_parser = FileFormat::<Format>::parser())]
    format: Option<FileFormat<Format>>,
    #[command(flatten)]
    layer: LayerArguments,
    #[command(flatten)]
    output: OutputArguments,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a terminal.
    #[value(alias = "txt")]
    Text,
    /// For programs: treatyline/course/v1.
    Json,
    /// For a spreadsheet.
    Csv,
    /// For readers: one file with the profile of heights and a strip of what each kilometre
    /// follows.
    #[value(alias = "htm")]
    Html,
}

/// The line, whatever it was read from.
struct Subject {
    entry: CourseLine,
    parts: Vec<Line>,
    /// The denominator of its scale, where a file states it.
    scale: Option<f64>,
    /// Stretches that have names.
    named: Vec<NamedStretch>,
    /// What was changed or left out when it was read.
    fixes: Fixes,
}

impl Arguments {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        if !self.rivers.are_named() && self.relief.is_none() {
            let what =
                "nothing to compare the line with; name --rivers FILE, --relief FILE, or both";
            return Err(Failure::Usage(what.to_owned()));
        }
        self.one_from_stdin()?;
        let names = FileFormat::<Format>::names();
        let format = self.output.format(self.format, FileFormat::from_path, &names)?;
        let format = format.unwrap_or(FileFormat::Own(Format::Text));
        self.layer.are_for(format.of_layer().is_some())?;
        let output = self.output.open()?;
        let subject = self.subject()?;
        let settings = self.settings(&subject)?;
        subject.few_stations(&settings)?;
        let (course, report) = self.course(subject, &settings)?;
        warn_of(&report.read);
        warn_of_distance(course.nearness());
        match format {
            FileFormat::Layer(format) => {
                self.layer.write(&course_layer(&report, &course), format, output)?;
            }
            FileFormat::Own(Format::Json) => output.write(&report.json())?,
            FileFormat::Own(Format::Csv) => output.write(&report.csv())?,
            FileFormat::Own(Format::Html) => output.write(&course_html(&report, &course))?,
            FileFormat::Own(Format::Text) => output.write_text(&report.text())?,
        }
        Ok(Outcome::Sound)
    }

    /// Standard input can be read once.
    fn one_from_stdin(&self) -> Result<(), Failure> {
        let files = self.line.files().iter().chain(&self.onto).chain(&self.relief);
        let named = files.filter(|path| path.as_os_str() == STDIN).count();
        if named + self.rivers.count_stdin() <= 1 {
            return Ok(());
        }
        let what = "only one of --line, --rivers, --onto and --relief can be standard input; name \
                    files for the others";
        Err(Failure::Usage(what.to_owned()))
    }

    fn settings(&self, subject: &Subject) -> Result<Settings, Failure> {
        let settings = self
            .rivers
            .settings(Settings::default())?
            .within(metres("--within", self.within)?)
            .gap(not_negative("--gap", self.gap)?)
            .shortest(not_negative("--shortest", self.shortest)?)
            .least_near(share("--least-near", self.least_near)?)
            .apart(not_negative("--apart", self.apart)?);
        let settings = match subject.scale {
            Some(scale) => settings.nominal_scale(scale),
            None => settings,
        };
        match self.straight {
            Some(given) => Ok(settings.straight(straight_edge(given)?)),
            None => Ok(settings),
        }
    }

    fn course(
        &self,
        subject: Subject,
        settings: &Settings,
    ) -> Result<(Course, CourseReport), Failure> {
        let Subject { entry, parts, mut named, fixes, .. } = subject;
        let rivers = self.rivers.read(&self.reading)?;
        let course = Course::for_parts(&parts, rivers.as_ref(), settings);
        let relief = self.relief.as_ref().map(|path| -> Result<_, Failure> {
            let sides = Sides::default()
                .offset(metres("--offset", self.offset)?)
                .flat(not_negative("--flat", self.flat)?);
            Ok((Raster::open(&self.reading.input_of_others(path))?, sides))
        });
        let (course, raster) = match relief.transpose()? {
            None => (course, None),
            Some((mut raster, sides)) => {
                let heights = |at| raster.at(at).map_err(Problems::from);
                let course = course.with_relief(sides, heights)?;
                covered(&course, &mut raster)?;
                (course, Some(raster))
            }
        };
        if named.is_empty() {
            named.extend(course.runs().iter().map(|run| NamedStretch {
                name: run.name.clone().unwrap_or_else(|| "no name".to_owned()),
                from: run.from,
                to: run.to,
                by_text: None,
            }));
        }
        let origin = entry.provenance.origin.clone();
        let mut report = CourseReport::new(entry, &course, settings).with_fixes(&origin, &fixes);
        if let Some(rivers) = &rivers {
            report = report.with_rivers(&course, rivers, settings);
        }
        if let Some(path) = &self.onto {
            let input = self.reading.input_of_companion(path);
            let onto = DrawnLine::snapped(input, self.snap.degrees()?)?;
            let title = onto.title.as_deref().unwrap_or(&onto.origin);
            report = report.with_runs_on(
                &course,
                title,
                [&onto.origin, &onto.digest],
                &onto.line,
                settings,
            );
            report = report.with_fixes(&onto.origin, &onto.fixes);
        }
        if let Some(mut raster) = raster {
            let digest = raster.digest().map_err(Problems::from)?;
            report = report.with_fixes(raster.name(), &raster.fixes());
            let source = [raster.name(), &digest];
            report = report.with_relief(&course, source, raster.asked(), &named);
        }
        Ok((course, report))
    }

    fn subject(&self) -> Result<Subject, Failure> {
        let dossier = self.dossier.read()?;
        if self.line.files().is_empty() {
            return Ok(of_dossier(&dossier));
        }
        let inputs = self.reading.inputs_of_line(self.line.files())?;
        // A file of many borders may be meant as a whole, unless a dossier says which is meant.
        let least_share = if self.dossier.is_named() { 0.0 } else { 0.5 };
        let snap_deg = self.snap.degrees()?;
        let drawn = DrawnLine::of_files(&inputs, snap_deg)?;
        of_drawn(&inputs, without_other_lines(&dossier, drawn, least_share), snap_deg)
    }
}

impl Subject {
    /// Refuses a line that would need more stations than fit into memory.
    fn few_stations(&self, settings: &Settings) -> Result<(), Failure> {
        let length: Metres = self.parts.iter().map(Line::length).sum();
        if !settings.is_too_fine_for(length) {
            return Ok(());
        }
        let (length_m, step_m) = (length.value(), settings.step_m());
        let fault = Fault::Stations { length_m, step_m, most: MOST_STATIONS };
        let file = self.entry.provenance.origin.clone();
        Err(Problems::from(Problem::new(file, "", fault)).into())
    }
}

/// Refuses a relief that has no height anywhere on the line.
fn covered(course: &Course, raster: &mut Raster) -> Result<(), Failure> {
    let sections = course.relief().map_or(&[][..], Relief::sections);
    if sections.is_empty() || sections.iter().any(|it| it.on_m.is_some()) {
        return Ok(());
    }
    // The counts for places on the line itself, without those at its sides.
    let before = raster.asked();
    for it in sections {
        raster.at(it.at).map_err(Problems::from)?;
    }
    let asked = raster.asked();
    let outside = asked.outside - before.outside;
    if outside < sections.len() as u64 {
        let what = format!(
            "{}: it covers {} but has no height there: {}; name a relief that has heights there",
            raster.name(),
            if outside == 0 { "the line" } else { "a part of the line" },
            if asked.absurd == before.absurd {
                "the pixels are without data"
            } else if asked.no_data == before.no_data {
                "the pixels have values that are no heights on the Earth"
            } else {
                "the pixels are without data or have values that are no heights on the Earth"
            },
        );
        return Err(Failure::Usage(what));
    }
    let extent = raster.extent();
    let [mut low, mut high] =
        sections.first().map_or([extent.min(), extent.max()], |it| [it.at; 2]);
    for at in sections.iter().map(|it| it.at) {
        (low.x, low.y) = (low.x.min(at.x), low.y.min(at.y));
        (high.x, high.y) = (high.x.max(at.x), high.y.max(at.y));
    }
    let what = format!(
        "{}: it has no height anywhere on the line, which lies within {}, the raster within {}; \
         name a relief that covers it",
        raster.name(),
        degrees([low.x, high.x, low.y, high.y]),
        degrees([extent.min().x, extent.max().x, extent.min().y, extent.max().y]),
    );
    Err(Failure::Usage(what))
}

/// Where something lies, for people.
fn degrees([west, east, south, north]: [f64; 4]) -> String {
    let [west, east, south, north] = [west, east, south, north].map(|deg| number(deg, 2));
    format!("{west}° to {east}° east and {south}° to {north}° north")
}

fn not_negative(option: &str, given: f64) -> Result<Metres, Failure> {
    if given.is_finite() && given >= 0.0 {
        return Ok(Metres::new(given));
    }
    let what = format!("{option} is {}; give a number of metres, 0 or more", echoed(given));
    Err(Failure::Usage(what))
}

fn share(option: &str, given: f64) -> Result<f64, Failure> {
    if (0.0..=1.0).contains(&given) {
        return Ok(given);
    }
    let what = format!("{option} is {}; give a share from 0 to 1", echoed(given));
    Err(Failure::Usage(what))
}

/// The length from which an edge is straight. There is no upper limit.
fn straight_edge(given: f64) -> Result<Metres, Failure> {
    if given.is_finite() && given >= LEAST_M {
        return Ok(Metres::new(given));
    }
    let given = echoed(given);
    let what = format!("--straight is {given}; give a number of metres, {LEAST_M} or more");
    Err(Failure::Usage(what))
}

fn of_dossier(dossier: &Dossier) -> Subject {
    let entry = CourseLine {
        provenance: dossier.provenance(),
        parts: 1,
        vertices: dossier.line().vertices().len(),
        snapping_deg: None,
    };
    Subject {
        entry,
        parts: vec![dossier.line().clone()],
        scale: None,
        named: NamedStretch::segments(dossier),
        fixes: Fixes::default(),
    }
}

/// The line of files.
fn of_drawn(inputs: &[Input], drawn: DrawnLine, snap_deg: f64) -> Result<Subject, Failure> {
    if inputs.iter().any(|input| input.is_strict()) {
        drawn.fixes.refused(&drawn.origin)?;
    }
    let parts: Vec<Vec<_>> = drawn.line.stretches().map(<[_]>::to_vec).collect();
    let provenance = drawn.provenance();
    let entry = CourseLine {
        provenance: Provenance { title: title(inputs, &provenance.title), ..provenance },
        parts: parts.len(),
        vertices: parts.iter().map(Vec::len).sum(),
        snapping_deg: Some(snap_deg),
    };
    let sound = parts.into_iter().map(Line::new).collect::<Result<Vec<_>, _>>();
    let parts = sound
        .map_err(|fault| Problems::from(Problem::new(drawn.origin, "", Fault::Line(fault))))?;
    Ok(Subject { entry, parts, scale: drawn.nominal_scale, named: Vec::new(), fixes: drawn.fixes })
}

/// The title of a line, with the conditions that picked it out of a file.
fn title(inputs: &[Input], title: &str) -> String {
    let conditions = inputs.first().map(|input| input.conditions()).unwrap_or_default();
    let conditions: Vec<String> = conditions.iter().map(Condition::to_string).collect();
    match conditions.as_slice() {
        [] => title.to_owned(),
        some => format!("{title} ({})", some.join(", ")),
    }
}
