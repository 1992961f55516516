//! 1. A length has no meaning without its ellipsoid and its resolution.
//!
//! ```text
//! cargo run --example 01_measure_a_line
//! ```

use std::error::Error;

use geo::Coord;
use treatyline::geodesy::{Ellipsoid, Geodesic};
use treatyline::internal::wording::km;
use treatyline::line::{Line, simplify};

fn main() -> Result<(), Box<dyn Error>> {
    // A stream that winds south, 400 vertices, every bend some 60 m wide.
    let bend = |i: u32| {
        let along = f64::from(i);
        Coord { x: 80.3 + 4e-4 * (along * 0.7).sin(), y: 43.9 - along * 2e-4 }
    };
    let line = Line::new((0..400).map(bend).collect())?;

    println!("The same line, four lengths:");
    for tolerance_m in [0.0, 10.0, 50.0, 200.0] {
        let simple = simplify(line.vertices(), tolerance_m);
        let length = Geodesic::new(Ellipsoid::WGS84).length(&simple)?;
        let (count, length) = (simple.len(), km(length.value(), 3));
        println!("  simplified at {tolerance_m:>3} m: {count:>3} vertices, {length}");
    }

    println!("And on three ellipsoids, at full detail:");
    for ellipsoid in [Ellipsoid::WGS84, Ellipsoid::KRASOVSKY, Ellipsoid::SPHERE] {
        let length = Geodesic::new(ellipsoid).length(line.vertices())?;
        println!("  {:<15} {}", ellipsoid.name(), km(length.value(), 3));
    }
    Ok(())
}
