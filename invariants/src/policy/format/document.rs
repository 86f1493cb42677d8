//! The policy itself and a package's own: the whole file, and every table of it that is no rule.

use super::rules::{ACYCLIC, FORBID, LAYERS, MANDATE, REQUIRE};
use super::shape::{Key, Shape, Table};
use super::words::{ANNOTATION_WORDS, DEV_WORDS, PENDING_WORDS, PERMISSION_WORDS};

const VERSION: Key = Key::new(
    "version",
    Shape::Version,
    "The version of the format; there is one, `1`.",
)
.required();

/// `archguard.toml` at the workspace root.
pub(in crate::policy) const DOCUMENT: Table = Table::new(
    "document",
    "The declared architecture of a workspace.",
    &[
        VERSION,
        Key::new("policy", Shape::Table(&SETTINGS), "What holds for the whole policy."),
        Key::new(
            "sets",
            Shape::Named(&Shape::Anything(0)),
            "Lists with a name of their own: other lists take them in as `set:name`. A set may name sets.",
        ),
        Key::new(
            "components",
            Shape::Named(&Shape::Component(&COMPONENT)),
            "The named parts of the code: layers, slices, shared modules. Every module with code belongs to one.",
        ),
        Key::new(
            "layers",
            Shape::Tables(&LAYERS),
            "Orders of components, from the top to the bottom.",
        ),
        Key::new(
            "forbid",
            Shape::Tables(&FORBID),
            "Prohibitions: what code must not name, call or reach.",
        ),
        Key::new(
            "mandate",
            Shape::Tables(&MANDATE),
            "Shared components that must be used instead of what they wrap.",
        ),
        Key::new("require", Shape::Tables(&REQUIRE), "Requirements: what items must be."),
        Key::new("acyclic", Shape::Tables(&ACYCLIC), "Where there must be no circles."),
        Key::new(
            "exclude",
            Shape::Tables(&EXCLUDE),
            "Files and directories that the check leaves out, visibly and for a time.",
        ),
        Key::new(
            "facades",
            Shape::Named(&Shape::Paths(1)),
            "From an external crate's name to the crates and items that belong to its family though neither name nor repository says so.",
        ),
    ],
);

/// `archguard.toml` of a package.
pub(in crate::policy) const PACKAGE: Table = Table::new(
    "package",
    "What a package asks of its own code; it can only narrow what the workspace's policy allows.",
    &[
        VERSION,
        Key::new(
            "uses",
            Shape::Code(0),
            "Of the components that the package's code may use, only these.",
        ),
        Key::new(
            "crates",
            Shape::Anything(0),
            "Of the external crates that the package's code may use, only these.",
        ),
        Key::new("forbid", Shape::Tables(&FORBID), "Prohibitions for the package's code."),
        Key::new(
            "mandate",
            Shape::Tables(&MANDATE),
            "Shared components that the package's code must use.",
        ),
        Key::new("require", Shape::Tables(&REQUIRE), "What items of the package must be."),
        Key::new(
            "acyclic",
            Shape::Tables(&ACYCLIC),
            "Where the package must have no circles.",
        ),
    ],
);

