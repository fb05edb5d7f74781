//! What the status of a predicate makes of an event: a planned delivery is a pledge, a hoped-for treaty is under negotiation.

use entente_model::{EventType, Factuality, Stage};
use entente_nlp::{Deprel, Tag, Upos};

use super::{context::Context, draft::Draft};

/// Reads the status off the sentence and settles stage and factuality; false where nothing is left to assert.
pub(crate) fn apply(context: &Context<'_>, draft: &mut Draft) -> bool {
    let found = context.grammar().status(draft.trigger);
    // "if X is ready to help", "X is not willing to": what the rule takes for a plan may not even be one.
    let unsure = draft.kind.is_plover() && matches!(found.status, Factuality::Possible | Factuality::Denied);
    let status = if draft.factuality == Factuality::Actual || unsure { found.status } else { draft.factuality };
    draft.factuality = status;
    if is_question(context, draft.trigger) {
        return false;
    }
    match draft.kind {
        EventType::Meeting | EventType::Call | EventType::Visit => true,
        EventType::Attack => status == Factuality::Actual && !found.alleged,
        // "denied supplying arms": nothing is refused.
        EventType::Aid if is_disclaimed(context, draft.trigger) || is_charged(context, draft.trigger) => false,
        EventType::Aid => {
            // Without a stage of its own the noun phrase says no more than that there is such aid.
            draft.stage = match draft.stage {
                None => return status != Factuality::Denied,
                // What did not arrive was not therefore refused.
                Some(_)
                    if status == Factuality::Denied && matches!(draft.rule.as_str(), "aid.arrive" | "aid.receive") =>
                {
                    None
                }
                Some(_) if is_condition(context, draft.trigger) || is_hindered(context, draft.trigger) => None,
                // "have not provided mines" tells of no refusal, "will not provide" does.
                Some(Stage::Delivered) if is_undone(context, draft.trigger) => None,
                Some(stage) => aid_by_clause(context, draft.trigger, draft.theme.unwrap_or(draft.trigger), stage)
                    .or_else(|| aid(stage, status)),
            };
            draft.stage.is_some()
        }
        // "wants to restart peace talks", "urged X and Y to settle their row": nobody does so yet.
        EventType::Agreement
            if matches!(draft.rule.as_str(), "agreement.peace-talks" | "agreement.settle")
                && status != Factuality::Actual =>
        {
            false
        }
        // "agreed to extend the treaty" is told by the agreeing.
        EventType::Agreement if draft.rule == "agreement.extend" && is_agreed(context, draft.trigger) => false,
        EventType::Agreement => {
            // "would at last honour the accord": who is to keep to it stands by it.
            if draft.rule == "agreement.observe" && status == Factuality::Planned {
                draft.stage = Some(Stage::Agreed);
                return true;
            }
            // "no nearer to a deal": they are at it.
            if matches!(draft.rule.as_str(), "agreement.close" | "agreement.nearing") {
                return true;
            }
            draft.stage = draft
                .stage
                .and_then(|stage| agreement_by_clause(context, draft, stage).or_else(|| agreement(stage, status)));
            draft.stage.is_some()
        }
        EventType::Sanction => {
            // Who will enforce sanctions imposes none.
            if draft.rule == "sanction.enforce" && status != Factuality::Actual {
                return false;
            }
            let status = if is_step(context, draft.trigger) { Factuality::Actual } else { status };
            draft.stage = draft.stage.and_then(|stage| sanction(stage, status));
            draft.stage.is_some() && !(draft.stage == Some(Stage::Lifted) && is_awaited(context, draft.trigger))
        }
        // "to hold X responsible" is what somebody means to do yet.
        EventType::Statement
            if matches!(draft.rule.as_str(), "statement.hold-responsible" | "statement.discuss-own-support") =>
        {
            status == Factuality::Actual
        }
        // "will not waver in its support", "will never recognise"
        EventType::Statement if draft.rule.ends_with("-not") => is_negated(context, draft.trigger),
        // "warned that X will pay a price"
        EventType::Statement if draft.rule == "statement.pay-price" => found.status != Factuality::Denied,
        EventType::Statement if is_performed(context, draft.trigger) => true,
        EventType::Statement => matches!(status, Factuality::Actual | Factuality::Planned),
        EventType::Position => true,
        // What a side would do for or against another is told apart by its PLOVER type; what it may do is not told.
        EventType::Concede | EventType::Retreat | EventType::Cooperate => {
            status != Factuality::Possible && !found.alleged
        }
        // What will be forbidden some day is a plan, and no threat to anybody.
        EventType::Coerce if draft.rule == "coerce.ban-topic" => status == Factuality::Actual && !found.alleged,
        EventType::Protest | EventType::Mobilize | EventType::Coerce => {
            matches!(status, Factuality::Actual | Factuality::Planned) && !found.alleged
        }
        EventType::Reject | EventType::Request | EventType::Threaten | EventType::Accuse | EventType::Support => {
            status == Factuality::Actual && !found.alleged
        }
    }
}

