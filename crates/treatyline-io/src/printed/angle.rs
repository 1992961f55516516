//! One angle: `42°25'04.6"`, `N 42 25.077`, `42-25-04,6 с.ш.`, `北纬42度25分04.6秒`, `46.57 gon`.

use super::words::{CENTESIMAL, GRAD, HALVES, LABELS, LETTERS, MARKS};
use super::{Coordinate, PrintedFault, Rounded, plain};

/// A printed latitude or longitude.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Angle {
    /// Degrees, north and east positive.
    pub deg: Rounded,
    /// Whether the text says on which half of the globe it is.
    pub has_half: bool,
    /// Whether the text says which coordinate it is.
    pub(super) is_named: bool,
}

impl Angle {
    /// Refuses an angle that does not say on which half of the globe it is.
    ///
    /// # Errors
    /// [`PrintedFault::NoHalf`].
    pub fn with_half(self, text: &str, wanted: Coordinate) -> Result<Self, PrintedFault> {
        if self.has_half {
            return Ok(self);
        }
        Err(PrintedFault::NoHalf { text: text.to_owned(), wanted })
    }
}

/// The latitude or longitude that a text writes.
///
/// # Errors
/// A [`PrintedFault`] that names the text.
pub fn angle(text: &str, wanted: Coordinate) -> Result<Angle, PrintedFault> {
    let reader = Reader { text, wanted };
    let small = with_points(&plain(text).to_lowercase());
    let (label, rest) = without_label(&small);
    let half = without_half(rest);
    let stated = [label, half.map(|(of, ..)| of)].into_iter().flatten().find(|it| *it != wanted);
    if let Some(other) = stated {
        return Err(PrintedFault::Other { text: text.to_owned(), wanted, other: other.name() });
    }
    let (sign, rest) = half.map_or((None, rest), |(_, sign, rest)| (Some(sign), rest));
    let rest = rest.trim();
    let (minus, rest) = match rest.strip_prefix(['-', '+']) {
        Some(after) if sign.is_some() && rest.starts_with('-') => {
            // Whatever follows: `-42 S` would be north.
            reader.magnitude(after)?;
            return Err(PrintedFault::Twice { text: text.to_owned() });
        }
        Some(after) => (rest.starts_with('-'), after),
        None => (false, rest),
    };
    let magnitude = reader.magnitude(rest)?;
    let limit_deg = match (wanted, sign) {
        // Longitudes of a globe that begins in Greenwich go on to 360°.
        (Coordinate::Longitude, None) => 360.0,
        _ => wanted.limit_deg(),
    };
    if magnitude.value > limit_deg {
        return Err(PrintedFault::Beyond { text: text.to_owned(), wanted });
    }
    let sign_value = sign.unwrap_or(if minus { -1.0 } else { 1.0 });
    Ok(Angle {
        deg: Rounded { value: sign_value * magnitude.value, ..magnitude },
        has_half: sign.is_some(),
        is_named: sign.is_some() || label.is_some(),
    })
}

/// A text with points for decimal commas.
fn with_points(text: &str) -> String {
    let mut pointed = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(',') {
        let is_digit = |c: char| c.is_ascii_digit();
        let is_decimal = before.ends_with(is_digit) && after.starts_with(is_digit);
        pointed.push_str(before);
        pointed.push(if is_decimal { '.' } else { ',' });
        rest = after;
    }
    pointed.push_str(rest);
    pointed
}

/// Which coordinate a text says it is, and what follows.
fn without_label(text: &str) -> (Option<Coordinate>, &str) {
    for (words, of) in LABELS {
        for word in words {
            if let Some(rest) = text.strip_prefix(word).filter(|rest| !begins_with_letter(rest)) {
                return (Some(of), rest.trim_start_matches([' ', ':', '=', '.']));
            }
        }
    }
    (None, text)
}

/// The half of the globe that a text begins or ends with, and the rest.
fn without_half(text: &str) -> Option<(Coordinate, f64, &str)> {
    let words =
        HALVES.iter().flat_map(|(words, of, sign)| words.iter().map(|it| (*it, *of, *sign)));
    let found = words.filter_map(|(word, of, sign)| {
        let before = text.strip_prefix(word).filter(|rest| !begins_with_letter(rest));
        let after = || text.strip_suffix(word).filter(|rest| may_end(rest, word));
        Some((word.len(), (of, sign, before.or_else(after)?)))
    });
    // The longest: `с.ш.` and not `с`.
    found.max_by_key(|(length, _)| *length).map(|(_, found)| found)
}

