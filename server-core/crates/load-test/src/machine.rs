//! What the processes of a run cost: the load test itself, and the server when it runs here.

use std::net::SocketAddr;
use std::path::Path;

use sysinfo::{Pid, ProcessRefreshKind, ProcessesToUpdate, System};

use super::stats::Processes;

/// Measures processor time between two looks.
pub(super) struct CpuMeter {
    system: Option<System>,
    own: Option<Pid>,
    server: Option<Pid>,
    before: Option<CpuReading>,
}

#[derive(Debug, Clone, Copy)]
struct CpuReading {
    at_us: u64,
    own_ms: Option<u64>,
    server_ms: Option<u64>,
}

impl CpuMeter {
    /// `server`: the process to watch, unless it is this one, whose two parts cannot be told apart.
    pub(super) fn new(server: Option<u32>) -> Self {
        let own = sysinfo::get_current_pid().ok();
        Self {
            system: System::new().ok(),
            own,
            server: server.map(Pid::from_u32).filter(|pid| Some(*pid) != own),
            before: None,
        }
    }

    /// The process that is watched as the server.
    pub(super) fn server(&self) -> Option<u32> {
        self.server.map(Pid::as_u32)
    }

    /// What was used since the look before; nothing at the first one.
    pub(super) fn look(&mut self, at_us: u64) -> Processes {
        let Some(system) = &mut self.system else {
            return Processes::default();
        };
        let pids: Vec<Pid> = self.own.into_iter().chain(self.server).collect();
        let what = ProcessRefreshKind::nothing()
            .with_cpu()
            .with_memory()
            .without_tasks();
        system.refresh_processes_specifics(ProcessesToUpdate::Some(&pids), true, what);
        system.refresh_cpu_usage();
        system.refresh_memory();
        let process = |pid: Option<Pid>| pid.and_then(|pid| system.process(pid));
        let look = CpuReading {
            at_us,
            own_ms: process(self.own).map(sysinfo::Process::accumulated_cpu_time),
            server_ms: process(self.server).map(sysinfo::Process::accumulated_cpu_time),
        };
        let memory = process(self.server).map(sysinfo::Process::memory);
        let before = self.before.replace(look);
        let Some(before) = before else {
            return Processes::default();
        };
        let wall_ms = (at_us.saturating_sub(before.at_us) as f64 / 1000.0).max(1.0);
        let percent = |now: Option<u64>, then: Option<u64>| {
            let used = now?.saturating_sub(then?);
            Some(tenths(used as f64 / wall_ms * 100.0))
        };
        Processes {
            generator_cpu_percent: percent(look.own_ms, before.own_ms),
            server_cpu_percent: percent(look.server_ms, before.server_ms),
            server_memory_bytes: memory,
            host_cpu_percent: Some(tenths(f64::from(system.global_cpu_usage()))),
            host_memory_percent: (system.total_memory() > 0).then(|| {
                tenths(system.used_memory() as f64 / system.total_memory() as f64 * 100.0)
            }),
        }
    }
}

fn tenths(percent: f64) -> f64 {
    (percent * 10.0).round() / 10.0
}

/// The process that listens on one of these addresses on this machine, if there is one and this
/// user may see it. Reads Linux's tables; elsewhere nothing is found.
pub(super) fn listener_of(addresses: &[SocketAddr]) -> Option<u32> {
    let here = |address: &SocketAddr| {
        address.ip().is_loopback() || std::net::UdpSocket::bind((address.ip(), 0)).is_ok()
    };
    let port = addresses.iter().find(|address| here(address))?.port();
    let tables = ["/proc/net/tcp", "/proc/net/tcp6"];
    let inodes: Vec<String> = tables
        .iter()
        .filter_map(|table| std::fs::read_to_string(table).ok())
        .flat_map(|table| listening_inodes(&table, port))
        .map(|inode| format!("socket:[{inode}]"))
        .collect();
    if inodes.is_empty() {
        return None;
    }
    let processes = std::fs::read_dir("/proc").ok()?;
    processes
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .find(|pid| holds_any(*pid, &inodes))
}

/// Inodes of the sockets that listen on a port, from the text of a `/proc/net/tcp` table.
fn listening_inodes(table: &str, port: u16) -> Vec<u64> {
    const LISTEN: &str = "0A";
    let port = format!(":{port:04X}");
    let inode = |line: &str| {
        let mut fields = line.split_whitespace().skip(1);
        let local = fields.next()?;
        let state = fields.nth(1)?;
        let inode = fields.nth(5)?.parse().ok()?;
        (local.ends_with(&port) && state == LISTEN).then_some(inode)
    };
    table.lines().skip(1).filter_map(inode).collect()
}

fn holds_any(pid: u32, sockets: &[String]) -> bool {
    let Ok(files) = std::fs::read_dir(format!("/proc/{pid}/fd")) else {
        return false;
    };
    let is_one = |path: &Path| {
        std::fs::read_link(path).is_ok_and(|link| {
            sockets
                .iter()
                .any(|socket| link.as_os_str() == socket.as_str())
        })
    };
    files.flatten().any(|file| is_one(&file.path()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listening_socket_is_found_by_its_port() {
        let table = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n   \
            0: 0100007F:0FA0 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4711 1 0 100 0\n   \
            1: 0100007F:0FA0 0100007F:C350 01 00000000:00000000 00:00000000 00000000  1000        0 4712 1 0 20 4\n";
        assert_eq!(listening_inodes(table, 4000), [4711]);
        assert_eq!(listening_inodes(table, 4001), Vec::<u64>::new());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn this_process_is_found_by_its_listener() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        assert_eq!(listener_of(&[address]), Some(std::process::id()));
    }
}
