//! `treatyline course` with a relief in another system than WGS 84.

#![cfg(all(feature = "geotiff", feature = "proj"))]

use serde_json::Value;

use crate::common::{repository, treatyline};

/// Along a row of pixels that is 30 m from the next, on Pulkovo 1942; the surface slopes all along it.
#[test]
fn a_relief_in_another_system_is_named_with_its_operation() {
    let line = r#"{"type":"LineString","coordinates":[[79.983,45.2165],[79.993,45.2165]]}"#;
    let relief = "tests/data/relief/in_epsg_28414.tif";
    let mut command = treatyline();
    command.current_dir(repository("")).args(["course", "-", "--relief", relief]);
    command.args(["--offset", "60", "--format", "json"]);
    let run = command.write_stdin(line).output().unwrap();
    let said = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(0), "{said}");
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        said.contains("in_epsg_28414.tif: coordinates in Pulkovo 1942 / Gauss-Kruger"),
        "{said}"
    );
    assert!(said.contains("EPSG:15865 Pulkovo 1942 to WGS 84 (16), ± 4.5 m"), "{said}");
    let found: Value = serde_json::from_slice(&run.stdout).unwrap();
    let [operation] = &found["operations"].as_array().unwrap()[..] else { panic!("{found}") };
    assert_eq!(operation["operation"]["code"], "EPSG:15865");
    assert_eq!(operation["file"], relief);
    let slope_m = found["relief"]["slope_m"].as_f64().unwrap();
    assert!(slope_m > 700.0, "{}", found["relief"]);
}
