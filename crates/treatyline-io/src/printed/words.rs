//! The words and marks of printed angles.

use super::Coordinate::{self, Latitude, Longitude};

/// What is written for a half of the globe: the words, the coordinate that they are of, its sign.
///
/// The `O` of Ost, Ouest and Oeste is on no list: it means both.
pub(super) const HALVES: [(&[&str], Coordinate, f64); 4] = [
    (
        &[
            "n",
            "north",
            "nord",
            "norte",
            "nördlich",
            "n. br.",
            "n.br.",
            "с",
            "с.",
            "с.ш.",
            "с. ш.",
            "с.ш",
            "сш",
            "c.ш.",
            "c. ш.",
            "северной широты",
            "пн. ш.",
            "пн.ш.",
            "с.е.",
            "с. е.",
            "北纬",
            "北緯",
            "北",
        ],
        Latitude,
        1.0,
    ),
    (
        &[
            "s",
            "south",
            "sud",
            "sur",
            "sul",
            "süd",
            "südlich",
            "s. br.",
            "s.br.",
            "ю",
            "ю.",
            "ю.ш.",
            "ю. ш.",
            "ю.ш",
            "юш",
            "южной широты",
            "пд. ш.",
            "пд.ш.",
            "о.е.",
            "о. е.",
            "南纬",
            "南緯",
            "南",
        ],
        Latitude,
        -1.0,
    ),
    (
        &[
            "e",
            "east",
            "est",
            "este",
            "leste",
            "ost",
            "östlich",
            "ö. l.",
            "ö.l.",
            "в",
            "в.",
            "в.д.",
            "в. д.",
            "в.д",
            "вд",
            "b.д.",
            "b. д.",
            "восточной долготы",
            "сх. д.",
            "сх.д.",
            "ш.б.",
            "ш. б.",
            "东经",
            "東經",
            "東経",
            "东",
            "東",
        ],
        Longitude,
        1.0,
    ),
    (
        &[
            "w",
            "west",
            "ouest",
            "oeste",
            "ovest",
            "westlich",
            "w. l.",
            "w.l.",
            "з",
            "з.",
            "з.д.",
            "з. д.",
            "з.д",
            "зд",
            "западной долготы",
            "зх. д.",
            "зх.д.",
            "б.б.",
            "б. б.",
            "西经",
            "西經",
            "西経",
            "西",
        ],
        Longitude,
        -1.0,
    ),
];

/// What may stand before an angle and says which coordinate it is. Of one letter only with `=`.
pub(super) const LABELS: [(&[&str], Coordinate); 2] = [
    (&["latitude", "lat.", "lat", "b=", "b =", "φ", "широта", "纬度", "緯度"], Latitude),
    (
        &[
            "longitude",
            "long.",
            "long",
            "lon.",
            "lon",
            "lng",
            "l=",
            "l =",
            "λ",
            "долгота",
            "经度",
            "經度",
        ],
        Longitude,
    ),
];

/// A mark after a number: which of degrees, minutes and seconds it is of.
pub(super) const MARKS: [&[&str]; 3] = [
    &["degrees", "degree", "deg.", "deg", "°", "度", "градусов", "градуса", "град.", "град", "도"],
    &["minutes", "minute", "min.", "min", "′", "分", "минут", "минуты", "мин.", "мин", "분"],
    &["seconds", "second", "sec.", "sec", "″", "秒", "секунд", "секунды", "сек.", "сек", "초"],
];

/// Marks of one letter: an `s` is of seconds only behind a `d` and an `m`; otherwise it is south.
pub(super) const LETTERS: [&str; 3] = ["d", "m", "s"];

/// Marks of the hundredths of a right angle, their hundredths, and theirs.
pub(super) const CENTESIMAL: [&[&str]; 3] =
    [&["gon", "grades", "grade", "gr", "ᵍ", "g"], &["ᶜ", "c"], &["ᶜᶜ", "cc"]];

/// Degrees in German, gons in English.
pub(super) const GRAD: &str = "grad";
