//! Every address of the server, declared once.
//!
//! A row has the method and the path, who may call it, what the address may ask for, the body, and the
//! answer when all is well; every other answer is an [`ErrorBody`](crate::rest::ErrorBody). The server
//! registers its handlers by these rows and has no other way to do it. From the rows come the call map of
//! the pages, `openapi.json` and the tables of `PROTOCOL.md`.

use http::Method;

use crate::admin::service::Scope;

pub use crate::route::{Access, Route};

#[cfg(test)]
use crate::{
    admin::{
        Invite,
        action::{
            ActionAnswer, ActionList, AnnouncementAnswer, ChangedUserAnswer, CountAnswer,
            MessageAnswer,
        },
        held::{HeldList, WordTrial, WordTrialAnswer},
        history::{EndedVisitList, WorldHistory},
        load_test::{LoadTestAnswer, LoadTestBody, LoadTestDetail, LoadTestList},
        log::LogList,
        node::NodesAnswer,
        person::{EvidenceAnswer, FaceList, NoteAnswer, NoteBody},
        person_record::RecordAnswer,
        reason::ReasonsAnswer,
        report::{ReportAnswer, ReportList, ReportPatch},
        rights::MeAnswer,
        sample::StatsAnswer,
        sanction::{
            AnnouncementBody, BanAnswer, BanBody, BanList, BanPreview, KickBody, MuteAnswer,
            MuteBody, MuteList, MuteSessionBody, WordsBody,
        },
        service::{ServiceAnswer, ServiceBody, ServiceList},
        session::{SessionDetail, SessionList},
        setting::{SettingsAnswer, SettingsPatch},
        webhook::{Delivery, DeliveryList, WebhookAnswer, WebhookBody, WebhookList},
    },
    health::HealthBody,
    query::{
        AuditQuery, FacesQuery, HistoryQuery, ImageQuery, LogQuery, MessageQuery, PageQuery,
        ReportExportQuery, ReportQuery, SanctionQuery, SessionQuery, SpriteQuery, UserQuery,
        VisitQuery,
    },
    rest::{
        ChangePasswordBody, CreateUserBody, DeleteAccountBody, EnterBody, LoginAnswer, LoginBody,
        MessageList, RegisterBody, ResetPasswordBody, SessionAnswer, UserAnswer, UserList,
        UserPatch, WorldTicketAnswer,
    },
    rest_assets::{
        AtlasAnswer, AvatarAnswer, AvatarBody, SpriteAnswer, SpriteList, SpriteOrder, SpritePatch,
        SpritePreview, SpriteUpload,
    },
};

