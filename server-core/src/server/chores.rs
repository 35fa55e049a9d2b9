//! The last step of a start: the work that goes on behind the game. It has one owner, which ends it.

use std::sync::Arc;

use super::opening::OpenStores;
use super::waiting::keep_each;
use super::world::HandedOver;
use super::{held_lines, light, logins, nodes, outside, pinned, stores};
use crate::config::Config;
use crate::discovery::{Announcement, Entrance};
use crate::feed::Feed;
use crate::hooks::{Watched, keep_watching, sender};
use crate::live_settings::LiveSettings;
use crate::moderation::Moderation;
use crate::moderation::retention::keep_forgetting;
use metrics::Metrics;
use port_mapping::MappingReport;
use runtime::Background;
use session::SessionManager;
use store::storage::keep_daily_backups;

/// Starts what is done at the edges, which ends before the people inside go.
pub(super) fn watch(
    config: &Config,
    entrance: &Entrance,
    settings: &LiveSettings,
    sessions: &SessionManager,
    feed: &Feed,
    mapping: &MappingReport,
) -> Background {
    let mut watching = Background::default();
    watching.start("feed", |stop| feed.clone().run(sessions.clone(), stop));
    if let Some(certificates) = &entrance.certificates {
        let interval = config.listen.tls_reload;
        watching.start("certificate", |stop| {
            certificates.clone().keep_fresh(interval, stop)
        });
    }
    if config.discovery.announced {
        let announcement = Announcement {
            bound: entrance.bound,
            host: config.discovery.name.clone(),
            world: config.world.name.clone(),
            secure: entrance.certificates.is_some(),
            name: entrance.name.clone(),
        };
        watching.start("name", |stop| announcement.keep(stop));
    }
    watching.start("way in from outside", |stop| {
        let mapper = outside::mapper(config, entrance.bound);
        outside::keep_open(mapper, settings.clone(), mapping.clone(), stop)
    });
    watching
}

/// Starts all the rest.
pub(super) fn start(
    config: &Config,
    opened: &OpenStores,
    sessions: &SessionManager,
    moderation: &Moderation,
    metrics: &Arc<Metrics>,
    handed_over: HandedOver,
) -> Background {
    let OpenStores {
        database,
        accounts,
        assets,
        records,
        settings,
        neighbours,
    } = opened.clone();
    let mut background = Background::default();
    background.start("database", |stop| database.clone().keep_proving(stop));
    background.start("other servers of the database", |stop| {
        neighbours.keep_comparing(database.clone(), config.replication.reread, stop)
    });
    background.start("chat archive", |stop| accounts.archive().writer(stop));
    background.start("names of accounts", |stop| {
        let names = accounts.users().names().clone();
        let sessions = sessions.clone();
        names.keep_fresh(stop, move || sessions.review_names())
    });
    background.start("service accounts", |stop| {
        accounts.services().clone().keep_writing(stop)
    });
    background.start("host metrics", |stop| {
        stores::sample_host(metrics.clone(), stop)
    });
    background.start("light", |stop| {
        light::keep_light(settings.clone(), sessions.clone(), stop)
    });
    background.start("bots", |stop| {
        stores::count_bots(sessions.clone(), metrics.clone(), stop)
    });
    background.start("chronicle", |stop| {
        let settings = settings.clone();
        let days = move || settings.now().storage.history_days;
        moderation.feed().chronicle().clone().keep(days, stop)
    });
    background.start("people", |stop| records.clone().keep_writing(stop));
    background.start("audit log", |stop| moderation.clone().keep_writing(stop));
    let hooks = moderation.hooks();
    background.start("what webhooks are to be told", |stop| {
        hooks.clone().keep_writing(stop)
    });
    background.start("webhooks", |stop| {
        sender::keep_delivering(hooks.clone(), moderation.node().to_string(), stop)
    });
    background.start("crowds and trouble", |stop| {
        keep_watching(hooks.clone(), watched(config, sessions, moderation), stop)
    });
    background.start("reports", |stop| {
        let moderation = moderation.clone();
        keep_each(handed_over.reports, stop, move |report| {
            let moderation = moderation.clone();
            async move { moderation.take_report(report).await }
        })
    });
    background.start("held lines", |stop| {
        let moderation = moderation.clone();
        keep_each(handed_over.held, stop, move |line| {
            let moderation = moderation.clone();
            async move { moderation.hold_line(line).await }
        })
    });
    background.start("held lines whose time is over", |stop| {
        held_lines::keep_lapsing(moderation.clone(), stop)
    });
    background.start("pinned announcement", |stop| {
        pinned::keep_pinned(moderation.clone(), stop)
    });
    background.start("remote moderators", |stop| {
        nodes::dispatch_moderation(moderation.clone(), handed_over.moderation, stop)
    });
    background.start("moderators here", |stop| {
        nodes::publish_moderation(moderation.clone(), sessions.clone(), stop)
    });
    background.start("remote changes", |stop| {
        let staleness = nodes::Staleness {
            changed: handed_over.stale,
            after: config.replication.reread,
        };
        nodes::reload_stores(
            moderation.clone(),
            assets,
            sessions.clone(),
            staleness,
            stop,
        )
    });
    background.start("logins", |stop| {
        logins::keep_logins(accounts.clone(), moderation.clone(), sessions.clone(), stop)
    });
    background.start("retention", |stop| {
        keep_forgetting(accounts.clone(), records, settings, stop)
    });
    background.start("daily backups", |stop| {
        keep_daily_backups(database, config.storage.clone(), stop)
    });
    background
}

/// What webhooks hear of though nobody does it.
fn watched(config: &Config, sessions: &SessionManager, moderation: &Moderation) -> Watched {
    let (counted, settings) = (sessions.clone(), moderation.settings().clone());
    let feed = moderation.feed().clone();
    Watched {
        node: moderation.node().to_string(),
        world: Arc::new(move || settings.now().world.name.clone()),
        players: Arc::new(move || u64::try_from(counted.population().0).unwrap_or(u64::MAX)),
        trouble: Arc::new(move || feed.status().reasons),
        crowd: config.hooks.crowd.into(),
        every: config.hooks.look_every,
    }
}
