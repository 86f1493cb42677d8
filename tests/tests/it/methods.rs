//! Method calls and fields by declared types; what stays unknown is counted.

use crate::harness::check;

const DRIVER: &str = r"
//- registry/driver/src/lib.rs
pub struct Pool { pub name: u8 }
pub struct Row;
impl Pool { pub fn open() -> Pool { Pool { name: 1 } } pub fn exec(&self) -> Row { Row } pub async fn later(&self) -> Row { Row } pub fn maybe(&self) -> Option<Row> { None } }
impl Row { pub fn get(&self) -> u8 { 1 } }
pub trait Executor { fn execute(&self); }
impl Executor for Pool { fn execute(&self) {} }
pub fn connect() -> Pool { Pool::open() }
";

#[test]
fn parameters_lets_constructors_and_returns() {
    check(&format!(
        "{DRIVER}{}",
        r"
//- src/lib.rs
use driver::{Pool, Row};
fn by_parameter(pool: &Pool) { pool.exec(); }
//                                  ^^^^ method driver::Pool::exec inferred
fn by_let() { let pool: Pool = todo!(); pool.exec(); }
//                                           ^^^^ method driver::Pool::exec inferred
fn by_constructor() { let pool = Pool::open(); pool.exec(); }
//                                                  ^^^^ method driver::Pool::exec inferred
fn by_literal() { let pool = Pool { name: 1 }; pool.exec(); }
//                                                  ^^^^ method driver::Pool::exec inferred
fn by_function() { let pool = driver::connect(); pool.exec().get(); }
//                                                    ^^^^ method driver::Pool::exec inferred
//                                                           ^^^ method driver::Row::get inferred
async fn by_await(pool: Pool) { let row = pool.later().await; row.get(); }
//                                                                ^^^ method driver::Row::get inferred
fn by_question_mark(pool: Pool) -> Option<u8> { let row = pool.maybe()?; Some(row.get()) }
//                                                                                ^^^ method driver::Row::get inferred
fn by_reference(pool: Pool) { let p = &pool; (*p).exec(); (&pool).exec(); }
//                                                ^^^^ method driver::Pool::exec inferred
//                                                                ^^^^ method driver::Pool::exec inferred
fn by_closure() { let run = |pool: &Pool| pool.exec(); }
//                                             ^^^^ method driver::Pool::exec inferred
fn by_static() { POOL.exec(); }
//                    ^^^^ method driver::Pool::exec inferred
static POOL: Pool = Pool { name: 1 };
fn by_block() { let pool = { Pool::open() }; pool.exec(); }
//                                                ^^^^ method driver::Pool::exec inferred
fn by_box(pool: Box<Pool>, shared: std::sync::Arc<Pool>) { pool.exec(); shared.exec(); }
//                                                              ^^^^ method driver::Pool::exec inferred
//                                                                             ^^^^ method driver::Pool::exec inferred
"
    ));
}

#[test]
fn what_is_called_is_no_field_of_that_name() {
    check(
        r"
//- registry/driver/src/lib.rs
pub struct Match { pub start: u8, end: u8 }
impl Match { pub fn start(&self) -> u8 { self.start } pub fn end(&self) -> u8 { self.end } }
//- src/lib.rs
fn read(found: &driver::Match) -> u8 { found.start + found.start() + found.end() }
//                                           ^^^^^ field driver::Match inferred
//                                                         ^^^^^ method driver::Match::start inferred
//                                                                         ^^^ method driver::Match::end inferred
",
    );
}

#[test]
fn what_a_type_dereferences_to_comes_before_a_guess_by_the_traits_in_scope() {
    check(
        r"
//- registry/driver/src/lib.rs
pub trait Guarded { fn guard(&self); }
//- src/lib.rs
use std::fmt::Debug;
pub struct Tokens(Vec<u8>);
impl std::ops::Deref for Tokens { type Target = Vec<u8>; fn deref(&self) -> &Vec<u8> { &self.0 } }
fn count(tokens: &Tokens) -> usize { tokens.len() }
//                                          ^^^ method alloc::vec::Vec::len inferred
fn bounded<T: driver::Guarded>(held: T) { held.guard(); held.as_bytes(); }
//                                             ^^^^^ method driver::Guarded::guard inferred
//                                                           ^^^^^^^^ nothing
fn shown(tokens: &Tokens) -> usize { tokens.fmt() }
//                                          ^^^ method core::fmt::Debug::fmt inferred
",
    );
}

#[test]
fn futures_of_our_own_give_what_their_impl_says() {
    check(&format!(
        "{DRIVER}{}",
        r"
//- src/lib.rs
use std::future::{Future, IntoFuture};
pub struct Opening;
impl IntoFuture for Opening { type Output = driver::Pool; type IntoFuture = std::future::Ready<driver::Pool>; fn into_future(self) -> Self::IntoFuture { todo!() } }
pub struct Asking;
impl Future for Asking { type Output = Option<driver::Row>; }
pub struct Client;
pub struct Answer(driver::Row);
impl std::ops::Deref for Answer { type Target = driver::Row; fn deref(&self) -> &driver::Row { &self.0 } }
pub struct Sending;
impl IntoFuture for Sending { type Output = Answer; }
impl Client { pub fn get(&self) -> Sending { Sending } }
async fn opened() { let pool = Opening.await; pool.exec(); }
//                                                 ^^^^ method driver::Pool::exec inferred
async fn asked() -> Option<u8> { Some(Asking.await?.get()) }
//                                                  ^^^ method driver::Row::get inferred
async fn answered(client: Client) { let answer = client.get().await; answer.get(); }
//                                                                          ^^^ method driver::Row::get inferred
"
    ));
}

