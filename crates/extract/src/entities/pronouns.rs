//! Pronouns that take somebody up: "he", "its", "we".
//!
//! In: who was mentioned so far. Out: whom the word means where that is sure, else nobody.

use entente_model::EntityKind;
use entente_nlp::{Deprel, Tag, Upos};

use super::EntityIndex;
use super::board::Board;
use super::company;
use super::confronted;
use super::discourse::Discourse;
use super::speakers::Speakers;
use crate::actors::Gender;

/// Whom a personal or possessive pronoun means.
pub(super) fn resolve(
    board: &Board<'_>,
    speakers: &Speakers,
    denoted: &[Vec<EntityIndex>],
    discourse: &Discourse,
    token: usize,
) -> Vec<EntityIndex> {
    let of = spoken_of(board, speakers, denoted, token);
    if !of.is_empty() {
        return of;
    }
    match board.document.word(token).to_lowercase().as_str() {
        "he" | "him" | "his" | "himself" => {
            person(board, speakers, denoted, discourse, token, Gender::Male).into_iter().collect()
        }
        "she" | "her" | "hers" | "herself" => {
            person(board, speakers, denoted, discourse, token, Gender::Female).into_iter().collect()
        }
        "i" | "me" | "my" | "myself" if discourse.first_person => speaker(speakers, denoted, token)
            .or_else(|| author(speakers, denoted, token))
            .filter(|&s| board.drafts[s].kind == EntityKind::Person)
            .into_iter()
            .collect(),
        "we" | "our" | "us" | "ourselves" if discourse.first_person => {
            if (discourse.issuers.len() > 1 || board.joint && !discourse.issuers.is_empty()) && !speakers.quoted[token]
            {
                return discourse.issuers.clone();
            }
            own_side(board, speakers, denoted, token).into_iter().collect()
        }
        "you" | "your" | "yours" | "yourself" if discourse.first_person => spoken_to(board, speakers, denoted, token),
        "it" | "its" | "itself" => thing(board, denoted, token).into_iter().collect(),
        "they" | "their" | "them" | "themselves" => several(board, denoted, token),
        _ => Vec::new(),
    }
}

/// ""He is a dictator," Adan said **of Noor**": whom a quote is said to be of is its "he".
fn spoken_of(board: &Board<'_>, speakers: &Speakers, denoted: &[Vec<EntityIndex>], token: usize) -> Vec<EntityIndex> {
    let document = board.document;
    let third = matches!(document.word(token).to_lowercase().as_str(), "he" | "it" | "she" | "they");
    let subject = document.token(token).deprel == Deprel::Nsubj && speakers.quoted[token];
    let Some(speaker) = speakers.quote[token].filter(|_| third && subject) else { return Vec::new() };
    let Some(verb) = document.head(speaker).filter(|&verb| document.token(verb).upos == Upos::Verb) else {
        return Vec::new();
    };
    let of = document
        .children_by(verb, Deprel::Prep)
        .find(|&prep| !speakers.quoted[prep] && matches!(document.word(prep).to_lowercase().as_str(), "of" | "about"));
    let object = of.and_then(|of| document.children_by(of, Deprel::Pobj).next());
    object.map(|object| with_conjuncts(board, denoted, object)).unwrap_or_default()
}

fn speaker(speakers: &Speakers, denoted: &[Vec<EntityIndex>], token: usize) -> Option<EntityIndex> {
    let at = speakers.quote[token]?;
    denoted[at].first().copied()
}

/// "you": the other of two in a transcript, or whom the speaker tells it: "Thank **you**," Adan told Noor.
fn spoken_to(board: &Board<'_>, speakers: &Speakers, denoted: &[Vec<EntityIndex>], token: usize) -> Vec<EntityIndex> {
    if let Some(partner) = speakers.partner[token] {
        return denoted[partner].clone();
    }
    let document = board.document;
    let verb = speakers.quote[token].and_then(|speaker| document.head(speaker));
    let Some(verb) = verb.filter(|&verb| document.token(verb).upos == Upos::Verb) else { return Vec::new() };
    let object = document.children(verb).find(|&child| {
        matches!(document.token(child).deprel, Deprel::Dobj | Deprel::Dative) && !speakers.quoted[child]
    });
    object.map(|object| with_conjuncts(board, denoted, object)).unwrap_or_default()
}

/// Who signs the text, for what stands outside of quotes.
fn author(speakers: &Speakers, denoted: &[Vec<EntityIndex>], token: usize) -> Option<EntityIndex> {
    if speakers.quoted[token] {
        return None;
    }
    denoted[speakers.author?].first().copied()
}

