//! The README's table of features: each of the command's, and whether it is on by default.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::common::repository;

/// Each feature, and whether it is on by default.
type Features = BTreeMap<String, bool>;

/// As the manifest has them; features that a default feature includes are also on.
fn declared(manifest: &str) -> Features {
    let manifest: toml::Table = manifest.parse().unwrap();
    let features = manifest["features"].as_table().unwrap();
    let brings = |name: &str| {
        let list = features[name].as_array().unwrap().iter();
        list.filter_map(|it| it.as_str().filter(|it| features.contains_key(*it)))
    };
    let (mut on, mut next) = (BTreeSet::new(), vec!["default"]);
    while let Some(name) = next.pop() {
        if on.insert(name) {
            next.extend(brings(name));
        }
    }
    let names = features.keys().filter(|name| *name != "default");
    names.map(|name| (name.clone(), on.contains(name.as_str()))).collect()
}

/// As the table under the heading "Features" has them.
fn printed(readme: &str) -> Features {
    let (_, section) = readme.split_once("\n## Features\n").expect("no section on features");
    let section = section.split("\n## ").next().unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    let cells = rows.map(|row| row.split('|').map(str::trim).collect::<Vec<_>>());
    let each = cells.flat_map(|cells| {
        let is_on = match cells[2] {
            "yes" => true,
            "no" => false,
            other => panic!("{} is neither yes nor no: {other}", cells[1]),
        };
        let names = cells[1].split(", ").map(|name| name.trim_matches('`').to_owned());
        names.map(move |name| (name, is_on)).collect::<Vec<_>>()
    });
    each.collect()
}

#[test]
fn the_readme_has_every_feature() {
    let read = |name| fs::read_to_string(repository(name)).unwrap();
    assert_eq!(printed(&read("README.md")), declared(&read("crates/treatyline-cli/Cargo.toml")));
}

#[test]
fn archive_was_missing() {
    let manifest = "[features]\ndefault = [\"kml\"]\nkml = [\"archive\"]\narchive = [\"dep:zip\"]\n\
                    parquet = []\n";
    let table =
        |rows: &str| printed(&format!("\n## Features\n\n{rows}\n## More\n| `x` | no | |\n"));
    let whole = table("| `kml`, `archive` | yes | both |\n| `parquet` | no | that |\n");
    assert_eq!(whole, declared(manifest));
    for wrong in [
        "| `kml` | yes | one |\n| `parquet` | no | that |\n",
        "| `kml`, `archive` | yes | both |\n| `parquet` | yes | that |\n",
        "| `kml`, `archive`, `zip` | yes | all |\n| `parquet` | no | that |\n",
    ] {
        assert_ne!(table(wrong), declared(manifest), "{wrong}");
    }
}
