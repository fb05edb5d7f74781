//! Offices that a verb gives: "Adan, who heads the Green Party", "Noor was sworn in as prime minister of Freedonia".
//!
//! In: settled names and offices. Out: positions, added to those that stand beside names.

use entente_model::EntityKind;
use entente_nlp::{Deprel, Tag, Upos};

use super::{PositionMention, Status};
use crate::entities::{Attachments, Board, EntityIndex, Owners, fold_name};
use crate::mentions::NameKind;

/// Adds what verbs say of persons whom no title beside the name gives that office.
pub(super) fn find(
    board: &mut Board<'_>,
    attachments: &Attachments,
    owners: &Owners,
    denoted: &[Vec<EntityIndex>],
    positions: &mut Vec<PositionMention>,
) {
    for office in 0..board.offices.len() {
        if attachments.names_of[office].is_empty()
            && let Some(position) = given(board, owners, denoted, office)
        {
            add(positions, position);
        }
    }
    from_verb(board, positions);
}

fn add(positions: &mut Vec<PositionMention>, position: PositionMention) {
    let known = |p: &PositionMention| p.person == position.person && p.organization == position.organization;
    if !positions.iter().any(known) {
        positions.push(position);
    }
}

/// "The king appointed Adan prime minister", "Noor took over as army chief".
fn given(board: &Board<'_>, owners: &Owners, denoted: &[Vec<EntityIndex>], office: usize) -> Option<PositionMention> {
    let phrase = &board.offices[office];
    if phrase.plural || phrase.job || phrase.counterpart {
        return None;
    }
    let verb = verb_of(board, office)?;
    let status = status_of(board, verb)?;
    let person = who(board, verb, phrase.tokens.start)?;
    let subject = board.document.children_by(verb, Deprel::Nsubj).next();
    let by_subject = || {
        // "Peru's Congress elected Noor president": of whose congress it is.
        let side =
            subject.filter(|&subject| board.names.at(subject).is_none_or(|(_, name)| name.kind != NameKind::Person));
        let side = side.and_then(|side| denoted[side].first().copied())?;
        if board.drafts[side].kind == EntityKind::Country { Some(side) } else { board.drafts[side].country }
    };
    let by_possessor = || {
        let possessor = phrase.possessor?;
        denoted[possessor].first().copied().and_then(|side| board.side_of(side))
    };
    let organization = owners.of_office[office].or_else(by_possessor).or_else(by_subject)?;
    let kind = board.drafts[organization].kind;
    (organization != person && !matches!(kind, EntityKind::Person | EntityKind::Other)).then(|| PositionMention {
        person,
        organization,
        title: phrase.title.clone(),
        status: if phrase.status == Status::Held { status } else { phrase.status },
        tokens: phrase.tokens.clone(),
        trigger: phrase.head,
    })
}

/// The verb that gives the office: "appointed foreign minister", "sworn in as president".
fn verb_of(board: &Board<'_>, office: usize) -> Option<usize> {
    let document = board.document;
    let head = document.token(board.offices[office].head);
    match head.deprel {
        Deprel::Oprd | Deprel::Dobj | Deprel::Attr => {
            // "elected Conservative leader", but not "elected the leader": who elects somebody names no title alone.
            let bare = head.deprel != Deprel::Dobj
                || matches!(document.lemma(head.head), "appoint" | "name" | "elect" | "choose");
            bare.then_some(head.head)
        }
        Deprel::Pobj if document.lemma(head.head) == "as" => document.head(head.head),
        _ => None,
    }
}

/// How somebody stands to an office after what the verb says; nothing where it says none, or denies it.
fn status_of(board: &Board<'_>, verb: usize) -> Option<Status> {
    let document = board.document;
    let at = document.token(verb);
    let lemma = document.lemma(verb).to_lowercase();
    let negated = document.children_by(verb, Deprel::Neg).next().is_some();
    let modal = document
        .children_by(verb, Deprel::Aux)
        .any(|aux| document.token(aux).tag == Tag::Md || document.lemma(aux) == "to");
    let perfect = document.children_by(verb, Deprel::Aux).any(|aux| document.lemma(aux) == "have");
    let particle = |word: &str| document.children_by(verb, Deprel::Prt).any(|prt| document.lemma(prt) == word);
    let object = |word: &str| document.children_by(verb, Deprel::Dobj).any(|object| document.lemma(object) == word);
    if negated || modal || !matches!(at.tag, Tag::Vbd | Tag::Vbn | Tag::Vbz | Tag::Vbp) {
        return None;
    }
    match lemma.as_str() {
        "appoint" | "name" | "install" | "inaugurate" | "confirm" | "reappoint" => Some(Status::Held),
        "swear" if particle("in") => Some(Status::Held),
        "take" if particle("over") || object("office") || object("charge") => Some(Status::Held),
        "elect" | "choose" | "select" | "nominate" | "designate" => Some(Status::Designate),
        "win" if object("term") => Some(Status::Held),
        "serve" if at.tag == Tag::Vbd && !perfect => Some(Status::Former),
        "serve" | "continue" => Some(Status::Held),
        "resign" | "oust" | "sack" | "remove" | "dismiss" | "depose" => Some(Status::Former),
        "step" if particle("down") => Some(Status::Former),
        _ => None,
    }
}

