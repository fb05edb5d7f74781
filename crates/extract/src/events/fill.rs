//! From a rule's match to a draft: words in roles become entities, and what makes no sense is dropped.
//!
//! States, not their spokesmen, give aid and are bound by treaties: a person in such a role stands for their country.

use entente_model::{Details, EntityKind, EventType, Factuality, Role};
use entente_nlp::{Deprel, Tag, Upos};
use entente_rules::Match;

use super::{
    attack, contact,
    context::Context,
    details,
    draft::{Draft, Filled},
    refuse, stance, status, unfit,
};
use crate::entities::EntityIndex;

/// Makes drafts of a match: one, or one for each destination of a trip and each of separate meetings; none where the sentence
/// takes the event back.
pub(crate) fn drafts(context: &Context<'_>, found: &Match) -> Vec<Draft> {
    let Some(draft) = draft(context, found) else { return Vec::new() };
    let with = |role: Role, filled: Vec<Filled>| {
        let mut one = draft.clone();
        one.set_role(role, filled);
        one
    };
    let destinations = draft.role(Role::Destination).to_vec();
    if destinations.len() > 1 {
        return destinations.into_iter().map(|destination| with(Role::Destination, vec![destination])).collect();
    }
    let separate = contact::separate(context, &draft);
    if separate.len() > 1 {
        return separate.into_iter().map(|participants| with(Role::Participant, participants)).collect();
    }
    vec![draft]
}

fn draft(context: &Context<'_>, found: &Match) -> Option<Draft> {
    let rule = &context.rules.rules()[found.rule];
    let mut draft = Draft {
        theme: found.theme,
        stage: rule.settings.stage,
        factuality: rule.settings.factuality.unwrap_or(Factuality::Actual),
        stance: rule.settings.stance,
        aid_kind: rule.settings.kind,
        finance: rule.settings.finance,
        details: Details { instruments: rule.settings.instrument.into_iter().collect(), ..Details::default() },
        bare: is_bare(context, found.trigger),
        ..Draft::new(context, rule.event, found.trigger, &rule.id, rule.confidence)
    };
    let mut signatories: Vec<Filled> = Vec::new();
    for (role, tokens) in &found.arguments {
        let mut filled: Vec<Filled> = Vec::new();
        for &token in tokens.iter().filter(|&&token| !unfit::fills_none(context, &draft, *role, token)) {
            let mut denoted = entities_in_role(context, rule.event, *role, token);
            if denoted.is_empty() && rule.event.is_plover() {
                denoted.extend(context.entities.nationality(token).or_else(|| context.entities.collective(token)));
            }
            // "rights groups accused X"
            if denoted.is_empty() && (rule.event, *role) == (EventType::Statement, Role::Speaker) {
                let named = |entity: &EntityIndex| {
                    context.rules.lexicon().contains("speaking-groups", &context.entities.get(*entity).name)
                };
                denoted.extend(context.entities.collective(token).filter(named));
            }
            // "travel bans on 36 Russians" are aimed at their state.
            if denoted.is_empty() && (rule.event, *role) == (EventType::Sanction, Role::Target) {
                denoted.extend(context.entities.nationality(token));
            }
            // "the Russians struck", "gunmen killed 14 farmers": people without a name, if no more is known of them.
            if denoted.is_empty() && rule.event == EventType::Attack {
                denoted.extend(context.entities.nationality(token).or_else(|| context.entities.collective(token)));
            }
            for entity in denoted {
                let again = signatories.iter().any(|held| held.entity == entity);
                if !again && signs(context, &draft, *role, entity, found.trigger, token) {
                    signatories.push(Filled { entity, mention: token });
                }
                let own = || owner_of_organ(context, entity, token);
                let entity = if is_side_role(draft.kind, *role) {
                    own().or_else(|| side(context, entity))
                } else {
                    Some(entity)
                };
                if let Some(entity) = entity.filter(|e| filled.iter().all(|f| f.entity != *e)) {
                    filled.push(Filled { entity, mention: token });
                }
            }
        }
        draft.set_role(*role, filled);
    }
    if draft.kind == EventType::Statement {
        stance::settle_speaker(context, &mut draft, found.role(Role::Speaker));
        stance::drop_scene(context, &mut draft);
    }
    tidy(context, &mut draft);
    stance::face_each_other(&mut draft);
    if draft.kind == EventType::Attack {
        attack::settle_sides(context, &mut draft);
    }
    draft.set_role(Role::Signatory, signatories);
    if draft.kind.is_plover() {
        settle_people(context, found, &mut draft);
    }
    if draft.kind == EventType::Cooperate {
        settle_partners(context, &mut draft);
    }
    if refuse::is_no_event(context, &draft) {
        return None;
    }
    let told = status::apply(context, &mut draft);
    // Who refuses or hopes to sign has not signed.
    if !details::is_made(&draft) {
        draft.set_role(Role::Signatory, Vec::new());
    }
    told.then_some(draft)
}