macro_rules! declare_routes {
    ($(
        $(#[doc = $doc:literal])+
        $route:ident $method:ident $path:literal for $access:ident $(or $first:ident $(and $scope:ident)*)?
            $(, query $query:ty)? $(, body $body:ty)? => [$($status:literal),+] $answer:tt;
    )+) => {
        $( $(#[doc = $doc])+ pub const $route: Route = Route {
            name: stringify!($route),
            method: Method::$method,
            path: $path,
            access: Access::$access,
            scopes: &[$(Scope::$first $(, Scope::$scope)*)?],
        }; )+

        /// All of them.
        pub const ALL: &[Route] = &[$($route),+];

        /// All of them with what the generators want to know.
        #[cfg(test)]
        pub(crate) const ROWS: &[crate::generate::RouteRow] = &[
            $( crate::generate::RouteRow {
                route: $route,
                docs: &[$($doc),+],
                query: crate::generate::payload!($($query)?),
                body: crate::generate::payload!($($body)?),
                statuses: &[$($status),+],
                answer: crate::generate::answer!($answer),
            }, )+
        ];
    };
}

declare_routes! {
    /// Makes an account and logs it in, with the cookies `auth_token` and `device_token`. 409 when name or e-mail is taken, or the name looks like another account's or is reserved.
    REGISTER POST "/auth/register" for Anyone, body RegisterBody => [201] (LoginAnswer);
    /// Makes the first host, by the one-time token of the setup link, while no host can log in.
    SET_UP POST "/auth/setup" for Anyone, body RegisterBody => [201] (LoginAnswer);
    /// Logs in, with the cookies. 401 for wrong credentials.
    LOG_IN POST "/auth/login" for Anyone, body LoginBody => [200] (LoginAnswer);
    /// Logs in with a ticket of the administration, with the cookies. 401 for one that is used or over.
    ENTER POST "/auth/enter" for Anyone, body EnterBody => [200] (LoginAnswer);
    /// Logs out; the live sockets of that browser are released.
    LOG_OUT POST "/auth/logout" for Anyone => [200] (SessionAnswer);
    /// Says who is logged in; `user` is `null` for a guest.
    SESSION GET "/auth/session" for Anyone => [200] (SessionAnswer);
    /// The caller's account. 401 for a guest.
    ACCOUNT GET "/auth/me" for User or Read and Moderate and Announce and Join => [200] (UserAnswer);
    /// Deletes the caller's account for good, with everything kept with it.
    DELETE_ACCOUNT DELETE "/auth/me" for User, body DeleteAccountBody => [204] nothing;
    /// Changes the caller's password and ends every other login of the account.
    CHANGE_PASSWORD POST "/auth/password" for User, body ChangePasswordBody => [200] (LoginAnswer);

    /// The caller's avatar; `null` when there is none.
    AVATAR GET "/avatars/me" for User => [200] (AvatarAnswer);
    /// Makes or changes the caller's avatar: 201 when made, 200 when changed; layers are merged.
    KEEP_AVATAR PUT "/avatars/me" for User, body AvatarBody => [200, 201] (AvatarAnswer);
    /// The sprites of the world.
    WORLD_SPRITES GET "/assets/sprites" for Anyone, query SpriteQuery => [200] (SpriteList);
    /// The atlas, the one in the snapshot.
    ATLAS GET "/assets/sprites/atlas" for Anyone => [200] (AtlasAnswer);
    /// The image of a sprite.
    SPRITE_IMAGE GET "/static/sprites/{file}" for Anyone, query ImageQuery => [200] ["image/png"];

    /// How the server is, for operators.
    HEALTH GET "/health" for Anyone => [200] (HealthBody);
    /// Whether new players should come here, for load balancers; 503 with the same body while starting and closing.
    READY GET "/ready" for Anyone => [200] (HealthBody);
    /// What the server counts, for Prometheus. Programs on the server's machine need no login.
    METRICS GET "/metrics" for Host => [200] ["text/plain"];
    /// This interface, as OpenAPI 3.1.
    OPENAPI GET "/openapi.json" for Anyone => [200] ["application/json"];
    /// The events, as AsyncAPI 3.0.
    ASYNCAPI GET "/asyncapi.json" for Anyone => [200] ["application/json"];

    /// Who the caller is and what they may do.
    ME GET "/admin/me" for Viewer or Read and Moderate and Announce and Join => [200] (MeAnswer);
    /// Makes a ticket that logs the player page in as the caller. The desktop window, which has no account, gets one for that.
    WORLD_TICKET POST "/admin/world-ticket" for Viewer => [200] (WorldTicketAnswer);
    /// Live sockets.
    SESSIONS GET "/admin/sessions" for Viewer or Read and Moderate, query SessionQuery => [200] (SessionList);
    /// One of them, with its person's record. 404 `session-gone`.
    SESSION_DETAIL GET "/admin/sessions/{id}" for Viewer or Moderate => [200] (SessionDetail);
    /// A person: visits, names, sanctions, warnings and whether they were read, kicks, notes, reports about and by them, the last messages, who else used the address.
    RECORD GET "/admin/people/{kind}/{subject}" for Viewer or Moderate => [200] (RecordAnswer);
    /// Visits that are over. With `to` as the moment of the first page, no later page moves.
    VISITS GET "/admin/visits" for Viewer or Read and Moderate, query VisitQuery => [200] (EndedVisitList);
    /// What was said before a report, warning, kick, mute or ban, kept with it under its id.
    EVIDENCE GET "/admin/evidence/{act}" for Viewer or Moderate => [200] (EvidenceAnswer);
    /// What people look like, or did when last seen; whom nobody knows is left out.
    FACES GET "/admin/faces" for Viewer or Read and Moderate, query FacesQuery => [200] (FaceList);
    /// Ends a session. 503 `not-recorded`: it ended, but that could not be written down.
    KICK POST "/admin/sessions/{id}/kick" for Moderator or Moderate, body KickBody => [200] (ActionAnswer);
    /// Ends the session of a player, by the player's id. 503 `not-recorded` as with a session's.
    KICK_PLAYER POST "/admin/players/{id}/kick" for Moderator or Moderate, body KickBody => [200] (ActionAnswer);
    /// Ends every session that plays; the caller's own stay. 503 `not-recorded`: they ended, but that
    /// could not be written down.
    KICK_ALL POST "/admin/kick-all" for Host, body KickBody => [200] (CountAnswer);
    /// Warns a player.
    WARN POST "/admin/sessions/{id}/warn" for Moderator or Moderate, body WordsBody => [200] (ActionAnswer);
    /// Says something to one player alone, as who the caller is.
    TELL POST "/admin/sessions/{id}/tell" for Moderator or Moderate, body WordsBody => [200] (ActionAnswer);
    /// Says something to everybody; it stands in the chat as well, and with `pinMinutes` above it for so long.
    ANNOUNCE POST "/admin/announcements" for Moderator or Announce, body AnnouncementBody => [200] (AnnouncementAnswer);
    /// Takes away the announcement that stands. 404 where none does.
    UNPIN DELETE "/admin/announcements/pinned" for Moderator or Announce => [204] nothing;
    /// Whom a ban would keep out; the address is the network, as `192.0.2.7` or `2001:db8:1:2::/64`.
    BAN_PREVIEW GET "/admin/sessions/{id}/ban-preview" for Moderator or Moderate => [200] (BanPreview);
    /// Keeps people out: those of a session, or those named. An address stands for itself or its IPv6 /64; a block is written as `10.1.0.0/16`.
    BAN POST "/admin/bans" for Moderator or Moderate, body BanBody => [201] (BanAnswer);
    /// Bans.
    BANS GET "/admin/bans" for Viewer or Moderate, query SanctionQuery => [200] (BanList);
    /// Lifts a ban.
    UNBAN DELETE "/admin/bans/{id}" for Moderator or Moderate => [204] nothing;
    /// What moderators are offered as reasons: the host's own, else the usual ones.
    REASONS GET "/admin/reasons" for Viewer or Moderate => [200] (ReasonsAnswer);
    /// Takes the word from who plays in a session.
    MUTE_SESSION POST "/admin/sessions/{id}/mute" for Moderator or Moderate, body MuteSessionBody => [200] (MuteAnswer);
    /// Takes the word from a person.
    MUTE_PERSON POST "/admin/mutes" for Moderator or Moderate, body MuteBody => [201] (MuteAnswer);
    /// Mutes.
    MUTES GET "/admin/mutes" for Viewer or Moderate, query SanctionQuery => [200] (MuteList);
    /// Lifts a mute.
    UNMUTE DELETE "/admin/mutes/{id}" for Moderator or Moderate => [204] nothing;
    /// What was said.
    MESSAGES GET "/admin/messages" for Viewer or Read and Moderate, query MessageQuery => [200] (MessageList);
    /// All messages that match, as a file.
    EXPORT_MESSAGES GET "/admin/messages/export" for Viewer or Read and Moderate, query MessageQuery => [200] ["text/csv", "application/json"];
    /// Takes a message down.
    REMOVE_MESSAGE DELETE "/admin/messages/{id}" for Moderator or Moderate => [204] nothing;
    /// Puts a message back.
    RESTORE_MESSAGE POST "/admin/messages/{id}/restore" for Moderator or Moderate => [200] (MessageAnswer);
    /// Lines that wait for a moderator; nobody else has read them.
    HELD_LINES GET "/admin/held" for Viewer or Moderate, query PageQuery => [200] (HeldList);
    /// Lets a held line through: everybody reads it now.
    ALLOW_LINE POST "/admin/held/{id}/allow" for Moderator or Moderate => [200] (ActionAnswer);
    /// Nobody reads a held line, and whoever said it is told (`moderation:notice`, `refused`).
    REFUSE_LINE POST "/admin/held/{id}/refuse" for Moderator or Moderate => [200] (ActionAnswer);
    /// Says what a word list would find in a text, exactly and with letters that look alike.
    TRY_WORDS POST "/admin/words/try" for Host, body WordTrial => [200] (WordTrialAnswer);
    /// What players reported.
    REPORTS GET "/admin/reports" for Viewer or Moderate, query ReportQuery => [200] (ReportList);
    /// Closes a report, or opens it again.
    CLOSE_REPORT PATCH "/admin/reports/{id}" for Moderator or Moderate, body ReportPatch => [200] (ReportAnswer);
    /// Notes something about a person, for moderators.
    ADD_NOTE POST "/admin/people/{kind}/{subject}/notes" for Moderator or Moderate, body NoteBody => [201] (NoteAnswer);
    /// Takes a note away.
    REMOVE_NOTE DELETE "/admin/notes/{id}" for Moderator or Moderate => [204] nothing;
    /// The audit log; `action` may be an area such as `ban`.
    AUDIT GET "/admin/audit" for Viewer or Moderate, query AuditQuery => [200] (ActionList);
    /// All of it that matches, as a file.
    EXPORT_AUDIT GET "/admin/audit/export" for Viewer or Moderate, query AuditQuery => [200] ["text/csv", "application/json"];
    /// Takes an action back. 409 `not-undoable`, `already-undone`.
    UNDO POST "/admin/audit/{id}/undo" for Moderator or Moderate => [200] (ActionAnswer);
    /// Accounts.
    USERS GET "/admin/users" for Viewer, query UserQuery => [200] (UserList);
    /// Makes an account.
    ADD_USER POST "/admin/users" for Host, body CreateUserBody => [201] (ChangedUserAnswer);
    /// Changes an account; roles are for hosts.
    CHANGE_USER PATCH "/admin/users/{id}" for Moderator, body UserPatch => [200] (ChangedUserAnswer);
    /// Deletes an account; every login of it ends.
    REMOVE_USER DELETE "/admin/users/{id}" for Host => [204] nothing;
    /// Gives an account another password; every login of it ends.
    RESET_PASSWORD POST "/admin/users/{id}/password" for Host, body ResetPasswordBody => [204] nothing;
    /// Service accounts: programs that act by a token. `most` is how many there may be.
    SERVICES GET "/admin/service-accounts" for Host => [200] (ServiceList);
    /// Makes a service account. Its token is in this answer and nowhere else, ever. 409 `too-many-services`, `username-taken`.
    ADD_SERVICE POST "/admin/service-accounts" for Host, body ServiceBody => [201] (ServiceAnswer);
    /// Revokes the token of a service account and removes it; its live sockets and feeds end.
    REVOKE_SERVICE DELETE "/admin/service-accounts/{id}" for Host => [204] nothing;
    /// Webhooks: where other programs are told what happens here. `most` is how many there may be.
    WEBHOOKS GET "/admin/webhooks" for Host => [200] (WebhookList);
    /// Makes a webhook. The secret that signs what it is told is in this answer and nowhere else. 400 `private-target`, `unknown-target`, `invalid-target`; 409 `too-many-webhooks`.
    ADD_WEBHOOK POST "/admin/webhooks" for Host, body WebhookBody => [201] (WebhookAnswer);
    /// Removes a webhook with what it still had to tell.
    REMOVE_WEBHOOK DELETE "/admin/webhooks/{id}" for Host => [204] nothing;
    /// Lets a webhook go on that was paused for its failures, with everything that waits.
    RESUME_WEBHOOK POST "/admin/webhooks/{id}/resume" for Host => [204] nothing;
    /// What a webhook was told lately or is still to be told, newest first, and what it answered.
    DELIVERIES GET "/admin/webhooks/{id}/deliveries" for Host => [200] (DeliveryList);
    /// Tells a webhook something now, kept nowhere, and says what came of it.
    TEST_WEBHOOK POST "/admin/webhooks/{id}/test" for Host => [200] (Delivery);
    /// Sprites, as for everybody; a filter it does not know is refused.
    SPRITES GET "/admin/assets/sprites" for Viewer, query SpriteQuery => [200] (SpriteList);
    /// Keeps a sprite, from JSON or from a form with the same fields.
    UPLOAD_SPRITE POST "/admin/assets/sprites" for Host, body SpriteUpload => [201] (SpriteAnswer);
    /// Draws a sprite and keeps it.
    GENERATE_SPRITE POST "/admin/assets/sprites/generate" for Host, body SpriteOrder => [201] (SpriteAnswer);
    /// Draws a sprite, kept nowhere.
    PREVIEW_SPRITE POST "/admin/assets/sprites/preview" for Host, body SpriteOrder => [200] (SpritePreview);
    /// Changes a sprite.
    CHANGE_SPRITE PATCH "/admin/assets/sprites/{id}" for Host, body SpritePatch => [200] (SpriteAnswer);
    /// Takes a sprite away.
    REMOVE_SPRITE DELETE "/admin/assets/sprites/{id}" for Host => [204] nothing;
    /// The settings.
    SETTINGS GET "/admin/settings" for Host => [200] (SettingsAnswer);
    /// Changes settings. 400 with `fields`, a sentence for each key, and nothing changed.
    CHANGE_SETTINGS PATCH "/admin/settings" for Host, body SettingsPatch => [200] (SettingsAnswer);
    /// The last lines of the server's log.
    LOGS GET "/admin/logs" for Host, query LogQuery => [200] (LogList);
    /// All of them that match, as a file.
    EXPORT_LOGS GET "/admin/logs/export" for Host, query LogQuery => [200] ["text/plain"];
    /// Load tests, newest first; `terms` says what a new one may be.
    LOAD_TESTS GET "/admin/load-tests" for Viewer, query PageQuery => [200] (LoadTestList);
    /// Starts a load test of this server, or of another world at a private address. 400 `invalid-target`, `unknown-target`, `public-target`, 409 `load-test-running`, on whichever node that is.
    START_LOAD_TEST POST "/admin/load-tests" for Host, body LoadTestBody => [201] (LoadTestAnswer);
    /// One of them, while it runs as far as it is.
    LOAD_TEST GET "/admin/load-tests/{id}" for Viewer => [200] (LoadTestDetail);
    /// Its report as a file; of one that runs only its seconds, as CSV.
    EXPORT_LOAD_TEST GET "/admin/load-tests/{id}/export" for Viewer, query ReportExportQuery => [200] ["text/html", "application/json", "text/csv", "image/png"];
    /// Stops it; its report comes when its clients have left.
    STOP_LOAD_TEST POST "/admin/load-tests/{id}/stop" for Host => [200] (LoadTestAnswer);
    /// Forgets it.
    REMOVE_LOAD_TEST DELETE "/admin/load-tests/{id}" for Host => [204] nothing;
    /// The nodes of this world.
    NODES GET "/admin/nodes" for Viewer or Read and Moderate => [200] (NodesAnswer);
    /// What the server measures: one sample a second for five minutes.
    STATS GET "/admin/stats" for Viewer or Read and Moderate => [200] (StatsAnswer);
    /// How the world was over the last hour, day or week, on all nodes, also before a restart.
    HISTORY GET "/admin/history" for Viewer or Read and Moderate, query HistoryQuery => [200] (WorldHistory);
    /// The links under which others can come in.
    INVITE GET "/admin/invite" for Viewer => [200] (Invite);

    /// The player page.
    PLAYER_PAGE GET "/" for Anyone => [200] page;
    /// Leads to the administration.
    ADMIN_ENTRY GET "/admin" for Anyone => [308] page;
    /// The page of the administration.
    ADMIN_PAGE GET "/admin/" for Anyone => [200] page;
    /// A file of the pages.
    PAGE_FILE GET "/ui/{*path}" for Anyone => [200] page;
    /// The official Socket.IO client, for pages without a bundler.
    CLIENT_FILE GET "/socket.io/{client}" for Anyone => [200] page;
}
