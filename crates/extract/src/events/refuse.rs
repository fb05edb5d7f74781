//! What a rule finds and is no event: reasons, interviews, purposes, views, questions, matches.
//!
//! In: a draft with its sides. Out: whether the sentence only sounds like the event: "asked X **if** he knew" asks for nothing,
//! "went into Ukraine" is no visit.

use entente_model::{EntityKind, EventType, Role, Stance};
use entente_nlp::{Deprel, Tag};

use super::{
    contact,
    context::Context,
    draft::{Draft, Filled},
    stance,
};

/// Whether the words of a draft tell no event of its type.
pub(super) fn is_no_event(context: &Context<'_>, draft: &Draft) -> bool {
    let trigger = draft.trigger;
    let of_kind = match draft.kind {
        EventType::Statement => is_reason(context, trigger) || stance::is_none(context, draft),
        EventType::Call => is_interview(context, trigger),
        EventType::Visit => {
            is_march(context, draft)
                || is_told_by(context, draft)
                || is_stay_at_home(context, draft)
                || is_home(context, draft)
        }
        EventType::Attack => is_verbal(context, draft) || is_of_attack(context, trigger),
        EventType::Cooperate => is_view(context, trigger),
        EventType::Aid => {
            is_domestic(context, draft)
                || is_fuel(context, draft)
                || is_at_sea(context, draft)
                || is_freeing(context, draft)
        }
        EventType::Coerce => is_by_another(context, draft),
        EventType::Meeting => is_topic(context, trigger),
        EventType::Agreement => {
            draft.theme.is_some_and(|theme| has_no(context, theme))
                || is_reviewed(context, draft)
                || is_path_to(context, draft)
        }
        EventType::Sanction => {
            is_of_statute(context, draft) || is_at_sea(context, draft) || is_voted_down(context, trigger)
        }
        _ => false,
    };
    let asks = draft.kind == EventType::Request || draft.stance == Some(Stance::Demand);
    // "Both nations issued statements", each its own.
    let several = |theme: usize| context.document.token(theme).tag == Tag::Nns;
    of_kind
        || asks && (asks_whether(context, trigger) || calls_at(context, trigger))
        || draft.kind.is_plover()
            && (is_purpose(context, trigger) || is_way(context, trigger) || is_called_for(context, draft))
        || is_of_somebody(context, draft)
        || draft.rule == "agreement.released" && (draft.theme.is_some_and(several) || is_of_one_group(context, draft))
        || contact::is_match(context, draft)
        || contact::is_ranking(context, draft)
}

/// "supported **their** efforts": a stance on a deed of somebody whom nobody names.
fn is_of_somebody(context: &Context<'_>, draft: &Draft) -> bool {
    let document = context.document;
    let on_deed = matches!(draft.kind, EventType::Accuse | EventType::Support)
        || matches!(draft.rule.as_str(), "coerce.case-alone" | "reject.topic" | "request.topic");
    let theirs = |theme: usize| document.children_by(theme, Deprel::Poss).any(|c| document.token(c).tag == Tag::PrpS);
    on_deed && draft.role(Role::Recipient).is_empty() && draft.theme.is_some_and(theirs)
}

/// "thanked X for standing with Y", "for all that X has done to support Y": what is told below a verb of stance and its "for"
/// is the reason for that stance, not somebody's own words.
fn is_reason(context: &Context<'_>, trigger: usize) -> bool {
    let document = context.document;
    let takes_a_stance = |verb: usize| {
        ["praising-verbs", "condemning-verbs", "demanding-verbs"].iter().any(|list| context.in_list(verb, list))
    };
    // "told reporters after thanking X": what comes after is no reason.
    let then = |preposition: usize| matches!(document.lemma(preposition), "after" | "before" | "since" | "while");
    let direct = document.token(trigger).deprel == Deprel::Pcomp
        && !document.head(trigger).is_some_and(then)
        && document.ancestors(trigger).nth(1).is_some_and(takes_a_stance);
    let below_for = || {
        document.ancestors(trigger).any(|above| {
            document.lemma(above) == "for"
                && document.token(above).deprel == Deprel::Prep
                && document.head(above).is_some_and(takes_a_stance)
        })
    };
    // "thanked X for all Y has done to support Z", whatever the parser makes of "done".
    let done = || {
        document
            .head(trigger)
            .is_some_and(|head| document.word(head) == "done" && document.ancestors(head).any(takes_a_stance))
    };
    direct || below_for() || done()
}

