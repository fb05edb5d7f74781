//! Those who were together: whom "the leaders" and "they" mean in the report of a meeting, and "we" in a joint statement.
//!
//! In: who was mentioned so far. Out: the persons whom the opening brings together, the subject of the sentence before
//! with those whom it met, or the sides that issue a statement; nobody where other people have come between.

use std::ops::Range;

use entente_model::EntityKind;
use entente_nlp::Deprel;

use super::EntityIndex;
use super::board::Board;
use super::discourse::Discourse;
use crate::mentions::NameKind;

/// In how many sentences from the start a report says who met.
const OPENING: usize = 4;
/// How many sentences back somebody of the company must have been named.
const REACH: usize = 4;
/// In how many sentences from the start a joint statement says whose it is.
const ISSUED: usize = 8;
/// More than so many are a list, not a company.
const MOST: usize = 5;

/// "The leaders", without a number: the persons of different countries whom one sentence of the opening names.
pub(super) fn of_opening(board: &Board<'_>, discourse: &Discourse, token: usize) -> Vec<EntityIndex> {
    let sentence = board.document.token(token).sentence;
    let persons = |sentences: std::ops::RangeInclusive<usize>| {
        discourse.among(sentences, token, |entity| board.drafts[entity].kind == EntityKind::Person)
    };
    let company = (0..OPENING).map(|s| persons(s..=s)).find(|found| found.len() > 1).unwrap_or_default();
    let mut countries: Vec<Option<EntityIndex>> = company.iter().map(|&person| board.drafts[person].country).collect();
    countries.sort_unstable();
    countries.dedup();
    let several_sides = countries.len() == company.len() && !countries.contains(&None);
    let near = persons(sentence.saturating_sub(REACH)..=sentence);
    let still_there = near.is_empty() || near.iter().any(|person| company.contains(person));
    if company.len() <= MOST && several_sides && still_there { company } else { Vec::new() }
}

/// "They", after "Adan spoke with Noor": the subject of the sentence before and those whom it met.
pub(super) fn of_sentence_before(
    board: &Board<'_>,
    denoted: &[Vec<EntityIndex>],
    subject: usize,
    root: usize,
) -> Vec<EntityIndex> {
    let document = board.document;
    let mut verbs_and_objects = vec![root];
    verbs_and_objects.extend(document.children_by(root, Deprel::Dobj));
    let with = verbs_and_objects
        .into_iter()
        .flat_map(|above| document.children_by(above, Deprel::Prep))
        .filter(|&prep| document.lemma(prep) == "with")
        .find_map(|prep| document.children_by(prep, Deprel::Pobj).next());
    // "Adan met Noor"
    let meets = matches!(
        document.lemma(root),
        "call" | "host" | "meet" | "phone" | "receive" | "see" | "telephone" | "visit" | "welcome"
    );
    let with = with.or_else(|| document.children_by(root, Deprel::Dobj).next().filter(|_| meets));
    let ([_, ..], Some([_, ..])) = (&denoted[subject][..], with.map(|with| &denoted[with][..])) else {
        return Vec::new();
    };
    let mut company = denoted[subject].clone();
    let mut next = with;
    while let Some(at) = next {
        company.extend(denoted[at].iter().copied());
        next = document.children_by(at, Deprel::Conj).next();
    }
    let before = company.len();
    company.sort_unstable();
    company.dedup();
    let side = |&entity: &EntityIndex| matches!(board.drafts[entity].kind, EntityKind::Person | EntityKind::Group);
    if company.len() == before && company.iter().all(side) { company } else { Vec::new() }
}

/// "We", where "the following statement was released by the Governments of X, Y and Z": all of them.
pub(super) fn of_issuers(board: &Board<'_>, denoted: &[Vec<EntityIndex>]) -> Vec<EntityIndex> {
    let document = board.document;
    let end = document.sentences().get(ISSUED).map_or(document.tokens().len(), |sentence| sentence.tokens.start);
    let issued = (0..end).find(|&token| {
        matches!(document.lemma(token), "release" | "issue")
            && document.children_by(token, Deprel::Agent).next().is_some()
    });
    let by = issued.and_then(|verb| document.children_by(verb, Deprel::Agent).next());
    let known = |side: &EntityIndex| by.is_some() || board.drafts[*side].id.starts_with('Q');
    let Some(phrase) = by.map(|by| document.phrase(by)).or_else(|| joint_subject(board, end)) else {
        return Vec::new();
    };
    let mut issuers = Vec::new();
    for token in phrase {
        // "on the occasion of", "after the meeting": no issuers any more; "on behalf of X" goes on.
        if matches!(document.lemma(token), "occasion" | "after" | "following" | "during" | "regarding" | "about" | "as")
        {
            break;
        }
        for &entity in &denoted[token] {
            issuers.extend(board.side_of(entity).filter(|side| !issuers.contains(side)).filter(known));
        }
    }
    // "the G7 foreign ministers of Canada, France ...": the group says it, its members stand in it.
    let whole = issuers.clone();
    issuers.retain(|&member| !whole.iter().any(|&group| board.is_member(member, group)));
    issuers
}

/// "Representatives of X, Y and Z met in Rome", "We, the ministers of X, Y and Z, condemn", "Joint Statement from X and Y": whose a
/// joint statement is, by its opening.
fn joint_subject(board: &Board<'_>, end: usize) -> Option<Range<usize>> {
    let document = board.document;
    let country = |&t: &usize| board.names.at(t).is_some_and(|(_, name)| name.kind == NameKind::Country);
    let is_list = |&subject: &usize| document.phrase(subject).filter(country).count() >= 3;
    let subject = |token: &usize| document.token(*token).deprel == Deprel::Nsubj;
    let listed = (0..end).filter(|_| board.joint).filter(subject).find(is_list).map(|subject| document.phrase(subject));
    // "Joint Statement from X and Y"
    let headline = || {
        let text = document.text();
        let line = text.trim_start().lines().next().unwrap_or_default();
        let start = text.len() - text.trim_start().len();
        let tokens = 0..(0..end).find(|&t| document.token(t).span.start >= start + line.len()).unwrap_or(end);
        let said = line.to_lowercase().contains("joint statement");
        (said && board.joint && tokens.clone().filter(country).count() >= 2).then_some(tokens)
    };
    // "We, the leaders of the G7, condemn"
    let named = || {
        let we = (0..end).find(|&t| board.joint && document.word(t).eq_ignore_ascii_case("we"))?;
        document.children_by(we, Deprel::Appos).next().map(|appos| document.phrase(appos))
    };
    listed.or_else(named).or_else(headline)
}
