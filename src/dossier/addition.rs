//! A published figure added to a dossier that exists: how it is written into `figures.toml`, and that the
//! dossier is sound with it.

use std::fmt::Write;
use std::path::Path;

use super::draft::quoted;
use super::figure::parse_printed;
use super::read::Sources;
use crate::problem::{Fault, Problems};

/// A published figure that is to be added to a dossier.
///
/// ```no_run
/// use treatyline::dossier::NewFigure;
///
/// let figure = NewFigure::new("length-1963", "1,254", "mi").scope("line/river").source("ibwc");
/// let text = figure.added_to("my-dossier".as_ref())?;
/// std::fs::write("my-dossier/figures.toml", text)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct NewFigure {
    id: String,
    printed: String,
    unit: String,
    rounding: Option<f64>,
    /// The key of two points, and their ids.
    points: Option<(&'static str, [String; 2])>,
    /// Other keys and their values, texts all of them.
    others: Vec<(&'static str, String)>,
}

impl NewFigure {
    /// A figure with its id, the number as it is printed, and the unit.
    pub fn new(id: &str, printed: &str, unit: &str) -> Self {
        let [id, printed, unit] = [id, printed, unit].map(str::to_owned);
        Self { id, printed, unit, rounding: None, points: None, others: Vec::new() }
    }

    /// The step that it was rounded to, in its unit. Without it: the last printed place, if that is no
    /// zero before the decimal point.
    pub fn rounding(self, step: Option<f64>) -> Self {
        Self { rounding: step, ..self }
    }

    /// What it says, in words; without it, its scope.
    pub fn what(self, what: &str) -> Self {
        self.with("what", what)
    }

    /// What it is about: `line`, `line/land`, `line/water`, `line/STRETCH` or a name of your own.
    pub fn scope(self, scope: &str) -> Self {
        self.with("scope", scope)
    }

    /// The key of its source in the bibliography.
    pub fn source(self, key: &str) -> Self {
        self.with("source", key)
    }

    /// How firmly it is stated: `exact` without this, `around`, `nearly`, `more-than`, `less-than`.
    pub fn qualifier(self, qualifier: &str) -> Self {
        self.with("qualifier", qualifier)
    }

    /// What weight it has: `informal` without this, `governing`, `superseded`.
    pub fn standing(self, standing: &str) -> Self {
        self.with("standing", standing)
    }

    /// Anything to know about it.
    pub fn note(self, note: &str) -> Self {
        self.with("note", note)
    }

    /// What must hold for it to be about its scope, and no source says.
    pub fn assumes(self, assumes: &str) -> Self {
        self.with("assumes", assumes)
    }

    /// The ids of the two points whose straight distance it is.
    pub fn between(self, points: [&str; 2]) -> Self {
        Self { points: Some(("between", points.map(str::to_owned))), ..self }
    }

    /// The ids of the two points whose distance along the line it is.
    pub fn along(self, points: [&str; 2]) -> Self {
        Self { points: Some(("along", points.map(str::to_owned))), ..self }
    }

    /// The id of the point whose distance from the line it is.
    pub fn from_line(self, point: &str) -> Self {
        self.with("from_line", point)
    }

    fn with(mut self, key: &'static str, value: &str) -> Self {
        self.others.retain(|(known, _)| *known != key);
        self.others.push((key, value.to_owned()));
        self
    }

    fn get(&self, key: &str) -> Option<&str> {
        self.others.iter().find(|(known, _)| *known == key).map(|(_, value)| value.as_str())
    }

    /// The text of a dossier's `figures.toml` with it, for the caller to write.
    ///
    /// # Errors
    /// Every problem that the dossier has with it, or has already; a number from whose digits its
    /// rounding does not follow.
    pub fn added_to(&self, directory: &Path) -> Result<String, Problems> {
        let sources = Sources::read(directory)?;
        let before = sources.figures();
        let entry = self.entry().map_err(|fault| before.problem("", fault))?;
        let text = with_entry(before.text(), &entry);
        sources.with_figures(&text)?.dossier()?;
        Ok(text)
    }

    fn entry(&self) -> Result<String, Fault> {
        let qualifier = self.get("qualifier").unwrap_or("exact");
        let is_bound = ["more-than", "less-than"].contains(&qualifier);
        let rounding = match self.rounding {
            Some(step) => step,
            None if is_bound => 0.0,
            None => last_place(&self.printed).ok_or_else(|| Fault::Value {
                field: "rounding",
                value: format!("not given for `{}`", self.printed),
                wanted: "the step it was rounded to: whether its last zeros are digits or rounded, no \
                         number says",
            })?,
        };
        let scope = self.get("scope").unwrap_or("line");
        let mut entry = String::from("[[figure]]\n");
        let mut put = |key: &str, value: &str| {
            // Writing to a text does not fail.
            let _ = writeln!(entry, "{key:<9} = {value}");
        };
        put("id", &quoted(&self.id));
        put("what", &quoted(self.get("what").unwrap_or(scope)));
        put("scope", &quoted(scope));
        put("printed", &quoted(&self.printed));
        put("unit", &quoted(&self.unit));
        put("rounding", &format!("{rounding:?}"));
        put("qualifier", &quoted(qualifier));
        put("standing", &quoted(self.get("standing").unwrap_or("informal")));
        put("source", &quoted(self.get("source").unwrap_or_default()));
        if let Some((key, [a, b])) = &self.points {
            put(key, &format!("[{}, {}]", quoted(a), quoted(b)));
        }
        for key in ["from_line", "assumes", "note"] {
            self.get(key).into_iter().for_each(|text| put(key, &quoted(text)));
        }
        Ok(entry)
    }
}

/// The text of a file with one more figure, before the first relation and what is said above it.
fn with_entry(before: &str, entry: &str) -> String {
    let lines: Vec<&str> = before.lines().collect();
    let first = lines.iter().position(|line| line.trim_start().starts_with("[[relation]]"));
    let mut at = first.unwrap_or(lines.len());
    if first.is_some() {
        let is_above = |line: &str| line.starts_with('#') || line.trim().is_empty();
        while at > 0 && is_above(lines[at - 1]) {
            at -= 1;
        }
    }
    let (figures, relations) = lines.split_at(at);
    let mut text = figures.join("\n").trim_end().to_owned();
    text += if text.is_empty() { "" } else { "\n\n" };
    text += entry;
    for line in relations {
        text += line;
        text.push('\n');
    }
    text
}

/// The step of the last printed place; `None` for a number that ends in a zero before the decimal
/// point, which may be rounded to more, and for what is no number.
fn last_place(printed: &str) -> Option<f64> {
    parse_printed(printed)?;
    match printed.split_once('.') {
        Some((_, decimals)) => format!("1e-{}", decimals.len()).parse().ok(),
        None => (!printed.ends_with('0')).then_some(1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rounding_follows_from_digits_where_it_can() {
        for (printed, step) in [
            ("1,782.75", Some(0.01)),
            ("22", Some(1.0)),
            ("2,420", None),
            ("2.50", Some(0.01)),
            ("two", None),
        ] {
            assert_eq!(last_place(printed), step, "{printed}");
        }
    }

    #[test]
    fn figures_come_before_relations_and_what_is_said_above_them() {
        let before = "# all\n[[figure]]\nid = 1\n\n# Relations\n\n[[relation]]\nid = 2\n";
        let after = "# all\n[[figure]]\nid = 1\n\nNEW\n\n# Relations\n\n[[relation]]\nid = 2\n";
        assert_eq!(with_entry(before, "NEW\n"), after);
        assert_eq!(with_entry("", "NEW\n"), "NEW\n");
        assert_eq!(with_entry("# none yet\n", "NEW\n"), "# none yet\n\nNEW\n");
    }
}