/// "analysts expect X to ease sanctions": others expect it, nobody has decided it.
fn is_awaited(context: &Context<'_>, trigger: usize) -> bool {
    let awaits =
        |above| matches!(context.document.lemma(above), "anticipate" | "expect" | "forecast" | "hope" | "predict");
    context.document.ancestors(trigger).any(awaits)
}

/// "has taken steps to impose", "is taking action to designate": what a government does by announcing it.
fn is_step(context: &Context<'_>, trigger: usize) -> bool {
    let document = context.document;
    let takes = |&verb: &usize| {
        let mut taken = document.children_by(verb, Deprel::Dobj);
        document.lemma(verb) == "take"
            && taken.any(|noun| matches!(document.lemma(noun), "action" | "measure" | "step"))
            && context.grammar().status(verb).status == Factuality::Actual
    };
    document.token(trigger).tag == Tag::Vb && document.ancestors(trigger).take(2).any(|verb| takes(&verb))
}

/// "will **never** recognise", "has **not** been helpful"
fn is_negated(context: &Context<'_>, trigger: usize) -> bool {
    let grammar = context.grammar();
    let copula = context.document.head(trigger).filter(|_| context.document.token(trigger).deprel == Deprel::Acomp);
    grammar.negated(trigger) || copula.is_some_and(|copula| grammar.negated(copula))
}

/// "I want to thank X", "we would like to condemn": who says so does it.
fn is_performed(context: &Context<'_>, trigger: usize) -> bool {
    let document = context.document;
    let pronoun = |c: usize| {
        document.token(c).deprel == Deprel::Nsubj
            && matches!(document.word(c).to_lowercase().as_str(), "i" | "we" | "he" | "she" | "me")
    };
    document.token(trigger).deprel == Deprel::Xcomp
        && document.head(trigger).is_some_and(|above| {
            matches!(document.lemma(above), "want" | "like" | "love" | "wish")
                && !context.grammar().negated(above)
                && document.children(above).any(pronoun)
        })
}