/// "Foreign Minister X signed the treaty": a person who acts in the signing puts the name to it, for a party.
fn signs(context: &Context<'_>, draft: &Draft, role: Role, entity: EntityIndex, trigger: usize, token: usize) -> bool {
    // "their ministers signed": not those whose ministers they are.
    let of_others =
        context.document.children_by(token, Deprel::Poss).any(|c| context.document.token(c).tag == Tag::PrpS);
    draft.kind == EventType::Agreement
        && role == Role::Party
        && !of_others
        && context.in_list(trigger, "putting-name-verbs")
        && context.entities.get(entity).kind == EntityKind::Person
        && context.grammar().subjects(trigger).iter().flatten().any(|&subject| subject == token)
}

/// What a state does to its own people or in its own city it does to them: "Iran freed Iranian **prisoners**", "the curfew in
/// **Tehran**". Of people without a name no more is told than what somebody with a name does to them, or they to somebody.
fn settle_people(context: &Context<'_>, found: &Match, draft: &mut Draft) {
    let people = |token: usize| {
        let mention = headed(context, token);
        context.entities.collective(mention).map(|entity| Filled { entity, mention })
    };
    if draft.role(Role::Recipient).is_empty() {
        let own = found.role(Role::Recipient).iter().filter_map(|&token| {
            let city = || {
                let place = context.entities.place_of(token)?;
                let city = context.entities.get(place).kind == EntityKind::Place;
                city.then_some(Filled { entity: place, mention: token })
            };
            people(token).or_else(city)
        });
        let own: Vec<Filled> = own.collect();
        draft.set_role(Role::Recipient, own);
    }
    // "Brazil's truck drivers called off their strike against the Brazilian government": so do they to it.
    if draft.role(Role::Recipient).is_empty()
        && let [side] = draft.role(Role::Actor)[..]
        && let Some(drivers) = found.role(Role::Actor).iter().find_map(|&token| people(token))
        && let Some(&mention) = found.role(Role::Recipient).first()
    {
        draft.set_role(Role::Actor, vec![drivers]);
        draft.set_role(Role::Recipient, vec![Filled { mention, ..side }]);
    }
    let unnamed = |f: &Filled| context.entities.collective(f.mention) == Some(f.entity);
    if draft.roles.iter().flat_map(|(_, filled)| filled).all(unnamed) {
        draft.set_role(Role::Actor, Vec::new());
        draft.set_role(Role::Recipient, Vec::new());
    }
}

/// Who works with whom: bodies of one state do not cooperate with it, nor with people without a name; and those who promise
/// something together promise it to each other.
fn settle_partners(context: &Context<'_>, draft: &mut Draft) {
    let actors: Vec<EntityIndex> = draft.entities(Role::Actor);
    let states: Vec<Option<EntityIndex>> = actors.iter().map(|&actor| context.state_of(actor)).collect();
    let named = |f: &Filled| context.entities.collective(f.mention) != Some(f.entity);
    let foreign = |f: &Filled| {
        let state = context.state_of(f.entity);
        state.is_none() || !states.contains(&state)
    };
    let mut recipients = draft.role(Role::Recipient).to_vec();
    recipients.retain(|f| named(f) && foreign(f));
    // "Students contributed to": without a name, whose help it is nobody says.
    if draft.role(Role::Actor).iter().all(|f| !named(f)) {
        draft.set_role(Role::Actor, Vec::new());
        return;
    }
    let several = states.iter().any(|state| *state != states[0]);
    if draft.rule == "cooperate.promise" && several {
        recipients.clear();
    }
    draft.set_role(Role::Recipient, recipients);
    let at_home = actors.len() > 1 && !several && states[0].is_some() && actors.iter().all(|&a| Some(a) != states[0]);
    if at_home && draft.role(Role::Recipient).is_empty() {
        draft.set_role(Role::Actor, Vec::new());
    }
}

