//! Shared by several tests: dossiers with one thing changed.

// Each test binary uses its own part of this, and only of this.
#![allow(dead_code, unreachable_pub)]

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use treatyline::Dossier;
use treatyline::problem::Problems;

/// The files of a dossier, in the order they are read.
pub const FILES: [&str; 6] = [
    "dossier.toml",
    "instruments.toml",
    "figures.toml",
    "segments.geojson",
    "points.geojson",
    "sectors.geojson",
];

/// Endings of the formats that need a feature, and whether this build reads them.
pub const FORMATS: [(&str, bool); 8] = [
    ("topojson", cfg!(feature = "topojson")),
    ("shp", cfg!(feature = "shapefile")),
    ("fgb", cfg!(feature = "flatgeobuf")),
    ("gpkg", cfg!(feature = "geopackage")),
    ("kml", cfg!(feature = "kml")),
    ("kmz", cfg!(feature = "kml")),
    ("wkt", cfg!(feature = "wkt")),
    ("parquet", cfg!(feature = "geoparquet")),
];

/// A path in this repository.
pub fn repository(path: &str) -> PathBuf {
    // Tests of the command belong to a package further down.
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let top = package.ancestors().find(|folder| folder.join("Cargo.lock").is_file());
    top.unwrap_or(package).join(path)
}

/// A dossier of this repository, with changes to its texts.
#[derive(Clone)]
pub struct Variant(Vec<String>);

impl Variant {
    /// The small made-up dossier that passes every check.
    pub fn freedonia() -> Self {
        Self::from_directory("tests/data/freedonia")
    }

    /// The China–Kazakhstan dossier.
    pub fn embedded() -> Self {
        Self::from_directory("data/china-kazakhstan")
    }

    /// The Norway–Russia boundary, which is all at sea.
    pub fn at_sea() -> Self {
        Self::from_directory("data/norway-russia-sea")
    }

    fn from_directory(directory: &str) -> Self {
        let read = |file| fs::read_to_string(repository(directory).join(file)).unwrap();
        Self(FILES.map(read).to_vec())
    }

    /// With every occurrence of a text replaced; it must occur.
    pub fn with(mut self, file: &str, from: &str, to: &str) -> Self {
        let at = FILES.iter().position(|name| *name == file).unwrap();
        assert!(self.0[at].contains(from), "{file} does not contain {from}");
        self.0[at] = self.0[at].replace(from, to);
        self
    }

    /// With a whole file replaced.
    pub fn with_file(mut self, file: &str, text: &str) -> Self {
        let at = FILES.iter().position(|name| *name == file).unwrap();
        self.0[at] = text.to_owned();
        self
    }

    /// With text added at the end of a file.
    pub fn plus(mut self, file: &str, text: &str) -> Self {
        let at = FILES.iter().position(|name| *name == file).unwrap();
        self.0[at].push_str(text);
        self
    }

    /// Read and validated.
    pub fn read(&self) -> Result<Dossier, Problems> {
        let texts: Vec<&str> = self.0.iter().map(String::as_str).collect();
        Dossier::from_texts("variant", texts.try_into().unwrap())
    }

    /// Written to a directory of its own, for the command line.
    pub fn directory(&self) -> tempfile::TempDir {
        let directory = tempfile::tempdir().unwrap();
        for (file, text) in FILES.iter().zip(&self.0) {
            fs::write(directory.path().join(file), text).unwrap();
        }
        directory
    }
}

/// The `treatyline` command, in the repository's own folder.
pub fn treatyline() -> Command {
    let mut command = Command::cargo_bin("treatyline").unwrap();
    command.current_dir(repository(""));
    command
}

/// A source line that users of the project do not have; `None`, said on standard
/// error, where it is not there.
pub fn shared(path: &str) -> Option<PathBuf> {
    let found = repository("../shared").join(path);
    if found.exists() {
        return Some(found);
    }
    eprintln!("skipped: what needs {path}, which is not part of this repository");
    None
}
