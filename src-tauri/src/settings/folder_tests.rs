//! A file that means to say where the world lies, and what becomes of it.

use std::path::Path;

use super::{AppSettings, InstanceSettings, Theme};
use crate::host::FailureCode;
use crate::places::Places;

/// The settings of a home folder whose file holds `text`.
fn settings(home: &Path, text: impl AsRef<[u8]>) -> InstanceSettings {
    let places = Places::new(None, Some(home.join("config")), Some(home.join("data")));
    std::fs::create_dir_all(places.app_file.parent().unwrap()).unwrap();
    std::fs::write(&places.app_file, text).unwrap();
    InstanceSettings::open(places)
}

/// Files beside the settings.
fn beside(settings: &InstanceSettings) -> usize {
    let folder = settings.places().app_file.parent().unwrap();
    std::fs::read_dir(folder).unwrap().count()
}

fn dark(settings: &InstanceSettings) -> AppSettings {
    AppSettings {
        theme: Theme::Dark,
        ..settings.app()
    }
}

#[test]
fn a_folder_that_was_meant_in_any_spelling_is_unknown_and_stays_in_the_file() {
    let utf_16: Vec<u8> = "data_dir = '/w'"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let texts: [&[u8]; 16] = [
        br#"data_dir = "D:\worlds""#,
        br#""data_dir" = "D:\worlds""#,
        b"data_dir: '/w'",
        b"data_dir '/w'",
        b"/w is the data_dir",
        b"datadir = '/w'",
        b"data-dir = '/w'",
        b"DATA_DIR = '/w'",
        b"Data_Folder = '/w'",
        b"[desktop]\ndata_dir = '/w'",
        b"data_dir.path = '/w'",
        b"data_dir = 5",
        b"data_dir = ''",
        b"data_dir = '/w'\ndata_dir = '/v'",
        b"\0\0\0\0",
        &utf_16,
    ];
    for text in texts {
        let home = tempfile::tempdir().unwrap();
        let shown = String::from_utf8_lossy(text);
        let all = [text, b"\n"].concat();
        let check = |settings: &InstanceSettings| {
            let missing = settings.missing_world().expect(&shown);
            assert_eq!(missing.code, FailureCode::FolderUnknown, "{shown}");
            assert_eq!(settings.problems().len(), 1, "{shown}");
            let file = std::fs::read(&settings.places().app_file).unwrap();
            assert_eq!((file, beside(settings)), (all.clone(), 1), "{shown}");
        };
        let opened = settings(home.path(), &all);
        check(&opened);
        let refused = opened.set_app(dark(&opened)).unwrap_err().to_string();
        assert!(refused.contains("Choose the folder"), "{refused}");
        check(&opened);
        check(&InstanceSettings::open(opened.places().clone()));
    }
}

#[test]
fn a_folder_that_is_chosen_takes_the_place_of_one_that_was_lost() {
    let home = tempfile::tempdir().unwrap();
    let text = "theme = 'dark'\ndata_dir = \"D:\\worlds\"\n";
    let opened = settings(home.path(), text);
    let folder = home.path().join("disk");
    opened.choose_folder(&folder).unwrap();
    let kept_as = opened.problems()[0].kept_as.clone().unwrap();
    assert_eq!(std::fs::read_to_string(kept_as).unwrap(), text);
    opened.set_app(AppSettings::default()).unwrap();

    let again = InstanceSettings::open(opened.places().clone());
    assert_eq!(
        (again.data_dir(), again.app().theme),
        (folder, Theme::System)
    );
    assert!(again.problems().is_empty(), "{:?}", again.problems());
}

#[test]
fn what_says_nothing_of_a_folder_costs_itself_alone() {
    for text in [
        "theme = ",
        "theme = 'pink'",
        "colour = 'dir'",
        "dark theme",
        "# data_dir = '/w",
    ] {
        let home = tempfile::tempdir().unwrap();
        let opened = settings(home.path(), text);
        assert_eq!(opened.missing_world(), None, "{text}");
        opened.set_app(dark(&opened)).unwrap();
        let again = InstanceSettings::open(opened.places().clone());
        assert_eq!(
            (again.app().theme, again.problems().len()),
            (Theme::Dark, 0),
            "{text}"
        );
    }
    let home = tempfile::tempdir().unwrap();
    let opened = settings(home.path(), "data_dir = '/w'\ndatadir = '/v'\n");
    assert_eq!(opened.data_dir(), Path::new("/w"));
    assert_eq!(opened.problems().len(), 1);
    opened.set_app(dark(&opened)).unwrap();
}
