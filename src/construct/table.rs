//! A list of points and edges as it is written: TOML or CSV, with the same keys.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::io::Source;
use crate::problem::ConstructFault;
use crate::problem::{Fault, Problem, Problems};

/// What a row may say.
pub(super) const KEYS: [&str; 23] = [
    "point",
    "latitude",
    "longitude",
    "coordinates",
    "northing",
    "easting",
    "grid",
    "reference",
    "from",
    "distance",
    "azimuth",
    "along",
    "crossing",
    "vertex",
    "of",
    "on_line",
    "edge",
    "length",
    "bearing",
    "centre",
    "radius",
    "turn",
    "note",
];

/// What a row may say, and a list of all its rows.
const SHARED: [&str; 2] = ["instrument", "exact"];

/// What is said of a whole list; in a table of text, in any of its rows.
pub(super) const SETTINGS: [&str; 7] =
    ["title", "system", "operation", "prime_meridian", "tolerance_m", "accuracy_m", "total"];

/// A list as it is written.
pub(super) struct List {
    /// What is said of all of it.
    pub(super) settings: Row,
    /// Its points, with the edges that leave them, in order.
    pub(super) rows: Vec<Row>,
}

/// A row: what it says, and where.
#[derive(Default)]
pub(super) struct Row {
    /// Where it begins.
    place: String,
    cells: BTreeMap<&'static str, Cell>,
}

struct Cell {
    text: String,
    place: String,
}

impl Row {
    /// What it says of a key; nothing for a blank.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.cells.get(key).map(|cell| &*cell.text)
    }

    /// What it says of a key that it needs.
    ///
    /// # Errors
    /// [`ConstructFault::Missing`].
    pub(super) fn need(&self, key: &'static str) -> Result<&str, ConstructFault> {
        self.get(key).ok_or(ConstructFault::Missing { key })
    }

    /// Where it says something of a key, or where it begins.
    pub(super) fn place(&self, key: &str) -> String {
        self.cells.get(key).map_or_else(|| self.place.clone(), |cell| cell.place.clone())
    }

    fn set(&mut self, key: &'static str, text: &str, place: String) {
        let text = text.trim();
        if !text.is_empty() {
            self.cells.insert(key, Cell { text: text.to_owned(), place });
        }
    }
}

/// What a file has at a key, and where.
type Value = Spanned<toml::Value>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    point: Vec<Spanned<BTreeMap<Spanned<String>, Value>>>,
    title: Option<Value>,
    system: Option<Value>,
    operation: Option<Value>,
    prime_meridian: Option<Value>,
    tolerance_m: Option<Value>,
    accuracy_m: Option<Value>,
    total: Option<Value>,
    edge: Option<Value>,
    instrument: Option<Value>,
    exact: Option<Value>,
}

impl List {
    /// Reads a list, by the ending of its name or, without one, by what it looks like.
    ///
    /// # Errors
    /// Every key that is not known, and a text that is neither TOML nor a table.
    pub(super) fn read(source: &Source) -> Result<Self, Problems> {
        let name = source.name().to_lowercase();
        let has_tables = || source.text().lines().any(|line| line.trim() == "[[point]]");
        let is_csv = [".csv", ".tsv", ".txt"].iter().any(|ending| name.ends_with(ending));
        if name.ends_with(".toml") || (!is_csv && has_tables()) {
            Self::from_toml(source)
        } else {
            Self::from_csv(source)
        }
    }

    fn from_toml(source: &Source) -> Result<Self, Problems> {
        let syntax = |error: &toml::de::Error| {
            let place = error.span().map_or_else(String::new, |at| source.position(at.start));
            let is_one_table = source.text().lines().any(|line| line.trim() == "[point]")
                || error.message().ends_with("expected a sequence");
            let message =
                if is_one_table { "each point begins with [[point]]" } else { error.message() };
            let message = message.to_owned();
            Problems::from(problem(source, place, ConstructFault::Syntax { message }))
        };
        let written: Written = toml::from_str(source.text()).map_err(|error| syntax(&error))?;
        let mut problems = Vec::new();
        let mut settings = Row::default();
        let stated = [
            ("title", &written.title),
            ("system", &written.system),
            ("operation", &written.operation),
            ("prime_meridian", &written.prime_meridian),
            ("tolerance_m", &written.tolerance_m),
            ("accuracy_m", &written.accuracy_m),
            ("total", &written.total),
            ("edge", &written.edge),
            ("instrument", &written.instrument),
            ("exact", &written.exact),
        ];
        for (key, value) in stated {
            if let Some(value) = value {
                let place = source.position(value.span().start);
                match printed(source, key, value) {
                    Ok(text) => settings.set(key, text, place),
                    Err(fault) => problems.push(problem(source, place, fault)),
                }
            }
        }
        let mut rows = Vec::new();
        for table in &written.point {
            let place = source.position(table.span().start);
            let mut row = Row { place, ..Row::default() };
            for (key, value) in table.get_ref() {
                let place = source.position(key.span().start);
                let found = known_key(key.get_ref())
                    .and_then(|known| Ok((known, printed(source, known, value)?)));
                match found {
                    Ok((known, text)) => row.set(known, text, place),
                    Err(fault) => problems.push(problem(source, place, fault)),
                }
            }
            rows.push(row);
        }
        Problems::none_or(problems, Self { settings, rows })
    }

