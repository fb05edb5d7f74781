//! How the text stands to the truth of a predicate: happened, planned, possible or denied.
//!
//! In: the token of a verb or an event noun. Out: its [`Status`] and, where somebody is quoted, the verb of saying.
//! Negation, modals, tense, conditionals, questions, adjectives ("planned", "alleged"), nouns ("a plan to", "talk of")
//! and the verbs above ("refused to", "called for", "denied that") each lower the certainty; the least certain wins.
//! The words are in the lists `status-*` of the lexicon. Method: the factuality profiles of Saurí and Pustejovsky (2009), cut down to four values.

use entente_model::Factuality;
use entente_nlp::{Deprel, Tag, Upos};

use crate::Grammar;

mod above;

/// What the words around a predicate do to its truth.
pub type Status = Factuality;

/// A predicate's status and who vouches for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatusOf {
    /// The certainty that is left.
    pub status: Status,
    /// The verb of saying that the predicate stands under, where there is one.
    pub said: Option<usize>,
    /// Whether the verb of saying only claims, accuses or alleges.
    pub alleged: bool,
}

/// The less certain of two.
fn weaker(a: Status, b: Status) -> Status {
    const ORDER: [Status; 4] = [Status::Actual, Status::Planned, Status::Possible, Status::Denied];
    let rank = |s: Status| ORDER.iter().position(|o| *o == s);
    if rank(a) >= rank(b) { a } else { b }
}

/// How many steps up the tree may bear on a predicate.
const DEPTH: usize = 8;

