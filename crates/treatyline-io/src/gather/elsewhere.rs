//! Features in another system than WGS 84, brought there by one operation for all of them.

use geo::Coord;
use rayon::prelude::*;
use treatyline_crs::internal::{ChosenOperation, Converter, Transformation};
use treatyline_crs::{AreaOfUse, DatumError};
use treatyline_geodesy::PositionFault;
use treatyline_geodesy::internal::check_position;

use super::System;
use crate::FixKind;
use crate::problem::Fault;
use crate::unchecked::{Outcome, Unchecked};

/// Brings features to WGS 84 through the operation that is asked for, or else the one that is
/// right for where they are.
pub(super) fn brought_home(
    waiting: Vec<Unchecked>,
    system: &System,
    asked: Option<&str>,
) -> Result<(Vec<Outcome>, ChosenOperation), Fault> {
    let places = samples(&waiting);
    let choose = |definition| Transformation::choose(definition, &places, asked);
    let refused = |error: DatumError| system.fault(error);
    let transformation = choose(system.definition()).map_err(refused)?;
    let transformation = transformation.at_epoch(system.epoch());
    let chosen = transformation.chosen().clone();
    let area = chosen.operation.as_ref().and_then(|operation| operation.area_of_use.clone());
    let outcomes: Result<Vec<Outcome>, DatumError> = waiting
        .into_par_iter()
        .map_init(
            || transformation.open(),
            |converter, feature| match converter {
                Ok(converter) => Ok(converted(feature, converter, area.as_ref())),
                Err(error) => Err(error.clone()),
            },
        )
        .collect();
    Ok((outcomes.map_err(refused)?, chosen))
}

fn converted(feature: Unchecked, converter: &Converter, area: Option<&AreaOfUse>) -> Outcome {
    let place = feature.place.clone();
    let mut outcome = feature.checked(|at| {
        if !(at.x.is_finite() && at.y.is_finite()) {
            return Ok(at);
        }
        let reached = converter.convert(at).ok().filter(|it| check_position(*it).is_ok());
        reached.ok_or(Fault::Position(PositionFault::OutOfRange { lon: at.x, lat: at.y }))
    });
    if let (Some(area), Ok(feature)) = (area, &outcome.feature) {
        let mut outside = false;
        feature.shape.each(&mut |at| outside |= !area.contains(at));
        if outside {
            outcome.found.push((FixKind::OutsideArea, place));
        }
    }
    outcome
}

/// About this number of positions shows where features are.
const SAMPLES: usize = 60;

/// Positions at equal steps through the features, and the extreme ones of each direction.
fn samples(waiting: &[Unchecked]) -> Vec<Coord> {
    let total: usize = waiting.iter().map(|feature| feature.raw.positions()).sum();
    let step = (total / SAMPLES).max(1);
    let (mut number, mut steps) = (0, Vec::new());
    let mut extremes: [Option<Coord>; 4] = [None; 4];
    for feature in waiting {
        feature.raw.each(&mut |at| {
            if at.x.is_finite() && at.y.is_finite() {
                if number % step == 0 {
                    steps.push(at);
                }
                let ahead = [at.x, at.y, -at.x, -at.y];
                for (i, extreme) in extremes.iter_mut().enumerate() {
                    let known = extreme.map(|it| [it.x, it.y, -it.x, -it.y][i]);
                    if known.is_none_or(|known| ahead[i] > known) {
                        *extreme = Some(at);
                    }
                }
            }
            number += 1;
        });
    }
    // The middle one stays in the middle.
    let extremes: Vec<Coord> = extremes.into_iter().flatten().collect();
    let (before, after) = extremes.split_at(extremes.len() / 2);
    [before, &steps, after].concat()
}
