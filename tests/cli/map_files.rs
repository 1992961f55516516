//! `export map` and `compare --format html`, as files.

#[cfg(feature = "png")]
use crate::common::Variant;
use crate::common::treatyline;

/// Exit code, standard output, standard error.
fn outcome_of(arguments: &[&str]) -> (Option<i32>, Vec<u8>, String) {
    let run = treatyline().args(arguments).output().unwrap();
    (run.status.code(), run.stdout, String::from_utf8(run.stderr).unwrap())
}

/// Width and height that a PNG says it has.
#[cfg(feature = "png")]
fn size(png: &[u8]) -> [u32; 2] {
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    [16, 20].map(|at| u32::from_be_bytes(png[at..at + 4].try_into().unwrap()))
}

#[cfg(feature = "png")]
#[test]
fn a_picture_is_as_wide_as_asked_and_the_same_every_time() {
    let directory = Variant::freedonia().directory();
    let dossier = directory.path().to_str().unwrap();
    let picture = |more: &[&str]| {
        let all = [&["export", "map", "--format", "png", "--dossier", dossier], more].concat();
        let (code, png, stderr) = outcome_of(&all);
        assert_eq!((code, stderr.as_str()), (Some(0), ""));
        png
    };
    let once = picture(&["--width", "280"]);
    assert_eq!(size(&once)[0], 280);
    assert!(once == picture(&["--width", "280"]));
    let other = picture(&["--width", "280", "--theme", "dark", "--language", "kk", "--scale", "2"]);
    assert_eq!(size(&other)[0], 560);
}

#[cfg(feature = "png")]
#[test]
fn a_letter_that_is_not_built_in_is_warned_of() {
    let foreign =
        Variant::freedonia().with("dossier.toml", "name = \"Freedonia\"", "name = \"ფრიდონია\"");
    let directory = foreign.directory();
    let dossier = directory.path().to_str().unwrap();
    let (code, png, stderr) =
        outcome_of(&["export", "map", "--format", "png", "--dossier", dossier, "--width", "280"]);
    assert_eq!((code, size(&png)[0]), (Some(0), 280));
    assert!(stderr.starts_with("treatyline: warning: no letters are built in for "), "{stderr}");
    assert!(stderr.contains('ფ') && !stderr.contains('F'), "{stderr}");
}

#[cfg(not(feature = "png"))]
#[test]
fn without_the_feature_a_picture_is_refused_with_a_hint() {
    let (code, _, stderr) = outcome_of(&["export", "map", "--format", "png"]);
    assert_eq!(code, Some(2));
    assert!(stderr.contains("build with the feature `png`"), "{stderr}");
}

#[test]
fn options_that_do_not_go_together_are_refused() {
    for (more, says) in [
        (&["map", "--scale", "2"][..], "--scale is for --format png"),
        (&["map", "--format", "png", "--theme", "auto"], "--theme auto is for svg"),
        (&["points", "--language", "zh"], "--language is for export map"),
        (&["map", "--language", "fr"], "has a name in `fr`; it has names in kk, ru and zh"),
        (&["map", "--language", "in Russian"], "give the tag of a language"),
        (&["map", "--font", "a.ttf"], "--font is for --format png"),
        (&["map", "--format", "png", "--font", "no.ttf"], "no.ttf: the font cannot be read"),
        (&["map", "--format", "png", "--font", "Cargo.toml"], "font 1 is no font that can be read"),
        (&["map", "--format", "png", "--scale", "9"], "9 is not in 1..=4"),
    ] {
        let (code, stdout, stderr) = outcome_of(&[&["export"], more].concat());
        assert_eq!((code, stdout.len()), (Some(2), 0), "{more:?}");
        assert!(stderr.contains(says), "{stderr}");
    }
}

#[test]
fn two_lines_become_a_page() {
    let directory = tempfile::tempdir().unwrap();
    let file = |name: &str, coordinates: &str| {
        let path = directory.path().join(name);
        let text = format!(r#"{{"type":"LineString","coordinates":{coordinates}}}"#);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let old = file("old.geojson", "[[82,46],[82,45]]");
    let new = file("new.geojson", "[[82,46],[82.1,45.5],[82,45]]");
    let page = directory.path().join("page.html");
    let output = page.to_str().unwrap();
    let (code, stdout, stderr) =
        outcome_of(&["compare", &old, &new, "--format", "html", "-o", output, "--fail-above", "1"]);
    assert_eq!((code, stdout.len()), (Some(1), 0), "the limit still holds");
    assert!(stderr.contains("of --fail-above"), "{stderr}");
    let html = std::fs::read_to_string(page).unwrap();
    assert!(html.starts_with("<!DOCTYPE html>") && html.ends_with("</html>\n"));
}
