//! Whose breach a reference is: of the item that holds it, or of the macro whose body it came from.

use archguard_invariants::finding::Site;
use archguard_invariants::graph::ItemId;
use archguard_invariants::graph::query::Link;

use crate::context::Context;
use crate::sink::FoundSite;

/// A breach put down to an item.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Blame<T> {
    /// Whose breach it is.
    pub(crate) from: ItemId,
    /// Whether the place is an invocation of the macro that is to blame.
    pub(crate) inherited: bool,
    /// What `breach` said.
    pub(crate) breach: T,
}

/// Asks `breach` of the macro that the reference is inherited from, if there is one and its code is judged, else of the
/// item that holds the reference. A breach in a macro's body is the macro's own finding, and not again each invoker's;
/// what the macro's component may do and the invoker's may not is the invoker's.
pub(crate) fn blame<T>(
    ctx: &Context<'_>,
    link: &Link<'_>,
    judges_dev: bool,
    mut breach: impl FnMut(ItemId) -> Option<T>,
) -> Option<Blame<T>> {
    let makers = link
        .reference
        .inherited_from
        .filter(|&maker| maker != link.from && ctx.graph.is_examined(maker) && (judges_dev || !ctx.is_dev(maker)));
    if let Some(maker) = makers
        && let Some(breach) = breach(maker)
    {
        return Some(Blame {
            from: maker,
            inherited: true,
            breach,
        });
    }
    breach(link.from).map(|breach| Blame {
        from: link.from,
        inherited: false,
        breach,
    })
}

/// The place of a reference, for a finding.
pub(crate) fn site(link: &Link<'_>, inherited: bool) -> FoundSite {
    FoundSite {
        site: Site {
            place: link.reference.place,
            reference: Some(link.reference.clone()),
        },
        inherited,
    }
}
