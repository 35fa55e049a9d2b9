//! What webhooks are promised of what moderators do and players report, as sentences.

use contract::admin::action::ActionName;
use contract::admin::report::Report;
use contract::admin::webhook::HookEvent;
use contract::admin::{ActionEntry, Actor};
use runtime::clock::now_ms;
use serde_json::json;
use store::webhooks::Promise;

use super::message;

/// The promise of an action, if there is one.
#[must_use]
pub fn of_action(world: &str, action: &ActionEntry) -> Option<Promise> {
    if action.undone_at.is_some() {
        return None;
    }
    let (event, verb) = match ActionName::named(&action.action)? {
        ActionName::SESSION_KICK => (HookEvent::Kick, "kicked"),
        ActionName::SESSION_KICK_ALL => (HookEvent::Kick, "kicked everybody out of"),
        ActionName::BAN_CREATE => (HookEvent::Ban, "banned"),
        _ => return None,
    };
    let everybody = action.action == ActionName::SESSION_KICK_ALL.as_str();
    let whom = match (&action.subject_name, everybody) {
        (_, true) => world,
        (Some(name), false) => name,
        (None, false) => "somebody",
    };
    let text = |key: &str| action.details[key].as_str().unwrap_or_default().trim();
    let end = match (event, text("until")) {
        (HookEvent::Ban, "") => " for good".to_owned(),
        (HookEvent::Ban, until) => format!(" until {until}"),
        _ => String::new(),
    };
    let sentence = format!(
        "{} {verb} {whom}{end}.{}",
        action.actor.name,
        because(text("reason"))
    );
    let data = json!({
        "action": action.id,
        "actor": action.actor,
        "name": action.subject_name,
        "reason": action.details["reason"],
        "until": action.details["until"],
        "person": action.details["person"],
    });
    Some(message::promise(event, now_ms(), world, &sentence, data))
}

/// The promise of a report.
#[must_use]
pub fn of_report(world: &str, report: &Report) -> Promise {
    let (by, about) = (&report.reporter, &report.target);
    let sentence = format!(
        "{} reported {}.{}",
        by.name,
        about.name,
        because(report.reason.trim())
    );
    let actor = |party: &contract::admin::report::ReportedPlayer| Actor {
        id: party.player_id.clone(),
        name: party.name.clone(),
    };
    let data = json!({
        "report": report.id,
        "reporter": actor(by),
        "target": actor(about),
        "reason": report.reason,
    });
    message::promise(HookEvent::Report, now_ms(), world, &sentence, data)
}

fn because(reason: &str) -> String {
    match reason {
        "" => String::new(),
        reason => format!(" Reason: {reason}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(
        action: ActionName,
        name: Option<&str>,
        details: serde_json::Value,
        sentence: Option<&str>,
    ) {
        let entry = ActionEntry {
            id: "a".to_owned(),
            at: String::new(),
            actor: Actor {
                id: "1".to_owned(),
                name: "Ana".to_owned(),
            },
            action: action.as_str().to_owned(),
            subject: "7".to_owned(),
            subject_name: name.map(str::to_owned),
            details,
            undoable: false,
            undone_at: None,
            undone_by: None,
        };
        let promise = of_action("The Quay", &entry);
        let content = promise.as_ref().and_then(|it| it.body["content"].as_str());
        assert_eq!(content, sentence);
    }

    #[test]
    fn a_sentence_says_who_did_what_to_whom_and_why() {
        let kick = ActionName::SESSION_KICK;
        check(
            kick,
            Some("Bo"),
            json!({ "reason": "Shouting." }),
            Some("Ana kicked Bo. Reason: Shouting."),
        );
        check(
            kick,
            None,
            json!({ "reason": "" }),
            Some("Ana kicked somebody."),
        );
        check(
            ActionName::SESSION_KICK_ALL,
            None,
            json!({}),
            Some("Ana kicked everybody out of The Quay."),
        );
        let ban = ActionName::BAN_CREATE;
        check(
            ban,
            Some("Bo"),
            json!({ "until": null }),
            Some("Ana banned Bo for good."),
        );
        check(
            ban,
            Some("Bo"),
            json!({ "until": "2025-01-02T03:04:05.678Z", "reason": "Spam" }),
            Some("Ana banned Bo until 2025-01-02T03:04:05.678Z. Reason: Spam"),
        );
        check(ActionName::SESSION_WARN, Some("Bo"), json!({}), None);
    }
}
