//! Reads whatever the user names: finds the format and calls its reader.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::input::Loaded;
use super::{
    CheckedFeature, Collection, Condition, Fixes, Format, Input, Source, foreign, geojson,
};
use crate::problem::{Fault, Problem, Problems};
use crate::words::{self, shortened};

/// What was read, and from where.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct DataSet {
    /// How the user named it.
    pub name: String,
    /// Its format.
    pub format: Format,
    /// SHA-256 of its bytes; of a shapefile, those of its `.shp`.
    pub digest: String,
    /// Its features in order.
    pub features: Vec<CheckedFeature>,
    /// The members of a collection of GeoJSON besides `type` and `features`.
    pub members: Map<String, Value>,
    /// What was changed or left out while it was read.
    pub fixes: Fixes,
}

impl DataSet {
    /// A problem in it.
    #[doc(hidden)]
    #[must_use]
    pub fn problem<F>(&self, place: impl Into<String>, fault: F) -> Problem<F> {
        Problem { file: self.name.clone(), place: place.into(), fault }
    }
}

/// Reads features in any format this build knows.
///
/// Heights and measures along lines are left out: what is measured lies on the ellipsoid.
///
/// # Errors
/// Every [`Problem`] found: an input that cannot be read or is larger than its limits, a
/// format that is not built in, a coordinate system that is not WGS 84 and cannot be
/// turned into it without changing datum, and what is wrong with each feature. With
/// [`Input::with_strictness`] also what was changed or left out, which otherwise is in
/// [`DataSet::fixes`].
pub fn read(input: &Input) -> Result<DataSet, Problems> {
    let loaded = input.load()?;
    let (format, Collection { features, members, fixes }) = of_any_format(&loaded)?;
    if !input.conditions.is_empty() && features.is_empty() {
        return Err(none_meets(input).into());
    }
    if input.strict {
        fixes.refused(&input.name)?;
    }
    let (name, digest) = (input.name.clone(), loaded.digest);
    Ok(DataSet { name, format, digest, features, members, fixes })
}

/// The problem that no feature meets the conditions: because none has such an attribute, or
/// because none has such a value.
pub fn none_meets(input: &Input) -> Problem {
    let known = input.attributes();
    let is_known = |name: &str| known.is_empty() || known.iter().any(|known| known == name);
    let unknown = input.conditions.iter().map(Condition::name).find(|name| !is_known(name));
    let fault = match unknown {
        Some(name) => Fault::no_attribute(name, known),
        None => no_value(input),
    };
    input.problem("", fault)
}

/// The fault that no feature has a value that was asked for, with the values there are. If each
/// condition is met by some feature: that none meets all of them.
fn no_value(input: &Input) -> Fault {
    let asked = &input.conditions;
    let mut seen = vec![Values::default(); asked.len()];
    input.for_each_properties(|properties| {
        for (condition, seen) in asked.iter().zip(&mut seen) {
            seen.add(condition, properties);
        }
    });
    let is_unmet = |condition: &Condition| {
        // Of several values of one attribute one is enough.
        let of_one = asked.iter().zip(&seen).filter(|(other, _)| other.is_alternative(condition));
        !{ of_one }.any(|(_, seen)| seen.is_met)
    };
    let list = |conditions: &[&Condition]| {
        conditions
            .iter()
            .map(|it| format!("`{}`", shortened(&it.to_string(), 80)))
            .collect::<Vec<_>>()
    };
    let unmet: Vec<&Condition> = asked.iter().filter(|it| is_unmet(it)).collect();
    let (Some(first), true) = (unmet.first(), seen.iter().any(|seen| !seen.known.is_empty()))
    else {
        let all: Vec<&Condition> = asked.iter().collect();
        return Fault::NoneMeets { asked: words::list(&list(&all)), values: Vec::new() };
    };
    let alike: Vec<&Condition> =
        unmet.iter().copied().filter(|it| it.is_alternative(first)).collect();
    let values = asked.iter().zip(&seen).find(|(condition, _)| condition == first);
    Fault::NoneMeets {
        asked: words::either(&list(&alike)),
        values: values.map_or_else(Vec::new, |(it, seen)| seen.like(it)),
    }
}

/// The values of an attribute.
#[derive(Clone, Default)]
struct Values {
    known: BTreeSet<String>,
    in_order: Vec<String>,
    is_met: bool,
}

impl Values {
    /// No more values than this are collected.
    const MOST: usize = 10_000;

    fn add(&mut self, condition: &Condition, properties: &Map<String, Value>) {
        self.is_met |= condition.holds(properties);
        let value = condition.found(properties);
        if self.in_order.len() < Self::MOST && self.known.insert(value.clone()) {
            self.in_order.push(value);
        }
    }

