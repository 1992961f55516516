//! Pictures of drawings, for programs that cannot show SVG. They use built-in letters, so that they
//! are the same on every machine, and for letters that are not built in the fonts that they are given.

use super::drawing::Drawing;

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The PNG file.
    pub png: Vec<u8>,
    /// Characters that neither the built-in letters nor the given fonts have, each once; an empty box
    /// is in the place of each.
    pub unknown: Vec<char>,
}

/// Why there is no picture.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// More dots than a picture can have.
    #[error("a picture of {0} by {1} pixels is too large; give a smaller width or scale")]
    Large(u32, u32),
    /// A drawing that the rasteriser does not understand.
    #[error("the drawing cannot be made a picture: {0}")]
    Drawing(String),
    /// The first, second … of the given fonts is none.
    #[error("font {0} is no font that can be read; give a TrueType or OpenType file")]
    Font(usize),
    /// Built without the feature `png`.
    #[error("PNG is not built in; build with the feature `png`, or ask for svg")]
    NotBuilt,
}

/// The letters that are built in.
#[cfg(feature = "png")]
const LETTERS: &str = include_str!("../fonts/letters.txt");

/// Draws a drawing with `scale` dots to the pixel, and with the letters of `others`, font files, where
/// none is built in.
#[cfg(feature = "png")]
pub(super) fn picture(
    drawing: &Drawing,
    scale: u32,
    others: &[Vec<u8>],
) -> Result<Picture, PictureError> {
    use resvg::{tiny_skia, usvg};

    let svg = drawing.svg();
    let mut options = usvg::Options::default();
    let fonts = options.fontdb_mut();
    for font in FONTS {
        fonts.load_font_data(font.to_vec());
    }
    for (i, other) in others.iter().enumerate() {
        skrifa::FontRef::from_index(other, 0).map_err(|_| PictureError::Font(i + 1))?;
        fonts.load_font_data(other.clone());
    }
    fonts.set_sans_serif_family("Treatyline Sans");
    fonts.set_serif_family("Treatyline Serif");
    let tree = usvg::Tree::from_str(&svg, &options)
        .map_err(|error| PictureError::Drawing(error.to_string()))?;
    let scaled = tree
        .size()
        .to_int_size()
        .scale_by(scale as f32)
        .filter(|size| u64::from(size.width()) * u64::from(size.height()) <= MOST_DOTS);
    let size = tree.size().to_int_size();
    let large = || {
        let [width, height] = [size.width(), size.height()].map(|side| side.saturating_mul(scale));
        PictureError::Large(width, height)
    };
    let size = scaled.ok_or_else(large)?;
    let mut dots = tiny_skia::Pixmap::new(size.width(), size.height()).ok_or_else(large)?;
    let transform = tiny_skia::Transform::from_scale(scale as f32, scale as f32);
    resvg::render(&tree, transform, &mut dots.as_mut());
    let png = dots.encode_png().map_err(|error| PictureError::Drawing(error.to_string()))?;
    let has =
        |letter: char| LETTERS.contains(letter) || others.iter().any(|it| has_letter(it, letter));
    let mut unknown: Vec<char> = drawing.letters().filter(|letter| !has(*letter)).collect();
    unknown.sort_unstable();
    unknown.dedup();
    Ok(Picture { png, unknown })
}

/// Whether a font file has a letter.
#[cfg(feature = "png")]
fn has_letter(font: &[u8], letter: char) -> bool {
    use skrifa::MetadataProvider;

    let font = skrifa::FontRef::from_index(font, 0);
    font.is_ok_and(|font| font.charmap().map(letter).is_some())
}

/// A picture takes four bytes a dot while it is made.
#[cfg(feature = "png")]
const MOST_DOTS: u64 = 200_000_000;

/// See `fonts/README.md`.
#[cfg(feature = "png")]
const FONTS: [&[u8]; 5] = [
    include_bytes!("../fonts/sans.ttf"),
    include_bytes!("../fonts/sans-bold.ttf"),
    include_bytes!("../fonts/serif.ttf"),
    include_bytes!("../fonts/serif-italic.ttf"),
    include_bytes!("../fonts/chinese.otf"),
];

/// Without the feature there are no pictures.
#[cfg(not(feature = "png"))]
pub(super) fn picture(_: &Drawing, _: u32, _: &[Vec<u8>]) -> Result<Picture, PictureError> {
    Err(PictureError::NotBuilt)
}

#[cfg(all(test, feature = "png"))]
mod tests {
    use super::*;

    #[test]
    fn a_font_has_the_letters_that_it_has() {
        let chinese = FONTS[4];
        assert!(has_letter(chinese, '国') && !has_letter(chinese, 'ფ'));
        assert!(!has_letter(b"no font", 'a'));
    }
}