fn begins_with_letter(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_alphabetic)
}

/// Whether a word for a half may follow: the `n` of `50 gon` is no north, the `s` of `42d25m04s` are
/// seconds.
fn may_end(rest: &str, word: &str) -> bool {
    let has_letters = |text: &str| LETTERS[..2].iter().all(|mark| ends_number(text, mark));
    if word == "s" && rest.ends_with(|c: char| c.is_ascii_digit()) && has_letters(rest) {
        return false;
    }
    let trimmed = rest.trim_end();
    let is_apart = trimmed.len() < rest.len();
    let before = trimmed.trim_end_matches(|c: char| c.is_alphabetic() || c == '.');
    let mark = &trimmed[before.len()..];
    // `42°25′04sN` and `50 gon E`, but not the `s` of `degrees`.
    mark.is_empty() || is_apart || mark.chars().count() == 1
}

/// Whether a mark follows a number somewhere in a text.
fn ends_number(text: &str, mark: &str) -> bool {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(mark) {
        if before.trim_end().ends_with(|c: char| c.is_ascii_digit()) {
            return true;
        }
        rest = after;
    }
    false
}

/// A number of an angle, as printed, and what follows it.
struct Part<'a> {
    number: &'a str,
    mark: &'a str,
}

/// How the numbers of an angle are marked.
#[derive(Clone, Copy, PartialEq)]
enum Style {
    Sexagesimal,
    Centesimal,
}

struct Reader<'a> {
    text: &'a str,
    wanted: Coordinate,
}

impl Reader<'_> {
    fn no_angle(&self) -> PrintedFault {
        PrintedFault::NoAngle { text: self.text.to_owned(), wanted: self.wanted }
    }

    /// Degrees without a sign: degrees, degrees and minutes, or all three; all but the last whole.
    fn magnitude(&self, text: &str) -> Result<Rounded, PrintedFault> {
        let text = text.trim();
        if let Some(number) = text.strip_suffix(GRAD)
            && number.trim_end().ends_with(|c: char| c.is_ascii_digit())
        {
            let between = "grad is a degree in German and a gon in English".to_owned();
            return Err(PrintedFault::Ambiguous { text: self.text.to_owned(), between });
        }
        if text.strip_suffix('o').or_else(|| text.strip_prefix('o')).is_some_and(is_only_numbers) {
            let between = "O is east in German and west in the Romance languages".to_owned();
            return Err(PrintedFault::Ambiguous { text: self.text.to_owned(), between });
        }
        let parts = parts(text).ok_or_else(|| self.no_angle())?;
        let style = style(&parts).ok_or_else(|| self.no_angle())?;
        let mut sum = Rounded { value: 0.0, half_step: 0.0 };
        for (place, part) in parts.iter().enumerate() {
            let is_last = place + 1 == parts.len();
            let number = self.number(part.number, place, style)?;
            if !is_last && part.number.contains('.') {
                let number = part.number.to_owned();
                return Err(PrintedFault::Decimals { text: self.text.to_owned(), number });
            }
            sum = Rounded { value: sum.value + number.value, half_step: number.half_step };
        }
        Ok(sum)
    }

    /// A number of an angle, in degrees.
    fn number(&self, number: &str, place: usize, style: Style) -> Result<Rounded, PrintedFault> {
        let value: f64 = number.parse().map_err(|_| self.no_angle())?;
        let (unit, most) = match style {
            Style::Sexagesimal => ([1.0, 1.0 / 60.0, 1.0 / 3600.0], 60.0),
            Style::Centesimal => ([0.9, 0.009, 0.000_09], 100.0),
        };
        if place > 0 && value >= most {
            if style == Style::Centesimal {
                return Err(self.no_angle());
            }
            let unit = if place == 1 { "minutes" } else { "seconds" };
            let (text, number) = (self.text.to_owned(), number.to_owned());
            return Err(PrintedFault::Sixty { text, number, unit });
        }
        let decimals = number.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        let unit = *unit.get(place).ok_or_else(|| self.no_angle())?;
        Ok(Rounded::new(value, decimals, unit))
    }
}

