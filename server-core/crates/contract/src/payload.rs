//! From a client's JSON to a checked request.
//!
//! Each function takes what arrived, whatever it is, and answers with a value that needs no further
//! check or with a [`Refusal`] whose sentence a player can read. Nothing panics, nothing is coerced.

use serde_json::Value;

use super::ack::{Refusal, RefusalCode};
use super::limits::PayloadLimits;
use super::player::{APPEARANCE, Metadata};
use super::{PlayerId, names, text};

/// New values for some of a player's fields; `None` leaves a field as it is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PlayerPatch {
    /// Cleaned and shortened; never blank.
    pub name: Option<String>,
    /// Coordinates that came and are finite.
    pub position: PositionPatch,
    /// Cleaned and shortened; never blank.
    pub animation: Option<String>,
    /// Keys to merge.
    pub metadata: Option<Metadata>,
}

/// New values for some coordinates, all finite.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct PositionPatch {
    /// To the right.
    pub x: Option<f64>,
    /// Height.
    pub y: Option<f64>,
    /// Towards the viewer.
    pub z: Option<f64>,
}

/// A checked `player:join`.
#[derive(Debug, Clone, PartialEq)]
pub struct JoinRequest {
    /// Who the socket wants to be.
    pub player_id: PlayerId,
    /// How the player looks and where it stands.
    pub patch: PlayerPatch,
    /// The avatar to look up, from the top level or from metadata.
    pub avatar_id: Option<String>,
    /// The join PIN, trimmed.
    pub pin: Option<String>,
}

/// A checked `player:report`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportRequest {
    /// Who is reported.
    pub player_id: PlayerId,
    /// Why, cleaned and shortened like chat.
    pub reason: String,
}

/// Longest name of an emote, in characters.
const EMOTE_CHARS: usize = 32;
/// Longest id of a notice, in bytes; those of the server are UUIDs.
const NOTICE_ID_BYTES: usize = 64;

type Checked<T> = Result<T, Refusal>;

/// Reads the payload of `player:join`.
///
/// # Errors
/// [`RefusalCode::InvalidPayload`] or [`RefusalCode::InvalidPlayerId`].
pub fn join(payload: Option<&Value>, limits: &PayloadLimits) -> Checked<JoinRequest> {
    let object = object(payload)?;
    let player_id = player_id(object.get("playerId"), limits)?;
    let mut patch = patch(object, limits)?;
    let top_level = optional_text(object, "avatarId")?
        .map(str::trim)
        .filter(|id| !id.is_empty());
    let avatar_id = top_level.map(str::to_owned).or_else(|| {
        let from_metadata = patch.metadata.as_ref()?.get("avatarId")?.as_str()?.trim();
        (!from_metadata.is_empty()).then(|| from_metadata.to_owned())
    });
    if let (Some(id), Some(_)) = (&avatar_id, top_level) {
        patch
            .metadata
            .get_or_insert_default()
            .entry("avatarId")
            .or_insert_with(|| Value::String(id.clone()));
    }
    let pin = optional_text(object, "pin")?.map(|pin| pin.trim().to_owned());
    Ok(JoinRequest {
        player_id,
        patch,
        avatar_id,
        pin,
    })
}

/// Reads the payload of `player:update`.
///
/// # Errors
/// [`RefusalCode::InvalidPayload`].
pub fn update(payload: Option<&Value>, limits: &PayloadLimits) -> Checked<PlayerPatch> {
    patch(object(payload)?, limits)
}

/// Reads the payload of `chat:message`.
///
/// # Errors
/// [`RefusalCode::InvalidPayload`] when there is no text, [`RefusalCode::EmptyMessage`] when
/// nothing of it can be seen.
pub fn chat(payload: Option<&Value>, limits: &PayloadLimits) -> Checked<String> {
    let Some(Value::String(content)) = object(payload)?.get("content") else {
        return Err(Refusal::new(
            RefusalCode::InvalidPayload,
            "Write your message as text.",
        ));
    };
    let content = text::clean(content, limits.chat_chars);
    if content.is_empty() {
        return Err(Refusal::new(
            RefusalCode::EmptyMessage,
            "Write something first.",
        ));
    }
    Ok(content)
}

