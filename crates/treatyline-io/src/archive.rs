//! Zip archives: a shapefile with its companions, a KML with what it links to, or files of any
//! format, in folders or not. Each file is read as if it were not in an archive. Several files
//! become layers, named by the files.

use std::cell::RefCell;
use std::io::{Cursor, Read};
use std::rc::Rc;

use super::input::Loaded;
use super::limits::Limited;
use super::{Collection, FixKind, Fixes, Format};
use crate::problem::{Fault, Problem, Problems};

/// A zip archive.
pub(super) struct Archive {
    zip: RefCell<zip::ZipArchive<Cursor<Vec<u8>>>>,
    names: Vec<String>,
    /// How many bytes may still come out of it.
    left: RefCell<u64>,
}

/// A file in an archive.
#[derive(Clone)]
pub(super) struct Member {
    pub(super) archive: Rc<Archive>,
    pub(super) name: String,
}

impl Member {
    /// Whether a layer has the name of this file.
    pub(super) fn is_named(&self, layer: &str) -> bool {
        is_named(&self.name, layer)
    }
}

/// Endings of files that can be read. Those of the second list may also belong to other formats.
const CERTAIN: [&str; 13] = [
    "shp",
    "geojson",
    "geojsonl",
    "geojsonseq",
    "ndjson",
    "topojson",
    "fgb",
    "gpkg",
    "kml",
    "kmz",
    "gpx",
    "parquet",
    "geoparquet",
];
const PERHAPS: [&str; 4] = ["wkt", "json", "csv", "tsv"];

impl Archive {
    fn new(loaded: &Loaded) -> Result<Self, Problem> {
        let zip = zip::ZipArchive::new(Cursor::new(loaded.bytes.clone()))
            .map_err(|error| loaded.problem("", broken(&error)))?;
        let names = zip.file_names().filter_map(|name| Some(name.ok()?.into_owned()));
        let left = RefCell::new(loaded.input.limits.bytes);
        Ok(Self { names: names.collect(), zip: RefCell::new(zip), left })
    }

    /// The name of a file in it, if it is there, whatever its case.
    pub(super) fn named(&self, name: &str) -> Option<&String> {
        let lower = name.to_lowercase();
        let same = |each: &&String| each.to_lowercase() == lower;
        self.names.iter().find(|each| *each == name).or_else(|| self.names.iter().find(same))
    }

    /// The bytes of a file in it.
    pub(super) fn bytes(&self, loaded: &Loaded, name: &str) -> Result<Vec<u8>, Problem> {
        let mut limits = loaded.input.limits;
        let mut left = self.left.borrow_mut();
        let mut zip = self.zip.borrow_mut();
        let place = name.to_owned();
        let file = zip.by_name(name).map_err(|error| loaded.problem(&place, broken(&error)))?;
        let mut bytes = Vec::new();
        let whole = limits;
        limits.bytes = *left;
        let outcome = Limited::new(file, limits).read_to_end(&mut bytes);
        outcome.map_err(|error| match super::limits::fault(&error) {
            Fault::TooLarge { .. } => loaded.problem(&place, whole.passed()),
            fault => loaded.problem(&place, fault),
        })?;
        *left -= bytes.len() as u64;
        Ok(bytes)
    }

    /// The files that can be read, in the order of their names; and the files that may be something
    /// else and are left out if there are certain ones. An archive inside an archive is read, one
    /// inside that is not.
    fn candidates(&self, is_inner: bool) -> [Vec<String>; 2] {
        let with_ending = |endings: &[&str]| {
            let wanted = |name: &&String| {
                let hidden =
                    name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
                let own = ending(name).filter(|own| !(is_inner && own == "kmz"));
                !hidden && own.is_some_and(|own| endings.contains(&own.as_str()))
            };
            let mut found: Vec<String> = self.names.iter().filter(wanted).cloned().collect();
            found.sort();
            found
        };
        let (certain, perhaps) = (with_ending(&CERTAIN), with_ending(&PERHAPS));
        if certain.is_empty() { [perhaps, certain] } else { [certain, perhaps] }
    }
}

fn ending(name: &str) -> Option<String> {
    Some(name.rsplit('/').next()?.rsplit_once('.')?.1.to_lowercase())
}

/// The name of a file without its folders and its ending.
fn stem(name: &str) -> &str {
    let base = name.rsplit('/').next().unwrap_or(name);
    base.rsplit_once('.').map_or(base, |(stem, _)| stem)
}

/// Whether a layer has the name of a file, with or without its folders and its ending.
fn is_named(name: &str, layer: &str) -> bool {
    name == layer || stem(name) == layer
}

fn broken(error: &zip::result::ZipError) -> Fault {
    match error {
        zip::result::ZipError::UnsupportedArchive(what) => Fault::Syntax {
            message: format!("a zip archive that needs what is not built in: {what}"),
        },
        // Its other words are for those who wrote the crate.
        zip::result::ZipError::Io(error) => {
            Fault::Syntax { message: format!("a zip archive that cannot be read: {error}") }
        }
        _ => Fault::Syntax { message: "a zip archive that is damaged or cut short".to_owned() },
    }
}

