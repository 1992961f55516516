//! Text in UTF-16, as Windows writes "Unicode text", made UTF-8 before its format is asked for.

use crate::problem::Fault;

/// An order of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Little,
    Big,
}

/// Whether bytes begin as UTF-16 does: with its mark, or with plain characters of which each
/// second byte is nought.
pub(super) fn begins(head: &[u8]) -> bool {
    order(head).is_some()
}

fn order(head: &[u8]) -> Option<Order> {
    match head {
        [0xff, 0xfe, rest @ ..] if !rest.starts_with(&[0, 0]) => return Some(Order::Little),
        [0xfe, 0xff, ..] => return Some(Order::Big),
        _ => {}
    }
    let head = head.get(..16.min(head.len() / 2 * 2)).filter(|head| head.len() >= 4)?;
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~' | b'\t' | b'\r' | b'\n');
    let all = |plain: usize| {
        head.chunks_exact(2).all(|pair| is_plain(pair[plain]) && pair[1 - plain] == 0)
    };
    if all(0) {
        Some(Order::Little)
    } else if all(1) {
        Some(Order::Big)
    } else {
        None
    }
}

/// The order that the name of an encoding means, if that is UTF-16.
fn named(name: &str) -> Option<Order> {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    match plain.to_lowercase().as_str() {
        "utf16" | "utf16le" | "ucs2" | "ucs2le" | "unicode" | "1200" | "cp1200" => {
            Some(Order::Little)
        }
        "utf16be" | "ucs2be" | "1201" | "cp1201" => Some(Order::Big),
        _ => None,
    }
}

/// Bytes as UTF-8, and whether they were UTF-16. That is recognised by the beginning, or the user
/// says so.
///
/// # Errors
/// Where they are no UTF-16 after all.
pub(super) fn decoded(
    bytes: Vec<u8>,
    asked: Option<&str>,
    is_binary: impl Fn(&[u8]) -> bool,
) -> Result<(Vec<u8>, bool), Fault> {
    let asked = asked.and_then(named).filter(|_| !is_binary(&bytes));
    // Valid UTF-8 stays as it is, also where an encoding was given.
    let asked = asked.filter(|_| bytes.contains(&0) || std::str::from_utf8(&bytes).is_err());
    let Some(order) = order(&bytes).or(asked) else { return Ok((bytes, false)) };
    let units = bytes.chunks(2).map(|pair| match (pair, order) {
        ([first, second], Order::Little) => u16::from_le_bytes([*first, *second]),
        ([first, second], Order::Big) => u16::from_be_bytes([*first, *second]),
        // Half of a character is not a character.
        _ => 0xd800,
    });
    let mut text = String::with_capacity(bytes.len() / 2);
    let mut at = 0;
    for character in char::decode_utf16(units) {
        let Ok(character) = character else {
            let message = format!("not UTF-16 text from byte {at} on");
            return Err(Fault::Syntax { message });
        };
        at += 2 * character.len_utf16();
        text.push(character);
    }
    Ok((text.trim_start_matches('\u{feff}').as_bytes().to_vec(), true))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8], asked: Option<&str>) -> Result<String, Fault> {
        let is_binary = |bytes: &[u8]| bytes.starts_with(b"PK");
        let (bytes, _) = decoded(bytes.to_vec(), asked, is_binary)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    #[test]
    fn the_beginning_decides_or_the_user() {
        let little =
            |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
        let big = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>();
        let words = "id,Қазақстан 🌍";
        let chinese = "国,x";
        for (bytes, asked, expected) in [
            (little(&format!("\u{feff}{chinese}")), None, chinese),
            (big(&format!("\u{feff}{chinese}")), Some("UTF-16LE"), chinese),
            (little("id,name,x,y\n"), None, "id,name,x,y\n"),
            (big("{\"type\":"), None, "{\"type\":"),
            (little(words), Some("utf-16"), words),
            (big(chinese), Some("UTF-16BE"), chinese),
            (words.as_bytes().to_vec(), Some("UTF-16"), words),
            (b"PK\x03\x04\x00".to_vec(), Some("UTF-16"), "PK\x03\x04\x00"),
            (words.as_bytes().to_vec(), None, words),
        ] {
            assert_eq!(text(&bytes, asked).as_deref(), Ok(expected), "{bytes:?}");
        }
    }

    #[test]
    fn half_a_character_is_refused() {
        let says = |bytes: &[u8]| text(bytes, None).unwrap_err().to_string();
        assert!(says(b"\xff\xfea\0b").contains("not UTF-16 text from byte 4 on"));
        assert!(says(b"\xff\xfe\0\xd8a\0").contains("from byte 2 on"));
    }
}
