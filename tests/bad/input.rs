//! Files that cannot be read are refused: by name, with what to do about it.

use std::fs;
use std::path::Path;

use crate::common::FILES;
use crate::refusal::{refused, refused_dossier, refused_values, texts, thinned};

/// The thinned dossier in a directory where something happens to one file.
fn refused_file(file: &str, case: &str, change: impl FnOnce(&Path), says: &[&str]) {
    let directory = thinned().directory();
    let path = directory.path().join(file);
    change(&path);
    let case = format!("{file}: {case}");
    let arguments = ["check", "--dossier", directory.path().to_str().unwrap()];
    let message = refused(&case, &arguments, b"", says);
    assert!(message.starts_with(&format!("treatyline: {}: ", path.display())), "{case}: {message}");
}

/// The thinned dossier with a whole file of something else.
fn refused_text(file: &str, text: &str, says: &[&str]) {
    let case = format!("{file} is {text:.40}");
    refused_dossier(&case, &thinned().with_file(file, text), file, says);
}

#[test]
fn a_dossier_that_is_not_there_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let missing = directory.path().join("nowhere");
    let missing = missing.to_str().unwrap();
    for command in [&["report"][..], &["check"], &["export", "points"], &["points"]] {
        let arguments = [command, &["--dossier", missing]].concat();
        let says = &[missing, "there is no such", "check the path"];
        refused(&arguments.join(" "), &arguments, b"", says);
    }
}

#[test]
fn a_file_instead_of_a_dossier_is_refused() {
    let directory = thinned().directory();
    let file = directory.path().join("dossier.toml");
    let file = file.to_str().unwrap();
    let says = &[file, "this is a file, a directory is wanted", "name the directory that holds"];
    refused("--dossier FILE", &["check", "--dossier", file], b"", says);
}

#[test]
fn each_of_the_six_files_must_be_there() {
    for file in FILES {
        let remove = |path: &Path| fs::remove_file(path).unwrap();
        refused_file(file, "missing", remove, &["there is no such file", "check the path"]);
    }
}

#[test]
fn an_empty_directory_lacks_six_files() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().to_str().unwrap();
    let says = &["dossier.toml: there is no such file", "(and 5 more problems)"];
    refused("empty directory", &["check", "--dossier", path], b"", says);
}

