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
use treatyline::drawn::DrawnLine;
use treatyline::io::{Input, Raster};
use treatyline::problem::Problems;
use treatyline::quantity::Metres;

const METHOD: &str = "Rivers: runs of the border of China's map at 1:4,000,000 along the rivers of \
                      the same map, where the two lie within the distance at which a plateau shows \
                      that they were drawn as one; carried over by nearest places, where the lines \
                      are no more than 1 km apart. Ridges: higher than the ground 2.5 km to both \
                      sides in GLOBE, by more than 20 m from the highest to the lowest. Straight: \
                      edges of 1 km and more. By examples/compile_course.rs, every 100 m.";

/// The stretch that the text of 1998 describes by heights, metres along the line.
const TEXT_OF_1998: [f64; 2] = [451e3, 480e3];
const PROFILE_STEP_M: f64 = 500.0;
/// Its heights where their place on the line follows from the bearings of the text, to about
/// 2 km; those between are in the text in order, without a place.
const PRINTED: [(&str, f64, f64); 7] = [
    ("height 2741", 452e3, 2741.0),
    ("Chogan-Obo pass", 455.5e3, 2108.0),
    ("15/1", 458.3e3, 2128.0),
    ("15/2", 468e3, 2356.0),
    ("height 2525", 473e3, 2525.0),
    ("height 2596", 477e3, 2596.0),
    ("15/3", 479.5e3, 2503.0),
];

/// Compiles the table from the texts of the border and the rivers, and from the relief.
pub fn compile(border: &Input, rivers: &Input, relief: &Input) -> Result<String, Box<dyn Error>> {
    let dossier = Dossier::embedded();
    let border = DrawnLine::read(border)?;
    let scale = border.nominal_scale.ok_or("the border states no nominal_scale")?;
    let mut digests = vec![("cn-1to4m", border.digest.clone())];
    digests.push(("cn-1to4m-rivers", treatyline::io::read(rivers)?.digest));
    let rivers = Rivers::read([rivers.clone()])?;

    let own_scale = Settings::default().nominal_scale(scale);
    let lines = [border.line];
    let nearness = Course::for_parts(&lines, Some(&rivers), &own_scale);
    let plateau = nearness.nearness().and_then(|it| it.plateau());
    let plateau = plateau.ok_or("border and rivers show no plateau")?;
    let as_one = own_scale.within(plateau.from.distance);
    let runs = Course::for_parts(&lines, Some(&rivers), &as_one).runs_on(dossier.line(), &as_one);

    let mut raster = Raster::open(relief)?;
    let heights = |at: Coord| raster.at(at).map_err(Problems::from);
    let course =
        Course::for_parts(std::slice::from_ref(dossier.line()), None, &Settings::default())
            .with_runs(runs.into_iter().map(|it| it.run).collect())
            .with_relief(Sides::default(), heights)?;
    digests.push(("globe", raster.digest().map_err(Problems::from)?));
    let [from_m, to_m] = TEXT_OF_1998;
    let mut heights_m = Vec::new();
    for i in 0..=((to_m - from_m) / PROFILE_STEP_M) as u32 {
        let at = dossier.line().at(Metres::new(from_m + f64::from(i) * PROFILE_STEP_M));
        let height_m = raster.at(at).map_err(Problems::from)?;
        heights_m.push(height_m.ok_or("the relief does not cover the text of 1998")?);
    }
    Ok(written(&course, &digests, &heights_m))
}

fn written(course: &Course, digests: &[(&str, String)], heights_m: &[f64]) -> String {
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
    text.push_str(&profile(heights_m));
    text
}

fn profile(heights_m: &[f64]) -> String {
    let heights: Vec<String> = heights_m.iter().map(|m| format!("{m:.0}.0")).collect();
    let printed: Vec<String> =
        PRINTED.iter().map(|(name, at_m, m)| format!("[\"{name}\", {at_m:.1}, {m:.1}]")).collect();
    format!(
        "\n[[profile]]\ntitle = \"The ridge from point 15 to 15/3\"\ntext = \"supplement-1998\"\n\
         relief = \"globe\"\nfrom_m = {:.1}\nstep_m = {PROFILE_STEP_M:.1}\nheights_m = [{}]\n\
         printed = [\n{},\n]\nnote = \"{NOTE}\"\n",
        TEXT_OF_1998[0],
        heights.join(", "),
        printed.join(",\n"),
    )
}

const NOTE: &str = "The places of the printed heights were found by this very likeness and by the \
                    bearings of the text, so it confirms that the text can lie here and is no test \
                    of the line.";

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
