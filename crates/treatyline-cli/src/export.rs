//! `treatyline export`

use clap::{Args, ValueEnum};
use treatyline::check::Study;
use treatyline::internal::wording::either;
use treatyline::io::{Layer, LayerFormat};
use treatyline::report;

use super::input::StudyArguments;
use super::layer::{FileFormat, LayerArguments};
use super::map::MapArguments;
use super::output::OutputArguments;
use super::{Failure, Outcome};

/// Export the dossier's data for a GIS or a spreadsheet.
///
/// Geodata are WGS 84, longitude before latitude, cut at the antimeridian and rounded to 7
/// decimals (GeoJSON: RFC 7946, with bbox), and say so: in `precision`, or on standard
/// error where the format has no place for it. Figures are CSV with their intervals in SI
/// units; the map is SVG or PNG. Without --format the ending of FILE chooses.
#[derive(Debug, Args)]
// The thing to export may come after `--line FILE`, where it would be taken for a second file.
#[command(mut_arg("line", |line| line.num_args(1)))]
#[command(after_help = "Examples:\n  treatyline export segments -o segments.geojson\n  \
                        treatyline export segments -o segments.kml --decimals 6")]
pub(super) struct Arguments {
    /// What to export.
    #[arg(value_enum)]
    what: What,
    /// The format [default: by the ending of FILE; otherwise geojson, for figures csv, for the map
    /// svg].
    #[arg(long, value_parser = Format::parser())]
    format: Option<Format>,
    #[command(flatten)]
    layer: LayerArguments,
    #[command(flatten)]
    study: StudyArguments,
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
    /// The sectors: outlines, and places where older maps leave the line.
    Sectors,
    /// The whole line as one feature.
    Line,
    /// The published figures.
    Figures,
    /// A map of the line, its sectors and points.
    Map,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Picture {
    /// The map as vector graphics: sharp at any size, letters in the reader's fonts.
    Svg,
    /// The map as a picture, with built-in letters: English, Russian and Kazakh, and the Chinese
    /// letters of the embedded dossier. Any other letter becomes a box, with a
    /// warning.
    Png,
}

type Format = FileFormat<Picture>;

impl What {
    /// The formats it can be written in, the usual one first.
    fn formats(self) -> Vec<Format> {
        match self {
            Self::Figures => vec![Format::Layer(LayerFormat::Csv)],
            Self::Map => [Picture::Svg, Picture::Png].map(Format::Own).to_vec(),
            Self::Segments | Self::Points | Self::Sectors | Self::Line => {
                LayerFormat::ALL.map(Format::Layer).to_vec()
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
        let dossier = self.study.dossier()?;
        let study = self.study.study(&dossier)?;
        let layer = |make: fn(&Study<'_>) -> Layer| make(&study);
        let layer = match self.what {
            What::Segments => layer(report::segments),
            What::Points => layer(report::points),
            What::Sectors => layer(report::sectors),
            What::Line => layer(report::line),
            What::Figures => {
                output.write(&treatyline::internal::report::figures_csv(&dossier))?;
                return Ok(Outcome::Sound);
            }
            What::Map => {
                let dots = format == Format::Own(Picture::Png);
                if dots {
                    output.for_binary("PNG")?;
                }
                output.write_bytes(&self.map.file(&study, dots)?)?;
                return Ok(Outcome::Sound);
            }
        };
        self.layer.write(&layer, geodata.unwrap_or(LayerFormat::Geojson), output)?;
        Ok(Outcome::Sound)
    }

    /// The format that was asked for, else that of the file's ending, else the usual one.
    fn format(&self) -> Result<Format, Failure> {
        let possible = self.what.formats();
        let names: Vec<String> = possible.iter().map(|format| format.name()).collect();
        let Some(format) = self.output.format(self.format, Format::from_path, &names)? else {
            return Ok(possible.first().copied().unwrap_or(Format::Layer(LayerFormat::Geojson)));
        };
        if possible.contains(&format) {
            return Ok(format);
        }
        let (what, wrong, names) = (self.what.name(), format.name(), either(&names));
        let hint = match self.format {
            Some(_) => format!("give --format {names}"),
            None => format!("give FILE another ending, or give --format {names}"),
        };
        Err(Failure::Usage(format!("{what} cannot be written as {wrong}; {hint}")))
    }
}
