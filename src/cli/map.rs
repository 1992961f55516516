//! The options of `treatyline export map`.

use clap::{Args, ValueEnum};

use super::Failure;
use crate::check::Subject;
use crate::report::{Colour, Map, MapOptions, Theme, map_svg};

/// How a map is drawn.
#[derive(Debug, Args)]
#[command(next_help_heading = "Options of the map")]
pub(super) struct MapArguments {
    /// How it is written [default: svg].
    #[arg(long, value_enum)]
    format: Option<FormatName>,
    /// What the colours of the line tell [default: medium].
    #[arg(long, value_enum)]
    colour: Option<ColourName>,
    /// Width in pixels, 280 to 4000; a wider map shows more [default: 900].
    #[arg(long, value_name = "PX", value_parser = clap::value_parser!(u32)
        .range(i64::from(MapOptions::LEAST)..=i64::from(MapOptions::MOST)))]
    width: Option<u32>,
    /// Paper and ink [default: light].
    #[arg(long, value_enum)]
    theme: Option<ThemeName>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatName {
    /// Scalable vector graphics.
    Svg,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ColourName {
    /// Land, river, lake.
    Medium,
    /// The instrument that governs it.
    Instrument,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ThemeName {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// As the reader's screen asks for it.
    Auto,
}

impl MapArguments {
    /// Refuses options of the map for what is no map.
    pub(super) fn are_for(&self, a_map: bool) -> Result<(), Failure> {
        let given = [
            ("--format", self.format.is_some()),
            ("--colour", self.colour.is_some()),
            ("--width", self.width.is_some()),
            ("--theme", self.theme.is_some()),
        ];
        match given.iter().find(|(_, given)| *given && !a_map) {
            None => Ok(()),
            Some((name, _)) => Err(Failure::Usage(format!(
                "{name} is for export map: leave it out here, or see --help"
            ))),
        }
    }

    /// The map.
    pub(super) fn svg(&self, subject: &Subject<'_>) -> Result<String, Failure> {
        let defaults = MapOptions::default();
        let options = MapOptions {
            width: self.width.unwrap_or(defaults.width),
            colour: match self.colour {
                Some(ColourName::Instrument) => Colour::Instrument,
                Some(ColourName::Medium) | None => Colour::Medium,
            },
            theme: match self.theme {
                Some(ThemeName::Dark) => Theme::Dark,
                Some(ThemeName::Auto) => Theme::Auto,
                Some(ThemeName::Light) | None => Theme::Light,
            },
        };
        match self.format {
            Some(FormatName::Svg) | None => map_svg(&Map::new(subject), &options)
                .map_err(|_| Failure::Usage("map: the line has no place to draw".to_owned())),
        }
    }
}
