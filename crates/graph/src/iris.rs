//! IRIs of things: from what a thing is, its IRI, by content alone.
//!
//! `Q212` is `http://www.wikidata.org/entity/Q212` on every machine; a meeting is `event/` and its id below the base.

use entente_model::{Amount, Bound, Item};
use oxigraph::model::NamedNode;

use crate::vocabulary::{ONTOLOGY, PREFIXES, WIKIDATA};

/// The IRI under which instances are minted unless another base is asked for.
pub const DEFAULT_BASE: &str = ONTOLOGY;

/// A text that cannot be the base of IRIs.
#[derive(Debug, thiserror::Error)]
#[error("{0:?} cannot be a base: give an absolute IRI that ends in `/` or `#`, like https://example.org/kg/")]
pub struct BaseError(String);

/// The namespace that instances are minted in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base(String);

/// The kinds of instances that have a namespace, which is also the name of its prefix.
const KINDS: [&str; 11] = [
    "actor",
    "agreement",
    "amount",
    "article",
    "event",
    "fact",
    "item",
    "mention",
    "package",
    "partystage",
    "publisher",
];

impl Default for Base {
    fn default() -> Self {
        Self(DEFAULT_BASE.to_owned())
    }
}

impl Base {
    /// Checks and takes a base.
    ///
    /// # Errors
    /// If the text is not an absolute IRI that ends in `/` or `#`.
    pub fn new(base: &str) -> Result<Self, BaseError> {
        let error = || BaseError(base.to_owned());
        if !base.ends_with(['/', '#']) {
            return Err(error());
        }
        NamedNode::new(base).map_err(|_| error())?;
        Ok(Self(base.to_owned()))
    }

    /// The IRI itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// All prefixes, those of the instances among them, sorted by name.
    pub fn prefixes(&self) -> Vec<(String, String)> {
        let mut prefixes: Vec<(String, String)> = PREFIXES.iter().map(|(n, i)| ((*n).into(), (*i).into())).collect();
        prefixes.extend(KINDS.iter().map(|kind| ((*kind).to_owned(), format!("{}{kind}/", self.0))));
        prefixes.sort();
        prefixes
    }

    pub(crate) fn entity(&self, id: &str) -> String {
        if is_wikidata_item(id) { format!("{WIKIDATA}{id}") } else { self.mint("actor", id) }
    }

    pub(crate) fn event(&self, id: &str) -> String {
        self.mint("event", id)
    }

    pub(crate) fn article(&self, id: &str) -> String {
        self.mint("article", &slug_and_hash(id))
    }

    pub(crate) fn publisher(&self, name: &str) -> String {
        self.mint("publisher", &slug_and_hash(name))
    }

    pub(crate) fn agreement(&self, name: &str) -> String {
        self.mint("agreement", name)
    }

    /// A sentence is a stretch of its article: `article/x#char=10,42`.
    pub(crate) fn sentence(article: &str, start: usize, end: usize) -> String {
        format!("{article}#char={start},{end}")
    }

    pub(crate) fn mention(&self, article: &str, event: &str, trigger: usize) -> String {
        self.mint("mention", &format!("{:016x}", hash(&[article, event, &trigger.to_string()])))
    }

    pub(crate) fn fact(&self, subject: &str, predicate: &str, object: &str) -> String {
        self.mint("fact", &format!("{:016x}", hash(&[subject, predicate, object])))
    }

    /// `amount/usd-2300000000-at-least`: equal sums are one node.
    pub(crate) fn amount(&self, amount: &Amount) -> String {
        let bound = match amount.bound {
            Bound::Exact => "",
            Bound::AtLeast => "-at-least",
            Bound::AtMost => "-at-most",
            Bound::About => "-about",
        };
        self.mint("amount", &format!("{}-{}{bound}", amount.currency().to_ascii_lowercase(), decimal(amount.value)))
    }

