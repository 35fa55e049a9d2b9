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

/// First names for bots in rank and file, by how many digits the number behind has: the two take six
/// letters together. With `bot`, two spaces and the mark `{"bot":true}` that is as long as the name which a
/// server makes up of the id, with the metadata `{}`. So a server that repeats both in every update writes
/// as many bytes as for clients that bear neither, and figures of all versions compare.
const RANK_NAMES: [&[&str]; 4] = [
    &[
        "Carla", "Greta", "Jonas", "Lucas", "Xenia", "Chidi", "Yusuf", "Bruno", "Diego",
    ],
    &[
        "Dara", "Finn", "Hugo", "Ines", "Kaia", "Mara", "Nils", "Olga", "Rosa", "Tova", "Vera",
        "Wren", "Yara", "Aiko", "Emre", "Gael", "Hana", "June", "Kofi", "Milo", "Nora", "Otto",
        "Rafa", "Zita",
    ],
    &[
        "Ana", "Leo", "Pau", "Ugo", "Zoe", "Ivo", "Lia", "Pia", "Sol", "Tom", "Uma", "Wim", "Eva",
        "Gus", "Noa", "Max",
    ],
    &[
        "Bo", "Al", "Di", "Ed", "Jo", "Li", "Lu", "Mo", "Ty", "Vi", "Yu",
    ],
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

/// The whole name of a bot in rank and file: `bot Carla 1`.
pub(super) fn name_in_rank(index: u32) -> String {
    let number = (index + 1).to_string();
    let names = RANK_NAMES[number.len().min(RANK_NAMES.len()) - 1];
    format!("bot {} {number}", names[index as usize % names.len()])
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

    #[test]
    fn in_rank_and_file_name_and_mark_are_as_long_as_what_a_server_makes_up() {
        let made_up = r#""Player load-7f3a-0000"{}"#.len();
        let marked = |index| format!(r#""{}"{{"bot":true}}"#, name_in_rank(index)).len();
        assert!((0..9999).all(|index| marked(index) == made_up));
        // Their ids grow from there on as well.
        assert!((10_000..12_000).all(|index| marked(index) == made_up + 1));
        assert_eq!(name_in_rank(0), "bot Carla 1");
        assert_eq!(name_in_rank(1999), "bot Ty 2000");
    }
}
