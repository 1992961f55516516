//! Draws what is on the ground: the line with a ribbon on either side, sectors, points.

use geo::Coord;
use treatyline::dossier::Medium;
use treatyline::internal::resolution::Thinning;

use super::Colour;
use super::model::Map;
use super::stretches::{Stretch, Surface};
use super::symbols::Symbol;
use super::view::{SEEN, View};
use crate::drawing::{LOOKS, Mark, Point, data};

/// How coarse a ribbon is, pixels: one that followed every bend of a river would be a blot.
const COARSE: f64 = 2.5;

/// How wide a ribbon is, pixels.
const RIBBON: f64 = 7.0;

/// A ribbon on either side of the line, in the colour of the party there.
pub(super) fn ribbons(view: &View, line: &[Thinning<'_>]) -> Vec<Mark> {
    let runs = view.runs(line, COARSE);
    [("left", 1.0), ("right", -1.0)]
        .map(|(class, side)| {
            let quads = runs.iter().flat_map(|run| ribbon(run, side * RIBBON));
            Mark::path(class, quads.collect())
        })
        .to_vec()
}

/// A band along one side of a path: a quadrangle per edge, and a wedge wherever two of them part.
/// To the left of the path if `width` is positive.
fn ribbon(path: &[Point], width: f64) -> Vec<String> {
    let mut shapes = Vec::new();
    let mut last: Option<Point> = None;
    for edge in path.windows(2) {
        let [a, b] = [edge[0], edge[1]];
        let [dx, dy] = [b[0] - a[0], b[1] - a[1]];
        let length = dx.hypot(dy);
        if length.is_nan() || length == 0.0 {
            continue;
        }
        // The page's second axis points down, so left of (dx, dy) is (dy, −dx).
        let off = [dy / length * width, -dx / length * width];
        let shifted = |point: Point| [point[0] + off[0], point[1] + off[1]];
        if let Some(before) = last {
            shapes.push(turned(&[a, [a[0] + before[0], a[1] + before[1]], shifted(a)]));
        }
        shapes.push(turned(&[a, shifted(a), shifted(b), b]));
        last = Some(off);
    }
    shapes
}

/// An area's path data, turned one way: areas turned different ways would cut holes into
/// each other.
fn turned(corners: &[Point]) -> String {
    let next = corners.iter().cycle().skip(1);
    let twice: f64 = corners.iter().zip(next).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum();
    if twice.abs() < 0.1 {
        return String::new();
    }
    let mut corners = corners.to_vec();
    if twice < 0.0 {
        corners.reverse();
    }
    data(&corners, true)
}

/// How far the line, which is seen in these runs, may be off, where that can be seen.
pub(super) fn accuracy(view: &View, map: &Map, runs: &[Vec<Point>]) -> Vec<Mark> {
    let width = 2.0 * map.accuracy_m / view.metres_per_pixel();
    if !(4.0..400.0).contains(&width) {
        return Vec::new();
    }
    let title = format!("The line is good to ± {:.0} m", map.accuracy_m);
    let mark = |run: &Vec<Point>| Mark::path("accuracy", data(run, false));
    runs.iter().map(|run| mark(run).stroked(width).titled(&title)).collect()
}

/// The line, which is seen in these runs, piece by piece.
pub(super) fn line(view: &View, map: &Map, runs: &[Vec<Point>], colour: Colour) -> Vec<Mark> {
    let drawn = |class: &str, stretch: &Stretch| {
        let runs = view.runs(&stretch.paths, SEEN);
        let path: String = runs.iter().map(|run| data(run, false)).collect();
        (!path.is_empty()).then(|| Mark::path(class, path))
    };
    let casing = Mark::path("casing", runs.iter().map(|run| data(run, false)).collect());
    let coloured = map.stretches.iter().enumerate().filter_map(|(i, stretch)| {
        let mark = drawn(&class(map, stretch, colour), stretch)?.titled(&stretch.label);
        Some(known(mark, i, stretch))
    });
    std::iter::once(casing).chain(coloured).collect()
}

/// Adds the facts by which the map can be filtered.
fn known(mark: Mark, at: usize, stretch: &Stretch) -> Mark {
    mark.known("piece", &at.to_string())
        .known("surface", stretch.surface.name())
        .known("instrument", stretch.instrument.as_deref().unwrap_or_default())
        .known("m", &format!("{:.0}", stretch.length_m))
}

/// How a stretch looks.
pub(super) fn class(map: &Map, stretch: &Stretch, colour: Colour) -> String {
    let of_instrument = |id: &String| {
        map.instruments.iter().position(|[known, _]| known == id).map(instrument_class)
    };
    let class = match colour {
        Colour::Medium => Some(surface_class(stretch.surface).to_owned()),
        Colour::Instrument => stretch.instrument.as_ref().and_then(of_instrument),
    };
    class.unwrap_or_else(|| MIXED.to_owned())
}

/// The look of a line whose segments could not be located.
pub(super) const MIXED: &str = "line mixed";

pub(super) const fn surface_class(surface: Surface) -> &'static str {
    match surface {
        Surface::Shown(Medium::Land) => "line land",
        Surface::Shown(Medium::River) => "line river",
        Surface::Shown(Medium::Lake) => "line lake",
        Surface::Shown(Medium::Sea) => "line sea",
        Surface::NotShown => "line not-shown",
        Surface::Mixed => MIXED,
    }
}

