//! Form and subject of an agreement, earlier agreements that it follows, how far it has come for single parties.
//!
//! In: a draft of an agreement. Out: `instrument`, `subject` and `earlier` of its details, and the stages of single parties.
//! "a memorandum on drone production that replaces the 2010 accord" is a memorandum, on drone production, replacing "2010 accord".

use entente_model::{Earlier, Instrument, Role, Stage, Succession};
use entente_nlp::{Deprel, Upos};

use super::{Context, Draft, name, prepositions, theme};
use crate::entities::EntityIndex;

/// Fills instrument, subject, earlier agreements and the stages of parties.
pub(super) fn read(context: &Context<'_>, draft: &mut Draft) {
    let noun = theme(draft);
    draft.details.instrument = instrument(context, noun);
    draft.details.subject = subject(context, draft, noun);
    draft.details.earlier = earlier(context, noun);
    draft.party_stages = party_stages(context, draft);
    draft.party_stages.extend(pending(context, draft));
}

/// The form, by the noun and the words before it: "ceasefire agreement" is a ceasefire.
fn instrument(context: &Context<'_>, noun: usize) -> Option<Instrument> {
    let document = context.document;
    let before = document
        .children(noun)
        .filter(|&c| c < noun && matches!(document.token(c).deprel, Deprel::Compound | Deprel::Amod | Deprel::Nmod));
    let words: Vec<usize> = before.chain([noun]).collect();
    Instrument::ALL.iter().copied().find(|form| {
        let list = format!("instrument-{form}");
        words.iter().any(|&word| context.in_list(word, &list))
    })
}

/// What it is on: the phrase behind "on", else the nouns before it.
fn subject(context: &Context<'_>, draft: &Draft, noun: usize) -> Option<String> {
    let document = context.document;
    let sides: Vec<usize> = draft.roles.iter().flat_map(|(_, filled)| filled).map(|filled| filled.mention).collect();
    // "agreement on an agreement" tells nothing, "agreement on a grain deal" does.
    let bare = |object: usize| {
        context.in_list(object, "agreement-core-nouns")
            && document.children_by(object, Deprel::Compound).next().is_none()
    };
    let is_subject = |&object: &usize| {
        matches!(document.token(object).upos, Upos::Noun | Upos::Propn)
            && !sides.contains(&object)
            && !context.in_list(object, "unsubject-nouns")
            && !bare(object)
            && !context.is_in_date(object)
            && context.entities.of_phrase(object).is_empty()
            && context.entities.place_of(object).is_none()
    };
    // "memorandum of understanding on ports": the parser hangs it on "understanding".
    let of = prepositions(context, noun)
        .filter(|(word, _, object)| word == "of" && context.in_list(*object, "instrument-tails"))
        .map(|(_, _, object)| object);
    let behind = std::iter::once(noun).chain(of).chain([draft.trigger]).find_map(|word| {
        prepositions(context, word)
            .filter(|(word, preposition, _)| {
                context.rules.lexicon().contains("subject-prepositions", word) && *preposition > noun
            })
            .filter(|(_, _, object)| is_subject(object))
            .find_map(|(_, preposition, object)| {
                list(context, preposition).or_else(|| coordinated_name(context, object))
            })
    });
    behind.or_else(|| before(context, noun))
}

/// The whole of a list in a name: "Reciprocal, Fair, and Balanced Trade".
fn list(context: &Context<'_>, preposition: usize) -> Option<String> {
    let (start, end) = (preposition + 1, super::listed_name(context, preposition + 1));
    (end > start).then(|| context.document.text_of(start..end).split_whitespace().collect::<Vec<_>>().join(" "))
}

/// "trade and investment": the name of a noun and of those joined to it.
fn coordinated_name(context: &Context<'_>, noun: usize) -> Option<String> {
    let first = name(context, noun, &["of", "for", "in", "to", "on"])?;
    let document = context.document;
    let joined: Vec<usize> =
        document.children_by(noun, Deprel::Conj).filter(|&c| document.token(c).upos == Upos::Noun).collect();
    match joined.as_slice() {
        [other] if document.children_by(noun, Deprel::Cc).any(|c| document.word(c) == "and") => {
            let second = name(context, *other, &["of", "for", "in", "to", "on"])?;
            Some(format!("{first} and {second}"))
        }
        _ => Some(first),
    }
}

