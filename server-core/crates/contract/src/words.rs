//! Words that a world does not want to read, found in what somebody says.

use std::collections::HashMap;

use super::names::{likeness, likenesses};

/// Words and phrases, ready to be looked for.
///
/// A word is found as a whole word: `ass` is not in `class`. Where the list is *folded*, letters that
/// look alike count as the same (`с` like `c`, `0` like `o`), by the skeleton that names are compared
/// by; else only upper and lower case do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WordList {
    /// By the form they are compared in, as the host wrote them.
    words: HashMap<String, String>,
    folded: bool,
    /// Words of the longest phrase.
    longest: usize,
}

impl WordList {
    /// Reads a list whose words stand between commas.
    #[must_use]
    pub fn read(text: &str, folded: bool) -> Self {
        let mut list = Self {
            folded,
            ..Self::default()
        };
        for word in text.split(',') {
            let written = word.split_whitespace().collect::<Vec<_>>().join(" ");
            if written.is_empty() {
                continue;
            }
            list.longest = list.longest.max(written.split(' ').count());
            let form = list.form(&written);
            list.words.insert(form, written);
        }
        list
    }

    /// How many words there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether nothing is unwanted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The first unwanted word in a text, as the host wrote it.
    #[must_use]
    pub fn found_in(&self, text: &str) -> Option<&str> {
        if self.words.is_empty() {
            return None;
        }
        let tokens: Vec<&str> = text
            .split_whitespace()
            .flat_map(parts)
            .filter(|token| !token.is_empty())
            .collect();
        (0..tokens.len())
            .flat_map(|start| (1..=self.longest).map(move |length| (start, start + length)))
            .filter_map(|(start, end)| tokens.get(start..end))
            .find_map(|phrase| self.named(&phrase.join(" ")))
    }

    fn named(&self, phrase: &str) -> Option<&str> {
        let found = match self.folded {
            true => likenesses(phrase).find_map(|form| self.words.get(&form)),
            false => self.words.get(&self.form(phrase)),
        };
        found.map(String::as_str)
    }

    fn form(&self, phrase: &str) -> String {
        match self.folded {
            true => likeness(phrase),
            false => phrase.to_lowercase(),
        }
    }
}

/// A word as it stands between blanks, without the punctuation around it; and, where punctuation is
/// inside, its parts as well.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    let outer = word.trim_matches(|letter: char| !letter.is_alphanumeric());
    let inner =
        outer.split(|letter: char| matches!(letter, '.' | ',' | '/' | '-' | '_' | ':' | ';'));
    let several = inner.clone().nth(1).is_some();
    std::iter::once(outer).chain(inner.filter(move |_| several))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(list: &WordList, text: &str, found: Option<&str>) {
        assert_eq!(list.found_in(text), found, "{text:?}");
    }

    #[test]
    fn whole_words_are_found_in_any_case() {
        let list = WordList::read("crap, bad  word,", false);
        assert_eq!(list.len(), 2);
        check(&list, "that was CRAP, do it again", Some("crap"));
        check(&list, "such a bad word!", Some("bad word"));
        check(&list, "end.crap", Some("crap"));
        check(&list, "scrap metal, a bad long word", None);
        check(&list, "сrap with another alphabet", None);
        check(&list, "", None);
    }

    #[test]
    fn letters_that_look_alike_are_the_same_in_a_folded_list() {
        let list = WordList::read("crap,fool", true);
        check(&list, "сrаp", Some("crap"));
        check(&list, "f00l", Some("fool"));
        check(&list, "ｃｒａｐ", Some("crap"));
        check(&list, "CRAP", Some("crap"));
        check(&list, "carp foal", None);
    }

    #[test]
    fn an_empty_list_wants_everything() {
        let list = WordList::read(" , ,", true);
        assert!(list.is_empty());
        check(&list, "anything", None);
    }
}