    fn from_csv(source: &Source) -> Result<Self, Problems> {
        let first = source.text().lines().next().unwrap_or_default();
        let columns = |delimiter: &u8| first.split(char::from(*delimiter)).count();
        let delimiter = *b",;\t|".iter().rev().max_by_key(|it| columns(it)).unwrap_or(&b',');
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .trim(csv::Trim::All)
            .comment(Some(b'#'))
            .from_reader(source.text().as_bytes());
        let syntax = |error: &csv::Error| {
            let line =
                error.position().map_or_else(String::new, |at| format!("line {}", at.line()));
            let message = match error.kind() {
                csv::ErrorKind::UnequalLengths { expected_len, len, .. } => format!(
                    "a row of {len} cells under {expected_len} names; put text that has a \
                     delimiter in it into quotes"
                ),
                _ => error.to_string(),
            };
            Problems::from(problem(source, line, ConstructFault::Syntax { message }))
        };
        let header = reader.headers().map_err(|error| syntax(&error))?.clone();
        let (mut names, mut problems) = (Vec::new(), Vec::new());
        for name in &header {
            let place = || format!("line 1, column `{name}`");
            let small = name.to_lowercase();
            let setting = SETTINGS.into_iter().find(|it| **it == small);
            match setting.map_or_else(|| known_key(&small), Ok) {
                Ok(known) if names.contains(&known) => {
                    let message = format!("two columns are called `{known}`");
                    problems.push(problem(source, place(), ConstructFault::Syntax { message }));
                }
                Ok(known) => names.push(known),
                Err(fault) => problems.push(problem(source, place(), fault)),
            }
        }
        Problems::none_or(problems, ())?;
        let (mut settings, mut rows, mut problems) = (Row::default(), Vec::new(), Vec::new());
        for record in reader.records() {
            let record = record.map_err(|error| syntax(&error))?;
            let line = record.position().map_or(0, csv::Position::line);
            let mut row = Row { place: format!("line {line}"), ..Row::default() };
            for (name, text) in names.iter().zip(&record) {
                let place = format!("line {line}, column `{name}`");
                if !SETTINGS.contains(name) {
                    row.set(name, text, place);
                    continue;
                }
                let text = text.trim();
                match settings.get(name).filter(|earlier| !text.is_empty() && *earlier != text) {
                    Some(earlier) => {
                        let earlier = earlier.to_owned();
                        let fault = ConstructFault::TwoSettings { key: name, earlier };
                        problems.push(problem(source, place, fault));
                    }
                    None => settings.set(name, text, place),
                }
            }
            // Spreadsheets write rows of delimiters below the last one.
            if record.iter().any(|text| !text.is_empty()) {
                rows.push(row);
            }
        }
        Problems::none_or(problems, Self { settings, rows })
    }
}

/// A problem at a place in the list.
pub(super) fn problem(
    source: &Source,
    place: impl Into<String>,
    fault: impl Into<ConstructFault>,
) -> Problem {
    source.problem(place, Fault::Construct(Box::new(fault.into())))
}

fn known_key(name: &str) -> Result<&'static str, ConstructFault> {
    let mut all = KEYS.into_iter().chain(SHARED);
    if let Some(key) = SETTINGS.into_iter().find(|setting| *setting == name) {
        return Err(ConstructFault::NotOfAPoint { key });
    }
    let unknown = || {
        let known = KEYS.into_iter().chain(SHARED).collect();
        ConstructFault::UnknownKey { key: name.to_owned(), known }
    };
    all.find(|known| *known == name).ok_or_else(unknown)
}

/// A value as it is written, so that `42.50` has two decimals.
///
/// # Errors
/// A list or a table, which say nothing of a point.
fn printed<'a>(
    source: &'a Source,
    key: &'static str,
    value: &'a Value,
) -> Result<&'a str, ConstructFault> {
    let text = source.text().get(value.span()).unwrap_or_default();
    match value.get_ref() {
        toml::Value::String(text) => Ok(text),
        toml::Value::Array(_) | toml::Value::Table(_) => {
            let wanted = "one value: a text in quotes, a number, true or false";
            Err(ConstructFault::Value { key, value: text.to_owned(), wanted })
        }
        _ => Ok(text),
    }
}
