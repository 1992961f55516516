//! Expressions: figures and literals, added, taken away, multiplied and divided.
//!
//! An expression is figure ids and literals joined by `+ - * /`, with white space
//! between all tokens. `*` and `/` bind tighter than `+` and `-`; there are no
//! brackets, because no published relation needs them. All arithmetic is in intervals
//! and with dimensions.

use super::figure::{Figure, parse_printed};
use crate::problem::Fault;
use crate::quantity::{Dimension, Interval, Unit};
use crate::wording;

/// Why an expression cannot be read or computed.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Trouble {
    /// No figure has this id.
    NoFigure(String),
    /// Anything else, in words.
    Reason(String),
}

impl Trouble {
    pub(super) fn misfit(verb: &str, a: Dimension, b: Dimension) -> Self {
        Self::Reason(format!("{a:?} and {b:?} cannot be {verb}"))
    }

    /// The fault in the claim or expression of this text.
    pub(super) fn fault(self, text: &str) -> Fault {
        match self {
            Self::NoFigure(key) => {
                let known = "the ids of figures.toml".to_owned();
                Fault::Unknown { kind: "figure", key, known }
            }
            Self::Reason(reason) => Fault::Claim { claim: text.to_owned(), reason },
        }
    }
}

/// A computed value in SI units: with its range, and as the printed numbers give it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Value {
    /// The range.
    pub(crate) interval: Interval,
    /// What the printed numbers give without their rounding. Not the middle of the
    /// range: for a product the middle is a little above.
    pub(crate) nominal: f64,
    /// What it measures.
    pub(crate) dimension: Dimension,
}

/// A sum of products.
#[derive(Debug, Clone)]
pub(super) struct Expression(Vec<Term>);

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

impl Expression {
    pub(super) fn parse(text: &str) -> Result<Self, Trouble> {
        Self::from_tokens(&text.split_whitespace().collect::<Vec<_>>())
    }

    pub(super) fn from_tokens(tokens: &[&str]) -> Result<Self, Trouble> {
        parse_side(tokens).map(Self).map_err(Trouble::Reason)
    }

    /// The ids of its figures, each once, in order.
    pub(super) fn figures(&self) -> Vec<&str> {
        let mut ids = Vec::new();
        for (_, factor) in self.0.iter().flat_map(|term| &term.factors) {
            if let Factor::Figure(id) = factor
                && !ids.contains(&id.as_str())
            {
                ids.push(id);
            }
        }
        ids
    }

    pub(super) fn evaluate(&self, figures: &[Figure]) -> Result<Value, Trouble> {
        let mut sum: Option<Value> = None;
        for term in &self.0 {
            let value = term.evaluate(figures)?;
            sum = Some(match sum {
                None => value,
                Some(sum) if sum.dimension != value.dimension => {
                    return Err(Trouble::misfit("added", sum.dimension, value.dimension));
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
        sum.ok_or_else(|| Trouble::Reason("a side is empty".to_owned()))
    }

    /// The numbers as printed with the signs between them: `407 − 220`.
    pub(super) fn text(&self, figures: &[Figure]) -> String {
        let mut text = String::new();
        for (i, term) in self.0.iter().enumerate() {
            match (i, term.negative) {
                (0, _) => {}
                (_, true) => text.push_str(" − "),
                (_, false) => text.push_str(" + "),
            }
            text.push_str(&term.text(figures));
        }
        text
    }
}

impl Term {
    fn evaluate(&self, figures: &[Figure]) -> Result<Value, Trouble> {
        let mut product: Option<Value> = None;
        for (inverted, factor) in &self.factors {
            let value = factor.value(figures)?;
            product = Some(match product {
                None => value,
                Some(so_far) => combine(so_far, value, *inverted)?,
            });
        }
        product.ok_or_else(|| Trouble::Reason("a term is empty".to_owned()))
    }

    fn text(&self, figures: &[Figure]) -> String {
        let mut text = String::new();
        for (i, (inverted, factor)) in self.factors.iter().enumerate() {
            match (i, inverted) {
                (0, _) => {}
                (_, true) => text.push_str(" / "),
                (_, false) => text.push_str(" × "),
            }
            text.push_str(&factor.text(figures));
        }
        text
    }
}

impl Factor {
    fn value(&self, figures: &[Figure]) -> Result<Value, Trouble> {
        let id = match self {
            Self::Literal(value) => return Ok(*value),
            Self::Figure(id) => id,
        };
        let figure = figures.iter().find(|figure| figure.id == *id);
        let figure = figure.ok_or_else(|| Trouble::NoFigure(id.clone()))?;
        Ok(Value {
            interval: figure.interval,
            nominal: figure.nominal(),
            dimension: figure.unit.dimension,
        })
    }

    fn text(&self, figures: &[Figure]) -> String {
        match self {
            Self::Literal(value) => {
                wording::with_range(value.nominal, value.interval, value.dimension)
            }
            Self::Figure(id) => {
                let figure = figures.iter().find(|figure| figure.id == *id);
                figure.map_or_else(String::new, |figure| match figure.unit.dimension {
                    Dimension::Ratio => format!("{} %", figure.printed),
                    Dimension::Length | Dimension::Area => figure.printed.clone(),
                })
            }
        }
    }
}

fn combine(a: Value, b: Value, inverted: bool) -> Result<Value, Trouble> {
    let (dimension, interval, nominal, verb) = if inverted {
        let dimension = a.dimension.over(b.dimension);
        (dimension, a.interval.over(b.interval), a.nominal / b.nominal, "divided")
    } else {
        let dimension = a.dimension.times(b.dimension);
        (dimension, Some(a.interval * b.interval), a.nominal * b.nominal, "multiplied")
    };
    let dimension = dimension.ok_or_else(|| Trouble::misfit(verb, a.dimension, b.dimension))?;
    let zero = || Trouble::Reason("a divisor can be zero".to_owned());
    Ok(Value { interval: interval.ok_or_else(zero)?, nominal, dimension })
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
        [] => Err("something is missing next to an operator".to_owned()),
        [one] => match parse_printed(one).or((*one == "0").then_some(0.0)) {
            Some(number) => literal(number, 1.0, Dimension::Ratio),
            None if is_id(one) => Ok(Factor::Figure((*one).to_owned())),
            None => Err(format!("`{one}` is neither a figure id nor a number")),
        },
        [number, unit @ ..] if parse_printed(number).is_some() || *number == "0" => {
            let unit = unit.join(" ");
            let unit = Unit::named(&unit).ok_or_else(|| format!("`{unit}` is no unit"))?;
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
