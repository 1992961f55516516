//! Polygons whose rings overlap in all ways: every format gives the same area, that of the land
//! inside an odd number of rings.
//!
//! Corners lie on a small grid and edges along it, so that many rings have edges on one line,
//! and the cells of the grid can be counted.

#![cfg(all(feature = "shapefile", feature = "kml", feature = "wkt"))]

use std::fmt::Write;
use std::fs;

use crate::common::repository;
use treatyline::geodesy::{Ellipsoid, Geodesic};
use treatyline::io::{FixKind, Input};
use treatyline::measure::FeatureMeasures;
use treatyline::measure::measure_each;

/// Cells of the grid, each way.
const CELLS: usize = 6;
const STEP_DEG: f64 = 0.001;
const POLYGONS: usize = 300;

type Corner = (usize, usize);
type Ring = Vec<Corner>;

/// Pseudo-random numbers that are the same each time.
struct Chance(u32);

impl Chance {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 16) as usize % count
    }

    /// Some different numbers of lines of the grid, in order.
    fn lines<const N: usize>(&mut self) -> [usize; N] {
        loop {
            let mut found = [0; N].map(|_| self.below(CELLS + 1));
            found.sort_unstable();
            if found.windows(2).all(|two| two[0] < two[1]) {
                return found;
            }
        }
    }

    /// A rectangle or, as often, an L, which begins at any corner and runs any way.
    fn ring(&mut self) -> Ring {
        let ([west, middle, east], [south, centre, north]) = (self.lines(), self.lines());
        let mut ring = if self.below(2) == 0 {
            vec![(west, south), (east, south), (east, north), (west, north)]
        } else {
            vec![
                (west, south),
                (east, south),
                (east, centre),
                (middle, centre),
                (middle, north),
                (west, north),
            ]
        };
        if self.below(2) == 0 {
            ring.iter_mut().for_each(|(x, _)| *x = CELLS - *x);
        }
        if self.below(2) == 0 {
            ring.iter_mut().for_each(|(_, y)| *y = CELLS - *y);
        }
        self.turned(ring)
    }

    fn turned(&mut self, mut ring: Ring) -> Ring {
        let begin = self.below(ring.len());
        ring.rotate_left(begin);
        if self.below(2) == 0 {
            ring.reverse();
        }
        ring
    }

    /// A shell and holes, some of them twice.
    fn polygon(&mut self) -> Vec<Ring> {
        let mut rings: Vec<Ring> = (0..2 + self.below(3)).map(|_| self.ring()).collect();
        if self.below(8) == 0 {
            let again = rings[1].clone();
            rings.push(self.turned(again));
        }
        rings
    }
}

/// Whether a cell lies in a ring: an odd number of its upright edges are east of it.
fn is_in(ring: &Ring, (x, y): Corner) -> bool {
    let edges = ring.iter().zip(ring.iter().cycle().skip(1));
    let east =
        edges.filter(|(a, b)| a.0 == b.0 && a.0 > x && a.1.min(b.1) <= y && y < a.1.max(b.1));
    east.count() % 2 == 1
}

fn cells(ring: &Ring) -> Vec<Corner> {
    let all = (0..CELLS).flat_map(|x| (0..CELLS).map(move |y| (x, y)));
    all.filter(|cell| is_in(ring, *cell)).collect()
}

/// The area of the cells that lie in an odd number of rings; a hole that is there twice is one.
fn expected_m2(rings: &[Ring]) -> f64 {
    let mut sets = vec![cells(&rings[0])];
    for hole in rings[1..].iter().map(cells) {
        if !sets[1..].contains(&hole) {
            sets.push(hole);
        }
    }
    let geodesic = Geodesic::new(Ellipsoid::WGS84);
    let area = |y: usize| {
        let corners = [(0, y), (1, y), (1, y + 1), (0, y + 1), (0, y)].map(degrees);
        geodesic.ring_area(&corners).unwrap().area.value()
    };
    let all = (0..CELLS).flat_map(|x| (0..CELLS).map(move |y| (x, y)));
    let is_odd = |cell: &Corner| sets.iter().filter(|set| set.contains(cell)).count() % 2 == 1;
    all.filter(is_odd).map(|(_, y)| area(y)).sum()
}

fn degrees((x, y): Corner) -> [f64; 2] {
    [80.0 + STEP_DEG * x as f64, 45.0 + STEP_DEG * y as f64]
}

/// The positions of a ring, closed.
fn positions(ring: &Ring) -> Vec<[f64; 2]> {
    ring.iter().chain(&ring[..1]).copied().map(degrees).collect()
}

fn listed(ring: &Ring, between: &str) -> Vec<String> {
    let text = |[lon, lat]: [f64; 2]| format!("{lon:.3}{between}{lat:.3}");
    positions(ring).into_iter().map(text).collect()
}

