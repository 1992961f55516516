//! The options of `treatyline export map`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use treatyline::check::Study;
use treatyline::internal::dossier::Language;
use treatyline::internal::wording::list;
use treatyline_pages::{Colour, Map, MapOptions, Theme, map_png_with, map_svg};

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
    /// Language of the labels, by its tag, such as ru or zh-Hant: any that the dossier has names in.
    /// Other names are shown as they are in the dossier. The map's own words are English, Chinese,
    /// Russian or Kazakh, and what SVG says where a sign is pointed at is English [default: en].
    #[arg(long, value_name = "TAG", value_parser = language)]
    language: Option<Language>,
    /// A TrueType or OpenType file for letters of a PNG that are not built in; may be repeated.
    #[arg(long, value_name = "FILE")]
    font: Vec<PathBuf>,
    /// Dots of a PNG to a pixel of the map, 1 to 4 [default: 1].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=4))]
    scale: Option<u32>,
}

fn language(tag: &str) -> Result<Language, String> {
    Language::new(tag).ok_or_else(|| "give the tag of a language, such as ru or zh-Hant".to_owned())
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
            ("--font", !self.font.is_empty()),
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
        let map = Map::in_language(study, &self.language(study)?);
        if !dots {
            if !self.font.is_empty() {
                let given = "--font is for --format png: an SVG is shown in the reader's fonts; leave it out";
                return Err(Failure::Usage(given.to_owned()));
            }
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
        let read = |path: &PathBuf| {
            let wrong = |error| {
                let path = path.display();
                Failure::Usage(format!("{path}: the font cannot be read: {error}; check the path"))
            };
            std::fs::read(path).map_err(wrong)
        };
        let fonts = self.font.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let picture = map_png_with(&map, &options, self.scale.unwrap_or(1), &fonts)
            .map_err(|error| Failure::Usage(format!("map: {error}")))?;
        if !picture.unknown.is_empty() {
            let unknown: String = picture.unknown.iter().collect();
            warn(&format!(
                "no letters are built in for {unknown}; a box is drawn for each; give a font that has \
                 them with --font, or ask for SVG"
            ));
        }
        Ok(picture.png)
    }

    /// The language asked for, if the map has words or names in it.
    fn language(&self, study: &Study<'_>) -> Result<Language, Failure> {
        let Some(language) = &self.language else { return Ok(Language::ENGLISH) };
        let primary = language.primary();
        let named = study.dossier().languages();
        let is_known = |tag: &String| Language::new(tag).is_some_and(|it| it.primary() == primary);
        if ["en", "zh", "ru", "kk"].contains(&&*primary) || named.iter().any(is_known) {
            return Ok(language.clone());
        }
        let known = match named.is_empty() {
            true => "it has names in one language only".to_owned(),
            false => format!("it has names in {}", list(&named)),
        };
        Err(Failure::Usage(format!(
            "--language: nothing in the dossier has a name in `{language}`; {known}; leave it out, or \
             add `names`"
        )))
    }
}
