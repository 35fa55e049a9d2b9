//! The scripts that change the nodes' common state. Each is one step for all nodes: it checks,
//! changes and publishes.

use super::keys::WorldKeys;

/// One script; the files say what each takes and answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    Hello,
    Heartbeat,
    Reap,
    Bye,
    Claim,
    Assert,
    Flush,
    Mirror,
    Refresh,
    Release,
    Chat,
    Offer,
    Notice,
    Snapshot,
    Nodes,
}

macro_rules! source {
    ($file:literal) => {
        concat!(
            include_str!("prelude.lua"),
            "\n",
            include_str!(concat!("", $file))
        )
    };
}

impl Script {
    pub(super) const ALL: [Self; 15] = [
        Self::Hello,
        Self::Heartbeat,
        Self::Reap,
        Self::Bye,
        Self::Claim,
        Self::Assert,
        Self::Flush,
        Self::Mirror,
        Self::Refresh,
        Self::Release,
        Self::Chat,
        Self::Offer,
        Self::Notice,
        Self::Snapshot,
        Self::Nodes,
    ];

    pub(super) fn source(self) -> &'static str {
        match self {
            Self::Hello => source!("hello.lua"),
            Self::Heartbeat => source!("heartbeat.lua"),
            Self::Reap => source!("reap.lua"),
            Self::Bye => source!("bye.lua"),
            Self::Claim => source!("claim.lua"),
            Self::Assert => source!("assert.lua"),
            Self::Flush => source!("flush.lua"),
            Self::Mirror => source!("mirror.lua"),
            Self::Refresh => source!("refresh.lua"),
            Self::Release => source!("release.lua"),
            Self::Chat => source!("chat.lua"),
            Self::Offer => source!("offer.lua"),
            Self::Notice => source!("notice.lua"),
            Self::Snapshot => source!("snapshot.lua"),
            Self::Nodes => source!("nodes.lua"),
        }
    }
}

/// The scripts as one connection calls them: by digest, on behalf of one session of one node.
#[derive(Debug, Clone)]
pub(super) struct Calls {
    digests: Vec<String>,
    keys: WorldKeys,
    node: String,
    session: String,
}

impl Calls {
    /// `digests` are those of [`Script::ALL`], in that order.
    pub(super) fn new(
        digests: Vec<String>,
        keys: WorldKeys,
        node: String,
        session: String,
    ) -> Self {
        Self {
            digests,
            keys,
            node,
            session,
        }
    }

    /// One of the world's keys; where it is, all are.
    pub(super) fn a_key(&self) -> &str {
        &self.keys.all()[0]
    }

    /// A call without the script's own arguments yet.
    pub(super) fn call(&self, script: Script) -> redis::Cmd {
        let digest = &self.digests[script as usize];
        let mut call = redis::cmd("EVALSHA");
        call.arg(digest).arg(self.keys.all().len());
        for key in self.keys.all() {
            call.arg(key);
        }
        call.arg(&self.node)
            .arg(&self.session)
            .arg(&self.keys.channel);
        call
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_stands_where_its_number_says() {
        for (place, script) in Script::ALL.into_iter().enumerate() {
            assert_eq!(script as usize, place);
        }
    }
}
