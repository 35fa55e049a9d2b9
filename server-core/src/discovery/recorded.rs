//! Interfaces as systems list them, for tests: recorded on machines of each kind, in short.

use netdev::interface::types::InterfaceType as Class;

use super::interfaces::{Interface, InterfaceFacts, Sysfs, kind};
use contract::admin::FirewallSystem as System;

/// One interface as a system lists it.
#[derive(Clone, Copy)]
pub(super) struct Recorded {
    name: &'static str,
    label: Option<&'static str>,
    description: Option<&'static str>,
    class: Class,
    state: &'static [AdapterState],
    addresses: &'static [&'static str],
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum AdapterState {
    Down,
    Gateway,
    Preferred,
    PointToPoint,
    Hardware,
    Bridge,
    Tap,
}
use AdapterState::*;

pub(super) fn linux(
    name: &'static str,
    class: Class,
    state: &'static [AdapterState],
    addresses: &'static [&'static str],
) -> Recorded {
    Recorded {
        name,
        label: None,
        description: None,
        class,
        state,
        addresses,
    }
}

pub(super) fn windows(
    label: &'static str,
    description: &'static str,
    class: Class,
    state: &'static [AdapterState],
    addresses: &'static [&'static str],
) -> Recorded {
    let name = "{9D1F3C6E-0A52-4E0B-8F3B-6B1C7B0A51B7}";
    let (label, description) = (Some(label), Some(description));
    Recorded {
        name,
        label,
        description,
        class,
        state,
        addresses,
    }
}

pub(super) fn macos(
    name: &'static str,
    label: Option<&'static str>,
    class: Class,
    state: &'static [AdapterState],
    addresses: &'static [&'static str],
) -> Recorded {
    Recorded {
        label,
        ..linux(name, class, state, addresses)
    }
}

pub(super) fn interfaces(system: System, recorded: &[Recorded]) -> Vec<Interface> {
    let read = |(index, it): (u32, &Recorded)| {
        let is = |state| it.state.contains(&state);
        let facts = InterfaceFacts {
            name: it.name,
            label: it.label,
            description: it.description,
            class: it.class,
            loopback: it.class == Class::Loopback,
            point_to_point: is(PointToPoint),
            gateway: is(Gateway),
            sysfs: Sysfs {
                hardware: is(Hardware),
                bridge: is(Bridge),
                tap: is(Tap),
            },
        };
        Interface {
            index,
            name: it.label.unwrap_or(it.name).to_owned(),
            kind: kind(system, facts),
            up: !is(Down),
            gateway: is(Gateway),
            preferred: is(Preferred),
            addresses: it.addresses.iter().map(|it| it.parse().unwrap()).collect(),
        }
    };
    (1..).zip(recorded).map(read).collect()
}

pub(super) fn lo() -> Recorded {
    linux("lo", Class::Loopback, &[], &["127.0.0.1", "::1"])
}

pub(super) fn wlan0() -> Recorded {
    linux(
        "wlan0",
        Class::Wireless80211,
        &[Hardware, Gateway, Preferred],
        &["10.0.0.5", "fe80::5", "2001:db8::5"],
    )
}
