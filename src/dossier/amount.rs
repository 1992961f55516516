//! An amount of land: one published figure, or what several make together.

use super::Figure;
use super::expression::Expression;
use crate::problem::Fault;
use crate::quantity::{Dimension, Interval, Unit};
use crate::wording;

/// An area as published, or computed from published figures.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Amount {
    /// What it means, in square metres.
    pub(crate) interval: Interval,
    /// Ids of its figures.
    pub(crate) figures: Vec<String>,
    /// As people write it: `around 35 km²`, or `187 km² (407 − 220)`.
    pub(crate) text: String,
    /// The same for a column in km²: without that unit, and with a star if it was computed.
    pub(crate) cell: String,
}

impl Amount {
    /// Computes an expression of figures: the id of one, or several joined as in a claim.
    ///
    /// # Errors
    /// [`Fault::Unknown`] for an id that names no figure; [`Fault::Claim`] where the
    /// expression cannot be computed; [`Fault::Value`] where it is no area.
    pub(crate) fn compute(expression: &str, figures: &[Figure]) -> Result<Self, Fault> {
        let fail = |trouble: super::expression::Trouble| trouble.fault(expression);
        let parsed = Expression::parse(expression).map_err(fail)?;
        let value = parsed.evaluate(figures).map_err(fail)?;
        if value.dimension != Dimension::Area {
            let value = format!("`{expression}`");
            let wanted = "a figure in km2 or ha, or what such figures make together";
            return Err(Fault::Value { field: "area", value, wanted });
        }
        let ids: Vec<String> = parsed.figures().into_iter().map(str::to_owned).collect();
        let single = figures.iter().find(|figure| expression.trim() == figure.id);
        let unit = Unit::for_people(Dimension::Area);
        let (text, cell) = match single {
            Some(figure) if figure.unit == unit => (figure.text(), figure.number()),
            Some(figure) => (figure.text(), figure.text()),
            None => {
                let nominal = wording::shortest(value.nominal / unit.si);
                let cell = format!("{nominal}*");
                (format!("{nominal} {} ({})", unit.symbol, parsed.text(figures)), cell)
            }
        };
        Ok(Self { interval: value.interval, figures: ids, text, cell })
    }

    /// Whether it was computed from several figures and is printed nowhere.
    #[must_use]
    pub(crate) fn is_computed(&self) -> bool {
        self.figures.len() > 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Dossier;

    fn amount(expression: &str) -> Result<Amount, Fault> {
        Amount::compute(expression, &Dossier::embedded().figures)
    }

    #[test]
    fn one_figure_is_as_printed() {
        let amount = amount("area-yanxigai").unwrap();
        assert_eq!(amount.text, "around 35 km²");
        assert!(!amount.is_computed());
    }

    #[test]
    fn several_are_computed_and_say_from_what() {
        let amount = amount("area-1998-china - area-xiaerxili-china").unwrap();
        assert_eq!(amount.text, "187 km² (407 − 220)");
        assert!(amount.is_computed());
        // Two roundings to a unit.
        assert!(amount.interval.contains(186.1e6) && !amount.interval.contains(185.9e6));
    }

    #[test]
    fn what_is_no_area_is_refused() {
        for (expression, why) in [
            ("share-china", "km2 or ha"),
            ("length-total", "km2 or ha"),
            ("area-disputed + length-total", "added"),
            ("area-nobody", "area-nobody"),
            ("", "missing"),
        ] {
            let fault = format!("{:?}", amount(expression).unwrap_err());
            assert!(fault.contains(why), "{expression}: {fault}");
        }
    }
}
