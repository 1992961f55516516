//! Joins consecutive edges of a kind to lines.

use std::collections::{BTreeMap, HashMap};

use geo::Coord;
use rayon::prelude::*;

use super::class::{ALONE, Class, Classes, DIVIDED, INNER, REPEATED};
use super::join::joined;
use super::near::Pieces;
use super::{Border, Borders, Outlines, Ring, Stretch};
use crate::geodesy::{CompensatedSum, Geodesic};
use crate::quantity::Metres;

/// Everything found about edges.
pub(super) struct Found {
    pub(super) of_edges: Vec<Class>,
    pub(super) divided: HashMap<usize, Pieces>,
    pub(super) classes: Classes,
}

/// All rings, walked once.
pub(super) fn walked(outlines: &Outlines, geodesic: &Geodesic, found: &Found) -> Borders {
    let geodesic = geodesic.clone().with_threads(1);
    let of_part = |rings: &&[Ring]| {
        let mut walk = Walk { outlines, found, geodesic: &geodesic, taken: Taken::default() };
        rings.iter().for_each(|ring| walk.ring(ring));
        walk.taken
    };
    let parts: Vec<Taken> = outlines.parts().par_iter().map(of_part).collect();
    let mut all = Taken::default();
    let mut stretches: BTreeMap<([usize; 2], Border), Vec<Vec<Coord>>> = BTreeMap::new();
    for part in parts {
        all.outlines.add(part.outlines.total());
        all.alone.add(part.alone.total());
        all.repeated.add(part.repeated.total());
        all.repeats += part.repeats;
        for Stretch { areas, border, line } in part.stretches {
            stretches.entry((areas, border)).or_default().push(line);
        }
    }
    let of_two = |((areas, border), lines)| {
        joined(lines).into_iter().map(move |line| Stretch { areas, border, line })
    };
    let metres = |sum: &CompensatedSum| Metres::new(sum.total());
    Borders {
        stretches: stretches.into_iter().flat_map(of_two).collect(),
        outlines: metres(&all.outlines),
        alone: metres(&all.alone),
        apart: Vec::new(),
        repeated: metres(&all.repeated),
        repeats: all.repeats,
    }
}

#[derive(Default)]
struct Taken {
    stretches: Vec<Stretch>,
    outlines: CompensatedSum,
    alone: CompensatedSum,
    repeated: CompensatedSum,
    repeats: usize,
}

struct Walk<'a> {
    outlines: &'a Outlines,
    found: &'a Found,
    geodesic: &'a Geodesic,
    taken: Taken,
}

impl Walk<'_> {
    fn ring(&mut self, ring: &Ring) {
        let (mut run, mut of_run): (Vec<Coord>, Class) = (Vec::new(), INNER);
        for edge in Outlines::edges(ring) {
            let [mut from, to] = self.outlines.ends(edge);
            let whole = [(to, self.found.of_edges[edge])];
            let pieces = match whole[0].1 {
                DIVIDED => self.found.divided.get(&edge).map_or(&[][..], Vec::as_slice),
                _ => &whole,
            };
            for (to, class) in pieces {
                if run.is_empty() || *class != of_run {
                    self.take(ring.area, of_run, &run);
                    run.clear();
                    run.push(from);
                    of_run = *class;
                }
                run.push(*to);
                from = *to;
            }
        }
        self.take(ring.area, of_run, &run);
    }

    /// Takes consecutive edges of one class in a ring of an area.
    fn take(&mut self, area: usize, class: Class, run: &[Coord]) {
        if run.len() < 2 || class == INNER {
            return;
        }
        let length_m = self.geodesic.sound_length(run).value();
        if class == REPEATED {
            self.taken.repeated.add(length_m);
            self.taken.repeats += 1;
            return;
        }
        self.taken.outlines.add(length_m);
        if class == ALONE {
            self.taken.alone.add(length_m);
        }
        // Of two areas, the one with the lower number adds the line.
        for (other, border) in self.found.classes.borders(class, area) {
            let stretch = Stretch { areas: [area, other], border, line: run.to_vec() };
            self.taken.stretches.push(stretch);
        }
    }
}