/// The stage that the clause around a giving sets, whatever its certainty: asked for, voted on, awaited, not there yet.
fn aid_by_clause(context: &Context<'_>, trigger: usize, theme: usize, stage: Stage) -> Option<Stage> {
    let document = context.document;
    let grammar = context.grammar();
    let under = |deprels: &[Deprel]| {
        document
            .head(trigger)
            .filter(|_| deprels.contains(&document.token(trigger).deprel))
            .filter(|&head| head < trigger)
    };
    // "has yet to deliver what it promised", "has yet to approve the package"
    if grammar.is_open(trigger) {
        return match stage {
            Stage::Delivered => Some(Stage::Pledged),
            Stage::Approved => Some(Stage::Proposed),
            _ => None,
        };
    }
    // "has decided to extend a loan": decided, though not given.
    let decided = || under(&[Deprel::Xcomp]).filter(|&head| document.lemma(head) == "decide" && !grammar.negated(head));
    if stage == Stage::Pledged && decided().is_some_and(|head| grammar.status(head).status == Factuality::Actual) {
        return Some(Stage::Pledged);
    }
    if stage != Stage::Delivered || grammar.negated(trigger) {
        return None;
    }
    // "approved the transfer of tanks", "announced a donation of rice"
    let governor = grammar.governor(trigger).filter(|&verb| grammar.status(verb).status == Factuality::Actual);
    if let Some(verb) = governor.filter(|_| !grammar.is_verb(trigger)) {
        if context.in_list(verb, "aid-approving-verbs") {
            return Some(Stage::Approved);
        }
        if context.in_list(verb, "aid-announcing-verbs") {
            return Some(Stage::Pledged);
        }
    }
    // "is in talks to lend $5 million"
    let awaited = under(&[Deprel::Acl]).is_some_and(|noun| context.in_list(noun, "aid-expecting-words"));
    if awaited {
        return Some(Stage::Proposed);
    }
    let above = under(&[Deprel::Xcomp, Deprel::Ccomp]).filter(|&head| !grammar.negated(head));
    let infinitive = document.token(trigger).tag == Tag::Vb;
    if let Some(head) = above.filter(|_| infinitive) {
        // "asked Germany to send tanks"
        if context.in_list(head, "aid-asking-verbs") {
            return Some(Stage::Requested);
        }
        // "parliament voted to send tanks"
        let decided = document.token(head).tag == Tag::Vbd && context.in_list(head, "aid-approving-verbs");
        if decided && grammar.status(head).status == Factuality::Actual {
            return Some(Stage::Approved);
        }
        if context.in_list(head, "aid-expecting-words") {
            return Some(Stage::Proposed);
        }
    }
    // "announced that it is providing $5 million": aid that is told as under way is promised, not there.
    let ongoing = document.token(trigger).tag == Tag::Vbg
        && document.children_by(trigger, Deprel::Aux).any(|aux| matches!(document.lemma(aux), "be"));
    let under_way = ongoing
        && document
            .children_by(trigger, Deprel::Aux)
            .any(|aux| matches!(document.word(aux), "is" | "are" | "am" | "'s" | "'re"));
    // "said it was giving $5 million": the same, told of the past.
    let said = document.token(trigger).deprel == Deprel::Ccomp
        && document.head(trigger).is_some_and(|verb| context.in_list(verb, "saying-verbs"));
    let announced = document.token(trigger).deprel == Deprel::Ccomp
        && document.head(trigger).is_some_and(|verb| context.in_list(verb, "announcing-verbs"));
    let sum = || {
        let phrase = document.phrase(theme);
        context.money.iter().any(|money| phrase.contains(&money.tokens.start))
    };
    (ongoing && announced || (under_way || ongoing && said) && sum()).then_some(Stage::Pledged)
}

/// "accused X of **arming** rebels": what somebody is charged with is neither given nor offered.
fn is_charged(context: &Context<'_>, trigger: usize) -> bool {
    let document = context.document;
    let of = document.ancestors(trigger).take(2).find(|&word| document.lemma(word) == "of");
    let verb = of.and_then(|of| document.head(of)).map(|verb| document.lemma(verb).to_lowercase());
    verb.is_some_and(|verb| matches!(verb.as_str(), "accuse" | "suspect"))
}

/// "denied supplying arms to X"
fn is_disclaimed(context: &Context<'_>, trigger: usize) -> bool {
    let token = context.document.token(trigger);
    token.tag == Tag::Vbg
        && token.deprel == Deprel::Xcomp
        && context.document.head(trigger).is_some_and(|head| context.in_list(head, "denying-verbs"))
}

