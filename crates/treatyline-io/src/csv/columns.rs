//! Which columns of a table have the geometry.
//!
//! A column of well-known text is known by its whole name, and so is one of both coordinates or of
//! references of UTM or MGRS. A column of longitudes has one of the
//! words lon, long, lng, longitude, easting and x in its name, that of latitudes one of lat, latitude,
//! northing and y, or the Russian, Chinese or German word;
//! words end where a capital begins, or at anything that is no letter and no digit, and
//! `longitude` and `latitude` are words within a word, too. The rest of the two names
//! must be the same: `start_lon` goes with `start_lat`. Names that consist of the word alone come
//! first, then `b` and `l`, as treaties call them, names with x, y, easting and northing last. Where
//! several pairs are equally good, none is taken.

use crate::problem::Fault;

/// Names of a column of well-known text.
const WKT: [&str; 8] =
    ["wkt", "geom", "geometry", "the_geom", "wkt_geom", "geometry_wkt", "geom_wkt", "shape_wkt"];
/// Names of a column of references of UTM or MGRS.
const GRID: [&str; 5] = ["mgrs", "utm", "usng", "grid_reference", "grid reference"];
/// Names of a column with both coordinates, and whether the longitude comes first.
const BOTH: [(&str, bool); 10] = [
    ("coordinates", false),
    ("latlon", false),
    ("lat_lon", false),
    ("latlong", false),
    ("latitude longitude", false),
    ("lonlat", true),
    ("lon_lat", true),
    ("longlat", true),
    ("координаты", false),
    ("坐标", false),
];
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Where the geometry of a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Wkt(usize),
    /// Longitude and latitude, or easting and northing.
    Two(Two),
    /// Both in one, the longitude first or last where they do not say which is which.
    Both {
        at: usize,
        is_lon_first: bool,
    },
    /// A reference of UTM or MGRS.
    Grid(usize),
}

/// Two columns of coordinates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Two {
    /// The column of longitudes or eastings.
    pub(super) east: usize,
    /// The column of latitudes or northings.
    pub(super) north: usize,
    /// Whether they are called like eastings and northings.
    pub(super) is_plane: bool,
}

impl Place {
    /// Whether a column is one of the geometry.
    pub(super) fn has(self, column: usize) -> bool {
        match self {
            Self::Wkt(at) | Self::Both { at, .. } | Self::Grid(at) => at == column,
            Self::Two(two) => two.east == column || two.north == column,
        }
    }
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
                let what = "a table without a column that is called wkt, coordinates or mgrs, or \
                            two called lon and lat";
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
        let column = |known: &str| names.iter().position(|name| name.to_lowercase() == known);
        let header = |place| Found::Header(Header { delimiter, place });
        if let Some(at) = WKT.iter().find_map(|known| column(known))
            && (names.len() > 1 || names[0].eq_ignore_ascii_case("wkt"))
        {
            return header(Place::Wkt(at));
        }
        match &pairs(&names)[..] {
            [] => {}
            [two] => return header(Place::Two(*two)),
            pairs => {
                let text = |two: &Two| format!("{} and {}", names[two.east], names[two.north]);
                several = pairs.iter().map(text).collect();
                continue;
            }
        }
        let both = BOTH.iter().find_map(|(known, is_lon_first)| {
            Some(Place::Both { at: column(known)?, is_lon_first: *is_lon_first })
        });
        let grid = || GRID.iter().find_map(|known| column(known)).map(Place::Grid);
        if let Some(place) = both.or_else(grid) {
            return header(place);
        }
    }
    if several.is_empty() { Found::Nothing } else { Found::Several(several) }
}

/// The pairs of columns that are longitude and latitude, the best of them.
fn pairs(names: &[String]) -> Vec<Two> {
    let mut found = ranked(names);
    let best = found.iter().map(|(rank, _)| *rank).min();
    found.retain(|(rank, _)| Some(*rank) == best);
    found.into_iter().map(|(_, two)| two).collect()
}

/// All pairs of columns that are longitude and latitude, or easting and northing, with their rank.
fn ranked(names: &[String]) -> Vec<(u8, Two)> {
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
        let two = |north| Two { east: lon, north, is_plane: a.is_plane() };
        found.extend(partner.map(|(lat, _)| (a.rank(), two(lat))));
    }
    found
}

