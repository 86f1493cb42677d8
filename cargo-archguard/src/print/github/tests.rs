//! The escaping, the limit, and what is no place.

use super::*;

fn annotation(kind: Kind, message: &str, place: Option<Place>) -> Annotation {
    Annotation {
        kind,
        title: "archguard: a,b/c:d".to_owned(),
        message: message.to_owned(),
        place,
    }
}

fn place(end: (u32, u32)) -> Place {
    Place {
        file: "src/a,b:c%.rs".to_owned(),
        start: Some((3, 4)),
        end: Some(end),
    }
}

#[test]
fn nothing_in_a_text_ends_a_message_or_a_property() {
    let text = annotation(Kind::Error, "100%\r\n::error::x", Some(place((3, 9)))).command("error");
    assert_eq!(
        text,
        "::error file=src/a%2Cb%3Ac%25.rs,line=3,endLine=3,col=4,endColumn=9,title=archguard%3A a%2Cb/c%3Ad::100%25%0D%0A::error::x"
    );
}

#[test]
fn columns_are_those_of_one_line() {
    let text = annotation(Kind::Warning, "m", Some(place((5, 1)))).command("warning");
    assert!(
        text.starts_with("::warning file=src/a%2Cb%3Ac%25.rs,line=3,endLine=5,title="),
        "{text}"
    );
    let nowhere = annotation(Kind::Error, "m", None).command("error");
    assert_eq!(nowhere, "::error title=archguard%3A a%2Cb/c%3Ad::m");
}

#[test]
fn a_line_of_the_log_is_no_command() {
    let text = annotation(Kind::Error, "one\n::stop-commands::two\r::x", None).line("error");
    assert_eq!(text, "- error[a,b/c:d]: one; ::stop-commands::two; ::x");
}
