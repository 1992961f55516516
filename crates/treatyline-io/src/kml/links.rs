//! Links from a KML to others in the same archive.

use std::collections::BTreeSet;

use super::{FixKind, Format, Reading};
use crate::problem::{Fault, Problem, Problems};

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

impl Reading<'_> {
    /// Follows the links that lead to files of the same archive.
    pub(super) fn follow(&mut self) -> Result<(), Problems> {
        let own = self.loaded.member.as_ref().map(|member| member.name.clone());
        let mut seen: BTreeSet<String> = own.into_iter().collect();
        while let Some(link) = self.links.pop_front() {
            let Some(file) = self.target(&link) else {
                self.leave_out(link.href, "");
                continue;
            };
            if !seen.insert(file.clone()) {
                self.leave_out(link.href, ", which has been read already");
                continue;
            }
            let bytes = self.linked(&file)?;
            if Format::from_binary(&bytes) == Some(Format::Archive) {
                self.leave_out(link.href, ", an archive within the archive");
                continue;
            }
            let text = String::from_utf8(bytes).map_err(|error| {
                let offset = error.utf8_error().valid_up_to();
                self.loaded.problem(&file, Fault::NotUtf8 { offset })
            })?;
            let stem = file.rsplit('/').next().unwrap_or_default().trim_end_matches(".kml");
            let layer = link.name.unwrap_or_else(|| stem.to_owned());
            self.layers.insert(layer.clone());
            self.folders = vec![Some(layer)];
            self.base = file.rsplit_once('/').map_or_else(String::new, |(base, _)| base.to_owned());
            self.document(&text, &file)?;
        }
        Ok(())
    }

    /// Counts a link that is not followed.
    fn leave_out(&mut self, href: String, why: &str) {
        self.gather.fix(FixKind::LinkNotFollowed, "", Some(format!("to `{href}`{why}")));
        let why = if why.is_empty() { ", which is not followed" } else { why };
        self.unfollowed.get_or_insert_with(|| format!("`{href}`{why}"));
    }

    /// The file in the archive that a link leads to.
    fn target(&self, link: &Link) -> Option<String> {
        let member = self.loaded.member.as_ref()?;
        link.paths().iter().find_map(|path| member.archive.named(path)).cloned()
    }

    fn linked(&self, file: &str) -> Result<Vec<u8>, Problem> {
        let Some(member) = &self.loaded.member else { return Ok(Vec::new()) };
        member.archive.bytes(self.loaded, file)
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
