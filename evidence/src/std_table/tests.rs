//! The shipped table against what is known about the standard library.

use super::{Associated, AssociatedKind, StdKind, StdTable};

fn table() -> &'static StdTable {
    StdTable::shipped()
}

/// The definition of the one entry of that kind.
fn definition(path: &str, kind: StdKind) -> Option<&'static str> {
    table()
        .lookup(path)
        .into_iter()
        .find(|entry| entry.kind == kind)
        .map(|entry| entry.definition)
}

fn associated(path: &str, name: &str) -> Associated {
    table()
        .associated(path, name)
        .unwrap_or_else(|| panic!("{path} has {name}"))
}

fn returns(path: &str, name: &str) -> Option<&'static str> {
    associated(path, name).returns
}

#[test]
fn paths_lead_to_their_definitions() {
    let known = [
        ("std::fs::File", StdKind::Struct, "std::fs::File"),
        ("std::fs", StdKind::Module, "std::fs"),
        ("std::sync::Arc", StdKind::Struct, "alloc::sync::Arc"),
        ("std::vec::Vec", StdKind::Struct, "alloc::vec::Vec"),
        ("std::any", StdKind::Module, "core::any"),
        (
            "std::collections::btree_map",
            StdKind::Module,
            "alloc::collections::btree_map",
        ),
        (
            "std::collections::HashMap",
            StdKind::Struct,
            "std::collections::hash::map::HashMap",
        ),
        (
            "std::collections::hash_map::HashMap",
            StdKind::Struct,
            "std::collections::hash::map::HashMap",
        ),
        (
            "std::collections::BTreeMap",
            StdKind::Struct,
            "alloc::collections::btree::map::BTreeMap",
        ),
        ("std::io::Error", StdKind::Struct, "std::io::error::Error"),
        ("std::io::Result", StdKind::Alias, "std::io::error::Result"),
        ("std::io::prelude::Read", StdKind::Trait, "std::io::Read"),
        ("std::net::TcpStream", StdKind::Struct, "std::net::tcp::TcpStream"),
        ("std::process::Command", StdKind::Struct, "std::process::Command"),
        ("std::mem::swap", StdKind::Function, "core::mem::swap"),
        ("std::time::Duration", StdKind::Struct, "core::time::Duration"),
        ("std::time::SystemTime", StdKind::Struct, "std::time::SystemTime"),
        (
            "std::sync::atomic::Ordering",
            StdKind::Enum,
            "core::sync::atomic::Ordering",
        ),
        (
            "std::sync::atomic::Ordering::SeqCst",
            StdKind::Variant,
            "core::sync::atomic::Ordering::SeqCst",
        ),
        (
            "core::option::Option::Some",
            StdKind::Variant,
            "core::option::Option::Some",
        ),
        ("std::f64::consts::PI", StdKind::Constant, "core::f64::consts::PI"),
        ("std::ops::Deref", StdKind::Trait, "core::ops::deref::Deref"),
        ("std::error::Error", StdKind::Trait, "core::error::Error"),
        (
            "std::os::unix::io::AsRawFd",
            StdKind::Trait,
            "std::os::fd::raw::AsRawFd",
        ),
        (
            "std::os::windows::fs::FileExt",
            StdKind::Trait,
            "std::os::windows::fs::FileExt",
        ),
        ("std::primitive::u8", StdKind::Primitive, "u8"),
        ("u32", StdKind::Primitive, "u32"),
        ("proc_macro::TokenStream", StdKind::Struct, "proc_macro::TokenStream"),
        (
            "core::prelude::v1::derive",
            StdKind::Attribute,
            "core::macros::builtin::derive",
        ),
        ("std::env", StdKind::Macro, "core::macros::builtin::env"),
        ("std::println", StdKind::Macro, "std::macros::println"),
        ("std::vec", StdKind::Macro, "alloc::macros::vec"),
    ];
    for (path, kind, expected) in known {
        assert_eq!(definition(path, kind), Some(expected), "{path}");
    }
}

#[test]
fn one_path_in_several_namespaces() {
    let kinds = |path: &str| table().lookup(path).iter().map(|entry| entry.kind).collect::<Vec<_>>();
    assert_eq!(kinds("std::vec"), [StdKind::Module, StdKind::Macro]);
    assert_eq!(kinds("std::env"), [StdKind::Module, StdKind::Macro]);
    assert_eq!(kinds("std::clone::Clone"), [StdKind::Trait, StdKind::Derive]);
    assert_eq!(kinds("std::println"), [StdKind::Macro]);
    assert_eq!(kinds("std::fmt::Debug"), [StdKind::Trait, StdKind::Derive]);
}

#[test]
fn definitions_are_found_too() {
    let found = table().lookup("std::io::error::Error");
    let publics: Vec<&str> = found.iter().map(|entry| entry.public).collect();
    assert_eq!(publics, ["std::io::Error"]);
    let hash_map = table().lookup("std::collections::hash::map::HashMap");
    assert_eq!(hash_map[0].public, "std::collections::HashMap");
}

