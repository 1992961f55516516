//! Features as a table: which columns there are, and what each cell holds.

use serde_json::Value;

use crate::NewFeature;

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Column {
    /// Its name; no other column has it, in upper or lower case.
    pub name: String,
    pub kind: Kind,
    /// The property it holds; `None` for the feature's id.
    property: Option<String>,
}

/// What all cells of a column hold, where they hold anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Bool,
    Integer,
    Real,
    Text,
    /// Lists, objects, or values of several kinds, written as JSON.
    Json,
}

/// The content of a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell<'a> {
    Bool(bool),
    Integer(i64),
    Real(f64),
    Text(&'a str),
    Json(String),
}

/// The columns of features: the id, then every property in the order of appearance.
/// Names that the format itself uses get a number at their end.
pub(super) fn columns(features: &[NewFeature], taken: &[&str]) -> Vec<Column> {
    let mut columns = vec![Column { name: "id".to_owned(), kind: Kind::Text, property: None }];
    for feature in features {
        for (name, value) in feature.properties.iter().filter(|(_, value)| !value.is_null()) {
            let kind = kind(value);
            let known = columns.iter_mut().find(|column| column.property.as_ref() == Some(name));
            if let Some(column) = known {
                column.kind = column.kind.and(kind);
            } else {
                let (name, property) = (unique(name, &columns, taken), Some(name.clone()));
                columns.push(Column { name, kind, property });
            }
        }
    }
    columns
}

/// A name that no other column has, upper and lower case being the same: databases do not
/// distinguish them.
fn unique(name: &str, columns: &[Column], taken: &[&str]) -> String {
    let is_free = |name: &String| {
        !taken.iter().any(|other| other.eq_ignore_ascii_case(name))
            && !columns.iter().any(|column| column.name.eq_ignore_ascii_case(name))
    };
    let numbered = (2_u32..).map(|number| format!("{name}_{number}"));
    std::iter::once(name.to_owned()).chain(numbered).find(is_free).unwrap_or_default()
}

fn kind(value: &Value) -> Kind {
    match value {
        Value::Bool(_) => Kind::Bool,
        Value::Number(number) if number.is_i64() => Kind::Integer,
        Value::Number(_) => Kind::Real,
        Value::String(_) => Kind::Text,
        Value::Null | Value::Array(_) | Value::Object(_) => Kind::Json,
    }
}

impl Kind {
    /// The kind of a column that holds values of both kinds.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (one, other) if one == other => one,
            (Self::Integer | Self::Real, Self::Integer | Self::Real) => Self::Real,
            _ => Self::Json,
        }
    }
}

impl Column {
    /// What a feature has in this column.
    pub(super) fn cell<'a>(&self, feature: &'a NewFeature) -> Option<Cell<'a>> {
        let Some(property) = &self.property else { return Some(Cell::Text(&feature.id)) };
        let value = feature.properties.get(property).filter(|value| !value.is_null())?;
        let plain = match (self.kind, value) {
            (Kind::Bool, Value::Bool(value)) => Some(Cell::Bool(*value)),
            (Kind::Integer, Value::Number(number)) => number.as_i64().map(Cell::Integer),
            (Kind::Real, Value::Number(number)) => number.as_f64().map(Cell::Real),
            (Kind::Text, Value::String(text)) => Some(Cell::Text(text)),
            _ => None,
        };
        Some(plain.unwrap_or_else(|| Cell::Json(value.to_string())))
    }
}

impl Cell<'_> {
    /// As text.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Bool(value) => value.to_string(),
            Self::Integer(value) => value.to_string(),
            Self::Real(value) => value.to_string(),
            Self::Text(text) => (*text).to_owned(),
            Self::Json(text) => text.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::Shape;

    fn feature(properties: &Value) -> NewFeature {
        let properties = properties.as_object().unwrap().clone();
        NewFeature { id: "f".into(), shape: Shape::None, properties }
    }

    #[test]
    fn a_column_holds_what_all_its_cells_can_be() {
        let features = [
            feature(&json!({"a": 1, "b": 1, "c": "x", "d": true, "e": [1]})),
            feature(&json!({"a": 2, "b": 1.5, "c": 3, "d": null, "f": "late"})),
        ];
        let found = columns(&features, &[]);
        let kinds: Vec<_> = found.iter().map(|column| (&*column.name, column.kind)).collect();
        assert_eq!(
            kinds,
            [
                ("id", Kind::Text),
                ("a", Kind::Integer),
                ("b", Kind::Real),
                ("c", Kind::Json),
                ("d", Kind::Bool),
                ("e", Kind::Json),
                ("f", Kind::Text),
            ]
        );
        let cells: Vec<_> = found.iter().map(|column| column.cell(&features[1])).collect();
        assert_eq!(cells[2], Some(Cell::Real(1.5)));
        assert_eq!(cells[3], Some(Cell::Json("3".into())), "a number among texts");
        assert_eq!(found[3].cell(&features[0]), Some(Cell::Json("\"x\"".into())));
        assert_eq!(cells[4], None, "null is nothing");
        assert_eq!(cells[5], None);
    }

    #[test]
    fn a_name_is_had_once() {
        let features = [feature(&json!({"ID": 1, "Geom": 2, "geom": 3, "geom_2": 4}))];
        let found = columns(&features, &["geom"]);
        let names: Vec<_> = found.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(names, ["id", "ID_2", "Geom_2", "geom_3", "geom_2_2"]);
        assert_eq!(found[2].cell(&features[0]), Some(Cell::Integer(2)));
    }
}
