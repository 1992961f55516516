//! Where three ways meet: which stretches of a line hang together without following one another.

use std::collections::HashMap;

use geo::Coord;

use super::extras::length_m;
use super::same::{Tolerance, places};
use super::touch::Touched;

/// Which stretches are branches: of those that hang together, begin or end on one another, all but
/// one, the longest of those that do not begin inside of another one.
pub(crate) fn branches(stretches: &[Vec<Coord>]) -> Vec<bool> {
    let tolerance = Tolerance::for_parts(stretches);
    let touched = Touched::new(stretches, tolerance, tolerance);
    let group = hanging_together(stretches, &touched, tolerance);
    let begins_inside = |i: usize| touched.others(i).any(|(_, is_inside)| is_inside);
    let ranks: Vec<(bool, f64)> =
        stretches.iter().enumerate().map(|(i, path)| (!begins_inside(i), length_m(path))).collect();
    let mut mains: HashMap<usize, usize> = HashMap::new();
    for (i, of) in group.iter().enumerate() {
        let main = mains.entry(*of).or_insert(i);
        // Of several that are as long, the first.
        let (own, other) = (ranks[i], ranks[*main]);
        if own.0.cmp(&other.0).then(own.1.total_cmp(&other.1)).is_gt() {
            *main = i;
        }
    }
    group.iter().enumerate().map(|(i, of)| mains.get(of) != Some(&i)).collect()
}

/// For each stretch the first one of those with which it hangs together: they touch each other, or
/// come to one place.
fn hanging_together(
    stretches: &[Vec<Coord>],
    touched: &Touched,
    tolerance: Tolerance,
) -> Vec<usize> {
    // For each an earlier one of its group, or itself if it is the first.
    let mut earlier: Vec<usize> = (0..stretches.len()).collect();
    let mut first_at: HashMap<u32, usize> = HashMap::new();
    for (own, vertices) in places(stretches, tolerance).0.iter().enumerate() {
        for vertex in vertices {
            join(&mut earlier, own, *first_at.entry(vertex.place).or_insert(own));
        }
        touched.others(own).for_each(|(other, _)| join(&mut earlier, own, other));
    }
    (0..stretches.len()).map(|i| first(&mut earlier, i)).collect()
}

/// Makes two groups one.
fn join(earlier: &mut [usize], one: usize, other: usize) {
    let (one, other) = (first(earlier, one), first(earlier, other));
    earlier[one.max(other)] = one.min(other);
}

/// The first of a group; the way to it is halved, so that the next one is shorter.
fn first(earlier: &mut [usize], mut i: usize) -> usize {
    while earlier[i] != i {
        earlier[i] = earlier[earlier[i]];
        i = earlier[i];
    }
    i
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(at: &[(f64, f64)]) -> Vec<Coord> {
        at.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect()
    }

    #[test]
    fn where_three_ways_meet_one_is_a_branch() {
        let line = path(&[(0.0, 0.0), (1.0, 0.0), (2.0, 0.0)]);
        let arm = path(&[(1.0, 0.0), (1.0, 3.0)]);
        let elsewhere = path(&[(3.0, 0.0), (4.0, 0.0)]);
        let turned: Vec<Coord> = arm.iter().rev().copied().collect();
        for arm in [arm, turned] {
            let stretches = [line.clone(), arm, elsewhere.clone()];
            assert_eq!(branches(&stretches), [false, true, false]);
        }
        assert!(branches(&[]).is_empty());
        // Two lines with a bar between.
        let other = path(&[(0.0, 3.0), (1.0, 3.0), (2.0, 3.0)]);
        let bar = path(&[(1.0, 0.0), (1.0, 3.0)]);
        let count = |stretches: &[Vec<Coord>]| {
            branches(stretches).iter().filter(|is_branch| **is_branch).count()
        };
        assert_eq!(count(&[line.clone(), bar, other]), 2);
        // One that crosses it in a vertex.
        let across = path(&[(1.0, -1.0), (1.0, 0.0), (1.0, 1.0)]);
        assert_eq!(count(&[line, across]), 1);
    }
}
