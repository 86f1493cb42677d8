//! Changes judged against a commit: `--base`, `diff`, and what people decided in the meantime.

mod bypass;
mod clones;
mod edits;
mod moves;
mod workspace;
