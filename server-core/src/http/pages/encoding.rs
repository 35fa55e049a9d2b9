//! In which form a built file is sent: as it is, or as it was compressed when the pages were built.

use std::cmp::Reverse;

use http::{HeaderMap, HeaderValue, header};

/// A form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// RFC 7932; the smallest.
    Brotli,
    /// RFC 1952; for clients over plain http, where browsers do not offer Brotli.
    Gzip,
    /// The file itself.
    Identity,
}

impl Encoding {
    /// What the name of a file in this form ends with; `ui/build/compress.js` writes these.
    pub(super) fn suffix(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Gzip => ".gz",
            Self::Identity => "",
        }
    }

    /// The value of `Content-Encoding`; `None` for the file itself, which carries no such header.
    pub(super) fn header(self) -> Option<HeaderValue> {
        match self {
            Self::Identity => None,
            named => Some(HeaderValue::from_static(named.name())),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
            Self::Identity => "identity",
        }
    }
}

/// The forms that a client takes, best first: what it likes more, then what is smaller. The file
/// itself is always among them, since a page in a form that nobody asked for is better than none
/// (RFC 9110, 12.5.3).
pub(super) fn accepted(headers: &HeaderMap) -> Vec<Encoding> {
    let mut forms: Vec<_> = [Encoding::Brotli, Encoding::Gzip, Encoding::Identity]
        .into_iter()
        .map(|form| match form {
            Encoding::Identity => (form, named(headers, form.name()).unwrap_or(0)),
            _ => (form, weight(headers, form.name())),
        })
        .filter(|(form, weight)| *form == Encoding::Identity || *weight > 0)
        .collect();
    forms.sort_by_key(|(_, weight)| Reverse(*weight));
    forms.into_iter().map(|(form, _)| form).collect()
}

/// How much a client likes a coding, in thousandths; 0 for what it does not take.
fn weight(headers: &HeaderMap, coding: &str) -> u16 {
    named(headers, coding)
        .or_else(|| named(headers, "*"))
        .unwrap_or(0)
}

/// The weight that `Accept-Encoding` gives to exactly this name; `None` where it does not stand there.
fn named(headers: &HeaderMap, coding: &str) -> Option<u16> {
    headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .find_map(|entry| {
            let (name, parameters) = entry.split_once(';').unwrap_or((entry, ""));
            let is_it = name.trim().eq_ignore_ascii_case(coding);
            is_it.then(|| thousandths(parameters))
        })
}

/// The weight in `q=0.5`; what cannot be read counts as not taken.
fn thousandths(parameters: &str) -> u16 {
    let mut parts = parameters.split(';').map(str::trim);
    let Some(weight) = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("q").then(|| value.trim())
    }) else {
        return 1000;
    };
    match weight.parse::<f32>() {
        Ok(weight) if (0.0..=1.0).contains(&weight) => (weight * 1000.0) as u16,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::Encoding::{Brotli, Gzip, Identity};
    use super::*;

    fn check(said: &[&'static str], expected: &[Encoding]) {
        let mut headers = HeaderMap::new();
        for value in said {
            headers.append(header::ACCEPT_ENCODING, HeaderValue::from_static(value));
        }
        assert_eq!(accepted(&headers), expected, "{said:?}");
    }

    #[test]
    fn a_client_gets_the_smallest_form_that_it_takes() {
        check(&["gzip, deflate, br, zstd"], &[Brotli, Gzip, Identity]);
        check(&["gzip, deflate"], &[Gzip, Identity]);
        check(&["gzip", "br"], &[Brotli, Gzip, Identity]);
        check(&["GZIP;Q=1"], &[Gzip, Identity]);
        check(&["*"], &[Brotli, Gzip, Identity]);
    }

    #[test]
    fn weights_decide_and_zero_is_a_refusal() {
        check(&["br;q=0.5, gzip;q=0.8"], &[Gzip, Brotli, Identity]);
        check(&["br;q=0, gzip"], &[Gzip, Identity]);
        check(&["br;q=0, *;q=0.1"], &[Gzip, Identity]);
        check(&["identity, gzip;q=0.5"], &[Identity, Gzip]);
        check(&["*;q=0"], &[Identity]);
    }

    #[test]
    fn what_says_nothing_or_nonsense_gets_the_file_itself() {
        check(&[], &[Identity]);
        check(&[""], &[Identity]);
        check(&["deflate, x-gzip"], &[Identity]);
        check(&["gzip;q=much", "br;q=-1", "br;q=2"], &[Identity]);
        check(&[",;,=;q"], &[Identity]);
    }
}
