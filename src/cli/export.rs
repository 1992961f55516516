//! `treatyline export`

use std::path::Path;

use clap::{Args, ValueEnum};

use super::input::SubjectArguments;
use super::layer::LayerArguments;
use super::map::MapArguments;
use super::output::OutputArguments;
use super::{Failure, Outcome};
use crate::check::Subject;
use crate::io::{Layer, LayerFormat};
use crate::report;

/// Export the dossier's data for a GIS or a spreadsheet.
///
/// Geodata are WGS 84, longitude before latitude, cut at the antimeridian and rounded to 7
/// decimals (GeoJSON: RFC 7946, with bbox), and say so: in `precision`, or on standard
/// error where the format has no place for it. Figures are CSV with their intervals in SI
/// units; the map is SVG or PNG. Without --format the end of FILE's name tells it.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  treatyline export segments -o segments.geojson\n  \
                        treatyline export segments -o segments.kml --decimals 6")]
pub(super) struct Arguments {
    /// What to export.
    #[arg(value_enum)]
    what: What,
    /// How to write it [default: what FILE's name ends in; or geojson, figures csv, the map
    /// svg].
    #[arg(long, value_enum)]
    format: Option<Format>,
    #[command(flatten)]
    layer: LayerArguments,
    #[command(flatten)]
    subject: SubjectArguments,
    #[command(flatten)]
    output: OutputArguments,
    #[command(flatten)]
    map: MapArguments,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// The line cut into segments, with length and chainage.
    Segments,
    /// Tripoints, boundary points, crossings, landmarks.
    Points,
    /// The disputed sectors.
    Sectors,
    /// The whole line as one feature.
    Line,
    /// The published figures.
    Figures,
    /// A map of the line, its sectors and points.
    Map,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// GeoJSON (RFC 7946).
    Geojson,
    /// GeoJSON, a feature to a line.
    Geojsonl,
    /// FlatGeobuf.
    Flatgeobuf,
    /// GeoPackage, with a QGIS style.
    Gpkg,
    /// KML, with styles.
    Kml,
    /// CSV, geometry as well-known text.
    Csv,
    /// GeoParquet.
    Geoparquet,
    /// The map as vector graphics: sharp at any size, letters in the reader's fonts.
    Svg,
    /// The map in dots, written with letters that are built in: English, Russian and Kazakh,
    /// and of Chinese those of the embedded dossier. A box stands for any other, with a
    /// warning.
    Png,
}

impl Format {
    /// The format of a layer, if it is one.
    const fn of_layer(self) -> Option<LayerFormat> {
        match self {
            Self::Geojson => Some(LayerFormat::Geojson),
            Self::Geojsonl => Some(LayerFormat::Geojsonl),
            Self::Flatgeobuf => Some(LayerFormat::Flatgeobuf),
            Self::Gpkg => Some(LayerFormat::Geopackage),
            Self::Kml => Some(LayerFormat::Kml),
            Self::Csv => Some(LayerFormat::Csv),
            Self::Geoparquet => Some(LayerFormat::Geoparquet),
            Self::Svg | Self::Png => None,
        }
    }

    /// What the end of a file's name tells, if anything.
    fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?;
        for picture in [Self::Svg, Self::Png] {
            if ending.eq_ignore_ascii_case(&picture.name()) {
                return Some(picture);
            }
        }
        let told = LayerFormat::of(path)?;
        Self::value_variants().iter().copied().find(|format| format.of_layer() == Some(told))
    }

    fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }
}

impl What {
    /// How it can be written, the usual way first.
    fn formats(self) -> Vec<Format> {
        match self {
            Self::Figures => vec![Format::Csv],
            Self::Map => vec![Format::Svg, Format::Png],
            Self::Segments | Self::Points | Self::Sectors | Self::Line => {
                let all = Format::value_variants().iter().copied();
                all.filter(|format| format.of_layer().is_some()).collect()
            }
        }
    }

    fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }
}

impl Arguments {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let format = self.format()?;
        let geodata = format.of_layer().filter(|_| self.what != What::Figures);
        self.map.are_for(self.what == What::Map)?;
        self.layer.are_for(geodata.is_some())?;
        let output = self.output.open()?;
        let dossier = self.subject.dossier()?;
        let subject = self.subject.subject(&dossier)?;
        let layer = |make: fn(&Subject<'_>) -> Layer| make(&subject);
        let layer = match self.what {
            What::Segments => layer(report::segments),
            What::Points => layer(report::points),
            What::Sectors => layer(report::sectors),
            What::Line => layer(report::line),
            What::Figures => {
                let table = report::figures_csv(&dossier);
                let wrong = |error| Failure::Usage(format!("figures: {error}"));
                output.write(&table.map_err(wrong)?)?;
                return Ok(Outcome::Sound);
            }
            What::Map => {
                output.write_bytes(&self.map.file(&subject, format == Format::Png)?)?;
                return Ok(Outcome::Sound);
            }
        };
        self.layer.write(&layer, geodata.unwrap_or(LayerFormat::Geojson), output)?;
        Ok(Outcome::Sound)
    }

    /// The format that was asked for, or that the file's name tells, or the usual one.
    fn format(&self) -> Result<Format, Failure> {
        let possible = self.what.formats();
        let told = self.output.file().and_then(Format::of);
        let Some(format) = self.format.or(told) else {
            return Ok(possible.first().copied().unwrap_or(Format::Geojson));
        };
        if possible.contains(&format) {
            return Ok(format);
        }
        let names: Vec<String> = possible.iter().map(|format| format.name()).collect();
        let (what, wrong, names) = (self.what.name(), format.name(), names.join(", "));
        let mend = match self.format {
            Some(_) => format!("give --format {names}"),
            None => format!("give FILE another ending, or say --format {names}"),
        };
        Err(Failure::Usage(format!("{what} cannot be written as {wrong}; {mend}")))
    }
}
