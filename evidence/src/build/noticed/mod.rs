//! Whether anybody notices that some files declare something else: other files that mention a name whose meaning may have
//! changed, in whatever way it follows from the names that did. Where names alone cannot tell, somebody may.

mod declarations;
mod elsewhere;

pub(super) use elsewhere::{Otherwise, is_noticed, words_of_macros};
