//! A release holds the built widget and desk, so it is built again when they
//! are. Other builds read them from disk.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        let built = Path::new("../pkg/dist");
        println!("cargo::rerun-if-changed={}", built.display());
        if !built.join("manifest.json").exists() {
            println!(
                "cargo::warning=this binary will hold neither widget nor desk: \
                 run `cargo xtask build --release` first"
            );
        }
    }
}
