//! What a row of [`routes`](crate::routes) declares.

use http::Method;

use crate::admin::service::Scope;

/// Who may call a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Anyone,
    /// Who is logged in.
    User,
    /// Who may look at the administration.
    Viewer,
    /// Who may act on sessions, chat, bans, mutes, reports and notes.
    Moderator,
    /// Who may do everything.
    Host,
}

/// A method at a path.
#[derive(Debug)]
pub struct Route {
    /// Its name in programs, as the constant's.
    pub name: &'static str,
    /// The method.
    pub method: Method,
    /// The path; `{name}` stands for one part of it, `{*name}` for the rest.
    pub path: &'static str,
    /// Who may call it. The handler asks; what it says is tested against this.
    pub access: Access,
    /// The scopes of which a service account needs one to call it, whatever `access` says of people. A
    /// route with none is closed to service accounts, unless it is for anybody.
    pub scopes: &'static [Scope],
}
