//! Grammatical functions read off a dependency tree, whatever the construction.
//!
//! In: a parsed document and a token, verb or noun. Out: [`Group`]s of coordinated words that fill a function of it.
//! Voice, control ("urged Russia to withdraw"), relative and participial clauses, light verbs ("held talks"),
//! shared subjects and objects of coordinated verbs are all settled here, so that "X shelled Y", "Y was shelled by X",
//! "the town that X shelled" and "X is accused of shelling Y" read alike.
//! Walks go a bounded number of steps up and look at children only: linear in the length of a sentence.

use entente_nlp::{Deprel, Document, EntityLabel, Tag, Upos};

use crate::Lexicon;

/// Words joined by "and", "or" or a comma, in text order: together they fill a function.
pub type Group = Vec<usize>;

/// How far control is followed up the tree: "agreed to try to help rebuild".
pub(crate) const DEPTH: usize = 5;

/// Grammatical functions over one document.
#[derive(Clone, Copy)]
pub struct Grammar<'d> {
    pub(crate) document: &'d Document,
    pub(crate) lexicon: &'d Lexicon,
}

impl<'d> Grammar<'d> {
    /// Reads the document with the lists of control and light verbs that the lexicon holds.
    pub fn new(document: &'d Document, lexicon: &'d Lexicon) -> Self {
        Self { document, lexicon }
    }

