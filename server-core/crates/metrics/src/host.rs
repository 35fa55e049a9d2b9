//! What the process and the machine under it are doing, sampled by sysinfo.

use std::time::Duration;

use parking_lot::Mutex;
use sysinfo::{Pid, ProcessRefreshKind, ProcessesToUpdate, System};

use super::text::MetricsPage;

/// Time between two samples. CPU shares are averages over it.
pub const SAMPLE_INTERVAL: Duration = Duration::from_secs(2);

/// One look at process and machine. All zero before the first one, or where the system does not say.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct HostSample {
    /// CPU time of this process since it started, in seconds.
    pub process_cpu_seconds: f64,
    /// Share of one core this process used since the sample before, in percent (over 100 with several).
    pub process_cpu_percent: f64,
    /// Resident memory of this process, in bytes.
    pub process_memory_bytes: u64,
    /// Share of all cores in use on this machine, in percent (0 to 100).
    pub host_cpu_percent: f64,
    /// Memory in use on this machine, in bytes.
    pub host_memory_used_bytes: u64,
    /// Memory of this machine, in bytes.
    pub host_memory_total_bytes: u64,
}

impl HostSample {
    pub(super) fn render(&self, page: &mut MetricsPage) {
        page.counter(
            "process_cpu_seconds_total",
            "CPU time of this process.",
            self.process_cpu_seconds,
        );
        page.gauge(
            "process_resident_memory_bytes",
            "Resident memory of this process.",
            self.process_memory_bytes as f64,
        );
        page.gauge(
            "comutiny_host_cpu_ratio",
            "Share of all cores in use on this machine, 0 to 1.",
            self.host_cpu_percent / 100.0,
        );
        page.gauge(
            "comutiny_host_memory_used_bytes",
            "Memory in use on this machine.",
            self.host_memory_used_bytes as f64,
        );
        page.gauge(
            "comutiny_host_memory_total_bytes",
            "Memory of this machine.",
            self.host_memory_total_bytes as f64,
        );
    }
}

/// The newest sample. A lock, because a sample is one value; it is written every two seconds and
/// held for a copy only.
#[derive(Debug, Default)]
pub(super) struct HostGauges(Mutex<HostSample>);

impl HostGauges {
    pub(super) fn get(&self) -> HostSample {
        *self.0.lock()
    }

    pub(super) fn set(&self, sample: HostSample) {
        *self.0.lock() = sample;
    }
}

/// Looks at process and machine; keeps what the next look is compared with. On a system that
/// sysinfo does not know, every sample is zero.
#[derive(Debug)]
pub struct HostSampler {
    system: Option<System>,
    pid: Option<Pid>,
}

impl Default for HostSampler {
    fn default() -> Self {
        Self {
            system: System::new().ok(),
            pid: sysinfo::get_current_pid().ok(),
        }
    }
}

impl HostSampler {
    /// Takes a sample: a few small reads of the system's tables, no disk.
    pub fn sample(&mut self) -> HostSample {
        let Some(system) = &mut self.system else {
            return HostSample::default();
        };
        system.refresh_cpu_usage();
        system.refresh_memory();
        if let Some(pid) = self.pid {
            let what = ProcessRefreshKind::nothing()
                .with_cpu()
                .with_memory()
                .without_tasks();
            system.refresh_processes_specifics(ProcessesToUpdate::Some(&[pid]), true, what);
        }
        let process = self.pid.and_then(|pid| system.process(pid));
        HostSample {
            process_cpu_seconds: process
                .map_or(0.0, |it| it.accumulated_cpu_time() as f64 / 1000.0),
            process_cpu_percent: process.map_or(0.0, |it| f64::from(it.cpu_usage())),
            process_memory_bytes: process.map_or(0, sysinfo::Process::memory),
            host_cpu_percent: f64::from(system.global_cpu_usage()),
            host_memory_used_bytes: system.used_memory(),
            host_memory_total_bytes: system.total_memory(),
        }
    }
}

/// Gives a sample to `take` every [`SAMPLE_INTERVAL`]. Endless: the owner drops or aborts it.
pub async fn sample_into(take: impl Fn(HostSample)) {
    let mut sampler = HostSampler::default();
    let mut ticks = tokio::time::interval(SAMPLE_INTERVAL);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        take(sampler.sample());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_process_uses_memory_of_this_machine() {
        let sample = HostSampler::default().sample();
        assert!(sample.process_memory_bytes > 0);
        assert!(sample.host_memory_used_bytes < sample.host_memory_total_bytes);
    }
}
