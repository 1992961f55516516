//! The index compared with looking at every edge, anywhere on the Earth.

use proptest::prelude::*;

use super::*;

fn collection(features: &[String]) -> String {
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

fn feature(name: &str, kind: &str, coordinates: &str) -> String {
    format!(
        r#"{{"type":"Feature","properties":{{"name":{name}}},
            "geometry":{{"type":"{kind}","coordinates":{coordinates}}}}}"#
    )
}

fn read_text(text: &str) -> Result<Rivers, Problems> {
    Rivers::read([Input::bytes("rivers", text.as_bytes())])
}

#[test]
fn conditions_choose_rivers_of_geojson_too() {
    let line = |name: &str, lat: u8| {
        let name = format!("\"{name}\"");
        feature(&name, "LineString", &format!("[[80,{lat}],[81,{lat}]]"))
    };
    let text = collection(&[line("Ili", 45), line("Emel", 46)]);
    let named = |name: &str| {
        let condition = crate::io::Condition::parse(&format!("name={name}")).unwrap();
        let input = Input::bytes("rivers", text.as_bytes()).with_conditions(vec![condition]);
        Rivers::read([input])
    };
    assert_eq!(named("Ili").unwrap().lines.len(), 1);
    assert!(named("Irtysh").is_err());
}

fn place(x: f64, y: f64) -> Place {
    Frame::new(&Ellipsoid::WGS84).place(Coord { x, y })
}

/// The nearest river by looking at every edge: of each line the place that is nearest, of these
/// the nearest that runs the right way.
fn by_hand(
    rivers: &Rivers,
    centre: &Place,
    heading: Option<(Vector, f64)>,
    reach_m: f64,
) -> Option<(f64, u32)> {
    let at = Point(centre.lon_lat());
    let lakes = rivers.lakes.iter().filter(|lake| lake.data.polygon.contains(&at));
    if let Some(river) = lakes.map(|lake| lake.data.river).min() {
        return Some((0.0, river));
    }
    let view = rivers.frame.gnomonic(centre);
    let mut nearest: Vec<Option<(f64, usize, f64)>> = vec![None; rivers.lines.len()];
    for (i, edge) in rivers.edges.iter().enumerate() {
        let [a, b] = [0, 1].map(|k| &rivers.places[edge.from as usize + k]);
        let found = view.nearest_on(a, b);
        let of_line = &mut nearest[edge.line as usize];
        if of_line.is_none_or(|(best_m, ..)| found.distance_m < best_m) {
            *of_line = Some((found.distance_m, i, found.share));
        }
    }
    let along = |(_, i, share): &(f64, usize, f64)| {
        heading.is_none_or(|(way, least)| dot(way, rivers.heading_at(*i, *share)).abs() >= least)
    };
    let near = nearest.into_iter().flatten().filter(|(m, ..)| *m <= reach_m).filter(along);
    let best = near.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))?;
    Some((best.0, rivers.lines[rivers.edges[best.1].line as usize]))
}

/// Where the tests are: anywhere, over the antimeridian, near a pole.
const CENTRES: [(f64, f64); 4] = [(80.4, 44.2), (180.0, 12.0), (33.0, 89.9), (-70.0, -54.0)];

/// Rivers as paths in hundredths of a degree of latitude around a centre; every third one with
/// at least four vertices is closed to a lake. Steps are whole numbers, so that many vertices are
/// shared and many distances equal.
fn rivers_around((x, y): (f64, f64), paths: &[Vec<(i32, i32)>]) -> Rivers {
    let frame = Frame::new(&Ellipsoid::WGS84);
    // Metres away from the centre, so that longitudes near the pole are harmless.
    let centre = frame.place(Coord { x, y });
    let coord = |(east, north): (i32, i32)| {
        let off = frame.moved(&centre, 90.0, 700.0 * f64::from(east));
        frame.moved(&off, 0.0, 700.0 * f64::from(north)).lon_lat()
    };
    let feature = |path: &Vec<(i32, i32)>| {
        let line: Vec<Coord> = path.iter().copied().map(coord).collect();
        let (place, left) = (String::new(), Vec::new());
        Feature { place, name: None, lines: vec![line], polygons: Vec::new(), left }
    };
    Rivers::indexed(paths.iter().map(feature).collect(), Vec::new())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn the_nearest_river_is_the_one_that_looking_at_all_finds(
        centre in prop::sample::select(CENTRES.to_vec()),
        paths in prop::collection::vec(prop::collection::vec((-30..30_i32, -30..30_i32), 2..9), 1..40),
        asked in prop::collection::vec((-40.0..40.0_f64, -40.0..40.0_f64, 0.0..360.0_f64), 8),
        angle_deg in 5.0..90.0_f64,
        reach_m in 50.0..60_000.0_f64,
    ) {
        let rivers = rivers_around(centre, &paths);
        let middle = place(centre.0, centre.1);
        let mut hint = None;
        for (east, north, azimuth_deg) in asked {
            let at = rivers.frame.moved(&middle, 90.0, 700.0 * east);
            let at = rivers.frame.moved(&at, 0.0, 700.0 * north);
            let ahead = rivers.frame.moved(&at, azimuth_deg, 100.0);
            let way = crate::geodesy::vector::minus(ahead.position(), at.position());
            let way = way.map(|x| x / 100.0);
            for heading in [None, Some((way, angle_deg.to_radians().cos()))] {
                let expected = by_hand(&rivers, &at, heading, reach_m);
                let found = rivers.nearest(&at, heading, reach_m, hint);
                prop_assert_eq!(found.map(|it| (it.distance_m, it.river)), expected);
                let again = rivers.nearest(&at, heading, reach_m, None);
                prop_assert_eq!(found, again, "a hint changes nothing");
                hint = found.or(hint);
            }
        }
    }
}

