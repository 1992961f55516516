//! The depictions of the China–Kazakhstan line against each other, where they are to hand.

use std::sync::LazyLock;

use treatyline::compare::{Comparison, Settings};
use treatyline::drawn::DrawnLine;
use treatyline::io::Input;
use treatyline::line::Side;
use treatyline::quantity::Metres;

fn depiction(name: &str) -> Option<DrawnLine> {
    let path = crate::common::shared(&format!("data/lines/{name}.geojson"))?;
    Some(DrawnLine::read(Input::path(&path)).unwrap())
}

/// An older depiction compared with the modern line, and the other way round, where chainages are on
/// the modern one. Each takes seconds, and several tests ask for it.
struct Both {
    name: &'static str,
    there: Comparison,
    back: Comparison,
}

static BOTH: LazyLock<Vec<Both>> = LazyLock::new(|| {
    let Some(modern) = depiction("us_state") else { return Vec::new() };
    let compared =
        |old: &DrawnLine, new: &DrawnLine| Comparison::new(old, new, &Settings::default()).unwrap();
    let both = |name| {
        let old = depiction(name)?;
        Some(Both { name, there: compared(&old, &modern), back: compared(&modern, &old) })
    };
    ["dcw_1992", "wdb2"].into_iter().filter_map(both).collect()
});

/// Where both older depictions leave the modern line by more than 1.5 km for 6 km or more:
/// kilometres along the modern line.
const LEFT: [(f64, f64); 10] = [
    (26.0, 40.0),
    (244.0, 290.0),
    (396.0, 404.0),
    (406.0, 416.0),
    (492.0, 518.0),
    (838.0, 894.0),
    (928.0, 972.0),
    (1_004.0, 1_052.0),
    (1_316.0, 1_340.0),
    (1_546.0, 1_552.0),
];

/// At each of these places there is a face that is significant and more than 1.5 km wide.
#[test]
fn significant_faces_lie_where_the_old_depictions_leave_the_line() {
    for Both { name, back: found, .. } in &*BOTH {
        for (from, to) in LEFT {
            let there = found.land.significant().find(|face| {
                let within = face.from.km() < to && face.to.km() > from;
                within && face.width.greatest.distance > Metres::new(1_500.0)
            });
            assert!(there.is_some(), "{name}: nothing at km {from}–{to}");
        }
    }
}

/// The result of the comparison for the two sectors settled in 1998, from before to after. No
/// published figure is used; these are what the two depictions say.
#[test]
fn the_sectors_of_1998_go_to_china_in_both_depictions() {
    for Both { name, there: found, .. } in &*BOTH {
        let (chogan_obo_km2, xiaerxili_km2) = match *name {
            "dcw_1992" => (167.6, 230.0),
            _ => (171.4, 268.5),
        };
        for (lat, lon, expected_km2) in
            [(46.95, 84.80, chogan_obo_km2), (45.27, 81.87, xiaerxili_km2)]
        {
            let near =
                |face: &&treatyline::compare::Face| (face.at.y - lat).hypot(face.at.x - lon) < 0.3;
            let widest = found
                .land
                .significant()
                .filter(near)
                .max_by(|a, b| a.area.value().total_cmp(&b.area.value()))
                .unwrap();
            assert_eq!(widest.gains, Side::Left, "{name}: {widest:?}");
            assert!(
                (widest.area.km2() - expected_km2).abs() < 0.1,
                "{name} {:?}",
                widest.area.km2()
            );
        }
    }
}

/// In the other direction the gains are exchanged, and noise stays noise.
#[test]
fn there_and_back_the_gains_are_exchanged() {
    let Some(Both { there, back, .. }) = BOTH.iter().find(|both| both.name == "dcw_1992") else {
        return;
    };
    let [left, right] = there.land.gains;
    let [left_back, right_back] = back.land.gains;
    for (a, b) in [(left, right_back), (right, left_back)] {
        assert!((a.significant.area - b.significant.area).abs().km2() < 0.01, "{a:?} {b:?}");
        assert!((a.noise.area - b.noise.area).abs().km2() < 0.01, "{a:?} {b:?}");
    }
    assert_eq!(there.hausdorff.symmetric(), back.hausdorff.symmetric());
}