    /// In their order, but those first that begin like the value asked for, upper or lower case.
    fn like(&self, asked: &Condition) -> Vec<String> {
        let wanted = asked.value().to_lowercase();
        let alike = |value: &str| {
            value.to_lowercase().chars().zip(wanted.chars()).take_while(|(a, b)| a == b).count()
        };
        let mut values: Vec<&String> = self.in_order.iter().collect();
        values.sort_by_key(|value| std::cmp::Reverse(alike(value)));
        let shown = |value: &String| match value.as_str() {
            "" => "(none)".to_owned(),
            value => shortened(value, 40).into_owned(),
        };
        values.into_iter().map(shown).collect()
    }
}

/// No more attributes than this are collected.
const MOST_ATTRIBUTES: usize = 1000;

impl Input {
    /// The names of all attributes of its features, in order, whatever conditions are set. The
    /// input is read once more for that, so the list is empty for a stream, which can be read only
    /// once.
    ///
    /// ```
    /// use treatyline_io::Input;
    ///
    /// let input = Input::bytes("a table", &b"name,lon,lat\nKhorgos,80.4,44.2\n"[..]);
    /// # if cfg!(feature = "wkt") {
    /// assert_eq!(input.attributes(), ["name"]);
    /// # }
    /// ```
    #[doc(hidden)]
    #[must_use]
    pub fn attributes(&self) -> Vec<String> {
        let (mut known, mut names) = (BTreeSet::new(), Vec::new());
        self.for_each_properties(|properties| {
            for name in properties.keys() {
                if names.len() < MOST_ATTRIBUTES && known.insert(name.clone()) {
                    names.push(name.clone());
                }
            }
        });
        names
    }

    /// How many features meet `conditions` and not those that are set; 0 for a stream.
    #[doc(hidden)]
    pub fn count_others(&self, conditions: &[Condition]) -> usize {
        let mut count = 0;
        self.for_each_properties(|properties| {
            let meets = |conditions| Condition::all_hold(conditions, properties);
            count += usize::from(meets(conditions) && !meets(&self.conditions));
        });
        count
    }

    /// Calls `add` with the attributes of each feature, whatever conditions are set; never for a
    /// stream.
    fn for_each_properties(&self, mut add: impl FnMut(&Map<String, Value>)) {
        let mut all = self.clone();
        all.conditions.clear();
        all.strict = false;
        // Problems have been reported already, or are in features that are not wanted.
        let _ = all.features().and_then(|features| {
            features.each(|feature| Ok(feature.properties), |properties| add(&properties))
        });
    }
}

/// The features of bytes, and the format they are in.
fn of_any_format(loaded: &Loaded) -> Result<(Format, Collection), Problems> {
    let name = &loaded.input.name;
    if let Some(fault) = foreign::fault(&loaded.bytes, name) {
        return Err(loaded.problem("", fault).into());
    }
    let format = Format::recognise(&loaded.bytes, name);
    if !loaded.is_layer() {
        loaded.input.check_layer(format)?;
    }
    let collection = match format {
        Format::GeoJson
            if loaded.input.crs.is_some()
                || loaded.input.operation.is_some()
                || geojson::states_another_system(&loaded.bytes) =>
        {
            geojson::read_elsewhere(loaded)
        }
        Format::GeoJson => {
            // One copy less than Source::new would make.
            let text = loaded.text()?.into_owned();
            let source = Source { name: name.clone(), text };
            geojson::read_where(&source, &loaded.input.conditions)
        }
        #[cfg(feature = "archive")]
        Format::Archive => return super::archive::read(loaded, of_any_format),
        Format::EsriJson => super::esri::read(loaded),
        #[cfg(feature = "kml")]
        Format::Gpx => super::gpx::read(loaded),
        #[cfg(feature = "wkt")]
        Format::Csv => super::csv::read(loaded),
        #[cfg(feature = "topojson")]
        Format::TopoJson => super::topojson::read(loaded),
        #[cfg(feature = "shapefile")]
        Format::Shapefile => super::shapefile::read(loaded),
        #[cfg(feature = "flatgeobuf")]
        Format::FlatGeobuf => super::flatgeobuf::read(loaded),
        #[cfg(feature = "geopackage")]
        Format::GeoPackage => super::geopackage::read(loaded),
        #[cfg(feature = "kml")]
        Format::Kml => super::kml::read(loaded),
        #[cfg(feature = "wkt")]
        Format::Wkt => super::wkt::read(loaded),
        #[cfg(feature = "geoparquet")]
        Format::GeoParquet => super::geoparquet::read(loaded),
        #[allow(unreachable_patterns, reason = "reached where a feature is off")]
        _ => Err(not_built(loaded, format)),
    }?;
    Ok((format, collection))
}

fn not_built(loaded: &Loaded, format: Format) -> Problems {
    let feature = format.feature().unwrap_or_default();
    loaded.problem("", Fault::NotBuilt { format: format.name(), feature }).into()
}
