//! The input of most commands: a dossier, and perhaps another line.

use std::borrow::Cow;
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use treatyline::check::{Findings, Study};
use treatyline::dossier::{Depiction, Dossier};
use treatyline::drawn::DrawnLine;
use treatyline::geodesy::Method;
use treatyline::internal::dossier::{ACCURACY, is_accuracy};
use treatyline::internal::report::FixLists;
use treatyline::internal::survey::KNOWN_SIDES;
use treatyline::internal::wording::{count, echoed};
use treatyline::io::{Condition, Input};

use super::Failure;
use super::ground::GroundArguments;
use super::output::{say, warn};
use super::which_dossier::DossierArguments;

/// The name that stands for standard input.
pub(super) const STDIN: &str = "-";
/// How messages name it.
const STDIN_NAME: &str = "standard input";

/// Which dossier and which line.
#[derive(Debug, Args)]
pub(super) struct StudyArguments {
    #[command(flatten)]
    dossier: DossierArguments,
    /// Measure this line, in any format that is built in, instead of the dossier's own, or
    /// the boundary shared by its two polygons, or by those of two files; - is standard input.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    line: Vec<PathBuf>,
    #[command(flatten)]
    snap: SnapArguments,
    #[command(flatten)]
    reading: ReadingArguments,
    /// Positional accuracy of that line in metres. Without it: 0.5 mm at the
    /// nominal_scale the file states, otherwise the dossier's accuracy.
    #[arg(long, value_name = "METRES", requires = "line")]
    #[arg(allow_negative_numbers = true, value_parser = super::number)]
    line_accuracy: Option<f64>,
    #[command(flatten)]
    method: MethodArguments,
}

/// A line instead of the dossier's, for commands that need no findings.
#[derive(Debug, Args)]
pub(super) struct LineArguments {
    /// Take this line, in any format that is built in, instead of the dossier's own, or the
    /// boundary shared by its two polygons, or by those of two files; - is standard input.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    line: Vec<PathBuf>,
    /// The same without --line.
    #[arg(value_name = "LINE", num_args = 0.., conflicts_with = "line")]
    unnamed: Vec<PathBuf>,
}

impl LineArguments {
    /// The files, of which there may be two; none for the dossier's own line.
    pub(super) fn files(&self) -> &[PathBuf] {
        if self.line.is_empty() { &self.unnamed } else { &self.line }
    }
}

/// How edges are measured.
#[derive(Debug, Args)]
pub(super) struct MethodArguments {
    /// How edges are measured.
    #[arg(long, value_enum, default_value_t = MethodName::Series)]
    method: MethodName,
}

/// How files of geodata are read.
#[derive(Debug, Args)]
pub(super) struct ReadingArguments {
    /// Read this layer only, where a file has several: a table of a GeoPackage, a folder of
    /// a KML, an object of a TopoJSON. Without it all are read, and `layer` says where a feature is
    /// from.
    #[arg(long, value_name = "NAME")]
    layer: Option<String>,
    /// Read no more than this of one file, decompressed, and of one feature of GeoJSON that is
    /// not compressed, which may be of any size: a number of bytes, or a
    /// number with KiB, MiB or GiB.
    #[arg(long, value_name = "BYTES", default_value = "1GiB", value_parser = bytes)]
    max_bytes: u64,
    /// Read only features whose attribute has this value; NAME!=VALUE for another one,
    /// NAME~PATTERN for a pattern with * and ?. May be given several times: all must hold; of
    /// several NAME=VALUE with one NAME, one.
    #[arg(long = "where", value_name = "NAME=VALUE", value_parser = Condition::parse)]
    conditions: Vec<Condition>,
    /// The encoding of text that is not UTF-8, as in windows-1251 or CP866, where the file does
    /// not state it or states a wrong one.
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// The coordinate system of the file, where it does not state it or states a wrong one: a code
    /// (EPSG:23032), WKT, PROJJSON, a PROJ string, or a file with one of these, such as a .prj. Of
    /// several files, LINE=CODE is for the one that is called LINE.
    #[arg(long, value_name = "CODE|FILE", value_parser = OfFile::system)]
    crs: Vec<OfFile>,
    /// The operation that brings coordinates to WGS 84, as in EPSG:1133, instead of the one that
    /// is chosen by area of use and accuracy. Of several files, LINE=CODE is for the one that is called
    /// LINE.
    #[arg(long, value_name = "CODE", value_parser = OfFile::operation)]
    operation: Vec<OfFile>,
    /// Refuse a file that cannot be read without a change: open rings, longitudes beyond ±180°, and
    /// everything else that is otherwise changed or left out with a warning.
    #[arg(long)]
    strict_input: bool,
}

