//! Two things at once.

use std::panic::resume_unwind;
use std::thread::Builder;

/// Does two things at once, where the system has a thread to spare: the first on a thread
/// of its own, the second, which should be the one that asks for more memory, on this one.
pub(crate) fn beside<A: Send, B>(one: impl Fn() -> A + Sync, other: impl FnOnce() -> B) -> (A, B) {
    std::thread::scope(|scope| {
        let apart = Builder::new().spawn_scoped(scope, &one);
        let other = other();
        let done = apart.map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)));
        (done.unwrap_or_else(|_| one()), other)
    })
}
