//! Names: the gazetteer's hits and the model's proposals in, one typed name for each stretch of tokens out.
//!
//! The model finds spans well and types badly. Its spans are cut free of titles, merged with the gazetteer's,
//! and typed by gazetteer, title before the name, and what the same words are elsewhere in the document.

use std::collections::HashMap;
use std::ops::Range;

use entente_model::EntityKind;
use entente_nlp::{Document, EntityLabel, Tag, Upos};

use super::{OfficePhrase, Vocabulary};
use crate::actors::{Actors, Sense, fold};

/// What a name is the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum NameKind {
    Person,
    /// A country, its capital or its people: the senses say which.
    Country,
    Organization,
    Group,
    Place,
}

/// A name in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) tokens: Range<usize>,
    pub(crate) kind: NameKind,
    /// What the gazetteer knows by this name.
    pub(crate) senses: Vec<Sense>,
    /// The model's type.
    pub(crate) label: Option<EntityLabel>,
}

/// All names of a document: outer ones do not overlap; inner ones lie inside an outer one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    pub(crate) all: Vec<Name>,
    outer: Vec<Option<usize>>,
    inner: Vec<Option<usize>>,
}

impl Names {
    /// The outer name that a token belongs to.
    pub(crate) fn at(&self, token: usize) -> Option<(usize, &Name)> {
        self.outer.get(token).copied().flatten().map(|number| (number, &self.all[number]))
    }

    /// The name inside another that a token belongs to, else the outer one.
    pub(crate) fn innermost(&self, token: usize) -> Option<(usize, &Name)> {
        self.inner.get(token).copied().flatten().map(|number| (number, &self.all[number])).or_else(|| self.at(token))
    }

    /// Finds all names.
    pub(crate) fn find(document: &Document, actors: &Actors, vocabulary: &Vocabulary) -> Self {
        let mut candidates = Vec::new();
        for hit in actors.find(document) {
            if is_name_like(document, &hit.tokens) {
                candidates.push(Name {
                    kind: kind_of(hit.senses, actors),
                    tokens: hit.tokens,
                    senses: hit.senses.to_vec(),
                    label: None,
                });
            }
        }
        let proposals = proposals(document, vocabulary, &candidates);
        let mut all = merge(document, candidates, proposals);
        claim_titled(document, vocabulary, &mut all);
        vote(document, &mut all);
        all.retain(|name| !is_mistaken(document, vocabulary, name));
        Self::indexed(document, all)
    }

    /// Adds the capitalised words behind offices that no name covers yet: "Minister of Security Juan Pino".
    pub(crate) fn claim_behind(
        &mut self,
        document: &Document,
        vocabulary: &Vocabulary,
        offices: &[OfficePhrase],
    ) -> bool {
        let mut all = Vec::new();
        for office in offices {
            let end = document.sentence_of(office.head).tokens.end;
            let start = office.tokens.end;
            let mut stop = start;
            while stop < end && self.at(stop).is_none() && is_name_word(document, vocabulary, stop) {
                stop += 1;
            }
            if !office.plural && (2..=4).contains(&(stop - start)) && !is_headline(document, start) {
                all.push(Name { tokens: start..stop, kind: NameKind::Person, senses: Vec::new(), label: None });
            }
        }
        let any = !all.is_empty();
        if any {
            all.append(&mut self.all);
            *self = Self::indexed(document, all);
        }
        any
    }

    fn indexed(document: &Document, mut all: Vec<Name>) -> Self {
        all.sort_by_key(|name| (name.tokens.start, std::cmp::Reverse(name.tokens.end)));
        let count = document.tokens().len();
        let (mut outer, mut inner) = (vec![None; count], vec![None; count]);
        for (number, name) in all.iter().enumerate() {
            for token in name.tokens.clone() {
                let slot = if outer[token].is_none() { &mut outer[token] } else { &mut inner[token] };
                *slot = Some(number);
            }
        }
        Self { all, outer, inner }
    }
}

/// The kind that the gazetteer's senses point to: a country before all, a person only where nothing else is meant.
fn kind_of(senses: &[Sense], actors: &Actors) -> NameKind {
    let mut best = NameKind::Person;
    let mut rank = 0;
    for sense in senses {
        let (kind, weight) = match sense {
            Sense::Demonym(_) | Sense::Government(_) => (NameKind::Country, 4),
            Sense::Person(_) => (NameKind::Person, 1),
            Sense::Actor(actor) => match actors.actor(*actor).kind {
                EntityKind::Country => (NameKind::Country, 5),
                EntityKind::Organization | EntityKind::Person | EntityKind::Other => (NameKind::Organization, 3),
                EntityKind::Group => (NameKind::Group, 3),
                EntityKind::Place => (NameKind::Place, 2),
            },
        };
        if weight > rank {
            (best, rank) = (kind, weight);
        }
    }
    best
}

