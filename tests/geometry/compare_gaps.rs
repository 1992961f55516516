//! Lines in stretches: a gap is a gap, and what has no version is only in one of the lines.

use approx::assert_abs_diff_eq;
use proptest::prelude::*;
use serde_json::json;
use treatyline::compare::{Comparison, OnlyIn, Settings, Version};
use treatyline::drawn::DrawnLine;
use treatyline::io::Input;
use treatyline::quantity::Metres;

type Path = Vec<(f64, f64)>;

fn drawn(parts: &[Path]) -> DrawnLine {
    let text = json!({"type": "MultiLineString", "coordinates": parts}).to_string();
    DrawnLine::read(Input::bytes("test", text.as_bytes())).unwrap()
}

fn compared(old: &[Path], new: &[Path]) -> Comparison {
    Comparison::new(&drawn(old), &drawn(new), &Settings::default()).unwrap()
}

/// A vertex of a winding line from 80° to 82° E, some 350 km long.
fn vertex(i: usize) -> (f64, f64) {
    let x = 80.0 + 0.02 * i as f64;
    (x, 45.0 + 0.3 * (5.0 * x).sin() + 0.03 * (31.0 * x).cos())
}

const LAST: usize = 100;

/// The line from one vertex to another one.
fn part(from: usize, to: usize) -> Path {
    (from..=to).map(vertex).collect()
}

/// A closed line around a place.
fn ring(x: f64, y: f64, radius: f64) -> Path {
    let at = |i: i32| f64::from(i % 40) * std::f64::consts::PI / 20.0;
    (0..=40).map(|i| (x + radius * at(i).cos(), y + radius * at(i).sin())).collect()
}

fn backwards(part: &Path) -> Path {
    part.iter().rev().copied().collect()
}

/// That lines lie on each other wherever both are, and that each is accounted for.
fn lie_on_each_other(found: &Comparison) {
    assert!(found.hausdorff.symmetric() < Metres::new(0.01), "{:?}", found.hausdorff);
    assert!(found.frechet.high < Metres::new(0.01), "{:?}", found.frechet);
    assert!(found.land.faces.is_empty(), "{:?}", found.land.gains);
    assert!(found.old.distances.beyond.iter().all(|beyond| beyond.share == 0.0));
    let only = |of: Version| {
        let own = found.only.iter().filter(|only| only.version == of);
        own.map(|only| only.length).sum::<Metres>()
    };
    let old: Metres = found.matched.iter().map(|pair| pair.old_length).sum();
    let new: Metres = found.matched.iter().map(|pair| pair.new_length).sum();
    assert_abs_diff_eq!(old, new, epsilon = 1e-3);
    assert_abs_diff_eq!(old + only(Version::Old), found.old.length, epsilon = 1e-3);
    assert_abs_diff_eq!(new + only(Version::New), found.new.length, epsilon = 1e-3);
}

/// Where pieces are only in one line, by the vertices of the winding line at their ends.
fn only_between(found: &Comparison, of: Version) -> Vec<(usize, usize)> {
    let number = |x: f64| ((x - 80.0) / 0.02).round() as usize;
    let own = found.only.iter().filter(|only| only.version == of);
    let ends = own.map(|OnlyIn { from, to, .. }| (number(from.x), number(to.x)));
    ends.map(|(a, b)| (a.min(b), a.max(b))).collect()
}

#[test]
fn what_lies_over_a_gap_of_the_other_line_is_only_in_one() {
    for (last, first) in [(44, 55), (49, 52), (3, 97), (60, 61)] {
        let gapped = [part(0, last), part(first, LAST)];
        let there = compared(&gapped, &[part(0, LAST)]);
        let back = compared(&[part(0, LAST)], &gapped);
        for (found, of) in [(&there, Version::New), (&back, Version::Old)] {
            lie_on_each_other(found);
            assert_eq!((found.matched.len(), found.only.len()), (2, 1));
            assert_eq!(only_between(found, of), [(last, first)]);
        }
        // Kilometres are those of the lines as they are, whatever they have more.
        assert_eq!(back.only[0].chainage, back.matched[0].old_length);
        let after = back.only[0].chainage + back.only[0].length;
        assert_abs_diff_eq!(back.matched[1].old_from, after, epsilon = 1e-3);
    }
}

#[test]
fn stretches_in_any_order_and_direction_are_the_same() {
    let parts = [part(0, 30), part(35, 60), part(70, LAST)];
    let shuffled = [parts[2].clone(), backwards(&parts[0]), parts[1].clone()];
    let reversed = [backwards(&parts[2]), backwards(&parts[1]), backwards(&parts[0])];
    for new in [&parts, &shuffled, &reversed] {
        let found = compared(&[part(0, LAST)], new);
        lie_on_each_other(&found);
        assert_eq!(only_between(&found, Version::Old), [(30, 35), (60, 70)]);
    }
}

#[test]
fn both_lines_may_have_gaps() {
    let old = [part(0, 20), part(25, 70), part(85, LAST)];
    let new = [part(0, 40), part(50, 75), part(80, LAST)];
    let found = compared(&old, &new);
    lie_on_each_other(&found);
    assert_eq!(only_between(&found, Version::Old), [(40, 50)]);
    assert_eq!(only_between(&found, Version::New), [(20, 25), (70, 75), (80, 85)]);
}

