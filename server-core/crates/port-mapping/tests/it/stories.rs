//! Asked, renewed, given back, and the ways in which that goes wrong.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use port_mapping::{
    GatewayRoute, MappingMethod, MappingObstacle, MappingReport, MappingState, MappingTimes,
    OpenPort, PortMapper,
};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use crate::datagrams::{DatagramGateway, Manner};
use crate::device::{FakeDevice, Habits, WILLING};
use crate::table::{PATIENCE, Table, free_address};

const PORT: u16 = 4000;
const OUTSIDE: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 9);
const CLIENT: Ipv4Addr = Ipv4Addr::LOCALHOST;

/// A machine with a mapper at work.
struct Machine {
    folder: Arc<tempfile::TempDir>,
    route: Arc<Mutex<Option<GatewayRoute>>>,
    wanted: watch::Sender<bool>,
    report: MappingReport,
    stop: CancellationToken,
    work: JoinHandle<()>,
}

/// What a machine begins with.
#[derive(Clone)]
struct Start {
    folder: Arc<tempfile::TempDir>,
    gateway: Option<Ipv4Addr>,
    bound: SocketAddr,
    ssdp: Vec<SocketAddr>,
    wanted: bool,
    lease: Duration,
}

impl Start {
    fn at(gateway: impl Into<Option<Ipv4Addr>>) -> Self {
        Self {
            folder: Arc::new(tempfile::tempdir().unwrap()),
            gateway: gateway.into(),
            bound: ([0, 0, 0, 0], PORT).into(),
            // Nobody listens there.
            ssdp: vec![(free_address(), 1900).into()],
            wanted: true,
            lease: Duration::from_secs(7200),
        }
    }

    fn run(self) -> Machine {
        let route = self.gateway.map(|gateway| GatewayRoute {
            gateway,
            client: CLIENT,
        });
        let route = Arc::new(Mutex::new(route));
        let known = route.clone();
        let mapper = PortMapper {
            bound: self.bound,
            description: "world".to_owned(),
            journal: self.folder.path().join("port-mapping.json"),
            find_route: Arc::new(move || *known.lock()),
            ssdp: self.ssdp,
            times: MappingTimes {
                lease: self.lease,
                retry: Duration::from_millis(50),
                look: Duration::from_millis(20),
                first_answer: Duration::from_millis(200),
                repetitions: 1,
                search: Duration::from_millis(300),
                ..MappingTimes::default()
            },
        };
        let (wanted, switch) = watch::channel(self.wanted);
        let (report, stop) = (MappingReport::default(), CancellationToken::new());
        let work = tokio::spawn(mapper.keep(switch, report.clone(), stop.clone()));
        Machine {
            folder: self.folder,
            route,
            wanted,
            report,
            stop,
            work,
        }
    }
}

impl Machine {
    async fn becomes(&self, so: impl Fn(&MappingState) -> bool) -> MappingState {
        let mut states = self.report.subscribe();
        let reached = timeout(PATIENCE, states.wait_for(|state| so(state))).await;
        match reached {
            Ok(state) => state.unwrap().clone(),
            Err(_) => panic!("the state stayed {:?}", self.report.now()),
        }
    }

    async fn opens(&self) -> OpenPort {
        match self.becomes(|it| matches!(it, MappingState::Open(_))).await {
            MappingState::Open(open) => open,
            other => unreachable!("{other:?}"),
        }
    }

    async fn fails(&self) -> MappingObstacle {
        match self
            .becomes(|it| matches!(it, MappingState::Failed(_)))
            .await
        {
            MappingState::Failed(obstacle) => obstacle,
            other => unreachable!("{other:?}"),
        }
    }

    fn notes(&self) -> bool {
        self.folder.path().join("port-mapping.json").exists()
    }

    /// Ends as a server does.
    async fn end(self) {
        self.stop.cancel();
        timeout(PATIENCE, self.work).await.unwrap().unwrap();
        assert_eq!(self.report.now(), MappingState::Off);
    }