/// A gazetteer hit must look like a name: a capital or a figure in it, and no plain word at the start of a sentence.
fn is_name_like(document: &Document, tokens: &Range<usize>) -> bool {
    let capital = tokens.clone().any(|t| document.word(t).chars().any(|c| c.is_uppercase() || c.is_ascii_digit()));
    let proper = tokens.clone().any(|t| document.token(t).upos == Upos::Propn);
    if tokens.len() > 1 {
        return capital || proper;
    }
    let token = document.token(tokens.start);
    let noun_like =
        matches!(token.upos, Upos::Propn | Upos::Adj | Upos::Noun) || document.word(tokens.start).len() <= 3;
    (capital || proper) && (noun_like || token.upos == Upos::X)
}

/// The model's spans of actors and places, cut free of titles, articles and possessives.
fn proposals(document: &Document, vocabulary: &Vocabulary, hits: &[Name]) -> Vec<Name> {
    let mut proposals = Vec::new();
    for span in document.entities() {
        let mut kind = match span.label {
            EntityLabel::Person => NameKind::Person,
            EntityLabel::Org => NameKind::Organization,
            EntityLabel::Gpe | EntityLabel::Loc | EntityLabel::Fac => NameKind::Place,
            EntityLabel::Norp => NameKind::Group,
            _ => continue,
        };
        let mut tokens = span.tokens.clone();
        while tokens.len() > 1 && trims_right(document, tokens.end - 1) {
            tokens.end -= 1;
        }
        let person_like = kind == NameKind::Person || titled_before_end(document, vocabulary, &tokens);
        if person_like {
            kind = NameKind::Person;
        }
        while tokens.len() > 1 && trims_left(document, vocabulary, hits, tokens.start, person_like) {
            tokens.start += 1;
        }
        let word = document.word(tokens.start);
        if !word.chars().any(char::is_alphanumeric)
            || document.token(tokens.start).upos == Upos::Space
            || word.contains(['=', '<', '>', '@', '#'])
            || word.contains("://")
        {
            continue;
        }
        // "Blinken, Lavrov": a list is no name.
        if kind == NameKind::Person
            && let Some(comma) = tokens.clone().find(|&t| matches!(document.word(t), "," | ";" | "/" | "&"))
        {
            tokens.end = comma.max(tokens.start + 1);
        }
        // "Kerry’s Travel": what is possessed is no part of the name.
        if kind == NameKind::Person
            && let Some(possessive) = tokens.clone().find(|&t| document.token(t).tag == Tag::Pos)
        {
            tokens.end = possessive.max(tokens.start + 1);
        }
        // "Park Won-soon": a hyphen goes on.
        while kind == NameKind::Person
            && tokens.end + 1 < document.tokens().len()
            && matches!(document.word(tokens.end), "-" | "‑")
            && document.token(tokens.end).span.start == document.token(tokens.end - 1).span.end
            && document.token(tokens.end + 1).span.start == document.token(tokens.end).span.end
            && document.token(tokens.end + 1).upos != Upos::Space
        {
            tokens.end += 2;
        }
        // "Janai Nelson" of which the model saw the surname only.
        while kind == NameKind::Person
            && tokens.start > document.sentence_of(tokens.start).tokens.start
            && tokens.len() < 3
        {
            let before = tokens.start - 1;
            let free = !hits.iter().any(|hit| hit.tokens.contains(&before))
                && !document.entities().iter().any(|e| e.tokens.contains(&before));
            let joined = document.token(before).head == document.token(tokens.end - 1).head
                || tokens.contains(&document.token(before).head);
            if !(free && joined && is_name_word(document, vocabulary, before)) || is_headline(document, before) {
                break;
            }
            tokens.start = before;
        }
        proposals.push(Name { tokens, kind, senses: Vec::new(), label: Some(span.label) });
    }
    proposals
}

fn trims_right(document: &Document, token: usize) -> bool {
    let at = document.token(token);
    matches!(at.tag, Tag::Pos) || matches!(at.upos, Upos::Space | Upos::Punct) && document.word(token) != "."
}

