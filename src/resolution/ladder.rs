//! The resolutions at which lengths are computed.

/// The coarsest rung in metres: 1 mm on a map at 1:10,000,000. The finest is 1 m, finer
/// than any boundary data.
pub(crate) const COARSEST_M: f64 = 10_000.0;

/// Round numbers, about evenly spaced on a logarithmic scale: six to a decade.
const WITHIN_DECADE: [f64; 6] = [1.0, 1.5, 2.0, 3.0, 5.0, 7.0];

/// Resolutions from 1 m to 10 km, six per decade, and those of `besides` that are
/// positive and finite; ascending, each once.
///
/// # Units
/// Metres.
#[must_use]
pub fn ladder(besides: &[f64]) -> Vec<f64> {
    let decades = [1.0, 10.0, 100.0, 1_000.0];
    let round = decades.iter().flat_map(|decade| WITHIN_DECADE.map(|step| step * decade));
    let mut rungs: Vec<f64> = round.chain([COARSEST_M]).collect();
    rungs.extend(besides.iter().filter(|rung| **rung > 0.0 && rung.is_finite()));
    rungs.sort_by(f64::total_cmp);
    rungs.dedup();
    rungs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rungs_ascend_evenly_and_hold_what_is_asked_for() {
        let rungs = ladder(&[12.0, 50.0, 0.1, f64::NAN, 0.0, -1.0]);
        assert_eq!(rungs.len(), 27);
        assert_eq!((rungs[0], rungs[26]), (0.1, 10_000.0));
        assert!(rungs.contains(&10.0) && rungs.contains(&12.0));
        for pair in ladder(&[]).windows(2) {
            assert!((1.3..1.7).contains(&(pair[1] / pair[0])), "{pair:?}");
        }
    }
}
