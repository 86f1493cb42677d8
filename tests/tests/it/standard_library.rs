//! The standard library from the shipped table: public paths, definitions, methods, what it lacks.

use crate::harness::check;

#[test]
fn public_paths_lead_to_their_definitions() {
    check(
        r"
//- src/lib.rs
use std::collections::HashMap;
//  ^^^^^^^^^^^^^^^^^^^^^^^^^ import std::collections::hash::map::HashMap written std::collections::HashMap
use std::fmt::{self, Display};
//                   ^^^^^^^ import core::fmt::Display written std::fmt::Display
use std::sync::{Arc, Mutex};
//              ^^^ import alloc::sync::Arc
//                   ^^^^^ import std::sync::poison::mutex::Mutex
fn f(x: fmt::Result) -> HashMap<u8, u8> {
//      ^^^^^^^^^^^ type core::fmt::Result written std::fmt::Result
    std::process::exit(1);
//  ^^^^^^^^^^^^^^^^^^ call std::process::exit
    std::thread::sleep(1);
//  ^^^^^^^^^^^^^^^^^^ call std::thread::functions::sleep
    HashMap::new()
//  ^^^^^^^^^^^^ call std::collections::hash::map::HashMap::new
}
fn g() { String::from_utf8(1); i32::from_str_radix(1); std::i32::MAX; char::from(1); }
//       ^^^^^^^^^^^^^^^^^ call alloc::string::String::from_utf8
//                             ^^^^^^^^^^^^^^^^^^^ call core::i32::from_str_radix
",
    );
}

#[test]
fn methods_of_standard_types() {
    check(
        r"
//- src/lib.rs
fn f(path: &std::path::Path, text: String) {
    path.exists();
//       ^^^^^^ method std::path::Path::exists inferred
    text.trim().len();
//       ^^^^ method core::str::trim inferred
    std::fs::File::open(path).unwrap().metadata();
//                                     ^^^^^^^^ nothing
}
",
    );
}

#[test]
fn a_name_that_the_table_lacks_is_unresolved() {
    let checked = check(
        r"
//- src/lib.rs
use std::fs::not_there;
//  ^^^^^^^^^^^^^^^^^^ import std::fs; unresolved std::fs::not_there not-in-standard-table
fn f() { std::nowhere::g(); }
//       ^^^^^^^^^^^^^^^ call std; unresolved std::nowhere::g not-in-standard-table
",
    );
    assert_eq!(checked.graph.unresolved().len(), 2);
}

#[test]
fn core_alloc_and_proc_macro_without_std() {
    check(
        r"
//- src/lib.rs
#![no_std]
extern crate alloc;
use alloc::vec::Vec;
//  ^^^^^^^^^^^^^^^ import alloc::vec::Vec
use core::mem;
//  ^^^^^^^^^ import core::mem
fn f() -> Vec<u8> { mem::swap(1, 2); Vec::new() }
//                  ^^^^^^^^^ call core::mem::swap
",
    );
}

#[test]
fn a_module_of_a_primitive_types_name_hides_it_only_as_far_as_it_holds_what_is_named() {
    check(
        r"
//- registry/algebra/src/lib.rs
pub mod f32 { pub struct Vector; }
//- src/lib.rs
use algebra::*;
//  ^^^^^^^^^^ import algebra
use std::u8;
//  ^^^^^^^ import core::legacy_int_modules::u8 written std::u8
fn f(_: u8, _: f32::Vector) -> f32 { let _ = u8::max_value(); f32::EPSILON }
//      ^^ type core::u8
//             ^^^^^^^^^^^ type algebra::f32::Vector
//                             ^^^ type core::f32
//                                           ^^^^^^^^^^^^^ call core::u8::max_value
//                                                            ^^^^^^^^^^^^ path core::f32::EPSILON
",
    );
}
