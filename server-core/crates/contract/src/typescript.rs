//! The contract as TypeScript, kept in `ui/src/contract/generated/contract.ts`.
//!
//! `UPDATE_CONTRACT=1 cargo test -p contract` rewrites the file; without the variable the
//! test fails when file and types differ.

use std::fmt::Write as _;
use std::path::Path;

use ts_rs::{Config, TS};

use super::{
    ack, admin, chat, events, health, ids, load_test, moderation, nodes, player, rest, rest_assets,
    snapshot, sprites,
};

macro_rules! declarations {
    ($($ty:ty),+ $(,)?) => {{
        let config = Config::default().with_large_int("number");
        [$((<$ty>::name(&config), <$ty>::docs(), <$ty>::decl(&config))),+]
    }};
}

fn contract() -> String {
    let mut text = String::from(
        "// Generated from server-core/crates/contract. Do not edit: run\n\
         // `UPDATE_CONTRACT=1 cargo test -p contract` after changing a type there.\n\n",
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
        rest_assets::SpritePreview,
        snapshot::WorldInfo,
        snapshot::Snapshot,
        ack::RefusalCode,
        ack::RefusalAck<'static>,
        ack::JoinAck,
        ack::UpdateAck,
        ack::ChatAck,
        ack::DoneAck,
        ack::TicketAck,
        moderation::TerminationCode,
        moderation::SessionTerminated,
        moderation::NoticeKind,
        moderation::ModerationNotice,
        health::HealthStatus,
        health::Phase,
        nodes::LinkState,
        nodes::LinkStatus,
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
        rest::CreateUserBody,
        rest::ResetPasswordBody,
        admin::rights::Right,
        admin::rights::Me,
        admin::rights::MeAnswer,
        admin::action::Actor,
        admin::action::ActionEntry,
        admin::action::ActionAnswer,
        admin::action::CountAnswer,
        admin::action::AnnouncementAnswer,
        admin::action::ChangedUserAnswer,
        admin::action::MessageAnswer,
        admin::action::ActionList,
        admin::person::PersonKind,
        admin::person::PersonRef,
        admin::person::Note,
        admin::person::NoteAnswer,
        admin::person::NoteBody,
        admin::person::Warning,
        admin::person::Kick,
        admin::person::Worn,
        admin::person::Face,
        admin::person::FaceList,
        admin::person::SameAddress,
        admin::person::PersonRecord,
        admin::person::RecordAnswer,
        admin::sanction::SanctionKind,
        admin::sanction::Ban,
        admin::sanction::Mute,
        admin::sanction::Sanction,
        admin::sanction::KickBody,
        admin::sanction::WordsBody,
        admin::sanction::MuteSessionBody,
        admin::sanction::MuteBody,
        admin::sanction::BanTarget,
        admin::sanction::BanBody,
        admin::sanction::BanAnswer,
        admin::sanction::MuteAnswer,
        admin::sanction::BanList,
        admin::sanction::MuteList,
        admin::sanction::BanPreview,
        admin::sanction::GuestPreview,
        admin::sanction::AddressPreview,
        admin::session::SessionKind,
        admin::session::TransportKind,
        admin::session::MutedUntil,
        admin::session::AdminSession,
        admin::session::SessionMove,
        admin::session::SessionList,
        admin::session::SessionDetail,
        admin::report::ReportStatus,
        admin::report::ReportedPlayer,
        admin::report::Report,
        admin::report::ReportList,
        admin::report::ReportPatch,
        admin::report::ReportAnswer,
        admin::sample::Sample,
        admin::sample::StatsAnswer,
        admin::node::ServerState,
        admin::node::Cluster,
        admin::node::ServerInfo,
        admin::node::NodeInfo,
        admin::node::NodesAnswer,
        admin::log::LogLevel,
        admin::log::LogLine,
        admin::log::LogList,
        admin::log::LogLines,
        admin::log::LogsRequest,
        admin::setting::SettingKind,
        admin::setting::SettingSource,
        admin::setting::SettingView,
        admin::setting::SettingsAnswer,
        admin::setting::SettingsPatch,
        admin::setting::SettingsRefusal,
        admin::invite::LinkKind,
        admin::invite::LinkMedium,
        admin::invite::Obstacle,
        admin::invite::Arrival,
        admin::invite::InviteLink,
        admin::invite::FirewallSystem,
        admin::invite::FirewallHint,
        admin::invite::Invite,
        load_test::second::Summary,
        load_test::second::Point,
        load_test::second::Processes,
        load_test::second::Second,
        load_test::counts::Connections,
        load_test::counts::DeliveryCounts,
        load_test::counts::Missing,
        load_test::counts::ErrorSample,
        load_test::counts::Errors,
        load_test::report::Mode,
        load_test::report::Ended,
        load_test::report::Doubt,
        load_test::report::LoadTestReport,
        load_test::report::Knobs,
        load_test::report::LoadTestTotals,
        load_test::report::Distribution,
        load_test::report::Distributions,
        load_test::report::Generator,
        load_test::report::LoadTestServer,
        load_test::report::LoadTestVerdict,
        admin::load_test::LoadTestState,
        admin::load_test::LoadTestWhyCode,
        admin::load_test::LoadTestObstacle,
        admin::load_test::LoadTestWhy,
        admin::load_test::LoadTestPlan,
        admin::load_test::LoadTestFigures,
        admin::load_test::LoadTestRun,
        admin::load_test::LoadTestList,
        admin::load_test::LoadTestTerms,
        admin::load_test::LoadTestDetail,
        admin::load_test::LoadTestBody,
        admin::load_test::LoadTestAnswer,
        admin::feed::AdminState,
        admin::feed::AdminChanges,
        admin::feed::EndedCode,
        admin::feed::AdminEnded,
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
        ("moderationRead", events::MODERATION_READ),
        ("sessionTicket", events::SESSION_TICKET),
        ("chatMessage", events::CHAT_MESSAGE),
        ("worldState", events::WORLD_STATE),
        ("playerJoined", events::PLAYER_JOINED),
        ("playerUpdated", events::PLAYER_UPDATED),
        ("playersUpdated", events::PLAYERS_UPDATED),
        ("playerLeft", events::PLAYER_LEFT),
        ("chatRemoved", events::CHAT_REMOVED),
        ("chatRestored", events::CHAT_RESTORED),
        ("spritesAtlasUpdated", events::SPRITES_ATLAS_UPDATED),
        ("moderationNotice", events::MODERATION_NOTICE),
        ("sessionTerminated", events::SESSION_TERMINATED),
    ] {
        let _ = writeln!(text, "  {key}: \"{name}\",");
    }
    text.push_str("} as const;\n\n");
    text.push_str("/** Names of the events in the namespace of the administration. */\n");
    text.push_str("export const ADMIN_EVENTS = {\n");
    for (key, name) in [
        ("state", admin::feed::STATE),
        ("changes", admin::feed::CHANGES),
        ("resync", admin::feed::RESYNC),
        ("logs", admin::feed::LOGS),
        ("ended", admin::feed::ENDED),
    ] {
        let _ = writeln!(text, "  {key}: \"{name}\",");
    }
    text.push_str(
        "} as const;\n\n/** Messages of `connect_error` in that namespace, by code. */\n",
    );
    text.push_str("export const ADMIN_REFUSALS = {\n");
    for (code, refused) in admin::feed::Refused::ALL {
        let _ = writeln!(text, "  \"{code}\": \"{refused}\",");
    }
    let _ = writeln!(
        text,
        "}} as const;\n\n/** The namespace of the administration. */"
    );
    let _ = writeln!(
        text,
        "export const ADMIN_NAMESPACE = \"{}\";",
        admin::feed::NAMESPACE
    );
    text
}

#[test]
fn the_generated_contract_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../ui/src/contract/generated/contract.ts");
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
