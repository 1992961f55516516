//! How long it takes from a file of 199 MB to the total length of its lines, and in how
//! much memory.
//!
//! ```text
//! cargo bench --bench stream
//! ```
//!
//! The file is made first, always the same, in `target/stream`. Each way is a process of
//! its own, so that its memory and processor time can be measured (on Linux); the table holds
//! medians of `RUNS` runs (the environment; five), the ways in turn. `scripts/measure_others.py
//! --stream` adds GDAL and geopandas.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use geo::algorithm::line_measures::{Geodesic as GeoGeodesic, Length};
use geojson::GeoJson;
use serde_json::{Value, json};
use treatyline::geodesy::{Ellipsoid, Geodesic};
use treatyline::io::Input;
use treatyline::measure::{Sums, measure_each};

type Failure = Box<dyn std::error::Error>;

const BYTES: u64 = 199_000_000;

/// From a file to metres.
type Way = fn(&Path) -> Result<f64, Failure>;

const WAYS: [(&str, Way); 5] = [
    ("treatyline", |path| ours(path, None)),
    ("treatyline, one thread", |path| ours(path, Some(1))),
    ("treatyline, from gzip", |path| decompressed(path, "gz")),
    ("treatyline, from Zstandard", |path| decompressed(path, "zst")),
    ("geojson + geo", theirs),
];

fn ours(path: &Path, threads: Option<usize>) -> Result<f64, Failure> {
    let input = Input::path(path);
    length(match threads {
        Some(threads) => input.on_threads(threads),
        None => input,
    })
}

fn decompressed(path: &Path, ending: &str) -> Result<f64, Failure> {
    length(Input::path(&path.with_extension(ending)))
}

fn length(input: Input) -> Result<f64, Failure> {
    let mut sums = Sums::default();
    let geodesic = Geodesic::new(Ellipsoid::WGS84);
    measure_each(&geodesic, input, None, |feature| sums.add(&feature))?;
    Ok(sums.total().length.value())
}

fn theirs(path: &Path) -> Result<f64, Failure> {
    let collection: GeoJson = fs::read_to_string(path)?.parse()?;
    let GeoJson::FeatureCollection(collection) = collection else {
        return Err("no collection".into());
    };
    let mut total_m = 0.0;
    for feature in collection.features {
        let geometry: geo::Geometry = feature.geometry.ok_or("no geometry")?.try_into()?;
        if let geo::Geometry::LineString(line) = geometry {
            total_m += GeoGeodesic.length(&line);
        }
    }
    Ok(total_m)
}

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, flag, way, path] = &arguments[..]
        && flag == "--way"
    {
        return alone(way, Path::new(path));
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/stream");
    fs::create_dir_all(&folder)?;
    let count = std::env::var("RUNS").ok().and_then(|text| text.parse().ok()).unwrap_or(5);
    let mut report = serde_json::Map::new();
    for decimals in [7, 15] {
        let path = folder.join(format!("lines_{decimals}.geojson"));
        if !path.exists() {
            make(&path, decimals)?;
        }
        compress(&path)?;
        report.insert(decimals.to_string(), compared(&path, decimals, count)?);
    }
    fs::write(folder.join("measured.json"), serde_json::to_string_pretty(&report)?)?;
    Ok(())
}

/// One way in this process: prints metres, seconds on the clock and of the processors, and
/// the peak of memory in bytes.
fn alone(way: &str, path: &Path) -> Result<(), Failure> {
    let (_, run) = WAYS.iter().find(|(name, _)| *name == way).ok_or("no such way")?;
    let start = Instant::now();
    let length_m = run(path)?;
    let seconds = start.elapsed().as_secs_f64();
    let measured = json!({"length_m": length_m, "seconds": seconds, "processor_s": processor_s(),
        "peak_bytes": peak()});
    println!("{measured}");
    Ok(())
}

/// What this process has taken of all processors, where the system reports it: on a busy
/// machine that says more than the clock.
fn processor_s() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name in brackets may hold blanks; `utime` and `stime` are the 12th and 13th behind.
    let (_, behind) = stat.rsplit_once(')')?;
    let mut fields = behind.split_whitespace().skip(11);
    let ticks = fields.next()?.parse::<f64>().ok()? + fields.next()?.parse::<f64>().ok()?;
    // Linux reports times in ticks of a hundredth of a second.
    Some(ticks / 100.0)
}

/// The most memory this process has had, where the system reports it.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024)
}

