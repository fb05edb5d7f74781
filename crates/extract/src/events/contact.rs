//! Who meets, speaks with or visits whom: one meeting or several, sides that are no sides.
//!
//! In: a draft of a contact, its participants as the rule found them. Out: those who met each other.

use entente_model::{Date, EntityKind, EventType, Role};
use entente_nlp::{Deprel, Tag, Upos};

use super::{
    context::Context,
    draft::{Draft, Filled},
};
use crate::entities::EntityIndex;

/// An entry of a schedule comes to its contact within so many bytes.
const ENTRY: usize = 400;

/// "met separately with X and Y", "spoke with X and, separately, with Y": the participants of each contact; none where it is one.
pub(super) fn separate(context: &Context<'_>, draft: &Draft) -> Vec<Vec<Filled>> {
    if !matches!(draft.kind, EventType::Meeting | EventType::Call) {
        return Vec::new();
    }
    let subjects: Vec<usize> = context.grammar().subjects(draft.trigger).into_iter().flatten().collect();
    // "calls by X to Y and Z": a call to each.
    let calls = draft.rule == "call.to" && context.document.token(draft.trigger).tag == Tag::Nns;
    let rings = |mention: usize| {
        calls
            && !std::iter::once(mention)
                .chain(context.document.ancestors(mention))
                .any(|t| context.document.lemma(t) == "to" && context.document.head(t) == Some(draft.trigger))
    };
    let (common, others): (Vec<Filled>, Vec<Filled>) = draft
        .role(Role::Participant)
        .iter()
        .partition(|filled| subjects.contains(&filled.mention) || rings(filled.mention));
    if common.is_empty() || others.len() < 2 {
        return Vec::new();
    }
    let mut groups: Vec<(usize, Vec<Filled>)> = Vec::new();
    let above = |other: &Filled| preposition_above(context, other.mention, draft.trigger);
    // A second "with" parts them; else the words that say so part each from each.
    let parted = others.windows(2).any(|pair| above(&pair[0]) != above(&pair[1]));
    let apart = !parted && (calls || are_apart(context, draft));
    for other in others {
        // "separately with the ministers of X and Y": one word, two meetings.
        let number = if apart { Some(other.entity) } else { above(&other) };
        let Some(number) = number else { return Vec::new() };
        match groups.iter_mut().find(|(held, _)| *held == number) {
            Some((_, group)) => group.push(other),
            None => groups.push((number, vec![other])),
        }
    }
    groups.into_iter().map(|(_, group)| common.iter().copied().chain(group).collect()).collect()
}

/// Whether words at the verb or the noun say that there were several: "separately", "individual meetings".
fn are_apart(context: &Context<'_>, draft: &Draft) -> bool {
    let document = context.document;
    let opening = document.sentence_of(draft.trigger).tokens.start;
    // "met X and Y in separate meetings"
    let inside = document.children_by(draft.trigger, Deprel::Prep).filter(|&prep| document.lemma(prep) == "in");
    let inside = inside.flat_map(|prep| document.children_by(prep, Deprel::Pobj));
    let inside = inside.filter(|&noun| context.in_list(noun, "meeting-nouns") || document.lemma(noun) == "call");
    let carriers = std::iter::once(draft.trigger).chain(context.grammar().governor(draft.trigger));
    carriers.chain(inside).any(|carrier| {
        document.children(carrier).any(|child| {
            let said_of = matches!(document.token(child).deprel, Deprel::Advmod | Deprel::Amod);
            said_of && child > opening && context.in_list(child, "separating-words")
        })
    })
}

/// The "with" of the trigger, or of the verb that carries it, which a side hangs under: "with X and, separately, **with** Y".
fn preposition_above(context: &Context<'_>, mention: usize, trigger: usize) -> Option<usize> {
    let document = context.document;
    let with = |&token: &usize| document.lemma(token) == "with";
    let preposition = document.ancestors(mention).take_while(|&above| above != trigger).find(with)?;
    let first = document.head(preposition).filter(|_| document.token(preposition).deprel == Deprel::Conj);
    let carrier = document.head(first.unwrap_or(preposition));
    let carries = carrier == Some(trigger) || carrier.is_some() && carrier == context.grammar().governor(trigger);
    carries.then_some(preposition)
}

/// "X and Y convened mayors", "X and Y chaired a meeting": where subjects of one state meet or host somebody without a name,
/// they do not meet each other.
fn meets_others(context: &Context<'_>, draft: &Draft) -> bool {
    let grammar = context.grammar();
    let subjects: Vec<usize> = grammar.subjects(draft.trigger).into_iter().flatten().collect();
    let carriers = std::iter::once(draft.trigger).chain(grammar.governor(draft.trigger));
    let object = |carrier: usize| {
        let document = context.document;
        let whom = grammar.is_verb(draft.trigger) && document.children_by(carrier, Deprel::Dobj).next().is_some();
        let holds = grammar.is_verb(carrier) && context.in_list(carrier, "event-hosting-verbs");
        whom || holds || !grammar.preposition(carrier, "with").is_empty()
    };
    draft.role(Role::Participant).iter().all(|filled| subjects.contains(&filled.mention))
        && carriers.into_iter().any(object)
}

