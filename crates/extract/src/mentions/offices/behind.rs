//! What stands behind the noun of an office: "of Foreign Affairs of Ukraine" in "Minister of Foreign Affairs of Ukraine".

use std::ops::Range;

use entente_nlp::{Tag, Upos};

use super::{Gathered, Scan};
use crate::mentions::names::{Name, NameKind, lower};
use crate::positions::Status;

/// One "of ...", "for ...", "to ..." as far as it is read.
struct Complement {
    preposition: String,
    /// Whether a name in it is what the office is an office of, rather than its field.
    owns: bool,
    words: Vec<String>,
    owners: Vec<usize>,
    /// A body that the model took for a person.
    body: Option<Range<usize>>,
    possessor: Option<usize>,
    /// Whether a name was read.
    named: bool,
    /// A name in it that is none of its owners.
    other: Option<usize>,
}

impl Scan<'_> {
    /// Takes what follows the head; returns the token behind the phrase.
    pub(super) fn scan_right(&self, head: usize, lemma: &str, gathered: &mut Gathered) -> usize {
        let sentence_end = self.document.sentence_of(head).tokens.end;
        let mut end = head + 1;
        // "Secretary General", "Secretary-General", "president-elect", "commander-in-chief"
        let mut next = end;
        if next < sentence_end && self.document.word(next) == "-" {
            next += 1;
        }
        if next < sentence_end {
            let word = lower(self.document, next);
            if word == "general" && self.vocabulary.has("office-with-general", lemma) {
                gathered.words.push(word);
                end = next + 1;
            } else if next > end && matches!(word.as_str(), "elect" | "designate") || (word == "designate") {
                gathered.status = Status::Designate;
                end = next + 1;
            } else if next > end && word == "in" && next + 2 < sentence_end && lower(self.document, next + 2) == "chief"
            {
                gathered.words.push("in chief".to_owned());
                end = next + 3;
            } else if matches!(word.as_str(), "executive" | "whip" | "justice" | "economist")
                && matches!(lemma, "chief" | "majority" | "minority")
            {
                gathered.words.push(word);
                end = next + 1;
                if end + 1 < sentence_end && lower(self.document, end) == "officer" {
                    gathered.words.push("officer".to_owned());
                    end += 1;
                }
            }
        }
        if let Some(after) = self.office_of(end, sentence_end, gathered) {
            end = after;
        }
        for _ in 0..4 {
            let Some(after) = self.complement(end, sentence_end, lemma, gathered) else { break };
            end = after;
        }
        end
    }

    /// Takes "of the Office of the President"; returns the token behind it.
    fn office_of(&self, at: usize, sentence_end: usize, gathered: &mut Gathered) -> Option<usize> {
        let word = |token: usize| if token < sentence_end { lower(self.document, token) } else { String::new() };
        let behind_the = |token: usize| if word(token) == "the" { token + 1 } else { token };
        let office = behind_the(at + 1);
        let title = behind_the(office + 2);
        if word(at) != "of" || word(office) != "office" || word(office + 1) != "of" {
            return None;
        }
        let words: Vec<String> = (title..sentence_end)
            .map(word)
            .take_while(|word| {
                self.vocabulary.has("office-heads", word) || matches!(word.as_str(), "prime" | "vice" | "foreign")
            })
            .collect();
        let end = title + words.len();
        words.last().is_some_and(|last| self.vocabulary.has("office-heads", last)).then(|| {
            gathered.words.push("of the office of the".to_owned());
            gathered.words.extend(words);
            end
        })
    }

    /// Takes one "of ...", "for ...", "to ..."; returns the token behind it.
    fn complement(&self, at: usize, sentence_end: usize, lemma: &str, gathered: &mut Gathered) -> Option<usize> {
        if at >= sentence_end {
            return None;
        }
        let preposition = lower(self.document, at);
        match preposition.as_str() {
            "of" | "for" | "at" | "with" => {}
            "to" | "on" | "in" if self.vocabulary.has("office-envoys", lemma) => {}
            _ if lemma == "charge" && preposition.starts_with('d') => {
                gathered.words.push("d'affaires".to_owned());
                let end = (at..sentence_end.min(at + 4)).find(|&t| lower(self.document, t).ends_with("affaires"))?;
                return Some(end + 1);
            }
            _ => return None,
        }
        // One speaks for somebody, but is a minister for a field.
        let speaks = || matches!(lemma, "spokesman" | "spokesperson" | "spokeswoman" | "negotiator" | "mediator");
        let owns = matches!(preposition.as_str(), "of" | "at" | "with") || preposition == "for" && speaks();
        let mut complement = Complement {
            preposition,
            owns,
            words: Vec::new(),
            owners: Vec::new(),
            body: None,
            possessor: None,
            named: false,
            other: None,
        };
        let mut token = at + 1;
        while token < sentence_end
            && let Some(next) = self.step(&mut complement, at, token, sentence_end, lemma)
        {
            token = next;
        }
        while token > at + 1 && matches!(lower(self.document, token - 1).as_str(), "and" | "&" | "," | "-" | "the") {
            token -= 1;
        }
        self.accepts(&complement, at, token, sentence_end).then(|| {
            self.take(complement, at, token, gathered);
            token
        })
    }

    /// Reads one word of a complement; returns the token behind it, or nothing where the complement ends.
    fn step(
        &self,
        complement: &mut Complement,
        at: usize,
        token: usize,
        sentence_end: usize,
        lemma: &str,
    ) -> Option<usize> {
        let word = lower(self.document, token);
        let tag = self.document.token(token).tag;
        let first = token == at + 1;
        if let Some((_, name)) = self.names.at(token)
            && name.kind == NameKind::Person
        {
            let body = complement.preposition == "of" && first && self.is_body(name, lemma, sentence_end);
            return body.then(|| {
                complement.body = Some(name.tokens.clone());
                name.tokens.end
            });
        }
        if let Some((number, name)) = self.names.innermost(token)
            && !self.loose(name)
        {
            let apart = complement.named && complement.words.is_empty() && !self.follows_possessive(token);
            return (first || !apart).then(|| self.step_name(complement, number, name, token, sentence_end));
        }
        if word == "the" && first || matches!(word.as_str(), "-" | "'s") || tag == Tag::Pos {
            return Some(token + 1);
        }
        if tag == Tag::PrpS && first {
            complement.possessor = Some(token);
            return Some(token + 1);
        }
        let portfolio = self.vocabulary.has("office-portfolios", &word) && tag != Tag::In;
        // "Minister of Security Juan Pino": two capitalised words behind a field are a name.
        if !portfolio && !complement.words.is_empty() && self.is_name_run(token, sentence_end) {
            return None;
        }
        if matches!(word.as_str(), "and" | "&" | ",") && !complement.words.is_empty() {
            let next = self.joined_field(token, sentence_end)?;
            if word != "," {
                complement.words.push("and".to_owned());
            }
            return Some(next);
        }
        // "Special Adviser to the UN Secretary General": whose the other is.
        if complement.preposition == "to" && complement.named && self.vocabulary.has("office-heads", &word) {
            complement.owners.extend(complement.other.take());
            complement.words.push(word);
            return Some(token + 1);
        }
        let noun = matches!(tag, Tag::Nn | Tag::Nnp | Tag::Nnps | Tag::Nns);
        if !(portfolio || noun || tag == Tag::Jj) || (complement.named && !self.continues(token)) {
            return None;
        }
        complement.words.push(word);
        Some(token + 1)
    }

    /// Reads a name: the owner of the office, or part of its field.
    fn step_name(
        &self,
        complement: &mut Complement,
        number: usize,
        name: &Name,
        token: usize,
        sentence_end: usize,
    ) -> usize {
        // "of Ukrainian national security": the name is a modifier of a field.
        let modifier = name.tokens.end < sentence_end && self.continues(name.tokens.end);
        let outer = self.names.at(token).map_or(number, |(outer, _)| outer);
        if complement.owns {
            complement.owners.push(if modifier { number } else { outer });
        } else {
            complement.other = Some(outer);
        }
        if modifier || !complement.owns {
            complement.words.extend((token..name.tokens.end).map(|t| lower(self.document, t)));
        }
        complement.named = true;
        let whole = self.names.all[outer].tokens.end;
        if modifier { name.tokens.end } else { whole.max(name.tokens.end) }
    }

    /// "Leyla Adan, head of Pluriton": one unknown word behind "head of" is a body, whatever the model says.
    fn is_body(&self, name: &Name, lemma: &str, sentence_end: usize) -> bool {
        let end = name.tokens.end;
        name.tokens.len() == 1
            && name.senses.is_empty()
            && self.vocabulary.has("office-organization-head", lemma)
            && !(end < sentence_end && self.document.token(end).tag == Tag::Pos)
    }

    /// The field behind "and" or a comma: "foreign affairs and trade".
    fn joined_field(&self, conjunction: usize, sentence_end: usize) -> Option<usize> {
        let mut next = conjunction + 1;
        if next < sentence_end && matches!(lower(self.document, next).as_str(), "for" | "and") {
            next += 1;
        }
        if self.leads_to_affairs(next, sentence_end) {
            return Some(next);
        }
        let field = next < sentence_end
            && self.names.at(next).is_none()
            && self.vocabulary.has("office-portfolios", &lower(self.document, next))
            && !self.vocabulary.has("office-heads", &lower(self.document, next))
            && !self.begins_office(next, sentence_end);
        field.then_some(next)
    }

    /// "Eurasian Affairs" behind "European and": capitals as far as the field that a list of regions shares.
    fn leads_to_affairs(&self, start: usize, sentence_end: usize) -> bool {
        (start..sentence_end.min(start + 4))
            .take_while(|&token| self.document.word(token).chars().next().is_some_and(char::is_uppercase))
            .skip(1)
            .any(|token| lower(self.document, token) == "affairs")
    }

    /// Whether what was read behind a preposition belongs to the office.
    fn accepts(&self, complement: &Complement, at: usize, end: usize, sentence_end: usize) -> bool {
        if complement.body.is_some() {
            return true;
        }
        let field = complement.words.iter().any(|word| self.vocabulary.has("office-portfolios", word));
        // "spokesman for the government of Kenya"
        let government = complement.owns && is_government(&complement.words);
        let empty = complement.words.is_empty() && complement.owners.is_empty() && complement.possessor.is_none();
        if empty
            || (complement.preposition != "of" && !complement.named && !self.capital(at + 1) && !field && !government)
        {
            return false;
        }
        // "lieutenant of ISIS leader Adan", "Secretary of the Treasury for President Adan": somebody else's office.
        let next_is_office = end < sentence_end && self.vocabulary.has("office-heads", &lower(self.document, end));
        let last_is_office = complement.words.last().is_some_and(|word| self.vocabulary.has("office-heads", word));
        let next_is_person =
            end < sentence_end && self.names.at(end).is_some_and(|(_, name)| name.kind == NameKind::Person);
        !(next_is_office && !complement.owners.is_empty()
            || complement.preposition != "to" && last_is_office && next_is_person)
    }

    /// Adds a complement to the office.
    fn take(&self, complement: Complement, at: usize, end: usize, gathered: &mut Gathered) {
        let title_word =
            |word: &String| ["office-portfolios", "office-heads"].iter().any(|list| self.vocabulary.has(list, word));
        if complement.body.is_some() {
            gathered.unnamed_owner = complement.body;
            return;
        }
        // "a spokesman for the government side" is one of a government, whichever that is.
        if complement.owns && is_government(&complement.words) {
            if complement.owners.is_empty() {
                gathered.words.insert(0, "government".to_owned());
            }
            return;
        }
        if complement.owns && complement.owners.is_empty() && !complement.words.iter().any(title_word) {
            let first = (at + 1..end).find(|&t| self.document.token(t).upos == Upos::Propn);
            gathered.unnamed_owner = first.map(|first| first..end);
        }
        // "head of Ukrainian national security": the field is part of the title, a bare owner is not.
        let field = complement.words.iter().any(|word| self.vocabulary.has("office-portfolios", word));
        if (field || complement.owners.is_empty()) && !matches!(complement.preposition.as_str(), "at" | "with") {
            gathered.words.push(complement.preposition);
            gathered.words.extend(complement.words);
        }
        gathered.owners.extend(complement.owners);
        gathered.possessor = gathered.possessor.or(complement.possessor);
    }

    /// Whether two or three capitalised words that belong to no field or name begin here.
    fn is_name_run(&self, token: usize, sentence_end: usize) -> bool {
        let run = (token..sentence_end)
            .take_while(|&t| {
                let word = lower(self.document, t);
                self.document.token(t).upos == Upos::Propn
                    && self.names.at(t).is_none()
                    && self.document.word(t).chars().next().is_some_and(char::is_uppercase)
                    && !self.vocabulary.has("office-portfolios", &word)
                    && !self.vocabulary.has("office-heads", &word)
            })
            .count();
        (2..=4).contains(&run)
    }

    /// Whether a lower-case or portfolio noun goes on behind a name: "Ukrainian national security".
    fn continues(&self, token: usize) -> bool {
        let word = lower(self.document, token);
        let tag = self.document.token(token).tag;
        if let Some((_, name)) = self.names.at(token)
            && !self.loose(name)
            && name.kind == NameKind::Person
        {
            return false;
        }
        tag == Tag::Pos
            || self.vocabulary.has("office-portfolios", &word)
            || (matches!(tag, Tag::Nn | Tag::Nns | Tag::Jj) && !self.capital(token))
    }

    fn follows_possessive(&self, token: usize) -> bool {
        token > 0 && self.document.token(token - 1).tag == Tag::Pos
    }

    fn capital(&self, token: usize) -> bool {
        self.document.word(token).chars().next().is_some_and(char::is_uppercase)
            || lower(self.document, token) == "the"
                && token + 1 < self.document.tokens().len()
                && self.document.word(token + 1).chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether a new title begins here: "Minister for Foreign Affairs and Deputy Prime Minister".
    fn begins_office(&self, token: usize, sentence_end: usize) -> bool {
        (token..sentence_end.min(token + 4))
            .take_while(|&t| {
                let word = lower(self.document, t);
                self.vocabulary.has("office-portfolios", &word) || self.vocabulary.has("office-heads", &word)
            })
            .any(|t| self.vocabulary.has("office-heads", &lower(self.document, t)))
    }
}

/// "the government", "the government side"
fn is_government(words: &[String]) -> bool {
    matches!(words, [government] if government == "government")
        || matches!(words, [government, side] if government == "government" && side == "side")
}
