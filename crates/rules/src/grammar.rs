//! Grammatical functions read off a dependency tree, whatever the construction.
//!
//! In: a parsed document and a token, verb or noun. Out: [`Group`]s of coordinated words that fill a function of it.
//! Voice, control ("urged Russia to withdraw"), relative and participial clauses, light verbs ("held talks"),
//! shared subjects and objects of coordinated verbs are all settled here, so that "X shelled Y", "Y was shelled by X",
//! "the town that X shelled" and "X is accused of shelling Y" read alike.
//! Walks go a bounded number of steps up and look at children only: linear in the length of a sentence.

use entente_nlp::{Deprel, Document, Tag, Upos};

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
        // "rolled over $2 billion": the parser counts the particle to the sum now and then.
        let behind = Some(token + 1).filter(|&next| {
            next < self.document.tokens().len() && self.document.token(next).tag == Tag::Rp && self.is_verb(token)
        });
        if let Some(particle) = self.first_by(token, Deprel::Prt).or(behind) {
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
            || self.is_compounded(token, contains)
    }

    /// "travel ban" is two tokens: of the last, both; of "military and financial support" each with the last.
    fn is_compounded(&self, token: usize, contains: &dyn Fn(&str) -> bool) -> bool {
        let before = |&b: &usize| b < token && matches!(self.deprel(b), Deprel::Compound | Deprel::Amod);
        let named = |part: usize| contains(&format!("{} {}", self.lemma(part), self.lemma(token)));
        self.document
            .children(token)
            .filter(before)
            .any(|part| named(part) || self.document.children_by(part, Deprel::Conj).any(named))
    }

    /// "called the king on Saturday" is not "called on": the preposition of a date is no part of the verb.
    fn is_dating(&self, preposition: usize) -> bool {
        self.document
            .children_by(preposition, Deprel::Pobj)
            .any(|object| self.document.entities().iter().any(|span| span.tokens.contains(&object) && span.is_time()))
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
        // A participle behind its noun is read as a past tense now and then: "the treaty signed in May"; what has a subject of its
        // own is a clause: "the treaty that Kenya signed".
        if self.deprel(verb) == Deprel::Acl {
            if self.is_told_of_office(verb) {
                return false;
            }
            return matches!(self.document.token(verb).tag, Tag::Vbn | Tag::Vbd)
                && !self.has_child(verb, Deprel::Nsubj);
        }
        self.document.token(verb).tag == Tag::Vbn
            && (self.has_child(verb, Deprel::Nsubjpass)
                || self.has_child(verb, Deprel::Auxpass)
                || (self.has_child(verb, Deprel::Agent) && !self.has_child(verb, Deprel::Dobj))
                || self.shares_passive(verb))
    }

    /// "The prime minister of Slovakia, Adan Noor, **called** X a liar": the parser takes the verb of the sentence for a participle of
    /// the office that opens it.
    fn is_told_of_office(&self, verb: usize) -> bool {
        let Some(office) = self.document.head(verb).filter(|&noun| self.document.head(noun).is_none()) else {
            return false;
        };
        let past = matches!(self.document.token(verb).tag, Tag::Vbn | Tag::Vbd);
        let named = self.document.children_by(office, Deprel::Appos).any(|name| {
            let person = self.document.token(name).upos == Upos::Propn && name < verb;
            person && self.document.phrase(name).end + 1 == verb && self.is_word(verb - 1, &[","])
        });
        let acts = [Deprel::Dobj, Deprel::Oprd, Deprel::Ccomp].iter().any(|&below| self.has_child(verb, below));
        past && named && acts
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
        if self.is_relative_that(pronoun) {
            return self.document.head(pronoun).and_then(|verb| self.document.head(verb)).unwrap_or(pronoun);
        }
        if !matches!(self.document.token(pronoun).tag, Tag::Wdt | Tag::Wp) {
            return pronoun;
        }
        let mut token = pronoun;
        for _ in 0..DEPTH {
            let Some(head) = self.document.head(token) else { return pronoun };
            if self.deprel(token) == Deprel::Relcl {
                return self.titled(head);
            }
            token = head;
        }
        pronoun
    }

    /// "the **Convention** on Cluster Munitions, which X signed": a clause behind a title hangs on the last word of it.
    fn titled(&self, noun: usize) -> usize {
        let name = |t: usize| self.document.token(t).upos == Upos::Propn;
        let instrument = || {
            let preposition = self.document.head(noun).filter(|&p| self.is_word(p, &["on", "of", "for", "against"]))?;
            let title = self.document.head(preposition)?;
            (name(title) && self.in_list(title, "agreement-core-nouns")).then_some(title)
        };
        if name(noun) && self.deprel(noun) == Deprel::Pobj { instrument().unwrap_or(noun) } else { noun }
    }

    /// "the embargo **that** the council slapped on X": a relative pronoun that the tagger takes for a conjunction.
    fn is_relative_that(&self, token: usize) -> bool {
        let object = matches!(self.deprel(token), Deprel::Dobj | Deprel::Nsubj | Deprel::Nsubjpass);
        let clause = |verb: usize| matches!(self.deprel(verb), Deprel::Acl | Deprel::Relcl);
        self.document.token(token).tag == Tag::In
            && object
            && self.is_word(token, &["that"])
            && self.document.head(token).is_some_and(clause)
    }

    pub(crate) fn group_of(&self, token: usize) -> Group {
        self.coordinated(self.antecedent(token))
    }

    pub(crate) fn is_word(&self, token: usize, words: &[&str]) -> bool {
        words.iter().any(|w| self.document.word(token).eq_ignore_ascii_case(w))
    }

    /// Who or what is acted on.
    pub fn objects(&self, token: usize) -> Vec<Group> {
        if !self.is_verb(token) {
            return Vec::new();
        }
        let mut groups = Vec::new();
        if self.is_passive(token) {
            if self.deprel(token) == Deprel::Acl && !self.has_child(token, Deprel::Nsubjpass) {
                groups.extend(self.document.head(token).map(|head| vec![self.titled(head)]));
            } else {
                groups.extend(self.surface_subject(token));
            }
        }
        groups.extend(self.document.children_by(token, Deprel::Dobj).map(|t| self.group_of(t)));
        if groups.is_empty() {
            groups.extend(self.called(token));
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
            // "reaffirmed **unwavering** support": the parser takes the adjective for a verb.
            let adjective = |&c: &usize| c == token + 1 && self.document.token(c).tag == Tag::Vbg;
            for before in self.document.children_by(token, Deprel::Xcomp).filter(adjective) {
                if self.in_list(token, "expressing-verbs") {
                    groups.extend(self.document.children_by(before, Deprel::Dobj).map(|t| self.group_of(t)));
                }
            }
            // "condemned and rejected the plan": verbs share an object; "returned to Oslo and resumed her work" do not.
            for verb in self.document.children_by(token, Deprel::Conj).filter(|&c| self.is_verb(c)) {
                if !self.has_child(verb, Deprel::Nsubj) && !self.is_completed(token, verb) {
                    groups.extend(self.document.children_by(verb, Deprel::Dobj).map(|t| self.group_of(t)));
                }
            }
            for clause in self.document.children_by(token, Deprel::Ccomp) {
                groups.extend(self.told_by_what(clause));
            }
            // "urged that Russia withdraw" and "helped North Korea develop" make the object a subject below; "warned that the
            // sanctions must stay" does not.
            let bare = |&c: &usize| {
                let modal = |aux| self.document.token(aux).tag == Tag::Md;
                self.document.token(c).tag == Tag::Vb && !self.document.children_by(c, Deprel::Aux).any(modal)
            };
            for clause in self.document.children_by(token, Deprel::Ccomp).filter(bare) {
                groups.extend(self.document.children_by(clause, Deprel::Nsubj).map(|t| self.group_of(t)));
            }
        }
        groups
    }

    /// "denounced what it called **American interference**", "bombed what it said were **rebel camps**": what something is called or
    /// said to be is what is meant.
    pub(crate) fn told_by_what(&self, clause: usize) -> Vec<Group> {
        let what = |c: usize| self.document.token(c).tag == Tag::Wp;
        if !self.document.children_by(clause, Deprel::Dobj).any(what) {
            return Vec::new();
        }
        if self.in_list(clause, "judging-verbs") {
            return self.complements(clause);
        }
        let copulas = self.document.children_by(clause, Deprel::Ccomp).filter(|&c| self.lemma(c) == "be");
        let said = self.in_list(clause, "saying-verbs");
        let attributes = copulas.flat_map(|copula| self.document.children_by(copula, Deprel::Attr));
        attributes.filter(|_| said).map(|t| self.coordinated(t)).collect()
    }

    /// "called **China's leaders** "assassins"": the parser takes the object for a part of the quoted name.
    fn called(&self, verb: usize) -> Option<Group> {
        let mut names = self.document.children_by(verb, Deprel::Oprd);
        let name = names.next()?;
        // "called Adan a thief": both for what somebody is called.
        if names.next().is_some() && self.document.token(name).upos == Upos::Propn {
            return Some(self.group_of(name));
        }
        let before_quote = |&c: &usize| {
            c > verb
                && c + 1 < name
                && matches!(self.deprel(c), Deprel::Nmod | Deprel::Compound)
                && self.is_word(c + 1, &["\"", "“", "``", "'", "‘"])
        };
        self.document.children(name).find(before_quote).map(|object| self.group_of(object))
    }

    /// Whether a verb has a phrase or clause of its own before the verb that is joined to it.
    fn is_completed(&self, verb: usize, joined: usize) -> bool {
        self.document.children(verb).filter(|&c| verb < c && c < joined).any(|c| match self.deprel(c) {
            Deprel::Prep => self.has_child(c, Deprel::Pobj) || self.has_child(c, Deprel::Pcomp),
            deprel => matches!(deprel, Deprel::Ccomp | Deprel::Xcomp | Deprel::Acomp | Deprel::Attr),
        })
    }

    /// The indirect object: "gave **Kyiv** arms", "gave arms **to Kyiv**" comes by `prep:to`.
    pub(crate) fn indirect(&self, verb: usize) -> Vec<Group> {
        // "is lending **Nepal** $250 million": the parser takes both for objects now and then.
        let mut objects = self.document.children_by(verb, Deprel::Dobj);
        let first = objects.next().filter(|_| objects.next().is_some());
        self.document
            .children_by(verb, Deprel::Dative)
            .chain(first)
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
