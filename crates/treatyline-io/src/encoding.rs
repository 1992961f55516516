//! Text in the code pages of its time.
//!
//! The encoding is, in this order: what `--encoding` says, what the file states, UTF-8 if the
//! bytes are valid UTF-8, or the guess of the detector that browsers use. Bytes that are invalid in
//! the encoding are written as `\x99`, so that two different texts never become the same.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::UTF_8;
use oem_cp::code_table::DECODING_TABLE_CP_MAP;
use oem_cp::code_table_type::TableType;

use crate::fixes::{FixKind, Fixes};
use crate::problem::Fault;
use crate::{Setting, hint};

/// An encoding of text.
#[derive(Debug, Clone, Copy)]
pub(super) enum Encoding {
    /// One that browsers know.
    Web(&'static encoding_rs::Encoding),
    /// A code page of DOS.
    Dos(u16, &'static TableType),
}

impl Encoding {
    pub(super) const UTF8: Self = Self::Web(UTF_8);

    /// By one of the names it goes by: those of ESRI's `.cpg` files, which GDAL reads, of
    /// IANA, and of Windows.
    pub(super) fn named(name: &str) -> Option<Self> {
        let name = name.trim().trim_start_matches('\u{feff}').trim_matches(['"', '\'']);
        let name = name.trim().to_lowercase();
        if let Some(id) = name.strip_prefix("ldid/") {
            return Self::of_driver(id.trim().parse().ok()?);
        }
        // "ANSI 1251", "cp1251", "windows-1251", "OEM 866", "ms949", "ibm850" are numbers.
        let prefixes =
            ["ansi", "oem", "windows", "x-cp", "cp", "ms", "dos", "ibm", "codepage", "xcp"];
        let prefix = prefixes.iter().find_map(|prefix| name.strip_prefix(prefix));
        let bare = prefix.unwrap_or(&name).trim_start_matches([' ', '-', '_']);
        if let Ok(number) = bare.parse() {
            return Self::numbered(number);
        }
        // "8859_1", "88591", "ISO 8859-1".
        let iso = name.trim_start_matches("iso").trim_start_matches([' ', '-', '_']);
        if let Some(part) = iso.strip_prefix("8859") {
            let part = part.trim_start_matches(['-', '_', ' ']);
            return Self::of_web(&format!("iso-8859-{part}"));
        }
        // As iconv has it, which GDAL asks.
        if matches!(name.as_str(), "mac-cyrillic" | "maccyrillic" | "mac cyrillic") {
            return Self::of_web("x-mac-cyrillic");
        }
        Self::of_web(&name).or_else(|| Self::of_web(&name.replace(['_', ' '], "-")))
    }

    fn of_web(label: &str) -> Option<Self> {
        encoding_rs::Encoding::for_label(label.as_bytes()).map(Self::Web)
    }

    /// By the number of a code page.
    fn numbered(number: u32) -> Option<Self> {
        match number {
            65001 => Some(Self::UTF8),
            932 => Self::of_web("shift_jis"),
            936 => Self::of_web("gbk"),
            949 => Self::of_web("euc-kr"),
            950 => Self::of_web("big5"),
            54936 => Self::of_web("gb18030"),
            51932 => Self::of_web("euc-jp"),
            20866 => Self::of_web("koi8-r"),
            21866 => Self::of_web("koi8-u"),
            10000 => Self::of_web("macintosh"),
            10007 => Self::of_web("x-mac-cyrillic"),
            1250..=1258 => Self::of_web(&format!("windows-{number}")),
            28591..=28606 => Self::of_web(&format!("iso-8859-{}", number - 28590)),
            88591..=88599 => Self::of_web(&format!("iso-8859-{}", number - 88590)),
            885_910..=885_916 => Self::of_web(&format!("iso-8859-{}", number - 885_900)),
            _ => {
                let number = u16::try_from(number).ok()?;
                Some(Self::Dos(number, DECODING_TABLE_CP_MAP.get(&number)?))
            }
        }
    }

    /// By the language driver of a dBase table: the byte at 29 of its header, as ESRI and GDAL
    /// read it. Nothing where it leaves that open.
    pub(super) fn of_driver(id: u8) -> Option<Self> {
        Self::numbered(match id {
            1 | 9 | 11 | 13 | 15 | 17 | 21 | 24 | 25 | 27 => 437,
            2 | 10 | 14 | 16 | 18 | 20 | 22 | 26 | 29 | 37 | 55 => 850,
            3 | 88 | 89 => 1252,
            4 => 10000,
            8 | 23 | 102 => 865,
            19 | 123 => 932,
            28 | 108 => 863,
            31 | 34 | 35 | 64 | 100 | 135 => 852,
            36 => 860,
            38 | 101 => 866,
            77 | 122 => 936,
            78 | 121 => 949,
            79 | 120 => 950,
            80 | 124 => 874,
            103 => 861,
            106 | 134 => 737,
            107 | 136 => 857,
            150 => 10007,
            200 => 1250,
            201 => 1251,
            202 => 1254,
            203 => 1253,
            204 => 1257,
            _ => return None,
        })
    }

    /// The most likely encoding of bytes that are not UTF-8.
    pub(super) fn detected<'a>(texts: impl Iterator<Item = &'a [u8]>) -> Self {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        for text in texts {
            detector.feed(text, false);
            detector.feed(b"\n", false);
        }
        Self::Web(detector.guess(None, Utf8Detection::Deny))
    }

    /// Its name.
    pub(super) fn name(self) -> String {
        match self {
            Self::Web(encoding) => encoding.name().to_owned(),
            Self::Dos(number, _) => format!("CP{number}"),
        }
    }

    /// Bytes as text, if it knows all of them.
    pub(super) fn decoded(self, bytes: &[u8]) -> Option<String> {
        if bytes.is_ascii() {
            return std::str::from_utf8(bytes).ok().map(str::to_owned);
        }
        match self {
            Self::Web(encoding) => encoding
                .decode_without_bom_handling_and_without_replacement(bytes)
                .map(|text| text.into_owned()),
            Self::Dos(_, table) => table.decode_string_checked(bytes),
        }
    }
}

/// The encoding that the user names.
pub(super) fn asked(name: &str) -> Result<Encoding, Fault> {
    Encoding::named(name).ok_or_else(|| Fault::Setting {
        setting: Setting::Encoding,
        value: name.to_owned(),
        wanted: "an encoding, as in UTF-8, windows-1251, ISO-8859-2, GBK or CP866",
    })
}

/// Records that an encoding was guessed; `doubt` is what the file states instead.
pub(super) fn guessed(encoding: Encoding, doubt: Option<String>, fixes: &mut Fixes) {
    let read = format!("it is read as {}", encoding.name());
    let detail = doubt.into_iter().chain([read]).collect::<Vec<_>>().join("; ");
    let hint = hint![Setting::Encoding.with("NAME"), " names another"];
    fixes.add_with_hint(FixKind::EncodingGuessed, "", detail, Some(hint));
}

/// Bytes that an encoding does not know, as a text that no other bytes give.
pub(super) fn escaped(bytes: &[u8]) -> String {
    bytes
        .iter()
        .map(|byte| match byte {
            b' '..=b'~' => char::from(*byte).to_string(),
            _ => format!("\\x{byte:02x}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name_of(name: &str) -> String {
        Encoding::named(name).map_or_else(|| "?".to_owned(), Encoding::name)
    }

    #[test]
    fn encodings_are_known_by_all_their_names() {
        for (name, expected) in [
            ("UTF8", "UTF-8"),
            ("utf-8\r\n", "UTF-8"),
            ("65001", "UTF-8"),
            ("\u{feff}UTF-8", "UTF-8"),
            ("1251", "windows-1251"),
            ("ANSI 1251", "windows-1251"),
            ("windows-1251", "windows-1251"),
            ("CP1251", "windows-1251"),
            ("88591", "windows-1252"),
            ("8859_1", "windows-1252"),
            ("ISO-8859-2", "ISO-8859-2"),
            ("ISO 88592", "ISO-8859-2"),
            ("latin1", "windows-1252"),
            ("GB2312", "GBK"),
            ("936", "GBK"),
            ("GB18030", "gb18030"),
            ("Big5", "Big5"),
            ("SHIFT_JIS", "Shift_JIS"),
            ("KOI8-R", "KOI8-R"),
            ("OEM 866", "CP866"),
            ("850", "CP850"),
            ("IBM437", "CP437"),
            ("LDID/87", "?"),
            ("LDID/201", "windows-1251"),
            ("EBCDIC", "?"),
            ("mac-cyrillic", "x-mac-cyrillic"),
            ("JOHAB", "?"),
            ("", "?"),
        ] {
            assert_eq!(name_of(name), expected, "{name}");
        }
    }

    #[test]
    fn code_pages_say_what_their_bytes_are() {
        let text = |name: &str, bytes: &[u8]| Encoding::named(name).unwrap().decoded(bytes);
        assert_eq!(text("437", b"\x99sterreich").as_deref(), Some("Österreich"));
        assert_eq!(text("866", b"\x8a\xa8\xe2\xa0\xa9").as_deref(), Some("Китай"));
        assert_eq!(text("1251", b"\xca\xe8\xf2\xe0\xe9").as_deref(), Some("Китай"));
        assert_eq!(text("UTF-8", b"\xca\xe8"), None);
        assert_eq!(escaped(b"K\xcaz"), "K\\xcaz");
        let texts: [&[u8]; 2] =
            [b"\xca\xe0\xe7\xe0\xf5\xf1\xf2\xe0\xed", b"\xd0\xee\xf1\xf1\xe8\xff"];
        assert_eq!(Encoding::detected(texts.into_iter()).name(), "windows-1251");
    }
}
