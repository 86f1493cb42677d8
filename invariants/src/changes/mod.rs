//! What a policy has become since another: where it denies less, where more, whatever words it says so in.
//!
//! Both policies are bound to the same graph. [`Policy::following`](crate::policy::Policy) (in `follow`) first lets the older
//! one's paths follow code that has been moved or renamed since ([`Moves`]). [`compare`] then asks of everything that the one
//! policy denies whether the other denies it too: `permissions` of components using components, crates and what is handed
//! out, `prohibitions` of `forbid` and `mandate`, `demands` of `require` and `acyclic`, `settings` of the rest. What is
//! compared are meanings: items in scope today, and by `lists` what patterns would cover tomorrow.

mod change;
mod compare;
mod demands;
mod division;
mod follow;
mod grants;
mod lists;
mod moves;
mod permissions;
mod prohibitions;
mod scopes;
mod settings;
mod two;
mod within;

#[cfg(test)]
mod tests;

pub use change::{PolicyChange, What};
pub use compare::{PolicyChanges, compare};
pub use moves::Moves;
