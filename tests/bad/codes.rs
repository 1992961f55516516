//! Regressions: codes of systems and operations in `points.geojson` that were not
//! looked up, so that the checks that needed them were skipped in silence.

use crate::common::Variant;

const POINTS: &str = "points.geojson";

/// The problems of the small dossier with a code replaced.
fn problems(from: &str, to: &str) -> Vec<String> {
    let variant = Variant::freedonia().with(POINTS, from, to);
    let problems = variant.read().unwrap_err();
    problems.all().iter().map(ToString::to_string).collect()
}

#[track_caller]
fn assert_refused(from: &str, to: &str, says: &[&str]) {
    let found = problems(from, to);
    // Once for each of the two tripoints that have it.
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("variant/points.geojson: "), "{}", found[0]);
    for what in says.iter().chain(&["tripoint-north"]) {
        assert!(found[0].contains(what), "`{what}` is not said: {}", found[0]);
    }
}

#[test]
fn codes_of_no_shape_are_refused_with_and_without_proj() {
    for code in ["28404", "EPSG", "EPSG:", "EPSG 28404", "+proj=utm +zone=34", ""] {
        let says = [&format!("`crs` is `{code}`"), "must be the code of a projected system"];
        assert_refused("\"EPSG:28404\"", &format!("\"{code}\""), &says);
        let says = [&format!("`to_wgs84` is `{code}`"), "must be the code of an operation"];
        assert_refused("\"EPSG:1267\"", &format!("\"{code}\""), &says);
    }
}

#[cfg(feature = "proj")]
mod with_proj {
    use super::*;
    use crate::common::{repository, treatyline};

    #[test]
    fn a_system_nobody_knows_was_skipped() {
        for code in ["EPSG:99999", "FOO:28404"] {
            let says = [&format!("`crs` is `{code}`"), "PROJ knows", "as in EPSG:23032"];
            assert_refused("\"EPSG:28404\"", &format!("\"{code}\""), &says);
        }
    }

    #[test]
    fn a_system_in_which_nothing_has_x_and_y_in_metres_is_refused() {
        // Geographic, vertical, geocentric, in feet.
        for code in ["EPSG:4284", "EPSG:5773", "EPSG:4978", "EPSG:2264"] {
            let says = [&format!("`crs` is `{code}`"), "a projected system in metres"];
            assert_refused("\"EPSG:28404\"", &format!("\"{code}\""), &says);
        }
    }

    #[test]
    fn an_operation_nobody_knows_or_that_is_none_was_skipped() {
        // The last one is a system.
        for code in ["EPSG:99999", "EPSG:4284"] {
            let says = [&format!("`to_wgs84` is `{code}`"), "an operation that PROJ knows"];
            assert_refused("\"EPSG:1267\"", &format!("\"{code}\""), &says);
        }
    }

    #[test]
    fn an_operation_from_another_datum_was_applied_all_the_same() {
        // NAD83 to WGS 84; and a projection, which leads from nowhere.
        for code in ["EPSG:1188", "EPSG:16004"] {
            let says = [&format!("`to_wgs84` is `{code}`"), "from the geographic base of `crs`"];
            assert_refused("\"EPSG:1267\"", &format!("\"{code}\""), &says);
        }
    }

    #[test]
    fn the_command_ends_with_exit_code_2() {
        let directory = Variant::freedonia().with(POINTS, "EPSG:1267", "EPSG:99999").directory();
        let path = directory.path().to_str().unwrap();
        for command in [&["check"][..], &["report"], &["points"], &["export", "points"]] {
            let run = treatyline().args(command).args(["--dossier", path]).output().unwrap();
            let stderr = String::from_utf8(run.stderr).unwrap();
            assert_eq!(run.status.code(), Some(2), "{command:?}: {stderr}");
            assert!(run.stdout.is_empty(), "{command:?}");
            // PROJ itself may write a line before it.
            let message = stderr.lines().last().unwrap();
            assert!(message.starts_with(&format!("treatyline: {path}/{POINTS}: ")), "{message}");
            assert!(message.contains("`to_wgs84` is `EPSG:99999`"), "{message}");
        }
    }

    /// Shipped dossiers do not ask PROJ when they are read.
    #[test]
    fn the_codes_of_the_dossiers_of_this_repository_are_known() {
        let shipped = treatyline::Dossier::shipped_names().map(|name| format!("data/{name}"));
        for directory in shipped.chain(["tests/data/freedonia".to_owned()]) {
            treatyline::Dossier::read(&repository(&directory)).unwrap();
        }
    }
}

#[cfg(not(feature = "proj"))]
#[test]
fn without_proj_codes_of_the_right_shape_are_read() {
    Variant::freedonia().with(POINTS, "EPSG:1267", "EPSG:99999").read().unwrap();
}
