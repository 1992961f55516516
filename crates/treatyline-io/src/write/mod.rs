//! Writing a layer: one file per format.

mod columns;
mod csv;
#[cfg(feature = "flatgeobuf")]
mod flatgeobuf;
mod geojson;
#[cfg(feature = "geopackage")]
mod geopackage;
#[cfg(feature = "geoparquet")]
mod geoparquet;
mod kinds;
mod kml;
#[cfg(feature = "geopackage")]
mod qml;
#[cfg(any(feature = "geopackage", feature = "geoparquet"))]
mod wkb;
mod wkt;

use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde_json::{Value, json};

use super::Layer;
use super::antimeridian::cut;
use super::dense::densify;
use super::rounding::{Decimals, Rounding, round};
use super::touching::apart;

/// The formats a layer is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum LayerFormat {
    /// GeoJSON, RFC 7946.
    Geojson,
    /// GeoJSON features, one to a line, with nothing around them.
    Geojsonl,
    /// FlatGeobuf.
    Flatgeobuf,
    /// GeoPackage, with a QGIS style.
    Geopackage,
    /// KML, with styles.
    Kml,
    /// CSV with a column of well-known text.
    Csv,
    /// GeoParquet.
    Geoparquet,
}

impl LayerFormat {
    /// Every format.
    #[doc(hidden)]
    pub const ALL: [Self; 7] = [
        Self::Geojson,
        Self::Geojsonl,
        Self::Flatgeobuf,
        Self::Geopackage,
        Self::Kml,
        Self::Csv,
        Self::Geoparquet,
    ];

    /// Its name.
    #[doc(hidden)]
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Geojson => "GeoJSON",
            Self::Geojsonl => "newline-delimited GeoJSON",
            Self::Flatgeobuf => "FlatGeobuf",
            Self::Geopackage => "GeoPackage",
            Self::Kml => "KML",
            Self::Csv => "CSV",
            Self::Geoparquet => "GeoParquet",
        }
    }

    /// How the names of its files end.
    #[doc(hidden)]
    #[must_use]
    pub const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Geojson => &["geojson", "json"],
            Self::Geojsonl => &["geojsonl", "ndjson", "geojsonseq"],
            Self::Flatgeobuf => &["fgb"],
            Self::Geopackage => &["gpkg"],
            Self::Kml => &["kml"],
            Self::Csv => &["csv"],
            Self::Geoparquet => &["parquet", "geoparquet"],
        }
    }

    /// The format that the ending of a file's name stands for.
    #[doc(hidden)]
    #[must_use]
    pub fn from_path(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_lowercase();
        Self::ALL.into_iter().find(|format| format.extensions().contains(&ending.as_str()))
    }

    /// Whether it is binary.
    #[doc(hidden)]
    #[must_use]
    pub const fn is_binary(self) -> bool {
        matches!(self, Self::Flatgeobuf | Self::Geopackage | Self::Geoparquet)
    }

    /// Whether it has a place for facts about all features, rounding included.
    #[doc(hidden)]
    #[must_use]
    pub const fn has_members(self) -> bool {
        !matches!(self, Self::Geojsonl | Self::Csv)
    }
}

/// Why a layer cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WriteFault {
    /// The feature that brings the format is switched off.
    #[error(
        "{} is not built in; build with the feature `{feature}` (or `formats` for all of them), or \
         choose another format", format.name()
    )]
    NotBuilt {
        /// The format.
        format: LayerFormat,
        /// The feature that brings it.
        feature: &'static str,
    },
    /// What it is written to refuses.
    #[error("cannot be written: {reason}")]
    Output {
        /// What the system says.
        reason: String,
    },
    /// The crate that writes the format refuses.
    #[error("{}: {reason}", format.name())]
    Refused {
        /// The format.
        format: LayerFormat,
        /// What it says.
        reason: String,
    },
}

impl From<io::Error> for WriteFault {
    fn from(error: io::Error) -> Self {
        Self::Output { reason: error.to_string() }
    }
}

impl WriteFault {
    #[cfg(any(feature = "geopackage", feature = "geoparquet"))]
    fn refused(format: LayerFormat, reason: impl ToString) -> Self {
        Self::Refused { format, reason: reason.to_string() }
    }
}

