//! A comparison for a terminal.

use super::largest;
use super::{Compared, area};
use crate::compare::{
    Compared as Line, Comparison, Distribution, Frechet, Joint, Matched, OnlyIn, Version,
};
use crate::drawn::Gap;
use crate::io::Setting;
use crate::quantity::Metres;
use crate::report::FixLists;
use crate::report::styled::StyledText;
use crate::report::table::{Lean, Table};
use crate::report::text::Page;
use crate::wording::{count, distance, km, number, shortened};

/// The most faces that are listed one by one: the largest.
const LISTED: usize = 40;
/// Lines nearer than this meet.
const MEETING_M: f64 = 1e-3;
/// Names longer than this would not leave room in a table.
const NAME: usize = 20;

/// The comparison as text.
#[must_use]
pub fn comparison(compared: &Compared<'_>) -> StyledText {
    let found = compared.comparison;
    let mut page = Page::default();
    page.heading("Two lines compared");
    page.wrapped(&format!("old: {}", found.old.provenance.title), "  ", "       ");
    page.wrapped(&format!("new: {}", found.new.provenance.title), "  ", "       ");
    page.line("");
    lines(&mut page, found);
    page.line("");
    distances(&mut page, found);
    page.line("");
    land(&mut page, compared);
    page.into_text()
}

fn lines(page: &mut Page, found: &Comparison) {
    page.heading("The lines");
    page.table(&lines_table(found));
    lines_in_words(found).iter().for_each(|words| page.paragraph(words));
}

/// The lines in words: their ratio of lengths, turns, gaps.
#[must_use]
pub fn lines_in_words(found: &Comparison) -> Vec<String> {
    let ratio = found.new.length.value() / found.old.length.value();
    let mut sentences = vec![format!("The new line is {} times as long.", number(ratio, 4))];
    if found.turned {
        sentences
            .push("The new line was drawn the other way; it has been turned round.".to_owned());
    }
    if let Some(begun) = found.begun {
        let (name, other) = match begun.version {
            Version::Old => ("old", "new"),
            Version::New => ("new", "old"),
        };
        let at = number(begun.at.km(), 1);
        sentences.push(format!(
            "The {name} line is closed; it was taken to begin at its km {at}, nearest to the start of \
             the {other} line."
        ));
    }
    for (name, line) in [("old", &found.old), ("new", &found.new)] {
        if line.rearranged {
            sentences.push(format!("The parts of the {name} line have been put in order."));
        }
        sentences.extend(gaps(name, line));
    }
    sentences.extend(stretches(found));
    for line in [&found.old, &found.new] {
        sentences.extend(FixLists::new(&line.provenance.origin, &line.fixes).for_documents());
    }
    sentences
}

/// Pieces that are named one by one.
const NAMED: usize = 10;

/// Which pieces were compared, and the longest of those that have no version.
fn stretches(found: &Comparison) -> Vec<String> {
    let mut sentences = Vec::new();
    if found.matched.len() > 1 || !found.only.is_empty() {
        let lengths = found.matched.iter().take(NAMED).map(|each| {
            format!("{} and {}", km(each.old_length.value(), 3), km(each.new_length.value(), 3))
        });
        let lengths: Vec<String> = lengths.collect();
        let more = match found.matched.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!("; and {more} more"),
        };
        sentences.push(format!(
            "What matches is compared piece by piece, the old one and the new one: {}{more}.",
            lengths.join("; "),
        ));
    }
    for (i, name) in ["old", "new"].into_iter().enumerate() {
        let turned = found.matched.iter().filter(|each| each.turned[i]).count();
        if turned > 0 {
            let pieces = count(turned, "piece");
            let ran = if turned == 1 { "ran" } else { "ran, each," };
            sentences.push(format!(
                "In the {name} line {pieces} {ran} the other way than what goes before, and the stretch \
                 has been turned round."
            ));
        }
    }
    let mut only: Vec<&OnlyIn> = found.only.iter().collect();
    only.sort_by(|a, b| b.length.value().total_cmp(&a.length.value()));
    sentences.extend(only.iter().take(NAMED).map(|only| only_in(only)));
    if let Some(more) = only.len().checked_sub(NAMED).filter(|more| *more > 0) {
        let pieces = if more == 1 { "piece is" } else { "pieces are" };
        sentences
            .push(format!("{more} more {pieces} only in one of the lines, none of them longer."));
    }
    sentences
}

