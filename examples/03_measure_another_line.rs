//! 3. Another data set's line, measured by the same dossier: segment ends are located
//!    on it and it is cut there.
//!
//! ```text
//! cargo run --example 03_measure_another_line [FILE.geojson]
//! ```

use std::error::Error;
use std::path::Path;

use treatyline::Dossier;
use treatyline::check::Study;
use treatyline::dossier::{Depiction, Resolution};
use treatyline::internal::wording::km;
use treatyline::io::Input;

/// Seven points of the line and nothing between them.
const COARSE: &str = r#"{"type": "LineString", "coordinates": [
    [87.286, 49.116], [85.54, 47.99], [83.0, 47.1], [82.5, 45.2], [80.4, 44.6], [80.5, 43.8],
    [80.17, 42.21]]}"#;

fn main() -> Result<(), Box<dyn Error>> {
    let source = match std::env::args_os().nth(1) {
        Some(path) => Input::path(Path::new(&path)),
        None => Input::bytes("seven points", COARSE.as_bytes()),
    };
    let dossier = Dossier::embedded();
    let depiction = Depiction::locate(dossier, &source, Some(500.0))?;
    let located = depiction.joints().iter().filter(|joint| joint.located).count();
    println!(
        "{}: {located} of {} segment ends located",
        depiction.title(),
        depiction.joints().len()
    );

    let study = Study::builder(dossier).line(depiction).build();
    let total = study.measurement().total(Resolution::Full);
    println!("length {}", km(total.value(), 1));
    if let Some(finding) = study.check().get("length/total") {
        println!("{finding}");
    }
    Ok(())
}
