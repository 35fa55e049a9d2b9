//! What the program says outside of its pages: tray, notifications and dialogs of the system.

use crate::settings::Language;

/// All words of one language.
#[derive(Debug)]
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
    pub(crate) move_world: [&'static str; 3],
    pub(crate) other_world: [&'static str; 3],
    pub(crate) begin_world: [&'static str; 3],
    accounts: [&'static str; 2],
    messages: [&'static str; 2],
    players: [&'static str; 2],
    quit_title: [&'static str; 2],
    close_title: [&'static str; 2],
}

impl Words {
    /// The words of a language, or of the system's.
    pub(crate) fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &ENGLISH,
            Language::Es => &SPANISH,
            Language::System => of_locale(&sys_locale::get_locale().unwrap_or_default()),
        }
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

fn of_locale(locale: &str) -> &'static Words {
    match locale.get(..2) {
        Some("es") => &SPANISH,
        _ => &ENGLISH,
    }
}

fn counted([one, many]: [&'static str; 2], count: u64) -> String {
    if count == 1 { one } else { many }.replace('#', &count.to_string())
}

const ENGLISH: Words = Words {
    open: "Open CoMutiNy",
    copy_link: "Copy link",
    start: "Start the world",
    stop: "Stop the world",
    quit: "Quit",
    running: "Running",
    stopped: "Stopped",
    failed: "Not running",
    busy: "One moment",
    first_join: "Somebody is here",
    first_join_text: "The first light is on in your world.",
    report: "A player was reported",
    report_text: "The report waits for you in the window.",
    trouble: "The world is closed",
    degraded: "Something behind the world does not work",
    degraded_text: "People can play on. The dashboard says what is wrong.",
    quit_text: "They are told that the world closes, and leave.",
    quit_yes: "Quit",
    quit_no: "Stay open",
    save: "Save",
    open_file: "Choose a file",
    folder: "Choose the folder of the world",
    backup: "Back up the world",
    restore: "Restore a backup",
    restore_text: "The world closes, its accounts, chat and sprites are replaced by the backup, and it opens again. What is replaced is kept beside it.",
    restore_yes: "Restore",
    diagnostics: "Save diagnostics",
    pictures: "Pictures",
    any_file: "Files",
    databases: "Backups",
    cancel: "Cancel",
    move_world: [
        "Move the world?",
        "It closes, is copied to # and checked, and opens again from there. The old folder is kept as it is.",
        "Move",
    ],
    other_world: [
        "Open the world in this folder?",
        "# holds a world already. It is opened instead of this one, which stays where it is.",
        "Open",
    ],
    begin_world: [
        "Begin a new world here?",
        "There is no world in #. A new, empty one is made there.",
        "Begin",
    ],
    accounts: ["1 account", "# accounts"],
    messages: ["1 message", "# messages"],
    players: ["1 player", "# players"],
    quit_title: [
        "Quit while 1 player is here?",
        "Quit while # players are here?",
    ],
    close_title: [
        "Close the world while 1 player is here?",
        "Close the world while # players are here?",
    ],
};

const SPANISH: Words = Words {
    open: "Abrir CoMutiNy",
    copy_link: "Copiar enlace",
    start: "Abrir el mundo",
    stop: "Cerrar el mundo",
    quit: "Salir",
    running: "En marcha",
    stopped: "Detenido",
    failed: "No funciona",
    busy: "Un momento",
    first_join: "Ha entrado alguien",
    first_join_text: "Se ha encendido la primera luz de tu mundo.",
    report: "Han avisado de un jugador",
    report_text: "El aviso te espera en la ventana.",
    trouble: "El mundo está cerrado",
    degraded: "Algo detrás del mundo no funciona",
    degraded_text: "Se puede seguir jugando. El panel dice qué pasa.",
    quit_text: "Se les dice que el mundo cierra, y salen.",
    quit_yes: "Salir",
    quit_no: "Seguir abierto",
    save: "Guardar",
    open_file: "Elige un archivo",
    folder: "Elige la carpeta del mundo",
    backup: "Copia de seguridad del mundo",
    restore: "Restaurar una copia",
    restore_text: "El mundo se cierra, sus cuentas, su chat y sus imágenes se sustituyen por los de la copia, y vuelve a abrirse. Lo sustituido se guarda al lado.",
    restore_yes: "Restaurar",
    diagnostics: "Guardar diagnóstico",
    pictures: "Imágenes",
    any_file: "Archivos",
    databases: "Copias de seguridad",
    cancel: "Cancelar",
    move_world: [
        "¿Mover el mundo?",
        "Se cierra, se copia a # y se comprueba, y vuelve a abrirse desde allí. La carpeta anterior se conserva como está.",
        "Mover",
    ],
    other_world: [
        "¿Abrir el mundo de esta carpeta?",
        "En # ya hay un mundo. Se abre en lugar de este, que se queda donde está.",
        "Abrir",
    ],
    begin_world: [
        "¿Empezar aquí un mundo nuevo?",
        "En # no hay ningún mundo. Se crea uno nuevo y vacío.",
        "Empezar",
    ],
    accounts: ["1 cuenta", "# cuentas"],
    messages: ["1 mensaje", "# mensajes"],
    players: ["1 jugador", "# jugadores"],
    quit_title: [
        "¿Salir con 1 jugador dentro?",
        "¿Salir con # jugadores dentro?",
    ],
    close_title: [
        "¿Cerrar el mundo con 1 jugador dentro?",
        "¿Cerrar el mundo con # jugadores dentro?",
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_follow_the_system_and_count() {
        assert_eq!(of_locale("es-MX").quit, "Salir");
        assert_eq!(of_locale("de-DE").quit, "Quit");
        assert_eq!(of_locale("").quit, "Quit");
        assert_eq!(ENGLISH.players(0), "0 players");
        assert_eq!(ENGLISH.players(1), "1 player");
        assert_eq!(
            ENGLISH.close_title(1),
            "Close the world while 1 player is here?"
        );
        assert_eq!(SPANISH.quit_title(3), "¿Salir con 3 jugadores dentro?");
    }
}
