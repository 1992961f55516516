//! The land that changes sides: a bar for each place, to the side of the party that gains
//! it, in the order of the line.

use treatyline::internal::report::Compared;
use treatyline::internal::report::{area, largest};
use treatyline::internal::wording::{number, shortened};
use treatyline::line::Side;

use super::Frame;
use super::profile::{class, face_in_words};
use crate::drawing::{Anchor, Drawing, Mark, Panel, Rect, data};

/// Heights: of the names above, and of a bar's row.
const TOP: f64 = 24.0;
const ROW: f64 = 17.0;

/// Room for numbers at the end of a bar.
const VALUE: f64 = 78.0;

/// The most bars that are drawn: those of the largest places.
const SHOWN: usize = 24;

/// The chart; none where no place is wider than the lines are uncertain.
pub(crate) fn transfers(compared: &Compared<'_>, frame: &Frame) -> Option<Drawing> {
    let faces = largest(compared, SHOWN);
    let most_m2 = faces.iter().map(|face| face.area.value()).reduce(f64::max)?;
    let middle = frame.width / 2.0;
    let bottom = TOP + ROW * faces.len() as f64;
    let mut marks = names(compared, frame);
    marks.push(Mark::path("zero", data(&[[middle, TOP - 4.0], [middle, bottom]], false)));
    for (i, face) in faces.iter().enumerate() {
        let y = TOP + ROW * i as f64;
        let length = (middle - VALUE - 4.0) * face.area.value() / most_m2;
        // The bar on its own side, its place on the other.
        let (x, end, towards, away) = match face.gains {
            Side::Left => (middle - length, middle - length - 5.0, Anchor::End, Anchor::Start),
            Side::Right => (middle, middle + length + 5.0, Anchor::Start, Anchor::End),
        };
        let aside = if away == Anchor::Start { 6.0 } else { -6.0 };
        let bar = Rect::new(x, y + 2.5, length.max(1.5), ROW - 5.0);
        let title = face_in_words(compared, face);
        marks.push(Mark::rect(class(face.gains), &bar).titled(&title));
        let place = format!("km {}–{}", number(face.from.km(), 1), number(face.to.km(), 1));
        marks.push(Mark::text("small", [middle + aside, y + 12.0], away, &place));
        marks.push(Mark::text("small strong", [end, y + 12.0], towards, &area(face.area)));
    }
    let size = [frame.width, bottom + 4.0];
    let description = "A bar for each place that changes sides, to the left for the party on the left \
                and to the right for the party on the right; the table says the same.";
    let mut drawing = Drawing::new(frame.id.clone(), size, "Land that changes sides", description);
    drawing.panel(Panel::new(&Rect::new(0.0, 0.0, size[0], size[1]), marks));
    Some(drawing)
}

fn names(compared: &Compared<'_>, frame: &Frame) -> Vec<Mark> {
    let middle = frame.width / 2.0;
    let letters = if frame.is_narrow() { 16 } else { 34 };
    let name = |side| shortened(compared.party(side), letters).into_owned();
    vec![
        Mark::text(
            "label strong",
            [middle - 6.0, 12.0],
            Anchor::End,
            &format!("← {} gains", name(Side::Left)),
        ),
        Mark::text(
            "label strong",
            [middle + 6.0, 12.0],
            Anchor::Start,
            &format!("{} gains →", name(Side::Right)),
        ),
    ]
}
