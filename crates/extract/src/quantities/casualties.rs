//! People killed and injured.
//!
//! In: a parsed sentence. Out: its [`Toll`]s, and of these the [`Casualties`] that belong to a trigger.
//! "The rocket killed three people and injured 28, including two children" is 3 killed and 28 injured.
//! Of a range the lower end counts, and both ends are kept; "dozens" has a lower end and no number; "no one was hurt" is 0.

use std::ops::Range;

use entente_model::Range as Bounds;
use entente_nlp::{Deprel, Document, EntityLabel, Tag, Upos};

use super::{
    number::{Number, Style, number_at},
    victims::{self, Fate},
    words::{Kind, Words},
};

/// How many groups of victims a list has at most.
const LONGEST: usize = 8;

/// How many people an event killed and injured, as far as its sentence tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Casualties {
    /// Killed.
    pub(crate) killed: Option<u64>,
    /// Injured.
    pub(crate) injured: Option<u64>,
    /// Bounds of the killed, where the number is not exact.
    pub(crate) killed_bounds: Option<Bounds>,
    /// Bounds of the injured, where the number is not exact.
    pub(crate) injured_bounds: Option<Bounds>,
}

/// So many people: exactly, within bounds, or bounds alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Count {
    number: Option<u64>,
    bounds: Option<Bounds>,
}

impl Count {
    fn exactly(number: u64) -> Self {
        Self { number: Some(number), bounds: None }
    }

    /// The least and the most that it can be.
    fn ends(self) -> (Option<u64>, Option<u64>) {
        self.bounds.map_or((self.number, self.number), |bounds| (bounds.least, bounds.most))
    }

    /// Both groups together.
    fn plus(self, other: Self) -> Self {
        let add = |a: Option<u64>, b: Option<u64>| Some(a?.saturating_add(b?));
        let number = add(self.number, other.number);
        if self.bounds.is_none() && other.bounds.is_none() {
            return Self { number, bounds: None };
        }
        let ((least, most), (other_least, other_most)) = (self.ends(), other.ends());
        Self { number, bounds: Some(Bounds { least: add(least, other_least), most: add(most, other_most) }) }
    }
}

/// A number of victims in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Toll {
    /// The token that tells their fate: "killed".
    token: usize,
    fate: Fate,
    count: Count,
}

/// The casualties of a sentence that belong to a trigger.
pub(crate) fn casualties(document: &Document, sentence: Range<usize>, trigger: usize) -> Casualties {
    of_trigger(document, &tolls(document, sentence), trigger)
}

/// Of the tolls of a sentence, those that belong to a trigger: below it in the tree, in its clause, above it, or nearest to it.
fn of_trigger(document: &Document, tolls: &[Toll], trigger: usize) -> Casualties {
    let phrase = document.phrase(trigger);
    let verb =
        std::iter::once(trigger).chain(document.ancestors(trigger)).find(|&t| document.token(t).upos == Upos::Verb);
    let clause = verb.map_or(phrase.clone(), |v| document.phrase(v));
    let best = |fate: Fate| {
        let near = |toll: &Toll| {
            if phrase.contains(&toll.token) {
                0
            } else if clause.contains(&toll.token) {
                1
            } else {
                2 + u8::from(!document.phrase(toll.token).contains(&trigger))
            }
        };
        let rank = |toll: &&Toll| (near(toll), toll.token.abs_diff(trigger), toll.token);
        let told = tolls.iter().filter(|t| t.fate == fate && !is_of_earlier(document, t.token, trigger));
        let numbered = told.clone().filter(|t| t.count.number.is_some()).min_by_key(rank);
        // A number tells more than "dozens", which count in the trigger's own clause alone.
        let best = numbered.or_else(|| told.filter(|t| near(t) < 2).min_by_key(rank));
        best.map_or((None, None), |toll| (toll.count.number, toll.count.bounds))
    };
    let ((killed, killed_bounds), (injured, injured_bounds)) = (best(Fate::Killed), best(Fate::Injured));
    Casualties { killed, injured, killed_bounds, injured_bounds }
}

