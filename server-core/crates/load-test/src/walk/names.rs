//! What bots are called: a first name, a number, and the word that says what they are.

/// First names of many places, short enough for a name tag.
const FIRST_NAMES: [&str; 64] = [
    "Ana", "Bo", "Carla", "Dara", "Elif", "Finn", "Greta", "Hugo", "Ines", "Jonas", "Kaia", "Leo",
    "Mara", "Nils", "Olga", "Pau", "Quim", "Rosa", "Samir", "Tova", "Ugo", "Vera", "Wren", "Xenia",
    "Yara", "Zoe", "Aiko", "Bela", "Chidi", "Dora", "Emre", "Flor", "Gael", "Hana", "Ivo", "June",
    "Kofi", "Lia", "Milo", "Nora", "Otto", "Pia", "Rafa", "Sol", "Tom", "Uma", "Vito", "Wim",
    "Ximena", "Yusuf", "Zita", "Alba", "Bruno", "Clara", "Diego", "Eva", "Gus", "Iris", "Juan",
    "Lucas", "Maya", "Noa", "Oscar", "Paula",
];

/// How far two bots in a row are apart in the list, so that neighbours do not follow the alphabet.
const STRIDE: usize = 23;

/// The first name of a bot.
pub(super) fn first_name(index: u32) -> &'static str {
    FIRST_NAMES[index as usize * STRIDE % FIRST_NAMES.len()]
}

/// Its whole name: `bot Ana 12`.
pub(super) fn full_name(index: u32) -> String {
    format!("bot {} {}", first_name(index), index + 1)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn all_names_are_used_before_one_comes_again() {
        let names: HashSet<_> = (0..64).map(first_name).collect();
        assert_eq!(names.len(), 64);
        assert_eq!(full_name(0), "bot Ana 1");
        assert_eq!(first_name(64), "Ana");
    }
}