    /// Ends as after a pulled plug.
    async fn crash(self) {
        self.work.abort();
        let _ = self.work.await;
    }
}

/// Opened, and closed at the end; the port by which people come in.
async fn opened_and_closed(machine: Machine, table: &Table, method: MappingMethod) -> u16 {
    let open = machine.opens().await;
    assert_eq!((open.method, *open.external.ip()), (method, OUTSIDE));
    let external = open.external.port();
    let entry = table
        .now()
        .remove(&external)
        .expect("the gateway passes it on");
    assert_eq!(
        (entry.client, entry.port, entry.lease),
        (CLIENT, PORT, 7200)
    );
    assert!(open.until.is_some());
    assert!(machine.notes(), "what is open is noted");
    let folder = machine.folder.clone();
    machine.end().await;
    let left = table.now();
    assert!(left.values().all(|it| it.client != CLIENT), "{left:?}");
    assert!(!folder.path().join("port-mapping.json").exists());
    external
}

#[tokio::test]
async fn pcp_is_asked_first_and_given_back_at_the_end() {
    let address = free_address();
    let gateway = DatagramGateway::start(address, Manner::Pcp, OUTSIDE).await;
    let machine = Start::at(address).run();
    let port = opened_and_closed(machine, &gateway.table, MappingMethod::Pcp).await;
    assert_eq!(port, PORT);
}

#[tokio::test]
async fn a_gateway_that_knows_nat_pmp_alone_is_asked_by_that() {
    let address = free_address();
    let gateway = DatagramGateway::start(address, Manner::NatPmp, OUTSIDE).await;
    let machine = Start::at(address).run();
    let port = opened_and_closed(machine, &gateway.table, MappingMethod::NatPmp).await;
    assert_eq!(port, PORT);
}

#[tokio::test]
async fn a_device_is_searched_where_nobody_answers_datagrams() {
    let address = free_address();
    let device = FakeDevice::start(address, WILLING);
    let mut start = Start::at(address);
    start.ssdp = vec![device.ssdp];
    let port = opened_and_closed(start.run(), &device.table, MappingMethod::Upnp).await;
    assert_eq!(port, PORT);
}

#[tokio::test]
async fn a_port_that_another_machine_holds_becomes_another_port() {
    for manner in [Manner::Pcp, Manner::NatPmp] {
        let address = free_address();
        let gateway = DatagramGateway::start(address, manner, OUTSIDE).await;
        gateway.table.add(PORT, [192, 168, 1, 7].into(), PORT, 60);
        let machine = Start::at(address).run();
        let method = match manner {
            Manner::NatPmp => MappingMethod::NatPmp,
            _ => MappingMethod::Pcp,
        };
        let port = opened_and_closed(machine, &gateway.table, method).await;
        assert_eq!(port, PORT + 1);
        assert_eq!(gateway.table.now().len(), 1, "the other one is left alone");
    }
    let address = free_address();
    let device = FakeDevice::start(address, WILLING);
    device.table.add(PORT, [192, 168, 1, 7].into(), PORT, 60);
    let mut start = Start::at(address);
    start.ssdp = vec![device.ssdp];
    let port = opened_and_closed(start.run(), &device.table, MappingMethod::Upnp).await;
    assert_ne!(port, PORT);
    assert_eq!(device.table.now().len(), 1, "the other one is left alone");
}

#[tokio::test]
async fn a_device_without_leases_is_asked_for_good_and_told_at_the_end() {
    let address = free_address();
    let permanent = Habits {
        permanent: true,
        ..WILLING
    };
    let device = FakeDevice::start(address, permanent);
    let mut start = Start::at(address);
    start.ssdp = vec![device.ssdp];
    let machine = start.run();
    assert_eq!(machine.opens().await.until, None);
    assert_eq!(device.table.now()[&PORT].lease, 0);
    machine.end().await;
    assert!(device.table.now().is_empty());
}

