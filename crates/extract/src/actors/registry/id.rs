//! Ids of actors that no file knows: made from kind and name alone, so that they are the same on every machine.

use entente_model::EntityKind;

use super::fold;

/// A slug of the name and a hash of kind and name: `leyla-adan-4f1c09ab`.
pub fn local_id(kind: EntityKind, name: &str) -> String {
    let folded = fold(name).to_lowercase();
    let mut slug = String::with_capacity(folded.len() + 9);
    for character in folded.chars() {
        if character.is_ascii_alphanumeric() {
            slug.push(character);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= 60 {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    let kind = match kind {
        EntityKind::Person => "person",
        EntityKind::Country => "country",
        EntityKind::Organization => "organization",
        EntityKind::Group => "group",
        EntityKind::Place => "place",
        EntityKind::Other => "other",
    };
    let hash = fnv1a(kind.bytes().chain([b'/']).chain(folded.bytes()));
    let slug = if slug.is_empty() { kind } else { slug };
    format!("{slug}-{hash:08x}")
}

/// The 32-bit FNV-1a hash: short, and fixed for all time, which the standard library's is not.
fn fnv1a(bytes: impl Iterator<Item = u8>) -> u32 {
    bytes.fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_depends_on_name_and_kind_alone() {
        let id = local_id(EntityKind::Person, "Leyla Adán");
        assert!(id.starts_with("leyla-adan-"), "{id}");
        assert_eq!(id, local_id(EntityKind::Person, "leyla  adan"));
        assert_ne!(id, local_id(EntityKind::Place, "Leyla Adan"));
        assert!(local_id(EntityKind::Group, "！").starts_with("group-"));
    }
}