impl Grammar<'_> {
    /// Works out the status of the event that a verb or noun tells.
    pub fn status(&self, trigger: usize) -> StatusOf {
        let mut result = StatusOf { status: Status::Actual, said: None, alleged: false };
        // "discussed the minister's recent visit": what lies behind is there, whatever is said of it.
        let past = |c: usize| self.is_word(c, &["recent", "previous", "past"]);
        if !self.is_verb(trigger)
            && self.document.children_by(trigger, Deprel::Amod).any(past)
            && !self.negated(trigger)
        {
            return result;
        }
        let mut token = trigger;
        for _ in 0..DEPTH {
            let own = if self.is_verb(token) { self.verb_status(token) } else { self.noun_status(token) };
            result.status = weaker(result.status, own);
            let Some(head) = self.document.head(token) else { break };
            let Some(next) = self.climb(token, head, &mut result) else { break };
            token = next;
        }
        result
    }

    /// Whether a verb or noun carries a negation of its own, or has a subject that is nobody.
    pub fn negated(&self, token: usize) -> bool {
        self.document.children(token).any(|child| {
            self.document.token(child).deprel == Deprel::Neg
                || (matches!(self.document.token(child).deprel, Deprel::Nsubj | Deprel::Nsubjpass)
                    && (self.is_word(child, &["nobody", "none", "neither"])
                        || self
                            .document
                            .children(child)
                            .any(|c| c < child && self.is_word(c, &["no", "neither"]) && !self.is_verb(child))))
                || (matches!(self.document.token(child).deprel, Deprel::Det | Deprel::Advmod | Deprel::Preconj)
                    && self.is_word(child, &["no", "never", "neither", "nor", "not", "without"]))
                || self.is_never(child)
        })
    }

    /// "**no longer** serves", "will **under no circumstances** permit".
    fn is_never(&self, child: usize) -> bool {
        let no = |token: usize| self.document.children(token).any(|c| self.is_word(c, &["no"]));
        match self.document.token(child).deprel {
            Deprel::Advmod => self.is_word(child, &["longer"]) && no(child),
            Deprel::Prep => self
                .document
                .children_by(child, Deprel::Pobj)
                .any(|noun| self.is_word(noun, &["account", "circumstances", "means", "way"]) && no(noun)),
            _ => false,
        }
    }

    /// "has yet to ratify", "has not yet ratified".
    pub fn is_open(&self, verb: usize) -> bool {
        let yet = |t: usize| self.document.children_by(t, Deprel::Advmod).any(|c| self.is_word(c, &["yet"]));
        let have = self.document.head(verb).filter(|&head| {
            self.document.token(verb).deprel == Deprel::Xcomp && self.document.lemma(head).eq_ignore_ascii_case("have")
        });
        have.is_some_and(yet) || (yet(verb) && self.document.children_by(verb, Deprel::Neg).next().is_some())
    }

    fn has_to(&self, verb: usize) -> bool {
        self.document.children_by(verb, Deprel::Aux).any(|a| self.is_word(a, &["to"]))
    }

    /// What the verb's own auxiliaries, negation and conjunction say.
    fn verb_status(&self, verb: usize) -> Status {
        let mut status = Status::Actual;
        if self.negated(verb) {
            status = Status::Denied;
        }
        for child in self.document.children(verb) {
            let token = self.document.token(child);
            match token.deprel {
                Deprel::Aux | Deprel::Auxpass => {
                    let word = self.document.word(child).to_lowercase();
                    match word.as_str() {
                        "will" | "'ll" | "’ll" | "shall" | "wo" => status = weaker(status, Status::Planned),
                        "would" if self.reported_future(verb) => status = weaker(status, Status::Planned),
                        "would" | "could" | "may" | "might" | "can" | "should" | "must" | "'d" | "ca" | "ought" => {
                            status = weaker(status, Status::Possible);
                        }
                        _ => {}
                    }
                }
                Deprel::Mark | Deprel::Advmod if self.is_word(child, &["if", "unless", "whether", "lest", "until"]) => {
                    status = weaker(status, Status::Possible);
                }
                Deprel::Advmod if self.is_word(child, &["almost", "nearly"]) => {
                    status = weaker(status, Status::Denied);
                }
                Deprel::Advmod
                    if self.is_word(
                        child,
                        &["reportedly", "allegedly", "possibly", "perhaps", "supposedly", "potentially"],
                    ) =>
                {
                    status = weaker(status, Status::Possible);
                }
                _ => {}
            }
        }
        // A headline's or a schedule's infinitive: "Minister to visit Oslo", "is to visit".
        let token = self.document.token(verb);
        // "was the first to visit" has visited.
        let copula = || {
            self.document.head(verb).is_some_and(|head| {
                self.lemma(head) == "be" && !self.has_child(head, Deprel::Attr) && !self.has_child(head, Deprel::Acomp)
            })
        };
        let main = matches!(token.deprel, Deprel::Root | Deprel::Conj | Deprel::Ccomp | Deprel::Relcl)
            || (token.deprel == Deprel::Xcomp && copula());
        if token.tag == Tag::Vb && self.has_to(verb) && main && !self.is_ranked(verb) {
            status = weaker(status, Status::Planned);
        }
        // An order or a bare appeal: no subject, base form, no auxiliary.
        let bare = token.tag == Tag::Vb && token.deprel == Deprel::Root && !self.has_to(verb);
        if bare
            && !self
                .document
                .children(verb)
                .any(|c| matches!(self.document.token(c).deprel, Deprel::Nsubj | Deprel::Aux))
        {
            status = weaker(status, Status::Possible);
        }
        // Questions assert nothing.
        let sentence = self.document.sentence_of(verb);
        if sentence.tokens.clone().next_back().is_some_and(|last| self.document.word(last) == "?") {
            status = weaker(status, Status::Possible);
        }
        // "is going to visit"
        if self.document.token(verb).deprel == Deprel::Xcomp
            && self.document.head(verb).is_some_and(|h| self.lemma(h) == "go" && self.document.token(h).tag == Tag::Vbg)
        {
            status = weaker(status, Status::Planned);
        }
        status
    }

    /// "announced that it would send": the future of a past saying, not a condition.
    fn reported_future(&self, verb: usize) -> bool {
        self.document.token(verb).deprel == Deprel::Ccomp
            && self.document.head(verb).is_some_and(|head| {
                self.in_list(head, "saying-verbs") && matches!(self.document.token(head).tag, Tag::Vbd | Tag::Vbn)
            })
            && !self.document.children_by(verb, Deprel::Advcl).any(|clause| {
                self.document
                    .children_by(clause, Deprel::Mark)
                    .any(|m| !self.is_word(m, &["as", "after", "because", "while"]))
            })
    }

    /// What adjectives, determiners and participles say of an event noun.
    fn noun_status(&self, noun: usize) -> Status {
        let mut status = if self.negated(noun) { Status::Denied } else { Status::Actual };
        if self.document.children_by(noun, Deprel::Det).any(|d| self.is_word(d, &["any"])) {
            status = weaker(status, Status::Possible);
        }
        for child in self.document.children(noun) {
            if matches!(
                self.document.token(child).deprel,
                Deprel::Amod | Deprel::Compound | Deprel::Acl | Deprel::Relcl
            ) {
                if let Some(effect) = self.adjective_effect(child) {
                    status = weaker(status, effect);
                } else if self.document.token(child).upos == Upos::Verb
                    && self.in_list(child, "occurring-verbs")
                    && self.document.token(child).deprel == Deprel::Relcl
                {
                    status = weaker(status, self.verb_status(child));
                }
            }
        }
        status
    }

    /// "planned", "possible", "cancelled": what an adjective or participle does to the noun it is said of.
    fn adjective_effect(&self, adjective: usize) -> Option<Status> {
        let word = self.document.word(adjective).to_lowercase();
        let negated = self.negated(adjective);
        [
            ("denying-adjectives", Status::Denied),
            ("doubting-adjectives", Status::Possible),
            ("planning-adjectives", Status::Planned),
        ]
        .into_iter()
        .find(|(list, _)| self.lexicon.contains(list, &word))
        .map(|(_, effect)| if negated && effect == Status::Denied { Status::Actual } else { effect })
    }

    /// "a plan to", "the possibility of": what a noun does to its complement.
    fn noun_effect(&self, noun: usize) -> Option<Status> {
        if self.is_verb(noun) {
            return None;
        }
        [("status-denied", Status::Denied), ("status-possible", Status::Possible), ("status-planned", Status::Planned)]
            .into_iter()
            .find(|(list, _)| self.in_list(noun, list))
            .map(|(_, effect)| effect)
    }
}
