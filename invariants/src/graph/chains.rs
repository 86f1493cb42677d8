//! The shortest chain of references from one set of items to another: why A depends on B.

use std::collections::VecDeque;

use super::model::{ItemId, ReferenceId};
use super::query::{Graph, Link};

impl Graph {
    /// The shortest chain of references that starts in one of `sources` and ends at an item that `is_target` accepts.
    ///
    /// Only references that `keep` accepts are followed. The chain is empty if a source is itself a target. Of several
    /// chains of the same length, the one whose references come first (by source, then by file and place) is returned.
    pub fn shortest_chain(
        &self,
        sources: impl IntoIterator<Item = ItemId>,
        is_target: impl Fn(ItemId) -> bool,
        keep: impl Fn(&Link<'_>) -> bool,
    ) -> Option<Vec<ReferenceId>> {
        let mut reached: Vec<Option<Step>> = vec![None; self.item_count()];
        let mut queue = VecDeque::new();
        for source in sources {
            if reached[source.index()].is_none() {
                reached[source.index()] = Some(Step::Start);
                queue.push_back(source);
            }
        }
        while let Some(item) = queue.pop_front() {
            if is_target(item) {
                return Some(walk_back(&reached, item));
            }
            let mut links: Vec<Link<'_>> = self.references_from(item).filter(|link| keep(link)).collect();
            links.sort_unstable_by_key(|link| link.id);
            for link in links {
                for to in std::iter::once(link.to).chain(link.reference.also) {
                    let step = &mut reached[to.index()];
                    if step.is_none() {
                        *step = Some(Step::By {
                            reference: link.id,
                            from: item,
                        });
                        queue.push_back(to);
                    }
                }
            }
        }
        None
    }
}

/// How the search came to an item.
#[derive(Debug, Clone, Copy)]
enum Step {
    Start,
    By { reference: ReferenceId, from: ItemId },
}

fn walk_back(reached: &[Option<Step>], end: ItemId) -> Vec<ReferenceId> {
    let mut chain = Vec::new();
    let mut item = end;
    while let Some(Step::By { reference, from }) = reached[item.index()] {
        chain.push(reference);
        item = from;
    }
    chain.reverse();
    chain
}
