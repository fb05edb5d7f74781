//! Who acts: the subject of a verb in any voice, its own or inherited from the clause above.
//!
//! In: a verb. Out: the groups of words that denote who does what it tells.

use entente_nlp::{Deprel, EntitySpan, Tag, Upos};

use crate::grammar::{DEPTH, Grammar, Group};

impl Grammar<'_> {
    /// The grammatical subject of a clause, in whichever voice, own or inherited.
    pub fn surface_subject(&self, verb: usize) -> Option<Group> {
        self.surface_subject_within(verb, DEPTH)
    }

    pub(crate) fn surface_subject_within(&self, verb: usize, depth: usize) -> Option<Group> {
        // "who had himself been killed": the pronoun stresses, it does not act.
        let is_subject = |&c: &usize| {
            matches!(self.deprel(c), Deprel::Nsubj | Deprel::Nsubjpass)
                && !self.document.lemma(c).ends_with("self")
                && !(self.deprel(verb) == Deprel::Acl && self.is_bracketed(c))
        };
        let own: Vec<usize> = self.document.children(verb).filter(is_subject).collect();
        if let Some(mut subject) = self.nearest_subject(verb, &own) {
            subject.extend(own.first().and_then(|&first| self.headline_partner(verb, first)));
            subject.sort_unstable();
            return Some(subject);
        }
        let adverb = || self.adverbial_subject(verb);
        if let Some(subject) = self.under_secretary(verb).or_else(|| self.fronted_subject(verb)).or_else(adverb) {
            return Some(subject);
        }
        if depth == 0 {
            return None;
        }
        if let Some(subject) = self.infinitive_for(verb) {
            return Some(subject);
        }
        let head = self.document.head(verb)?;
        let up = |verb| self.surface_subject_within(verb, depth - 1);
        match self.deprel(verb) {
            Deprel::Conj if self.is_verb(head) => match self.document.head(head) {
                Some(above) if self.is_verb(above) && self.joins_above(verb, head) => up(above),
                _ => up(head),
            },
            Deprel::Xcomp => self.controller(head, verb).or_else(|| up(head)),
            Deprel::Advcl | Deprel::Ccomp | Deprel::Dep if self.is_verb(head) => up(head),
            // "is due to visit", "is ready to send": the subject of the copula.
            Deprel::Acomp | Deprel::Oprd if self.is_verb(head) => up(head),
            Deprel::Pcomp => self.gerund_subject(head, depth),
            Deprel::Acl => match self.document.token(verb).tag {
                Tag::Vb => self.infinitive_subject(head, depth),
                Tag::Vbg => self
                    .issuer(head, depth)
                    .or_else(|| self.writer(head, depth))
                    .or_else(|| self.spender(head).and_then(up))
                    .or_else(|| Some(vec![head])),
                _ => Some(vec![head]),
            },
            // "took steps to impose sanctions": the steps impose nothing.
            Deprel::Relcl if self.is_step_to(head, verb) => self.infinitive_subject(head, depth),
            Deprel::Relcl => Some(vec![head]),
            _ => None,
        }
    }

    /// "steps to impose", "action to designate": a noun of doing with an infinitive behind it.
    fn is_step_to(&self, noun: usize, verb: usize) -> bool {
        let infinitive = self.document.children_by(verb, Deprel::Aux).any(|aux| self.is_word(aux, &["to"]));
        infinitive && matches!(self.document.lemma(noun), "action" | "effort" | "measure" | "move" | "step")
    }

    /// "**Under Secretary** Adan met X": the parser takes the first word of the title for a preposition.
    fn under_secretary(&self, verb: usize) -> Option<Group> {
        let under = |&c: &usize| {
            c < verb && self.document.word(c) == "Under" && self.document.word(c + 1).eq_ignore_ascii_case("secretary")
        };
        let title = self.document.children_by(verb, Deprel::Prep).find(under)?;
        self.document.children_by(title, Deprel::Pobj).next().map(|name| self.group_of(name))
    }

    /// "In a joint statement, **France, Germany and Britain** urged", "On a visit to Malawi, **the Irish minister** said": the parser
    /// takes the subject for another word of what is fronted.
    fn fronted_subject(&self, verb: usize) -> Option<Group> {
        let finite = matches!(self.document.token(verb).tag, Tag::Vbd | Tag::Vbz | Tag::Vbp)
            || self.document.children(verb).any(|c| c < verb && self.document.token(c).tag == Tag::Md);
        if let Some(name) = self.swallowed(verb).filter(|_| finite) {
            return Some(self.group_of(name));
        }
        let start = self.document.sentence_of(verb).tokens.start;
        let fronted = self.document.children_by(verb, Deprel::Prep).find(|&c| c == start).filter(|_| finite)?;
        let renamed = |&t: &usize| {
            let nominal = matches!(self.document.token(t).upos, Upos::Propn | Upos::Noun);
            self.deprel(t) == Deprel::Appos && nominal
        };
        let name = self.document.phrase(fronted).find(renamed)?;
        let phrase = self.document.phrase(name);
        let goes_on = (phrase.end..verb).all(|t| {
            let beside = matches!(self.document.token(t).upos, Upos::Aux | Upos::Adv);
            beside && self.document.head(t) == Some(verb) || self.is_word(t, &[","])
        });
        (goes_on && self.is_word(phrase.start.checked_sub(1)?, &[","])).then(|| self.group_of(name))
    }

    /// "On Monday **Norway** pledged", "At the White House **Norway** pledged": the parser takes the day or the place for a part of
    /// the name.
    fn swallowed(&self, verb: usize) -> Option<usize> {
        let fronted = |prep: &usize| *prep < verb;
        let objects = self
            .document
            .children_by(verb, Deprel::Prep)
            .filter(fronted)
            .flat_map(|prep| self.document.children_by(prep, Deprel::Pobj));
        let name =
            objects.filter(|&name| self.document.token(name).upos == Upos::Propn).find(|&name| name + 1 == verb)?;
        let own = self.document.entity_at(name);
        let begins = own.is_none_or(|span| span.tokens.start == name || span.is_time());
        let scene = |token: usize| self.document.entity_at(token).is_some_and(EntitySpan::is_scene);
        (begins && (self.document.phrase(name).start..name).any(scene)).then_some(name)
    }

    /// "was accused of meddling **by Norway**", "was praised for hosting talks **by Norway**": the parser hangs who does it on what it is for.
    fn agent_behind_gerund(&self, verb: usize) -> Vec<Group> {
        let by = |&c: &usize| matches!(self.deprel(c), Deprel::Prep | Deprel::Agent) && self.is_word(c, &["by"]);
        let reproached = |prep: &usize| self.is_word(*prep, &["of", "for"]);
        self.document
            .children_by(verb, Deprel::Prep)
            .filter(reproached)
            .flat_map(|prep| self.document.children_by(prep, Deprel::Pcomp))
            .flat_map(|gerund| self.document.children(gerund).filter(by))
            .flat_map(|by| self.document.children_by(by, Deprel::Pobj))
            .map(|t| self.group_of(t))
            .collect()
    }

    /// "**USAID** and the food agency cut aid": the parser takes an acronym for an adverb now and then.
    fn adverbial_subject(&self, verb: usize) -> Option<Group> {
        let finite = matches!(self.document.token(verb).tag, Tag::Vbd | Tag::Vbz | Tag::Vbp);
        let start = self.document.sentence_of(verb).tokens.start;
        let name = self.document.children_by(verb, Deprel::Advmod).find(|&c| {
            c < verb && self.document.token(c).upos == Upos::Propn && self.document.phrase(c).start == start
        });
        name.filter(|_| finite && self.deprel(verb) == Deprel::Root).map(|name| self.group_of(name))
    }

    /// "**spent** much of an hour railing at X": the verb whose subject does what the time is spent on.
    fn spender(&self, time: usize) -> Option<usize> {
        self.document.head(time).filter(|&verb| self.deprel(time) == Deprel::Dobj && self.lemma(verb) == "spend")
    }

    /// "a letter to the World Health Organization (**WHO**) threatening": a short name says nothing about the clause behind it.
    fn is_bracketed(&self, token: usize) -> bool {
        let tokens = self.document.sentence_of(token).tokens.clone();
        token > tokens.start
            && token + 1 < tokens.end
            && self.is_word(token - 1, &["("])
            && self.is_word(token + 1, &[")"])
    }

    /// Of several subjects, which the parser gives a verb now and then, the nearest before it, with one that no break parts from it.
    fn nearest_subject(&self, verb: usize, subjects: &[usize]) -> Option<Group> {
        let &first = subjects.first()?;
        let Some(at) = subjects.iter().rposition(|&s| s < verb) else { return Some(self.group_of(first)) };
        let mut group = self.group_of(subjects[at]);
        if at > 0 {
            let before = subjects[at - 1];
            let start = self.document.phrase(subjects[at]).start;
            // "the United Nations, North Korea, and China signed": one list.
            let listed = (before + 1..start).all(|t| {
                self.document.word(t) == ","
                    || matches!(self.document.token(t).upos, Upos::Propn | Upos::Cconj | Upos::Det)
            });
            let comma = !listed && (start.saturating_sub(2)..start).any(|t| self.document.word(t) == ",");
            let parted = comma || (before..start).any(|t| self.is_word(t, &[":", ";", "–", "—", "-"]));
            if !parted {
                group.splice(0..0, self.group_of(before));
            }
        }
        Some(group)
    }

    /// A finite verb joined to an infinitive or a pluperfect belongs with the verb above: "urged X to go and **called** on Y",
    /// "said that Y had left and **urged** Z to stay".
    fn joins_above(&self, verb: usize, joined: usize) -> bool {
        if !matches!(self.document.token(verb).tag, Tag::Vbd | Tag::Vbz | Tag::Vbp) || self.has_child(verb, Deprel::Aux)
        {
            return false;
        }
        match self.deprel(joined) {
            Deprel::Xcomp => self.document.token(joined).tag == Tag::Vb,
            Deprel::Ccomp => {
                // "has taken lives and threatened Europe" goes on with the perfect.
                let mut auxiliaries =
                    self.document.children(joined).filter(|&c| matches!(self.deprel(c), Deprel::Aux | Deprel::Auxpass));
                self.document.token(verb).tag == Tag::Vbd
                    && matches!(self.document.token(joined).tag, Tag::Vb | Tag::Vbn | Tag::Vbg)
                    && auxiliaries.any(|c| !self.is_word(c, &["has", "have"]))
            }
            _ => false,
        }
    }

    /// "**Israel**, Lebanon agree on a truce": headlines join two names by a comma alone, of which the parser loses the first.
    fn headline_partner(&self, verb: usize, subject: usize) -> Option<usize> {
        let name = |t: usize| {
            self.document.token(t).upos == Upos::Propn || self.document.word(t).starts_with(char::is_uppercase)
        };
        let sentence = self.document.sentence_of(verb).tokens.clone();
        let first = self.document.children(verb).next().filter(|&c| c < subject)?;
        let lost = matches!(self.deprel(first), Deprel::Npadvmod | Deprel::Intj | Deprel::Dep);
        let before = self.document.phrase(first);
        let comma = before.end;
        (lost
            && before.start == sentence.start
            && self.document.token(subject).upos == Upos::Propn
            && name(first)
            && self.is_word(comma, &[","])
            && self.document.phrase(subject).start == comma + 1)
            .then_some(first)
    }

    /// "extended an invitation for **X** to visit": who stands between "for" and "to"; "thanked X for Y's decision to send"
    /// has an owner who sends.
    fn infinitive_for(&self, verb: usize) -> Option<Group> {
        let to = self.document.children_by(verb, Deprel::Aux).find(|&aux| self.is_word(aux, &["to"]))?;
        let before = to.checked_sub(1)?;
        let preposition = self.document.head(before).filter(|_| self.deprel(before) == Deprel::Pobj)?;
        let owned = self.document.head(verb) == Some(before) && self.has_child(before, Deprel::Poss);
        (self.is_word(preposition, &["for"]) && !owned).then(|| self.group_of(before))
    }

    /// Object control: "urged **Russia** to withdraw"; subject control ("promised him to go") is a list.
    fn controller(&self, governor: usize, verb: usize) -> Option<Group> {
        // "welcomed X signing the accord": a gerund behind an object is the object's.
        if self.in_list(governor, "subject-control-verbs") && self.document.token(verb).tag != Tag::Vbg {
            return None;
        }
        let object = self.document.children(governor).find(|&c| {
            c < verb
                && matches!(self.deprel(c), Deprel::Dobj | Deprel::Dative)
                && self.document.token(c).upos != Upos::Adp
        });
        let called_on = || {
            let on = self
                .document
                .children_by(governor, Deprel::Prep)
                .find(|&p| p < verb && self.is_word(p, &["on", "upon", "to"]));
            on.filter(|_| self.in_list(governor, "call-on-verbs")).and_then(|p| self.first_by(p, Deprel::Pobj))
        };
        object.or_else(called_on).map(|token| self.group_of(token))
    }

    /// "After **meeting** X, Y said"; "accused **Russia** of bombing"; "thanked **them** for sending".
    fn gerund_subject(&self, preposition: usize, depth: usize) -> Option<Group> {
        let above = self.document.head(preposition)?;
        if self.is_verb(above) {
            let object = self.objects(above).into_iter().next();
            if self.in_list(above, "object-control-verbs")
                && self.is_word(preposition, &["of", "for", "from", "over", "in", "on", "against"])
            {
                return object;
            }
            // "Peru joined **Chile** in urging": both urge.
            let subject = self.surface_subject_within(above, depth - 1);
            let joined = self.lemma(above) == "join"
                && self.is_word(preposition, &["in"])
                && self.has_child(above, Deprel::Nsubj)
                && self.document.token(above).tag != Tag::Vb;
            return match (subject, self.objects(above).into_iter().next().filter(|_| joined)) {
                (Some(mut group), Some(partner)) => {
                    group.extend(partner);
                    group.sort_unstable();
                    group.dedup();
                    Some(group)
                }
                (subject, _) => subject,
            };
        }
        // "is guilty of breaking", "is responsible for killing": the subject of the copula.
        if matches!(self.deprel(above), Deprel::Acomp | Deprel::Oprd) {
            return self.document.head(above).and_then(|verb| self.surface_subject_within(verb, depth - 1));
        }
        self.infinitive_subject(above, depth)
    }

    /// "Germany's **decision to send** tanks": the noun's owner, or the subject of the verb that the noun depends on.
    fn infinitive_subject(&self, noun: usize, depth: usize) -> Option<Group> {
        // "is visiting Kampala, Uganda to meet X"
        let apposed = self.deprel(noun) == Deprel::Appos;
        let named = self.document.head(noun).filter(|_| apposed).unwrap_or(noun);
        // "an invitation for X to visit": X does it, whoever invites.
        self.preposition_of(noun, "for")
            .into_iter()
            .chain(self.owners(noun))
            .next()
            .or_else(|| self.governor(named).and_then(|verb| self.surface_subject_within(verb, depth - 1)))
            .or_else(|| matches!(self.document.token(noun).upos, Upos::Propn).then(|| vec![noun]))
    }

    /// Who acts: groups from the surest to the least sure.
    pub fn subjects(&self, token: usize) -> Vec<Group> {
        // "X is grateful to Y", "X is committed to Y": the subject of the copula.
        if matches!(self.deprel(token), Deprel::Acomp | Deprel::Oprd) {
            let copula = self.document.head(token);
            // "What X is doing is barbaric": what X does is judged.
            let deed = copula.and_then(|verb| self.first_by(verb, Deprel::Csubj));
            return deed.or(copula).and_then(|verb| self.surface_subject(verb)).into_iter().collect();
        }
        // "Serbia's brutal attack": no predicate, no subject; "found **him** guilty" has one of its own.
        if self.document.token(token).upos == Upos::Adj {
            return self.document.children_by(token, Deprel::Nsubj).map(|t| self.group_of(t)).collect();
        }
        if !self.is_verb(token) {
            return self.noun_agents(token);
        }
        if self.is_passive(token) {
            let own: Vec<Group> = self
                .document
                .children_by(token, Deprel::Agent)
                .filter_map(|by| self.first_by(by, Deprel::Pobj))
                .map(|t| self.group_of(t))
                .collect();
            return if own.is_empty() { self.agent_behind_gerund(token) } else { own };
        }
        let mut groups: Vec<Group> = self.surface_subject(token).into_iter().collect();
        // "Germany, the second-largest donor, ..." and headline infinitives hang on the noun itself.
        if groups.is_empty() && self.deprel(token) == Deprel::Acl {
            groups.extend(self.document.head(token).map(|head| vec![head]));
        }
        groups
    }
}
