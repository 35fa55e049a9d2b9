//! Where one answer of Redis ends and the next begins (RESP3, for the fault proxy).

/// Length of the first whole value in `bytes`; `None` while it is incomplete.
pub(crate) fn value_length(bytes: &[u8]) -> Option<usize> {
    let end = bytes.windows(2).position(|pair| pair == b"\r\n")? + 2;
    let number = || {
        let text = std::str::from_utf8(&bytes[1..end - 2]).ok()?;
        text.parse::<i64>().ok()
    };
    let values = |count: usize| {
        let mut length = end;
        for _ in 0..count {
            length += value_length(&bytes[length..])?;
        }
        Some(length)
    };
    match bytes[0] {
        b'$' | b'=' | b'!' => match usize::try_from(number()?) {
            Ok(text) => (bytes.len() >= end + text + 2).then_some(end + text + 2),
            Err(_) => Some(end),
        },
        b'*' | b'~' | b'>' => values(usize::try_from(number()?).unwrap_or(0)),
        b'%' => values(2 * usize::try_from(number()?).unwrap_or(0)),
        // An attribute stands before the value it belongs to.
        b'|' => values(2 * usize::try_from(number()?).unwrap_or(0) + 1),
        _ => Some(end),
    }
}

/// Whether a value is a published message.
pub(crate) fn is_message(value: &[u8]) -> bool {
    value.starts_with(b">3\r\n$8\r\nsmessage\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &str, length: Option<usize>) {
        assert_eq!(value_length(bytes.as_bytes()), length, "{bytes:?}");
    }

    #[test]
    fn values() {
        check("+OK\r\n:1\r\n", Some(5));
        check("$3\r\nabc\r\n+OK", Some(9));
        check("$-1\r\n+OK", Some(5));
        check("*2\r\n$1\r\na\r\n*1\r\n:7\r\n+", Some(19));
        check("%1\r\n+a\r\n:1\r\n", Some(12));
        check("*2\r\n:1\r\n", None);
        check("$3\r\nab", None);
        check("", None);
    }
}