#[tokio::test]
async fn a_lease_is_renewed_before_its_end() {
    let address = free_address();
    let gateway = DatagramGateway::start(address, Manner::Pcp, OUTSIDE).await;
    let mut start = Start::at(address);
    start.lease = Duration::from_secs(1);
    let machine = start.run();
    let first = machine.opens().await;
    let renewed = |state: &MappingState| match state {
        MappingState::Open(open) => open.until > first.until,
        _ => false,
    };
    machine.becomes(renewed).await;
    assert!(gateway.table.now()[&PORT].asked > 1);
    machine.end().await;
}

#[tokio::test]
async fn a_gateway_that_forgot_everything_is_told_again() {
    let address = free_address();
    let gateway = DatagramGateway::start(address, Manner::NatPmp, OUTSIDE).await;
    let mut start = Start::at(address);
    start.lease = Duration::from_secs(1);
    let machine = start.run();
    machine.opens().await;
    gateway.table.remove(|_, _| true);
    gateway.table.becomes(|it| it.contains_key(&PORT)).await;
    machine.end().await;
}

#[tokio::test]
async fn what_a_crash_left_open_is_closed_at_the_next_start() {
    for manner in [Manner::Pcp, Manner::NatPmp] {
        let address = free_address();
        let gateway = DatagramGateway::start(address, manner, OUTSIDE).await;
        let mut start = Start::at(address);
        let machine = start.clone().run();
        machine.opens().await;
        machine.crash().await;
        assert!(
            gateway.table.now().contains_key(&PORT),
            "the plug was pulled"
        );
        start.wanted = false;
        let next = start.run();
        gateway.table.becomes(BTreeMap::is_empty).await;
        next.end().await;
    }
}

#[tokio::test]
async fn after_a_crash_a_device_is_asked_whose_the_port_is() {
    for other in [None, Some(Ipv4Addr::new(192, 168, 1, 7))] {
        let address = free_address();
        let device = FakeDevice::start(address, WILLING);
        let mut start = Start::at(address);
        start.ssdp = vec![device.ssdp];
        let machine = start.clone().run();
        machine.opens().await;
        machine.crash().await;
        if let Some(other) = other {
            device.table.remove(|_, _| true);
            device.table.add(PORT, other, PORT, 60);
        }
        start.wanted = false;
        let note = start.folder.path().join("port-mapping.json");
        let next = start.run();
        // Once it opens again, it is through with what was left.
        next.wanted.send_replace(true);
        next.opens().await;
        next.end().await;
        let left = device.table.now();
        assert_eq!(left.get(&PORT).map(|it| it.client), other);
        assert!(!note.exists());
    }
}

#[tokio::test]
async fn a_switch_opens_and_closes_while_it_runs() {
    let address = free_address();
    let gateway = DatagramGateway::start(address, Manner::Pcp, OUTSIDE).await;
    let mut start = Start::at(address);
    start.wanted = false;
    let machine = start.run();
    assert_eq!(machine.report.now(), MappingState::Off);
    for _ in 0..2 {
        machine.wanted.send_replace(true);
        machine.opens().await;
        machine.wanted.send_replace(false);
        machine.becomes(|it| *it == MappingState::Off).await;
        assert!(gateway.table.now().is_empty());
    }
    machine.end().await;
}

#[tokio::test]
async fn an_inner_address_is_no_way_in_and_nothing_stays_open() {
    let check = async |manner: Manner, outside: &str, expected: MappingObstacle| {
        let address = free_address();
        let gateway = DatagramGateway::start(address, manner, outside.parse().unwrap()).await;
        let machine = Start::at(address).run();
        assert_eq!(machine.fails().await, expected, "{manner:?} {outside}");
        machine.end().await;
        assert!(gateway.table.now().is_empty());
    };
    for manner in [Manner::Pcp, Manner::NatPmp] {
        for outside in ["192.168.178.2", "100.64.7.7"] {
            let address = outside.parse().unwrap();
            check(manner, outside, MappingObstacle::PrivateAddress { address }).await;
        }
        check(manner, "0.0.0.0", MappingObstacle::GatewayOffline).await;
    }
}

