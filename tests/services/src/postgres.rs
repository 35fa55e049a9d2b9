//! A PostgreSQL of a test's own: on a port nobody else uses, with a directory that goes with it.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use crate::{free_port, signal};

/// How long it may take to start on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// The database's own user, which it insists on where tests run as root.
const USER: &str = "postgres";

/// A running PostgreSQL. Dropping it ends it.
#[derive(Debug)]
pub struct Postgres {
    port: u16,
    process: Child,
    directory: TempDir,
}

/// Which certificate a PostgreSQL shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certificate {
    /// One that its authority signed.
    Signed,
    /// The same, and its time is over.
    Expired,
    /// That of the authority itself.
    Authority,
}

/// What `openssl` makes: an authority, and a certificate that it signed for one name.
const CERTIFICATES: &str = "\
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=authority -addext subjectAltName=DNS:$NAME \
      -keyout ca.key -out ca.crt \
    && openssl req -newkey rsa:2048 -nodes -subj /CN=postgres -keyout server.key -out server.csr \
    && printf 'subjectAltName=DNS:%s' \"$NAME\" > san \
    && openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -days $DAYS -extfile san -out server.crt \
    && chmod 600 server.key ca.key";

impl Postgres {
    /// A PostgreSQL with an empty database; `None`, and a line about it, where none is installed.
    ///
    /// # Panics
    /// When it is installed and does not start.
    pub async fn start() -> Option<Self> {
        Self::start_as(None).await
    }

    /// As [`Self::start`], and it offers TLS with a certificate for this name.
    ///
    /// # Panics
    /// As [`Self::start`], or without the program `openssl`.
    pub async fn start_with_tls(name: &str) -> Option<Self> {
        Self::start_with_certificate(name, Certificate::Signed).await
    }

    /// As [`Self::start_with_tls`], with this certificate.
    ///
    /// # Panics
    /// As there.
    pub async fn start_with_certificate(name: &str, certificate: Certificate) -> Option<Self> {
        Self::start_as(Some((name, certificate))).await
    }

    async fn start_as(tls: Option<(&str, Certificate)>) -> Option<Self> {
        let Some(programs) = programs() else {
            eprintln!("SKIPPED: apt-get install postgresql to run this on PostgreSQL, too");
            return None;
        };
        let directory = TempDir::new().expect("a temporary directory");
        let data = directory.path().join("data");
        if is_root() {
            succeeds(Command::new("chown").arg(USER).arg(directory.path()));
        }
        succeeds(
            as_user(&programs.join("initdb"))
                .args(["--no-sync", "--auth=trust", "--username", USER, "--pgdata"])
                .arg(&data)
                .stdout(Stdio::null()),
        );
        let mut settings = vec![
            "fsync=off".to_owned(),
            "listen_addresses=127.0.0.1".to_owned(),
        ];
        if let Some((name, certificate)) = tls {
            let (days, shown) = match certificate {
                Certificate::Signed => ("2", "server"),
                Certificate::Expired => ("-1", "server"),
                Certificate::Authority => ("2", "ca"),
            };
            let mut script = as_user(Path::new("sh"));
            script.args(["-c", &format!("cd \"$1\" && {CERTIFICATES}"), "sh"]);
            script.env("NAME", name).env("DAYS", days);
            succeeds(script.arg(directory.path()));
            let file = |name: &str| directory.path().join(name).display().to_string();
            settings.push("ssl=on".to_owned());
            settings.push(format!("ssl_cert_file={}", file(&format!("{shown}.crt"))));
            settings.push(format!("ssl_key_file={}", file(&format!("{shown}.key"))));
        }
        let port = free_port();
        let process = as_user(&programs.join("postgres"))
            .args(settings.iter().flat_map(|it| ["-c", it]))
            .args(["-p", &port.to_string(), "-k"])
            .arg(directory.path())
            .arg("-D")
            .arg(&data)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("postgres starts");
        let server = Self {
            port,
            process,
            directory,
        };
        let ready = programs.join("pg_isready");
        let answers = async {
            let port = port.to_string();
            while !quietly(Command::new(&ready).args(["-h", "127.0.0.1", "-p", &port])) {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(PATIENCE, answers)
            .await
            .expect("PostgreSQL answers");
        Some(server)
    }

    /// Its address for `DATABASE_URL`.
    #[must_use]
    pub fn url(&self) -> String {
        Self::url_at(self.address())
    }

    /// As [`Self::url`], through something that passes everything on.
    #[must_use]
    pub fn url_at(address: SocketAddr) -> String {
        format!("postgres://{USER}@{address}/postgres")
    }

    /// Runs a dump of another one's database (`pg_dump`) in its own, which is empty.
    ///
    /// # Panics
    /// When a statement fails.
    pub fn load(&self, dump: &Path) {
        let psql = programs().expect("it runs").join("psql");
        let mut load = Command::new(psql);
        load.args(["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--file"])
            .arg(dump)
            .arg(self.url());
        succeeds(&mut load);
    }

    /// The certificate of the authority behind its own.
    #[must_use]
    pub fn authority(&self) -> PathBuf {
        self.directory.path().join("ca.crt")
    }

    /// The folder of its socket.
    #[must_use]
    pub fn socket(&self) -> &Path {
        self.directory.path()
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        SocketAddr::from((Ipv4Addr::LOCALHOST, self.port))
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // At once, like a crash: nothing of it is needed any more.
        signal(self.process.id(), "QUIT");
        let _ = self.process.wait();
    }
}

/// Where Debian puts its programs, newest first, or wherever they are in the path.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten();
    let mut found: Vec<PathBuf> = versions.flatten().map(|it| it.path().join("bin")).collect();
    found.sort();
    found.reverse();
    let path = std::env::var_os("PATH").unwrap_or_default();
    found.extend(std::env::split_paths(&path));
    found.into_iter().find(|it| it.join("initdb").exists())
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output();
    output.is_ok_and(|it| it.stdout.trim_ascii() == b"0")
}

fn as_user(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    // Replaces itself by the program, so that signals reach it.
    let mut command = Command::new("setpriv");
    command
        .args(["--reuid", USER, "--regid", USER, "--init-groups", "--"])
        .arg(program)
        .current_dir("/");
    command
}

fn succeeds(command: &mut Command) {
    assert!(quietly(command), "{command:?} succeeds");
}

fn quietly(command: &mut Command) -> bool {
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|it| it.success())
}
