//! The checked-in segments and sectors are the same as the output of the programs that compile
//! them.

#[allow(dead_code, unreachable_pub, missing_docs)]
#[path = "../../examples/compile_segments.rs"]
mod compile_segments;

#[allow(dead_code, unreachable_pub, missing_docs)]
#[path = "../../examples/compile_sectors.rs"]
mod compile_sectors;

use treatyline::dossier::Evidence;
use treatyline::internal::dossier::Shown;
use treatyline::io::{Input, Shape, read};
use treatyline::line::Line;
use treatyline::quantity::Metres;

const SEGMENTS: &str = include_str!("../../data/china-kazakhstan/segments.geojson");
const SOURCE_LINE: &str = "data/lines/us_state.geojson";

fn source_line() -> Option<(Input, Line)> {
    let source = Input::path(&crate::common::shared(SOURCE_LINE)?);
    let collection = read(&source).unwrap();
    let Shape::Lines(lines) = &collection.features[0].shape else { panic!("no line") };
    Some((source.clone(), Line::new(lines.concat()).unwrap()))
}

#[test]
fn recompiling_gives_the_checked_in_segments() {
    let Some((source, _)) = source_line() else { return };
    let compiled = compile_segments::compile(&source).unwrap();
    assert!(
        compiled == SEGMENTS,
        "data/china-kazakhstan/segments.geojson is out of date: run the example compile_segments"
    );
}

#[test]
fn no_vertex_of_the_source_is_lost_by_more_than_the_stated_thinning() {
    let Some((_, source)) = source_line() else { return };
    let compiled = &treatyline::Dossier::embedded().line();
    // 1 m of thinning and half of the fifth decimal, 0.56 m north and 0.4 m east.
    let allowed = Metres::new(1.0 + 0.71);
    // Only every tenth vertex, because each search covers the whole line.
    for vertex in source.vertices().iter().step_by(10) {
        let found = compiled.locate(*vertex);
        assert!(found.distance <= allowed, "{vertex:?} is {} away", found.distance);
    }
    let shortened = source.length() - compiled.length();
    assert!(shortened.abs() < Metres::new(100.0), "thinning moved the length by {shortened}");
}

#[test]
fn the_line_passes_the_documented_confluences_where_it_is_cut() {
    let dossier = treatyline::Dossier::embedded();
    // The line is cut at the vertex nearest to the confluence; the vertices there are
    // some tens of metres apart.
    for (point, segment) in [("kara-kaba-mouth", "below-kara-kaba"), ("khorgos-mouth", "ili")] {
        let place = dossier.point(point).unwrap().place.unwrap();
        let begins = dossier.segments().iter().find(|each| each.id == segment).unwrap().path[0];
        let off =
            (dossier.line().locate(place).chainage - dossier.line().locate(begins).chainage).abs();
        assert!(off < Metres::new(150.0), "{segment} begins {off} from {point}");
    }
}

#[test]
fn only_sections_with_a_text_are_called_treaty_text() {
    let dossier = treatyline::Dossier::embedded();
    for segment in dossier.segments() {
        let textual = segment.facts.strongest() == Evidence::TreatyText;
        let known = ["tripoint-1999-05", "tripoint-1999-08", "supplement-1997", "supplement-1998"];
        assert!(!textual || known.contains(&segment.facts.instrument.as_str()), "{}", segment.id);
    }
}

#[allow(dead_code, unreachable_pub, missing_docs)]
#[path = "../../examples/compile_course.rs"]
mod compile_course;

#[cfg(feature = "geotiff")]
const COURSE: &str = include_str!("../../data/china-kazakhstan/course.toml");

// Without the reader of relief there is nothing to compile it with.
#[cfg(feature = "geotiff")]
#[test]
fn recompiling_gives_the_checked_in_course() {
    let files = [
        "data/lines/cn_1to4m.geojson",
        "data/rivers/cn_1to4m_rivers.geojson",
        "data/relief/globe_30s.tif",
    ];
    let [Some(border), Some(rivers), Some(relief)] = files.map(crate::common::shared) else {
        return;
    };
    let [border, rivers, relief] = [border, rivers, relief].map(|path| Input::path(&path));
    let compiled = compile_course::compile(&border, &rivers, &relief).unwrap();
    assert!(
        compiled == COURSE,
        "data/china-kazakhstan/course.toml is out of date: run the example compile_course"
    );
}

/// The share of each segment that the table shows to be one of the kinds that `pick` accepts.
fn shown(pick: impl Fn(Shown) -> bool) -> Vec<f64> {
    let dossier = treatyline::Dossier::embedded();
    let share = |[from_m, to_m]: [f64; 2]| {
        let inside = dossier.course().stretches.iter().filter(|(.., shown)| pick(*shown));
        let m: f64 = inside.map(|(a, b, _)| (b.min(to_m) - a.max(from_m)).max(0.0)).sum();
        m / (to_m - from_m)
    };
    dossier.segment_ends().into_iter().map(share).collect()
}

