//! Settings of webhooks.

use super::{Group, Setting, ValueKind as _, entry, setting};
use crate::config::kinds::{Hosts, Millis, Whole};

pub(super) const SETTINGS: &[Setting] = &[
    entry!(
        Limits,
        "MAX_WEBHOOKS",
        Whole(0_u32, 1000),
        config.hooks.most,
        "Webhooks, which tell other programs what happens."
    ),
    entry!(
        Limits,
        "WEBHOOK_KEPT",
        Whole(1_u32, 100_000),
        config.hooks.kept,
        "What is kept of one webhook: what it was told, and what waits. Beyond it the oldest goes, told things first."
    ),
    entry!(
        Limits,
        "WEBHOOK_FAILURES",
        Whole(1_u32, 10_000),
        config.hooks.failures,
        "Failures in a row that pause a webhook until a host lets it go on; what waits is kept."
    ),
    entry!(
        Limits,
        "WEBHOOK_TIMEOUT_MS",
        Millis(100, 30_000),
        config.hooks.timeout,
        "Time for one attempt to tell a webhook something."
    ),
    entry!(
        Limits,
        "WEBHOOK_CROWD",
        Whole(0_u32, 1_000_000),
        config.hooks.crowd,
        "Players from which on webhooks are told of a crowd; 0 for never."
    ),
    entry!(
        Security,
        "WEBHOOK_PRIVATE_HOSTS",
        Hosts,
        config.hooks.private_hosts,
        "Names and addresses in private networks, or of this machine, that webhooks may be told at."
    ),
];
