//! Files of any format in and out: the crate `treatyline-io`.

pub use treatyline_io::*;

pub(crate) use treatyline_io::internal::*;
