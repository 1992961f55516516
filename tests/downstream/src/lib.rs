//! A map maker's own tests of a boundary, written against treatyline.

#[cfg(test)]
mod tests {
    use approx::{assert_abs_diff_eq, assert_relative_eq};
    use treatyline::Dossier;
    use treatyline::check::{Severity, Subject, Verdict};
    use treatyline::dossier::{Depiction, Resolution, Sources};
    use treatyline::io::Source;
    use treatyline::quantity::{Metres, SquareMetres};

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
    #[should_panic(expected = "The published 1,533 km contradicts the band, not the line")]
    fn a_failing_assertion_says_why() {
        Dossier::embedded().check().assert_consistent("length/cia-old");
    }

    #[test]
    fn quantities_compare_with_approx() {
        let subject = Subject::new(Dossier::embedded());
        let (full, land_and_water) = (
            subject.measurement().total(Resolution::Full),
            subject
                .measurement
                .length_of(subject.dossier, Resolution::Full, |s| s.facts.medium.is_water())
                + subject
                    .measurement
                    .length_of(subject.dossier, Resolution::Full, |s| !s.facts.medium.is_water()),
        );
        assert_abs_diff_eq!(full, land_and_water, epsilon = 1e-6);
        assert_relative_eq!(SquareMetres::from_km2(1.0), SquareMetres::new(1e6));
        assert!(full > Metres::from_km(1_700.0));
    }

    #[test]
    fn my_own_line_is_measured_by_the_same_dossier() {
        let mine = r#"{"type": "LineString",
            "coordinates": [[87.286, 49.116], [83.0, 47.1], [80.17, 42.21]]}"#;
        let dossier = Dossier::embedded();
        let source = Source::new("mine.geojson", mine).unwrap();
        let depiction = Depiction::locate(dossier, &source, None).unwrap();
        let findings = Subject::builder(dossier).line(depiction).build().check();
        // Three vertices are too coarse for a verdict on a length.
        findings.assert_undecided("length/total");
        assert!(findings.get("length/total").unwrap().explanation.contains("too coarse for a verdict"));
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
        let error = Sources::new("mine", ["x = ", "", "", "", "", ""]).unwrap_err();
        assert!(error.to_string().starts_with("mine/instruments.toml: "));
    }
}
