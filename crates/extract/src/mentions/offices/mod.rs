//! Offices: tokens and names in, titles with what stands around them out.
//!
//! "the new Ukrainian Minister of Defense" is the title "minister of defense" with the name "Ukrainian" before it, held.
//! Word order decides, not the tree: titles are short and regular, and the parser attaches them badly.

use std::ops::Range;

use entente_nlp::{Document, Tag, Upos};

use super::Vocabulary;
use super::names::{NameKind, Names, in_other_name, lower};
use super::vocabulary::{Classes, class};
use crate::positions::Status;

mod before;
mod behind;

/// What stands before the title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Determiner {
    /// Nothing: "President Biden", "officials".
    None,
    /// "the", a possessive.
    Definite,
    /// "a", "some", "several".
    Indefinite,
}

/// A title with its surroundings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OfficePhrase {
    /// From the first modifier or determiner to the last complement.
    pub(crate) tokens: Range<usize>,
    /// The noun that names the office.
    pub(crate) head: usize,
    /// Lower case, without countries: "minister of defense".
    pub(crate) title: String,
    pub(crate) classes: Classes,
    pub(crate) status: Status,
    pub(crate) plural: bool,
    /// Names that it may be an office of, in text order: "US", "NATO".
    pub(crate) owners: Vec<usize>,
    /// Capitalised words behind the title that are no known name: "head of Pluriton".
    pub(crate) unnamed_owner: Option<Range<usize>>,
    /// A person's name before "'s", or a pronoun, or a noun: "Trump's", "his", "the country's".
    pub(crate) possessor: Option<usize>,
    pub(crate) determiner: Determiner,
    /// "counterpart" and the like: the office of somebody else.
    pub(crate) counterpart: bool,
    /// A job rather than an office.
    pub(crate) job: bool,
}

/// Finds all titles, in text order.
pub(crate) fn find(document: &Document, names: &Names, vocabulary: &Vocabulary) -> Vec<OfficePhrase> {
    let scan = Scan { document, names, vocabulary };
    let mut phrases: Vec<OfficePhrase> = Vec::new();
    for token in 0..document.tokens().len() {
        if phrases.last().is_some_and(|last| last.tokens.end > token && last.head != token && token > last.head) {
            continue;
        }
        // The complement of an earlier title is not this one's: "Envoy for the DPRK Ambassador Kim".
        let floor = phrases.last().filter(|last| last.tokens.end > last.head + 1).map_or(0, |last| last.tokens.end);
        if let Some(phrase) = scan.phrase_at(token, floor) {
            // "Deputy Minister": the later head takes the earlier into its title.
            while phrases.last().is_some_and(|last| last.head >= phrase.tokens.start) {
                phrases.pop();
            }
            phrases.push(phrase);
        }
    }
    phrases
}

struct Scan<'a> {
    document: &'a Document,
    names: &'a Names,
    vocabulary: &'a Vocabulary,
}

/// What is gathered while scanning.
struct Gathered {
    words: Vec<String>,
    owners: Vec<usize>,
    unnamed_owner: Option<Range<usize>>,
    possessor: Option<usize>,
    status: Status,
    determiner: Determiner,
    /// "Mr. Secretary": somebody is spoken to.
    address: bool,
}

