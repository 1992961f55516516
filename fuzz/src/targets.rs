//! What is fuzzed: every reader, and the loader of dossiers. Whatever the bytes are, there
//! is an answer; and what was read, written and read again is the same.
//!
//! The same file is part of `tests/formats/fuzz_corpus.rs`, which needs no fuzzer.

use std::fs;

use geo::Coord;
use treatyline::Dossier;
use treatyline::io::problem::{Explain, Fault, Problems};
use treatyline::io::{
    CheckedFeature, DataSet, Decimals, Format, Input, Layer, LayerFormat, NewFeature, Raster,
    geojson, read,
};

use super::law::holds;

/// A target: its name, and what it does with bytes.
pub(crate) type Target = (&'static str, fn(&[u8]));

/// All of them.
pub(crate) const TARGETS: [Target; 14] = [
    ("geojson", |bytes| named("x.geojson", bytes)),
    ("topojson", |bytes| named("x.topojson", bytes)),
    ("kml", |bytes| named("x.kml", bytes)),
    ("gpx", |bytes| named("x.gpx", bytes)),
    ("wkt", |bytes| named("x.wkt", bytes)),
    ("csv", |bytes| named("x.csv", bytes)),
    ("esri", |bytes| named("x.json", bytes)),
    ("archive", |bytes| named("x.zip", bytes)),
    ("flatgeobuf", |bytes| named("x.fgb", bytes)),
    ("geopackage", |bytes| named("x.gpkg", bytes)),
    ("geoparquet", |bytes| named("x.parquet", bytes)),
    ("shapefile", shapefile),
    ("dossier", dossier),
    ("raster", raster),
];

/// Reads bytes as a file of this name.
fn named(name: &str, bytes: &[u8]) {
    answered(&limited(Input::bytes(name, bytes)));
}

/// No input that is worth trying is larger when it is read.
fn limited(input: Input) -> Input {
    input.with_limit(16 << 20)
}

fn answered(input: &Input) {
    match read(input) {
        Ok(data) => {
            same_in_its_format(&data);
            same_again(data);
        }
        Err(problems) => is_said(&problems, input.name()),
    }
}

/// A problem names the file first and has a text and a hint.
fn is_said(problems: &Problems<impl Explain>, name: &str) {
    for problem in problems.all() {
        assert!(problem.file.contains(name), "{problem}");
        let hint = problem.fault.hint().to_string();
        assert!(!problem.fault.to_string().is_empty() && !hint.is_empty());
    }
}

/// The law in the format of the data, where it is written too; of well-known text, in a
/// column of a table.
fn same_in_its_format(data: &DataSet) {
    let format = match data.format {
        Format::GeoJson => LayerFormat::Geojsonl,
        Format::FlatGeobuf => LayerFormat::Flatgeobuf,
        Format::GeoPackage => LayerFormat::Geopackage,
        Format::Kml => LayerFormat::Kml,
        Format::GeoParquet => LayerFormat::Geoparquet,
        Format::Wkt => LayerFormat::Csv,
        _ => return,
    };
    let mut features = written(data.features.clone());
    for (number, feature) in features.iter_mut().enumerate() {
        feature.id = format!("feature {number}");
    }
    if features.is_empty() {
        return;
    }
    let layer = Layer::new("again", features).with_members(data.members.clone());
    // What is called as the format likes may have another name, or be left out.
    holds(&layer, format, Decimals::Full, false);
}

/// The law: what is read from what was written is what was written.
fn same_again(data: DataSet) {
    let text = |members, features| {
        let mut text = Vec::new();
        geojson::write(&mut text, members, &written(features)).expect("memory takes any text");
        String::from_utf8(text).expect("text")
    };
    let once = text(&data.members, data.features);
    let again = read(&Input::bytes("again", once.as_bytes()));
    let again = again.unwrap_or_else(|problems| panic!("{problems}: {once}"));
    assert_eq!(text(&again.members, again.features), once);
}

fn written(features: Vec<CheckedFeature>) -> Vec<NewFeature> {
    features
        .into_iter()
        .map(|feature| NewFeature {
            id: feature.id.unwrap_or_default(),
            shape: feature.shape,
            properties: feature.properties,
        })
        .collect()
}

/// A `.shp`, and behind what its header says is its end, a `.dbf`.
fn shapefile(bytes: &[u8]) {
    let words = bytes.get(24..28).and_then(|four| four.try_into().ok()).map(u32::from_be_bytes);
    let length = words.map_or(bytes.len(), |words| (words as usize).saturating_mul(2));
    let (shapes, table) = bytes.split_at(length.min(bytes.len()));
    let directory = tempfile::tempdir().expect("a place for files");
    let path = directory.path().join("x.shp");
    let system =
        "GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563]]]";
    fs::write(&path, shapes).expect("written");
    fs::write(path.with_extension("prj"), system).expect("written");
    if !table.is_empty() {
        fs::write(path.with_extension("dbf"), table).expect("written");
    }
    answered(&limited(Input::path(&path)));
}

/// The six texts of a dossier, apart by lines of `=====`.
fn dossier(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut texts = [""; 6];
    for (text, part) in texts.iter_mut().zip(text.split("=====\n")) {
        *text = part;
    }
    match Dossier::from_texts("x", texts) {
        // A dossier that is sound has a line.
        Ok(dossier) => assert!(dossier.line().length().value() > 0.0),
        Err(problems) => is_said(&problems, "x"),
    }
}

/// A GeoTIFF, asked for heights all over its extent. A height is one that can be on the Earth.
fn raster(bytes: &[u8]) {
    let input = limited(Input::bytes("x.tif", bytes));
    let mut raster = match Raster::open(&input) {
        Ok(raster) => raster,
        Err(problems) => return is_said(&problems, "x.tif"),
    };
    let (from, extent) = (raster.extent().min(), raster.extent());
    for step in 0..=40 {
        let share = f64::from(step) / 40.0;
        let x = from.x + share * extent.width();
        let y = from.y + (share * 7.0).fract() * extent.height();
        match raster.at(Coord { x, y }) {
            Ok(Some(height)) => assert!((-12_000.0..=9_000.0).contains(&height), "{height}"),
            Ok(None) => {}
            // What follows may be sound.
            Err(problem) => is_said(&Problems::<Fault>::from(problem), "x.tif"),
        }
    }
    assert_eq!(raster.digest().expect("bytes").len(), 64);
}
