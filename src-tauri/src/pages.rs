//! The pages of the window: the same files that the server embeds and serves, under the same paths.

use std::borrow::Cow;

use server_core::http::embedded_file;
use tauri::utils::assets::{AssetKey, AssetsIter, CspHash};
use tauri::{App, Assets, Runtime};

/// Said where the program was built without its pages.
const MISSING: &[u8] = b"<!doctype html><title>CoMutiNy</title><body style='background:#F2F5F6;color:#101E28;font:16px/1.5 system-ui;padding:2rem'><p>This program was built without its pages. Run <code>npm ci</code> and <code>npm run build</code> in the folder <code>ui</code>, then build it again.";

/// The page the window shows.
pub(crate) const PAGE: &str = "admin/index.html";

/// The origin of this program's pages. WebView2 knows no schemes of its own; elsewhere the name is one
/// that anybody may serve.
pub(crate) const ORIGIN: &str = if cfg!(windows) {
    "http://tauri.localhost"
} else {
    "tauri://localhost"
};

/// Serves the embedded files to the window.
pub(crate) struct Pages;

impl<R: Runtime> Assets<R> for Pages {
    fn setup(&self, _app: &App<R>) {}

    fn get(&self, key: &AssetKey) -> Option<Cow<'_, [u8]>> {
        find(key.as_ref())
    }

    fn iter(&self) -> Box<AssetsIter<'_>> {
        Box::new(std::iter::empty())
    }

    fn csp_hashes(&self, _html_path: &AssetKey) -> Box<dyn Iterator<Item = CspHash<'_>> + '_> {
        Box::new(std::iter::empty())
    }
}

/// Built files lie under `/ui/` for every page; the page itself lies at its own path.
fn find(path: &str) -> Option<Cow<'static, [u8]>> {
    let path = path.trim_start_matches('/');
    let file = match path.strip_prefix("ui/") {
        Some(built) => embedded_file(built),
        None if path == PAGE => embedded_file(PAGE).or(Some(Cow::Borrowed(MISSING))),
        None => None,
    };
    file.filter(|file| !file.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_administration_and_built_files_are_shown() {
        assert!(find("/admin/index.html").is_some());
        assert!(find("/index.html").is_none());
        assert!(find("/ui/nothing-of-ours.js").is_none());
        assert!(find("/../Cargo.toml").is_none());
    }
}
