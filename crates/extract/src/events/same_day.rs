//! Events that an article tells without a day because they are of the day that it is about.
//!
//! In: the events with the dates that the text gives. Out: the dates of what a readout tells, of what came of talks, and of what
//! is done by saying so: "After the talks the two leaders signed a pact" is of the day of the talks, what is promised of the day
//! on which it is said.

use entente_model::{Date, EventType, Factuality, Role, Stage};
use entente_nlp::{Deprel, Tag};

use super::{context::Context, draft::Draft, inherit::in_one_paragraph, when};
use crate::{
    entities::EntityIndex,
    time::{DateKind, days_before},
};

/// In so many sentences a readout comes to its contacts.
const OPENING: usize = 4;

/// So many sentences behind a contact its outcome is told, and so many before it.
const BEHIND: usize = 6;
const BEFORE: usize = 2;

/// A readout comes out so many days after what it tells at the latest.
const READOUT: i32 = 3;

/// The news is so many days old, and what lies further back than so many is its background.
const NEWS: i32 = 3;
const BACKGROUND: i32 = 10;

/// The day on which something is said that the saying does: "said on Monday that it would send tanks", "was suspending the pact",
/// "has imposed sanctions, officials said on Monday"; not what "it had sent" or "it sent".
pub(crate) fn of_saying(context: &Context<'_>, draft: &Draft) -> Option<Date> {
    let done = match draft.kind {
        // "has asked for aid, officials said on Monday": it may have asked long before.
        EventType::Aid => !matches!(draft.stage, Some(Stage::Delivered | Stage::Requested)) && !draft.cumulative,
        EventType::Agreement => draft.stage.is_some_and(|stage| stage != Stage::InForce),
        EventType::Sanction => true,
        _ => false,
    };
    let document = context.document;
    let verb = outermost(context, draft.trigger).filter(|_| done)?;
    // "was severing ties and **expelling** diplomats"
    let verb = document.head(verb).filter(|_| document.token(verb).deprel == Deprel::Conj).unwrap_or(verb);
    let said = document.head(verb).filter(|_| document.token(verb).deprel == Deprel::Ccomp)?;
    let tags: Vec<Tag> = document.children_by(verb, Deprel::Aux).map(|aux| document.token(aux).tag).collect();
    let of_now = match document.token(verb).tag {
        Tag::Vb => tags.contains(&Tag::Md),
        Tag::Vbg => !tags.is_empty(),
        Tag::Vbn => tags.iter().any(|tag| matches!(tag, Tag::Vbz | Tag::Vbp)),
        _ => false,
    };
    context
        .dates_in(draft.sentence)
        .iter()
        .filter(|_| of_now && context.in_list(said, "saying-verbs"))
        .filter(|mention| matches!(mention.kind, DateKind::Point))
        .filter(|mention| mention.date.is_some_and(|date| date.day.is_some()))
        .find(|mention| when::distance(context, mention, said, None).is_some())
        .and_then(|mention| mention.date)
}

/// The verb that tells an event, above those that it is the object of: "**agreed** to extend the truce".
fn outermost(context: &Context<'_>, trigger: usize) -> Option<usize> {
    let document = context.document;
    let above = |&verb: &usize| document.head(verb).filter(|_| document.token(verb).deprel == Deprel::Xcomp);
    std::iter::successors(context.grammar().predicate(trigger), above).last()
}

/// Dates what a readout tells: the contact of its headline, and contacts that its opening tells without a day, were on the one
/// day that the opening gives, and so was what somebody announced there.
pub(crate) fn date_readouts(context: &Context<'_>, drafts: &mut [Draft]) {
    let document = context.document;
    let sentences = document.sentences();
    let headline = &document.text()[..context.headline];
    let Some(opening) = sentences.iter().position(|sentence| sentence.span.start >= context.headline) else { return };
    if !headline.to_lowercase().contains("readout") {
        return;
    }
    let first = |sentence: usize| {
        let near = sentence < opening + OPENING || in_one_paragraph(context, opening, sentence);
        sentence >= opening && near
    };
    let mut days: Vec<Date> = context
        .dates
        .iter()
        .filter(|mention| first(document.token(mention.tokens.start).sentence))
        .filter(|mention| matches!(mention.kind, DateKind::Point))
        .filter_map(|mention| mention.date.filter(|date| date.day.is_some()))
        .collect();
    days.dedup();
    let day = match days[..] {
        [day] => Some(day),
        _ => month_of(context, &days),
    };
    let Some(day) = day else { return };
    for draft in drafts.iter_mut().filter(|d| d.date.is_none() && is_done(d)) {
        let told = match draft.kind {
            EventType::Meeting | EventType::Call | EventType::Visit => {
                draft.sentence < opening || first(draft.sentence) && is_told_outright(context, draft)
            }
            EventType::Aid | EventType::Agreement => day.day.is_some() && is_outcome(context, draft),
            _ => false,
        };
        if told {
            draft.date = Some(day);
        }
    }
}