impl ReadingArguments {
    /// A file, or standard input where it is named `-`.
    pub(super) fn input(&self, path: &Path) -> Input {
        let input = if path.as_os_str() == STDIN {
            Input::stream(STDIN_NAME, std::io::stdin())
        } else {
            Input::path(path)
        };
        self.with_options(input, path)
    }

    /// The same, which can be read more than once: standard input is taken into memory.
    pub(super) fn input_to_repeat(&self, path: &Path) -> Result<Input, Failure> {
        if path.as_os_str() != STDIN {
            return Ok(self.input(path));
        }
        let mut bytes = Vec::new();
        let limited = &mut std::io::stdin().take(self.max_bytes.saturating_add(1));
        limited
            .read_to_end(&mut bytes)
            .map_err(|error| Failure::Usage(format!("{STDIN_NAME}: cannot be read: {error}")))?;
        Ok(self.with_options(Input::bytes(STDIN_NAME, bytes), path))
    }

    fn with_options(&self, input: Input, path: &Path) -> Input {
        let input = input.with_limit(self.max_bytes).with_strictness(self.strict_input);
        let input = input.with_crs(OfFile::text(&self.crs, path));
        let input = input.with_operation(OfFile::text(&self.operation, path));
        let input = input.with_encoding(self.encoding.clone());
        input.with_layer(self.layer.clone()).with_conditions(self.conditions.clone())
    }

    /// The same for a file of something else, such as rivers. The options for features and layers
    /// are about the line's file and do not apply, and neither does a coordinate system, unless it is
    /// that of this very file.
    pub(super) fn input_of_others(&self, path: &Path) -> Input {
        let input = self.input(path).with_crs(OfFile::own_text(&self.crs, path));
        let input = input.with_operation(OfFile::own_text(&self.operation, path));
        input.with_layer(None).with_conditions(Vec::new())
    }

    /// The same for a second depiction of the line. It may be another map of the world, where the
    /// same conditions pick the line out, or a file of the line alone without these attributes.
    pub(super) fn input_of_companion(&self, path: &Path) -> Input {
        let input = self.input_of_others(path);
        // Standard input can be read only once, so its attributes are not looked up.
        if self.conditions.is_empty() || path.as_os_str() == STDIN {
            return input;
        }
        let known = input.attributes();
        let is_known = |it: &&Condition| known.iter().any(|name| name == it.name());
        input.with_conditions(self.conditions.iter().filter(is_known).cloned().collect())
    }

    /// The files of a line, of which there may be two.
    pub(super) fn inputs_of_line(&self, paths: &[PathBuf]) -> Result<Vec<Input>, Failure> {
        if paths.len() > 2 {
            let what = format!(
                "{} files for one line; two files at most: name one, or two of polygons",
                paths.len()
            );
            return Err(Failure::Usage(what));
        }
        let files = paths.iter().filter(|path| path.as_os_str() != STDIN);
        files.for_each(|path| self.warn_of_exchanged_sides(path));
        Ok(paths.iter().map(|path| self.input(path)).collect())
    }

    /// Warns if the conditions pick the lines with one country on the left and another on the
    /// right, and the file also has lines of the two the other way round.
    fn warn_of_exchanged_sides(&self, path: &Path) {
        for [left, right] in KNOWN_SIDES {
            let Some(exchanged) = Condition::exchanged(&self.conditions, [left, right]) else {
                continue;
            };
            let others = self.input(path).count_others(&exchanged);
            if others > 0 {
                warn(&format!(
                    "{}: {} with the values of `{left}` and `{right}` exchanged {} left out by \
                     --where",
                    path.display(),
                    count(others, "feature"),
                    if others == 1 { "is" } else { "are" },
                ));
            }
        }
    }

    /// A file as one line; says on standard error what was changed or left out.
    pub(super) fn drawn(&self, path: &Path, snap_deg: f64) -> Result<DrawnLine, Failure> {
        let drawn = DrawnLine::snapped(self.input(path), snap_deg)?;
        warn_of(&FixLists::new(&drawn.origin, &drawn.fixes));
        Ok(drawn)
    }
}

