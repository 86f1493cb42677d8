//! Says on standard error which stage is at work, if it is a terminal and the run takes longer than a moment; with
//! `-v`, how long each stage took, and with `--timings`, each of its parts. Never on standard output, never part of a result.

use std::io::{self, Write};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use archguard_check::Watch;
use indicatif::{ProgressBar, ProgressDrawTarget};

use crate::request::{Amount, Options};
use crate::timings::{Timing, Timings};

/// Shorter runs show nothing: a line that comes and goes at once is only flicker.
const A_MOMENT: Duration = Duration::from_millis(300);
const TICK: Duration = Duration::from_millis(100);

/// The stage that is at work, and how long those before it took.
pub(crate) struct Progress {
    bar: ProgressBar,
    waker: Option<(Sender<()>, JoinHandle<()>)>,
    current: Option<(&'static str, Instant)>,
    /// Where the time went until now.
    known: Vec<Timing>,
    /// Who hears of the parts of a stage.
    parts: Option<Timings>,
    show_times: bool,
}

impl Progress {
    /// Starts the clock. Nothing is shown before a moment has passed.
    pub(crate) fn start(options: &Options) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let watched = options.amount != Amount::Quiet && io::IsTerminal::is_terminal(&io::stderr());
        let waker = watched.then(|| show_after_a_moment(bar.clone())).flatten();
        Self {
            bar,
            waker,
            current: None,
            known: Vec::new(),
            parts: options.timings.then(Timings::listen),
            show_times: options.timings || options.amount == Amount::Verbose,
        }
    }

    /// Everything is done: the line goes, the times come if they were asked for.
    pub(crate) fn finish(mut self, err: &mut dyn Write) {
        self.close_stage();
        if let Some((sender, thread)) = self.waker.take() {
            drop(sender);
            // A thread that only draws has nothing to report; should it have panicked, the results still stand.
            let _ = thread.join();
        }
        self.bar.finish_and_clear();
        if self.show_times {
            // Times that cannot be shown are no reason to keep a result back.
            let _ = self.known.iter().try_for_each(|timing| writeln!(err, "{timing}"));
        }
    }

    fn close_stage(&mut self) {
        let Some((name, since)) = self.current.take() else {
            return;
        };
        self.known.push(Timing {
            name: name.to_owned(),
            depth: 0,
            took: since.elapsed(),
        });
        let parts = self.parts.as_ref().map(Timings::take).into_iter().flatten();
        self.known.extend(parts.map(|part| Timing {
            depth: part.depth + 1,
            ..part
        }));
    }
}

impl Watch for Progress {
    fn stage(&mut self, name: &'static str) {
        self.close_stage();
        self.current = Some((name, Instant::now()));
        self.bar.set_message(name);
    }
}

/// Waits in a thread of its own, because a stage that takes long cannot look at the clock. Without a thread to be had
/// there is no progress line, and that is all.
fn show_after_a_moment(bar: ProgressBar) -> Option<(Sender<()>, JoinHandle<()>)> {
    let (sender, receiver) = mpsc::channel::<()>();
    let wait = move || {
        if receiver.recv_timeout(A_MOMENT) == Err(RecvTimeoutError::Timeout) {
            bar.set_draw_target(ProgressDrawTarget::stderr());
            bar.enable_steady_tick(TICK);
        }
    };
    let thread = std::thread::Builder::new()
        .name("progress".to_owned())
        .spawn(wait)
        .ok()?;
    Some((sender, thread))
}
