//! How each kind of point is drawn and called.

use treatyline::internal::dossier::PointKind;

use crate::drawing::{Mark, Point, pixels};

/// The classes of points that look alike, in the order of importance and of the legend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Symbol {
    Tripoint,
    Lake,
    Settlement,
    BoundaryPoint,
    Crossing,
    Summit,
    Water,
    Landmark,
}

impl Symbol {
    pub(super) const ALL: [Self; 8] = [
        Self::Tripoint,
        Self::Lake,
        Self::Settlement,
        Self::BoundaryPoint,
        Self::Crossing,
        Self::Summit,
        Self::Water,
        Self::Landmark,
    ];

    pub(super) const fn for_kind(kind: PointKind) -> Self {
        match kind {
            PointKind::Tripoint => Self::Tripoint,
            PointKind::BoundaryPoint => Self::BoundaryPoint,
            PointKind::Lake => Self::Lake,
            PointKind::Settlement => Self::Settlement,
            PointKind::Crossing => Self::Crossing,
            PointKind::Height | PointKind::Pass => Self::Summit,
            PointKind::Confluence | PointKind::Mouth | PointKind::Source | PointKind::River => {
                Self::Water
            }
            PointKind::Landmark => Self::Landmark,
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Tripoint => "symbol tripoint",
            Self::Lake | Self::Water => "symbol water",
            Self::Settlement => "symbol town",
            Self::BoundaryPoint => "symbol numbered",
            Self::Crossing => "symbol crossing",
            Self::Summit => "symbol summit",
            Self::Landmark => "symbol landmark",
        }
    }

    /// Half its size, pixels.
    pub(super) const fn half(self) -> f64 {
        match self {
            Self::Tripoint => 6.0,
            Self::Lake => 5.0,
            Self::Summit | Self::Crossing | Self::BoundaryPoint => 3.5,
            Self::Settlement | Self::Water | Self::Landmark => 2.6,
        }
    }

    /// The symbol at a point.
    pub(super) fn mark(self, [x, y]: Point) -> Mark {
        let half = self.half();
        let at = |dx: f64, dy: f64| format!("{} {}", pixels(x + dx), pixels(y + dy));
        let round = |rx: f64, ry: f64| {
            let begin = at(-rx, 0.0);
            let [rx, ry, width] = [rx, ry, 2.0 * rx].map(pixels);
            format!("M{begin}a{rx} {ry} 0 1 0 {width} 0a{rx} {ry} 0 1 0 -{width} 0z")
        };
        let polygon = |corners: &[Point]| {
            let corners: Vec<String> = corners.iter().map(|[dx, dy]| at(*dx, *dy)).collect();
            format!("M{}z", corners.join("L"))
        };
        let data = match self {
            Self::Tripoint => {
                polygon(&[[0.0, -half], [half * 0.9, half * 0.6], [-half * 0.9, half * 0.6]])
            }
            Self::Summit => polygon(&[[0.0, -half], [half, half * 0.7], [-half, half * 0.7]]),
            Self::Lake => round(half, half * 0.6),
            Self::Settlement | Self::BoundaryPoint => round(half, half),
            Self::Crossing => {
                let side = half * 0.8;
                polygon(&[[-side, -side], [side, -side], [side, side], [-side, side]])
            }
            Self::Water => polygon(&[[0.0, -half], [half, 0.0], [0.0, half], [-half, 0.0]]),
            Self::Landmark => {
                format!(
                    "M{}L{}M{}L{}",
                    at(-half, 0.0),
                    at(half, 0.0),
                    at(0.0, -half),
                    at(0.0, half)
                )
            }
        };
        Mark::path(self.class(), data)
    }
}
