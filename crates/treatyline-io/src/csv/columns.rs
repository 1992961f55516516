//! Which columns of a table have the geometry.
//!
//! A column of well-known text is known by its whole name. A column of longitudes has one of the
//! words lon, long, lng, longitude, easting and x in its name, that of latitudes one of lat, latitude,
//! northing and y, or the Russian or Chinese word;
//! words end where a capital begins, or at anything that is no letter and no digit, and
//! `longitude` and `latitude` are words within a word, too. The rest of the two names
//! must be the same: `start_lon` goes with `start_lat`. Names that consist of the word alone come
//! first, names with x, y, easting and northing last. Where several pairs are equally good, none is taken.

use crate::problem::Fault;

/// Names of a column of well-known text.
const WKT: [&str; 8] =
    ["wkt", "geom", "geometry", "the_geom", "wkt_geom", "geometry_wkt", "geom_wkt", "shape_wkt"];
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Where the geometry of a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Wkt(usize),
    LonLat(usize, usize),
}

/// Whether a column is called like one of well-known text.
pub(super) fn is_wkt(name: &str) -> bool {
    WKT.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// What the first line of a table says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) delimiter: u8,
    pub(super) place: Place,
}

/// Whether a text is a table with geometries, by its first line.
pub(crate) fn is_table(text: &[u8]) -> bool {
    let line = first_line(without_blank_lines(text));
    // Well-known text has brackets, JSON braces, XML angles.
    line.len() < 1 << 14 && !line.contains(&b'(') && !matches!(of_line(line), Found::Nothing)
}

/// The text from its first line that is not blank.
pub(super) fn without_blank_lines(text: &[u8]) -> &[u8] {
    let begin = text.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(0);
    let line = text[..begin].iter().rposition(|byte| matches!(byte, b'\n' | b'\r'));
    &text[line.map_or(0, |at| at + 1)..]
}

fn first_line(text: &[u8]) -> &[u8] {
    text.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default()
}

enum Found {
    Header(Header),
    /// Several pairs of columns, so that it is not clear which is meant.
    Several(Vec<String>),
    Nothing,
}

impl Header {
    /// Reads the header of a text.
    pub(super) fn from_text(text: &[u8]) -> Result<Self, Fault> {
        match of_line(first_line(text)) {
            Found::Header(header) => Ok(header),
            Found::Several(pairs) => {
                let pairs = crate::words::first_ten(&pairs);
                let what = format!("a table with several places to a row: {pairs}");
                let hint = "call the two columns that are wanted lon and lat";
                Err(Fault::Foreign { what, hint })
            }
            Found::Nothing => {
                let what = "a table without a column that is called wkt, or two called lon and lat";
                let hint = "rename the columns of the geometry in the first line";
                Err(Fault::Foreign { what: what.to_owned(), hint })
            }
        }
    }
}

fn of_line(line: &[u8]) -> Found {
    let line = String::from_utf8_lossy(line);
    let mut several = Vec::new();
    for delimiter in DELIMITERS {
        let plain = |name: &str| name.trim().trim_matches('"').trim().to_owned();
        let names: Vec<String> = line.split(char::from(delimiter)).map(plain).collect();
        let is_named =
            |known: &&str| names.iter().position(|name| name.eq_ignore_ascii_case(known));
        if let Some(at) = WKT.iter().find_map(is_named)
            && (names.len() > 1 || names[0].eq_ignore_ascii_case("wkt"))
        {
            return Found::Header(Header { delimiter, place: Place::Wkt(at) });
        }
        match &pairs(&names)[..] {
            [] => {}
            [(lon, lat)] => {
                return Found::Header(Header { delimiter, place: Place::LonLat(*lon, *lat) });
            }
            pairs => {
                let text =
                    |(lon, lat): &(usize, usize)| format!("{} and {}", names[*lon], names[*lat]);
                several = pairs.iter().map(text).collect();
            }
        }
    }
    if several.is_empty() { Found::Nothing } else { Found::Several(several) }
}

/// The pairs of columns that are longitude and latitude, the best of them.
fn pairs(names: &[String]) -> Vec<(usize, usize)> {
    let axes: Vec<Option<Axis>> = names.iter().map(|name| Axis::from_name(name)).collect();
    let columns = |is_lon| {
        let of_axis = move |axis: &&Axis| axis.is_lon == is_lon;
        axes.iter()
            .enumerate()
            .filter_map(move |(i, axis)| Some((i, axis.as_ref().filter(of_axis)?)))
    };
    let mut found = Vec::new();
    for (lon, a) in columns(true) {
        let partner = columns(false).find(|(_, b)| b.rest == a.rest && b.rank() == a.rank());
        found.extend(partner.map(|(lat, _)| (a.rank(), lon, lat)));
    }
    let best = found.iter().map(|(rank, ..)| *rank).min();
    found.retain(|(rank, ..)| Some(*rank) == best);
    found.into_iter().map(|(_, lon, lat)| (lon, lat)).collect()
}

