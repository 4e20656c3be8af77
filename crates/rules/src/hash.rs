//! A number that stands for some bytes: the same on every machine and for ever.

/// FNV-1a over 64 bits.
pub(crate) fn of(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
