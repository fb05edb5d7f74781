//! The name of a meeting of many, and the larger event that a meeting is held at or beside.
//!
//! In: a draft of a meeting. Out: its title ("G20 summit") and its occasion ("Munich Security Conference").

use entente_nlp::{Deprel, Upos};

use super::{Context, Draft, carriers, name, prepositions, theme};

/// Fills title and occasion.
pub(super) fn read(context: &Context<'_>, draft: &mut Draft) {
    draft.title = draft.title.take().or_else(|| named(context, theme(draft)));
    draft.details.occasion = carriers(context, draft)
        .into_iter()
        .find_map(|carrier| beside(context, carrier))
        .filter(|occasion| draft.title.as_ref() != Some(occasion));
}

/// The larger event: "on the sidelines of X", "at the X summit", "during the X conference".
fn beside(context: &Context<'_>, carrier: usize) -> Option<String> {
    prepositions(context, carrier).collect::<Vec<_>>().into_iter().find_map(|(word, _, object)| {
        if context.in_list(object, "sideline-nouns") {
            return prepositions(context, object)
                .find(|(word, ..)| word == "of")
                .and_then(|(_, _, whole)| name(context, whole, &["of", "on", "for"]))
                .map(|name| proper(&name))
                .filter(|name| is_particular(name));
        }
        if context.rules.lexicon().contains("occasion-prepositions", &word) { named(context, object) } else { None }
    })
}

/// The name of a summit or conference, where it has one.
fn named(context: &Context<'_>, noun: usize) -> Option<String> {
    let document = context.document;
    if !context.in_list(noun, "occasion-nouns")
        || document.children(noun).any(|c| context.in_list(c, "unoccasion-words"))
    {
        return None;
    }
    // A name stands before the noun or is the noun's own: "Munich Security Conference", "summit of the Arab League".
    let before = document.children(noun).any(|c| {
        c < noun
            && matches!(document.token(c).deprel, Deprel::Compound | Deprel::Nmod | Deprel::Nummod | Deprel::Amod)
            && is_name(context, c)
    });
    let of =
        prepositions(context, noun).any(|(word, _, object)| word == "of" && document.token(object).upos == Upos::Propn);
    name(context, noun, &["of", "on", "for"])
        .map(|name| if before || document.token(noun).upos == Upos::Propn { proper(&name) } else { name })
        .filter(|name| is_particular(name))
        .filter(|_| before || of || document.token(noun).upos == Upos::Propn && noun_has_words(context, noun))
}

/// "the inaugural Gulf Security Dialogue" without what is said of it.
fn proper(name: &str) -> String {
    let words: Vec<&str> = name
        .split(' ')
        .skip_while(|word| word.starts_with(|c: char| c.is_lowercase() || matches!(c, '(' | '-')))
        .collect();
    words.join(" ")
}

/// "Munich Security Conference", "G20"; not "Summit".
fn is_particular(name: &str) -> bool {
    name.contains(' ') || name.chars().filter(|c| c.is_uppercase() || c.is_ascii_digit()).count() > 1
}

/// A word that can name a meeting: not the nationality of "the French summit", nor a date.
fn is_name(context: &Context<'_>, token: usize) -> bool {
    let document = context.document;
    document.word(token).chars().any(char::is_uppercase)
        && document.token(token).upos == Upos::Propn
        && !context.is_in_date(token)
}

fn noun_has_words(context: &Context<'_>, noun: usize) -> bool {
    context.document.children_by(noun, Deprel::Compound).next().is_some()
}
