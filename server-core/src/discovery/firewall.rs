//! How the port is opened in this machine's firewall, when nobody gets in.

use std::path::Path;

use contract::admin::{FirewallHint, FirewallSystem};

/// Folders of administrators' programs.
const PROGRAM_FOLDERS: [&str; 4] = ["/usr/sbin", "/sbin", "/usr/bin", "/bin"];

/// The command for this machine.
#[must_use]
pub fn firewall_hint(port: u16) -> FirewallHint {
    let has = |program: &str| {
        let mut folders = PROGRAM_FOLDERS.iter();
        folders.any(|folder| Path::new(folder).join(program).exists())
    };
    let program = std::env::current_exe().unwrap_or_default();
    let system = this_system();
    FirewallHint {
        system,
        command: command(system, port, &program.to_string_lossy(), has),
    }
}

pub(super) fn this_system() -> FirewallSystem {
    match std::env::consts::OS {
        "linux" => FirewallSystem::Linux,
        "windows" => FirewallSystem::Windows,
        "macos" => FirewallSystem::Macos,
        _ => FirewallSystem::Other,
    }
}

fn command(
    system: FirewallSystem,
    port: u16,
    program: &str,
    has: impl Fn(&str) -> bool,
) -> Option<String> {
    match system {
        FirewallSystem::Linux if has("ufw") => Some(format!("sudo ufw allow {port}/tcp")),
        FirewallSystem::Linux if has("firewall-cmd") => Some(format!(
            "sudo firewall-cmd --permanent --add-port={port}/tcp && sudo firewall-cmd --reload"
        )),
        FirewallSystem::Linux if has("nft") => Some(format!(
            "sudo nft insert rule inet filter input tcp dport {port} accept"
        )),
        FirewallSystem::Linux if has("iptables") => Some(format!(
            "sudo iptables -I INPUT -p tcp --dport {port} -j ACCEPT"
        )),
        FirewallSystem::Windows => Some(format!(
            "netsh advfirewall firewall add rule name=CoMutiNy dir=in action=allow protocol=TCP localport={port}"
        )),
        FirewallSystem::Macos => Some(format!(
            "sudo /usr/libexec/ApplicationFirewall/socketfilterfw --unblockapp \"{program}\""
        )),
        FirewallSystem::Linux | FirewallSystem::Other => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_system_has_its_command() {
        let check = |system, tool: &str, expected: Option<&str>| {
            let found = command(system, 4000, "/opt/c", |program| program == tool);
            assert_eq!(found.as_deref(), expected);
        };
        check(
            FirewallSystem::Linux,
            "ufw",
            Some("sudo ufw allow 4000/tcp"),
        );
        check(
            FirewallSystem::Linux,
            "firewall-cmd",
            Some("sudo firewall-cmd --permanent --add-port=4000/tcp && sudo firewall-cmd --reload"),
        );
        check(FirewallSystem::Linux, "none of them", None);
        check(FirewallSystem::Other, "ufw", None);
        for system in [FirewallSystem::Windows, FirewallSystem::Macos] {
            assert!(command(system, 4000, "/opt/c", |_| false).is_some());
        }
    }
}
