//! `dev-code-in-production`: production code uses what `[policy] dev_code` lists as development code.

use archguard_invariants::finding::Lint;
use archguard_invariants::graph::query::Link;
use archguard_invariants::graph::{ItemId, ReferenceKind, Root};
use archguard_invariants::place::TextSpan;
use archguard_invariants::policy::RuleId;
use archguard_invariants::policy::model::DevCode;
use rustc_hash::FxHashMap;

use crate::blame::{blame, site};
use crate::context::Context;
use crate::sink::{Details, Key, Sink};

pub(crate) fn check(ctx: &Context<'_>, sink: &mut Sink) {
    if ctx.policy.policy.settings.dev_code.is_empty() {
        return;
    }
    let listed = Listed::new(ctx);
    let mut memo = ctx.by_item();
    let rule = RuleId::reserved("policy.dev_code");
    for link in ctx.graph.references().filter(|link| ctx.graph.is_examined(link.from)) {
        let definitions = Context::definitions(&link);
        let mut found = definitions.filter_map(|to| Some((to, memo.get(to, || listed.span(ctx, to))?)));
        let Some((to, span)) = found.next() else {
            continue;
        };
        sink.matched(&rule, 1);
        // A listed macro is a breach where it is invoked; what it expands to adds nothing.
        let made_by_listed = link
            .reference
            .inherited_from
            .is_some_and(|maker| listed.span(ctx, maker).is_some());
        if ctx.is_dev_reference(&link) || made_by_listed {
            continue;
        }
        if let Some(found) = blame(ctx, &link, false, |from| (!ctx.is_dev(from)).then_some(())) {
            let key = Key {
                rule: rule.clone(),
                lint: Lint::DevCodeInProduction,
                from: found.from,
                to: Some(to),
            };
            sink.report(key, site(&link, found.inherited), || details(ctx, &link, span));
        }
    }
}

fn details(ctx: &Context<'_>, link: &Link<'_>, span: TextSpan) -> Details {
    Details {
        written: ctx.written(link).to_owned(),
        continues_deed: true,
        message: ", which `dev_code` lists as development code".to_owned(),
        policy_span: Some(span),
        ..Details::default()
    }
}

/// What the list names, each with the entry's place. Test-like code outside the list is not among it: the compiler sees to
/// it that production code cannot use that.
struct Listed {
    roots: FxHashMap<ItemId, (Root, TextSpan)>,
    features: Vec<(String, TextSpan)>,
}

impl Listed {
    fn new(ctx: &Context<'_>) -> Self {
        let mut listed = Self {
            roots: FxHashMap::default(),
            features: Vec::new(),
        };
        let mut attributes: FxHashMap<ItemId, TextSpan> = FxHashMap::default();
        for entry in &ctx.policy.policy.settings.dev_code {
            match &entry.value {
                DevCode::Path(pattern) => {
                    for &root in ctx
                        .graph
                        .targets(pattern)
                        .into_iter()
                        .flat_map(|targets| &targets.roots)
                    {
                        listed.roots.entry(root.item).or_insert((root, entry.span));
                    }
                }
                DevCode::Feature(name) => listed.features.push((format!("feature = \"{name}\""), entry.span)),
                DevCode::Attribute(pattern) => {
                    let targets = ctx
                        .graph
                        .targets(pattern)
                        .into_iter()
                        .flat_map(|targets| &targets.roots);
                    attributes.extend(targets.map(|root| (root.item, entry.span)));
                }
            }
        }
        for link in ctx
            .graph
            .references()
            .filter(|link| link.reference.kind == ReferenceKind::Attribute)
        {
            if let Some(&span) = attributes.get(&link.to) {
                let root = Root {
                    item: link.from,
                    own_only: false,
                };
                listed.roots.entry(link.from).or_insert((root, span));
            }
        }
        listed
    }

    /// The entry that lists an item or what it is in.
    fn span(&self, ctx: &Context<'_>, item: ItemId) -> Option<TextSpan> {
        let module = ctx.graph.item(item).module;
        let by_root = ctx.graph.lineage(item).find_map(|outer| {
            let &(root, span) = self.roots.get(&outer)?;
            (!root.own_only || module == ctx.graph.item(outer).module).then_some(span)
        });
        by_root.or_else(|| self.by_feature(ctx, item))
    }

    /// Development code by its cfg: the maker of the graph saw that the cfg implies the feature (or `test`).
    fn by_feature(&self, ctx: &Context<'_>, item: ItemId) -> Option<TextSpan> {
        let cfg = ctx.graph.cfg(ctx.graph.item(item).cfg.filter(|_| ctx.is_dev(item))?);
        self.features
            .iter()
            .find(|(feature, _)| cfg.contains(feature.as_str()))
            .map(|&(_, span)| span)
    }
}
