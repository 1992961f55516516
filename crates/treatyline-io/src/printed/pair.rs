//! Latitude and longitude in one text: `42°25'04.6"N 130°38'11.9"E`, `B=42°25′ L=130°38′`,
//! `42.4179, 130.6366`.

use super::{Angle, Coordinate, PrintedFault, angle};

/// The latitude and the longitude that a text writes, in the order in which it names them; if it
/// does not, `first` comes first.
///
/// # Errors
/// [`PrintedFault::NoPair`] for a text that can be taken apart in no way, or in several.
pub fn pair(text: &str, first: Coordinate) -> Result<[Angle; 2], PrintedFault> {
    let second = other(first);
    let mut found: Vec<[Angle; 2]> = Vec::new();
    let (halves, is_separated) = halves(text);
    for (before, after) in halves {
        for (one, two) in [(first, second), (second, first)] {
            let (Ok(a), Ok(b)) = (angle(before, one), angle(after, two)) else { continue };
            // Only names can say that the second comes first, and where one of several numbers ends.
            let is_named = a.is_named && b.is_named;
            let is_clear = is_separated || text.split_whitespace().count() == 2;
            if !is_named && (one == second || !is_clear) {
                continue;
            }
            let both = if one == Coordinate::Latitude { [a, b] } else { [b, a] };
            if !found.contains(&both) {
                found.push(both);
            }
        }
    }
    match found[..] {
        [both] => Ok(both),
        _ => Err(PrintedFault::NoPair { text: text.to_owned() }),
    }
}

const fn other(coordinate: Coordinate) -> Coordinate {
    match coordinate {
        Coordinate::Latitude => Coordinate::Longitude,
        Coordinate::Longitude => Coordinate::Latitude,
    }
}

/// The ways to take a text apart: where a sign separates, or else at each blank and letter; and
/// whether a sign does.
fn halves(text: &str) -> (Vec<(&str, &str)>, bool) {
    for sign in [";", "/", "|", ", ", "，"] {
        if let [before, after] = text.split(sign).collect::<Vec<_>>()[..] {
            return (vec![(before, after)], true);
        }
    }
    // `42.4179,130.6366`: two decimals.
    if let [before, after] = text.split(',').collect::<Vec<_>>()[..]
        && [before, after].iter().all(|half| half.contains('.'))
    {
        return (vec![(before, after)], true);
    }
    let is_cut = |c: char| c.is_whitespace() || c.is_alphabetic() || "\"″”".contains(c);
    let cuts = text.char_indices().filter(|(_, c)| is_cut(*c));
    let cuts = cuts.flat_map(|(at, c)| [at, at + c.len_utf8()]);
    let cuts = cuts.filter(|at| *at > 0 && *at < text.len());
    (cuts.map(|at| text.split_at(at)).collect(), false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_coordinates_are_taken_apart() {
        let (lat, lon) = (42.0 + 25.0 / 60.0 + 4.6 / 3600.0, 130.0 + 38.0 / 60.0 + 11.9 / 3600.0);
        for text in [
            "42°25'04.6\"N 130°38'11.9\"E",
            "42°25'04.6\"N, 130°38'11.9\"E",
            "130°38'11.9\"E 42°25'04.6\"N",
            "N42°25'04.6\"E130°38'11.9\"",
            "42°25′04,6″ с.ш. 130°38′11,9″ в.д.",
            "北纬42度25分04.6秒 东经130度38分11.9秒",
            "北纬42度25分04.6秒，东经130度38分11.9秒",
            "B=42°25'04.6\" L=130°38'11.9\"",
            "42 25 04.6 N 130 38 11.9 E",
            "42°25'04.6\"; 130°38'11.9\"",
        ] {
            let [a, b] = pair(text, Coordinate::Latitude).unwrap_or_else(|fault| panic!("{fault}"));
            assert!((a.deg.value - lat).abs() < 1e-9, "{text}: {a:?}");
            assert!((b.deg.value - lon).abs() < 1e-9, "{text}: {b:?}");
        }
    }

    #[test]
    fn unnamed_ones_are_in_the_order_that_is_said() {
        let values = |text, first| pair(text, first).map(|both| both.map(|it| it.deg.value));
        assert_eq!(values("42.5, 80.25", Coordinate::Latitude), Ok([42.5, 80.25]));
        assert_eq!(values("80.25,42.5", Coordinate::Longitude), Ok([42.5, 80.25]));
        assert_eq!(values("-42.5 80.25", Coordinate::Latitude), Ok([-42.5, 80.25]));
    }

    #[test]
    fn what_is_not_two_is_refused() {
        for text in ["", "42", "42°25′N", "42 25 80 15", "42 N 43 N", "42,5,80"] {
            let fault = pair(text, Coordinate::Latitude).unwrap_err();
            assert_eq!(fault, PrintedFault::NoPair { text: text.to_owned() });
        }
    }
}