    /// The document that is read.
    pub fn document(&self) -> &'d Document {
        self.document
    }

    pub(crate) fn deprel(&self, token: usize) -> Deprel {
        self.document.token(token).deprel
    }

    /// Whether the token works as a verb.
    pub fn is_verb(&self, token: usize) -> bool {
        matches!(self.document.token(token).upos, Upos::Verb | Upos::Aux)
    }

    pub(crate) fn is_nominal(&self, token: usize) -> bool {
        matches!(
            self.document.token(token).upos,
            Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Adj | Upos::Sym
        )
    }

    /// The lemma in lower case, as lexicons spell it.
    pub fn lemma(&self, token: usize) -> String {
        self.document.lemma(token).to_lowercase()
    }

    /// Whether a list holds the token's lemma, alone or with a particle or preposition of its own ("carry out", "call for").
    ///
    /// A verb with a particle is another verb: "shot down" is not in a list that holds "shoot" alone.
    pub fn in_list(&self, token: usize, list: &str) -> bool {
        self.is_one_of(token, &|words| self.lexicon.contains(list, words))
    }

    /// Whether a set holds the token's lemma, alone or with a particle, a preposition or a noun before it.
    pub(crate) fn is_one_of(&self, token: usize, contains: &dyn Fn(&str) -> bool) -> bool {
        let lemma = self.hyphenated(token).unwrap_or_else(|| self.lemma(token));
        let with = |child: usize| contains(&format!("{lemma} {}", self.document.word(child).to_lowercase()));
        if let Some(particle) = self.first_by(token, Deprel::Prt) {
            return with(particle);
        }
        contains(&lemma)
            // The lemma of a name keeps its plural: "Christians".
            || (self.document.token(token).tag == Tag::Nnps && contains(lemma.trim_end_matches('s')))
            || self.document.children(token).any(|child| {
                matches!(self.deprel(child), Deprel::Prep | Deprel::Advmod | Deprel::Acomp | Deprel::Oprd)
                    && with(child)
                    && !self.is_dating(child)
            })
            || self.compounded(token).is_some_and(|name| contains(&name))
    }

    /// "travel ban" is two tokens: of the last, both.
    fn compounded(&self, token: usize) -> Option<String> {
        let before = token.checked_sub(1).filter(|&b| matches!(self.deprel(b), Deprel::Compound | Deprel::Amod))?;
        (self.document.head(before) == Some(token)).then(|| format!("{} {}", self.lemma(before), self.lemma(token)))
    }

    /// "called the king on Saturday" is not "called on": the preposition of a date is no part of the verb.
    fn is_dating(&self, preposition: usize) -> bool {
        self.document.children_by(preposition, Deprel::Pobj).any(|object| {
            self.document.entities().iter().any(|span| {
                span.tokens.contains(&object) && matches!(span.label, EntityLabel::Date | EntityLabel::Time)
            })
        })
    }

    /// "cease-fire" is three tokens: of the last, the whole.
    fn hyphenated(&self, token: usize) -> Option<String> {
        let first = token.checked_sub(2).filter(|_| self.document.word(token - 1) == "-")?;
        let joined = self.document.token(first).span.end == self.document.token(token - 1).span.start
            && self.document.token(token - 1).span.end == self.document.token(token).span.start;
        let whole = format!("{}-{}", self.document.word(first).to_lowercase(), self.lemma(token));
        (joined && self.lexicon.is_listed(&whole)).then_some(whole)
    }

    pub(crate) fn first_by(&self, token: usize, deprel: Deprel) -> Option<usize> {
        self.document.children_by(token, deprel).next()
    }

    pub(crate) fn has_child(&self, token: usize, deprel: Deprel) -> bool {
        self.first_by(token, deprel).is_some()
    }

    /// A verb whose grammatical subject is acted on.
    pub fn is_passive(&self, verb: usize) -> bool {
        // A participle behind its noun is read as a past tense now and then: "the treaty signed in May".
        if self.deprel(verb) == Deprel::Acl {
            return matches!(self.document.token(verb).tag, Tag::Vbn | Tag::Vbd);
        }
        self.document.token(verb).tag == Tag::Vbn
            && (self.has_child(verb, Deprel::Nsubjpass)
                || self.has_child(verb, Deprel::Auxpass)
                || (self.has_child(verb, Deprel::Agent) && !self.has_child(verb, Deprel::Dobj))
                || self.shares_passive(verb))
    }

    /// "was bombed and looted": the second participle has neither subject, auxiliary nor object of its own.
    fn shares_passive(&self, verb: usize) -> bool {
        let own = |c: usize| matches!(self.deprel(c), Deprel::Aux | Deprel::Nsubj | Deprel::Dobj);
        self.deprel(verb) == Deprel::Conj
            && !self.document.children(verb).any(own)
            && self.document.head(verb).is_some_and(|head| self.is_verb(head) && self.is_passive(head))
    }

    /// A word and those coordinated with it, in text order.
    pub fn coordinated(&self, token: usize) -> Group {
        let mut group = vec![token];
        let mut next = 0;
        while next < group.len() && group.len() < 64 {
            let member = group[next];
            group.extend(self.document.children_by(member, Deprel::Conj).filter(|&c| self.is_nominal(c)));
            group.extend(self.named(member).into_iter().flat_map(|name| self.document.children_by(name, Deprel::Conj)));
            next += 1;
        }
        group.sort_unstable();
        group
    }

    /// The name right behind an office: "Chile's interior minister **Ana Rojas** and ...": who is joined to the name is joined to the office;
    /// and who is joined to the "Jr." of a name is joined to the name.
    fn named(&self, office: usize) -> Option<usize> {
        let name = self.first_by(office, Deprel::Appos)?;
        let singular = matches!(self.document.token(office).tag, Tag::Nn | Tag::Nnp);
        let person = self.document.token(name).upos == Upos::Propn;
        let behind = self.document.phrase(name).start == office + 1 || self.is_word(name, &["Jr.", "Jr", "Sr.", "Sr"]);
        (singular && person && behind).then_some(name)
    }

    /// The whole coordination that a word is part of.
    pub(crate) fn first_conjunct(&self, token: usize) -> Group {
        let mut first = token;
        while let Some(head) = self.document.head(first).filter(|_| self.deprel(first) == Deprel::Conj) {
            first = head;
        }
        self.coordinated(first)
    }

    /// What a relative pronoun stands for: the noun that its clause hangs on.
    fn antecedent(&self, pronoun: usize) -> usize {
        if !matches!(self.document.token(pronoun).tag, Tag::Wdt | Tag::Wp) {
            return pronoun;
        }
        let mut token = pronoun;
        for _ in 0..DEPTH {
            let Some(head) = self.document.head(token) else { return pronoun };
            if self.deprel(token) == Deprel::Relcl {
                return head;
            }
            token = head;
        }
        pronoun
    }

    pub(crate) fn group_of(&self, token: usize) -> Group {
        self.coordinated(self.antecedent(token))
    }

    /// The grammatical subject of a clause, in whichever voice, own or inherited.
    pub fn surface_subject(&self, verb: usize) -> Option<Group> {
        self.surface_subject_within(verb, DEPTH)
    }

    pub(crate) fn surface_subject_within(&self, verb: usize, depth: usize) -> Option<Group> {
        // "who had himself been killed": the pronoun stresses, it does not act.
        let is_subject = |&c: &usize| {
            matches!(self.deprel(c), Deprel::Nsubj | Deprel::Nsubjpass) && !self.document.lemma(c).ends_with("self")
        };
        let own: Vec<usize> = self.document.children(verb).filter(is_subject).collect();
        if let Some(mut subject) = self.nearest_subject(verb, &own) {
            subject.extend(own.first().and_then(|&first| self.headline_partner(verb, first)));
            subject.sort_unstable();
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
                Tag::Vbg => self.issuer(head, depth).or_else(|| self.writer(head, depth)).or_else(|| Some(vec![head])),
                _ => Some(vec![head]),
            },
            Deprel::Relcl => Some(vec![head]),
            _ => None,
        }
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

    /// "extended an invitation for **X** to visit": who stands between "for" and "to".
    fn infinitive_for(&self, verb: usize) -> Option<Group> {
        let to = self.document.children_by(verb, Deprel::Aux).find(|&aux| self.is_word(aux, &["to"]))?;
        let before = to.checked_sub(1)?;
        let preposition = self.document.head(before).filter(|_| self.deprel(before) == Deprel::Pobj)?;
        self.is_word(preposition, &["for"]).then(|| self.group_of(before))
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
            return self.surface_subject_within(above, depth - 1);
        }
        // "is guilty of breaking", "is responsible for killing": the subject of the copula.
        if matches!(self.deprel(above), Deprel::Acomp | Deprel::Oprd) {
            return self.document.head(above).and_then(|verb| self.surface_subject_within(verb, depth - 1));
        }
        self.infinitive_subject(above, depth)
    }

    /// "Germany's **decision to send** tanks": the noun's owner, or the subject of the verb that the noun depends on.
    fn infinitive_subject(&self, noun: usize, depth: usize) -> Option<Group> {
        // "an invitation for X to visit": X does it, whoever invites.
        self.preposition_of(noun, "for")
            .into_iter()
            .chain(self.owners(noun))
            .next()
            .or_else(|| self.governor(noun).and_then(|verb| self.surface_subject_within(verb, depth - 1)))
            .or_else(|| matches!(self.document.token(noun).upos, Upos::Propn).then(|| vec![noun]))
    }

    pub(crate) fn is_word(&self, token: usize, words: &[&str]) -> bool {
        words.iter().any(|w| self.document.word(token).eq_ignore_ascii_case(w))
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
            return self
                .document
                .children_by(token, Deprel::Agent)
                .filter_map(|by| self.first_by(by, Deprel::Pobj))
                .map(|t| self.group_of(t))
                .collect();
        }
        let mut groups: Vec<Group> = self.surface_subject(token).into_iter().collect();
        // "Germany, the second-largest donor, ..." and headline infinitives hang on the noun itself.
        if groups.is_empty() && self.deprel(token) == Deprel::Acl {
            groups.extend(self.document.head(token).map(|head| vec![head]));
        }
        groups
    }

    /// Who or what is acted on.
    pub fn objects(&self, token: usize) -> Vec<Group> {
        if !self.is_verb(token) {
            return Vec::new();
        }
        let mut groups = Vec::new();
        if self.is_passive(token) {
            if self.deprel(token) == Deprel::Acl && !self.has_child(token, Deprel::Nsubjpass) {
                groups.extend(self.document.head(token).map(|head| vec![head]));
            } else {
                groups.extend(self.surface_subject(token));
            }
        }
        groups.extend(self.document.children_by(token, Deprel::Dobj).map(|t| self.group_of(t)));
        if groups.is_empty() {
            // The parser takes a bare name behind a verb for an adverbial now and then: "shelled Goma".
            let name = |&c: &usize| c > token && self.document.token(c).upos == Upos::Propn;
            groups.extend(self.document.children_by(token, Deprel::Npadvmod).filter(name).map(|t| self.group_of(t)));
        }
        if groups.is_empty() {
            // "the aid that Germany sent": the gap is the noun that the clause hangs on.
            if self.deprel(token) == Deprel::Relcl && self.has_child(token, Deprel::Nsubj) {
                // "Amman, where he will meet X": the place is not met.
                let adverbial = self.document.children(token).any(|c| self.document.token(c).tag == Tag::Wrb);
                let subject_is_pronoun = self.first_by(token, Deprel::Nsubj).is_some_and(|s| self.antecedent(s) != s);
                if !subject_is_pronoun && !adverbial {
                    groups.extend(self.document.head(token).map(|head| vec![head]));
                }
            }
            // "condemned and rejected the plan": verbs share an object.
            for verb in self.document.children_by(token, Deprel::Conj).filter(|&c| self.is_verb(c)) {
                if !self.has_child(verb, Deprel::Nsubj) {
                    groups.extend(self.document.children_by(verb, Deprel::Dobj).map(|t| self.group_of(t)));
                }
            }
            // "denounced what it called American interference": what it is called is what is denounced.
            for clause in self.document.children_by(token, Deprel::Ccomp) {
                let what = |c: usize| self.document.token(c).tag == Tag::Wp;
                if self.in_list(clause, "judging-verbs") && self.document.children_by(clause, Deprel::Dobj).any(what) {
                    groups.extend(self.complements(clause));
                }
            }
            // "urged that Russia withdraw" and "helped North Korea develop" make the object a subject below.
            for clause in
                self.document.children_by(token, Deprel::Ccomp).filter(|&c| self.document.token(c).tag == Tag::Vb)
            {
                groups.extend(self.document.children_by(clause, Deprel::Nsubj).map(|t| self.group_of(t)));
            }
        }
        groups
    }

    /// The indirect object: "gave **Kyiv** arms", "gave arms **to Kyiv**" comes by `prep:to`.
    pub(crate) fn indirect(&self, verb: usize) -> Vec<Group> {
        self.document
            .children_by(verb, Deprel::Dative)
            .map(
                |t| {
                    if self.document.token(t).upos == Upos::Adp {
                        self.first_by(t, Deprel::Pobj).unwrap_or(t)
                    } else {
                        t
                    }
                },
            )
            .map(|t| self.group_of(t))
            .collect()
    }
}
