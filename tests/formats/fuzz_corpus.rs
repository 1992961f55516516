//! The fuzz targets on any compiler: the corpus as it is, cut, and changed at random from a
//! fixed seed for a fixed number of rounds (`FUZZ_ROUNDS`, per target), in bounded memory.

// Fuzzing looks for panics.
#![cfg(feature = "formats")]

#[path = "../../fuzz/src/targets.rs"]
mod targets;

use std::fs;
use std::path::Path;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::common::repository;
use crate::law;
use targets::TARGETS;

/// The rounds take some seconds together; CI runs more.
const ROUNDS: u64 = 150;

fn rounds() -> u64 {
    std::env::var("FUZZ_ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(ROUNDS)
}

/// What a target starts from: its own corpus and the files of its format.
fn corpus(target: &str) -> Vec<Vec<u8>> {
    let endings: &[&str] = match target {
        "flatgeobuf" => &["fgb"],
        "geopackage" => &["gpkg"],
        "geoparquet" => &["parquet"],
        "kml" => &["kml", "kmz"],
        "raster" => &["tif"],
        other => &[other],
    };
    let mut seeds = Vec::new();
    let own = repository("fuzz/corpus").join(target);
    let shared =
        repository(if target == "raster" { "tests/data/relief" } else { "tests/data/formats" });
    for (directory, all) in [(own, true), (shared, false)] {
        let Ok(entries) = fs::read_dir(directory) else { continue };
        let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        let wanted = |path: &Path| {
            let ending = path.extension().and_then(|ending| ending.to_str());
            all || ending.is_some_and(|ending| endings.contains(&ending))
        };
        seeds.extend(paths.iter().filter(|path| wanted(path)).map(|path| fs::read(path).unwrap()));
    }
    match target {
        "shapefile" => {
            for name in ["lines", "areas"] {
                let path = repository("tests/data/formats").join(name);
                let mut bytes = fs::read(path.with_extension("shp")).unwrap();
                bytes.extend(fs::read(path.with_extension("dbf")).unwrap());
                seeds.push(bytes);
            }
        }
        "dossier" => {
            let directory = repository("tests/data/freedonia");
            let texts =
                crate::common::FILES.map(|file| fs::read_to_string(directory.join(file)).unwrap());
            seeds.push(texts.join("=====\n").into_bytes());
        }
        _ => {}
    }
    assert!(!seeds.is_empty(), "{target} has no corpus");
    seeds
}

/// xorshift64* (Vigna 2016, *ACM Trans. Math. Softw.* 42:30).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// Below a limit, which is not zero.
    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }
}

/// One to four changes of the kinds that break readers.
fn changed(seed: &[u8], other: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=random.below(4) {
        if bytes.is_empty() {
            break;
        }
        let at = random.below(bytes.len());
        let length = random.below((bytes.len() - at).min(64)) + 1;
        match random.below(8) {
            0 => bytes[at] ^= 1 << random.below(8),
            1 => bytes[at] = random.next() as u8,
            2 => {
                bytes[at] =
                    *b"0123456789-.,eE\"'[]{}()<>&/=;\n\\ ".get(random.below(33)).unwrap_or(&0)
            }
            3 => {
                // A count or an offset that cannot be.
                let absurd = [0, 1, u32::MAX, i32::MAX as u32, 1 << 31, 1 << 24][random.below(6)];
                let four =
                    if random.below(2) == 0 { absurd.to_le_bytes() } else { absurd.to_be_bytes() };
                for (byte, new) in bytes[at..].iter_mut().zip(four) {
                    *byte = new;
                }
            }
            4 => bytes.truncate(at),
            5 => drop(bytes.drain(at..at + length)),
            6 => {
                let again = bytes[at..at + length].to_vec();
                bytes.splice(at..at, again);
            }
            _ => {
                let from = random.below(other.len().max(1)).min(other.len());
                let until = (from + length).min(other.len());
                bytes.splice(at..at, other[from..until].iter().copied());
            }
        }
    }
    bytes
}

/// The most memory this process has held, where the system reports it.
fn peak_mib() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? / 1024)
}

#[test]
fn every_reader_answers_whatever_the_bytes_are() {
    TARGETS.into_par_iter().for_each(|(name, target)| {
        let seeds = corpus(name);
        for seed in &seeds {
            target(seed);
            // Every beginning of a small one, some of a large one.
            let step = seed.len() / rounds().min(400) as usize + 1;
            for cut in (0..seed.len()).step_by(step) {
                target(&seed[..cut]);
            }
        }
        let mut random = Random(0x7265_6164_6572_7321);
        for _ in 0..rounds() {
            let (seed, other) = (random.below(seeds.len()), random.below(seeds.len()));
            target(&changed(&seeds[seed], &seeds[other], &mut random));
        }
    });
    if let Some(peak) = peak_mib() {
        assert!(peak < 500, "{peak} MiB held for inputs of a few kilobytes");
    }
}
