//! Whether rules can fire at all: for each rule, each pattern and each component a violation is planted into a copy of the
//! graph, and the judges that judge the code judge it too. What no violation of it turns red is dead, and it is said why.
//!
//! All violations stand in one copy, each at a place of its own, so that one judgement tells about all of them: `garden` holds
//! the copy, `places` says where code of a rule's scope may stand, `aims` what a pattern means. `prohibitions`, `borders`,
//! `requirements` and `circles` plant, `components` and `paths` need nothing of their own. Circles have a copy for themselves: what is planted across borders closes circles
//! everywhere. Single entries are proved by leaving them out (`trials`): `permissions` what lists let pass and `withdrawals` what
//! their `!` do not, `demands` what `must` asks, `exemptions`, `selections`, `relations` and `bends` what rules speak of;
//! `lessening` is a list without one, `bonds` what planted items stand in relation to, `ends` the two places that a circle leads through.

mod aims;
mod bends;
mod bonds;
mod borders;
mod circles;
mod components;
mod demands;
mod ends;
mod exemptions;
mod garden;
mod lessening;
mod paths;
mod permissions;
mod places;
mod prohibitions;
mod proof;
mod relations;
mod requirements;
mod run;
mod selections;
mod trials;
mod withdrawals;

pub use proof::{Outcome, Proof, Proven, Subject, Witness};
pub use run::prove;
