//! Who looks after the world, as everybody may know it: of those whom the accounts name, the ones who
//! are in.

use std::collections::BTreeMap;

use super::json::to_json;
use super::{SharedJson, WorldState};
use contract::{PlayerId, StaffMember, StaffRole, WorldStaff};

/// Players who look after the world when they are in, in a lasting order.
pub(super) type Keepers = BTreeMap<PlayerId, StaffRole>;

impl WorldState {
    /// Replaces what is known of the accounts: those that are not named look after nothing.
    pub fn set_staff(&mut self, staff: impl IntoIterator<Item = (PlayerId, StaffRole)>) {
        self.keepers = staff.into_iter().collect();
    }

    /// What one account does here from now on.
    pub fn note_staff(&mut self, id: &PlayerId, role: Option<StaffRole>) {
        if let Some(role) = role {
            self.keepers.insert(id.clone(), role);
        } else {
            self.keepers.remove(id);
        }
    }

    /// Brings the snapshot in line with who is in now. Returns the payload of `world:staff` when that
    /// changed; to be asked after every join, leave and role.
    pub fn staff_change(&mut self) -> Option<SharedJson> {
        let members: Vec<_> = self
            .keepers
            .iter()
            .filter(|(id, _)| self.players.contains_key(*id))
            .map(|(id, role)| StaffMember {
                id: id.to_string(),
                role: *role,
            })
            .collect();
        let shown = self.parts.set_staff(members)?;
        Some(to_json(&WorldStaff { staff: shown }))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ConnectionId, Holder, new_player};
    use super::*;
    use contract::payload::PlayerPatch;
    use contract::{PayloadLimits, SpriteAtlas, WorldInfo};
    use serde_json::{Value, json};

    fn world() -> WorldState {
        let atlas = SpriteAtlas::new(0, String::new(), Vec::new());
        WorldState::new(&WorldInfo::default(), &atlas, 4, PayloadLimits::default())
    }

    fn enter(world: &mut WorldState, id: &PlayerId, connection: u64) {
        let limits = PayloadLimits::default();
        let player = new_player(id.clone(), PlayerPatch::default(), &limits).unwrap();
        let holder = Holder {
            connection: Some(ConnectionId(connection)),
            fence: connection,
        };
        world.join(player, holder).unwrap();
    }

    fn in_snapshot(world: &mut WorldState) -> Value {
        let snapshot: Value = serde_json::from_str(world.snapshot().json().get()).unwrap();
        snapshot["world"]["staff"].clone()
    }

    #[test]
    fn only_those_are_named_who_are_in_and_only_changes_are_told() {
        let (ana, bo) = (PlayerId::trusted("ana"), PlayerId::trusted("bo"));
        let mut world = world();
        world.set_staff([(ana.clone(), StaffRole::Host)]);
        assert!(world.staff_change().is_none());
        assert_eq!(in_snapshot(&mut world), json!([]));
        enter(&mut world, &bo, 1);
        assert!(world.staff_change().is_none());
        enter(&mut world, &ana, 2);
        let host = json!([{ "id": "ana", "role": "host" }]);
        let told: Value = serde_json::from_str(world.staff_change().unwrap().get()).unwrap();
        assert_eq!(told, json!({ "staff": host }));
        assert_eq!(in_snapshot(&mut world), host);
        assert!(world.staff_change().is_none());

        world.note_staff(&bo, Some(StaffRole::Moderator));
        assert!(world.staff_change().is_some());
        assert_eq!(in_snapshot(&mut world)[1]["role"], "moderator");
        world.leave(ConnectionId(2));
        assert!(world.staff_change().is_some());
        world.note_staff(&bo, None);
        assert!(world.staff_change().is_some());
        assert_eq!(in_snapshot(&mut world), json!([]));
    }

    #[test]
    fn outside_a_closed_world_nobody_is_named_and_a_new_name_keeps_the_list() {
        let ana = PlayerId::trusted("ana");
        let mut world = world();
        enter(&mut world, &ana, 1);
        world.note_staff(&ana, Some(StaffRole::Host));
        world.staff_change();
        let about = WorldInfo {
            name: "Cove".to_owned(),
            ..WorldInfo::default()
        };
        assert!(world.set_info(&about));
        assert!(!world.set_info(&about));
        assert_eq!(in_snapshot(&mut world)[0]["id"], "ana");
        let closed: Value = serde_json::from_str(world.closed_snapshot().json().get()).unwrap();
        assert_eq!(closed["world"].get("staff"), None);
    }
}