/// "Speaking to X of the broadcaster, Y said", "is speaking with both sides": no call that has taken place.
fn is_interview(context: &Context<'_>, trigger: usize) -> bool {
    let document = context.document;
    let aside = document.token(trigger).deprel == Deprel::Advcl;
    let ongoing = || document.children_by(trigger, Deprel::Aux).any(|aux| matches!(document.lemma(aux), "be"));
    let by_phone = || {
        document.children_by(trigger, Deprel::Prep).any(|prep| {
            document
                .children_by(prep, Deprel::Pobj)
                .any(|object| matches!(document.lemma(object), "phone" | "telephone"))
        })
    };
    document.token(trigger).tag == Tag::Vbg && (aside || ongoing()) && !by_phone()
}

/// "a committee to investigate X", "met to press X": what something is for; "a decision to free X" is no such purpose.
fn is_purpose(context: &Context<'_>, trigger: usize) -> bool {
    let token = context.document.token(trigger);
    let decided = context.document.head(trigger).is_some_and(|head| context.in_list(head, "status-planned"));
    token.tag == Tag::Vb && matches!(token.deprel, Deprel::Acl | Deprel::Advcl) && !decided
}

/// "could end the war **by** halting its attacks": how something may be done, no deed.
fn is_way(context: &Context<'_>, trigger: usize) -> bool {
    let document = context.document;
    let by = document.head(trigger).filter(|&by| document.lemma(by) == "by");
    let may = |verb: usize| document.children_by(verb, Deprel::Aux).any(|aux| document.token(aux).tag == Tag::Md);
    document.token(trigger).deprel == Deprel::Pcomp && by.and_then(|by| document.head(by)).is_some_and(may)
}

/// "X and Y reviewed efforts to secure a deal": who talks of a deal that others seek is no side of it.
fn is_reviewed(context: &Context<'_>, draft: &Draft) -> bool {
    let document = context.document;
    let governs = |above: &usize| context.grammar().is_verb(*above) && context.in_list(*above, "conversing-verbs");
    let mut words = std::iter::once(draft.trigger).chain(document.head(draft.trigger));
    let sought = words.any(|word| context.in_list(word, "sought-nouns"));
    let Some(verb) = document.ancestors(draft.trigger).take(3).find(governs).filter(|_| sought) else { return false };
    let subjects: Vec<_> =
        context.grammar().subjects(verb).into_iter().flatten().flat_map(|s| context.actors(s)).collect();
    let states = subjects.iter().filter_map(|&subject| context.state_of(subject));
    let talkers: Vec<_> = subjects.iter().copied().chain(states).collect();
    draft.role(Role::Party).iter().all(|party| talkers.contains(&party.entity))
}

/// "issued by the foreign ministers of the G7, Italy, Japan ...": a group's own words bind nobody.
fn is_of_one_group(context: &Context<'_>, draft: &Draft) -> bool {
    let parties = draft.entities(Role::Party);
    parties.iter().any(|&group| parties.iter().filter(|&&member| context.entities.is_member(member, group)).count() > 2)
}

