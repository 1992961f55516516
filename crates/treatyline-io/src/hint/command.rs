//! Commands in hints, so that they work as they are printed.

use std::path::Path;

/// A hint with the file's name for each `FILE` in it, written for a shell. If the
/// input is no file but, for example, standard input, the word stays.
pub(super) fn with_file(hint: &str, file: &str) -> String {
    if !hint.contains(WORD) {
        return hint.to_owned();
    }
    match as_gdal_reads(file) {
        Some(name) => replaced(hint, &quoted(&name)),
        None => hint.to_owned(),
    }
}

const WORD: &str = "FILE";

/// A file's name for GDAL, which reads compressed files and files in archives by prefixes.
fn as_gdal_reads(file: &str) -> Option<String> {
    let path = Path::new(file);
    if path.exists() {
        let is_gzip = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("gz"));
        return Some(if is_gzip { format!("/vsigzip/{file}") } else { file.to_owned() });
    }
    // A file in an archive is named by both.
    let archive = path.ancestors().skip(1).find(|above| above.is_file());
    archive.map(|_| format!("/vsizip/{file}"))
}

/// The text with a name for each `FILE` that is a word by itself.
fn replaced(hint: &str, name: &str) -> String {
    let is_in_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut text = String::with_capacity(hint.len() + name.len());
    let mut rest = hint;
    while let Some(at) = rest.find(WORD) {
        let (before, after) = (&rest[..at], &rest[at + WORD.len()..]);
        let is_word = !before.ends_with(is_in_word) && !after.starts_with(is_in_word);
        text.push_str(before);
        text.push_str(if is_word { name } else { WORD });
        rest = after;
    }
    text + rest
}

/// A name as one word of a shell.
fn quoted(name: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+,:@%=".contains(c);
    let name = if name.starts_with('-') { format!("./{name}") } else { name.to_owned() };
    if name.chars().all(is_plain) { name } else { format!("'{}'", name.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_names_the_file() {
        let hint = "convert it: ogr2ogr new.gpkg FILE, not PROFILE";
        let directory = tempfile::tempdir().unwrap();
        for (name, word) in [
            ("plain.shp", "plain.shp"),
            ("two words.shp", "'two words.shp'"),
            ("it's.shp", r"'it'\''s.shp'"),
            ("границы.shp", "границы.shp"),
        ] {
            let path = directory.path().join(name);
            std::fs::write(&path, "").unwrap();
            let folder = directory.path().display().to_string();
            let expected = match word.strip_prefix('\'') {
                Some(rest) => format!("'{folder}/{rest}"),
                None => format!("{folder}/{word}"),
            };
            let found = with_file(hint, &path.display().to_string());
            assert_eq!(found, format!("convert it: ogr2ogr new.gpkg {expected}, not PROFILE"));
        }
        let zip = directory.path().join("plain.shp/inner.shp").display().to_string();
        assert!(with_file(hint, &zip).contains(&format!("/vsizip/{zip}, ")));
        let gz = directory.path().join("x.geojson.gz");
        std::fs::write(&gz, "").unwrap();
        let gz = gz.display().to_string();
        assert!(with_file(hint, &gz).contains(&format!("/vsigzip/{gz}, ")));
    }

    #[test]
    fn what_is_no_file_leaves_the_word() {
        for hint in ["convert it: ogr2ogr new.gpkg FILE", "unpack it, and name a file in it"] {
            assert_eq!(with_file(hint, "standard input"), hint);
        }
        assert_eq!(quoted("-x.shp"), "./-x.shp");
    }
}
