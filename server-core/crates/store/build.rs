//! Makes cargo notice new migrations: they are embedded, but not Rust sources.

fn main() {
    println!("cargo::rerun-if-changed=../../migrations");
}
