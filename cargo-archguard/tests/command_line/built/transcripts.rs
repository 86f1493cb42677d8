//! The two ways to judge in a build, written in by hand, each as one session.

use snapbox::{assert_data_eq, file};

use super::copy::Copy;
use super::session::{Change, Session};

/// A handler runs its own SQL.
pub(super) const RAW: Change = Change {
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

/// Beginning with what was built before: nothing is done again; a violation, and its repair; another policy, and the old one.
fn seen(copy: &Copy) -> String {
    let (succeeded, said) = copy.build();
    assert!(succeeded, "{said}");
    let mut session = Session::new(copy);
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
    let copy = Copy::for_macro("macro");
    let dependency = "[dependencies]\narchguard = { version = \"0.1\", features = [\"enforce\"] }\n";
    copy.replace("shop/Cargo.toml", "[dependencies]\n", dependency);
    let call = "\narchguard::enforce!();\n\npub mod app;\n";
    copy.replace("shop/src/lib.rs", "\npub mod app;\n", call);
    assert_data_eq!(seen(&copy), file!["../../snapshots/enforced-by-macro.txt"].raw());
}

#[test]
fn the_wrapper_in_the_layered_shop() {
    let copy = Copy::new("wrapper");
    let configuration = copy.read(".cargo/config.toml");
    let wrapper = format!("{configuration}\n[build]\nrustc-workspace-wrapper = \"cargo-archguard\"\n");
    copy.write(".cargo/config.toml", &wrapper);
    assert_data_eq!(seen(&copy), file!["../../snapshots/enforced-by-wrapper.txt"].raw());
}