#[tokio::test]
async fn a_device_tells_of_its_inner_address_and_of_none() {
    let check = async |outside: &'static str, refusing: bool| {
        let address = free_address();
        let habits = Habits {
            outside,
            refusing,
            ..WILLING
        };
        let device = FakeDevice::start(address, habits);
        let mut start = Start::at(address);
        start.ssdp = vec![device.ssdp];
        let machine = start.run();
        let obstacle = machine.fails().await;
        machine.end().await;
        assert!(device.table.now().is_empty());
        obstacle
    };
    let address = Ipv4Addr::new(10, 0, 0, 2);
    let inner = MappingObstacle::PrivateAddress { address };
    assert_eq!(check("10.0.0.2", false).await, inner);
    assert_eq!(check("", false).await, MappingObstacle::GatewayOffline);
    let refused = check("203.0.113.9", true).await;
    let upnp = MappingMethod::Upnp;
    assert!(
        matches!(refused, MappingObstacle::Refused { method, .. } if method == upnp),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_refusal_is_told_with_the_reason_of_the_gateway() {
    let address = free_address();
    let _gateway = DatagramGateway::start(address, Manner::PcpRefusing(2), OUTSIDE).await;
    let machine = Start::at(address).run();
    match machine.fails().await {
        MappingObstacle::Refused { method, said } => {
            assert_eq!(method, MappingMethod::Pcp);
            assert!(said.contains("Not authorized"), "{said}");
        }
        other => panic!("{other:?}"),
    }
    machine.end().await;
}

#[tokio::test]
async fn without_a_gateway_or_a_route_it_says_which_and_goes_on_looking() {
    let address = free_address();
    let machine = Start::at(None::<Ipv4Addr>).run();
    assert_eq!(machine.fails().await, MappingObstacle::NoNetwork);
    *machine.route.lock() = Some(GatewayRoute {
        gateway: address,
        client: CLIENT,
    });
    machine
        .becomes(|it| *it == MappingState::Failed(MappingObstacle::NoGateway))
        .await;
    let _gateway = DatagramGateway::start(address, Manner::Pcp, OUTSIDE).await;
    machine.opens().await;
    machine.end().await;
}

#[tokio::test]
async fn in_another_network_the_other_gateway_is_asked() {
    let (home, cafe) = (free_address(), free_address());
    let table = Table::default();
    let at_home = DatagramGateway::start(home, Manner::Pcp, OUTSIDE).await;
    let _at_cafe = DatagramGateway::with_table(cafe, Manner::Pcp, OUTSIDE, table.clone()).await;
    let machine = Start::at(home).run();
    machine.opens().await;
    *machine.route.lock() = Some(GatewayRoute {
        gateway: cafe,
        client: CLIENT,
    });
    table.becomes(|it| it.contains_key(&PORT)).await;
    at_home.table.becomes(BTreeMap::is_empty).await;
    machine.end().await;
    assert!(table.now().is_empty());
}

#[tokio::test]
async fn a_server_for_one_machine_or_another_address_asks_nobody() {
    for bound in ["127.0.0.2:4000", "192.168.7.7:4000"] {
        let address = free_address();
        let gateway = DatagramGateway::start(address, Manner::Pcp, OUTSIDE).await;
        let mut start = Start::at(address);
        start.bound = bound.parse().unwrap();
        let machine = start.run();
        assert_eq!(
            machine.fails().await,
            MappingObstacle::NotListening,
            "{bound}"
        );
        assert!(gateway.table.now().is_empty());
        machine.end().await;
    }
}
