//! Degrees as people and treaties write them: `42°25'04.6"`, `N 42 25.077`, `42-25-04,6 с.ш.`,
//! `北纬42度25分04.6秒`, `46.57 gon`.

/// Marks behind degrees, minutes and seconds. Anything else between numbers separates them only if
/// it is a blank, a hyphen or a colon.
const MARKS: [&[&str]; 3] = [
    &["degrees", "degree", "deg", "°", "º", "˚", "d", "度"],
    &["minutes", "minute", "min", "′", "'", "’", "´", "m", "分"],
    &["seconds", "second", "sec", "″", "\"", "”", "''", "′′", "’’", "s", "秒"],
];
const GON: [&str; 4] = ["gon", "grad", "ᵍ", "g"];

/// Words for the halves of the globe: whether it is one of a longitude, and its sign. The `O` of
/// Ost, Ouest and Oeste is on neither list: it means both.
const HALVES: [(&[&str], bool, f64); 4] = [
    (&["n", "north", "с", "с.ш.", "с. ш.", "сш", "北纬", "北緯", "北"], false, 1.0),
    (&["s", "south", "ю", "ю.ш.", "ю. ш.", "юш", "南纬", "南緯", "南"], false, -1.0),
    (&["e", "east", "в", "в.д.", "в. д.", "вд", "东经", "東經", "東経", "东", "東"], true, 1.0),
    (&["w", "west", "з", "з.д.", "з. д.", "зд", "西经", "西經", "西経", "西"], true, -1.0),
];

/// The angle that a text writes, in degrees; `None` for what is no angle, or one of the other axis.
pub(super) fn angle(text: &str, is_lon: bool) -> Option<f64> {
    let text = text.trim().to_lowercase().replace(['−', '–'], "-");
    let (half, rest) = without_half(&text);
    if half.is_some_and(|(of_lon, _)| of_lon != is_lon) {
        return None;
    }
    let (sign, rest) = match rest.trim().strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, rest.trim().strip_prefix('+').unwrap_or(rest.trim())),
    };
    // `-42 S` would be north.
    if sign < 0.0 && half.is_some() {
        return None;
    }
    Some(half.map_or(sign, |(_, sign)| sign) * magnitude(rest)?)
}

/// The half of the globe that a text begins or ends with, and the rest.
fn without_half(text: &str) -> (Option<(bool, f64)>, &str) {
    // The longer words first: `с.ш.` before `с`.
    let mut words: Vec<(&str, bool, f64)> = HALVES
        .iter()
        .flat_map(|(words, of_lon, sign)| words.iter().map(move |word| (*word, *of_lon, *sign)))
        .collect();
    words.sort_by_key(|(word, ..)| std::cmp::Reverse(word.len()));
    for (word, of_lon, sign) in words {
        let before = text.strip_prefix(word).filter(|rest| !begins_with_letter(rest));
        let after = || text.strip_suffix(word).filter(|rest| is_behind_number(rest, word));
        if let Some(rest) = before.or_else(after) {
            return (Some((of_lon, sign)), rest);
        }
    }
    (None, text)
}

fn begins_with_letter(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_alphabetic)
}

/// Whether a word for a half may follow: the `n` of `50 gon` is no north, the `s` of `42 25 04 s`
/// are seconds, that of `42°25′04″s` is south.
fn is_behind_number(rest: &str, word: &str) -> bool {
    if rest.ends_with(|c: char| c.is_ascii_alphabetic()) {
        return false;
    }
    let is_after_number = rest.trim_end().ends_with(|c: char| c.is_ascii_digit());
    word != "s" || !is_after_number || numbers(rest).len() == 1
}

/// The numbers of a text, as they are written.
fn numbers(text: &str) -> Vec<&str> {
    let parts = text.split(|c: char| !c.is_ascii_digit() && c != '.' && c != ',');
    parts.filter(|part| part.contains(|c: char| c.is_ascii_digit())).collect()
}

/// Degrees without a sign: degrees, degrees and minutes, or all three; all but the last whole.
fn magnitude(text: &str) -> Option<f64> {
    let numbers = numbers(text);
    if numbers.is_empty() {
        return None;
    }
    let mut rest = text;
    let mut sum = 0.0;
    for (i, number) in numbers.iter().enumerate() {
        let is_last = i + 1 == numbers.len();
        let value: f64 = number.replacen(',', ".", 1).parse().ok()?;
        if (!is_last && value.fract() != 0.0) || (i > 0 && value >= 60.0) {
            return None;
        }
        let (between, after) = rest.split_once(number)?;
        if !is_gap(between, i) {
            return None;
        }
        sum += value / [1.0, 60.0, 3600.0].get(i)?;
        rest = after;
    }
    let unit = rest.trim();
    if numbers.len() == 1 && GON.contains(&unit) {
        return Some(sum * 0.9);
    }
    let is_end = unit.is_empty() || MARKS.get(numbers.len().checked_sub(1)?)?.contains(&unit);
    is_end.then_some(sum)
}

/// Whether a text may stand before the number of this place: a mark of the number before it, and
/// what separates.
fn is_gap(text: &str, place: usize) -> bool {
    let text = text.trim_matches([' ', '\t', '\u{a0}', '-', ':']);
    match place.checked_sub(1).and_then(|before| MARKS.get(before)) {
        Some(marks) => text.is_empty() || marks.contains(&text),
        None => text.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            "北纬42度25分04.6秒",
            "42d25m04.6s",
            "42 deg 25 min 4.6 sec",
            "+42°25'04.6''",
            "42º25´04.6″",
        ] {
            let found = angle(text, false);
            assert!(found.is_some_and(|it| (it - expected).abs() < 1e-12), "{text}: {found:?}");
        }
    }

    #[test]
    fn halves_and_other_units() {
        for (text, is_lon, expected) in [
            ("42°25′S", false, -(42.0 + 25.0 / 60.0)),
            ("130 38.198 W", true, -(130.0 + 38.198 / 60.0)),
            ("西经70.5度", true, -70.5),
            ("80,25 в.д.", true, 80.25),
            ("-0°30′", true, -0.5),
            ("50 gon", false, 45.0),
            ("42.5 s", false, -42.5),
            ("42 25 04 s", false, 42.0 + 25.0 / 60.0 + 4.0 / 3600.0),
        ] {
            let found = angle(text, is_lon);
            assert!(found.is_some_and(|it| (it - expected).abs() < 1e-12), "{text}: {found:?}");
        }
    }

    #[test]
    fn what_is_no_angle_is_refused() {
        for text in [
            "",
            "N",
            "x",
            "42°25′04″ E",
            "42°65′",
            "42.5°25′",
            "-42 S",
            "42 25 04 06",
            "42°25″ 04′",
            "42 km",
            "1.2.3",
            "42 O",
            "42°-25′ N x",
        ] {
            assert_eq!(angle(text, false), None, "{text}");
        }
    }
}
