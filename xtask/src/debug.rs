//! Takes out of a module how values are written for us: Rust's `Debug`.
//!
//! Only a panic would show it, as a part of what it says. Nobody reads that in a
//! page, and what writes it is a kilobyte.

use std::path::Path;

use anyhow::{Context as _, Result};
use walrus::{FunctionBuilder, FunctionKind, Module, ValType};

/// How the names of these functions end, before a hash: in the old way to write
/// names and in the new one.
const DEBUG: [&str; 2] = ["Debug$GT$3fmt", "5Debug3fmt"];

/// Lets values write nothing for us. The module still has the names of its
/// functions.
pub(crate) fn forget(module: &Path) -> Result<()> {
    let mut wasm = Module::from_file(module)
        .with_context(|| format!("`{}` cannot be read", module.display()))?;
    let found: Vec<_> = wasm
        .funcs
        .iter_local()
        .filter(|(id, function)| {
            let name = wasm.funcs.get(*id).name.as_deref();
            let kind = wasm.types.get(function.ty());
            name.is_some_and(writes_for_us)
                && kind.params() == [ValType::I32; 2]
                && kind.results() == [ValType::I32]
        })
        .map(|(id, _)| id)
        .collect();
    for id in found {
        let parameters = [ValType::I32; 2];
        let arguments = parameters.map(|kind| wasm.locals.add(kind)).to_vec();
        let mut quiet = FunctionBuilder::new(&mut wasm.types, &parameters, &[ValType::I32]);
        // Nothing is written, and nothing went wrong.
        quiet.func_body().i32_const(0);
        wasm.funcs.get_mut(id).kind = FunctionKind::Local(quiet.local_func(arguments));
    }
    wasm.emit_wasm_file(module)
}

fn writes_for_us(name: &str) -> bool {
    DEBUG.iter().any(|end| name.contains(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_writes_for_us_is_meant() {
        assert!(writes_for_us(
            "_ZN58_$LT$wasm_bindgen..JsValue$u20$as$u20$core..fmt..Debug$GT$3fmt17h0123456789abcdefE"
        ));
        assert!(writes_for_us(
            "_RNvXsZ_NtNtCsgXGp5Oqx2Ny_4core3fmt3numjNtB7_5Debug3fmt"
        ));
        assert!(!writes_for_us(
            "_RNvXs8_NtNtNtCsgXGp5Oqx2Ny_4core3fmt3num3impmNtB9_7Display3fmt"
        ));
    }
}