#[test]
fn a_river_counts_where_it_runs_along_and_not_where_it_crosses() {
    let across = feature("\"across\"", "LineString", "[[79.9,45],[80.1,45]]");
    let along = feature("\"along\"", "LineString", "[[80.005,44.9],[80.005,45.1]]");
    let rivers = read_text(&collection(&[across, along])).unwrap();
    let at = place(80.0, 45.0005);
    let north = crate::geodesy::vector::minus(place(80.0, 45.001).position(), at.position());
    let size = dot(north, north).sqrt();
    let heading = Some((north.map(|x| x / size), 45_f64.to_radians().cos()));
    let name = |heading, reach_m| {
        let near = rivers.nearest(&at, heading, reach_m, None)?;
        Some((rivers.name(near.river)?, near.distance_m.round()))
    };
    // The geodesic runs 5 m north of the parallel there.
    assert_eq!(name(None, 1000.0), Some(("across", 51.0)));
    assert_eq!(name(heading, 1000.0), Some(("along", 394.0)));
    assert_eq!(name(heading, 300.0), None);
}

#[test]
fn in_a_lake_nothing_is_far_and_on_its_island_the_shore_counts() {
    let ring = "[[80,45],[81,45],[81,46],[80,46],[80,45]]";
    let island = "[[80.4,45.4],[80.4,45.6],[80.6,45.6],[80.6,45.4],[80.4,45.4]]";
    let lake = feature("\"lake\"", "Polygon", &format!("[{ring},{island}]"));
    let other = feature("\"other\"", "Polygon", &format!("[{ring}]"));
    let rivers = read_text(&collection(&[lake, other.clone()])).unwrap();
    let near = |x, y| rivers.nearest(&place(x, y), None, 5000.0, None).unwrap();
    assert_eq!((near(80.2, 45.5).distance_m, near(80.2, 45.5).river), (0.0, 0), "the first of two");
    assert_eq!(near(80.5, 45.5).river, 1, "the island of the one is water of the other");
    let alone = read_text(&collection(&[feature("1", "Polygon", &format!("[{ring},{island}]"))]));
    let alone = alone.unwrap();
    assert_eq!(alone.nearest(&place(80.5, 45.5), None, 5000.0, None), None);
    let shore = alone.nearest(&place(80.41, 45.5), None, 5000.0, None).unwrap();
    assert!((shore.distance_m - 782.0).abs() < 2.0, "{shore:?}");
    assert_eq!(alone.name(shore.river), None, "a number is no name");
    assert_eq!(alone.lake(&place(81.5, 45.5)), None);
}

#[test]
fn names_are_looked_for_and_what_is_no_river_is_counted() {
    let line = r#"{"type":"LineString","coordinates":[[80,45],[80,46]]}"#;
    let point = r#"{"type":"Point","coordinates":[80,45]}"#;
    let feature = |properties: &str, geometry: &str| {
        format!(r#"{{"type":"Feature","properties":{properties},"geometry":{geometry}}}"#)
    };
    let rivers = read_text(&collection(&[
        feature(r#"{"NAME_EN":"Khorgos"}"#, line),
        feature(r#"{"name":" ","title":"Tekes"}"#, line),
        feature(r#"{"name":null,"level":3}"#, line),
        feature(r#"{"name":"a spring"}"#, point),
        feature(r#"{}"#, point),
    ]))
    .unwrap();
    let names = [0, 1, 2, 3].map(|river| rivers.name(river));
    assert_eq!(names, [Some("Khorgos"), Some("Tekes"), None, Some("a spring")]);
    let fixes = &rivers.sources()[0].fixes;
    let counts: Vec<_> = fixes.all().map(|fix| (fix.kind, fix.count)).collect();
    assert_eq!(counts, [(FixKind::OtherKind, 2)]);
    assert_eq!(rivers.sources()[0].features, 5);
}

#[test]
fn a_file_without_a_river_is_refused() {
    let point = r#"{"type":"Point","coordinates":[80,45]}"#;
    let says = |text: &str, what: &str| {
        let message = read_text(text).unwrap_err().to_string();
        assert!(message.contains(what) && message.contains("LineString or Polygon"), "{message}");
    };
    says(point, "rivers: a Point");
    says(r#"{"type":"FeatureCollection","features":[]}"#, "rivers: no feature");
    says(r#"{"type":"Feature","properties":{},"geometry":null}"#, "rivers: no geometry");
}

#[test]
fn a_river_of_one_edge_is_one_and_of_one_place_is_none() {
    let rivers = |coordinates: &str| {
        read_text(&collection(&[feature("\"one\"", "LineString", coordinates)])).unwrap()
    };
    let short = rivers("[[80,45],[80,45.001]]");
    assert!(short.nearest(&place(80.001, 45.0), None, 500.0, None).is_some());
    // A river of one place was left out when it was read.
    let still = read_text(&collection(&[feature("\"one\"", "LineString", "[[80,45],[80,45]]")]));
    assert!(still.is_err());
}
