//! Words in the place of a role that fill none: what is given rather than who gives, a scene, a part of a name.
//!
//! In: a draft, a role and a word that a rule found for it. Out: whether the word is no side there: "**X's** family was killed" tells
//! of no attack on X, "the **Ottawa** Convention" of no city that signed.

use entente_model::{EntityKind, EventType, Role, Stage, Stance};
use entente_nlp::{Deprel, Upos};

use super::{aid, context::Context, draft::Draft};
use crate::entities::EntityIndex;

/// A pronoun is too weak to say who was shot or who asks for aid, and a paper that asks is no side.
pub(super) fn fills_none(context: &Context<'_>, draft: &Draft, role: Role, token: usize) -> bool {
    let asks = draft.stage == Some(Stage::Requested);
    let held = context.document.token(token);
    let pronoun = held.upos == Upos::Pron && held.deprel != Deprel::Poss;
    let publisher = || {
        let named =
            |publisher: &String| context.actors(token).iter().any(|e| context.entities.get(*e).name == *publisher);
        context.article.publisher.as_ref().is_some_and(named)
    };
    match (draft.kind, role) {
        // "X's family was killed": not X.
        (EventType::Attack, Role::Target) => pronoun || is_weapon_name(context, token) || is_kin(context, token),
        // "leads the delegation to the U.S.-Morocco Dialogue": a journey to talks goes where they are.
        (EventType::Visit, Role::Destination) => {
            ["bilateral-meeting-nouns", "summit-nouns"].iter().any(|list| context.in_list(token, list))
        }
        // "Patriot" is what is given, whatever the language model takes it for.
        (EventType::Aid, _) => {
            (pronoun && asks && role == Role::Recipient)
                || context.is_item(token)
                || role == Role::Recipient && context.in_list(token, "landing-places")
                || is_make(context, token)
                || role == Role::Recipient && context.in_list(token, "summit-nouns")
                || aid::is_other_side(context, draft, role, token)
        }
        (EventType::Agreement, Role::Party) => stands_by(context, token) || is_called_after(context, token),
        // "the Ottawa Convention": a city before a noun is a part of its name.
        (event, _) if event.is_plover() && held.deprel == Deprel::Compound => {
            // "Istanbul police" are those of the city.
            let body = |head: usize| context.in_list(head, "law-people") || context.in_list(head, "body-nouns");
            !context.document.head(token).is_some_and(body)
                && context.entities.place_of(token).is_some_and(|p| context.entities.get(p).kind == EntityKind::Place)
        }
        (EventType::Statement, Role::Speaker) => !pronoun && publisher(),
        // "the U.S.-Japan Alliance" is no side, though it names two.
        (EventType::Statement, Role::Addressee) if held.upos == Upos::Propn && context.actors(token).len() > 1 => true,
        (EventType::Statement, Role::Addressee) => {
            is_scene(context, token)
                || pronoun && draft.rule == "statement.tell"
                || is_own_duty(context, draft, token)
                || draft.rule != "statement.verbal-attack" && suffers(context, token)
                || is_part_of_a_name(context, token)
        }
        _ => false,
    }
}

/// "said that **we** have to act": what one asks of oneself.
fn is_own_duty(context: &Context<'_>, draft: &Draft, token: usize) -> bool {
    let first_person = matches!(context.document.word(token).to_lowercase().as_str(), "i" | "we");
    first_person && draft.stance == Some(Stance::Demand)
}

/// "**X's** family": somebody beside X.
fn is_kin(context: &Context<'_>, token: usize) -> bool {
    let document = context.document;
    let owned = document.head(token).filter(|_| document.token(token).deprel == Deprel::Poss);
    let person = |e: &EntityIndex| context.entities.get(*e).kind == EntityKind::Person;
    owned.is_some_and(|noun| context.in_list(noun, "kin-nouns")) && context.actors(token).iter().all(person)
}

/// "Soviet-era tanks", "U.S.-origin equipment": where and when it was made, whoever gives it.
fn is_make(context: &Context<'_>, token: usize) -> bool {
    let document = context.document;
    let end = document.sentence_of(token).tokens.end;
    let word = |at: usize| if at < end { document.word(at).to_lowercase() } else { String::new() };
    let made = ["built", "designed", "era", "made", "manufactured", "origin", "style", "type"];
    word(token + 1) == "-" && made.contains(&word(token + 2).as_str()) || word(token + 1) == "origin"
}

/// "**Patriot** missiles": a name that is part of what is given or fired, and of no side.
fn is_weapon_name(context: &Context<'_>, token: usize) -> bool {
    let side = |e: &EntityIndex| matches!(context.entities.get(*e).kind, EntityKind::Country | EntityKind::Group);
    let people = context.entities.collective(token).is_some();
    context.is_item(token) && !people && !context.actors(token).iter().any(side)
}

