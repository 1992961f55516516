//! The help of every command has an example, and each works as it is printed.

// Windows has no `sh`.
#![cfg(all(feature = "cli", unix))]

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

use assert_cmd::cargo::cargo_bin;

/// What people have who follow an example: the files that examples name.
const FILES: [(&str, &str); 5] = [
    ("old.geojson", r#"{"type": "LineString", "coordinates": [[82, 46], [82, 45.5], [82, 45]]}"#),
    (
        "new.geojson",
        r#"{"type": "LineString", "coordinates": [[82, 46], [82.01, 45.5], [82, 45]]}"#,
    ),
    (
        "parks.geojson",
        r#"{"type": "Polygon", "coordinates": [[[82, 45], [82.1, 45], [82, 45.1], [82, 45]]]}"#,
    ),
    (
        "roads.geojson",
        r#"{"type": "Feature", "properties": {"surface": "gravel"},
            "geometry": {"type": "LineString", "coordinates": [[82, 45], [82.1, 45.2]]}}"#,
    ),
    (
        "boundaries.geojson",
        r#"{"type": "Feature", "properties": {"cc1": "FRE", "cc2": "SYL"},
            "geometry": {"type": "LineString", "coordinates": [[82, 45], [82.1, 45.2]]}}"#,
    ),
];

/// Every command with the commands that lead to it: `treatyline`, `treatyline report`.
fn commands() -> Vec<(String, clap::Command)> {
    let whole = treatyline::cli::definition();
    let mut found = Vec::new();
    let mut open = vec![(whole.get_name().to_owned(), whole)];
    while let Some((name, command)) = open.pop() {
        let below = command
            .get_subcommands()
            .map(|below| (format!("{name} {}", below.get_name()), below.clone()));
        open.extend(below);
        found.push((name, command));
    }
    found
}

/// The examples of a command: what stands indented after that word.
fn examples(command: &clap::Command) -> Vec<String> {
    let help = command.get_after_long_help().or(command.get_after_help());
    let help = help.map(ToString::to_string).unwrap_or_default();
    let lines = help.lines().skip_while(|line| !line.starts_with("Example"));
    lines.filter_map(|line| Some(line.strip_prefix("  ")?.to_owned())).collect()
}

/// Runs a line as a shell does, in a folder that has the files; what was left there.
fn run(line: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in FILES {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let program = cargo_bin("treatyline");
    let path = env::join_paths(
        std::iter::once(program.parent().unwrap().to_owned())
            .chain(env::split_paths(&env::var_os("PATH").unwrap_or_default())),
    );
    let shell = Command::new("sh")
        .args(["-c", line])
        .env("PATH", path.unwrap())
        .current_dir(&folder)
        .output()
        .unwrap();
    let stderr = String::from_utf8(shell.stderr).unwrap();
    assert_eq!((shell.status.code(), stderr.as_str()), (Some(0), ""), "{line}");
    let made = written(folder.path());
    assert!(!made.is_empty() || !shell.stdout.is_empty(), "{line}: nothing came of it");
    made
}

/// The files in a folder that were not there before.
fn written(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let names = names.map(|name| name.into_string().unwrap());
    names.filter(|name| !FILES.iter().any(|(given, _)| given == name)).collect()
}

#[test]
fn every_command_has_an_example_that_works_as_printed() {
    for (name, command) in commands() {
        let examples = examples(&command);
        assert!(!examples.is_empty(), "{name} --help has no example");
        for line in examples {
            assert!(line.starts_with(&name), "{name}: {line}");
            if line.contains("--operation") && cfg!(not(feature = "proj")) {
                continue;
            }
            let made = run(&line);
            let named = line.split_whitespace().skip_while(|word| *word != "-o").nth(1);
            assert_eq!(made, named.map(str::to_owned).into_iter().collect::<Vec<_>>(), "{line}");
        }
    }
}

#[test]
#[should_panic(expected = "nothing came of it")]
fn an_example_that_does_nothing_would_be_noticed() {
    run("true");
}

#[test]
#[should_panic(expected = "left == right")]
fn an_example_that_fails_would_be_noticed() {
    run("treatyline compare old.geojson missing.geojson");
}