/// "in response to a strike that **killed** three", "after a raid that killed three": dead of another event, which the trigger answers.
fn is_of_earlier(document: &Document, toll: usize, trigger: usize) -> bool {
    let below = std::iter::once(toll).chain(document.ancestors(toll).take_while(|&above| above != trigger));
    let answers = |preposition: usize| {
        let word = document.word(preposition).to_ascii_lowercase();
        let cause = document
            .head(preposition)
            .is_some_and(|head| matches!(document.lemma(head), "response" | "retaliation" | "revenge"));
        matches!(word.as_str(), "after" | "following" | "since") || cause && matches!(word.as_str(), "to" | "for")
    };
    let relative = matches!(document.token(toll).deprel, Deprel::Relcl | Deprel::Acl);
    let tells = document.ancestors(toll).any(|above| above == trigger);
    relative && tells && below.into_iter().any(|t| document.token(t).deprel == Deprel::Prep && answers(t))
}

/// Every number of killed or injured that a sentence tells.
fn tolls(document: &Document, sentence: Range<usize>) -> Vec<Toll> {
    let reader = Reader::new(document, sentence.clone());
    let mut tolls = Vec::new();
    for token in sentence {
        let word = document.word(token).to_ascii_lowercase();
        if matches!(word.as_str(), "casualty" | "casualties") {
            // "no casualties", but not "no reports of casualties".
            if reader.denied(token) {
                tolls.extend([Fate::Killed, Fate::Injured].map(|fate| Toll { token, fate, count: Count::exactly(0) }));
            }
            continue;
        }
        let Some(fate) = victims::fate(&word) else { continue };
        if reader.shares_victims(token, fate) {
            continue;
        }
        let count = match document.token(token).upos {
            Upos::Verb | Upos::Aux => reader.of_verb(token),
            Upos::Noun => reader.of_noun(token, &word),
            // "was shot **dead**"
            Upos::Adj if word == "dead" => document
                .head(token)
                .filter(|&verb| document.lemma(verb) == "shoot")
                .and_then(|verb| reader.of_verb(verb)),
            _ => None,
        };
        let count = count.or_else(|| reader.beside(token));
        tolls.extend(count.map(|count| Toll { token, fate, count }));
    }
    tolls
}

/// A sentence with its words.
struct Reader<'d> {
    document: &'d Document,
    words: Words<'d>,
    /// First byte of the sentence.
    start: usize,
    people: Vec<bool>,
    first: usize,
}

impl<'d> Reader<'d> {
    fn new(document: &'d Document, sentence: Range<usize>) -> Self {
        let mut people = vec![false; sentence.len()];
        let from = document.entities().partition_point(|e| e.tokens.end <= sentence.start);
        for entity in document.entities()[from..].iter().take_while(|e| e.tokens.start < sentence.end) {
            if entity.label == EntityLabel::Person {
                for token in entity.tokens.clone() {
                    if let Some(person) = token.checked_sub(sentence.start).and_then(|n| people.get_mut(n)) {
                        *person = true;
                    }
                }
            }
        }
        let span = document.span_of(sentence.clone());
        Self { document, words: Words::new(span.of(document.text())), start: span.start, people, first: sentence.start }
    }

    /// The first of the words that a token consists of.
    fn word(&self, token: usize) -> usize {
        let span = self.document.token(token).span;
        self.words.within(entente_model::Span::new(span.start - self.start, span.end - self.start)).start
    }

    fn is_person(&self, token: usize) -> bool {
        token.checked_sub(self.first).and_then(|n| self.people.get(n)).copied().unwrap_or(false)
    }

    /// "killed three people", "three people were killed", "nine people died", "three people killed in the raid".
    fn of_verb(&self, verb: usize) -> Option<Count> {
        let document = self.document;
        let child = |deprel| document.children_by(verb, deprel).next();
        if child(Deprel::Neg).is_some() {
            return None;
        }
        let lemma = document.lemma(verb);
        if matches!(lemma, "die" | "perish") {
            return child(Deprel::Nsubj).and_then(|n| self.people(n));
        }
        if let Some(victim) = child(Deprel::Nsubjpass) {
            return self.people(victim);
        }
        if let Some(victim) = child(Deprel::Dobj) {
            return self.people(victim).or_else(|| self.one_wounded(verb, victim));
        }
        let token = document.token(verb);
        match (token.deprel, document.head(verb)) {
            (Deprel::Acl, Some(head)) if token.tag == Tag::Vbn => self.people(head),
            _ => None,
        }
    }

    /// "wounding a cook": whoever is wounded is somebody, whatever their trade.
    fn one_wounded(&self, verb: usize, victim: usize) -> Option<Count> {
        let document = self.document;
        let one = document
            .children_by(victim, Deprel::Det)
            .any(|det| document.lemma(det) == "a" || document.word(det) == "an");
        let wounded = matches!(document.lemma(verb), "injure" | "wound") && document.token(victim).tag == Tag::Nn;
        let alone = document.children_by(victim, Deprel::Conj).next().is_none();
        (one && wounded && alone && !victims::is_animal(document.lemma(victim))).then_some(Count::exactly(1))
    }

