//! The verdict: what was examined, under which policy, and what came out. Outcome and exit code are computed here alone.
