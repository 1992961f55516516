//! The dossiers that are shipped: what is built in is what is in their directories.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::common::repository;
use treatyline::Dossier;

/// The directories below `data`, by name.
fn directories() -> BTreeSet<String> {
    let named = |entry: fs::DirEntry| entry.file_name().into_string().unwrap();
    fs::read_dir(repository("data")).unwrap().map(|entry| named(entry.unwrap())).collect()
}

/// All files in a directory and those in it.
fn files(directory: &Path) -> Vec<PathBuf> {
    let paths = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn each_directory_of_data_is_a_shipped_dossier_of_that_name() {
    let names: BTreeSet<_> = Dossier::shipped_names().map(str::to_owned).collect();
    assert_eq!(names, directories());
}

#[test]
fn what_is_built_in_is_what_is_in_the_directory() {
    for name in Dossier::shipped_names() {
        let (shipped, directory) = (Dossier::shipped(name).unwrap(), repository("data").join(name));
        let read = Dossier::read(&directory).unwrap();
        assert_eq!(shipped.digest(), read.digest(), "{name}");
        let manifest = fs::read_to_string(directory.join("dossier.toml")).unwrap();
        let id: toml::Table = toml::from_str(&manifest).unwrap();
        assert_eq!(id["id"].as_str(), Some(name));
    }
}

/// A package without one of them would not compile; one that is not built in would be lost.
#[test]
fn each_file_of_a_dossier_is_built_in() {
    for name in directories() {
        let directory = repository("data").join(&name);
        let library = fs::read_to_string(directory.join("lib.rs")).unwrap();
        for file in files(&directory) {
            let file = file.strip_prefix(&directory).unwrap().to_str().unwrap();
            let is_data = file.ends_with(".toml") || file.ends_with(".geojson");
            let named = format!("(\"{file}\", include_str!(\"{file}\"))");
            assert!(
                !is_data || file == "Cargo.toml" || library.contains(&named),
                "{name}/{file} is not in lib.rs"
            );
        }
    }
}

#[test]
fn a_dossier_is_known_by_its_name_alone() {
    assert!(Dossier::shipped("data/chad-libya").is_none());
    let [twice, own] = [Dossier::shipped("china-kazakhstan").unwrap(), Dossier::embedded()];
    assert!(std::ptr::eq(twice, own), "one dossier, read once");
}
