//! SVG: the curves on logarithmic axes, in one file that needs nothing else.
//!
//! Colours are Okabe and Ito's (2008, *Color Universal Design*), told apart by all kinds
//! of eyes; marks and dashes say the same without colour.

use super::axis::{extent, ticks};
use super::elements::Svg;
use super::model::ResolutionReport;
use super::stretch::{CurveEntry, StretchEntry};
use crate::wording::{distance, number, shortened};

/// Width and height.
const SIZE: (f64, f64) = (960.0, 640.0);
/// The field the curves are drawn in: left, top, right, bottom.
const FIELD: [f64; 4] = [90.0, 70.0, 760.0, 530.0];

/// Longer labels beside the field would run out of the drawing.
const LONGEST_LABEL: usize = 28;

/// One stretch by one method.
struct Series<'a> {
    name: String,
    curve: &'a CurveEntry,
    style: &'static Style,
    dashed: bool,
}

struct Style {
    colour: &'static str,
    /// Drawn around the origin.
    mark: &'static str,
}

/// The whole line, land, rivers, lakes.
const STYLES: [Style; 4] = [
    Style { colour: "#000000", mark: "M-3,-3H3V3H-3Z" },
    Style { colour: "#D55E00", mark: "M0,-4L4,3H-4Z" },
    Style { colour: "#0072B2", mark: "M-3.5,0A3.5,3.5 0 1 1 3.5,0A3.5,3.5 0 1 1 -3.5,0Z" },
    Style { colour: "#009E73", mark: "M0,-4L4,0L0,4L-4,0Z" },
];

pub(super) fn report(report: &ResolutionReport) -> String {
    let series = series(report);
    let mut svg = Svg::new(SIZE, &format!("{}: length and resolution", report.title));
    let Some(scale) = Scale::around(&series) else {
        return svg.finish();
    };
    band(&mut svg, &scale, report);
    axes(&mut svg, &scale);
    published(&mut svg, &scale, report);
    for each in &series {
        curve(&mut svg, &scale, each);
    }
    legend(&mut svg, &series);
    svg.finish()
}

fn series(report: &ResolutionReport) -> Vec<Series<'_>> {
    let style = |stretch: &StretchEntry| match stretch.medium.map(|medium| medium.name()) {
        Some("land") => &STYLES[1],
        Some("river") => &STYLES[2],
        Some(_) => &STYLES[3],
        None => &STYLES[0],
    };
    let stretches = std::iter::once(&report.whole).chain(&report.by_medium);
    let both = stretches.flat_map(|stretch| {
        let one = |method: &str, curve, dashed| Series {
            name: format!("{}, {method}", stretch.name),
            curve,
            style: style(stretch),
            dashed,
        };
        [one("simplified", &stretch.simplified, false), one("walked", &stretch.walked, true)]
    });
    both.collect()
}

/// Where resolutions and lengths fall on the drawing.
struct Scale {
    resolutions_m: (f64, f64),
    lengths_m: (f64, f64),
}

