//! What GDAL writes of a band in its own tag (42112, a small XML document).

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// How stored values become heights.
#[derive(Debug, PartialEq)]
pub(super) struct Notes {
    pub(super) scale: f64,
    pub(super) offset: f64,
    pub(super) unit: Option<String>,
}

impl Notes {
    /// Reads the document as far as it is well-formed. Items in unknown places are ignored, as in
    /// GDAL.
    pub(super) fn read(xml: &str) -> Self {
        let mut notes = Self { scale: 1.0, offset: 0.0, unit: None };
        let mut reader = Reader::from_str(xml);
        let mut role = None;
        let mut text = String::new();
        loop {
            match reader.read_event() {
                Ok(Event::Start(start)) => {
                    role = role_of(&start);
                    text.clear();
                }
                Ok(Event::Text(part)) => text.push_str(&part.decode().unwrap_or_default()),
                Ok(Event::End(_)) => {
                    if let Some(role) = role.take() {
                        notes.set(&role, text.trim());
                    }
                }
                Ok(Event::Eof) | Err(_) => return notes,
                Ok(_) => {}
            }
        }
    }

    fn set(&mut self, role: &str, text: &str) {
        match (role, text.parse::<f64>()) {
            ("scale", Ok(scale)) => self.scale = scale,
            ("offset", Ok(offset)) => self.offset = offset,
            ("unittype", _) => self.unit = Some(text.to_owned()),
            _ => {}
        }
    }
}

/// The role of an item that is about the band, which is the only one.
fn role_of(start: &BytesStart) -> Option<String> {
    let role = start.try_get_attribute("role").ok()??;
    Some(String::from_utf8_lossy(&role.value).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scale_offset_and_unit_are_found() {
        let xml = "<GDALMetadata>\n  <Item name=\"AREA\">x</Item>\n\
             <Item name=\"OFFSET\" sample=\"0\" role=\"offset\">-10</Item>\n\
             <Item name=\"SCALE\" sample=\"0\" role=\"scale\">0.1</Item>\n\
             <Item name=\"UNITTYPE\" sample=\"0\" role=\"unittype\">ft</Item>\n</GDALMetadata>";
        let expected = Notes { scale: 0.1, offset: -10.0, unit: Some("ft".to_owned()) };
        assert_eq!(Notes::read(xml), expected);
        let plain = Notes { scale: 1.0, offset: 0.0, unit: None };
        for broken in ["", "<GDALMetadata>", "<Item role=\"scale\">two</Item>", "<<<>"] {
            assert_eq!(Notes::read(broken), plain, "{broken}");
        }
    }
}
