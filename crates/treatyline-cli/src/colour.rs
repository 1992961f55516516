//! Colour on a terminal: headings stand out, verdicts can be seen from afar. The
//! signs before the verdicts say the same without it.

use anstream::{AutoStream, ColorChoice};
use treatyline::check::Verdict;
use treatyline::internal::report::Style;

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

/// Paints a line by what it is.
pub(super) fn paint(style: Style, line: String) -> String {
    let code = match style {
        Style::Plain => return line,
        Style::Heading => BOLD,
        Style::Verdict(Verdict::Consistent) => GREEN,
        Style::Verdict(Verdict::Inconsistent) => RED,
        Style::Verdict(Verdict::Undecided) => YELLOW,
        Style::Verdict(Verdict::Skipped) => DIM,
    };
    [code, &line, RESET].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_themselves_are_left_alone() {
        let painted = |style| paint(style, "THE LINE".to_owned());
        assert_eq!(painted(Style::Heading), "\x1b[1mTHE LINE\x1b[0m");
        assert_eq!(painted(Style::Verdict(Verdict::Consistent)), "\x1b[32mTHE LINE\x1b[0m");
        assert_eq!(painted(Style::Plain), "THE LINE");
    }
}