fn only_in(only: &OnlyIn) -> String {
    let name = match only.version {
        Version::Old => "OLD",
        Version::New => "NEW",
    };
    let place = |at: geo::Coord| format!("({:.5}, {:.5})", at.x, at.y);
    format!(
        "Only in {name}: {} at km {}, {}; no part of the distances and areas.",
        km(only.length.value(), 3),
        number(only.chainage.km(), 1),
        match only.encloses {
            Some(encloses) => format!("at {}, which enclose {}", place(only.from), area(encloses)),
            None => format!("from {} to {}", place(only.from), place(only.to)),
        },
    )
}

/// How long the lines are, and how good.
#[must_use]
pub fn lines_table(found: &Comparison) -> Table {
    let columns = [
        ("", Lean::Left),
        ("length", Lean::Right),
        ("vertices", Lean::Right),
        ("accuracy", Lean::Left),
    ];
    let mut table = Table::new(&columns);
    for (name, line) in [("old", &found.old), ("new", &found.new)] {
        let accuracy = line.accuracy.as_ref().map_or_else(
            || "not stated".to_owned(),
            |accuracy| format!("± {}, {}", distance(accuracy.within.value()), accuracy.basis),
        );
        let vertices = number(line.vertices as f64, 0);
        table.row([name.to_owned(), km(line.length.value(), 3), vertices, accuracy]);
    }
    table
}

/// What becomes of the gaps of a line.
fn gaps(name: &str, line: &Line) -> Vec<String> {
    let (bridged, open): (Vec<&Gap>, Vec<&Gap>) = line.gaps.iter().partition(|gap| gap.bridged);
    let widest =
        |gaps: &[&Gap]| distance(gaps.iter().map(|gap| gap.width.value()).fold(0.0, f64::max));
    let open_words = || {
        format!(
            "The {name} line has {} stretches; {} between them, the widest of {}, no part of its \
             length.",
            open.len() + 1,
            count(open.len(), "gap"),
            widest(&open)
        )
    };
    let bridged_words = || {
        format!(
            "Bridged in the {name} line: {} of up to {}, which is within what the line is \
             uncertain by.",
            count(bridged.len(), "gap"),
            widest(&bridged)
        )
    };
    let sentences =
        [(!open.is_empty()).then(open_words), (!bridged.is_empty()).then(bridged_words)];
    sentences.into_iter().flatten().collect()
}

fn distances(page: &mut Page, found: &Comparison) {
    page.heading("How far apart");
    let paragraphs = distances_in_words(found);
    page.paragraph(&paragraphs[0]);
    page.table(&distances_table(found));
    paragraphs[1..].iter().for_each(|words| page.paragraph(words));
}

/// How far the lines are from each other, in percentiles.
#[must_use]
pub fn distances_table(found: &Comparison) -> Table {
    let columns = ["", "mean", "half within", "90 % within", "99 % within"];
    let mut table = Table::new(&columns.map(|title| (title, Lean::Right)));
    for (name, line) in [("from the old line", &found.old), ("from the new line", &found.new)] {
        let Distribution { mean, p50, p90, p99, .. } = &line.distances;
        let [mean, p50, p90, p99] = [mean, p50, p90, p99].map(|m| distance(m.value()));
        table.row([name.to_owned(), mean, p50, p90, p99]);
    }
    table
}

/// The distances in words: at worst, beyond the tolerances, walking along.
#[must_use]
pub fn distances_in_words(found: &Comparison) -> Vec<String> {
    let worst = &found.hausdorff;
    let mut sentences = vec![format!(
        "At worst {} (Hausdorff distance): from the old line to the new one {}, at {}; from the \
         new line to the old one {}, at {}.",
        distance(worst.symmetric().value()),
        distance(worst.from_old.distance.value()),
        place(worst.from_old.from.at, worst.from_old.from.chainage),
        distance(worst.from_new.distance.value()),
        place(worst.from_new.from.at, worst.from_new.from.chainage),
    )];
    let both = found.old.distances.beyond.iter().zip(&found.new.distances.beyond);
    sentences.extend(both.map(|(old, new)| {
        let share = |share: f64| format!("{} %", number(100.0 * share, 1));
        format!(
            "Farther than {}: {} of the old line, {} of the new one.",
            distance(old.tolerance.value()),
            share(old.share),
            share(new.share),
        )
    }));
    sentences.push(walked(&found.frechet));
    sentences
}

fn walked(found: &Frechet) -> String {
    let apart = if found.settled {
        format!("Fréchet distance: {}", distance(found.distance().value()))
    } else {
        let [low, high] = [found.low, found.high].map(|bound| distance(bound.value()));
        format!("Fréchet distance: {low} to {high} (bounds)")
    };
    let discrete = distance(found.discrete.value());
    let step = distance(found.step.value());
    format!("{apart}; the discrete one is {discrete} ± {step}.")
}

