//! Boxes around blocks of corners: most of a ring is far from what is looked for, and a box says so
//! for many corners at once.

use geo::Coord;

use crate::io::outline::Box2;

/// Corners in a block.
pub(super) const BLOCK: usize = 64;

/// The boxes around blocks of corners of a closed ring.
pub(super) fn blocks(ring: &[Coord]) -> Vec<Box2> {
    open(ring).chunks(BLOCK).map(Box2::around_path).collect()
}

/// A closed ring without its last corner, which is also the first one.
pub(super) fn open(ring: &[Coord]) -> &[Coord] {
    ring.split_last().map_or(ring, |(_, open)| open)
}
