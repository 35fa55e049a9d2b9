//! What the pages name is there: links and pictures, and of those about the inside paths and every word in code type.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use crate::tree::{below, root};

fn words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|it: char| !it.is_alphanumeric() && it != '_');
    words.filter(|it| !it.starts_with(char::is_numeric))
}

#[test]
fn what_the_pages_name_is_there() {
    let (root, paths) = (root(), below(root()));
    let (pages, others): (Vec<_>, Vec<_>) = paths
        .iter()
        .partition(|it| it.extension().is_some_and(|it| it == "md"));
    // Names that a macro puts together stand whole in the table of settings alone.
    let table = pages.iter().filter(|it| it.ends_with("settings.md"));
    let texts: Vec<_> = others
        .iter()
        .chain(table)
        .filter_map(|it| fs::read_to_string(it).ok())
        .collect();
    let known: HashSet<&str> = texts.iter().flat_map(|it| words(it)).collect();
    let inside = [
        root.join("server-core/docs"),
        root.join("server-core/ARCHITECTURE.md"),
        root.join("CONTRIBUTING.md"),
    ];
    for page in pages
        .iter()
        // Its words are those of the table of settings, which a test of its own compares it with.
        .filter(|page| !page.ends_with("settings.md"))
        .filter(|page| inside.iter().any(|it| page.starts_with(it)))
    {
        let text = fs::read_to_string(page).unwrap();
        let prose: String = text.split("\n```").step_by(2).collect();
        for span in prose
            .lines()
            .flat_map(|line| line.split('`').skip(1).step_by(2))
        {
            let mut endings = [".rs", ".ts", ".tsx", ".lua"].iter();
            let is_source = endings.any(|it| span.ends_with(it));
            // `@scope/name` is a package.
            let is_path = (is_source || span.contains('/'))
                && !span.starts_with(['/', '@'])
                && !span.contains([' ', '{', '*', ':', '<', ',']);
            let is_there = !is_path || paths.iter().any(|it| it.ends_with(span));
            let strange = words(span).find(|word| !known.contains(word));
            assert!(
                is_there && strange.is_none(),
                "{}: `{span}` {strange:?}",
                page.display()
            );
        }
    }
}

/// What a source file declares or passes on, and the modules it stands in, from the outside to the inside.
struct Declarations<'t> {
    modules: Vec<String>,
    names: HashSet<&'t str>,
}

impl<'t> Declarations<'t> {
    fn of(path: &Path, text: &'t str) -> Self {
        const KEYWORDS: [&str; 8] = [
            "fn", "struct", "enum", "trait", "type", "const", "static", "mod",
        ];
        let before = words(text);
        let declared = before
            .zip(words(text).skip(1))
            .filter(|(keyword, _)| KEYWORDS.contains(keyword))
            .map(|(_, name)| name);
        let passed_on = text.split("pub use ").skip(1);
        let passed_on = passed_on.filter_map(|it| it.split(';').next());
        Self {
            modules: path
                .with_extension("")
                .iter()
                .map(|it| it.to_string_lossy().replace('-', "_"))
                .collect(),
            names: declared.chain(passed_on.flat_map(words)).collect(),
        }
    }

    /// Whether `name` is within `module` by this file.
    fn has(&self, module: &str, name: &str) -> bool {
        let mut inner = self.modules.iter().skip_while(|it| *it != module);
        inner.next().is_some() && (inner.any(|it| it == name) || self.names.contains(name))
    }
}

/// `a` and `b` of `a::b`, wherever a page writes that in code type.
fn paths_in(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let prose = text.split("\n```").step_by(2);
    let spans = prose.flat_map(|it| {
        it.lines()
            .flat_map(|line| line.split('`').skip(1).step_by(2))
    });
    spans
        .flat_map(|span| {
            let parts = span.split("::").zip(span.split("::").skip(1));
            parts
                .filter_map(|(before, behind)| Some((words(before).last()?, words(behind).next()?)))
        })
        // An address of IPv6 has nothing there.
        .filter(|(outer, name)| !outer.is_empty() && !name.is_empty())
}

/// A word may be anywhere; what stands behind a module has to be in that, and a type has to be one.
#[test]
fn what_stands_behind_a_module_is_in_it() {
    let root = root();
    let (sources, pages): (Vec<_>, Vec<_>) = below(root)
        .into_iter()
        .filter(|it| it.extension().is_some_and(|it| it == "rs" || it == "md"))
        .partition(|it| it.extension().is_some_and(|it| it == "rs"));
    let sources: Vec<_> = sources
        .iter()
        .map(|it| {
            (
                it.strip_prefix(root).unwrap(),
                fs::read_to_string(it).unwrap(),
            )
        })
        .collect();
    let declarations: Vec<_> = sources
        .iter()
        .map(|(path, text)| Declarations::of(path, text))
        .collect();
    let inside = [
        "server-core/docs",
        "server-core/ARCHITECTURE.md",
        "CONTRIBUTING.md",
    ];
    for page in pages
        .iter()
        .filter(|page| inside.iter().any(|it| page.starts_with(root.join(it))))
    {
        let text = fs::read_to_string(page).unwrap();
        for (outer, name) in paths_in(&text) {
            let is_there = match outer.starts_with(char::is_uppercase) {
                true => declarations.iter().any(|it| it.names.contains(outer)),
                false => declarations.iter().any(|it| it.has(outer, name)),
            };
            assert!(is_there, "{}: `{outer}::{name}`", page.display());
        }
    }
}

/// Where a page leads to or what it shows, outside of code.
fn links(text: &str) -> Vec<&str> {
    let prose = text.split("\n```").step_by(2);
    prose
        .flat_map(|it| it.split("](").skip(1))
        .filter_map(|it| it.split([')', '#']).next())
        .filter(|it| !it.is_empty())
        .collect()
}

/// The front door included, and what is installed from here.
#[test]
fn where_pages_lead_is_there() {
    for page in below(root())
        .iter()
        .filter(|it| it.extension().is_some_and(|it| it == "md"))
    {
        for link in links(&fs::read_to_string(page).unwrap()) {
            let is_there = link.contains("://") || page.with_file_name(link).exists();
            assert!(is_there, "{}: ({link})", page.display());
        }
    }
}

/// Whoever looks at the front door on a slow line sees what the program is.
#[test]
fn the_readme_opens_with_two_light_pictures() {
    const MOST: u64 = 300_000;
    let text = fs::read_to_string(root().join("README.md")).unwrap();
    let opening = text.split("\n## ").next().unwrap();
    let pictures = links(opening).into_iter().filter(|it| it.ends_with(".png"));
    let weights: Vec<_> = pictures
        .map(|it| fs::metadata(root().join(it)).unwrap().len())
        .collect();
    assert_eq!(weights.len(), 2);
    assert!(weights.iter().all(|it| *it < MOST), "{weights:?}");
}
