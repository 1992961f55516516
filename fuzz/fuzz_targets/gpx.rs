#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| treatyline_fuzz::run("gpx", bytes));