    /// Whether the victims are killed or injured, nobody says which: "killed and wounded 14".
    fn shares_victims(&self, verb: usize, fate: Fate) -> bool {
        let document = self.document;
        let other = |t: usize| victims::fate(&document.word(t).to_ascii_lowercase()).is_some_and(|f| f != fate);
        let own = |t: usize| {
            document
                .children(t)
                .any(|c| matches!(document.token(c).deprel, Deprel::Dobj | Deprel::Nsubjpass | Deprel::Nummod))
                || self.beside(t).is_some()
        };
        let follower = document.children_by(verb, Deprel::Conj).any(|c| other(c) && own(c) != own(verb));
        let leader = document.token(verb).deprel == Deprel::Conj
            && document.head(verb).is_some_and(|h| other(h) && own(h) != own(verb));
        follower || leader
    }

    /// "12 deaths", "claimed 40 lives", "no injuries", "the death toll rose to 12".
    fn of_noun(&self, noun: usize, word: &str) -> Option<Count> {
        let document = self.document;
        if matches!(word, "life" | "lives") {
            let takes = document.head(noun).is_some_and(|h| matches!(document.lemma(h), "claim" | "cost" | "take"));
            return if takes { self.counted(noun) } else { None };
        }
        if word == "toll" {
            return self.behind_toll(noun);
        }
        if self.denied(noun) { Some(Count::exactly(0)) } else { self.counted(noun) }
    }

    /// "no deaths"
    fn denied(&self, noun: usize) -> bool {
        self.document.children(noun).any(|c| self.document.word(c).eq_ignore_ascii_case("no"))
            || self.document.head(noun).is_some_and(|h| self.document.word(h).eq_ignore_ascii_case("without"))
    }

    /// How many people a noun phrase names, up to a handful joined by "and".
    fn people(&self, head: usize) -> Option<Count> {
        let document = self.document;
        let mut sum = self.single(head)?;
        let mut last = Some(head);
        for _ in 0..LONGEST {
            let Some(here) = last else { return Some(sum) };
            if document.children_by(here, Deprel::Cc).any(|c| document.word(c) == "or") {
                return None;
            }
            last = None;
            for joined in document.children_by(here, Deprel::Conj).filter(|&c| !victims::is_reflexive(document.word(c)))
            {
                sum = sum.plus(self.single(joined)?);
                last = Some(joined);
            }
        }
        None
    }

    /// How many people a noun phrase names, others joined by "and" left out.
    fn single(&self, head: usize) -> Option<Count> {
        let document = self.document;
        let word = document.word(head).to_ascii_lowercase();
        if matches!(word.as_str(), "nobody" | "none" | "anyone" | "anybody") || (word == "one" && self.denied(head)) {
            return if word.starts_with("any") { None } else { Some(Count::exactly(0)) };
        }
        if victims::is_animal(document.lemma(head)) || word == "%" || word == "percent" {
            return None;
        }
        if document.token(head).tag == Tag::Cd {
            return self.number(self.leftmost_number(head));
        }
        if self.denied(head) {
            return Some(Count::exactly(0));
        }
        if let Some(dozens) = self.vague(self.word(head)) {
            return Some(dozens);
        }
        if let Some(count) = self.counted(head) {
            return Some(count);
        }
        let one = match document.token(head).tag {
            Tag::Nn => victims::is_person(&document.lemma(head).to_ascii_lowercase()) || self.is_person(head),
            Tag::Nnp => self.is_person(head),
            Tag::Prp => matches!(word.as_str(), "him" | "her" | "me"),
            _ => false,
        };
        let bare = document.children_by(head, Deprel::Nummod).next().is_none();
        (one && bare).then_some(Count::exactly(1))
    }

    /// The number before a noun.
    fn counted(&self, noun: usize) -> Option<Count> {
        let nummod = self.document.children_by(noun, Deprel::Nummod).next()?;
        self.number(self.leftmost_number(nummod))
    }

    /// The first word of a number of several tokens: "two" of "two hundred", "10" of "10 to 15".
    fn leftmost_number(&self, token: usize) -> usize {
        let from = self.document.phrase(token).start.max(token.saturating_sub(8));
        let start = (from..=token).find(|&t| self.value(self.word(t)).is_some()).unwrap_or(token);
        self.word(start)
    }

