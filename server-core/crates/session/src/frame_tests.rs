use serde_json::Value;

use super::*;

/// Events that a snapshot which follows says nothing about: words to one client, and that a line of chat is gone
/// or back, of which clients keep more. Those of binary payloads and the snapshot itself are frames of their own.
const IN_NO_SNAPSHOT: [&str; 4] = [
    events::CHAT_REMOVED,
    events::CHAT_RESTORED,
    events::MODERATION_NOTICE,
    events::SESSION_TERMINATED,
];
const FRAMES_OF_THEIR_OWN: [&str; 3] = [
    events::EVENTS_PACKED,
    events::PLAYERS_UPDATED,
    events::WORLD_STATE,
];

/// Whoever adds an event decides whether somebody who waits for a snapshot has to wait for it as well.
#[test]
fn each_event_is_in_a_snapshot_or_in_none() {
    let described: Value =
        serde_json::from_str(include_str!("../../contract/asyncapi.json")).unwrap();
    let operations = described["operations"].as_object().unwrap();
    let sent = operations
        .iter()
        .filter(|(_, it)| it["action"] == "send" && it["channel"]["$ref"] == "#/channels/world");
    let mut count = 0;
    for (operation, _) in sent {
        let name = &described["channels"]["world"]["messages"][operation]["name"];
        let name = name.as_str().unwrap();
        let frame = Frame::event(name.to_owned().leak(), crate::to_json(&Value::Null));
        let is_in_none = IN_NO_SNAPSHOT.contains(&name) || FRAMES_OF_THEIR_OWN.contains(&name);
        assert_ne!(frame.is_in_snapshot(), is_in_none, "{name}");
        count += 1;
    }
    assert!(count > 10);
}