impl Layer {
    /// Writes the layer: geometry cut at the antimeridian, rings wound and coordinates
    /// rounded as RFC 7946 wants, in every format. Returns what was done to the coordinates.
    ///
    /// # Errors
    /// [`WriteFault`] for a format that is not built in, for what its crate refuses, and where
    /// `to` cannot be written to.
    ///
    /// ```
    /// use geo::Coord;
    /// use treatyline_io::{Decimals, Layer, LayerFormat, NewFeature, Shape};
    ///
    /// let shape = Shape::Point(Coord { x: 87.286_123_456, y: 49.1 });
    /// let feature = NewFeature { id: "north".into(), shape, properties: Default::default() };
    /// let mut file = Vec::new();
    /// let layer = Layer::new("points", vec![feature]);
    /// let rounding = layer.write(&mut file, LayerFormat::Csv, Decimals::Rounded(3))?;
    /// assert_eq!(file, b"id,WKT\nnorth,POINT (87.286 49.1)\n");
    /// // 0.000123456° of longitude, at 73.025 km to a degree.
    /// assert_eq!(rounding.moved_m, 9.0154);
    /// # Ok::<(), treatyline_io::WriteFault>(())
    /// ```
    pub fn write(
        &self,
        to: impl Write,
        format: LayerFormat,
        decimals: Decimals,
    ) -> Result<Rounding, WriteFault> {
        let (layer, rounding) = self.placed(decimals);
        let mut to = BufWriter::new(to);
        layer.write_as(format, &mut to)?;
        to.flush()?;
        Ok(rounding)
    }

    /// [`Layer::write`] for the format that is always there and never refuses.
    #[must_use]
    pub fn geojson(&self, decimals: Decimals) -> String {
        let (layer, _) = self.placed(decimals);
        let mut text = Vec::new();
        // Memory takes any text.
        let _ = super::geojson::write(&mut text, &layer.members, &layer.features);
        String::from_utf8(text).unwrap_or_default()
    }

    /// The layer as it is written, and what was done to its coordinates.
    fn placed(&self, decimals: Decimals) -> (Self, Rounding) {
        let mut layer = self.clone();
        let added = self.within_m.map_or(0, |within_m| densify(&mut layer.features, within_m));
        for feature in &mut layer.features {
            feature.shape = apart(cut(&feature.shape)).wound();
        }
        let mut rounding = Rounding::default();
        if let Decimals::Rounded(count) = decimals {
            rounding = round(&mut layer.features, count, layer.joined);
        }
        rounding.edges_within_m = self.within_m.unwrap_or(0.0);
        rounding.added = added;
        if let Some(stated) = stated(decimals, &rounding) {
            layer.members.insert("precision".to_owned(), stated);
        }
        (layer, rounding)
    }

    /// Writes the layer as it is. GeoPackage and GeoParquet are made in memory first: one is a
    /// database, the other keeps columns together.
    fn write_as(&self, format: LayerFormat, to: &mut dyn Write) -> Result<(), WriteFault> {
        match format {
            LayerFormat::Geojson => super::geojson::write(to, &self.members, &self.features)?,
            LayerFormat::Geojsonl => geojson::write_lines(to, &self.features)?,
            LayerFormat::Kml => kml::write(to, self)?,
            LayerFormat::Csv => csv::write(to, self)?,
            #[cfg(feature = "flatgeobuf")]
            LayerFormat::Flatgeobuf => flatgeobuf::write(to, self)?,
            #[cfg(feature = "geopackage")]
            LayerFormat::Geopackage => {
                let refused = |error| WriteFault::refused(format, error);
                to.write_all(&geopackage::write(self).map_err(refused)?)?;
            }
            #[cfg(feature = "geoparquet")]
            LayerFormat::Geoparquet => {
                let refused = |error| WriteFault::refused(format, error);
                to.write_all(&geoparquet::write(self).map_err(refused)?)?;
            }
            #[cfg(not(feature = "flatgeobuf"))]
            LayerFormat::Flatgeobuf => {
                return Err(WriteFault::NotBuilt { format, feature: "flatgeobuf" });
            }
            #[cfg(not(feature = "geopackage"))]
            LayerFormat::Geopackage => {
                return Err(WriteFault::NotBuilt { format, feature: "geopackage" });
            }
            #[cfg(not(feature = "geoparquet"))]
            LayerFormat::Geoparquet => {
                return Err(WriteFault::NotBuilt { format, feature: "geoparquet" });
            }
        }
        Ok(())
    }
}

/// What was done to the coordinates, for the readers of the file.
fn stated(decimals: Decimals, rounding: &Rounding) -> Option<Value> {
    let mut note = match decimals {
        Decimals::Rounded(count) => json!({ "decimals": count, "moved_m": rounding.moved_m }),
        Decimals::Full => json!({}),
    };
    if !rounding.in_full.is_empty() {
        note["in_full"] = json!(rounding.in_full);
    }
    if rounding.added > 0 {
        note["edges_within_m"] = json!(rounding.edges_within_m);
        note["vertices_added"] = json!(rounding.added);
    }
    note.as_object().is_some_and(|note| !note.is_empty()).then_some(note)
}

/// The facts about all features, one to a line, for formats that have a place for text.
fn description(layer: &Layer) -> String {
    let line = |(name, value): (&String, &Value)| match value {
        Value::String(text) => format!("{name}: {text}"),
        other => format!("{name}: {other}"),
    };
    layer.members.iter().map(line).collect::<Vec<_>>().join("\n")
}