/// Whether a text has numbers and what is between the numbers of an angle, and no words.
fn is_only_numbers(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit()) && !text.contains(char::is_alphabetic)
}

/// The numbers of an angle, with points for decimals, and their marks; `None` for what is no angle.
fn parts(text: &str) -> Option<Vec<Part<'_>>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (number, after) = number(rest)?;
        let end = after.find(|c: char| c.is_ascii_digit()).unwrap_or(after.len());
        let (between, next) = after.split_at(end);
        // One sign may separate: `42-25-04`, `42:25:04`.
        let mark = between.trim();
        let mark = if next.is_empty() { mark } else { mark.trim_end_matches(['-', ':']).trim() };
        let separators = between.matches(['-', ':']).count();
        if separators > usize::from(!next.is_empty()) {
            return None;
        }
        parts.push(Part { number, mark });
        rest = next;
    }
    (1..=3).contains(&parts.len()).then_some(parts)
}

/// The number that a text begins with, and what follows it.
fn number(text: &str) -> Option<(&str, &str)> {
    let is_digit = |c: char| c.is_ascii_digit();
    let whole = text.find(|c| !is_digit(c)).unwrap_or(text.len());
    let (_, after) = text.split_at(whole);
    let decimals = match after.strip_prefix('.') {
        Some(fraction) => fraction.find(|c| !is_digit(c)).unwrap_or(fraction.len()) + 1,
        None => 0,
    };
    let end = if decimals > 1 { whole + decimals } else { whole };
    (whole > 0).then(|| text.split_at(end))
}

