//! The map: drawn from the dossier, in a conformal projection chosen for its extent.
//!
//! *model* gathers what is shown; *projection* and *view* bring it to the page; *layers*
//! draw the ground, *labels* and *party* write on it, *furniture* and *legend* explain it;
//! *panel* puts one window together and *page* the whole.

mod furniture;
mod insets;
mod labels;
mod layers;
mod legend;
mod model;
mod overview;
mod page;
mod panel;
mod party;
mod projection;
mod stretches;
mod symbols;
mod view;
mod words;

use super::drawing::Theme;
use super::png::{Picture, PictureError, picture};
pub use model::Map;
pub(crate) use overview::overview;
pub(super) use stretches::Surface;

/// What the colours of the line show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Colour {
    /// What the line runs through.
    #[default]
    Medium,
    /// The instrument that governs it.
    Instrument,
}

/// How a map is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MapOptions {
    /// Width of the page in pixels, within [`MapOptions::LEAST`] and
    /// [`MapOptions::MOST`]; beyond them the nearer of the two. Type has one size, so a
    /// wider page shows more.
    pub width: u32,
    /// What colours show.
    pub colour: Colour,
    /// Paper and ink.
    pub theme: Theme,
}

impl MapOptions {
    /// No page is narrower, pixels.
    #[doc(hidden)]
    pub const LEAST: u32 = 280;
    /// No page is wider, pixels.
    #[doc(hidden)]
    pub const MOST: u32 = 4_000;
}

impl Default for MapOptions {
    fn default() -> Self {
        Self { width: 900, colour: Colour::default(), theme: Theme::default() }
    }
}

/// The map as an SVG file of its own: it needs no style sheet, font or network.
#[must_use]
pub fn map_svg(map: &Map, options: &MapOptions) -> String {
    page::page(map, options, "map", true).drawing.svg() + "\n"
}

/// The map as a picture, with `scale` dots to the pixel. A picture cannot ask for a theme:
/// [`Theme::Auto`] is light.
///
/// # Errors
/// [`PictureError`]: too large, or built without the feature `png`.
pub fn map_png(map: &Map, options: &MapOptions, scale: u32) -> Result<Picture, PictureError> {
    map_png_with(map, options, scale, &[])
}

/// [`map_png`] with fonts, the bytes of TrueType or OpenType files, for letters that are not built in.
///
/// # Errors
/// As [`map_png`], and for a font that is none.
pub fn map_png_with(
    map: &Map,
    options: &MapOptions,
    scale: u32,
    fonts: &[Vec<u8>],
) -> Result<Picture, PictureError> {
    let theme = if options.theme == Theme::Dark { Theme::Dark } else { Theme::Light };
    let page = page::page(map, &MapOptions { theme, ..*options }, "map", true);
    picture(&page.drawing, scale, fonts)
}

/// The same without a heading and without style rules, for a page that has both. `id` is the id of
/// the drawing in that page.
pub(super) fn within(map: &Map, width: u32, id: &'static str) -> String {
    let options = MapOptions { width, theme: Theme::Auto, ..MapOptions::default() };
    page::page(map, &options, id, false).drawing.svg()
}
