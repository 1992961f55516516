//! The elements of a page by their name.

/// A page without its outermost elements of a name, and those elements.
pub(crate) fn taken(html: &str, tag: &str) -> (String, Vec<String>) {
    let (begin, end) = (format!("<{tag}"), format!("</{tag}>"));
    let (mut left, mut taken) = (String::new(), Vec::new());
    let (mut element, mut depth, mut rest) = (String::new(), 0, html);
    while let Some(at) = [rest.find(&begin), rest.find(&end)].into_iter().flatten().min() {
        let ends = rest[at..].starts_with(&end);
        let (before, after) = rest.split_at(at + if ends { end.len() } else { 0 });
        (if depth == 0 { &mut left } else { &mut element }).push_str(before);
        depth += if ends { -1 } else { 1 };
        if ends && depth == 0 {
            taken.push(std::mem::take(&mut element));
        }
        rest = after;
        if !ends {
            if depth == 1 {
                left.push_str(&format!("<{tag}/>"));
            }
            element.push_str(&begin);
            rest = &rest[begin.len()..];
        }
    }
    (left + rest, taken)
}

/// A page without its outermost elements of these names.
pub(crate) fn without(html: String, tags: &[&str]) -> String {
    tags.iter().fold(html, |html, tag| taken(&html, tag).0)
}