/// The month of a readout that gives several days or none, as far as it is certain: readouts come out in the days after.
fn month_of(context: &Context<'_>, days: &[Date]) -> Option<Date> {
    let today = context.article.published.filter(|date| date.day.is_some())?;
    let month = |date: Date| Date { day: None, ..date };
    let earliest = days_before(today, READOUT)?;
    let certain = days.iter().chain([&earliest]).all(|day| month(*day) == month(today));
    certain.then(|| month(today))
}

/// Dates agreements and aid between states whose people meet in the article on one day, and which it tells beside the meeting.
pub(crate) fn date_outcomes(context: &Context<'_>, drafts: &mut [Draft]) {
    let contacts: Vec<Contact> = drafts.iter().filter_map(|draft| Contact::of(context, draft)).collect();
    for draft in drafts.iter_mut().filter(|d| d.date.is_none() && is_done(d)) {
        let sides: Vec<EntityIndex> = match draft.kind {
            EventType::Agreement => draft.entities(Role::Party),
            EventType::Aid => [Role::Donor, Role::Recipient].iter().flat_map(|role| draft.entities(*role)).collect(),
            _ => continue,
        };
        let Some(states) = states(context, &sides).filter(|_| is_outcome(context, draft)) else { continue };
        let between: Vec<&Contact> =
            contacts.iter().filter(|contact| states.iter().all(|state| contact.states.contains(state))).collect();
        let news = between.iter().any(|contact| contact.is_news(context));
        let between: Vec<&Contact> =
            between.into_iter().filter(|contact| !news || !contact.is_background(context)).collect();
        let near = |contact: &&&Contact| {
            contact.told.iter().any(|&told| draft.sentence <= told + BEHIND && told <= draft.sentence + BEFORE)
        };
        let one_day = between.windows(2).all(|pair| pair[0].date == pair[1].date);
        draft.date = between.iter().find(near).filter(|_| one_day).and_then(|contact| contact.date);
    }
}

/// Dates meetings of whom the text tells to do something together on a day: "X and Y announced on Friday", "at their talks X said".
pub(crate) fn date_joint_acts(context: &Context<'_>, drafts: &mut [Draft]) {
    let vague = |d: &Draft| {
        let undated = d.date.is_none_or(|date| date.day.is_none());
        d.kind == EventType::Meeting && undated && d.factuality == Factuality::Actual
    };
    for draft in drafts.iter_mut().filter(|draft| vague(draft)) {
        let participants = draft.entities(Role::Participant);
        let last = draft.more.iter().map(|more| more.sentence).find(|&told| told <= draft.sentence + BEFORE);
        let near = draft.sentence.saturating_sub(BEFORE)..=last.unwrap_or(draft.sentence);
        let acts = near.filter_map(|sentence| joint_act(context, sentence, &participants));
        let days: Vec<Date> = acts.collect();
        if let [day] = days[..]
            && draft.date.is_none_or(|date| date.covers(day))
        {
            draft.date = Some(day);
        }
    }
}

/// The day on which a sentence says that just these people did something.
fn joint_act(context: &Context<'_>, sentence: usize, people: &[EntityIndex]) -> Option<Date> {
    let verb = context.document.sentences()[sentence].root;
    let subjects = context.grammar().subjects(verb).into_iter().flatten();
    let mut actors: Vec<EntityIndex> = subjects.flat_map(|subject| context.actors(subject)).collect();
    actors.sort_unstable();
    actors.dedup();
    let together = people.len() > 1 && actors == people && context.document.token(verb).tag == Tag::Vbd;
    let mut dates = context.dates_in(sentence).iter().filter(|mention| matches!(mention.kind, DateKind::Point));
    let day = dates.find(|mention| when::distance(context, mention, verb, None).is_some())?.date?;
    (together && day.day.is_some()).then_some(day)
}

/// A meeting or visit that took place, and when.
struct Contact {
    /// The sentences that tell it.
    told: Vec<usize>,
    states: Vec<EntityIndex>,
    /// The day; none where no more than the month is known, or the visit takes several days.
    date: Option<Date>,
    /// The last day that it can have been on.
    latest: Date,
}

