//! Ways that a part of a line walks a second time, and cutting them out.

use geo::Coord;

use super::{ALONG_M, BRIDGED, Edges, ExtraKind, Near, flat};

/// A way that a part walks a second time. If it walks it in the same direction, the piece between
/// the two ends is no boundary, because each country would be on the other's side of it. If it
/// turns back and ends next to itself, it is a way that leads nowhere.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Again {
    pub(super) kind: ExtraKind,
    /// The number of vertices that are kept before it.
    before: usize,
    /// Where it begins or ends: the end of what is kept there.
    end: Coord,
    /// The first vertex that is kept after it.
    after: usize,
    /// How long it is, in metres.
    pub(super) length_m: f64,
}

impl Again {
    /// The part without the second way, and the second way.
    pub(super) fn cut(&self, part: &[Coord]) -> (Vec<Coord>, Vec<Coord>) {
        let (before, after) = (&part[..self.before], &part[self.after..]);
        // At a vertex no new one is needed.
        let is_there = before.last() == Some(&self.end) || after.first() == Some(&self.end);
        let put_in = (!is_there).then_some(self.end);
        let kept = before.iter().copied().chain(put_in).chain(after.iter().copied()).collect();
        let between = &part[self.before..self.after];
        let cut = match before {
            [] => [between, &[self.end]].concat(),
            _ => [&[self.end], between].concat(),
        };
        (kept, cut)
    }
}

impl Edges {
    /// The way that a part walks a second time, if it does.
    pub(super) fn again(&self, run: &Near, part: usize, path: &[Coord]) -> Option<Again> {
        let (first, second) = (run.first, run.second);
        let length_m = second[1] - first[1];
        if run.same_way {
            let [to, again] = [first[1], second[1]].map(|along| self.at(along).1 + 1);
            let (kind, end) = (ExtraKind::Repeated, self.place(first[1]));
            return Some(Again { kind, before: to, end, after: again, length_m });
        }
        let [begin, end] = self.ranges[part];
        let turns_back = second[0] - first[1] <= BRIDGED * ALONG_M;
        let kind = ExtraKind::Copy;
        if !turns_back {
            None
        } else if end - second[1] <= ALONG_M {
            let (before, end) = self.nearest(first[1], path);
            Some(Again { kind, before, end, after: path.len(), length_m })
        } else if first[0] - begin <= ALONG_M {
            let (to, end) = self.nearest(second[0], path);
            let after = if path.get(to - 1) == Some(&end) { to - 1 } else { to };
            Some(Again { kind, before: 0, end, after, length_m: second[0] - first[0] })
        } else {
            None
        }
    }

    /// A place along all of them, or the vertex of its part that it is nearly at; with the number
    /// of the part's vertices up to there.
    fn nearest(&self, along: f64, path: &[Coord]) -> (usize, Coord) {
        let (_, edge) = self.at(along);
        let place = self.place(along);
        let is_near = |at: &&Coord| {
            let [x, y] = flat(place, place, **at);
            x.hypot(y) <= ALONG_M
        };
        match path.get(edge + 1).filter(is_near) {
            Some(vertex) => (edge + 2, *vertex),
            None => (edge + 1, path.get(edge).filter(is_near).copied().unwrap_or(place)),
        }
    }
}
