//! Settings of the machine: socket, security, data, log, nodes.

use super::{Group, Setting, ValueKind as _, entry, setting};
use crate::config::kinds::{
    BearerToken, DatabaseUrl, DirectoryPath, FilePath, Filter, Hosts, HttpUrl, IpAddress,
    LogFormatName, Millis, OptionalText as Opt, Origins, Password, ProxyList, RedisUrl,
    SigningSecret, Switch, Takeover, Text, Whole,
};

/// An hour, in milliseconds.
const HOUR: u64 = 3_600_000;

pub(super) const SETTINGS: &[Setting] = &[
    entry!(
        Listening,
        "SERVER_HOST",
        IpAddress,
        config.listen.host,
        "Address to listen on; :: is every address, IPv4 and IPv6, and 0.0.0.0 every IPv4 one."
    ),
    entry!(
        Listening,
        "SERVER_PORT",
        Whole(0_u16, u16::MAX),
        config.listen.port,
        "Port to listen on; 0 lets the system choose one."
    ),
    entry!(
        Listening,
        "TLS_CERT",
        Opt(FilePath),
        config.listen.tls_cert,
        "Certificate for https as PEM, with the authorities behind it: the port then speaks https, and http is sent there. Read again when the file changes."
    ),
    entry!(
        Listening,
        "TLS_KEY",
        Opt(FilePath),
        config.listen.tls_key,
        "Private key of TLS_CERT as PEM."
    ),
    entry!(
        Listening,
        "TLS_RELOAD_MS",
        Millis(100, HOUR),
        config.listen.tls_reload,
        "Time between two looks whether TLS_CERT and TLS_KEY have changed."
    ),
    entry!(
        Listening,
        "MDNS",
        Switch,
        config.discovery.announced,
        "Whether a name for this server is announced in the local network, by multicast DNS."
    ),
    entry!(
        Listening,
        "MDNS_NAME",
        Opt(Text(1, 63)),
        config.discovery.name,
        "That name, without .local; made from the world's name when unset, and numbered when another machine has it."
    ),
    entry!(
        Listening,
        "PORT_MAPPING",
        Switch,
        config.discovery.mapped,
        "Whether the router is asked, by PCP, NAT-PMP or UPnP, to let people in from outside; given back at the end."
    ),
    entry!(
        Listening,
        "PORT_MAPPING_LEASE_MS",
        Millis(60_000, 24 * HOUR),
        config.discovery.mapping.lease,
        "For how long the router is asked to pass the port on, each time; after a crash it closes the port by itself then."
    ),
    entry!(
        Listening,
        "PORT_MAPPING_RENEW_MS",
        Millis(1000, 24 * HOUR),
        config.discovery.mapping.renew,
        "Longest time until the router is asked again, since one that was restarted has forgotten; half of the lease at the latest."
    ),
    entry!(
        Listening,
        "PORT_MAPPING_RETRY_MS",
        Millis(1000, 24 * HOUR),
        config.discovery.mapping.retry,
        "Time until a router that refused, or did not answer, is asked again."
    ),
    entry!(
        Listening,
        "PORT_MAPPING_LOOK_MS",
        Millis(1000, HOUR),
        config.discovery.mapping.look,
        "Time between two looks whether this machine has another router now."
    ),
    entry!(
        Listening,
        "MAX_CONNECTIONS_PER_ADDRESS",
        Whole(1_usize, 1_000_000),
        config.listen.max_connections_per_address,
        "Most connections, and Socket.IO sessions, from one network (an IPv4 address, an IPv6 /64); this machine is exempt."
    ),
    entry!(
        Listening,
        "SPARE_CONNECTIONS_PER_ADDRESS",
        Whole(0_usize, 1_000_000),
        config.listen.spare_connections_per_address,
        "Connections of a network beyond MAX_CONNECTIONS_PER_ADDRESS that are let in for one short request each, so that staff can log in and stay; the oldest makes place for the next. 0 closes them at once."
    ),
    entry!(
        Listening,
        "MAX_UNFINISHED_BYTES_PER_ADDRESS",
        Whole(100_000_usize, 1_000_000_000_000),
        config.listen.max_unfinished_bytes_per_address,
        "Most bytes that messages and bodies which have begun to arrive may take from one network together, beyond the first 16 kB of each; what goes beyond it ends its connection. This machine is exempt."
    ),
    entry!(
        Listening,
        "HEADER_TIMEOUT_MS",
        Millis(100, HOUR),
        config.listen.header_timeout,
        "Time for the headers of a request to arrive, and as much for its body, which gets more the more of it comes."
    ),
    entry!(
        Listening,
        "CONNECT_TIMEOUT_MS",
        Millis(100, HOUR),
        config.listen.connect_timeout,
        "Time from opening a socket to its Socket.IO connect."
    ),
    entry!(
        Listening,
        "UPGRADE_TIMEOUT_MS",
        Millis(100, HOUR),
        config.listen.upgrade_timeout,
        "Time a client may take to move from polling to a websocket; after it, it goes on polling."
    ),
    entry!(
        Listening,
        "MAX_MESSAGE_BYTES",
        Whole(1024_usize, 100_000_000),
        config.listen.max_message_bytes,
        "Largest message on the wire; a larger one ends its connection."
    ),
    entry!(
        Listening,
        "SEND_BUFFER_BYTES",
        Whole(0_usize, 64 * 1024 * 1024),
        config.listen.send_buffer_bytes,
        "Kernel send buffer of a connection; 0 leaves it to the system."
    ),
    entry!(
        Listening,
        "DIRECT_FRAMES",
        Switch,
        config.listen.direct_frames,
        "Whether websocket frames go beside the Socket.IO library, which costs less; off if that is ever in doubt."
    ),
    entry!(
        Listening,
        "PING_INTERVAL_MS",
        Millis(1000, HOUR),
        config.listen.ping_interval,
        "Time between two heartbeats."
    ),
    entry!(
        Listening,
        "PING_TIMEOUT_MS",
        Millis(1000, HOUR),
        config.listen.ping_timeout,
        "Time for a heartbeat's answer."
    ),
    entry!(
        Security,
        "JWT_SECRET",
        Opt(SigningSecret),
        config.security.jwt_secret,
        "Signs logins; made once and kept in the data directory when unset."
    ),
    entry!(
        Security,
        "CORS_ORIGIN",
        Origins,
        config.security.cors,
        "Pages on other origins that may talk to this server; only listed ones may bring logins and log people in."
    ),
    entry!(
        Security,
        "GUEST_TAKEOVER",
        Takeover,
        config.security.guest_takeover,
        "Who may take over a guest's player: the same browser, also the same address, or anyone."
    ),
    entry!(
        Security,
        "TRUSTED_PROXIES",
        ProxyList,
        config.security.trusted_proxies,
        "Proxies whose X-Forwarded-For header is believed."
    ),
    entry!(
        Security,
        "PUBLIC_URL",
        Opt(HttpUrl),
        config.security.public_url,
        "The address players use, when it is not an address of this machine."
    ),
    entry!(
        Security,
        "ALLOWED_HOSTS",
        Hosts,
        config.security.allowed_hosts,
        "Further names under which the admin pages may be reached."
    ),
    entry!(
        Security,
        "METRICS_TOKEN",
        Opt(BearerToken),
        config.security.metrics_token,
        "What a Prometheus on another machine sends as bearer token to read /metrics; programs of this machine need none."
    ),
    entry!(
        Storage,
        "DATA_DIR",
        DirectoryPath,
        config.storage.data_dir,
        "Directory for the database, the signing secret and the settings file."
    ),
    entry!(
        Storage,
        "DATABASE_URL",
        Opt(DatabaseUrl),
        config.storage.database_url,
        "The database; a SQLite file in the data directory when unset. Postgres is spoken to over TLS where it offers that; `?sslmode=verify-full&sslrootcert=FILE` insists on it and checks who answers, `?sslmode=require` insists and checks nobody."
    ),
    entry!(
        Storage,
        "BACKUP_DIR",
        Opt(DirectoryPath),
        config.storage.backup_dir,
        "Directory for the daily backups; backups in the data directory when unset."
    ),
    entry!(
        Storage,
        "BACKUPS_KEPT",
        Whole(0_u32, 3_650),
        config.storage.backups_kept,
        "Daily backups of a SQLite database that are kept; 0 makes none."
    ),
    entry!(
        Storage,
        "CHAT_RETENTION_DAYS",
        Whole(0_u32, 36_500),
        config.storage.chat_retention_days,
        "Days after which chat is deleted; 0 keeps it for good."
    ),
    entry!(
        Storage,
        "ADDRESS_RETENTION_DAYS",
        Whole(0_u32, 36_500),
        config.storage.address_retention_days,
        "Days after which visitors' network addresses are forgotten; 0 keeps them for good."
    ),
    entry!(
        Storage,
        "RECORD_RETENTION_DAYS",
        Whole(0_u32, 36_500),
        config.storage.record_retention_days,
        "Days after which visits, names people had, and what was said before an act of moderation are deleted; 0 keeps them for good."
    ),
    entry!(
        Storage,
        "AUDIT_RETENTION_DAYS",
        Whole(0_u32, 36_500),
        config.storage.audit_retention_days,
        "Days after which lines of the audit log are deleted, and can no longer be undone; 0 keeps them for good."
    ),
    entry!(
        Storage,
        "HISTORY_DAYS",
        Whole(1_u32, 3_650),
        config.storage.history_days,
        "Days after which the samples for the dashboard's charts are deleted; a day of them is about 5 kB."
    ),
    entry!(Log, "LOG", Filter, config.log.filter, "What is logged."),
    entry!(
        Log,
        "LOG_FORMAT",
        LogFormatName,
        config.log.format,
        "Log lines for eyes or for collectors."
    ),
    entry!(
        Replication,
        "REDIS_URL",
        Opt(RedisUrl),
        config.replication.redis_url,
        "Redis that the nodes of one world share; without it there is one node. With rediss://, the file that SSL_CERT_FILE names has the authority to trust."
    ),
    entry!(
        Replication,
        "REDIS_HOST",
        Opt(Text(1, 255)),
        redis.host,
        "Host of Redis, instead of REDIS_URL."
    ),
    entry!(
        Replication,
        "REDIS_PORT",
        Whole(1_u16, u16::MAX),
        redis.port,
        "Port of Redis, with REDIS_HOST."
    ),
    entry!(
        Replication,
        "REDIS_DB",
        Whole(0_u32, 1_000_000),
        redis.database,
        "Number of the Redis database, with REDIS_HOST."
    ),
    entry!(
        Replication,
        "REDIS_PASSWORD",
        Opt(Password),
        redis.password,
        "Password of Redis, with REDIS_HOST."
    ),
    entry!(
        Replication,
        "REDIS_PREFIX",
        Text(1, 64),
        config.replication.prefix,
        "Begins every key and channel; worlds that share a Redis need different ones."
    ),
    entry!(
        Replication,
        "REDIS_REQUIRED",
        Switch,
        config.replication.required,
        "Whether to refuse to start while Redis cannot be reached."
    ),
    entry!(
        Replication,
        "REDIS_BEAT_MS",
        Millis(1, 60_000),
        config.replication.beat_interval,
        "Time between two proofs of life to the other nodes."
    ),
    entry!(
        Replication,
        "REDIS_LEASE_MS",
        Millis(1, 600_000),
        config.replication.lease,
        "Time without a proof of life after which a node's players leave; at least three times REDIS_BEAT_MS."
    ),
    entry!(
        Replication,
        "REDIS_ANSWER_MS",
        Millis(1, 60_000),
        config.replication.answer_timeout,
        "Time for an answer of Redis, after which this node goes on alone."
    ),
    entry!(
        Replication,
        "REDIS_CHAT_MS",
        Millis(0, 60_000),
        config.replication.chat_patience,
        "Time a chat message waits for its place among those of other nodes."
    ),
    entry!(
        Replication,
        "REDIS_FLUSH_MS",
        Millis(0, 1000),
        config.replication.flush_interval,
        "Shortest time between two flushes to the other nodes."
    ),
    entry!(
        Replication,
        "REDIS_GRACE_MS",
        Millis(0, 600_000),
        config.replication.grace,
        "Time nodes have to come back after Redis was away, before they count as dead; at least four times REDIS_BEAT_MS."
    ),
    entry!(
        Replication,
        "REDIS_REREAD_MS",
        Millis(100, HOUR),
        config.replication.reread,
        "Time after which a node reads again from the database what others may have stored and could not tell."
    ),
];
