//! Sums by pair and by country.

use std::collections::{BTreeMap, BTreeSet};

use super::{Apart, ByRivers, Country, Pair, Reason, Survey};
use crate::course::{Nearness, Tally};
use crate::geodesy::CompensatedSum;
use crate::quantity::Metres;

/// Lines that are not counted: the codes on both sides, in their order, and why.
pub(super) type Kept = ([Option<String>; 2], Reason);

/// Something that may divide two countries.
pub(super) struct Dividing {
    /// The two countries, or why it is not counted.
    pub(super) which: Result<[String; 2], Kept>,
    pub(super) length: Metres,
    /// A number that is the same for lines with the same vertices, in either direction; 0 for one
    /// that cannot be there twice.
    pub(super) mark: u64,
    pub(super) tally: Option<Tally>,
}

impl Dividing {
    /// The pair for these codes, in their order, or why there is none.
    pub(super) fn between(sides: [Option<String>; 2]) -> Result<[String; 2], Kept> {
        match sides {
            [Some(one), Some(other)] if one == other => {
                Err(([Some(one), Some(other)], Reason::OneCountry))
            }
            [Some(one), Some(other)] => Ok([one, other]),
            sides => Err((sides, Reason::NoCode)),
        }
    }
}

/// A running length, the number of features, and the length near a river.
#[derive(Debug, Clone, Default)]
struct Sum {
    length: CompensatedSum,
    features: usize,
    tally: Option<Tally>,
}

impl Sum {
    fn add(&mut self, line: &Dividing) {
        self.add_length(line.length);
        match (&mut self.tally, &line.tally) {
            (Some(tally), Some(other)) => tally.add(other),
            (tally, other) => *tally = tally.take().or_else(|| other.clone()),
        }
    }

    fn add_length(&mut self, length: Metres) {
        self.length.add(length.value());
        self.features += 1;
    }

    fn length(&self) -> Metres {
        Metres::new(self.length.total())
    }

    fn rivers(&self, by: Option<&ByRivers<'_>>) -> Option<Nearness> {
        by.map(|by| by.nearness(self.tally.as_ref()))
    }
}

/// All lines together, independent of the countries.
pub(super) fn as_one(lines: impl Iterator<Item = Dividing>, by: Option<&ByRivers<'_>>) -> Survey {
    let mut sum = Sum::default();
    lines.for_each(|line| sum.add(&line));
    Survey { length: sum.length(), rivers: sum.rivers(by), ..Survey::default() }
}

/// Sums of the lines that divide two countries, and of the others. `repeated` gets the number of
/// each line that is there a second time between the same two and is counted once.
pub(super) fn by_pair(
    lines: impl Iterator<Item = Dividing>,
    by: Option<&ByRivers<'_>>,
    mut repeated: impl FnMut(usize, Option<&[String; 2]>),
) -> Survey {
    let mut seen = BTreeSet::new();
    let mut pairs: BTreeMap<[String; 2], Sum> = BTreeMap::new();
    let mut apart: BTreeMap<Kept, Sum> = BTreeMap::new();
    let (mut length, mut length_apart) = (Sum::default(), Sum::default());
    for (number, line) in lines.enumerate() {
        if line.mark != 0 && !seen.insert((line.mark, line.which.clone())) {
            repeated(number, line.which.as_ref().ok());
            continue;
        }
        match &line.which {
            Ok(countries) => {
                pairs.entry(countries.clone()).or_default().add(&line);
                length.add(&line);
            }
            Err(why) => {
                apart.entry(why.clone()).or_default().add_length(line.length);
                length_apart.add_length(line.length);
            }
        }
    }
    let countries = countries(&pairs);
    let pair = |(countries, sum): (_, Sum)| Pair {
        countries,
        length: sum.length(),
        rivers: sum.rivers(by),
        features: sum.features,
        twice: Metres::default(),
    };
    let aside = |((countries, reason), sum): (_, Sum)| Apart {
        countries,
        reason,
        length: sum.length(),
        features: sum.features,
    };
    Survey {
        pairs: longest_first(pairs.into_iter().map(pair).collect(), |pair| pair.length),
        countries: longest_first(countries, |country| country.length),
        apart: longest_first(apart.into_iter().map(aside).collect(), |apart| apart.length),
        length: length.length(),
        rivers: length.rivers(by),
        length_apart: length_apart.length(),
        ..Survey::default()
    }
}

fn countries(pairs: &BTreeMap<[String; 2], Sum>) -> Vec<Country> {
    let mut sums: BTreeMap<&String, Sum> = BTreeMap::new();
    for (countries, sum) in pairs {
        for code in countries {
            sums.entry(code).or_default().add_length(sum.length());
        }
    }
    let country = |(code, sum): (&String, Sum)| Country {
        code: code.clone(),
        length: sum.length(),
        neighbours: sum.features,
    };
    sums.into_iter().map(country).collect()
}

/// Sorted by length; equal lengths stay in their order.
fn longest_first<T>(mut list: Vec<T>, length: impl Fn(&T) -> Metres) -> Vec<T> {
    list.sort_by(|one, other| length(other).value().total_cmp(&length(one).value()));
    list
}
