//! The machine's clock.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::domain::loan::Day;
use crate::domain::ports::Clock;

const SECONDS_A_DAY: u64 = 86_400;

/// Today by the machine's clock; the first day of all if that stands before it.
#[derive(Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn today(&self) -> Day {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Day(u32::try_from(since.as_secs() / SECONDS_A_DAY).unwrap_or(u32::MAX))
    }
}
