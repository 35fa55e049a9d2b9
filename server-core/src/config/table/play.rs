//! Settings of the play: world, limits, flushing, load test.

use std::marker::PhantomData;

use super::{Group, Setting, ValueKind as _, entry, setting};
use crate::config::WordListMode;
use crate::config::kinds::{HttpUrl, JoinPin, Millis, OneOf, Positive, Switch, Text, Whole};
use contract::load_test::crowd::{MAX_OUTAGE_MS, MAX_SLOW_KBPS, MAX_SLOW_PERCENT};
use contract::load_test::{BotLanguage, CrowdShape, CrowdSpread, CrowdWalk};
use session::WorldLight;

/// A day, in milliseconds.
const DAY: u64 = 86_400_000;

pub(super) const SETTINGS: &[Setting] = &[
    entry!(
        World,
        "WORLD_ID",
        Text(1, 64),
        config.world.id,
        "Stable id of the world, for programs."
    ),
    entry!(
        World,
        "WORLD_NAME",
        Text(1, 100),
        config.world.name,
        "Name of the world."
    ),
    entry!(
        World,
        "WORLD_DESCRIPTION",
        Text(0, 500),
        config.world.description,
        "One sentence about the world."
    ),
    entry!(
        World,
        "WORLD_GREETING",
        Text(0, 500),
        config.world.greeting,
        "First line of a new world's chat; empty for none."
    ),
    entry!(
        World,
        "WORLD_MOOD",
        OneOf::<WorldLight>(PhantomData),
        config.world.light,
        "The light the world is in; clock follows the hour of the server."
    ),
    entry!(
        World,
        "GUESTS_ALLOWED",
        Switch,
        config.world.guests_allowed,
        "Whether people without an account may join."
    ),
    entry!(
        World,
        "MAX_PLAYERS",
        Whole(1_usize, 100_000),
        config.world.max_players,
        "Most players at once."
    ),
    entry!(
        World,
        "JOIN_PIN",
        JoinPin,
        config.world.join_pin,
        "What players have to enter to join; empty for nothing. The administration needs none."
    ),
    entry!(
        World,
        "SLOW_MODE_SECONDS",
        Whole(0_u32, 3600),
        config.conversation.slow_mode_seconds,
        "Seconds that a person waits between two lines of chat; 0 for no slow mode. Moderators and hosts are free."
    ),
    entry!(
        World,
        "WORD_LIST",
        Text(0, 8000),
        config.conversation.word_list,
        "Words and phrases that nobody may say in chat, between commas. Moderators and hosts are free."
    ),
    entry!(
        World,
        "WORD_LIST_FOLDED",
        Switch,
        config.conversation.word_list_folded,
        "Whether letters that look alike count as the same in the word list."
    ),
    entry!(
        World,
        "WORD_LIST_MODE",
        OneOf::<WordListMode>(PhantomData),
        config.conversation.word_list_mode,
        "What becomes of a line with a word of the list: block it, or hold it for a moderator."
    ),
    entry!(
        World,
        "HELD_LINE_MINUTES",
        Whole(1_u32, 10_080),
        config.conversation.held_line_minutes,
        "Minutes that a held line waits for a moderator; then it goes away unread."
    ),
    entry!(
        World,
        "MODERATION_REASONS",
        Text(0, 4000),
        config.conversation.reasons,
        "Reasons that moderators are offered, between semicolons, each with a length or without: Spam = 10m; Insults = 1d; Name not allowed. Empty for the usual ones."
    ),
    entry!(
        Limits,
        "MAX_PLAYER_ID_CHARS",
        Whole(1_usize, 1024),
        config.limits.player_id_chars,
        "Longest player id, in characters."
    ),
    entry!(
        Limits,
        "MAX_NAME_CHARS",
        Whole(1_usize, 1000),
        config.limits.name_chars,
        "Names are shortened to this many characters."
    ),
    entry!(
        Limits,
        "MAX_ANIMATION_CHARS",
        Whole(1_usize, 1000),
        config.limits.animation_chars,
        "Animation names are shortened to this many characters."
    ),
    entry!(
        Limits,
        "MAX_CHAT_CHARS",
        Whole(1_usize, 10_000),
        config.limits.chat_chars,
        "Chat messages are shortened to this many characters."
    ),
    entry!(
        Limits,
        "MAX_METADATA_BYTES",
        Whole(2_usize, 1_000_000),
        config.limits.metadata_bytes,
        "Largest metadata of a player, in bytes of JSON."
    ),
    entry!(
        Limits,
        "MAX_METADATA_DEPTH",
        Whole(1_usize, 64),
        config.limits.metadata_depth,
        "Deepest nesting of metadata."
    ),
    entry!(
        Limits,
        "MAX_EVENT_BYTES",
        Whole(256_usize, 10_000_000),
        config.limits.event_bytes,
        "Largest event that is read; a larger one is refused and its connection stays."
    ),
    entry!(
        Limits,
        "LOAD_TEST_MAX_CLIENTS",
        Whole(1_u32, 100_000),
        config.load_runs.max_clients,
        "Most clients of a load test that a host starts in the administration."
    ),
    entry!(
        Limits,
        "LOAD_TEST_MAX_DURATION_MS",
        Millis(1000, DAY),
        config.load_runs.max_duration,
        "Longest load test that a host starts in the administration."
    ),
    entry!(
        Limits,
        "LOAD_TEST_MAX_ACK_MS",
        Millis(0, 600_000),
        config.load_runs.max_ack,
        "Such a load test stops itself when 95% of real players wait longer for an answer; 0 for never."
    ),
    entry!(
        Limits,
        "LOAD_TEST_HISTORY",
        Whole(1_u32, 100_000),
        config.load_runs.history,
        "Load tests kept in the history."
    ),
    entry!(
        Limits,
        "RATE_CONNECTS",
        Positive,
        config.rates.connects.per_second,
        "Socket.IO CONNECTs per second of one transport."
    ),
    entry!(
        Limits,
        "RATE_CONNECTS_BURST",
        Positive,
        config.rates.connects.burst,
        "Socket.IO CONNECTs in one breath."
    ),
    entry!(
        Limits,
        "RATE_ANNOUNCEMENTS",
        Positive,
        config.rates.announcements.per_second,
        "Announcements to everybody per second of one account, of a person or a program."
    ),
    entry!(
        Limits,
        "RATE_ANNOUNCEMENTS_BURST",
        Positive,
        config.rates.announcements.burst,
        "Announcements in one breath."
    ),
    entry!(
        Limits,
        "NETWORK_FACTOR",
        Whole(1_u32, 1_000_000),
        config.rates.network_factor,
        "So many times what one person may do is what all people of one network (an IPv4 address, an IPv6 /64) may do together."
    ),
    entry!(
        Limits,
        "RATE_MEMORY",
        Whole(100_usize, 10_000_000),
        config.rates.remembered,
        "People, and networks, whose last events are remembered; those that restrict nobody are forgotten first."
    ),
    entry!(
        Limits,
        "MAX_OPEN_REPORTS",
        Whole(1_u32, 1_000_000),
        config.rates.open_reports,
        "Reports of one person that wait for a moderator; more are refused. Those of a network are limited to NETWORK_FACTOR times as many."
    ),
    entry!(
        Limits,
        "MAX_HELD_LINES",
        Whole(1_u32, 10_000),
        config.conversation.held_lines,
        "Lines of everybody together that wait for a moderator; more are refused."
    ),
    entry!(
        Limits,
        "MAX_HELD_LINES_PER_PERSON",
        Whole(1_u32, 1000),
        config.conversation.held_lines_per_person,
        "Lines of one person that wait for a moderator; more are refused. Those of a network are limited to NETWORK_FACTOR times as many."
    ),
    entry!(
        Limits,
        "WRONG_PINS_PER_DAY",
        Whole(1_u32, 1_000_000),
        config.rates.wrong_pins_per_day,
        "Wrong join PINs of everybody together in a day; after them, only who entered none today may try."
    ),
    entry!(
        Limits,
        "MAX_FEEDS",
        Whole(1_usize, 10_000),
        config.rates.feeds,
        "Live views of the administration at once; when they are taken, hosts come before moderators and these before viewers."
    ),
    entry!(
        Limits,
        "MAX_FEEDS_PER_PERSON",
        Whole(1_usize, 10_000),
        config.rates.feeds_per_person,
        "Live views of the administration of one person at once."
    ),
    entry!(
        Limits,
        "MAX_SERVICE_ACCOUNTS",
        Whole(0_u32, 1000),
        config.rates.service_accounts,
        "Service accounts, which are programs that act by a token."
    ),
    entry!(
        Limits,
        "FLOOD_REFUSALS",
        Whole(1_u32, 1_000_000),
        config.rates.flood_refusals,
        "Refused events of one person within FLOOD_WINDOW_MS that end the connection they come on."
    ),
    entry!(
        Limits,
        "FLOOD_WINDOW_MS",
        Millis(100, DAY),
        config.rates.flood_window,
        "The time in which refusals are counted."
    ),
    entry!(
        Session,
        "FLUSH_INTERVAL_MS",
        Millis(1, 10_000),
        config.session.flush_interval,
        "The tick on which a crowd's updates are sent."
    ),
    entry!(
        Session,
        "FLUSH_BUDGET",
        Whole(0_u64, 1_000_000_000),
        config.session.flush_budget,
        "Deliveries within one interval below which an update is sent at once."
    ),
    entry!(
        Session,
        "NEARNESS_FROM",
        Whole(0_usize, 1_000_000),
        config.session.nearness_from,
        "Players above which distance decides how often a client is told of whom; 0 for never."
    ),
    entry!(
        Session,
        "PLAIN_BYTES",
        Whole(4000_usize, 1_000_000_000),
        config.session.plain_bytes,
        "Bytes a second of updates for a client without batches where distance decides; nearest first."
    ),
    entry!(
        Session,
        "CROWD_REST_MS",
        Millis(0, 20),
        config.session.crowd_park_delay,
        "Time the server rests while a crowd moves, so that several updates wake it once; 0 for never."
    ),
    entry!(
        Session,
        "CHAT_HISTORY",
        Whole(0_usize, 1000),
        config.session.chat_history,
        "Messages that newcomers see."
    ),
    entry!(
        Session,
        "OUTBOX_BYTES",
        Whole(65_536_usize, 1_000_000_000),
        config.session.outbox_bytes,
        "Bytes that may wait for one slow client before it is disconnected."
    ),
    entry!(
        Session,
        "SLOW_CONSUMER_MS",
        Millis(100, DAY),
        config.session.slow_consumer_timeout,
        "Time without progress after which a slow client is disconnected."
    ),
    entry!(
        Session,
        "INBOX_EVENTS",
        Whole(1_usize, 1_000_000),
        config.session.inbox_events,
        "Events of one client that may wait to be applied."
    ),
    entry!(
        Session,
        "CHANNEL_PACKETS",
        Whole(16_usize, 1_000_000),
        config.session.channel_packets,
        "Packets that may wait inside the Socket.IO layer for one client."
    ),
    entry!(
        Session,
        "JOIN_LOOKUP_MS",
        Millis(1, 60_000),
        config.session.join_lookup_timeout,
        "Longest wait for the avatar store during a join."
    ),
    entry!(
        Session,
        "IDLE_TIMEOUT_MS",
        Millis(0, DAY),
        config.session.idle_timeout,
        "Time without any event after which a player's session ends; 0 for never."
    ),
    entry!(
        Session,
        "SHUTDOWN_TIMEOUT_MS",
        Millis(0, 600_000),
        config.session.shutdown_timeout,
        "Longest time a shutdown may take. What has not ended by then is aborted, and the log says what was lost."
    ),
    entry!(
        LoadTest,
        "LOAD_TARGET_URL",
        HttpUrl,
        config.load_test.target_url,
        "The server to load."
    ),
    entry!(
        LoadTest,
        "LOAD_CLIENTS",
        Whole(1_usize, 100_000),
        config.load_test.clients,
        "Clients in total."
    ),
    entry!(
        LoadTest,
        "LOAD_DURATION_MS",
        Millis(100, DAY),
        config.load_test.duration,
        "Length of the run."
    ),
    entry!(
        LoadTest,
        "LOAD_UPDATE_INTERVAL_MS",
        Millis(1, DAY),
        config.load_test.update_interval,
        "Time between two updates of one client."
    ),
    entry!(
        LoadTest,
        "LOAD_SPAWN_INTERVAL_MS",
        Millis(0, DAY),
        config.load_test.spawn_interval,
        "Time between two new clients."
    ),
    entry!(
        LoadTest,
        "LOAD_SHAPE",
        OneOf::<CrowdShape>(PhantomData),
        config.load_test.crowd.shape,
        "How the clients come: one after another, in a ramp over the whole run, all at once, or dropped halfway to come back; slow: a share of them reads slowly."
    ),
    entry!(
        LoadTest,
        "LOAD_SPREAD",
        OneOf::<CrowdSpread>(PhantomData),
        config.load_test.crowd.spread,
        "Where the clients are: all over the world, in two clusters, or in one square."
    ),
    entry!(
        LoadTest,
        "LOAD_WALK",
        OneOf::<CrowdWalk>(PhantomData),
        config.load_test.crowd.walk,
        "How the clients move: each in a tile of its own, for figures that compare, or on paths and in groups as people do."
    ),
    entry!(
        LoadTest,
        "LOAD_LANGUAGE",
        OneOf::<BotLanguage>(PhantomData),
        config.load_test.crowd.language,
        "The language of what clients say that walk like people."
    ),
    entry!(
        LoadTest,
        "LOAD_SLOW_PERCENT",
        Whole(1_u32, MAX_SLOW_PERCENT),
        config.load_test.crowd.slow_percent,
        "With LOAD_SHAPE=slow: how many in a hundred clients read slowly."
    ),
    entry!(
        LoadTest,
        "LOAD_SLOW_KBPS",
        Whole(1_u32, MAX_SLOW_KBPS),
        config.load_test.crowd.slow_kbps,
        "With LOAD_SHAPE=slow: kB a second that such a client reads at most."
    ),
    entry!(
        LoadTest,
        "LOAD_OUTAGE_MS",
        Whole(0_u32, MAX_OUTAGE_MS),
        config.load_test.crowd.outage_ms,
        "With LOAD_SHAPE=restart: time without anybody."
    ),
];
