//! Whom a common noun denotes: organs of a state or an organisation, and nouns that take up somebody.
//!
//! In: a noun that is no name and no office. Out: the sides that it stands for, or nobody.
//! "Israel's army" and "Israeli officials" are Israel, "the Biden administration" is the United States;
//! "the army" is the one just named.

use entente_model::EntityKind;
use entente_nlp::{Deprel, Tag, Upos};

use super::EntityIndex;
use super::board::{Board, Origin};
use super::descriptions;
use super::discourse::Discourse;
use super::surroundings;
use super::taken_up;
use crate::actors::ActorIndex;
use crate::mentions::NameKind;

/// Common nouns: organs of a state or an organisation, and nouns that take up somebody.
pub(super) fn nominal(
    board: &mut Board<'_>,
    denoted: &[Vec<EntityIndex>],
    discourse: &Discourse,
    token: usize,
) -> Vec<EntityIndex> {
    let document = board.document;
    let lemma = document.lemma(token).to_lowercase();
    let lemma = lemma.as_str();
    if let Some(people) = contained(board, token, lemma) {
        return nominal(board, denoted, discourse, people);
    }
    let friends = are_friends(board, token, lemma);
    let campaign = lemma == "campaign" && speaks(board, token);
    let organ = friends || campaign || board.vocabulary.has("state-organs", lemma);
    let organ_of_organization = board.vocabulary.has("organization-organs", lemma);
    let several_sides = matches!(document.token(token).tag, Tag::Nns)
        && board.vocabulary.has("pair-nouns", lemma)
        && document.children_by(token, Deprel::Poss).any(|c| document.token(c).tag == Tag::PrpS);
    let private = document.children(token).any(|child| {
        matches!(document.token(child).deprel, Deprel::Amod | Deprel::Compound | Deprel::Nmod)
            && board.vocabulary.has("private-words", &document.word(child).to_lowercase())
    });
    if private {
        return Vec::new();
    }
    if (organ || organ_of_organization) && !several_sides {
        let mut sides = Vec::new();
        for modifier in modifiers(board, token) {
            // "our Canadian friends" are Canada, whoever we are.
            if friends && document.token(modifier).tag == Tag::PrpS {
                continue;
            }
            for &entity in &side_of(board, denoted, modifier) {
                let kind = board.drafts[entity].kind;
                let described =
                    || ["country-nouns", "alliance-nouns"].iter().any(|list| board.vocabulary.has(list, lemma));
                if is_bygone_or_unknown(board, entity) && described() {
                    continue;
                }
                // "our NATO ally" is one of its members, which is not named here.
                let one_of = matches!(lemma, "ally" | "member" | "partner") && document.token(token).tag == Tag::Nn;
                if one_of && matches!(kind, EntityKind::Organization | EntityKind::Group) {
                    continue;
                }
                let fits = match kind {
                    EntityKind::Country => organ,
                    EntityKind::Organization | EntityKind::Group => {
                        organ_of_organization || matches!(lemma, "government" | "administration")
                    }
                    _ => false,
                };
                let side = match kind {
                    EntityKind::Person if acts_for_leader(lemma) => board.drafts[entity].country,
                    // "Abbas's office condemned": an office speaks for whose it is.
                    EntityKind::Person if lemma == "office" => Some(entity),
                    // "the Mutasa campaign accused": a campaign speaks for whose it is, and does no more for them.
                    EntityKind::Person if campaign => Some(entity),
                    _ if fits => Some(entity),
                    _ => None,
                };
                if let Some(side) = side
                    && !sides.contains(&side)
                {
                    sides.push(side);
                }
            }
        }
        if sides.is_empty() && organ && document.token(token).tag == Tag::Nns {
            sides.extend(host_of_sentence(board, token));
        }
        if !sides.is_empty() {
            return sides;
        }
    }
    if organ
        && !several_sides
        && !board.vocabulary.has("country-nouns", lemma)
        && modifiers(board, token).into_iter().all(|modifier| says_no_whose(board, modifier))
        && is_definite(board, token)
    {
        if lemma == "administration"
            && let Some(home) = board.home
        {
            return vec![board.bare_actor_entity(home)];
        }
        // "the army" goes on about the one army that the text has named.
        let mut sides: Vec<EntityIndex> = (0..token)
            .filter(|&t| document.lemma(t) == lemma && board.names.at(t).is_none())
            .flat_map(|t| denoted[t].iter().copied())
            .collect();
        sides.sort_unstable();
        sides.dedup();
        if let [only] = sides[..] {
            return vec![only];
        }
        if sides.is_empty()
            && matches!(lemma, "government" | "army" | "military" | "ministry" | "junta" | "regime")
            && let Some(country) = surroundings::main_country(board).filter(|&country| board.home != Some(country))
            && !others_named(board, token, country)
        {
            return vec![board.bare_actor_entity(country)];
        }
    }
    if let Some(side) = descriptions::described(board, discourse, token, lemma) {
        return vec![side];
    }
    taken_up::taken_up(board, denoted, discourse, token, lemma)
}

