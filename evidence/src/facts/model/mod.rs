//! The facts of one file: what it declares and what its code names, as written. They depend on the file's bytes alone;
//! nothing here knows other files, so facts can be made in parallel and kept by content.
//!
//! Everything is an index into an arena of [`FileFacts`]; positions are character offsets into the file.

mod annotation;
mod body;
mod code;
mod file;
mod index;
mod item;
mod path;

pub use annotation::{AnnotationFact, Said};
pub use body::{
    Certainty, ClosureFact, ExprFact, FormattedFact, IncludeFact, Included, LiteralFact, LocalFact, Named, PassFact,
    Passed, RefFact, TypeFact,
};
pub use code::{Code, CodeFacts};
pub use file::FileFacts;
pub use index::{CfgIdx, ClosureIdx, ExprIdx, ItemIdx, LocalIdx, Name, PathIdx, ScopeIdx, Span, TypeIdx};
pub use item::{CallText, ImportFact, ItemData, ItemFact, MacroCallFact, Piece, ScopeFact, VisibilityFact};
pub use path::{Namespaces, PathFact, PathStart};
