//! One window of the map with all that is in it: the ground, then the labels, the most
//! important first.

use super::furniture::{Bar, graticule};
use super::labels::{self, Label, Look, Placer};
use super::layers::{self, middle};
use super::model::{Map, Window};
use super::symbols::Symbol;
use super::view::{Ground, SEEN, View};
use super::words::Words;
use super::{Colour, party};
use crate::drawing::{Mark, Panel, Point, Rect, data};

pub(super) const PARTY: Look = Look { class: "party", size: 17.0, spacing: 5.0 };
const END: Look = Look { class: "label end", size: 10.0, spacing: 0.3 };
const AREA: Look = Look { class: "label area", size: 10.5, spacing: 0.0 };
const HYDRO: Look = Look { class: "label hydro", size: 11.0, spacing: 0.0 };
const TOWN: Look = Look { class: "label", size: 10.0, spacing: 0.0 };

/// What has been drawn, and where its labels are.
pub(super) struct Drawn {
    pub panels: Vec<Panel>,
    pub labels: Vec<Rect>,
}

/// The whole map in its frame, with a graticule.
pub(super) fn whole(view: &View, map: &Map, colour: Colour) -> Drawn {
    let (lines, outside) = graticule(view, Words::in_language(&map.language));
    let mut placer = Placer::inside(&view.rect);
    let mut below = vec![Mark::rect("panel", &view.rect)];
    below.extend(lines);
    below.extend(ground(view, map, colour, true, &mut placer));
    let mut above = windows(view, map, &mut placer);
    above.extend(scale_bar(view, 0.3, Words::in_language(&map.language), &mut placer));
    for label in ends(view, map) {
        let placed = placer.place(&label);
        // An end without a name has at least the letter of its inset.
        let letter = map.letter_of(&label.title).filter(|_| placed.is_empty());
        above.extend(placed);
        if let Some(letter) = letter {
            above.extend(placer.place(&Label { lines: vec![letter.to_string()], ..label }));
        }
    }
    above.extend(party::names(view, &map.parties, &map.line, PARTY, &mut placer));
    for label in labels(view, map, true) {
        above.extend(placer.place(&label));
    }
    above.push(Mark::rect("frame", &view.rect));
    below.extend(above);
    let around =
        Rect::new(0.0, view.rect.y - 2.0, view.rect.right() + 2.0, view.rect.height + 20.0);
    let panels = vec![Panel::new(&around, outside), Panel::new(&view.rect.grown(1.0), below)];
    Drawn { panels, labels: placer.labels().to_vec() }
}

/// A part of it, larger.
pub(super) fn inset(view: &View, map: &Map, colour: Colour) -> Drawn {
    let mut placer = Placer::inside(&view.rect);
    let mut marks = vec![Mark::rect("panel", &view.rect)];
    marks.extend(ground(view, map, colour, false, &mut placer));
    marks.extend(scale_bar(view, 0.42, Words::in_language(&map.language), &mut placer));
    for label in labels(view, map, false) {
        marks.extend(placer.place(&label));
    }
    marks.push(Mark::rect("frame", &view.rect));
    let panels = vec![Panel::new(&view.rect.grown(1.0), marks)];
    Drawn { panels, labels: placer.labels().to_vec() }
}

/// The view of an inset.
pub(super) fn inset_view(window: &Window, rect: Rect) -> View {
    let (ground, margin) = match window {
        Window::Around(place, radius_m) => (Ground::around(*place, *radius_m), 2.0),
        Window::Along(path) => (Ground::from_places(path), rect.width * 0.1),
    };
    View::new(ground, rect, margin)
}

