//! A thread that parses what the names being looked up turn out to need. Not the thread that looks them up: the parser's
//! stack use depends on the text, that of a lookup on its depth; and what a reader forgets afterwards, its own spans, the
//! other thread still needs for those of macros. One thread for all files: to start one for each took longer than to
//! parse a small one.

use std::cell::RefCell;
use std::sync::mpsc::{Receiver, Sender, channel};

use super::sources::{Unreadable, facts_of};
use crate::facts::extract::Depth;
use crate::facts::model::FileFacts;

/// For the parser of files that nest no deeper than most; deeper ones get a thread of their own.
const STACK: usize = 16 << 20;

type Facts = Result<FileFacts, Unreadable>;

/// The way to that thread, once there is one.
#[derive(Debug, Default)]
pub(super) struct Parser {
    thread: RefCell<Option<Line>>,
}

/// Texts there, facts back.
#[derive(Debug)]
struct Line {
    texts: Sender<(String, Depth)>,
    facts: Receiver<Facts>,
}

impl Parser {
    /// What a text says.
    pub(super) fn parse(&self, text: String, depth: Depth) -> Facts {
        let mut thread = self.thread.borrow_mut();
        if thread.is_none() {
            *thread = begin();
        }
        let parsed = thread.as_ref().and_then(|line| {
            line.texts.send((text, depth)).ok()?;
            line.facts.recv().ok()
        });
        // Never here, see above. Whatever ended that thread, the next text gets another.
        parsed.unwrap_or_else(|| {
            *thread = None;
            Err(Unreadable::Io("no thread could be had to read it".to_owned()))
        })
    }
}

fn begin() -> Option<Line> {
    let (texts, received) = channel::<(String, Depth)>();
    let (answers, facts) = channel();
    let work = move || {
        while let Ok((text, depth)) = received.recv() {
            if answers.send(facts_of(&text, depth)).is_err() {
                return;
            }
        }
    };
    let thread = std::thread::Builder::new().name("parser".to_owned()).stack_size(STACK);
    thread.spawn(work).ok()?;
    Some(Line { texts, facts })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_text_after_the_other_is_parsed() {
        let parser = Parser::default();
        let items = |text: &str| {
            let facts = parser.parse(text.to_owned(), Depth::Everything);
            facts.map(|facts| facts.items.len())
        };
        assert_eq!(items("struct A; struct B;"), Ok(2));
        assert!(matches!(items("struct {"), Err(Unreadable::Syntax { .. })));
        assert_eq!(items("struct A;"), Ok(1));
    }
}