impl Scan<'_> {
    fn phrase_at(&self, head: usize, floor: usize) -> Option<OfficePhrase> {
        let token = self.document.token(head);
        let lemma = self.singular(head);
        let counterpart = self.vocabulary.has("counterparts", &lemma);
        if !matches!(token.upos, Upos::Noun | Upos::Propn | Upos::X | Upos::Adj) && !counterpart {
            return None;
        }
        if !(counterpart || self.vocabulary.has("office-heads", &lemma))
            || self.names.at(head).is_some_and(|(_, n)| !self.loose(n))
        {
            return None;
        }
        // "Chief Executive", "Secretary General": the head is the one before; "General Assembly" is none.
        if self.document.word(head).contains('-')
            && lemma != "secretary-general"
            && lemma != "vice-president"
            && lemma != "co-chair"
            && lemma != "co-founder"
        {
            return None;
        }
        if in_other_name(self.document, head) {
            return None;
        }
        if lemma == "charge" && !self.is_charge_d_affaires(head) {
            return None;
        }
        // "Secretary General" is headed by the secretary; "Attorney General" by its last word.
        let before = head.checked_sub(1).map(|before| lower(self.document, before));
        let titled = |word: &String| word != "attorney" && self.vocabulary.has("office-heads", word);
        if lemma == "general" && before.as_ref().is_some_and(titled) {
            return None;
        }
        let end = self.document.sentence_of(head).tokens.end;
        if lemma == "attorney" && head + 1 < end && lower(self.document, head + 1) == "general" {
            return None;
        }
        let mut gathered = Gathered {
            words: Vec::new(),
            owners: Vec::new(),
            unnamed_owner: None,
            possessor: None,
            status: Status::Held,
            determiner: Determiner::None,
            address: false,
        };
        let start = self.scan_left(head, floor, &mut gathered);
        if gathered.address {
            return None;
        }
        gathered.words.reverse();
        // "Sea-Eye spokesperson", "Gro Intelligence CEO": a name that the model did not see.
        if gathered.owners.is_empty()
            && gathered.possessor.is_none()
            && matches!(lemma.as_str(), "boss" | "ceo" | "spokesman" | "spokesperson" | "spokeswoman")
        {
            gathered.unnamed_owner = self.unseen_name(start, head);
            if let Some(name) = &gathered.unnamed_owner {
                let inside: Vec<String> = name.clone().map(|token| lower(self.document, token)).collect();
                gathered.words.retain(|word| !inside.contains(word));
            }
        }
        gathered.words.push(lemma.clone());
        let end = self.scan_right(head, &lemma, &mut gathered);
        let plural = matches!(token.tag, Tag::Nns | Tag::Nnps)
            || (lower(self.document, head) != lemma && lower(self.document, head).ends_with('s'));
        let title = gathered.words.join(" ").replace(" - ", "-");
        let mut classes = self.vocabulary.classes(&title);
        if classes & class::LEADER != 0 {
            classes |= class::TOP;
        }
        gathered.owners.sort_unstable();
        let job = self.vocabulary.has("office-jobs", &lemma) && classes == 0 && !self.is_full_title(&title);
        Some(OfficePhrase {
            tokens: start..end,
            head,
            title,
            classes,
            status: gathered.status,
            plural,
            owners: gathered.owners,
            unnamed_owner: gathered.unnamed_owner,
            possessor: gathered.possessor,
            determiner: gathered.determiner,
            counterpart,
            job,
        })
    }

    /// Capitalised words right before the noun of an office that belong to no title.
    fn unseen_name(&self, start: usize, head: usize) -> Option<Range<usize>> {
        let hyphen = |token: usize| matches!(self.document.word(token), "-" | "\u{2010}" | "\u{2011}");
        let part = |token: usize| {
            let word = lower(self.document, token);
            let capital = self.document.word(token).chars().next().is_some_and(char::is_uppercase);
            capital
                && self.names.at(token).is_none()
                && !["office-portfolios", "office-heads", "office-former", "office-acting"]
                    .iter()
                    .any(|list| self.vocabulary.has(list, &word))
        };
        let mut first = head;
        while first > start && (part(first - 1) || hyphen(first - 1) && first < head) {
            first -= 1;
        }
        // One word that opens a sentence has a capital anyway.
        let opens = first == self.document.sentence_of(head).tokens.start && head - first == 1;
        (first < head && part(first) && !opens).then_some(first..head)
    }

    /// "district attorney", "deputy solicitor general": an office by all its words, not by the last one.
    fn is_full_title(&self, title: &str) -> bool {
        let mut rest = title;
        loop {
            if self.vocabulary.has("office-full-titles", rest) {
                return true;
            }
            let Some((_, tail)) = rest.split_once(' ') else { return false };
            rest = tail;
        }
    }

    fn is_charge_d_affaires(&self, head: usize) -> bool {
        (head + 1..self.document.sentence_of(head).tokens.end.min(head + 4))
            .any(|t| lower(self.document, t).ends_with("affaires"))
    }

    /// A name that the model made of a title ("Secretary", "Prime Minister") is no obstacle.
    fn loose(&self, name: &super::Name) -> bool {
        name.senses.is_empty()
            && name.kind != NameKind::Person
            && (self.is_field(name)
                || name.tokens.clone().all(|t| {
                    let word = lower(self.document, t);
                    self.vocabulary.has("office-heads", &word)
                        || self.vocabulary.has("office-portfolios", &word)
                        || matches!(word.as_str(), "of" | "the" | "for" | "and")
                        || self.names.innermost(t).is_some_and(|(_, n)| n.kind == NameKind::Country)
                }))
    }

    /// "State for Arms Control" behind "Under Secretary of": a field that the model took for a body.
    fn is_field(&self, name: &super::Name) -> bool {
        let start = name.tokens.start;
        start >= 2
            && matches!(lower(self.document, start - 1).as_str(), "of" | "for")
            && matches!(
                lower(self.document, start - 2).as_str(),
                "secretary" | "minister" | "undersecretary" | "ministers"
            )
            && self.vocabulary.has("office-portfolios", &lower(self.document, start))
    }

    fn singular(&self, token: usize) -> String {
        let word = lower(self.document, token);
        if self.vocabulary.has("office-heads", &word) || self.vocabulary.has("counterparts", &word) {
            return word;
        }
        let stripped = word.strip_suffix('s').unwrap_or(&word).to_owned();
        if let Some(stem) = word.strip_suffix("men") {
            return format!("{stem}man");
        }
        if let Some(stem) = word.strip_suffix("women") {
            return format!("{stem}woman");
        }
        if let Some(stem) = word.strip_suffix("ies") {
            return format!("{stem}y");
        }
        stripped
    }
}
