//! The steps in their order. A step that has been released is never changed: the next one corrects it.

/// One change of the schema.
pub(crate) struct Step {
    /// What it is noted under once it is taken.
    pub(crate) name: &'static str,
    /// The statements.
    pub(crate) sql: &'static str,
}

pub(crate) const STEPS: &[Step] = &[
    Step {
        name: "0001_accounts",
        sql: include_str!("../sql/0001_accounts.sql"),
    },
    Step {
        name: "0002_products",
        sql: include_str!("../sql/0002_products.sql"),
    },
    Step {
        name: "0003_orders",
        sql: include_str!("../sql/0003_orders.sql"),
    },
    Step {
        name: "0004_shelves",
        sql: include_str!("../sql/0004_shelves.sql"),
    },
];