#[test]
fn what_the_table_lacks_is_nothing() {
    for path in [
        "std::fs::Fil",
        "std::nothing",
        "serde::Serialize",
        "",
        "std::fs::",
        "std::arch::x86_64::_mm_nothing",
    ] {
        assert!(table().lookup(path).is_empty(), "{path}");
    }
    assert_eq!(table().associated("std::fs::File", "opened"), None);
    assert_eq!(table().associated("std::nothing::File", "open"), None);
    assert_eq!(table().returns("std::nothing"), None);
    assert_eq!(table().children("std::nothing").count(), 0);
}

#[test]
fn children_of_modules_and_enums() {
    let names = |path: &'static str| table().children(path).map(|(name, _)| name).collect::<Vec<_>>();
    let collections = names("std::collections");
    for name in ["HashMap", "BTreeMap", "VecDeque", "hash_map", "TryReserveError"] {
        assert!(collections.contains(&name), "{name}");
    }
    assert!(!collections.contains(&"Entry"), "one level only");
    assert_eq!(names("std::cmp::Ordering"), ["Equal", "Greater", "Less"]);
    assert_eq!(names("core::cmp::Ordering"), ["Equal", "Greater", "Less"]);
    assert_eq!(names("std::f64"), {
        let mut sorted = names("std::f64");
        sorted.sort_unstable();
        sorted
    });
    assert!(names("std").contains(&"fs") && !names("std").contains(&"File"));
    // A module whose definition lies in a private one is found by either path.
    let by_definition: Vec<_> = table().children("core::core_arch::arch::x86_64").collect();
    assert!(by_definition.iter().any(|(name, _)| *name == "_mm_add_ps"));
}

#[test]
fn vendor_intrinsics() {
    let add = "core::core_arch::x86::sse::_mm_add_ps";
    assert_eq!(
        definition("std::arch::x86_64::_mm_add_ps", StdKind::Function),
        Some(add)
    );
    assert_eq!(definition("core::arch::x86::_mm_add_ps", StdKind::Function), Some(add));
    assert_eq!(
        definition("std::arch::x86_64::__m128", StdKind::Struct),
        Some("core::core_arch::x86::__m128")
    );
    assert_eq!(definition(add, StdKind::Function), Some(add));
    assert!(table().children("std::arch::aarch64").count() > 1000);
    assert!(definition("std::arch::asm", StdKind::Macro).is_some());
    assert!(definition("std::arch::x86_64", StdKind::Module).is_some());
}

#[test]
fn what_the_documentation_hides_is_known() {
    let bound = Some("core::ops::range::Bound");
    assert_eq!(definition("std::collections::Bound", StdKind::Enum), bound);
    assert!(definition("std::collections::Bound::Included", StdKind::Variant).is_some());
}

#[test]
fn associated_names_have_kinds_and_types() {
    assert_eq!(
        associated("std::process::Command", "new").kind,
        AssociatedKind::Function
    );
    assert_eq!(returns("std::process::Command", "new"), Some("std::process::Command"));
    assert_eq!(
        returns("std::process::Command", "output"),
        Some("std::io::Result<std::process::Output>")
    );
    assert_eq!(returns("std::fs::File", "open"), Some("std::io::Result<std::fs::File>"));
    assert_eq!(associated("u32", "from_str_radix").kind, AssociatedKind::Function);
    assert_eq!(associated("u32", "MAX").kind, AssociatedKind::Constant);
    assert_eq!(returns("u32", "MAX"), Some("u32"));
    assert_eq!(associated("str", "from_utf8").kind, AssociatedKind::Function);
    assert_eq!(associated("str", "trim").kind, AssociatedKind::Method);
    assert_eq!(associated("f64", "sqrt").kind, AssociatedKind::Method);
    assert_eq!(associated("slice", "sort").kind, AssociatedKind::Method);
    assert_eq!(returns("slice", "to_vec"), Some("std::vec::Vec<T>"));
    assert_eq!(associated("std::ops::Range", "start").kind, AssociatedKind::Field);
    assert_eq!(associated("core::option::Option", "None").kind, AssociatedKind::Variant);
    assert_eq!(returns("alloc::string::String", "Target"), Some("str"));
    assert_eq!(returns("std::vec::Vec", "Item"), Some("T"));
}

#[test]
fn traits_bring_their_names() {
    assert_eq!(associated("std::fs::File", "read_to_string").owner, "std::io::Read");
    assert_eq!(associated("std::net::TcpStream", "write_all").owner, "std::io::Write");
    assert_eq!(associated("std::io::BufRead", "read_exact").owner, "std::io::Read");
    assert_eq!(
        associated("std::string::String", "to_string").owner,
        "alloc::string::ToString"
    );
    assert_eq!(
        associated("std::fs::Metadata", "to_owned").owner,
        "alloc::borrow::ToOwned"
    );
    assert_eq!(
        associated("std::io::Lines", "map").owner,
        "core::iter::traits::iterator::Iterator"
    );
    assert!(table().traits("std::io::BufReader").contains(&"std::io::BufRead"));
    // The type's own name comes first, and another type's implementations are not its own.
    assert_eq!(associated("std::sync::Arc", "clone").owner, "core::clone::Clone");
    assert!(!table().traits("std::fs::File").contains(&"core::clone::Clone"));
}

