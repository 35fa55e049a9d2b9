//! The controller of the embedded server: starts, stops and restarts it, and always knows its state.
//!
//! [`HostMachine`] decides, [`ServerThread`] runs one server, and the thread of [`Host`] carries inputs
//! and effects between them. Every method of the handle returns at once.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use chrono::Utc;
use parking_lot::{Mutex, MutexGuard};
use server_core::{Closing, Config};

pub(crate) mod failure;
mod machine;
mod ports;
mod server_thread;
pub(crate) mod state;

pub(crate) use failure::{Failure, FailureCode};
pub(crate) use server_thread::Running;
pub(crate) use state::HostState;

use machine::{Effect, Generation, HostMachine, HostPhase, Input};
use server_thread::{ServerEvent, ServerThread};

/// How often deadlines are looked at while the server starts or stops.
const TICK: Duration = Duration::from_millis(500);

/// Reads the settings anew for every start.
pub(crate) type LoadConfig = Box<dyn Fn() -> Result<Config, Failure> + Send>;
/// Told about every change of the state, from the controller's thread.
pub(crate) type OnChange = Box<dyn Fn(&HostState) + Send>;

/// Handle on the controller; cheap to clone.
#[derive(Clone)]
pub(crate) struct Host {
    messages: Sender<Message>,
    shared: Arc<HostShared>,
}

#[derive(Default)]
struct HostShared {
    /// Its lock is held to read or replace the value.
    view: Mutex<View>,
}

struct View {
    state: HostState,
    running: Option<Running>,
}

impl Default for View {
    fn default() -> Self {
        Self {
            state: HostState::Stopped,
            running: None,
        }
    }
}

enum Message {
    Input(Input),
    Server(Generation, ServerEvent),
    PortOfSettings,
    /// Answered once nothing of the server is left or coming.
    AtRest(Sender<()>),
}

impl Host {
    /// A controller at rest.
    pub(crate) fn new(
        shutdown_timeout: Duration,
        load_config: LoadConfig,
        on_change: OnChange,
    ) -> std::io::Result<Self> {
        let (messages, inbox) = mpsc::channel();
        let shared = Arc::new(HostShared::default());
        let controller = Controller {
            machine: HostMachine::new(shutdown_timeout),
            server: None,
            running: None,
            messages: messages.clone(),
            shared: shared.clone(),
            load_config,
            on_change,
            waiting: Vec::new(),
        };
        std::thread::Builder::new()
            .name("host".to_owned())
            .spawn(move || controller.run(&inbox))?;
        Ok(Self { messages, shared })
    }

    /// Starts the server if it does not run; on `port` instead of the one in the settings.
    pub(crate) fn start(&self, port: Option<u16>) {
        self.send(Message::Input(Input::Start(port)));
    }

    /// Stops the server.
    pub(crate) fn stop(&self, how: Closing) {
        self.send(Message::Input(Input::Stop(how)));
    }

    /// Stops the server and starts it again with the settings as they are then.
    pub(crate) fn restart(&self) {
        self.send(Message::Input(Input::Restart));
    }

    /// The next start takes the port from the settings again.
    pub(crate) fn use_port_of_settings(&self) {
        self.send(Message::PortOfSettings);
    }

    /// The state now.
    pub(crate) fn state(&self) -> HostState {
        self.view().state.clone()
    }

    /// The server, while it runs.
    pub(crate) fn running(&self) -> Option<Running> {
        self.view().running.clone()
    }

    /// People in the world; none while the server does not run. Bots of a load test are none: nobody
    /// is asked to wait for them, and the computer need not stay awake for them.
    pub(crate) fn players(&self) -> u64 {
        self.running().map_or(0, |running| running.metrics.people())
    }

    /// Stops the server and waits until it is gone, at most `limit`.
    pub(crate) fn stop_and_wait(&self, how: Closing, limit: Duration) {
        let (answer, at_rest) = mpsc::channel();
        self.stop(how);
        self.send(Message::AtRest(answer));
        if at_rest.recv_timeout(limit).is_err() {
            tracing::error!("the server did not stop in time");
        }
    }

    fn view(&self) -> MutexGuard<'_, View> {
        self.shared.view.lock()
    }

    fn send(&self, message: Message) {
        if self.messages.send(message).is_err() {
            tracing::error!("the controller of the server is gone");
        }
    }
}

