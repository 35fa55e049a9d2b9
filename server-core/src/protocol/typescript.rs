//! The contract as TypeScript, kept in `ui/src/contract/generated/contract.ts`.
//!
//! `UPDATE_CONTRACT=1 cargo test -p server-core contract` rewrites the file; without the variable the
//! test fails when file and types differ.

use std::fmt::Write as _;
use std::path::Path;

use ts_rs::{Config, TS};

use super::{
    ack, chat, events, health, ids, moderation, nodes, player, rest, rest_assets, snapshot, sprites,
};

macro_rules! declarations {
    ($($ty:ty),+ $(,)?) => {{
        let config = Config::default();
        [$((<$ty>::name(&config), <$ty>::docs(), <$ty>::decl(&config))),+]
    }};
}

fn contract() -> String {
    let mut text = String::from(
        "// Generated from server-core/src/protocol. Do not edit: run\n\
         // `UPDATE_CONTRACT=1 cargo test -p server-core contract` after changing a type there.\n\n",
    );
    let types = declarations![
        ids::PlayerId,
        ids::MessageId,
        player::Position,
        player::Player,
        chat::ChatMessage,
        sprites::Sprite,
        sprites::SpriteAtlas,
        rest_assets::Appearance,
        rest_assets::Avatar,
        rest_assets::AvatarAnswer,
        rest_assets::AvatarBody,
        rest_assets::SpriteList,
        rest_assets::AtlasAnswer,
        rest_assets::SpriteAnswer,
        rest_assets::SpriteUpload,
        rest_assets::SpritePatch,
        rest_assets::SpriteOrder,
        snapshot::WorldInfo,
        snapshot::Snapshot,
        ack::RefusalCode,
        ack::RefusalAck<'static>,
        ack::JoinAck,
        ack::UpdateAck,
        ack::ChatAck,
        ack::DoneAck,
        moderation::TerminationCode,
        moderation::SessionTerminated,
        moderation::NoticeKind,
        moderation::ModerationNotice,
        health::HealthStatus,
        health::Phase,
        nodes::LinkState,
        nodes::LinkStatus,
        nodes::NodeInfo,
        health::HealthBody,
        rest::ErrorBody,
        rest::Role,
        rest::UserView,
        rest::UserAnswer,
        rest::SessionAnswer,
        rest::LoginAnswer,
        rest::RegisterBody,
        rest::LoginBody,
        rest::ChangePasswordBody,
        rest::DeleteAccountBody,
        rest::UserPatch,
        rest::UserList,
        rest::MessageStatus,
        rest::ArchivedMessage,
        rest::MessageList,
    ];
    for (_, docs, declaration) in types {
        if let Some(docs) = docs {
            text.push_str(docs.trim_end());
            text.push('\n');
        }
        let _ = writeln!(text, "export {declaration}\n");
    }
    text.push_str("/** Names of the events on the wire. */\nexport const EVENTS = {\n");
    for (key, name) in [
        ("playerJoin", events::PLAYER_JOIN),
        ("playerUpdate", events::PLAYER_UPDATE),
        ("playerLeave", events::PLAYER_LEAVE),
        ("playerReport", events::PLAYER_REPORT),
        ("chatMessage", events::CHAT_MESSAGE),
        ("worldState", events::WORLD_STATE),
        ("playerJoined", events::PLAYER_JOINED),
        ("playerUpdated", events::PLAYER_UPDATED),
        ("playersUpdated", events::PLAYERS_UPDATED),
        ("playerLeft", events::PLAYER_LEFT),
        ("chatRemoved", events::CHAT_REMOVED),
        ("spritesAtlasUpdated", events::SPRITES_ATLAS_UPDATED),
        ("moderationNotice", events::MODERATION_NOTICE),
        ("sessionTerminated", events::SESSION_TERMINATED),
    ] {
        let _ = writeln!(text, "  {key}: \"{name}\",");
    }
    text.push_str("} as const;\n");
    text
}

#[test]
fn the_generated_contract_is_current() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/contract/generated/contract.ts");
    let contract = contract();
    if std::env::var_os("UPDATE_CONTRACT").is_some() {
        std::fs::write(&path, &contract).unwrap_or_else(|error| panic!("{error}"));
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        committed,
        contract,
        "run with UPDATE_CONTRACT=1 to rewrite {}",
        path.display()
    );
}
