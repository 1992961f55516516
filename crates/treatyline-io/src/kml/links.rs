//! Links from a KML to others in the same archive.

/// A link to another file.
#[derive(Default)]
pub(super) struct Link {
    /// The name that the KML gives it.
    pub(super) name: Option<String>,
    pub(super) href: String,
    /// The folder, within the archive, of the file that it is in.
    pub(super) base: String,
}

impl Link {
    /// The paths that it can mean: some programs write the name of a file as it is, others as a URL.
    pub(super) fn paths(&self) -> Vec<String> {
        let plain = self.href.split(['#', '?']).next().unwrap_or_default();
        let hrefs = [self.href.clone(), plain.to_owned(), unescaped(plain)];
        hrefs.iter().filter_map(|href| joined(&self.base, href)).collect()
    }
}

/// A path from a folder of an archive. Its parts are separated by slashes or, in some files, by
/// backslashes. `None` if it leads out of the archive.
fn joined(base: &str, href: &str) -> Option<String> {
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in href.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Decodes the escapes of a URL, such as `%20`. Unchanged if the result is not UTF-8.
fn unescaped(href: &str) -> String {
    let (mut bytes, mut rest) = (Vec::with_capacity(href.len()), href.as_bytes());
    while let [first, after @ ..] = rest {
        let digits = after.get(..2).filter(|two| two.iter().all(u8::is_ascii_hexdigit));
        let digits = digits.and_then(|two| std::str::from_utf8(two).ok());
        let escaped = digits.filter(|_| *first == b'%');
        let byte = escaped.and_then(|two| u8::from_str_radix(two, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| href.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_a_name_or_a_url() {
        let paths = |base: &str, href: &str| {
            Link { base: base.to_owned(), href: href.to_owned(), name: None }.paths()
        };
        assert_eq!(paths("", "my%20layer.kml")[2], "my layer.kml");
        assert_eq!(paths("a/b", "../c/./d.kml#e")[1], "a/c/d.kml");
        assert_eq!(paths("", r"a\b%2.kml?x=%20"), ["a/b%2.kml?x=%20", "a/b%2.kml", "a/b%2.kml"]);
        assert_eq!(paths("", "%D0%9C.kml")[2], "М.kml");
        assert_eq!(paths("", "%ff.kml%")[2], "%ff.kml%");
        assert!(paths("", "../out.kml").is_empty());
    }
}
