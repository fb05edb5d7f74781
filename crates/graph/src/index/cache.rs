//! The index in a file, as it lies in memory: opening a graph is one read and a checksum.
//!
//! Head: `ENTENTE INDEX`, version, byte order, the digest of what it was made from, sizes, checksum; then the tables.

use std::io::{self, Read, Write};

use bytemuck::{cast_slice, cast_slice_mut};

use super::{Dictionary, Id, Index};

const MAGIC: [u8; 16] = *b"ENTENTE INDEX 1\n";
/// Reads as another number on a machine of the other byte order.
const ORDER: u64 = 0x0102_0304_0506_0708;
/// Longer tables than this are taken for damage, before memory is asked for them.
const LONGEST: u64 = 1 << 36;

/// Why a cached index cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CacheError {
    /// It is not there, or cannot be read.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// It is another version's or another machine's, or damaged: it has to be made anew.
    #[error("the cached index is of another version, or damaged")]
    Unusable,
}

impl Index {
    /// Writes the index; `digest` names what it was made from.
    pub(crate) fn write(&self, digest: u64, out: &mut impl Write) -> io::Result<()> {
        let parts = self.parts();
        let mut head = vec![ORDER, digest];
        head.extend(parts.iter().map(|part| part.len() as u64));
        let checksum = parts.iter().fold(sum(0, cast_slice(&head)), |state, part| sum(state, part));
        head.push(checksum);
        out.write_all(&MAGIC)?;
        out.write_all(cast_slice(&head))?;
        for part in parts {
            out.write_all(part)?;
        }
        Ok(())
    }

    fn parts(&self) -> Vec<&[u8]> {
        let mut parts: Vec<&[u8]> = vec![self.dictionary.text.as_bytes(), cast_slice(&self.dictionary.ends)];
        parts.extend(self.known.iter().map(|table| cast_slice::<[Id; 3], u8>(table)));
        parts.extend(self.told.iter().map(|table| cast_slice::<[Id; 4], u8>(table)));
        parts
    }

    /// Reads an index that [`Index::write`] wrote, and the digest of what it was made from.
    pub(crate) fn read(input: &mut impl Read) -> Result<(Self, u64), CacheError> {
        let mut magic = [0; MAGIC.len()];
        input.read_exact(&mut magic)?;
        let mut head = [0_u64; 12];
        input.read_exact(cast_slice_mut(&mut head))?;
        let [order, digest, sizes @ .., checksum] = head;
        if magic != MAGIC || order != ORDER || sizes.iter().any(|size| *size > LONGEST) {
            return Err(CacheError::Unusable);
        }
        let mut state = sum(0, cast_slice(&head[..head.len() - 1]));
        let [text, ends, spo, pos, osp, spog, posg, ospg, gspo] = sizes;
        let text = String::from_utf8(table::<u8>(input, text, &mut state)?).map_err(|_| CacheError::Unusable)?;
        let dictionary = Dictionary::from_parts(text, table(input, ends, &mut state)?);
        let known = [table(input, spo, &mut state)?, table(input, pos, &mut state)?, table(input, osp, &mut state)?];
        let told = [
            table(input, spog, &mut state)?,
            table(input, posg, &mut state)?,
            table(input, ospg, &mut state)?,
            table(input, gspo, &mut state)?,
        ];
        if state == checksum {
            Ok((Self { dictionary, known, told, ..Self::default() }, digest))
        } else {
            Err(CacheError::Unusable)
        }
    }
}

/// Reads a table of so many bytes, and carries the checksum on.
fn table<T: bytemuck::Pod>(input: &mut impl Read, bytes: u64, state: &mut u64) -> Result<Vec<T>, CacheError> {
    let bytes = usize::try_from(bytes).map_err(|_| CacheError::Unusable)?;
    if !bytes.is_multiple_of(size_of::<T>()) {
        return Err(CacheError::Unusable);
    }
    let mut rows = vec![T::zeroed(); bytes / size_of::<T>()];
    input.read_exact(cast_slice_mut(&mut rows))?;
    *state = sum(*state, cast_slice(&rows));
    Ok(rows)
}

/// Carries a checksum on over some bytes: four lanes of multiply and rotate, so that it runs at memory speed.
fn sum(state: u64, bytes: &[u8]) -> u64 {
    const PRIME: u64 = 0x9e37_79b9_7f4a_7c15;
    let step = |lane: u64, word: &[u8; 8]| (lane ^ u64::from_le_bytes(*word)).wrapping_mul(PRIME).rotate_left(29);
    let (words, rest) = bytes.as_chunks::<8>();
    let mut lanes = [state, state ^ 1, state ^ 2, state ^ 3];
    let (fours, ones) = words.as_chunks::<4>();
    for four in fours {
        for (lane, word) in lanes.iter_mut().zip(four) {
            *lane = step(*lane, word);
        }
    }
    for word in ones {
        lanes[0] = step(lanes[0], word);
    }
    let mut tail = [0; 8];
    tail[..rest.len()].copy_from_slice(rest);
    lanes[1] = step(lanes[1], &tail);
    let length = (bytes.len() as u64).to_le_bytes();
    lanes.iter().fold(step(state, &length), |all, lane| step(all, &lane.to_le_bytes()))
}

#[cfg(test)]
mod tests {
    use oxigraph::model::{GraphNameRef, LiteralRef, NamedNodeRef, QuadRef};

    use super::{super::Builder, *};

    fn small() -> Index {
        let mut builder = Builder::default();
        let node = NamedNodeRef::new_unchecked;
        for (object, graph) in [("a", None), ("b", Some("https://example.org/g")), ("c", None)] {
            let graph = graph.map_or(GraphNameRef::DefaultGraph, |graph| node(graph).into());
            let literal = LiteralRef::new_simple_literal(object);
            builder.add(QuadRef::new(node("https://example.org/s"), node("https://example.org/p"), literal, graph));
        }
        builder.finish().unwrap()
    }

    #[test]
    fn reads_what_it_wrote() {
        let index = small();
        let mut file = Vec::new();
        index.write(7, &mut file).unwrap();
        let (read, digest) = Index::read(&mut file.as_slice()).unwrap();
        assert_eq!((read, digest), (index, 7));
    }

    #[test]
    fn notices_every_flipped_byte_and_every_cut() {
        let mut file = Vec::new();
        small().write(7, &mut file).unwrap();
        for place in 0..file.len() {
            let mut damaged = file.clone();
            damaged[place] ^= 0x20;
            assert!(Index::read(&mut damaged.as_slice()).is_err(), "byte {place}");
            assert!(Index::read(&mut &file[..place]).is_err(), "cut at {place}");
        }
    }
}
