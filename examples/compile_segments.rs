//! Compiles `data/china-kazakhstan/segments.geojson` from a line of the US
//! Department of State and the table below.
//!
//! ```text
//! cargo run --example compile_segments -- us_state.geojson > segments.geojson
//! ```
//!
//! The line is cut at the vertices nearest the ends in the table, each piece is
//! thinned so that no vertex dropped lies more than 1 m from the edge that replaces
//! it, and coordinates are rounded to 5 decimals, about 1 m. Both follow from the
//! line's accuracy of ±100 m, at which finer detail would be noise, and neither was
//! ever chosen by the length that results. The table says where each number in it
//! comes from; the line itself is not part of the project.

use std::error::Error;
use std::io::Write;
use std::path::Path;

use geo::Coord;
use serde_json::{Map, Value, json};
use treatyline::dossier::{Evidence, Medium, SegmentFacts};
use treatyline::io::Source;
use treatyline::io::{CheckedFeature, NewFeature, Shape, geojson};
use treatyline::line::{Line, simplify};
use treatyline::quantity::Metres;

/// Thinning distance: the same as the rounding of the coordinates.
const THINNED_AT_M: f64 = 1.0;
/// Decimals of a degree: 1.1 m in latitude.
const DECIMALS: i32 = 5;

/// The ends at published coordinates are taken from here.
const POINTS: &str = include_str!("../data/china-kazakhstan/points.geojson");

/// Where a segment ends.
enum End {
    /// At this distance along the source line, read off it to the kilometre.
    Km(f64),
    /// Where the source line passes a point of the dossier.
    Point(&'static str),
    /// At the source line's first vertex but one: the tripoint agreements fix the
    /// end points and nothing beyond them.
    SecondVertex,
    /// At its last vertex but one.
    LastButOne,
    /// At its last vertex.
    Last,
}

/// A row of the table: a segment up to its end.
struct Row {
    id: &'static str,
    end: End,
    instrument: &'static str,
    points: Option<&'static str>,
    medium: Medium,
    evidence: Evidence,
    stretch: Option<&'static str>,
    /// Beside the source line and the author's own work.
    sources: &'static [&'static str],
    /// Uncertainty of the segment's start along the line.
    start_m: f64,
    note: &'static str,
}

/// How far an end read off the shape of the line may be out: where a river's dense
/// bends begin can be said to about 3 km.
const READ_OFF_M: f64 = 3000.0;
/// An end at a published coordinate, given to 1″ or thereabouts.
const LOCATED_M: f64 = 500.0;

const fn land(id: &'static str, end: End, evidence: Evidence, note: &'static str) -> Row {
    Row {
        id,
        end,
        instrument: "agreement-1994",
        points: None,
        medium: Medium::Land,
        evidence,
        stretch: None,
        sources: &["agreement-1994"],
        start_m: READ_OFF_M,
        note,
    }
}

const fn river(
    id: &'static str,
    end: End,
    evidence: Evidence,
    sources: &'static [&'static str],
    note: &'static str,
) -> Row {
    Row { medium: Medium::River, sources, ..land(id, end, evidence, note) }
}

const BETWEEN_RIVERS: &str = "No source describes this stretch; taken as land because nothing in \
                              the line suggests water.";
const STRAIGHT: &str = "Long straight edges, as between boundary markers.";
const WINDING: &str = "Taken as a stream from the shape of the line alone: vertices are dense and \
                       wind strongly. No source names it.";
const END_FROM_DEPICTIONS: &str = "The ends are inferred from where depictions made before 1994 \
                                   leave the line.";

