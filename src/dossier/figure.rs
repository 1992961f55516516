//! `figures.toml`: what has been published, as printed, and the interval it means.

use serde::{Deserialize, Serialize};

use super::Scope;
use super::bearing::Bearing;
use super::claim::RawRelation;
use crate::problem::Fault;
use crate::quantity::{Dimension, Interval, Unit};
use crate::wording::{echoed, number};

/// The file as it is.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct FigureFile {
    /// Published figures.
    #[serde(rename = "figure", default)]
    pub(crate) figures: Vec<RawFigure>,
    /// Claims about them that can hold or fail.
    #[serde(rename = "relation", default)]
    pub(crate) relations: Vec<RawRelation>,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct RawFigure {
    /// Its id; `length-…` of the line, `distance-…` between places, by custom.
    pub(crate) id: String,
    /// What it says, in words.
    what: String,
    /// What it is about: `line`, `line/land`, `line/water`, `line/sea`, `line/STRETCH`, or a name of
    /// your own. Figures of one scope are compared with each other.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    scope: Scope,
    /// The number exactly as printed, as in `1,782.75`.
    printed: String,
    /// The unit it is printed in.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = Unit::ALL.map(|unit| unit.name))))]
    unit: String,
    /// The step it was rounded to, in its unit; for `nearly`, how far below it may be; 0 for a bound.
    rounding: f64,
    /// How firmly it is stated.
    qualifier: Qualifier,
    /// What weight it has.
    standing: Standing,
    /// The key of its source in the bibliography.
    source: String,
    /// The two points whose straight distance it is.
    between: Option<[String; 2]>,
    /// The two points whose distance along the line it is.
    along: Option<[String; 2]>,
    /// The point whose distance from the line it is.
    from_line: Option<String>,
    /// With `between`, in which direction the first point lies, seen from the second: `SW`, `45°30′`,
    /// `N 45° E`.
    bearing: Option<String>,
    /// What must hold for it to be about its scope, and no source says.
    assumes: Option<String>,
    /// Anything to know about it.
    note: Option<String>,
}

/// How firmly a figure is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Qualifier {
    /// The figure itself, within its rounding.
    Exact,
    /// "Around", "some".
    Around,
    /// "Nearly", "almost": no more than printed, and at least that less the rounding.
    Nearly,
    /// A lower bound.
    MoreThan,
    /// An upper bound.
    LessThan,
}

impl Qualifier {
    /// Its name.
    #[must_use]
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Around => "around",
            Self::Nearly => "nearly",
            Self::MoreThan => "more-than",
            Self::LessThan => "less-than",
        }
    }
}

/// What weight a figure has between the parties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// The figure of the parties or of their commissions.
    Governing,
    /// The figure of anyone else.
    Informal,
    /// Withdrawn by its own publisher.
    Superseded,
}

impl Standing {
    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Governing => "governing",
            Self::Informal => "informal",
            Self::Superseded => "superseded",
        }
    }
}

/// A published length, area or share.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Figure {
    /// Its id.
    pub id: String,
    /// What it says, in words.
    pub(crate) what: String,
    /// What it is about; figures of one scope are compared with each other.
    pub(crate) scope: Scope,
    /// The number exactly as printed.
    pub printed: String,
    /// The unit it is printed in.
    pub(crate) unit: Unit,
    /// The step it was rounded to, in `unit`; for "nearly", how far below it may be.
    pub(crate) rounding: f64,
    /// How firmly it is stated.
    pub(crate) qualifier: Qualifier,
    /// What weight it has.
    pub(crate) standing: Standing,
    /// Bibliography key.
    pub source: String,
    /// The two points whose straight distance it is.
    pub(crate) between: Option<[String; 2]>,
    /// The two points whose distance along the line it is.
    pub(crate) along: Option<[String; 2]>,
    /// The point whose distance from the line it is.
    pub(crate) from_line: Option<String>,
    /// In which direction the first of the two points lies, seen from the second.
    pub(crate) bearing: Option<Bearing>,
    /// What must hold for it to be about its scope, and no source says.
    pub(crate) assumes: Option<String>,
    /// Anything to know about it.
    pub(crate) note: Option<String>,
    /// What it means, in SI units (m, m², 1).
    pub interval: Interval,
}

impl Figure {
    /// The printed number itself, in SI units, without its qualifier.
    #[must_use]
    pub(crate) fn nominal(&self) -> f64 {
        parse_printed(&self.printed).unwrap_or_default() * self.unit.si
    }

    /// The figure as people write it: `1,782.75 km`, `around 22 %`.
    #[doc(hidden)]
    #[must_use]
    pub fn text(&self) -> String {
        let printed = format!("{} {}", self.number(), self.unit.symbol);
        let people = Unit::for_people(self.unit.dimension);
        if [people.name, "m", "ha", "m2"].contains(&self.unit.name) {
            return printed;
        }
        // To one digit more than its rounding justifies.
        let width = (self.interval.high() - self.interval.low()) / people.si;
        let worth =
            if width.is_finite() && width > 0.0 { 1.0 - width.log10().floor() } else { 1.0 };
        // Between −20 and 20 for any figure there is.
        let decimals = worth.clamp(0.0, 6.0) as usize;
        let si = self.nominal() / people.si;
        format!("{printed} ({} {})", number(si, decimals), people.symbol)
    }

