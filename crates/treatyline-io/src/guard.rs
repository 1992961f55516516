//! Calls into a crate that may panic on bytes that are not what they claim to be.
//!
//! Rust reports a panic before it is caught, through a hook that belongs to the whole process. A
//! library that replaced this hook would take it away from the program that uses the library. So
//! only the command sets one ([`quiet`]). It is silent on a thread while that thread is in here.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

/// The result of a call, or `None` if it panicked. What it was changing is lost then, so the call
/// must own all that it changes.
pub(super) fn guarded<T>(call: impl FnOnce() -> T) -> Option<T> {
    let outside = INSIDE.replace(true);
    let given = catch_unwind(AssertUnwindSafe(call));
    INSIDE.set(outside);
    given.ok()
}

/// Keeps caught panics from being reported, in the whole process. For programs, which call it once;
/// panics that are not caught are reported as before.
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