/// A minister and officials of the same state are one side: whom they meet is not named.
pub(super) fn drop_one_sided(context: &Context<'_>, draft: &mut Draft) {
    // "talks of the Taliban with the Afghan government": a group of a country is a side of its own.
    let group = |entity| context.entities.get(entity).kind == EntityKind::Group;
    let countries: Vec<Option<EntityIndex>> = draft
        .role(Role::Participant)
        .iter()
        .map(|f| if group(f.entity) { None } else { context.state_of(f.entity) })
        .collect();
    let one_side = countries.first().is_some_and(|first| first.is_some() && countries.iter().all(|c| c == first));
    let names_state =
        draft.role(Role::Participant).iter().any(|f| context.entities.get(f.entity).kind == EntityKind::Country);
    if one_side && (names_state || meets_others(context, draft)) {
        draft.set_role(Role::Participant, Vec::new());
    }
}

/// "met with PLO Secretary General X", "with Party Politburo Member and Minister X": the body whose officer X is does not
/// take part beside X.
pub(super) fn drop_own_body(context: &Context<'_>, draft: &mut Draft) {
    let document = context.document;
    let participants = draft.role(Role::Participant).to_vec();
    let kind = |f: &Filled| context.entities.get(f.entity).kind;
    let persons: Vec<usize> =
        participants.iter().filter(|f| kind(f) == EntityKind::Person).map(|f| f.mention).collect();
    let of_officer = |f: &Filled| {
        let before = matches!(document.token(f.mention).deprel, Deprel::Compound | Deprel::Nmod | Deprel::Amod);
        let titles = before && document.head(f.mention).is_some_and(|head| persons.contains(&head));
        let office = context.rules.lexicon().contains("office-heads", &document.word(f.mention).to_lowercase());
        let singular = matches!(document.token(f.mention).tag, Tag::Nn | Tag::Nnp);
        kind(f) == EntityKind::Organization && (titles || office && singular)
    };
    let left: Vec<Filled> = participants.iter().copied().filter(|f| !of_officer(f)).collect();
    if left.len() != participants.len() && left.len() >= 2 {
        draft.set_role(Role::Participant, left);
    }
}

/// "The Israeli prime minister and Biden": where a person takes part, the person's country is not a participant beside them.
pub(super) fn drop_own_country(context: &Context<'_>, draft: &mut Draft) {
    let document = context.document;
    let mut participants = draft.role(Role::Participant).to_vec();
    // "Adan of Kenya met officials": whose somebody is, whomever he meets.
    let persons: Vec<usize> = participants
        .iter()
        .filter(|f| context.entities.get(f.entity).kind == EntityKind::Person)
        .map(|f| f.mention)
        .collect();
    let own = |f: &Filled| {
        let of = document.head(f.mention).filter(|&of| document.lemma(of) == "of");
        of.and_then(|of| document.head(of)).is_some_and(|name| persons.contains(&name))
    };
    participants.retain(|f| !own(f));
    draft.set_role(Role::Participant, participants.clone());
    let represented: Vec<EntityIndex> = participants
        .iter()
        .filter(|f| context.entities.get(f.entity).kind == EntityKind::Person)
        .filter_map(|f| context.entities.get(f.entity).country)
        .collect();
    // "Yemen's Houthi leaders": a country that says where a group is.
    let kind = |f: &Filled| context.entities.get(f.entity).kind;
    let of_group = |f: &Filled| {
        let beside = |other: &Filled| other.mention == f.mention && kind(other) == EntityKind::Group;
        kind(f) == EntityKind::Country && participants.iter().any(beside)
    };
    let stays = |f: &Filled| !represented.contains(&f.entity) && !of_group(f);
    let left: Vec<Filled> = participants.iter().copied().filter(stays).collect();
    if left.len() != participants.len() && left.len() >= 2 {
        draft.set_role(Role::Participant, left);
    }
}

/// "X will meet fifth seed Y", "India meet Australia": players, not sides.
pub(super) fn is_match(context: &Context<'_>, draft: &Draft) -> bool {
    let document = context.document;
    let tokens = document.sentence_of(draft.trigger).tokens.clone();
    let told = || tokens.clone().any(|token| context.in_list(token, "player-words"));
    // A team of one name is plural in British English, a state is not.
    let team = || {
        document.token(draft.trigger).tag == Tag::Vbp
            && document.children_by(draft.trigger, Deprel::Dobj).next().is_some()
            && document.children_by(draft.trigger, Deprel::Nsubj).any(|subject| {
                document.token(subject).tag == Tag::Nnp
                    && document.children_by(subject, Deprel::Conj).next().is_none()
                    && context.actors(subject).iter().any(|e| context.entities.get(*e).kind != EntityKind::Person)
            })
    };
    draft.kind == EventType::Meeting && (told() || team())
}