/// "we": the country that the speaker stands for; outside of quotes, the side of who signs, or the government that publishes.
fn own_side(board: &Board<'_>, speakers: &Speakers, denoted: &[Vec<EntityIndex>], token: usize) -> Option<EntityIndex> {
    let side = |entity: EntityIndex| board.side_of(entity);
    if speakers.quoted[token] {
        return speaker(speakers, denoted, token).and_then(side);
    }
    if board.joint {
        return None;
    }
    if let Some(side) = author(speakers, denoted, token).and_then(side) {
        return Some(side);
    }
    board.home_entity()
}

/// "he" and "she": the subject that the clause hangs on, else the only person that fits.
fn person(
    board: &Board<'_>,
    speakers: &Speakers,
    denoted: &[Vec<EntityIndex>],
    discourse: &Discourse,
    token: usize,
    gender: Gender,
) -> Option<EntityIndex> {
    let document = board.document;
    let fits = |entity: EntityIndex| {
        board.drafts[entity].kind == EntityKind::Person && board.drafts[entity].gender.is_none_or(|own| own == gender)
    };
    if let Some([entity]) = judged(board, token).map(|object| &denoted[object][..])
        && fits(*entity)
    {
        return Some(*entity);
    }
    if let Some([entity]) = joined_to(board, token).map(|first| &denoted[first][..])
        && fits(*entity)
    {
        return Some(*entity);
    }
    let own_speaker = speaker(speakers, denoted, token);
    let object = matches!(document.token(token).deprel, Deprel::Dobj | Deprel::Dative | Deprel::Pobj);
    // The subjects of the clauses above; an object is never its own clause's subject.
    let mut clause_subject = None;
    let mut first = true;
    let mut closed = false;
    for above in document.ancestors(token) {
        if document.token(above).upos != Upos::Verb && document.token(above).upos != Upos::Aux {
            continue;
        }
        if closed {
            break;
        }
        // "Adan met Noor, and a friend saw him": a joined clause with a subject of its own looks no further up.
        closed = document.token(above).deprel == Deprel::Conj
            && document.children(above).any(|c| matches!(document.token(c).deprel, Deprel::Nsubj | Deprel::Nsubjpass));
        let subject = document
            .children(above)
            .find(|&c| matches!(document.token(c).deprel, Deprel::Nsubj | Deprel::Nsubjpass) && c < token);
        // "calling him": a clause without a subject has that of the clause above.
        if first && object {
            first = subject.is_none();
            clause_subject = subject.and_then(|s| denoted[s].first().copied());
            continue;
        }
        first = false;
        if let Some(subject) = subject
            && !document.phrase(subject).contains(&token)
            && let [entity] = denoted[subject][..]
            && fits(entity)
            && Some(entity) != own_speaker
            && document.children_by(subject, Deprel::Conj).next().is_none()
        {
            return Some(entity);
        }
    }
    if let Some(subject) = subject_ahead(board, token)
        && let Some((name, _)) = board.names.at(subject)
        && let Some(entity) = board.of_name[name].filter(|&entity| fits(entity))
    {
        return Some(entity);
    }
    // Persons of this and the two sentences before.
    let sentence = document.token(token).sentence;
    let quoted = speakers.quoted[token];
    let mut candidates: Vec<EntityIndex> = Vec::new();
    for seen in discourse.seen.iter().rev() {
        if seen.sentence + 2 < sentence {
            break;
        }
        if seen.token < token
            && fits(seen.entity)
            && Some(seen.entity) != own_speaker
            && Some(seen.entity) != clause_subject
            && !candidates.contains(&seen.entity)
        {
            candidates.push(seen.entity);
        }
    }
    if let [only] = candidates[..] {
        return Some(only);
    }
    if candidates.is_empty() {
        // Nobody near: the only such person of the whole text so far.
        let mut all: Vec<EntityIndex> =
            discourse.seen.iter().filter(|s| s.token < token && fits(s.entity)).map(|s| s.entity).collect();
        all.sort_unstable();
        all.dedup();
        return match all[..] {
            [only] if Some(only) != own_speaker && Some(only) != clause_subject => Some(only),
            _ => None,
        };
    }
    let sure: Vec<EntityIndex> =
        candidates.iter().copied().filter(|&e| board.drafts[e].gender == Some(gender)).collect();
    if let [only] = sure[..] {
        return Some(only);
    }
    if quoted {
        return None;
    }
    // A sentence that begins with the pronoun goes on about the subject of the one before.
    let starts = document.token(token).deprel == Deprel::Nsubj || document.token(token).tag == Tag::PrpS;
    if starts && !discourse.seen.iter().any(|s| s.sentence == sentence && s.token < token && fits(s.entity)) {
        return previous_subject(board, denoted, sentence).into_iter().find(|e| candidates.contains(e));
    }
    None
}

