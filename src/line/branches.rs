//! Where three ways meet: which stretches of a line hang together without following one another.

use std::collections::HashMap;

use geo::Coord;

use super::extras::length_m;
use super::same::{Tolerance, places};
use super::touch::Touched;

/// Which stretches are branches: of those that hang together, begin or end on one another, all but
/// one, the longest of those that do not begin inside of another one.
#[must_use]
pub fn branches(stretches: &[Vec<Coord>]) -> Vec<bool> {
    let tolerance = Tolerance::for_parts(stretches);
    let touched = Touched::new(stretches, &vec![true; stretches.len()], tolerance, tolerance);
    let group = hanging_together(stretches, &touched, tolerance);
    let lengths: Vec<f64> = stretches.iter().map(|path| length_m(path)).collect();
    let begins_inside: Vec<bool> =
        (0..stretches.len()).map(|i| touched.others(i).any(|(_, is_inside)| is_inside)).collect();
    let is_main = |i: usize| {
        let of_group = (0..group.len()).filter(|j| group[*j] == group[i]);
        let main = of_group.max_by(|a, b| {
            let by_length = lengths[*a].total_cmp(&lengths[*b]);
            // Of several that are as long, the first.
            begins_inside[*b].cmp(&begins_inside[*a]).then(by_length).then(b.cmp(a))
        });
        main == Some(i)
    };
    (0..stretches.len()).map(|i| !is_main(i)).collect()
}

/// For each stretch the first one of those with which it hangs together: they touch each other, or
/// come to one place.
fn hanging_together(
    stretches: &[Vec<Coord>],
    touched: &Touched,
    tolerance: Tolerance,
) -> Vec<usize> {
    let mut group: Vec<usize> = (0..stretches.len()).collect();
    let mut join = |one: usize, other: usize| {
        let (kept, gone) = (group[one].min(group[other]), group[one].max(group[other]));
        if kept != gone {
            group.iter_mut().filter(|each| **each == gone).for_each(|each| *each = kept);
        }
    };
    let mut first_at: HashMap<u32, usize> = HashMap::new();
    for (own, vertices) in places(stretches, tolerance).0.iter().enumerate() {
        for vertex in vertices {
            join(own, *first_at.entry(vertex.place).or_insert(own));
        }
        touched.others(own).for_each(|(other, _)| join(own, other));
    }
    group
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