/// "9:15 a.m. The minister meets with X": an entry of a schedule, which the line opens with the time.
pub(super) fn is_scheduled(context: &Context<'_>, draft: &Draft) -> bool {
    let document = context.document;
    let start = document.token(draft.trigger).span.start;
    let near = start.saturating_sub(ENTRY);
    let end = document.text().as_bytes()[near..start].iter().rposition(|&byte| byte == b'\n');
    let line = match end {
        Some(end) => near + end + 1,
        None if near == 0 => 0,
        None => return false,
    };
    let mut words = document.text()[line..start].split_whitespace();
    let hour = words.next().and_then(|word| word.split_once(':'));
    let clock = hour.is_some_and(|(hours, minutes)| {
        [hours, minutes].iter().all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit()))
    });
    clock && words.next().is_some_and(|word| matches!(word.to_lowercase().as_str(), "a.m." | "p.m." | "am" | "pm"))
}

/// "the first visit by a foreign minister in ten years": the rank of a visit, whoever made it, is told by the visit itself.
pub(super) fn is_ranking(context: &Context<'_>, draft: &Draft) -> bool {
    let document = context.document;
    let ranked = |noun: usize| {
        document
            .children(noun)
            .any(|c| matches!(document.token(c).deprel, Deprel::Amod) && context.in_list(c, "ranking-words"))
    };
    let indefinite = |f: &Filled| document.children_by(f.mention, Deprel::Det).any(|d| document.lemma(d) == "a");
    draft.kind == EventType::Visit
        && document.token(draft.trigger).upos == Upos::Noun
        && ranked(draft.trigger)
        && draft.role(Role::Visitor).iter().all(indefinite)
}

/// "begins a visit on Thursday", told on Tuesday: the present tense speaks of what is to come.
pub(super) fn is_to_come(context: &Context<'_>, draft: &Draft) -> bool {
    let document = context.document;
    let Some(date) = draft.date.filter(|date| date.month.is_some()) else { return false };
    let grammar = context.grammar();
    let present = |verb| matches!(document.token(verb).tag, Tag::Vbz | Tag::Vbp | Tag::Vbg);
    // Of a noun, only a date in figures is sure to lie ahead: "on Saturday" may be the last one.
    let figures = || {
        context.dates_in(draft.sentence).iter().any(|mention| {
            let digits = |token: usize| document.word(token).chars().any(|c| c.is_ascii_digit());
            mention.date == Some(date) && mention.tokens.clone().any(digits)
        })
    };
    // "is in Oslo next month"
    let ahead = |today: Date| match date.day {
        Some(_) => date > today,
        None => (date.year, date.month) > (today.year, today.month),
    };
    context.article.published.is_some_and(|today| today.day.is_some() && ahead(today))
        && grammar.predicate(draft.trigger).map_or_else(figures, present)
}

/// Persons of a list that the parser takes for names of the person before, or joins to the verb: "with Adan of Kenya,
/// President **Noor** of Uganda, and Minister **Okello**".
pub(super) fn fill_list(context: &Context<'_>, draft: &mut Draft) {
    let document = context.document;
    let mut participants = draft.role(Role::Participant).to_vec();
    // By name: "Adan, adviser to Noor" names one.
    let person = |token: usize| match context.actors(token)[..] {
        [entity] if document.token(token).upos == Upos::Propn => {
            let held = context.entities.get(entity);
            let phrase = document.phrase(token);
            let named = held
                .name
                .split(' ')
                .any(|part| part.len() > 1 && phrase.clone().any(|t| part.eq_ignore_ascii_case(document.word(t))));
            (held.kind == EntityKind::Person && named).then_some(entity)
        }
        _ => None,
    };
    let beside = |token: usize| {
        let name = document.token(token).upos != Upos::Noun;
        document.children(token).filter(move |&c| match document.token(c).deprel {
            Deprel::Appos => name,
            deprel => deprel == Deprel::Conj,
        })
    };
    let mut queue: Vec<usize> = participants.iter().map(|filled| filled.mention).collect();
    if context.grammar().is_verb(draft.trigger) && participants.iter().any(|filled| filled.mention > draft.trigger) {
        queue.push(draft.trigger);
    }
    while let Some(token) = queue.pop() {
        if document.token(token).upos == Upos::Noun {
            // "his counterparts Adan of Kenya, Noor of Uganda": the list goes on behind the first name.
            queue.extend(document.children_by(token, Deprel::Appos).filter(|&name| person(name).is_some()));
        }
        for mention in beside(token) {
            if let Some(entity) = person(mention)
                && participants.iter().all(|filled| filled.entity != entity)
            {
                participants.push(Filled { entity, mention });
                queue.push(mention);
            }
        }
    }
    participants.sort_by_key(|filled| filled.mention);
    draft.set_role(Role::Participant, participants);
}