/// Everything but words. Places that no word may cover are marked as taken.
fn ground(view: &View, map: &Map, colour: Colour, whole: bool, placer: &mut Placer) -> Vec<Mark> {
    let runs = view.runs(&map.line, SEEN);
    let mut marks = layers::sectors(view, map, whole);
    marks.extend(layers::ribbons(view, &map.line));
    marks.extend(layers::accuracy(view, map, &runs));
    marks.extend(layers::line(view, map, &runs, colour));
    marks.extend(layers::circles(view, map));
    for run in &runs {
        placer.take_line(run, 3.0);
    }
    for (symbol, at, mark) in layers::symbols(view, map) {
        placer.take(Rect::around(at, symbol.half()));
        marks.push(mark);
    }
    marks
}

/// Where the insets lie that can be seen as more than a spot.
fn windows(view: &View, map: &Map, placer: &mut Placer) -> Vec<Mark> {
    let along = map.insets.iter().filter_map(|inset| match &inset.window {
        Window::Along(path) => Some((inset, path)),
        Window::Around(..) => None,
    });
    let mut marks = Vec::new();
    for (inset, path) in along {
        let points: Vec<Point> = path.iter().map(|place| view.page(*place)).collect();
        let Some(frame) = Rect::about(&points) else { continue };
        let frame = frame.grown(7.0);
        let corners = [
            [frame.x, frame.y],
            [frame.right(), frame.y],
            [frame.right(), frame.bottom()],
            [frame.x, frame.bottom()],
        ];
        let closed: Vec<Point> = corners.into_iter().chain([corners[0]]).collect();
        placer.take_line(&closed, 2.0);
        marks.push(Mark::path("window", data(&corners, true)).titled(&inset.title));
        // A sector has its letter with its name.
        if let Some(letter) = map.letter_of(&inset.name).filter(|_| inset.is_crowd) {
            let half = [frame.width, frame.height].map(|side| side / 2.0);
            let label = Label {
                at: frame.middle(),
                clear: half[0].max(half[1]),
                lines: vec![letter.to_string()],
                look: END,
                title: inset.title.clone(),
                reach: 30.0,
            };
            marks.extend(placer.place(&label));
        }
    }
    marks
}

/// Where points are crowded that an inset shows.
fn crowds(view: &View, map: &Map) -> Vec<Rect> {
    let crowd = |inset: &super::model::Inset| match &inset.window {
        Window::Along(path) if inset.is_crowd => {
            let points: Vec<Point> = path.iter().map(|place| view.page(*place)).collect();
            Rect::about(&points).map(|rect| rect.grown(1.0))
        }
        _ => None,
    };
    map.insets.iter().filter_map(crowd).collect()
}

/// A scale bar in the first corner that is free.
pub(super) fn scale_bar(view: &View, part: f64, words: &Words, placer: &mut Placer) -> Vec<Mark> {
    let bar = Bar::fitting(view, part);
    let [width, height] = bar.room_size();
    let rect = view.rect.grown(-6.0);
    let (left, right) = (rect.x + 6.0, rect.right() - width + 6.0);
    let (top, bottom) = (rect.y + 16.0, rect.bottom() - height + 16.0);
    let corners = [[left, bottom], [right, bottom], [right, top], [left, top]];
    let free = corners.into_iter().find(|corner| placer.is_free(&bar.room(*corner)));
    let at = free.unwrap_or(corners[0]);
    placer.settle(bar.room(at));
    bar.marks(at, words)
}

/// The labels of the tripoints.
fn ends(view: &View, map: &Map) -> Vec<Label> {
    places(view, map, true, &|symbol| symbol == Symbol::Tripoint)
}

/// Every other label, most important first. On the whole map the sectors have theirs; in
/// an inset its title says what it is.
fn labels(view: &View, map: &Map, whole: bool) -> Vec<Label> {
    let first = |symbol| matches!(symbol, Symbol::Lake | Symbol::Settlement);
    let mut all = if whole { areas(view, map) } else { Vec::new() };
    all.extend(places(view, map, whole, &first));
    all.extend(rivers(view, map));
    all.extend(places(view, map, whole, &|s| s != Symbol::Tripoint && !first(s)));
    // Crowded points have their names in the inset.
    let crowds: Vec<Rect> = if whole { crowds(view, map) } else { Vec::new() };
    let is_crowded = |label: &Label| crowds.iter().any(|crowd| crowd.contains(label.at));
    all.retain(|label| label.look.class != TOWN.class || !is_crowded(label));
    all.retain(|label| view.rect.contains(label.at));
    all
}