    fn value(&self, word: usize) -> Option<Number> {
        number_at(&self.words, word, Style::Plain)
    }

    /// The number that begins at a word, with the bounds that the words before it set.
    fn number(&self, word: usize) -> Option<Count> {
        let number = self.value(word)?;
        if number.vague {
            return self.vague(word);
        }
        let count = whole(&number)?;
        let last = (word + 1..number.end).rev().find_map(|n| self.value(n).filter(|v| v.end == number.end));
        let bounds = if number.range {
            Some(Bounds { least: Some(count), most: last.as_ref().and_then(whole) })
        } else {
            self.bounds(word, count)
        };
        Some(Count { number: Some(count), bounds })
    }

    /// "at least 12", "more than 12", "up to 12", "as many as 12".
    fn bounds(&self, word: usize, count: u64) -> Option<Bounds> {
        let words = &self.words;
        let least = [&["at", "least"][..], &["more", "than"], &["over"], &["no", "fewer", "than"]];
        let most = [&["up", "to"][..], &["as", "many", "as"], &["at", "most"], &["fewer", "than"], &["less", "than"]];
        if least.iter().any(|before| words.ends_before(word, before)) {
            Some(Bounds { least: Some(count), most: None })
        } else if most.iter().any(|before| words.ends_before(word, before)) {
            Some(Bounds { least: None, most: Some(count) })
        } else {
            None
        }
    }

    /// "dozens" are two dozen or more.
    fn vague(&self, word: usize) -> Option<Count> {
        let least = match self.words.low(word) {
            "dozens" => 24,
            "scores" => 40,
            "hundreds" => 200,
            "thousands" => 2000,
            _ => return None,
        };
        // "tens of thousands" are more.
        let of = self.words.low(word + 1) == "of" && self.value(word + 2).is_some();
        let alone = !of && !self.words.ends_before(word, &["of"]);
        alone.then_some(Count { number: None, bounds: Some(Bounds { least: Some(least), most: None }) })
    }

    /// "12 dead", "five others wounded", "killed at least 30": a number beside the word, whatever the tree says.
    fn beside(&self, token: usize) -> Option<Count> {
        let at = self.word(token);
        self.before(at).or_else(|| self.behind(at))
    }

    /// "12 dead", "five more people were wounded".
    fn before(&self, at: usize) -> Option<Count> {
        let words = &self.words;
        let from = at.saturating_sub(6);
        // The number nearest to the word, with nothing between them but what a group of people is called.
        let start = (from..at).rev().take_while(|&n| words.kind(n) != Kind::Mark).find(|&n| {
            self.value(n).is_some_and(|number| {
                number.end <= at && (number.end..at).all(|w| victims::may_stand_between(words.low(w)))
            })
        })?;
        let start =
            (from..start).rev().take_while(|&n| self.value(n).is_some_and(|v| v.end > start)).last().unwrap_or(start);
        let part = words.is_any(start.wrapping_sub(1), &["including", "among", "of", "aged", "in", "since"]);
        if part { None } else { self.number(start) }
    }

    /// "killing at least 30", "left dead 12".
    fn behind(&self, at: usize) -> Option<Count> {
        if !victims::takes_object(self.words.low(at)) {
            return None;
        }
        let start = (at + 1..at + 6).find(|&n| !victims::is_bound(self.words.low(n)))?;
        let number = self.value(start)?;
        let next = self.words.low(number.end);
        let people = !matches!(next, "%" | "percent" | "year" | "years" | "times" | "days" | "-")
            && !victims::is_animal(next.trim_end_matches('s'));
        if people { self.number(start) } else { None }
    }

    /// "the death toll rose to at least 12", "a toll of 40".
    fn behind_toll(&self, noun: usize) -> Option<Count> {
        let at = self.word(noun);
        let link = (at + 1..at + 8)
            .find(|&n| self.words.is_any(n, &["to", "at", "of", "reached", "is", "was", "hit", "passed"]))?;
        let start = (link + 1..link + 6).find(|&n| !victims::is_bound(self.words.low(n)))?;
        self.number(start)
    }
}

/// A number of people: whole, and not beyond all bounds.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number far below the limit")]
fn whole(number: &Number) -> Option<u64> {
    ((0.0..1e10).contains(&number.value) && number.value.fract() == 0.0).then_some(number.value as u64)
}

#[cfg(test)]
mod tests;