/// "signed the deal, with Norway **as mediator**": who stands by is no party.
fn stands_by(context: &Context<'_>, token: usize) -> bool {
    let document = context.document;
    let end = document.sentence_of(token).tokens.end;
    let with = document.head(token).is_some_and(|head| document.lemma(head) == "with");
    with && token + 1 < end
        && document.lemma(token + 1) == "as"
        && (token + 2..end.min(token + 5)).any(|office| context.in_list(office, "standby-nouns"))
}

/// "the **Itamaraty** Declaration", "the **Elysee** Treaty": an instrument called after a palace is not of its owner.
fn is_called_after(context: &Context<'_>, token: usize) -> bool {
    let document = context.document;
    let named = document.head(token).is_some_and(|noun| document.token(noun).upos == Upos::Propn);
    let word = document.word(token);
    let own = |e: &EntityIndex| {
        let held = context.entities.get(*e);
        held.kind != EntityKind::Country || held.name.contains(word)
    };
    let spelt = word.len() > 4 && word.chars().all(char::is_alphabetic) && word.chars().any(char::is_lowercase);
    document.token(token).deprel == Deprel::Compound && named && spelt && !context.actors(token).iter().any(own)
}

/// "the Ukraine invasion": a country's bare name before a noun says where, not who; "the US invasion" may say either.
fn is_scene(context: &Context<'_>, token: usize) -> bool {
    let document = context.document;
    let adjectival = document.word(token).chars().all(|c| c.is_uppercase() || c == '.');
    // "United States efforts": a name that has no adjective of its own.
    let plain = document.word(token) == "States";
    // "the one-China principle" says whose it is.
    let one = token >= 2 && document.word(token - 1) == "-" && document.word(token - 2).eq_ignore_ascii_case("one");
    // "the Niger army" is Niger; "the Kazakh decree" is an adjective, whatever the tagger takes it for.
    let acts = |noun: usize| ["act-nouns", "attack-nouns"].iter().any(|list| context.in_list(noun, list));
    let organ =
        |e: EntityIndex| document.head(token).is_some_and(|noun| context.actors(noun).contains(&e) && !acts(noun));
    let adjective = |e: EntityIndex| document.word(token) != context.entities.get(e).name;
    let several = context.actors(token).len() > 1;
    let place = |e: &EntityIndex| {
        context.entities.get(*e).kind == EntityKind::Country && (several || !organ(*e) && !adjective(*e))
    };
    document.token(token).deprel == Deprel::Compound
        && !(adjectival || plain || one)
        && context.actors(token).iter().any(place)
}

/// "the Transatlantic bond", "COVID-19 response": a body that nobody knows, right before a noun, is an adjective.
fn is_part_of_a_name(context: &Context<'_>, token: usize) -> bool {
    // "the WTO Joint Initiative": known or not, it is the initiative.
    let plan = |head: usize| {
        context.document.token(head).upos == Upos::Propn
            && context.rules.lexicon().contains("unactor-names", &context.document.word(head).to_lowercase())
            && !context.rules.lexicon().contains("office-heads", &context.document.word(head).to_lowercase())
    };
    let inside = context.document.token(token).deprel == Deprel::Compound
        && context.document.head(token).is_some_and(plan)
        && context.actors(token).iter().all(|e| context.entities.get(*e).kind == EntityKind::Organization);
    if inside {
        return true;
    }
    let unknown = |e: &EntityIndex| {
        let held = context.entities.get(*e);
        held.kind == EntityKind::Organization && !held.id.starts_with('Q')
    };
    matches!(context.document.token(token).deprel, Deprel::Amod | Deprel::Compound | Deprel::Nmod)
        && context.actors(token).iter().all(unknown)
}

/// "the invasion of X", "X's murder": who suffers what a stance is taken towards; "X's invasion" is a state's own.
fn suffers(context: &Context<'_>, token: usize) -> bool {
    let document = context.document;
    let Some(above) = document.head(token) else { return false };
    if document.token(token).deprel == Deprel::Pobj && matches!(document.lemma(above), "of" | "on" | "against") {
        // "Russia's war on X, which they condemned"
        let attacked = document.lemma(above) != "of";
        return document.head(above).is_some_and(|noun| {
            let lists =
                if attacked { ["attack-nouns", "suffered-nouns"] } else { ["suffered-nouns", "undergone-nouns"] };
            lists.iter().any(|list| context.in_list(noun, list))
        });
    }
    let person = |e: &EntityIndex| context.entities.get(*e).kind == EntityKind::Person;
    document.token(token).deprel == Deprel::Poss
        && context.in_list(above, "suffered-nouns")
        && context.actors(token).iter().all(person)
}