/// The thread behind [`Host`].
struct Controller {
    machine: HostMachine,
    server: Option<ServerThread>,
    running: Option<(Running, chrono::DateTime<Utc>)>,
    messages: Sender<Message>,
    shared: Arc<HostShared>,
    load_config: LoadConfig,
    on_change: OnChange,
    waiting: Vec<Sender<()>>,
}

impl Controller {
    fn run(mut self, inbox: &Receiver<Message>) {
        loop {
            match self.next(inbox) {
                Ok(Message::Input(input)) => self.take(input),
                Ok(Message::Server(generation, event)) => {
                    let input = self.input_of(generation, event);
                    self.take(input);
                }
                Ok(Message::PortOfSettings) => self.machine.use_port_of_settings(),
                Ok(Message::AtRest(answer)) => self.waiting.push(answer),
                Err(RecvTimeoutError::Timeout) => self.take(Input::Tick),
                Err(RecvTimeoutError::Disconnected) => return,
            }
            self.publish();
            if matches!(
                self.machine.phase(),
                HostPhase::Stopped | HostPhase::Failed(_)
            ) {
                for answer in self.waiting.drain(..) {
                    // Who asked may have waited long enough.
                    let _ = answer.send(());
                }
            }
        }
    }

    fn next(&self, inbox: &Receiver<Message>) -> Result<Message, RecvTimeoutError> {
        match self.machine.phase() {
            HostPhase::Starting { .. } | HostPhase::Stopping { .. } => inbox.recv_timeout(TICK),
            HostPhase::Stopped | HostPhase::Running | HostPhase::Failed(_) => {
                inbox.recv().map_err(|_| RecvTimeoutError::Disconnected)
            }
        }
    }

    fn input_of(&mut self, generation: Generation, event: ServerEvent) -> Input {
        match event {
            ServerEvent::Bound(running) => {
                if generation == self.machine.generation() {
                    self.running = Some((running, Utc::now()));
                }
                Input::Bound(generation)
            }
            ServerEvent::Refused(failure) => Input::Refused(generation, failure),
            ServerEvent::Ended(ending) => Input::Ended(generation, ending),
        }
    }

    fn take(&mut self, input: Input) {
        for effect in self.machine.handle(input, Instant::now()) {
            match effect {
                Effect::Launch { generation, port } => self.launch(generation, port),
                Effect::Close(how) => {
                    if let Some(server) = &mut self.server {
                        server.close(how);
                    }
                }
                Effect::Abandon => {
                    tracing::error!("the server does not answer; it is left behind");
                    if let Some(server) = self.server.take() {
                        server.abandon();
                    }
                }
            }
        }
    }

    fn launch(&mut self, generation: Generation, port: Option<u16>) {
        let messages = self.messages.clone();
        let report = move |event| {
            // The program may be ending.
            let _ = messages.send(Message::Server(generation, event));
        };
        self.running = None;
        self.publish();
        match (self.load_config)() {
            Ok(mut config) => {
                config.listen.port = port.unwrap_or(config.listen.port);
                self.server = Some(ServerThread::launch(config, report));
            }
            Err(failure) => report(ServerEvent::Refused(failure)),
        }
    }

    fn publish(&self) {
        let (state, running) = match self.machine.phase() {
            HostPhase::Stopped => (HostState::Stopped, None),
            HostPhase::Starting { .. } => (HostState::Starting, None),
            HostPhase::Running => match &self.running {
                None => (HostState::Starting, None),
                Some((running, started_at)) => {
                    let state = HostState::Running {
                        port: running.address.port(),
                        started_at: *started_at,
                        gateway: state::local_gateway(running.address.port()),
                    };
                    (state, Some(running.clone()))
                }
            },
            HostPhase::Stopping { .. } => (HostState::Stopping, None),
            HostPhase::Failed(failure) => (HostState::Failed(failure.clone()), None),
        };
        {
            let mut view = self.shared.view.lock();
            if view.state == state {
                return;
            }
            *view = View {
                state: state.clone(),
                running,
            };
        }
        (self.on_change)(&state);
    }
}

#[cfg(test)]
mod tests;