    pub(crate) fn item(&self, name: &str) -> String {
        self.mint("item", &slug_and_hash(name))
    }

    /// `item/patriot-battery-…/3`: three of a thing; `/some` where no number is given.
    pub(crate) fn quantity(&self, item: &Item) -> String {
        let name = self.item(&item.name);
        item.count.map_or_else(|| format!("{name}/some"), |count| format!("{name}/{count}"))
    }

    /// A package of aid by whom it is of, its title and its sum: `package/relief-package-…`.
    pub(crate) fn package(&self, of: &str, title: &str, amount: &str) -> String {
        let key = hash(&[of, &title.to_lowercase(), amount]);
        self.mint("package", format!("{}-{key:016x}", slug(title)).trim_start_matches('-'))
    }

    /// How far an agreement has come for one party.
    pub(crate) fn party_stage(&self, agreement: &str, party: &str, stage: &str, pending: bool) -> String {
        let pending = if pending { "pending" } else { "" };
        self.mint("partystage", &format!("{:016x}", hash(&[agreement, party, stage, pending])))
    }

    fn mint(&self, kind: &str, id: &str) -> String {
        let mut iri = format!("{}{kind}/", self.0);
        percent_encode(id, &mut iri);
        iri
    }
}

/// Whether the id is a Wikidata item: `Q` and digits.
pub(crate) fn is_wikidata_item(id: &str) -> bool {
    id.strip_prefix('Q').is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// A number as `xsd:decimal` spells it, canonical but for integers: `2300000000`, `12500000.5`.
pub(crate) fn decimal(value: f64) -> String {
    let text = format!("{value:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text.is_empty() || text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// FNV-1a over the parts, each ended by a byte that no UTF-8 text holds: stable over machines and releases.
pub(crate) fn hash(parts: &[&str]) -> u64 {
    let mut state = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts {
        for byte in part.bytes().chain(std::iter::once(0xff)) {
            state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    state
}

/// A readable beginning and a hash of the whole: `s01-txt-8c1f…`.
pub(crate) fn slug_and_hash(text: &str) -> String {
    let slug = slug(text);
    let hash = hash(&[text]);
    if slug.is_empty() { format!("{hash:016x}") } else { format!("{slug}-{hash:016x}") }
}

/// Lower-case ASCII letters and digits, hyphens between, 48 characters at most.
pub(crate) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= 48 {
            break;
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

fn percent_encode(text: &str, out: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for digit in [byte >> 4, byte & 15] {
                out.push(char::from_digit(u32::from(digit), 16).unwrap_or('0').to_ascii_uppercase());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_actors_are_wikidata_items_and_others_live_under_the_base() {
        let base = Base::new("https://example.org/kg/").unwrap();
        assert_eq!(base.entity("Q212"), "http://www.wikidata.org/entity/Q212");
        assert_eq!(base.entity("leyla-adan-4f1c09ab"), "https://example.org/kg/actor/leyla-adan-4f1c09ab");
        assert_eq!(base.entity("Q"), "https://example.org/kg/actor/Q");
    }

    #[test]
    fn no_text_breaks_an_iri() {
        let base = Base::default();
        for id in ["a b", "<>\"{}|\\^`", "né", "a/b#c?d", "%41", ""] {
            for iri in [base.entity(id), base.event(id), base.article(id), base.publisher(id), base.item(id)] {
                assert!(NamedNode::new(&iri).is_ok(), "{iri}");
            }
        }
    }

    #[test]
    fn a_base_is_an_absolute_iri_with_an_end() {
        for bad in ["", "kg/", "https://example.org/kg", "https://exa mple.org/"] {
            assert!(Base::new(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn decimals_are_plain() {
        for (value, text) in [(2.3e9, "2300000000"), (12_500_000.5, "12500000.5"), (0.0, "0"), (0.1, "0.1")] {
            assert_eq!(decimal(value), text);
        }
    }
}