#[test]
fn fields_and_self() {
    check(&format!(
        "{DRIVER}{}",
        r"
//- src/lib.rs
pub struct Store { pool: driver::Pool, rows: Vec<driver::Row> }
pub struct Wrapper(driver::Pool);
impl Store {
    fn run(&self) { self.pool.exec(); }
//                       ^^^^ field shop::Store inferred
//                            ^^^^ method driver::Pool::exec inferred
    fn again(&self) { self.run(); }
//                         ^^^ method shop::Store::run inferred
    fn other(self: &std::rc::Rc<Self>) { self.pool.exec(); }
//                                                 ^^^^ method driver::Pool::exec inferred
}
fn f(w: Wrapper) { w.0.exec(); }
//                     ^^^^ method driver::Pool::exec inferred
fn g(Store { pool, .. }: Store) { pool.exec(); }
//                                     ^^^^ method driver::Pool::exec inferred
"
    ));
}

#[test]
fn methods_of_traits() {
    check(&format!(
        "{DRIVER}{}",
        r"
//- src/lib.rs
use driver::{Executor, Pool};
fn by_impl(pool: Pool) { pool.execute(); }
//                            ^^^^^^^ method driver::Executor::execute inferred
fn by_bound<E: Executor>(e: E) { e.execute(); }
//                                 ^^^^^^^ method driver::Executor::execute inferred
fn by_where<E>(e: &E) where E: Executor { e.execute(); }
//                                          ^^^^^^^ method driver::Executor::execute inferred
fn by_object(e: &dyn Executor, b: Box<dyn Executor>) { e.execute(); b.execute(); }
//                                                       ^^^^^^^ method driver::Executor::execute inferred
//                                                                    ^^^^^^^ method driver::Executor::execute inferred
fn by_impl_trait(e: impl Executor) { e.execute(); }
//                                     ^^^^^^^ method driver::Executor::execute inferred
"
    ));
}

#[test]
fn what_stays_unknown_is_counted_not_guessed() {
    let checked = check(&format!(
        "{DRIVER}{}",
        r"
//- src/lib.rs
fn f() { let x = Default::default(); x.exec(); }
//                                     ^^^^ nothing
fn g(f: impl Fn() -> u8) { let y = f(); mystery(y).exec(); }
//                                                 ^^^^ nothing
"
    ));
    assert_eq!(checked.graph.examined().untyped_method_calls, 2);
}

#[test]
fn a_function_that_is_bound_or_passed_is_named_there() {
    check(&format!(
        "{DRIVER}{}",
        r"
//- src/lib.rs
fn f() {
    let open = driver::connect;
//             ^^^^^^^^^^^^^^^ path driver::connect
    open();
    let all = [driver::connect, driver::Pool::open];
//             ^^^^^^^^^^^^^^^ path driver::connect
//                              ^^^^^^^^^^^^^^^^^^ path driver::Pool::open
    let _ = Some(()).map(|()| driver::connect());
//                            ^^^^^^^^^^^^^^^ call driver::connect
    let _ = Some(driver::connect()).as_ref().map(driver::Pool::exec);
//                                               ^^^^^^^^^^^^^^^^^^ path driver::Pool::exec
}
"
    ));
}

#[test]
fn what_a_standard_wrapper_holds_is_not_taken_for_the_wrapper() {
    check(
        r"
//- src/lib.rs
use std::pin::Pin;
pub struct Timer;
impl Timer { pub fn cancel(&mut self) {} }
fn f(timer: Pin<&mut Timer>) { timer.cancel(); timer.as_ref(); }
//                                   ^^^^^^ nothing
",
    );
}

#[test]
fn what_a_method_of_an_imported_trait_returns() {
    check(&format!(
        "{DRIVER}{}",
        r"
//- registry/more/Cargo.toml
[package]
name = 'more'
[dependencies]
driver = '1'
//- registry/more/src/lib.rs
pub trait More { fn again(self) -> Self where Self: Sized; fn first(&self) -> driver::Row; }
impl More for driver::Pool { fn again(self) -> Self { self } fn first(&self) -> driver::Row { driver::Row } }
//- src/lib.rs
use driver::Pool;
mod imported {
    use more::More;
    fn f(pool: super::Pool) { pool.again().exec(); pool.first().get(); }
    //                             ^^^^^ method more::More::again inferred
    //                                     ^^^^ method driver::Pool::exec inferred
    //                                                  ^^^^^ method more::More::first inferred
    //                                                          ^^^ method driver::Row::get inferred
}
fn g(pool: Pool) { use more::More as _; pool.again().exec(); }
//                                           ^^^^^ method more::More::again inferred
//                                                   ^^^^ method driver::Pool::exec inferred
fn h(pool: Pool) { pool.exec(); }
//                      ^^^^ method driver::Pool::exec inferred
"
    ));
}

#[test]
fn branches_are_of_the_type_that_one_of_them_has() {
    check(&format!(
        "{DRIVER}{}",
        r"
//- src/lib.rs
use driver::Pool;
fn by_if(flag: bool, unknown: impl Fn() -> Pool) { let pool = if flag { unknown() } else { Pool::open() }; pool.exec(); }
//                                                                                                              ^^^^ method driver::Pool::exec inferred
fn by_match(number: u8) { (match number { 0 => todo!(), _ => driver::connect() }).exec(); }
//                                                                                ^^^^ method driver::Pool::exec inferred
fn by_array() { for pool in [driver::connect(), Pool::open()] { pool.exec(); } }
//                                                                   ^^^^ method driver::Pool::exec inferred
async fn by_await(flag: bool, a: Pool) { (if flag { a.later() } else { a.later() }).await.get(); }
//                                                    ^^^^^ method driver::Pool::later inferred
//                                                                       ^^^^^ method driver::Pool::later inferred
//                                                                                        ^^^ method driver::Row::get inferred
"
    ));
}
