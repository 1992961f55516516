//! Whatever the bytes are, reading them ends in a dossier, a line or problems.

use std::sync::LazyLock;

use crate::common::FILES;
use proptest::prelude::*;
use proptest::sample::Index;
use treatyline::Dossier;
use treatyline::check::Study;
use treatyline::dossier::Depiction;
use treatyline::io::Input;

/// The texts of the thinned dossier: it has all kinds of facts and is small enough to be read
/// hundreds of times.
static TEXTS: LazyLock<[Vec<u8>; 6]> = LazyLock::new(|| {
    let directory = crate::refusal::thinned().directory();
    FILES.map(|file| std::fs::read(directory.path().join(file)).unwrap())
});

static DOSSIER: LazyLock<Dossier> = LazyLock::new(|| crate::refusal::thinned().read().unwrap());

/// Reads the dossier with one file replaced; says what is wrong or checks everything.
fn read_dossier(at: usize, bytes: &[u8]) {
    let replaced = String::from_utf8_lossy(bytes);
    let mut texts = TEXTS.each_ref().map(|text| std::str::from_utf8(text).unwrap());
    texts[at] = &replaced;
    match Dossier::from_texts("bytes", texts) {
        Ok(dossier) => assert!(dossier.check().iter().count() > 0),
        // A cut file can be sound by itself while other files refer to what it lost.
        Err(problems) => assert!(problems.to_string().starts_with("bytes/"), "{problems}"),
    }
}

/// Reads a line; measures it or says what is wrong.
fn read_line(bytes: &[u8]) {
    match Depiction::locate(&DOSSIER, Input::bytes("bytes", bytes), None) {
        Ok(depiction) => {
            assert!(Study::builder(&DOSSIER).line(depiction).build().check().iter().count() > 0);
        }
        Err(problems) => assert!(problems.to_string().starts_with("bytes: "), "{problems}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..Default::default() })]

    #[test]
    fn arbitrary_bytes_are_read_or_refused(
        at in 0..FILES.len(),
        bytes in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        read_dossier(at, &bytes);
        read_line(&bytes);
    }

    #[test]
    fn a_file_cut_anywhere_is_read_or_refused(at in 0..FILES.len(), cut in any::<Index>()) {
        let text = &TEXTS[at];
        read_dossier(at, &text[..cut.index(text.len())]);
    }

    #[test]
    fn a_file_with_one_byte_changed_is_read_or_refused(
        at in 0..FILES.len(),
        place in any::<Index>(),
        byte in prop_oneof![any::<u8>(), prop::sample::select(b"0123456789-.,eE\"'[]{}=\n\\ ".to_vec())],
    ) {
        let mut text = TEXTS[at].clone();
        let place = place.index(text.len());
        text[place] = byte;
        read_dossier(at, &text);
        if at == 3 {
            read_line(&text);
        }
    }

    #[test]
    fn a_line_cut_anywhere_is_read_or_refused(cut in any::<Index>()) {
        let text = &TEXTS[3];
        read_line(&text[..cut.index(text.len())]);
    }

}

proptest! {
    // Fewer cases, because some of these lines go around the world.
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_positions_on_earth_are_measured_or_refused(
        positions in prop::collection::vec((position(180), position(90)), 0..7),
        scale in any::<f64>(),
    ) {
        let line = serde_json::json!({
            "type": "Feature",
            "properties": {"nominal_scale": scale},
            "geometry": {"type": "LineString", "coordinates": positions},
        });
        read_line(line.to_string().as_bytes());
    }
}

/// Degrees up to a limit: anything, and the values where formulas break.
fn position(limit: i32) -> impl Strategy<Value = f64> {
    let limit = f64::from(limit);
    prop_oneof![
        -limit..=limit,
        prop::sample::select(vec![-limit, -limit.next_down(), -0.0, 0.0, 1e-300, limit]),
        prop::sample::select(vec![80.0, 80.0 + 1e-13, 45.0]),
    ]
}
