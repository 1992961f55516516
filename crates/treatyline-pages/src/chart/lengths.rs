//! Length by medium and instrument: a bar for the whole line and one for each instrument,
//! divided into what is shown to be land, rivers, lakes and sea, and what is shown to be neither.

use treatyline::dossier::Medium;
use treatyline::internal::report::PieceEntry;
use treatyline::internal::wording::{km, number, shortened};
use treatyline::report::Report;

use super::Frame;
use crate::drawing::{Anchor, Drawing, Mark, Panel, Rect};

/// Heights: of a row, of the legend above.
const ROW: f64 = 49.0;
const LEGEND: f64 = 26.0;

/// A bar: its name, and its length by what it is shown to be; the last is neither.
struct Row {
    name: String,
    parts_m: [f64; 5],
}

/// What the parts are called, and their classes.
const PARTS: [(&str, &str); 5] = [
    ("land", "part-land"),
    ("river", "part-river"),
    ("lake", "part-lake"),
    ("sea", "part-sea"),
    ("not shown", "part-mixed"),
];

/// The parts of a piece.
fn parts_m(piece: &PieceEntry) -> [f64; 5] {
    let is_lake = piece.facts.medium == Some(Medium::Lake);
    let [river_m, lake_m] =
        if is_lake { [0.0, piece.water_shown_m] } else { [piece.water_shown_m, 0.0] };
    let shown_m = piece.land_shown_m + piece.water_shown_m + piece.sea_shown_m;
    let neither_m = (piece.length_m - shown_m).max(0.0);
    [piece.land_shown_m, river_m, lake_m, piece.sea_shown_m, neither_m]
}

/// The chart; none for a line without length.
pub(crate) fn lengths(report: &Report, frame: &Frame) -> Option<Drawing> {
    let rows = rows(report);
    let most_m = rows.iter().map(Row::total_m).reduce(f64::max).filter(|most_m| *most_m > 0.0)?;
    let size = [frame.width, LEGEND + ROW * rows.len() as f64];
    let description = "A bar for the whole line and one for each instrument that governs some of it, \
                divided into what is shown to be land, rivers, lakes and sea, and what is neither.";
    let mut marks = legend(&rows);
    for (i, row) in rows.iter().enumerate() {
        marks.extend(bar(row, LEGEND + ROW * i as f64, frame, most_m));
    }
    let mut drawing =
        Drawing::new(frame.id.clone(), size, "Length by medium and instrument", description);
    drawing.panel(Panel::new(&Rect::new(0.0, 0.0, size[0], size[1]), marks));
    Some(drawing)
}

/// The whole line, then what governs most of it.
fn rows(report: &Report) -> Vec<Row> {
    let row = |name: &str, pick: &dyn Fn(Option<&String>) -> bool| {
        let mut sums_m = [0.0; 5];
        for piece in report.pieces.iter().filter(|piece| pick(piece.facts.instrument.as_ref())) {
            sums_m.iter_mut().zip(parts_m(piece)).for_each(|(sum, m)| *sum += m);
        }
        Row { name: name.to_owned(), parts_m: sums_m }
    };
    let of_instruments = report
        .instruments
        .iter()
        .map(|instrument| row(&instrument.short, &|id| id == Some(&instrument.id)));
    let mut governing: Vec<Row> = of_instruments.collect();
    governing.push(row("instrument not distinguished", &|id| id.is_none()));
    governing.retain(|row| row.total_m() > 0.0);
    governing.sort_by(|a, b| b.total_m().total_cmp(&a.total_m()));
    std::iter::once(row("The whole line", &|_| true)).chain(governing).collect()
}

impl Row {
    fn total_m(&self) -> f64 {
        self.parts_m.iter().sum()
    }

    /// The parts there are, with their names and classes.
    fn parts(&self) -> impl Iterator<Item = (&'static str, &'static str, f64)> {
        let parts = PARTS.into_iter().zip(self.parts_m);
        // Less than half a metre is a remainder of rounding.
        parts.map(|((name, class), m)| (name, class, m)).filter(|(.., m)| *m > 0.5)
    }
}

fn legend(rows: &[Row]) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut x = 2.0;
    for (name, class, _) in rows.iter().take(1).flat_map(Row::parts) {
        marks.push(Mark::rect(class, &Rect::new(x, 4.0, 18.0, 10.0)));
        marks.push(Mark::text("words", [x + 23.0, 13.0], Anchor::Start, name));
        x += 72.0;
    }
    marks
}

fn bar(row: &Row, top: f64, frame: &Frame, most_m: f64) -> Vec<Mark> {
    let letters = if frame.is_narrow() { 42 } else { 90 };
    let name = shortened(&row.name, letters);
    let total = km(row.total_m(), 1);
    let mut marks = vec![
        Mark::text("label strong", [2.0, top + 12.0], Anchor::Start, &name).titled(&row.name),
        Mark::text("label strong", [frame.width - 2.0, top + 12.0], Anchor::End, &total),
    ];
    let mut x = 2.0;
    for (name, class, m) in row.parts() {
        // Also a very short part can be seen.
        let width = ((frame.width - 4.0) * m / most_m).max(1.5);
        let title = format!("{}: {name}, {}", row.name, km(m, 1));
        marks.push(Mark::rect(class, &Rect::new(x, top + 17.0, width, 11.0)).titled(&title));
        x += width;
    }
    let words: Vec<String> = row
        .parts()
        .map(|(name, _, m)| {
            format!("{name} {} ({} %)", km(m, 1), number(100.0 * m / row.total_m(), 0))
        })
        .collect();
    marks.push(Mark::text("small", [2.0, top + 39.0], Anchor::Start, &words.join(" · ")));
    marks
}