/// A name, with the letter of the inset that shows it.
fn lettered(map: &Map, name: &str, whole: bool) -> String {
    let letter = map.letter_of(name).filter(|_| whole);
    letter.map_or_else(|| short(name).to_owned(), |letter| format!("{} ({letter})", short(name)))
}

/// Labels of the points with the picked symbols, by importance.
fn places(view: &View, map: &Map, whole: bool, pick: &dyn Fn(Symbol) -> bool) -> Vec<Label> {
    let mut places: Vec<_> =
        map.places.iter().map(|place| (Symbol::for_kind(place.kind), place)).collect();
    places.retain(|(symbol, _)| pick(*symbol));
    places.sort_by_key(|(symbol, _)| *symbol);
    let label = |(symbol, place): (Symbol, &super::model::Place)| {
        let (look, letters, reach) = match symbol {
            Symbol::Tripoint => (END, 22, 30.0),
            Symbol::Lake | Symbol::Water => (HYDRO, 16, 6.0),
            _ => (TOWN, 18, 6.0),
        };
        let lines = labels::lines(&lettered(map, &place.name, whole), letters);
        let (at, title) = (view.page(place.at), place.name.clone());
        Label { at, clear: symbol.half(), lines, look, title, reach }
    };
    places.into_iter().map(label).collect()
}

/// Names of the sectors.
fn areas(view: &View, map: &Map) -> Vec<Label> {
    let label = |sector: &super::model::Area| {
        let known = sector.rings.first().or(sector.along_line.first());
        let path = known?.path();
        // Halfway round an outline is anywhere; a vertex of it is at least a corner.
        let at = match sector.rings.is_empty() {
            true => middle(view, path)?,
            false => view.page(*path.get(path.len() / 2)?),
        };
        let lines = labels::lines(&lettered(map, &sector.name, true), 17);
        let title = sector.name.clone();
        Some(Label { at, clear: 12.0, lines, look: AREA, title, reach: 60.0 })
    };
    map.sectors.iter().filter_map(label).collect()
}

/// Names of stretches, each once, at the middle of its longest piece.
fn rivers(view: &View, map: &Map) -> Vec<Label> {
    let long = |path: &[geo::Coord]| {
        let points: Vec<Point> = path.iter().map(|place| view.page(*place)).collect();
        let edges = points.windows(2).map(|e| (e[1][0] - e[0][0]).hypot(e[1][1] - e[0][1]));
        edges.sum::<f64>()
    };
    let mut named: Vec<(&String, &[geo::Coord])> = Vec::new();
    for stretch in &map.stretches {
        let Some(name) = &stretch.name else { continue };
        for whole in stretch.paths.iter().map(|path| path.path()) {
            match named.iter_mut().find(|(known, _)| *known == name) {
                Some((_, path)) if long(path) < long(whole) => *path = whole,
                Some(_) => {}
                None => named.push((name, whole)),
            }
        }
    }
    let label = |(name, path): (&String, &[geo::Coord])| {
        let at = middle(view, path)?;
        let (lines, title) = (vec![name.clone()], format!("Stretch “{name}” of the line"));
        Some(Label { at, clear: 4.0, lines, look: HYDRO, title, reach: 18.0 })
    };
    named.into_iter().filter_map(label).collect()
}

/// A name without its explanation: up to a bracket or a colon.
fn short(name: &str) -> &str {
    name.find([':', '(', '（']).map_or(name, |end| name[..end].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_on_a_map_are_short() {
        assert_eq!(short("Tacheng (Chuguchak, Tarbagatay)"), "Tacheng");
        assert_eq!(short("Boundary point 8: mouth of the Aktas"), "Boundary point 8");
        assert_eq!(short("Bole"), "Bole");
    }
}
