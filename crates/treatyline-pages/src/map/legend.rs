//! The legend below the map, in columns: what the signs mean, and notes on the map.

use treatyline::internal::wording::{number, within};

use super::layers::{MIXED, instrument_class, surface_class};
use super::model::{Area, Map, Window};
use super::stretches::Surface;
use super::symbols::Symbol;
use super::view::View;
use super::words::Words;
use super::{Colour, labels};
use crate::drawing::{Anchor, Mark, Rect, data};

/// From one row to the next.
const ROW: f64 = 17.0;

/// What is drawn before the words.
const SAMPLE: f64 = 30.0;

const WORDS: labels::Look = labels::Look { class: "note", size: 10.0, spacing: 0.0 };

/// A sign, drawn at the left middle of its row, and what it means.
type Entry = (Box<dyn Fn(f64, f64) -> Mark>, String);

/// Signs and notes below a line of the page, and where they end.
pub(super) fn legend(page: &Rect, map: &Map, view: &View, colour: Colour) -> (Vec<Mark>, f64) {
    let entries = entries(map, view, colour);
    let widest = entries
        .iter()
        .map(|(_, text)| WORDS.room(std::slice::from_ref(text))[0])
        .fold(60.0, f64::max);
    let columns = (page.width / (SAMPLE + widest + 18.0)).floor().clamp(1.0, 4.0);
    let rows = entries.len().div_ceil(columns as usize).max(1);
    let column = page.width / columns;
    let mut marks = Vec::new();
    for (i, (sign, text)) in entries.iter().enumerate() {
        let x = page.x + column * (i / rows) as f64;
        let y = page.y + ROW * ((i % rows) as f64 + 0.5);
        marks.push(sign(x, y));
        let at = [x + SAMPLE, y + 3.5];
        marks.push(Mark::text("words", at, Anchor::Start, text));
    }
    let mut y = page.y + ROW * rows as f64 + 10.0;
    for note in notes(map, view) {
        let lines = labels::fitted(&note, &WORDS, page.width);
        let at = [page.x, y + WORDS.size];
        marks.push(Mark::lines("note", at, Anchor::Start, WORDS.leading() + 1.5, &lines));
        y += (WORDS.leading() + 1.5) * lines.len() as f64 + 3.0;
    }
    (marks, y)
}

fn entries(map: &Map, view: &View, colour: Colour) -> Vec<Entry> {
    let words = Words::in_language(&map.language);
    let mut entries: Vec<Entry> = lines(map, colour);
    for (class, name) in ["left", "right"].into_iter().zip(&map.parties) {
        let swatch = move |x: f64, y: f64| Mark::rect(class, &Rect::new(x, y - 4.0, 22.0, 8.0));
        entries.push((Box::new(swatch), words.side_of.replace("{}", name)));
    }
    if map.sectors.iter().any(|sector| sector.rings.is_empty()) {
        let sign = |x: f64, y: f64| Mark::rect("sector-patch", &Rect::new(x, y - 4.0, 22.0, 8.0));
        entries.push((Box::new(sign), words.sector_along_line.to_owned()));
    }
    for (moved, meaning) in [(false, words.sector), (true, words.moved)] {
        let alike = |sector: &Area| sector.moved == moved && !sector.rings.is_empty();
        if !map.sectors.iter().any(alike) {
            continue;
        }
        let sign = |x: f64, y: f64| Mark::rect("sector-area", &Rect::new(x, y - 5.0, 22.0, 10.0));
        entries.push((Box::new(sign), meaning.to_owned()));
    }
    let shown = |symbol: &Symbol| {
        let mut places = map.places.iter().filter(|place| Symbol::for_kind(place.kind) == *symbol);
        places.any(|place| view.rect.contains(view.page(place.at)))
    };
    for symbol in Symbol::ALL.into_iter().filter(shown) {
        let sign = move |x: f64, y: f64| symbol.mark([x + 11.0, y]);
        let mut alike = map.places.iter().filter(|place| Symbol::for_kind(place.kind) == symbol);
        let is_numbered = symbol != Symbol::BoundaryPoint || alike.all(|place| place.is_numbered);
        let name = if is_numbered { words.symbol(symbol) } else { words.boundary_point };
        entries.push((Box::new(sign), name.to_owned()));
    }
    entries
}

/// What the line can look like.
fn lines(map: &Map, colour: Colour) -> Vec<Entry> {
    let words = Words::in_language(&map.language);
    let entry = |class: String, name: String| -> Entry {
        let sign = move |x, y| Mark::path(class.clone(), data(&[[x, y], [x + 22.0, y]], false));
        (Box::new(sign), name)
    };
    let (mut entries, mixed): (Vec<Entry>, bool) = match colour {
        Colour::Medium => {
            let entry_of = |surface: Surface| {
                entry(surface_class(surface).to_owned(), words.over(surface).to_owned())
            };
            (map.surfaces().into_iter().map(entry_of).collect(), false)
        }
        Colour::Instrument => {
            let all = map.instruments.iter().enumerate();
            let entry_of =
                |(i, [_, short]): (usize, &[String; 2])| entry(instrument_class(i), short.clone());
            (all.map(entry_of).collect(), map.stretches.iter().any(|s| s.instrument.is_none()))
        }
    };
    if mixed {
        entries.push(entry(MIXED.to_owned(), words.not_distinguished.to_owned()));
    }
    entries
}

/// Notes on how the map was made, and on what needs an explanation.
fn notes(map: &Map, view: &View) -> Vec<String> {
    let words = Words::in_language(&map.language);
    let projection = &view.ground.projection;
    let degrees = |deg: f64| format!("{}°", number(deg, 1));
    let projected = if projection.is_cylinder() {
        words.mercator.to_owned()
    } else {
        let parallels = projection.standard_deg.map(degrees).join(words.and);
        words.lambert.replace("{parallels}", &parallels)
    };
    let made = words
        .made
        .replace("{latitude}", &degrees(view.ground.middle_deg()))
        .replace("{detail}", &number(view.metres_per_pixel() * super::view::SEEN, 0))
        .replace("{accuracy}", within(map.accuracy_m).trim_end_matches(" m"))
        .replace("{maker}", &map.attribution);
    let mut notes = vec![format!("{projected}{made}")];
    if map.insets.iter().any(|inset| matches!(inset.window, Window::Around(..))) {
        notes.push(words.ends.to_owned());
    }
    if map.sectors.iter().any(|sector| sector.rings.is_empty()) {
        notes.push(words.along_line.to_owned());
    }
    let sentence = |text: String| format!("{}.", text.trim_end_matches('.'));
    let licence = map.licence.as_ref().map(|licence| format!("{}{licence}", words.licence));
    let passed_on: Vec<String> =
        map.named.clone().into_iter().chain(licence).map(sentence).collect();
    if !passed_on.is_empty() {
        notes.push(passed_on.join(" "));
    }
    notes
}
