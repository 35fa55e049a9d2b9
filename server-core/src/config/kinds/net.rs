//! Settings that name places on a network.

use std::net::IpAddr;

use super::ValueKind;
use crate::config::CorsPolicy;

/// An address of this machine.
pub(in crate::config) struct IpAddress;

impl ValueKind for IpAddress {
    type Value = IpAddr;

    fn accepts(&self) -> String {
        "an IP address, such as 0.0.0.0 or ::1".to_owned()
    }

    fn parse(&self, text: &str) -> Option<IpAddr> {
        match text.trim() {
            "localhost" => Some(IpAddr::from([127, 0, 0, 1])),
            address => address.parse().ok(),
        }
    }

    fn show(&self, value: &IpAddr) -> String {
        value.to_string()
    }
}

/// `*`, or origins with commas between.
pub(in crate::config) struct Origins;

impl ValueKind for Origins {
    type Value = CorsPolicy;

    fn accepts(&self) -> String {
        "* or a comma-separated list of whole origins, such as https://example.org or \
         http://localhost:5173, without wildcards in them"
            .to_owned()
    }

    fn parse(&self, text: &str) -> Option<CorsPolicy> {
        if text.trim() == "*" {
            return Some(CorsPolicy::Any);
        }
        list(text, origin)
            .filter(|origins| !origins.is_empty())
            .map(CorsPolicy::Listed)
    }

    fn show(&self, value: &CorsPolicy) -> String {
        match value {
            CorsPolicy::Any => "*".to_owned(),
            CorsPolicy::Listed(origins) => origins.join(","),
        }
    }
}

/// A page's address over http or https.
pub(in crate::config) struct HttpUrl;

impl ValueKind for HttpUrl {
    type Value = String;

    fn accepts(&self) -> String {
        "an address such as https://play.example.org, without a path".to_owned()
    }

    fn parse(&self, text: &str) -> Option<String> {
        origin(text).filter(|url| url.starts_with("http://") || url.starts_with("https://"))
    }

    fn show(&self, value: &String) -> String {
        value.clone()
    }
}

/// Addresses or CIDR blocks with commas between.
pub(in crate::config) struct ProxyList;

impl ValueKind for ProxyList {
    type Value = Vec<String>;

    fn accepts(&self) -> String {
        "a comma-separated list of IP addresses or blocks, such as 10.0.0.0/8".to_owned()
    }

    fn parse(&self, text: &str) -> Option<Vec<String>> {
        list(text, |item| is_block(item).then(|| item.to_owned()))
    }

    fn show(&self, value: &Vec<String>) -> String {
        value.join(",")
    }
}

/// Host names with commas between.
pub(in crate::config) struct Hosts;

impl ValueKind for Hosts {
    type Value = Vec<String>;

    fn accepts(&self) -> String {
        "a comma-separated list of host names, such as harbour.example.org".to_owned()
    }

    fn parse(&self, text: &str) -> Option<Vec<String>> {
        let is_name = |name: &str| {
            name.chars()
                .all(|c| c.is_ascii_alphanumeric() || "-._:[]".contains(c))
        };
        list(text, |item| is_name(item).then(|| item.to_lowercase()))
    }

    fn show(&self, value: &Vec<String>) -> String {
        value.join(",")
    }
}

/// Items between commas; blanks around and empty items do not count. `None` when one is refused.
fn list<T>(text: &str, parse: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    let items = text
        .split(',')
        .map(str::trim)
        .filter(|item| !item.is_empty());
    items.map(parse).collect()
}

/// `scheme://host[:port]` as browsers send it (RFC 6454, section 6.2): in lower case, names in their
/// letters for the wire, addresses in their shortest form, no port that is the scheme's own. A closing
/// slash is forgiven.
fn origin(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches('/').to_lowercase();
    let (scheme, place) = text.split_once("://")?;
    let is_bare = |c: char| c.is_alphanumeric() || "-._:[]".contains(c);
    let url: url::Url = text.parse().ok().filter(|_| place.chars().all(is_bare))?;
    if !url.has_host() || url.port() == Some(0) {
        return None;
    }
    Some(match scheme {
        "http" | "https" => url.origin().ascii_serialization(),
        _ => text,
    })
}

fn is_block(text: &str) -> bool {
    let (address, bits) = match text.split_once('/') {
        Some((address, bits)) => (address, bits.parse::<u8>().ok()),
        None => (text, Some(0)),
    };
    match (address.parse(), bits) {
        (Ok(IpAddr::V4(_)), Some(bits)) => bits <= 32,
        (Ok(IpAddr::V6(_)), Some(bits)) => bits <= 128,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    #[test]
    fn origins_are_what_browsers_send() {
        check(&Origins, " * ", Some("*"));
        check(
            &Origins,
            "https://A.org/, http://b:81",
            Some("https://a.org,http://b:81"),
        );
        check(&Origins, "tauri://localhost", Some("tauri://localhost"));
        for (given, sent) in [
            ("https://b.example:443", "https://b.example"),
            ("http://b.example:80/", "http://b.example"),
            ("http://b.example:443", "http://b.example:443"),
            ("https://b.example:", "https://b.example"),
            ("http://b.example:08080", "http://b.example:8080"),
            ("http://[0:0:0:0:0:0:0:1]:4000", "http://[::1]:4000"),
            ("http://[::ffff:127.0.0.1]", "http://[::ffff:7f00:1]"),
            ("http://127.1:4000", "http://127.0.0.1:4000"),
            ("https://Übersee.example", "https://xn--bersee-2ya.example"),
        ] {
            check(&Origins, given, Some(sent));
        }
        for refused in [
            "http://localhost:*",
            "http://localhost:0",
            "http://localhost:65536",
            "http://localhost:x",
            "http://user@b.example",
            "",
            ",",
            "a.org",
            "https://a.org/path",
            "https://*.a.org",
            "null",
            "*,https://a",
        ] {
            check(&Origins, refused, None);
        }
    }

    #[test]
    fn proxies_are_addresses_or_blocks() {
        check(&ProxyList, "", Some(""));
        check(&ProxyList, "10.0.0.0/8, ::1", Some("10.0.0.0/8,::1"));
        check(&ProxyList, "10.0.0.0/33", None);
        check(&ProxyList, "proxy.local", None);
    }

    #[test]
    fn addresses_and_urls() {
        check(&IpAddress, "localhost", Some("127.0.0.1"));
        check(&IpAddress, "::", Some("::"));
        check(&IpAddress, "example.org", None);
        check(
            &HttpUrl,
            "https://play.example.org/",
            Some("https://play.example.org"),
        );
        check(&HttpUrl, "ftp://play.example.org", None);
        check(&Hosts, "A.local, b", Some("a.local,b"));
        check(&Hosts, "a/b", None);
    }
}
