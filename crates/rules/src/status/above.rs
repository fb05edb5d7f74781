//! What stands above a predicate does to its truth: verbs of saying, refusing and planning, prepositions, nouns, negations.
//!
//! In: a token and the word above it. Out: the status made weaker, and where to go on.

use entente_nlp::{Deprel, Tag};

use super::{Status, StatusOf, weaker};
use crate::Grammar;

impl Grammar<'_> {
    /// What the verb, or the preposition, above a clause does to it; where to go on.
    fn climb_complement(&self, token: usize, head: usize, result: &mut StatusOf) -> Option<usize> {
        let deprel = self.document.token(token).deprel;
        let governor = if deprel == Deprel::Pcomp { self.document.head(head)? } else { head };
        // "it is not clear whether they met": open, whatever is said of the question.
        let asked = |c: usize| self.is_word(c, &["whether"]);
        if deprel == Deprel::Ccomp && self.document.children(token).any(asked) {
            return None;
        }
        // "have asked for a refund; Chad has turned them down": a sentence of its own, whatever the parser says.
        if deprel == Deprel::Ccomp && (token..head).any(|t| self.is_word(t, &[";"])) {
            return None;
        }
        let temporal = deprel == Deprel::Pcomp && self.in_list(head, "temporal-prepositions");
        // "held off on imposing sanctions" is no time.
        if temporal && !self.in_list(governor, "status-denied") {
            return self.is_word(head, &["before"]).then_some(governor).filter(|&g| self.is_verb(g));
        }
        // "pledged $20 million, with Japan promising $5 million": a clause of its own, which the verb above does nothing to.
        let own_subject = || self.document.children_by(token, Deprel::Nsubj).next().is_some();
        if deprel == Deprel::Pcomp && self.is_word(head, &["with"]) && own_subject() {
            return None;
        }
        if let Some(effect) = self.preposition_effect(token, head).or_else(|| self.auxiliary_effect(token, head)) {
            result.status = weaker(result.status, effect);
        }
        // "wants to thank X for sending": what one is thanked or blamed for is done, whether it is said or not.
        let judged = |list: &&str| self.in_list(governor, list);
        if deprel == Deprel::Pcomp
            && self.is_word(head, &["for"])
            && ["praising-verbs", "condemning-verbs"].iter().any(judged)
        {
            return None;
        }
        // "told reporters that", "confirmed that": what follows is asserted, whatever the verb does to a noun or infinitive.
        if deprel != Deprel::Ccomp || !self.in_list(governor, "asserting-verbs") {
            self.embed(governor, result);
        }
        // "reports that they met were false"
        if deprel == Deprel::Ccomp && !self.is_verb(governor) && self.in_list(governor, "unsure-nouns") {
            result.status = weaker(result.status, Status::Possible);
        }
        // "insist that Russia allow it": a subjunctive asks.
        let singular = |c: usize| matches!(self.document.token(c).tag, Tag::Nn | Tag::Nnp);
        if deprel == Deprel::Ccomp
            && self.in_list(governor, "subjunctive-verbs")
            && matches!(self.document.token(token).tag, Tag::Vb | Tag::Vbp)
            && self.document.children_by(token, Deprel::Nsubj).any(singular)
        {
            result.status = weaker(result.status, Status::Possible);
        }
        // "did not rule out sending", "did not refuse to send": they may yet.
        if self.negated(governor) && self.in_list(governor, "status-denied") {
            return None;
        }
        // "is said to have met X"
        if deprel == Deprel::Xcomp && self.is_passive(governor) && self.in_list(governor, "hearsay-verbs") {
            result.status = weaker(result.status, Status::Possible);
        }
        // "must never be used to train X"
        if deprel == Deprel::Xcomp && self.lemma(governor) == "use" && self.negated(governor) {
            result.status = weaker(result.status, Status::Denied);
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

    /// What the word above does; where to go on.
    pub(super) fn climb(&self, token: usize, head: usize, result: &mut StatusOf) -> Option<usize> {
        let deprel = self.document.token(token).deprel;
        match deprel {
            Deprel::Xcomp | Deprel::Ccomp | Deprel::Csubj | Deprel::Csubjpass | Deprel::Pcomp => {
                self.climb_complement(token, head, result)
            }
            Deprel::Dobj | Deprel::Nsubjpass | Deprel::Attr | Deprel::Nsubj if self.is_verb(head) => {
                if deprel == Deprel::Nsubj && !self.in_list(head, "happening-verbs") {
                    self.embed_subject(head, result);
                    return None;
                }
                // "was not a disgrace"
                if deprel == Deprel::Attr && self.negated(head) {
                    result.status = weaker(result.status, Status::Denied);
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
                    self.embed_occasion(governor, head, token, result);
                    // "shocks that could result from a further invasion"
                    if matches!(self.lemma(governor).as_str(), "arise" | "ensue" | "result" | "stem") {
                        result.status = weaker(result.status, self.verb_status(governor));
                    }
                    (self.in_list(governor, "attending-verbs")).then_some(governor)
                } else {
                    self.embed(governor, result);
                    // "look forward to the launch of the dialogue"
                    let begun = self.in_list(governor, "opening-nouns");
                    (begun || self.in_list(governor, "container-nouns") || self.noun_effect(governor).is_some())
                        .then_some(governor)
                }
            }
            Deprel::Conj if self.is_verb(token) == self.is_verb(head) => {
                // "calls for X to leave and for Y to withdraw": an infinitive stands under what the first stands under.
                let infinitives = self.has_to(token) && self.has_to(head);
                // A shared auxiliary ("will meet and sign") bears on the second verb where that has none of its own.
                let own = !infinitives
                    && self.document.children(token).any(|c| {
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
            // "if they are able to end the war": the copula says how things stand.
            Deprel::Acomp if self.lemma(head) == "be" => Some(head),
            Deprel::Advcl => {
                // "to help Ukraine, ..." is a purpose; "saying that" carries on the main clause.
                let steps = |c: usize| self.in_list(c, "step-nouns");
                if self.lemma(head) == "take" && self.document.children_by(head, Deprel::Dobj).any(steps) {
                    return Some(head);
                }
                if self.has_to(token) && self.document.token(token).tag == Tag::Vb {
                    // "extended an invitation for X to visit"
                    let offered = self.document.children_by(head, Deprel::Dobj).find_map(|noun| self.noun_effect(noun));
                    // "renewed its calls for X to withdraw"
                    let offered = offered.or_else(|| self.noun_effect(head));
                    result.status = weaker(result.status, offered.unwrap_or(Status::Planned));
                }
                if self.document.children(token).any(|c| self.is_word(c, &["rather", "instead"]) && c < token) {
                    result.status = weaker(result.status, Status::Denied);
                }
                // "X must hold back, allowing Y in": a participle is as open as its clause.
                let participle = self.document.token(token).tag == Tag::Vbg && !self.has_child(token, Deprel::Nsubj);
                if participle && token > head && self.verb_status(head) == Status::Possible {
                    result.status = weaker(result.status, Status::Possible);
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
        // "there are no longer troops serving in X"
        let absent = deprel == Deprel::Acl
            && (self.negated(head) || governor.is_some_and(|verb| self.lemma(verb) == "be" && self.negated(verb)));
        if absent && tag == Tag::Vbg {
            result.status = weaker(result.status, Status::Denied);
        }
        // "had an opportunity to meet X", "it was a pleasure to meet X" tell that they met.
        let granted = governor.is_some_and(|verb| matches!(self.lemma(verb).as_str(), "be" | "have"));
        if self.in_list(head, "granted-nouns") && granted {
            return governor;
        }
        // "will attend a meeting hosted by X": the host hosts what is attended.
        if self.in_list(token, "event-hosting-verbs") && tag == Tag::Vbn {
            return Some(head);
        }
        // "in advance of the accord entering into force"
        let ahead = |prep: usize| self.document.head(prep).is_some_and(|above| self.is_word(above, &["advance"]));
        if tag == Tag::Vbg && self.deprel(head) == Deprel::Pobj && self.document.head(head).is_some_and(ahead) {
            result.status = weaker(result.status, Status::Planned);
        }
        if tag != Tag::Vb {
            return None;
        }
        // "took steps to impose": what steps are taken to do is done.
        if self.in_list(head, "step-nouns")
            && let Some(taking) = governor.filter(|&verb| self.lemma(verb) == "take")
            && !self.negated(head)
        {
            return Some(taking);
        }
        let effect = self.noun_effect(head);
        let accepted = governor.is_some_and(|verb| self.in_list(verb, "offer-accepting-verbs"));
        let status = match effect {
            _ if self.negated(head) => Status::Denied,
            Some(Status::Possible) if accepted => Status::Planned,
            // "turned down an invitation to visit X"
            Some(Status::Possible) if governor.is_some_and(|verb| self.in_list(verb, "status-denied")) => {
                Status::Denied
            }
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
        let instead = self.document.children(preposition).any(|c| self.is_word(c, &["instead", "rather", "short"]));
        if instead
            || ["denying-prepositions", "averting-prepositions"].iter().any(|list| self.in_list(preposition, list))
        {
            return Some(Status::Denied);
        }
        // "backed down from sending", "is thinking about sending"
        let verb = self.document.head(preposition).filter(|&verb| self.is_verb(verb));
        if self.is_word(preposition, &["from"]) {
            return verb.filter(|&verb| !self.in_list(verb, "profiting-verbs")).map(|_| Status::Denied);
        }
        if self.is_word(preposition, &["about"]) {
            return verb.filter(|&verb| self.in_list(verb, "musing-verbs")).map(|_| Status::Possible);
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
        let yet = self.document.children_by(above, Deprel::Advmod).any(|c| self.is_word(c, &["yet", "still"]));
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
                    && self.is_word(c, &["had", "were", "should"])
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

    /// "will raise it in a meeting with X", "would speak during a visit": the occasion lies ahead with what is to be done on it.
    fn embed_occasion(&self, verb: usize, preposition: usize, noun: usize, result: &mut StatusOf) {
        let occasion = self.is_word(preposition, &["at", "during", "in", "on", "through"])
            && ["meeting-nouns", "visit-nouns", "call-nouns"].iter().any(|list| self.in_list(noun, list));
        if occasion && !self.negated(verb) {
            let status = self.status(verb).status;
            if matches!(status, Status::Planned | Status::Possible) {
                result.status = weaker(result.status, status);
            }
        }
    }

    /// "The talks were cancelled", "the visit is planned": what is said of the event as a subject.
    fn embed_subject(&self, verb: usize, result: &mut StatusOf) {
        let future = self.document.children_by(verb, Deprel::Aux).any(|a| self.is_word(a, &["will", "shall", "'ll"]));
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
        // "called for a truce on the last day of a trip": a time is nothing that a verb is about.
        if self.document.children_by(preposition, Deprel::Pobj).any(|object| self.in_list(object, "time-nouns")) {
            return;
        }
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
}
