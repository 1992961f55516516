//! The China–Kazakhstan boundary as a dossier: the files of this directory, as text.
//!
//! `treatyline::Dossier::embedded` reads them where its feature `china-kazakhstan` is on. The
//! files have licences of their own: `LICENSE.md`.

/// `dossier.toml`: the boundary, its parties, its bibliography.
pub const DOSSIER: &str = include_str!("dossier.toml");
/// `instruments.toml`: the treaties.
pub const INSTRUMENTS: &str = include_str!("instruments.toml");
/// `figures.toml`: the published figures and the relations between them.
pub const FIGURES: &str = include_str!("figures.toml");
/// `segments.geojson`: the line, by instrument and medium.
pub const SEGMENTS: &str = include_str!("segments.geojson");
/// `points.geojson`: boundary points, posts, lakes and heights.
pub const POINTS: &str = include_str!("points.geojson");
/// `sectors.geojson`: the areas that were in dispute.
pub const SECTORS: &str = include_str!("sectors.geojson");
/// `course.toml`: what shows, stretch by stretch, what the line follows.
pub const COURSE: &str = include_str!("course.toml");
/// The lists of its readings, by the names that `dossier.toml` gives them: there are none.
pub const LISTS: &[(&str, &str)] = &[];
