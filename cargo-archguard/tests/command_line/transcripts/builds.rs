//! The two ways to judge in a build, each as one session.

use std::path::Path;

use snapbox::{assert_data_eq, file};

use super::copy::Copy;
use super::session::{Change, Session};
use crate::enforced::without_the_tool;

/// A handler runs its own SQL.
const RAW: Change = Change {
    file: "shop/src/http/orders.rs",
    old: "    Ok(Json(orders::cancel(&shop, user.id(), id).await?.into()))\n",
    new: "    let _ = sqlx::raw_sql(\"DELETE FROM orders\");\n    Ok(Json(orders::cancel(&shop, user.id(), id).await?.into()))\n",
};

/// Who asks whether the service runs has to sign in, too.
const STRICTER: Change = Change {
    file: "archguard.toml",
    old: "except  = [\"shop::http::health\", \"shop::http::login\"]\n",
    new: "except  = \"shop::http::login\"\n",
};

/// What was built before, as it is seen then: nothing is done again; a violation, and its repair; another policy, and the
/// old one.
fn seen(copy: Copy) -> String {
    let mut session = Session::new(copy);
    let (succeeded, said) = session.build();
    assert!(succeeded, "{said}");
    session.passes();
    session.change(RAW);
    session.fails();
    session.change(RAW.back());
    session.passes();
    session.change(STRICTER);
    session.fails();
    session.change(STRICTER.back());
    session.passes();
    session.end()
}

#[test]
fn the_macro_in_the_layered_shop() {
    let copy = Copy::new("macro");
    let macros = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("macros");
    let dependency = format!(
        "[dependencies]\narchguard = {{ path = '{}', features = [\"enforce\"] }}\n",
        macros.display()
    );
    copy.replace("shop/Cargo.toml", "[dependencies]\n", &dependency);
    copy.replace(
        "shop/src/lib.rs",
        "\npub mod app;\n",
        "\narchguard::enforce!();\n\npub mod app;\n",
    );
    let policy = copy.read("archguard.toml") + &without_the_tool(&copy.root);
    copy.write("archguard.toml", &policy);
    copy.lock_the_tools_dependencies();
    assert_data_eq!(seen(copy), file!["../../snapshots/enforced-by-macro.txt"].raw());
}

#[test]
fn the_wrapper_in_the_layered_shop() {
    let copy = Copy::new("wrapper");
    let configuration = copy.read(".cargo/config.toml");
    let program = env!("CARGO_BIN_EXE_cargo-archguard");
    let wrapper = format!("{configuration}\n[build]\nrustc-workspace-wrapper = '{program}'\n");
    copy.write(".cargo/config.toml", &wrapper);
    assert_data_eq!(seen(copy), file!["../../snapshots/enforced-by-wrapper.txt"].raw());
}