impl ReadingArguments {
    /// Which features are read, as the options say it; nothing for all.
    pub(super) fn selection(&self) -> Option<String> {
        let all: Vec<String> = self.conditions.iter().map(ToString::to_string).collect();
        (!all.is_empty()).then(|| all.join(", "))
    }

    /// Files as a line of a dossier; says on standard error what was changed or left out.
    fn depiction(
        &self,
        paths: &[PathBuf],
        snap_deg: f64,
        dossier: &Dossier,
        accuracy_m: Option<f64>,
    ) -> Result<Depiction, Failure> {
        let drawn = DrawnLine::of_files(&self.inputs_of_line(paths)?, snap_deg)?;
        let depiction = Depiction::from_drawn(dossier, drawn, accuracy_m)?;
        if self.strict_input {
            depiction.fixes().refused(depiction.origin())?;
        }
        warn_of(&FixLists::new(depiction.origin(), depiction.fixes()));
        Ok(depiction)
    }
}

/// Says on standard error by which operations coordinates were brought to WGS 84, and what was
/// changed or left out when files were read.
pub(super) fn warn_of(read: &FixLists) {
    read.changes_of_datum().for_each(|sentence| say(&format!("note: {sentence}")));
    read.sentences().for_each(|sentence| warn(&sentence));
}

/// What is said of the files of a line, or of one of them.
#[derive(Debug, Clone)]
struct OfFile {
    /// The one it is about; all of them without it.
    file: Option<PathBuf>,
    text: String,
}

impl OfFile {
    /// What is said of a file by its name or, where nothing is, of all.
    fn text(given: &[Self], path: &Path) -> Option<String> {
        let of_all = || given.iter().rev().find(|it| it.file.is_none());
        Self::own_text(given, path).or_else(|| of_all().map(|it| it.text.clone()))
    }

    /// What is said of a file by its name.
    fn own_text(given: &[Self], path: &Path) -> Option<String> {
        let own = given.iter().rev().find(|it| it.file.as_deref() == Some(path));
        own.map(|it| it.text.clone())
    }

    /// Divides `LINE=CODE`. A definition has equals signs of its own, after a plus sign or brackets.
    fn divided(text: &str) -> Result<(Option<PathBuf>, &str), String> {
        let named = text.split_once('=').filter(|(file, _)| !file.contains(['+', '[', '{']));
        let Some((file, text)) = named else { return Ok((None, text)) };
        if file != STDIN && !Path::new(file).exists() {
            return Err(format!("there is no file `{file}`"));
        }
        Ok((Some(PathBuf::from(file)), text))
    }

    /// A coordinate system, the definition of which may lie in a file.
    fn system(text: &str) -> Result<Self, String> {
        let (file, text) = Self::divided(text)?;
        let path = Path::new(text);
        if !path.is_file() {
            return Ok(Self { file, text: text.to_owned() });
        }
        let text = std::fs::read_to_string(path).map_err(|error| format!("{text}: {error}"))?;
        Ok(Self { file, text })
    }

    /// The code of an operation; a number alone is one of the EPSG's.
    fn operation(text: &str) -> Result<Self, String> {
        let (file, text) = Self::divided(text)?;
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        Ok(Self { file, text: if is_number { format!("EPSG:{text}") } else { text.to_owned() } })
    }
}

fn bytes(text: &str) -> Result<u64, String> {
    let units = [("KiB", 10), ("MiB", 20), ("GiB", 30)];
    let unit = units.iter().find_map(|(unit, bits)| Some((text.strip_suffix(unit)?, *bits)));
    let (number, bits) = unit.unwrap_or((text, 0));
    let bytes = number.trim().parse::<u64>().ok().and_then(|number| number.checked_mul(1 << bits));
    bytes.ok_or_else(|| "give a whole number of bytes, or as in 4GiB".to_owned())
}

impl MethodArguments {
    pub(super) fn method(&self) -> Method {
        self.method.into()
    }
}

/// How near vertices of two polygons must be to each other.
#[derive(Debug, Args)]
pub(super) struct SnapArguments {
    /// Where a file holds two polygons instead of the line between them: vertices that are no
    /// farther apart than this are one.
    #[arg(long, value_name = "DEGREES", default_value = "1e-7")]
    #[arg(allow_negative_numbers = true, value_parser = super::number)]
    snap: f64,
}

/// About 10 km: with more, separate areas would be taken for neighbours.
const WIDEST_SNAP_DEG: f64 = 0.1;