impl Scale {
    fn around(series: &[Series<'_>]) -> Option<Self> {
        let points = || series.iter().flat_map(|each| &each.curve.points);
        let resolutions_m = extent(points().map(|point| point.resolution_m))?;
        let (shortest, longest) = extent(points().map(|point| point.length_m))?;
        let drawable = resolutions_m.0 < resolutions_m.1;
        // Some air above and below.
        drawable.then(|| Self { resolutions_m, lengths_m: (shortest / 1.05, longest * 1.05) })
    }

    fn x(&self, resolution_m: f64) -> f64 {
        along(resolution_m, self.resolutions_m, (FIELD[0], FIELD[2]))
    }

    fn y(&self, length_m: f64) -> f64 {
        along(length_m, self.lengths_m, (FIELD[3], FIELD[1]))
    }

    fn holds(&self, length_m: f64) -> bool {
        (self.lengths_m.0..=self.lengths_m.1).contains(&length_m)
    }
}

fn along(value: f64, (low, high): (f64, f64), (from, to): (f64, f64)) -> f64 {
    from + (to - from) * (value / low).ln() / (high / low).ln()
}

fn axes(svg: &mut Svg, scale: &Scale) {
    let [left, top, right, bottom] = FIELD;
    for tick in ticks(scale.resolutions_m.0, scale.resolutions_m.1) {
        let x = scale.x(tick);
        svg.line((x, top), (x, bottom), GRID);
        svg.text((x, bottom + 20.0), "middle", "", &distance(tick));
    }
    let (low_km, high_km) = (scale.lengths_m.0 / 1e3, scale.lengths_m.1 / 1e3);
    for tick in ticks(low_km, high_km) {
        let y = scale.y(tick * 1e3);
        svg.line((left, y), (right, y), GRID);
        let decimals = (0..3_u8).find(|d| (tick * 10_f64.powi((*d).into())).fract() == 0.0);
        svg.text((left - 8.0, y + 4.0), "end", "", &number(tick, decimals.unwrap_or(3).into()));
    }
    svg.line((left, top), (left, bottom), AXIS);
    svg.line((left, bottom), (right, bottom), AXIS);
    let middle = f64::midpoint(left, right);
    svg.text(
        (middle, bottom + 45.0),
        "middle",
        "",
        "resolution: tolerance, or opening of dividers",
    );
    let turn = format!(r#" transform="rotate(-90 24 {0})""#, f64::midpoint(top, bottom));
    svg.text((24.0, f64::midpoint(top, bottom)), "middle", &turn, "length, km");
}

const GRID: &str = r##"stroke="#dddddd""##;
const AXIS: &str = r##"stroke="#333333""##;

fn band(svg: &mut Svg, scale: &Scale, report: &ResolutionReport) {
    let Some(band) = &report.band else { return };
    let [_, top, _, bottom] = FIELD;
    let (from, to) = (scale.x(band.fine_m), scale.x(band.coarse_m));
    svg.add(&format!(
        r##"<rect x="{from:.1}" y="{top}" width="{:.1}" height="{}" fill="#f0e442" fill-opacity="0.3"/>"##,
        to - from,
        bottom - top,
    ));
    svg.text((f64::midpoint(from, to), top - 6.0), "middle", "", "measurement band");
}

fn published(svg: &mut Svg, scale: &Scale, report: &ResolutionReport) {
    let [left, _, right, _] = FIELD;
    for each in report.published.iter().filter(|each| scale.holds(each.length_m)) {
        let y = scale.y(each.length_m);
        svg.line((left, y), (right, y), r##"stroke="#555555" stroke-dasharray="2 4""##);
        let of = if each.of == report.whole.name { "" } else { each.of.as_str() };
        let text = format!("{} {of}", each.text);
        svg.text((right + 6.0, y + 4.0), "start", "", &shortened(text.trim_end(), LONGEST_LABEL));
    }
}

fn curve(svg: &mut Svg, scale: &Scale, series: &Series<'_>) {
    let Style { colour, mark } = series.style;
    let drawable = series.curve.points.iter().filter(|point| point.length_m > 0.0);
    let places: Vec<(f64, f64)> =
        drawable.map(|point| (scale.x(point.resolution_m), scale.y(point.length_m))).collect();
    let path: Vec<String> = places.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
    let dash = if series.dashed { r#" stroke-dasharray="6 3""# } else { "" };
    svg.add(&format!(
        r#"<polyline points="{}" fill="none" stroke="{colour}" stroke-width="1.5"{dash}/>"#,
        path.join(" "),
    ));
    let fill = if series.dashed { "#ffffff" } else { colour };
    for (x, y) in places {
        svg.add(&format!(
            r#"<path d="{mark}" transform="translate({x:.1} {y:.1})" fill="{fill}" stroke="{colour}"/>"#
        ));
    }
}

/// Below the axes: a column for each stretch, a row for each method.
fn legend(svg: &mut Svg, series: &[Series<'_>]) {
    for (i, each) in series.iter().enumerate() {
        let left = FIELD[0] + 200.0 * (i / 2) as f64;
        let y = FIELD[3] + 75.0 + 20.0 * (i % 2) as f64;
        let Style { colour, mark } = each.style;
        let dash = if each.dashed { r#" stroke-dasharray="6 3""# } else { "" };
        svg.line((left, y), (left + 36.0, y), &format!(r#"stroke="{colour}"{dash}"#));
        let fill = if each.dashed { "#ffffff" } else { colour };
        svg.add(&format!(
            r#"<path d="{mark}" transform="translate({} {y})" fill="{fill}" stroke="{colour}"/>"#,
            left + 18.0,
        ));
        svg.text((left + 44.0, y + 4.0), "start", "", &each.name);
    }
}
