//! The ground along a line, as a part of the document.

use serde::Serialize;

use super::model::NamedStretch;
use crate::course::{Form, Kind, Relief};
use crate::io::Asked;
use crate::quantity::Metres;
use crate::report::rounding::metres;

/// The relief on a line and on both sides of it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct ReliefEntry {
    /// The raster.
    pub(crate) file: String,
    /// SHA-256 of it.
    pub(crate) sha256: String,
    /// How far to both sides heights are taken.
    pub(crate) offset_m: f64,
    /// The ground is flat where the three heights differ by no more than this.
    pub(crate) flat_within_m: f64,
    /// The length that is higher than both sides.
    pub(crate) ridge_m: f64,
    /// The length that is lower than both sides.
    pub(crate) valley_m: f64,
    /// The length that is between both sides.
    pub(crate) slope_m: f64,
    /// The length that is flat.
    pub(crate) flat_m: f64,
    /// The length of which a height is not known, on the line or to one of its sides.
    pub(crate) not_covered_m: f64,
    /// Where that is, start to end.
    pub(crate) not_covered: Vec<RangeEntry>,
    /// The reasons, as counts of the heights that were looked up.
    pub(crate) heights: HeightsEntry,
    /// The lowest height on the line.
    pub(crate) lowest_m: Option<f64>,
    /// The highest.
    pub(crate) highest_m: Option<f64>,
    /// The ground along stretches of the line, as shares of the covered part of each.
    pub(crate) along: Vec<AlongEntry>,
    /// How often it is wrong, measured where texts say what the line follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<ReliefError>,
}

/// A part of the line.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct RangeEntry {
    /// Where it begins.
    pub(crate) from_m: f64,
    /// Where it ends.
    pub(crate) to_m: f64,
}

/// The outcome for the heights that were looked up: three at each station.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct HeightsEntry {
    /// Those that the raster gave.
    pub(crate) known: u64,
    /// Those beyond the middles of its outermost pixels.
    pub(crate) outside: u64,
    /// Those at which a pixel has no data.
    pub(crate) no_data: u64,
    /// Those at which a pixel has a value that is no height on the Earth, which counts as no
    /// data.
    pub(crate) absurd: u64,
}

/// The ground along a stretch.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct AlongEntry {
    /// The segment of the dossier, or the river of the run.
    pub(crate) name: String,
    /// Where it begins.
    pub(crate) from_m: f64,
    /// Where it ends.
    pub(crate) to_m: f64,
    /// How much of the covered part is higher than both sides; `null` where nothing is covered.
    pub(crate) ridge: Option<f64>,
    /// How much of the covered part is lower than both sides.
    pub(crate) valley: Option<f64>,
    /// How much of the covered part is between.
    pub(crate) slope: Option<f64>,
    /// How much of the covered part is flat.
    pub(crate) flat: Option<f64>,
    /// How much of the whole stretch is not covered: it lacks a height, on the line or to a side.
    pub(crate) not_covered: f64,
}

/// How often the relief is wrong, on stretches whose course is known by texts.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct ReliefError {
    /// The covered length that texts call a river.
    pub(crate) rivers_m: f64,
    /// The share of it that the relief calls a ridge; `null` where nothing is
    /// covered.
    pub(crate) ridge_on_rivers: Option<f64>,
    /// The covered length that texts call a ridge or a watershed.
    pub(crate) watersheds_m: f64,
    /// The share of it that the relief calls a valley; `null` where nothing is
    /// covered.
    pub(crate) valley_on_watersheds: Option<f64>,
}

impl ReliefEntry {
    /// Describes the relief: the raster with its SHA-256, the outcome for the places looked up, and
    /// the stretches that have names.
    pub(super) fn new(
        relief: &Relief,
        [file, sha256]: [&str; 2],
        asked: Asked,
        named: &[NamedStretch],
    ) -> Self {
        let length_m = |form: Form| metres(relief.length_of(form));
        let heights = || relief.sections().iter().filter_map(|it| it.on_m);
        Self {
            file: file.to_owned(),
            sha256: sha256.to_owned(),
            offset_m: metres(relief.offset()),
            flat_within_m: metres(relief.flat()),
            ridge_m: length_m(Form::Ridge),
            valley_m: length_m(Form::Valley),
            slope_m: length_m(Form::Slope),
            flat_m: length_m(Form::Flat),
            not_covered_m: length_m(Form::NotCovered),
            not_covered: not_covered(relief),
            heights: HeightsEntry {
                known: asked.heights,
                outside: asked.outside,
                no_data: asked.no_data,
                absurd: asked.absurd,
            },
            lowest_m: heights().reduce(f64::min).map(decimetres),
            highest_m: heights().reduce(f64::max).map(decimetres),
            along: named.iter().map(|it| along(relief, it)).collect(),
            error: error(relief, named),
        }
    }
}

