//! How much is read before a file is refused as too large.

use std::io::{self, Read};

use crate::problem::Fault;

/// After this number of problems reading stops: in a file that is wrong throughout, more of them say
/// nothing new.
pub(super) const MOST_PROBLEMS: usize = 1000;

/// How much may come out of one input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limits {
    /// The limit for the bytes after decompression, and for the bytes of the features made from
    /// them. So neither a small archive nor a small table of repetitions can fill the memory.
    pub(crate) bytes: u64,
}

impl Default for Limits {
    /// 1 GiB.
    fn default() -> Self {
        Self { bytes: 1 << 30 }
    }
}

impl Limits {
    /// What is wrong with an input that passes them.
    pub(crate) const fn passed(self) -> Fault {
        Fault::TooLarge { limit_bytes: self.bytes }
    }
}

/// The fault behind an error of reading.
pub(super) fn fault(error: &io::Error) -> Fault {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<Passed>());
    if let Some(Passed { limits }) = inner {
        return limits.passed();
    }
    match error.kind() {
        io::ErrorKind::NotFound => Fault::Missing,
        io::ErrorKind::IsADirectory => Fault::Directory,
        _ => Fault::Unreadable { reason: error.to_string() },
    }
}

/// A stream that fails where it passes its limits.
pub(super) struct Limited<R> {
    inner: R,
    left: u64,
    limits: Limits,
}

/// That it did, inside an [`io::Error`].
#[derive(Debug, thiserror::Error)]
#[error("more than the limit")]
struct Passed {
    limits: Limits,
}

impl<R: Read> Limited<R> {
    pub(super) const fn new(inner: R, limits: Limits) -> Self {
        Self { inner, left: limits.bytes, limits }
    }
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let passed = || io::Error::other(Passed { limits: self.limits });
        self.left = self.left.checked_sub(count as u64).ok_or_else(passed)?;
        Ok(count)
    }
}
