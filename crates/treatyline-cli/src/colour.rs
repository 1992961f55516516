//! Colour on a terminal: headings stand out, verdicts can be seen from afar. The
//! signs before the verdicts say the same without it.

use anstream::{AutoStream, ColorChoice};

const BOLD: &str = "\x1b[1m";
const DIM: &str = "\x1b[2m";
const RED: &str = "\x1b[31m";
const GREEN: &str = "\x1b[32m";
const YELLOW: &str = "\x1b[33m";
const RESET: &str = "\x1b[0m";

/// Whether standard output is a terminal that wants colour (`NO_COLOR` and its kin
/// are honoured).
pub(super) fn wanted() -> bool {
    AutoStream::choice(&std::io::stdout()) != ColorChoice::Never
}

/// Paints a text: capitals as headings, lines by the verdict they begin with.
pub(super) fn paint(text: &str) -> String {
    let mut painted = String::with_capacity(text.len() + text.len() / 16);
    for line in text.split_inclusive('\n') {
        let (line, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
        let code = match line.trim_start().chars().next() {
            Some('✓') => GREEN,
            Some('✗') => RED,
            Some('?') => YELLOW,
            Some('–') => DIM,
            Some(_) if is_heading(line) => BOLD,
            _ => "",
        };
        if code.is_empty() {
            painted.push_str(line);
        } else {
            painted.extend([code, line, RESET]);
        }
        painted.push_str(end);
    }
    painted
}

fn is_heading(line: &str) -> bool {
    line.starts_with(|c: char| c.is_uppercase()) && !line.chars().any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_itself_is_left_alone() {
        let text = "THE LINE\n  ✓ length/total\n  plain\n";
        let painted = paint(text);
        assert!(painted.contains("\x1b[1mTHE LINE\x1b[0m") && painted.contains(GREEN));
        let bare: String = painted.replace(BOLD, "").replace(GREEN, "").replace(RESET, "");
        assert_eq!(bare, text);
    }
}
