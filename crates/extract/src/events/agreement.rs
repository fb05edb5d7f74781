//! The title of an agreement, as the text gives it, and what the title says of it elsewhere.

use entente_model::{Date, EntityKind, EventType, Stage};
use entente_nlp::{Deprel, Tag, Upos};

use super::{context::Context, details, draft::Draft};
use crate::entities::EntityIndex;

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
        let points = matches!(document.word(child), "following" | "above" | "same");
        // "Kenya's trade agreement": whose it is, its parties say.
        let side = token.deprel == Deprel::Poss && !context.actors(child).is_empty();
        if !belongs || points || side || matches!(token.tag, Tag::Dt | Tag::PrpS) {
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
        // "Joint Statement of France and Italy": whose it is, its parties say.
        let issued = word == "of"
            && matches!(document.lemma(theme).to_lowercase().as_str(), "communique" | "communiqué" | "statement");
        let heading = matches!(word.as_str(), "on" | "of" | "for" | "regarding" | "concerning") && !issued;
        if !(heading && (!capital || named)) {
            break;
        }
        // "memorandum of understanding by X and Y on Monday": who and when is no title.
        let phrase = document.phrase(child);
        let stop = |&t: &usize| {
            matches!(
                document.word(t).to_lowercase().as_str(),
                "after" | "at" | "between" | "by" | "during" | "following" | "with" | "which" | "that" | ","
            ) || (document.token(t).deprel == Deprel::Prep && details::places(context, t))
                || document.token(t).tag == Tag::To
                || context.is_in_date(t)
        };
        let listed = details::listed_name(context, child + 1);
        let last = (listed..phrase.end).find(stop);
        let behind = last.unwrap_or(phrase.end.max(listed));
        // Nothing of it is a name: "an agreement on June 15".
        if behind > child + 1 {
            end = behind;
        }
        if last.is_some() {
            break;
        }
    }
    let text = document.text_of(start..end).trim_matches(|c: char| c.is_ascii_punctuation() && c != '.').trim();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // "Memorandum of Understanding (MOU": cut within the short form.
    let text = match text.split_once('(') {
        Some((name, short)) if !short.contains(')') => name.trim_end().to_owned(),
        _ => text,
    };
    (!text.is_empty() && text.len() <= 200).then_some(text)
}

/// The city behind the agreement's name: "signed an agreement on ports **in Lima**".
pub(crate) fn place(context: &Context<'_>, draft: &Draft) -> Option<EntityIndex> {
    let document = context.document;
    let theme = draft.theme.filter(|&theme| theme > draft.trigger)?;
    // A clause below tells of something else.
    let plain = |t: usize| {
        document.ancestors(t).take_while(|&above| above != theme).all(|above| !context.grammar().is_verb(above))
    };
    let preposition = document.subtree(theme).find(|&t| t > theme && plain(t) && details::places(context, t))?;
    let object = document.children_by(preposition, Deprel::Pobj).next()?;
    let place = context.entities.place_of(object)?;
    // A country may be where the agreement holds.
    (context.entities.get(place).kind == EntityKind::Place && context.entities.get(place).country.is_some())
        .then_some(place)
}

/// Dates what the article names by its year elsewhere: a "nuclear deal" that was reached is of the year of "the 2015 nuclear deal".
pub(crate) fn date_by_name(context: &Context<'_>, drafts: &mut [Draft]) {
    let made = |d: &Draft| {
        d.kind == EventType::Agreement && matches!(d.stage, Some(Stage::Signed | Stage::Agreed)) && d.date.is_none()
    };
    for draft in drafts.iter_mut().filter(|draft| made(draft)) {
        let Some((theme, title)) = draft.theme.zip(draft.title.as_deref().map(str::to_lowercase)) else { continue };
        let words: Vec<&str> = title.split(' ').collect();
        let mut years = context.dates.iter().filter_map(|mention| {
            let year = mention.date.filter(|date| date.month.is_none() && mention.tokens.len() == 1)?;
            named_by(context, mention.tokens.start, theme, &words).then_some(year)
        });
        let first = years.next();
        draft.date = first.filter(|year: &Date| years.all(|other| other == *year));
    }
}

/// Whether a year stands before the noun of an agreement of this title: the same noun and one more of its words.
fn named_by(context: &Context<'_>, year: usize, theme: usize, title: &[&str]) -> bool {
    let document = context.document;
    let lemma = |token: usize| document.lemma(token).to_lowercase();
    let above = document.ancestors(year).take(2);
    let Some(noun) = above.filter(|&noun| year < noun).find(|&noun| lemma(noun) == lemma(theme)) else { return false };
    let shared = |child: usize| {
        let modifies = matches!(document.token(child).deprel, Deprel::Amod | Deprel::Compound | Deprel::Nmod);
        modifies && title.contains(&document.word(child).to_lowercase().as_str())
    };
    document.children(noun).any(shared)
}