/// Reads what is in an archive; `read` reads a file of any format.
pub(super) fn read(
    loaded: &Loaded,
    read: impl Fn(&Loaded) -> Result<(Format, Collection), Problems>,
) -> Result<(Format, Collection), Problems> {
    let archive = Rc::new(Archive::new(loaded)?);
    let [candidates, others] = archive.candidates(loaded.member.is_some());
    // A KML is read from its beginning, and goes on to what it links to.
    let root = candidates.iter().find(|name| name.eq_ignore_ascii_case("doc.kml"));
    let all_kml = candidates.iter().all(|name| ending(name).is_some_and(|own| own == "kml"));
    let is_kmz = ending(&loaded.input.name).is_some_and(|own| own == "kmz");
    let chosen = match root {
        Some(root) => vec![root.clone()],
        None if is_kmz && all_kml => candidates.into_iter().take(1).collect(),
        None => of_layer(loaded, candidates)?,
    };
    let (format, mut collection) = match &chosen[..] {
        [] => return Err(loaded.problem("", nothing(&archive)).into()),
        [one] => read(&member(loaded, &archive, one, loaded.input.layer.clone())?),
        several => together(loaded, &archive, several, read),
    }?;
    // If the user names a layer, only that one is wanted; a KMZ has other files of its own.
    if !others.is_empty() && loaded.input.layer.is_none() && !is_kmz {
        let detail = crate::words::first_ten(&others);
        collection.fixes.add_many(FixKind::FileNotRead, others.len(), "", Some(detail));
    }
    Ok((format, collection))
}

/// The files that are wanted: only one if the layer that was asked for has its name.
fn of_layer(loaded: &Loaded, candidates: Vec<String>) -> Result<Vec<String>, Problem> {
    let Some(layer) = loaded.input.layer.as_ref().filter(|_| candidates.len() > 1) else {
        return Ok(candidates);
    };
    let known = candidates.iter().map(|name| stem(name).to_owned()).collect();
    let found: Vec<String> = candidates.into_iter().filter(|name| is_named(name, layer)).collect();
    if found.is_empty() {
        return Err(loaded.problem("", Fault::NoLayer { name: layer.clone(), known }));
    }
    Ok(found)
}

fn nothing(archive: &Archive) -> Fault {
    let files: Vec<String> = archive.names.iter().filter(|n| !n.ends_with('/')).cloned().collect();
    let has = |text: &str| files.iter().any(|name| name.contains(text));
    let has_ending = |ending: &str| files.iter().any(|name| name.to_lowercase().ends_with(ending));
    let (what, hint) = if files.is_empty() {
        ("an empty zip archive".to_owned(), "name a file of geodata")
    } else if has_ending(".gdbtable") {
        ("an Esri file geodatabase".to_owned(), "convert it: ogr2ogr new.gpkg FILE")
    } else if has("xl/workbook") || has("content.xml") && has("META-INF/manifest.xml") {
        ("a spreadsheet or another document".to_owned(), "save its table as CSV")
    } else if has("[Content_Types].xml") {
        ("a document".to_owned(), "name a file of geodata")
    } else if has_ending(".gml") || has_ending(".tab") || has_ending(".mif") || has_ending(".dxf") {
        let what = format!("a zip archive of {}", crate::words::first_ten(&files));
        (what, "convert it: ogr2ogr new.gpkg /vsizip/FILE")
    } else {
        let what = format!("a zip archive without geodata, of {}", crate::words::first_ten(&files));
        (what, "name a file of geodata, or an archive with one in it")
    };
    Fault::Foreign { what, hint }
}

fn member(
    loaded: &Loaded,
    archive: &Rc<Archive>,
    name: &str,
    layer: Option<String>,
) -> Result<Loaded, Problem> {
    let bytes = archive.bytes(loaded, name)?;
    let mut input = loaded.input.clone();
    input.name = format!("{}/{name}", loaded.input.name);
    input.layer = layer;
    let (input, bytes) = input.as_utf8(bytes)?;
    let member = Some(Member { archive: Rc::clone(archive), name: name.to_owned() });
    Ok(Loaded { input, bytes, digest: String::new(), member })
}

/// Reads several files as layers of one data set.
fn together(
    loaded: &Loaded,
    archive: &Rc<Archive>,
    names: &[String],
    read: impl Fn(&Loaded) -> Result<(Format, Collection), Problems>,
) -> Result<(Format, Collection), Problems> {
    let mut all = Collection {
        features: Vec::new(),
        members: serde_json::Map::new(),
        fixes: Fixes::default(),
    };
    let mut problems = Vec::new();
    for name in names {
        let of_one = member(loaded, archive, name, None).map_err(Problems::from);
        match of_one.and_then(|of_one| read(&of_one)) {
            Err(wrong) => problems.extend(wrong),
            Ok((_, collection)) => {
                all.fixes.merge(collection.fixes.within(name));
                for mut feature in collection.features {
                    feature.number = all.features.len() + 1;
                    feature.place = format!("{name}, {}", feature.place);
                    let layer = feature.properties.entry("layer");
                    layer.or_insert_with(|| stem(name).into());
                    all.features.push(feature);
                }
            }
        }
    }
    Problems::none_or(problems, (Format::Archive, all))
}
