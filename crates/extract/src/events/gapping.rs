//! Gifts that share a verb: "France put up €30 million, **Germany €20 million**", "$30 million to Kenya **and $20 million to Uganda**".
//!
//! In: gifts told by a verb and what it gives. Out: a gift for each side that stands right before a sum or a thing without a verb
//! of its own, for each further sum with a recipient of its own, and for each of several givers who "each" give as much. The
//! parser has no tree for most of this, so the words are read in their order.

use entente_model::{AidKind, Amount, EntityKind, EventType, Item, Role};
use entente_nlp::{Deprel, Upos};

use super::{
    aid,
    context::Context,
    draft::{Draft, Filled},
};
use crate::entities::EntityIndex;

/// What stands in place of a whole clause.
struct Gap {
    side: Filled,
    /// The side gives; else it is given to.
    gives: bool,
    /// The word that what is given hangs on.
    theme: usize,
    amount: Option<Amount>,
    item: Option<Item>,
    /// What the words behind the sum make of it.
    kind: Option<AidKind>,
}

/// Takes sides that give from those whom the parser lets receive.
pub(super) fn settle(context: &Context<'_>, drafts: &mut [Draft]) {
    for draft in drafts.iter_mut() {
        let gaps = gaps(context, draft);
        let gives = |f: &Filled| gaps.iter().any(|gap| gap.gives && gap.side.entity == f.entity);
        let left: Vec<Filled> = draft.role(Role::Recipient).iter().copied().filter(|f| !gives(f)).collect();
        if left.len() < draft.role(Role::Recipient).len() {
            draft.set_role(Role::Recipient, left);
        }
        // "Germany €20 million and Kuwait $40 million for Lebanon"
        if draft.role(Role::Recipient).is_empty()
            && let Some(last) = gaps.last().filter(|gap| gap.gives)
            && let Some(shared) = behind(context, last.theme)
        {
            draft.set_role(Role::Recipient, vec![shared]);
        }
    }
}

/// "for **Lebanon**", right behind the last share.
fn behind(context: &Context<'_>, theme: usize) -> Option<Filled> {
    let document = context.document;
    let sentence = document.sentence_of(theme).tokens.clone();
    let preposition =
        (theme + 1 < sentence.end).then_some(theme + 1).filter(|&t| matches!(document.word(t), "to" | "for"))?;
    (preposition + 1..sentence.end.min(preposition + 5))
        .find_map(|t| side(context, t).filter(|side| context.head_phrase(side.mention).start == preposition + 1))
}

/// Whether a side of the sentence gives or gets something else than a gift: its clause shares the verb.
pub(super) fn has_own_share(context: &Context<'_>, gift: &Draft, token: usize) -> bool {
    let first = |gap: &Gap| context.head_phrase(gap.side.mention).start;
    gaps(context, gift).iter().any(|gap| first(gap) <= token && token <= gap.theme.max(gap.side.mention))
}

/// Who gives without a verb of their own beside a gift.
pub(super) fn givers(context: &Context<'_>, gift: &Draft) -> Vec<EntityIndex> {
    gaps(context, gift).into_iter().filter(|gap| gap.gives).map(|gap| gap.side.entity).collect()
}

/// The gifts of the sides that share a verb, once the first gift is whole.
pub(super) fn find(context: &Context<'_>, drafts: &mut Vec<Draft>) {
    let mut more: Vec<Draft> = Vec::new();
    for draft in drafts.iter_mut() {
        for gap in gaps(context, draft) {
            let mut shared = draft.clone();
            shared.trigger = gap.theme;
            shared.theme = Some(gap.theme);
            shared.amount = gap.amount;
            // Among relief a helicopter is relief.
            shared.aid_kind = if gap.gives { draft.aid_kind.or(gap.kind) } else { gap.kind.or(draft.aid_kind) };
            shared.items = gap.item.into_iter().collect();
            shared.set_role(if gap.gives { Role::Donor } else { Role::Recipient }, vec![gap.side]);
            more.push(shared);
        }
        let donors = draft.role(Role::Donor).to_vec();
        if let [first, rest @ ..] = &donors[..]
            && !rest.is_empty()
            && each(context, draft)
        {
            more.extend(rest.iter().map(|donor| {
                let mut own = draft.clone();
                own.set_role(Role::Donor, vec![*donor]);
                own
            }));
            draft.set_role(Role::Donor, vec![*first]);
        }
    }
    let told = |draft: &Draft| {
        drafts.iter().any(|d| d.kind == EventType::Aid && d.theme == draft.theme && d.trigger != draft.trigger)
            && draft.theme == Some(draft.trigger)
    };
    more.retain(|draft| !told(draft));
    drafts.extend(more);
}

/// "Japan and Singapore have **each** announced $1.8 million"
fn each(context: &Context<'_>, draft: &Draft) -> bool {
    let document = context.document;
    let word = |t: usize| document.word(t).eq_ignore_ascii_case("each");
    draft.kind == EventType::Aid && draft.amount.is_some() && document.children(draft.trigger).any(word)
}

