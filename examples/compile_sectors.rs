//! Compiles what `data/china-kazakhstan/sectors.geojson` says of land that moved: the
//! polygons and areas between older depictions of the boundary and its line.
//!
//! ```text
//! cargo run --release --example compile_sectors -- \
//!     dcw_1992.geojson wdb2.geojson cn_1to4m.geojson > sectors.geojson
//! ```
//!
//! Each sector that has `from` and `to` is looked at by itself: line and depiction are cut
//! at the points nearest to those two, and the faces between the two stretches are the
//! land on another side. A face counts where it is wider than both lines are uncertain.
//! Areas are uncertain by both accuracies, as far as the depiction leaves the line.
//!
//! `dossier.toml` says whose claim a depiction draws, and where. Of the depictions of one
//! party's claim a sector gets areas only where all of them leave the line to the gain of
//! the same party. Polygons are those of the first depiction, which is drawn at the larger
//! scale; their coordinates are rounded to 5 decimals like the line's. Of the other two
//! nothing but areas is kept: one is coarser, the other has no licence. Everything else in
//! the file stays as it is. Nothing is fitted to a published area.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write;
use std::path::Path;

use geo::{Coord, LineString, Polygon};
use serde_json::{Value, json};
use treatyline::Dossier;
use treatyline::compare::{Land, Track};
use treatyline::drawn::DrawnLine;
use treatyline::internal::dossier::Transfer;
use treatyline::io::{CheckedFeature, Input, NewFeature, Shape, geojson, read};
use treatyline::line::{Line, Side};
use treatyline::quantity::Metres;

/// The file that is completed.
const SECTORS: &str = include_str!("../data/china-kazakhstan/sectors.geojson");
/// Decimals of a degree, as for the line.
const DECIMALS: i32 = 5;
/// Areas are kept to a hectare: all are uncertain by square kilometres.
const KEPT_M2: f64 = 1e4;

/// An older depiction, with the key it has in the bibliography.
struct Older {
    key: &'static str,
    drawn: DrawnLine,
    accuracy: Metres,
}

/// Reads one and turns it to run like the dossier's line: what is gained on which side
/// depends on it.
fn older(key: &'static str, source: &Input, now: &Line) -> Result<Older, Box<dyn Error>> {
    let mut drawn = DrawnLine::read(source)?;
    let [start, end] = [drawn.line.start(), drawn.line.end()].map(|at| now.locate(at).chainage);
    if start > end {
        drawn.line = drawn.line.reversed();
    }
    let accuracy = drawn.accuracy().ok_or_else(|| format!("{key} states no nominal_scale"))?;
    Ok(Older { key, drawn, accuracy: accuracy.within })
}

/// What moved in one sector by one depiction.
struct Moved {
    transfer: Transfer,
    /// Who gained more.
    gainer: Side,
    polygons: Vec<Polygon>,
}

fn stretch(line: &Line, ends: [Coord; 2]) -> Result<Line, Box<dyn Error>> {
    let [from, to] = ends.map(|end| line.locate(end).chainage);
    Ok(line.cut(from, to)?)
}

fn moved(dossier: &Dossier, older: &Older, ends: [Coord; 2]) -> Result<Moved, Box<dyn Error>> {
    let uncertainty = older.accuracy + Metres::new(dossier.line_facts().accuracy_m);
    let was = stretch(&older.drawn.line, ends)?;
    let now = stretch(dossier.line(), ends)?;
    let land = Land::between(&Track::new(&was), &Track::new(&now), uncertainty);
    let [left, right] = land.gains.map(|gain| gain.significant.area.value());
    let gainer = if left >= right { Side::Left } else { Side::Right };
    let kept = |area_m2: f64| (area_m2 / KEPT_M2).round() * KEPT_M2;
    let gains_m2: BTreeMap<String, f64> = [(Side::Left, left), (Side::Right, right)]
        .into_iter()
        .filter(|(_, area_m2)| *area_m2 > 0.0)
        .map(|(side, area_m2)| (dossier.party_on(side).id.clone(), kept(area_m2)))
        .collect();
    // Where the two run together nothing is counted, neither as land nor as uncertain.
    let apart: Metres = land.significant().map(|face| face.to - face.from).sum();
    let within_m2 = kept(uncertainty.value() * apart.value());
    let faces = land.significant().filter(|face| face.gains == gainer);
    Ok(Moved {
        transfer: Transfer { source: older.key.to_owned(), gains_m2, within_m2 },
        gainer,
        polygons: faces.map(|face| rounded(&face.polygon)).collect(),
    })
}