/// The noun that a word modifies: of "Iranian" in "Iranian prisoners", of "Iran" in "prisoners in Iran" the prisoners.
fn headed(context: &Context<'_>, token: usize) -> usize {
    let document = context.document;
    let head = document.head(token);
    match document.token(token).deprel {
        Deprel::Amod | Deprel::Compound | Deprel::Nmod | Deprel::Poss => head,
        Deprel::Pobj => head
            .filter(|&word| document.token(word).deprel == Deprel::Prep)
            .and_then(|word| document.head(word))
            .filter(|&noun| document.token(noun).upos == Upos::Noun),
        _ => None,
    }
    .unwrap_or(token)
}

/// Whether no verb stands above a trigger: "Readout of the minister's call with X".
fn is_bare(context: &Context<'_>, trigger: usize) -> bool {
    let grammar = context.grammar();
    !grammar.is_verb(trigger) && !context.document.ancestors(trigger).any(|above| grammar.is_verb(above))
}

/// What a word denotes in a role: a place where the role is one, else actors.
fn entities_in_role(context: &Context<'_>, event: EventType, role: Role, token: usize) -> Vec<EntityIndex> {
    let place = context.entities.place_of(token);
    match role {
        Role::Destination => place.map_or_else(|| countries(context, token), |p| vec![p]),
        Role::Target | Role::Recipient | Role::Actor => {
            let city = place.filter(|p| context.entities.get(*p).kind == EntityKind::Place);
            match city {
                // An attack hits the city; sanctions "on Moscow" are aimed at the state.
                Some(city)
                    if event == EventType::Attack && role == Role::Target || context.actors(token).is_empty() =>
                {
                    vec![city]
                }
                _ => {
                    let actors = context.actors(token);
                    if actors.is_empty() { place.into_iter().collect() } else { actors }
                }
            }
        }
        _ => context.actors(token),
    }
}

fn countries(context: &Context<'_>, token: usize) -> Vec<EntityIndex> {
    let mut actors = context.actors(token);
    actors.retain(|&a| context.entities.get(a).kind == EntityKind::Country);
    actors
}

/// Roles that states and organisations have, and persons only for them.
fn is_side_role(kind: EventType, role: Role) -> bool {
    !kind.is_plover() && matches!(role, Role::Donor | Role::Recipient | Role::Party | Role::Sender)
}

/// The state or body that a person stands for, or the state that a parliament or a ministry acts for;
/// a person without one fills no such role.
pub(super) fn side(context: &Context<'_>, entity: EntityIndex) -> Option<EntityIndex> {
    let draft = context.entities.get(entity);
    let organ = || {
        draft.name.split(' ').any(|word| context.rules.lexicon().contains("state-organ-words", &word.to_lowercase()))
    };
    match draft.kind {
        EntityKind::Person => draft.country,
        // "The Department", "the Departments of the Treasury and State", in what a government publishes, are parts of it.
        EntityKind::Organization if organ() => {
            let part = |word: &str| matches!(word, "Administration" | "Department" | "Departments");
            let own = || context.entities.publisher().filter(|_| draft.name.split(' ').any(part));
            draft.country.or_else(own).or(Some(entity))
        }
        _ => Some(entity),
    }
}

