//! Finds the edges of a path that can meet: those whose boxes do.
//!
//! Consecutive edges are near each other. So boxes around ranges of them, in a tree in the order of
//! the path, exclude almost all pairs after a few comparisons, and nothing has to be sorted.

use crate::io::outline::Box2;

/// Boxes under each box of the next level.
const FAN: usize = 2;

/// Calls `report` with every pair *i* < *j* of boxes that meet, in no particular order.
pub(super) fn pairs(boxes: &[Box2], mut report: impl FnMut(usize, usize)) {
    let mut levels = vec![boxes.to_vec()];
    while let Some(below) = levels.last().filter(|level| level.len() > 1) {
        let around = |few: &[Box2]| few.iter().copied().reduce(|all, next| all.around(&next));
        levels.push(below.chunks(FAN).filter_map(around).collect());
    }
    // A level and two boxes of it that meet, the first not after the second.
    let mut open = vec![(levels.len() - 1, 0, 0)];
    while let Some((level, a, b)) = open.pop() {
        let Some(below) = level.checked_sub(1).map(|below| &levels[below]) else {
            if a != b {
                report(a, b);
            }
            continue;
        };
        // The last box of a level may have fewer below it.
        let under = |box_number: usize| box_number * FAN..((box_number + 1) * FAN).min(below.len());
        for i in under(a) {
            for j in under(b).filter(|j| *j >= i) {
                if i == j || below[i].meets(&below[j]) {
                    open.push((level - 1, i, j));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::Coord;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn all_pairs_that_meet_are_reported_once(
            corners in proptest::collection::vec((-9_i8..9, -9_i8..9), 0..90)
        ) {
            let at = |(x, y): &(i8, i8)| Coord { x: f64::from(*x), y: f64::from(*y) };
            let edges = corners.windows(2).map(|ends| Box2::around_two(at(&ends[0]), at(&ends[1])));
            let boxes: Vec<Box2> = edges.collect();
            let mut expected = Vec::new();
            for j in 0..boxes.len() {
                expected.extend((0..j).filter(|i| boxes[*i].meets(&boxes[j])).map(|i| (i, j)));
            }
            let mut found = Vec::new();
            pairs(&boxes, |i, j| found.push((i, j)));
            found.sort_unstable();
            expected.sort_unstable();
            prop_assert_eq!(found, expected);
        }
    }
}