/// "has not sent", "did not send": negated, and no word of will beside it.
fn is_undone(context: &Context<'_>, trigger: usize) -> bool {
    let document = context.document;
    let wills = |aux: usize| !matches!(document.lemma(aux).to_lowercase().as_str(), "have" | "do" | "be");
    context.grammar().is_verb(trigger)
        && context.grammar().negated(trigger)
        && !context.grammar().is_open(trigger)
        && document.token(trigger).deprel != Deprel::Xcomp
        && !document.children_by(trigger, Deprel::Aux).any(wills)
}

/// "if Germany sends missiles, ...": a condition says nothing of what is done.
fn is_condition(context: &Context<'_>, trigger: usize) -> bool {
    let document = context.document;
    document
        .children_by(trigger, Deprel::Mark)
        .any(|mark| matches!(document.word(mark).to_lowercase().as_str(), "if" | "unless" | "whether"))
}

/// "was unable to deliver food", "could have sent tanks", "has no money to send aid", "kept X from sending it", "is said to have sent it":
/// nothing is sure to be sent, and nobody refuses it.
fn is_hindered(context: &Context<'_>, trigger: usize) -> bool {
    let document = context.document;
    // "could have sent": had they wanted to.
    let aux = |words: &[&str]| {
        document
            .children_by(trigger, Deprel::Aux)
            .any(|aux| words.contains(&document.word(aux).to_lowercase().as_str()))
    };
    if aux(&["have"]) && aux(&["could", "should", "would", "might", "ought"]) {
        return true;
    }
    let Some(head) = document.head(trigger) else { return false };
    match document.token(trigger).deprel {
        Deprel::Xcomp => {
            context.in_list(head, "hindered-words")
                || context.grammar().is_passive(head) && context.in_list(head, "hearsay-verbs")
        }
        Deprel::Acl => context.in_list(head, "means-nouns"),
        Deprel::Pcomp => {
            let above = |word: &str| document.head(head).filter(|_| document.lemma(head) == word);
            above("from").is_some_and(|verb| context.in_list(verb, "hindering-verbs"))
                || above("of").is_some_and(|noun| context.in_list(noun, "unsure-nouns"))
        }
        _ => false,
    }
}

/// "have yet to sign the accord": under negotiation; "signed a deal to extend the truce": extended.
fn agreement_by_clause(context: &Context<'_>, draft: &Draft, stage: Stage) -> Option<Stage> {
    let document = context.document;
    let trigger = draft.trigger;
    if context.grammar().is_open(trigger) {
        return matches!(stage, Stage::Signed | Stage::Agreed).then_some(Stage::Negotiating);
    }
    // "a preliminary agreement negotiated in Geneva": it has been made there.
    let participle = document.token(trigger).tag == Tag::Vbn && document.token(trigger).deprel == Deprel::Acl;
    if stage == Stage::Negotiating && participle && context.in_list(trigger, "agreement-made-verbs") {
        return Some(Stage::Agreed);
    }
    // "agreed to restore ties"
    if stage == Stage::Agreed && is_agreed(context, trigger) {
        let agreeing = document.head(trigger).map(|head| context.grammar().status(head).status);
        return (agreeing == Some(Factuality::Actual)).then_some(Stage::Agreed);
    }
    // "will not extend the pact", "chose not to renew it": it runs out.
    let status = context.grammar().status(trigger).status;
    if stage == Stage::Extended && document.token(trigger).upos == Upos::Verb && status == Factuality::Denied {
        return Some(Stage::Withdrawn);
    }
    // "will no longer observe the treaty"
    if draft.rule == "agreement.observe" && status == Factuality::Denied {
        return Some(Stage::Withdrawn);
    }
    // "left without signing the deal"
    let without = document.token(trigger).deprel == Deprel::Pcomp
        && document.head(trigger).is_some_and(|head| document.lemma(head) == "without");
    if stage == Stage::Signed && without {
        return Some(Stage::Rejected);
    }
    // "refused to sign the deal", "refused to extend it"
    let above = document.head(trigger).filter(|_| document.token(trigger).deprel == Deprel::Xcomp);
    if matches!(stage, Stage::Signed | Stage::Ratified | Stage::Agreed | Stage::Extended)
        && above.is_some_and(|head| {
            context.in_list(head, "agreement-rejecting-verbs")
                && context.grammar().status(head).status == Factuality::Actual
        })
    {
        return Some(Stage::Rejected);
    }
    let made = |t: usize| {
        context.in_list(t, "agreement-core-nouns")
            && context.grammar().governor(t).is_some_and(|verb| {
                ["agreement-signing-verbs", "agreement-agreeing-verbs"].iter().any(|list| context.in_list(verb, list))
                    && context.grammar().status(verb).status == Factuality::Actual
            })
    };
    let purpose = stage == Stage::Extended && document.token(trigger).tag == Tag::Vb;
    let of_deal = document.head(trigger).is_some_and(|head| match document.token(trigger).deprel {
        Deprel::Acl | Deprel::Relcl => made(head),
        Deprel::Advcl | Deprel::Xcomp => document.children_by(head, Deprel::Dobj).any(made),
        _ => false,
    });
    (purpose && of_deal).then_some(Stage::Extended)
}

