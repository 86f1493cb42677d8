//! Everything that `component!` refuses.

mod nothing { archguard::component!(); }
mod two { archguard::component!("http", "db"); }
mod comma { archguard::component!("http",); }
mod path { archguard::component!(persistence); }
mod number { archguard::component!(7); }
mod bytes { archguard::component!(b"http"); }
mod suffix { archguard::component!("http"layer); }
mod call { archguard::component!(concat!("ht", "tp")); }
mod empty { archguard::component!(""); }
mod capital { archguard::component!("Persistence"); }
mod words { archguard::component!("HttpApi"); }
mod module_path { archguard::component!("shop::db"); }
mod member { archguard::component!("features.cart.items"); }
mod wildcard { archguard::component!("features.*"); }

macro_rules! module_of {
    ($name:ident, $component:literal) => {
        mod $name {
            archguard::component!($component);
        }
    };
}

module_of!(generated, "Features");

fn main() {
    archguard::component!("Http");
}
