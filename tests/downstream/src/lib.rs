//! A map maker's own tests of a boundary, written against treatyline.

#[cfg(test)]
mod tests {
    use std::error::Error;

    use approx::{assert_abs_diff_eq, assert_relative_eq};
    use treatyline::Dossier;
    use treatyline::check::{Severity, Study, Verdict};
    use treatyline::compare::{Comparison, Settings};
    use treatyline::dossier::{Depiction, Resolution};
    use treatyline::drawn::DrawnLine;
    use treatyline::io::Input;
    use treatyline::quantity::{Metres, SquareMetres};

    /// A length, a check and a comparison.
    #[test]
    fn three_things_in_twenty_lines() -> Result<(), Box<dyn Error>> {
        let read = |name, coordinates| {
            let text = format!(r#"{{"type": "LineString", "coordinates": {coordinates}}}"#);
            DrawnLine::read(Input::bytes(name, text.as_bytes()))
        };
        let old = read("old", "[[82, 46], [82, 45.5], [82.5, 45.5]]")?;
        let new = read("new", "[[82, 46], [82.001, 45.5], [82.5, 45.5]]")?;
        assert_eq!(old.line.length().km().round(), 95.0);

        let findings = Dossier::embedded().check();
        findings.assert_consistent("length/total");

        let found = Comparison::new(&old, &new, &Settings::default())?;
        // A thousandth of a degree of longitude at 45.5° N.
        assert_abs_diff_eq!(found.hausdorff.symmetric(), Metres::new(78.1), epsilon = 0.1);
        // Half of that times 55.6 km.
        assert!((found.land.transferred().km2() - 2.2).abs() < 0.1);
        Ok(())
    }

    #[test]
    fn the_boundary_agrees_with_its_treaties() {
        let findings = Dossier::embedded().check();
        findings.assert_consistent("length/total");
        findings.assert_consistent("closure/land-and-water");
        findings.assert_consistent("side/lake-zaysan");
        findings.assert_undecided("length/water");
        assert!(!findings.fail(false));
    }

    #[test]
    fn shipped_dossiers_go_by_their_names() {
        for name in Dossier::shipped_names() {
            let findings = Dossier::shipped(name).unwrap().check();
            findings.assert_consistent("topology/joins");
        }
        let at_sea = Dossier::shipped("norway-russia-sea").unwrap().check();
        at_sea.assert_consistent("length/barents");
    }

    #[test]
    #[should_panic(expected = "The published 1,533 km contradicts the band, not the line")]
    fn a_failing_assertion_says_why() {
        Dossier::embedded().check().assert_consistent("length/cia-old");
    }

    #[test]
    fn quantities_compare_with_approx() {
        let dossier = Dossier::embedded();
        let study = Study::new(dossier);
        let full = study.measurement().total(Resolution::Full);
        let of = |is_water| {
            let measured = study.measurement();
            measured.length_of(dossier, Resolution::Full, |s| s.facts.medium.is_water() == is_water)
        };
        let land_and_water = of(false) + of(true);
        assert_abs_diff_eq!(full, land_and_water, epsilon = 1e-6);
        assert_relative_eq!(SquareMetres::from_km2(1.0), SquareMetres::new(1e6));
        assert!(full > Metres::from_km(1_700.0));
    }

    #[test]
    fn my_own_line_is_measured_by_the_same_dossier() {
        let mine = r#"{"type": "LineString",
            "coordinates": [[87.286, 49.116], [83.0, 47.1], [80.17, 42.21]]}"#;
        let dossier = Dossier::embedded();
        let source = Input::bytes("mine.geojson", mine.as_bytes());
        let depiction = Depiction::locate(dossier, &source, None).unwrap();
        let findings = Study::builder(dossier).line(depiction).build().check();
        // Three vertices are too coarse for a verdict on a length.
        findings.assert_undecided("length/total");
        assert!(
            findings.get("length/total").unwrap().explanation.contains("too coarse for a verdict")
        );
    }

    #[test]
    fn without_proj_datum_checks_are_skipped_and_say_so() {
        let findings = Dossier::embedded().check();
        let tripoint = findings.get("tripoint/north/line-end").unwrap();
        assert_eq!(tripoint.verdict, Verdict::Skipped);
        assert_eq!(tripoint.severity, Severity::Error);
        assert!(tripoint.explanation.contains("built without PROJ"));
    }

    #[test]
    fn a_broken_dossier_names_file_place_and_hint() {
        let error = Dossier::from_texts("mine", ["x = ", "", "", "", "", ""]).unwrap_err();
        assert!(error.to_string().starts_with("mine/instruments.toml: "));
    }
}
