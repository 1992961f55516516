//! 5. A promise of a nanometre is worth what the measurement behind it is worth.
//!
//! Compares the series and Karney's method in double precision with lengths and areas
//! known to 30 digits (`scripts/reference_geodesics.py`) and prints tables 1 to 4 of
//! `docs/geodesy.md`.
//!
//! ```text
//! cargo run --release --example 05_error_budget
//! ```

use std::error::Error;

use geo::Coord;
use treatyline::geodesy::{Ellipsoid, Geodesic, Method};

/// Classes of latitude, in degrees.
const LATITUDES: [(f64, f64); 7] = [
    (0.0, 10.0),
    (10.0, 30.0),
    (30.0, 50.0),
    (50.0, 60.0),
    (60.0, 70.0),
    (70.0, 80.0),
    (80.0, 89.0),
];
/// Edges up to this number of metres.
const EDGES_M: [f64; 6] = [1e2, 1e3, 1e4, 3e4, 1e5, 1.5e5];
/// Rings with edges of about this number of metres.
const RINGS_M: [f64; 6] = [10.0, 100.0, 1e3, 5e3, 2e4, 1e5];

/// What is known to 30 digits.
struct Known {
    vertices: Vec<Coord>,
    /// A class of size, in metres.
    size_m: f64,
    truth: f64,
}

fn main() -> Result<(), Box<dyn Error>> {
    let series = Geodesic::new(Ellipsoid::WGS84);
    let karney = Geodesic::new(Ellipsoid::WGS84).with_method(Method::Karney);
    let (edges, rings) = (edges()?, rings()?);

    // The last class of edges goes to the end of the series' reach and no farther.
    let near = |edge: &Known| edge.truth < series.reach(latitude(edge)).value();
    let off_nm = |geodesic: &Geodesic, edge: &Known| {
        (geodesic.distance(edge.vertices[0], edge.vertices[1]).value() - edge.truth) * 1e9
    };
    table("1. Length by the series: largest error, nm", &edges, &EDGES_M, |edge| {
        near(edge).then(|| off_nm(&series, edge))
    });
    table("2. Length by Karney's method: largest error, nm", &edges, &EDGES_M, |edge| {
        Some(off_nm(&karney, edge))
    });
    let off = |geodesic: &Geodesic, ring: &Known| {
        let area = geodesic.ring_area(&ring.vertices).ok()?.signed().value();
        Some((area / ring.truth - 1.0) * 1e15)
    };
    table("3. Area by the series: largest error, 10⁻¹⁵", &rings, &RINGS_M, |ring| {
        off(&series, ring)
    });
    table("4. Area by Karney's method: largest error, 10⁻¹⁵", &rings, &RINGS_M, |ring| {
        off(&karney, ring)
    });
    Ok(())
}

fn latitude(known: &Known) -> f64 {
    let sum: f64 = known.vertices.iter().map(|vertex| vertex.y.abs()).sum();
    sum / known.vertices.len() as f64
}

fn table(title: &str, all: &[Known], sizes_m: &[f64], error: impl Fn(&Known) -> Option<f64>) {
    println!("{title}");
    print!("  latitude");
    sizes_m.iter().for_each(|size_m| print!("{:>9} km", size_m / 1e3));
    println!();
    for (low, high) in LATITUDES {
        print!("  {low:>2}°–{high:>2}°");
        let mut above_m = 0.0;
        for size_m in sizes_m {
            let of_class = all.iter().filter(|known| {
                (low..high).contains(&latitude(known))
                    && above_m < known.size_m
                    && known.size_m <= *size_m
            });
            match of_class.filter_map(&error).map(f64::abs).reduce(f64::max) {
                Some(worst) if worst >= 999.95 => print!("{worst:>12.0e}"),
                Some(worst) => print!("{worst:>12.3}"),
                None => print!("{:>12}", "–"),
            }
            above_m = *size_m;
        }
        println!();
    }
    println!();
}

fn edges() -> Result<Vec<Known>, Box<dyn Error>> {
    let text = include_str!("../tests/data/geodesy/edges.csv");
    let mut edges = Vec::new();
    for record in csv::Reader::from_reader(text.as_bytes()).records() {
        let record = record?;
        if &record[0] == "WGS84" {
            let number = |i: usize| record[i].parse::<f64>();
            let from = Coord { x: number(2)?, y: number(1)? };
            let to = Coord { x: number(4)?, y: number(3)? };
            let truth = number(5)?;
            edges.push(Known { vertices: vec![from, to], size_m: truth, truth });
        }
    }
    Ok(edges)
}

fn rings() -> Result<Vec<Known>, Box<dyn Error>> {
    let text = include_str!("../tests/data/geodesy/rings.csv");
    let mut rings = Vec::new();
    for record in csv::Reader::from_reader(text.as_bytes()).records() {
        let record = record?;
        let numbers: Vec<f64> = record[2].split(' ').map(str::parse).collect::<Result<_, _>>()?;
        let vertices = numbers.chunks(2).map(|pair| Coord { x: pair[1], y: pair[0] }).collect();
        rings.push(Known { vertices, size_m: record[1].parse()?, truth: record[3].parse()? });
    }
    Ok(rings)
}
