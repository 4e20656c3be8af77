#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| saluda::laws::token(text));
