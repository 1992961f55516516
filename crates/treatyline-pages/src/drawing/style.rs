//! Colours and type of drawings: on light paper those of exports ([`Ink`]), and dashes and widths
//! that say the same without colour.

use treatyline::internal::report::{INSTRUMENT_COLOURS, Ink};

/// The colours of paper and ink.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Dark on light.
    #[default]
    Light,
    /// Light on dark.
    Dark,
    /// As the reader's screen is set; light in print. Not every program that opens SVG supports
    /// this.
    Auto,
}

/// The colours of a theme.
struct Palette {
    paper: &'static str,
    panel: &'static str,
    ink: &'static str,
    faint: &'static str,
    grid: &'static str,
    /// Ribbons along the line: the party on the left, the one on the right.
    sides: [&'static str; 2],
    land: &'static str,
    river: &'static str,
    lake: &'static str,
    sea: &'static str,
    sector: &'static str,
    sector_ink: &'static str,
    water_ink: &'static str,
    band: &'static str,
    /// Instruments, in their order.
    instruments: [&'static str; 6],
}

const LIGHT: Palette = Palette {
    paper: "#ffffff",
    panel: "#fcfaf3",
    ink: Ink::Plain.colour(),
    faint: Ink::Faint.colour(),
    grid: "#dcd6c6",
    sides: [Ink::Left.colour(), Ink::Right.colour()],
    land: Ink::Land.colour(),
    river: Ink::River.colour(),
    lake: Ink::Lake.colour(),
    sea: Ink::Sea.colour(),
    sector: Ink::Sector.colour(),
    sector_ink: "#8a2f63",
    water_ink: Ink::Water.colour(),
    band: "#e69f00",
    instruments: INSTRUMENT_COLOURS,
};

const DARK: Palette = Palette {
    paper: "#14171a",
    panel: "#1c2126",
    ink: "#ece8de",
    faint: "#b3aea2",
    grid: "#363d44",
    sides: ["#6b4a2c", "#2b574a"],
    land: "#ff9a4d",
    river: "#56b4e9",
    lake: "#2fd6a4",
    sea: "#7cb8e0",
    sector: "#cc79a7",
    sector_ink: "#f0a9cf",
    water_ink: "#8fd0f5",
    band: "#e6b422",
    instruments: ["#56b4e9", "#ff9a4d", "#2fd6a4", "#e08fbd", "#e6b422", "#a9c7ff"],
};

/// Dashes of instruments, in their order.
const DASHES: [&str; 6] = ["none", "7 2", "2 2", "9 2 2 2", "4 3", "1 2"];

/// How many instruments look different; further ones repeat the looks.
pub(crate) const LOOKS: usize = DASHES.len();

/// Rules that do not depend on the theme.
const SHAPES: &str = "\
.drawing path{fill:none;stroke-linejoin:round;stroke-linecap:round}
.drawing text{font-family:\"Helvetica Neue\",Arial,\"Liberation Sans\",sans-serif;font-size:10px}
.drawing .label,.drawing .party{paint-order:stroke;stroke-width:2.5px;stroke-linejoin:round}
.drawing .heading{font-family:Georgia,\"Iowan Old Style\",\"Liberation Serif\",serif;font-size:19px}
.drawing .party{font-size:17px;letter-spacing:5px}
.drawing .small{font-size:9px}
.drawing .note{font-size:10px}
.drawing .inset-title{font-size:10.5px;font-weight:bold}
.drawing .end{font-weight:bold}
.drawing .area{font-size:10.5px}
.drawing .hydro{font-family:Georgia,\"Liberation Serif\",serif;font-style:italic;font-size:11px}
.drawing .grid{stroke-width:.7px}
.drawing .frame{stroke-width:1.2px}
.drawing .window{stroke-width:.8px;stroke-dasharray:3 2}
.drawing .leader{stroke-width:.7px}
.drawing .line{stroke-width:1.8px}
.drawing .casing{stroke-width:4px}
.drawing .land{stroke-width:1.7px;stroke-dasharray:7 2 1.5 2;stroke-linecap:butt}
.drawing .river{stroke-width:2.3px}
.drawing .lake{stroke-width:3px;stroke-dasharray:3 2;stroke-linecap:butt}
.drawing .sea{stroke-width:2px}
.drawing .mixed{stroke-width:1.8px;stroke-dasharray:.5 3}
.drawing .not-shown{stroke-width:2px;stroke-dasharray:2 2.5;stroke-linecap:butt}
.drawing .sector{stroke-width:22px;stroke-opacity:.55;stroke-linecap:butt}
.drawing .sector-area{fill-opacity:.3;stroke-width:1px}
.drawing .sector-patch{fill-opacity:.55}
.drawing .accuracy{stroke-opacity:.22}
.drawing .bar{stroke-width:1px}
.drawing .symbol{stroke-width:1px}
.drawing .strong{font-weight:bold}
.drawing .curve{stroke-width:1.6px}
.drawing .curve.walked{stroke-dasharray:6 3}
.drawing .dots{stroke-width:1.1px}
.drawing .published{stroke-width:1px;stroke-dasharray:2 4}
.drawing .band{fill-opacity:.22}
.drawing .between{fill-opacity:.3}
.drawing .old{stroke-width:1.3px;stroke-dasharray:4 2}
.drawing .new{stroke-width:1.5px}
.drawing .gain-left{stroke-width:.6px}
.drawing .gain-right{stroke-width:.6px;fill-opacity:.5}
";

/// The rules of a theme.
pub(crate) fn css(theme: Theme) -> String {
    match theme {
        Theme::Light => format!("{SHAPES}{}", rules(&LIGHT)),
        Theme::Dark => format!("{SHAPES}{}", rules(&DARK)),
        Theme::Auto => {
            let (light, dark) = (rules(&LIGHT), rules(&DARK));
            // Paper is white, also if the screen is dark.
            let when = "@media screen and (prefers-color-scheme:dark)";
            format!("{SHAPES}{light}{when}{{\n{dark}}}\n")
        }
    }
}

fn rules(palette: &Palette) -> String {
    let Palette { paper, panel, ink, faint, grid, sides, land, river, lake, sea, .. } = palette;
    let Palette { sector, sector_ink, water_ink, instruments, band, .. } = palette;
    let [left, right] = sides;
    let mut css = format!(
        ".drawing .paper{{fill:{paper}}}
.drawing .panel{{fill:{panel}}}
.drawing text{{fill:{ink}}}
.drawing .label,.drawing .party{{stroke:{panel}}}
.drawing .party,.drawing .small,.drawing .note{{fill:{faint}}}
.drawing .grid{{stroke:{grid}}}
.drawing .frame,.drawing .window,.drawing .leader{{stroke:{faint}}}
.drawing .left{{fill:{left}}}
.drawing .right{{fill:{right}}}
.drawing .casing{{stroke:{panel}}}
.drawing .land{{stroke:{land}}}
.drawing .river{{stroke:{river}}}
.drawing .lake{{stroke:{lake}}}
.drawing .sea{{stroke:{sea}}}
.drawing .mixed,.drawing .not-shown,.drawing .accuracy{{stroke:{faint}}}
.drawing .sector{{stroke:{sector}}}
.drawing .sector-area{{fill:{sector};stroke:{sector}}}
.drawing .sector-patch{{fill:{sector}}}
.drawing .area{{fill:{sector_ink}}}
.drawing .hydro{{fill:{water_ink}}}
.drawing .bar{{stroke:{ink};fill:{panel}}}
.drawing .bar.full{{fill:{ink}}}
.drawing .symbol{{stroke:{panel};fill:{ink}}}
.drawing .symbol.tripoint,.drawing .symbol.numbered,.drawing .symbol.crossing{{stroke:{ink};fill:{panel}}}
.drawing .symbol.water{{fill:{water_ink}}}
.drawing .symbol.landmark{{stroke:{ink}}}
.drawing .circle{{stroke:{ink}}}
.drawing .part-land{{fill:{land}}}
.drawing .part-river{{fill:{river}}}
.drawing .part-lake{{fill:{lake}}}
.drawing .part-sea{{fill:{sea}}}
.drawing .part-mixed{{fill:{grid}}}
.drawing .curve-whole{{stroke:{ink}}}
.drawing .curve-land{{stroke:{land}}}
.drawing .curve-river{{stroke:{river}}}
.drawing .dots.curve-whole{{fill:{ink}}}
.drawing .dots.curve-land{{fill:{land}}}
.drawing .dots.curve-river{{fill:{river}}}
.drawing .dots.walked{{fill:{paper}}}
.drawing .published{{stroke:{faint}}}
.drawing .band{{fill:{band}}}
.drawing .between{{fill:{faint}}}
.drawing .row{{fill:{panel}}}
.drawing .noise{{fill:{grid}}}
.drawing .gain-left{{fill:{land};stroke:{land}}}
.drawing .gain-right{{fill:{lake};stroke:{lake}}}
.drawing .follow-river{{fill:{river}}}
.drawing .follow-ridge{{fill:{land}}}
.drawing .follow-valley{{fill:{lake}}}
.drawing .follow-straight{{fill:{ink}}}
.drawing .follow-rest{{fill:{faint}}}
.drawing .run{{fill-opacity:0}}
.drawing .old{{stroke:{faint}}}
.drawing .new{{stroke:{ink}}}
"
    );
    for (i, (colour, dashes)) in instruments.iter().zip(DASHES).enumerate() {
        css.push_str(&format!(
            ".drawing .i{i}{{stroke:{colour};stroke-dasharray:{dashes};stroke-linecap:butt}}\n"
        ));
    }
    css
}
