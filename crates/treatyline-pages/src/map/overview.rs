//! Two versions of a line on one map: what lies between them in the colour of the party
//! that gains it, and the largest places shown larger.

use geo::Coord;
use treatyline::compare::Face;
use treatyline::internal::dossier::Language;
use treatyline::internal::report::Compared;
use treatyline::internal::report::{area, largest};
use treatyline::internal::resolution::Thinning;
use treatyline::line::Line;
use treatyline::line::Side;

use super::furniture::graticule;
use super::labels::{Label, Look, Placer};
use super::page::Frames;
use super::panel::{PARTY, scale_bar};
use super::party;
use super::view::{Ground, SEEN, View};
use super::words::Words;
use crate::chart::{Frame, face_in_words, gain_class};
use crate::drawing::{Anchor, Drawing, Mark, Panel, Point, Rect, data};

/// The number of places that are shown larger.
const INSETS: usize = 4;

/// Letters of the insets.
const LETTER: Look = Look { class: "label strong", size: 10.0, spacing: 0.3 };

/// The map of two lines.
pub(crate) fn overview(compared: &Compared<'_>, lines: &[Line; 2], frame: &Frame) -> Drawing {
    let places: Vec<Coord> = lines.iter().flat_map(Line::vertices).copied().collect();
    let ground = Ground::from_places(&places);
    // Thinned once for all windows they are seen in.
    let [old, new] = lines
        .each_ref()
        .map(|line| -> Vec<Thinning<'_>> { line.stretches().map(Thinning::new).collect() });
    let (old, new) = (&old[..], &new[..]);
    let faces = largest(compared, INSETS);
    let frames = Frames::new(frame.width, 2.0, 2.0, ground.aspect(), faces.len());
    let view = View::new(ground, frames.map, frames.map.width * 0.07);
    let words = Words::in_language(&Language::ENGLISH);
    let (mut below, outside) = graticule(&view, words);
    below.insert(0, Mark::rect("panel", &view.rect));
    below.extend(between(&view, compared, old, new));
    let mut placer = Placer::inside(&view.rect);
    for run in view.runs(new, SEEN) {
        placer.take_line(&run, 3.0);
    }
    below.extend(windows(&view, &faces, &mut placer));
    below.extend(scale_bar(&view, 0.3, words, &mut placer));
    let parties = [compared.party(Side::Left), compared.party(Side::Right)].map(str::to_owned);
    below.extend(party::names(&view, &parties, old, PARTY, &mut placer));
    below.push(Mark::rect("frame", &view.rect));
    let around = view.rect.grown(60.0);
    let mut drawing = Drawing::new(
        frame.id.clone(),
        [frame.width, frames.bottom + 42.0],
        "Map of the two lines",
        "The old line is dashed, the new one drawn through; what lies between is in the colour \
         of the side that gains it. The largest places are shown larger.",
    );
    drawing.panel(Panel::new(&around, outside));
    drawing.panel(Panel::new(&view.rect.grown(1.0), below));
    for ((face, rect), letter) in faces.iter().zip(&frames.insets).zip('A'..) {
        inset(&mut drawing, compared, [old, new], face, *rect, letter);
    }
    let foot = Rect::new(0.0, frames.bottom, frame.width, 42.0);
    drawing.panel(Panel::new(&foot, legend(compared, &foot)));
    drawing
}

/// What lies between, and both lines above it.
fn between(
    view: &View,
    compared: &Compared<'_>,
    old: &[Thinning<'_>],
    new: &[Thinning<'_>],
) -> Vec<Mark> {
    let mut marks = Vec::new();
    for face in &compared.comparison.land.faces {
        let ring = Thinning::down_to(&face.polygon.exterior().0, view.metres(SEEN));
        let Some(ring) = view.ring(&ring, SEEN) else { continue };
        // A face smaller than a pixel would only make the file larger.
        if face.area.value() < view.metres_per_pixel().powi(2) {
            continue;
        }
        let class = if face.significant { gain_class(face.gains) } else { "noise" };
        marks.push(Mark::path(class, data(&ring, true)).titled(&face_in_words(compared, face)));
    }
    for (class, line) in [("new", new), ("old", old)] {
        let runs = view.runs(line, SEEN);
        marks.push(Mark::path(class, runs.iter().map(|run| data(run, false)).collect()));
    }
    marks
}

/// Where the insets lie, with their letters.
fn windows(view: &View, faces: &[&Face], placer: &mut Placer) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (face, letter) in faces.iter().zip('A'..) {
        let points: Vec<Point> =
            face.polygon.exterior().0.iter().map(|place| view.page(*place)).collect();
        let Some(frame) = Rect::about(&points) else { continue };
        let frame = frame.grown(4.0);
        marks.push(Mark::rect("window", &frame));
        placer.take(frame);
        let label = Label {
            at: [frame.right(), frame.y + 6.0],
            clear: 0.0,
            lines: vec![letter.to_string()],
            look: LETTER,
            title: String::new(),
            reach: 40.0,
        };
        marks.extend(placer.place(&label));
    }
    marks
}

fn inset(
    drawing: &mut Drawing,
    compared: &Compared<'_>,
    [old, new]: [&[Thinning<'_>]; 2],
    face: &Face,
    rect: Rect,
    letter: char,
) {
    let ground = Ground::from_places(&face.polygon.exterior().0);
    let view = View::new(ground, rect, rect.width * 0.12);
    let mut placer = Placer::inside(&rect);
    let mut marks = vec![Mark::rect("panel", &rect)];
    marks.extend(between(&view, compared, old, new));
    for run in [old, new].into_iter().flat_map(|line| view.runs(line, SEEN)) {
        placer.take_line(&run, 3.0);
    }
    marks.extend(scale_bar(&view, 0.42, Words::in_language(&Language::ENGLISH), &mut placer));
    marks.push(Mark::rect("frame", &rect));
    drawing.panel(Panel::new(&rect.grown(1.0), marks));
    let title = format!("{letter} · {}", area(face.area));
    let at = [rect.x, rect.y - 6.0];
    let above = Rect::new(rect.x, rect.y - 18.0, rect.width, 18.0);
    let title = Mark::text("inset-title", at, Anchor::Start, &title);
    drawing.panel(Panel::new(&above, vec![title.titled(&face_in_words(compared, face))]));
}

/// In one row, or in two where there is less room.
fn legend(compared: &Compared<'_>, foot: &Rect) -> Vec<Mark> {
    let columns: usize = if foot.width < 500.0 { 2 } else { 4 };
    let step = foot.width / columns as f64;
    let at =
        |i: usize| [step * (i % columns) as f64 + 2.0, foot.y + 14.0 + 16.0 * (i / columns) as f64];
    let line = |[x, y]: Point| data(&[[x, y], [x + 22.0, y]], false);
    let patch = |[x, y]: Point| Rect::new(x, y - 5.0, 22.0, 10.0);
    let gains = |name: &str| format!("to {}", treatyline::internal::wording::shortened(name, 22));
    let signs = [
        (Mark::path("old", line(at(0))), "old line".to_owned()),
        (Mark::path("new", line(at(1))), "new line".to_owned()),
        (Mark::rect("gain-left", &patch(at(2))), gains(compared.party(Side::Left))),
        (Mark::rect("gain-right", &patch(at(3))), gains(compared.party(Side::Right))),
    ];
    let words = |(i, (sign, text)): (usize, (Mark, String))| {
        let [x, y] = at(i);
        [sign, Mark::text("words", [x + 28.0, y + 3.5], Anchor::Start, &text)]
    };
    signs.into_iter().enumerate().flat_map(words).collect()
}