/// Whether a span that is no person for the model holds a title before a name: "Minister of Defense Rustem Umerov".
fn titled_before_end(document: &Document, vocabulary: &Vocabulary, tokens: &Range<usize>) -> bool {
    let before = tokens.start.checked_sub(1).map(|t| lower(document, t)).unwrap_or_default();
    let previous = tokens.start.checked_sub(2).map(|t| lower(document, t)).unwrap_or_default();
    matches!(before.as_str(), "of" | "for")
        && vocabulary.has("office-heads", &previous)
        && tokens.len() > 1
        && vocabulary.has("office-portfolios", &lower(document, tokens.start))
        && !vocabulary.has("office-portfolios", &lower(document, tokens.end - 1))
}

fn trims_left(document: &Document, vocabulary: &Vocabulary, hits: &[Name], token: usize, person: bool) -> bool {
    let at = document.token(token);
    if matches!(at.upos, Upos::Space | Upos::Punct | Upos::Det) || at.tag == Tag::Pos {
        return true;
    }
    if !person {
        return false;
    }
    let word = lower(document, token);
    vocabulary.has("honorifics", &word)
        || vocabulary.has("office-heads", &word)
        || vocabulary.has("office-portfolios", &word)
        || vocabulary.has("office-abbreviations", &word)
        || matches!(word.as_str(), "of" | "for" | "and" | "'s" | "-")
        || hits.iter().any(|hit| {
            hit.tokens == (token..token + 1) && hit.senses.iter().all(|sense| matches!(sense, Sense::Demonym(_)))
        })
}

/// The word in lower case, folded, without a full stop at its end.
pub(crate) fn lower(document: &Document, token: usize) -> String {
    fold(document.word(token)).to_lowercase().trim_end_matches('.').to_owned()
}

/// Settles overlaps between the gazetteer's hits and the model's proposals.
fn merge(document: &Document, hits: Vec<Name>, proposals: Vec<Name>) -> Vec<Name> {
    let mut all: Vec<Name> = Vec::new();
    let mut kept: Vec<Name> = hits;
    for mut proposal in proposals {
        let overlapping: Vec<usize> = (0..kept.len())
            .filter(|&k| kept[k].tokens.start < proposal.tokens.end && proposal.tokens.start < kept[k].tokens.end)
            .collect();
        let Some(&first) = overlapping.first() else {
            all.push(proposal);
            continue;
        };
        let covered = overlapping
            .iter()
            .any(|&k| kept[k].tokens.start <= proposal.tokens.start && proposal.tokens.end <= kept[k].tokens.end);
        if covered {
            for &k in &overlapping {
                kept[k].label = Some(proposal.label.unwrap_or(EntityLabel::Org));
            }
            continue;
        }
        // "US Libertarian Party": a country and a known name beside each other.
        let parts_known = overlapping.len() == 2
            && proposal.tokens.clone().all(|t| overlapping.iter().any(|&k| kept[k].tokens.contains(&t)))
            && overlapping.iter().any(|&k| kept[k].kind == NameKind::Country && kept[k].tokens.start == proposal.tokens.start)
            && overlapping.iter().any(|&k| kept[k].kind == NameKind::Organization);
        if parts_known {
            continue;
        }
        if proposal.kind != NameKind::Person && overlapping.len() == 1 && keeps_hit(document, &kept[first], &proposal) {
            kept[first].label = proposal.label;
            continue;
        }
        // A hit that sticks out of the proposal is the better span.
        if overlapping
            .iter()
            .any(|&k| kept[k].tokens.start < proposal.tokens.start || kept[k].tokens.end > proposal.tokens.end)
        {
            continue;
        }
        if proposal.kind == NameKind::Person
            && let Some(&person) = overlapping.iter().find(|&&k| kept[k].kind == NameKind::Person)
        {
            // "Lloyd J. Austin III": the longer span, the known person.
            proposal.senses = kept[person].senses.clone();
        }
        all.push(proposal);
    }
    // Of the hits that a longer proposal covers, countries stay as inner names; the rest goes.
    kept.retain(|hit| {
        let covered = all.iter().any(|name| {
            name.tokens.start <= hit.tokens.start && hit.tokens.end <= name.tokens.end && name.tokens != hit.tokens
        });
        !covered || hit.kind == NameKind::Country || hit.kind == NameKind::Place
    });
    let persons: Vec<Range<usize>> =
        all.iter().filter(|name| name.kind == NameKind::Person).map(|name| name.tokens.clone()).collect();
    kept.retain(|hit| !persons.iter().any(|p| p.start <= hit.tokens.start && hit.tokens.end <= p.end));
    all.extend(kept);
    all
}

