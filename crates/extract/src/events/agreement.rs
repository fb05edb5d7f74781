//! The title of an agreement, as the text gives it.

use entente_nlp::{Deprel, Tag, Upos};

use super::context::Context;

/// "bilateral security agreement"; with what follows where it is a name: "Joint Statement on the Strategic Partnership".
pub(crate) fn title(context: &Context<'_>, theme: usize) -> Option<String> {
    let document = context.document;
    if !matches!(document.token(theme).upos, Upos::Noun | Upos::Propn) {
        return None;
    }
    let mut start = theme;
    for child in document.children(theme).rev().filter(|&c| c < theme) {
        let token = document.token(child);
        let belongs = matches!(
            token.deprel,
            Deprel::Amod | Deprel::Compound | Deprel::Nmod | Deprel::Nummod | Deprel::Punct | Deprel::Poss
        );
        if !belongs || matches!(token.tag, Tag::Dt | Tag::PrpS) {
            break;
        }
        start = start.min(document.phrase(child).start);
    }
    let mut end = theme + 1;
    let capital = document.word(theme).starts_with(char::is_uppercase);
    for child in document.children(theme).filter(|&c| c > theme) {
        if document.token(child).deprel != Deprel::Prep {
            break;
        }
        let word = document.word(child).to_lowercase();
        let named = document.phrase(child).any(|t| document.token(t).upos == Upos::Propn);
        if !(matches!(word.as_str(), "on" | "of" | "for" | "regarding" | "concerning") && (!capital || named)) {
            break;
        }
        // "memorandum of understanding by X and Y on Monday": who and when is no title.
        let phrase = document.phrase(child);
        let stop = |&t: &usize| {
            matches!(
                document.word(t).to_lowercase().as_str(),
                "after" | "at" | "between" | "by" | "during" | "following" | "with"
            )
        };
        end = phrase.clone().find(stop).unwrap_or(phrase.end);
    }
    let text = document.text_of(start..end).trim_matches(|c: char| c.is_ascii_punctuation() && c != '.').trim();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty() && text.len() <= 200).then_some(text)
}
