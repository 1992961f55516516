//! The class of an edge: which areas have it, and on which sides.

use std::collections::HashMap;

use super::Border;

/// A kind of edge, as a number.
pub(super) type Class = u32;

/// Only one area has it.
pub(super) const ALONE: Class = 0;
/// It is inside of its area, which has it on both sides.
pub(super) const INNER: Class = 1;
/// Its area already has it in the same direction.
pub(super) const REPEATED: Class = 2;
/// Other areas have vertices on it, so it is divided into pieces.
pub(super) const DIVIDED: Class = 3;
/// The first class of edges that several areas have.
const SEVERAL: Class = 4;

/// An area that has an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Holder {
    pub(super) area: usize,
    /// Whether it is on the other side of the edge than the first area.
    pub(super) is_across: bool,
}

/// Which areas have an edge, and on which sides: each such set is a class.
#[derive(Debug, Default)]
pub(super) struct Classes {
    known: HashMap<Vec<Holder>, Class>,
    sets: Vec<Vec<Holder>>,
}

impl Classes {
    /// The class of an edge that these areas have, each of them once.
    pub(super) fn class_of(&mut self, mut holders: Vec<Holder>) -> Class {
        holders.sort_unstable();
        let [first, _, ..] = holders[..] else { return ALONE };
        // Sides relative to the first area.
        holders.iter_mut().for_each(|holder| holder.is_across ^= first.is_across);
        if let Some(class) = self.known.get(&holders) {
            return *class;
        }
        // There are as many classes as edges at most, and memory holds fewer than this.
        let class = SEVERAL.saturating_add(u32::try_from(self.sets.len()).unwrap_or(u32::MAX));
        self.sets.push(holders.clone());
        self.known.insert(holders, class);
        class
    }

    /// The borders that a class means between an area and those with higher numbers.
    pub(super) fn borders(
        &self,
        class: Class,
        area: usize,
    ) -> impl Iterator<Item = (usize, Border)> {
        let set = class.checked_sub(SEVERAL).and_then(|i| self.sets.get(i as usize));
        let set = set.map_or(&[][..], Vec::as_slice);
        let own = set.iter().find(|holder| holder.area == area).copied();
        let above = set.iter().filter(move |holder| holder.area > area);
        above.filter_map(move |other| {
            let border = match own?.is_across != other.is_across {
                false => Border::ClaimedByBoth,
                true if set.len() > 2 => Border::Contested,
                true => Border::Between,
            };
            Some((other.area, border))
        })
    }
}
