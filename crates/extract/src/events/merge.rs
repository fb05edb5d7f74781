//! One event once: mentions of the same event in one article become one draft.
//!
//! Two mentions are the same event if type and stance agree, no role and no attribute contradicts, and the sides are the same
//! or those of one are part of the other's. What only one of them says is kept; of two values the more specific wins.

use entente_model::{EntityKind, EventType, Factuality, Role, SanctionInstrument, Stage};

use entente_nlp::{Deprel, Tag, Upos};

use super::{
    attack, conflict, contact,
    context::Context,
    details,
    draft::{Draft, Told, core_roles},
};

/// The last sentence of the lead, counted from the headline.
const LEAD: usize = 3;

/// Merges drafts, in order of first mention.
pub(crate) fn merge(context: &Context<'_>, drafts: Vec<Draft>) -> Vec<Draft> {
    let mut merged: Vec<Draft> = Vec::new();
    for draft in drafts {
        match merged.iter().position(|held| same(context, held, &draft)) {
            Some(index) => {
                if draft.kind == EventType::Attack && is_headline_of(context, &merged[index], &draft) {
                    merged[index].set_role(Role::Target, Vec::new());
                }
                unite(&mut merged[index], draft);
                if matches!(merged[index].kind, EventType::Meeting | EventType::Call) {
                    contact::drop_own_country(context, &mut merged[index]);
                }
            }
            None => merged.push(draft),
        }
    }
    drop_regions(context, &mut merged);
    for draft in &mut merged {
        // "X and Y strengthen ties with Y", told twice: who acts is not acted on.
        if draft.kind.is_plover() {
            let actors = draft.entities(Role::Actor);
            let mut recipients = draft.role(Role::Recipient).to_vec();
            recipients.retain(|f| !actors.contains(&f.entity));
            draft.set_role(Role::Recipient, recipients);
        }
        details::settle(draft);
    }
    merged
}

/// "authorized a drawdown to provide aid to X": the purpose tells the same aid as the decision; it lends what the decision lacks.
pub(crate) fn absorb_purposes(context: &Context<'_>, drafts: &mut Vec<Draft>) {
    let mut index = 0;
    while index < drafts.len() {
        let purpose = &drafts[index];
        let verb = context.document.token(purpose.trigger);
        let subordinate =
            matches!(verb.deprel, Deprel::Acl | Deprel::Advcl | Deprel::Relcl | Deprel::Xcomp | Deprel::Pcomp);
        let decision = drafts.iter().position(|upper| {
            upper.kind == EventType::Aid
                && upper.trigger != purpose.trigger
                && upper.sentence == purpose.sentence
                && context.document.ancestors(purpose.trigger).any(|above| above == upper.trigger)
                && amounts_agree(upper, purpose)
                && [Role::Donor, Role::Recipient].iter().all(|role| roles_agree(upper, purpose, *role))
        });
        match decision
            .filter(|_| purpose.kind == EventType::Aid && subordinate && matches!(verb.tag, Tag::Vb | Tag::Vbg))
        {
            Some(upper) => {
                let purpose = drafts.remove(index);
                let upper = if upper > index { upper - 1 } else { upper };
                let stage = drafts[upper].stage;
                unite(&mut drafts[upper], purpose);
                drafts[upper].stage = stage;
            }
            None => index += 1,
        }
    }
}

/// Drops a stance that a weightier event of the same word explains: "supported Kenya with tanks" is aid, not a statement;
/// and what a word tells as one of the nine types it does not tell again in PLOVER's terms.
pub(crate) fn drop_shadowed(context: &Context<'_>, drafts: &mut Vec<Draft>) {
    let weightier: Vec<usize> =
        drafts.iter().filter(|d| matches!(d.kind, EventType::Aid | EventType::Sanction)).map(|d| d.trigger).collect();
    drafts.retain(|d| d.kind != EventType::Statement || !weightier.contains(&d.trigger));
    // "lifted its sanctions on X": the noun is what the verb is about, no event beside it.
    let themes: Vec<(EventType, usize)> =
        drafts.iter().filter_map(|d| Some((d.kind, d.theme.filter(|t| *t != d.trigger)?))).collect();
    drafts.retain(|d| !themes.contains(&(d.kind, d.trigger)));
    attack::drop_retold(context, drafts);
    // "agreed to free X" tells that X will be freed, not a promise beside it.
    let below: Vec<usize> = drafts
        .iter()
        .map(|d| d.trigger)
        .filter(|&t| matches!(context.document.token(t).deprel, Deprel::Xcomp | Deprel::Ccomp))
        .filter_map(|t| context.document.head(t))
        .collect();
    // "allowed X to deliver" is a concession beside the delivery.
    drafts.retain(|d| !d.kind.is_plover() || d.kind == EventType::Concede || !below.contains(&d.trigger));
    let told: Vec<usize> = drafts.iter().filter(|d| !d.kind.is_plover()).map(|d| d.trigger).collect();
    let mut seen: Vec<usize> = Vec::new();
    drafts.retain(|d| {
        let again = d.kind.is_plover() && (told.contains(&d.trigger) || seen.contains(&d.trigger));
        if d.kind.is_plover() {
            seen.push(d.trigger);
        }
        !again
    });
}

