//! Sum, items, kind and finance of aid, read off the phrase that names it.

use std::ops::Range;

use entente_model::{AidKind, EntityKind, Finance, Role, Stage};
use entente_nlp::{Deprel, Upos};

use super::{
    context::Context,
    details,
    draft::{Draft, Filled},
};
use crate::quantities::{ItemMention, Money};

/// Fills what the phrase of the aid says.
pub(crate) fn read(context: &Context<'_>, draft: &mut Draft) {
    draft.theme = cargo(context, draft).or(draft.theme);
    let theme = draft.theme.unwrap_or(draft.trigger);
    let phrase = phrase(context, theme);
    if let Some(money) = money(context, draft, theme, &phrase) {
        draft.amount = Some(money.amount);
        // "has held up $40 million since May": no total.
        draft.cumulative = money.cumulative && draft.stage != Some(Stage::Suspended);
    }
    for mention in items(context, draft, &phrase) {
        if draft.items.iter().all(|held| held.name != mention.item.name) {
            draft.items.push(mention.item.clone());
        }
    }
    draft.finance = finance(context, theme, phrase.clone());
    draft.aid_kind = draft.aid_kind.or_else(|| kind(context, draft, phrase));
    draft.cumulative |= draft.rule == "aid.total";
    if draft.cumulative {
        draft.stage = None;
    }
}

/// "sent a navy ship with 300 **tents**", "200 planes of **milk**": what is given is what the ship brings.
fn cargo(context: &Context<'_>, draft: &Draft) -> Option<usize> {
    let carrier = draft.theme.filter(|&theme| context.in_list(theme, "carrier-nouns"))?;
    let grammar = context.grammar();
    let with = [carrier, draft.trigger].into_iter().flat_map(|token| grammar.preposition(token, "with"));
    let loads = with.chain(grammar.preposition(carrier, "of"));
    loads.flatten().find(|&load| load > carrier && context.is_item(load))
}

/// "transport aircraft": an aircraft.
fn last_word(name: &str) -> &str {
    name.rsplit(' ').next().unwrap_or(name)
}

/// "sent **warships** to X": a deployment, no gift.
pub(crate) fn is_deployment(context: &Context<'_>, draft: &Draft) -> bool {
    let deployed = |name: &str| context.rules.lexicon().contains("deployed-items", name);
    !draft.items.is_empty()
        && context.in_list(draft.trigger, "deploying-verbs")
        && draft.items.iter().all(|item| deployed(&item.name) || deployed(last_word(&item.name)))
}

/// Whether all who give are banks or funds of states.
pub(crate) fn is_lent(context: &Context<'_>, draft: &Draft) -> bool {
    let name = |f: &Filled| context.entities.get(f.entity).name.to_lowercase();
    let donors = draft.role(Role::Donor);
    !donors.is_empty() && donors.iter().all(|f| context.rules.lexicon().contains("lending-bodies", &name(f)))
}

/// "the **Pakistan** bailout" names whom aid is for, "the **US** bailout" and "**German** aid" who gives it.
pub(crate) fn is_other_side(context: &Context<'_>, draft: &Draft, role: Role, token: usize) -> bool {
    let document = context.document;
    let before = matches!(document.token(token).deprel, Deprel::Amod | Deprel::Compound | Deprel::Nmod);
    let theme = draft.theme.unwrap_or(draft.trigger);
    // The parser hangs it on the sum now and then: "granted Mozambique $5 million".
    let joins = |t: &usize| matches!(document.token(*t).deprel, Deprel::Amod | Deprel::Compound | Deprel::Nmod);
    let top = document.ancestors(token).find(|above| !joins(above));
    let of_aid = top.is_some_and(|top| top == theme || context.money_at(top).is_some());
    if !before || !of_aid || token == theme {
        return false;
    }
    // "Pakistan" and "South Sudan", not "Pakistani" and "US".
    let named = |&e: &usize| {
        let held = context.entities.get(e);
        held.kind == EntityKind::Country && held.name.ends_with(document.word(token))
    };
    let gives = !context.actors(token).iter().any(named);
    match role {
        Role::Donor => !gives,
        Role::Recipient => gives,
        _ => false,
    }
}

/// The words of the aid: its noun phrase with what hangs on it, but without clauses about something else.
fn phrase(context: &Context<'_>, theme: usize) -> Range<usize> {
    let whole = context.document.phrase(theme);
    let sentence = context.document.sentence_of(theme).tokens.clone();
    whole.start.max(sentence.start)..whole.end.min(sentence.end)
}

/// The sum: part of the phrase, nearest to its head; else one that the verb hangs beside it ("worth", "valued at").
fn money<'a>(context: &Context<'a>, draft: &Draft, theme: usize, phrase: &Range<usize>) -> Option<&'a Money> {
    let own = |money: &&Money| !details::inside_parent(context, draft, &money.tokens);
    let inside = |range: &Range<usize>| {
        context
            .money
            .iter()
            .filter(own)
            .filter(|money| range.start <= money.tokens.start && money.tokens.end <= range.end && !money.rate)
            .min_by_key(|money| money.tokens.start.abs_diff(theme).min(money.tokens.end.abs_diff(theme)))
    };
    if let Some(money) = context.money_at(theme) {
        return Some(money);
    }
    inside(phrase).or_else(|| {
        // "announced aid for Kenya worth $5 million": the phrase is cut short by the parse; take the sum that hangs on the verb.
        let grammar = context.grammar();
        let hangs = |money: &&Money| {
            let verb = context.document.ancestors(money.tokens.start).find(|&t| grammar.is_verb(t));
            verb == Some(draft.trigger) && !money.rate
        };
        context.money.iter().filter(own).find(hangs).filter(|_| draft.stage != Some(Stage::Requested))
    })
}