/// "**Indonesia's** Parliament", "**its** Foreign Ministry": whose organ without a name of its own acts.
fn owner_of_organ(context: &Context<'_>, entity: EntityIndex, token: usize) -> Option<EntityIndex> {
    let held = context.entities.get(entity);
    let bare = held.kind == EntityKind::Organization && held.country.is_none() && !held.id.starts_with('Q');
    let last = held.name.rsplit(' ').next().unwrap_or_default().to_lowercase();
    if !bare || !context.rules.lexicon().contains("state-organ-words", &last) {
        return None;
    }
    // "its Foreign Ministry said that it would": the words by which it is named there.
    let sentence = context.document.sentence_of(token).tokens.clone();
    let named = sentence.filter(|&t| t == token || context.entities.of_phrase(t) == [entity]);
    let owners = named.flat_map(|t| context.document.children_by(t, Deprel::Poss));
    let country = |e: &EntityIndex| context.entities.get(*e).kind == EntityKind::Country;
    owners.into_iter().flat_map(|owner| context.actors(owner)).find(country)
}

/// Takes back fillers that contradict each other.
fn tidy(context: &Context<'_>, draft: &mut Draft) {
    let opposed: &[(Role, Role)] = &[
        (Role::Donor, Role::Recipient),
        (Role::Sender, Role::Target),
        (Role::Attacker, Role::Target),
        (Role::Speaker, Role::Addressee),
        (Role::Visitor, Role::Destination),
        (Role::Host, Role::Visitor),
        (Role::Actor, Role::Recipient),
    ];
    for &(first, second) in opposed {
        let id = |f: &Filled| context.entities.get(f.entity).id.as_str();
        let taken: Vec<&str> = draft.role(first).iter().map(id).collect();
        let left: Vec<Filled> = draft.role(second).iter().copied().filter(|f| !taken.contains(&id(f))).collect();
        if left.len() != draft.role(second).len() {
            draft.set_role(second, left);
        }
    }
    if draft.kind == EventType::Statement {
        // "The minister thanked Kenya" said by Kenya's own minister is no stance towards another side; "the party accused the Kenyan
        // government" is.
        let domestic = context.in_list(draft.trigger, "condemning-verbs");
        let own = draft.role(Role::Speaker).iter().map(|f| context.entities.get(f.entity));
        let own = own.filter(|held| !domestic || held.kind == EntityKind::Person);
        let own: Vec<EntityIndex> = own.filter_map(|held| held.country).collect();
        // Whoever condemns the government of their own country is not of it.
        let organ = |f: &Filled| {
            let lemma = context.document.lemma(f.mention).to_lowercase();
            domestic
                && matches!(
                    lemma.as_str(),
                    "administration" | "army" | "authority" | "government" | "junta" | "military" | "police" | "regime"
                )
        };
        let left = draft.role(Role::Addressee).iter().copied();
        let left: Vec<Filled> = left.filter(|f| !own.contains(&f.entity) || organ(f)).collect();
        draft.set_role(Role::Addressee, left);
    }
    if draft.kind == EventType::Request {
        // "We must act", said by the country's own minister, asks nothing of another side.
        let own: Vec<EntityIndex> =
            draft.role(Role::Actor).iter().filter_map(|f| context.entities.get(f.entity).country).collect();
        // The country's government, called so, is another than who asks.
        let named = |f: &Filled| {
            let ours = |&child: &usize| context.document.token(child).tag == Tag::PrpS;
            matches!(context.document.lemma(f.mention), "government" | "authority" | "regime")
                && !context.document.children(f.mention).any(|child| ours(&child))
        };
        let left: Vec<Filled> =
            draft.role(Role::Recipient).iter().copied().filter(|f| !own.contains(&f.entity) || named(f)).collect();
        draft.set_role(Role::Recipient, left);
    }
    if draft.kind == EventType::Agreement {
        drop_adjectives(context, draft);
        drop_outsiders(context, draft);
    }
    if draft.kind == EventType::Visit {
        implied_visit(context, draft);
    }
    if matches!(draft.kind, EventType::Meeting | EventType::Call) {
        contact::drop_own_body(context, draft);
        contact::fill_list(context, draft);
        contact::drop_own_country(context, draft);
        contact::drop_one_sided(context, draft);
    }
}

