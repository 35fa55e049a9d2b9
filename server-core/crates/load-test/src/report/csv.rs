//! The seconds of a run as CSV, one row each.

use crate::stats::{Second, Summary};

const HEADER: &str = "second,clients,sent,due,delivered,coalesced,acks,errors,bytes_in,bytes_out,\
join_p50_ms,join_p95_ms,join_p99_ms,join_max_ms,\
update_p50_ms,update_p95_ms,update_p99_ms,update_max_ms,\
fanout_p50_ms,fanout_p95_ms,fanout_p99_ms,fanout_max_ms,\
age_p50_ms,age_p95_ms,age_p99_ms,age_max_ms,\
generator_cpu_percent,server_cpu_percent,server_memory_bytes,host_cpu_percent,host_memory_percent,said,\
arrival_p50_ms,arrival_p95_ms,arrival_p99_ms,arrival_max_ms,\
near_p50_ms,near_p95_ms,near_p99_ms,near_max_ms,\
far_p50_ms,far_p95_ms,far_p99_ms,far_max_ms\n";

/// One line per second, the first names the columns. What was not measured is empty.
#[must_use]
pub fn csv(seconds: &[Second]) -> String {
    let rows = seconds.iter().map(row);
    std::iter::once(HEADER.to_owned()).chain(rows).collect()
}

fn row(second: &Second) -> String {
    let counts = [
        second.clients,
        second.sent,
        second.due,
        second.delivered,
        second.coalesced,
        second.acks,
        second.errors,
        second.bytes_in,
        second.bytes_out,
    ];
    let counts = counts.iter().map(u64::to_string);
    let latencies = [&second.join, &second.update, &second.fanout, &second.age];
    let latencies = latencies
        .into_iter()
        .flat_map(|it| percentiles(it.as_ref()));
    // New columns stand behind those that programs know by their place.
    let later = [&second.arrival, &second.near, &second.far];
    let processes = &second.processes;
    let shares = [
        cell(processes.generator_cpu_percent),
        cell(processes.server_cpu_percent),
        cell(processes.server_memory_bytes),
        cell(processes.host_cpu_percent),
        cell(processes.host_memory_percent),
    ];
    let cells: Vec<String> = std::iter::once(second.at_s.to_string())
        .chain(counts)
        .chain(latencies)
        .chain(shares)
        .chain([second.said.to_string()])
        .chain(later.into_iter().flat_map(|it| percentiles(it.as_ref())))
        .collect();
    format!("{}\n", cells.join(","))
}

fn percentiles(summary: Option<&Summary>) -> [String; 4] {
    let pick = |value: fn(&Summary) -> f64| cell(summary.map(value));
    [
        pick(|it| it.p50_ms),
        pick(|it| it.p95_ms),
        pick(|it| it.p99_ms),
        pick(|it| it.max_ms),
    ]
}

fn cell(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}