impl Contact {
    fn of(context: &Context<'_>, draft: &Draft) -> Option<Self> {
        let sides: Vec<EntityIndex> = match draft.kind {
            EventType::Meeting => draft.entities(Role::Participant),
            EventType::Visit => {
                [Role::Visitor, Role::Destination].iter().flat_map(|role| draft.entities(*role)).collect()
            }
            _ => return None,
        };
        let states = states(context, &sides).filter(|_| draft.factuality == Factuality::Actual)?;
        let told = draft.date?;
        let date = Some(told).filter(|date| date.day.is_some() && draft.until.is_none());
        let latest = draft.until.unwrap_or(told);
        let latest = Date { month: latest.month.or(Some(12)), day: latest.day.or(Some(31)), ..latest };
        Some(Self { told: draft.sentences().collect(), states, date, latest })
    }

    /// Whether it is what the paper reports: not long before it came out.
    fn is_news(&self, context: &Context<'_>) -> bool {
        let start = context.article.published.and_then(|today| days_before(today, NEWS));
        self.date.zip(start).is_some_and(|(date, start)| date >= start)
    }

    /// Whether it is told for what came before: "The two last met in June".
    fn is_background(&self, context: &Context<'_>) -> bool {
        let start = context.article.published.and_then(|today| days_before(today, BACKGROUND));
        start.is_some_and(|start| self.latest < start)
    }
}

/// The two states or more that all the sides are or belong to.
fn states(context: &Context<'_>, sides: &[EntityIndex]) -> Option<Vec<EntityIndex>> {
    let mut states: Vec<EntityIndex> = sides.iter().map(|side| context.state_of(*side)).collect::<Option<_>>()?;
    states.sort_unstable();
    states.dedup();
    (states.len() >= 2).then_some(states)
}

/// Whether the sentence itself tells an event, not what it follows or what is talked of.
fn is_told_outright(context: &Context<'_>, draft: &Draft) -> bool {
    let root = context.document.sentences()[draft.sentence].root;
    draft.trigger == root || context.grammar().light_verb(draft.trigger) == Some(root)
}

/// Whether something is told as done then and there, in the past tense and a clause without another time: "they signed".
fn is_outcome(context: &Context<'_>, draft: &Draft) -> bool {
    let document = context.document;
    let sentence = &document.sentences()[draft.sentence];
    let made = matches!(draft.stage, None | Some(Stage::Signed | Stage::Agreed | Stage::Pledged | Stage::Approved));
    let main = |verb: usize| {
        let joined = document.token(verb).deprel == Deprel::Conj && document.head(verb) == Some(sentence.root);
        document.token(verb).tag == Tag::Vbd && (verb == sentence.root || joined)
    };
    let mut dates = context.dates_in(draft.sentence).iter();
    let timed = dates.any(|mention| !is_of_aside(context, mention.tokens.start));
    let elsewhere = sentence
        .tokens
        .clone()
        .any(|token| context.in_list(token, "words-of-another-time") && !is_of_aside(context, token));
    made && !timed && !elsewhere && (context.in_headline(draft.trigger) || performed(context, draft).is_some_and(main))
}

/// Whether a word stands in a clause that tells more of a noun: "Harris, who took office in April, offered".
fn is_of_aside(context: &Context<'_>, token: usize) -> bool {
    let aside = |above: usize| matches!(context.document.token(above).deprel, Deprel::Relcl | Deprel::Acl);
    context.document.ancestors(token).any(aside)
}

/// Whether an event has happened; of a pledge its being made, whatever becomes of it.
fn is_done(draft: &Draft) -> bool {
    draft.factuality == Factuality::Actual || draft.kind == EventType::Aid && draft.stage == Some(Stage::Pledged)
}

/// The verb by which something is done: its own, one that carries its noun, or for a pledge that of who says so.
fn performed(context: &Context<'_>, draft: &Draft) -> Option<usize> {
    let (document, grammar) = (context.document, context.grammar());
    if !grammar.is_verb(draft.trigger) {
        return grammar.light_verb(draft.trigger);
    }
    if draft.kind != EventType::Aid || draft.stage != Some(Stage::Pledged) {
        return Some(draft.trigger);
    }
    let said = |verb: usize| document.head(verb).filter(|&above| context.in_list(above, "saying-verbs"));
    let above = |&verb: &usize| match document.token(verb).deprel {
        Deprel::Xcomp => document.head(verb),
        Deprel::Ccomp => said(verb),
        _ => None,
    };
    std::iter::successors(Some(draft.trigger), above).last()
}
