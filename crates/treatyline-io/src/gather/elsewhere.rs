//! Features in another system than WGS 84, brought there by one operation for all of them.

use std::cell::Cell;

use geo::Coord;
use rayon::prelude::*;
use treatyline_crs::internal::{ChosenOperation, Converter, Transformation};
use treatyline_crs::{AreaOfUse, DatumError};

use super::{Raw, System};
use crate::problem::Fault;
use crate::unchecked::{Outcome, Unchecked};
use crate::{FixKind, Input};

impl Input {
    /// What was chosen, with who has stated the system and that heights are left out.
    pub(crate) fn noted(&self, mut chosen: ChosenOperation, had_heights: bool) -> ChosenOperation {
        chosen.stated_by_caller = self.crs.is_some();
        chosen.without_heights |= had_heights;
        chosen
    }
}

/// Brings features to WGS 84 through the operation that is asked for, or else the one that is
/// right for where they are.
pub(super) fn brought_home(
    waiting: Vec<Unchecked>,
    system: &System,
    asked: Option<&str>,
) -> Result<(Vec<Outcome>, ChosenOperation), Fault> {
    let mut sampler = Sampler::default();
    waiting.iter().for_each(|feature| sampler.add(&feature.raw));
    let places = sampler.places();
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

/// A feature in WGS 84, and whether it is outside of the operation's area of use.
pub(crate) fn converted(
    feature: Unchecked,
    converter: &Converter,
    area: Option<&AreaOfUse>,
) -> Outcome {
    let place = feature.place.clone();
    let wrapped = Cell::new(0);
    let mut outcome = feature.checked(|at| {
        if !(at.x.is_finite() && at.y.is_finite()) {
            return Ok(at);
        }
        let home = converter.brought_back(at);
        wrapped.set(wrapped.get() + usize::from(home != at));
        converter.convert(home).map_err(Fault::Transformation)
    });
    let wraps = (FixKind::LongitudeWrapped, place.clone());
    outcome.found.extend(std::iter::repeat_n(wraps, wrapped.get()));
    if let (Some(area), Ok(feature)) = (area, &outcome.feature) {
        let mut outside = false;
        feature.shape.each(&mut |at| outside |= !area.contains(at));
        if outside {
            outcome.found.push((FixKind::OutsideArea, place));
        }
    }
    outcome
}

/// Positions at equal steps through the features, and the extreme ones of each direction: they show
/// where features are. They are chosen while the features go by, so that none has to be kept.
pub(crate) struct Sampler {
    /// Of as many positions one is kept.
    step: usize,
    number: usize,
    steps: Vec<Coord>,
    extremes: [Option<Coord>; 4],
}

/// When twice as many are kept, every other one is dropped.
const SAMPLES: usize = 60;

impl Default for Sampler {
    fn default() -> Self {
        Self { step: 1, number: 0, steps: Vec::new(), extremes: [None; 4] }
    }
}

impl Sampler {
    /// Looks at the positions of a geometry.
    pub(crate) fn add(&mut self, raw: &Raw) {
        raw.each(&mut |at| {
            if at.x.is_finite() && at.y.is_finite() {
                self.add_position(at);
            }
            self.number += 1;
        });
    }

    fn add_position(&mut self, at: Coord) {
        if self.number.is_multiple_of(self.step) {
            self.steps.push(at);
            if self.steps.len() == 2 * SAMPLES {
                let mut index = 0;
                self.steps.retain(|_| {
                    index += 1;
                    index % 2 == 1
                });
                self.step *= 2;
            }
        }
        let ahead = |it: Coord| [it.x, it.y, -it.x, -it.y];
        for (i, extreme) in self.extremes.iter_mut().enumerate() {
            if extreme.is_none_or(|known| ahead(at)[i] > ahead(known)[i]) {
                *extreme = Some(at);
            }
        }
    }

    /// The positions, the middle one in the middle.
    pub(crate) fn places(self) -> Vec<Coord> {
        let extremes: Vec<Coord> = self.extremes.into_iter().flatten().collect();
        let (before, after) = extremes.split_at(extremes.len() / 2);
        [before, &self.steps, after].concat()
    }
}
