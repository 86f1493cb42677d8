//! Macros by example: `macro_rules!` and declarative macros 2.0, expanded over `proc_macro2` token streams.
//!
//! Responsible for the definition's grammar, the choice of the arm, the captured fragments and the transcription, so
//! that items made by a macro enter the module tree. Not responsible for finding a definition by its name, for
//! expanding what an expansion invokes again (the caller loops, with a depth limit of its own), nor for hygiene.
//!
//! What the caller may rely on:
//!
//! - **Spans survive.** Tokens that came from the arguments keep the arguments' spans, tokens of the definition keep
//!   the definition's. Lex both as texts of their own and `span().byte_range()` tells them apart. Spans belong to the
//!   thread that lexed them, and so does a [`MacroDefinition`].
//! - **`$crate`** comes out as the identifier [`CRATE_ROOT_IDENT`]: a path that starts with it is rooted at the crate
//!   of the macro's definition.
//! - **`expr` and `ty`** captures come out inside a `Delimiter::None` group unless they are a lone literal or end with
//!   braces of their own (`match x {}`): precedence holds, and an inner macro sees them as opaque, the way the compiler
//!   does. All other fragments come out bare.
//! - **The first arm that matches wins**, and a fragment that does not parse ends the search, both as in the compiler.
//! - **Nothing overflows.** Input that nests too deep or output that grows too large is an error.

mod bindings;
mod builtin;
mod definition;
mod error;
mod fragment;
mod lexeme;
mod limits;
mod matching;
mod metavariable;
mod pattern;
mod start;
mod template;
mod transcribe;

#[cfg(test)]
mod tests;

pub use builtin::{BuiltinBranch, expand_builtin, is_builtin};
pub use definition::{Expansion, MacroDefinition};
pub use error::{MacroError, MacroErrorKind};
pub(crate) use limits::count_tokens;
pub use limits::{MAX_NESTING, MAX_TOKENS};
pub use template::CRATE_ROOT_IDENT;
