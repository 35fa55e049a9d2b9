//! Why an action was refused, as a status and a sentence.

use crate::load_runs::{LoadRunError, TargetError};
use crate::moderation::ActionError;
use crate::request::ApiError;
use http::StatusCode;

impl From<ActionError> for ApiError {
    fn from(error: ActionError) -> Self {
        match error {
            ActionError::SessionGone => Self::new(
                StatusCode::NOT_FOUND,
                "session-gone",
                "This player has just left.",
            ),
            ActionError::NotFound(what) => Self::not_found(match what {
                "account" => "There is no such account.",
                "action" => "There is no such line in the log.",
                "ban" => "There is no such ban, or it was lifted already.",
                "line" => "This line does not wait any more.",
                "message" => "There is no such message.",
                "mute" => "There is no such mute, or it was lifted already.",
                "note" => "There is no such note.",
                "pinned announcement" => "No announcement is pinned any more.",
                "service" => "There is no such service account. It may have been revoked already.",
                "report" => "There is no such report.",
                _ => "It does not exist any more.",
            }),
            ActionError::OwnAccount => Self::forbidden(
                "own-account",
                "This is your own account. Ask another host to change it.",
            ),
            ActionError::RoleRequired => Self::role_required(),
            ActionError::LastHost => Self::conflict(
                "last-host",
                "Nobody could look after this world any more. Make somebody else a host first.",
            ),
            ActionError::ServiceAccount => Self::conflict(
                "service-account",
                "This is a program's account. What it may do is said when its token is made; revoke \
                 it and make another one.",
            ),
            ActionError::ExemptAddress => Self::bad_request(
                "exempt-address",
                "This address belongs to this computer or to a proxy. A ban would shut everybody \
                 out; ban the account or the guest instead.",
            ),
            ActionError::TooManyAnnouncements(wait) => Self {
                retry_after: Some(wait.as_secs().saturating_add(1)),
                ..Self::new(
                    StatusCode::TOO_MANY_REQUESTS,
                    "too-many-announcements",
                    "These were many announcements in a short time. Wait a little before the next one.",
                )
            },
            ActionError::NotUndoable => {
                Self::conflict("not-undoable", "This cannot be taken back.")
            }
            ActionError::AlreadyUndone => {
                Self::conflict("already-undone", "Somebody has taken this back already.")
            }
            ActionError::ChangedSince => Self::conflict(
                "not-undoable",
                "This was changed again since, so it cannot be taken back.",
            ),
            ActionError::NotRecorded(what) => Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "not-recorded",
                match what {
                    "session" => "The player was put out, but that could not be written down.",
                    _ => "Everybody was put out, but that could not be written down.",
                },
            ),
            ActionError::Store(error) => error.into(),
        }
    }
}

impl From<LoadRunError> for ApiError {
    fn from(error: LoadRunError) -> Self {
        match error {
            LoadRunError::Busy => Self::conflict(
                "load-test-running",
                "A load test is under way. Stop it, or wait for its end.",
            ),
            LoadRunError::NotFound => Self::not_found("There is no such load test."),
            LoadRunError::Over => {
                Self::conflict("load-test-over", "This load test is over already.")
            }
            LoadRunError::Request(error) => Self::invalid(error.to_string()),
            LoadRunError::Target(error) => {
                let code = match error {
                    TargetError::BadUrl => "invalid-target",
                    TargetError::NotAWorld => "unknown-target",
                    TargetError::NotPrivate => "public-target",
                };
                Self::bad_request(code, error.to_string())
            }
            LoadRunError::Process(error) => {
                tracing::error!(%error, "the process of a load test could not be started");
                Self::new(
                    StatusCode::SERVICE_UNAVAILABLE,
                    "no-process",
                    "The load test could not be started: this computer did not let the server start \
                     another process. The log says why.",
                )
            }
            LoadRunError::Store(error) => error.into(),
        }
    }
}
