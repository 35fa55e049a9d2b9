/**
 * The settings that only a restart changes, for operators. What they do is said as the server itself says it.
 */
export const operators = {
  server_host: {
    title: "Address",
    help: "Address to listen on; :: is every address, IPv4 and IPv6, and 0.0.0.0 every IPv4 one.",
  },
  server_port: { title: "Port", help: "Port to listen on; 0 lets the system choose one." },
  tls_cert: {
    title: "Certificate",
    help: "Certificate for https as PEM, with the authorities behind it: the port then speaks https, and http is sent there. Read again when the file changes.",
  },
  tls_key: { title: "Key of the certificate", help: "Private key of TLS_CERT as PEM." },
  tls_reload_ms: {
    title: "Looks at the certificate",
    help: "Time between two looks whether TLS_CERT and TLS_KEY have changed.",
  },
  port_mapping_lease_ms: {
    title: "Lease asked of the router",
    help: "For how long the router is asked to pass the port on, each time. After a crash it closes the port by itself then.",
  },
  port_mapping_renew_ms: {
    title: "Lease renewed after",
    help: "Longest time until the router is asked again, since one that was restarted has forgotten; half of the lease at the latest.",
  },
  port_mapping_retry_ms: {
    title: "Router asked again after",
    help: "Time until a router that refused, or did not answer, is asked again.",
  },
  port_mapping_look_ms: {
    title: "Looks for another router",
    help: "Time between two looks whether this machine has another router now.",
  },
  mdns: {
    title: "Name in the local network",
    help: "Whether a name for this server is announced in the local network, by multicast DNS.",
  },
  mdns_name: {
    title: "That name",
    help: "That name, without .local; made from the world's name when unset, and numbered when another machine has it.",
  },
  max_connections_per_address: {
    title: "Connections per network",
    help: "Most connections, and Socket.IO sessions, from one network (an IPv4 address, an IPv6 /64); this machine is exempt.",
  },
  spare_connections_per_address: {
    title: "Spare connections per network",
    help: "Connections of a network beyond MAX_CONNECTIONS_PER_ADDRESS that are let in for one short request each, so that staff can log in and stay; the oldest makes place for the next. 0 closes them at once.",
  },
  max_unfinished_bytes_per_address: {
    title: "Unfinished bytes per network",
    help: "Most bytes that messages and bodies which have begun to arrive may take from one network together, beyond the first 16 kB of each; what goes beyond it ends its connection. This machine is exempt.",
  },
  header_timeout_ms: {
    title: "Time for headers",
    help: "Time for the headers of a request to arrive, and as much for its body, which gets more the more of it comes.",
  },
  connect_timeout_ms: {
    title: "Time to connect",
    help: "Time from opening a socket to its Socket.IO connect.",
  },
  upgrade_timeout_ms: {
    title: "Time to change to a websocket",
    help: "Time a client may take to move from polling to a websocket; after it, it goes on polling.",
  },
  max_message_bytes: {
    title: "Largest message",
    help: "Largest message on the wire; a larger one ends its connection.",
  },
  send_buffer_bytes: {
    title: "Send buffer",
    help: "Kernel send buffer of a connection; 0 leaves it to the system.",
  },
  direct_frames: {
    title: "Direct frames",
    help: "Whether websocket frames go beside the Socket.IO library, which costs less; off if that is ever in doubt.",
  },
  ping_interval_ms: { title: "Heartbeat", help: "Time between two heartbeats." },
  ping_timeout_ms: { title: "Answer to a heartbeat", help: "Time for a heartbeat's answer." },
  world_id: { title: "World id", help: "Stable id of the world, for programs." },
  max_players: { title: "Most players", help: "Most players at once." },
  jwt_secret: {
    title: "Signing secret",
    help: "Signs logins; made once and kept in the data directory when unset.",
  },
  cors_origin: {
    title: "Pages elsewhere",
    help: "Pages on other origins that may talk to this server; only listed ones may bring logins and log people in.",
  },
  guest_takeover: {
    title: "Taking over a guest",
    help: "Who may take over a guest's player: the same browser, also the same address, or anyone.",
  },
  trusted_proxies: { title: "Trusted proxies", help: "Proxies whose X-Forwarded-For header is believed." },
  public_url: {
    title: "Public address",
    help: "The address players use, when it is not an address of this machine.",
  },
  allowed_hosts: {
    title: "Further names",
    help: "Further names under which the admin pages may be reached.",
  },
  metrics_token: {
    title: "Metrics token",
    help: "What a Prometheus on another machine sends as bearer token to read /metrics; programs of this machine need none.",
  },
  data_dir: {
    title: "Data folder",
    help: "Directory for the database, the signing secret and the settings file.",
  },
  database_url: {
    title: "Database",
    help: "The database; a SQLite file in the data directory when unset. Postgres is spoken to over TLS where it offers that; `?sslmode=verify-full&sslrootcert=FILE` insists on it and checks who answers, `?sslmode=require` insists and checks nobody.",
  },
  backup_dir: {
    title: "Backup folder",
    help: "Directory for the daily backups; backups in the data directory when unset.",
  },
  backups_kept: {
    title: "Backups kept",
    help: "Daily backups of a SQLite database that are kept; 0 makes none.",
  },
  log: { title: "What is logged", help: "What is logged." },
  log_format: { title: "Form of the log", help: "Log lines for eyes or for collectors." },
  redis_url: {
    title: "Redis",
    help: "Redis that the nodes of one world share; without it there is one node. With rediss://, the file that SSL_CERT_FILE names has the authority to trust.",
  },
  redis_host: { title: "Host of Redis", help: "Host of Redis, instead of REDIS_URL." },
  redis_port: { title: "Port of Redis", help: "Port of Redis, with REDIS_HOST." },
  redis_db: { title: "Redis database", help: "Number of the Redis database, with REDIS_HOST." },
  redis_password: { title: "Password of Redis", help: "Password of Redis, with REDIS_HOST." },
  redis_prefix: {
    title: "Prefix in Redis",
    help: "Begins every key and channel; worlds that share a Redis need different ones.",
  },
  redis_required: {
    title: "Redis is needed",
    help: "Whether to refuse to start while Redis cannot be reached.",
  },
  redis_beat_ms: { title: "Proof of life", help: "Time between two proofs of life to the other nodes." },
  redis_lease_ms: {
    title: "Time without a proof of life",
    help: "Time without a proof of life after which a node's players leave; at least three times REDIS_BEAT_MS.",
  },
  redis_answer_ms: {
    title: "Answer of Redis",
    help: "Time for an answer of Redis, after which this node goes on alone.",
  },
  redis_chat_ms: {
    title: "Order of chat",
    help: "Time a chat message waits for its place among those of other nodes.",
  },
  redis_flush_ms: {
    title: "Flushes to other nodes",
    help: "Shortest time between two flushes to the other nodes.",
  },
  redis_grace_ms: {
    title: "Time to come back",
    help: "Time nodes have to come back after Redis was away, before they count as dead; at least four times REDIS_BEAT_MS.",
  },
  redis_reread_ms: {
    title: "Reading again",
    help: "Time after which a node reads again from the database what others may have stored and could not tell.",
  },
  max_player_id_chars: { title: "Longest player id", help: "Longest player id, in characters." },
  max_name_chars: { title: "Longest name", help: "Names are shortened to this many characters." },
  max_held_lines: {
    title: "Lines that wait",
    help: "Lines of everybody together that wait for a moderator; more are refused.",
  },
  max_held_lines_per_person: {
    title: "Lines of a person that wait",
    help: "Lines of one person that wait for a moderator; more are refused. Those of a network are limited to NETWORK_FACTOR times as many.",
  },
  max_animation_chars: {
    title: "Longest animation name",
    help: "Animation names are shortened to this many characters.",
  },
  max_chat_chars: {
    title: "Longest chat message",
    help: "Chat messages are shortened to this many characters.",
  },
  max_metadata_bytes: { title: "Largest metadata", help: "Largest metadata of a player, in bytes of JSON." },
  max_metadata_depth: { title: "Deepest metadata", help: "Deepest nesting of metadata." },
  max_event_bytes: {
    title: "Largest event",
    help: "Largest event that is read; a larger one is refused and its connection stays.",
  },
  load_test_max_clients: {
    title: "Clients of a load test",
    help: "Most clients of a load test that a host starts in the administration.",
  },
  load_test_max_duration_ms: {
    title: "Longest load test",
    help: "Longest load test that a host starts in the administration.",
  },
  load_test_max_ack_ms: {
    title: "When a load test stops itself",
    help: "Such a load test stops itself when 95% of real players wait longer for an answer; 0 for never.",
  },
  load_test_history: { title: "Load tests kept", help: "Load tests kept in the history." },
  rate_connects: { title: "Connects a second", help: "Socket.IO CONNECTs per second of one transport." },
  rate_connects_burst: { title: "Connects at once", help: "Socket.IO CONNECTs in one breath." },
  rate_announcements: {
    title: "Announcements a second",
    help: "Announcements to everybody per second of one account, of a person or a program.",
  },
  rate_announcements_burst: { title: "Announcements at once", help: "Announcements in one breath." },
  network_factor: {
    title: "People of one network",
    help: "So many times what one person may do is what all people of one network (an IPv4 address, an IPv6 /64) may do together.",
  },
  rate_memory: {
    title: "People remembered",
    help: "People, and networks, whose last events are remembered; those that restrict nobody are forgotten first.",
  },
  max_open_reports: {
    title: "Open reports of a person",
    help: "Reports of one person that wait for a moderator; more are refused. Those of a network are limited to NETWORK_FACTOR times as many.",
  },
  wrong_pins_per_day: {
    title: "Wrong PINs a day",
    help: "Wrong join PINs of everybody together in a day; after them, only who entered none today may try.",
  },
  max_feeds: {
    title: "Live views",
    help: "Live views of the administration at once; when they are taken, hosts come before moderators and these before viewers.",
  },
  max_feeds_per_person: {
    title: "Live views of a person",
    help: "Live views of the administration of one person at once.",
  },
  max_service_accounts: {
    title: "Bots",
    help: "Service accounts, which are programs that act by a token.",
  },
  max_webhooks: {
    title: "Webhooks",
    help: "Webhooks, which tell other programs what happens.",
  },
  webhook_kept: {
    title: "Kept of a webhook",
    help: "What is kept of one webhook: what it was told, and what waits. Beyond it the oldest goes, told things first.",
  },
  webhook_failures: {
    title: "Failures that pause a webhook",
    help: "Failures in a row that pause a webhook until a host lets it go on; what waits is kept.",
  },
  webhook_timeout_ms: {
    title: "Time for a webhook",
    help: "Time for one attempt to tell a webhook something.",
  },
  webhook_crowd: {
    title: "Crowd",
    help: "Players from which on webhooks are told of a crowd; 0 for never.",
  },
  webhook_private_hosts: {
    title: "Private hosts of webhooks",
    help: "Names and addresses in private networks, or of this machine, that webhooks may be told at.",
  },
  flood_refusals: {
    title: "Refusals that end a connection",
    help: "Refused events of one person within FLOOD_WINDOW_MS that end the connection they come on.",
  },
  flood_window_ms: { title: "Time for refusals", help: "The time in which refusals are counted." },
  rate_updates: {
    title: "Updates a second",
    help: "Updates per second of one person, on all their connections.",
  },
  rate_updates_burst: { title: "Updates at once", help: "Updates in one breath." },
  rate_chat: { title: "Messages a second", help: "Chat messages and reports per second of one person." },
  rate_chat_burst: { title: "Messages at once", help: "Chat messages and reports in one breath." },
  rate_joins: { title: "Joins a second", help: "Joins per second of one person." },
  rate_joins_burst: { title: "Joins at once", help: "Joins in one breath." },
  rate_emotes: { title: "Feelings a second", help: "Emotes per second of one person." },
  rate_emotes_burst: { title: "Feelings at once", help: "Emotes in one breath." },
  flush_interval_ms: { title: "Tick", help: "The tick on which a crowd's updates are sent." },
  flush_budget: {
    title: "Deliveries at once",
    help: "Deliveries within one interval below which an update is sent at once.",
  },
  nearness_from: {
    title: "Distance decides from",
    help: "Players above which distance decides how often a client is told of whom; 0 for never.",
  },
  plain_bytes: {
    title: "Bytes of single updates",
    help: "Bytes a second of updates for a client without batches where distance decides; nearest first.",
  },
  crowd_rest_ms: {
    title: "Rest in a crowd",
    help: "Time the server rests while a crowd moves, so that several updates wake it once; 0 for never.",
  },
  chat_history: { title: "Chat for newcomers", help: "Messages that newcomers see." },
  outbox_bytes: {
    title: "Bytes that wait for a client",
    help: "Bytes that may wait for one slow client before it is disconnected.",
  },
  slow_consumer_ms: {
    title: "Patience with a slow client",
    help: "Time without progress after which a slow client is disconnected.",
  },
  inbox_events: { title: "Events that wait", help: "Events of one client that may wait to be applied." },
  channel_packets: {
    title: "Packets that wait",
    help: "Packets that may wait inside the Socket.IO layer for one client.",
  },
  join_lookup_ms: { title: "Wait for an avatar", help: "Longest wait for the avatar store during a join." },
  idle_timeout_ms: {
    title: "Away for",
    help: "Time without any event after which a player's session ends; 0 for never.",
  },
  shutdown_timeout_ms: {
    title: "Longest shutdown",
    help: "Longest time a shutdown may take. What has not ended by then is aborted, and the log says what was lost.",
  },
  load_target_url: { title: "Server to load", help: "The server to load." },
  load_clients: { title: "Clients", help: "Clients in total." },
  load_duration_ms: { title: "Length", help: "Length of the run." },
  load_update_interval_ms: { title: "One update every", help: "Time between two updates of one client." },
  load_spawn_interval_ms: { title: "One new client every", help: "Time between two new clients." },
  load_shape: {
    title: "How clients come",
    help: "How the clients come: one after another, in a ramp over the whole run, all at once, or dropped halfway to come back; slow: a share of them reads slowly.",
  },
  load_spread: {
    title: "Where clients stand",
    help: "Where the clients are: all over the world, in two clusters, or in one square.",
  },
  load_walk: {
    title: "How clients move",
    help: "How the clients move: each in a tile of its own, for figures that compare, or on paths and in groups as people do.",
  },
  load_language: {
    title: "Language of clients",
    help: "The language of what clients say that walk like people.",
  },
  load_slow_percent: {
    title: "Slow clients",
    help: "With LOAD_SHAPE=slow: how many in a hundred clients read slowly.",
  },
  load_slow_kbps: {
    title: "Speed of slow clients",
    help: "With LOAD_SHAPE=slow: kB a second that such a client reads at most.",
  },
  load_outage_ms: { title: "Outage", help: "With LOAD_SHAPE=restart: time without anybody." },
};