/// "the former Soviet republic", "the East African nation": a state that has ended, or a name that no file knows, says which
/// country is meant no more than any adjective.
fn is_bygone_or_unknown(board: &Board<'_>, entity: EntityIndex) -> bool {
    match board.origins[entity] {
        Origin::Actor(actor) => {
            board.actors.actor(actor).until.is_some_and(|until| board.date.is_none_or(|date| until.year < date.year))
        }
        Origin::Local => board.drafts[entity].kind == EntityKind::Group,
        Origin::Person(_) => false,
    }
}

/// "In Nepal, the envoy will meet with senior officials": those of the country that the sentence opens with.
fn host_of_sentence(board: &mut Board<'_>, token: usize) -> Option<EntityIndex> {
    let document = board.document;
    let opening = document.sentence_of(token).tokens.start;
    let people = matches!(document.lemma(token), "official" | "leader" | "minister" | "authority" | "parliamentarian");
    let met = matches!(document.token(token).deprel, Deprel::Pobj | Deprel::Conj | Deprel::Dobj)
        && document.ancestors(token).take(3).any(|above| matches!(document.lemma(above), "with" | "meet"));
    // "business leaders" are not the state's.
    let public = document
        .children(token)
        .filter(|&c| matches!(document.token(c).deprel, Deprel::Amod | Deprel::Compound | Deprel::Nmod))
        .all(|c| {
            let word = document.word(c).to_lowercase();
            matches!(word.as_str(), "senior" | "government" | "other" | "key" | "top" | "high" | "level" | "national")
        });
    if !(people && met && public && document.lemma(opening).eq_ignore_ascii_case("in")) {
        return None;
    }
    let object = document.children_by(opening, Deprel::Pobj).next()?;
    if document.children_by(object, Deprel::Conj).next().is_some() {
        return None;
    }
    let (number, _) = board.names.at(object)?;
    let entity = board.place_of_name[number].or(board.of_name[number])?;
    let country = board.country_actor(entity)?;
    Some(board.bare_actor_entity(country))
}

/// "On Burma, they urged the regime to": where the sentence has named another country, it is not that of the whole article.
fn others_named(board: &Board<'_>, token: usize, main: ActorIndex) -> bool {
    let start = board.document.sentence_of(token).tokens.start;
    let country = |t: usize| {
        let (number, name) = board.names.innermost(t)?;
        let entity = board.of_name[number].filter(|_| name.kind == NameKind::Country)?;
        board.country_actor(entity)
    };
    let named: Vec<ActorIndex> = (start..token).filter_map(country).filter(|&c| board.home != Some(c)).collect();
    !named.is_empty() && !named.contains(&main)
}

/// "the army", "that army"
fn is_definite(board: &Board<'_>, token: usize) -> bool {
    board
        .document
        .children_by(token, Deprel::Det)
        .any(|det| matches!(board.document.lemma(det), "the" | "this" | "that"))
}

/// Organs that the news gives to a leader for the state: "the Biden administration", "Putin's forces".
fn acts_for_leader(lemma: &str) -> bool {
    matches!(
        lemma,
        "administration"
            | "government"
            | "regime"
            | "force"
            | "troop"
            | "military"
            | "army"
            | "cabinet"
            | "delegation"
            | "junta"
            | "country"
            | "side"
            | "ministry"
            | "foreign ministry"
            | "official"
            | "diplomat"
            | "negotiator"
            | "warplane"
            | "police"
    )
}

/// "our Canadian friends", "his Qatari colleagues": a state by its people, who are somebody's friends.
fn are_friends(board: &Board<'_>, token: usize, lemma: &str) -> bool {
    let document = board.document;
    let whose = |word: &str| matches!(word, "our" | "their" | "its" | "his" | "her" | "my");
    matches!(lemma, "ally" | "brother" | "colleague" | "friend" | "neighbor" | "neighbour" | "partner")
        && document.token(token).tag == Tag::Nns
        && document.children_by(token, Deprel::Poss).any(|c| whose(&document.word(c).to_lowercase()))
        && document.children_by(token, Deprel::Amod).any(|c| board.names.innermost(c).is_some())
}

