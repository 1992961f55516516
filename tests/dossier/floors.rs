//! The list of floors in `ARCHITECTURE.md`: no file of `src` imports from a floor above its own.

use std::fs;
use std::path::Path;

use crate::common::repository;

/// The floors of `src` from top to bottom, as the first drawing in `ARCHITECTURE.md` lists them.
/// A line there may name several that share a floor.
fn floors(architecture: &str) -> Vec<Vec<String>> {
    let drawing = architecture.split("```").nth(1).expect("no drawing");
    let floors = drawing.lines().map(|line| {
        let names = line.trim_start_matches(|c: char| !c.is_alphanumeric());
        let names = names.split("  ").next().unwrap_or_default().split([',', ' ']);
        let is_name = |name: &&str| module(&repository("src"), name);
        names.filter(is_name).map(str::to_owned).collect()
    });
    floors.filter(|names: &Vec<String>| !names.is_empty()).collect()
}

fn module(src: &Path, name: &str) -> bool {
    !name.is_empty() && (src.join(name).is_dir() || src.join(format!("{name}.rs")).is_file())
}

/// Each import in a file of the floor `own` from a floor above.
fn upward(floors: &[Vec<String>], own: &str, text: &str) -> Vec<String> {
    let height = |name: &str| floors.iter().position(|names| names.iter().any(|it| it == name));
    let Some(own) = height(own) else { return vec![format!("`{own}` is not in the list")] };
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let imported = code.flat_map(|line| {
        let after = line.match_indices("crate::").map(move |(at, it)| &line[at + it.len()..]);
        after.map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap())
    });
    let above = imported.filter(|name| height(name).is_some_and(|height| height < own));
    above.map(str::to_owned).collect()
}

/// Every file of a directory and of those in it.
pub(crate) fn files(directory: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

#[test]
fn imports_go_down_the_list() {
    let floors = floors(&fs::read_to_string(repository("ARCHITECTURE.md")).unwrap());
    assert!(floors.len() > 10, "{floors:?}");
    let src = repository("src");
    let mut all = Vec::new();
    files(&src, &mut all);
    let mut wrong = Vec::new();
    for path in all {
        let within = path.strip_prefix(&src).unwrap();
        let first = within.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs");
        // These files join all floors, and name the crates below.
        if ["lib", "geodesy", "internal", "io"].contains(&first) {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        wrong.extend(upward(&floors, first, &text).iter().map(|name| format!("{path:?}: {name}")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn an_import_from_above_is_found() {
    let floors = [vec!["report".to_owned()], vec!["line".to_owned(), "quantity".to_owned()]];
    assert_eq!(upward(&floors, "line", "use crate::report::Report;"), ["report"]);
    assert_eq!(upward(&floors, "report", "use crate::line::Line;"), [""; 0]);
    assert_eq!(
        upward(&floors, "line", "//! see crate::report\nuse crate::quantity::Unit;"),
        [""; 0]
    );
    assert_eq!(upward(&floors, "new", ""), ["`new` is not in the list"]);
}
