//! Whether a date lies ahead or behind, read from the verb that governs it.
//!
//! In: the tree, the word lists and a date's tokens. Out: a [`Direction`].
//! In "said on Friday that he will fly on Sunday", Friday is past and Sunday to come.

use std::ops::Range;

use entente_nlp::{Deprel, Document, Tag, Upos};
use entente_rules::{Grammar, Lexicon};

use super::resolve::Direction;

/// How far up the tree the search goes.
const REACH: usize = 24;
/// How many children of a token are looked at: a verb's auxiliaries are among the first.
const CHILDREN: usize = 40;

/// The token of a range whose head lies outside it.
pub(super) fn top(document: &Document, tokens: &Range<usize>) -> Option<usize> {
    tokens.clone().find(|&t| document.head(t).is_none_or(|h| !tokens.contains(&h)))
}

/// Whether a token of a date modifies a noun: "the October 7 attacks", "Friday's talks".
pub(super) fn modifies(document: &Document, top: usize) -> bool {
    matches!(document.token(top).deprel, Deprel::Compound | Deprel::Nummod | Deprel::Nmod | Deprel::Poss | Deprel::Amod)
}

/// The direction that the governing verb gives.
pub(super) fn of(document: &Document, lexicon: &Lexicon, tokens: &Range<usize>) -> Direction {
    let reader = Reader { document, lexicon };
    let Some(top) = top(document, tokens) else { return Direction::Unknown };
    let mut path = Path { top, after: false, noun: false, modifies: modifies(document, top) };
    let mut at = top;
    for _ in 0..REACH {
        path.after |= matches!(document.word(at).to_ascii_lowercase().as_str(), "after" | "following");
        if let Some(direction) = reader.here(at, path).filter(|_| document.token(at).deprel != Deprel::Prep) {
            let modal = document.children(at).take(CHILDREN).any(|c| document.token(c).tag == Tag::Md);
            return if path.after && !modal { Direction::Past } else { direction };
        }
        path.noun |= at != top && matches!(document.token(at).upos, Upos::Noun | Upos::Propn);
        match document.head(at) {
            Some(head) => at = head,
            None => break,
        }
    }
    Direction::Unknown
}

/// What lies between the date and the verb.
#[derive(Debug, Clone, Copy)]
struct Path {
    /// The date.
    top: usize,
    /// "Following talks on Friday, they are preparing a summit": before the verb, unless that is to come itself.
    after: bool,
    /// A noun: "is the result of the talks on Friday".
    noun: bool,
    /// The date modifies that noun: "is the result of Friday's talks".
    modifies: bool,
}

/// The tree and the word lists.
struct Reader<'a> {
    document: &'a Document,
    lexicon: &'a Lexicon,
}