/// Drops a headline's trip to a region ("travel to Asia") where the article names the places.
fn drop_regions(context: &Context<'_>, drafts: &mut Vec<Draft>) {
    let region = |d: &Draft| {
        d.role(Role::Destination).iter().all(|f| {
            let place = context.entities.get(f.entity);
            place.kind == EntityKind::Place && place.country.is_none() && !place.id.contains('-')
        })
    };
    let elsewhere: Vec<Vec<usize>> =
        drafts.iter().filter(|d| d.kind == EventType::Visit && !region(d)).map(|d| d.entities(Role::Visitor)).collect();
    drafts.retain(|d| {
        d.kind != EventType::Visit || !d.bare || !region(d) || !elsewhere.contains(&d.entities(Role::Visitor))
    });
}

fn compatible<T: PartialEq>(a: Option<&T>, b: Option<&T>) -> bool {
    a.is_none() || b.is_none() || a == b
}

/// The same day, or one within the other's month or range.
pub(super) fn dates_agree(a: &Draft, b: &Draft) -> bool {
    match (a.date, b.date) {
        (Some(x), Some(y)) => x.covers(y) || y.covers(x) || spans(a, b) || spans(b, a),
        _ => true,
    }
}

/// Whether the days of one event lie in the range of another.
fn spans(outer: &Draft, inner: &Draft) -> bool {
    match (outer.date, outer.until, inner.date) {
        (Some(first), Some(last), Some(day)) => first <= day && inner.until.unwrap_or(day) <= last,
        _ => false,
    }
}

fn same(context: &Context<'_>, a: &Draft, b: &Draft) -> bool {
    if a.kind != b.kind || a.stance != b.stance {
        return false;
    }
    let roles = || core_roles(a.kind).iter().all(|role| roles_agree(a, b, *role));
    match a.kind {
        EventType::Position => roles(),
        EventType::Statement => roles(),
        EventType::Meeting | EventType::Call => {
            titles_agree(a, b)
                && factuality_agrees(a, b)
                && dates_agree(a, b)
                && places_agree(context, a, b)
                && (roles() || participants_agree(context, a, b) || is_taken_up(context, a, b))
        }
        EventType::Visit => factuality_agrees(a, b) && dates_agree(a, b) && visits_agree(context, a, b),
        EventType::Attack => {
            factuality_agrees(a, b)
                && dates_agree(a, b)
                && (compatible(a.killed.as_ref(), b.killed.as_ref()) || conflict::is_same_attack(context, a, b))
                && (places_agree(context, a, b) && roles() || is_headline_of(context, a, b))
        }
        EventType::Aid => {
            // What is left to draw on is no package that lacks its sum.
            let left = |d: &Draft| d.rule == "aid.left";
            (amounts_agree(a, b) || conflict::is_rounding(a, b))
                && (a.amount == b.amount || !left(a) && !left(b))
                && a.cumulative == b.cumulative
                && stages_agree(a, b)
                && compatible(a.aid_kind.as_ref(), b.aid_kind.as_ref())
                && dates_agree(a, b)
                && roles()
        }
        EventType::Agreement => {
            let once = || conflict::is_once(a) && named(a).is_some() && named(a) == named(b);
            stages_agree(a, b)
                && (dates_agree(a, b) || once())
                && titles_agree(a, b)
                && version(context, a) == version(context, b)
                && roles()
        }
        EventType::Sanction => sorts_agree(a, b) && stages_agree(a, b) && dates_agree(a, b) && roles(),
        _ => a.factuality == b.factuality && dates_agree(a, b) && roles() && topics_agree(a, b),
    }
}

/// Acts towards nobody in particular are told apart by what they are about: two bills are turned down twice.
fn topics_agree(a: &Draft, b: &Draft) -> bool {
    let alone = |draft: &Draft| draft.role(Role::Recipient).is_empty();
    match (&a.details.subject, &b.details.subject) {
        (Some(x), Some(y)) if alone(a) || alone(b) => x.contains(y.as_str()) || y.contains(x.as_str()),
        (Some(_), None) => !alone(a),
        (None, Some(_)) => !alone(b),
        _ => true,
    }
}

