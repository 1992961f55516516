//! The document `treatyline/measure/v1`, written feature by feature.

use std::io::{self, Write};

use serde::Serialize;

use super::{FeatureEntry, MeasureHead, MeasureSums, MeasureWriter};

/// Writes the JSON document.
///
/// The output is the same as if the whole document were serialised at once, but the document is
/// never in memory.
#[derive(Debug)]
pub struct MeasureJson<W> {
    to: W,
    /// How many features have been written; `None` if they are left out.
    written: Option<usize>,
}

impl<W: Write> MeasureJson<W> {
    /// Begins the document; with a list of features or without.
    ///
    /// # Errors
    /// Those of the output.
    pub fn new(mut to: W, head: &MeasureHead, features: bool) -> io::Result<Self> {
        to.write_all(members(head)?.as_bytes())?;
        to.write_all(if features { b",\n  \"features\": [" } else { b"" })?;
        Ok(Self { to, written: features.then_some(0) })
    }
}

impl<W: Write> MeasureWriter for MeasureJson<W> {
    fn feature(&mut self, feature: FeatureEntry) -> io::Result<()> {
        let Some(written) = &mut self.written else { return Ok(()) };
        let before = if *written == 0 { "\n    " } else { ",\n    " };
        *written += 1;
        let text = serde_json::to_string_pretty(&feature)?.replace('\n', "\n    ");
        self.to.write_all(before.as_bytes())?;
        self.to.write_all(text.as_bytes())
    }

    fn sums(&mut self, sums: MeasureSums) -> io::Result<()> {
        let end = match self.written {
            None => ",",
            Some(0) => "],",
            Some(_) => "\n  ],",
        };
        self.to.write_all(end.as_bytes())?;
        // Without the brace: the document is open.
        self.to.write_all(&members(&sums)?.as_bytes()[1..])?;
        self.to.write_all(b"\n}\n")?;
        self.to.flush()
    }
}

/// An object without its closing brace.
fn members(object: &impl Serialize) -> io::Result<String> {
    let mut text = serde_json::to_string_pretty(object)?;
    text.truncate(text.len() - "\n}".len());
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::Method;
    use crate::measure::{Groups, Total};

    #[derive(Serialize)]
    struct Whole {
        #[serde(flatten)]
        head: MeasureHead,
        features: Vec<FeatureEntry>,
        #[serde(flatten)]
        sums: MeasureSums,
    }

    #[test]
    fn what_is_written_bit_by_bit_is_the_whole_document() {
        let entry = |number: usize| FeatureEntry {
            file: "a\nb".to_owned(),
            number,
            id: Some("\"".to_owned()),
            name: None,
            kind: "line",
            group: Some(serde_json::json!({"a": [1, 2]})),
            length_m: Some(1.5),
            perimeter_m: None,
            area_m2: None,
            clockwise_rings: 0,
            crosses: None,
            overlap: None,
        };
        for count in 0..3 {
            let head = MeasureHead::new(Method::Series, Some("x"));
            let sums = MeasureSums::new(Some(&Groups::default()), &Total::default());
            let features: Vec<_> = (0..count).map(entry).collect();
            let mut text = Vec::new();
            let mut writer = MeasureJson::new(&mut text, &head, true).unwrap();
            features.iter().for_each(|each| writer.feature(each.clone()).unwrap());
            writer.sums(sums.clone()).unwrap();
            let whole = serde_json::to_string_pretty(&Whole { head, features, sums }).unwrap();
            assert_eq!(String::from_utf8(text).unwrap(), whole + "\n");
        }
    }
}
