//! Claims: relations between figures that can hold or fail.
//!
//! A claim is `EXPRESSION = EXPRESSION`, with `=`, `>=` or `<=`; an expression is
//! figure ids and literals joined by `+ - * /`, every token apart from the next by
//! white space. `*` and `/` bind tighter than `+` and `-`; there are no brackets,
//! because no published relation needs them. All arithmetic is in intervals and
//! with dimensions.

use serde::Deserialize;

use super::figure::{Figure, parse_printed};
use crate::problem::Fault;
use crate::quantity::{Dimension, Interval, Unit};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRelation {
    pub id: String,
    claim: String,
    says: String,
    assumes: Option<String>,
    #[serde(default)]
    headline: bool,
    severity: Option<Weight>,
    #[serde(default)]
    sources: Vec<String>,
}

/// How much a failing claim weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Weight {
    /// It is an error.
    Error,
    /// It is worth a note.
    Note,
}

/// A claim with its words.
#[derive(Debug, Clone)]
pub struct Relation {
    /// Its id, which is also the finding's.
    pub id: String,
    /// What is claimed.
    pub claim: Claim,
    /// The same in plain words.
    pub says: String,
    /// What the claim needs and no figure says: how a sentence goes on after "that".
    pub assumes: Option<String>,
    /// Whether its failing is an error; where the file is silent, whether all its
    /// figures are governing.
    pub is_error: bool,
    /// Whether a report tells it beside the division.
    pub headline: bool,
    /// Bibliography keys beyond those of its figures.
    pub sources: Vec<String>,
}

/// `left comparison right`.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The claim as written.
    pub text: String,
    left: Vec<Term>,
    comparison: Comparison,
    right: Vec<Term>,
}

/// How two sides of a claim are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// They can be equal.
    Equal,
    /// The left can be as great as the right.
    AtLeast,
    /// The left can be as small as the right.
    AtMost,
}

impl Comparison {
    /// Its sign for people: `=`, `≥` or `≤`.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::AtLeast => "≥",
            Self::AtMost => "≤",
        }
    }
}

/// A computed value in SI units: with its range, and as the printed numbers give it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Value {
    /// The range.
    pub interval: Interval,
    /// What the printed numbers give without their rounding. Not the middle of the
    /// range: for a product that lies a little above.
    pub nominal: f64,
    /// What it counts.
    pub dimension: Dimension,
}

/// A product of factors, added or taken away.
#[derive(Debug, Clone)]
struct Term {
    negative: bool,
    factors: Vec<(bool, Factor)>,
}

#[derive(Debug, Clone)]
enum Factor {
    Figure(String),
    Literal(Value),
}