fn land(page: &mut Page, compared: &Compared<'_>) {
    let found = compared.comparison;
    page.heading("Land between the lines");
    page.paragraph("Going from the old line to the new one:");
    gains(compared).iter().for_each(|words| page.paragraph(words));
    page.paragraph(&significance(found));
    endings(found).iter().for_each(|words| page.paragraph(words));
    let (table, after) = largest_faces(compared);
    table.iter().for_each(|table| page.table(table));
    after.iter().for_each(|words| page.paragraph(words));
}

/// What each side gains, a sentence for each.
#[must_use]
pub fn gains(compared: &Compared<'_>) -> Vec<String> {
    let found = compared.comparison;
    let sentence = |(gain, side): (&crate::compare::Gain, &str)| {
        let party = compared.party(gain.side);
        let who = if party == side {
            format!("The side on the {side}")
        } else {
            format!("{party}, on the {side},")
        };
        let gained = match gain.significant.faces {
            0 => "nothing".to_owned(),
            faces => format!("{} in {}", area(gain.significant.area), count(faces, "place")),
        };
        let noise = match gain.noise.faces {
            0 => String::new(),
            faces => {
                let places = count(faces, "narrow place");
                format!("; {} in {places} may be noise", area(gain.noise.area))
            }
        };
        format!("{who} gains {gained}{noise}.")
    };
    found.land.gains.iter().zip(["left", "right"]).map(sentence).collect()
}

/// How the lines are joined at their ends.
#[must_use]
pub fn endings(found: &Comparison) -> Vec<String> {
    if found.matched.len() < 2 {
        let joints = found.land.joints.iter().zip(["start", "end"]);
        return joints.map(|(joint, at)| ending(joint, at)).collect();
    }
    let of_piece = |(i, matched): (usize, &Matched)| {
        let joints = matched.joints.iter().zip(["start", "end"]);
        let sentences =
            joints.map(|(joint, at)| ending(joint, &format!("{at} of piece {}", i + 1)));
        sentences.collect::<Vec<_>>()
    };
    found.matched.iter().enumerate().take(10).flat_map(of_piece).collect()
}

/// The width from which a place is significant.
#[must_use]
pub fn significance(found: &Comparison) -> String {
    let unknown: Vec<&str> = [("old", &found.old), ("new", &found.new)]
        .into_iter()
        .filter_map(|(name, line)| line.accuracy.is_none().then_some(name))
        .collect();
    let above = distance(found.uncertainty().value());
    let basis = match unknown[..] {
        [] => "the two lines' accuracies together".to_owned(),
        [one] => format!("the accuracy of one; that of the {one} line is not stated"),
        _ => "as neither line's accuracy is stated".to_owned(),
    };
    format!("Places wider than {above} count, {basis}.")
}

fn ending(joint: &Joint, at: &str) -> String {
    let mut text = if joint.length.value() < MEETING_M {
        format!("At the {at} the lines meet")
    } else {
        format!("At the {at} the lines are joined over {}", distance(joint.length.value()))
    };
    if let Some(tail) = joint.left_out {
        let name = match tail.version {
            Version::Old => "old",
            Version::New => "new",
        };
        let length = distance(tail.length.value());
        text.push_str(&format!("; {length} of the {name} line beyond that are left out"));
    }
    text + "."
}

/// The largest significant places in the order of the line, and a sentence on those left out.
#[must_use]
pub fn largest_faces(compared: &Compared<'_>) -> (Option<Table>, Option<String>) {
    let all = compared.comparison.land.significant().count();
    let columns = ["km of the old line", "gains", "area", "widest", "mean", "latitude, longitude"];
    let mut table = Table::new(&columns.map(|title| (title, Lean::Right)));
    for face in largest(compared, LISTED) {
        table.row([
            format!("{}–{}", number(face.from.km(), 1), number(face.to.km(), 1)),
            shortened(compared.party(face.gains), NAME).into_owned(),
            area(face.area),
            distance(face.width.greatest.distance.value().round()),
            distance(face.width.mean.value().round()),
            format!("{:.4}, {:.4}", face.at.y, face.at.x),
        ]);
    }
    let document = Setting::Format.with("json");
    let left_out = (all > LISTED)
        .then(|| format!("These are the {LISTED} largest of {all}; {document} has all."));
    ((all > 0).then_some(table), left_out)
}

fn place(at: geo::Coord, chainage: Metres) -> String {
    format!("{:.4}, {:.4} (km {})", at.y, at.x, number(chainage.km(), 1))
}
