//! How a page is laid out: the map, its insets to the right where there is room and below it
//! where there is not, the legend at the foot.

use super::labels::{Look, fitted};
use super::legend::legend;
use super::model::{Inset, LETTERS, Map};
use super::panel::{inset, inset_view, whole};
use super::view::View;
use super::{Colour, MapOptions};
use crate::drawing::{Anchor, Drawing, Mark, Panel, Point, Rect, css};

/// Space at the edge of the page.
const EDGE: f64 = 12.0;

/// Room for the numbers of the graticule: left of the map, and below it.
const NUMBERS: Point = [38.0, 18.0];

/// From this width on, the insets of a map that is higher than wide are to its right.
const WIDE: f64 = 640.0;

/// Room between insets, and for their titles: two lines to the right of the map, three below it,
/// where there is less room across.
const GAP: f64 = 12.0;
const TITLE: f64 = 29.0;
const HIGH_TITLE: f64 = 41.0;

const TITLES: Look = Look { class: "inset-title", size: 10.5, spacing: 0.6 };

/// A page that has been laid out.
pub(super) struct Page {
    pub drawing: Drawing,
    /// Where the labels of each window are.
    #[cfg_attr(not(test), allow(dead_code))]
    pub labels: Vec<Vec<Rect>>,
}

/// Lays a map out.
pub(super) fn page(map: &Map, options: &MapOptions, id: &'static str, alone: bool) -> Page {
    let width = f64::from(options.width.clamp(MapOptions::LEAST, MapOptions::MOST));
    let ground = map.ground;
    let top = if alone { EDGE + 32.0 } else { 2.0 };
    let edge = if alone { EDGE } else { 2.0 };
    let frames = Frames::new(width, edge, top, ground.aspect(), map.insets.len());
    let view = View::new(ground, frames.map, frames.map.width * 0.07);
    let drawn = whole(&view, map, options.colour);
    let mut panels = drawn.panels;
    let mut labels = vec![drawn.labels];
    let mut words = Vec::new();
    if alone {
        let at = [edge, EDGE + 17.0];
        words.push(Mark::text("heading", at, Anchor::Start, &map.title));
    }
    let letters = LETTERS.chars();
    for ((shown, frame), letter) in map.insets.iter().zip(&frames.insets).zip(letters) {
        words.push(inset_title(shown, letter, frame));
        let drawn = inset(&inset_view(&shown.window, *frame), map, options.colour);
        panels.extend(drawn.panels);
        labels.push(drawn.labels);
    }
    let foot = Rect::new(edge, frames.bottom + GAP, width - 2.0 * edge, 0.0);
    let (signs, end) = legend(&foot, map, &view, options.colour);
    let height = (end + edge).ceil();
    let paper = Rect::new(0.0, 0.0, width, height);
    let mut drawing =
        Drawing::new(id, [width, height], &heading(map), &describe(map, options.colour));
    if alone {
        drawing = drawing.styled(css(options.theme));
        drawing.panel(Panel::new(&paper, vec![Mark::rect("paper", &paper)]));
    }
    panels.into_iter().for_each(|panel| drawing.panel(panel));
    words.extend(signs);
    drawing.panel(Panel::new(&paper, words));
    Page { drawing, labels }
}

fn inset_title(inset: &Inset, letter: char, frame: &Rect) -> Mark {
    let mut title = fitted(&format!("{letter} · {}", inset.title), &TITLES, frame.width);
    title.truncate(3);
    // The last line is just above its inset.
    let y = frame.y - 6.0 - 12.0 * (title.len().saturating_sub(1)) as f64;
    Mark::lines(TITLES.class, [frame.x, y], Anchor::Start, 12.0, &title).titled(&inset.title)
}

fn heading(map: &Map) -> String {
    format!("Map: {}", map.title)
}