/// "met the Chadian president and **his** foreign minister": whose a noun is that is joined to another, that one says.
fn joined_to(board: &Board<'_>, token: usize) -> Option<usize> {
    let document = board.document;
    let noun = document.head(token).filter(|_| document.token(token).tag == Tag::PrpS)?;
    document.head(noun).filter(|&first| {
        document.token(noun).deprel == Deprel::Conj && document.token(first).upos != Upos::Verb && first < token
    })
}

/// Whom the subject of the sentence before denotes.
fn previous_subject(board: &Board<'_>, denoted: &[Vec<EntityIndex>], sentence: usize) -> Vec<EntityIndex> {
    let document = board.document;
    let Some(previous) = sentence.checked_sub(1) else { return Vec::new() };
    let root = document.sentences()[previous].root;
    document
        .children(root)
        .find(|&c| matches!(document.token(c).deprel, Deprel::Nsubj | Deprel::Nsubjpass))
        .map(|subject| with_conjuncts(board, denoted, subject))
        .unwrap_or_default()
}

/// Whom a phrase and its conjuncts denote.
pub(super) fn with_conjuncts(board: &Board<'_>, denoted: &[Vec<EntityIndex>], token: usize) -> Vec<EntityIndex> {
    let mut all = Vec::new();
    let mut next = Some(token);
    while let Some(at) = next {
        for &entity in &denoted[at] {
            if !all.contains(&entity) {
                all.push(entity);
            }
        }
        next = board.document.children_by(at, Deprel::Conj).next();
    }
    all
}

/// The object that a phrase gives the ground for: "thanked **Chad** for its help", "pressed Mali on its elections"; not
/// "sent Chad tents with its own planes".
fn judged(board: &Board<'_>, token: usize) -> Option<usize> {
    let document = board.document;
    if document.token(token).tag != Tag::PrpS {
        return None;
    }
    let preposition = document.ancestors(token).find(|&above| document.token(above).deprel == Deprel::Prep)?;
    let grounds = matches!(document.lemma(preposition), "for" | "over" | "on" | "about");
    let verb = document.head(preposition).filter(|&head| document.token(head).upos == Upos::Verb && grounds)?;
    document.children_by(verb, Deprel::Dobj).find(|&object| object < preposition)
}

/// The nearest subject above a token that stands before it; an object is never its own clause's subject.
fn subject_above(board: &Board<'_>, token: usize) -> Option<usize> {
    let document = board.document;
    let mut own_clause = matches!(document.token(token).deprel, Deprel::Dobj | Deprel::Dative | Deprel::Pobj);
    for above in document.ancestors(token) {
        let subject = document.children(above).find(|&c| {
            matches!(document.token(c).deprel, Deprel::Nsubj | Deprel::Nsubjpass)
                && c < token
                && !document.phrase(c).contains(&token)
        });
        if own_clause && matches!(document.token(above).upos, Upos::Verb | Upos::Aux) {
            own_clause = subject.is_none();
            continue;
        }
        let has_subject =
            document.children(above).any(|c| matches!(document.token(c).deprel, Deprel::Nsubj | Deprel::Nsubjpass));
        if subject.is_none() && has_subject && document.token(above).deprel == Deprel::Conj {
            return None;
        }
        if let Some(subject) = subject {
            let first_person = matches!(document.word(subject).to_lowercase().as_str(), "i" | "we" | "you");
            return (!first_person).then_some(subject);
        }
    }
    None
}

/// The subject that a fronted phrase looks forward to: "In his address, Adan called ...".
fn subject_ahead(board: &Board<'_>, token: usize) -> Option<usize> {
    let document = board.document;
    if document.token(token).tag != Tag::PrpS {
        return None;
    }
    let sentence = document.sentence_of(token);
    let subject = document
        .children(sentence.root)
        .find(|&c| matches!(document.token(c).deprel, Deprel::Nsubj | Deprel::Nsubjpass) && c > token)?;
    let opens = (sentence.tokens.start..token).all(|t| {
        !matches!(document.token(t).upos, Upos::Verb | Upos::Noun | Upos::Propn)
            || document.token(t).deprel == Deprel::Pcomp
    });
    let comma = (token..subject).any(|t| document.word(t) == ",");
    (opens && comma).then_some(subject)
}