/// "INKSNA sanctions on X": a name before the noun that no file knows is that of the statute.
fn is_of_statute(context: &Context<'_>, draft: &Draft) -> bool {
    draft.role(Role::Sender).iter().any(|sender| {
        let modifier = context.document.token(sender.mention).deprel == Deprel::Compound;
        let held = context.entities.get(sender.entity);
        modifier && held.kind == EntityKind::Organization && held.id.contains('-')
    })
}

/// "vetoed a resolution to extend sanctions": who is against it extends none.
fn is_voted_down(context: &Context<'_>, trigger: usize) -> bool {
    let document = context.document;
    let clause = matches!(document.token(trigger).deprel, Deprel::Acl | Deprel::Relcl);
    let paper = document.head(trigger).filter(|&noun| clause && context.in_list(noun, "letter-nouns"));
    let verb = paper.and_then(|noun| context.grammar().governor(noun));
    verb.is_some_and(|verb| {
        matches!(document.lemma(verb), "block" | "condemn" | "defeat" | "oppose" | "quash" | "reject" | "veto")
    })
}

/// "went into Ukraine": a country is entered so by an army, or by whoever sends one.
fn is_march(context: &Context<'_>, draft: &Draft) -> bool {
    let document = context.document;
    document.lemma(draft.trigger) == "go"
        && draft.role(Role::Destination).iter().any(|filled| {
            document.head(filled.mention).is_some_and(|prep| document.lemma(prep) == "into")
                && context.entities.get(filled.entity).kind == EntityKind::Country
        })
}

/// "The president spent two days in the capital": at home one stays, and visits nobody.
fn is_stay_at_home(context: &Context<'_>, draft: &Draft) -> bool {
    let state = |f: &Filled| context.state_of(f.entity);
    let there = draft.role(Role::Destination).first().and_then(state);
    draft.rule == "visit.spend" && there.is_some() && draft.role(Role::Visitor).iter().all(|f| state(f) == there)
}

/// "Germany's minister visited the country": it is another than the visitor's own.
fn is_home(context: &Context<'_>, draft: &Draft) -> bool {
    let document = context.document;
    let Some(there) = draft.role(Role::Destination).first() else { return false };
    let described = document.token(there.mention).tag == Tag::Nn && context.in_list(there.mention, "country-nouns");
    described && draft.role(Role::Visitor).iter().any(|visitor| context.state_of(visitor.entity) == Some(there.entity))
}

/// "asked X if he knew": a question asks for nothing but an answer.
fn asks_whether(context: &Context<'_>, trigger: usize) -> bool {
    let document = context.document;
    let open = |clause: usize| {
        document
            .children(clause)
            .any(|c| matches!(document.word(c).to_lowercase().as_str(), "if" | "whether" | "what" | "why" | "how"))
    };
    document.lemma(trigger) == "ask"
        && document
            .children(trigger)
            .filter(|&c| matches!(document.token(c).deprel, Deprel::Ccomp | Deprel::Advcl))
            .any(open)
}

/// "called on the crown prince in Jeddah": without what is asked of him, a visit.
fn calls_at(context: &Context<'_>, trigger: usize) -> bool {
    let document = context.document;
    let asked = document.children(trigger).any(|c| {
        matches!(document.token(c).deprel, Deprel::Xcomp | Deprel::Ccomp | Deprel::Advcl)
            || document.token(c).deprel == Deprel::Prep && matches!(document.lemma(c), "for" | "over" | "to")
    });
    let on = document.children_by(trigger, Deprel::Prep).find(|&prep| matches!(document.lemma(prep), "on" | "upon"));
    let below = |prep: usize| {
        document.phrase(prep).any(|t| document.token(t).tag == Tag::To || document.token(t).tag == Tag::Md)
    };
    document.lemma(trigger) == "call"
        && context.grammar().is_verb(trigger)
        && !asked
        && on.is_some_and(|prep| !below(prep))
}