/// The columns of a table of printed points.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(not(feature = "wkt"), allow(dead_code, reason = "of CSV"))]
pub(super) struct PrintedColumns {
    /// Latitude and longitude.
    pub(super) degrees: Option<Two>,
    /// Northing and easting, and whether their names say which is which.
    pub(super) plane: Option<(Two, bool)>,
    /// The name of a point.
    pub(super) name: Option<usize>,
    /// The scale of the map it was read off.
    pub(super) map_scale: Option<usize>,
}

#[cfg_attr(not(feature = "wkt"), allow(dead_code, reason = "of CSV"))]
impl PrintedColumns {
    pub(super) fn new(names: &[String]) -> Self {
        const NAMES: [&str; 12] = [
            "name",
            "point",
            "marker",
            "id",
            "no",
            "number",
            "название",
            "точка",
            "пункт",
            "名称",
            "点号",
            "点",
        ];
        let column = |known: &&str| names.iter().position(|name| name.to_lowercase() == **known);
        let ranked = ranked(names);
        let best = |is_plane: bool| {
            let of_kind = ranked.iter().filter(|(_, two)| two.is_plane == is_plane);
            of_kind.min_by_key(|(rank, _)| *rank).map(|(_, two)| *two)
        };
        let is_named = |two: Two| {
            let axis = names.get(two.east).and_then(|name| Axis::from_name(name));
            axis.is_some_and(|axis| axis.word != "x")
        };
        Self {
            degrees: best(false),
            plane: best(true).map(|two| (two, is_named(two))),
            name: NAMES.iter().find_map(column),
            map_scale: column(&"map_scale"),
        }
    }
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
const WORDS: [(&str, bool); 20] = [
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
    ("rechtswert", true),
    ("hochwert", false),
    ("横坐标", true),
    ("纵坐标", false),
    ("l", true),
    ("b", false),
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
        let axis = found.next().filter(|_| found.next().is_none());
        // `b` and `l` are coordinates only by themselves.
        axis.filter(|axis| !axis.is_letter() || axis.rest.is_empty())
    }

    fn is_letter(&self) -> bool {
        matches!(self.word, "b" | "l")
    }

    fn is_plane(&self) -> bool {
        const WORDS: [&str; 8] =
            ["x", "y", "easting", "northing", "rechtswert", "hochwert", "横坐标", "纵坐标"];
        WORDS.contains(&self.word)
    }

    /// How good a name it is; the lowest rank is the best.
    fn rank(&self) -> u8 {
        let kind = if self.is_plane() { 3 } else { 2 * u8::from(self.is_letter()) };
        kind + u8::from(!self.rest.is_empty())
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
        let pair = |east, north| Some(Place::Two(Two { east, north, is_plane: false }));
        let plane = |east, north| Some(Place::Two(Two { east, north, is_plane: true }));
        for (line, expected) in [
            ("id,lon,lat", pair(1, 2)),
            ("id;LATITUDE;LONGITUDE", pair(2, 1)),
            ("name\tlng\tlat", pair(1, 2)),
            ("X,Y,name", plane(0, 1)),
            ("id,geo_longitude,geo_latitude", pair(1, 2)),
            ("decimalLatitude,decimalLongitude", pair(1, 0)),
            ("decimallatitude,decimallongitude", pair(1, 0)),
            ("LAT_DEG|LON_DEG", pair(1, 0)),
            ("stop_id,stop_lat,stop_lon", pair(2, 1)),
            ("shape_pt_lat,shape_pt_lon,shape_pt_sequence", pair(1, 0)),
            ("position_lat,position_long", pair(1, 0)),
            ("Start Lat,Start Long", pair(1, 0)),
            ("pointX,pointY", plane(0, 1)),
            ("\"lat\",\"lng\"", pair(1, 0)),
            ("lon,lat,x,y", pair(0, 1)),
            ("easting,northing,lon,lat", pair(2, 3)),
            ("x_coord,y_coord,start_lon,start_lat", pair(2, 3)),
            ("lon,lat,start_lon,start_lat", pair(0, 1)),
            ("start_lon,end_lat", None),
            ("start_lon,start_lat,end_lon,end_lat", None),
            ("lat_lon,name", Some(Place::Both { at: 0, is_lon_first: false })),
            ("name,Coordinates", Some(Place::Both { at: 1, is_lon_first: false })),
            ("id,MGRS", Some(Place::Grid(1))),
            ("point,B,L,X,Y", pair(2, 1)),
            ("point,X,Y", plane(1, 2)),
            ("Rechtswert;Hochwert", plane(0, 1)),
            ("section_b,section_l", None),
            ("platform,flat,along", None),
            ("point,northing,easting", plane(2, 1)),
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
