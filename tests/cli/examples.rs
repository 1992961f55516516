//! The help of every command has an example, and each works as it is printed.

// Windows has no `sh`.
#![cfg(unix)]

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

use assert_cmd::cargo::cargo_bin;

/// Every command with the commands that lead to it: `treatyline`, `treatyline report`.
fn commands() -> Vec<(String, clap::Command)> {
    let whole = treatyline_cli::definition();
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

/// The examples of a command: the indented lines after that word.
fn examples(command: &clap::Command) -> Vec<String> {
    let help = command.get_after_long_help().or(command.get_after_help());
    let help = help.map(ToString::to_string).unwrap_or_default();
    let lines = help.lines().skip_while(|line| !line.starts_with("Example"));
    lines.filter_map(|line| Some(line.strip_prefix("  ")?.to_owned())).collect()
}

/// Runs a line as a shell does.
fn run(line: &str, folder: &Path) {
    let program = cargo_bin("treatyline");
    let path = env::join_paths(
        std::iter::once(program.parent().unwrap().to_owned())
            .chain(env::split_paths(&env::var_os("PATH").unwrap_or_default())),
    );
    let before = files(folder);
    let shell = Command::new("sh")
        .args(["-c", line])
        .env("PATH", path.unwrap())
        .current_dir(folder)
        .output()
        .unwrap();
    // Two sectors of the dossier have no outline, and `measure` says so.
    let stderr = String::from_utf8(shell.stderr).unwrap();
    let other = stderr.lines().find(|said| !said.contains("2 features have no geometry"));
    assert_eq!((shell.status.code(), other), (Some(0), None), "{line}");
    let mut made = files(folder);
    made.retain(|name| !before.contains(name));
    let named = line.split_whitespace().skip_while(|word| !["-o", "new"].contains(word)).nth(1);
    assert_eq!(made, named.map(str::to_owned).into_iter().collect::<Vec<_>>(), "{line}");
    assert!(!made.is_empty() || !shell.stdout.is_empty(), "{line}: nothing came of it");
}

fn files(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    names.map(|name| name.into_string().unwrap()).collect()
}

#[test]
fn every_command_has_an_example_that_works_as_printed() {
    for (name, command) in commands() {
        let examples = examples(&command);
        let its_own = |line: &&String| line.contains(&name);
        assert!(examples.iter().any(|line| its_own(&line)), "{name} --help has no example");
        // One line after the other, in a folder that is empty at first, as a reader would do it.
        let folder = tempfile::tempdir().unwrap();
        for line in examples {
            if !(line.contains("--operation") && cfg!(not(feature = "proj"))) {
                run(&line, folder.path());
            }
        }
    }
}

#[test]
#[should_panic(expected = "nothing came of it")]
fn an_example_that_does_nothing_would_be_noticed() {
    run("true", tempfile::tempdir().unwrap().path());
}

#[test]
#[should_panic(expected = "left == right")]
fn an_example_that_fails_would_be_noticed() {
    run("treatyline measure missing.geojson", tempfile::tempdir().unwrap().path());
}
