//! Reading a whole text at once.

use super::{Rest, Stream};
use crate::problem::Problems;
use crate::{Collection, Condition, Source};

/// Reads a FeatureCollection, a Feature, a bare geometry, or several one after the other.
///
/// # Errors
/// Every [`Problem`](crate::problem::Problem) found: broken JSON with line and column,
/// and per feature a wrong type, a position that is not finite or out of range.
pub fn read(source: &Source) -> Result<Collection, Problems> {
    read_where(source, &[])
}

/// The same of features that meet all of some conditions.
pub(crate) fn read_where(
    source: &Source,
    conditions: &[Condition],
) -> Result<Collection, Problems> {
    let mut features = Vec::new();
    let stream = Stream::new(&source.name, source.text.as_bytes());
    let stream = stream.meeting(conditions.to_vec());
    let Rest { members, fixes } = stream.each(Ok, |feature| features.push(feature))?;
    Ok(Collection { features, members, fixes })
}