/// Reads the payload of `player:emote`: the emote's name.
///
/// # Errors
/// [`RefusalCode::InvalidPayload`] without a name, or with one that is too long to be one.
pub fn emote(payload: Option<&Value>) -> Checked<String> {
    let name = optional_text(object(payload)?, "name")?;
    let name = text::clean(name.unwrap_or_default(), EMOTE_CHARS + 1);
    match (1..=EMOTE_CHARS).contains(&name.chars().count()) {
        true => Ok(name),
        false => Err(invalid("Say which feeling to show.")),
    }
}

/// Reads the payload of `player:report`.
///
/// # Errors
/// [`RefusalCode::InvalidPayload`] or [`RefusalCode::InvalidPlayerId`].
pub fn report(payload: Option<&Value>, limits: &PayloadLimits) -> Checked<ReportRequest> {
    let object = object(payload)?;
    let player_id = player_id(object.get("playerId"), limits)?;
    let reason = optional_text(object, "reason")?.unwrap_or_default();
    Ok(ReportRequest {
        player_id,
        reason: text::clean(reason, limits.chat_chars),
    })
}

/// Reads the payload of `moderation:read`: the id of a warning.
///
/// # Errors
/// [`RefusalCode::InvalidPayload`].
pub fn read(payload: Option<&Value>) -> Checked<String> {
    optional_text(object(payload)?, "id")?
        .map(str::trim)
        .filter(|id| (1..=NOTICE_ID_BYTES).contains(&id.len()))
        .filter(|id| !id.chars().any(text::is_invisible))
        .map(str::to_owned)
        .ok_or_else(|| Refusal::new(RefusalCode::InvalidPayload, "Say which warning was read."))
}

/// Checks a player id: text, trimmed, 1 to 128 characters, every one of them visible.
///
/// # Errors
/// [`RefusalCode::InvalidPlayerId`], or [`RefusalCode::ReservedId`] for the server's own id.
pub fn player_id(value: Option<&Value>, limits: &PayloadLimits) -> Checked<PlayerId> {
    let refuse = |message: &str| Err(Refusal::new(RefusalCode::InvalidPlayerId, message));
    let Some(Value::String(id)) = value else {
        return refuse("Choose a player id.");
    };
    let id = id.trim();
    if id.is_empty() {
        return refuse("Choose a player id.");
    }
    if id.chars().count() > limits.player_id_chars {
        return refuse("Choose a shorter player id.");
    }
    if id.chars().any(text::is_invisible) || !id.chars().any(text::is_seen) {
        return refuse("Choose a player id without invisible characters.");
    }
    if names::is_system_id(id) {
        return Err(Refusal::new(
            RefusalCode::ReservedId,
            "This player id is reserved. Choose another one.",
        ));
    }
    Ok(PlayerId::trusted(id))
}

fn patch(object: &Metadata, limits: &PayloadLimits) -> Checked<PlayerPatch> {
    let name = cleaned(object, "name", limits.name_chars)?;
    let animation = cleaned(object, "animation", limits.animation_chars)?;
    let position = position(object.get("position"))?;
    let metadata = match object.get("metadata") {
        None | Some(Value::Null) => None,
        Some(Value::Object(metadata)) => {
            match metadata.get(APPEARANCE) {
                None | Some(Value::Object(_) | Value::Null) => {}
                Some(_) => return Err(invalid("The appearance has a form that cannot be used.")),
            }
            let mut metadata = metadata.clone();
            // Without layers there is nothing to merge, and an appearance is never unset as a whole.
            if metadata.get(APPEARANCE) == Some(&Value::Null) {
                metadata.remove(APPEARANCE);
            }
            Some(metadata)
        }
        Some(_) => {
            return Err(invalid(
                "The details of the player have a form that cannot be used.",
            ));
        }
    };
    Ok(PlayerPatch {
        name,
        position,
        animation,
        metadata,
    })
}

