//! Files of the repository that are compiled in: `(name, text)`, sorted by name.

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The text of a file of `data/ontology`.
pub(crate) fn ontology_file(name: &str) -> &'static str {
    ONTOLOGY_FILES.iter().find(|(file, _)| *file == name).map_or("", |(_, text)| text)
}
