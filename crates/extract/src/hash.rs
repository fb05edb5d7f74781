//! A hash that is the same on every machine and for all time, for ids made from content.

/// The 64-bit FNV-1a hash of a text, as 16 hexadecimal digits.
pub(crate) fn hex64(text: &str) -> String {
    let hash = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}
