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
use treatyline::dossier::{Evidence, Follows, Medium, SegmentFacts};
use treatyline::io::{CheckedFeature, Input, NewFeature, Shape, geojson, read};
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
    course: Follows,
    /// Strongest first.
    evidence: &'static [Evidence],
    stretch: Option<&'static str>,
    /// With the source line and the author's own work.
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
/// An end carried over from China's map: the two lines are 1 km apart there at most.
const CARRIED_OVER_M: f64 = 1000.0;

const fn land(
    id: &'static str,
    end: End,
    course: Follows,
    evidence: &'static [Evidence],
    note: &'static str,
) -> Row {
    Row {
        id,
        end,
        instrument: "agreement-1994",
        points: None,
        medium: Medium::Land,
        course,
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
    evidence: &'static [Evidence],
    sources: &'static [&'static str],
    note: &'static str,
) -> Row {
    Row { medium: Medium::River, sources, ..land(id, end, Follows::River, evidence, note) }
}

const NOT_DESCRIBED: &str = "No source describes this stretch; taken as land because nothing \
                             shows water.";
const RIDGE: &str = "No text describes this stretch. Most of it is higher than the ground 2.5 km to \
                     both sides in the elevation model GLOBE: taken as land on a watershed.";
const STRAIGHT: &str = "Long straight edges, as between boundary markers.";