/// Tariffs, visa bans and the expulsion of diplomats are three sanctions; "sanctions" may be any of them.
fn sorts_agree(a: &Draft, b: &Draft) -> bool {
    let sorts = |draft: &Draft| -> Vec<u8> { draft.details.instruments.iter().filter_map(|i| sort(*i)).collect() };
    let (a, b) = (sorts(a), sorts(b));
    a.is_empty() || b.is_empty() || a.iter().any(|sort| b.contains(sort))
}

/// Which of several sorts, that are never one sanction, an instrument is of.
const fn sort(instrument: SanctionInstrument) -> Option<u8> {
    use SanctionInstrument as I;
    match instrument {
        I::TravelBan => Some(0),
        I::TradeEmbargo | I::ImportRestriction | I::ExportRestriction | I::Tariff | I::PriceCap => Some(1),
        I::DiplomaticSanction => Some(2),
        I::MembershipSuspension => Some(3),
        I::Designation => Some(4),
        _ => None,
    }
}

/// The same entities, or all of one among the other's, or one side unnamed.
fn roles_agree(a: &Draft, b: &Draft, role: Role) -> bool {
    let (a, b) = (a.entities(role), b.entities(role));
    let within = |x: &[usize], y: &[usize]| x.iter().all(|e| y.contains(e));
    within(&a, &b) || within(&b, &a)
}

/// "met his Kenyan counterpart" and "met Minister Adan": one of those who met is the same, a state stands for its minister.
fn participants_agree(context: &Context<'_>, a: &Draft, b: &Draft) -> bool {
    let (a, b) = (a.entities(Role::Participant), b.entities(Role::Participant));
    let stands_for = |x: usize, y: usize| {
        let (held, other) = (context.entities.get(x), context.entities.get(y));
        held.kind == EntityKind::Country && other.kind == EntityKind::Person && other.country == Some(x)
    };
    let found = |x: usize, all: &[usize]| all.iter().any(|&y| x == y || stands_for(x, y) || stands_for(y, x));
    let person = |x: &&usize| context.entities.get(**x).kind == EntityKind::Person;
    a.len() == b.len()
        && a.iter().filter(person).any(|x| b.contains(x))
        && a.iter().all(|&x| found(x, &b))
        && b.iter().all(|&x| found(x, &a))
}

/// "Kenya and Uganda held a dialogue. Ministers Adan and Noor led **the dialogue**": the sides of a meeting by their ministers.
fn is_taken_up(context: &Context<'_>, a: &Draft, b: &Draft) -> bool {
    let document = context.document;
    let noun = |draft: &Draft| draft.theme.unwrap_or(draft.trigger);
    let definite = document.children_by(noun(b), Deprel::Det).any(|det| document.lemma(det) == "the");
    let states = |draft: &Draft| {
        let mut states: Vec<Option<usize>> =
            draft.entities(Role::Participant).iter().map(|&entity| context.state_of(entity)).collect();
        states.sort_unstable();
        states
    };
    let (first, second) = (states(a), states(b));
    definite
        && b.sentence.abs_diff(a.sentence) <= 2
        && document.token(noun(b)).upos == Upos::Noun
        && document.lemma(noun(a)).eq_ignore_ascii_case(document.lemma(noun(b)))
        && !first.contains(&None)
        && first == second
}

fn factuality_agrees(a: &Draft, b: &Draft) -> bool {
    a.bare
        || b.bare
        || a.factuality == b.factuality
        || matches!(
            (a.factuality, b.factuality),
            (Factuality::Planned, Factuality::Possible) | (Factuality::Possible, Factuality::Planned)
        )
}

fn stages_agree(a: &Draft, b: &Draft) -> bool {
    a.stage == b.stage
        || (a.kind == EventType::Aid
            && a.amount.is_some()
            && a.amount == b.amount
            && (a.stage.is_none() || b.stage.is_none()))
}

fn amounts_agree(a: &Draft, b: &Draft) -> bool {
    match (&a.amount, &b.amount) {
        (Some(x), Some(y)) => x.currency == y.currency && (x.value - y.value).abs() <= 0.005 * x.value.abs(),
        _ => true,
    }
}

/// A title that is a name.
fn named(draft: &Draft) -> Option<String> {
    draft.title.as_ref().filter(|t| t.split(' ').filter(|w| w.starts_with(char::is_uppercase)).count() >= 2).cloned()
}