fn compared(path: &Path, decimals: usize, count: usize) -> Result<Value, Failure> {
    let size = fs::metadata(path)?.len() as f64;
    let program = std::env::current_exe()?;
    let mut runs: Vec<Vec<Value>> = vec![Vec::new(); WAYS.len()];
    for _ in 0..count {
        for ((name, _), runs) in WAYS.iter().zip(&mut runs) {
            let run = Command::new(&program).args(["--way", name]).arg(path).output()?;
            if !run.status.success() {
                return Err(String::from_utf8_lossy(&run.stderr).into());
            }
            runs.push(serde_json::from_slice(&run.stdout)?);
        }
    }
    println!("\n{:.0} MB, {decimals} decimals, medians of {count} runs", size / 1e6);
    println!("| | s | × | processor, s | × | peak, MB | length, m |");
    println!("|---|--:|--:|--:|--:|--:|--:|");
    let median = |runs: &[Value], key: &str| {
        let mut values: Vec<f64> = runs.iter().filter_map(|run| run[key].as_f64()).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
    };
    let base = |key| runs.last().map_or(f64::NAN, |runs| median(runs, key));
    let (base_s, base_processor_s) = (base("seconds"), base("processor_s"));
    let mut results = serde_json::Map::new();
    for ((name, _), runs) in WAYS.iter().zip(&runs) {
        let [seconds, processor_s, peak, length_m] =
            ["seconds", "processor_s", "peak_bytes", "length_m"].map(|key| median(runs, key));
        println!(
            "| {name} | {seconds:.3} | {:.1} | {processor_s:.2} | {:.1} | {:.0} | {length_m:.6} |",
            base_s / seconds,
            base_processor_s / processor_s,
            peak / 1e6,
        );
        let entry = json!({"seconds": seconds, "processor_s": processor_s, "peak_bytes": peak,
            "length_m": length_m});
        results.insert((*name).to_owned(), entry);
    }
    results.insert("path".to_owned(), path.display().to_string().into());
    results.insert("bytes".to_owned(), size.into());
    Ok(results.into())
}

/// The same file compressed, next to it.
fn compress(path: &Path) -> Result<(), Failure> {
    let (gzip, zstandard) = (path.with_extension("gz"), path.with_extension("zst"));
    if !gzip.exists() {
        let to = BufWriter::new(File::create(&gzip)?);
        let mut encoder = flate2::write::GzEncoder::new(to, flate2::Compression::default());
        io::copy(&mut File::open(path)?, &mut encoder)?;
        encoder.finish()?.flush()?;
    }
    if !zstandard.exists() {
        let (from, to) = (File::open(path)?, BufWriter::new(File::create(&zstandard)?));
        ruzstd::encoding::compress(from, to, ruzstd::encoding::CompressionLevel::Fastest);
    }
    Ok(())
}

/// Winding lines of 20 to 400 vertices some 50 m apart, all over the world, with a few
/// properties each.
fn make(path: &PathBuf, decimals: usize) -> io::Result<()> {
    let mut to = BufWriter::new(File::create(path)?);
    let mut random = Random(20_231_126);
    let mut written = 0;
    let mut put = |text: &str, to: &mut BufWriter<File>| {
        written += text.len() as u64;
        to.write_all(text.as_bytes()).map(|()| written)
    };
    put("{\"type\": \"FeatureCollection\",\n\"features\": [\n", &mut to)?;
    for number in 0_u64.. {
        let mut feature = String::new();
        if number > 0 {
            feature.push_str(",\n");
        }
        feature.push_str(&format!(
            "{{\"type\": \"Feature\", \"id\": {number}, \"properties\": {{\"name\": \"line \
             {number}\", \"class\": \"{}\", \"lanes\": {}, \"note\": null}}, \"geometry\": \
             {{\"type\": \"LineString\", \"coordinates\": [",
            ["road", "river", "border"][(number % 3) as usize],
            number % 7,
        ));
        let (mut lon, mut lat) = (random.within(-179.0, 179.0), random.within(-80.0, 80.0));
        let mut heading = random.within(0.0, std::f64::consts::TAU);
        for i in 0..20 + (random.within(0.0, 380.0) as usize) {
            let before = if i == 0 { "" } else { ", " };
            feature.push_str(&format!("{before}[{lon:.decimals$}, {lat:.decimals$}]"));
            heading += random.within(-0.5, 0.5);
            lon = (lon + 5e-4 * f64::cos(heading)).clamp(-180.0, 180.0);
            lat = (lat + 5e-4 * f64::sin(heading)).clamp(-90.0, 90.0);
        }
        feature.push_str("]}}");
        if put(&feature, &mut to)? > BYTES {
            break;
        }
    }
    put("\n]}\n", &mut to)?;
    to.flush()
}

/// Knuth's linear congruential generator (MMIX).
struct Random(u64);

impl Random {
    fn within(&mut self, low: f64, high: f64) -> f64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        low + (self.0 >> 11) as f64 / (1_u64 << 53) as f64 * (high - low)
    }
}