#[test]
fn a_directory_instead_of_a_file_is_refused() {
    for file in FILES {
        let replace = |path: &Path| {
            fs::remove_file(path).unwrap();
            fs::create_dir(path).unwrap();
        };
        refused_file(file, "directory", replace, &["this is a directory, a file is wanted"]);
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let forbid =
        |path: &Path| fs::set_permissions(path, fs::Permissions::from_mode(0o000)).unwrap();
    let probe = tempfile::NamedTempFile::new().unwrap();
    forbid(probe.path());
    if fs::read(probe.path()).is_ok() {
        eprintln!("skipped: this user may read every file");
        return;
    }
    let says = &["cannot be read: ", "check the permissions"];
    for file in FILES {
        refused_file(file, "forbidden", forbid, says);
    }
    let path = probe.path().to_str().unwrap();
    refused("--line", &["check", "--line", path], b"", &[path, says[0], says[1]]);
}

#[test]
fn an_empty_file_is_refused() {
    for file in FILES {
        for text in ["", " \n\t\r\n", "\u{feff}", "\u{feff}\n"] {
            refused_text(file, text, &["the file is empty; give it content"]);
        }
    }
}

#[test]
fn bytes_that_are_not_utf_8_are_refused() {
    for (file, text) in texts() {
        let at = text.find("98").unwrap_or(20);
        let write = |path: &Path| {
            let mut bytes = text.clone().into_bytes();
            bytes[at] = 0xff;
            fs::write(path, bytes).unwrap();
        };
        let from = format!("not UTF-8 text from byte {at} on; save it as UTF-8");
        refused_file(file, "Latin-1", write, &[&from]);
        let utf_16: Vec<u8> = text.encode_utf16().take(99).flat_map(u16::to_be_bytes).collect();
        let write = |path: &Path| fs::write(path, [&[0xfe, 0xff], &utf_16[..]].concat()).unwrap();
        refused_file(file, "UTF-16", write, &["not UTF-8 text from byte 0 on"]);
    }
}

#[test]
fn a_file_that_breaks_off_is_refused_with_line_and_column() {
    for (file, text) in texts() {
        // In the middle of JSON, in the last string of TOML.
        let half = (text.len() / 2..).find(|at| text.is_char_boundary(*at)).unwrap();
        let end = if file.ends_with("json") { half } else { text.rfind('"').unwrap() };
        let line = format!(": line {}, column ", text[..end].lines().count());
        let says = if file.ends_with("json") { "it breaks off" } else { "correct it there" };
        refused_text(file, &text[..end], &[&line, says]);
    }
}

#[test]
fn text_that_is_no_toml_is_refused_with_line_and_column() {
    for (file, text) in texts().into_iter().filter(|(file, _)| file.ends_with("toml")) {
        for rubbish in ["rubbish", "rubbish =", "= 1", "[[rubbish", "note = \"a", "{\"type\": 1}"] {
            let line = text.lines().count() + 1;
            let place = format!(": line {line}, column ");
            refused_text(file, &format!("{text}{rubbish}\n"), &[&place, "correct it there"]);
        }
    }
}

#[test]
fn text_that_is_no_geojson_is_refused() {
    let wanted = "a GeoJSON FeatureCollection, Feature or geometry is wanted";
    for file in FILES.into_iter().filter(|file| file.ends_with("json")) {
        for (text, found) in [
            ("[]", "JSON, but no object"),
            ("{}", "an object without a type"),
            (r#"{"type": "Topology", "arcs": []}"#, "an object of type `Topology`"),
            (r#"{"type": "FeatureCollection"}"#, "without a list of features"),
            (r#"{"type": "FeatureCollection", "features": {}}"#, "without a list of features"),
        ] {
            refused_text(file, text, &[found, wanted]);
        }
        let nothing = r#"{"type": "FeatureCollection", "features": [1]}"#;
        refused_text(file, nothing, &["feature 1: not a Feature", "correct it there"]);
        for text in ["format = 1", "42", "null"] {
            refused_text(file, text, &["in no format that can be read"]);
        }
    }
}

#[test]
fn nesting_without_end_is_refused() {
    let brackets = "[".repeat(100_000);
    for (file, text) in texts() {
        if file.ends_with("json") {
            refused_text(file, &brackets, &["line 1, column ", "recursion limit"]);
            let text = format!("{{\"type\": \"FeatureCollection\", \"features\": {brackets}");
            refused_text(file, &text, &["line 1, column ", "recursion limit"]);
        } else {
            refused_text(file, &format!("nest = {brackets}"), &["line 1, column "]);
            refused_text(file, &format!("{text}nest = {}", "{a=".repeat(100_000)), &["line "]);
        }
    }
}

#[test]
fn a_value_of_the_wrong_type_is_refused_with_its_place() {
    let map = "invalid type: map";
    refused_values(&[
        ("dossier.toml", "[line]", "accuracy_m", "\"100\"", &["invalid type: string"]),
        ("dossier.toml", "", "format", "1", &["invalid type: integer `1`, expected a string"]),
        ("dossier.toml", "agreement-1994", "year", "1994.5", &["invalid type: floating point"]),
        ("instruments.toml", "supplement-1997", "signed", "1997", &["invalid type: integer"]),
        ("instruments.toml", "supplement-1997", "signed", "1997-09-24", &["invalid type"]),
        ("instruments.toml", "supplement-1997", "sources", "\"s\"", &["expected a sequence"]),
        ("instruments.toml", "supplement-1997", "sources", "[1]", &["invalid type: integer"]),
        ("figures.toml", "length-total", "printed", "1782.75", &["invalid type: floating point"]),
        ("figures.toml", "length-total", "rounding", "\"0.01\"", &["invalid type: string"]),
        ("figures.toml", "length-total", "between", "[\"a\"]", &["invalid length 1"]),
        ("figures.toml", "closure/shares", "headline", "\"yes\"", &["invalid type: string"]),
        ("segments.geojson", "alkabek", "/properties/medium", "{}", &["in its properties"]),
        ("segments.geojson", "alkabek", "/properties/start_m", "\"0\"", &["invalid type: string"]),
        ("segments.geojson", "alkabek", "/properties/sources", "{}", &[map]),
        ("segments.geojson", "alkabek", "/properties", "7", &["not a Feature"]),
        ("points.geojson", "muztau", "/properties/name", "7", &["invalid type: integer"]),
        ("points.geojson", "tripoint-north", "/properties/published/b", "49.1", &["invalid type"]),
        ("sectors.geojson", "xiaerxili", "/properties/from", "[80]", &["invalid length 1"]),
        ("sectors.geojson", "xiaerxili", "/properties/awards", "[1]", &["expected a map"]),
    ]);
}

#[test]
fn a_line_that_cannot_be_read_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let missing = directory.path().join("line.geojson");
    for (path, says) in [
        (missing.as_path(), ["there is no such file", "check the path"]),
        (directory.path(), ["this is a directory, a file is wanted", "name a file in it"]),
    ] {
        let path = path.to_str().unwrap();
        for command in [&["report"][..], &["check"], &["export", "segments"]] {
            let arguments = [command, &["--line", path]].concat();
            refused(&arguments.join(" "), &arguments, b"", &[path, says[0], says[1]]);
        }
    }
    let says = &["standard input: ", "not UTF-8 text from byte 1 on", "save it as UTF-8"];
    refused("--line -", &["check", "--line", "-"], b"{\xff}", says);
    let picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    let says = &["standard input: this is a picture", "name a file of geodata"];
    refused("a picture", &["measure", "-"], picture, says);
}

#[test]
fn an_accuracy_of_the_line_that_cannot_be_is_refused() {
    let line = crate::common::repository("data/china-kazakhstan/segments.geojson");
    let line = line.to_str().unwrap();
    for (given, printed) in [("0", "0"), ("-0", "-0"), ("nan", "NaN"), ("-5", "-5"), ("inf", "inf")]
    {
        let option = format!("--line-accuracy={given}");
        let printed = format!("--line-accuracy is {printed}; give a positive number of metres");
        refused(&option, &["check", "--line", line, &option], b"", &[&printed]);
    }
}

#[test]
fn several_faults_are_counted_and_the_first_is_named() {
    let both = thinned().plus(
        "figures.toml",
        "[[relation]]\nid = \"A\"\nclaim = \"1 = 1\"\nsays = \"\"\n\
         [[relation]]\nid = \"B\"\nclaim = \"1\"\nsays = \"\"\n",
    );
    let says = &["relation `A`: ", "(and 2 more problems)"];
    refused_dossier("two relations", &both, "figures.toml", says);
}