/// The line from north to south. Distances along the source line: the project's own
/// reading of it.
const TABLE: &[Row] = &{
    use End::{Km, Last, LastButOne, Point, SecondVertex};
    use Evidence::{HistoricalInstrument, Inferred, Morphology, ReferenceWork, TreatyText};
    [
        Row {
            instrument: "tripoint-1999-05",
            sources: &["tripoint-1999-05"],
            start_m: 0.0,
            ..land(
                "tripoint-north",
                SecondVertex,
                TreatyText,
                "The agreement fixes the end of the \
                line; the first edge of the source line stands for it.",
            )
        },
        Row {
            start_m: 100.0,
            ..land(
                "south-altai",
                Km(43.0),
                Inferred,
                "Watershed from the tripoint to the source of \
                the Ak-Kaba.",
            )
        },
        Row {
            stretch: Some("ak-kaba"),
            start_m: 10_000.0,
            ..river(
                "ak-kaba",
                Point("kara-kaba-mouth"),
                HistoricalInstrument,
                &["vostlit-38", "baihaba-travel"],
                "The protocol of 1883 follows the Ak-Kaba from its source to the mouth of the \
                 Kara-Kaba, and travellers describe it as the border river today; that the \
                 agreement of 1994 keeps this line is inferred. The upper end is uncertain.",
            )
        },
        Row { start_m: LOCATED_M, ..land("below-kara-kaba", Km(143.0), Morphology, STRAIGHT) },
        river("stream-48-48", Km(168.0), Morphology, &["agreement-1994"], WINDING),
        land("before-alkabek", Km(190.0), Morphology, STRAIGHT),
        Row {
            points: Some("8–9"),
            stretch: Some("alkabek"),
            ..river(
                "alkabek",
                Km(291.0),
                ReferenceWork,
                &["zhwiki-alkabek"],
                "From point 8 down the Alkabek to the Irtysh. That the stretch ends at point 9 is \
                 inferred.",
            )
        },
        land(
            "irtysh-south",
            Km(338.0),
            Morphology,
            "A short stretch up the Irtysh in the line of \
            1883, then long straight edges as between boundary markers. The part along the Irtysh \
            cannot be told apart and is counted as land.",
        ),
        river("stream-47-40", Km(390.0), Morphology, &["agreement-1994"], WINDING),
        land("saur", Km(492.0), Inferred, BETWEEN_RIVERS),
        Row {
            instrument: "supplement-1998",
            points: Some("15–16"),
            sources: &["supplement-1998"],
            ..land(
                "chogan-obo",
                Km(518.0),
                TreatyText,
                "The text describes the ridge from 15 over \
                15/1 and 15/2 to 15/3; the rest to 16 could not be read. The ends are inferred \
                from where depictions made before 1994 leave the line.",
            )
        },
        land("after-16", Km(520.0), Inferred, BETWEEN_RIVERS),
        river("stream-47-00-east", Km(577.0), Morphology, &["agreement-1994"], WINDING),
        land("tarbagatay", Km(713.0), Inferred, BETWEEN_RIVERS),
        river("stream-47-02", Km(737.0), Morphology, &["agreement-1994"], WINDING),
        land("emel-to-alashankou", Km(960.0), Morphology, STRAIGHT),
        land("before-48", Km(1004.0), Inferred, BETWEEN_RIVERS),
        Row {
            instrument: "supplement-1998",
            points: Some("48–49"),
            sources: &["supplement-1998"],
            ..land("xiaerxili", Km(1052.0), Inferred, END_FROM_DEPICTIONS)
        },
        land("alatau", Km(1345.0), Inferred, BETWEEN_RIVERS),
        Row {
            stretch: Some("khorgos"),
            ..river(
                "khorgos-upper",
                Km(1411.0),
                ReferenceWork,
                &["dewiki-qorghas"],
                "The Khorgos is described as the border from below its source lake to the Ili.",
            )
        },
        land(
            "khorgos-gap",
            Km(1413.0),
            Inferred,
            "A straight piece at the crossing within the \
            course of the Khorgos; not documented as water.",
        ),
        Row {
            stretch: Some("khorgos"),
            ..river(
                "khorgos-lower",
                Point("khorgos-mouth"),
                ReferenceWork,
                &["dewiki-qorghas"],
                "The Khorgos down to its mouth into the Ili.",
            )
        },
        Row { start_m: LOCATED_M, ..land("ili", Km(1520.0), Morphology, STRAIGHT) },
        land("ketmen", Km(1616.0), Inferred, BETWEEN_RIVERS),
        Row {
            stretch: Some("sumbe"),
            ..river(
                "sumbe",
                Km(1641.0),
                ReferenceWork,
                &["zhwiki-sumbe"],
                "The Sumbe is described as the border from the mouth of the Halabulak to the Tekes.",
            )
        },
        Row {
            stretch: Some("tekes"),
            ..river(
                "tekes",
                Km(1712.0),
                ReferenceWork,
                &["ruwiki-tekes"],
                "The Tekes is described as running along the border.",
            )
        },
        land("narynkol-plain", Km(1725.0), Morphology, STRAIGHT),
        Row {
            stretch: Some("narynkol"),
            ..river(
                "narynkol",
                Km(1750.0),
                HistoricalInstrument,
                &["vostlit-40"],
                "The protocols of 1882 name the Narynkol gorge; that the line of today follows the \
                 river is inferred.",
            )
        },
        land(
            "to-69",
            Point("height-6146"),
            Inferred,
            "Ends at the height 6146.0, which stands for \
            point 69: that point could not be placed.",
        ),
        Row {
            instrument: "supplement-1997",
            points: Some("69–71"),
            sources: &["supplement-1997"],
            ..land(
                "khan-tengri",
                LastButOne,
                TreatyText,
                "The ridge from 69 over 70 (6570) to 71, \
                Khan Tengri. The start is inferred: the text places point 69 nowhere that could be \
                found on a map, so the segment begins at the height 6146.0.",
            )
        },
        Row {
            instrument: "tripoint-1999-08",
            sources: &["tripoint-1999-08"],
            start_m: 100.0,
            ..land(
                "tripoint-south",
                Last,
                TreatyText,
                "The agreement fixes the end of the line; the \
                last edge of the source line stands for it.",
            )
        },
    ]
};

