//! `treatyline export`

use clap::{Args, ValueEnum};

use super::input::SubjectArguments;
use super::map::MapArguments;
use super::output::OutputArguments;
use super::{Failure, Outcome};
use crate::report;

/// Export the dossier's data for a GIS or a spreadsheet.
///
/// Geometry is GeoJSON (RFC 7946: WGS 84, longitude before latitude, unrounded, with
/// bbox); figures are CSV with their intervals in SI units; the map is SVG or PNG.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  treatyline export segments -o segments.geojson")]
pub(super) struct Arguments {
    /// What to export.
    #[arg(value_enum)]
    what: What,
    #[command(flatten)]
    subject: SubjectArguments,
    #[command(flatten)]
    map: MapArguments,
    #[command(flatten)]
    output: OutputArguments,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum What {
    /// The line cut into segments, with length and chainage. GeoJSON.
    Segments,
    /// Tripoints, boundary points, crossings, landmarks. GeoJSON.
    Points,
    /// The disputed sectors. GeoJSON.
    Sectors,
    /// The whole line as one feature. GeoJSON.
    Line,
    /// The published figures. CSV.
    Figures,
    /// A map of the line, its sectors and points. SVG or PNG.
    Map,
}

impl Arguments {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let output = self.output.open()?;
        let dossier = self.subject.dossier()?;
        let subject = self.subject.subject(&dossier)?;
        self.map.are_for(matches!(self.what, What::Map))?;
        let text = match self.what {
            What::Segments => report::segments(&subject),
            What::Points => report::points(&subject),
            What::Sectors => report::sectors(&subject),
            What::Line => report::line(&subject),
            What::Figures => report::figures_csv(&dossier)
                .map_err(|error| Failure::Usage(format!("figures: {error}")))?,
            What::Map => {
                output.write_bytes(&self.map.file(&subject)?)?;
                return Ok(Outcome::Sound);
            }
        };
        output.write(&text)?;
        Ok(Outcome::Sound)
    }
}
