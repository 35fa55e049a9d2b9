//! The committed corpus of the fuzz targets, replayed: what once broke a parser does not again. `fuzz/run.sh`
//! runs the targets themselves.
#![expect(clippy::expect_used, reason = "a panic is a failed test")]

use std::path::Path;

#[path = "../fuzz/targets.rs"]
mod targets;

#[test]
fn the_corpus_passes() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    for (name, target) in targets::ALL {
        let files = std::fs::read_dir(corpus.join(name)).unwrap();
        let mut count = 0;
        for file in files {
            let path = file.unwrap().path();
            eprintln!("{}", path.display());
            target(&std::fs::read(&path).unwrap());
            count += 1;
        }
        assert!(count >= 5, "{name} has hardly a corpus");
    }
}

/// Five hundred variants of each file, so that every test run finds what breaks a parser near them: a byte
/// changed, left out with all behind it, doubled or taken from another file.
#[test]
fn variants_of_the_corpus_pass() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below.max(1) as u64).unwrap()
    };
    for (name, target) in targets::ALL {
        let files = std::fs::read_dir(corpus.join(name)).unwrap();
        let files: Vec<Vec<u8>> = files
            .map(|file| std::fs::read(file.unwrap().path()).unwrap())
            .collect();
        for file in &files {
            for _ in 0..500 {
                let mut bytes = file.clone();
                for _ in 0..=random(3) {
                    let at = random(bytes.len());
                    let other = &files[random(files.len())];
                    match random(5) {
                        0 => bytes.truncate(at),
                        1 => bytes.insert(at, u8::try_from(random(256)).unwrap()),
                        2 => bytes.extend_from_slice(&other[random(other.len())..]),
                        _ => {
                            if let Some(byte) = bytes.get_mut(at) {
                                *byte ^= 1 << random(8);
                            }
                        }
                    }
                }
                target(&bytes);
            }
        }
    }
}
