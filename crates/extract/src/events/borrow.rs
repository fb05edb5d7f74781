//! Whether an event may take its missing sides from another sentence: only where its own sentence leaves them open.
//!
//! In: a draft that lacks a side, and whole events of its type. Out: whether it may borrow, and whether they may lend; and the
//! one side that the sentence itself gives in another place: "**In Kenya**, Norway has provided $5 million".

use entente_model::{EntityKind, EventType, Role};
use entente_nlp::{Deprel, Tag, Upos};

use super::{
    complete::is_plain_aid,
    context::Context,
    draft::{Draft, Filled},
};
use crate::entities::EntityIndex;

/// Whether a draft may take missing sides from whole events of its type.
pub(super) fn may_borrow(context: &Context<'_>, draft: &Draft, whole: &[Draft]) -> bool {
    match draft.kind {
        EventType::Aid => {
            is_plain_aid(context, draft)
                && !has_own_giver(context, draft)
                && !has_own_recipient(context, draft, whole)
                && !is_venture(context, draft)
        }
        EventType::Agreement => {
            !is_another(context, draft) && !is_of_others(context, draft, whole) && !has_own_parties(context, draft)
        }
        EventType::Sanction => !has_own_target(context, draft),
        EventType::Attack => !draft.roles.is_empty(),
        _ => true,
    }
}

/// Whether an instrument may take for its second side whom the first one meets: its own sentence names no other.
pub(super) fn may_take_partner(context: &Context<'_>, draft: &Draft) -> bool {
    let words = [Some(draft.trigger), draft.theme].into_iter().flatten();
    let mut with = words.flat_map(|t| context.grammar().preposition(t, "with")).flatten();
    let stranger = with.any(|partner| context.actors(partner).is_empty());
    !stranger && !is_of_others(context, draft, &[]) && !has_own_parties(context, draft)
}

/// Whether a whole event lends its sides: a statement that many issued says nothing of who is party to what it speaks of, and a
/// recipient that no file knows is not that of other aid.
pub(super) fn may_lend(context: &Context<'_>, draft: &Draft) -> bool {
    let known = |f: &Filled| {
        let held = context.entities.get(f.entity);
        held.kind != EntityKind::Organization || held.id.starts_with('Q')
    };
    match draft.kind {
        EventType::Aid => draft.role(Role::Recipient).iter().all(known),
        // Who else is on the list is no person named before.
        EventType::Sanction => {
            let person = |f: &Filled| context.entities.get(f.entity).kind == EntityKind::Person;
            !draft.role(Role::Target).iter().all(person)
        }
        EventType::Agreement => {
            // Who resumes relations, settles a row or agrees on a sale is not therefore party to the truce that the text speaks of.
            let deed = matches!(
                draft.rule.as_str(),
                "agreement.agree-sale"
                    | "agreement.extend-talks"
                    | "agreement.negotiate-with"
                    | "agreement.normalization"
                    | "agreement.party-to"
                    | "agreement.settle"
            );
            let declared = matches!(draft.rule.as_str(), "agreement.released" | "agreement.joint-statement");
            !deed && (draft.role(Role::Party).len() == 2 || !declared)
        }
        _ => true,
    }
}

/// "Wavefarm will sign an accord with the province": who signs, and with whom, is said, though nobody knows them.
fn has_own_parties(context: &Context<'_>, draft: &Draft) -> bool {
    let document = context.document;
    let grammar = context.grammar();
    if !grammar.is_verb(draft.trigger) || grammar.is_passive(draft.trigger) {
        return false;
    }
    let theme = draft.theme.unwrap_or(draft.trigger);
    let unknown = |token: usize| {
        let deal = token == theme || context.in_list(token, "agreement-core-nouns");
        document.token(token).upos == Upos::Propn && context.actors(token).is_empty() && !deal
    };
    let with = [draft.trigger, theme].into_iter().flat_map(|t| grammar.preposition(t, "with"));
    grammar.subjects(draft.trigger).into_iter().chain(with).flatten().any(unknown)
}

