//! The names people are shown under.

use super::SessionManager;
use super::connection::Connection;
use contract::payload::PlayerPatch;
use identity::Visitor;

impl SessionManager {
    /// Puts the name in place under which a visitor is shown.
    pub(super) fn name_as_shown(&self, visitor: &Visitor, patch: &mut PlayerPatch) {
        if let Some(name) = patch.name.as_deref()
            && let Some(shown) = self.shown_name(visitor, name)
        {
            patch.name = Some(shown);
        }
    }

    /// The name under which a visitor is shown, when it is another than the wanted one.
    pub(super) fn shown_name(&self, visitor: &Visitor, name: &str) -> Option<String> {
        let max_chars = self.shared.settings.limits.name_chars;
        self.shared.directory.shown_name(visitor, name, max_chars)
    }

    /// Looks at the names of everybody on this node again, after accounts were made: who took a name
    /// before it was somebody's is shown as a guest from now on.
    pub fn review_names(&self) {
        for connection in self.connections_where(|_| true) {
            self.review_name(&connection);
        }
    }

    fn review_name(&self, connection: &Connection) {
        let mut live = self.shared.live.lock();
        let held = live.world.held_by(connection.id);
        let Some(name) = held.and_then(|id| live.world.name_of(id)) else {
            return;
        };
        let shown = self.shown_name(&connection.visitor.lock(), name);
        let Some(shown) = shown.filter(|shown| shown != name) else {
            return;
        };
        let patch = PlayerPatch {
            name: Some(shown),
            ..PlayerPatch::default()
        };
        if live.world.update(connection.id, patch).is_ok() {
            self.note_name(&live, connection);
            self.shared.changed.notify_one();
        }
    }
}
