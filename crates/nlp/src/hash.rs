//! The two hashes that the weights were trained with.
//!
//! In: a string or a 64-bit key. Out: `MurmurHash64A` (names of strings) and `MurmurHash3` x64-128 (rows of hash embeddings).

/// `MurmurHash64A` with seed 1: the number that stands for a string.
pub(crate) fn string_hash(bytes: &[u8]) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    const R: u32 = 47;
    let mut hash = 1 ^ (bytes.len() as u64).wrapping_mul(M);
    let mut words = bytes.chunks_exact(8);
    for word in &mut words {
        let mut k = word.iter().rev().fold(0u64, |k, &byte| k << 8 | u64::from(byte));
        k = k.wrapping_mul(M);
        k ^= k >> R;
        hash = (hash ^ k.wrapping_mul(M)).wrapping_mul(M);
    }
    let rest = words.remainder();
    if !rest.is_empty() {
        let tail = rest.iter().rev().fold(0u64, |k, &byte| k << 8 | u64::from(byte));
        hash = (hash ^ tail).wrapping_mul(M);
    }
    hash ^= hash >> R;
    hash = hash.wrapping_mul(M);
    hash ^ hash >> R
}

/// `MurmurHash3` x64-128 of one 64-bit key, as four 32-bit numbers: the four rows of a hash embedding.
#[allow(clippy::cast_possible_truncation, reason = "the hash is cut into halves")]
pub(crate) fn row_hashes(key: u64, seed: u32) -> [u32; 4] {
    fn mix(mut h: u64) -> u64 {
        h ^= h >> 33;
        h = h.wrapping_mul(0xff51_afd7_ed55_8ccd);
        h ^= h >> 33;
        h = h.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        h ^ h >> 33
    }
    let block = key.wrapping_mul(0x87c3_7b91_1142_53d5).rotate_left(31).wrapping_mul(0x4cf5_ad43_2745_937f);
    let mut h1 = block ^ u64::from(seed) ^ 8;
    let mut h2 = u64::from(seed) ^ 8;
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    h1 = mix(h1);
    h2 = mix(h2);
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    [h1 as u32, (h1 >> 32) as u32, h2 as u32, (h2 >> 32) as u32]
}

#[cfg(test)]
mod tests {
    use super::{row_hashes, string_hash};

    #[test]
    fn agrees_with_spacy_and_thinc() {
        assert_eq!(string_hash(b"apple"), 8_566_208_034_543_834_098);
        assert_eq!(string_hash(b"international"), 6_392_893_036_165_415_004);
        let apple = [2_653_853_934, 3_922_826_080, 3_980_780_901, 3_736_755_472];
        assert_eq!(row_hashes(8_566_208_034_543_834_098, 8), apple);
        assert_eq!(row_hashes(1, 8), [1_161_550_108, 2_247_783_286, 1_742_325_162, 1_224_191_281]);
    }
}
