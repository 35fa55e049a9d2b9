use super::*;

/// A machine and its clock.
struct Life {
    machine: HostMachine,
    now: Instant,
}

impl Life {
    fn new() -> Self {
        Self {
            machine: HostMachine::new(Duration::from_secs(15)),
            now: Instant::now(),
        }
    }

    fn running() -> Self {
        let mut life = Self::new();
        life.input(Input::Start(None));
        life.input(Input::Bound(Generation(1)));
        life
    }

    fn input(&mut self, input: Input) -> Vec<Effect> {
        self.machine.handle(input, self.now)
    }

    fn after(&mut self, seconds: u64) -> Vec<Effect> {
        self.now += Duration::from_secs(seconds);
        self.input(Input::Tick)
    }

    fn phase(&self) -> &HostPhase {
        self.machine.phase()
    }
}

fn launch(generation: u64, port: Option<u16>) -> Vec<Effect> {
    vec![Effect::Launch {
        generation: Generation(generation),
        port,
    }]
}

fn busy() -> Failure {
    Failure {
        busy_port: Some(4000),
        free_port: Some(4001),
        ..Failure::new(
            super::super::failure::FailureCode::PortBusy,
            "Port 4000 is taken.",
        )
    }
}

#[test]
fn it_starts_runs_and_stops() {
    let mut life = Life::new();
    assert_eq!(life.input(Input::Start(None)), launch(1, None));
    assert!(matches!(life.phase(), HostPhase::Starting { .. }));
    assert_eq!(life.input(Input::Bound(Generation(1))), []);
    assert_eq!(*life.phase(), HostPhase::Running);
    let told = life.input(Input::Stop(Closing::Stop));
    assert_eq!(told, [Effect::Close(Closing::Stop)]);
    assert!(matches!(
        life.phase(),
        HostPhase::Stopping { again: false, .. }
    ));
    assert_eq!(
        life.input(Input::Ended(Generation(1), ServerEnding::Closed)),
        []
    );
    assert_eq!(*life.phase(), HostPhase::Stopped);
}

#[test]
fn starting_what_runs_changes_nothing() {
    let mut life = Life::running();
    assert_eq!(life.input(Input::Start(None)), []);
    assert_eq!(*life.phase(), HostPhase::Running);
}

#[test]
fn a_busy_port_is_a_failure_with_a_way_out() {
    let mut life = Life::new();
    life.input(Input::Start(None));
    life.input(Input::Refused(Generation(1), busy()));
    assert_eq!(*life.phase(), HostPhase::Failed(busy()));
    assert_eq!(life.input(Input::Start(Some(4001))), launch(2, Some(4001)));
    life.input(Input::Bound(Generation(2)));
    // The port that works is kept for the next start, until the settings name another one.
    life.input(Input::Restart);
    let again = life.input(Input::Ended(Generation(2), ServerEnding::Closed));
    assert_eq!(again, launch(3, Some(4001)));
    life.machine.use_port_of_settings();
    life.input(Input::Bound(Generation(3)));
    life.input(Input::Restart);
    let again = life.input(Input::Ended(Generation(3), ServerEnding::Closed));
    assert_eq!(again, launch(4, None));
}

#[test]
fn a_restart_drains_and_starts_again() {
    let mut life = Life::running();
    assert_eq!(life.input(Input::Restart), [Effect::Close(Closing::Drain)]);
    let again = life.input(Input::Ended(Generation(1), ServerEnding::Closed));
    assert_eq!(again, launch(2, None));
}

#[test]
fn a_restart_of_what_does_not_run_is_a_start() {
    assert_eq!(Life::new().input(Input::Restart), launch(1, None));
}

#[test]
fn a_stop_during_the_start_waits_for_it() {
    let mut life = Life::new();
    life.input(Input::Start(None));
    let told = life.input(Input::Stop(Closing::Stop));
    assert_eq!(told, [Effect::Close(Closing::Stop)]);
    assert_eq!(life.input(Input::Bound(Generation(1))), []);
    assert!(matches!(life.phase(), HostPhase::Stopping { .. }));
    life.input(Input::Ended(Generation(1), ServerEnding::Closed));
    assert_eq!(*life.phase(), HostPhase::Stopped);
}

#[test]
fn the_last_word_during_a_stop_counts() {
    let mut life = Life::running();
    life.input(Input::Stop(Closing::Stop));
    assert_eq!(life.input(Input::Start(None)), []);
    let again = life.input(Input::Ended(Generation(1), ServerEnding::Closed));
    assert_eq!(again, launch(2, None));

    let mut life = Life::running();
    life.input(Input::Restart);
    life.input(Input::Stop(Closing::Stop));
    life.input(Input::Ended(Generation(1), ServerEnding::Closed));
    assert_eq!(*life.phase(), HostPhase::Stopped);
}

#[test]
fn an_end_nobody_asked_for_is_a_failure() {
    let mut life = Life::running();
    life.input(Input::Ended(Generation(1), ServerEnding::Crashed));
    assert_eq!(*life.phase(), HostPhase::Failed(Failure::crashed()));
    assert_eq!(life.input(Input::Start(None)), launch(2, None));
}

#[test]
fn a_server_that_hangs_while_it_closes_is_left_behind() {
    let mut life = Life::running();
    life.input(Input::Stop(Closing::Stop));
    assert_eq!(life.after(19), []);
    assert_eq!(life.after(1), [Effect::Abandon]);
    assert_eq!(*life.phase(), HostPhase::Stopped);
    // News of it come too late to matter.
    life.input(Input::Ended(Generation(1), ServerEnding::Crashed));
    assert_eq!(*life.phase(), HostPhase::Stopped);
}

#[test]
fn a_restart_goes_on_without_a_server_that_hangs() {
    let mut life = Life::running();
    life.input(Input::Restart);
    let effects = life.after(20);
    assert_eq!(effects[0], Effect::Abandon);
    assert!(matches!(effects[1], Effect::Launch { .. }));
    assert!(matches!(life.phase(), HostPhase::Starting { .. }));
}

#[test]
fn a_start_that_hangs_fails() {
    let mut life = Life::new();
    life.input(Input::Start(None));
    assert_eq!(life.after(29), []);
    assert_eq!(life.after(1), [Effect::Abandon]);
    assert_eq!(
        *life.phase(),
        HostPhase::Failed(Failure::start_takes_too_long())
    );
    life.input(Input::Bound(Generation(1)));
    assert!(matches!(life.phase(), HostPhase::Failed(_)));
}

#[test]
fn stopping_after_a_failure_clears_it() {
    let mut life = Life::new();
    life.input(Input::Start(None));
    life.input(Input::Refused(Generation(1), busy()));
    life.input(Input::Stop(Closing::Stop));
    assert_eq!(*life.phase(), HostPhase::Stopped);
}
