//! The controller with real servers, each on a port and in a directory of its own.

use std::net::TcpListener;
use std::path::Path;

use super::*;

/// A host and the states it went through.
struct WatchedHost {
    host: Host,
    states: Receiver<HostState>,
}

fn watched(load_config: LoadConfig) -> WatchedHost {
    let (tell, states) = mpsc::channel();
    let on_change: OnChange = Box::new(move |state| {
        let _ = tell.send(state.clone());
    });
    let host = Host::new(Duration::from_secs(5), load_config, on_change).unwrap();
    WatchedHost { host, states }
}

impl WatchedHost {
    /// Waits for a state that fits.
    fn until(&self, fits: impl Fn(&HostState) -> bool) -> HostState {
        loop {
            let state = self.states.recv_timeout(Duration::from_secs(60)).unwrap();
            if fits(&state) {
                return state;
            }
        }
    }
}

fn config(data_dir: &Path, port: u16) -> Config {
    let mut config = Config::default();
    config.listen.host = [127, 0, 0, 1].into();
    config.listen.port = port;
    config.storage.data_dir = data_dir.to_owned();
    config
}

fn is_running(state: &HostState) -> bool {
    matches!(state, HostState::Running { .. })
}

#[test]
fn a_server_runs_restarts_and_stops() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().to_owned();
    let watched = watched(Box::new(move || Ok(config(&path, 0))));
    watched.host.start(None);
    let HostState::Running { port, gateway, .. } = watched.until(is_running) else {
        panic!("it does not run");
    };
    assert_eq!(gateway, format!("http://localhost:{port}"));
    assert_eq!(watched.host.players(), 0);
    assert!(watched.host.running().is_some());

    watched.host.restart();
    watched.until(|state| *state == HostState::Stopping);
    watched.until(is_running);

    watched
        .host
        .stop_and_wait(Closing::Stop, Duration::from_secs(20));
    assert_eq!(watched.host.state(), HostState::Stopped);
    assert!(watched.host.running().is_none());
}

#[test]
fn a_busy_port_is_named_and_the_offered_one_works() {
    let held = TcpListener::bind("127.0.0.1:0").unwrap();
    let busy = held.local_addr().unwrap().port();
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().to_owned();
    let watched = watched(Box::new(move || Ok(config(&path, busy))));
    watched.host.start(None);
    let failed = watched.until(|state| matches!(state, HostState::Failed(_)));
    let HostState::Failed(failure) = failed else {
        panic!("it runs");
    };
    assert_eq!(failure.busy_port, Some(busy));
    watched.host.start(failure.free_port);
    watched.until(is_running);
    watched
        .host
        .stop_and_wait(Closing::Stop, Duration::from_secs(20));
}

#[test]
fn settings_that_cannot_be_used_are_a_failure() {
    let failure = Failure::new(FailureCode::Settings, "SERVER_PORT must be a number.");
    let told = failure.clone();
    let watched = watched(Box::new(move || Err(told.clone())));
    watched.host.start(None);
    let failed = watched.until(|state| matches!(state, HostState::Failed(_)));
    assert_eq!(failed, HostState::Failed(failure));
}
