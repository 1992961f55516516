//! The table of attributes of a shapefile (dBase III to Visual FoxPro).
//!
//! Parsed here: the crate `dbase` decodes while it reads, gives up a whole table for one value,
//! leaves deleted records out, and does not show the bytes from which an encoding must be guessed.

use std::collections::BTreeSet;

use serde_json::{Map, Number, Value};

use crate::encoding::{self, Encoding};
use crate::fixes::{FixKind, Fixes};
use crate::input::Loaded;
use crate::problem::{Fault, Problem};

/// The attributes.
pub(super) struct Table {
    bytes: Vec<u8>,
    columns: Vec<Column>,
    records: Records,
    encoding: Encoding,
}

/// Where records lie.
#[derive(Debug, Clone, Copy)]
struct Records {
    header: usize,
    size: usize,
    count: usize,
}

struct Column {
    name: String,
    kind: u8,
    at: usize,
    width: usize,
}

/// A record of a table.
pub(super) enum Row {
    Deleted,
    Attributes(Map<String, Value>),
}

impl Table {
    /// Reads what a table says of itself.
    ///
    /// # Errors
    /// What is wrong with the name of an encoding; in the inner result, why it is no table.
    pub(super) fn read(
        loaded: &Loaded,
        bytes: Vec<u8>,
        fixes: &mut Fixes,
    ) -> Result<Result<Self, String>, Problem> {
        let records = match Records::from_header(&bytes) {
            Ok(records) => records,
            Err(why) => return Ok(Err(why)),
        };
        let found = columns(&bytes, records);
        if found.is_empty() {
            return Ok(Err("its header names no column".to_owned()));
        }
        let (encoding, doubt) = stated(loaded, &bytes)?;
        let mut table = Self { bytes, columns: Vec::new(), records, encoding: Encoding::UTF8 };
        let texts = || {
            let names = found.iter().map(|(name, _)| &name[..]);
            let cells = (0..records.count).flat_map(|i| {
                let texts = found.iter().filter(|(_, column)| column.kind == b'C');
                texts.map(move |(_, column)| (i, column))
            });
            names.chain(cells.filter_map(|(i, column)| table.cell(i, column)))
        };
        let is_utf8 = || texts().all(|text| std::str::from_utf8(text).is_ok());
        let (encoding, is_guessed) = match encoding {
            Some(encoding) => (encoding, false),
            None if is_utf8() => (Encoding::UTF8, false),
            None => (Encoding::detected(texts().filter(|text| !text.is_ascii())), true),
        };
        if is_guessed || doubt.is_some() {
            encoding::guessed(encoding, doubt, fixes);
        }
        let columns = named(found, encoding, fixes);
        table.encoding = encoding;
        table.columns = columns;
        Ok(Ok(table))
    }

    /// A record; nothing where there is none of this number, from 0.
    pub(super) fn row(&self, number: usize, place: &str, fixes: &mut Fixes) -> Option<Row> {
        let record = self.record(number)?;
        if record.first() == Some(&b'*') {
            return Some(Row::Deleted);
        }
        let mut attributes = Map::new();
        for column in &self.columns {
            let cell = self.cell(number, column)?;
            let value = self.value(column, cell).unwrap_or_else(|| {
                let what = encoding::escaped(cell.trim_ascii());
                let detail = format!("`{what}` in `{}`", column.name);
                fixes.add(FixKind::ValueUnreadable, place, Some(detail));
                Value::Null
            });
            if column.kind == b'C' && self.encoding.decoded(trimmed(cell)).is_none() {
                fixes.add(FixKind::BytesEscaped, place, Some(format!("in `{}`", column.name)));
            }
            attributes.insert(column.name.clone(), value);
        }
        Some(Row::Attributes(attributes))
    }

    /// How many records it has.
    pub(super) const fn len(&self) -> usize {
        self.records.count
    }

    fn record(&self, number: usize) -> Option<&[u8]> {
        let Records { header, size, count } = self.records;
        let from = header + number * size;
        if number < count { self.bytes.get(from..from + size) } else { None }
    }

    fn cell(&self, number: usize, column: &Column) -> Option<&[u8]> {
        self.record(number)?.get(column.at..column.at + column.width)
    }

    /// A value; nothing where it is none of its column's type.
    fn value(&self, column: &Column, cell: &[u8]) -> Option<Value> {
        let text = std::str::from_utf8(cell).map(|text| text.trim_matches([' ', '\0']));
        Some(match column.kind {
            b'N' | b'F' => match text.ok()? {
                "" => Value::Null,
                // What did not fit.
                stars if stars.bytes().all(|byte| byte == b'*') => Value::Null,
                digits => number(digits.parse().ok().filter(|number: &f64| number.is_finite())?),
            },
            b'L' => match text.ok()? {
                "T" | "t" | "Y" | "y" => true.into(),
                "F" | "f" | "N" | "n" => false.into(),
                "" | "?" => Value::Null,
                _ => return None,
            },
            b'D' => match text.ok()? {
                "" | "00000000" => Value::Null,
                day if day.len() == 8 && day.bytes().all(|byte| byte.is_ascii_digit()) => {
                    format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]).into()
                }
                _ => return None,
            },
            b'I' => i32::from_le_bytes(cell.try_into().ok()?).into(),
            b'Y' => number(i64::from_le_bytes(cell.try_into().ok()?) as f64 / 1e4),
            b'B' | b'O' => number(f64::from_le_bytes(cell.try_into().ok()?)),
            b'T' | b'@' => moment(cell)?,
            // The text of memos is in another file; that was reported for the column.
            b'M' | b'G' | b'P' => Value::Null,
            _ if trimmed(cell).is_empty() => Value::Null,
            _ => {
                let cell = trimmed(cell);
                self.encoding.decoded(cell).unwrap_or_else(|| encoding::escaped(cell)).into()
            }
        })
    }
}

