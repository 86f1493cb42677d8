//! How messages travel: a header with the length, an empty line, JSON.

use std::io::{BufRead, Write};

use serde_json::Value;

/// The next message; none at the end.
pub(super) fn read(input: &mut impl BufRead) -> Option<Value> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if input.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end().split_once(':') {
            None => break,
            Some((name, value)) if name.eq_ignore_ascii_case("Content-Length") => length = value.trim().parse().ok(),
            Some(_) => {}
        }
    }
    let mut body = vec![0; length.expect("a header names the length")];
    input.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).expect("a message is JSON"))
}

/// Sends a message.
pub(super) fn write(output: &mut impl Write, message: &Value) {
    let body = message.to_string();
    let sent = write!(output, "Content-Length: {}\r\n\r\n{body}", body.len()).and_then(|()| output.flush());
    sent.unwrap_or_else(|error| panic!("the other side is gone: {error}: {body}"));
}

#[test]
fn messages_are_as_long_as_their_bytes() {
    let mut sent = Vec::new();
    let message = serde_json::json!({ "a": "ü" });
    write(&mut sent, &message);
    assert_eq!(sent, "Content-Length: 10\r\n\r\n{\"a\":\"ü\"}".as_bytes());
    let twice = [&b"Content-Type: x\r\n"[..], &sent, &sent].concat();
    let mut input = twice.as_slice();
    assert_eq!(read(&mut input), Some(message.clone()));
    assert_eq!(read(&mut input), Some(message));
    assert_eq!(read(&mut input), None);
}
