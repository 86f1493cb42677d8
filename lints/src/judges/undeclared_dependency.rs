//! `undeclared-dependency`: a component uses another that neither its `uses` nor a layering allows, or that the file of the
//! package, in which the code stands, leaves out.

use archguard_invariants::finding::Lint;
use archguard_invariants::policy::RuleId;

use crate::blame::site;
use crate::context::Context;
use crate::crossing::{Cause, Crossing};
use crate::sink::{Details, Key, Sink};

pub(crate) fn check(ctx: &Context<'_>, sink: &mut Sink) {
    let crossings = ctx.crossings();
    for crossing in &crossings.denied {
        let rule = match crossing.cause {
            Cause::NotInUses => ctx.component_rule(crossing.user, "uses"),
            Cause::NotInPackage => ctx.package_rule(crossing.from, "uses"),
            Cause::Undeclared if !ctx.policy.policy.settings.undeclared_allowed => {
                RuleId::reserved("policy.undeclared")
            }
            _ => continue,
        };
        let key = Key {
            rule,
            lint: Lint::UndeclaredDependency,
            from: crossing.from,
            to: Some(crossing.to),
        };
        let site = site(&ctx.graph.link(crossing.link), crossing.inherited);
        sink.report(key, site, || details(ctx, crossing));
    }
    for (&user, &judged) in &crossings.judged_of {
        sink.matched(&ctx.component_rule(user, "uses"), judged);
    }
}

fn details(ctx: &Context<'_>, crossing: &Crossing) -> Details {
    let link = ctx.graph.link(crossing.link);
    let (user, provider) = (ctx.name(crossing.user), ctx.name(crossing.provider));
    let declaration = ctx.declaration(crossing.user);
    let (why, span) = match crossing.cause {
        Cause::NotInUses => (
            format!("but `{user}` does not list `{provider}` in its `uses`"),
            declaration.uses.as_ref().map(|uses| uses.span),
        ),
        Cause::NotInPackage => {
            let package = ctx
                .policy
                .package_of(ctx.graph, crossing.from)
                .map(|package| package.limits);
            (
                format!("but the package's own `uses` leaves `{provider}` out"),
                package.and_then(|limits| limits.uses.as_ref()).map(|uses| uses.span),
            )
        }
        _ => (format!("but nothing declares that `{user}` may use `{provider}`"), None),
    };
    Details {
        written: ctx.written(&link).to_owned(),
        continues_deed: true,
        message: format!(", {why}"),
        policy_span: span.or(Some(declaration.name.span)),
        ..Details::default()
    }
}