#[test]
fn a_stretch_without_a_version_is_compared_with_no_other() {
    let rings = [ring(81.0, 46.2, 0.1), ring(80.2, 43.8, 0.05)];
    let old = [part(0, 39), part(60, LAST), rings[0].clone(), rings[1].clone()];
    let new = [part(0, 39), rings[0].clone()];
    let found = compared(&old, &new);
    lie_on_each_other(&found);
    assert_eq!((found.matched.len(), found.only.len()), (2, 2));
    let lengths = drawn(&old).line;
    let stretches: Vec<usize> = lengths.stretches().map(<[_]>::len).collect();
    assert_eq!(stretches.len(), 4);
    assert_eq!(found.only.iter().filter(|only| only.encloses.is_some()).count(), 1);
    assert!(found.only.iter().all(|only| only.version == Version::Old));
    // The other way round it is only in the new one.
    let back = compared(&new, &old);
    assert!(back.only.iter().all(|only| only.version == Version::New));
    lie_on_each_other(&back);
}

#[test]
fn a_ring_with_gaps_is_compared_with_the_whole_one() {
    let whole = ring(81.0, 46.2, 0.3);
    let parts = [part(0, 100), whole[3..15].to_vec(), backwards(&whole[20..38].to_vec())];
    let found = compared(&[part(0, 100), whole.clone()], &parts);
    lie_on_each_other(&found);
    assert_eq!((found.matched.len(), found.only.len()), (3, 2));
    lie_on_each_other(&compared(&parts, &[part(0, 100), whole]));
}

/// A strip along two stretches is what the strips along each are.
#[test]
fn land_lies_between_pieces_and_in_no_gap() {
    let moved = |part: Path| -> Path { part.into_iter().map(|(x, y)| (x, y + 0.004)).collect() };
    let straight = |from: f64, to: f64| -> Path { vec![(from, 45.0), (to, 45.0)] };
    let alone = [(80.0, 80.5), (80.8, 81.4)].map(|(from, to)| {
        compared(&[straight(from, to)], &[moved(straight(from, to))]).land.transferred()
    });
    let old = [straight(80.0, 80.5), straight(80.8, 81.4)];
    let found = compared(&old, &old.clone().map(moved));
    let both = (alone[0] + alone[1]).value();
    // The ways across at the ends are at right angles to the one line or to the other.
    assert_abs_diff_eq!(found.land.transferred().value(), both, epsilon = 1e-3 * both);
    assert_eq!(found.land.faces.len(), 2);
    // The new line without a gap: only what is along the old stretches counts.
    let joined = [straight(80.0, 80.5), straight(80.8, 81.4)].concat();
    let whole = compared(&old, &[moved(joined)]);
    assert_abs_diff_eq!(whole.land.transferred().value(), both, epsilon = 5e-3 * both);
    assert!(whole.hausdorff.symmetric() < Metres::new(460.0));
    assert_eq!((whole.only.len(), whole.only[0].version), (1, Version::New));
}

#[test]
fn a_gap_that_the_accuracy_explains_is_bridged() {
    let (x, y) = vertex(50);
    let second = [vec![(x + 3e-4, y)], part(51, LAST)].concat();
    let (old, new) = (drawn(&[part(0, 50), second]), drawn(&[part(0, LAST)]));
    let compared = |metres: f64| {
        let accuracies = [Some(Metres::new(metres)), None];
        let settings = Settings { accuracies, ..Settings::default() };
        Comparison::new(&old, &new, &settings).unwrap()
    };
    // 24 m: both ends may be off by half of it.
    let (coarse, fine) = (compared(12.5), compared(11.0));
    assert!(coarse.old.gaps[0].bridged && !fine.old.gaps[0].bridged);
    assert_eq!((coarse.matched.len(), fine.matched.len()), (1, 2));
    let bridge = coarse.old.length - fine.old.length;
    assert_abs_diff_eq!(bridge, old.gaps[0].width, epsilon = 1e-6);
}

/// Some vertices in order, two by two the ends of stretches.
fn cuts() -> impl Strategy<Value = Vec<(usize, usize)>> {
    proptest::collection::btree_set(0..=LAST / 4, 2..10).prop_map(|places| {
        let places: Vec<usize> = places.into_iter().map(|place| 4 * place).collect();
        places.chunks_exact(2).map(|ends| (ends[0], ends[1])).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// Whatever is left out of a line, nothing of the rest has moved.
    #[test]
    fn what_is_left_out_moves_nothing(cuts in cuts()) {
        let old: Vec<Path> = cuts.iter().map(|(from, to)| part(*from, *to)).collect();
        if old.len() > 1 {
            let there = compared(&old, &[part(0, LAST)]);
            lie_on_each_other(&there);
            prop_assert_eq!(there.matched.len(), old.len());
            lie_on_each_other(&compared(&[part(0, LAST)], &old));
        }
    }
}
