//! The binary `saluda`.

use std::process::ExitCode;

fn main() -> ExitCode {
    saluda::run()
}
