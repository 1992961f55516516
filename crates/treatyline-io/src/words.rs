//! Words of messages: numbers with separated thousands, distances, lists.
//!
//! What needs a unit or an interval to be worded is above, in `treatyline`.

use std::borrow::Cow;
use std::io::{self, Write};

/// A number with `decimals` places and a comma before each group of three.
#[must_use]
pub fn number(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut grouped = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let zero = text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    let sign = if value < 0.0 && !zero { "−" } else { "" };
    format!("{sign}{grouped}{fraction}")
}

/// Kilometres of a length in metres: `1,782.75 km`.
#[must_use]
pub fn km(metres: f64, decimals: usize) -> String {
    format!("{} km", number(metres / 1e3, decimals))
}

/// A distance in metres as people say it: metres below 10 km, kilometres above.
#[must_use]
pub fn distance(metres: f64) -> String {
    let fine = metres.abs() < 10.0 && metres.fract() != 0.0;
    if metres.abs() < 9_999.5 {
        format!("{} m", number(metres, usize::from(fine)))
    } else {
        km(metres, 1)
    }
}

/// A number of things: `1 place`, `5,630 places`, `2 stretches`.
#[must_use]
pub fn count(number: usize, thing: &str) -> String {
    let ending = match number {
        1 => "",
        _ if thing.ends_with("ch") => "es",
        _ => "s",
    };
    format!("{} {thing}{ending}", self::number(number as f64, 0))
}

/// A list as in a sentence: `a, b and c`.
#[must_use]
pub fn list(items: &[String]) -> String {
    joined(items, "and")
}

/// Things to choose from in a sentence: "a, b or c".
#[must_use]
pub fn either(items: &[String]) -> String {
    joined(items, "or")
}

fn joined(items: &[String], word: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} {word} {last}", most.join(", ")),
    }
}

/// The first ten of a list, and how many more there are: "a, b and 990 more".
#[must_use]
pub fn first_ten(items: &[String]) -> String {
    const MOST: usize = 10;
    match items.get(..MOST) {
        Some(first) if items.len() > MOST => {
            format!("{} and {} more", first.join(", "), number((items.len() - MOST) as f64, 0))
        }
        _ => items.join(", "),
    }
}

/// A text of at most `most` characters; a longer one is cut and ends in an ellipsis.
#[must_use]
pub fn shortened(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        None => Cow::Borrowed(text),
        Some(_) => {
            let kept: String = text.chars().take(most.saturating_sub(1)).collect();
            Cow::Owned(format!("{}…", kept.trim_end()))
        }
    }
}

/// A text from a file in a message, shortened; quotes around it are kept. A wrong file may hold
/// anything; the beginning of the text is enough to find it.
#[must_use]
pub fn echo(text: &str) -> String {
    const LONGEST: usize = 80;
    match text.strip_prefix('`').and_then(|rest| rest.strip_suffix('`')) {
        Some(inner) => format!("`{}`", shortened(inner, LONGEST)),
        None => shortened(text, LONGEST).into_owned(),
    }
}

/// The message of a parser, shortened: it repeats text of the file itself.
#[must_use]
pub fn excerpt(text: &str) -> Cow<'_, str> {
    shortened(text, 300)
}

/// A number as the user gave it, but never hundreds of digits long: `5`, `0.01`, `1e300`.
#[must_use]
pub fn echoed(value: f64) -> String {
    let plain = value == 0.0 || !value.is_finite() || (1e-9..1e15).contains(&value.abs());
    if plain { value.to_string() } else { format!("{value:e}") }
}

/// Whether XML 1.0 has this character at all (§2.2). One that it has not cannot be escaped either.
#[must_use]
pub const fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

/// Passes a document on without the characters that XML cannot have.
#[derive(Debug)]
pub struct XmlOnly<W>(pub W);

impl<W: Write> Write for XmlOnly<W> {
    /// Takes whole characters, as a writer of XML writes them.
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        let mut text = String::from_utf8_lossy(piece);
        if !text.chars().all(is_xml) {
            text.to_mut().retain(is_xml);
        }
        self.0.write_all(text.as_bytes())?;
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl XmlOnly<Vec<u8>> {
    /// The document.
    #[must_use]
    pub fn into_text(self) -> String {
        String::from_utf8(self.0)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_have_is_left_out() {
        let written = "<a>bell\u{7}, \u{fffe}tab\t, Ürümqi 乌鲁木齐 \u{1f30d}</a>\n";
        let kept = "<a>bell, tab\t, Ürümqi 乌鲁木齐 \u{1f30d}</a>\n";
        let mut document = XmlOnly(Vec::new());
        document.write_all(written.as_bytes()).unwrap();
        assert_eq!(document.into_text(), kept);
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(number(1_782.75, 2), "1,782.75");
        assert_eq!(number(999.0, 0), "999");
        assert_eq!(number(1_234_567.0, 0), "1,234,567");
        assert_eq!(number(-22.35, 1), "−22.4");
        assert_eq!(number(-0.04, 1), "0.0");
        assert_eq!(number(999_999.96, 1), "1,000,000.0");
    }

    #[test]
    fn lists_read_as_said() {
        let words = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(list(&words), "a, b and c");
        assert_eq!(list(&words[..1]), "a");
        assert_eq!(list(&[]), "");
    }

    #[test]
    fn echoes_are_short() {
        for (value, text) in
            [(5.0, "5"), (-0.01, "-0.01"), (0.0, "0"), (1e300, "1e300"), (-2.5e-20, "-2.5e-20")]
        {
            assert_eq!(echoed(value), text);
        }
        assert_eq!([echoed(f64::NAN), echoed(f64::INFINITY)], ["NaN", "inf"]);
        assert_eq!(shortened("Зайсан", 6), "Зайсан");
        assert_eq!(shortened("Зайсанский", 6), "Зайса…");
    }
}
