//! Why a coordinate operation gave no answer.

/// Why a coordinate operation gave no answer.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum DatumError {
    /// The crate was built without PROJ.
    #[error("built without PROJ; build with the feature `proj`")]
    NotBuilt,
    /// PROJ does not know even WGS 84.
    #[error("PROJ does not find its database; set PROJ_DATA to the directory of proj.db")]
    NoDatabase,
    /// PROJ does not know the system.
    #[error("PROJ knows no system {code}; give a code of its registry, as in EPSG:28415")]
    UnknownSystem {
        /// The code asked for.
        code: String,
    },
    /// PROJ does not know the operation.
    #[error("PROJ knows no operation {code}; give a code of its registry, as in EPSG:1291")]
    UnknownOperation {
        /// The code asked for.
        code: String,
    },
    /// A system in which a place is not two numbers on a map or a globe.
    #[error(
        "{code} is {kind}; give a geographic or projected system of two axes, as in EPSG:28415"
    )]
    NotPlane {
        /// The system.
        code: String,
        /// What it is instead.
        kind: String,
    },
    /// A system based on one without a code, so that no operation can be named.
    #[error(
        "the geographic system under {code} has no code; give a system of a registry, as in \
         EPSG:28415"
    )]
    NoBase {
        /// The system.
        code: String,
    },
    /// PROJ knows no real operation between two systems, only a placeholder that changes nothing.
    #[error(
        "between {from} and {to} PROJ offers a ballpark operation only, which does not \
         carry out the change of datum; name an operation instead"
    )]
    Ballpark {
        /// The system from which.
        from: String,
        /// The system to which.
        to: String,
    },
    /// A named operation that leads elsewhere.
    #[error(
        "operation {operation} does not lead between WGS 84 and {to} or its geographic base; name \
         one that does, or leave the choice out"
    )]
    WrongOperation {
        /// The operation.
        operation: String,
        /// The system wanted.
        to: String,
    },
    /// A point outside of the operation's reach.
    #[error(
        "{operation} fails at ({x}, {y}): {reason}; choose a system or an operation made for there"
    )]
    Failed {
        /// The operation.
        operation: String,
        /// First coordinate: longitude or easting.
        x: f64,
        /// Second coordinate: latitude or northing.
        y: f64,
        /// What PROJ says.
        reason: String,
    },
    /// No operation to WGS 84 is known.
    #[error(
        "{system}: no operation to WGS 84 is known, and its coordinates differ from those of \
         WGS 84 by an amount that nobody has published, or by way of another datum and a grid only; \
         convert it with parameters of your own"
    )]
    NoOperation {
        /// The system.
        system: String,
    },
    /// Operations to WGS 84 are known, but each needs a grid that is not there.
    #[error(
        "{system}: each operation to WGS 84 that is registered for it needs a grid which is not \
         installed: {operations}; put the grid where PROJ looks for it (projsync does, or PROJ_DATA \
         names the directory)"
    )]
    NeedsGrid {
        /// The system.
        system: String,
        /// The operations with their grids and accuracies.
        operations: String,
    },
    /// A displacement of web maps, stated for places that it does not displace.
    #[error("{system} displaces places in and around China only, and none of these lies there")]
    NotDisplaced {
        /// The system.
        system: String,
    },
    /// A place that is nowhere on the Earth.
    #[error(
        "({x}, {y}) is nowhere on the Earth in {system}: it is outside of what the projection or the \
         operation reaches"
    )]
    Outside {
        /// The system.
        system: String,
        /// First coordinate: longitude or easting.
        x: f64,
        /// Second coordinate: latitude or northing.
        y: f64,
    },
    /// Degrees in a system of metres.
    #[error(
        "{system}: all coordinates are within ±180 and ±90, so they are degrees that were never \
         projected and no metres; state the system of these degrees instead"
    )]
    Degrees {
        /// The system.
        system: String,
    },
    /// No degrees in a system of degrees.
    #[error(
        "{system}: ({x}, {y}) are no longitude and latitude in degrees; state the system of these \
         numbers instead, or exchange them"
    )]
    NoDegrees {
        /// The system.
        system: String,
        /// The first coordinate.
        x: f64,
        /// The second one.
        y: f64,
    },
    /// An operation asked for that needs a grid which is not there.
    #[error(
        "operation {operation} needs a grid that is not installed, or does not reach the data; \
         name another one, or leave the choice out"
    )]
    NoGrid {
        /// The operation.
        operation: String,
    },
}
