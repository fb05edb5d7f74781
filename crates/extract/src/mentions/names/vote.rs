//! What the whole document says about a name: the same words are the same kind of thing, and some are no name at all.

use std::collections::HashMap;

use entente_nlp::{Deprel, Document, EntityLabel, Tag, Upos};

use super::{Name, NameKind, lower};
use crate::actors::fold;
use crate::mentions::Vocabulary;

/// Spans that are no actor's name for all that the model says: agreements, titles, words of a headline.
pub(super) fn is_mistaken(document: &Document, vocabulary: &Vocabulary, name: &Name) -> bool {
    if !name.senses.is_empty() {
        return false;
    }
    let words: Vec<String> = name.tokens.clone().map(|token| lower(document, token)).collect();
    let title_word = |word: &String| vocabulary.has("office-heads", word) || vocabulary.has("office-portfolios", word);
    // "National Security" of an adviser, "Co-Founder & Managing Partner": a title or its field.
    let joint =
        |word: &String| matches!(word.as_str(), "&" | "and" | "-" | "co" | "of" | "founding" | "managing" | "partner");
    if name.kind != NameKind::Person && words.iter().all(|word| title_word(word) || joint(word)) {
        return true;
    }
    if name.kind != NameKind::Person && words.iter().any(|word| vocabulary.has("instrument-nouns", word)) {
        return true;
    }
    // "Army" of an army chief, "Coast Guard": the nation's, not a body of that name.
    if name.kind != NameKind::Person && is_armed_service(&words.join(" ")) {
        return true;
    }
    // "an air force Hercules", "the Antonov": aircraft come with an article or a service before them.
    let last = name.tokens.end - 1;
    let led = name.tokens.start.checked_sub(1).map(|before| document.token(before));
    if super::merge::is_vehicle(&words[last - name.tokens.start])
        && led.is_some_and(|before| matches!(before.upos, Upos::Det | Upos::Noun | Upos::Adj | Upos::Num))
    {
        return true;
    }
    // "State for Oceans" behind "Assistant Secretary of": a field that the model took for a body.
    if let Some(before) = name.tokens.start.checked_sub(2)
        && name.kind != NameKind::Person
        && matches!(lower(document, before + 1).as_str(), "of" | "for")
        && matches!(lower(document, before).as_str(), "secretary" | "minister" | "undersecretary" | "ministers")
        && vocabulary.has("office-portfolios", &words[0])
    {
        return true;
    }
    // "Secretaries of Treasury": offices, not a body.
    let singular = words[0].strip_suffix("ies").map(|stem| format!("{stem}y"));
    let singular = singular.or_else(|| words[0].strip_suffix('s').map(str::to_owned));
    if name.kind != NameKind::Person
        && words.get(1).is_some_and(|word| word == "of")
        && singular.as_ref().is_some_and(|word| vocabulary.has("office-heads", word))
    {
        return true;
    }
    // "oligarch": a name has a capital or a figure somewhere, or no such letters at all.
    let written = document.text_of(name.tokens.clone());
    if written.chars().all(|c| c.is_lowercase() || matches!(c, ' ' | '-')) {
        return true;
    }
    // "COVID-19 Response": nobody has a figure in the name.
    if name.kind == NameKind::Person && written.chars().any(char::is_numeric) {
        return true;
    }
    if name.tokens.len() > 1 {
        return false;
    }
    let token = name.tokens.start;
    // "on the Moon": nobody is called with an article; "the Adan government" is.
    let article = token.checked_sub(1).is_some_and(|before| document.word(before).eq_ignore_ascii_case("the"));
    let modifier =
        matches!(document.token(token).deprel, Deprel::Compound | Deprel::Nmod | Deprel::Poss | Deprel::Amod);
    if name.kind == NameKind::Person && article && !modifier {
        return true;
    }
    // "The Kingdom": a country without its name.
    if name.kind != NameKind::Person && article && vocabulary.has("country-nouns", &words[0]) {
        return true;
    }
    // "each Ally": a side without a name.
    if name.kind != NameKind::Person && vocabulary.has("collective-sides", &words[0]) {
        return true;
    }
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

/// A service that every nation has, without the nation's name.
pub(crate) fn is_armed_service(name: &str) -> bool {
    matches!(
        name,
        "air force" | "armed forces" | "army" | "coast guard" | "coastguard" | "military" | "navy" | "police"
    )
}

/// Whether most words of a token's sentence begin with a capital, and no full stop ends it.
pub(super) fn is_headline(document: &Document, token: usize) -> bool {
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

/// "Chad's foreign minister, **Daudi Ruwe**, said": a name set off behind an office is that of who holds it.
fn is_holder_behind(document: &Document, vocabulary: &Vocabulary, name: &Name) -> bool {
    let last = name.tokens.end - 1;
    let office = document.head(last).filter(|_| document.token(last).deprel == Deprel::Appos);
    let set_off = name.tokens.start.checked_sub(1).is_some_and(|before| document.word(before) == ",");
    let capital = |token: usize| document.word(token).chars().next().is_some_and(char::is_uppercase);
    set_off
        && (2..=4).contains(&name.tokens.len())
        && name.tokens.clone().all(capital)
        && office.is_some_and(|office| {
            office < name.tokens.start
                && matches!(document.token(office).tag, Tag::Nn | Tag::Nnp)
                && vocabulary.has("office-heads", &lower(document, office))
        })
}

/// Whether the text treats an unknown name as a human being: "Leyla Adan, who", "Leyla Adan ... Adan ... Adan".
fn reads_as_person(document: &Document, name: &Name, all: &[Name]) -> bool {
    let last = name.tokens.end - 1;
    if document.token(last).tag == Tag::Nnps {
        return false;
    }
    let who = document.children_by(last, Deprel::Relcl).any(|verb| {
        document.children_by(verb, Deprel::Nsubj).any(|subject| document.word(subject).eq_ignore_ascii_case("who"))
    });
    if who {
        return true;
    }
    let word = document.word(last);
    let plain =
        word.chars().count() >= 4 && word.chars().any(char::is_lowercase) && word.chars().all(char::is_alphabetic);
    let capitals = name.tokens.clone().all(|token| document.word(token).chars().next().is_some_and(char::is_uppercase));
    let bare = |other: &&Name| {
        let start = other.tokens.start;
        other.tokens.len() == 1
            && document.word(start) == word
            && !start.checked_sub(1).is_some_and(|before| document.word(before).eq_ignore_ascii_case("the"))
    };
    (2..=3).contains(&name.tokens.len()) && plain && capitals && all.iter().filter(bare).count() >= 2
}

/// The same words are the same kind of thing all over the document.
pub(super) fn vote(document: &Document, vocabulary: &Vocabulary, all: &mut [Name]) {
    for number in 0..all.len() {
        if all[number].senses.is_empty()
            && all[number].kind != NameKind::Person
            && (is_holder_behind(document, vocabulary, &all[number]) || reads_as_person(document, &all[number], all))
        {
            all[number].kind = NameKind::Person;
        }
    }
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
            // "al-Quaety" is three tokens and one word.
            if let Some(word) = text(name).rsplit(' ').next().filter(|word| word.contains('-')) {
                *surnames.entry(word.to_owned()).or_default() += 1;
            }
            *first_names.entry(fold(document.word(name.tokens.start))).or_default() += 1;
        }
        if name.senses.is_empty() {
            votes.entry(text(name)).or_default()[name.kind as usize] += 1;
        }
    }
    for name in all.iter_mut() {
        let form = text(name);
        let place_here = matches!(name.label, Some(EntityLabel::Gpe | EntityLabel::Loc | EntityLabel::Norp));
        let one_word = name.tokens.len() == 1 || !form.contains(' ');
        if one_word && name.kind != NameKind::Person && surnames.contains_key(&form) {
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
