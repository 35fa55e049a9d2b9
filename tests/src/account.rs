//! Accounts, made and used over REST like a page would.

use http::{HeaderName, Method, StatusCode, header};
use serde_json::{Value, json};

use crate::{FeedWatcher, HttpAnswer, TestServer};

/// Long enough for the server, the same for everybody.
const PASSWORD: &str = "correct horse battery";

/// A registered user.
#[derive(Debug, Clone)]
pub struct TestAccount {
    /// The id to join with.
    pub id: String,
    /// The login token.
    pub token: String,
    /// The address to log in with.
    pub email: String,
    /// The guest secret that the login set as a cookie.
    pub guest_cookie: Option<String>,
}

impl TestAccount {
    fn read(answer: &HttpAnswer) -> Self {
        assert!(answer.status.is_success(), "{}", answer.text());
        Self {
            guest_cookie: answer.cookie("guest_token"),
            ..Self::of(&answer.json())
        }
    }

    /// Who an answer to a login is about.
    pub fn of(login: &Value) -> Self {
        let text = |value: &Value| value.as_str().expect("text").to_owned();
        Self {
            id: text(&login["user"]["id"]),
            token: text(&login["token"]),
            email: text(&login["user"]["email"]),
            guest_cookie: None,
        }
    }

    /// The bearer header's value.
    pub fn bearer(&self) -> String {
        format!("Bearer {}", self.token)
    }
}

impl TestServer {
    /// Registers a user from a client without cookies.
    pub async fn register(&self, name: &str) -> TestAccount {
        TestAccount::read(&self.post("/auth/register", &form(name), &[]).await)
    }

    /// Registers the first host.
    pub async fn host(&self) -> TestAccount {
        let mut form = form("host");
        form["token"] = json!(self.setup_token());
        TestAccount::read(&self.post("/auth/setup", &form, &[]).await)
    }

    /// Logs in from the browser that holds a guest cookie.
    pub async fn log_in(&self, account: &TestAccount, guest_cookie: &str) -> TestAccount {
        let body = json!({ "email": account.email, "password": PASSWORD });
        let cookie = format!("guest_token={guest_cookie}");
        let answer = self
            .post("/auth/login", &body, &[(header::COOKIE, &cookie)])
            .await;
        TestAccount::read(&answer)
    }

    /// As [`Self::log_in`], from the page whose socket was given a ticket.
    pub async fn log_in_with(
        &self,
        account: &TestAccount,
        guest_cookie: &str,
        ticket: &str,
    ) -> TestAccount {
        let body = json!({ "email": account.email, "password": PASSWORD, "socketTicket": ticket });
        let cookie = format!("guest_token={guest_cookie}");
        let answer = self
            .post("/auth/login", &body, &[(header::COOKIE, &cookie)])
            .await;
        TestAccount::read(&answer)
    }

    /// Logs out in the browser that holds both cookies.
    pub async fn log_out(&self, account: &TestAccount, guest_cookie: &str) {
        let cookie = format!("guest_token={guest_cookie}; auth_token={}", account.token);
        let answer = self
            .post("/auth/logout", &Value::Null, &[(header::COOKIE, &cookie)])
            .await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    }

    /// Registers somebody whom `host` gives a role.
    pub async fn staff(&self, host: &TestAccount, name: &str, role: &str) -> TestAccount {
        let account = self.register(name).await;
        let path = format!("/admin/users/{}", account.id);
        let answer = self
            .act(host, Method::PATCH, &path, &json!({ "role": role }))
            .await;
        assert!(answer.status.is_success(), "{}", answer.text());
        account
    }

    /// A JSON call as somebody who is logged in.
    pub async fn act(
        &self,
        account: &TestAccount,
        method: Method,
        path: &str,
        body: &Value,
    ) -> HttpAnswer {
        let bearer = account.bearer();
        let headers = [(header::AUTHORIZATION, bearer.as_str())];
        self.http().call(method, path, &headers, body).await
    }

    /// As [`Self::act`], and the answer's body, which must be of a success.
    ///
    /// # Panics
    /// With the refusal.
    pub async fn done(
        &self,
        account: &TestAccount,
        method: Method,
        path: &str,
        body: &Value,
    ) -> Value {
        let answer = self.act(account, method, path, body).await;
        assert!(answer.status.is_success(), "{path}: {}", answer.text());
        match answer.body.is_empty() {
            true => Value::Null,
            false => answer.json(),
        }
    }

    /// The id under which the administration knows a player's session.
    ///
    /// # Panics
    /// When the list has not exactly one session of that player.
    pub async fn session_of(&self, staff: &TestAccount, player: &str) -> String {
        let path = format!("/admin/sessions?search={player}");
        let list = self.done(staff, Method::GET, &path, &Value::Null).await;
        assert_eq!(list["total"], 1, "{list}");
        list["sessions"][0]["id"].as_str().unwrap().to_owned()
    }

    /// The live feed of somebody.
    pub async fn feed(&self, account: &TestAccount) -> FeedWatcher {
        FeedWatcher::open(self.connect().auth("token", account.token.as_str())).await
    }

    /// A JSON post.
    pub async fn post(
        &self,
        path: &str,
        body: &Value,
        headers: &[(HeaderName, &str)],
    ) -> HttpAnswer {
        self.http().call(Method::POST, path, headers, body).await
    }
}

fn form(name: &str) -> Value {
    json!({ "username": name, "email": format!("{name}@example.org"), "password": PASSWORD })
}