/// Titles tell two agreements apart only where both carry a name; "the deal" may be any of them.
pub(crate) fn titles_agree(a: &Draft, b: &Draft) -> bool {
    match (named(a), named(b)) {
        (Some(a), Some(b)) => a.contains(&b) || b.contains(&a),
        _ => true,
    }
}

/// "a **preliminary** agreement": another than the agreement that followed it.
fn version<'a>(context: &Context<'_>, draft: &'a Draft) -> Option<&'a str> {
    let mut words = draft.title.as_deref()?.split(' ');
    words.find(|word| context.rules.lexicon().contains("agreement-versions", &word.to_lowercase()))
}

/// "Bombs kill 20 in Lyon" in the headline, "Bombs struck the Hotel Adan in Lyon" below: the place told first, then the building in it.
fn is_headline_of(context: &Context<'_>, headline: &Draft, body: &Draft) -> bool {
    let tokens = &context.document.sentences()[body.sentence].tokens;
    let named = |place: usize| tokens.clone().any(|token| context.entities.place_of(token) == Some(place));
    headline.sentence == 0
        && body.sentence > 0
        && body.sentence <= LEAD
        && roles_agree(headline, body, Role::Attacker)
        && headline.role(Role::Target).iter().all(|place| {
            context.entities.get(place.entity).kind == EntityKind::Place
                && body.role(Role::Target).iter().all(|building| building.entity != place.entity)
                && named(place.entity)
        })
}

fn places_agree(context: &Context<'_>, a: &Draft, b: &Draft) -> bool {
    match (a.place, b.place) {
        (Some(x), Some(y)) => x == y || lies_in(context, x, y) || lies_in(context, y, x),
        _ => true,
    }
}

/// Whether the first place lies in the second, as far as its country goes.
fn lies_in(context: &Context<'_>, inner: usize, outer: usize) -> bool {
    context.entities.get(inner).country == Some(outer)
}

/// The same visitors to the same place, or to a city and its country.
fn visits_agree(context: &Context<'_>, a: &Draft, b: &Draft) -> bool {
    if !roles_agree(a, b, Role::Visitor) {
        return false;
    }
    let (x, y) = (a.entities(Role::Destination), b.entities(Role::Destination));
    x == y || x.iter().all(|&p| y.iter().any(|&q| p == q || lies_in(context, p, q) || lies_in(context, q, p)))
}

/// Joins a later mention to an earlier one.
fn unite(held: &mut Draft, draft: Draft) {
    held.more.push(Told { sentence: draft.sentence, trigger: draft.trigger, rule: draft.rule.clone() });
    conflict::note(held, &draft);
    for (role, filled) in &draft.roles {
        let mut all = held.role(*role).to_vec();
        // The city is more than its country.
        if held.kind == EventType::Visit && *role == Role::Destination && !all.is_empty() {
            if all.len() == 1
                && filled.len() == 1
                && all[0].entity != filled[0].entity
                && draft.date.is_some()
                && held.date.is_none()
            {
                all.clone_from(filled);
            }
        } else {
            for new in filled {
                if all.iter().all(|f| f.entity != new.entity) {
                    all.push(*new);
                }
            }
        }
        held.set_role(*role, all);
    }
    if held.bare && !draft.bare {
        held.factuality = draft.factuality;
        held.bare = false;
    }
    let narrower = match (held.date, draft.date) {
        (None, Some(_)) => true,
        (Some(a), Some(b)) => a != b && (a.covers(b) || spans(held, &draft)),
        _ => false,
    };
    if narrower {
        (held.date, held.until) = (draft.date, draft.until);
    }
    held.confidence = held.confidence.max(draft.confidence);
    details::unite(held, &draft);
    held.stage = held.stage.or(draft.stage);
    if held.stage == Some(Stage::Proposed) && draft.stage.is_some() {
        held.stage = draft.stage;
    }
    held.amount = held.amount.or(draft.amount);
    held.aid_kind = held.aid_kind.or(draft.aid_kind);
    held.finance = held.finance.or(draft.finance);
    held.place = held.place.or(draft.place);
    held.killed = held.killed.or(draft.killed);
    held.injured = held.injured.or(draft.injured);
    held.speaker = held.speaker.or(draft.speaker);
    if held.title.as_ref().map_or(0, String::len) < draft.title.as_ref().map_or(0, String::len)
        && held.kind == EventType::Agreement
    {
        held.title = draft.title;
    }
    for item in draft.items {
        if held.items.iter().all(|i| i.name != item.name) {
            held.items.push(item);
        }
    }
}
