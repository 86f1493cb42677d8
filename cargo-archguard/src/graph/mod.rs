//! `graph`: what uses what, as JSON, Graphviz or Mermaid.
//!
//! [`command`] runs it, [`view`] makes the coarser graph that is drawn, [`dot`] and [`mermaid`] write it.

mod command;
mod dot;
mod mermaid;
mod view;

pub(crate) use command::run;
