//! Whom a demand or a reproach means by "it" and "them": never who makes it.
//!
//! In: a pronoun, and whom the words before it denote. Out: the other side of the clause or sentence before, where there is one:
//! "cut ties with Belgium, accusing **it** of"; "accused the Americans of greed and demanded that **they** lift the sanctions".

use entente_model::EntityKind;
use entente_nlp::{Deprel, Tag, Upos};

use super::EntityIndex;
use super::board::Board;
use super::pronouns::with_conjuncts;

/// The sides that a pronoun means as whom a verb speaks to or demands something of; none where the text leaves a choice.
pub(super) fn confronted(board: &Board<'_>, denoted: &[Vec<EntityIndex>], token: usize) -> Vec<EntityIndex> {
    let Some(verb) = demanding_verb(board, token) else { return Vec::new() };
    let document = board.document;
    let subject = |verb: usize| document.children_by(verb, Deprel::Nsubj).find(|&c| c < token);
    let above = document.head(verb).filter(|&above| document.token(above).upos == Upos::Verb && above < verb);
    let own = subject(verb).or_else(|| above.and_then(subject));
    let own = own.map(|own| with_conjuncts(board, denoted, own)).unwrap_or_default();
    let fits = |entity: &EntityIndex| {
        matches!(board.drafts[*entity].kind, EntityKind::Country | EntityKind::Organization | EntityKind::Group)
            && !own.contains(entity)
    };
    let joined = matches!(document.token(verb).deprel, Deprel::Conj | Deprel::Advcl);
    // "called it an outrage" judges a deed of the sentence before.
    if !joined && document.lemma(verb) == "call" && document.token(token).deprel == Deprel::Dobj {
        return Vec::new();
    }
    let mut plural = false;
    let found = if let Some(above) = above.filter(|_| joined) {
        let mut sides = objects_of(board, above, verb).into_iter().map(|object| {
            plural |= matches!(document.token(object).tag, Tag::Nns | Tag::Nnps);
            with_conjuncts(board, denoted, object)
        });
        sides.find(|sides| sides.iter().all(fits) && !sides.is_empty()).unwrap_or_default()
    } else {
        let Some(before) = document.token(token).sentence.checked_sub(1) else { return Vec::new() };
        let tokens = document.sentences()[before].tokens.clone();
        let mut sides: Vec<EntityIndex> = tokens.flat_map(|t| denoted[t].iter().copied()).filter(fits).collect();
        sides.sort_unstable();
        sides.dedup();
        sides
    };
    let several = document.word(token).to_lowercase().starts_with("the");
    let body = |entity: &EntityIndex| board.drafts[*entity].kind != EntityKind::Country;
    match found[..] {
        [only] if !several || body(&only) || board.drafts[only].plural || plural => found,
        [_, _, ..] if several && joined => found,
        _ => Vec::new(),
    }
}

/// The verb whose object a pronoun is, or that demands what the pronoun's clause tells.
fn demanding_verb(board: &Board<'_>, token: usize) -> Option<usize> {
    let document = board.document;
    let head = document.head(token)?;
    let verb = match document.token(token).deprel {
        Deprel::Dobj | Deprel::Dative => head,
        Deprel::Pobj if matches!(document.lemma(head), "on" | "upon") => document.head(head)?,
        Deprel::Nsubj
            if document.token(head).deprel == Deprel::Ccomp
                && matches!(document.token(head).tag, Tag::Vb | Tag::Vbp) =>
        {
            return document
                .head(head)
                .filter(|&verb| matches!(document.lemma(verb), "ask" | "demand" | "insist" | "request" | "urge"));
        }
        // "urged it to stop": the parser takes the object for a subject now and then.
        Deprel::Nsubj if document.token(head).tag == Tag::Vb => document.head(head)?,
        _ => return None,
    };
    board.vocabulary.has("addressing-verbs", &document.lemma(verb).to_lowercase()).then_some(verb)
}

/// Whom a verb acts on or deals with, before another word.
fn objects_of(board: &Board<'_>, verb: usize, before: usize) -> Vec<usize> {
    let document = board.document;
    let mut objects = Vec::new();
    for child in document.children(verb).filter(|&c| verb < c && c < before) {
        match document.token(child).deprel {
            Deprel::Dobj | Deprel::Dative => {
                objects.push(child);
                objects.extend(document.children_by(child, Deprel::Poss));
                let below = document.children_by(child, Deprel::Prep);
                objects.extend(below.flat_map(|prep| document.children_by(prep, Deprel::Pobj)));
                objects.extend(document.children_by(child, Deprel::Amod));
            }
            Deprel::Prep => objects.extend(document.children_by(child, Deprel::Pobj)),
            _ => {}
        }
    }
    // "the attack" stands for whose it is, and is no side.
    let side = |&object: &usize| {
        let lemma = document.lemma(object).to_lowercase();
        let lists = ["alliance-nouns", "country-nouns", "organization-organs"];
        board.names.at(object).is_some() || lists.iter().any(|list| board.vocabulary.has(list, &lemma))
    };
    objects.retain(side);
    objects
}
