//! Rings cut off at the sides of a box. Boxes around blocks of corners show for many at once that they
//! are far from it.

use geo::Coord;

use crate::io::outline::Box2;

/// Corners in a block.
const BLOCK: usize = 64;

/// The boxes around blocks of corners of a closed ring.
pub(super) fn blocks(ring: &[Coord]) -> Vec<Box2> {
    open(ring).chunks(BLOCK).map(Box2::around_path).collect()
}

/// A closed ring without its last corner, which is also the first one.
fn open(ring: &[Coord]) -> &[Coord] {
    ring.split_last().map_or(ring, |(_, open)| open)
}

/// A closed ring cut off at the sides of a box (Sutherland & Hodgman 1974), not closed; none if
/// nothing is left.
pub(super) fn clipped(ring: &[Coord], blocks: &[Box2], within: &Box2) -> Option<Vec<Coord>> {
    let around = blocks.iter().fold(Box2::EMPTY, |all, next| all.around(next));
    if !around.meets(within) {
        return None;
    }
    let path = cut_off(without_far(open(ring), blocks, within), within);
    Some(path).filter(|path| !path.is_empty())
}

/// The sides of a box that a place is beyond, each a bit.
fn beyond([x, y]: [f64; 2], within: &Box2) -> u8 {
    u8::from(x < within.low[0])
        | u8::from(x > within.high[0]) << 1
        | u8::from(y < within.low[1]) << 2
        | u8::from(y > within.high[1]) << 3
}

/// An open ring without the corners in the middle of ways that stay beyond the same sides of a box:
/// mostly that is nearly all of it, and nothing of them is left when these sides have been cut off.
fn without_far(open: &[Coord], blocks: &[Box2], within: &Box2) -> Vec<Coord> {
    let of_corner = |i: usize| open.get(i).map(|at| beyond([at.x, at.y], within));
    let (mut path, mut before) = (Vec::new(), 0);
    for (block, around) in blocks.iter().enumerate() {
        let (from, to) = (block * BLOCK, open.len().min((block + 1) * BLOCK));
        // All of a block is in the middle of such a way, or it is looked at corner by corner.
        let sides = beyond(around.low, within);
        let is_far = sides != 0 && sides == before && sides == beyond(around.high, within);
        if is_far && of_corner(to) == Some(sides) {
            continue;
        }
        for (i, at) in (from..to).zip(&open[from..to]) {
            let sides = beyond([at.x, at.y], within);
            let is_middle = sides != 0 && sides == before && of_corner(i + 1) == Some(sides);
            if !is_middle {
                path.push(*at);
            }
            before = sides;
        }
    }
    path
}

/// An open ring cut off at the sides of a box.
fn cut_off(mut path: Vec<Coord>, within: &Box2) -> Vec<Coord> {
    let sides: [(usize, f64, f64); 4] = [
        (0, within.low[0], 1.0),
        (0, within.high[0], -1.0),
        (1, within.low[1], 1.0),
        (1, within.high[1], -1.0),
    ];
    for (axis, side, sign) in sides {
        let depth = |at: Coord| sign * (if axis == 0 { at.x } else { at.y } - side);
        let mut cut = Vec::with_capacity(path.len());
        let mut last = path.last().copied();
        for at in path {
            let before = last.replace(at).unwrap_or(at);
            let [from, to] = [before, at].map(depth);
            if (from < 0.0) != (to < 0.0) {
                cut.push(before + (at - before) * (from / (from - to)));
            }
            if to >= 0.0 {
                cut.push(at);
            }
        }
        path = cut;
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_far_from_a_box_changes_nothing_in_it() {
        let mut state = 1_u32;
        let mut next = |below: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f64::from((state >> 8) % below)
        };
        let within = Box2 { low: [0.0, 0.0], high: [4.0, 3.0] };
        let (mut left_out, mut within_box) = (0, 0);
        for _ in 0..500 {
            let mut at = Coord { x: next(20) - 8.0, y: next(20) - 8.0 };
            let mut open = vec![at];
            for _ in 0..700 {
                at = at + Coord { x: next(5) - 2.0, y: next(5) - 2.0 };
                open.push(at);
            }
            let blocks: Vec<Box2> = open.chunks(BLOCK).map(Box2::around_path).collect();
            let near = without_far(&open, &blocks, &within);
            left_out += open.len() - near.len();
            let found = cut_off(near, &within);
            within_box += found.len();
            assert_eq!(found, cut_off(open, &within));
        }
        assert!(left_out > 100_000 && within_box > 1000, "{left_out} {within_box}");
    }
}
