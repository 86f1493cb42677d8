//! The five kinds of rules.

use super::shape::{Key, Shape, Table};
use super::words::{SEVERITY_WORDS, access_words, among_words, kind_words, use_words};

/// What every rule has. The last is the one that layerings do without.
const HEAD: [Key; 9] = [
    Key::new(
        "id",
        Shape::Id,
        "Its identity, unique and never changed: small letters, digits and `-`.",
    )
    .required(),
    Key::new(
        "because",
        Shape::Text,
        "Why the rule is there; shown with each finding.",
    ),
    Key::new(
        "instead",
        Shape::Texts(0),
        "What to use instead: one path or several; shown with each finding.",
    ),
    Key::new(
        "docs",
        Shape::Text,
        "Where to read more: a link or a path; shown with each finding.",
    ),
    Key::new(
        "severity",
        Shape::Word(SEVERITY_WORDS),
        "Whether its findings fail the check (`error`) or are printed only (`warn`).",
    )
    .default("\"error\""),
    Key::new("dev", Shape::Flag, "Whether development code is judged by it too.").default("false"),
    Key::new(
        "in",
        Shape::Code(0),
        "The code that the rule speaks of: components, paths, items. Without it all of it.",
    ),
    Key::new(
        "except",
        Shape::Code(0),
        "Code that it does not speak of: components, paths, items.",
    ),
    Key::new(
        "optional",
        Shape::Flag,
        "Whether it may match nothing; else a rule of which nothing matches is a problem.",
    )
    .default("false"),
];

/// Keys of every kind of rule.
const SHARED: &[Key] = &HEAD;
const SHARED_BY_LAYERS: &[Key] = SHARED.split_at(HEAD.len() - 1).0;

const fn rule(name: &'static str, about: &'static str, keys: &'static [Key]) -> Table {
    Table {
        shared: SHARED,
        ..Table::new(name, about, keys)
    }
}

/// `[[layers]]`.
pub(in crate::policy) const LAYERS: Table = Table {
    shared: SHARED_BY_LAYERS,
    refused: &[("optional", "a layering of which nothing matches is a mistake")],
    ..Table::new(
        "layers",
        "An order: each entry may use those below it.",
        &[
            Key::new(
                "order",
                Shape::Order,
                "From the top to the bottom. Entries in an array of their own are siblings and may not use each other.",
            )
            .required(),
            Key::new(
                "within",
                Shape::Code(0),
                "Components, such as the members of a family: the order then is that of the submodules of each.",
            ),
        ],
    )
};

/// `[[forbid]]`.
pub(in crate::policy) const FORBID: Table = rule(
    "forbid",
    "A prohibition.",
    &[
        Key::new(
            "use",
            Shape::Targets,
            "What must not be used: a list, or a table from path to replacement.",
        )
        .required(),
        Key::new(
            "as",
            Shape::Words(use_words),
            "Only these kinds of reference; or `public`: in what code outside the component can see. Without it every kind.",
        ),
        Key::new(
            "through",
            Shape::Code(0),
            "Components whose `public` hand-outs are let pass.",
        ),
        Key::new(
            "transitive",
            Shape::Flag,
            "Whether it must not be reached through any chain of references either; the finding shows the shortest.",
        )
        .default("false"),
    ],
);

/// `[[mandate]]`.
pub(in crate::policy) const MANDATE: Table = rule(
    "mandate",
    "A shared component that alone may touch what it wraps.",
    &[
        Key::new(
            "use",
            Shape::Code(0),
            "The shared component. The message leads to its `public` paths.",
        )
        .required(),
        Key::new("instead_of", Shape::Anything(0), "What it alone may touch.").required(),
        Key::new(
            "through",
            Shape::Code(0),
            "Components whose `public` hand-outs are let pass.",
        ),
    ],
);

/// `[[require]]`.
pub(in crate::policy) const REQUIRE: Table = rule(
    "require",
    "What items must be.",
    &[
        Key::new(
            "items",
            Shape::Table(&CONDITIONS),
            "Which items: those that meet all of its keys; of a list under a key any.",
        )
        .required(),
        Key::new(
            "must",
            Shape::Table(&CONDITIONS),
            "What each of them must be, in the same words.",
        )
        .required(),
    ],
);

/// `items` and `must`.
pub(in crate::policy) const CONDITIONS: Table = Table {
    filled: true,
    ..Table::new(
        "conditions",
        "What an item is.",
        &[
            Key::new(
                "kind",
                Shape::Words(kind_words),
                "It is one of these; `fn` is free functions.",
            ),
            Key::new(
                "name",
                Shape::Texts(1),
                "It has such a name: `*Row`, `{get,put}_*`, `!*Query`.",
            ),
            Key::new("in", Shape::Code(1), "It stands there: components, paths, items."),
            Key::new(
                "visibility",
                Shape::Words(access_words),
                "It can really be named by other crates (`pub`), by other modules of its crate (`pub(crate)`), or by its module alone (`private`).",
            ),
            Key::new("attribute", Shape::Anything(1), "It carries the attribute."),
            Key::new("derive", Shape::Anything(1), "It derives this."),
            Key::new(
                "implement",
                Shape::Anything(1),
                "It is a type that implements the trait, or such an impl.",
            ),
            Key::new(
                "take",
                Shape::Anything(1),
                "It has a parameter of that type, behind any references.",
            ),
            Key::new("return", Shape::Anything(1), "It returns that type."),
            Key::new(
                "through",
                Shape::Anything(1),
                "Wrappers that `take` and `return` look into: `Option`, `Result`, `Box`, `Vec`, others by path.",
            ),
            Key::new("call", Shape::Anything(1), "Its code calls this."),
            Key::new("reference", Shape::Anything(1), "Its code names this."),
            Key::new("passed_to", Shape::Anything(1), "It is an argument of a call of this."),
            Key::new("async", Shape::Flag, "It is `async`, or is not."),
            Key::new("unsafe", Shape::Flag, "It is declared `unsafe`, or is not."),
        ],
    )
};

/// `[[acyclic]]`.
pub(in crate::policy) const ACYCLIC: Table = rule(
    "acyclic",
    "No circles.",
    &[Key::new(
        "among",
        Shape::Words(among_words),
        "Between what: components, sibling modules, crates.",
    )
    .required()],
);
