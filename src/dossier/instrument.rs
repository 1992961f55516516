//! `instruments.toml`: treaties, judgments, decrees, and what each makes of the others.

use serde::{Deserialize, Serialize};

/// The file as it is.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct InstrumentFile {
    /// Treaties, agreements, judgments and the like.
    #[serde(rename = "instrument", default)]
    pub(crate) instruments: Vec<Instrument>,
}

/// A stage of boundary making (Jones 1945, *Boundary-Making*).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Stage {
    /// Who gets what, in broad terms.
    Allocation,
    /// Where the line runs, in words and on maps.
    Delimitation,
    /// Where it is on the ground.
    Demarcation,
    /// Where three states meet.
    Tripoint,
}

/// What an instrument is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub(crate) enum InstrumentKind {
    /// A treaty, agreement, convention or protocol.
    #[default]
    Treaty,
    /// A judgment of a court.
    Judgment,
    /// An award of arbitrators.
    Award,
    /// An exchange of notes.
    ExchangeOfNotes,
    /// A decree or law of one state.
    Decree,
    /// A withdrawal to a line.
    Withdrawal,
}

impl InstrumentKind {
    /// What happened on its date: `signed`, `decided`.
    pub(crate) const fn done(self) -> &'static str {
        match self {
            Self::Treaty => "signed",
            Self::Judgment | Self::Award => "decided",
            Self::ExchangeOfNotes => "exchanged",
            Self::Decree => "issued",
            Self::Withdrawal => "completed",
        }
    }

    /// What it is called in tables.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Treaty => "treaty",
            Self::Judgment => "judgment",
            Self::Award => "award",
            Self::ExchangeOfNotes => "exchange of notes",
            Self::Decree => "decree",
            Self::Withdrawal => "withdrawal",
        }
    }
}

/// What has become of an instrument.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub(crate) enum InstrumentStatus {
    /// It is in force.
    InForce,
    /// It never was.
    NeverInForce,
    /// It was, until another one took its place.
    Superseded,
}

/// A treaty, a judgment, a decree or another act on a boundary.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// Its id.
    pub id: String,
    /// Its full title or description.
    pub(crate) title: String,
    /// A short name for tables.
    pub short: String,
    /// What it is; a treaty if nothing is said.
    #[serde(default)]
    pub(crate) kind: InstrumentKind,
    /// What has become of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<InstrumentStatus>,
    /// What it does.
    pub(crate) stage: Stage,
    /// Date of signature or, of what is not signed, of the decision, exchange, issue or completion, as
    /// exactly as known (ISO 8601: year, month or day).
    #[serde(alias = "date")]
    pub signed: String,
    /// Place of it.
    #[serde(alias = "place", skip_serializing_if = "Option::is_none")]
    pub(crate) signed_in: Option<String>,
    /// Date of ratification.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) ratified: Option<String>,
    /// The party that ratified it, if a source says that of one party only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) ratified_by: Option<String>,
    /// Date of entry into force.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) in_force: Option<String>,
    /// Ids of the instruments it makes more precise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) supplements: Vec<String>,
    /// Ids of those it carries out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) applies: Vec<String>,
    /// Ids of those it says are still valid.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) confirms: Vec<String>,
    /// Ids of those whose place it takes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) replaces: Vec<String>,
    /// Denominator of the scale of its maps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) map_scale: Option<f64>,
    /// Bibliography keys.
    pub(crate) sources: Vec<String>,
    /// Anything to know about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<String>,
}

impl Instrument {
    /// What it makes of others: the field's name, and their ids.
    pub(crate) const fn relations(&self) -> [(&'static str, &Vec<String>); 4] {
        [
            ("supplements", &self.supplements),
            ("applies", &self.applies),
            ("confirms", &self.confirms),
            ("replaces", &self.replaces),
        ]
    }

    /// Its dates, named, those that are known.
    pub(crate) fn dates(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let optional = [("ratified", &self.ratified), ("in_force", &self.in_force)];
        std::iter::once(("signed", self.signed.as_str()))
            .chain(optional.into_iter().filter_map(|(name, date)| Some((name, date.as_deref()?))))
    }
}

/// Whether a text is an ISO 8601 date of a year, a month or a day that exists.
pub(super) fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let widths = [4, 2, 2];
    let digits = |(part, width): (&&str, usize)| {
        part.len() == width && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    if parts.is_empty() || parts.len() > 3 || !parts.iter().zip(widths).all(digits) {
        return false;
    }
    let number = |i: usize| parts.get(i).and_then(|part| part.parse::<u32>().ok()).unwrap_or(1);
    let (year, month, day) = (number(0), number(1), number(2));
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    (1..=12).contains(&month) && (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_as_exact_as_known() {
        for good in ["1860", "1999-05", "1994-04-26", "2000-02-29"] {
            assert!(is_date(good), "{good}");
        }
        for bad in ["", "94", "1994-4-26", "1994-13", "1999-02-29", "1994-04-26-1", "1994/04"] {
            assert!(!is_date(bad), "{bad}");
        }
    }
}
