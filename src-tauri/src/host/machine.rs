//! The life of the embedded server as a value: inputs in, effects out. No thread, no clock, no
//! socket: time arrives as an argument, and [`super::Host`] carries the effects out.

use std::time::{Duration, Instant};

use server_core::Closing;

use super::failure::Failure;

/// How long a start may take before it counts as failed. A database elsewhere may be slow.
pub(crate) const START_DEADLINE: Duration = Duration::from_secs(30);
/// What a stop may take beyond the server's own limit before its runtime is abandoned.
pub(crate) const STOP_GRACE: Duration = Duration::from_secs(5);

/// Counts the servers of this process, so that late news of an earlier one changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Generation(pub(crate) u64);

/// Where the server is in its life.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum HostPhase {
    /// Not running, because nobody started it or somebody stopped it.
    Stopped,
    /// Being bound.
    Starting {
        /// When it began.
        since: Instant,
    },
    /// Open to players.
    Running,
    /// Closing; players are being told or drained.
    Stopping {
        /// When it began.
        since: Instant,
        /// Whether it starts again afterwards.
        again: bool,
    },
    /// Not running, although it should.
    Failed(Failure),
}

/// What happens to the machine.
#[derive(Debug)]
pub(crate) enum Input {
    /// Somebody wants it to run; on this port, if one is named.
    Start(Option<u16>),
    /// Somebody wants it to end in this way.
    Stop(Closing),
    /// Somebody wants it to end and run again.
    Restart,
    /// The server is bound.
    Bound(Generation),
    /// The server could not start.
    Refused(Generation, Failure),
    /// The server is no longer there.
    Ended(Generation, ServerEnding),
    /// Time has passed.
    Tick,
}

/// How a server that ran came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ServerEnding {
    /// It closed in order.
    Closed,
    /// Its thread panicked.
    Crashed,
}

/// What the owner of the machine must do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Start a server of this generation.
    Launch {
        /// Names it in later inputs.
        generation: Generation,
        /// Instead of the port in the settings.
        port: Option<u16>,
    },
    /// Tell the current server to close.
    Close(Closing),
    /// Drop the current server's runtime; what hangs in it is left behind.
    Abandon,
}

/// See the module.
#[derive(Debug)]
pub(crate) struct HostMachine {
    phase: HostPhase,
    generation: Generation,
    /// A port somebody chose instead of the one in the settings, until the program ends.
    port: Option<u16>,
    stop_limit: Duration,
}

impl HostMachine {
    /// A machine at rest. `shutdown_timeout` is the server's own limit for closing.
    pub(crate) fn new(shutdown_timeout: Duration) -> Self {
        Self {
            phase: HostPhase::Stopped,
            generation: Generation::default(),
            port: None,
            stop_limit: shutdown_timeout + STOP_GRACE,
        }
    }

    /// Where the server is in its life.
    pub(crate) fn phase(&self) -> &HostPhase {
        &self.phase
    }

    /// The generation whose news count.
    pub(crate) fn generation(&self) -> Generation {
        self.generation
    }

    /// Forgets a port that was chosen instead of the one in the settings.
    pub(crate) fn use_port_of_settings(&mut self) {
        self.port = None;
    }

    /// Takes one input at `now` and says what has to be done, in order.
    pub(crate) fn handle(&mut self, input: Input, now: Instant) -> Vec<Effect> {
        match input {
            Input::Start(port) => self.start(port, now),
            Input::Stop(how) => self.stop(how, false, now),
            Input::Restart => match self.phase {
                HostPhase::Stopped | HostPhase::Failed(_) => self.start(None, now),
                _ => self.stop(Closing::Drain, true, now),
            },
            Input::Bound(generation) if generation == self.generation => {
                if matches!(self.phase, HostPhase::Starting { .. }) {
                    self.phase = HostPhase::Running;
                }
                Vec::new()
            }
            Input::Refused(generation, failure) if generation == self.generation => {
                self.refused(failure, now)
            }
            Input::Ended(generation, ending) if generation == self.generation => {
                self.ended(ending, now)
            }
            Input::Bound(_) | Input::Refused(..) | Input::Ended(..) => Vec::new(),
            Input::Tick => self.tick(now),
        }
    }

    fn start(&mut self, port: Option<u16>, now: Instant) -> Vec<Effect> {
        self.port = port.or(self.port);
        match &mut self.phase {
            HostPhase::Stopped | HostPhase::Failed(_) => self.launch(now),
            HostPhase::Stopping { again, .. } => {
                *again = true;
                Vec::new()
            }
            HostPhase::Starting { .. } | HostPhase::Running => Vec::new(),
        }
    }

    fn launch(&mut self, now: Instant) -> Vec<Effect> {
        self.generation.0 += 1;
        self.phase = HostPhase::Starting { since: now };
        vec![Effect::Launch {
            generation: self.generation,
            port: self.port,
        }]
    }

    fn stop(&mut self, how: Closing, again: bool, now: Instant) -> Vec<Effect> {
        match &mut self.phase {
            // Told while it is being bound, a server closes as soon as it is.
            HostPhase::Starting { .. } | HostPhase::Running => {
                self.phase = HostPhase::Stopping { since: now, again };
                vec![Effect::Close(how)]
            }
            // The last word counts; the server itself was told already.
            HostPhase::Stopping { again: planned, .. } => {
                *planned = again;
                Vec::new()
            }
            HostPhase::Failed(_) if !again => {
                self.phase = HostPhase::Stopped;
                Vec::new()
            }
            HostPhase::Stopped | HostPhase::Failed(_) => Vec::new(),
        }
    }

    fn refused(&mut self, failure: Failure, now: Instant) -> Vec<Effect> {
        match self.phase {
            HostPhase::Stopping { again: true, .. } => self.launch(now),
            HostPhase::Stopping { again: false, .. } => {
                self.phase = HostPhase::Stopped;
                Vec::new()
            }
            _ => {
                self.phase = HostPhase::Failed(failure);
                Vec::new()
            }
        }
    }

    fn ended(&mut self, ending: ServerEnding, now: Instant) -> Vec<Effect> {
        match (&self.phase, ending) {
            (HostPhase::Stopping { again: true, .. }, _) => self.launch(now),
            (HostPhase::Stopping { again: false, .. }, _) => {
                self.phase = HostPhase::Stopped;
                Vec::new()
            }
            (HostPhase::Stopped | HostPhase::Failed(_), _) => Vec::new(),
            (HostPhase::Starting { .. } | HostPhase::Running, _) => {
                self.phase = HostPhase::Failed(Failure::crashed());
                Vec::new()
            }
        }
    }

    fn tick(&mut self, now: Instant) -> Vec<Effect> {
        match self.phase {
            HostPhase::Starting { since } if now.duration_since(since) >= START_DEADLINE => {
                self.generation.0 += 1;
                self.phase = HostPhase::Failed(Failure::start_takes_too_long());
                vec![Effect::Abandon]
            }
            HostPhase::Stopping { since, again }
                if now.duration_since(since) >= self.stop_limit =>
            {
                let mut effects = vec![Effect::Abandon];
                self.generation.0 += 1;
                if again {
                    effects.extend(self.launch(now));
                } else {
                    self.phase = HostPhase::Stopped;
                }
                effects
            }
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
#[path = "machine_tests.rs"]
mod tests;
