//! Extractors whose every failure is a 400 that says what to change.
//!
//! axum's own answer 415 or 422 with library text; the contract knows 400 and `{message, code}`.

use axum::extract::{FromRequest, FromRequestParts, Request};
use http::request::Parts;
use http::{HeaderMap, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde::Deserializer;
use serde::de::{DeserializeOwned, Visitor};

use crate::request::error::ApiError;

/// Largest JSON body of ordinary requests, in bytes; larger ones name their own limit with
/// [`read_json`].
pub const JSON_BODY_LIMIT: usize = 64 * 1024;
/// Page size of a list when none is asked for.
pub const DEFAULT_PAGE: u32 = 50;
/// Largest page of a list; larger ones are lowered to it.
pub const MAX_PAGE: u32 = 200;

/// A JSON body of at most [`JSON_BODY_LIMIT`] bytes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _state: &S) -> Result<Self, ApiError> {
        read_json(request, JSON_BODY_LIMIT).await.map(Self)
    }
}

/// Reads a JSON body of at most `limit` bytes.
///
/// # Errors
/// 400 for a content type that is not JSON, a body that is too large, broken off, not JSON, or
/// whose fields have the wrong type.
pub async fn read_json<T: DeserializeOwned>(request: Request, limit: usize) -> Result<T, ApiError> {
    if !is_json(request.headers()) {
        return Err(ApiError::bad_request(
            "not-json",
            "Send the data as JSON, with the content type application/json.",
        ));
    }
    // Not axum's own limited body: its error would not say that the length was the reason.
    let body = Limited::new(request.into_body(), limit);
    let bytes = body.collect().await.map_err(|error| {
        if error.downcast_ref::<LengthLimitError>().is_some() {
            ApiError::bad_request("too-large", "This is too much data for one request.")
        } else {
            ApiError::bad_request("broken-request", "The request did not arrive completely.")
        }
    })?;
    parse_json(&bytes.to_bytes())
}

/// Values of the query string, with the same answers as [`Json`].
#[derive(Debug, Clone, Copy, Default)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, ApiError> {
        axum::extract::Query::<T>::try_from_uri(&parts.uri)
            .map(|query| Self(query.0))
            .map_err(|_| {
                ApiError::bad_request("invalid-query", "The search in the address is not usable.")
            })
    }
}

/// As [`Query`], and a name that `T` does not have is an error: a list that ignored a filter would show
/// everything as if it had been found.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filters<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Filters<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let known = field_names::<T>();
        let Query(given) = Query::<Vec<(String, String)>>::from_request_parts(parts, state).await?;
        if given
            .iter()
            .any(|(name, _)| !known.contains(&name.as_str()))
        {
            return Err(ApiError::bad_request(
                "unknown-filter",
                format!("This address takes only: {}.", known.join(", ")),
            ));
        }
        let Query(filters) = Query::from_request_parts(parts, state).await?;
        Ok(Self(filters))
    }
}

/// The names of a struct's fields, as it reads them.
fn field_names<T: DeserializeOwned>() -> &'static [&'static str] {
    /// Is asked for a struct and notes which fields it wants.
    struct Asked<'a>(&'a mut &'static [&'static str]);

    impl<'de> Deserializer<'de> for Asked<'_> {
        type Error = serde::de::value::Error;

        fn deserialize_struct<V: Visitor<'de>>(
            self,
            _: &'static str,
            fields: &'static [&'static str],
            visitor: V,
        ) -> Result<V::Value, Self::Error> {
            *self.0 = fields;
            self.deserialize_any(visitor)
        }

        fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
            Err(serde::de::Error::custom("only the names were wanted"))
        }

        serde::forward_to_deserialize_any! {
            bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
            unit unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
        }
    }

    let mut names: &'static [&'static str] = &[];
    // It fails always; the names are known by then.
    let _ = T::deserialize(Asked(&mut names)).is_ok();
    names
}

/// A checked part of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// 1 to [`MAX_PAGE`].
    pub limit: u32,
    /// From 0.
    pub offset: u32,
}

