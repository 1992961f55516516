//! What all commands that write geodata share.

use std::path::Path;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use treatyline::internal::wording::{list, number, passed_on};
use treatyline::io::{Decimals, Layer, LayerFormat, Rounding};

use super::Failure;
use super::output::{Output, ended, warn};

/// How geodata are written.
#[derive(Debug, Args)]
pub(super) struct LayerArguments {
    /// Decimals of the coordinates in geodata, 0 to 15, or full for as many as they have
    /// [default: 7, which is within 8 mm].
    #[arg(long, value_name = "N", value_parser = decimals)]
    decimals: Option<Decimals>,
    /// Vertices are added on long edges, so that a program that draws edges straight in degrees is
    /// nowhere farther from the geodesics, in metres; none adds no vertex [default: 1 for what is
    /// exported of a dossier, otherwise none].
    #[arg(long, value_name = "METRES", allow_negative_numbers = true, value_parser = edges_within)]
    edges_within: Option<EdgesWithin>,
}

/// How far edges may be off; `None` if no vertex is to be added.
#[derive(Debug, Clone, Copy, PartialEq)]
struct EdgesWithin(Option<f64>);

fn edges_within(text: &str) -> Result<EdgesWithin, String> {
    if text == "none" {
        return Ok(EdgesWithin(None));
    }
    let found = super::number(text).ok().filter(|metres| (1e-3..=1e4).contains(metres));
    let found = found.ok_or("give a number of metres from 0.001 to 10000, or none")?;
    Ok(EdgesWithin(Some(found)))
}

/// The name that options have for a format of geodata, and its help.
fn option_of(format: LayerFormat) -> Option<PossibleValue> {
    let (name, help) = match format {
        LayerFormat::Geojson => ("geojson", "For a GIS: GeoJSON (RFC 7946)"),
        LayerFormat::Geojsonl => ("geojsonl", "GeoJSON, a feature to a line"),
        LayerFormat::Flatgeobuf => ("flatgeobuf", "FlatGeobuf"),
        LayerFormat::Geopackage => ("gpkg", "GeoPackage, with a QGIS style"),
        LayerFormat::Kml => ("kml", "KML, with styles"),
        LayerFormat::Csv => ("csv", "CSV, geometry as well-known text"),
        LayerFormat::Geoparquet => ("geoparquet", "GeoParquet"),
        // A test sees to it that none comes here.
        _ => return None,
    };
    Some(PossibleValue::new(name).help(help))
}

/// How a command writes: in a format of its own, or as geodata.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileFormat<F> {
    Own(F),
    Layer(LayerFormat),
}

impl<F: ValueEnum + Send + Sync + 'static> FileFormat<F> {
    fn all() -> impl Iterator<Item = Self> {
        let own: Vec<Self> = F::value_variants().iter().cloned().map(Self::Own).collect();
        let names: Vec<String> = own.iter().map(Self::name).collect();
        // A table of the command's own goes before one of features.
        let layers = LayerFormat::ALL.map(Self::Layer).into_iter();
        let layers = layers.filter(move |layer| !names.contains(&layer.name()));
        own.into_iter().chain(layers)
    }

    fn value(&self) -> Option<PossibleValue> {
        match self {
            Self::Own(own) => own.to_possible_value(),
            Self::Layer(format) => option_of(*format),
        }
    }

    /// The parser of the option.
    pub(super) fn parser() -> impl TypedValueParser<Value = Self> {
        let names = PossibleValuesParser::new(Self::all().filter_map(|format| format.value()));
        names.try_map(|name| Self::all().find(|format| format.name() == name).ok_or("no format"))
    }

    /// The format that the ending of a file's name stands for, if any.
    pub(super) fn from_path(path: &Path) -> Option<Self> {
        ended(path).map(Self::Own).or_else(|| LayerFormat::from_path(path).map(Self::Layer))
    }

    /// The names of all.
    pub(super) fn names() -> Vec<String> {
        Self::all().map(|format| format.name()).collect()
    }

    /// The format of geodata, if it is one.
    pub(super) const fn of_layer(&self) -> Option<LayerFormat> {
        match self {
            Self::Own(_) => None,
            Self::Layer(format) => Some(*format),
        }
    }

    pub(super) fn name(&self) -> String {
        self.value().map_or_else(String::new, |value| value.get_name().to_owned())
    }
}

