//! Accounts, made and used over REST like a page would.

use http::{HeaderName, Method, StatusCode, header};
use serde_json::{Value, json};

use crate::{Answer, TestServer};

/// Long enough for the server, the same for everybody.
const PASSWORD: &str = "correct horse battery";

/// A registered user.
#[derive(Debug, Clone)]
pub struct Account {
    /// The id to join with.
    pub id: String,
    /// The login token.
    pub token: String,
    /// The address to log in with.
    pub email: String,
}

impl Account {
    fn read(answer: &Answer) -> Self {
        assert!(answer.status.is_success(), "{}", answer.text());
        let body = answer.json();
        let text = |value: &Value| value.as_str().expect("text").to_owned();
        Self {
            id: text(&body["user"]["id"]),
            token: text(&body["token"]),
            email: text(&body["user"]["email"]),
        }
    }

    /// The bearer header's value.
    pub fn bearer(&self) -> String {
        format!("Bearer {}", self.token)
    }
}

impl TestServer {
    /// Registers a user from a client without cookies.
    pub async fn register(&self, name: &str) -> Account {
        Account::read(&self.post("/auth/register", &form(name), &[]).await)
    }

    /// Registers the first host.
    pub async fn host(&self) -> Account {
        let mut form = form("host");
        form["token"] = json!(self.setup_token());
        Account::read(&self.post("/auth/setup", &form, &[]).await)
    }

    /// Logs in from the browser that holds a guest cookie.
    pub async fn log_in(&self, account: &Account, guest_cookie: &str) -> Account {
        let body = json!({ "email": account.email, "password": PASSWORD });
        let cookie = format!("guest_token={guest_cookie}");
        let answer = self
            .post("/auth/login", &body, &[(header::COOKIE, &cookie)])
            .await;
        Account::read(&answer)
    }

    /// Logs out in the browser that holds both cookies.
    pub async fn log_out(&self, account: &Account, guest_cookie: &str) {
        let cookie = format!("guest_token={guest_cookie}; auth_token={}", account.token);
        let answer = self
            .post("/auth/logout", &Value::Null, &[(header::COOKIE, &cookie)])
            .await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    }

    /// A JSON post.
    pub async fn post(&self, path: &str, body: &Value, headers: &[(HeaderName, &str)]) -> Answer {
        self.http().call(Method::POST, path, headers, body).await
    }
}

fn form(name: &str) -> Value {
    json!({ "username": name, "email": format!("{name}@example.org"), "password": PASSWORD })
}