/// Whether the subject of a verb of saying or judging.
fn speaks(board: &Board<'_>, token: usize) -> bool {
    let document = board.document;
    let verb = document.head(token).filter(|_| document.token(token).deprel == Deprel::Nsubj);
    let says = |verb: usize| {
        let lemma = document.lemma(verb).to_lowercase();
        ["reporting-verbs", "addressing-verbs"].iter().any(|list| board.vocabulary.has(list, &lemma))
    };
    verb.is_some_and(says)
}

/// "the **military** regime", "the **new** government": a word before an organ that says of nobody's.
fn says_no_whose(board: &Board<'_>, modifier: usize) -> bool {
    let word = board.document.word(modifier).to_lowercase();
    board.names.innermost(modifier).is_none()
        && matches!(
            word.as_str(),
            "caretaker"
                | "current"
                | "defence"
                | "defense"
                | "foreign"
                | "interim"
                | "military"
                | "new"
                | "ruling"
                | "transitional"
        )
}

/// The words that may say whose an organ is: "Russian", "Israel's", "his", "of Ukraine", and what is joined to them.
fn modifiers(board: &Board<'_>, token: usize) -> Vec<usize> {
    let document = board.document;
    let mut found = Vec::new();
    for child in document.children(token) {
        match document.token(child).deprel {
            Deprel::Amod | Deprel::Compound | Deprel::Nmod | Deprel::Poss => with_conjuncts(board, child, &mut found),
            Deprel::Prep if matches!(document.lemma(child), "of" | "from" | "in") => {
                let objects: Vec<usize> = document.children_by(child, Deprel::Pobj).collect();
                for object in objects {
                    if document.lemma(child) == "of"
                        || board.names.at(object).is_some_and(|(_, name)| name.kind == NameKind::Country)
                            && (document.lemma(child) == "from" || rules_in(board, token))
                    {
                        with_conjuncts(board, object, &mut found);
                    }
                }
            }
            _ => {}
        }
    }
    // A modifier that the tree hangs elsewhere, right before the noun.
    if found.is_empty()
        && let Some(before) = token.checked_sub(1)
        && board.names.at(before).is_some_and(|(_, name)| name.kind == NameKind::Country)
        && document.token(before).sentence == document.token(token).sentence
    {
        found.push(before);
    }
    found
}

/// "the military junta **in Myanmar**", "officials **in Moscow** accused": who rules or speaks where they are is of that state.
fn rules_in(board: &Board<'_>, token: usize) -> bool {
    let document = board.document;
    match document.lemma(token).to_lowercase().as_str() {
        "authority" | "government" | "junta" | "regime" => true,
        "diplomat" | "leader" | "official" => {
            document.token(token).tag == Tag::Nns
                && document.token(token).deprel == Deprel::Nsubj
                && document.phrase(token).start == document.sentence_of(token).tokens.start
        }
        _ => false,
    }
}

/// "a range of Japanese **officials**": the people of whom there are so many.
fn contained(board: &Board<'_>, token: usize, lemma: &str) -> Option<usize> {
    let document = board.document;
    let of = |&prep: &usize| document.lemma(prep) == "of";
    let people = || {
        let prep = document.children_by(token, Deprel::Prep).find(of)?;
        document.children_by(prep, Deprel::Pobj).find(|&object| document.token(object).tag == Tag::Nns)
    };
    board.vocabulary.has("container-nouns", lemma).then(people).flatten()
}

fn with_conjuncts(board: &Board<'_>, token: usize, found: &mut Vec<usize>) {
    let mut queue = vec![token];
    while let Some(next) = queue.pop() {
        found.push(next);
        queue.extend(board.document.children_by(next, Deprel::Conj));
        // "the Israeli prime minister's office", "U.S. military officials": one step further in
        if board.document.token(next).upos == Upos::Noun || board.names.at(next).is_none() {
            queue.extend(board.document.children(next).filter(|&child| {
                matches!(
                    board.document.token(child).deprel,
                    Deprel::Amod | Deprel::Compound | Deprel::Nmod | Deprel::Poss
                )
            }));
        }
    }
    found.sort_unstable();
    found.dedup();
}

/// The side that a modifier names.
fn side_of(board: &Board<'_>, denoted: &[Vec<EntityIndex>], token: usize) -> Vec<EntityIndex> {
    if let Some((number, _)) = board.names.innermost(token) {
        if let Some(sides) = board.names.at(token).and_then(|(outer, _)| board.sides_of_name.get(&outer)) {
            return sides.clone();
        }
        return board.of_name[number].into_iter().collect();
    }
    denoted[token].clone()
}
