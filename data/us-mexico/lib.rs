//! The United States–Mexico boundary as a dossier: the files of this directory, as text.
//!
//! `treatyline::Dossier::shipped` reads them where its feature `us-mexico` is on. The
//! files have licences of their own: `LICENSE.md`.

/// The files of the dossier, by name.
pub const FILES: &[(&str, &str)] = &[
    ("dossier.toml", include_str!("dossier.toml")),
    ("instruments.toml", include_str!("instruments.toml")),
    ("figures.toml", include_str!("figures.toml")),
    ("segments.geojson", include_str!("segments.geojson")),
    ("points.geojson", include_str!("points.geojson")),
    ("sectors.geojson", include_str!("sectors.geojson")),
    ("readings/1848-california.toml", include_str!("readings/1848-california.toml")),
    ("readings/1853.toml", include_str!("readings/1853.toml")),
];
