//! Claims: relations between figures that can hold or fail.
//!
//! A claim is `EXPRESSION = EXPRESSION`, with `=`, `>=` or `<=`.

use serde::Deserialize;

use super::expression::{Expression, Trouble, Value};
use super::figure::Figure;
use crate::problem::Fault;

#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct RawRelation {
    /// Its id: `closure/` and a name.
    pub(crate) id: String,
    /// What is claimed, of ids of figures and numbers: `land + water = total`; with `=`, `>=` or `<=`.
    claim: String,
    /// The same in plain words.
    says: String,
    /// What it assumes and no figure says.
    assumes: Option<String>,
    /// Whether a report shows it in the section on the division.
    #[serde(default)]
    headline: bool,
    /// How serious it is if it fails; without it, by the standing of its figures.
    severity: Option<Weight>,
    /// Bibliography keys beyond those of its figures.
    #[serde(default)]
    sources: Vec<String>,
}

/// How serious a failing claim is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub(crate) enum Weight {
    /// It is an error.
    Error,
    /// It is worth a note.
    Note,
}

/// A claim with its words.
#[derive(Debug, Clone)]
pub(crate) struct Relation {
    /// Its name: its id in the file without `closure/`.
    pub(crate) name: String,
    /// What is claimed.
    pub(crate) claim: Claim,
    /// The same in plain words.
    pub(crate) says: String,
    /// What the claim assumes and no figure says: the rest of a sentence after "that".
    pub(crate) assumes: Option<String>,
    /// Whether its failing is an error; where the file is silent, whether all its
    /// figures are governing.
    pub(crate) is_error: bool,
    /// Whether a report shows it in the section on the division.
    pub(crate) headline: bool,
    /// Bibliography keys beyond those of its figures.
    pub(crate) sources: Vec<String>,
}

/// `left comparison right`.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    /// The claim as written.
    pub(crate) text: String,
    left: Expression,
    comparison: Comparator,
    right: Expression,
}

/// How two sides of a claim are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparator {
    /// They can be equal.
    Equal,
    /// The left can be as great as the right.
    AtLeast,
    /// The left can be as small as the right.
    AtMost,
}

impl Comparator {
    /// Its sign for people: `=`, `≥` or `≤`.
    #[must_use]
    pub(crate) const fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::AtLeast => "≥",
            Self::AtMost => "≤",
        }
    }
}

impl Claim {
    /// Reads a claim.
    ///
    /// # Errors
    /// [`Fault::Claim`] with the reason.
    pub(crate) fn parse(text: &str) -> Result<Self, Fault> {
        let fail = |trouble: Trouble| trouble.fault(text);
        let tokens: Vec<&str> = text.split_whitespace().collect();
        let places: Vec<usize> =
            (0..tokens.len()).filter(|i| matches!(tokens[*i], "=" | ">=" | "<=")).collect();
        let [at] = places[..] else {
            let reason = "it needs exactly one of =, >= and <=";
            return Err(fail(Trouble::Reason(reason.to_owned())));
        };
        let comparison = match tokens[at] {
            ">=" => Comparator::AtLeast,
            "<=" => Comparator::AtMost,
            _ => Comparator::Equal,
        };
        Ok(Self {
            left: Expression::from_tokens(&tokens[..at]).map_err(fail)?,
            comparison,
            right: Expression::from_tokens(&tokens[at + 1..]).map_err(fail)?,
            text: text.to_owned(),
        })
    }

    /// The comparison.
    #[must_use]
    pub(crate) const fn comparison(&self) -> Comparator {
        self.comparison
    }

    /// The ids of its figures, each once, in order.
    #[must_use]
    pub(crate) fn figures(&self) -> Vec<&str> {
        let mut ids = self.left.figures();
        for id in self.right.figures() {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids
    }

    /// Both sides, computed.
    ///
    /// # Errors
    /// [`Fault::Unknown`] for an id that names no figure; [`Fault::Claim`] where
    /// dimensions do not fit or a divisor can be zero.
    pub(crate) fn evaluate(&self, figures: &[Figure]) -> Result<(Value, Value), Fault> {
        let fail = |trouble: Trouble| trouble.fault(&self.text);
        let left = self.left.evaluate(figures).map_err(fail)?;
        let right = self.right.evaluate(figures).map_err(fail)?;
        if left.dimension == right.dimension {
            Ok((left, right))
        } else {
            Err(fail(Trouble::misfit("compared", left.dimension, right.dimension)))
        }
    }
}

/// The name of a relation whose id is `closure/NAME`, which is also the finding's.
pub(super) fn name(id: &str) -> Option<&str> {
    id.strip_prefix("closure/")
}

impl RawRelation {
    /// Reads the claim and checks that it can be computed.
    pub(super) fn check(self, figures: &[Figure]) -> Result<Relation, Fault> {
        let claim = Claim::parse(&self.claim)?;
        claim.evaluate(figures)?;
        let governing = |id: &&str| {
            figures
                .iter()
                .any(|figure| figure.id == **id && figure.standing == super::Standing::Governing)
        };
        let is_error = match self.severity {
            Some(weight) => weight == Weight::Error,
            None => claim.figures().iter().all(governing),
        };
        Ok(Relation {
            name: name(&self.id).unwrap_or(&self.id).to_owned(),
            claim,
            says: self.says,
            assumes: self.assumes,
            is_error,
            headline: self.headline,
            sources: self.sources,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Dimension;

    fn value(text: &str) -> Result<(Value, Value), Fault> {
        Claim::parse(text)?.evaluate(&[])
    }

    #[test]
    fn products_bind_tighter_than_sums() {
        let (left, right) = value("2 * 3 km + 4 km = 20 km / 2").unwrap();
        assert!((left.interval.middle() - 10_000.0).abs() < 1e-6);
        assert!((right.interval.middle() - 10_000.0).abs() < 1e-6);
    }

    #[test]
    fn taking_away_goes_from_left_to_right() {
        let (left, _) = value("10 km - 3 km - 2 km = 5 km").unwrap();
        assert!((left.interval.middle() - 5_000.0).abs() < 1e-6);
    }

    #[test]
    fn shares_of_areas_are_areas() {
        let (left, _) = value("22 % * 2,420 km2 >= 407 km2").unwrap();
        assert_eq!(left.dimension, Dimension::Area);
        assert!(left.interval.contains(532.4e6));
    }

    #[test]
    fn what_cannot_be_computed_says_why() {
        for (text, why) in [
            ("1 km + 1 km2 = 2 km", "added"),
            ("1 km = 1 km2", "compared"),
            ("1 km2 * 1 km2 = 1 km2", "multiplied"),
            ("1 km / 0 km = 1", "zero"),
            ("1 km", "exactly one"),
            ("1 km = 2 km = 3 km", "exactly one"),
            ("1 km + = 2 km", "missing"),
            ("a b c = 1", "operator"),
            ("Ä = 1", "neither"),
            ("1 parsec = 1", "no unit"),
        ] {
            let fault = value(text).unwrap_err();
            assert!(fault.to_string().contains(why), "{text}: {fault}");
        }
        assert!(matches!(value("nobody = 1 km"), Err(Fault::Unknown { kind: "figure", .. })));
    }
}
