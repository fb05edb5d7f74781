//! Those who join a contact that has been told: "They were joined by Adan", "Noor, too, joined the talks".
//!
//! In: the article's events. Out: whoever joins or accompanies somebody in the next two sentences takes part as well.

use entente_model::{EntityKind, EventType, Role};
use entente_rules::Group;

use super::{
    context::Context,
    draft::{Draft, Filled},
};

/// In how many sentences after the event somebody may join it.
const REACH: usize = 2;

/// Adds those who join to the events that they join.
pub(crate) fn join(context: &Context<'_>, drafts: &mut [Draft]) {
    let grammar = context.grammar();
    let verbs = (0..context.document.tokens().len()).filter(|&token| grammar.is_verb(token));
    for verb in verbs.filter(|&verb| context.in_list(verb, "joining-verbs")) {
        let passive = grammar.is_passive(verb);
        let joined: Group = if passive {
            grammar.surface_subject(verb).unwrap_or_default()
        } else {
            grammar.objects(verb).into_iter().flatten().collect()
        };
        let joiners: Vec<Filled> =
            grammar.subjects(verb).into_iter().flatten().filter_map(|token| person(context, token)).collect();
        if joiners.is_empty() {
            continue;
        }
        let sentence = context.document.token(verb).sentence;
        let status = grammar.status(verb).status;
        let fits = |draft: &Draft| {
            let near = draft.sentence <= sentence && draft.sentence + REACH >= sentence;
            near && draft.trigger != verb && draft.factuality == status && takes(context, draft, verb, &joined)
        };
        // The last that was told; of a journey all stops.
        let Some(last) = drafts.iter().rfind(|draft| fits(draft)).map(|draft| (draft.kind, draft.sentence)) else {
            continue;
        };
        for draft in drafts.iter_mut().filter(|draft| (draft.kind, draft.sentence) == last && fits(draft)) {
            let role = side(draft.kind);
            let mut sides = draft.role(role).to_vec();
            sides.extend(joiners.iter().filter(|joiner| !draft.entities(role).contains(&joiner.entity)));
            draft.set_role(role, sides);
        }
    }
}

/// The role of those who take part.
fn side(kind: EventType) -> Role {
    if kind == EventType::Visit { Role::Visitor } else { Role::Participant }
}

fn person(context: &Context<'_>, mention: usize) -> Option<Filled> {
    match context.actors(mention)[..] {
        [entity] if context.entities.get(entity).kind == EntityKind::Person => Some(Filled { entity, mention }),
        _ => None,
    }
}

/// Whether what is joined is the event: all of its sides that are named, or the noun for it, "the talks".
fn takes(context: &Context<'_>, draft: &Draft, verb: usize, joined: &Group) -> bool {
    // Who accompanies a visitor need not be in the room.
    let fits = match draft.kind {
        EventType::Visit => true,
        EventType::Meeting | EventType::Call => context.document.lemma(verb) == "join",
        _ => false,
    };
    let sides = draft.entities(side(draft.kind));
    let sentence = context.document.token(verb).sentence;
    let named = |token: usize| {
        let actors = context.actors(token);
        // "They", whom nothing else resolves, are those who met in the sentence before.
        let they = context.document.word(token).eq_ignore_ascii_case("they") && draft.sentence + 1 == sentence;
        actors.iter().all(|actor| sides.contains(actor)) && (!actors.is_empty() || they)
    };
    let noun = |token: usize| {
        let list = if draft.kind == EventType::Call { "call-nouns" } else { "bilateral-meeting-nouns" };
        draft.kind != EventType::Visit
            && context.in_list(token, list)
            && context.grammar().preposition(token, "with").is_empty()
            && context.grammar().preposition(token, "between").is_empty()
    };
    fits && !joined.is_empty() && joined.iter().all(|&token| named(token) || noun(token))
}