/// The line from north to south. Distances along the source line: those of rivers are the
/// runs of China's map at 1:4,000,000, carried over; others are the project's own reading.
const TABLE: &[Row] = &{
    use End::{Km, Last, LastButOne, Point, SecondVertex};
    use Evidence::{
        Encyclopaedia, HistoricalInstrument, Hydrography, Inferred, Morphology, ReferenceWork,
        Relief, TreatyText,
    };
    use Follows::{Straight, Unknown, Watershed};
    [
        Row {
            instrument: "tripoint-1999-05",
            sources: &["tripoint-1999-05"],
            start_m: 0.0,
            ..land(
                "tripoint-north",
                SecondVertex,
                Watershed,
                &[TreatyText],
                "The agreement fixes the end of the line; its first edge is taken for it.",
            )
        },
        Row {
            start_m: 100.0,
            ..land(
                "south-altai",
                Km(25.0),
                Watershed,
                &[Relief, Inferred],
                "From the tripoint, which lies on the watershed, to where China's map lets the \
                 boundary meet the Ak-Kaba.",
            )
        },
        Row {
            stretch: Some("ak-kaba"),
            start_m: CARRIED_OVER_M,
            ..river(
                "ak-kaba",
                Point("kara-kaba-mouth"),
                &[Hydrography, HistoricalInstrument],
                &["vostlit-38", "cn-1to4m", "cn-1to4m-rivers", "baihaba-travel"],
                "The protocol of 1883 follows the Ak-Kaba from its source to the mouth of the \
                 Kara-Kaba, travellers describe it as the border river today, and China's map at \
                 1:4,000,000 draws the boundary along it; its upper end is that map's.",
            )
        },
        Row {
            start_m: LOCATED_M,
            ..land("below-kara-kaba", Km(144.7), Straight, &[Morphology], STRAIGHT)
        },
        Row {
            stretch: Some("belezek"),
            start_m: CARRIED_OVER_M,
            ..river(
                "belezek",
                Km(168.6),
                &[Hydrography, Morphology],
                &["cn-1to4m", "cn-1to4m-rivers"],
                "China's map at 1:4,000,000 draws the boundary along the Belezek.",
            )
        },
        Row {
            start_m: CARRIED_OVER_M,
            ..land("before-alkabek", Km(192.0), Straight, &[Morphology], STRAIGHT)
        },
        Row {
            points: Some("8–9"),
            stretch: Some("alkabek"),
            start_m: CARRIED_OVER_M,
            ..river(
                "alkabek",
                Km(291.4),
                &[ReferenceWork, Hydrography],
                &["zhwiki-alkabek", "cn-1to4m", "cn-1to4m-rivers"],
                "From point 8 down the Alkabek to the Irtysh, by an encyclopaedia that quotes the \
                 agreement and a reference work; China's map at 1:4,000,000 draws the boundary \
                 along it. That the stretch ends at point 9 is inferred.",
            )
        },
        Row {
            start_m: CARRIED_OVER_M,
            ..land(
                "irtysh-south",
                Km(337.4),
                Straight,
                &[Morphology],
                "A short stretch up the Irtysh in the line of 1883, then long straight edges as \
                 between boundary markers. The part along the Irtysh cannot be told apart and is \
                 counted as land.",
            )
        },
        land("before-ulasty", Km(356.0), Unknown, &[Inferred], NOT_DESCRIBED),
        Row {
            stretch: Some("ulken-ulasty"),
            start_m: CARRIED_OVER_M,
            ..river(
                "ulken-ulasty",
                Km(405.2),
                &[Hydrography, Morphology],
                &["cn-1to4m", "cn-1to4m-rivers", "trend-maykapchagay"],
                "China's map at 1:4,000,000 draws the boundary along the Ulken-Ulasty, which \
                 Kazakhstan's foreign ministry, by the press, calls a border river at \
                 Maykapchagay.",
            )
        },
        Row {
            start_m: CARRIED_OVER_M,
            ..land("saur", Km(451.0), Watershed, &[Relief, Inferred], RIDGE)
        },
        Row {
            instrument: "supplement-1998",
            points: Some("15–15/3"),
            sources: &["supplement-1998"],
            start_m: 2000.0,
            ..land(
                "chogan-obo",
                Km(480.0),
                Watershed,
                &[TreatyText, Relief, Inferred],
                "The ridge from 15 over 15/1 and 15/2 to 15/3 as the text describes it. Its place \
                 on the line is inferred: here the bearings and the heights of the text fit, to \
                 about 2 km, and nowhere else.",
            )
        },
        Row {
            instrument: "supplement-1998",
            points: Some("15/3–16"),
            sources: &["supplement-1998"],
            start_m: 2000.0,
            ..land(
                "after-15-3",
                Km(518.0),
                Unknown,
                &[Inferred],
                "The text from 15/3 to 16 could not be read. The end is inferred from where \
                 depictions made before 1998 leave the line.",
            )
        },
        Row {
            sources: &["agreement-1994", "globe"],
            ..land(
                "ridge-47-00",
                Km(577.0),
                Watershed,
                &[Relief],
                "No text describes this stretch, and the line winds like a river; but in GLOBE nearly \
                 all of it is higher than the ground 2.5 km to both sides.",
            )
        },
        Row {
            sources: &["agreement-1994", "globe"],
            ..land("tarbagatay", Km(713.0), Watershed, &[Relief], RIDGE)
        },
        river(
            "stream-47-02",
            Km(737.0),
            &[Morphology],
            &["agreement-1994"],
            "Taken as a stream from the shape of the line alone: vertices are dense and wind \
             strongly. No source names it, and neither rivers nor relief show one.",
        ),
        land("emel-alashankou", Km(960.0), Straight, &[Morphology], STRAIGHT),
        land("before-48", Km(1004.0), Unknown, &[Inferred], NOT_DESCRIBED),
        Row {
            instrument: "supplement-1998",
            points: Some("48–49"),
            sources: &["supplement-1998"],
            ..land(
                "xiaerxili",
                Km(1052.0),
                Unknown,
                &[Inferred],
                "The text for these points could not be read. The ends are inferred from where \
                 depictions made before 1998 leave the line.",
            )
        },
        land("alatau", Km(1311.7), Watershed, &[Relief, Inferred], RIDGE),
        Row {
            stretch: Some("khorgos"),
            start_m: CARRIED_OVER_M,
            ..river(
                "khorgos-upper",
                Km(1345.0),
                &[Hydrography],
                &["cn-1to4m", "cn-1to4m-rivers"],
                "China's map at 1:4,000,000 draws the boundary along the Khorgos from above the \
                 lake Kazankol.",
            )
        },
        Row {
            stretch: Some("khorgos"),
            ..river(
                "khorgos",
                Point("khorgos-mouth"),
                &[Hydrography, Encyclopaedia],
                &["dewiki-qorghas", "cn-1to4m", "cn-1to4m-rivers"],
                "The Khorgos is described as the border from below its source lake to the Ili, and \
                 drawn so by China's map at 1:4,000,000.",
            )
        },
        Row { start_m: LOCATED_M, ..land("ili", Km(1520.0), Straight, &[Morphology], STRAIGHT) },
        land("ketmen", Km(1616.0), Watershed, &[Relief, Inferred], RIDGE),
        Row {
            stretch: Some("sumbe"),
            ..river(
                "sumbe",
                Km(1646.8),
                &[ReferenceWork],
                &["zhwiki-sumbe"],
                "The Sumbe is described as the border from the mouth of the Halabulak to the Tekes, \
                 by an encyclopaedia that quotes a reference work.",
            )
        },
        Row {
            stretch: Some("tekes"),
            start_m: CARRIED_OVER_M,
            ..river(
                "tekes",
                Km(1711.3),
                &[Hydrography, Encyclopaedia],
                &["ruwiki-tekes", "cn-1to4m", "cn-1to4m-rivers"],
                "The Tekes is described as running along the border, and China's map at 1:4,000,000 \
                 draws the boundary along it.",
            )
        },
        Row {
            start_m: CARRIED_OVER_M,
            ..land("narynkol-plain", Km(1725.0), Straight, &[Morphology], STRAIGHT)
        },
        Row {
            stretch: Some("narynkol"),
            ..river(
                "narynkol",
                Km(1750.0),
                &[HistoricalInstrument, Inferred],
                &["vostlit-40"],
                "The protocols of 1882 name the Narynkol gorge; that the line of today follows the \
                 river is inferred.",
            )
        },
        land(
            "to-69",
            Point("height-6146"),
            Watershed,
            &[Relief, Inferred],
            "Ends at the height 6146.0, which is taken for point 69: that point could not be \
             placed.",
        ),
        Row {
            instrument: "supplement-1997",
            points: Some("69–71"),
            sources: &["supplement-1997"],
            start_m: 7000.0,
            ..land(
                "khan-tengri",
                LastButOne,
                Watershed,
                &[TreatyText, Relief],
                "The ridge from 69 over 70 (6570) to 71, Khan Tengri. The start is inferred: no \
                 source places point 69, so the segment begins at the height 6146.0. That \
                 contradicts the text, which lets the line run WSW from 69: from this height it \
                 runs ESE and S for 7 km first, and WSW only from about 42.23°N 80.28°E. Begun \
                 there, the segment is 11.4 km long and not 18.1 km.",
            )
        },
        Row {
            instrument: "tripoint-1999-08",
            sources: &["tripoint-1999-08"],
            start_m: 100.0,
            ..land(
                "tripoint-south",
                Last,
                Watershed,
                &[TreatyText],
                "The agreement fixes the end of the line; its last edge is taken for it.",
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
    let globe = row.evidence.contains(&Evidence::Relief) && !row.sources.contains(&"globe");
    let relief: &[&str] = if globe { &["globe"] } else { &[] };
    SegmentFacts {
        stated_course: None,
        plumb_line_m: None,
        from: None,
        until: None,
        moves_with_river: None,
        apart: false,
        instrument: row.instrument.to_owned(),
        points: row.points.map(str::to_owned),
        medium: row.medium,
        course: row.course,
        evidence: row.evidence.to_vec(),
        stretch: row.stretch.map(str::to_owned),
        sources: row
            .sources
            .iter()
            .chain(relief)
            .chain(&own)
            .map(|key| (*key).to_owned())
            .collect(),
        accuracy_m: 100.0,
        start_m: row.start_m,
        note: Some(row.note.to_owned()),
    }
}

/// Compiles the segments from the text of the source line.
pub fn compile(source: &Input) -> Result<String, Box<dyn Error>> {
    let shapes: Vec<_> = read(source)?.features.into_iter().map(|f| f.shape).collect();
    let [Shape::Lines(lines)] = &shapes[..] else {
        return Err("the source must hold one LineString".into());
    };
    let line = Line::new(lines.concat())?;
    let points = read(&Input::bytes("points.geojson", POINTS.as_bytes()))?.features;
    let mut features = Vec::new();
    let mut from = 0;
    for row in TABLE {
        let to = vertex(&row.end, &line, &points)?;
        let piece = line.vertices().get(from..=to).ok_or("the table runs backwards")?;
        let Value::Object(properties) = serde_json::to_value(facts(row))? else {
            return Err("segment facts are an object".into());
        };
        let shape = Shape::Lines(vec![thinned(piece)]);
        features.push(NewFeature { id: row.id.to_owned(), shape, properties });
        from = to;
    }
    let mut text = Vec::new();
    geojson::write(&mut text, &members(), &features)?;
    Ok(String::from_utf8(text)?)
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
    let source = Input::path(Path::new(&path));
    std::io::stdout().lock().write_all(compile(&source)?.as_bytes())?;
    Ok(())
}
