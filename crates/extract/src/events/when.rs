//! The date of an event: which of the dates in its sentence is the date of the act, not of the saying.
//!
//! A date belongs to the word that it hangs on. It dates the event if that word is the trigger, its theme, the verb that
//! carries the event noun, or a verb that the event is part of; never a verb of saying above, nor another clause below.

use entente_model::{Date, EventType, Factuality, Role, Stage};
use entente_nlp::{Deprel, Tag, Upos};

use super::{context::Context, details, draft::Draft, same_day};
use crate::time::{DateKind, DateMention};

/// How many steps up from a trigger a date may hang.
const DEPTH: usize = 5;

/// The date of the event that a draft tells, and its last day where the text gives a range.
pub(crate) fn date(context: &Context<'_>, draft: &Draft) -> (Option<Date>, Option<Date>) {
    let (trigger, theme) = (draft.trigger, draft.theme);
    if let Some(mention) = behind_destination(context, draft) {
        let until = if let DateKind::Range { end } = mention.kind { Some(end) } else { None };
        return (mention.date, until);
    }
    context
        .dates_in(context.document.token(trigger).sentence)
        .iter()
        .filter(|mention| dates_its_event(context, mention) || began(context, draft, mention))
        .filter(|mention| draft.kind != EventType::Aid || !details::is_period_of_aid(context, mention))
        .filter(|mention| mention.date.is_some())
        .filter(|mention| {
            !dates_what_it_is_about(context, draft, mention) && !dates_what_came_before(context, draft, mention)
        })
        .filter_map(|mention| Some((distance(context, mention, trigger, theme)?, mention)))
        .min_by_key(|(distance, mention)| (*distance, mention.tokens.start.abs_diff(trigger)))
        .map_or_else(
            || {
                let of_purpose = || purpose(context, trigger).filter(|_| draft.kind == EventType::Visit);
                let performed =
                    context.article.published.filter(|_| is_performative(context, draft) || is_there(context, draft));
                (performed.or_else(of_purpose).or_else(|| same_day::of_saying(context, draft)), None)
            },
            |(_, mention)| match mention.kind {
                DateKind::Range { end } => (mention.date, Some(end)),
                _ => (mention.date, None),
            },
        )
}

/// "to Oslo **July 2-3** and to Bergen **on July 4**": the date right behind the destination is of that leg of the journey.
fn behind_destination<'a>(context: &Context<'a>, draft: &Draft) -> Option<&'a DateMention> {
    if draft.kind != EventType::Visit {
        return None;
    }
    let destination = draft.role(Role::Destination).first()?.mention;
    context.dates_in(draft.sentence).iter().find(|mention| {
        let start = mention.tokens.start;
        let apart = (destination + 1..start).all(|t| matches!(context.document.lemma(t), "on" | "from"));
        (destination + 1..=destination + 2).contains(&start)
            && mention.date.is_some()
            && apart
            && dates_its_event(context, mention)
    })
}

/// "welcomed his commitment to elections in 2023", "tore up the 2015 accord": the day of what is talked of, or of the
/// instrument itself, not of the act.
fn dates_what_it_is_about(context: &Context<'_>, draft: &Draft, mention: &DateMention) -> bool {
    match draft.kind {
        EventType::Statement => anchor(context, mention)
            .is_some_and(|word| word != draft.trigger && context.document.ancestors(word).any(|a| a == draft.trigger)),
        EventType::Agreement => {
            let made = matches!(draft.stage, None | Some(Stage::Signed | Stage::Agreed | Stage::Ratified));
            !made
                && draft.theme.is_some_and(|theme| {
                    mention.tokens.end <= theme && context.document.phrase(theme).contains(&mention.tokens.start)
                })
        }
        // "received ships under a 2020 deal": the year is the deal's.
        EventType::Aid => anchor(context, mention).is_some_and(|noun| {
            noun > mention.tokens.start
                && Some(noun) != draft.theme
                && ["agreement-core-nouns", "programme-nouns"].iter().any(|list| context.in_list(noun, list))
        }),
        _ => false,
    }
}

