//! Changes judged against a commit: `--base`, `diff`, and what people decided in the meantime.

mod bypass;
mod clones;
mod diff;
mod edits;
mod grown;
mod moves;
mod verified;
mod workspace;
