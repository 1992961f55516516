//! Descriptions of systems in WKT, first or second edition, Esri's included.

/// A node of WKT: `WORD["name", 1.5, OTHER[...]]`.
#[derive(Debug, Default)]
pub struct Node {
    /// The word before the bracket, in capital letters.
    pub word: String,
    /// The first text in it.
    pub name: String,
    /// Numbers, words, and the other texts.
    pub values: Vec<String>,
    /// The nodes in it.
    pub children: Vec<Node>,
}

/// No description of a system is nested deeper than this.
const DEEPEST: usize = 16;

impl Node {
    /// The one node that a text is; `None` if it is anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut rest = text.trim().trim_end_matches('\0');
        rest = rest.trim_start_matches('\u{feff}');
        let node = Self::read(&mut rest, 0)?;
        rest.trim().is_empty().then_some(node)
    }

    fn read(rest: &mut &str, depth: usize) -> Option<Self> {
        let open = rest.find(['[', '('])?;
        let word = rest[..open].trim().to_uppercase();
        if depth > DEEPEST || !word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
            return None;
        }
        let mut node = Self { word, ..Self::default() };
        *rest = &rest[open + 1..];
        loop {
            *rest = rest.trim_start();
            if let Some(text) = rest.strip_prefix('"') {
                let end = text.find('"')?;
                if node.name.is_empty() && node.values.is_empty() {
                    text[..end].clone_into(&mut node.name);
                } else {
                    node.values.push(text[..end].to_owned());
                }
                *rest = &text[end + 1..];
            } else {
                let end = rest.find(['[', '(', ']', ')', ',', '"'])?;
                if rest[end..].starts_with(['[', '(']) {
                    node.children.push(Self::read(rest, depth + 1)?);
                } else {
                    node.values.push(rest[..end].trim().to_owned());
                    *rest = &rest[end..];
                }
            }
            *rest = rest.trim_start();
            let mut after = rest.chars();
            match after.next()? {
                ',' => *rest = after.as_str(),
                ']' | ')' => {
                    *rest = after.as_str();
                    return Some(node);
                }
                _ => return None,
            }
        }
    }

    /// The first node in it with this word.
    #[must_use]
    pub fn child(&self, word: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.word == word)
    }

    /// One of its values as a number.
    #[must_use]
    pub fn number(&self, place: usize) -> Option<f64> {
        self.values.get(place)?.parse().ok()
    }

    /// The first node in it with one of these words.
    #[must_use]
    pub fn any(&self, words: &[&str]) -> Option<&Self> {
        words.iter().find_map(|word| self.child(word))
    }

    /// The number that the registry of the EPSG has it under, if it says so.
    fn epsg(&self) -> Option<u32> {
        let id = self.child("AUTHORITY").or_else(|| self.child("ID"))?;
        if id.name.eq_ignore_ascii_case("EPSG") { id.values.first()?.parse().ok() } else { None }
    }

    /// In what a geographic system differs from WGS 84: its datum by name, the rest as in
    /// [`Node::differs`].
    #[must_use]
    pub fn unlike_wgs84(&self) -> Option<String> {
        let Some(datum) = self.datum() else { return Some("datum is not stated".to_owned()) };
        let is_numbered = datum.epsg() == Some(6326) || self.epsg() == Some(4326);
        if !is_numbered && !is_named_wgs84(&datum.name) {
            return Some(format!("datum is `{}`", datum.name));
        }
        self.differs(298.257_223_563)
    }

    /// The datum of a geographic system.
    #[must_use]
    pub fn datum(&self) -> Option<&Self> {
        self.any(&["DATUM", "ENSEMBLE", "GEODETICDATUM", "TRF"])
    }

    /// In what a geographic system differs from degrees of Greenwich on an ellipsoid of the size of
    /// WGS 84's with this inverse flattening, by its numbers. The order of its axes says nothing:
    /// every format that is read here has longitude before latitude whatever it is.
    #[must_use]
    pub fn differs(&self, inverse_flattening: f64) -> Option<String> {
        let datum = self.datum()?;
        let ellipsoid = datum.any(&["SPHEROID", "ELLIPSOID"]);
        let near = |node: Option<&Self>, place, expected: f64| {
            let stated = node.and_then(|node| node.number(place));
            stated.is_some_and(|stated| (stated - expected).abs() <= expected.abs() * 1e-9)
        };
        let zero = |meridian: &Self| meridian.number(0) == Some(0.0);
        let degree = |unit: &Self| near(Some(unit), 0, 1_f64.to_radians());
        let shift = datum.child("TOWGS84");
        let shifts = shift
            .is_some_and(|shift| (0..shift.values.len()).any(|at| shift.number(at) != Some(0.0)));
        let what = if shifts {
            "datum is shifted against WGS 84"
        } else if !near(ellipsoid, 0, 6_378_137.0) || !near(ellipsoid, 1, inverse_flattening) {
            "ellipsoid is another one"
        } else if !self.child("PRIMEM").is_none_or(zero) {
            "meridian is not that of Greenwich"
        } else if !self.any(&["UNIT", "ANGLEUNIT"]).is_none_or(degree) {
            "unit is not the degree"
        } else {
            return None;
        };
        Some(what.to_owned())
    }
}

/// Whether a system or a datum has one of the names of WGS 84, whatever its case and what is
/// between its words; what Esri puts before it and others behind it (`D_`, `[EPSG ID 6326]`) is
/// no part of the name.
#[must_use]
pub fn is_named_wgs84(name: &str) -> bool {
    let name = name.split('[').next().unwrap_or_default();
    let kept = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    let plain = kept.to_uppercase();
    let plain = plain.trim_end_matches("ENSEMBLE").trim_end_matches("DATUM");
    let plain = plain.strip_prefix("GCS").or_else(|| plain.strip_prefix('D')).unwrap_or(plain);
    let names = [
        "WGS1984",
        "WGS84",
        "WORLDGEODETICSYSTEM1984",
        "WORLDGEODETICSYSTEM84",
        "WORLDGEODETICSYSTEMOF1984",
    ];
    names.contains(&plain)
}