/// Whether a known name inside the model's span is what counts: "NATO" in "NATO Summit", "Ukraine" in "eastern Ukraine".
fn keeps_hit(document: &Document, hit: &Name, proposal: &Name) -> bool {
    let rest: Vec<usize> = proposal.tokens.clone().filter(|t| !hit.tokens.contains(t)).collect();
    let lower_rest = rest.iter().all(|&t| document.word(t).chars().next().is_none_or(|c| !c.is_uppercase()));
    let gathering = rest.iter().any(|&t| {
        matches!(
            lower(document, t).as_str(),
            "summit"
                | "leaders"
                | "meeting"
                | "ministers"
                | "ministerial"
                | "council"
                | "forum"
                | "members"
                | "allies"
                | "headquarters"
        )
    });
    match hit.kind {
        NameKind::Organization | NameKind::Group => {
            lower_rest || (gathering && hit.tokens.start == proposal.tokens.start)
        }
        NameKind::Country | NameKind::Place => lower_rest,
        NameKind::Person => true,
    }
}

/// Words behind a title are a person: "Secretary Austin", "Minister Umerov", "Mr. Jordan".
fn claim_titled(document: &Document, vocabulary: &Vocabulary, all: &mut Vec<Name>) {
    let mut taken: HashMap<usize, usize> = HashMap::new();
    for (number, name) in all.iter().enumerate() {
        for token in name.tokens.clone() {
            taken.entry(token).or_insert(number);
        }
    }
    let count = document.tokens().len();
    let mut claimed: Vec<Range<usize>> = Vec::new();
    for title in 0..count.saturating_sub(1) {
        let word = lower(document, title);
        let capital = document.word(title).chars().next().is_some_and(char::is_uppercase);
        let plain_honorific =
            matches!(word.as_str(), "mr" | "mrs" | "ms" | "mx" | "dr" | "sen" | "rep" | "gov" | "gen" | "sgt" | "col");
        let title_like = capital
            && (plain_honorific
                || vocabulary.has("office-heads", &word)
                || (vocabulary.has("honorifics", &word)
                    && !matches!(word.as_str(), "the" | "his" | "her" | "hon" | "royal" | "chief")));
        if !title_like
            || in_other_name(document, title)
            || taken.get(&title).is_some_and(|&n| all[n].tokens.end > title + 1)
        {
            continue;
        }
        let mut first = title + 1;
        if document.word(first) == "." {
            first += 1;
        }
        let sentence_end = document.sentence_of(title).tokens.end;
        let mut end = first;
        while end < sentence_end && is_name_word(document, vocabulary, end) {
            end += 1;
        }
        // "Chief Technical Officer": the words belong to a title that goes on.
        let title_goes_on = end < sentence_end && vocabulary.has("office-heads", &lower(document, end));
        if end == first || end > first + 4 || title_goes_on {
            continue;
        }
        if let Some(&number) = taken.get(&first) {
            let name = &mut all[number];
            // A known country or organisation is no surname, unless a plain "Mr" says so.
            let unknown = name.senses.is_empty();
            if name.kind == NameKind::Person || !(unknown || plain_honorific || is_surname_place(name)) {
                continue;
            }
            if name.tokens.start == first && name.tokens.end <= end.max(first + 1) {
                name.kind = NameKind::Person;
                name.senses.clear();
                name.tokens.end = name.tokens.end.max(end);
            }
        } else if !(first..end).any(|t| taken.contains_key(&t)) {
            claimed.push(first..end);
        }
    }
    for tokens in claimed {
        all.push(Name { tokens, kind: NameKind::Person, senses: Vec::new(), label: None });
    }
}

/// Whether the model reads a token as part of the name of an event, a work or a law: "the King Cup Finals".
pub(super) fn in_other_name(document: &Document, token: usize) -> bool {
    document.entities().iter().any(|span| {
        span.tokens.len() > 1
            && span.tokens.contains(&token)
            && matches!(
                span.label,
                EntityLabel::Event
                    | EntityLabel::WorkOfArt
                    | EntityLabel::Law
                    | EntityLabel::Product
                    | EntityLabel::Fac
            )
    })
}

/// A single known place may be a surname behind a title: "Secretary Austin", "Minister Jordan".
fn is_surname_place(name: &Name) -> bool {
    name.tokens.len() == 1
        && name.senses.iter().all(|sense| matches!(sense, Sense::Actor(_)))
        && matches!(name.kind, NameKind::Place)
}

