//! Reading whatever the user names: the format is found, its reader called.

use super::input::Loaded;
use super::{Collection, Format, Input, Source, foreign, geojson};
use crate::problem::{Fault, Problem, Problems};

/// What was read, and from where.
#[derive(Debug, Clone)]
pub struct DataSet {
    /// How the user named it.
    pub name: String,
    /// Its format.
    pub format: Format,
    /// SHA-256 of its bytes; of a shapefile, those of its `.shp`.
    pub digest: String,
    /// Its features.
    pub collection: Collection,
}

impl DataSet {
    /// A problem in it.
    #[must_use]
    pub fn problem(&self, place: impl Into<String>, fault: Fault) -> Problem {
        Problem { file: self.name.clone(), place: place.into(), fault }
    }
}

/// Reads features in any format this build knows.
///
/// Heights and measures along lines are left out: what is measured lies on the ellipsoid.
///
/// # Errors
/// Every [`Problem`] found: an input that cannot be read or is larger than its limits, a
/// format that is not built in, a coordinate system that is not WGS 84 and cannot be
/// turned into it without changing datum, and what is wrong with each feature. With
/// [`Input::strict`] also what was changed or left out, which otherwise is in
/// [`Collection::fixes`].
pub fn read(input: &Input) -> Result<DataSet, Problems> {
    let loaded = input.load()?;
    let (format, collection) = of_any_format(&loaded)?;
    if let Some(last) = input.conditions.last()
        && collection.features.is_empty()
    {
        let what = format!("no feature meets the condition on `{}`", last.name());
        return Err(loaded.problem("", Fault::NoneMeets { what }).into());
    }
    if input.strict {
        collection.fixes.refused(&input.name)?;
    }
    Ok(DataSet { name: input.name.clone(), format, digest: loaded.digest, collection })
}

/// The features of bytes, and the format they are in.
fn of_any_format(loaded: &Loaded) -> Result<(Format, Collection), Problems> {
    let name = &loaded.input.name;
    if let Some(fault) = foreign::fault(&loaded.bytes, name) {
        return Err(loaded.problem("", fault).into());
    }
    let format = Format::of(&loaded.bytes, name);
    let collection = match format {
        Format::GeoJson => {
            // One copy less than Source::new would make.
            let text = loaded.text()?.into_owned();
            let source = Source { name: name.clone(), text };
            geojson::read_where(&source, &loaded.input.conditions)
        }
        #[cfg(feature = "archive")]
        Format::Archive => return super::archive::read(loaded, of_any_format),
        Format::EsriJson => super::esri::read(loaded),
        #[cfg(feature = "kml")]
        Format::Gpx => super::gpx::read(loaded),
        #[cfg(feature = "wkt")]
        Format::Csv => super::csv::read(loaded),
        #[cfg(feature = "topojson")]
        Format::TopoJson => super::topojson::read(loaded),
        #[cfg(feature = "shapefile")]
        Format::Shapefile => super::shapefile::read(loaded),
        #[cfg(feature = "flatgeobuf")]
        Format::FlatGeobuf => super::flatgeobuf::read(loaded),
        #[cfg(feature = "geopackage")]
        Format::GeoPackage => super::geopackage::read(loaded),
        #[cfg(feature = "kml")]
        Format::Kml => super::kml::read(loaded),
        #[cfg(feature = "wkt")]
        Format::Wkt => super::wkt::read(loaded),
        #[cfg(feature = "geoparquet")]
        Format::GeoParquet => super::geoparquet::read(loaded),
        #[allow(unreachable_patterns, reason = "reached where a feature is off")]
        _ => Err(not_built(loaded, format)),
    }?;
    Ok((format, collection))
}

fn not_built(loaded: &Loaded, format: Format) -> Problems {
    let feature = format.feature().unwrap_or_default();
    loaded.problem("", Fault::NotBuilt { format: format.name(), feature }).into()
}
