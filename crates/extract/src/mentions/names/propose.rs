//! The model's spans, cut free of what is no name: "Secretary of State Antony Blinken" keeps "Antony Blinken".

use std::ops::Range;

use entente_nlp::{Document, EntityLabel, Tag, Upos};

use super::titled::is_name_word;
use super::vote::is_headline;
use super::{Name, NameKind, lower};
use crate::actors::Sense;
use crate::{mentions::Vocabulary, time::MONTHS};

/// The model's spans of actors and places, cut free of titles, articles and possessives.
pub(super) fn proposals(document: &Document, vocabulary: &Vocabulary, hits: &[Name]) -> Vec<Name> {
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
        complete(document, hits, &mut tokens);
        while tokens.len() > 1 && trims_right(document, tokens.end - 1) {
            tokens.end -= 1;
        }
        cut_heading(document, &mut tokens);
        // "Agency for Development (USAID": of a name with its short form behind it the name alone.
        let open = tokens.clone().skip(1).find(|&t| document.word(t) == "(");
        if let Some(open) = open.filter(|&open| !(open..tokens.end).any(|t| document.word(t) == ")")) {
            tokens.end = open;
        }
        let person_like = kind == NameKind::Person || titled_before_end(document, vocabulary, &tokens);
        if person_like {
            kind = NameKind::Person;
        }
        while tokens.len() > 1 && trims_left(document, vocabulary, hits, tokens.start, person_like) {
            tokens.start += 1;
        }
        if kind == NameKind::Organization && (is_office(document, vocabulary, &tokens) || is_holder(hits, &tokens)) {
            continue;
        }
        let word = document.word(tokens.start);
        if !word.chars().any(char::is_alphanumeric)
            || document.token(tokens.start).upos == Upos::Space
            || word.contains(['=', '<', '>', '@', '#'])
            || word.contains("://")
        {
            continue;
        }
        // "Blinken, Lavrov", "Blinken to Lavrov": a list is no name.
        if kind == NameKind::Person
            && let Some(comma) =
                tokens.clone().find(|&t| matches!(document.word(t), "," | ";" | "/" | "&" | "to" | "with"))
        {
            tokens.end = comma.max(tokens.start + 1);
        }
        // "Kerry’s Travel": what is possessed is no part of the name.
        if kind == NameKind::Person
            && let Some(possessive) = tokens.clone().find(|&t| document.token(t).tag == Tag::Pos)
        {
            tokens.end = possessive.max(tokens.start + 1);
        }
        // "Osinbajo of Nigeria": whose office it is, not a name.
        if kind == NameKind::Person
            && let Some(of) = (tokens.start + 1..tokens.end - 1).find(|&of| {
                let next = if lower(document, of + 1) == "the" { of + 2 } else { of + 1 };
                lower(document, of) == "of" && hits.iter().any(|hit| hit.tokens.start == next)
            })
        {
            tokens.end = of;
        }
        // "Mohammed bin Abdulrahman" of which the model saw the beginning only.
        while kind == NameKind::Person
            && tokens.end + 1 < document.sentence_of(tokens.start).tokens.end
            && vocabulary.has("name-particles", &lower(document, tokens.end))
            && is_name_word(document, vocabulary, tokens.end + 1)
        {
            tokens.end += 2;
        }
        // "von der" of which the model left out "Leyen".
        if kind == NameKind::Person
            && vocabulary.has("name-particles", &lower(document, tokens.end - 1))
            && tokens.end < document.sentence_of(tokens.start).tokens.end
            && is_name_word(document, vocabulary, tokens.end)
        {
            tokens.end += 1;
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
            let free = !is_month_of_a_day(document, before)
                && !hits.iter().any(|hit| hit.tokens.contains(&before))
                && document.entity_at(before).is_none();
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

/// "River Project: The Ministry", "Norway Announces More Aid": headings whose words the model takes for one name.
fn cut_heading(document: &Document, tokens: &mut Range<usize>) {
    // What stands before a colon is a heading.
    if let Some(colon) = tokens.clone().rev().skip(1).find(|&t| document.word(t) == ":") {
        tokens.start = colon + 1;
    }
    if let Some(verb) = tokens.clone().skip(1).find(|&t| document.token(t).tag == Tag::Vbz) {
        tokens.end = verb;
    }
}

/// "National Partnership for Women and" of which the model left out "Families": a name does not end with "and".
fn complete(document: &Document, hits: &[Name], tokens: &mut Range<usize>) {
    let open = matches!(document.token(tokens.end - 1).upos, Upos::Cconj | Upos::Adp);
    let end = document.sentence_of(tokens.start).tokens.end;
    if !open || tokens.len() < 3 {
        return;
    }
    let free = |token: usize| {
        document.word(token).chars().next().is_some_and(char::is_uppercase)
            && document.token(token).upos == Upos::Propn
            && !hits.iter().any(|hit| hit.tokens.contains(&token))
            && document.entity_at(token).is_none()
    };
    while tokens.end < end && free(tokens.end) {
        tokens.end += 1;
    }
}

fn trims_right(document: &Document, token: usize) -> bool {
    let at = document.token(token);
    // "Ana Noor Travels to Kenya": the verb of a headline is no surname.
    matches!(at.tag, Tag::Pos | Tag::Vbz)
        || matches!(at.upos, Upos::Space | Upos::Punct) && document.word(token) != "."
        || matches!(at.upos, Upos::Cconj | Upos::Adp | Upos::Det)
            && document.word(token).chars().all(char::is_lowercase)
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
    if matches!(at.upos, Upos::Adv | Upos::Adp | Upos::Sconj | Upos::Verb | Upos::Aux) {
        return true;
    }
    let word = lower(document, token);
    vocabulary.has("honorifics", &word)
        || is_month_of_a_day(document, token)
        || opens_with_place(document, hits, token)
        || is_place_of_an_office(document, vocabulary, hits, token)
        || vocabulary.has("occupations", &word)
        || vocabulary.has("office-heads", &word)
        || vocabulary.has("office-portfolios", &word)
        || vocabulary.has("office-abbreviations", &word)
        || matches!(word.as_str(), "of" | "for" | "and" | "'s" | "-")
        || hits.iter().any(|hit| {
            hit.tokens == (token..token + 1) && hit.senses.iter().all(|sense| matches!(sense, Sense::Demonym(_)))
        })
}
/// "United Nations Emergency Relief Coordinator": whose office it is may be a name inside.
fn is_office(document: &Document, vocabulary: &Vocabulary, tokens: &Range<usize>) -> bool {
    let word = |token: usize| lower(document, token);
    let body = |token: usize| matches!(word(token).as_str(), "office" | "bureau" | "of");
    tokens.len() > 2 && vocabulary.has("office-heads", &word(tokens.end - 1)) && !tokens.clone().any(body)
}

/// "Prime Minister of **India Narendra Modi**": a country and a known person are no body.
fn is_holder(hits: &[Name], tokens: &Range<usize>) -> bool {
    let first = hits.iter().find(|hit| hit.tokens.start == tokens.start && hit.kind == NameKind::Country);
    let person =
        |start: usize| hits.iter().any(|hit| hit.tokens == (start..tokens.end) && hit.kind == NameKind::Person);
    first.is_some_and(|country| person(country.tokens.end))
}

/// "Ambassador to **Laos** Adan Noor", "Mayor of **Kyiv** Adan Noor"
fn is_place_of_an_office(document: &Document, vocabulary: &Vocabulary, hits: &[Name], token: usize) -> bool {
    let place =
        |hit: &Name| matches!(hit.kind, NameKind::Country | NameKind::Place) && hit.tokens == (token..token + 1);
    let office = token.checked_sub(2).is_some_and(|head| {
        let list = match lower(document, head + 1).as_str() {
            "to" => "office-envoys",
            "of" => "office-heads",
            _ => return false,
        };
        vocabulary.has(list, &lower(document, head))
    });
    office && hits.iter().any(place)
}

/// "In **Oslo** Adan met": where it was, of which the model makes a first name.
fn opens_with_place(document: &Document, hits: &[Name], token: usize) -> bool {
    let opening = token.checked_sub(1) == Some(document.sentence_of(token).tokens.start);
    let verb = document.tokens().get(token + 2).is_some_and(|verb| matches!(verb.tag, Tag::Vbd | Tag::Vbz));
    let place =
        |hit: &Name| hit.tokens == (token..token + 1) && matches!(hit.kind, NameKind::Country | NameKind::Place);
    opening && verb && matches!(document.word(token - 1), "In" | "At") && hits.iter().any(place)
}

/// "On 3 **May** Adan Noor flew to Oslo"
fn is_month_of_a_day(document: &Document, token: usize) -> bool {
    let day = token.checked_sub(1).and_then(|before| document.word(before).parse::<u8>().ok());
    day.is_some_and(|day| (1..=31).contains(&day)) && MONTHS.contains(&lower(document, token).as_str())
}