/// `null` stands for a number that was not finite: JSON has no other way to write one, and
/// `JSON.stringify` turns `NaN` into it. Such a coordinate keeps its last good value.
fn position(value: Option<&Value>) -> Checked<PositionPatch> {
    let object = match value {
        None | Some(Value::Null) => return Ok(PositionPatch::default()),
        Some(Value::Object(object)) => object,
        Some(_) => return Err(invalid("The position has a form that cannot be used.")),
    };
    let axis = |key: &str| match object.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Number(number)) => Ok(number.as_f64().filter(|n| n.is_finite())),
        Some(_) => Err(invalid("The position needs numbers.")),
    };
    Ok(PositionPatch {
        x: axis("x")?,
        y: axis("y")?,
        z: axis("z")?,
    })
}

fn cleaned(object: &Metadata, key: &str, max_chars: usize) -> Checked<Option<String>> {
    let cleaned = optional_text(object, key)?.map(|value| text::clean(value, max_chars));
    Ok(cleaned.filter(|value| !value.is_empty()))
}

fn optional_text<'a>(object: &'a Metadata, key: &str) -> Checked<Option<&'a str>> {
    match object.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(value)) => Ok(Some(value)),
        Some(_) => Err(invalid("Names and descriptions have to be text.")),
    }
}

fn object(payload: Option<&Value>) -> Checked<&Metadata> {
    match payload {
        Some(Value::Object(object)) => Ok(object),
        _ => Err(invalid("Nothing usable came with this request.")),
    }
}