/// The stretches of which a height is not known.
fn not_covered(relief: &Relief) -> Vec<RangeEntry> {
    let mut ranges: Vec<RangeEntry> = Vec::new();
    let mut open = false;
    for section in relief.sections() {
        let lacks = section.form == Form::NotCovered;
        let half = section.share * 0.5;
        let (from_m, to_m) = (metres(section.chainage - half), metres(section.chainage + half));
        match ranges.last_mut().filter(|_| open && lacks) {
            Some(last) => last.to_m = to_m,
            None if lacks => ranges.push(RangeEntry { from_m, to_m }),
            None => {}
        }
        open = lacks;
    }
    ranges
}

/// Heights are whole metres in most rasters.
fn decimetres(height_m: f64) -> f64 {
    (height_m * 10.0).round() / 10.0
}

/// How much of some stretches has each form.
struct Shares {
    /// Ridge, valley, slope and flat, as shares of the covered part; `None` where nothing is
    /// covered.
    of_covered: Option<[f64; 4]>,
    covered_m: f64,
    /// The share of the whole that is not covered.
    not_covered: f64,
}

impl Shares {
    /// The share of the covered part that has a form.
    fn share_of(&self, form: Form) -> Option<f64> {
        let at = Form::ALL.iter().position(|it| *it == form)?;
        self.of_covered.and_then(|shares| shares.get(at).copied())
    }
}

fn shares(relief: &Relief, pick: impl Fn(&NamedStretch) -> bool, named: &[NamedStretch]) -> Shares {
    let mut lengths_m = [0.0; 5];
    for section in relief.sections() {
        let inside = |it: &&NamedStretch| it.from <= section.chainage && section.chainage < it.to;
        if named.iter().filter(|it| pick(it)).any(|it| inside(&it)) {
            let form = Form::ALL.iter().position(|form| *form == section.form).unwrap_or(0);
            lengths_m[form] += section.share.value();
        }
    }
    let whole_m: f64 = lengths_m.iter().sum();
    let covered_m: f64 = lengths_m[..4].iter().sum();
    let [ridge, valley, slope, flat, none] = lengths_m;
    let of_covered = [ridge, valley, slope, flat].map(|m| round(m / covered_m));
    Shares {
        of_covered: (covered_m > 0.0).then_some(of_covered),
        covered_m,
        not_covered: if whole_m > 0.0 { round(none / whole_m) } else { 0.0 },
    }
}

/// Rounded to a thousandth, which is one station in a hundred kilometres.
fn round(share: f64) -> f64 {
    (share * 1e4).round() / 1e4
}

fn along(relief: &Relief, it: &NamedStretch) -> AlongEntry {
    let shares = shares(relief, |_| true, std::slice::from_ref(it));
    AlongEntry {
        name: it.name.clone(),
        from_m: metres(it.from),
        to_m: metres(it.to),
        ridge: shares.share_of(Form::Ridge),
        valley: shares.share_of(Form::Valley),
        slope: shares.share_of(Form::Slope),
        flat: shares.share_of(Form::Flat),
        not_covered: shares.not_covered,
    }
}

fn error(relief: &Relief, named: &[NamedStretch]) -> Option<ReliefError> {
    let by_text = |kind: Kind| move |it: &NamedStretch| it.by_text == Some(kind);
    let rivers = shares(relief, by_text(Kind::River), named);
    let watersheds = shares(relief, by_text(Kind::Ridge), named);
    let is_known = rivers.of_covered.is_some() || watersheds.of_covered.is_some();
    is_known.then(|| ReliefError {
        rivers_m: metres(Metres::new(rivers.covered_m)),
        ridge_on_rivers: rivers.share_of(Form::Ridge),
        watersheds_m: metres(Metres::new(watersheds.covered_m)),
        valley_on_watersheds: watersheds.share_of(Form::Valley),
    })
}
