//! Joins lines that follow each other.

use std::collections::HashMap;

use geo::Coord;

use crate::line::shared::area::meridian;

/// Joins each line to the one that begins where it ends, where no other begins or ends there.
/// Lines keep their order, each where its first part was.
pub(super) fn joined(lines: Vec<Vec<Coord>>) -> Vec<Vec<Coord>> {
    let begins = ends(&lines, |line| line.first());
    let finishes = ends(&lines, |line| line.last());
    let next = |i: usize| {
        let end = key(*lines[i].last()?);
        let only = |at: &HashMap<_, Option<usize>>| at.get(&end).copied().flatten();
        only(&finishes)?;
        only(&begins).filter(|next| *next != i)
    };
    let next: Vec<Option<usize>> = (0..lines.len()).map(next).collect();
    let mut follows = vec![false; lines.len()];
    next.iter().flatten().for_each(|i| follows[*i] = true);
    // After the lines with a beginning, only closed ones remain.
    let heads = (0..lines.len()).filter(|i| !follows[*i]).chain(0..lines.len());
    let mut taken = vec![false; lines.len()];
    let mut found: Vec<(usize, Vec<Coord>)> = Vec::new();
    for head in heads {
        let (mut at, mut path, mut first) = (Some(head), Vec::new(), head);
        while let Some(i) = at.filter(|i| !taken[*i]) {
            taken[i] = true;
            path.extend(&lines[i][usize::from(!path.is_empty())..]);
            first = first.min(i);
            at = next[i];
        }
        if !path.is_empty() {
            found.push((first, path));
        }
    }
    found.sort_by_key(|(first, _)| *first);
    found.into_iter().map(|(_, path)| path).collect()
}

fn key(at: Coord) -> [u64; 2] {
    [meridian(at.x).to_bits(), (at.y + 0.0).to_bits()]
}

/// The line that has each end; none if several have it.
fn ends(
    lines: &[Vec<Coord>],
    end: impl Fn(&Vec<Coord>) -> Option<&Coord>,
) -> HashMap<[u64; 2], Option<usize>> {
    let mut known = HashMap::new();
    for (i, at) in lines.iter().enumerate().filter_map(|(i, line)| Some((i, *end(line)?))) {
        known.entry(key(at)).and_modify(|known| *known = None).or_insert(Some(i));
    }
    known
}
