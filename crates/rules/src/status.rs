//! How the text stands to the truth of a predicate: happened, planned, possible or denied.
//!
//! In: the token of a verb or an event noun. Out: its [`Status`] and, where somebody is quoted, the verb of saying.
//! Negation, modals, tense, conditionals, questions, adjectives ("planned", "alleged"), nouns ("a plan to", "talk of")
//! and the verbs above ("refused to", "called for", "denied that") each lower the certainty; the least certain wins.
//! The words are in the lists `status-*` of the lexicon. Method: the factuality profiles of Saurí and Pustejovsky (2009), cut down to four values.

use entente_model::Factuality;
use entente_nlp::{Deprel, Tag, Upos};

use crate::Grammar;

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

    /// What the word above does; where to go on.
    fn climb(&self, token: usize, head: usize, result: &mut StatusOf) -> Option<usize> {
        let deprel = self.document.token(token).deprel;
        match deprel {
            Deprel::Xcomp | Deprel::Ccomp | Deprel::Csubj | Deprel::Csubjpass | Deprel::Pcomp => {
                let governor = if deprel == Deprel::Pcomp { self.document.head(head)? } else { head };
                // "it is not clear whether they met": open, whatever is said of the question.
                let asked = |c: usize| self.is_word_in(c, &["whether"]);
                if deprel == Deprel::Ccomp && self.document.children(token).any(asked) {
                    return None;
                }
                let temporal = deprel == Deprel::Pcomp && self.in_list(head, "temporal-prepositions");
                if temporal {
                    return self.is_word_in(head, &["before"]).then_some(governor).filter(|&g| self.is_verb(g));
                }
                if let Some(effect) =
                    self.preposition_effect(token, head).or_else(|| self.auxiliary_effect(token, head))
                {
                    result.status = weaker(result.status, effect);
                }
                // "told reporters that", "confirmed that": what follows is asserted, whatever the verb does to a noun or infinitive.
                if deprel != Deprel::Ccomp || !self.in_list(governor, "asserting-verbs") {
                    self.embed(governor, result);
                }
                // "did not say that they met", "nobody believes that they met"
                if deprel == Deprel::Ccomp && self.negated(governor) && !self.in_list(governor, "factive-verbs") {
                    result.status = weaker(result.status, Status::Possible);
                }
                if self.in_list(governor, "saying-verbs") && deprel == Deprel::Ccomp {
                    result.said = result.said.or(Some(governor));
                    // The saying itself may be denied or planned without touching what is said.
                    return None;
                }
                Some(governor)
            }
            Deprel::Dobj | Deprel::Nsubjpass | Deprel::Attr | Deprel::Nsubj if self.is_verb(head) => {
                if deprel == Deprel::Nsubj && !self.in_list(head, "happening-verbs") {
                    self.embed_subject(head, result);
                    return None;
                }
                // What is agreed, reached or struck is there; only an infinitive behind these verbs lies ahead.
                // Preparations that are discussed are under way.
                let prepared = self.in_list(token, "status-planned") && self.in_list(head, "conversing-verbs");
                if !self.in_list(head, "agreement-agreeing-verbs") && !prepared {
                    self.embed(head, result);
                }
                (self.in_list(head, "light-verbs")
                    || self.in_list(head, "happening-verbs")
                    || self.in_list(head, "pass-up-verbs"))
                .then_some(head)
            }
            Deprel::Pobj => {
                let mut governor = self.document.head(head)?;
                // "pulled out of the talks": the preposition hangs on the adverb.
                if matches!(self.document.token(governor).deprel, Deprel::Prep | Deprel::Advmod | Deprel::Prt) {
                    governor = self.document.head(governor).filter(|&verb| self.is_verb(verb)).unwrap_or(governor);
                }
                if self.is_verb(governor) {
                    self.embed_preposition(governor, head, result);
                    (self.in_list(governor, "attending-verbs")).then_some(governor)
                } else {
                    self.embed(governor, result);
                    (self.in_list(governor, "container-nouns") || self.noun_effect(governor).is_some())
                        .then_some(governor)
                }
            }
            Deprel::Conj if self.is_verb(token) == self.is_verb(head) => {
                // A shared auxiliary ("will meet and sign") bears on the second verb where that has none of its own.
                let own = self.document.children(token).any(|c| {
                    matches!(
                        self.document.token(c).deprel,
                        Deprel::Aux | Deprel::Auxpass | Deprel::Nsubj | Deprel::Nsubjpass
                    )
                });
                let same_form = self.document.token(token).tag == self.document.token(head).tag;
                if own || (!same_form && self.is_verb(token)) {
                    // Still said by the same speaker.
                    return (self.is_verb(token) && self.document.token(head).deprel == Deprel::Ccomp)
                        .then(|| self.saying_above(head, result))
                        .flatten();
                }
                Some(head)
            }
            Deprel::Acl | Deprel::Relcl => self.climb_noun(token, head, result),
            Deprel::Advcl => {
                // "to help Ukraine, ..." is a purpose; "saying that" carries on the main clause.
                if self.has_to(token) && self.document.token(token).tag == Tag::Vb {
                    // "extended an invitation for X to visit"
                    let offered = self.document.children_by(head, Deprel::Dobj).find_map(|noun| self.noun_effect(noun));
                    result.status = weaker(result.status, offered.unwrap_or(Status::Planned));
                }
                if self.document.children(token).any(|c| self.is_word_in(c, &["rather", "instead"]) && c < token) {
                    result.status = weaker(result.status, Status::Denied);
                }
                if self.is_inverted(token) {
                    result.status = weaker(result.status, Status::Possible);
                }
                None
            }
            _ => None,
        }
    }

    /// What a noun does to the clause that hangs on it; where to go on.
    fn climb_noun(&self, token: usize, head: usize, result: &mut StatusOf) -> Option<usize> {
        if self.is_ranked(token) {
            // "was the first minister to visit X": as true as that there is a first.
            let above = self.document.head(head).filter(|&verb| self.is_verb(verb))?;
            result.status = weaker(result.status, self.verb_status(above));
            return None;
        }
        let (deprel, tag) = (self.document.token(token).deprel, self.document.token(token).tag);
        if deprel == Deprel::Relcl {
            // "there are no plans for X to meet Y"
            if tag == Tag::Vb && self.negated(head) {
                result.status = weaker(result.status, Status::Denied);
            }
            return None;
        }
        let governor = self.governor(head);
        // "had an opportunity to meet X" tells that they met.
        if self.in_list(head, "granted-nouns") && governor.is_some_and(|verb| self.lemma(verb) == "have") {
            return governor;
        }
        // "will attend a meeting hosted by X": the host hosts what is attended.
        if self.in_list(token, "event-hosting-verbs") && tag == Tag::Vbn {
            return Some(head);
        }
        if tag != Tag::Vb {
            return None;
        }
        let effect = self.noun_effect(head);
        let accepted = governor.is_some_and(|verb| self.in_list(verb, "offer-accepting-verbs"));
        let status = match effect {
            _ if self.negated(head) => Status::Denied,
            Some(Status::Possible) if accepted => Status::Planned,
            other => other.unwrap_or(Status::Planned),
        };
        result.status = weaker(result.status, status);
        (effect.is_some() && !accepted).then_some(head)
    }

    /// "without signing", "instead of signing", "against signing" deny; "towards signing" is on the way.
    fn preposition_effect(&self, gerund: usize, preposition: usize) -> Option<Status> {
        if self.document.token(gerund).deprel != Deprel::Pcomp {
            return None;
        }
        let instead = self.document.children(preposition).any(|c| self.is_word_in(c, &["instead", "rather", "short"]));
        if instead
            || ["denying-prepositions", "averting-prepositions"].iter().any(|list| self.in_list(preposition, list))
        {
            return Some(Status::Denied);
        }
        self.in_list(preposition, "planned-prepositions").then_some(Status::Planned)
    }

    /// "stopped signing" is over; "is to sign" is a plan, "has to sign" a duty; "has yet to sign" and "remains to be signed" say that it was not done.
    fn auxiliary_effect(&self, infinitive: usize, above: usize) -> Option<Status> {
        if self.document.token(infinitive).deprel != Deprel::Xcomp {
            return None;
        }
        if self.document.token(infinitive).tag == Tag::Vbg && self.in_list(above, "stopping-verbs") {
            return Some(Status::Denied);
        }
        if !self.has_to(infinitive) {
            return None;
        }
        let yet = self.document.children_by(above, Deprel::Advmod).any(|c| self.is_word_in(c, &["yet", "still"]));
        match self.document.lemma(above) {
            "have" | "be" | "remain" if yet => Some(Status::Denied),
            "be" => Some(Status::Planned),
            "have" | "need" | "remain" => Some(Status::Possible),
            _ => None,
        }
    }

    /// "Had they met, things would be different."
    fn is_inverted(&self, verb: usize) -> bool {
        let subject = self
            .document
            .children(verb)
            .find(|&c| matches!(self.document.token(c).deprel, Deprel::Nsubj | Deprel::Nsubjpass));
        subject.is_some_and(|subject| {
            self.document.children(verb).any(|c| {
                c < subject
                    && self.document.token(c).deprel == Deprel::Aux
                    && self.is_word_in(c, &["had", "were", "should"])
            })
        })
    }

    /// Notes the verb of saying above a coordinated clause.
    fn saying_above(&self, clause: usize, result: &mut StatusOf) -> Option<usize> {
        if let Some(governor) = self.document.head(clause).filter(|&g| self.in_list(g, "saying-verbs")) {
            result.said = result.said.or(Some(governor));
            self.embed(governor, result);
        }
        None
    }

    /// Applies what a governing verb or noun does to the truth of its complement.
    fn embed(&self, governor: usize, result: &mut StatusOf) {
        if self.in_list(governor, "status-denied") {
            // "did not refuse", "failed to deny": two negations leave a possibility.
            let effect = if self.negated(governor) { Status::Possible } else { Status::Denied };
            result.status = weaker(result.status, effect);
        } else if self.in_list(governor, "status-possible") {
            result.status = weaker(result.status, Status::Possible);
        } else if self.in_list(governor, "status-planned") {
            result.status = weaker(result.status, Status::Planned);
        } else if self.in_list(governor, "status-alleged") {
            result.alleged = true;
            result.status = weaker(result.status, Status::Possible);
            result.said = result.said.or(Some(governor));
        }
    }

    /// "The talks were cancelled", "the visit is planned": what is said of the event as a subject.
    fn embed_subject(&self, verb: usize, result: &mut StatusOf) {
        let future =
            self.document.children_by(verb, Deprel::Aux).any(|a| self.is_word_in(a, &["will", "shall", "'ll"]));
        if future && self.in_list(verb, "occurring-verbs") {
            result.status = weaker(result.status, Status::Planned);
        }
        if self.in_list(verb, "occurring-verbs") {
            result.status = weaker(result.status, self.verb_status(verb));
        }
        for complement in self
            .document
            .children(verb)
            .filter(|&c| matches!(self.document.token(c).deprel, Deprel::Acomp | Deprel::Attr | Deprel::Oprd))
        {
            if let Some(effect) = self.adjective_effect(complement) {
                result.status = weaker(result.status, effect);
            }
        }
    }

    /// "Called for talks", "looks forward to a meeting", "agreed on", "prepared for".
    fn embed_preposition(&self, verb: usize, preposition: usize, result: &mut StatusOf) {
        let word = self.document.word(preposition).to_lowercase();
        // "pulled out of the talks": all that stands between the verb and what it is about.
        let between = (verb + 1..preposition).map(|t| self.document.word(t).to_lowercase());
        let longer =
            std::iter::once(self.lemma(verb)).chain(between).chain([word.clone()]).collect::<Vec<_>>().join(" ");
        let phrase = format!("{} {word}", self.lemma(verb));
        for (list, effect) in [
            ("status-denied", Status::Denied),
            ("status-possible", Status::Possible),
            ("status-planned", Status::Planned),
        ] {
            if self.lexicon.contains(list, &phrase) || self.lexicon.contains(list, &longer) {
                result.status = weaker(result.status, effect);
            }
        }
        // "looks forward to a meeting", "prepares for talks": not "promised during a meeting".
        if matches!(word.as_str(), "to" | "for" | "of" | "about") && self.in_list(verb, "aiming-verbs") {
            result.status = weaker(result.status, Status::Planned);
        }
        // "is expected in Oslo for talks", "is due in Oslo for talks"
        let ahead = |token: usize| self.in_list(token, "status-planned");
        let due = self.document.children_by(verb, Deprel::Acomp).any(ahead) || (self.is_passive(verb) && ahead(verb));
        if due && word == "for" {
            result.status = weaker(result.status, Status::Planned);
        }
        if self.in_list(preposition, "planned-prepositions") {
            result.status = weaker(result.status, Status::Planned);
        }
        if self.in_list(preposition, "denying-prepositions") {
            result.status = weaker(result.status, Status::Denied);
        }
        if self.in_list(verb, "attending-verbs") {
            result.status = weaker(result.status, self.verb_status(verb));
        }
    }

    /// Whether a verb or noun carries a negation of its own, or has a subject that is nobody.
    pub fn negated(&self, token: usize) -> bool {
        self.document.children(token).any(|child| {
            self.document.token(child).deprel == Deprel::Neg
                || (matches!(self.document.token(child).deprel, Deprel::Nsubj | Deprel::Nsubjpass)
                    && (self.is_word_in(child, &["nobody", "none", "neither"])
                        || self
                            .document
                            .children(child)
                            .any(|c| c < child && self.is_word_in(c, &["no", "neither"]) && !self.is_verb(child))))
                || (matches!(self.document.token(child).deprel, Deprel::Det | Deprel::Advmod | Deprel::Preconj)
                    && self.is_word_in(child, &["no", "never", "neither", "nor", "not", "without"]))
        })
    }

    /// "has yet to ratify", "has not yet ratified".
    pub fn is_open(&self, verb: usize) -> bool {
        let yet = |t: usize| self.document.children_by(t, Deprel::Advmod).any(|c| self.is_word_in(c, &["yet"]));
        let have = self.document.head(verb).filter(|&head| {
            self.document.token(verb).deprel == Deprel::Xcomp && self.document.lemma(head).eq_ignore_ascii_case("have")
        });
        have.is_some_and(yet) || (yet(verb) && self.document.children_by(verb, Deprel::Neg).next().is_some())
    }

    fn is_word_in(&self, token: usize, words: &[&str]) -> bool {
        words.iter().any(|w| self.document.word(token).eq_ignore_ascii_case(w))
    }

    fn has_to(&self, verb: usize) -> bool {
        self.document.children_by(verb, Deprel::Aux).any(|a| self.is_word_in(a, &["to"]))
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
                Deprel::Mark | Deprel::Advmod
                    if self.is_word_in(child, &["if", "unless", "whether", "lest", "until"]) =>
                {
                    status = weaker(status, Status::Possible);
                }
                Deprel::Advmod
                    if self.is_word_in(
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
                    .any(|m| !self.is_word_in(m, &["as", "after", "because", "while"]))
            })
    }

    /// What adjectives, determiners and participles say of an event noun.
    fn noun_status(&self, noun: usize) -> Status {
        let mut status = if self.negated(noun) { Status::Denied } else { Status::Actual };
        if self.document.children_by(noun, Deprel::Det).any(|d| self.is_word_in(d, &["any"])) {
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
