//! What the program says outside of its pages: tray, notifications and dialogs of the system.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::settings::Language;

/// All words of one language, as its file has them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    pub(crate) open: &'static str,
    pub(crate) copy_link: &'static str,
    pub(crate) start: &'static str,
    pub(crate) stop: &'static str,
    pub(crate) quit: &'static str,
    pub(crate) running: &'static str,
    pub(crate) stopped: &'static str,
    pub(crate) failed: &'static str,
    pub(crate) busy: &'static str,
    pub(crate) first_join: &'static str,
    pub(crate) first_join_text: &'static str,
    pub(crate) report: &'static str,
    pub(crate) report_text: &'static str,
    pub(crate) trouble: &'static str,
    pub(crate) degraded: &'static str,
    pub(crate) degraded_text: &'static str,
    pub(crate) quit_text: &'static str,
    pub(crate) quit_yes: &'static str,
    pub(crate) quit_no: &'static str,
    pub(crate) save: &'static str,
    pub(crate) open_file: &'static str,
    pub(crate) folder: &'static str,
    pub(crate) backup: &'static str,
    pub(crate) restore: &'static str,
    pub(crate) restore_text: &'static str,
    pub(crate) restore_yes: &'static str,
    pub(crate) diagnostics: &'static str,
    pub(crate) pictures: &'static str,
    pub(crate) any_file: &'static str,
    pub(crate) databases: &'static str,
    pub(crate) cancel: &'static str,
    /// A question's title, its text with `#` for a folder, and the verb that goes on.
    #[serde(borrow)]
    pub(crate) move_world: [&'static str; 3],
    #[serde(borrow)]
    pub(crate) other_world: [&'static str; 3],
    #[serde(borrow)]
    pub(crate) begin_world: [&'static str; 3],
    #[serde(borrow)]
    accounts: [&'static str; 2],
    #[serde(borrow)]
    messages: [&'static str; 2],
    #[serde(borrow)]
    players: [&'static str; 2],
    #[serde(borrow)]
    quit_title: [&'static str; 2],
    #[serde(borrow)]
    close_title: [&'static str; 2],
}

impl Words {
    /// The words of a language, or of the system's.
    pub(crate) fn of(language: Language) -> &'static Self {
        let code = language.code().unwrap_or_else(|| {
            let locale = sys_locale::get_locale().unwrap_or_default();
            languages::code_of(&locale)
        });
        Self::named(code)
    }

    #[expect(
        clippy::expect_used,
        reason = "the files are part of the program, and a test reads each"
    )]
    fn named(code: &str) -> &'static Self {
        static ALL: LazyLock<Vec<(&'static str, Words)>> = LazyLock::new(|| {
            let files = languages::all().iter();
            files
                .map(|file| {
                    let words = serde_json::from_str(file.desktop.get());
                    (file.code, words.expect("each file has these words"))
                })
                .collect()
        });
        let named = ALL.iter().find(|(own, _)| *own == code);
        &named.expect("each language has its words").1
    }

    /// "1 player", "3 players".
    pub(crate) fn players(&self, count: u64) -> String {
        counted(self.players, count)
    }

    /// "12 accounts, 340 messages".
    pub(crate) fn contents(&self, accounts: u64, messages: u64) -> String {
        let messages = counted(self.messages, messages);
        format!("{}, {messages}", counted(self.accounts, accounts))
    }

    /// The question before quitting while people are here.
    pub(crate) fn quit_title(&self, players: u64) -> String {
        counted(self.quit_title, players)
    }

    /// The question before the world closes while people are here.
    pub(crate) fn close_title(&self, players: u64) -> String {
        counted(self.close_title, players)
    }
}

fn counted([one, many]: [&'static str; 2], count: u64) -> String {
    if count == 1 { one } else { many }.replace('#', &count.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_all_words() {
        for file in languages::all() {
            let words = Words::named(file.code);
            assert!(!words.quit.is_empty(), "{}", file.code);
            assert!(words.contents(2, 3).contains('3'), "{}", file.code);
            assert!(words.move_world[1].contains('#'), "{}", file.code);
        }
    }

    #[test]
    fn words_count() {
        let english = Words::named("en");
        assert_eq!(english.players(0), "0 players");
        assert_eq!(english.players(1), "1 player");
        assert_eq!(
            english.close_title(1),
            "Close the world while 1 player is here?"
        );
        let spanish = Words::named("es");
        assert_eq!(spanish.quit_title(3), "¿Salir con 3 jugadores dentro?");
    }
}
