//! What hangs on a noun or under a preposition: who does what an event noun names, whose it is, what it is said to be.
//!
//! In: a token, mostly a noun. Out: [`Group`]s of coordinated words, as in [`Grammar`], of which this is the other half.

use entente_nlp::{Deprel, Tag, Upos};

use crate::{Grammar, Group};

/// How far up the tree a verb may stand above its noun.
const DEPTH: usize = 5;

impl Grammar<'_> {
    /// Who does what an event noun names: "rebels launched **an attack**", and its [doers](Self::doers).
    pub(crate) fn noun_agents(&self, noun: usize) -> Vec<Group> {
        let mut groups: Vec<Group> = self.preposition_of(noun, "by");
        if let Some(verb) = self.light_verb(noun) {
            groups.extend(self.subjects(verb));
        }
        groups.extend(self.doers(noun));
        groups
    }

    /// Who does what an event noun names, by the noun phrase alone: "an attack **by rebels**", "**Russia's** attack".
    pub(crate) fn doers(&self, noun: usize) -> Vec<Group> {
        let mut groups: Vec<Group> = self.preposition_of(noun, "by");
        groups.extend(self.document.children_by(noun, Deprel::Poss).map(|t| self.group_of(t)));
        // "a **Saudi**-led strike", "a **Taliban**-claimed car bomb"
        for participle in
            self.document.children_by(noun, Deprel::Amod).filter(|&c| self.in_list(c, "leading-participles"))
        {
            let name = |&c: &usize| c < participle && self.document.token(c).upos == Upos::Propn;
            groups.extend(self.document.children(participle).filter(name).map(|c| vec![c]));
        }
        groups.extend(self.modifiers(noun));
        for participle in self.document.children_by(noun, Deprel::Acl).filter(|&c| self.in_list(c, "light-verbs")) {
            groups.extend(self.subjects(participle));
        }
        groups.extend(self.giver(noun));
        groups
    }

    /// "the support that **X** is providing", "the steps **X** has taken": who does what a noun names in a clause behind it.
    fn giver(&self, noun: usize) -> Option<Group> {
        let carries = |&clause: &usize| {
            let objects = || self.document.children_by(clause, Deprel::Dobj);
            (self.in_list(clause, "light-verbs") || self.in_list(clause, "giving-words"))
                && !self.is_passive(clause)
                && objects().all(|object| matches!(self.document.token(object).tag, Tag::Wdt | Tag::Wp))
        };
        let clause = self.document.children_by(noun, Deprel::Relcl).find(carries)?;
        let relative = |&subject: &usize| !matches!(self.document.token(subject).tag, Tag::Wdt | Tag::Wp);
        let subject = self.document.children_by(clause, Deprel::Nsubj).find(relative)?;
        Some(self.group_of(subject))
    }

    /// The verb that carries an event noun without a meaning of its own: "**hold** talks".
    pub fn light_verb(&self, noun: usize) -> Option<usize> {
        self.governor(noun).filter(|&verb| self.in_list(verb, "light-verbs"))
    }

    /// The verb that tells what a word names: the word itself, or the verb that carries it as a noun.
    pub fn predicate(&self, word: usize) -> Option<usize> {
        if self.is_verb(word) { Some(word) } else { self.governor(word) }
    }

    /// The verb that a noun is object of, in either voice; through "of" where a count or kind stands between ("a series of talks").
    pub fn governor(&self, noun: usize) -> Option<usize> {
        let mut token = noun;
        for _ in 0..DEPTH {
            let head = self.document.head(token)?;
            match self.deprel(token) {
                Deprel::Dobj | Deprel::Nsubjpass | Deprel::Attr | Deprel::Oprd | Deprel::Aux if self.is_verb(head) => {
                    return Some(head);
                }
                Deprel::Conj if self.is_nominal(head) => token = head,
                Deprel::Pobj if self.is_word(head, &["of"]) => {
                    let above = self.document.head(head)?;
                    if !self.in_list(above, "container-nouns") {
                        return None;
                    }
                    token = above;
                }
                _ => return None,
            }
        }
        None
    }

    /// Names and nationalities before a noun; of a compound its parts too: "the **U.S.-ASEAN** summit".
    pub(crate) fn modifiers(&self, noun: usize) -> Vec<Group> {
        let before = |head: usize| {
            self.document.children(head).filter(move |&c| {
                c < head && matches!(self.deprel(c), Deprel::Amod | Deprel::Compound | Deprel::Nmod | Deprel::Nummod)
            })
        };
        before(noun)
            .map(|modifier| {
                let mut group = self.coordinated(modifier);
                group.extend(before(modifier).filter(|&c| self.is_nominal(c)));
                group.sort_unstable();
                group
            })
            .collect()
    }

    /// Whose a noun is: possessor, nationality, `of`- and `by`-phrase.
    pub(crate) fn owners(&self, noun: usize) -> Vec<Group> {
        let mut groups: Vec<Group> = self.document.children_by(noun, Deprel::Poss).map(|t| self.group_of(t)).collect();
        groups.extend(self.modifiers(noun));
        groups.extend(self.preposition_of(noun, "of"));
        groups.extend(self.preposition_of(noun, "by"));
        groups
    }

    /// The objects of a preposition; of a noun under a light verb also the verb's ("held talks **with** X").
    pub fn preposition(&self, token: usize, word: &str) -> Vec<Group> {
        let mut groups = self.preposition_of(token, word);
        if !self.is_verb(token) {
            if let Some(verb) = self.light_verb(token) {
                groups.extend(self.preposition_of(verb, word));
            }
            // "the talks held with X" and "the sanctions imposed on X" carry it on the participle.
            let carries = |c: &usize| self.in_list(*c, "light-verbs") || self.in_list(*c, "carrying-participles");
            for participle in self.document.children_by(token, Deprel::Acl).filter(carries) {
                groups.extend(self.preposition_of(participle, word));
            }
        }
        groups
    }

    pub(crate) fn preposition_of(&self, token: usize, word: &str) -> Vec<Group> {
        let mut groups = Vec::new();
        for child in self.document.children(token) {
            if !matches!(self.deprel(child), Deprel::Prep | Deprel::Agent | Deprel::Dative | Deprel::Prt) {
                continue;
            }
            for preposition in std::iter::once(child).chain(self.document.children_by(child, Deprel::Conj)) {
                if self.document.word(preposition).eq_ignore_ascii_case(word) {
                    groups.extend(self.document.children_by(preposition, Deprel::Pobj).map(|t| self.group_of(t)));
                    groups.extend(self.listed(token, preposition));
                    // "raids on what he called smugglers' dens"
                    for clause in self.document.children_by(preposition, Deprel::Pcomp) {
                        groups.extend(self.told_by_what(clause));
                    }
                    // "talks with visiting Prime Minister X": the parser takes the visitor for whom somebody visits.
                    for visiting in self.document.children_by(preposition, Deprel::Pcomp) {
                        if self.is_word(visiting, &["visiting"]) && visiting == preposition + 1 {
                            groups.extend(self.document.children_by(visiting, Deprel::Dobj).map(|t| self.group_of(t)));
                        }
                    }
                }
                // "together with X", "along with X", "out of X": a preposition below a preposition.
                for inner in self.document.children_by(preposition, Deprel::Prep) {
                    if self.document.word(inner).eq_ignore_ascii_case(word) {
                        groups.extend(self.document.children_by(inner, Deprel::Pobj).map(|t| self.group_of(t)));
                    }
                }
            }
        }
        // "pulled its troops back from X": the preposition hangs on the adverb.
        for adverb in self.document.children_by(token, Deprel::Advmod) {
            let away = self.is_word(adverb, &["back", "away", "out", "home"]);
            for preposition in
                self.document.children_by(adverb, Deprel::Prep).filter(|&p| away && self.is_word(p, &[word]))
            {
                groups.extend(self.document.children_by(preposition, Deprel::Pobj).map(|t| self.group_of(t)));
            }
        }
        // "travel to X July 2-3 and **to Y** July 4": the parser joins the second to the date of the first.
        for date in self.document.children_by(token, Deprel::Npadvmod) {
            for joined in self.document.children_by(date, Deprel::Conj).filter(|&c| self.is_word(c, &[word])) {
                groups.extend(self.document.children_by(joined, Deprel::Pobj).map(|t| self.group_of(t)));
            }
        }
        // "spoke with X to congratulate her": the parser takes it for a clause with a subject now and then.
        for clause in self.document.children_by(token, Deprel::Advcl) {
            let marked = self.document.children_by(clause, Deprel::Mark).any(|m| self.is_word(m, &[word]));
            if marked && self.document.token(clause).tag == Tag::Vb {
                groups.extend(self.document.children_by(clause, Deprel::Nsubj).map(|t| self.group_of(t)));
            }
        }
        groups
    }

    /// The objects of a preposition anywhere in a noun's phrase, for the parser hangs "to Peru" on whatever stands before it:
    /// "returned a mask, including its box, **to Peru**".
    pub(crate) fn inside(&self, noun: usize, word: &str) -> Vec<Group> {
        let prepositions = self.document.phrase(noun).filter(|&t| t > noun && self.is_word(t, &[word]));
        prepositions
            .flat_map(|preposition| self.document.children_by(preposition, Deprel::Pobj))
            .map(|t| self.group_of(t))
            .collect()
    }

    /// "spoke with: **X** of Kenya; **Y** of Uganda": a list behind a colon, which the parser hangs on the verb.
    fn listed(&self, verb: usize, preposition: usize) -> Option<Group> {
        let colon =
            Some(preposition + 1).filter(|&t| t < self.document.tokens().len() && self.document.word(t) == ":")?;
        let hangs = |c: &usize| {
            *c > colon
                && self.document.token(*c).upos == Upos::Propn
                && matches!(self.deprel(*c), Deprel::Npadvmod | Deprel::Dep | Deprel::Dobj | Deprel::Appos)
        };
        let group: Group =
            self.document.children(verb).filter(hangs).flat_map(|token| self.coordinated(token)).collect();
        (!group.is_empty()).then_some(group)
    }

    /// What a verb calls its object: "branded the vote **a farce**", "described it as **illegal**".
    pub(crate) fn complements(&self, verb: usize) -> Vec<Group> {
        if !self.is_verb(verb) {
            return Vec::new();
        }
        let mut groups: Vec<Group> =
            self.document.children_by(verb, Deprel::Oprd).map(|t| self.coordinated(t)).collect();
        groups.extend(self.preposition_of(verb, "as"));
        // "described it as unacceptable"
        for preposition in self.document.children_by(verb, Deprel::Prep).filter(|&p| self.is_word(p, &["as"])) {
            let judgment = |&c: &usize| matches!(self.deprel(c), Deprel::Amod | Deprel::Acomp | Deprel::Advcl);
            groups.extend(self.document.children(preposition).filter(judgment).map(|t| self.coordinated(t)));
        }
        // The parser hangs it on the object now and then: called the pact "null and void", called the vote a farce.
        for object in self.document.children_by(verb, Deprel::Dobj) {
            let behind = |&c: &usize| c > object && matches!(self.deprel(c), Deprel::Amod | Deprel::Appos);
            groups.extend(self.document.children(object).filter(behind).map(|t| self.coordinated(t)));
            groups.extend(self.preposition_of(object, "as"));
            // "called Oslo's attack on the plant outrageous": it hangs on whatever stands before it.
            let last = self.document.phrase(object).end - 1;
            let trailing = self.deprel(last) == Deprel::Amod && self.document.head(last).is_some_and(|h| h < last);
            groups.extend(trailing.then(|| vec![last]));
        }
        // "branded the deployment a threat": two objects.
        let mut objects = self.document.children_by(verb, Deprel::Dobj);
        if let (Some(_), Some(second)) = (objects.next(), objects.next()) {
            groups.push(self.coordinated(second));
        }
        groups
    }

    /// What is said to be the same: "the attack was **a massacre**", "the deal, **a ten-year pact**".
    pub(crate) fn equals(&self, token: usize) -> Vec<Group> {
        let mut groups: Vec<Group> =
            self.document.children_by(token, Deprel::Appos).map(|t| self.coordinated(t)).collect();
        if let Some(head) = self.document.head(token) {
            match self.deprel(token) {
                Deprel::Attr => {
                    groups.extend(self.document.children_by(head, Deprel::Nsubj).map(|t| self.group_of(t)));
                    // "What X is doing is a crime"
                    groups.extend(self.document.children_by(head, Deprel::Csubj).map(|t| vec![t]));
                }
                Deprel::Nsubj => groups.extend(self.document.children_by(head, Deprel::Attr).map(|t| self.group_of(t))),
                Deprel::Appos => groups.push(vec![head]),
                _ => {}
            }
        }
        groups
    }
}
