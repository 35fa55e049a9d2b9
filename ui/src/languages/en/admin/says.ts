/**
 * What the server says, in this page's words: refusals by their code, other sentences by what the server writes.
 *
 * The English of `sentence` and `accepts` is the server's own to the letter: a sentence is known by it.
 */
export const says = {
  says: {
    refused: {
      "already-undone": "Somebody has taken this back already.",
      "broken-form": "The form did not arrive completely, or is too large.",
      "broken-request": "The request did not arrive completely.",
      "cross-site": "This was asked for by a page of another site. Open this server's own page.",
      "email-taken": "There is an account with this e-mail address already. Log in instead.",
      "exempt-address":
        "This address belongs to this computer or to a proxy. A ban would shut everybody out who comes through it.",
      forbidden: "Your account may not see the administration.",
      "foreign-origin": "This server does not accept connections from that page.",
      "invalid-field": "{{message}}",
      "invalid-image": "{{message}}",
      "invalid-json": "{{message}}",
      "invalid-query": "{{message}}",
      "invalid-settings": "Some settings cannot be taken. Nothing was changed.",
      "invalid-target": "An address such as http://192.168.1.20:4000.",
      "last-host": "Nobody could look after this world any more. Make somebody else a host first.",
      "load-test-over": "This run is over already.",
      "load-test-running": "A run is under way. Stop it, or wait for its end.",
      "method-not-allowed": "This address does not answer this kind of request.",
      "missing-field": "{{message}}",
      "no-account": "The host's own window has no account.",
      "no-process":
        "The run could not start: this computer did not let the server start another process. The log says why.",
      "no-report": "This run has no report.",
      "not-found": "{{message}}",
      "not-json": "Send the data as JSON, with the content type application/json.",
      "not-logged-in": "Log in to do this.",
      "not-recorded": "It is done, but it could not be written down.",
      "not-undoable": "This cannot be taken back.",
      "nothing-to-change": "Nothing is to be changed.",
      "own-account": "This is your own account. Ask another host to change it.",
      "public-target":
        "From here only this server or one in your own network can be loaded. Use the command line for any other.",
      "https-required": "This server speaks https. Write https:// at the beginning of its address.",
      "role-required": "Your account may not do this.",
      "scope-required": "{{message}}",
      "service-account":
        "This is a bot. What it may do is said when its token is made: revoke it and make another one.",
      "session-gone": "This player has just left.",
      "setup-closed": "This link no longer works. Ask for a new one where the server runs.",
      "ticket-over": "The ticket is used or over. Ask for the page again.",
      "too-large": "This is too much data for one request.",
      "too-many-announcements":
        "These were many announcements in a short time. Wait a little before the next one.",
      "too-many-attempts": "There were too many attempts. Wait a little and try again.",
      "too-many-connections": "Too many connections come from your network. Close some and try again.",
      "private-target": "{{message}}",
      "too-many-webhooks": "There are as many webhooks as the settings allow. Remove one that is not used.",
      "too-many-services": "There are as many bots as the settings allow. Revoke one that is not used.",
      "too-many-sprites": "There are 200 sprites already. Delete one first.",
      "too-many-viewers":
        "Too many people watch the administration. This page comes in when one of them goes.",
      "too-many-windows": "You have the administration open in too many windows. Close one of them.",
      unauthorized: "Log in to see the administration.",
      unavailable: "This cannot be answered right now. Try again in a moment.",
      "unknown-filter": "{{message}}",
      "unknown-host":
        "The administration does not answer under this name. Open it by an address of this machine, or add the name to ALLOWED_HOSTS and restart.",
      "unknown-target": "There is no world at this address. Give one such as http://192.168.1.20:4000.",
      "username-taken": "This name is taken. Choose another one.",
      "wrong-credentials": "The e-mail address or the password is wrong.",
    },
    sentence: {
      changedSince: "This was changed again since, so it cannot be taken back.",
      reservedName: "This name is reserved. Choose another one.",
      noPassword: "Enter a password.",
      shortPassword: "The password is too short: at least {{least}} characters.",
      longPassword: "The password is too long: at most {{most}} characters.",
      noName: "Enter a name.",
      longName: "The name is too long: at most {{most}} characters.",
      noEmail: "Enter an e-mail address.",
      noSuchEmail: "This is not an e-mail address, such as ana@example.org.",
      longEmail: "The e-mail address is too long.",
      noImage: "The image is missing.",
      heavyImage: "The image is larger than {{kib}} KiB.",
      notPng: "The image is not a PNG.",
      wideImage: "The image may be at most {{width}} pixels wide and {{height}} high.",
      brokenImage: "The image is damaged.",
      heavyMetadata: "The metadata is too large.",
      wrongFrames: "The frame sizes and counts are whole numbers from 1 on, and rows is a list of names.",
      framesOutside: "The frames do not fit into the image.",
      noSprite: "There is no such sprite.",
      noMessage: "There is no such message.",
      nothingThere: "There is nothing at this address.",
      noAccount: "There is no such account.",
      noEntry: "There is no such line in the log.",
      noBan: "There is no such ban, or it was lifted already.",
      noMute: "There is no such mute, or it was lifted already.",
      lineGone: "This line does not wait any more.",
      noNote: "There is no such note.",
      noService: "There is no such service account. It may have been revoked already.",
      noReport: "There is no such report.",
      noLoadTest: "There is no such load test.",
      noWebhook: "There is no such webhook. It may have been removed already.",
      noPicture: "There is no such image.",
      gone: "It does not exist any more.",
      addressForm: "An address looks like 192.168.1.20, and a block of them like 192.168.1.0/24.",
      wideBlock:
        "This block is so large that it shuts out most people. Ban a smaller one, /{{widest}} at most.",
      hookAddress: "The address looks like https://example.org/hook.",
      hookCredentials: "The address must not have a user name or a password in it.",
      hookUnknownName: "Nobody knows the name {{name}}.",
      hookPrivate:
        "{{name}} leads into a private network. The setting WEBHOOK_PRIVATE_HOSTS can allow it by this name.",
      hookUnreached: "No connection: {{why}}.",
      hookAuthorities: "This machine has no list of certificate authorities, so https cannot be checked.",
      hookBroken: "The other side broke off: {{why}}.",
      hookSilent: "No answer within {{seconds}} seconds.",
      hookElsewhere:
        "It was sent elsewhere (a redirect), and nobody follows that. Enter the address it leads to.",
      hookAnswered: "It answered {{status}}.",
      databaseSilent: "The database does not answer. Chat is kept in memory until it does.",
      certificate:
        "Browsers do not accept the certificate, or a new one cannot be used: the log says what to do.",
      notWell: "{{check}} does not work as it should.",
      putOutUnrecorded: "The player was put out, but that could not be written down.",
      allPutOutUnrecorded: "Everybody was put out, but that could not be written down.",
      neighbours:
        "Another server uses the same database and knows nothing of this one: a ban on one does not hold on the other. The log says what to do.",
      lookingForNodes: "This node is looking for the others.",
      redisAddress: "REDIS_URL is no address of a Redis. Write redis://:PASSWORD@HOST:PORT/DB.",
      redisAway:
        "Redis cannot be reached ({{why}}). Check that it runs and that REDIS_URL names its host and port.",
      redisClosed: "Redis closed the connection. Check that it runs; the next attempt follows by itself.",
      redisSilent: "Redis does not answer in time. Check its load and the network between.",
      redisPassword: "Redis does not accept the password. Set the right one in REDIS_URL or REDIS_PASSWORD.",
      redisDatabase:
        "Redis has no database of that number. Choose one it has in REDIS_URL or REDIS_DB; 0 always works.",
      redisOld: "This is Redis {{version}}, and version 7 or newer is needed. Update Redis.",
      redisUser: "The Redis user may not do what nodes need. Allow it in Redis: {{command}}",
      redisReadOnly: "Redis takes no changes ({{why}}). Point REDIS_URL at the primary, and check its disk.",
      redisFull:
        "Redis is full: it has used up its maxmemory. Give it more, or a Redis of its own to this world.",
      redisNotReady: "Redis is not ready ({{why}}). The next attempt follows by itself.",
      redisTls: "This Redis speaks TLS. Write rediss:// instead of redis:// in REDIS_URL.",
      redisNoTls:
        "This Redis does not speak TLS at that port. Write redis:// instead of rediss:// in REDIS_URL, or name the port that does.",
      redisCertificate:
        "The certificate of Redis is not trusted ({{why}}). Name a file with the authority that signed it in SSL_CERT_FILE, and check that REDIS_URL has the host it was made for.",
      redisWantsCertificate:
        "Redis asks for a certificate of its clients, which nodes do not have. Set tls-auth-clients no in Redis, and a password.",
      redisEmpty:
        "Redis is empty, and this node has not met the others yet. It gives them a moment to come back first.",
      redisOtherSecret:
        "The other nodes of this world use another JWT_SECRET. Give every node the same one, or this one its own REDIS_PREFIX.",
      redisOtherDatabase:
        "The other nodes of this world use another database. Give every node the same DATABASE_URL, or this one its own REDIS_PREFIX.",
      redisForgot: "Redis forgot this node, as after a pause. It introduces itself again.",
      redisNonsense:
        "Redis gave an answer that makes no sense here ({{why}}). Check that nothing else uses this REDIS_PREFIX.",
      redisEvicts:
        "Redis throws away what nodes share when its memory is full (maxmemory-policy {{policy}}). Set maxmemory-policy noeviction in Redis.",
    },
    /** Why a connection failed, as the operating system says it. */
    why: {
      "connection refused": "nothing answers there",
      "connection reset by peer": "the other side broke off",
      "connection timed out": "it took too long",
      "network is unreachable": "there is no network there",
      "no route to host": "there is no way there",
    },
    /** Completes "It must be ...". */
    accepts: {
      textAtMost: "text of at most {{most}} characters",
      text: "text of {{least}} to {{most}} characters",
      whole: "a whole number from {{least}} to {{most}}",
      milliseconds: "a whole number of milliseconds from {{least}} to {{most}}",
      above0: "a number above 0, at most 1000000",
      pin: "4 to 32 letters, digits or signs without spaces, or nothing",
      switch: "true or false (also 1 or 0, yes or no, on or off)",
    },
  },
};
