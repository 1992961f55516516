//! What a line follows: mapped rivers near it, the relief on and beside it, and its own long
//! straight edges.
//!
//! A treaty says that a boundary follows a river or a watershed; a line drawn by somebody else
//! does not say what it was drawn along. This module puts independent evidence in the place of
//! impressions: at *stations* every hundred metres it looks for the nearest mapped river that
//! runs the same way, and for the heights on the line and to both sides of it. Since some river
//! is near almost everywhere, each nearness comes with what *chance* would give: the same
//! measured for copies of the line that were moved aside. `docs/course.md` has the method.

mod follows;
mod near;
mod onto;
mod relief;
mod rivers;
mod runs;
mod settings;
mod stations;

pub use follows::{Kind, Stretch};
pub(crate) use near::Tally;
pub use near::{Nearness, Plateau, Within};
pub use onto::Carried;
pub use relief::{CrossSection, Form, Relief, Sides};
pub use rivers::{Left, Rivers};
pub use runs::Run;
pub(crate) use settings::{LEAST_M, MOST_M};
pub use settings::{Settings, Shift};

use crate::line::Line;
use crate::quantity::Metres;

/// What a line follows.
///
/// ```
/// use geo::Coord;
/// use treatyline::course::{Course, Rivers, Settings};
/// use treatyline::io::Source;
/// use treatyline::line::Line;
///
/// let text = r#"{"type": "Feature", "properties": {"name": "Khorgos"}, "geometry":
///     {"type": "LineString", "coordinates": [[80.4, 44.5], [80.4, 44.0]]}}"#;
/// let rivers = Rivers::read([Source::new("rivers", text)?])?;
/// let line = Line::new((0..=100).map(|i| Coord { x: 80.401, y: 44.45 - 0.004 * f64::from(i) }).collect())?;
/// let course = Course::of(&line, Some(&rivers), &Settings::default());
/// let runs = course.runs();
/// assert_eq!(runs[0].name.as_deref(), Some("Khorgos"));
/// assert_eq!(runs[0].length().km().round(), 44.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Course {
    length: Metres,
    nearness: Option<Nearness>,
    runs: Vec<Run>,
    straight: Vec<Stretch>,
}

impl Course {
    /// Looks at a line, station by station.
    ///
    /// # Units
    /// Chainages and lengths in metres on WGS 84; edges are geodesics.
    ///
    /// # Assumptions
    /// Distances up to some ten kilometres: they are taken in the plane that touches the
    /// ellipsoid at the station, 0.01 mm off at 10 km.
    #[must_use]
    pub fn of(line: &Line, rivers: Option<&Rivers>, settings: &Settings) -> Self {
        let route = stations::Route::of_line(line);
        let stations = route.stations(settings.step);
        let straight = follows::straight(line, settings.straight);
        let near = rivers.map(|rivers| near::nearest(rivers, &stations, settings));
        let runs = rivers.zip(near.as_deref()).map_or_else(Vec::new, |(rivers, near)| {
            runs::runs(rivers, &stations, near, &straight, settings)
        });
        let nearness = rivers
            .zip(near.as_deref())
            .map(|(rivers, near)| Nearness::new(rivers, &stations, near, settings));
        Self { length: line.length(), nearness, runs, straight }
    }

    /// The length of the line.
    #[must_use]
    pub const fn length(&self) -> Metres {
        self.length
    }

    /// How much of the line is near a river; `None` if no rivers were asked about.
    #[must_use]
    pub const fn nearness(&self) -> Option<&Nearness> {
        self.nearness.as_ref()
    }

    /// The stretches that follow a river, start to end.
    #[must_use]
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// The long straight edges, start to end.
    #[must_use]
    pub fn straight(&self) -> &[Stretch] {
        &self.straight
    }
}