/// "free trade deal", "prisoner exchange agreement": the words before the noun that say on what, not of what sort.
fn before(context: &Context<'_>, noun: usize) -> Option<String> {
    let document = context.document;
    let named = |t: usize| document.token(t).upos == Upos::Propn;
    let mut first = noun;
    for child in document.children(noun).rev().filter(|&c| c < noun) {
        let token = document.token(child);
        let belongs = match token.deprel {
            Deprel::Compound | Deprel::Nmod => !named(child),
            Deprel::Amod => context.in_list(child, "subject-adjectives"),
            _ => false,
        };
        let sort = Instrument::ALL.iter().any(|form| context.in_list(child, &format!("instrument-{form}")));
        if !belongs
            || sort
            || context.in_list(child, "unsubject-nouns")
            || document.subtree(child).any(|t| is_dated(context, t))
        {
            break;
        }
        first = document.phrase(child).start;
    }
    // "U.S.-Japan trade agreement": whose it is, not on what.
    while first < noun && document.word(first).contains('-') && document.word(first).starts_with(char::is_uppercase) {
        first += 1;
    }
    let only_adjectives = document
        .children(noun)
        .filter(|&c| c >= first && c < noun)
        .all(|c| document.token(c).deprel == Deprel::Amod && !context.in_list(c, "subject-adjectives-alone"));
    if only_adjectives {
        return None;
    }
    let text = document.text_of(first..noun).trim().trim_end_matches('-').to_lowercase();
    (first < noun && !text.is_empty()).then_some(text)
}

fn is_dated(context: &Context<'_>, token: usize) -> bool {
    context.is_in_date(token)
}

/// Earlier agreements, by the verbs below the noun or whose subject it is: "a deal replacing the 2010 treaty".
fn earlier(context: &Context<'_>, noun: usize) -> Vec<Earlier> {
    let document = context.document;
    // The parser may hang the clause on a word within: "a memorandum on ports, which replaces".
    let below = document
        .subtree(noun)
        .filter(|&c| c > noun && matches!(document.token(c).deprel, Deprel::Acl | Deprel::Relcl))
        .flat_map(|verb| std::iter::once(verb).chain(document.children_by(verb, Deprel::Conj)));
    let above = document.head(noun).filter(|_| document.token(noun).deprel == Deprel::Nsubj);
    let purpose = document.head(noun).into_iter().flat_map(|verb| {
        // "signed a deal to replace the 2010 treaty"
        document.children(verb).filter(|&c| {
            matches!(document.token(c).deprel, Deprel::Advcl | Deprel::Xcomp)
                && document.token(c).tag == entente_nlp::Tag::Vb
                && document.token(noun).deprel == Deprel::Dobj
        })
    });
    let mut found: Vec<Earlier> =
        below.chain(above).chain(purpose).filter_map(|verb| by_verb(context, noun, verb)).collect();
    // "a successor to the 2010 treaty", "under the framework agreement of 2015"
    for (word, _, object) in prepositions(context, noun) {
        let link = match word.as_str() {
            "under" => Succession::Implements,
            _ => continue,
        };
        found.extend(earlier_at(context, noun, object, link));
    }
    let successors = document.children_by(noun, Deprel::Appos).chain([noun]);
    for successor in successors.filter(|&t| context.in_list(t, "successor-nouns")) {
        let objects = prepositions(context, successor).filter(|(word, ..)| matches!(word.as_str(), "to" | "of"));
        found.extend(objects.filter_map(|(_, _, object)| earlier_at(context, noun, object, Succession::Replaces)));
    }
    found.dedup();
    found
}