impl Claim {
    /// Reads a claim.
    ///
    /// # Errors
    /// [`Fault::Claim`] with the reason.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let fail = |reason: String| Fault::Claim { claim: text.to_owned(), reason };
        let tokens: Vec<&str> = text.split_whitespace().collect();
        let places: Vec<usize> =
            (0..tokens.len()).filter(|i| matches!(tokens[*i], "=" | ">=" | "<=")).collect();
        let [at] = places[..] else {
            return Err(fail("it needs exactly one of =, >= and <=".to_owned()));
        };
        let comparison = match tokens[at] {
            ">=" => Comparison::AtLeast,
            "<=" => Comparison::AtMost,
            _ => Comparison::Equal,
        };
        Ok(Self {
            left: parse_side(&tokens[..at]).map_err(fail)?,
            comparison,
            right: parse_side(&tokens[at + 1..]).map_err(fail)?,
            text: text.to_owned(),
        })
    }

    /// The comparison.
    #[must_use]
    pub const fn comparison(&self) -> Comparison {
        self.comparison
    }

    /// The ids of its figures, each once, in order.
    #[must_use]
    pub fn figures(&self) -> Vec<&str> {
        let mut ids = Vec::new();
        for (_, factor) in self.left.iter().chain(&self.right).flat_map(|term| &term.factors) {
            if let Factor::Figure(id) = factor
                && !ids.contains(&id.as_str())
            {
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
    pub fn evaluate(&self, figures: &[Figure]) -> Result<(Value, Value), Fault> {
        let left = self.side(&self.left, figures)?;
        let right = self.side(&self.right, figures)?;
        if left.dimension == right.dimension {
            Ok((left, right))
        } else {
            Err(self.misfit("compared", left.dimension, right.dimension))
        }
    }

    fn misfit(&self, verb: &str, a: Dimension, b: Dimension) -> Fault {
        let reason = format!("{a:?} and {b:?} cannot be {verb}");
        Fault::Claim { claim: self.text.clone(), reason }
    }

    fn side(&self, terms: &[Term], figures: &[Figure]) -> Result<Value, Fault> {
        let mut sum: Option<Value> = None;
        for term in terms {
            let value = self.product(term, figures)?;
            sum = Some(match sum {
                None => value,
                Some(sum) if sum.dimension != value.dimension => {
                    return Err(self.misfit("added", sum.dimension, value.dimension));
                }
                Some(sum) => {
                    let (a, b) = (sum.interval, value.interval);
                    let (interval, nominal) = if term.negative {
                        (a - b, sum.nominal - value.nominal)
                    } else {
                        (a + b, sum.nominal + value.nominal)
                    };
                    Value { interval, nominal, ..sum }
                }
            });
        }
        sum.ok_or_else(|| Fault::Claim {
            claim: self.text.clone(),
            reason: "a side is empty".into(),
        })
    }

    fn product(&self, term: &Term, figures: &[Figure]) -> Result<Value, Fault> {
        let mut product: Option<Value> = None;
        for (inverted, factor) in &term.factors {
            let value = match factor {
                Factor::Literal(value) => *value,
                Factor::Figure(id) => {
                    let figure = figures.iter().find(|figure| figure.id == *id);
                    let figure = figure.ok_or_else(|| Fault::Unknown {
                        kind: "figure",
                        key: id.clone(),
                        known: "the ids of figures.toml".to_owned(),
                    })?;
                    Value {
                        interval: figure.interval,
                        nominal: figure.nominal(),
                        dimension: figure.unit.dimension,
                    }
                }
            };
            product = Some(match product {
                None => value,
                Some(so_far) => self.combine(so_far, value, *inverted)?,
            });
        }
        product.ok_or_else(|| Fault::Claim {
            claim: self.text.clone(),
            reason: "a term is empty".into(),
        })
    }

    fn combine(&self, a: Value, b: Value, inverted: bool) -> Result<Value, Fault> {
        let (dimension, interval, nominal, verb) = if inverted {
            let dimension = a.dimension.over(b.dimension);
            (dimension, a.interval.over(b.interval), a.nominal / b.nominal, "divided")
        } else {
            let dimension = a.dimension.times(b.dimension);
            (dimension, Some(a.interval * b.interval), a.nominal * b.nominal, "multiplied")
        };
        let dimension = dimension.ok_or_else(|| self.misfit(verb, a.dimension, b.dimension))?;
        let interval = interval.ok_or_else(|| Fault::Claim {
            claim: self.text.clone(),
            reason: "a divisor can be zero".to_owned(),
        })?;
        Ok(Value { interval, nominal, dimension })
    }
}

/// One side: terms joined by `+` and `-`.
fn parse_side(tokens: &[&str]) -> Result<Vec<Term>, String> {
    let mut terms = Vec::new();
    let mut negative = false;
    let mut rest = tokens;
    loop {
        let end = rest.iter().position(|token| matches!(*token, "+" | "-")).unwrap_or(rest.len());
        terms.push(Term { negative, factors: parse_term(&rest[..end])? });
        let Some(operator) = rest.get(end) else {
            return Ok(terms);
        };
        negative = *operator == "-";
        rest = &rest[end + 1..];
    }
}

/// One term: factors joined by `*` and `/`.
fn parse_term(tokens: &[&str]) -> Result<Vec<(bool, Factor)>, String> {
    let mut factors = Vec::new();
    let mut inverted = false;
    let mut rest = tokens;
    loop {
        let end = rest.iter().position(|token| matches!(*token, "*" | "/")).unwrap_or(rest.len());
        factors.push((inverted, parse_factor(&rest[..end])?));
        let Some(operator) = rest.get(end) else {
            return Ok(factors);
        };
        inverted = *operator == "/";
        rest = &rest[end + 1..];
    }
}

fn parse_factor(tokens: &[&str]) -> Result<Factor, String> {
    match tokens {
        [] => Err("something is missing beside an operator".to_owned()),
        [one] => match parse_printed(one).or((*one == "0").then_some(0.0)) {
            Some(number) => literal(number, 1.0, Dimension::Ratio),
            None if is_id(one) => Ok(Factor::Figure((*one).to_owned())),
            None => Err(format!("`{one}` is neither a figure id nor a number")),
        },
        [number, unit] => {
            let unit = Unit::named(unit).ok_or_else(|| format!("`{unit}` is no unit"))?;
            let number = parse_printed(number)
                .or((*number == "0").then_some(0.0))
                .ok_or_else(|| format!("`{number}` is no number"))?;
            literal(number, unit.si, unit.dimension)
        }
        [first, ..] => Err(format!("an operator is missing after `{first}`")),
    }
}

fn literal(number: f64, si: f64, dimension: Dimension) -> Result<Factor, String> {
    let value = number * si;
    let interval = Interval::new(value, value).ok_or("not a number")?;
    Ok(Factor::Literal(Value { interval, nominal: value, dimension }))
}

/// Lower case ASCII letters, digits, `-` and `/`, beginning with a letter.
pub(super) fn is_id(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-/".contains(c))
}

impl RawRelation {
    /// Reads the claim and sees that it can be computed.
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
            id: self.id,
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
