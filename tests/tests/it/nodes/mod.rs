//! Several nodes of one world, each test with a Redis of its own.
//!
//! `shared` is what they do together while all is well, `takeover` who may be whom across them;
//! `death` and `outage` are what happens to nodes and to Redis, `missed` what is made up for afterwards; `refusals` what a person has to
//! repair, `neighbours` who shares a database; `moderation` is what moderators do everywhere, `closed_world` whom they keep outside, `load_tests` what hosts try on one of them, `adapter` the way of Socket.IO's own
//! broadcasts; `moves` is who walks, also before nodes of an older version, `nearness` the same in a large world; `soak` is time passing. `recorder` is the witness. The long versions run with
//! `make soak`.

mod adapter;
mod closed_world;
mod death;
mod keepers;
mod load_tests;
mod missed;
mod moderation;
mod moves;
mod nearness;
mod neighbours;
mod outage;
mod recorder;
mod refusals;
mod shared;
mod soak;
mod takeover;