fn geojson(polygons: &[Vec<Ring>]) -> String {
    let mut text = String::new();
    for rings in polygons {
        let rings: Vec<String> =
            rings.iter().map(|ring| format!("[[{}]]", listed(ring, ",").join("],["))).collect();
        let rings = rings.join(",");
        writeln!(text, r#"{{"type":"Polygon","coordinates":[{rings}]}}"#).unwrap();
    }
    text
}

fn wkt(polygons: &[Vec<Ring>]) -> String {
    let ring = |ring: &Ring| format!("({})", listed(ring, " ").join(", "));
    let polygon = |rings: &Vec<Ring>| {
        let rings: Vec<String> = rings.iter().map(ring).collect();
        format!("POLYGON ({})\n", rings.join(", "))
    };
    polygons.iter().map(polygon).collect()
}

fn kml(polygons: &[Vec<Ring>]) -> String {
    let mut text = r#"<kml xmlns="http://www.opengis.net/kml/2.2"><Document>"#.to_owned();
    for rings in polygons {
        text += "<Placemark><Polygon>";
        for (i, ring) in rings.iter().enumerate() {
            let name = if i == 0 { "outerBoundaryIs" } else { "innerBoundaryIs" };
            let places = listed(ring, ",").join(" ");
            write!(
                text,
                "<{name}><LinearRing><coordinates>{places}</coordinates></LinearRing></{name}>"
            )
            .unwrap();
        }
        text += "</Polygon></Placemark>";
    }
    text + "</Document></kml>"
}

/// A `.shp`: shells clockwise, holes counter-clockwise.
fn shapefile(polygons: &[Vec<Ring>]) -> Vec<u8> {
    let mut records = Vec::new();
    for (i, rings) in polygons.iter().enumerate() {
        let content = record(rings);
        for number in [i + 1, content.len() / 2] {
            records.extend(u32::try_from(number).unwrap().to_be_bytes());
        }
        records.extend(content);
    }
    let mut file = vec![0, 0, 0x27, 0x0a];
    file.resize(24, 0);
    file.extend(u32::try_from((100 + records.len()) / 2).unwrap().to_be_bytes());
    file.extend([1000_u32, 5].map(u32::to_le_bytes).concat());
    file.resize(100, 0);
    [file, records].concat()
}

fn record(rings: &[Ring]) -> Vec<u8> {
    let wound = |(i, ring): (usize, &Ring)| {
        let mut path = positions(ring);
        let twice: f64 =
            path.windows(2).map(|ends| (ends[1][0] - ends[0][0]) * (ends[1][1] - 45.0)).sum();
        // Along the grid, what is under upright edges does not count.
        if (twice < 0.0) == (i == 0) {
            path.reverse();
        }
        path
    };
    let paths: Vec<Vec<[f64; 2]>> = rings.iter().enumerate().map(wound).collect();
    let count = |count: usize| u32::try_from(count).unwrap().to_le_bytes();
    let mut content = 5_u32.to_le_bytes().to_vec();
    content.extend([80.0, 45.0, 81.0, 46.0].map(f64::to_le_bytes).concat());
    content.extend([count(paths.len()), count(paths.iter().map(Vec::len).sum())].concat());
    let mut begin = 0;
    for path in &paths {
        content.extend(count(begin));
        begin += path.len();
    }
    content.extend(paths.iter().flatten().flatten().flat_map(|value| value.to_le_bytes()));
    content
}

#[test]
fn what_lies_in_an_odd_number_of_rings_is_the_area_in_every_format() {
    let mut chance = Chance(16);
    let polygons: Vec<Vec<Ring>> = (0..POLYGONS).map(|_| chance.polygon()).collect();
    let directory = tempfile::tempdir().unwrap();
    let files = [
        ("rings.geojson", geojson(&polygons).into_bytes()),
        ("rings.wkt", wkt(&polygons).into_bytes()),
        ("rings.kml", kml(&polygons).into_bytes()),
        ("rings.shp", shapefile(&polygons)),
    ];
    let system = repository("tests/data/formats/lines.prj");
    fs::copy(system, directory.path().join("rings.prj")).unwrap();
    for (name, content) in files {
        let path = directory.path().join(name);
        fs::write(&path, content).unwrap();
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let mut found: Vec<FeatureMeasures> = Vec::new();
        let fixes =
            measure_each(&geodesic, Input::path(&path), None, |each| found.push(each)).unwrap();
        assert_eq!(found.len(), POLYGONS, "{name}");
        for (measures, rings) in found.iter().zip(&polygons) {
            let (area, expected) = (measures.area.map_or(0.0, |m2| m2.value()), expected_m2(rings));
            assert!((area - expected).abs() < 20.0, "{name}: {area} {expected} {rings:?}");
        }
        let count = |kind| fixes.all().find(|fix| fix.kind == kind).map_or(0, |fix| fix.count);
        let crossed = found.iter().filter(|each| each.crossed.is_some()).count();
        assert_eq!(count(FixKind::OutlineCrosses), crossed, "{name}");
        assert!(crossed > POLYGONS / 2 && count(FixKind::RingsSorted) > 10, "{name}");
        let is_twice = |rings: &&Vec<Ring>| {
            let holes: Vec<_> = rings[1..].iter().map(cells).collect();
            (1..holes.len()).any(|i| holes[..i].contains(&holes[i]))
        };
        assert_eq!(count(FixKind::HoleRepeated), polygons.iter().filter(is_twice).count());
    }
}