/// "spoke **on April 30** and agreed to meet": the day of what was done is not that of what was agreed on then.
fn dates_what_came_before(context: &Context<'_>, draft: &Draft, mention: &DateMention) -> bool {
    let document = context.document;
    let to_come = matches!(draft.factuality, Factuality::Planned | Factuality::Possible);
    let joined = document
        .ancestors(draft.trigger)
        .find(|&verb| document.token(verb).deprel == Deprel::Conj && document.token(verb).upos == Upos::Verb);
    let apart = |verb: usize| mention.tokens.end <= document.phrase(verb).start && verb < draft.trigger;
    to_come && document.token(draft.trigger).deprel == Deprel::Xcomp && joined.is_some_and(apart)
}

/// Whether an expression gives the day of what it hangs on; "from November 13" gives its first, "since 2014" and "until May" none.
fn dates_its_event(context: &Context<'_>, mention: &DateMention) -> bool {
    match mention.kind {
        DateKind::Point | DateKind::Range { .. } => true,
        DateKind::Since => follows(context, mention, "from"),
        _ => false,
    }
}

/// Whether a date stands right behind a preposition.
fn follows(context: &Context<'_>, mention: &DateMention, preposition: &str) -> bool {
    let before = mention.tokens.start.checked_sub(1);
    before.is_some_and(|before| context.document.word(before).eq_ignore_ascii_case(preposition))
}

/// "has banned imports since August", "in force since 2010": what lasts is of the day on which it began.
fn began(context: &Context<'_>, draft: &Draft, mention: &DateMention) -> bool {
    let lasts = match draft.kind {
        EventType::Sanction => draft.stage == Some(Stage::Imposed),
        EventType::Agreement => draft.stage == Some(Stage::InForce),
        _ => false,
    };
    lasts && mention.kind == DateKind::Since && follows(context, mention, "since")
}

/// "travels to Oslo to attend the November 18 summit": who is there for something is there on its day.
fn purpose(context: &Context<'_>, trigger: usize) -> Option<Date> {
    let document = context.document;
    let attended = document
        .children(trigger)
        .filter(|&c| {
            matches!(document.token(c).deprel, Deprel::Advcl | Deprel::Xcomp) && document.token(c).tag == Tag::Vb
        })
        .find(|&c| context.in_list(c, "attending-verbs"))?;
    let phrase = document.phrase(attended);
    let mut dates = context
        .dates_in(document.token(trigger).sentence)
        .iter()
        .filter(|mention| phrase.contains(&mention.tokens.start) && dates_its_event(context, mention))
        .filter_map(|mention| mention.date);
    dates.next().filter(|date| date.day.is_some() && dates.next().is_none())
}

/// "The minister is in Oslo for talks": on the day of the paper, whatever else is told.
fn is_there(context: &Context<'_>, draft: &Draft) -> bool {
    draft.rule == "visit.be"
        && matches!(context.document.token(draft.trigger).tag, Tag::Vbz | Tag::Vbp)
        && context.entities.speaker_of(draft.trigger).is_none()
}

/// Whether the words are the act, done on the day that they are published: "I am authorizing", "we announce", a joint
/// statement under its own title, and what a government says of itself above its release: "Norway Imposes Sanctions on".
fn is_performative(context: &Context<'_>, draft: &Draft) -> bool {
    let (document, trigger) = (context.document, draft.trigger);
    let issued = draft.kind == EventType::Agreement && context.in_list(trigger, "joint-statement-nouns");
    if issued && context.in_headline(trigger) {
        return true;
    }
    if !context.in_list(trigger, "performative-verbs") {
        return false;
    }
    let has = |deprel: Deprel, words: &[&str]| {
        let mut children = document.children_by(trigger, deprel);
        children.any(|c| words.iter().any(|w| document.word(c).eq_ignore_ascii_case(w)))
    };
    match document.token(trigger).tag {
        Tag::Vbg => has(Deprel::Aux, &["am", "are", "is", "\u{2019}m", "\u{2019}re", "'m", "'re"]),
        // Words that the news quotes may be of another day.
        Tag::Vbp if has(Deprel::Nsubj, &["i", "we"]) => {
            let perfect = document.children_by(trigger, Deprel::Aux).next().is_some();
            !perfect && (context.entities.publisher().is_some() || context.entities.speaker_of(trigger).is_none())
        }
        Tag::Vbp | Tag::Vbz => {
            let publisher = context.entities.publisher();
            let mut subjects = document.children_by(trigger, Deprel::Nsubj);
            context.in_headline(trigger)
                && publisher.is_some_and(|publisher| subjects.any(|s| context.actors(s).contains(&publisher)))
        }
        _ => false,
    }
}

