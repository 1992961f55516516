//! Progress of long work. It goes to standard error, and only to a terminal: pipes, logs and
//! continuous integration stay free of it.

use std::io::IsTerminal;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use treatyline::internal::progress::{Progress, WorkStage};

/// Work that takes no longer than this shows no progress.
const QUIET: Duration = Duration::from_millis(500);
/// The time between two drawings.
const TICK: Duration = Duration::from_millis(120);

/// Runs long work, showing how far it has come. The line is gone before the result is
/// written.
pub(super) fn shown<T>(work: impl FnOnce(Progress<'_>) -> T) -> T {
    if !wanted() {
        return work(Progress::SILENT);
    }
    let bar = Bar::start();
    let listener = |stage: WorkStage<'_>| bar.show(stage);
    work(Progress::with_listener(&listener))
}

/// Whether standard error is a terminal that can overwrite a line.
fn wanted() -> bool {
    let dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
    std::io::stderr().is_terminal() && !dumb
}

/// A line that appears when work takes long and goes when it is dropped.
struct Bar {
    bar: ProgressBar,
    /// Dropped to end the thread that shows the line.
    running: Option<Sender<()>>,
    shower: Option<JoinHandle<()>>,
}

impl Bar {
    fn start() -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let (running, ended) = channel();
        let late = bar.clone();
        let shower = std::thread::spawn(move || {
            if ended.recv_timeout(QUIET) == Err(RecvTimeoutError::Timeout) {
                late.set_draw_target(ProgressDrawTarget::stderr());
                late.enable_steady_tick(TICK);
            }
        });
        Self { bar, running: Some(running), shower: Some(shower) }
    }

    fn show(&self, stage: WorkStage<'_>) {
        let measured = stage.total > 0;
        if measured != self.bar.length().is_some() {
            self.bar.set_style(style(measured));
        }
        if measured {
            self.bar.set_length(stage.total);
        } else {
            self.bar.unset_length();
        }
        self.bar.set_message(super::output::harmless(stage.what, ""));
        self.bar.set_position(stage.done);
    }
}

/// No colour: the user would have to ask for it, and the line is soon gone.
fn style(measured: bool) -> ProgressStyle {
    let template = if measured {
        "{spinner} {wide_msg} {bar:24} {percent:>3} %"
    } else {
        "{spinner} {wide_msg}"
    };
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_spinner())
}

impl Drop for Bar {
    fn drop(&mut self) {
        drop(self.running.take());
        let _ = self.shower.take().map(JoinHandle::join);
        self.bar.finish_and_clear();
    }
}
