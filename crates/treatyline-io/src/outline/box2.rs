//! A box in longitude and latitude.

use geo::Coord;

/// A box in longitude and latitude, its borders included.
#[derive(Debug, Clone, Copy)]
pub struct Box2 {
    /// West and south.
    pub low: [f64; 2],
    /// East and north.
    pub high: [f64; 2],
}

impl Box2 {
    /// Around no place.
    pub const EMPTY: Self = Self { low: [f64::INFINITY; 2], high: [f64::NEG_INFINITY; 2] };

    /// Around two positions.
    pub const fn around_two(a: Coord, b: Coord) -> Self {
        let (low, high) = ([least(a.x, b.x), least(a.y, b.y)], [most(a.x, b.x), most(a.y, b.y)]);
        Self { low, high }
    }

    /// Around all positions of a path.
    pub fn around_path(path: &[Coord]) -> Self {
        path.iter().fold(Self::EMPTY, |all, at| all.around(&Self::around_two(*at, *at)))
    }

    /// Around two boxes.
    pub const fn around(&self, other: &Self) -> Self {
        let ([a, b], [c, d]) = (self.low, other.low);
        let ([e, f], [g, h]) = (self.high, other.high);
        Self { low: [least(a, c), least(b, d)], high: [most(e, g), most(f, h)] }
    }

    /// The common part of two boxes, if they meet.
    pub const fn common(&self, other: &Self) -> Self {
        let ([a, b], [c, d]) = (self.low, other.low);
        let ([e, f], [g, h]) = (self.high, other.high);
        Self { low: [most(a, c), most(b, d)], high: [least(e, g), least(f, h)] }
    }

    /// Whether two have a place in common, perhaps on their borders.
    pub const fn meets(&self, other: &Self) -> bool {
        (self.low[0] <= other.high[0])
            & (other.low[0] <= self.high[0])
            & (self.low[1] <= other.high[1])
            & (other.low[1] <= self.high[1])
    }

    /// Whether two are the same.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.low == other.low && self.high == other.high
    }

    /// Whether another one lies in it.
    pub const fn holds(&self, other: &Self) -> bool {
        (self.low[0] <= other.low[0])
            & (other.high[0] <= self.high[0])
            & (self.low[1] <= other.low[1])
            & (other.high[1] <= self.high[1])
    }

    /// The same, moved to the east by some degrees.
    pub const fn moved(&self, east: f64) -> Self {
        let ([west, south], [right, north]) = (self.low, self.high);
        Self { low: [west + east, south], high: [right + east, north] }
    }

    /// The longitude of its middle.
    pub const fn middle_lon(&self) -> f64 {
        f64::midpoint(self.low[0], self.high[0])
    }
}

// Not `f64::min`, which checks for NaN; there is none here.
const fn least(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}

const fn most(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}