/// The things named in a phrase, but for what they come in: "a cargo plane with food".
fn items<'a>(
    context: &'a Context<'a>,
    draft: &Draft,
    phrase: &Range<usize>,
) -> impl Iterator<Item = &'a ItemMention> + use<'a> {
    let phrase = phrase.clone();
    let brought = matches!(draft.rule.as_str(), "aid.departs" | "aid.flight");
    let lexicon = context.rules.lexicon();
    // "in 20 tonnes of rice": the thing begins before a phrase that is its last word.
    context.items.iter().filter(move |mention| {
        let inside = phrase.start <= mention.tokens.start && mention.tokens.end <= phrase.end
            || phrase.len() == 1 && mention.tokens.contains(&phrase.start);
        inside && !(brought && lexicon.contains("carrier-nouns", last_word(&mention.item.name)))
    })
}

/// Loan, grant or guarantee, by the words of the phrase itself: names ("the Commodity Credit Corporation"), tax credits and clauses
/// about something else say nothing of it.
fn finance(context: &Context<'_>, theme: usize, phrase: Range<usize>) -> Option<Finance> {
    let document = context.document;
    let own = |t: usize| {
        let clause = |&above: &usize| {
            above != theme
                && phrase.contains(&above)
                && matches!(document.token(above).deprel, Deprel::Relcl | Deprel::Acl | Deprel::Advcl)
        };
        let tax = t > 0 && matches!(document.lemma(t - 1), "tax" | "carbon");
        t == theme
            || document.token(t).upos != Upos::Propn
                && !tax
                && !std::iter::once(t).chain(document.ancestors(t).take_while(|&a| a != theme)).any(|a| clause(&a))
    };
    let is =
        |words: &[&str]| phrase.clone().any(|t| words.contains(&document.lemma(t).to_lowercase().as_str()) && own(t));
    // A loan guarantee is no loan.
    if is(&["guarantee"]) {
        Some(Finance::Guarantee)
    } else if is(&["loan", "lending", "credit"]) {
        Some(Finance::Loan)
    } else if is(&["grant", "donation"]) {
        Some(Finance::Grant)
    } else {
        None
    }
}

/// What the aid is for: by its adjectives, then by its items, then by the words of the clause.
fn kind(context: &Context<'_>, draft: &Draft, phrase: Range<usize>) -> Option<AidKind> {
    let theme = draft.theme.unwrap_or(draft.trigger);
    let near: Vec<usize> = context
        .document
        .children(theme)
        .filter(|&c| matches!(context.document.token(c).deprel, Deprel::Amod | Deprel::Compound | Deprel::Nmod))
        .chain([theme])
        .collect();
    let whole: Vec<usize> = phrase.clone().collect();
    // "an emergency loan" is a loan.
    let lent = context.in_list(theme, "financial-words").then_some(AidKind::Financial);
    let by_head = kind_of_words(context, &near).map(|kind| match lent {
        Some(lent) if kind == AidKind::Humanitarian => lent,
        _ => kind,
    });
    // "X, which runs a military base, promised": what is said of the giver says nothing of the gift.
    let clause = || {
        let giver = |t: usize| {
            context.document.children_by(draft.trigger, Deprel::Nsubj).any(|s| context.document.phrase(s).contains(&t))
        };
        // "put up $2 million, and X offered helicopters": what another gives is of another kind.
        let joined = |t: usize| {
            let verbs = std::iter::once(t).chain(context.document.ancestors(t)).take_while(|&a| a != draft.trigger);
            verbs.into_iter().any(|a| {
                context.document.token(a).deprel == Deprel::Conj
                    && context.grammar().is_verb(a)
                    && context.document.children_by(a, Deprel::Nsubj).next().is_some()
            })
        };
        context.document.phrase(draft.trigger).filter(|&t| !giver(t) && !joined(t)).collect::<Vec<_>>()
    };
    by_head
        .or_else(|| kind_of_words(context, &whole))
        .or_else(|| items(context, draft, &phrase).next().map(|mention| mention.kind))
        .or_else(|| kind_of_words(context, &clause()))
}

/// The kind that words make of aid: "military", "food", "budget".
pub(crate) fn kind_of_words(context: &Context<'_>, tokens: &[usize]) -> Option<AidKind> {
    // "a medical brigade": whatever else it is called.
    if tokens.iter().any(|&t| matches!(context.document.lemma(t).to_lowercase().as_str(), "humanitarian" | "medical")) {
        return Some(AidKind::Humanitarian);
    }
    [
        ("military-words", AidKind::Military),
        ("humanitarian-words", AidKind::Humanitarian),
        ("financial-words", AidKind::Financial),
    ]
    .into_iter()
    .find(|(list, _)| {
        tokens.iter().any(|&t| {
            context.rules.lexicon().contains(list, &context.document.lemma(t).to_lowercase())
                && !is_civil_security(context, t)
        })
    })
    .map(|(_, kind)| kind)
}

/// "food security", "energy security": nothing of soldiers.
fn is_civil_security(context: &Context<'_>, token: usize) -> bool {
    let civil = |before: usize| {
        context.rules.lexicon().contains("civil-security-words", &context.document.lemma(before).to_lowercase())
    };
    context.document.lemma(token).eq_ignore_ascii_case("security") && token.checked_sub(1).is_some_and(civil)
}
