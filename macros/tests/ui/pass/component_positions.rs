//! `component!` in a crate root, in modules, with every delimiter, beside a declaration of the same in a macro.

archguard::component!("main");

mod http {
    archguard::component! { "http-api" }
    pub mod inner {
        archguard::component!["features.cart"];
    }
}

mod imported {
    use archguard::component;
    component!(r"persistence");
}

mod renamed {
    use archguard as guard;
    guard::component!(r#"persistence"#);
}

macro_rules! module_of {
    ($name:ident, $component:literal) => {
        mod $name {
            archguard::component!($component);
        }
    };
}

module_of!(generated, "features.generated");

fn main() {
    mod inside_a_function {
        archguard::component!("tools");
    }
}
