//! The documentation of the code builds, and every link in it leads somewhere.

use anyhow::Result;

use crate::cargo::cargo;
use crate::process;

pub(super) fn run() -> Result<()> {
    process::run(
        cargo()
            .args([
                "doc",
                "--workspace",
                "--no-deps",
                "--document-private-items",
            ])
            // There are no examples: naming them makes cargo choose the same
            // features as for clippy, whose work is then used again.
            .args(["--lib", "--bin", "xtask", "--examples"])
            // It is read by contributors, who see private items as well.
            .env(
                "RUSTDOCFLAGS",
                "-D warnings -A rustdoc::private_intra_doc_links",
            ),
    )
}
