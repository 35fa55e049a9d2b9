//! Names that deceive: which look alike, and which say what only some people are.

use std::collections::HashSet;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;
use unicode_security::confusable_detection::skeleton;

use super::chat::{SYSTEM_AUTHOR, SYSTEM_PLAYER_ID};
use super::text;

/// What is added to a guest's name that belongs to somebody else.
pub const GUEST_MARK: &str = " (guest)";

/// The form in which names that look alike are equal: NFKC, then the skeleton of UTS #39, in which
/// `а` is `a` and `m` is `rn`, without regard to case and to how wide a blank is. A letter may look
/// like another one in one case alone (`I` like `l`); [`likenesses`] has all cases.
#[must_use]
pub fn likeness(name: &str) -> String {
    let compatible: String = name.nfkc().collect();
    let folded = skeleton(&compatible).collect::<String>().to_lowercase();
    let skeleton: String = skeleton(&folded).collect();
    skeleton.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The likenesses of a name as written, in small and in large letters: whose likeness is among them
/// looks like it in some case.
pub fn likenesses(name: &str) -> impl Iterator<Item = String> {
    [name.to_owned(), name.to_lowercase(), name.to_uppercase()]
        .into_iter()
        .map(|name| likeness(&name))
}

/// Whether a name looks like the server's own, in any language of the pages.
#[must_use]
pub fn is_system(name: &str) -> bool {
    static WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| {
        let named = languages::all().iter().flat_map(|it| &it.server);
        all_likenesses(named.copied().chain([SYSTEM_AUTHOR]))
    });
    WORDS.contains(&likeness(name))
}

/// Whether a player id looks like the server's.
#[must_use]
pub fn is_system_id(id: &str) -> bool {
    static WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| all_likenesses([SYSTEM_PLAYER_ID]));
    WORDS.contains(&likeness(id))
}

/// Whether a name says that somebody looks after the world, in any language of the pages.
#[must_use]
pub fn is_role(name: &str) -> bool {
    static WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| {
        let named = languages::all().iter().flat_map(|it| &it.roles);
        all_likenesses(named.copied())
    });
    WORDS.contains(&likeness(name))
}

/// The name of a guest that belongs to somebody else, at most `max_chars` long.
#[must_use]
pub fn as_guest(name: &str, max_chars: usize) -> String {
    let room = max_chars.saturating_sub(GUEST_MARK.len()).max(1);
    format!("{}{GUEST_MARK}", text::shorten(name, room).trim_end())
}

fn all_likenesses<'a>(words: impl IntoIterator<Item = &'a str>) -> HashSet<String> {
    words.into_iter().flat_map(likenesses).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_look_alike_are_equal() {
        let check = |left: &str, right: &str, equal| {
            let (a, b) = (likeness(left), likeness(right));
            assert_eq!(a == b, equal, "{left:?} {a:?} {right:?} {b:?}");
        };
        check("Ana", "Аnа", true);
        check("Ana", "A\u{AD}na", true);
        check("Ana", "An\u{2063}a", true);
        check("Ana", "Ａｎａ", true);
        check("Ana", "𝐀𝐧𝐚", true);
        check("ANA", "ana", true);
        check("Ana  B", "Ana\u{A0}B", true);
        check("modern", "rnodern", true);
        check("bob", "b0b", true);
        check("Ivan", "lvan", true);
        check("❤", "❤\u{FE0F}", true);
        check("Lisa", "Ilsa", false);
        check("Ana", "Anna", false);
        check("Jose", "José", false);
        check("Аня", "Ana", false);
    }

    #[test]
    fn words_of_the_server_and_its_roles_are_known_in_every_disguise() {
        for name in [
            "System",
            "SYSTEM",
            "ѕystem",
            "Ｓｙｓｔｅｍ",
            "Sistema",
            "S\u{2063}ystem",
        ] {
            assert!(is_system(name), "{name}");
        }
        for name in [
            "host",
            "HOST",
            "Hоst",
            "Admin",
            "ADMIN",
            "Anfitrión",
            "moderador",
            "Viewer",
            "VlEWER",
        ] {
            assert!(is_role(name), "{name}");
        }
        for name in ["Ana", "systems", "hostess", "Player host", "Administer", ""] {
            assert!(!is_system(name) && !is_role(name), "{name}");
        }
    }

    #[test]
    fn a_guests_name_says_so_within_the_limit() {
        assert_eq!(as_guest("Ana", 100), "Ana (guest)");
        assert_eq!(as_guest(&"é".repeat(100), 100).chars().count(), 100);
        assert_eq!(as_guest("Ana B", 12), "Ana (guest)");
    }
}
