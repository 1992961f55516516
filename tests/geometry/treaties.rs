//! Projections and geodesics compared with the numbers that treaties print of other boundaries.
//!
//! The tolerance of each comparison follows from the printed numbers alone: half of the
//! last place of everything, at the corner where it reaches farthest.

use geo::Coord;
use treatyline::geodesy::{Ellipsoid, Geodesic};
use treatyline::io::printed::{Coordinate, Rounded, angle};

/// A printed latitude or longitude.
fn printed(text: &str, wanted: Coordinate) -> Rounded {
    angle(text, wanted).unwrap_or_else(|fault| panic!("{fault}")).deg
}

/// A latitude and a longitude.
fn place(latitude: &str, longitude: &str) -> [Rounded; 2] {
    [printed(latitude, Coordinate::Latitude), printed(longitude, Coordinate::Longitude)]
}

/// The middle of two angles and the four corners of the box of their roundings.
fn corners([latitude, longitude]: [Rounded; 2]) -> [Coord; 5] {
    let at = |along: f64, across: f64| Coord {
        x: longitude.value + across * longitude.half_step,
        y: latitude.value + along * latitude.half_step,
    };
    [at(0.0, 0.0), at(1.0, 1.0), at(1.0, -1.0), at(-1.0, 1.0), at(-1.0, -1.0)]
}

/// Known disagreements, with the metres by which the printed numbers miss even the farthest corners
/// of their roundings. The protocol of 1965 names no ellipsoid;
/// Krasovsky's is inferred, and on WGS 84 the two would agree.
const KNOWN: [(&str, f64); 1] = [("CHN-PAK post 1/2 to post 2", 0.003)];

fn records(text: &str) -> Vec<csv::StringRecord> {
    csv::Reader::from_reader(text.as_bytes()).records().map(Result::unwrap).collect()
}

/// Half of the last printed place: of a decimal, or of a number whose zeros are not counted.
#[cfg(feature = "proj")]
fn half_step(printed: &str) -> f64 {
    if let Some((_, fraction)) = printed.split_once('.') {
        return 0.5 / 10_f64.powi(i32::try_from(fraction.len()).unwrap());
    }
    let zeros = printed.len() - printed.trim_end_matches('0').len();
    0.5 * 10_f64.powi(i32::try_from(zeros).unwrap())
}

#[cfg(feature = "proj")]
#[test]
fn printed_latitudes_project_to_printed_northings() {
    use treatyline::geodesy::datum;

    for record in records(include_str!("../data/treaties/points.csv")) {
        let [name, lat, lon, from, to, north, east, reading] =
            [0, 1, 2, 3, 4, 5, 6, 7].map(|i| record[i].to_owned());
        let projection = datum::between(&from, &to).unwrap();
        let projected = corners(place(&lat, &lon)).map(|at| projection.forward(at).unwrap());
        let reading_m: f64 = reading.parse().unwrap();
        for (printed, of) in [(&north, (|at| at.y) as fn(Coord) -> f64), (&east, |at: Coord| at.x)]
        {
            let middle = of(projected[0]);
            let reach = projected.map(|at| (of(at) - middle).abs()).into_iter().fold(0.0, f64::max);
            // PROJ's projection itself is good to a millimetre.
            let tolerance = reach + half_step(printed) + reading_m + 1e-3;
            let off = printed.parse::<f64>().unwrap() - middle;
            assert!(off.abs() <= tolerance, "{name}: {off} m, {tolerance} m allowed");
        }
    }
}

#[test]
fn printed_distances_are_those_between_printed_points() {
    for record in records(include_str!("../data/treaties/distances.csv")) {
        let [from, to] = [2, 4].map(|i| place(&record[i], &record[i + 1]));
        let ellipsoid = match &record[6] {
            "Krasovsky 1940" => Ellipsoid::KRASOVSKY,
            _ => Ellipsoid::WGS84,
        };
        let geodesic = Geodesic::new(ellipsoid);
        let (froms, tos) = (corners(from), corners(to));
        let (length, azimuth_deg) = geodesic.distance_and_azimuth(froms[0], tos[0]);
        let pairs = froms.iter().flat_map(|from| tos.iter().map(move |to| (*from, *to)));
        let off = |(from, to)| (geodesic.distance(from, to) - length).abs().value();
        let reach_m = pairs.map(off).fold(0.0, f64::max);
        let [printed_m, half_m] = [7, 8].map(|i| record[i].parse::<f64>().unwrap());
        let name = format!("{} to {}", &record[0], &record[1]);
        let known_m = KNOWN.iter().find(|(known, _)| *known == name).map_or(0.0, |(_, m)| *m);
        let (off_m, allowed_m) = (length.value() - printed_m, reach_m + half_m + known_m);
        if &record[10] == "line" {
            assert!(off_m <= allowed_m, "{name}: the line is shorter than straight by {off_m} m");
        } else {
            assert!(off_m.abs() <= allowed_m, "{name}: {off_m} m, {allowed_m} m allowed");
        }
        if !record[9].is_empty() {
            // The places' roundings, seen from each other, and that of the azimuth.
            let printed = printed(&record[9], Coordinate::Longitude);
            let allowed_deg = printed.half_step + (2.0 * reach_m / length.value()).to_degrees();
            let off_deg = azimuth_deg.rem_euclid(360.0) - printed.value;
            assert!(off_deg.abs() <= allowed_deg, "{name}: {off_deg}°, {allowed_deg}° allowed");
        }
    }
}
