//! Edits of one policy, each told for what it is; and code that moves under an edited policy.

mod circles;
mod edited;
mod harmless;
mod moved;
mod weakening;