/// "The party attacked X on his taxes": a person attacked over something, by a body that bears no arms.
fn is_verbal(context: &Context<'_>, draft: &Draft) -> bool {
    let document = context.document;
    let kind = |f: &Filled| context.entities.get(f.entity).kind;
    let unarmed = |f: &Filled| matches!(kind(f), EntityKind::Person | EntityKind::Organization);
    let over = document.children_by(draft.trigger, Deprel::Prep).any(|prep| {
        matches!(document.lemma(prep), "on" | "over" | "for" | "about")
            && document
                .children_by(prep, Deprel::Pobj)
                .any(|object| context.entities.place_of(object).is_none() && !context.is_in_date(object))
    });
    let attackers = draft.role(Role::Attacker);
    over && !attackers.is_empty()
        && attackers.iter().all(unarmed)
        && draft.role(Role::Target).iter().all(|f| kind(f) == EntityKind::Person)
}

/// "agreed that the world must do more": what sides think somebody else should do is no promise.
fn is_view(context: &Context<'_>, trigger: usize) -> bool {
    let document = context.document;
    // "agreed that the context was changing"
    let is_state = |verb: usize| {
        let aux = |tag: Tag| document.children_by(verb, Deprel::Aux).any(|aux| document.token(aux).tag == tag);
        document.token(verb).tag == Tag::Vbg && !aux(Tag::Md) && (aux(Tag::Vbd) || aux(Tag::Vbz) || aux(Tag::Vbp))
    };
    let duty = |verb: usize| {
        document
            .children_by(verb, Deprel::Aux)
            .any(|aux| matches!(document.lemma(aux), "must" | "should" | "need" | "can" | "could"))
            || document.lemma(verb) == "be"
            || is_state(verb)
    };
    document.children_by(trigger, Deprel::Ccomp).any(duty)
}

/// "The ministry granted $5 million to the city": what a state spends at home is no aid to another.
fn is_domestic(context: &Context<'_>, draft: &Draft) -> bool {
    let states: Vec<_> = draft.role(Role::Donor).iter().map(|f| context.state_of(f.entity)).collect();
    let own = |f: &Filled| context.state_of(f.entity).is_some_and(|state| states.contains(&Some(state)));
    !states.is_empty() && !draft.role(Role::Recipient).is_empty() && draft.role(Role::Recipient).iter().all(own)
}

/// "was captured in X": where somebody is taken by force says nothing of who takes them; where they are arrested does.
fn is_by_another(context: &Context<'_>, draft: &Draft) -> bool {
    let document = context.document;
    let place = |f: &Filled| document.head(f.mention).is_some_and(|prep| document.lemma(prep) == "in");
    matches!(document.lemma(draft.trigger), "capture" | "kidnap" | "rape" | "take")
        && draft.role(Role::Actor).iter().all(place)
}

/// "areas of discussion between X and Y", "topics of the talks": what is or may be talked about.
fn is_topic(context: &Context<'_>, trigger: usize) -> bool {
    let document = context.document;
    let of = document.head(trigger).filter(|&prep| document.lemma(prep) == "of");
    of.and_then(|prep| document.head(prep))
        .is_some_and(|noun| matches!(document.lemma(noun), "area" | "matter" | "point" | "subject" | "topic"))
}

/// "have an outdated or no agreement with X"
fn has_no(context: &Context<'_>, theme: usize) -> bool {
    let document = context.document;
    (theme.saturating_sub(3)..theme).any(|t| {
        document.word(t).eq_ignore_ascii_case("no") && document.ancestors(t).take(2).any(|above| above == theme)
    })
}

/// "released a nurse to the diplomats": people are set free, not given.
fn is_freeing(context: &Context<'_>, draft: &Draft) -> bool {
    let captive = |theme: usize| context.in_list(theme, "captive-nouns");
    matches!(context.document.lemma(draft.trigger), "release" | "free") && draft.theme.is_some_and(captive)
}