/// Whether the text gives a date of which the year or the week is open: "on May 10", in an article of no day.
pub(crate) fn is_open(context: &Context<'_>, draft: &Draft) -> bool {
    context
        .dates_in(draft.sentence)
        .iter()
        .filter(|mention| mention.date.is_none() && mention.kind == DateKind::Point)
        .any(|mention| distance(context, mention, draft.trigger, draft.theme).is_some())
}

/// "two days later", "a week earlier", "days later": the expression by which an event counts its day from the one told before it.
pub(crate) fn offset<'a>(context: &Context<'a>, trigger: usize, theme: Option<usize>) -> Option<&'a DateMention> {
    let sentence = context.document.sentence_of(trigger).tokens.clone();
    context
        .dates_in(context.document.token(trigger).sentence)
        .iter()
        .filter(|mention| matches!(mention.kind, DateKind::Offset { .. } | DateKind::Duration { count: None, .. }))
        .filter(|mention| {
            // "a day after X spoke" counts from what follows, not from what stands before.
            let next = mention.tokens.end;
            let word =
                if sentence.contains(&next) { context.document.word(next).to_lowercase() } else { String::new() };
            let last = context.document.word(mention.tokens.end - 1).to_lowercase();
            let uncounted = matches!(mention.kind, DateKind::Duration { .. });
            ![word.as_str(), last.as_str()]
                .iter()
                .any(|w| matches!(*w, "after" | "before" | "of" | "that" | "when" | "as"))
                && (!uncounted || matches!(last.as_str(), "later" | "afterwards"))
        })
        .find(|mention| distance(context, mention, trigger, theme).is_some())
}

/// How far the word that a date hangs on is from the event; none where it belongs to something else.
pub(crate) fn distance(
    context: &Context<'_>,
    mention: &DateMention,
    trigger: usize,
    theme: Option<usize>,
) -> Option<usize> {
    let anchor = anchor(context, mention)?;
    if anchor == trigger || Some(anchor) == theme {
        return Some(0);
    }
    let document = context.document;
    let grammar = context.grammar();
    // Below the event: in a phrase of it, not in a clause of its own.
    let mut token = anchor;
    for step in 1..=DEPTH {
        if token == trigger || Some(token) == theme {
            return Some(step);
        }
        if grammar.is_verb(token) && token != trigger && !says_when(context, token, &[Some(trigger), theme]) {
            break;
        }
        match document.head(token) {
            Some(head) => token = head,
            None => break,
        }
    }
    // Above the event: on a verb that the event is part of.
    if last_time(context, trigger) == Some(anchor) {
        return Some(1);
    }
    let mut token = trigger;
    for step in 1..=DEPTH {
        let head = document.head(token)?;
        let deprel = document.token(token).deprel;
        // "a visit on Friday, where she will meet X" and "in 2015, when X met Y" share the date of the clause above.
        let shares = matches!(deprel, Deprel::Relcl | Deprel::Advcl) && opens_with(context, token, &["when", "where"]);
        if shares && mention.tokens.contains(&head) {
            return Some(step);
        }
        if !grammar.is_verb(token) && !carries(context, token, head) {
            return None;
        }
        // "the passage of a bill in April, which **included** $5 million"
        let holds = deprel == Deprel::Relcl && context.in_list(token, "aid-holding-verbs");
        let announced = deprel == Deprel::Ccomp && context.in_list(head, "announcing-verbs");
        if matches!(deprel, Deprel::Ccomp | Deprel::Relcl | Deprel::Acl | Deprel::Parataxis)
            && grammar.is_verb(token)
            && !shares
            && !announced
            && !holds
        {
            return None;
        }
        if deprel == Deprel::Conj && document.children_by(token, Deprel::Nsubj).next().is_some() {
            return None;
        }
        if deprel == Deprel::Advcl && is_of_another_time(context, token) {
            return None;
        }
        if head == anchor {
            let asserted = deprel == Deprel::Advcl && context.in_list(head, "saying-verbs");
            return (!asserted).then_some(step + 2);
        }
        token = head;
    }
    None
}

