//! The options of `treatyline export map`.

use clap::{Args, ValueEnum};
use treatyline::check::Study;
use treatyline::internal::dossier::Language;
use treatyline_pages::{Colour, Map, MapOptions, Theme, map_png, map_svg};

use super::Failure;
use super::output::warn;

/// How a map is drawn.
#[derive(Debug, Args)]
#[command(next_help_heading = "Options of the map")]
pub(super) struct MapArguments {
    /// What the colours of the line mean [default: medium].
    #[arg(long, value_enum)]
    colour: Option<ColourName>,
    /// Width in pixels, 280 to 4000; a wider map shows more [default: 900].
    #[arg(long, value_name = "PX", value_parser = clap::value_parser!(u32)
        .range(i64::from(MapOptions::LEAST)..=i64::from(MapOptions::MOST)))]
    width: Option<u32>,
    /// Paper and ink [default: light].
    #[arg(long, value_enum)]
    theme: Option<ThemeName>,
    /// Language of the labels; names that the dossier does not have in it are shown in
    /// English, and so is what SVG says where a sign is pointed at [default: en].
    #[arg(long, value_enum)]
    language: Option<LanguageName>,
    /// Dots of a PNG to a pixel of the map, 1 to 4 [default: 1].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=4))]
    scale: Option<u32>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum LanguageName {
    /// English.
    En,
    /// Chinese.
    Zh,
    /// Russian.
    Ru,
    /// Kazakh.
    Kk,
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
            ("--colour", self.colour.is_some()),
            ("--width", self.width.is_some()),
            ("--theme", self.theme.is_some()),
            ("--language", self.language.is_some()),
            ("--scale", self.scale.is_some()),
        ];
        match given.iter().find(|(_, given)| *given && !a_map) {
            None => Ok(()),
            Some((name, _)) => Err(Failure::Usage(format!(
                "{name} is for export map: leave it out here, or see --help"
            ))),
        }
    }

    /// The map as a file: dots, or else SVG.
    pub(super) fn file(&self, study: &Study<'_>, dots: bool) -> Result<Vec<u8>, Failure> {
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
        let map = Map::in_language(study, self.language());
        if !dots {
            if self.scale.is_some() {
                let given = "--scale is for --format png: an SVG has no dots; leave it out";
                return Err(Failure::Usage(given.to_owned()));
            }
            return Ok(map_svg(&map, &options).into_bytes());
        }
        if options.theme == Theme::Auto {
            let what = "--theme auto is for svg: a picture has one theme; give light or dark";
            return Err(Failure::Usage(what.to_owned()));
        }
        let picture = map_png(&map, &options, self.scale.unwrap_or(1))
            .map_err(|error| Failure::Usage(format!("map: {error}")))?;
        if !picture.unknown.is_empty() {
            let unknown: String = picture.unknown.iter().collect();
            warn(&format!(
                "no letters are built in for {unknown}; a box is drawn for each, SVG has them"
            ));
        }
        Ok(picture.png)
    }

    const fn language(&self) -> Language {
        match self.language {
            Some(LanguageName::Zh) => Language::Chinese,
            Some(LanguageName::Ru) => Language::Russian,
            Some(LanguageName::Kk) => Language::Kazakh,
            Some(LanguageName::En) | None => Language::English,
        }
    }
}
