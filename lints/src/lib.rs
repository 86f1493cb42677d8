//! The judges: one file per lint, each a function from policy and graph to findings. Pure: no file is read here, nothing
//! is printed, nothing ends the process.
//!
//! [`judge()`] runs those that look at the graph, [`stale_exceptions`] and [`weakened_policy`] come after them. `'a` throughout is the lifetime of the graph and of the policy bound to it.
//!
//! The lints stand in `judges/`, named as their ids. What several of them need: `context` (memo tables), `crossing`
//! (references that leave a component), `prohibition` (what `forbid` and `mandate` share), `requirement` (what the lints of `require` share), `handouts` (what a component's
//! `public` hands out), `border` (what can be seen from outside a component), `wording` (messages) and `sink` (findings
//! under construction).

mod blame;
mod border;
mod context;
mod crossing;
mod handouts;
mod judge;
mod judges;
mod origins;
mod prohibition;
mod prove;
mod reach;
mod registry;
mod report;
mod requirement;
mod sink;
mod steps;
mod wording;

pub use judge::{Judgement, judge};
pub use judges::policy_weakened::{Against, check as weakened_policy, let_through};
pub use judges::stale_exception::check as stale_exceptions;
pub use prove::{Outcome, Proof, Proven, Subject, Witness, prove};
pub use registry::registered;
pub use report::RuleReport;