/// "Monday marks a year since X attacked Y", "a week after X attacked Y": a clause whose time is not that of the one above;
/// hours apart it mostly is.
fn is_of_another_time(context: &Context<'_>, verb: usize) -> bool {
    let document = context.document;
    document.children_by(verb, Deprel::Mark).any(|mark| match document.word(mark).to_lowercase().as_str() {
        "since" | "until" => true,
        "after" | "before" => {
            mark.checked_sub(1).is_some_and(|unit| matches!(document.lemma(unit), "day" | "week" | "month" | "year"))
        }
        _ => false,
    })
}

/// "talks **scheduled** for Thursday", "a meeting that **took place** in May": a clause that says when its noun happens.
pub(super) fn says_when(context: &Context<'_>, verb: usize, nouns: &[Option<usize>]) -> bool {
    let document = context.document;
    let token = document.token(verb);
    nouns.contains(&document.head(verb))
        && matches!(token.deprel, Deprel::Acl | Deprel::Relcl)
        && ["occurring-verbs", "light-verbs", "scheduling-verbs"].iter().any(|list| context.in_list(verb, list))
}

/// "The last time they met **was** in May", "**became** the first to visit X in May": the verb that says when it was.
fn last_time(context: &Context<'_>, trigger: usize) -> Option<usize> {
    let document = context.document;
    if context.grammar().is_ranked(trigger) {
        return document.head(trigger).and_then(|noun| document.head(noun));
    }
    let noun = document.head(trigger).filter(|_| document.token(trigger).deprel == Deprel::Relcl)?;
    let subject = matches!(document.token(noun).deprel, Deprel::Nsubj | Deprel::Attr);
    let time = matches!(document.lemma(noun), "time" | "occasion") && subject;
    document.head(noun).filter(|_| time)
}

/// Whether what stands above a noun takes place with it: "held **talks** on Monday", "in **talks** on Monday, they agreed";
/// not "discussed the **attack** on Monday".
fn carries(context: &Context<'_>, noun: usize, head: usize) -> bool {
    let deprel = context.document.token(noun).deprel;
    if context.grammar().is_verb(head) {
        let lists: &[&str] = match deprel {
            Deprel::Nsubj | Deprel::Nsubjpass => {
                &["light-verbs", "happening-verbs", "occurring-verbs", "pass-up-verbs"]
            }
            Deprel::Dobj | Deprel::Attr => {
                &["light-verbs", "pass-up-verbs", "meeting-planning-verbs", "visit-making-verbs"]
            }
            _ => return true,
        };
        return lists.iter().any(|list| context.in_list(head, list));
    }
    match deprel {
        Deprel::Pobj => {
            let word = context.document.word(head).to_lowercase();
            // "said on Friday after talks with X": the talks are of that day, an attack before them need not be.
            matches!(word.as_str(), "in" | "during" | "at" | "on" | "for" | "of" | "with" | "by")
                || matches!(word.as_str(), "after" | "following") && context.in_list(noun, "meeting-nouns")
        }
        _ => true,
    }
}

/// Whether a clause is opened by one of the words.
fn opens_with(context: &Context<'_>, verb: usize, words: &[&str]) -> bool {
    context
        .document
        .children_by(verb, Deprel::Advmod)
        .any(|c| c < verb && words.iter().any(|w| context.document.word(c).eq_ignore_ascii_case(w)))
}

/// The word that a date hangs on: above its preposition.
fn anchor(context: &Context<'_>, mention: &DateMention) -> Option<usize> {
    let document = context.document;
    let outside = |token: usize| document.head(token).is_some_and(|head| !mention.tokens.contains(&head));
    let top = mention.tokens.clone().find(|&t| outside(t) && document.token(t).deprel != Deprel::Punct)?;
    let mut token = document.head(top)?;
    for _ in 0..3 {
        if matches!(
            document.token(token).deprel,
            Deprel::Prep | Deprel::Npadvmod | Deprel::Pobj | Deprel::Appos | Deprel::Advmod
        ) && !context.grammar().is_verb(token)
        {
            // "on Monday" climbs over "on"; "in a meeting on Monday" stays with the meeting.
            let of_day = matches!(document.lemma(token), "morning" | "afternoon" | "evening" | "night");
            let noun = document.token(token).upos == Upos::Noun && !of_day;
            if document.token(token).deprel == Deprel::Pobj && noun {
                return Some(token);
            }
            token = document.head(token)?;
        } else {
            break;
        }
    }
    Some(token)
}
