//! The way from WGS 84 to another system: which operation, and which way round.

use geo_types::Coord;

use super::system::System;
use super::{DatumError, Operation, WGS84, between, named};

/// A way from WGS 84 to a system.
pub struct Way(Route);

enum Route {
    /// Already there.
    Stay,
    /// As PROJ chooses. It may choose differently from point to point.
    Chosen(Operation),
    /// Through a named operation, then a conversion without loss.
    Named { operation: Operation, inverse: bool, rest: Option<Operation> },
}

impl Way {
    /// To WGS 84 itself.
    #[must_use]
    pub const fn stay() -> Self {
        Self(Route::Stay)
    }

    /// The way that PROJ chooses. [`Way::operation`] says after each conversion which it was.
    ///
    /// # Errors
    /// As [`between`].
    pub fn chosen(system: &System) -> Result<Self, DatumError> {
        between(WGS84, &system.code).map(|operation| Self(Route::Chosen(operation)))
    }

    /// The way through the operation of this code, forward or inverse.
    ///
    /// # Errors
    /// As [`named`]; [`DatumError::WrongOperation`] for one that does not lead between
    /// WGS 84 and the system or the geographic one under it.
    pub fn through(system: &System, code: &str) -> Result<Self, DatumError> {
        let operation = named(code)?;
        let to = &system.code;
        let wrong = || DatumError::WrongOperation { operation: code.to_owned(), to: to.to_owned() };
        let (other, inverse) = match operation.systems().ok_or_else(wrong)? {
            (WGS84, other) => (other.to_owned(), false),
            (other, WGS84) => (other.to_owned(), true),
            _ => return Err(wrong()),
        };
        let rest = if other == *to {
            None
        } else if system.geographic().is_ok_and(|base| base == other) {
            // The rest of the way must not be a second datum operation.
            Some(between(&other, to)?)
        } else {
            return Err(wrong());
        };
        Ok(Self(Route::Named { operation, inverse, rest }))
    }

    /// Converts a longitude and latitude on WGS 84.
    ///
    /// # Errors
    /// As [`Operation::forward`].
    pub fn convert(&self, place: Coord) -> Result<Coord, DatumError> {
        match &self.0 {
            Route::Stay => Ok(place),
            Route::Chosen(operation) => operation.forward(place),
            Route::Named { operation, inverse, rest } => {
                let middle =
                    if *inverse { operation.inverse(place) } else { operation.forward(place) }?;
                rest.as_ref().map_or(Ok(middle), |rest| rest.forward(middle))
            }
        }
    }

    /// The operation it goes through, unless there is nothing to do.
    #[must_use]
    pub const fn operation(&self) -> Option<&Operation> {
        match &self.0 {
            Route::Stay => None,
            Route::Chosen(operation) | Route::Named { operation, .. } => Some(operation),
        }
    }
}