/// "a separate treaty", "another deal": not the instrument that the article is about, whose parties it would borrow.
fn is_another(context: &Context<'_>, draft: &Draft) -> bool {
    let theme = draft.theme.unwrap_or(draft.trigger);
    let stated = !draft.role(Role::Party).is_empty();
    context.document.children(theme).any(|child| {
        let word = context.document.word(child).to_lowercase();
        matches!(word.as_str(), "another" | "other" | "separate" | "similar" | "different")
            || (stated && matches!(word.as_str(), "a" | "an"))
    })
}

/// "the agreement between X and Y": sides that the parse hangs elsewhere, of whom no whole event knows.
fn is_of_others(context: &Context<'_>, draft: &Draft, whole: &[Draft]) -> bool {
    let known = |entity: &usize| whole.iter().any(|other| other.entities(Role::Party).contains(entity));
    named_between(context, draft).iter().any(|entity| !known(entity))
}

/// Whoever stands behind a "between" of the sentence: the sides of its instrument, wherever the parse hangs them.
pub(super) fn named_between(context: &Context<'_>, draft: &Draft) -> Vec<EntityIndex> {
    let document = context.document;
    document
        .sentence_of(draft.trigger)
        .tokens
        .clone()
        .filter(|&t| document.word(t).eq_ignore_ascii_case("between"))
        .flat_map(|t| document.children_by(t, Deprel::Pobj))
        .flat_map(|object| context.actors(object))
        .collect()
}

/// "A foundation gave $5 million": who gives is somebody that stays unknown, and nobody whom another sentence names.
fn has_own_giver(context: &Context<'_>, draft: &Draft) -> bool {
    let grammar = context.grammar();
    if !draft.role(Role::Donor).is_empty() || !grammar.is_verb(draft.trigger) || grammar.is_passive(draft.trigger) {
        return false;
    }
    // "Distributing aid is difficult": whoever does it.
    if context.document.token(draft.trigger).deprel == Deprel::Csubj {
        return true;
    }
    let own = context.document.children_by(draft.trigger, Deprel::Nsubj).last();
    // "access is essential to provide aid": access gives none of those whom other sentences name.
    let complement = match context.document.token(draft.trigger).deprel {
        Deprel::Xcomp => true,
        // "approved 14 partners to provide tanks"
        Deprel::Advcl | Deprel::Ccomp => context.document.token(draft.trigger).tag == Tag::Vb,
        _ => false,
    };
    let shared = || grammar.surface_subject(draft.trigger).and_then(|group| group.first().copied());
    let subject = own.or_else(|| if complement { shared() } else { None });
    subject.is_some_and(|subject| {
        let pronoun = context.document.token(subject).upos == Upos::Pron;
        !pronoun && !["aid-nouns", "giving-things"].iter().any(|list| context.in_list(subject, list))
    })
}

/// "will provide $5 million to support Y's schools in Z": sides that the giving names for itself, in a way that no rule reads.
fn has_own_recipient(context: &Context<'_>, draft: &Draft, whole: &[Draft]) -> bool {
    let grammar = context.grammar();
    let known: Vec<usize> = std::iter::once(draft)
        .chain(whole)
        .flat_map(|d| d.roles.iter().flat_map(|(_, filled)| filled.iter().map(|f| f.entity)))
        .collect();
    let side = |entity: &usize| {
        matches!(context.entities.get(*entity).kind, EntityKind::Country | EntityKind::Organization | EntityKind::Group)
            && !known.contains(entity)
    };
    let purpose = |clause: &usize| context.document.token(*clause).tag == Tag::Vb;
    // "in response to the needs in Haiti": a country behind such a preposition is one that the aid may be for.
    let document = context.document;
    let placed = |token: usize| {
        let above = document.head(token).filter(|_| document.token(token).deprel == Deprel::Pobj);
        let beside = |prep: usize| {
            let carrier = document.head(prep);
            token < draft.trigger || carrier == Some(draft.trigger) || carrier.is_some() && carrier == draft.theme
        };
        above.is_some_and(|prep| matches!(document.lemma(prep), "in" | "for" | "to" | "across") && beside(prep))
            && context.actors(token).iter().any(|e| side(e) && context.entities.get(*e).kind == EntityKind::Country)
    };
    let elsewhere = || document.sentence_of(draft.trigger).tokens.clone().any(placed);
    let below = || {
        grammar
            .clauses(draft.trigger)
            .into_iter()
            .flatten()
            .filter(purpose)
            .any(|clause| document.phrase(clause).any(|token| context.actors(token).iter().any(side)))
    };
    draft.role(Role::Recipient).is_empty() && (elsewhere() || grammar.is_verb(draft.trigger) && below())
}