#[test]
fn associated_names_agree_with_single_questions() {
    for path in [
        "std::fs::File",
        "core::option::Option",
        "u8",
        "std::io::Read",
        "std::ops::Range",
    ] {
        let names = table().associated_names(path);
        assert!(names.len() > 5, "{path}");
        assert!(names.is_sorted_by_key(|(name, _)| *name), "{path}");
        for (name, item) in names {
            assert_eq!(table().associated(path, name), Some(*item), "{path}::{name}");
        }
    }
}

#[test]
fn functions_aliases_and_constants_have_types() {
    assert_eq!(
        table().returns("std::fs::read"),
        Some("std::io::Result<std::vec::Vec<u8>>")
    );
    assert_eq!(
        table().returns("std::io::Result"),
        Some("<T> = std::result::Result<T, std::io::Error>")
    );
    assert_eq!(table().returns("std::f64::consts::PI"), Some("f64"));
    assert_eq!(table().returns("std::mem::swap"), None);
    assert_eq!(
        table().returns("std::thread::spawn"),
        Some("std::thread::JoinHandle<T>")
    );
}

#[test]
fn preludes_by_edition() {
    let has = |edition, name: &str, kind| {
        table()
            .prelude(edition)
            .any(|(known, entry)| known == name && entry.kind == kind)
    };
    for edition in [2015, 2018, 2021, 2024, 2027] {
        for name in ["Vec", "String", "Box"] {
            assert!(has(edition, name, StdKind::Struct), "{edition} {name}");
        }
        assert!(has(edition, "Some", StdKind::Variant) && has(edition, "Option", StdKind::Enum));
        assert!(has(edition, "drop", StdKind::Function) && has(edition, "Send", StdKind::Trait));
        assert!(has(edition, "Debug", StdKind::Derive) && !has(edition, "Debug", StdKind::Trait));
        assert!(has(edition, "println", StdKind::Macro) && has(edition, "vec", StdKind::Macro));
        assert!(has(edition, "panic", StdKind::Macro) && has(edition, "derive", StdKind::Attribute));
        assert_eq!(has(edition, "TryFrom", StdKind::Trait), edition >= 2021, "{edition}");
        assert_eq!(has(edition, "Future", StdKind::Trait), edition >= 2024, "{edition}");
        assert!(!has(edition, "HashMap", StdKind::Struct));
    }
    let vec = table()
        .prelude(2021)
        .find(|(name, entry)| *name == "Vec" && entry.kind == StdKind::Struct);
    assert_eq!(vec.map(|(_, entry)| entry.definition), Some("alloc::vec::Vec"));
}

#[test]
fn names_without_import() {
    for name in [
        "println",
        "vec",
        "matches",
        "assert_eq",
        "include_str",
        "thread_local",
        "panic",
    ] {
        assert!(table().is_builtin_macro(name), "{name}");
    }
    for name in ["Clone", "Debug", "Hash", "PartialOrd"] {
        assert!(table().is_builtin_derive(name), "{name}");
    }
    for name in ["derive", "cfg", "inline", "test", "expect", "global_allocator", "doc"] {
        assert!(table().is_builtin_attribute(name), "{name}");
    }
    assert!(table().is_primitive("u8") && table().is_primitive("str"));
    assert!(!table().is_primitive("slice") && !table().is_primitive("String"));
    assert!(!table().is_builtin_macro("lazy_static") && !table().is_builtin_macro("swap"));
    assert!(!table().is_builtin_derive("Serialize") && !table().is_builtin_derive("Iterator"));
    assert!(!table().is_builtin_attribute("tokio"));
}

#[test]
fn crates_and_origin() {
    assert!(table().toolchain().starts_with("rustc 1."), "{}", table().toolchain());
    assert!(table().crate_names().all(|name| table().is_std_crate(name)));
    assert!(table().is_std_crate("alloc") && !table().is_std_crate("serde"));
}

/// Every line of the data is understood: nothing is dropped in silence.
#[test]
fn every_path_is_found_again() {
    let sections = super::sections::Sections::shipped();
    assert!(sections.paths.lines().count() > 4000);
    for line in sections.paths.lines() {
        let path = line.split('\t').next().expect("a line has a first field");
        assert!(table().lookup(path).iter().any(|entry| entry.public == path), "{line}");
    }
    let members = sections.members.lines().filter(|line| !line.starts_with('\t'));
    for head in members {
        let path = head.split('\t').next().expect("a line has a first field");
        assert!(
            !table().lookup(path).is_empty() || ["array", "fn", "pointer"].contains(&path),
            "{path}"
        );
    }
}
