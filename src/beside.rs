//! Several things at once.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{Builder, available_parallelism};

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

/// Does the same to each of many, on as many threads as there are processors: whichever is
/// free takes the next one. The answers come in the order of what was asked.
pub(crate) fn each<T: Sync, U: Send>(many: &[T], one: impl Fn(&T) -> U + Sync) -> Vec<U> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let i = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = many.get(i) else { return done };
            done.push((i, one(item)));
        }
    };
    let threads = available_parallelism().map_or(1, usize::from).min(many.len());
    let mut answers = std::thread::scope(|scope| {
        let other = |_| Builder::new().spawn_scoped(scope, work).ok();
        let others: Vec<_> = (1..threads).map_while(other).collect();
        let mut answers = work();
        for thread in others {
            answers.extend(thread.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        answers
    });
    answers.sort_unstable_by_key(|(i, _)| *i);
    answers.into_iter().map(|(_, answer)| answer).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_come_in_order() {
        let many: Vec<u64> = (0..1_000).collect();
        // What comes first takes longest.
        let slow = |i: &u64| (0..1_000 - i).fold(*i, |sum, _| std::hint::black_box(sum));
        assert_eq!(each(&many, slow), many);
        assert!(each(&[], slow).is_empty());
    }
}
