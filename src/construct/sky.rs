//! Lines of the sky on the Earth: tropics at a time, and the prime meridians of old maps.

use crate::io::printed::{Coordinate, Rounded, angle};
use crate::problem::ConstructFault;

/// Prime meridians in degrees east of Greenwich, by EPSG (8901 to 8913); Pulkovo by the Russian
/// Geodetic service, 30° 19′ 42.09″.
const PRIME: [(&str, f64, f64, f64); 14] = [
    ("greenwich", 0.0, 0.0, 0.0),
    ("paris", 2.0, 20.0, 14.025),
    ("ferro", -17.0, 40.0, 0.0),
    ("pulkovo", 30.0, 19.0, 42.09),
    ("rome", 12.0, 27.0, 8.4),
    ("bern", 7.0, 26.0, 22.5),
    ("brussels", 4.0, 22.0, 4.71),
    ("stockholm", 18.0, 3.0, 29.8),
    ("oslo", 10.0, 43.0, 22.5),
    ("athens", 23.0, 42.0, 58.815),
    ("lisbon", -9.0, 7.0, 54.862),
    ("madrid", -3.0, 41.0, 16.58),
    ("bogota", -74.0, 4.0, 51.3),
    ("jakarta", 106.0, 48.0, 27.79),
];

/// The longitude of a prime meridian east of Greenwich, by its name or as an angle.
///
/// # Errors
/// [`ConstructFault::Printed`] for what is neither.
pub(super) fn prime_meridian_deg(text: &str) -> Result<f64, ConstructFault> {
    let small = text.trim().to_lowercase();
    if let Some((_, degrees, minutes, seconds)) = PRIME.iter().find(|it| it.0 == small) {
        let size = degrees.abs() + minutes / 60.0 + seconds / 3600.0;
        return Ok(size.copysign(*degrees));
    }
    let found = angle(text, Coordinate::Longitude);
    found
        .map(|it| it.deg.value)
        .map_err(|fault| ConstructFault::Printed { key: "prime_meridian", fault: Box::new(fault) })
}

/// The latitude of a tropic at a time, as in `tropic of Cancer 1955` or `tropic of Capricorn
/// 1899-03-21`; `None` for a text that is no tropic.
///
/// It is the mean obliquity of the ecliptic (Capitaine, Wallace & Chapront 2003, equation 39; that of
/// the IAU 2006). What nutation adds, up to 9.2″, has no place in a treaty. A year alone is its
/// middle, and half of it is what rounding is worth.
///
/// # Errors
/// [`ConstructFault::Value`] for a tropic without a time.
pub(super) fn tropic(text: &str) -> Result<Option<Rounded>, ConstructFault> {
    let small = text.trim().to_lowercase();
    let Some(rest) = small.strip_prefix("tropic of ") else { return Ok(None) };
    let north = rest.strip_prefix("cancer").map(|rest| (1.0, rest));
    let found = north.or_else(|| rest.strip_prefix("capricorn").map(|rest| (-1.0, rest)));
    let wanted = "a tropic with a year or a date, as in tropic of Cancer 1955-08-10: it moves by \
                  14 m a year";
    let fault = || ConstructFault::Value { key: "latitude", value: text.to_owned(), wanted };
    let (sign, time) = found.ok_or_else(fault)?;
    let (year, half) = year(time.trim()).ok_or_else(fault)?;
    let [now, later] = [year, year + half].map(obliquity_deg);
    Ok(Some(Rounded { value: sign * now, half_step: (now - later).abs() }))
}

/// The mean obliquity of the ecliptic in a year.
fn obliquity_deg(year: f64) -> f64 {
    let t = (year - 2000.0) / 100.0;
    let arc_seconds = t.mul_add(
        t.mul_add(t.mul_add(t.mul_add(-0.000_000_576, 0.002_003_40), -0.000_183_1), -46.836_769),
        84_381.406,
    );
    arc_seconds / 3600.0
}

