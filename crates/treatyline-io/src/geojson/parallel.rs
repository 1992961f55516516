//! Work on several threads, with the results in the order of the work.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, channel};
use std::thread::Builder;

/// Where work comes from and where results go; both on one thread.
pub(super) trait Ends<Job, Done> {
    /// The next piece of work.
    fn next(&mut self) -> Option<Job>;
    /// The next result. After it there may be less work.
    fn take(&mut self, done: Done);
}

/// The most pieces of work per thread that are handed out: one in work, one waiting.
const AHEAD: usize = 2;

/// Does all the work there is. Only as much is in memory as the threads can have at once, however
/// much follows.
pub(super) fn in_order<Job: Send, Done: Send>(
    threads: usize,
    ends: &mut impl Ends<Job, Done>,
    work: &(impl Fn(Job) -> Done + Sync),
) {
    let (give, jobs) = channel::<(usize, Job)>();
    let (sender, results) = channel();
    let jobs = Mutex::new(jobs);
    std::thread::scope(|scope| {
        let start = |_: &usize| {
            let (jobs, sender) = (&jobs, sender.clone());
            let run = move || {
                while let Some((number, job)) = next_of(jobs) {
                    if sender.send((number, work(job))).is_err() {
                        break;
                    }
                }
            };
            Builder::new().spawn_scoped(scope, run).is_ok()
        };
        let started = if threads < 2 { 0 } else { (0..threads).filter(start).count() };
        if started == 0 {
            // If no thread can be started, this one does the work.
            while let Some(job) = ends.next() {
                ends.take(work(job));
            }
            return;
        }
        let mut early = BTreeMap::new();
        let (mut given, mut taken) = (0, 0);
        loop {
            while given - taken < AHEAD * started {
                let Some(job) = ends.next() else { break };
                if give.send((given, job)).is_err() {
                    break;
                }
                given += 1;
            }
            if taken == given {
                break;
            }
            let Ok((number, done)) = results.recv() else { break };
            early.insert(number, done);
            while let Some(done) = early.remove(&taken) {
                taken += 1;
                ends.take(done);
            }
        }
        drop(give);
    });
}

/// Waits for work; `None` when there will be no more.
fn next_of<T>(jobs: &Mutex<Receiver<T>>) -> Option<T> {
    jobs.lock().ok()?.recv().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Counting {
        next: u64,
        most: u64,
        taken: Vec<u64>,
    }

    impl Ends<u64, u64> for Counting {
        fn next(&mut self) -> Option<u64> {
            (self.next < self.most).then(|| {
                self.next += 1;
                self.next
            })
        }

        fn take(&mut self, done: u64) {
            assert!(self.next - self.taken.len() as u64 <= 16, "more than may be ahead");
            self.taken.push(done);
        }
    }

    #[test]
    fn results_come_in_order_on_any_number_of_threads() {
        for threads in [0, 1, 2, 3, 8] {
            let mut ends = Counting { next: 0, most: 1000, taken: Vec::new() };
            in_order(threads, &mut ends, &|job| {
                // The first takes longest.
                (0..2000 / job).fold(job, |sum, step| std::hint::black_box(sum ^ step ^ step))
            });
            assert_eq!(ends.taken, (1..=1000).collect::<Vec<_>>(), "{threads} threads");
        }
    }
}
