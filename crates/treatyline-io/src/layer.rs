//! A layer in memory: features, facts about all of them, and how they are drawn.

use serde_json::{Map, Value};

use super::feature::NewFeature;

/// Features that belong together, to be written in any format.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Layer {
    /// Its name: that of a table, a folder, a file's layer.
    pub(crate) name: String,
    /// What is said of all features: a title, digests of the sources.
    pub(crate) members: Map<String, Value>,
    /// Its features in order.
    pub(crate) features: Vec<NewFeature>,
    /// How they are drawn where the format carries it: one over the other in this
    /// order, so that each feature shows its class in every legend.
    pub(crate) legends: Vec<Legend>,
    /// Whether its lines join end to end. Then a change to one line is made to all of them.
    pub(crate) joined: bool,
    /// How far an edge that is straight in degrees may be from the geodesic between its vertices,
    /// metres; without it vertices are written as they are.
    pub(crate) within_m: Option<f64>,
}

/// What one property decides about the looks of a feature.
#[derive(Debug, Clone)]
pub struct Legend {
    /// What it shows, in words for people.
    pub title: String,
    /// The property, which holds text; without one all features are of the first class.
    pub property: Option<String>,
    /// Its values, each with its looks.
    pub classes: Vec<Class>,
}

/// The looks of the features that have one value.
#[derive(Debug, Clone, PartialEq)]
pub struct Class {
    /// The value of the property.
    pub value: String,
    /// The value, for people.
    pub label: String,
    /// How it looks.
    pub symbol: Symbol,
}

/// How something is drawn: lines and outlines in full colour, areas filled with it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Symbol {
    /// Red, green and blue.
    pub colour: [u8; 3],
    /// How opaque lines and fillings are, from 0 to 255.
    pub opacity: u8,
    /// Width of lines in pixels, or the diameter of a point.
    pub width: f64,
}

impl Layer {
    /// A layer without facts about all features and without looks.
    #[must_use]
    pub fn new(name: impl Into<String>, features: Vec<NewFeature>) -> Self {
        let (members, legends) = (Map::new(), Vec::new());
        Self { name: name.into(), members, features, legends, joined: false, within_m: None }
    }

    /// The same with facts about all features: a title, digests of the sources.
    #[doc(hidden)]
    #[must_use]
    pub fn with_members(self, members: Map<String, Value>) -> Self {
        Self { members, ..self }
    }

    /// The same with looks.
    #[doc(hidden)]
    #[must_use]
    pub fn with_legends(self, legends: Vec<Legend>) -> Self {
        Self { legends, ..self }
    }

    /// The same whose lines join end to end: a change to one line is made to all of them.
    #[doc(hidden)]
    #[must_use]
    pub fn with_joined_lines(self, joined: bool) -> Self {
        Self { joined, ..self }
    }

    /// The same whose edges are geodesics, to be written with so many vertices that an edge that is
    /// straight in degrees is nowhere farther from them than this; without it no vertex is added.
    ///
    /// # Units
    /// Metres, positive.
    #[doc(hidden)]
    #[must_use]
    pub fn with_edges_within(self, within_m: Option<f64>) -> Self {
        Self { within_m: within_m.filter(|within_m| *within_m > 0.0), ..self }
    }

    /// Its name: that of a table, a folder, a file's layer.
    #[doc(hidden)]
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its features in order.
    #[doc(hidden)]
    #[must_use]
    pub fn features(&self) -> &[NewFeature] {
        &self.features
    }

    /// A fact about all features that is a text.
    #[doc(hidden)]
    #[must_use]
    pub fn member(&self, name: &str) -> Option<&str> {
        self.members.get(name).and_then(Value::as_str)
    }

    /// Its title, or its name where it has none.
    #[doc(hidden)]
    #[must_use]
    pub fn title(&self) -> &str {
        self.members.get("title").and_then(Value::as_str).unwrap_or(&self.name)
    }
}

impl Legend {
    /// The class of a feature, if it has one.
    #[must_use]
    pub fn class<'a>(&'a self, properties: &Map<String, Value>) -> Option<&'a Class> {
        let Some(property) = &self.property else { return self.classes.first() };
        let value = properties.get(property)?.as_str()?;
        self.classes.iter().find(|class| class.value == value)
    }
}

impl Symbol {
    /// A symbol from a colour as style sheets write it, `#rrggbb`; anything else is black.
    #[must_use]
    pub fn new(colour: &str, opacity: u8, width: f64) -> Self {
        let part = |i: usize| {
            let digits = colour.get(1 + 2 * i..3 + 2 * i).unwrap_or_default();
            u8::from_str_radix(digits, 16).unwrap_or(0)
        };
        Self { colour: [part(0), part(1), part(2)], opacity, width }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_as_style_sheets_write_them() {
        assert_eq!(Symbol::new("#0072b2", 255, 1.0).colour, [0x00, 0x72, 0xb2]);
        assert_eq!(Symbol::new("blue", 255, 1.0).colour, [0, 0, 0]);
    }

    #[test]
    fn a_class_is_found_by_its_value() {
        let symbol = Symbol::new("#000000", 255, 1.0);
        let class = |value: &str| Class { value: value.into(), label: value.into(), symbol };
        let legend = Legend {
            title: "Medium".into(),
            property: Some("medium".into()),
            classes: vec![class("land"), class("lake")],
        };
        let found = |value: Value| {
            let properties = Map::from_iter([("medium".to_owned(), value)]);
            legend.class(&properties).map(|class| class.value.clone())
        };
        assert_eq!(found("lake".into()), Some("lake".into()));
        assert_eq!(found("river".into()), None);
        assert_eq!(found(Value::Null), None);
    }
}