/// The Julian day of a date of the Gregorian calendar, at noon (Fliegel & Van Flandern 1968).
fn julian_day(year: f64, month: f64, day: f64) -> f64 {
    // A year that begins in March has its leap day last.
    let (year, month) = if month > 2.0 { (year, month - 3.0) } else { (year - 1.0, month + 9.0) };
    let leap_days = (year / 4.0).floor() - (year / 100.0).floor() + (year / 400.0).floor();
    365.0 * year + leap_days + ((153.0 * month + 2.0) / 5.0).floor() + day + 1_721_119.0
}

/// A time in years with half of what it leaves open: `1955`, `1955-08`, `1955-08-10`.
fn year(text: &str) -> Option<(f64, f64)> {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |part: &str, least: u32, most: u32| {
        part.parse::<u32>().ok().filter(|it| (least..=most).contains(it)).map(f64::from)
    };
    // The formula is good for some thousand years; treaties with tropics are of the last few.
    let year = number(parts[0], 1500, 2200)?;
    match parts[1..] {
        [] => Some((year + 0.5, 0.5)),
        [month] => Some((year + (number(month, 1, 12)? - 0.5) / 12.0, 0.5 / 12.0)),
        [month, day] => {
            let (month, day) = (number(month, 1, 12)?, number(day, 1, 31)?);
            Some((2000.0 + (julian_day(year, month, day) - 2_451_545.0) / 365.25, 0.5 / 365.25))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values of the dates of the Chad–Libya treaties, computed independently.
    #[test]
    fn the_tropic_moves() {
        for (text, minutes, seconds) in [
            ("tropic of Cancer 1899-03-21", 27.0, 8.6),
            ("Tropic of Cancer 1919-09-08", 26.0, 59.0),
            ("tropic of cancer 1955-08-10", 26.0, 42.2),
            ("tropic of Cancer 1994-02-03", 26.0, 24.2),
        ] {
            let found = tropic(text).unwrap().unwrap();
            let expected = 23.0 + minutes / 60.0 + seconds / 3600.0;
            assert!((found.value - expected).abs() * 3600.0 < 0.06, "{text}: {found:?}");
        }
        let south = tropic("tropic of Capricorn 1955").unwrap().unwrap();
        assert!(south.value < -23.4 && (south.half_step * 3600.0 - 0.234).abs() < 0.001);
        assert_eq!(tropic("23°N").unwrap(), None);
        for text in ["tropic of Cancer", "tropic of Cancer 1955-13", "tropic of Leo 1955"] {
            assert!(tropic(text).is_err(), "{text}");
        }
    }

    /// The formula at noon of the day by Python's calendar, which agrees with the Julian day.
    #[test]
    fn a_tropic_is_that_of_the_day() {
        for (date, expected_deg) in [
            ("1899-03-21", 23.452_390_554),
            ("1900-03-01", 23.452_267_681),
            ("1955-08-10", 23.445_055_173),
            ("2000-02-29", 23.439_258_429),
        ] {
            let found = tropic(&format!("tropic of Cancer {date}")).unwrap().unwrap();
            // A tenth of a millimetre; a day is 40 of them.
            assert!((found.value - expected_deg).abs() < 1e-9, "{date}: {found:?}");
        }
    }

    /// 13°40′ E of Paris is 16°00′14″ E of Greenwich.
    #[test]
    fn meridians_of_old_maps_are_known() {
        let found = prime_meridian_deg("Paris").unwrap() + 13.0 + 40.0 / 60.0;
        assert!((found - (16.0 + 14.025 / 3600.0)).abs() < 1e-12, "{found}");
        assert!((prime_meridian_deg("Ferro").unwrap() + 17.0 + 40.0 / 60.0).abs() < 1e-12);
        assert!(prime_meridian_deg("2°20′14″ E").unwrap() > 2.337);
        assert!(prime_meridian_deg("Atlantis").is_err());
    }
}