fn invalid(message: &str) -> Refusal {
    Refusal::new(RefusalCode::InvalidPayload, message)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn limits() -> PayloadLimits {
        PayloadLimits::default()
    }

    #[track_caller]
    fn check_id(id: Value, expected: Result<&str, RefusalCode>) {
        let actual = player_id(Some(&id), &limits());
        let actual = actual
            .as_ref()
            .map(PlayerId::as_str)
            .map_err(|refusal| refusal.code);
        assert_eq!(actual, expected, "{id}");
    }

    #[test]
    fn player_ids() {
        check_id(json!("  ana "), Ok("ana"));
        check_id(json!("__proto__"), Ok("__proto__"));
        check_id(json!("é".repeat(128)), Ok("é".repeat(128).as_str()));
        check_id(json!("é".repeat(129)), Err(RefusalCode::InvalidPlayerId));
        check_id(json!("  "), Err(RefusalCode::InvalidPlayerId));
        check_id(json!("a\u{200B}b"), Err(RefusalCode::InvalidPlayerId));
        check_id(json!("a\nb"), Err(RefusalCode::InvalidPlayerId));
        for system in ["System", "SYSTEM", "ѕуѕtеm", "ｓｙｓｔｅｍ"] {
            check_id(json!(system), Err(RefusalCode::ReservedId));
        }
        check_id(json!("sistema"), Ok("sistema"));
        for invisible in ["\u{2800}", "\u{3164}", "\u{2063}a", "a\u{200D}b", "\u{301}"] {
            check_id(json!(invisible), Err(RefusalCode::InvalidPlayerId));
        }
        check_id(json!("❤\u{FE0F}"), Ok("❤\u{FE0F}"));
        for wrong in [
            json!(null),
            json!(1),
            json!(["a"]),
            json!({"a": 1}),
            json!(true),
        ] {
            check_id(wrong, Err(RefusalCode::InvalidPlayerId));
        }
    }

    #[test]
    fn a_payload_that_is_no_object_is_refused_for_every_event() {
        let inputs = [
            None,
            Some(json!(null)),
            Some(json!([])),
            Some(json!("x")),
            Some(json!(7)),
        ];
        for input in inputs {
            let input = input.as_ref();
            let codes = [
                join(input, &limits()).map(drop),
                update(input, &limits()).map(drop),
                chat(input, &limits()).map(drop),
                report(input, &limits()).map(drop),
            ]
            .map(|result| result.map_err(|refusal| refusal.code));
            assert_eq!(codes, [Err(RefusalCode::InvalidPayload); 4]);
        }
    }

    /// A value that no field may have.
    fn wrong() -> Value {
        json!([["wrong"]])
    }

    #[track_caller]
    fn check_declared<T: schemars::JsonSchema>(read: impl Fn(Value) -> Result<(), Refusal>) {
        let schema = schemars::schema_for!(T);
        let fields = schema.get("properties").and_then(Value::as_object).unwrap();
        let whole = json!({"playerId": "a", "content": "hi", "id": "b", "name": "c"});
        assert_eq!(read(whole.clone()), Ok(()));
        for field in fields.keys() {
            let mut payload = whole.clone();
            payload[field] = wrong();
            assert!(read(payload).is_err(), "{field} is declared and not read");
        }
        let mut payload = whole;
        payload["other"] = wrong();
        assert_eq!(read(payload), Ok(()), "what is not declared is ignored");
    }

    #[test]
    fn every_declared_field_is_read() {
        use crate::client_payload as declared;

        let limits = limits();
        check_declared::<declared::JoinPayload>(|it| join(Some(&it), &limits).map(drop));
        check_declared::<declared::UpdatePayload>(|it| update(Some(&it), &limits).map(drop));
        check_declared::<declared::ChatPayload>(|it| chat(Some(&it), &limits).map(drop));
        check_declared::<declared::EmotePayload>(|it| emote(Some(&it)).map(drop));
        check_declared::<declared::ReportPayload>(|it| report(Some(&it), &limits).map(drop));
        check_declared::<declared::ReadPayload>(|it| super::read(Some(&it)).map(drop));
    }

    #[track_caller]
    fn check_update(payload: Value, expected: Result<PlayerPatch, RefusalCode>) {
        assert_eq!(
            update(Some(&payload), &limits()).map_err(|refusal| refusal.code),
            expected
        );
    }

    #[test]
    fn updates() {
        check_update(json!({}), Ok(PlayerPatch::default()));
        check_update(
            json!({"position": {"x": 1, "y": null, "z": -2.5}, "name": " \u{202E}Ana ", "animation": ""}),
            Ok(PlayerPatch {
                name: Some("Ana".to_owned()),
                position: PositionPatch {
                    x: Some(1.0),
                    y: None,
                    z: Some(-2.5),
                },
                ..PlayerPatch::default()
            }),
        );
        for wrong in [
            json!({"position": [1, 2, 3]}),
            json!({"position": {"x": "1"}}),
            json!({"name": 5}),
            json!({"animation": {}}),
            json!({"metadata": []}),
            json!({"metadata": {"appearance": "red"}}),
        ] {
            check_update(wrong, Err(RefusalCode::InvalidPayload));
        }
    }

    #[test]
    fn the_avatar_id_comes_from_the_top_level_or_from_metadata() {
        let id = |payload: Value| join(Some(&payload), &limits()).map(|request| request.avatar_id);
        assert_eq!(id(json!({"playerId": "a"})), Ok(None));
        assert_eq!(
            id(json!({"playerId": "a", "avatarId": " x "})),
            Ok(Some("x".to_owned()))
        );
        assert_eq!(
            id(json!({"playerId": "a", "metadata": {"avatarId": "y"}})),
            Ok(Some("y".to_owned()))
        );
        let request = join(Some(&json!({"playerId": "a", "avatarId": "x"})), &limits());
        let metadata = request.map(|request| request.patch.metadata);
        assert_eq!(metadata, Ok(json!({"avatarId": "x"}).as_object().cloned()));
    }

    #[test]
    fn chat_is_text_with_something_to_read() {
        let say = |content: Value| chat(Some(&json!({"content": content})), &limits());
        assert_eq!(say(json!(" hi\n")), Ok("hi".to_owned()));
        let code = |content: Value| say(content).map_err(|refusal| refusal.code);
        assert_eq!(code(json!(" \u{200B} ")), Err(RefusalCode::EmptyMessage));
        for wrong in [
            json!(1),
            json!(null),
            json!(["hi"]),
            json!({"toString": "hi"}),
            json!(true),
        ] {
            assert_eq!(code(wrong), Err(RefusalCode::InvalidPayload));
        }
        assert_eq!(
            say(json!("x".repeat(600))).map(|content| content.len()),
            Ok(500)
        );
    }
}
