//! `treatyline compare --neighbours`: two areas, not two versions of a line.

use std::path::{Path, PathBuf};

use clap::Args;
use geo::Polygon;
use treatyline::internal::compare::Neighbours;
use treatyline::internal::drawn::{Countries, country};
use treatyline::internal::report::{FixLists, NeighboursReport};
use treatyline::internal::wording::{count, echoed};
use treatyline::io::problem::Fault;
use treatyline::io::{CheckedFeature, Shape, read};
use treatyline::quantity::Metres;

use super::Failure;
use super::input::{ReadingArguments, warn_of};

/// Options for neighbours.
#[derive(Debug, Args)]
#[command(next_help_heading = "Options of neighbours")]
pub(super) struct NeighboursArguments {
    /// OLD and NEW are two areas, not two versions of a line, or OLD alone holds both: list the
    /// land that belongs to none of them and to both, and construct a line in the middle.
    #[arg(long, conflicts_with_all = ["accuracy", "tolerance", "fail_above", "fail_area", "snap"])]
    pub(super) neighbours: bool,
    /// Outlines that are no farther apart are two drawings of one border.
    #[arg(long, value_name = "METRES", default_value = "100", requires = "neighbours")]
    #[arg(allow_negative_numbers = true, value_parser = super::number)]
    within: f64,
}

/// With more than this, outlines that are no border would be taken for one.
const WIDEST_M: f64 = 100_000.0;

/// An area with its name, and the file it is from with its digest.
struct Named {
    polygons: Vec<Polygon>,
    name: String,
    file: [String; 2],
}

impl NeighboursArguments {
    /// Reads both areas and passes what is between them to a writer.
    pub(super) fn run<T>(
        &self,
        files: [Option<&PathBuf>; 2],
        reading: &ReadingArguments,
        write: impl FnOnce(&NeighboursReport<'_>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        if !(self.within > 0.0 && self.within <= WIDEST_M) {
            let given = echoed(self.within);
            let what = format!("--within is {given}; give metres, more than 0 and up to 100,000");
            return Err(Failure::Usage(what));
        }
        let mut fixes = FixLists::default();
        let paths: Vec<&PathBuf> = files.into_iter().flatten().collect();
        let mut areas = Vec::new();
        for path in &paths {
            areas.extend(countries(path, paths.len() == 1, reading, &mut fixes)?);
        }
        warn_of(&fixes);
        let [first, second] = two(areas)?;
        let found =
            Neighbours::between(&first.polygons, &second.polygons, Metres::new(self.within));
        let mut files = vec![first.file, second.file];
        files.dedup();
        let names = [first.name, second.name];
        write(&NeighboursReport { found: &found, names, files, read: fixes })
    }
}

/// The countries of a file: if it is the only one, those that are asked for, otherwise one.
fn countries(
    path: &Path,
    is_alone: bool,
    reading: &ReadingArguments,
    fixes: &mut FixLists,
) -> Result<Vec<Named>, Failure> {
    let input = reading.input(path).with_attributes(true);
    let mut data = read(&input)?;
    if is_alone {
        Countries::asked(&input, &data)?.join(&mut data);
    } else {
        data = country(data)?;
    }
    if input.is_strict() {
        data.fixes.refused(&data.name)?;
    }
    fixes.add(&data.name, &data.fixes);
    let file = [data.name.clone(), data.digest.clone()];
    let named = |feature: CheckedFeature| {
        let name = feature.title();
        let Shape::Polygons(polygons) = feature.shape else { return None };
        Some(Named { polygons, name, file: file.clone() })
    };
    let found: Vec<Named> = data.features.iter().cloned().filter_map(named).collect();
    if found.is_empty() {
        let fault = Fault::Geometry { found: "no polygon".to_owned(), wanted: "Polygon" };
        return Err(Failure::File(data.problem("", fault).into()));
    }
    Ok(found)
}

/// The two areas: the countries of either file, or the two of one.
fn two(areas: Vec<Named>) -> Result<[Named; 2], Failure> {
    let found = areas.len();
    <[Named; 2]>::try_from(areas).map_err(|_| {
        let areas = count(found, "feature");
        Failure::Usage(format!(
            "--neighbours wants two areas, and OLD alone has {areas} with polygons; name a file \
             for each, or choose two with --where"
        ))
    })
}