/// "Norway announced a deal **between** Chad and Sudan": where the text says between whom it is, nobody else is a party.
fn drop_outsiders(context: &Context<'_>, draft: &mut Draft) {
    let document = context.document;
    let between = |f: &Filled| {
        let joined = |&t: &usize| document.token(t).deprel == Deprel::Conj;
        let first = std::iter::once(f.mention).chain(document.ancestors(f.mention)).find(|t| !joined(t));
        first.and_then(|t| document.head(t)).is_some_and(|word| document.word(word).eq_ignore_ascii_case("between"))
    };
    let parties = draft.role(Role::Party).to_vec();
    let left: Vec<Filled> = parties.iter().copied().filter(between).collect();
    if left.len() >= 2 && left.len() != parties.len() {
        draft.set_role(Role::Party, left);
    }
}

/// "China and the United Nations signed the Korean Armistice": an adjective names a party only where nothing else does.
fn drop_adjectives(context: &Context<'_>, draft: &mut Draft) {
    let parties = draft.role(Role::Party).to_vec();
    let adjective =
        |f: &Filled| matches!(context.document.token(f.mention).deprel, Deprel::Amod | Deprel::Compound | Deprel::Nmod);
    // "left the Energy Charter Treaty": a name that nobody knows is a part of the title.
    let document = context.document;
    let titles = |f: &Filled| {
        let joins = |&t: &usize| matches!(document.token(t).deprel, Deprel::Amod | Deprel::Compound | Deprel::Nmod);
        let chain = std::iter::once(f.mention).chain(document.ancestors(f.mention));
        draft.theme.is_some() && chain.take_while(joins).any(|t| document.head(t) == draft.theme)
    };
    let unknown = |f: &Filled| {
        let held = context.entities.get(f.entity);
        adjective(f) && titles(f) && held.kind == EntityKind::Organization && !held.id.starts_with('Q')
    };
    let known: Vec<Filled> = parties.iter().copied().filter(|f| !unknown(f)).collect();
    let left: Vec<Filled> = known.iter().copied().filter(|f| !adjective(f)).collect();
    if left.len() >= 2 && left.len() != parties.len() {
        draft.set_role(Role::Party, left);
    } else if known.len() != parties.len() {
        draft.set_role(Role::Party, known);
    }
}

/// Being somewhere is a visit only abroad: a president in the president's own country is at home.
fn implied_visit(context: &Context<'_>, draft: &mut Draft) {
    // One is welcomed to an office every day: only a place or a country makes it a journey.
    if draft.rule == "visit.welcome"
        && draft.role(Role::Destination).iter().any(|f| context.entities.get(f.entity).kind == EntityKind::Organization)
    {
        draft.set_role(Role::Destination, Vec::new());
    }
    // "will not stop in X" is of war as much as of travel.
    if draft.rule == "visit.halt" && context.grammar().negated(draft.trigger) {
        draft.set_role(Role::Destination, Vec::new());
    }
    if !matches!(
        draft.rule.as_str(),
        "visit.attend"
            | "visit.be"
            | "visit.in"
            | "visit.on-to"
            | "visit.returned"
            | "visit.tour-site"
            | "visit.welcomed-in"
    ) {
        return;
    }
    let home: Vec<Option<EntityIndex>> =
        draft.role(Role::Visitor).iter().map(|f| context.entities.get(f.entity).country).collect();
    let at_home = draft.role(Role::Destination).iter().any(|f| {
        let country = context.state_of(f.entity);
        country.is_some() && home.contains(&country)
    });
    // "was in Cairo in August" tells of a visit by the day and by whose country is another; "is in Cairo" may be a home.
    let dates = context.dates_in(context.document.token(draft.trigger).sentence);
    let dated = dates.iter().any(|date| (draft.trigger + 1..draft.trigger + 9).contains(&date.tokens.start));
    let unknown = home.iter().any(Option::is_none);
    let stays = draft.rule == "visit.in" && (!dated || unknown) || draft.rule == "visit.returned" && unknown;
    if at_home || stays {
        draft.set_role(Role::Destination, Vec::new());
    }
}
