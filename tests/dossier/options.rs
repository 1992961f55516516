//! Options of the command are named by the command alone: below it a message has a `Setting`, which
//! is called what it is called in the library, until a program names it otherwise.

use std::fs;
use std::path::{Path, PathBuf};

use crate::common::repository;
use crate::floors::files;
use treatyline::io::{Input, Setting, read};

/// What is below the command.
const BELOW: [&str; 5] = [
    "src",
    "crates/treatyline-geodesy/src",
    "crates/treatyline-crs/src",
    "crates/treatyline-io/src",
    "crates/treatyline-pages/src",
];

/// Programs of others, whose options a hint may name.
const OTHERS: [&str; 1] = ["gdal_calc.py"];

/// The lines of a file of Rust that name an option, without comments and tests. A text over several
/// lines is one.
fn options(text: &str) -> Vec<String> {
    let code = text.split("mod tests {").next().unwrap_or_default();
    let code = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let mut lines = vec![String::new()];
    for line in code {
        let last = lines.last_mut().unwrap();
        last.push_str(line.trim_end_matches('\\').trim_start());
        if !line.ends_with('\\') {
            lines.push(String::new());
        }
    }
    let names_option = |line: &String| {
        let after = line.match_indices("--").map(|(at, dashes)| &line[at + dashes.len()..]);
        { after }.any(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()))
    };
    let is_ours = |line: &String| !OTHERS.iter().any(|program| line.contains(program));
    lines.into_iter().filter(names_option).filter(is_ours).collect()
}

#[test]
fn no_option_is_named_below_the_command() {
    let mut found = Vec::new();
    for directory in BELOW {
        let mut all = Vec::new();
        files(&repository(directory), &mut all);
        assert!(all.len() > 4, "{directory}");
        let is_code = |path: &&PathBuf| {
            path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("tests.rs")
        };
        for path in all.iter().filter(is_code) {
            let options = options(&fs::read_to_string(path).unwrap());
            found.extend(options.into_iter().map(|line| format!("{}: {line}", path.display())));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn an_option_is_found() {
    for (text, count) in [
        ("let hint = \"raise the limit with --max-bytes\";", 1),
        ("let hint = \"raise the limit \\\n    with --max-bytes\";", 1),
        ("// raise it with --max-bytes\nlet dash = \"--\"; let less = 3 --2;", 0),
        ("let hint = \"gdal_calc.py -A FILE \\\n    --outfile=new.tif\";", 0),
        ("let hint = 1;\n#[cfg(test)]\nmod tests { const IT: &str = \"--layer\"; }", 0),
    ] {
        assert_eq!(options(text).len(), count, "{text}");
    }
}

/// Whether the lists of public items have an item of this name.
fn is_public(item: &str) -> bool {
    let mut lists = Vec::new();
    files(&repository("docs/public-api"), &mut lists);
    let has_it = |list: &PathBuf| {
        let text = fs::read_to_string(list).unwrap();
        let mut items = text.split(|c: char| !c.is_alphanumeric() && !"_:".contains(c));
        items.any(|public| public.trim_end_matches(':').ends_with(&format!("::{item}")))
    };
    lists.iter().any(has_it)
}

#[test]
fn settings_are_named_by_the_library() {
    for setting in Setting::ALL {
        let (name, assigned) = (setting.to_string(), setting.with("VALUE").to_string());
        assert!(!name.contains("--") && !assigned.contains("--"), "{assigned}");
        assert!(!name.contains("::") || is_public(&name), "{name} is not public");
    }
    assert!(is_public("Input::with_layer") && !is_public("Input::with_lay"));
    let line = r#"{"type": "LineString", "coordinates": [[80, 45], [81, 45]]}"#;
    let input = || Input::bytes("line.geojson", line.as_bytes());
    let layer = Some("x".to_owned());
    let nowhere = Input::path(Path::new("no/such/file"));
    for (input, says) in [
        (input().with_layer(layer), "leave Input::with_layer out"),
        (input().with_limit(9), "raise the limit with Input::with_limit"),
        (nowhere, "check the path"),
    ] {
        let said = read(&input).unwrap_err().to_string();
        assert!(said.ends_with(says), "{said}");
    }
}
