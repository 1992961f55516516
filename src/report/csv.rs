//! CSV of the published figures (RFC 4180).

use super::model::Range;
use crate::dossier::{Dossier, Figure};

const HEADER: [&str; 14] = [
    "id",
    "what",
    "scope",
    "printed",
    "unit",
    "qualifier",
    "rounding",
    "standing",
    "low_si",
    "high_si",
    "si_unit",
    "source",
    "url",
    "note",
];

/// The figures of a dossier, one to a line, with their intervals in m, m² or 1; an
/// open end is empty.
///
/// # Errors
/// None that memory could cause; the writer's type has them.
pub fn figures(dossier: &Dossier) -> Result<String, csv::Error> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(HEADER)?;
    for figure in &dossier.figures {
        table.write_record(row(dossier, figure))?;
    }
    let bytes = table.into_inner().map_err(|error| error.into_error())?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn row(dossier: &Dossier, figure: &Figure) -> [String; 14] {
    let range = Range::new(figure.interval, figure.unit.dimension);
    let end = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    let url = dossier.reference(&figure.source).and_then(|source| source.url.clone());
    [
        figure.id.clone(),
        figure.what.clone(),
        figure.scope.clone(),
        figure.printed.clone(),
        figure.unit.name.to_owned(),
        figure.qualifier.name().to_owned(),
        figure.rounding.to_string(),
        figure.standing.name().to_owned(),
        end(range.low),
        end(range.high),
        figure.unit.dimension.si_unit().to_owned(),
        figure.source.clone(),
        url.unwrap_or_default(),
        figure.note.clone().unwrap_or_default(),
    ]
}
