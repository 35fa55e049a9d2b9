//! Lists the files of the languages: a new one is known by being there.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=words");
    let folder = Path::new(&env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("words");
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|it| it == "json") {
            paths.push(path);
        }
    }
    paths.sort();
    let mut list = String::new();
    for path in paths {
        let code = path.file_stem().unwrap_or_default();
        // A `String` takes all that is written to it.
        let _ = writeln!(list, "({code:?}, include_str!({path:?})),");
    }
    let out = env::var_os("OUT_DIR").unwrap_or_default();
    fs::write(
        Path::new(&out).join("files.rs"),
        format!("pub(crate) const FILES: &[(&str, &str)] = &[{list}];"),
    )
}