    /// The same without its unit: `around 22`.
    pub(super) fn number(&self) -> String {
        let word = match self.qualifier {
            Qualifier::Exact => "",
            Qualifier::Around => "around ",
            Qualifier::Nearly => "nearly ",
            Qualifier::MoreThan => "more than ",
            Qualifier::LessThan => "less than ",
        };
        format!("{word}{}", self.printed)
    }
}

/// No length on Earth that is worth publishing is longer than this: 2.5 times
/// around the equator.
const LONGEST_M: f64 = 1e8;
/// The surface of the Earth, rounded up.
pub(super) const LARGEST_M2: f64 = 5.2e14;

impl RawFigure {
    /// Reads the printed number and works out its interval.
    pub(super) fn check(self) -> Result<Figure, Fault> {
        let value = |field, value: &str, wanted| Fault::Value {
            field,
            value: format!("`{value}`"),
            wanted,
        };
        let unit = Unit::named(&self.unit).ok_or_else(|| Fault::Unknown {
            kind: "unit",
            key: self.unit.clone(),
            known: Unit::ALL.map(|unit| unit.name).join(", "),
        })?;
        // Of nothing else is nought published.
        let is_share = unit.dimension == Dimension::Ratio;
        let nought = || (is_share && is_nought(&self.printed)).then_some(0.0);
        let number = parse_printed(&self.printed).or_else(nought).ok_or_else(|| {
            value("printed", &self.printed, "a positive number as printed, as in `1,782.75`")
        })?;
        self.check_rounding(number, unit.dimension)?;
        let largest = match unit.dimension {
            Dimension::Ratio => 1.0,
            Dimension::Length => LONGEST_M,
            Dimension::Area => LARGEST_M2,
        };
        if number * unit.si > largest {
            return Err(value(
                "printed",
                &self.printed,
                "no more than 100 %, 10⁵ km or the Earth's surface",
            ));
        }
        let interval = match self.qualifier {
            Qualifier::Exact | Qualifier::Around => Interval::around(number, self.rounding / 2.0),
            Qualifier::Nearly => Interval::new((number - self.rounding).next_down(), number),
            Qualifier::MoreThan => Interval::new(number, f64::INFINITY),
            Qualifier::LessThan => Interval::new(0.0, number),
        };
        let interval =
            interval.ok_or_else(|| value("printed", &self.printed, "a number"))?.scaled(unit.si);
        // A share of an area is no less than nothing of it and no more than all of it.
        let within = Interval::new(interval.low().max(0.0), interval.high().min(1.0));
        let interval =
            within.filter(|_| is_share && interval.high().is_finite()).unwrap_or(interval);
        let bearing = match &self.bearing {
            None => None,
            Some(name) => Some(Bearing::read(name).ok_or_else(|| {
                let wanted = "one of the sixteen winds, as in `SW` or `NNE`, an azimuth, as in `45°30′`, or \
                              a quadrant, as in `N 45° E`";
                value("bearing", name, wanted)
            })?),
        };
        Ok(Figure {
            id: self.id,
            what: self.what,
            scope: self.scope,
            printed: self.printed,
            unit,
            rounding: self.rounding,
            qualifier: self.qualifier,
            standing: self.standing,
            source: self.source,
            between: self.between,
            along: self.along,
            from_line: self.from_line,
            bearing,
            assumes: self.assumes,
            note: self.note,
            interval,
        })
    }
}

impl RawFigure {
    /// A bound has no rounding step, and a share may be exact: a half, the whole. Any other printed
    /// number stands for all numbers that would have been printed the same.
    fn check_rounding(&self, number: f64, dimension: Dimension) -> Result<(), Fault> {
        let wrong = |wanted| {
            let value = format!("`{}`", echoed(self.rounding));
            Err(Fault::Value { field: "rounding", value, wanted })
        };
        let step = match self.qualifier {
            Qualifier::MoreThan | Qualifier::LessThan => false,
            Qualifier::Exact => dimension != Dimension::Ratio,
            Qualifier::Around | Qualifier::Nearly => true,
        };
        if !self.rounding.is_finite()
            || self.rounding < 0.0
            || (self.rounding > number && number > 0.0)
        {
            wrong("a step between 0 and the number itself")
        } else if self.qualifier == Qualifier::Nearly && self.rounding == 0.0 {
            wrong("how far below the printed number a figure that is `nearly` may be")
        } else if step && self.rounding == 0.0 {
            wrong("the step it was rounded to, above 0: 0.01 where the last digit is hundredths")
        } else {
            Ok(())
        }
    }
}

/// A printed number: digits, a decimal point, commas before groups of three.
/// Whether a text is a printed nought: `0`, `0.0`.
fn is_nought(text: &str) -> bool {
    let is_plain = text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    is_plain && text.parse::<f64>().is_ok_and(|number| number == 0.0)
}

pub(super) fn parse_printed(text: &str) -> Option<f64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let grouped = whole.contains(',');
    let sound = digits(first)
        && (!grouped || first.len() <= 3)
        && groups.all(|group| digits(group) && group.len() == 3)
        && digits(fraction);
    let number: f64 = sound.then(|| text.replace(',', "").parse().ok())??;
    (number.is_finite() && number > 0.0).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_numbers_are_read_as_printed() {
        assert_eq!(parse_printed("1,782.75"), Some(1782.75));
        assert_eq!(parse_printed("34,000"), Some(34_000.0));
        assert_eq!(parse_printed("22"), Some(22.0));
        for bad in ["", "-5", "1,78.2", "1782,75", "1e3", "NaN", "inf", "0", "1.", "1.2.3", "1 782"]
        {
            assert_eq!(parse_printed(bad), None, "{bad}");
        }
    }
}
