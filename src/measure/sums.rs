//! Running sums over features.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde_json::Value;

use super::FeatureMeasures;
use crate::geodesy::CompensatedSum;
use crate::quantity::{Metres, SquareMetres};

/// The sums over some features.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[non_exhaustive]
pub struct Total {
    /// The number of features.
    pub count: usize,
    /// The length of all lines, without perimeters.
    pub length: Metres,
    /// The length of all rings.
    pub perimeter: Metres,
    /// The area of all polygons; where they overlap it counts twice.
    pub area: SquareMetres,
    /// How many outer rings run clockwise.
    pub(crate) clockwise: usize,
}

/// Running sums.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sums {
    count: usize,
    clockwise: usize,
    length: CompensatedSum,
    perimeter: CompensatedSum,
    area: CompensatedSum,
}

impl Sums {
    /// Adds a feature.
    pub fn add(&mut self, feature: &FeatureMeasures) {
        self.count += 1;
        self.clockwise += feature.clockwise;
        self.length.add(feature.length.unwrap_or_default().value());
        self.perimeter.add(feature.perimeter.unwrap_or_default().value());
        self.area.add(feature.area.unwrap_or_default().value());
    }

    /// The sums so far.
    #[must_use]
    pub fn total(&self) -> Total {
        Total {
            count: self.count,
            length: Metres::new(self.length.total()),
            perimeter: Metres::new(self.perimeter.total()),
            area: SquareMetres::new(self.area.total()),
            clockwise: self.clockwise,
        }
    }
}

/// Running sums for each value of an attribute.
#[derive(Debug, Clone, Default)]
pub struct Groups(BTreeMap<Key, Sums>);

impl Groups {
    /// Adds a feature to its group.
    pub fn add(&mut self, feature: &FeatureMeasures) {
        self.0.entry(Key(feature.group.clone())).or_default().add(feature);
    }

    /// Each value with its sums: numbers by size, then all others by their text, features
    /// without a value (`null`) last.
    pub fn totals(&self) -> impl Iterator<Item = (&Value, Total)> {
        self.0.iter().map(|(key, sums)| (&key.0, sums.total()))
    }
}

/// A value of an attribute, in order.
#[derive(Debug, Clone, PartialEq)]
struct Key(Value);

impl Key {
    fn rank(&self) -> (u8, f64, String) {
        match &self.0 {
            Value::Number(number) => (0, number.as_f64().unwrap_or_default(), number.to_string()),
            Value::String(text) => (1, 0.0, text.clone()),
            Value::Null => (3, 0.0, String::new()),
            other => (2, 0.0, other.to_string()),
        }
    }
}

impl Eq for Key {}

impl Ord for Key {
    fn cmp(&self, other: &Self) -> Ordering {
        if let (Value::String(one), Value::String(two)) = (&self.0, &other.0) {
            return one.cmp(two);
        }
        let ((kind, number, text), (other_kind, other_number, other_text)) =
            (self.rank(), other.rank());
        let by_number = kind.cmp(&other_kind).then(number.total_cmp(&other_number));
        by_number.then_with(|| text.cmp(&other_text))
    }
}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Kind;
    use serde_json::json;

    fn feature(group: Value, length_m: f64) -> FeatureMeasures {
        FeatureMeasures {
            number: 1,
            id: None,
            name: None,
            kind: Kind::Lines,
            length: Some(Metres::new(length_m)),
            perimeter: None,
            area: None,
            clockwise: 0,
            crossed: None,
            overlap: None,
            even_odd_area: None,
            winding_area: None,
            group,
        }
    }

    #[test]
    fn groups_stand_in_order_and_hold_what_belongs_to_them() {
        let mut groups = Groups::default();
        for (group, length_m) in [
            (json!("b"), 1.0),
            (json!(null), 2.0),
            (json!(10), 3.0),
            (json!("10"), 4.0),
            (json!(9.5), 5.0),
            (json!("b"), 6.0),
            (json!(true), 7.0),
            (json!([1]), 8.0),
        ] {
            groups.add(&feature(group, length_m));
        }
        let found: Vec<_> = groups.totals().map(|(v, t)| (v.clone(), t.length.value())).collect();
        let expected = [
            (json!(9.5), 5.0),
            (json!(10), 3.0),
            (json!("10"), 4.0),
            (json!("b"), 7.0),
            (json!([1]), 8.0),
            (json!(true), 7.0),
            (json!(null), 2.0),
        ];
        assert_eq!(found, expected);
    }
}
