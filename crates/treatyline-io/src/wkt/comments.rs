//! Comments in well-known text: `#`, `--` and `//` up to the end of the line, and `/* */`, which does
//! not nest.

use std::borrow::Cow;

use crate::format::WKT_COMMENTS;

/// Replaces each comment by a space.
///
/// # Errors
/// The place of a comment that does not end, or of an end without a comment, and a message.
pub(super) fn left_out(text: &str) -> Result<Cow<'_, str>, (String, &'static str)> {
    let (mut kept, mut from, mut at) = (String::new(), 0, 0);
    // All marks begin with one of these.
    while let Some(next) = text[at..].find(['/', '-', '#', '*']) {
        at += next;
        if text[at..].starts_with("*/") {
            return Err((place(text, at), "`*/` ends no comment; comments do not nest"));
        }
        let begins = |(begin, _): &(&str, &str)| text[at..].starts_with(begin);
        let Some((begin, end)) = WKT_COMMENTS.into_iter().find(begins) else {
            at += 1;
            continue;
        };
        kept.push_str(&text[from..at]);
        kept.push(' ');
        let inner = at + begin.len();
        from = match (text[inner..].find(end), end) {
            (Some(length), "\n") => inner + length,
            (Some(length), _) => inner + length + end.len(),
            (None, "\n") => text.len(),
            (None, _) => {
                return Err((place(text, at), "the comment that begins here does not end"));
            }
        };
        at = from;
    }
    if from == 0 {
        return Ok(Cow::Borrowed(text));
    }
    kept.push_str(&text[from..]);
    Ok(Cow::Owned(kept))
}

/// The line and column of a byte.
fn place(text: &str, byte: usize) -> String {
    let before = &text[..byte];
    let line = before.rsplit('\n').next().unwrap_or_default();
    format!("line {}, column {}", before.matches('\n').count() + 1, line.chars().count() + 1)
}