/// "it", "its": the country or organisation that is the subject above, or of the sentence before.
fn thing(board: &Board<'_>, denoted: &[Vec<EntityIndex>], token: usize) -> Option<EntityIndex> {
    let document = board.document;
    let fits = |entity: EntityIndex| {
        matches!(board.drafts[entity].kind, EntityKind::Country | EntityKind::Organization | EntityKind::Group)
    };
    if let Some([entity]) = judged(board, token).map(|object| &denoted[object][..])
        && fits(*entity)
    {
        return Some(*entity);
    }
    if let [other] = confronted::confronted(board, denoted, token)[..] {
        return Some(other);
    }
    if let Some(subject) = subject_above(board, token) {
        return match with_conjuncts(board, denoted, subject)[..] {
            [only] if fits(only) && !others_between(board, denoted, subject, token) => Some(only),
            _ => None,
        };
    }
    let starts = document.token(token).deprel == Deprel::Nsubj && document.lemma(document.token(token).head) != "be";
    if starts {
        return match previous_subject(board, denoted, document.token(token).sentence)[..] {
            [only] if fits(only) => Some(only),
            _ => None,
        };
    }
    owner_of_subject(board, denoted, token).filter(|&owner| fits(owner))
}

/// "China was mocked. Days later, **its** foreign ministry said": the subject of the sentence before, where that names no other state.
fn owner_of_subject(board: &Board<'_>, denoted: &[Vec<EntityIndex>], token: usize) -> Option<EntityIndex> {
    let document = board.document;
    let subject = document.head(token).filter(|_| document.token(token).tag == Tag::PrpS)?;
    let sentence = document.token(token).sentence;
    let opens = document.token(subject).deprel == Deprel::Nsubj
        && document.head(subject) == Some(document.sentences()[sentence].root);
    let [only] = previous_subject(board, denoted, sentence)[..] else { return None };
    let state = |entity: &EntityIndex| board.drafts[*entity].kind == EntityKind::Country;
    let before = document.sentences()[sentence - 1].tokens.start..token;
    let alone = before.into_iter().flat_map(|t| &denoted[t]).filter(|entity| state(entity)).all(|&e| e == only);
    (opens && alone && state(&only)).then_some(only)
}

/// Whether another country stands nearer to a pronoun of a clause below: "the office lists firms for supplying Mali after its coup".
fn others_between(board: &Board<'_>, denoted: &[Vec<EntityIndex>], subject: usize, token: usize) -> bool {
    let document = board.document;
    let clause = document.ancestors(token).find(|&t| matches!(document.token(t).upos, Upos::Verb | Upos::Aux));
    // "broke with Mali, which **it** accuses": whom the clause is about is not who accuses them.
    let about = clause
        .filter(|&clause| document.token(clause).deprel == Deprel::Relcl)
        .filter(|&clause| document.children_by(clause, Deprel::Dobj).any(|c| document.token(c).tag == Tag::Wdt))
        .and_then(|clause| document.head(clause));
    let country = |e: &EntityIndex| {
        let other = !denoted[subject].contains(e) && about.is_none_or(|noun| !denoted[noun].contains(e));
        board.drafts[*e].kind == EntityKind::Country && other
    };
    clause != document.head(subject) && (subject + 1..token).any(|t| denoted[t].iter().any(country))
}

/// "they", "their": the several that are the subject above, or of the sentence before.
fn several(board: &Board<'_>, denoted: &[Vec<EntityIndex>], token: usize) -> Vec<EntityIndex> {
    let document = board.document;
    let plural = |subject: usize, entities: &[EntityIndex]| {
        entities.len() > 1
            || matches!(document.token(subject).tag, Tag::Nns | Tag::Nnps)
            || matches!(document.word(subject).to_lowercase().as_str(), "they" | "we")
            // "The agency said they had delivered": a body is several people.
            || entities.iter().all(|&e| board.drafts[e].kind == EntityKind::Organization)
    };
    if let Some(object) = judged(board, token) {
        let entities = with_conjuncts(board, denoted, object);
        if plural(object, &entities) && !entities.is_empty() {
            return entities;
        }
    }
    let others = confronted::confronted(board, denoted, token);
    if !others.is_empty() {
        return others;
    }
    if let Some(subject) = subject_above(board, token) {
        let entities = with_conjuncts(board, denoted, subject);
        return if plural(subject, &entities) { entities } else { Vec::new() };
    }
    if matches!(document.token(token).deprel, Deprel::Nsubj | Deprel::Nsubjpass | Deprel::Poss) {
        let sentence = document.token(token).sentence;
        let Some(previous) = sentence.checked_sub(1) else { return Vec::new() };
        let root = document.sentences()[previous].root;
        let subject =
            document.children(root).find(|&c| matches!(document.token(c).deprel, Deprel::Nsubj | Deprel::Nsubjpass));
        if let Some(subject) = subject {
            let entities = with_conjuncts(board, denoted, subject);
            if plural(subject, &entities) {
                return entities;
            }
            return company::of_sentence_before(board, denoted, subject, root);
        }
    }
    Vec::new()
}