#[test]
fn evidence_is_what_the_table_shows() {
    let dossier = treatyline::Dossier::embedded();
    let (river, ridge) = (shown(|it| it == Shown::River), shown(|it| it == Shown::Ridge));
    let land = shown(|it| it != Shown::River);
    for ((segment, river), (ridge, land)) in
        dossier.segments().iter().zip(river).zip(ridge.into_iter().zip(land))
    {
        let has = |kind| segment.facts.evidence.contains(&kind);
        // Straight edges at the crossing cut 5 km out of the Khorgos; where ends were carried
        // over by eye and by the program they differ by a kilometre at most.
        assert_eq!(has(Evidence::Hydrography), river > 0.9, "{}: river {river}", segment.id);
        assert!(has(Evidence::Hydrography) || river < 0.05, "{}: river {river}", segment.id);
        // The tripoints' edges are shorter than a pixel.
        let long = segment.path.len() > 2;
        assert!(!has(Evidence::Relief) || ridge > 0.7, "{}: ridge {ridge}", segment.id);
        let straight =
            segment.facts.evidence == [Evidence::Morphology] && !segment.facts.medium.is_water();
        assert!(!long || !straight || land > 0.5, "{}: land {land}", segment.id);
    }
}

#[test]
fn the_text_of_1998_is_read_for_29_km_of_the_67_between_points_15_and_16() {
    let dossier = treatyline::Dossier::embedded();
    let of = |instrument: &str| {
        let ends = dossier.segments().iter().zip(dossier.segment_ends());
        ends.filter(move |(segment, _)| segment.facts.instrument == instrument)
            .map(|(segment, [from_m, to_m])| (segment, to_m - from_m))
            .collect::<Vec<_>>()
    };
    let km = |all: &[(&treatyline::dossier::Segment, f64)]| {
        all.iter().map(|(_, m)| m / 1e3).sum::<f64>()
    };
    let supplement = of("supplement-1998");
    // FACTS 13: 115 km for the supplement, 1,677.5 km for the agreement, each to 2 km.
    assert!((km(&supplement) - 115.0).abs() < 2.0, "{}", km(&supplement));
    assert!((km(&of("agreement-1994")) - 1677.5).abs() < 2.0);
    let text: Vec<_> = supplement
        .into_iter()
        .filter(|(segment, _)| segment.facts.strongest() == Evidence::TreatyText)
        .collect();
    assert!((km(&text) - 29.0).abs() < 0.5, "{}", km(&text));
    for id in ["point-15", "point-15/1", "point-15/2", "point-15/3", "chogan-obo-pass"] {
        let point = dossier.point(id).unwrap();
        assert!(point.place.is_some(), "{id} is placed");
        assert_eq!(
            point.position,
            treatyline::internal::dossier::StatedPosition::Unstated,
            "{id} tests nothing"
        );
    }
}

const SECTORS: &str = include_str!("../../data/china-kazakhstan/sectors.geojson");

/// Three older depictions of the line, where they are.
const OLDER: [&str; 3] =
    ["data/lines/dcw_1992.geojson", "data/lines/wdb2.geojson", "data/lines/cn_1to4m.geojson"];

#[test]
fn recompiling_gives_the_checked_in_sectors() {
    let [Some(dcw), Some(wdb2), Some(china)] = OLDER.map(crate::common::shared) else { return };
    let [dcw, wdb2, china] = [dcw, wdb2, china].map(|path| Input::path(&path));
    let compiled = compile_sectors::compile(&dcw, &wdb2, &china).unwrap();
    assert!(
        compiled == SECTORS,
        "data/china-kazakhstan/sectors.geojson is out of date: run the example compile_sectors"
    );
}

/// Areas measured elsewhere, with other tools, in km²: of the whole face between each map
/// and the line. A sector is cut where its section ends, so it may lack the last slivers.
const ELSEWHERE: [(&str, &str, &str, f64); 5] = [
    ("chogan-obo", "cn-1to4m", "KAZ", 374.7),
    ("xiaerxili", "cn-1to4m", "KAZ", 100.8),
    ("alashankou-gobi", "cn-1to4m", "KAZ", 84.5 + 48.5),
    ("chogan-obo", "dcw-1992", "CHN", 167.6),
    ("xiaerxili", "dcw-1992", "CHN", 230.0),
];

#[test]
fn land_that_moved_is_what_was_measured_elsewhere() {
    for (sector, source, party, km2) in ELSEWHERE {
        let sectors = &treatyline::Dossier::embedded().sectors();
        let sector = sectors.iter().find(|each| each.id == sector).unwrap();
        let mut transfers = sector.facts.transfers.iter();
        let transfer = transfers.find(|transfer| transfer.source == source).unwrap();
        let found_km2 = transfer.gains_m2[party] / 1e6;
        assert!((found_km2 / km2 - 1.0).abs() < 0.01, "{}: {found_km2} km²", sector.id);
    }
}

#[test]
fn nothing_of_the_geometry_without_a_licence_is_shipped() {
    for sector in treatyline::Dossier::embedded().sectors() {
        let outlined = sector.facts.transfers.iter().any(|each| each.source == "dcw-1992");
        assert!(sector.polygons.is_empty() || outlined, "{}", sector.id);
    }
}

#[test]
fn land_moved_at_the_two_sectors_that_1998_settled() {
    let findings = treatyline::Dossier::embedded().check();
    for id in ["/chn", "/kaz", ""] {
        findings.assert_consistent(&format!("division/transfer/supplement-1998{id}"));
    }
    // An amount that no source prints follows only if two sources mean the same land.
    findings.assert_undecided("division/transfer/chogan-obo/kaz");
}