/// "the path to normalization", "work towards the restoration of ties": where sides want to get.
fn is_path_to(context: &Context<'_>, draft: &Draft) -> bool {
    let document = context.document;
    let aim = |p: usize| matches!(document.lemma(p), "to" | "toward" | "towards");
    draft.rule == "agreement.normalization" && document.head(draft.trigger).is_some_and(aim)
}

/// "a blockade of the Black Sea", "assistance to the Pacific": nobody lives on the water.
fn is_at_sea(context: &Context<'_>, draft: &Draft) -> bool {
    let mut sides = draft.role(Role::Recipient).iter().chain(draft.role(Role::Target)).peekable();
    let place = |f: &Filled| context.entities.get(f.entity).kind == EntityKind::Place;
    sides.peek().is_some() && sides.all(|side| place(side) && context.is_water(side.entity))
}

/// "delivered natural gas to Europe", "ship Iranian oil to China": energy is sold; cooking oil is food, subsidised oil half a gift.
fn is_fuel(context: &Context<'_>, draft: &Draft) -> bool {
    let document = context.document;
    let fuel = |token: usize| match document.word(token).to_lowercase().as_str() {
        "coal" | "crude" | "electricity" | "gas" | "lng" | "petroleum" => true,
        "oil" => {
            let edible =
                |&c: &usize| matches!(document.lemma(c), "cooking" | "edible" | "palm" | "sunflower" | "vegetable");
            !document.children(token).any(|child| edible(&child))
        }
        _ => false,
    };
    let theme = draft.theme.unwrap_or(draft.trigger);
    let of = context.grammar().preposition(theme, "of").into_iter().flatten();
    let given = |token: usize| context.in_list(token, "cut-price-words");
    std::iter::once(theme).chain(of).any(|noun| {
        let phrase = context.head_phrase(noun);
        phrase.clone().any(fuel) && !phrase.into_iter().any(given)
    })
}

/// "X calls on Y to stop, and to release Z": what X asks for X does not do, however far down the list it stands.
fn is_called_for(context: &Context<'_>, draft: &Draft) -> bool {
    let document = context.document;
    let grammar = context.grammar();
    if document.token(draft.trigger).tag != Tag::Vb {
        return false;
    }
    let actors: Vec<usize> = draft.role(Role::Actor).iter().map(|f| f.mention).collect();
    let calls = |verb: usize| {
        grammar.is_verb(verb)
            && ["call-on-verbs", "demanding-verbs"].iter().any(|list| context.in_list(verb, list))
            && grammar.subjects(verb).into_iter().flatten().any(|subject| actors.contains(&subject))
    };
    document.ancestors(draft.trigger).take(6).any(calls)
}

/// "Statement by X on the officials' trip to Y": who tells of a journey does not make it.
fn is_told_by(context: &Context<'_>, draft: &Draft) -> bool {
    let document = context.document;
    let by = |f: &Filled| {
        let preposition = document.head(f.mention).filter(|&prep| matches!(document.lemma(prep), "by" | "from"));
        let told = preposition.and_then(|prep| document.head(prep));
        told.is_some_and(|noun| {
            matches!(document.lemma(noun).to_lowercase().as_str(), "statement" | "readout" | "remark")
        })
    };
    let visitors = draft.role(Role::Visitor);
    !visitors.is_empty() && visitors.iter().all(by)
}

/// "in light of the attacks on believers, targeting churches": it is the attacks that target.
fn is_of_attack(context: &Context<'_>, trigger: usize) -> bool {
    let document = context.document;
    let token = document.token(trigger);
    let participle = token.tag == Tag::Vbg
        && matches!(token.deprel, Deprel::Acl | Deprel::Advcl)
        && document.children_by(trigger, Deprel::Nsubj).next().is_none();
    let start = document.sentence_of(trigger).tokens.start;
    participle
        && document.lemma(trigger) == "target"
        && (start..trigger).any(|t| !context.grammar().is_verb(t) && context.in_list(t, "attack-nouns"))
}
