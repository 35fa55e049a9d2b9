//! What the pages name is there: links and pictures, and of those about the inside paths and every word in code type.

use std::collections::HashSet;
use std::fs;

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