impl SnapArguments {
    /// The tolerance in degrees.
    pub(super) fn degrees(&self) -> Result<f64, Failure> {
        if (0.0..=WIDEST_SNAP_DEG).contains(&self.snap) {
            return Ok(self.snap);
        }
        let given = echoed(self.snap);
        let what = format!("--snap is {given}; give a number of degrees from 0 to 0.1");
        Err(Failure::Usage(what))
    }
}

/// Which other lines to compare its length with.
#[derive(Debug, Args)]
pub(super) struct OtherLinesArguments {
    /// Compare the length with that of this other line of the same boundary, with what
    /// resolution explains reported apart; may be given several times.
    #[arg(long = "beside", value_name = "FILE")]
    others: Vec<PathBuf>,
}

impl OtherLinesArguments {
    /// These lines, read as the study's own was.
    fn depictions(
        &self,
        dossier: &Dossier,
        own: &StudyArguments,
    ) -> Result<Vec<Depiction>, Failure> {
        let snap_deg = own.snap.degrees()?;
        let depiction = |path: &PathBuf| {
            own.reading.depiction(std::slice::from_ref(path), snap_deg, dossier, None)
        };
        self.others.iter().map(depiction).collect()
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum MethodName {
    /// The series within its reach, Karney's method beyond.
    Series,
    /// Karney's method throughout, as a cross-check.
    Karney,
}

impl From<MethodName> for Method {
    fn from(name: MethodName) -> Self {
        match name {
            MethodName::Series => Self::Series,
            MethodName::Karney => Self::Karney,
        }
    }
}

impl StudyArguments {
    pub(super) fn dossier(&self) -> Result<Cow<'static, Dossier>, Failure> {
        self.dossier.read()
    }

    /// The dossier for a command that checks it, and whatever else the check needs.
    pub(super) fn dossier_to_check(&self) -> Result<Cow<'static, Dossier>, Failure> {
        rayon::join(treatyline::internal::open_operations, || self.dossier()).1
    }

    /// Where the dossier's files are, with a slash at the end: for reports that link to them.
    pub(super) fn place(&self) -> String {
        let directory = self.dossier.directory();
        let parts: Vec<_> = directory.iter().map(|part| part.to_string_lossy()).collect();
        format!("{}/", parts.join("/"))
    }

    /// The dossier with the line that was asked for.
    pub(super) fn study<'a>(&self, dossier: &'a Dossier) -> Result<Study<'a>, Failure> {
        Ok(Study::builder(dossier)
            .line(self.depiction(dossier)?)
            .method(self.method.method())
            .build())
    }

    /// The same with all findings, its length compared with that of other lines.
    pub(super) fn checked<'a>(
        &self,
        dossier: &'a Dossier,
        others: &OtherLinesArguments,
        ground: &GroundArguments,
        with_curves: bool,
    ) -> Result<(Study<'a>, Findings), Failure> {
        let (own, others) = (self.depiction(dossier)?, others.depictions(dossier, self)?);
        let study = Study::builder(dossier)
            .line(own)
            .method(self.method.method())
            .compared_with(others)
            .with_curves(with_curves);
        let study = match ground.read(&self.reading)? {
            Some(mut ground) => {
                let study = study.on_ground(&mut ground)?;
                ground.files().for_each(|(name, fixes)| warn_of(&FixLists::new(name, &fixes)));
                study
            }
            None => study,
        };
        Ok(study.check())
    }

    /// Whether no other line was asked for than the dossier's.
    pub(super) fn is_of_own_line(&self) -> bool {
        self.line.is_empty()
    }

    /// The line that was asked for.
    fn depiction(&self, dossier: &Dossier) -> Result<Depiction, Failure> {
        if self.is_of_own_line() {
            return Ok(Depiction::own(dossier));
        }
        check_line_accuracy(self.line_accuracy)?;
        self.reading.depiction(&self.line, self.snap.degrees()?, dossier, self.line_accuracy)
    }
}

/// Refuses an accuracy of a line that cannot be.
pub(super) fn check_line_accuracy(given: Option<f64>) -> Result<(), Failure> {
    let Some(wrong) = given.filter(|m| !is_accuracy(*m)) else { return Ok(()) };
    let what = format!("--line-accuracy is {}; give {ACCURACY}", echoed(wrong));
    Err(Failure::Usage(what))
}