/// Whether sides agree to do what a verb says.
fn is_agreed(context: &Context<'_>, trigger: usize) -> bool {
    let document = context.document;
    document.token(trigger).deprel == Deprel::Xcomp
        && document.head(trigger).is_some_and(|head| document.lemma(head) == "agree")
}

/// A question asserts nothing, whoever asks it.
fn is_question(context: &Context<'_>, trigger: usize) -> bool {
    let tokens = context.document.sentence_of(trigger).tokens.clone();
    // "Do you think China will support it —": broken off before its mark.
    let asks = |token: usize| context.document.word(token).eq_ignore_ascii_case("you");
    if matches!(context.document.word(tokens.start), "Do" | "Does" | "Did")
        && tokens.len() > 1
        && asks(tokens.start + 1)
    {
        return true;
    }
    tokens.into_iter().rev().take(2).any(|token| context.document.word(token).starts_with('?'))
}

fn aid(stage: Stage, status: Factuality) -> Option<Stage> {
    use Factuality::{Actual, Denied, Planned, Possible};
    Some(match (stage, status) {
        (stage, Actual) => stage,
        (Stage::Delivered, Planned) => Stage::Pledged,
        (Stage::Delivered, Possible) => Stage::Proposed,
        (Stage::Delivered | Stage::Approved, Denied) => Stage::Refused,
        (Stage::Pledged | Stage::Approved | Stage::Proposed, Planned | Possible) => Stage::Proposed,
        (Stage::Requested, Planned | Possible) => Stage::Requested,
        (Stage::Suspended, Planned) => Stage::Suspended,
        (_, Denied | Planned | Possible) => return None,
    })
}

fn agreement(stage: Stage, status: Factuality) -> Option<Stage> {
    use Factuality::{Actual, Denied, Planned, Possible};
    Some(match (stage, status) {
        (stage, Actual) => stage,
        (_, Denied) => return None,
        (Stage::Signed, Planned) | (Stage::Agreed, Planned | Possible) | (Stage::Negotiating, _) => Stage::Negotiating,
        (Stage::Signed | Stage::Extended, Possible) | (Stage::Proposed, _) | (Stage::Extended, Planned) => {
            Stage::Proposed
        }
        (Stage::Withdrawn, Planned) => Stage::Withdrawn,
        (_, Planned | Possible) => return None,
    })
}

fn sanction(stage: Stage, status: Factuality) -> Option<Stage> {
    use Factuality::{Actual, Denied, Planned, Possible};
    Some(match (stage, status) {
        (stage, Actual) => stage,
        (Stage::Imposed | Stage::Proposed, Planned | Possible) => Stage::Proposed,
        (Stage::Lifted, Planned) => Stage::Lifted,
        (Stage::Extended, Planned) => Stage::Extended,
        (_, Denied | Planned | Possible) => return None,
    })
}
