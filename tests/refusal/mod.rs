//! Checks of commands that must be refused, and dossiers with one wrong value.

// Each test binary uses its own part of this, and only of this.
#![allow(dead_code, unreachable_pub)]

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::common::{FILES, Variant, repository, treatyline};

/// In place of a value: it is taken away.
pub const GONE: &str = "";

/// Runs a command that must be refused, without `-o` and with it: it says the same, and no trace of
/// a file is left.
pub fn refused(case: &str, arguments: &[&str], stdin: &[u8], says: &[&str]) -> String {
    let message = refused_once(case, arguments, stdin, says);
    let directory = tempfile::tempdir().unwrap();
    let output = directory.path().join("output");
    let with_output = [arguments, &["-o", output.to_str().unwrap()]].concat();
    assert_eq!(refused_once(case, &with_output, stdin, says), message, "{case}: with -o");
    assert_eq!(names(directory.path()), [""; 0], "{case}: something was left behind");
    message
}

/// Runs a command that must be refused: exit code 2, nothing on standard output, one line on
/// standard error that says all of `says` and what to do about it.
pub fn refused_once(case: &str, arguments: &[&str], stdin: &[u8], says: &[&str]) -> String {
    let run = treatyline().args(arguments).write_stdin(stdin).output().unwrap();
    let stderr = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(2), "{case}: {stderr}");
    assert!(run.stdout.is_empty(), "{case}: standard output is not empty");
    let message = stderr.strip_suffix('\n').unwrap();
    assert!(message.starts_with("treatyline: "), "{case}: {message}");
    assert!(!message.contains(char::is_control), "{case}: more than one line: {message:?}");
    assert!(!message.contains("panicked"), "{case}: {message}");
    assert!(message.contains("; "), "{case}: what to do about it is not said: {message}");
    for what in says {
        assert!(message.contains(what), "{case}: `{what}` is not said: {message}");
    }
    message.to_owned()
}

/// The names in a directory.
pub fn names(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// Checks a dossier that must be refused for something in one of its files. Output is not opened
/// before a dossier is read, whatever is wrong with it: `a_dossier_that_is_refused_leaves_no_file`.
pub fn refused_dossier(case: &str, variant: &Variant, file: &str, says: &[&str]) -> String {
    let directory = variant.directory();
    let path = directory.path().join(file);
    let begin = format!("treatyline: {}: ", path.display());
    let arguments = ["check", "--dossier", directory.path().to_str().unwrap()];
    let message = refused_once(case, &arguments, b"", says);
    assert!(message.starts_with(&begin), "{case}: {file} is not named first: {message}");
    message
}

/// One wrong value: its file, the entry it is in (an id, a `[table]`, or nothing for the file
/// itself), its key or JSON pointer, how it is written, and the words of the message.
pub type Wrong<'a> = (&'a str, &'a str, &'a str, &'a str, &'a [&'a str]);

/// Each of these values, alone in an otherwise sound dossier, is refused by name.
pub fn refused_values(cases: &[Wrong<'_>]) {
    for (file, entry, key, raw, says) in cases {
        let case = format!("{file}, {entry}, {key} = {raw:.60}");
        let message = refused_dossier(&case, &changed(file, entry, key, raw), file, says);
        let renamed = matches!(*key, "id" | "key" | "/id");
        let placed = message.contains(if renamed { raw.trim_matches('"') } else { entry })
            || (message.contains(": line ") && message.contains(", column "));
        assert!(placed, "{case}: the place is not named: {message}");
    }
}

/// The China–Kazakhstan dossier with the line of each segment straightened: as many
/// facts, read in no time.
pub fn thinned() -> Variant {
    let mut segments = parsed("segments.geojson");
    for segment in features(&mut segments) {
        let path = segment["geometry"]["coordinates"].as_array_mut().unwrap();
        path.drain(1..path.len() - 1);
    }
    Variant::embedded().with_file("segments.geojson", &segments.to_string())
}

/// The thinned dossier with one value changed, added or taken away.
pub fn changed(file: &str, entry: &str, key: &str, raw: &str) -> Variant {
    if file.ends_with(".toml") {
        let text = fs::read_to_string(data(file)).unwrap();
        return thinned().with_file(file, &set_toml(&text, entry, key, raw));
    }
    let marked = |features: &mut Vec<Value>| {
        let feature = features.iter_mut().find(|feature| feature["id"] == entry).unwrap();
        set_json(feature, key, raw);
    };
    let text = with_features(file, marked);
    thinned().with_file(file, &text.replace(&Value::from(MARK).to_string(), raw))
}

/// A file of the thinned dossier with its features changed.
pub fn with_features(file: &str, change: impl FnOnce(&mut Vec<Value>)) -> String {
    let directory = thinned().directory();
    let text = fs::read_to_string(directory.path().join(file)).unwrap();
    let mut collection: Value = serde_json::from_str(&text).unwrap();
    change(features(&mut collection));
    collection.to_string()
}

/// Each text of the China–Kazakhstan dossier, with its name.
pub fn texts() -> [(&'static str, String); 6] {
    FILES.map(|file| (file, fs::read_to_string(data(file)).unwrap()))
}

/// What is written where a value belongs that JSON cannot hold.
const MARK: &str = "the value under test";

fn data(file: &str) -> std::path::PathBuf {
    repository("data/china-kazakhstan").join(file)
}

fn parsed(file: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(data(file)).unwrap()).unwrap()
}

fn features(collection: &mut Value) -> &mut Vec<Value> {
    collection["features"].as_array_mut().unwrap()
}

fn set_json(feature: &mut Value, pointer: &str, raw: &str) {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    match feature.pointer_mut(parent).unwrap() {
        Value::Object(object) if raw == GONE => assert!(object.shift_remove(key).is_some()),
        Value::Object(object) => drop(object.insert(key.to_owned(), MARK.into())),
        Value::Array(list) => list[key.parse::<usize>().unwrap()] = MARK.into(),
        other => panic!("{pointer} leads into {other}"),
    }
}

fn set_toml(text: &str, entry: &str, key: &str, raw: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    let field = |line: &str| line.split_once('=').map(|(key, _)| key.trim().to_owned());
    let named = |line: &str| {
        let named =
            line.split_once('=').is_some_and(|(_, name)| name.trim().trim_matches('"') == entry);
        named && matches!(field(line).as_deref(), Some("id" | "key"))
    };
    let begin = match entry {
        "" => 0,
        table if table.starts_with('[') => 1 + lines.iter().position(|l| *l == table).unwrap(),
        _ => {
            let at = lines.iter().position(|line| named(line)).unwrap();
            1 + lines[..at].iter().rposition(|line| line.starts_with('[')).unwrap()
        }
    };
    let ends = lines[begin..].iter().position(|line| line.starts_with('['));
    let end = ends.map_or(lines.len(), |length| begin + length);
    let at = lines[begin..end].iter().position(|line| field(line).as_deref() == Some(key));
    let line = format!("{key} = {raw}");
    match at {
        Some(at) if raw == GONE => drop(lines.remove(begin + at)),
        Some(at) => lines[begin + at] = &line,
        None => lines.insert(begin, &line),
    }
    lines.join("\n") + "\n"
}
