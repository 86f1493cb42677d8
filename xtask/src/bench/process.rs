//! One run of a command: how long it took, by the clock and on the processors, and how much memory it had at most. What it
//! says goes nowhere.

use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4 as _;

/// What one run took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sample {
    /// By the clock, from the start of the process to its end.
    pub(crate) wall: Duration,
    /// On all processors, in the program and in the system for it, its children included.
    pub(crate) cpu: Duration,
    /// The most memory that it, or one of its children, had at a time, in KiB. Of several at once, that of the largest.
    pub(crate) peak: u32,
}

/// Runs it and waits.
pub(crate) fn run(command: &mut Command) -> Result<(ExitStatus, Sample), String> {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let ended = quiet.spawn().and_then(|mut child| child.wait4());
    let wall = start.elapsed();
    let ended = ended.map_err(|error| format!("{} did not start: {error}", command.get_program().display()))?;
    let sample = Sample {
        wall,
        cpu: ended.rusage.utime + ended.rusage.stime,
        peak: u32::try_from(ended.rusage.maxrss / 1024).unwrap_or(u32::MAX),
    };
    Ok((ended.status, sample))
}
