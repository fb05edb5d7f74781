//! Clauses around and below a word: whose clause a phrase stands in, which clauses complete a verb, who says them.
//!
//! In: a token, mostly a verb or an event noun. Out: [`Group`]s, as in [`crate::Grammar`].

use entente_nlp::{Deprel, Tag, Upos};

use crate::{Grammar, Group, grammar::DEPTH};

impl Grammar<'_> {
    /// The subject of the clause that a phrase with the token belongs to: "in a meeting with X, **Y** said".
    pub(crate) fn matrix(&self, token: usize) -> Vec<Group> {
        // "X spoke of Y's call with Z": the call is Y's.
        // "at Y's request, X did it": Y asks X.
        let asks =
            || matches!(self.document.lemma(token), "appeal" | "demand" | "plea" | "request" | "urging" | "behest");
        let of_another = |owner: usize| self.document.token(owner).upos != Upos::Pron && !asks();
        if self.document.children_by(token, Deprel::Poss).any(of_another) {
            return Vec::new();
        }
        let mut below = token;
        for _ in 0..DEPTH {
            let Some(head) = self.document.head(below) else { return Vec::new() };
            // "X, back from a trip to Y, said", "X, due in Y on Thursday, is expected to": said of X itself.
            let state = self.is_word(below, &["back", "due", "fresh"]);
            let nominal = matches!(self.document.token(head).upos, Upos::Propn | Upos::Noun);
            if state && nominal && below > head && matches!(self.deprel(below), Deprel::Advmod | Deprel::Amod) {
                return vec![self.first_conjunct(head)];
            }
            if self.is_verb(head) {
                let adverbial = matches!(self.deprel(below), Deprel::Prep | Deprel::Advcl | Deprel::Npadvmod)
                    || state && matches!(self.deprel(below), Deprel::Advmod | Deprel::Acomp);
                return if adverbial { self.surface_subject(head).into_iter().collect() } else { Vec::new() };
            }
            // "the minister, on a visit to X, said": the phrase may hang on the noun itself.
            if self.deprel(below) == Deprel::Prep
                && matches!(self.document.token(head).upos, Upos::Propn | Upos::Pron | Upos::Noun)
                && below > head
            {
                let mut groups = vec![self.first_conjunct(head)];
                // "discussed grain exports in a call": what is discussed is on nobody's telephone, whatever the parser says.
                if self.document.token(head).upos == Upos::Noun && self.deprel(head) == Deprel::Dobj {
                    groups.extend(self.document.head(head).and_then(|verb| self.surface_subject(verb)));
                }
                return groups;
            }
            if !matches!(self.deprel(below), Deprel::Pobj | Deprel::Pcomp | Deprel::Prep | Deprel::Conj) {
                return Vec::new();
            }
            below = head;
        }
        Vec::new()
    }

    /// The verbs of clauses that complete a verb, of an infinitive behind a noun: "a shipment **to help** X", and of what a carrier
    /// does: "a plane **carrying** tents".
    pub fn clauses(&self, verb: usize) -> Vec<Group> {
        if matches!(self.document.token(verb).upos, Upos::Noun | Upos::Propn) {
            // "a letter urging X to leave"
            let (letter, carrier) = (self.in_list(verb, "letter-nouns"), self.in_list(verb, "carrier-nouns"));
            let infinitive = |&c: &usize| {
                let tag = self.document.token(c).tag;
                let behind = match self.deprel(c) {
                    Deprel::Acl | Deprel::Relcl => true,
                    // "the need for Chad to act"
                    Deprel::Advcl => self.document.children_by(c, Deprel::Mark).any(|m| self.is_word(m, &["for"])),
                    _ => false,
                };
                behind && (tag == Tag::Vb || letter && tag == Tag::Vbg || carrier && self.in_list(c, "carrying-verbs"))
            };
            // "its commitment to supporting X"
            let gerund = self.document.children_by(verb, Deprel::Prep).filter(|&to| self.is_word(to, &["to"]));
            let gerund = gerund.filter_map(|to| self.first_by(to, Deprel::Pcomp));
            return self.document.children(verb).filter(infinitive).chain(gerund).map(|c| vec![c]).collect();
        }
        // "pressed lecturers to end the strike": the parser hangs what is asked on who is asked now and then.
        let asked = |object: usize| {
            let infinitive = |&c: &usize| {
                matches!(self.deprel(c), Deprel::Acl | Deprel::Relcl)
                    && self.document.token(c).tag == Tag::Vb
                    && self.document.children_by(c, Deprel::Aux).any(|aux| self.is_word(aux, &["to"]))
            };
            self.document.children(object).filter(infinitive).map(|c| vec![c]).collect::<Vec<_>>()
        };
        let demand = self.in_list(verb, "demanding-verbs");
        // "condemned the attack, as did X", "while X urged restraint": X does something too, nothing is done to it.
        let compares = |c: usize| {
            self.document.children_by(c, Deprel::Mark).any(|m| self.is_word(m, &["as", "while", "whereas", "although"]))
        };
        self.document
            .children(verb)
            .filter(|&c| match self.deprel(c) {
                Deprel::Ccomp | Deprel::Xcomp | Deprel::Pcomp => c > verb,
                Deprel::Advcl => c > verb && !compares(c),
                _ => false,
            })
            .chain(self.document.children_by(verb, Deprel::Prep).filter_map(|p| self.first_by(p, Deprel::Pcomp)))
            .map(|c| vec![c])
            .chain(self.document.children_by(verb, Deprel::Dobj).filter(|_| demand).flat_map(asked))
            .collect()
    }

    /// Of the clauses below a verb the infinitives: "told X **to leave**".
    pub(crate) fn infinitives(&self, verb: usize) -> Vec<Group> {
        let infinitive = |&c: &usize| {
            self.document.token(c).tag == Tag::Vb
                && self.document.children_by(c, Deprel::Aux).any(|aux| self.is_word(aux, &["to"]))
        };
        self.clauses(verb).into_iter().filter(|group| group.iter().all(infinitive)).collect()
    }

    /// The adverbs of a verb: "met **separately**", "**last** spoke".
    pub(crate) fn adverbs(&self, verb: usize) -> Vec<Group> {
        self.document.children_by(verb, Deprel::Advmod).map(|c| vec![c]).collect()
    }

    /// Who says the clause that a word stands in: the subject of the nearest verb of saying above.
    pub(crate) fn sayers(&self, token: usize) -> Vec<Group> {
        let mut below = token;
        for _ in 0..DEPTH {
            let Some(head) = self.document.head(below) else { break };
            let clause = matches!(self.deprel(below), Deprel::Ccomp | Deprel::Xcomp | Deprel::Parataxis);
            if clause && self.is_verb(head) && self.in_list(head, "saying-verbs") {
                return self.surface_subject(head).into_iter().collect();
            }
            // "Adan's claim that Noor is cheating"
            let that = |c: usize| self.is_word(c, &["that"]);
            let told = self.deprel(below) == Deprel::Acl && self.document.children(below).any(that);
            if told && self.in_list(head, "claim-nouns") {
                return self.document.children_by(head, Deprel::Poss).map(|t| self.group_of(t)).collect();
            }
            below = head;
        }
        Vec::new()
    }

    /// Whom the clause that a word stands in is told: "told **Kyiv** that troops must leave", "wrote to **Kyiv** that".
    pub(crate) fn listeners(&self, token: usize) -> Vec<Group> {
        let mut below = token;
        for _ in 0..DEPTH {
            let Some(head) = self.document.head(below) else { break };
            let clause = matches!(self.deprel(below), Deprel::Ccomp | Deprel::Xcomp);
            if clause && self.is_verb(head) && self.in_list(head, "saying-verbs") {
                let mut told = if self.is_passive(head) { Vec::new() } else { self.indirect(head) };
                told.extend(self.document.children_by(head, Deprel::Dobj).map(|t| self.group_of(t)));
                told.extend(self.preposition_of(head, "to"));
                return told;
            }
            below = head;
        }
        Vec::new()
    }

    /// "Rebels said that **they** would go": a pronoun that denotes nobody known means whoever says its clause, where the number agrees.
    pub(crate) fn meant(&self, pronoun: usize) -> Option<Group> {
        let plural = match self.document.word(pronoun).to_lowercase().as_str() {
            "they" => true,
            "he" | "it" | "she" => false,
            _ => return None,
        };
        let sayer = self.sayers(pronoun).into_iter().next()?;
        let first = self.document.token(*sayer.first()?);
        let several = sayer.len() > 1 || matches!(first.tag, Tag::Nns | Tag::Nnps);
        (several == plural).then_some(sayer)
    }

    /// "the first minister **to visit** X", "the only leader **to meet** Y": an infinitive of those who have done it.
    pub fn is_ranked(&self, verb: usize) -> bool {
        let ranks = |c: usize| {
            matches!(self.document.token(c).deprel, Deprel::Amod | Deprel::Nummod) && self.in_list(c, "ranking-words")
        };
        self.document.token(verb).tag == Tag::Vb
            && matches!(self.document.token(verb).deprel, Deprel::Acl | Deprel::Relcl)
            && self.document.head(verb).is_some_and(|noun| self.document.children(noun).any(ranks))
    }
}