fn decimals(text: &str) -> Result<Decimals, String> {
    if text == "full" {
        return Ok(Decimals::Full);
    }
    let count = text.parse().ok().filter(|count| *count <= Decimals::MOST);
    count
        .map(Decimals::Rounded)
        .ok_or_else(|| format!("give a number of decimals from 0 to {}, or full", Decimals::MOST))
}

impl LayerArguments {
    /// Refuses options of geodata for what is none.
    pub(super) fn are_for(&self, geodata: bool) -> Result<(), Failure> {
        let given = [
            ("--decimals", self.decimals.is_some()),
            ("--edges-within", self.edges_within.is_some()),
        ];
        if let Some((option, _)) = given.iter().find(|(_, given)| *given && !geodata) {
            let what = format!("{option} is for geodata: leave it out here, or see --help");
            return Err(Failure::Usage(what));
        }
        Ok(())
    }

    /// Writes a layer, and says on standard error what the file cannot say itself.
    pub(super) fn write(
        &self,
        layer: &Layer,
        format: LayerFormat,
        output: Output,
    ) -> Result<(), Failure> {
        if format.is_binary() {
            output.for_binary(format.name())?;
        }
        let decimals = self.decimals.unwrap_or_default();
        let given =
            self.edges_within.map(|EdgesWithin(within)| layer.clone().with_edges_within(within));
        let layer = given.as_ref().unwrap_or(layer);
        let refused = |fault| Failure::Usage(format!("{}: {fault}", layer.name()));
        let rounding = output.fill(|to| layer.write(to, format, decimals).map_err(refused))?;
        if let Decimals::Rounded(count) = decimals {
            warn_of_rounding(count, format, &rounding);
        }
        if !format.has_members() {
            warn_of_vertices(format, &rounding);
            warn_of_licence(layer.member("licence"), layer.member("attribution"), format.name());
        }
        Ok(())
    }
}

/// Says how many vertices are not those of the line in a file that has no place for it.
fn warn_of_vertices(format: LayerFormat, rounding: &Rounding) {
    let Rounding { added, edges_within_m, .. } = rounding;
    if *added > 0 {
        let (name, added) = (format.name(), number(*added as f64, 0));
        warn(&format!(
            "{added} vertices were added on long edges, so that edges straight in degrees are within \
             {edges_within_m} m of the geodesics; {name} has no place to say so; --edges-within none \
             adds none"
        ));
    }
}

/// Says who must be named where a file is passed on that has no place for it.
fn warn_of_licence(licence: Option<&str>, attribution: Option<&str>, format: &str) {
    if let Some(words) = passed_on(licence, attribution) {
        warn(&format!("{format} has no place to say so, so pass on with the file: {words}"));
    }
}

fn warn_of_rounding(decimals: u8, format: LayerFormat, rounding: &Rounding) {
    let Rounding { moved_m, in_full, .. } = rounding;
    if !in_full.is_empty() {
        const MOST: usize = 5;
        let mut named = in_full[..in_full.len().min(MOST)].to_vec();
        if in_full.len() > MOST {
            named.push(format!("{} more", in_full.len() - MOST));
        }
        let named = list(&named);
        warn(&format!(
            "written in full, because {decimals} decimals would spoil the shape: {named}"
        ));
    }
    if *moved_m > 0.0 && !format.has_members() {
        let name = format.name();
        warn(&format!(
            "rounding to {decimals} decimals moved coordinates by up to {moved_m} m; {name} has \
             no place to say so; --decimals full leaves them as they are"
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_of_layers_has_an_option() {
        assert!(LayerFormat::ALL.into_iter().all(|format| option_of(format).is_some()));
    }
}
