//! The address of a Postgres database as libpq understands it, in words that sqlx understands alike.

use std::path::PathBuf;
use std::str::FromStr as _;

use sqlx::any::AnyConnectOptions;
use sqlx::postgres::PgConnectOptions;

/// `url`, changed where sqlx would take it for something else: an address of IPv6 keeps its brackets
/// there and is looked up as a name, and TLS is asked for on a socket of this machine, where Postgres
/// has none (<https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNECT-SSLMODE>).
/// What cannot be read stays, for whoever connects to say so.
pub(super) fn for_sqlx(url: &str) -> String {
    let (Ok(options), Ok(mut address)) = (
        PgConnectOptions::from_str(url),
        AnyConnectOptions::from_str(url),
    ) else {
        return url.to_owned();
    };
    let host = options.get_host();
    let bare = host.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
    let said = match (bare, socket(&options)) {
        (Some(host), _) => ("host", host),
        (None, Some(_)) => ("sslmode", "disable"),
        (None, None) => return url.to_owned(),
    };
    // The last word on a subject counts.
    let mut words = address.database_url.query_pairs_mut();
    words.append_pair(said.0, said.1);
    drop(words);
    address.database_url.into()
}

/// Where the connection goes, for people.
pub(super) fn place(options: &PgConnectOptions) -> String {
    match (socket(options), options.get_host()) {
        (Some(path), _) => path.display().to_string(),
        (None, host) if host.contains(':') => format!("[{host}]:{}", options.get_port()),
        (None, host) => format!("{host}:{}", options.get_port()),
    }
}

/// The socket of this machine that is meant instead of a host.
pub(super) fn socket(options: &PgConnectOptions) -> Option<PathBuf> {
    let host = options.get_host();
    let folder = match options.get_socket() {
        Some(folder) => folder.clone(),
        None if host.starts_with('/') => PathBuf::from(host),
        None => return None,
    };
    Some(folder.join(format!(".s.PGSQL.{}", options.get_port())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_mean_what_they_mean_to_libpq() {
        let check = |url: &str, expected: &str, at: &str| {
            let url = for_sqlx(url);
            assert_eq!(url, expected);
            let options = PgConnectOptions::from_str(&url).unwrap();
            assert_eq!(place(&options), at, "{url}");
        };
        let same = |url: &str, at: &str| check(url, url, at);
        same(
            "postgres://u:p%40@db.example.org/d?sslmode=require",
            "db.example.org:5432",
        );
        same("postgres://u@10.0.0.7:77/d", "10.0.0.7:77");
        check(
            "postgres://u@[::1]:77/d?sslmode=verify-full",
            "postgres://u@[::1]:77/d?sslmode=verify-full&host=%3A%3A1",
            "[::1]:77",
        );
        check(
            "postgres:///d?host=/run/pg&port=77&sslmode=require",
            "postgres:///d?host=/run/pg&port=77&sslmode=require&sslmode=disable",
            "/run/pg/.s.PGSQL.77",
        );
        check(
            "postgres://u@%2Frun%2Fpg:77/d",
            "postgres://u@%2Frun%2Fpg:77/d?sslmode=disable",
            "/run/pg/.s.PGSQL.77",
        );
        assert_eq!(for_sqlx("postgres://u@[::1/d"), "postgres://u@[::1/d");
    }
}