/// Describes the map for readers who cannot see it.
fn describe(map: &Map, colour: Colour) -> String {
    let [left, right] = &map.parties;
    let by = match colour {
        Colour::Medium => "what it runs through",
        Colour::Instrument => "the instrument that governs it",
    };
    let ends: Vec<String> = map.insets.iter().map(|inset| inset.title.clone()).collect();
    let larger = match &ends[..] {
        [] => String::new(),
        ends => format!(" Shown larger: {}.", treatyline::internal::wording::list(ends)),
    };
    format!(
        "The line between {left} and {right}, coloured by {by}, with {} sectors and {} points.{larger}",
        map.sectors.len(),
        map.places.len(),
    )
}

/// Where everything goes.
pub(super) struct Frames {
    pub map: Rect,
    pub insets: Vec<Rect>,
    /// Where the last of them ends.
    pub bottom: f64,
}

impl Frames {
    pub(super) fn new(width: f64, edge: f64, top: f64, aspect: f64, insets: usize) -> Self {
        let inner = width - 2.0 * edge;
        let has_column = inner >= WIDE && aspect > 0.9 && insets > 0;
        if has_column {
            Self::in_column(inner, edge, top, aspect, insets)
        } else {
            Self::in_rows(inner, edge, top, aspect, insets)
        }
    }

    /// Insets in a column right of the map.
    fn in_column(inner: f64, edge: f64, top: f64, aspect: f64, count: usize) -> Self {
        let column = (inner * 0.27).clamp(170.0, 300.0);
        let across = inner - column - GAP - NUMBERS[0];
        let height = across * aspect.clamp(0.9, 1.45);
        let map = Rect::new(edge + NUMBERS[0], top, across, height);
        let each = height / count as f64;
        let inset_height = (each - TITLE - 8.0).min(column * 1.3);
        let x = map.right() + GAP;
        let at = |i: usize| Rect::new(x, top + each * i as f64 + TITLE, column, inset_height);
        Self { insets: (0..count).map(at).collect(), bottom: map.bottom() + NUMBERS[1], map }
    }

    /// Insets in rows below it.
    fn in_rows(inner: f64, edge: f64, top: f64, aspect: f64, count: usize) -> Self {
        let across = inner - NUMBERS[0];
        let map = Rect::new(edge + NUMBERS[0], top, across, across * aspect.clamp(0.45, 1.45));
        let (columns, title) = if inner >= WIDE { (4, TITLE) } else { (2, HIGH_TITLE) };
        let column = (inner - GAP * (columns as f64 - 1.0)) / columns as f64;
        let (begin, row) = (map.bottom() + NUMBERS[1] + 4.0, column * 0.9 + title);
        let at = |i: usize| {
            let x = edge + (column + GAP) * (i % columns) as f64;
            let y = begin + row * (i / columns) as f64 + title;
            Rect::new(x, y, column, column * 0.9)
        };
        let rows = count.div_ceil(columns) as f64;
        let bottom = if count == 0 { map.bottom() + NUMBERS[1] } else { begin + row * rows };
        Self { map, insets: (0..count).map(at).collect(), bottom }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use treatyline::Dossier;
    use treatyline::check::Study;

    fn pages() -> impl Iterator<Item = (u32, Page)> {
        let map = Map::new(&Study::new(Dossier::embedded()));
        [320, 700, 1_400].into_iter().flat_map(move |width| {
            let map = map.clone();
            [Colour::Medium, Colour::Instrument].map(move |colour| {
                let options = MapOptions { width, colour, ..MapOptions::default() };
                (width, page(&map, &options, "map", true))
            })
        })
    }

    #[test]
    fn labels_do_not_overlap_and_most_are_there() {
        for (width, page) in pages() {
            assert_eq!(page.labels.len(), 5, "the map and four insets at {width} pixels");
            let least = if width < 700 { 8 } else { 22 };
            assert!(page.labels[0].len() >= least, "{} at {width}", page.labels[0].len());
            for labels in &page.labels {
                for (i, one) in labels.iter().enumerate() {
                    let other = labels[..i].iter().find(|other| one.overlaps(other));
                    assert_eq!(other, None, "{one:?} at {width} pixels");
                }
            }
        }
    }
}