/// How the numbers are marked: each with the mark of its place or none, in one manner.
fn style(parts: &[Part<'_>]) -> Option<Style> {
    let is_centesimal = |(place, part): (usize, &Part<'_>)| CENTESIMAL[place].contains(&part.mark);
    if parts.iter().enumerate().all(is_centesimal) {
        return Some(Style::Centesimal);
    }
    let is_letters = |(place, part): (usize, &Part<'_>)| LETTERS[place] == part.mark;
    if parts.iter().enumerate().all(is_letters) {
        return Some(Style::Sexagesimal);
    }
    let is_marked = |(place, part): (usize, &Part<'_>)| {
        part.mark.is_empty() || MARKS[place].contains(&part.mark)
    };
    parts.iter().enumerate().all(is_marked).then_some(Style::Sexagesimal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Coordinate::{Latitude, Longitude};

    #[test]
    fn one_latitude_in_many_spellings() {
        let expected = 42.0 + 25.0 / 60.0 + 4.6 / 3600.0;
        for text in [
            "42°25'04.6\"",
            "42° 25′ 04.6″ N",
            "N42°25’04.6”",
            "42 25 04.6",
            "42-25-04.6",
            "42:25:04.6",
            "42-25-04,6 с.ш.",
            "42°25′04,6″ с. ш.",
            "42°25′04,6″ с.ш",
            "42°25′04,6″ северной широты",
            "42 град. 25 мин. 04,6 сек. с.ш.",
            "42 град 25 мин 04,6 сек",
            "широта 42°25′04,6″",
            "北纬42度25分04.6秒",
            "北緯 42度25分04.6秒",
            "４２°２５′０４．６″",
            "42d25m04.6s",
            "42D25M04.6S",
            "42d25m04.6sN",
            "42 deg 25 min 4.6 sec",
            "42 degrees 25 minutes 04.6 seconds north",
            "+42°25'04.6''",
            "42º25´04.6″",
            "42°25'04.6\" Nord",
            "42° 25′ 04,6″ n. Br.",
            "B=42°25'04.6\"",
            "lat. 42°25'04.6\" N",
            "Latitude: 42°25'04.6\" N",
            "N 42° 25' 04.6",
        ] {
            let found = angle(text, Latitude).unwrap_or_else(|fault| panic!("{fault}")).deg;
            assert!((found.value - expected).abs() < 1e-12, "{text}: {found:?}");
            assert!((found.half_step * 3600.0 - 0.05).abs() < 1e-12, "{text}: {found:?}");
        }
    }

    #[test]
    fn halves_and_other_units_are_read_with_their_rounding() {
        for (text, wanted, expected, half_step) in [
            ("42°25′S", Latitude, -(42.0 + 25.0 / 60.0), 0.5 / 60.0),
            ("130 38.198 W", Longitude, -(130.0 + 38.198 / 60.0), 0.0005 / 60.0),
            ("西经70.5度", Longitude, -70.5, 0.05),
            ("80,25 в.д.", Longitude, 80.25, 0.005),
            ("80°15′ з. д.", Longitude, -80.25, 0.5 / 60.0),
            ("80°15′ Ouest", Longitude, -80.25, 0.5 / 60.0),
            ("80°15′ Ost", Longitude, 80.25, 0.5 / 60.0),
            ("-0°30′", Longitude, -0.5, 0.5 / 60.0),
            ("−80.25", Longitude, -80.25, 0.005),
            ("255", Longitude, 255.0, 0.5),
            ("50 gon", Latitude, 45.0, 0.45),
            ("50 gon S", Latitude, -45.0, 0.45),
            ("46g57c12cc", Latitude, 46.5712 * 0.9, 0.000_045),
            ("46,5712 gr", Latitude, 46.5712 * 0.9, 0.000_045),
            ("42.5 s", Latitude, -42.5, 0.05),
            ("42 25 04 S", Latitude, -(42.0 + 25.0 / 60.0 + 4.0 / 3600.0), 0.5 / 3600.0),
            ("42°25′04s", Latitude, -(42.0 + 25.0 / 60.0 + 4.0 / 3600.0), 0.5 / 3600.0),
        ] {
            let found = angle(text, wanted).unwrap_or_else(|fault| panic!("{fault}")).deg;
            assert!((found.value - expected).abs() < 1e-12, "{text}: {found:?}");
            assert!((found.half_step - half_step).abs() < 1e-12, "{text}: {found:?}");
        }
    }

    #[test]
    fn each_fault_names_the_text_and_what_is_wrong() {
        for (text, wanted, says) in [
            ("42°61′N", Latitude, "`42°61′N` has 61 minutes, and a degree has 60"),
            ("42°25′75″N", Latitude, "`42°25′75″N` has 75 seconds, and a minute has 60"),
            ("91°N", Latitude, "`91°N` is beyond 90°, where a latitude ends"),
            ("181°E", Longitude, "`181°E` is beyond 180°, where a longitude ends"),
            ("42°25′04″ E", Latitude, "`42°25′04″ E` is no latitude: it is longitude"),
            ("B=42°25′", Longitude, "`B=42°25′` is no longitude: it is latitude"),
            ("-42 S", Latitude, "`-42 S` has a sign and a hemisphere"),
            ("42.5°25′", Latitude, "`42.5°25′` has decimals in `42.5`"),
            ("80°15′ O", Longitude, "O is east in German"),
            ("46.57 grad", Latitude, "grad is a degree in German and a gon in English"),
        ] {
            let fault = angle(text, wanted).unwrap_err().to_string();
            assert!(fault.contains(says), "{fault}");
        }
    }

    #[test]
    fn what_is_no_angle_is_refused() {
        for text in [
            "",
            "N",
            "x",
            "42 25 04 06",
            "42°25″ 04′",
            "42 km",
            "1.2.3",
            "42°-25′ N x",
            "42--25",
            "42-",
            "N 42 N",
            "42 25 m",
            "42°25m04s",
            "46g157c",
            "42,25,04",
            "4e1",
        ] {
            let fault = angle(text, Latitude).unwrap_err();
            let wanted = Latitude;
            assert_eq!(fault, PrintedFault::NoAngle { text: text.to_owned(), wanted }, "{text}");
        }
    }

    #[test]
    fn an_angle_may_have_to_say_where_it_is() {
        let half = |text| angle(text, Latitude).unwrap().with_half(text, Latitude);
        assert!(half("42°25′N").is_ok());
        let fault = half("42°25′").unwrap_err().to_string();
        assert_eq!(fault, "`42°25′` does not say whether it is north or south");
    }
}