/// Who is given the office: whom the verb is about, or the name that stands between them.
fn who(board: &Board<'_>, verb: usize, office: usize) -> Option<EntityIndex> {
    let document = board.document;
    let person = |token: usize| {
        let (number, name) = board.names.at(token)?;
        board.of_name[number].filter(|_| name.kind == NameKind::Person)
    };
    if let Some(before) = office.checked_sub(1).filter(|&before| before > verb)
        && let Some(person) = person(before)
    {
        return Some(person);
    }
    let mut objects = document.children(verb).filter(|&child| {
        matches!(document.token(child).deprel, Deprel::Dobj | Deprel::Oprd) && child < office && child > verb
    });
    if let Some(person) = objects.find_map(person) {
        return Some(person);
    }
    let by_others =
        document.children_by(verb, Deprel::Dobj).any(|object| object < office && document.lemma(object) != "office");
    let lemma = document.lemma(verb);
    let passive = document.children_by(verb, Deprel::Nsubjpass).next();
    let own = matches!(lemma, "swear" | "take" | "win" | "serve" | "continue" | "resign" | "step");
    let headline = document.token(verb).tag == Tag::Vbd && lemma == "elect";
    let subject =
        passive.or_else(|| document.children_by(verb, Deprel::Nsubj).next().filter(|_| own || headline && !by_others));
    match subject {
        Some(subject) if matches!(document.token(subject).tag, Tag::Wp | Tag::Wdt) => {
            (document.token(verb).deprel == Deprel::Relcl).then(|| person(document.token(verb).head)).flatten()
        }
        Some(subject) => person(subject),
        // "Adan, appointed foreign minister in May,"
        None if document.token(verb).deprel == Deprel::Acl && document.token(verb).tag == Tag::Vbn => {
            person(document.token(verb).head)
        }
        None => None,
    }
}

/// "Adan, who heads the Green Party": an office by its verb.
fn from_verb(board: &mut Board<'_>, positions: &mut Vec<PositionMention>) {
    for verb in 0..board.document.tokens().len() {
        let Some((person, object)) = head_and_body(board, verb) else { continue };
        let (Some(title), Some(organization)) = (title_of_verb(board.document.lemma(verb)), body_at(board, object))
        else {
            continue;
        };
        // Whom the text has given an office is known by that one: "Senator Adan, who chairs a committee".
        if organization == person || positions.iter().any(|p| p.person == person) {
            continue;
        }
        add(
            positions,
            PositionMention {
                person,
                organization,
                title: title.to_owned(),
                status: Status::Held,
                tokens: verb..verb + 1,
                trigger: verb,
            },
        );
    }
}

/// Who stands at the head of a body by a verb in the present tense, and the noun of the body.
fn head_and_body(board: &Board<'_>, verb: usize) -> Option<(EntityIndex, usize)> {
    let document = board.document;
    let at = document.token(verb);
    if !matches!(at.tag, Tag::Vbz | Tag::Vbp) || title_of_verb(document.lemma(verb)).is_none() {
        return None;
    }
    let subject = document.children_by(verb, Deprel::Nsubj).next()?;
    let relative = matches!(document.token(subject).tag, Tag::Wp | Tag::Wdt) && at.deprel == Deprel::Relcl;
    // "Adan, a physician who heads the agency": the apposition is Adan.
    let noun = if relative { at.head } else { subject };
    let apposed = document.token(noun).deprel == Deprel::Appos;
    let (name, found) = board.names.at(if apposed { document.token(noun).head } else { noun })?;
    let object = document.children_by(verb, Deprel::Dobj).next()?;
    let person = board.of_name[name].filter(|_| found.kind == NameKind::Person)?;
    Some((person, object))
}

/// What somebody is who heads, leads or chairs a body.
fn title_of_verb(lemma: &str) -> Option<&'static str> {
    match lemma {
        "chair" => Some("chair"),
        "command" => Some("commander"),
        "head" => Some("head"),
        "lead" => Some("leader"),
        _ => None,
    }
}

/// The body that a noun phrase names: a known one, or a party, an agency and the like with a name before it.
fn body_at(board: &mut Board<'_>, object: usize) -> Option<EntityIndex> {
    let organization =
        |entity: &EntityIndex| matches!(board.drafts[*entity].kind, EntityKind::Organization | EntityKind::Group);
    if let Some((number, _)) = board.names.at(object) {
        return board.of_name[number].filter(organization);
    }
    let document = board.document;
    if !board.vocabulary.has("headed-nouns", document.lemma(object)) {
        return None;
    }
    // "a faction of the Movement for Change"
    let of = document.children_by(object, Deprel::Prep).find(|&prep| document.lemma(prep) == "of");
    let whole = of.and_then(|of| document.children_by(of, Deprel::Pobj).next()).and_then(|whole| board.names.at(whole));
    if let Some((number, _)) = whole {
        return board.of_name[number].filter(organization);
    }
    let mut start = object;
    while let Some(before) = start.checked_sub(1)
        && matches!(document.token(before).upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Part)
    {
        start = before;
    }
    let named = (start..object).any(|token| {
        document.token(token).upos == Upos::Propn
            && board.names.at(token).is_none_or(|(_, name)| name.kind != NameKind::Country)
    });
    let text = fold_name(document.text_of(start..object + 1));
    named.then(|| board.local_entity(EntityKind::Organization, &text))
}