/// What a verb does to an agreement that is its object.
fn by_verb(context: &Context<'_>, noun: usize, verb: usize) -> Option<Earlier> {
    const LISTS: [(&str, Succession); 4] = [
        ("agreement-replacing-verbs", Succession::Replaces),
        ("agreement-amending-verbs", Succession::Amends),
        ("agreement-extending-verbs", Succession::Extends),
        ("agreement-implementing-verbs", Succession::Implements),
    ];
    let document = context.document;
    let (_, link) = LISTS.into_iter().find(|(list, _)| context.in_list(verb, list))?;
    // "the deal was replaced by": the later one stands behind "by".
    if context.grammar().is_passive(verb) || document.children_by(verb, Deprel::Neg).next().is_some() {
        return None;
    }
    let object = document
        .children_by(verb, Deprel::Dobj)
        .next()
        .or_else(|| prepositions(context, verb).find(|(word, ..)| word == "on").map(|(_, _, object)| object))?;
    earlier_at(context, noun, object, link)
}

/// An earlier agreement needs more than "the agreement" to be told from the new one.
fn earlier_at(context: &Context<'_>, noun: usize, object: usize, link: Succession) -> Option<Earlier> {
    let known = object != noun && (context.in_list(object, "agreement-core-nouns") || is_named(context, object));
    let title = name(context, object, &["on", "of", "for"]).filter(|_| known)?;
    title.contains(' ').then_some(Earlier { link, title })
}

/// "New START", "the Lisbon Protocol".
fn is_named(context: &Context<'_>, noun: usize) -> bool {
    context.document.token(noun).upos == Upos::Propn && context.in_list(noun, "agreement-nouns")
}

/// Of an act of one side on an instrument of several, whose act it is: "Kenya ratified the agreement with Uganda".
fn party_stages(context: &Context<'_>, draft: &Draft) -> Vec<(EntityIndex, Stage, bool)> {
    let Some(stage) = draft.stage.filter(|stage| is_one_sided(*stage)) else { return Vec::new() };
    let grammar = context.grammar();
    // Whoever accuses another of a breach has not broken it.
    let charged = draft.rule == "agreement.breach-charged";
    let groups = if charged { grammar.objects(draft.trigger) } else { grammar.subjects(draft.trigger) };
    let acting: Vec<usize> = groups.into_iter().flatten().collect();
    let parties = draft.role(Role::Party);
    let by: Vec<EntityIndex> =
        parties.iter().filter(|party| acting.contains(&party.mention)).map(|party| party.entity).collect();
    // Who signs with another tells of both; alone one signs only what is open to many.
    let open = matches!(draft.details.instrument, Some(Instrument::Treaty | Instrument::Protocol));
    if stage == Stage::Signed && (parties.len() > 1 || !open) {
        return Vec::new();
    }
    by.into_iter().map(|entity| (entity, stage, false)).collect()
}

/// Who has yet to ratify what the draft tells of: "signed by Finland, but Turkey has yet to ratify it".
fn pending(context: &Context<'_>, draft: &Draft) -> Vec<(EntityIndex, Stage, bool)> {
    let document = context.document;
    let grammar = context.grammar();
    let sentence = document.sentence_of(draft.trigger).tokens.clone();
    let verbs = sentence.filter(|&t| {
        t != draft.trigger
            && grammar.is_verb(t)
            && context.in_list(t, "agreement-ratifying-verbs")
            && grammar.is_open(t)
    });
    // Its object is the same instrument: "it", or the same noun again.
    let same = |verb: usize| {
        document.children_by(verb, Deprel::Dobj).any(|object| {
            document.lemma(object).eq_ignore_ascii_case("it") || document.lemma(object) == document.lemma(theme(draft))
        })
    };
    let sides = verbs.filter(|&verb| same(verb)).flat_map(|verb| {
        let above = document.head(verb).filter(|_| document.token(verb).deprel == Deprel::Xcomp);
        grammar.subjects(above.unwrap_or(verb)).into_iter().flatten().flat_map(|subject| context.actors(subject))
    });
    let mut found: Vec<EntityIndex> = sides.map(|side| context.entities.get(side).country.unwrap_or(side)).collect();
    found.sort_unstable();
    found.dedup();
    found.into_iter().map(|entity| (entity, Stage::Ratified, true)).collect()
}

/// Stages that a party reaches for itself.
fn is_one_sided(stage: Stage) -> bool {
    matches!(
        stage,
        Stage::Ratified
            | Stage::Withdrawn
            | Stage::Violated
            | Stage::Rejected
            | Stage::Suspended
            | Stage::Proposed
            | Stage::Signed
    )
}