/// The vertex a segment ends at.
fn vertex(end: &End, line: &Line, points: &[CheckedFeature]) -> Result<usize, Box<dyn Error>> {
    let last = line.vertices().len() - 1;
    let chainage = match end {
        End::SecondVertex => return Ok(1),
        End::LastButOne => return Ok(last - 1),
        End::Last => return Ok(last),
        End::Km(km) => Metres::from_km(*km),
        End::Point(id) => {
            let found = points.iter().find(|point| point.id.as_deref() == Some(*id));
            let Some(Shape::Point(place)) = found.map(|point| &point.shape) else {
                return Err(format!("points.geojson places no `{id}`").into());
            };
            line.locate(*place).chainage
        }
    };
    let off = |i: &usize| (line.chainages()[*i] - chainage).abs().value();
    let nearest = (0..=last).min_by(|a, b| off(a).total_cmp(&off(b)));
    nearest.ok_or_else(|| "the line has no vertices".into())
}

fn round(c: &Coord) -> Coord {
    let unit = 10_f64.powi(DECIMALS);
    Coord { x: (c.x * unit).round() / unit, y: (c.y * unit).round() / unit }
}

/// A piece of the line as the dossier keeps it.
fn thinned(path: &[Coord]) -> Vec<Coord> {
    let mut path: Vec<Coord> = simplify(path, THINNED_AT_M).iter().map(round).collect();
    path.dedup();
    path
}

fn facts(row: &Row) -> SegmentFacts {
    let own = ["state-department-lines", "own-work"];
    SegmentFacts {
        instrument: row.instrument.to_owned(),
        points: row.points.map(str::to_owned),
        medium: row.medium,
        evidence: row.evidence,
        stretch: row.stretch.map(str::to_owned),
        sources: row.sources.iter().chain(&own).map(|key| (*key).to_owned()).collect(),
        accuracy_m: 100.0,
        start_m: row.start_m,
        note: Some(row.note.to_owned()),
    }
}

/// Compiles the segments from the text of the source line.
pub fn compile(source: &Source) -> Result<String, Box<dyn Error>> {
    let shapes: Vec<_> = geojson::read(source)?.features.into_iter().map(|f| f.shape).collect();
    let [Shape::Lines(lines)] = &shapes[..] else {
        return Err("the source must hold one LineString".into());
    };
    let line = Line::new(lines.concat())?;
    let points = geojson::read(&Source::new("points.geojson", POINTS)?)?.features;
    let mut features = Vec::new();
    let mut from = 0;
    for row in TABLE {
        let to = vertex(&row.end, &line, &points)?;
        let piece = line.vertices().get(from..=to).ok_or("the table runs backwards")?;
        let Value::Object(properties) = serde_json::to_value(facts(row))? else {
            return Err("segment facts are an object".into());
        };
        features.push(NewFeature {
            id: row.id.to_owned(),
            shape: Shape::Lines(vec![thinned(piece)]),
            properties,
        });
        from = to;
    }
    Ok(geojson::write(&members(), &features))
}

fn members() -> Map<String, Value> {
    let members = json!({
        "title": "China–Kazakhstan boundary, by instrument and medium, north to south",
        "licence": "CC BY (Quattroshapes, Who's On First: attribution required); the State \
                    Department original is in the public domain",
        "attribution": "Line: US Department of State, via Quattroshapes and Who's On First \
                        (whosonfirst-data-admin-kz, 85632307-alt-quattroshapes). Segments: the \
                        treatyline project.",
        "method": "Cut at vertices, thinned at 1 m, rounded to 5 decimals by \
                   examples/compile_segments.rs.",
    });
    match members {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args_os().nth(1).ok_or("name the source line, us_state.geojson")?;
    let source = Source::read(Path::new(&path))?;
    std::io::stdout().lock().write_all(compile(&source)?.as_bytes())?;
    Ok(())
}