/// The axis that the name of a column stands for.
#[derive(Debug)]
struct Axis {
    is_lon: bool,
    word: &'static str,
    /// The other words of the name.
    rest: String,
}

/// Longitude and latitude, the words that mean them in pairs.
const WORDS: [(&str, bool); 14] = [
    ("longitude", true),
    ("latitude", false),
    ("easting", true),
    ("northing", false),
    ("долгота", true),
    ("широта", false),
    ("经度", true),
    ("纬度", false),
    ("lon", true),
    ("long", true),
    ("lng", true),
    ("lat", false),
    ("x", true),
    ("y", false),
];

impl Axis {
    fn from_name(name: &str) -> Option<Self> {
        let words = words(name);
        let axis = |i: usize, (word, is_lon): (&'static str, bool), within: &str| {
            let mut others = words.clone();
            others[i] = within.to_owned();
            others.retain(|other| !other.is_empty());
            Self { is_lon, word, rest: others.join("_") }
        };
        let mut found = words.iter().enumerate().filter_map(|(i, own)| {
            let known = WORDS.iter().find(|(word, _)| own == word);
            let long = || WORDS[..2].iter().find(|(word, _)| own.contains(word));
            let known = known.or_else(long)?;
            Some(axis(i, *known, &own.replacen(known.0, "", 1)))
        });
        // `lat_lon` is neither.
        found.next().filter(|_| found.next().is_none())
    }

    /// How good a name it is; the lowest rank is the best.
    fn rank(&self) -> u8 {
        2 * u8::from(matches!(self.word, "x" | "y" | "easting" | "northing"))
            + u8::from(!self.rest.is_empty())
    }
}

/// The words of a name, in small letters.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_small = false;
    for c in name.chars() {
        let is_part = c.is_alphanumeric();
        if !is_part || (c.is_uppercase() && was_small) {
            words.push(String::new());
        }
        if let (true, Some(word)) = (is_part, words.last_mut()) {
            word.extend(c.to_lowercase());
        }
        was_small = is_part && !c.is_uppercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(line: &str) -> Option<Place> {
        match of_line(line.as_bytes()) {
            Found::Header(header) => Some(header.place),
            _ => None,
        }
    }

    #[test]
    fn columns_are_known_by_their_names() {
        let pair = |lon, lat| Some(Place::LonLat(lon, lat));
        for (line, expected) in [
            ("id,lon,lat", pair(1, 2)),
            ("id;LATITUDE;LONGITUDE", pair(2, 1)),
            ("name\tlng\tlat", pair(1, 2)),
            ("X,Y,name", pair(0, 1)),
            ("id,geo_longitude,geo_latitude", pair(1, 2)),
            ("decimalLatitude,decimalLongitude", pair(1, 0)),
            ("decimallatitude,decimallongitude", pair(1, 0)),
            ("LAT_DEG|LON_DEG", pair(1, 0)),
            ("stop_id,stop_lat,stop_lon", pair(2, 1)),
            ("shape_pt_lat,shape_pt_lon,shape_pt_sequence", pair(1, 0)),
            ("position_lat,position_long", pair(1, 0)),
            ("Start Lat,Start Long", pair(1, 0)),
            ("pointX,pointY", pair(0, 1)),
            ("\"lat\",\"lng\"", pair(1, 0)),
            ("lon,lat,x,y", pair(0, 1)),
            ("easting,northing,lon,lat", pair(2, 3)),
            ("x_coord,y_coord,start_lon,start_lat", pair(2, 3)),
            ("lon,lat,start_lon,start_lat", pair(0, 1)),
            ("start_lon,end_lat", None),
            ("start_lon,start_lat,end_lon,end_lat", None),
            ("lat_lon,name", None),
            ("platform,flat,along", None),
            ("point,northing,easting", pair(2, 1)),
            ("Широта;Долгота", pair(1, 0)),
            ("名称,经度,纬度", pair(1, 2)),
            ("id,WKT", Some(Place::Wkt(1))),
            ("wkt", Some(Place::Wkt(0))),
            ("geometry", None),
            ("", None),
        ] {
            assert_eq!(place(line), expected, "{line}");
        }
    }

    #[test]
    fn several_places_are_listed() {
        let says =
            Header::from_text(b"start_lon,start_lat,end_lon,end_lat").unwrap_err().to_string();
        assert!(says.contains("start_lon and start_lat, end_lon and end_lat"), "{says}");
    }

    #[test]
    fn blank_lines_are_no_header() {
        assert_eq!(without_blank_lines(b"\n \r\n\tx\ty\n"), b"\tx\ty\n");
        assert_eq!(without_blank_lines(b"x,y\n\n"), b"x,y\n\n");
        assert!(is_table(b"\n\nlon,lat\n1,2"));
    }
}
