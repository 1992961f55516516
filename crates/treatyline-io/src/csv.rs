//! Tables of text: a row for each feature, its geometry as well-known text in one column, or as
//! longitude and latitude in two, which are known by their names ([`columns`]). All else is
//! attributes, as text.

#[cfg_attr(not(feature = "wkt"), allow(dead_code, reason = "only whether it is a table"))]
mod columns;
#[cfg(feature = "wkt")]
mod notation;

pub(super) use columns::is_table;

#[cfg(feature = "wkt")]
pub(super) use reading::read;

#[cfg(feature = "wkt")]
mod reading {
    use std::borrow::Cow;

    use geo::Coord;
    use serde_json::{Map, Value};

    use super::columns::{Header, Place, is_wkt, without_blank_lines};
    use super::notation;
    use crate::Collection;
    use crate::encoding::{self, Encoding};
    use crate::fixes::FixKind;
    use crate::gather::{Gather, Raw};
    use crate::input::Loaded;
    use crate::problem::{Fault, Problem, Problems};
    use crate::wkt;

    pub(crate) fn read(loaded: &Loaded) -> Result<Collection, Problems> {
        let bytes = loaded.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&loaded.bytes);
        let bytes = without_blank_lines(bytes);
        let mut gather = Gather::new(loaded);
        let encoding = encoding_of(loaded, bytes, &mut gather)?;
        let Header { delimiter, place } =
            Header::from_text(bytes).map_err(|fault| loaded.problem("line 1", fault))?;
        let bytes = &*without_blanks(bytes, delimiter);
        let mut table =
            ::csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(bytes);
        let text = |cell: &[u8]| encoding.decoded(cell).unwrap_or_else(|| encoding::escaped(cell));
        let broken = |error: ::csv::Error| -> Problem {
            loaded.problem("", Fault::Syntax { message: format!("not CSV: {error}") })
        };
        let names: Vec<String> = table
            .byte_headers()
            .map_err(broken)?
            .iter()
            .map(|name| text(name).trim().to_owned())
            .collect();
        if let Place::Wkt(at) = place {
            for (_, other) in names.iter().enumerate().filter(|(i, name)| *i != at && is_wkt(name))
            {
                let read = names.get(at).map_or("", String::as_str);
                let detail = format!("`{other}`, where `{read}` was read");
                gather.fix(FixKind::OtherGeometry, "", Some(detail));
            }
        }
        for row in table.byte_records() {
            let row = row.map_err(broken)?;
            if row.iter().skip(names.len()).any(|cell| !cell.trim_ascii().is_empty()) {
                let (cells, names) = (row.len(), names.len());
                let message = format!(
                    "a row of {cells} cells under {names} names: put text with a delimiter in it \
                     into quotes, and write decimals with a point"
                );
                gather.unreadable(Fault::Syntax { message })?;
                continue;
            }
            let mut properties = Map::new();
            for (i, (name, cell)) in names.iter().zip(&row).enumerate() {
                let is_geometry = match place {
                    Place::Wkt(at) => i == at,
                    Place::LonLat(lon, lat) => i == lon || i == lat,
                };
                if is_geometry {
                    continue;
                }
                if encoding.decoded(cell).is_none() {
                    let at = gather.place(None);
                    gather.fix(FixKind::BytesEscaped, at, Some(format!("in `{name}`")));
                }
                let value = if cell.is_empty() { Value::Null } else { text(cell).into() };
                properties.insert(name.clone(), value);
            }
            let cell = |at: usize| text(row.get(at).unwrap_or_default()).trim().to_owned();
            let raw = match place {
                Place::Wkt(at) => wkt::geometry(&cell(at), &mut gather)?,
                Place::LonLat(lon, lat) => {
                    gather.system_by_convention()?;
                    point(&cell(lon), &cell(lat), delimiter)
                }
            };
            gather.add(None, raw, properties)?;
        }
        gather.finish(Map::new())
    }

    fn encoding_of(
        loaded: &Loaded,
        bytes: &[u8],
        gather: &mut Gather,
    ) -> Result<Encoding, Problem> {
        if let Some(name) = &loaded.input.encoding {
            return encoding::asked(name).map_err(|fault| loaded.problem("", fault));
        }
        if std::str::from_utf8(bytes).is_ok() {
            return Ok(Encoding::UTF8);
        }
        let detected = Encoding::detected(std::iter::once(bytes));
        encoding::guessed(detected, None, gather.fixes());
        Ok(detected)
    }

    fn point(lon: &str, lat: &str, delimiter: u8) -> Result<Raw, Fault> {
        if lon.is_empty() && lat.is_empty() {
            return Ok(Raw::None);
        }
        let coordinate = |text: &str, is_lon: bool| {
            degrees(text, delimiter).or_else(|| notation::angle(text, is_lon))
        };
        match (coordinate(lon, true), coordinate(lat, false)) {
            (Some(x), Some(y)) => Ok(Raw::Point(Coord { x, y })),
            _ => Err(Fault::Syntax {
                message: format!("`{lon}` and `{lat}` are no longitude and latitude"),
            }),
        }
    }

    /// A number. Where the delimiter is not a comma, a comma is a decimal comma: longitudes and
    /// latitudes are too small to have thousands.
    fn degrees(text: &str, delimiter: u8) -> Option<f64> {
        let has_comma = delimiter != b',' && text.matches(',').count() == 1;
        if has_comma && !text.contains('.') {
            return text.replace(',', ".").parse().ok();
        }
        text.parse().ok()
    }

    /// Removes blanks between a delimiter and a quote; with them the quote would be read as part of
    /// the text.
    fn without_blanks(bytes: &[u8], delimiter: u8) -> Cow<'_, [u8]> {
        let is_blank = |byte: &u8| *byte == b' ' || (*byte == b'\t' && delimiter != b'\t');
        let mut kept = Vec::new();
        let (mut from, mut at) = (0, 0);
        let (mut is_quoted, mut begins) = (false, true);
        while let Some(byte) = bytes.get(at) {
            if begins && is_blank(byte) {
                let blanks = bytes[at..].iter().take_while(|byte| is_blank(byte)).count();
                if bytes.get(at + blanks) == Some(&b'"') {
                    kept.extend_from_slice(&bytes[from..at]);
                    from = at + blanks;
                }
                at += blanks;
                begins = bytes.get(at) == Some(&b'"');
                continue;
            }
            if *byte == b'"' && (begins || is_quoted) {
                is_quoted = !is_quoted;
            }
            begins = !is_quoted && (*byte == delimiter || matches!(byte, b'\n' | b'\r'));
            at += 1;
        }
        if from == 0 {
            return Cow::Borrowed(bytes);
        }
        kept.extend_from_slice(&bytes[from..]);
        Cow::Owned(kept)
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn blanks_before_quotes_are_no_text() {
            for (text, expected) in [
                ("a, \"b, c\"\n", "a,\"b, c\"\n"),
                ("a, b\n", "a, b\n"),
                (" \"a\"\n  \"b\" ,c", "\"a\"\n\"b\" ,c"),
                ("\"x, \"\" y\", \"z\"", "\"x, \"\" y\",\"z\""),
                ("a\"b, c\"", "a\"b, c\""),
            ] {
                let found = without_blanks(text.as_bytes(), b',');
                assert_eq!(String::from_utf8_lossy(&found), expected, "{text}");
            }
            assert_eq!(&*without_blanks(b"a;\t\"b\"", b';'), b"a;\"b\"");
            assert_eq!(&*without_blanks(b"a\t\t\"b\"", b'\t'), b"a\t\t\"b\"");
        }

        #[test]
        fn a_comma_is_decimal_where_it_delimits_nothing() {
            assert_eq!(degrees("50,5", b';'), Some(50.5));
            assert_eq!(degrees("-0,25", b'\t'), Some(-0.25));
            for (text, delimiter) in
                [("50,5", b','), ("1,234,5", b';'), ("1,5.2", b';'), ("", b';')]
            {
                assert_eq!(degrees(text, delimiter), None, "{text}");
            }
        }
    }
}
