//! Options and subcommands of the command are named by the command alone: below it a message has a `Setting`, which
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

/// The subcommands of the command, by the headings of the files that have them.
fn subcommands() -> Vec<String> {
    let mut all = Vec::new();
    files(&repository("crates/treatyline-cli/src"), &mut all);
    let heads = all.iter().map(|path| {
        let text = fs::read_to_string(path).unwrap();
        text.lines().take_while(|line| line.starts_with("//!")).collect::<String>()
    });
    let names = heads.flat_map(|head| {
        let after =
            head.match_indices("`treatyline ").map(|(at, it)| head[at + it.len()..].to_owned());
        after.collect::<Vec<_>>()
    });
    names.map(|name| name.split([' ', '`']).next().unwrap_or_default().to_owned()).collect()
}

/// The lines of a file of Rust that name an option or a subcommand, without comments and tests. A
/// text over several lines is one.
fn named(text: &str, subcommands: &[String]) -> Vec<String> {
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
    let names_subcommand = |line: &String| {
        let after = line.match_indices("treatyline ").map(|(at, it)| &line[at + it.len()..]);
        let words = after.map(|rest| rest.split(|c: char| !c.is_ascii_lowercase()).next());
        { words }.flatten().any(|word| subcommands.iter().any(|name| name == word))
    };
    let is_found = |line: &String| (names_option(line) && is_ours(line)) || names_subcommand(line);
    lines.into_iter().filter(is_found).collect()
}

#[test]
fn nothing_of_the_command_is_named_below_it() {
    let subcommands = subcommands();
    assert!(subcommands.len() > 12, "{subcommands:?}");
    let mut found = Vec::new();
    for directory in BELOW {
        let mut all = Vec::new();
        files(&repository(directory), &mut all);
        assert!(all.len() > 4, "{directory}");
        let is_code = |path: &&PathBuf| {
            path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("tests.rs")
        };
        for path in all.iter().filter(is_code) {
            let named = named(&fs::read_to_string(path).unwrap(), &subcommands);
            found.extend(named.into_iter().map(|line| format!("{}: {line}", path.display())));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn an_option_and_a_subcommand_are_found() {
    let subcommands = ["datum".to_owned()];
    for (text, count) in [
        ("let hint = \"raise the limit with --max-bytes\";", 1),
        ("let hint = \"raise the limit \\\n    with --max-bytes\";", 1),
        ("// raise it with --max-bytes\nlet dash = \"--\"; let less = 3 --2;", 0),
        ("let hint = \"gdal_calc.py -A FILE \\\n    --outfile=new.tif\";", 0),
        ("let hint = \"which `treatyline datum` looks for\";", 1),
        ("let hint = \"which treatyline \\\n    datum, looks for\";", 1),
        ("let name = \"the command treatyline data\"; let it = treatyline::datum;", 0),
        ("let hint = 1;\n#[cfg(test)]\nmod tests { const IT: &str = \"--layer\"; }", 0),
    ] {
        assert_eq!(named(text, &subcommands).len(), count, "{text}");
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
