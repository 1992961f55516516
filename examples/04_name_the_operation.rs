//! 4. Between two datums there is not one transformation but several. Name the one you
//!    mean, and carry its accuracy.
//!
//! ```text
//! cargo run --example 04_name_the_operation
//! ```

use std::error::Error;

use geo::Coord;
use treatyline::geodesy::{Ellipsoid, Geodesic, datum};

fn main() -> Result<(), Box<dyn Error>> {
    // The northern tripoint as the agreement prints it: 49°06.9'N, 87°17.2'E, Pulkovo 1942.
    let printed = Coord { x: 87.0 + 17.2 / 60.0, y: 49.0 + 6.9 / 60.0 };
    let geodesic = Geodesic::new(Ellipsoid::WGS84);

    // 1291 is declared for Kazakhstan, 5044 for Russia; left alone, PROJ takes a third.
    for code in ["EPSG:1291", "EPSG:5044"] {
        let operation = datum::named(code)?;
        let there = operation.forward(printed)?;
        let info = operation.info();
        println!(
            "{code} {}: moves the point {:.0} m; accuracy {} m; for {}",
            info.name,
            geodesic.distance(printed, there).value(),
            info.accuracy_m.map_or("?".to_owned(), |m| m.to_string()),
            info.area_of_use.map_or("?".to_owned(), |area| area.name),
        );
    }

    // Beijing 1954 to WGS 84: PROJ would report success and move nothing.
    match datum::between("EPSG:4214", "EPSG:4326")?.forward(printed) {
        Ok(_) => println!("EPSG:4214: this build of PROJ knows an operation"),
        Err(error) => println!("EPSG:4214: {error}"),
    }
    Ok(())
}
