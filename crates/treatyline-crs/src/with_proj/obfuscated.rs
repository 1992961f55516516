//! GCJ-02 and BD-09, the systems of web maps in China: WGS 84 displaced by some hundreds of
//! metres, differently from place to place, so that it cannot be used as it is.
//!
//! Neither is documented by those who use it. What is here are the formulas that have been public
//! since 2010 and that agree with the maps of AMap, Tencent and Baidu as far as has been compared.
//! Both displace places in a box around China only; a border of China lies within it.

use geo_types::Coord;

/// A system that displaces places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Obfuscated {
    /// Of AMap (Gaode), Tencent, and Google's maps of China.
    Gcj02,
    /// Of Baidu: GCJ-02 displaced once more.
    Bd09,
}

/// What is known of how well the formulas agree with the maps, in metres: no publication says it.
pub(super) const ACCURACY_M: f64 = 10.0;

/// The ellipsoid of Krasovsky, which the displacement is scaled by: semi-major axis in metres, and
/// the square of the eccentricity.
const A: f64 = 6_378_245.0;
const E2: f64 = 0.006_693_421_622_965_943;

/// West, south, east, north: the box in which places are displaced.
const CHINA: [f64; 4] = [72.004, 0.8293, 137.8347, 55.8271];

/// A step that moves a place by less than this, in degrees, is the last: some micrometres.
const NEAR_DEG: f64 = 1e-11;
/// Each step leaves about a thousandth of the error, so five are enough.
const MOST_STEPS: usize = 20;

impl Obfuscated {
    /// By the names people use for them.
    pub(super) fn named(text: &str) -> Option<Self> {
        let plain: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
        match plain.to_uppercase().as_str() {
            "GCJ02" => Some(Self::Gcj02),
            "BD09" | "BD09LL" => Some(Self::Bd09),
            _ => None,
        }
    }

    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Gcj02 => "GCJ-02 (of Chinese web maps)",
            Self::Bd09 => "BD-09 (of Baidu's maps)",
        }
    }

    /// Longitude and latitude on WGS 84 of a place of the map.
    pub(super) fn to_wgs84(self, place: Coord) -> Coord {
        inverse(place, |at| self.displaced(at))
    }

    /// Where the map has a place of WGS 84.
    pub(super) fn displaced(self, at: Coord) -> Coord {
        let [west, south, east, north] = CHINA;
        if !((west..=east).contains(&at.x) && (south..=north).contains(&at.y)) {
            return at;
        }
        match self {
            Self::Gcj02 => gcj02(at),
            Self::Bd09 => bd09(gcj02(at)),
        }
    }
}

/// The place that a displacement brings to `reached`.
fn inverse(reached: Coord, displaced: impl Fn(Coord) -> Coord) -> Coord {
    let mut at = reached;
    for _ in 0..MOST_STEPS {
        let there = displaced(at);
        let step = Coord { x: reached.x - there.x, y: reached.y - there.y };
        at = Coord { x: at.x + step.x, y: at.y + step.y };
        if step.x.abs().max(step.y.abs()) < NEAR_DEG {
            break;
        }
    }
    at
}

fn gcj02(at: Coord) -> Coord {
    let (x, y) = (at.x - 105.0, at.y - 35.0);
    // A wave of two heights and lengths, in half turns.
    let wave = |high: f64, long: f64, phase: [f64; 2]| {
        let [fast, slow] = phase.map(|turns| (turns * std::f64::consts::PI).sin());
        (high * fast + long * slow) * 2.0 / 3.0
    };
    let common = wave(20.0, 20.0, [6.0 * x, 2.0 * x]) + 0.1 * x * y;
    let north_m = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.2 * x.abs().sqrt()
        + common
        + wave(20.0, 40.0, [y, y / 3.0])
        + wave(160.0, 320.0, [y / 12.0, y / 30.0]);
    let east_m = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x.abs().sqrt()
        + common
        + wave(20.0, 40.0, [x, x / 3.0])
        + wave(150.0, 300.0, [x / 12.0, x / 30.0]);
    let (sin, cos) = at.y.to_radians().sin_cos();
    let root = (1.0 - E2 * sin * sin).sqrt();
    let meridian = A * (1.0 - E2) / (root * root * root);
    let parallel = A / root * cos;
    Coord {
        x: at.x + (east_m / parallel).to_degrees(),
        y: at.y + (north_m / meridian).to_degrees(),
    }
}

fn bd09(at: Coord) -> Coord {
    let turns = std::f64::consts::PI * 3000.0 / 180.0;
    let far = at.x.hypot(at.y) + 0.000_02 * (at.y * turns).sin();
    let (sin, cos) = (at.y.atan2(at.x) + 0.000_003 * (at.x * turns).cos()).sin_cos();
    Coord { x: far * cos + 0.006_5, y: far * sin + 0.006 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values that other implementations have in their documentation and tests: the first pair of
    /// eviltransform (googollee), the second of coordtransform (wandergis).
    #[test]
    fn the_displacement_is_that_of_other_programs() {
        let near = |found: Coord, x: f64, y: f64, within: f64| {
            assert!((found.x - x).abs() < within && (found.y - y).abs() < within, "{found:?}");
        };
        let at = Coord { x: 121.527_210_6, y: 31.177_427_6 };
        near(Obfuscated::Gcj02.displaced(at), 121.531_541_859_215, 31.175_303_983_645_97, 1e-9);
        let reached = Obfuscated::Gcj02.displaced(Coord { x: 116.404, y: 39.915 });
        near(reached, 116.410_244_499_166_94, 39.916_404_281_501_64, 1e-9);
        let reached = bd09(Coord { x: 116.404, y: 39.915 });
        near(reached, 116.410_369_493_710_29, 39.921_336_993_510_22, 1e-9);
    }

    #[test]
    fn it_is_undone_to_less_than_a_centimetre_all_along_the_borders_of_china() {
        for system in [Obfuscated::Gcj02, Obfuscated::Bd09] {
            for i in 0..=62 {
                for j in 0..=35 {
                    let at = Coord { x: 73.0 + f64::from(i), y: 18.0 + f64::from(j) };
                    let back = system.to_wgs84(system.displaced(at));
                    let off = (back.x - at.x).abs().max((back.y - at.y).abs());
                    assert!(off < 1e-9, "{at:?}: {off}");
                    let moved = system.displaced(at);
                    assert!((moved.x - at.x).abs() > 1e-4, "{at:?} is moved");
                }
            }
            let elsewhere = Coord { x: 10.0, y: 50.0 };
            assert_eq!(system.to_wgs84(elsewhere), elsewhere);
        }
    }

    #[test]
    fn names_in_any_spelling() {
        for text in ["GCJ-02", "gcj02", "GCJ_02"] {
            assert_eq!(Obfuscated::named(text), Some(Obfuscated::Gcj02));
        }
        assert_eq!(Obfuscated::named("BD-09"), Some(Obfuscated::Bd09));
        assert_eq!(Obfuscated::named("EPSG:4490"), None);
    }
}
