//! What the two numbers of a place in a system can be.

use geo_types::Coord;

/// What rounding may have made of ±180° and ±90°: 1 cm.
const ROUNDING_DEG: f64 = 1e-7;

/// Whether two numbers can be degrees.
pub(crate) fn are_degrees(at: &Coord) -> bool {
    are_angles(*at, 360.0)
}

/// Whether two numbers can be longitude and latitude in units of which a whole turn has so many.
pub(crate) fn are_angles(at: Coord, turn: f64) -> bool {
    at.x.abs() <= turn / 2.0 && at.y.abs() <= turn / 4.0
}

/// A place whose longitude is up to one turn beyond half a turn, with its longitude brought back;
/// any other as it is.
pub(crate) fn brought_back(at: Coord, turn: f64) -> Coord {
    let half = turn / 2.0;
    if at.x.abs() <= half || at.x.abs() > half + turn {
        return at;
    }
    Coord { x: at.x - turn.copysign(at.x), y: at.y }
}

/// A place of which rounding may have put a longitude beyond ±180° or a latitude beyond ±90°, on
/// the Earth; `None` where it is not rounding.
pub(crate) fn on_the_earth(at: Coord) -> Option<Coord> {
    let near = |number: f64, most: f64| {
        let within = number.clamp(-most, most);
        ((number - within).abs() <= ROUNDING_DEG).then_some(within)
    };
    let x = near(at.x, 180.0).or_else(|| near(brought_back(at, 360.0).x, 180.0))?;
    Some(Coord { x, y: near(at.y, 90.0)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longitudes_of_the_next_turn_come_back() {
        let back = |x: f64, turn: f64| brought_back(Coord { x, y: 1.0 }, turn).x;
        for (x, expected) in
            [(184.0, -176.0), (-188.0, 172.0), (180.0, 180.0), (540.0, 180.0), (541.0, 541.0)]
        {
            assert_eq!(back(x, 360.0), expected, "{x}");
        }
        assert_eq!(back(205.0, 400.0), -195.0, "grads");
    }

    #[test]
    fn rounding_is_taken_back_and_nothing_else() {
        let on = |x: f64, y: f64| on_the_earth(Coord { x, y });
        assert_eq!(on(180.000_000_05, -90.000_000_05), Some(Coord { x: 180.0, y: -90.0 }));
        assert_eq!(on(184.0, 5.0), Some(Coord { x: -176.0, y: 5.0 }));
        for (x, y) in [(0.0, 90.1), (600.0, 0.0), (f64::NAN, 0.0), (0.0, f64::INFINITY)] {
            assert_eq!(on(x, y), None, "{x}, {y}");
        }
    }
}
