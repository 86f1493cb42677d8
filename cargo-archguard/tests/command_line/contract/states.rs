//! What has happened to the shop before a command is run.

use super::shop::Shop;

/// In a repository whose one commit has no exceptions.
pub(super) const COMMITTED_WITHOUT_EXCEPTIONS: fn(&Shop) = |shop| {
    shop.git("init --quiet");
    shop.git("add Cargo.toml archguard.toml");
    shop.git("-c user.name=us -c user.email=us@example.org commit --quiet -m begin");
};
/// In a repository with everything in one commit.
pub(super) const COMMITTED: fn(&Shop) = |shop| {
    shop.git("init --quiet");
    shop.git("add .");
    shop.git("-c user.name=us -c user.email=us@example.org commit --quiet -m begin");
};
/// The policy has become laxer since.
pub(super) const LAXER: fn(&Shop) = |shop| {
    COMMITTED(shop);
    shop.write("archguard.toml", "version = 1\npolicy.exceptions = { max_days = 999999 }\n\n[components]\nhttp  = { paths = \"shop::http\", uses = [] }\ndb    = { paths = \"shop::db\", uses = [\"http\"] }\ntools = \"tools\"\n");
};
pub(super) const NOT_COMPILING: fn(&Shop) =
    |shop| shop.write("shop/src/db.rs", "pub fn connect() -> u32 {}\npub fn query() {}\n");
pub(super) const NO_POLICY: fn(&Shop) = |shop| shop.remove("archguard.toml");
/// No policy, and code that points both ways.
pub(super) const CIRCLE: fn(&Shop) = |shop| {
    NO_POLICY(shop);
    shop.remove("archguard.exceptions.toml");
    // Four modules: enough for each to be a component.
    let library = "pub mod a {\n    pub fn f() {\n        crate::b::f();\n    }\n}\npub mod b {\n    pub fn f() {\n        crate::a::f();\n    }\n}\npub mod db;\npub mod http;\n";
    shop.write("shop/src/lib.rs", library);
};
/// Part of what was frozen is gone.
pub(super) const GONE: fn(&Shop) = |shop| {
    shop.run("--offline baseline");
    shop.write("shop/src/http.rs", "pub fn list() {\n    crate::db::connect();\n}\n");
};
/// There is more than was frozen.
pub(super) const WORSE: fn(&Shop) = |shop| {
    shop.run("--offline baseline");
    let db = "pub fn connect() {}\npub fn query() {\n    crate::http::list();\n}\n";
    shop.write("shop/src/db.rs", db);
};
pub(super) const STALE: fn(&Shop) = |shop| shop.write("shop/src/http.rs", "pub fn list() {}\n");

/// Builds are judged by the wrapper.
pub(super) const WRAPPED: fn(&Shop) = |shop| {
    let line = "[build]\nrustc-workspace-wrapper = \"cargo-archguard\"\n";
    shop.write(".cargo/config.toml", line);
};
/// Builds are judged by the macro.
pub(super) const ENFORCED: fn(&Shop) = |shop| {
    for file in ["shop/src/lib.rs", "tools/src/main.rs"] {
        let text = std::fs::read_to_string(shop.root().join(file)).unwrap();
        shop.write(file, &format!("archguard::enforce!();\n{text}"));
    }
};
