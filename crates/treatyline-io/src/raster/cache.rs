//! Pieces that were decoded not long ago, in bounded memory: a line stays in a piece for a
//! while and comes back to its neighbours.

use std::collections::{BTreeMap, HashMap};

use super::piece::Piece;

/// What a piece takes besides its values.
const OVERHEAD_BYTES: usize = 128;

/// Pieces by their numbers. The one that has not been used for longest goes first.
pub(super) struct Cache {
    pieces: HashMap<u64, (u64, Piece)>,
    /// The same numbers by the time of their last use.
    used: BTreeMap<u64, u64>,
    time: u64,
    bytes: usize,
    limit_bytes: usize,
}

impl Cache {
    /// Room for two pieces of a size, or many smaller ones.
    pub(super) fn for_two(piece_bytes: usize) -> Self {
        Self::new(2 * (piece_bytes + OVERHEAD_BYTES))
    }

    fn new(limit_bytes: usize) -> Self {
        Self { pieces: HashMap::new(), used: BTreeMap::new(), time: 0, bytes: 0, limit_bytes }
    }

    /// A piece that is here, now used.
    pub(super) fn get(&mut self, number: u64) -> Option<&Piece> {
        let (used, piece) = self.pieces.get_mut(&number)?;
        self.used.remove(used);
        self.time += 1;
        *used = self.time;
        self.used.insert(self.time, number);
        Some(piece)
    }

    /// Makes room for a piece of `bytes`, before it is decoded.
    pub(super) fn make_room(&mut self, bytes: usize) {
        while self.bytes + bytes + OVERHEAD_BYTES > self.limit_bytes {
            let Some((_, number)) = self.used.pop_first() else { return };
            if let Some((_, piece)) = self.pieces.remove(&number) {
                self.bytes -= piece.size() + OVERHEAD_BYTES;
            }
        }
    }

    /// Keeps a piece that is not here.
    pub(super) fn insert(&mut self, number: u64, piece: Piece) {
        self.make_room(piece.size());
        self.bytes += piece.size() + OVERHEAD_BYTES;
        self.time += 1;
        self.used.insert(self.time, number);
        self.pieces.insert(number, (self.time, piece));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KIB: usize = 1 << 10;

    #[test]
    fn the_piece_not_used_for_longest_goes_first_and_memory_is_bounded() {
        let mut cache = Cache::new(3 * (KIB + OVERHEAD_BYTES));
        for number in 0..3 {
            cache.insert(number, Piece::filled(KIB));
        }
        assert!(cache.get(0).is_some());
        cache.insert(3, Piece::filled(KIB));
        assert!(cache.get(1).is_none());
        assert!([0, 2, 3].iter().all(|number| cache.get(*number).is_some()));
        for number in 4..1_000 {
            cache.insert(number, Piece::filled(KIB * (number as usize % 3)));
            assert!(cache.bytes <= cache.limit_bytes);
            assert_eq!(cache.pieces.len(), cache.used.len());
        }
        // One that is as large as the limit is kept alone.
        cache.insert(1_000, Piece::filled(4 * KIB));
        assert_eq!(cache.pieces.len(), 1);
    }
}