impl Reader<'_> {
    /// The direction that one token gives, if it decides.
    fn here(&self, at: usize, path: Path) -> Option<Direction> {
        let token = self.document.token(at);
        match token.tag {
            Tag::Vbd => Some(self.past(at, path.top)),
            Tag::Vbz | Tag::Vbp => self.present(at, path),
            Tag::Vb | Tag::Vbg | Tag::Vbn => self.non_finite(at, path),
            Tag::Md => Some(Direction::Future),
            _ if matches!(token.upos, Upos::Noun | Upos::Propn) => {
                let ahead = self.document.children(at).take(CHILDREN).any(|c| {
                    matches!(self.document.token(c).deprel, Deprel::Amod | Deprel::Compound) && self.is_ahead(c)
                });
                ahead.then_some(Direction::Future)
            }
            _ if self.is_ahead(at) => Some(Direction::Future),
            _ => None,
        }
    }

    fn is_ahead(&self, token: usize) -> bool {
        self.lexicon.contains("words-of-things-ahead", &self.document.word(token).to_ascii_lowercase())
    }

    /// Whether a date hangs under "for": "for Friday".
    fn is_for(&self, top: usize) -> bool {
        self.document.head(top).is_some_and(|above| self.document.word(above).eq_ignore_ascii_case("for"))
    }

    /// A verb in the past tense: "was due on Friday" looks ahead from then, "the first date was June 12" either way.
    fn past(&self, at: usize, top: usize) -> Direction {
        if self.document.head(top) == Some(at) && self.document.token(top).deprel == Deprel::Attr {
            return Direction::Unknown;
        }
        let ahead =
            self.document.lemma(at) == "be"
                && self.document.children(at).take(CHILDREN).any(|c| {
                    matches!(self.document.token(c).deprel, Deprel::Acomp | Deprel::Xcomp) && self.is_ahead(c)
                });
        if ahead { Direction::Future } else { Direction::Past }
    }

    /// A verb in the present tense: of others than these, the verb above may tell ("it will decide whether it sends").
    fn present(&self, at: usize, path: Path) -> Option<Direction> {
        let lemma = self.document.lemma(at);
        if matches!(lemma, "say" | "tell" | "report" | "write") {
            return Some(Direction::Past);
        }
        let scheduled =
            self.lexicon.contains("verbs-of-schedules", lemma) && !path.modifies && !(path.noun && lemma == "be");
        scheduled.then_some(Direction::Future)
    }

    /// "look forward to **welcoming** X at the December summit"
    fn is_looked_forward_to(&self, at: usize) -> bool {
        let preposition = self.document.head(at).filter(|_| self.document.token(at).deprel == Deprel::Pcomp);
        let verb = preposition.and_then(|preposition| self.document.head(preposition));
        let aims = |verb: usize| Grammar::new(self.document, self.lexicon).in_list(verb, "aiming-verbs");
        verb.is_some_and(|verb| self.document.lemma(verb) == "look" && aims(verb))
    }

    /// An infinitive or a participle: its auxiliaries decide, else the verb above it.
    fn non_finite(&self, at: usize, path: Path) -> Option<Direction> {
        let mut infinitive = false;
        let (mut modal, mut perfect, mut past, mut present) = (false, false, false, false);
        for child in self.document.children(at).take(CHILDREN) {
            let token = self.document.token(child);
            let aux = matches!(token.deprel, Deprel::Aux | Deprel::Auxpass);
            infinitive |= token.tag == Tag::To && aux;
            modal |= token.tag == Tag::Md && aux;
            past |= token.tag == Tag::Vbd && aux;
            present |= matches!(token.tag, Tag::Vbz | Tag::Vbp) && aux;
            perfect |= aux && self.document.lemma(child) == "have";
        }
        let tag = self.document.token(at).tag;
        let lemma = self.document.lemma(at);
        // "was agreed on Friday" happened then, "was expected on Friday" and "was agreed for Friday" did not.
        let of_act = past && !self.lexicon.contains("scheduling-verbs", lemma) && !self.is_for(path.top);
        let ahead = self.lexicon.contains("verbs-looking-ahead", lemma) && tag == Tag::Vbn && !of_act;
        if perfect || (past && !ahead) {
            return Some(Direction::Past);
        }
        if modal {
            return Some(Direction::Future);
        }
        if infinitive {
            return self.above_infinitive(at, path);
        }
        match tag {
            // "is meeting him on Friday", "is scheduled for Friday".
            _ if present => Some(if tag == Tag::Vbg || ahead { Direction::Future } else { Direction::Unknown }),
            _ if ahead || self.is_ahead(at) => Some(Direction::Future),
            // "the pact signed on Friday"
            Tag::Vbn if self.document.token(at).deprel == Deprel::Acl => Some(Direction::Past),
            Tag::Vbg if self.is_looked_forward_to(at) => Some(Direction::Future),
            _ => None,
        }
    }

    /// An infinitive: ahead, but where it only tells what somebody did ("flew in to meet him", "managed to meet him").
    fn above_infinitive(&self, at: usize, path: Path) -> Option<Direction> {
        let Some(head) = self.document.head(at) else { return Some(Direction::Future) };
        if self.lexicon.contains("verbs-looking-ahead", self.document.lemma(head)) || self.is_ahead(head) {
            return Some(Direction::Future);
        }
        // "had a chance to visit X in November"
        let taken = matches!(
            self.document.lemma(head),
            "chance" | "honor" | "honour" | "occasion" | "opportunity" | "privilege"
        );
        if let Some(verb) = self.document.head(head).filter(|&verb| taken && self.document.token(verb).tag == Tag::Vbd)
        {
            return self.here(verb, path);
        }
        match self.document.token(head).tag {
            Tag::Vbd | Tag::Vbn => self.here(head, path),
            Tag::Vbg if self.document.token(at).deprel == Deprel::Advcl => None,
            // A conjunct shares the "to" of the verb before it: "agreed to meet and to sign".
            Tag::Vb if self.document.token(at).deprel == Deprel::Conj => None,
            _ => Some(Direction::Future),
        }
    }
}
