//! Heights that a text prints, with those of the relief along the line.

use super::model::Report;
use super::sections::{Section, SectionKind};
use super::table::{Lean, Table};
use crate::dossier::HeightProfile;
use crate::wording::{self, number};

/// One section for all profiles; none where there are none.
pub(super) fn sections(report: &Report) -> Option<Section> {
    if report.profiles.is_empty() {
        return None;
    }
    let mut table = Table::new(&[
        ("place of the text", Lean::Left),
        ("km", Lean::Right),
        ("text", Lean::Right),
        ("relief", Lean::Right),
        ("relief less text", Lean::Right),
    ]);
    for profile in &report.profiles {
        for (name, at_m, printed_m) in &profile.printed {
            let relief_m = profile.height_m(*at_m);
            let cell =
                |m: Option<f64>| m.map_or_else(String::new, |m| format!("{} m", number(m, 0)));
            table.row([
                name.clone(),
                number(at_m / 1e3, 1),
                cell(Some(*printed_m)),
                cell(relief_m),
                cell(relief_m.map(|m| m - printed_m)),
            ]);
        }
    }
    let words = report.profiles.iter().map(words).collect();
    Some(Section::new("Heights of the text", words, Some(table)).of_kind(SectionKind::Heights))
}

fn words(profile: &HeightProfile) -> String {
    let end_m = profile.from_m + profile.step_m * (profile.heights_m.len() - 1) as f64;
    let off = profile.printed.iter().filter_map(|(_, at_m, m)| Some(profile.height_m(*at_m)? - m));
    let off_m: Vec<f64> = off.collect();
    let least = off_m.iter().copied().fold(f64::INFINITY, f64::min);
    let most = off_m.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let range = if off_m.is_empty() {
        String::new()
    } else {
        format!(
            " The relief is {} to {} m off the printed heights.",
            number(least, 0),
            number(most, 0)
        )
    };
    format!(
        "{} ({}), km {} to {}, by {}.{range} {}",
        profile.title,
        profile.text,
        number(profile.from_m / 1e3, 0),
        number(end_m / 1e3, 0),
        profile.relief,
        wording::list(&profile.note.iter().cloned().collect::<Vec<_>>()),
    )
}