/// The clauses without a verb behind a gift.
fn gaps(context: &Context<'_>, draft: &Draft) -> Vec<Gap> {
    let document = context.document;
    let Some(theme) = draft.theme.filter(|_| draft.kind == EventType::Aid && context.grammar().is_verb(draft.trigger))
    else {
        return Vec::new();
    };
    let donors = draft.entities(Role::Donor);
    let recipients = draft.role(Role::Recipient);
    // "gave Chad $5 million, Mali $3 million": of Mali nobody can say whether it gives or gets.
    let dative = recipients.iter().any(|f| draft.trigger < f.mention && f.mention < theme);
    if theme < draft.trigger || donors.is_empty() || dative || !given(context, theme) {
        return Vec::new();
    }
    let sentence = document.sentence_of(theme).tokens.clone();
    let mut gaps: Vec<Gap> = Vec::new();
    for token in theme + 1..sentence.end {
        let Some(side) = side(context, token).filter(|side| !donors.contains(&side.entity)) else { continue };
        if let Some(gap) = giver(context, side, sentence.end).or_else(|| taker(context, draft, side)) {
            gaps.push(gap);
        }
    }
    gaps
}

fn given(context: &Context<'_>, theme: usize) -> bool {
    context.money_at(theme).is_some() || context.is_item(theme)
}

/// A state or a body that a word names as the last of its phrase.
fn side(context: &Context<'_>, token: usize) -> Option<Filled> {
    let known =
        |entity: &usize| matches!(context.entities.get(*entity).kind, EntityKind::Country | EntityKind::Organization);
    context.actors(token).into_iter().find(known).map(|entity| Filled { entity, mention: token })
}

/// "and **Kuwait** another $40 million": a side behind a comma or "and", with a sum or a thing right behind it.
fn giver(context: &Context<'_>, side: Filled, end: usize) -> Option<Gap> {
    let document = context.document;
    let start = context.head_phrase(side.mention).start;
    let word = |t: usize| document.word(t).to_lowercase();
    if !matches!(word(start.checked_sub(1)?).as_str(), "," | "and" | ";" | "while" | "but") {
        return None;
    }
    // "and US $5 million": a currency.
    let currency = matches!(document.word(side.mention), "US" | "U.S.") && word(side.mention - 1) != "the";
    let mut at = side.mention + 1;
    while at < end
        && matches!(
            word(at).as_str(),
            "a" | "an" | "about" | "additional" | "another" | "around" | "further" | "nearly" | "some"
        )
    {
        at += 1;
    }
    let theme = |tokens: &std::ops::Range<usize>| tokens.clone().next_back();
    if let Some(money) =
        context.money.iter().find(|m| m.tokens.contains(&at) && m.tokens.start > side.mention && !currency)
    {
        let closes = |t: usize| {
            t >= end
                || matches!(
                    word(t).as_str(),
                    "," | "."
                        | ";"
                        | "and"
                        | "for"
                        | "in"
                        | "of"
                        | "over"
                        | "to"
                        | "toward"
                        | "towards"
                        | "while"
                        | "worth"
                )
        };
        // "the Senate $12 million to farmers": for somebody else.
        let for_others = money.tokens.end < end
            && matches!(word(money.tokens.end).as_str(), "to" | "for")
            && behind(context, money.tokens.end - 1).is_none();
        return (closes(money.tokens.end) && !for_others).then(|| Gap {
            side,
            gives: true,
            theme: theme(&money.tokens).unwrap_or(at),
            amount: Some(money.amount),
            item: None,
            kind: None,
        });
    }
    // "Poland tanks" may be Poland's tanks: an article or a number must part them.
    let number = at < end && document.token(at).upos == Upos::Num;
    at += usize::from(number);
    let item = context.items.iter().find(|i| at > side.mention + 1 && i.tokens.contains(&at))?;
    Some(Gap {
        side,
        gives: true,
        theme: theme(&item.tokens)?,
        amount: None,
        item: Some(item.item.clone()),
        kind: Some(item.kind),
    })
}

/// "and $20 million in food aid to **Uganda**": a further sum with a recipient of its own.
fn taker(context: &Context<'_>, draft: &Draft, side: Filled) -> Option<Gap> {
    let document = context.document;
    let told = draft.role(Role::Recipient).last()?;
    let start = context.head_phrase(side.mention).start;
    let preposition = start.checked_sub(1).filter(|&t| matches!(document.word(t), "to" | "for"))?;
    let money = context.money.iter().rev().find(|m| m.tokens.end <= preposition)?;
    let own =
        |m: &std::ops::Range<usize>| draft.theme.is_some_and(|theme| m.contains(&theme)) || m.start < told.mention;
    let plain = |t: usize| !context.grammar().is_verb(t) && document.token(t).deprel != Deprel::Nsubj;
    let joined = document.word(money.tokens.start.checked_sub(1)?);
    let near = preposition - money.tokens.end <= 4 && (money.tokens.end..preposition).all(plain);
    if own(&money.tokens) || !near || !matches!(joined, "and" | ",") || !(told.mention..money.tokens.start).all(plain) {
        return None;
    }
    let theme = money.tokens.clone().next_back()?;
    let kind = aid::kind_of_words(context, &(money.tokens.end..preposition).collect::<Vec<_>>());
    Some(Gap { side, gives: false, theme, amount: Some(money.amount), item: None, kind })
}
