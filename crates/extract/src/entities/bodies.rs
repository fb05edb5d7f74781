//! Bodies that every nation has: "the Senate" is the American one, "Brazil's Senate" is not.
//!
//! In: a name that the gazetteer knows as a body, and the nation beside it. Out: which body it is.

use entente_model::EntityKind;
use entente_nlp::{Deprel, Tag};

use super::board::{Board, fold_name};
use crate::actors::{ActorIndex, Sense};
use crate::mentions::{Name, NameKind};

/// What a name of a body means.
pub(super) enum Body {
    /// No nation stands beside it, or the nation decides nothing.
    Any,
    /// The known body of the nation beside it.
    Known(ActorIndex),
    /// A body of the nation beside it that no file knows: its name and the nation.
    Named(String, ActorIndex),
}

/// Reads a name of a body by the nation beside it.
pub(super) fn of_nation(board: &Board<'_>, name: &Name) -> Body {
    let bodies: Vec<ActorIndex> = name
        .senses
        .iter()
        .filter_map(|sense| match *sense {
            Sense::Actor(actor) if board.actors.actor(actor).kind == EntityKind::Organization => Some(actor),
            _ => None,
        })
        .collect();
    let Some(nation) = (!bodies.is_empty()).then(|| nation_beside(board, name)).flatten() else { return Body::Any };
    let of = |actor: ActorIndex| board.actors.actor(actor).country;
    if let Some(&own) = bodies.iter().find(|&&actor| of(actor) == Some(nation.actor)) {
        return Body::Known(own);
    }
    if !bodies.iter().all(|&actor| is_shared(board, name, actor)) {
        return Body::Any;
    }
    let text = fold_name(board.document.text_of(name.tokens.clone()));
    let country = &board.actors.actor(nation.actor).name;
    let forms = [format!("{} {text}", nation.written), format!("{text} of {country}"), format!("{country} {text}")];
    let known = forms.iter().flat_map(|form| board.actors.lookup(form)).find_map(|sense| match *sense {
        Sense::Actor(actor) if of(actor) == Some(nation.actor) => Some(actor),
        _ => None,
    });
    let [adjective, of_country, _] = forms;
    match known {
        Some(actor) => Body::Known(actor),
        None => Body::Named(if nation.is_adjective { adjective } else { of_country }, nation.actor),
    }
}

/// The nation whose name stands beside a body's.
struct Nation {
    actor: ActorIndex,
    /// As the text writes it, without "'s".
    written: String,
    is_adjective: bool,
}

/// "Brazil's Senate", "the Albanian Red Cross", "the Senate of Brazil".
fn nation_beside(board: &Board<'_>, name: &Name) -> Option<Nation> {
    let document = board.document;
    let possessive = |token: usize| document.token(token).tag == Tag::Pos;
    let before = name.tokens.start.checked_sub(1)?;
    let before = if possessive(before) { before.checked_sub(1)? } else { before };
    let behind = name.tokens.end;
    let of = behind + 1 < document.tokens().len() && document.word(behind) == "of";
    let same_sentence = |token: usize| document.token(token).sentence == document.token(name.tokens.start).sentence;
    [Some(before), of.then_some(behind + 1)].into_iter().flatten().filter(|&token| same_sentence(token)).find_map(
        |token| {
            let (_, country) = board.names.innermost(token).filter(|(_, other)| other.kind == NameKind::Country)?;
            let [actor] = board.country_senses(country)[..] else { return None };
            // "US-Brazil Senate talks" and capitals, which act for a government, decide nothing.
            let named = country.senses.iter().any(|sense| !matches!(sense, Sense::Government(_)));
            let adjective = country.senses.iter().all(|sense| matches!(sense, Sense::Demonym(_)));
            let joined =
                country.tokens.start.checked_sub(1).is_some_and(|token| matches!(document.word(token), "-" | "and"));
            let written = fold_name(document.text_of(country.tokens.clone()));
            (named && !joined).then_some(Nation { actor, written, is_adjective: adjective })
        },
    )
}

/// Whether a body shares this name with those of other nations.
fn is_shared(board: &Board<'_>, name: &Name, actor: ActorIndex) -> bool {
    let known = board.actors.actor(actor);
    let class = known.class.as_deref().unwrap_or_default();
    if known.country.is_some() {
        return matches!(class, "legislature" | "court" | "party" | "security-council");
    }
    // "the Albanian Red Cross", but not "the French UN ambassador".
    let last = name.tokens.end - 1;
    let modifier = matches!(board.document.token(last).deprel, Deprel::Compound | Deprel::Nmod | Deprel::Poss);
    class == "ngo" && name.tokens.len() > 1 && !modifier
}
