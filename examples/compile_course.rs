//! Compiles `data/china-kazakhstan/course.toml`: what shows, stretch by stretch, what the line
//! of the dossier follows.
//!
//! ```text
//! cargo run --release --example compile_course -- \\
//!     cn_1to4m.geojson cn_1to4m_rivers.geojson globe_30s.tif > course.toml
//! ```
//!
//! Rivers are those that China's map at 1:4,000,000 draws its border along: the runs of that
//! border on the rivers of the same sheet, found within the distance at which the plateau
//! begins, carried over to the dossier's line by nearest places. Ridges and straight edges are
//! the line's own. What is none of them is left out: nothing shows what it follows. Of the
//! three files nothing but chainages is kept.

use std::error::Error;
use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;

use geo::Coord;
use treatyline::Dossier;
use treatyline::course::{Course, Kind, Rivers, Settings, Sides};
use treatyline::io::{DrawnLine, Input, Raster};
use treatyline::problem::Problems;
use treatyline::quantity::Metres;

/// An edge of this length on the map is straight: 5 mm.
const STRAIGHT_ON_MAP_M: f64 = 5e-3;

const METHOD: &str = "Rivers: runs of the border of China's map at 1:4,000,000 along the rivers of \
                      the same map, where the two lie within the distance at which a plateau shows \
                      that they were drawn as one; carried over by nearest places, where the lines \
                      are no more than 1 km apart. Ridges: higher than the ground 2.5 km to both \
                      sides in GLOBE, by more than 20 m from the highest to the lowest. Straight: \
                      edges of 1 km and more. By examples/compile_course.rs, every 100 m.";

/// Compiles the table from the texts of the border and the rivers, and from the relief.
pub fn compile(border: &Input, rivers: &Input, relief: &Input) -> Result<String, Box<dyn Error>> {
    let dossier = Dossier::embedded();
    let border = DrawnLine::read(border)?;
    let scale = border.nominal_scale.ok_or("the border states no nominal_scale")?;
    let mut digests = vec![("cn-1to4m", border.digest.clone())];
    digests.push(("cn-1to4m-rivers", treatyline::io::read(rivers)?.digest));
    let rivers = Rivers::read([rivers.clone()])?;

    let own_scale = Settings::default().straight(Metres::new(scale * STRAIGHT_ON_MAP_M));
    let lines = [border.line];
    let nearness = Course::of(&lines, Some(&rivers), &own_scale);
    let plateau = nearness.nearness().and_then(|it| it.plateau());
    let plateau = plateau.ok_or("border and rivers show no plateau")?;
    let as_one = own_scale.within(plateau.from.distance);
    let runs = Course::of(&lines, Some(&rivers), &as_one).runs_on(&dossier.line, &as_one);

    let mut raster = Raster::open(relief)?;
    let heights = |at: Coord| raster.at(at).map_err(Problems::from);
    let course = Course::of(&[dossier.line.clone()], None, &Settings::default())
        .with_runs(runs.into_iter().map(|it| it.run).collect())
        .with_relief(Sides::default(), heights)?;
    digests.push(("globe", raster.digest().map_err(Problems::from)?));
    Ok(written(&course, &digests))
}

fn written(course: &Course, digests: &[(&str, String)]) -> String {
    let mut text = String::from("# Compiled by examples/compile_course.rs, not edited.\n");
    text.push_str("format = \"treatyline/course-table/v1\"\n");
    let _ = writeln!(text, "method = \"{METHOD}\"");
    text.push_str("# Metres along the line.\nstretches = [\n");
    for it in course.stretches() {
        let shown = match it.kind {
            Kind::River => "river",
            Kind::Ridge => "ridge",
            Kind::Straight => "straight",
            Kind::Valley | Kind::Slope | Kind::Flat | Kind::Unknown => continue,
        };
        let [from, to] = [it.from, it.to].map(|at| (at.value() * 10.0).round() / 10.0);
        let _ = writeln!(text, "[{from:.1}, {to:.1}, \"{shown}\"],");
    }
    text.push_str("]\n");
    for (source, sha256) in digests {
        let _ = write!(text, "\n[[input]]\nsource = \"{source}\"\nsha256 = \"{sha256}\"\n");
    }
    text
}

fn main() -> Result<(), Box<dyn Error>> {
    let paths: Vec<_> = std::env::args_os().skip(1).collect();
    let [border, rivers, relief] = &paths[..] else {
        return Err("name cn_1to4m.geojson, cn_1to4m_rivers.geojson and globe_30s.tif".into());
    };
    let [border, rivers, relief] =
        [border, rivers, relief].map(|path| Input::path(Path::new(path)));
    std::io::stdout().lock().write_all(compile(&border, &rivers, &relief)?.as_bytes())?;
    Ok(())
}
