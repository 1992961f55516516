//! Which features are wanted, by their attributes.

use std::fmt;

use serde_json::{Map, Value};

/// A condition on an attribute: `NAME=VALUE`, `NAME!=VALUE`, or `NAME~PATTERN`, in which `*`
/// is any text and `?` any character. Numbers and truth values are compared as they are
/// written; an attribute that is missing or null has the value of an empty text.
///
/// ```
/// use treatyline_io::Condition;
///
/// let condition = Condition::parse("name~Kaz*")?;
/// let properties = serde_json::json!({"name": "Kazakhstan"});
/// assert!(condition.holds(properties.as_object().unwrap()));
/// # Ok::<(), treatyline_io::ConditionFault>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    name: String,
    relation: Relation,
    value: String,
}

/// A text that is no condition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no condition; give NAME=VALUE, NAME!=VALUE or NAME~PATTERN")]
pub struct ConditionFault {
    text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relation {
    Is,
    IsNot,
    Matches,
}

/// As it was given: `name=Kazakhstan`.
impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let relation = match self.relation {
            Relation::Is => "=",
            Relation::IsNot => "!=",
            Relation::Matches => "~",
        };
        write!(f, "{}{relation}{}", self.name, self.value)
    }
}

impl Condition {
    /// Reads a condition.
    ///
    /// # Errors
    /// [`ConditionFault`] for a text without a name or without a relation.
    pub fn parse(text: &str) -> Result<Self, ConditionFault> {
        let wrong = || ConditionFault { text: text.to_owned() };
        let at = text.find(['=', '~', '!']).filter(|at| *at > 0).ok_or_else(wrong)?;
        let (name, rest) = text.split_at(at);
        let (relation, value) = if let Some(value) = rest.strip_prefix("!=") {
            (Relation::IsNot, value)
        } else if let Some(value) = rest.strip_prefix('=') {
            (Relation::Is, value)
        } else {
            (Relation::Matches, rest.strip_prefix('~').ok_or_else(wrong)?)
        };
        Ok(Self { name: name.trim().to_owned(), relation, value: value.to_owned() })
    }

    /// The attribute it is about.
    #[doc(hidden)]
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether all of some conditions hold. An attribute has one value, so of several
    /// `NAME=VALUE` with one name it is enough that one holds.
    #[doc(hidden)]
    #[must_use]
    pub fn all_hold(conditions: &[Self], properties: &Map<String, Value>) -> bool {
        conditions.iter().all(|condition| {
            let is_other =
                |other: &&Self| other.relation == Relation::Is && other.name == condition.name;
            match condition.relation {
                Relation::Is => {
                    { conditions.iter().filter(is_other) }.any(|other| other.holds(properties))
                }
                _ => condition.holds(properties),
            }
        })
    }

    /// The same conditions with two attributes, named in any case, in each other's place; `None`
    /// where they are not about both.
    #[doc(hidden)]
    pub fn exchanged(conditions: &[Self], attributes: [&str; 2]) -> Option<Vec<Self>> {
        let named = |name: &str| {
            conditions.iter().map(Self::name).find(|known| known.eq_ignore_ascii_case(name))
        };
        let (one, other) = (named(attributes[0])?, named(attributes[1])?);
        let other_name = |name: &str| match name {
            name if name == one => other.to_owned(),
            name if name == other => one.to_owned(),
            name => name.to_owned(),
        };
        let exchanged = |it: &Self| Self { name: other_name(&it.name), ..it.clone() };
        Some(conditions.iter().map(exchanged).collect())
    }

    /// The value, or the pattern, that was asked for.
    pub(super) fn value(&self) -> &str {
        &self.value
    }

    /// Whether the two are alternatives: it is enough that one of them holds.
    pub(super) fn is_alternative(&self, other: &Self) -> bool {
        let both_are = self.relation == Relation::Is && other.relation == Relation::Is;
        self == other || (both_are && self.name == other.name)
    }

    /// Whether it asks for one value, `NAME=VALUE`, and for which.
    #[doc(hidden)]
    pub fn asked_value(&self) -> Option<&str> {
        (self.relation == Relation::Is).then_some(self.value.as_str())
    }

    /// Whether it asks for any value like a pattern.
    #[doc(hidden)]
    pub fn is_pattern(&self) -> bool {
        self.relation == Relation::Matches
    }

    /// The value that a feature has, as it is written.
    #[doc(hidden)]
    pub fn found(&self, properties: &Map<String, Value>) -> String {
        match properties.get(&self.name) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        }
    }

    /// Whether it holds.
    #[doc(hidden)]
    #[must_use]
    pub fn holds(&self, properties: &Map<String, Value>) -> bool {
        let found = self.found(properties);
        match self.relation {
            Relation::Is => found == self.value,
            Relation::IsNot => found != self.value,
            Relation::Matches => matches(&self.value, &found),
        }
    }
}

/// Whether a text matches a pattern.
fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), text.chars().collect());
    let (mut p, mut t) = (0, 0);
    // The last star, and where in the text it may match more.
    let mut star = None;
    while t < text.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(c) if *c == '?' || *c == text[t] => (p, t) = (p + 1, t + 1),
            _ => match star {
                Some((at, from)) => {
                    star = Some((at, from + 1));
                    (p, t) = (at + 1, from + 1);
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn conditions_hold_or_not() {
        let properties = json!({"name": "Kazakhstan", "level": 2, "none": null, "a=b": "c"});
        let properties = properties.as_object().unwrap();
        for (text, holds) in [
            ("name=Kazakhstan", true),
            ("name=Kazakh", false),
            ("name!=China", true),
            ("level=2", true),
            ("level!=2", false),
            ("none=", true),
            ("missing!=x", true),
            ("name~Kaz*", true),
            ("name~*stan", true),
            ("name~K?z*s*n", true),
            ("name~kaz*", false),
            ("name~*", true),
        ] {
            assert_eq!(Condition::parse(text).unwrap().holds(properties), holds, "{text}");
        }
        for (texts, holds) in [
            (&["name=Kazakhstan", "level=2"][..], true),
            (&["name=Kazakhstan", "level=3"], false),
            (&["name=China", "name=Kazakhstan"], true),
            (&["name=China", "name=Kazakhstan", "name!=Kazakhstan"], false),
            (&["name~K*", "name~*x"], false),
            (&[], true),
        ] {
            let conditions = texts.iter().map(|text| Condition::parse(text).unwrap());
            let conditions: Vec<Condition> = conditions.collect();
            assert_eq!(Condition::all_hold(&conditions, properties), holds, "{texts:?}");
        }
        for text in ["name", "=x", "", "name!x"] {
            assert!(Condition::parse(text).is_err(), "{text}");
        }
    }
}
