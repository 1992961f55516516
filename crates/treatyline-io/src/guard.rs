//! Calls into a crate that may panic on bytes that are not what they claim to be.
//!
//! Rust reports a panic before anything can catch it, through a hook that belongs to the whole
//! process. A library that replaced it would take it from the program around it, so only the
//! command sets one ([`quiet`]), which is silent on a thread while it is in here.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

/// What a call gives, or nothing where it panicked. What it had in its hands is lost then, so
/// a call must own all that it changes.
pub(super) fn guarded<T>(call: impl FnOnce() -> T) -> Option<T> {
    let outside = INSIDE.replace(true);
    let given = catch_unwind(AssertUnwindSafe(call));
    INSIDE.set(outside);
    given.ok()
}

/// Keeps panics that are caught from being reported, in the whole process. For a program of
/// its own, which calls it once; panics that are not caught are reported as before.
pub fn quiet() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !INSIDE.get() {
            report(panic);
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_nothing_and_goes_no_further() {
        assert_eq!(guarded(|| 1), Some(1));
        let empty: Vec<u8> = Vec::new();
        assert_eq!(guarded(|| empty[1]), None);
        assert!(!INSIDE.get());
    }
}
