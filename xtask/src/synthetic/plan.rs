//! What is asked for: a shape, and how large. What it looks like is for the shapes.

/// What kind of code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Crates in layers with trees of modules whose functions use each other, like ordinary code.
    Layered,
    /// One chain of modules, each handing on by a glob what the next one hands on.
    Globs,
    /// The same, each name by its own.
    Reexports,
    /// One ring of modules with shortcuts: a single knot.
    Circle,
}

impl Shape {
    pub(crate) const ALL: [Self; 4] = [Self::Layered, Self::Globs, Self::Reexports, Self::Circle];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Layered => "layered",
            Self::Globs => "globs",
            Self::Reexports => "reexports",
            Self::Circle => "circle",
        }
    }

    pub(crate) fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shape| shape.word() == word)
    }
}

/// A workspace, as numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) shape: Shape,
    pub(crate) modules: usize,
    /// In each module, about.
    pub(crate) references: usize,
    pub(crate) seed: u64,
}

impl Plan {
    /// References of which ordinary modules have as many: rust-analyzer has some ninety in each.
    pub(crate) const REFERENCES: usize = 100;
    pub(crate) const SEED: u64 = 1;

    pub(crate) fn new(shape: Shape, modules: usize) -> Self {
        Self {
            shape,
            modules,
            references: Self::REFERENCES,
            seed: Self::SEED,
        }
    }
}