/// "Norway's pledge of tents, **which Kenya badly needs**": whoever needs what is given.
pub(super) fn recipient_in_need(context: &Context<'_>, draft: &Draft) -> Option<Filled> {
    let (document, grammar) = (context.document, context.grammar());
    let given = !draft.role(Role::Donor).is_empty() && draft.role(Role::Recipient).is_empty();
    let goods = [draft.theme, Some(draft.trigger)].into_iter().flatten().filter(|_| given);
    let goods = goods.flat_map(|noun| grammar.preposition(noun, "of").into_iter().flatten().chain([noun]));
    let needs = |verb: &usize| context.in_list(*verb, "needing-verbs") && !grammar.negated(*verb);
    let clauses = goods.flat_map(|noun| document.children_by(noun, Deprel::Relcl)).filter(needs);
    let subjects = clauses.flat_map(|verb| document.children_by(verb, Deprel::Nsubj));
    let side = |entity: &usize| {
        matches!(context.entities.get(*entity).kind, EntityKind::Country | EntityKind::Organization)
            && !draft.entities(Role::Donor).contains(entity)
    };
    let mut found = subjects
        .filter_map(|mention| context.actors(mention).into_iter().find(side).map(|entity| Filled { entity, mention }));
    found.next()
}

/// "In Kenya, Norway has provided $5 million": the country that the sentence opens with, where the aid goes.
pub(super) fn recipient_in_place(context: &Context<'_>, draft: &Draft) -> Option<Filled> {
    let document = context.document;
    let given = !draft.role(Role::Donor).is_empty() && draft.role(Role::Recipient).is_empty();
    let opening = document.sentences()[draft.sentence].tokens.start;
    let fronted = document.token(opening).deprel == Deprel::Prep
        && document.head(opening) == Some(draft.trigger)
        && document.word(opening).eq_ignore_ascii_case("in");
    if !given || !fronted || !is_plain_aid(context, draft) {
        return None;
    }
    let mention = document.children_by(opening, Deprel::Pobj).next()?;
    let country = |entity: &usize| {
        context.entities.get(*entity).kind == EntityKind::Country && !draft.entities(Role::Donor).contains(entity)
    };
    context.actors(mention).into_iter().find(country).map(|entity| Filled { entity, mention })
}

/// "$5 million in new projects are expected": business, whoever gives aid elsewhere.
fn is_venture(context: &Context<'_>, draft: &Draft) -> bool {
    draft.theme.is_some_and(|theme| {
        let of = context.grammar().preposition(theme, "in").into_iter().flatten();
        std::iter::once(theme).chain(of).any(|t| {
            matches!(
                context.document.lemma(t),
                "contract" | "deal" | "investment" | "project" | "revenue" | "sale" | "trade"
            )
        })
    })
}

/// "sanctions against those responsible", "on any official who": people whom nobody named yet, whatever the sentences around say.
fn has_own_target(context: &Context<'_>, draft: &Draft) -> bool {
    let grammar = context.grammar();
    let theme = draft.theme.unwrap_or(draft.trigger);
    draft.role(Role::Target).is_empty()
        && [draft.trigger, theme].into_iter().any(|word| {
            let objects = ["on", "against", "upon"].into_iter().flat_map(|prep| grammar.preposition(word, prep));
            objects.flatten().any(|object| {
                // "tariffs on goods from countries that sell oil"
                let of = std::iter::once(object).chain(grammar.preposition(object, "from").into_iter().flatten());
                let states =
                    of.into_iter().any(|o| matches!(context.document.lemma(o), "country" | "nation" | "state"));
                let any = |c: usize| matches!(context.document.word(c), "any" | "anyone" | "all");
                states
                    || context.document.token(object).upos == Upos::Pron
                    || matches!(context.document.word(object), "those" | "anyone")
                    || context.document.children_by(object, Deprel::Det).any(any)
            })
        })
}
