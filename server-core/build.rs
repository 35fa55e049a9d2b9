//! Makes cargo notice newly built pages: they are embedded, but not Rust sources.

fn main() {
    println!("cargo::rerun-if-changed=../ui/dist");
}