pub(super) fn instrument_class(at: usize) -> String {
    format!("line i{}", at % LOOKS)
}

/// Sectors: their outline where it is known, otherwise the part of the line next to them.
/// Only the whole map shows their notes.
pub(super) fn sectors(view: &View, map: &Map, whole: bool) -> Vec<Mark> {
    let mut marks = Vec::new();
    for sector in &map.sectors {
        let note = if whole { format!(" · {}", sector.note) } else { String::new() };
        let title = format!("{}{note}", sector.name);
        for points in sector.rings.iter().filter_map(|ring| view.ring(ring, SEEN)) {
            marks.push(Mark::path("sector-area", data(&points, true)).titled(&title));
        }
        if sector.rings.is_empty() {
            let runs = view.runs(&sector.along_line, SEEN);
            marks.extend(
                runs.iter().map(|run| Mark::path("sector", data(run, false)).titled(&title)),
            );
        }
    }
    marks
}

/// The middle of a path on the page, half of its length from either end: an edge may be as long as all
/// others.
pub(super) fn middle(view: &View, path: &[Coord]) -> Option<Point> {
    let points: Vec<Point> = path.iter().map(|place| view.page(*place)).collect();
    let length = |edge: &[Point]| (edge[1][0] - edge[0][0]).hypot(edge[1][1] - edge[0][1]);
    let mut left = 0.5 * points.windows(2).map(length).sum::<f64>();
    for edge in points.windows(2) {
        let here = length(edge);
        if here >= left && here > 0.0 {
            let share = left / here;
            return Some([0, 1].map(|i| edge[0][i] + share * (edge[1][i] - edge[0][i])));
        }
        left -= here;
    }
    points.first().copied()
}

/// Symbols of the points in a view, least important first, with their places.
pub(super) fn symbols(view: &View, map: &Map) -> Vec<(Symbol, Point, Mark)> {
    let mut symbols: Vec<_> = map
        .places
        .iter()
        .map(|place| (Symbol::for_kind(place.kind), view.page(place.at), place))
        .filter(|(_, at, _)| view.rect.grown(-4.0).contains(*at))
        .map(|(symbol, at, place)| (symbol, at, symbol.mark(at).titled(&place.name)))
        .collect();
    symbols.sort_by_key(|(symbol, ..)| std::cmp::Reverse(*symbol));
    symbols
}

/// Circles of how well tripoints are known, where that can be seen.
pub(super) fn circles(view: &View, map: &Map) -> Vec<Mark> {
    let tripoints = map.places.iter().filter(|p| Symbol::for_kind(p.kind) == Symbol::Tripoint);
    tripoints
        .filter_map(|place| {
            let radius = place.accuracy_m / view.metres_per_pixel();
            let [x, y] = view.page(place.at);
            let seen = (8.0..400.0).contains(&radius) && view.rect.contains([x, y]);
            let title = format!("{}: known to ± {:.0} m", place.name, place.accuracy_m);
            let [r, d, begin, y] =
                [radius, 2.0 * radius, x - radius, y].map(crate::drawing::pixels);
            let round = format!("M{begin} {y}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0z");
            seen.then(|| Mark::path("circle", round).titled(&title))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ribbon_lies_on_its_side_of_the_line() {
        // Down the page: walking south, east is on the left.
        let south = [[50.0, 0.0], [50.0, 10.0]];
        assert_eq!(ribbon(&south, 7.0), ["M50 0l7 0l0 10l-7 0z"]);
        assert!(ribbon(&south, -7.0)[0].contains("l-7 0"));
        assert!(ribbon(&[[f64::NAN, 0.0], [1.0, 1.0]], 7.0).is_empty());
    }
}
