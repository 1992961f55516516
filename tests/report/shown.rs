//! What of a text its snapshot holds: each content once, and of many alike the first.

use std::path::Path;

/// What the build without PROJ writes otherwise than the snapshot of this name, which is that of
/// the build with it: the lines that are only here.
pub(crate) fn differing(name: &str, text: &str) -> String {
    let file = format!("tests/report/snapshots/report__snapshots__{name}.snap");
    let file = insta::Snapshot::from_file(Path::new(&crate::common::repository(&file))).unwrap();
    let there = file.as_text().unwrap().to_string();
    let [there, here] =
        [&there, text].map(|text| text.trim_matches('\n').lines().collect::<Vec<_>>());
    let same = in_common(&there, &here);
    let (mut at, mut from, mut said) = (0, 0, String::new());
    for (i, j) in same.into_iter().chain([(there.len(), here.len())]) {
        if (at, from) != (i, j) {
            said += &format!("@ in place of {} lines with PROJ\n", i - at);
            said.extend(here[from..j].iter().map(|line| format!("{line}\n")));
        }
        (at, from) = (i + 1, j + 1);
    }
    said
}

/// The longest sequence of equal lines, as pairs of places.
fn in_common(there: &[&str], here: &[&str]) -> Vec<(usize, usize)> {
    let mut longest = vec![vec![0_u32; here.len() + 1]; there.len() + 1];
    for i in (0..there.len()).rev() {
        for j in (0..here.len()).rev() {
            longest[i][j] = match there[i] == here[j] {
                true => longest[i + 1][j + 1] + 1,
                false => longest[i + 1][j].max(longest[i][j + 1]),
            };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < there.len() && j < here.len() {
        if there[i] == here[j] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if longest[i + 1][j] >= longest[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// How a format writes a finding: its first line, its last line, and what is before the verdict.
pub(crate) struct Block(pub &'static str, pub &'static str, pub &'static str);

/// A text with the first finding of each topic and verdict; all of them are in the snapshot
/// `findings_text`.
pub(crate) fn first_of_each(text: &str, Block(begin, end, before): &Block) -> String {
    let (mut shown, mut block, mut kinds) = (String::new(), None::<String>, Vec::new());
    for line in text.lines() {
        let starts = line.starts_with(begin) && block.is_none();
        if starts {
            block = Some(String::new());
        }
        let Some(lines) = block.as_mut() else {
            shown += &format!("{line}\n");
            continue;
        };
        *lines += &format!("{line}\n");
        if line.starts_with(end) {
            let lines = block.take().unwrap();
            let word = |text: &str| text.split([' ', '"', '/']).next().unwrap().to_owned();
            let (_, verdict) = lines.split_once(before).unwrap_or_default();
            let (_, topic) = lines.split_once("d=\"").or(lines.split_once("d\": \"")).unwrap();
            let kind = (word(topic), word(verdict));
            if verdict.is_empty() || !kinds.contains(&kind) {
                kinds.push(kind);
                shown += &lines;
            }
        }
    }
    shown
}

/// A table with the first row of each topic, verdict and role.
pub(crate) fn first_rows(table: &str) -> String {
    let (mut shown, mut kinds) = (String::new(), Vec::new());
    for row in table.lines() {
        let cells: Vec<&str> = row.split(',').collect();
        let kind = [1, 2, 5].map(|at| cells[at]);
        if !kinds.contains(&kind) {
            kinds.push(kind);
            shown += &format!("{row}\n");
        }
    }
    shown
}

/// A page without the narrow drawings, which hold what the wide ones hold.
pub(crate) fn without_narrow(html: &str) -> String {
    let mut parts = html.split("<div class=\"narrow\">");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |page, part| {
        page + "<div class=\"narrow\">" + &part[part.find("</div>").unwrap_or(0)..]
    })
}
