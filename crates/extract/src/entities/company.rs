//! Those who were together: whom "the leaders" and "they" mean in the report of a meeting.
//!
//! In: who was mentioned so far. Out: the persons whom the opening brings together, or the subject of the sentence before
//! with those whom it met; nobody where other people have come between.

use entente_model::EntityKind;
use entente_nlp::Deprel;

use super::EntityIndex;
use super::board::Board;
use super::pronouns::Discourse;

/// In how many sentences from the start a report says who met.
const OPENING: usize = 4;
/// How many sentences back somebody of the company must have been named.
const REACH: usize = 4;
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