fn is_name_word(document: &Document, vocabulary: &Vocabulary, token: usize) -> bool {
    let at = document.token(token);
    let word = document.word(token);
    if !word.chars().next().is_some_and(char::is_uppercase) || !matches!(at.upos, Upos::Propn) {
        return false;
    }
    let word = lower(document, token);
    let plural_head = word.strip_suffix('s').is_some_and(|singular| vocabulary.has("office-heads", singular));
    !plural_head
        && !vocabulary.has("office-heads", &word)
        && !vocabulary.has("office-portfolios", &word)
        && !vocabulary.has("honorifics", &word)
}

/// Spans that are no actor's name for all that the model says: agreements, titles, words of a headline.
fn is_mistaken(document: &Document, vocabulary: &Vocabulary, name: &Name) -> bool {
    if !name.senses.is_empty() {
        return false;
    }
    let words: Vec<String> = name.tokens.clone().map(|token| lower(document, token)).collect();
    let title_word = |word: &String| vocabulary.has("office-heads", word) || vocabulary.has("office-portfolios", word);
    if name.kind != NameKind::Person && words.iter().any(|word| vocabulary.has("instrument-nouns", word)) {
        return true;
    }
    if name.tokens.len() > 1 {
        return false;
    }
    let token = name.tokens.start;
    let honorific = vocabulary.has("honorifics", &words[0]) && words[0] != "king";
    if honorific || name.kind != NameKind::Person && title_word(&words[0]) {
        return true;
    }
    // A word that the text also writes small, or that only a headline in capitals made a name.
    let written = document.word(token);
    let small = written.to_lowercase();
    let also_small = document.tokens().iter().any(|other| other.span.of(document.text()) == small);
    let again = (0..document.tokens().len()).filter(|&t| document.word(t) == written).count() > 1;
    let headline = is_headline(document, token);
    (also_small && small != written)
        || (headline && !again && document.token(token).tag != Tag::Nnp)
        || (headline && !again && name.label.is_none())
}

/// Whether most words of a token's sentence begin with a capital, and no full stop ends it.
fn is_headline(document: &Document, token: usize) -> bool {
    let sentence = document.sentence_of(token).tokens.clone();
    let words: Vec<&str> = sentence
        .clone()
        .map(|t| document.word(t))
        .filter(|w| w.len() > 3 && w.chars().all(char::is_alphabetic))
        .collect();
    let capitals = words.iter().filter(|w| w.chars().next().is_some_and(char::is_uppercase)).count();
    let last = document.word(sentence.end - 1);
    words.len() > 3 && capitals * 4 >= words.len() * 3 && !matches!(last, "." | "?" | "!")
}

/// The same words are the same kind of thing all over the document.
fn vote(document: &Document, all: &mut [Name]) {
    let text = |name: &Name| fold(document.text_of(name.tokens.clone()));
    let mut surnames: HashMap<String, usize> = HashMap::new();
    let mut first_names: HashMap<String, usize> = HashMap::new();
    let mut votes: HashMap<String, [usize; 5]> = HashMap::new();
    for name in all.iter() {
        if name.kind == NameKind::Person && name.tokens.len() > 1 {
            let mut last = name.tokens.end - 1;
            while last > name.tokens.start
                && document.word(last).len() <= 3
                && document.word(last).chars().all(|c| c.is_uppercase() || c == '.')
            {
                last -= 1;
            }
            *surnames.entry(fold(document.word(last))).or_default() += 1;
            *first_names.entry(fold(document.word(name.tokens.start))).or_default() += 1;
        }
        if name.senses.is_empty() {
            votes.entry(text(name)).or_default()[name.kind as usize] += 1;
        }
    }
    for name in all.iter_mut() {
        let form = text(name);
        let place_here = matches!(name.label, Some(EntityLabel::Gpe | EntityLabel::Loc | EntityLabel::Norp));
        if name.tokens.len() == 1 && name.kind != NameKind::Person && surnames.contains_key(&form) {
            let known_country = name.kind == NameKind::Country;
            if name.senses.is_empty() || (!place_here && !known_country) || name.label == Some(EntityLabel::Person) {
                name.kind = NameKind::Person;
                name.senses.clear();
                continue;
            }
        }
        if name.senses.is_empty()
            && name.tokens.len() == 1
            && name.kind == NameKind::Place
            && first_names.contains_key(&form)
        {
            name.kind = NameKind::Person;
            continue;
        }
        if name.senses.is_empty()
            && let Some(votes) = votes.get(&form)
        {
            let own = votes[name.kind as usize];
            let kinds = [NameKind::Person, NameKind::Country, NameKind::Organization, NameKind::Group, NameKind::Place];
            if let Some(best) = kinds.into_iter().max_by_key(|kind| votes[*kind as usize])
                && votes[best as usize] > own
            {
                name.kind = best;
            }
        }
    }
}