impl Records {
    /// Reads the header, and checks it against the number of bytes.
    fn from_header(bytes: &[u8]) -> Result<Self, String> {
        let short = |at: usize| {
            let two = bytes.get(at..at + 2)?.try_into().ok()?;
            Some(usize::from(u16::from_le_bytes(two)))
        };
        let read = || {
            let count = u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?);
            Some((usize::try_from(count).ok()?, short(8)?, short(10)?))
        };
        let (count, header, size) = read().ok_or("it breaks off in its header")?;
        if header < 33 || size < 2 || header > bytes.len() {
            return Err("its header makes no sense".to_owned());
        }
        // A record that breaks off is none.
        let count = count.min((bytes.len() - header) / size);
        Ok(Self { header, size, count })
    }
}

/// The columns with their names as they lie there: descriptors of 32 bytes, up to a carriage
/// return.
fn columns(bytes: &[u8], records: Records) -> Vec<(Vec<u8>, Column)> {
    let descriptors = bytes.get(32..records.header).unwrap_or_default().chunks_exact(32);
    let mut at = 1;
    let mut columns = Vec::new();
    for descriptor in descriptors.take_while(|descriptor| descriptor[0] != b'\r') {
        let name = descriptor[..11].split(|byte| *byte == 0).next().unwrap_or_default();
        let kind = descriptor[11].to_ascii_uppercase();
        // Texts of more than 255 bytes have their width in two.
        let wide = if kind == b'C' { usize::from(descriptor[17]) << 8 } else { 0 };
        let width = usize::from(descriptor[16]) + wide;
        if at + width > records.size {
            break;
        }
        columns.push((name.to_owned(), Column { name: String::new(), kind, at, width }));
        at += width;
    }
    columns
}

/// Columns with names that are text, and each another one.
fn named(found: Vec<(Vec<u8>, Column)>, encoding: Encoding, fixes: &mut Fixes) -> Vec<Column> {
    let mut known = BTreeSet::new();
    let mut columns = Vec::new();
    for (name, mut column) in found {
        let trimmed = name.trim_ascii();
        let name = encoding.decoded(trimmed).unwrap_or_else(|| encoding::escaped(trimmed));
        column.name.clone_from(&name);
        let mut number = 1;
        while !known.insert(column.name.clone()) {
            number += 1;
            column.name = format!("{name}_{number}");
        }
        if column.name != name {
            fixes.add(FixKind::ColumnRenamed, "", Some(format!("`{name}`")));
        }
        if matches!(column.kind, b'M' | b'G' | b'P') {
            fixes.add(FixKind::ColumnElsewhere, "", Some(format!("`{name}`")));
        }
        columns.push(column);
    }
    columns
}

/// The encoding that the user, the `.cpg` or the table itself states; and what is wrong with what
/// the `.cpg` says, where the table does not say it either.
fn stated(loaded: &Loaded, bytes: &[u8]) -> Result<(Option<Encoding>, Option<String>), Problem> {
    if let Some(name) = &loaded.input.encoding {
        let asked = encoding::asked(name).map_err(|fault| loaded.problem("", fault))?;
        return Ok((Some(asked), None));
    }
    let driver = bytes.get(29).and_then(|id| Encoding::of_driver(*id));
    let Some(name) = loaded.companion("cpg")? else { return Ok((driver, None)) };
    let name = String::from_utf8_lossy(&name).trim().to_owned();
    let known = Encoding::named(&name);
    let is_doubtful =
        known.is_none() && driver.is_none() && !name.is_empty() && !name.starts_with("LDID");
    let doubt = is_doubtful.then(|| format!("its .cpg says `{name}`, which is not read here"));
    Ok((known.or(driver), doubt))
}

/// If the table cannot be read, the attributes are left out, unless they are needed.
///
/// # Errors
/// Where they are needed.
pub(super) fn unreadable(loaded: &Loaded, why: String, fixes: &mut Fixes) -> Result<(), Problem> {
    if loaded.input.needs_attributes {
        let message = format!("the table of attributes cannot be read: {why}");
        return Err(loaded.problem(".dbf", Fault::Syntax { message }));
    }
    fixes.add(FixKind::TableUnreadable, "", Some(format!(".dbf, {why}")));
    Ok(())
}

fn trimmed(cell: &[u8]) -> &[u8] {
    // Bytes after a zero are left over from an older value.
    let cell = cell.split(|byte| *byte == 0).next().unwrap_or_default();
    cell.trim_ascii()
}

/// A moment: days since 1 January 4713 BC, and milliseconds of the day.
fn moment(cell: &[u8]) -> Option<Value> {
    let (days, rest) = cell.split_first_chunk::<4>()?;
    let days = i64::from(i32::from_le_bytes(*days));
    let millis = i64::from(i32::from_le_bytes(*rest.first_chunk::<4>()?));
    if days == 0 {
        return Some(Value::Null);
    }
    let seconds = millis.div_euclid(1000);
    let day = crate::day::date(days - 2_440_588);
    let time = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    Some(format!("{day}T{:02}:{:02}:{:02}", time.0, time.1, time.2).into())
}

/// A number of a table: whole ones without a point, as they are there.
#[allow(clippy::cast_possible_truncation, reason = "whole and small enough")]
fn number(value: f64) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.fract() == 0.0 && value.abs() < EXACT {
        return Value::from(value as i64);
    }
    Number::from_f64(value).map_or(Value::Null, Value::Number)
}
