//! The way in from outside, for as long as the settings want it.

use std::net::SocketAddr;
use std::sync::Arc;

use port_mapping::{MappingReport, PortMapper};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::config::Config;
use crate::discovery::default_route;
use crate::live_settings::LiveSettings;

/// In the data directory: what the router still has to be told to close.
const JOURNAL: &str = "port-mapping.json";

/// What asks the router.
pub(super) fn mapper(config: &Config, bound: SocketAddr) -> PortMapper {
    PortMapper {
        bound,
        description: "CoMutiNy".to_owned(),
        journal: config.storage.data_dir.join(JOURNAL),
        find_route: Arc::new(default_route),
        ssdp: Vec::new(),
        times: config.discovery.mapping,
    }
}

/// Keeps it open until `stop`.
pub(super) async fn keep_open(
    mapper: PortMapper,
    settings: LiveSettings,
    report: MappingReport,
    stop: CancellationToken,
) {
    let mut in_force = settings.subscribe();
    let (switch, wanted) = watch::channel(settings.now().mapped);
    let follow = async {
        while in_force.changed().await.is_ok() {
            let mapped = in_force.borrow_and_update().mapped;
            switch.send_if_modified(|wanted| std::mem::replace(wanted, mapped) != mapped);
        }
        std::future::pending::<()>().await;
    };
    tokio::select! {
        () = follow => {}
        () = mapper.keep(wanted, report, stop) => {}
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn the_router_is_asked_for_what_the_settings_say() {
        let mut config = Config::default();
        let bound: SocketAddr = ([0, 0, 0, 0], 4000).into();
        assert_eq!(
            mapper(&config, bound).times.lease,
            Duration::from_secs(7200)
        );
        config.discovery.mapping.lease = Duration::from_secs(600);
        config.discovery.mapping.renew = Duration::from_secs(60);
        let times = mapper(&config, bound).times;
        assert_eq!((times.lease.as_secs(), times.renew.as_secs()), (600, 60));
    }
}