impl Page {
    /// Checks the two numbers; an absent or empty one gets its default, a large limit is lowered.
    ///
    /// # Errors
    /// 400 for what is no whole number, is negative, or a limit of 0.
    pub fn of(limit: Option<String>, offset: Option<String>) -> Result<Self, ApiError> {
        let number = |text: Option<String>, default: u32| match text.as_deref().map(str::trim) {
            None | Some("") => Ok(default),
            Some(text) => text.parse::<u32>().map_err(|_| {
                ApiError::bad_request(
                    "invalid-query",
                    "The limit and the offset are whole numbers from 0 on.",
                )
            }),
        };
        let limit = number(limit, DEFAULT_PAGE)?;
        if limit == 0 {
            return Err(ApiError::bad_request(
                "invalid-query",
                "The limit is at least 1.",
            ));
        }
        Ok(Self {
            limit: limit.min(MAX_PAGE),
            offset: number(offset, 0)?,
        })
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let Some(kind) = headers.get(header::CONTENT_TYPE) else {
        return false;
    };
    let essence = kind.to_str().unwrap_or_default().split(';').next();
    let essence = essence.unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json"
        || (essence.starts_with("application/") && essence.ends_with("+json"))
}

/// Field names of our own bodies are plain words; any other path is the client's text and is not
/// repeated to it.
fn parse_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        if !error.inner().is_data() {
            ApiError::bad_request("invalid-json", "The data is not valid JSON.")
        } else if is_field_name(&path) {
            ApiError::invalid(format!("The field {path} has the wrong kind of value."))
        } else {
            ApiError::bad_request("invalid-json", "The data does not have the expected form.")
        }
    })?;
    reader
        .end()
        .map_err(|_| ApiError::bad_request("invalid-json", "The data is not valid JSON."))?;
    Ok(value)
}

fn is_field_name(path: &str) -> bool {
    (2..=40).contains(&path.len())
        && path.starts_with(|c: char| c.is_ascii_lowercase())
        && path.chars().all(|c| c.is_ascii_alphanumeric() || c == '.')
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "camelCase")]
    struct SampleBody {
        user_name: Option<String>,
    }

    async fn check(kind: Option<&str>, body: &str, expected: Result<Option<&str>, &str>) {
        let mut request = Request::builder().method("POST").uri("/");
        if let Some(kind) = kind {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        let request = request.body(Body::from(body.to_owned())).unwrap();
        let found = read_json::<SampleBody>(request, 40).await;
        match expected {
            Ok(name) => assert_eq!(found.unwrap().user_name.as_deref(), name, "{body}"),
            Err(code) => {
                let error = found.unwrap_err();
                assert_eq!(error.code, code, "{body}");
                assert_eq!(error.status, http::StatusCode::BAD_REQUEST, "{body}");
            }
        }
    }

    #[tokio::test]
    async fn every_broken_body_is_a_400() {
        let json = Some("application/json");
        check(json, r#"{"userName":"ana"}"#, Ok(Some("ana"))).await;
        check(Some("Application/JSON; charset=utf-8"), "{}", Ok(None)).await;
        check(Some("application/vnd.api+json"), "{}", Ok(None)).await;
        check(None, "{}", Err("not-json")).await;
        check(Some("text/plain"), "{}", Err("not-json")).await;
        check(json, "", Err("invalid-json")).await;
        check(json, "{", Err("invalid-json")).await;
        check(json, "{} {}", Err("invalid-json")).await;
        check(json, "null", Err("invalid-json")).await;
        check(json, "\"text\"", Err("invalid-json")).await;
        check(json, r#"{"userName":5}"#, Err("invalid-field")).await;
        check(json, r#"{"userName":["a"]}"#, Err("invalid-field")).await;
        check(json, &format!("\"{}\"", "a".repeat(50)), Err("too-large")).await;
    }

    #[tokio::test]
    async fn a_list_says_which_filters_it_knows() {
        async fn check(query: &str, expected: Result<Option<&str>, &str>) {
            let request = Request::builder().uri(format!("/list{query}"));
            let (mut parts, ()) = request.body(()).unwrap().into_parts();
            let found = Filters::<SampleBody>::from_request_parts(&mut parts, &()).await;
            let found = found.map(|Filters(sample)| sample.user_name);
            match expected {
                Ok(name) => assert_eq!(found.unwrap().as_deref(), name, "{query}"),
                Err(sentence) => {
                    let error = found.unwrap_err();
                    assert_eq!((error.code, &*error.message), ("unknown-filter", sentence));
                }
            }
        }
        check("", Ok(None)).await;
        check("?userName=ana%20b", Ok(Some("ana b"))).await;
        for unknown in ["?user_name=ana", "?userName=ana&x", "?%75ser=1"] {
            check(unknown, Err("This address takes only: userName.")).await;
        }
    }

    #[test]
    fn pages_have_defaults_and_bounds() {
        let check = |limit: Option<&str>, offset: Option<&str>, expected: Option<(u32, u32)>| {
            let page = Page::of(limit.map(str::to_owned), offset.map(str::to_owned));
            let found = page.ok().map(|page| (page.limit, page.offset));
            assert_eq!(found, expected, "{limit:?} {offset:?}");
        };
        check(None, None, Some((DEFAULT_PAGE, 0)));
        check(Some("3"), Some("7"), Some((3, 7)));
        check(Some("100000"), None, Some((MAX_PAGE, 0)));
        check(Some(""), Some(""), Some((DEFAULT_PAGE, 0)));
        check(Some("0"), None, None);
        check(Some("-1"), None, None);
        check(None, Some("x"), None);
        check(None, Some("99999999999"), None);
    }
}