/// `[policy]`.
pub(in crate::policy) const SETTINGS: Table = Table::new(
        "policy",
        "What holds for the whole policy.",
        &[
            Key::new(
                "undeclared",
                Shape::Word(PERMISSION_WORDS),
                "Whether a pair of components that nothing allows is a breach (`deny`) or is let pass (`allow`).",
            )
            .default("\"deny\""),
            Key::new(
                "unassigned",
                Shape::Word(PERMISSION_WORDS),
                "Whether a module in no component is a breach (`deny`) or is let pass (`allow`).",
            )
            .default("\"deny\""),
            Key::new(
                "dev",
                Shape::Word(DEV_WORDS),
                "Whether development code is judged by rules with `dev = true` alone (`exempt`), or like production code (`check`).",
            )
            .default("\"exempt\""),
            Key::new(
                "dev_code",
                Shape::Texts(0),
                "What counts as development code beside tests, benches and examples: crates, modules, `feature:testing`, `attribute:x::y`.",
            )
            .default("[]"),
            Key::new(
                "pending",
                Shape::Word(PENDING_WORDS),
                "Whether generated code that is not built, and crates without sources, are listed (`list`) or are problems (`error`).",
            )
            .default("\"list\""),
            Key::new(
                "exceptions",
                Shape::Table(&MAX_DAYS),
                "Limits what `archguard.exceptions.toml` may say.",
            )
            .default("{ max_days = 366 }"),
            Key::new(
                "annotations",
                Shape::Word(ANNOTATION_WORDS),
                "Whether every component says in its code that it is one, by `component!(\"name\")` in its outermost modules (`required`), or may leave that to the policy (`optional`). What the code says has to agree with the policy either way.",
            )
            .default("\"optional\""),
            Key::new(
                "inline_exceptions",
                Shape::Flag,
                "Whether exceptions may stand in the code that they speak of, as `#[except(..)]` or `except_here!(..)`; otherwise each one there is a problem.",
            )
            .default("false"),
            Key::new(
                "generated",
                Shape::Texts(0),
                "Files (`src/schema.rs`, `src/gen`, `**/*.pb.rs`) and modules (`shop::schema`) that are generated: judged, marked as such, and never judged by `require`. What build scripts write is marked without being listed.",
            )
            .default("[]"),
            Key::new(
                "workspaces",
                Shape::Texts(0),
                "Other workspaces of the repository that are examined too, by their directories: `\"tools\"`, `\"examples/*\"`, `\"**\"`, `\"!fixtures/**\"`.",
            )
            .default("[]"),
            Key::new(
                "tool",
                Shape::ToolVersion,
                "The version of archguard that the policy is written for, such as `\"0.1\"`: an older one refuses it, a newer one that means something else by it says so.",
            ),
        ],
    );

/// `exceptions` of `[policy]`.
pub(in crate::policy) const MAX_DAYS: Table = Table::new(
    "exceptions",
    "Limits what `archguard.exceptions.toml` may say.",
    &[Key::new(
        "max_days",
        Shape::Count,
        "How many days the `until` of an exception may lie ahead.",
    )
    .required()],
);

/// An entry of `[components]` that is a table.
pub(in crate::policy) const COMPONENT: Table = Table {
    one_of: &["paths", "each"],
    ..Table::new(
        "component",
        "A named set of modules: a layer, a feature slice, a shared module, an adapter.",
        &[
            Key::new(
                "paths",
                Shape::Paths(1),
                "What belongs to it. Alone it may be written without the table: `http = \"shop::http\"`.",
            ),
            Key::new(
                "each",
                Shape::Paths(1),
                "Instead of `paths`: a pattern with exactly one `*`. Every match is a component of its own, `features.cart`; all of them are `features`.",
            ),
            Key::new(
                "uses",
                Shape::Code(0),
                "The components that it may use, exactly; `\"*\"` is everything that the layerings do not deny, `[]` nothing. Without it the layerings decide.",
            ),
            Key::new(
                "crates",
                Shape::Anything(0),
                "The external crates that it may use beside the standard library, exactly. Without it they are free.",
            ),
            Key::new(
                "public",
                Shape::Paths(0),
                "What others may write; anything else of it is `private-interface`. What it re-exports there counts as its own. Without it everything is public.",
            ),
            Key::new(
                "annotated",
                Shape::Flag,
                "Whether its code has to say that it belongs to it, by `component!(\"name\")` in its outermost modules. Without it `[policy] annotations` decides.",
            ),
        ],
    )
};

/// `[[exclude]]`.
pub(in crate::policy) const EXCLUDE: Table = Table::new(
    "exclude",
    "Vendored or deliberately broken code that the check leaves out, visibly.",
    &[
        Key::new(
            "path",
            Shape::Said,
            "One file or directory, relative to the workspace root, written with `/`.",
        )
        .required(),
        Key::new("reason", Shape::Said, "Why it is left out.").required(),
        Key::new("owner", Shape::Said, "Who answers for that.").required(),
        Key::new(
            "until",
            Shape::Day,
            "The last day on which it is left out, `\"2030-06-30\"`; after it, and where it is no day, that is a problem.",
        )
        .required(),
    ],
);