/// What the depictions of one party's claim show of a sector; nothing unless all of them
/// leave the line to the gain of the same party.
fn agreed(
    dossier: &Dossier,
    depictions: &[&Older],
    ends: [Coord; 2],
) -> Result<Vec<Moved>, Box<dyn Error>> {
    let mut found = Vec::new();
    for older in depictions {
        found.push(moved(dossier, older, ends)?);
    }
    let same = found.windows(2).all(|pair| pair[0].gainer == pair[1].gainer);
    let sound = same && found.iter().all(|moved| !moved.polygons.is_empty());
    Ok(if sound { found } else { Vec::new() })
}

fn rounded(polygon: &Polygon) -> Polygon {
    let unit = 10_f64.powi(DECIMALS);
    let round = |ring: &LineString| {
        let mut corners: Vec<Coord> = ring
            .0
            .iter()
            .map(|c| Coord { x: (c.x * unit).round() / unit, y: (c.y * unit).round() / unit })
            .collect();
        corners.dedup();
        LineString(corners)
    };
    Polygon::new(round(polygon.exterior()), polygon.interiors().iter().map(round).collect())
}

fn end(feature: &CheckedFeature, name: &str) -> Option<Coord> {
    let pair = feature.properties.get(name)?.as_array()?;
    Some(Coord { x: pair.first()?.as_f64()?, y: pair.get(1)?.as_f64()? })
}

/// Completes one sector.
fn completed(
    dossier: &Dossier,
    depictions: &[Older],
    feature: CheckedFeature,
) -> Result<NewFeature, Box<dyn Error>> {
    let id = feature.id.clone().ok_or("a sector without an id")?;
    let mut properties = feature.properties.clone();
    for computed in ["transfers", "evidence", "accuracy_m"] {
        properties.shift_remove(computed);
    }
    let mut shape = Shape::None;
    if let (Some(from), Some(to)) = (end(&feature, "from"), end(&feature, "to")) {
        let mut found = Vec::new();
        for party in dossier.parties() {
            let drawn = |older: &&Older| dossier.claimant(older.key, &id) == Some(&party.id);
            let older: Vec<&Older> = depictions.iter().filter(drawn).collect();
            found.extend(agreed(dossier, &older, [from, to])?);
        }
        // As they were named, whatever claim they draw.
        let place =
            |moved: &Moved| depictions.iter().position(|older| older.key == moved.transfer.source);
        found.sort_by_key(place);
        if !found.is_empty() {
            let transfers: Vec<&Transfer> = found.iter().map(|moved| &moved.transfer).collect();
            properties.insert("transfers".to_owned(), serde_json::to_value(transfers)?);
            properties.insert("evidence".to_owned(), json!("inferred"));
        }
        let first = &depictions[0];
        if let Some(outlined) = found.into_iter().find(|it| it.transfer.source == first.key) {
            let accuracy = first.accuracy.value() + dossier.line_facts().accuracy_m;
            properties.insert("accuracy_m".to_owned(), json!(accuracy));
            shape = Shape::Polygons(outlined.polygons);
        }
    }
    Ok(NewFeature { id, shape, properties })
}

/// Completes the file from the texts of three depictions.
pub fn compile(dcw: &Input, wdb2: &Input, china: &Input) -> Result<String, Box<dyn Error>> {
    let dossier = Dossier::embedded();
    let now = dossier.line();
    let depictions =
        [older("dcw-1992", dcw, now)?, older("wdb2", wdb2, now)?, older("cn-1to4m", china, now)?];
    let sectors = read(&Input::bytes("sectors.geojson", SECTORS.as_bytes()))?;
    let mut features = Vec::new();
    for feature in sectors.features {
        features.push(completed(dossier, &depictions, feature)?);
    }
    let mut members = sectors.members;
    members.insert(
        "method".to_owned(),
        Value::from(
            "Polygons and transfers: the land between older depictions and the line where these \
             leave it by more than the lines are uncertain, by examples/compile_sectors.rs. They \
             are not outlines of what was in dispute.",
        ),
    );
    let mut text = Vec::new();
    geojson::write(&mut text, &members, &features)?;
    Ok(String::from_utf8(text)?)
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut paths = std::env::args_os().skip(1);
    let mut next = || paths.next().map(|path| Input::path(Path::new(&path)));
    let (Some(dcw), Some(wdb2), Some(china)) = (next(), next(), next()) else {
        let wanted = "dcw_1992.geojson, wdb2.geojson and cn_1to4m.geojson";
        return Err(format!("name three depictions, {wanted}").into());
    };
    let text = compile(&dcw, &wdb2, &china)?;
    std::io::stdout().lock().write_all(text.as_bytes())?;
    Ok(())
}
