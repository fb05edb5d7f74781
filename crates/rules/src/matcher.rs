//! Rules run over a document: triggers first, then conditions, then roles.
//!
//! In: a document and what its words denote. Out: at most one [`Match`] for a trigger and an event type:
//! the rule that fills most roles, then the one with most fillers, then the one with most conditions, then the first.

use entente_model::{EventType, Role};
use entente_nlp::{Document, Upos};

use crate::{
    Classes, Grammar, Group, RuleSet,
    rule::{Condition, RoleRule, Rule, Words},
};

/// An event mention: a rule, its trigger and its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Number of the rule in [`RuleSet::rules`].
    pub rule: usize,
    /// The trigger's token.
    pub trigger: usize,
    /// Heads of the phrases in each role, in the rule's order of roles; a role without a filler is left out.
    pub arguments: Vec<(Role, Group)>,
    /// The word that attributes are read off, where the rule names one.
    pub theme: Option<usize>,
}

impl Match {
    /// The heads in a role.
    pub fn role(&self, role: Role) -> &[usize] {
        self.arguments.iter().find(|(r, _)| *r == role).map_or(&[], |(_, group)| group)
    }
}

impl RuleSet {
    /// All matches in a document, in order of triggers.
    ///
    /// `classes` says what a token, read as the head of a phrase or as a modifier, may denote.
    pub fn matches(&self, document: &Document, classes: &dyn Fn(usize) -> Classes) -> Vec<Match> {
        let grammar = Grammar::new(document, &self.lexicon);
        let mut matches = Vec::new();
        for trigger in 0..document.tokens().len() {
            let Some(candidates) = self.triggers.get(&grammar.lemma(trigger)) else { continue };
            let mut best: Vec<(EventType, (usize, usize, usize), Match)> = Vec::new();
            for &index in candidates {
                let rule = &self.rules[index];
                let Some(found) = apply(&grammar, index, rule, trigger, classes) else { continue };
                let fillers = found.arguments.iter().map(|(_, group)| group.len()).sum();
                let rank = (found.arguments.len(), fillers, rule.conditions.len() + usize::from(found.theme.is_some()));
                match best.iter_mut().find(|(event, ..)| *event == rule.event) {
                    Some((_, top, held)) if rank > *top => (*top, *held) = (rank, found),
                    Some(_) => {}
                    None => best.push((rule.event, rank, found)),
                }
            }
            matches.extend(best.into_iter().map(|(.., found)| found));
        }
        matches
    }
}

/// What a rule finds at a trigger.
fn apply(
    grammar: &Grammar<'_>,
    index: usize,
    rule: &Rule,
    trigger: usize,
    classes: &dyn Fn(usize) -> Classes,
) -> Option<Match> {
    let upos = match grammar.document().token(trigger).upos {
        Upos::Propn => Upos::Noun,
        Upos::Aux => Upos::Verb,
        other => other,
    };
    if !rule.upos.contains(&upos) || !has_word(grammar, trigger, &rule.trigger) {
        return None;
    }
    let holds = |condition: &Condition| find(grammar, trigger, condition, classes).is_some();
    if !rule.conditions.iter().all(holds) || rule.unless.iter().any(holds) {
        return None;
    }
    let theme = match &rule.theme {
        None => None,
        Some(condition) => match find(grammar, trigger, condition, classes) {
            None if !condition.optional => return None,
            found => found,
        },
    };
    let mut arguments: Vec<(Role, Group)> = Vec::new();
    for role in &rule.roles {
        let taken: Group = arguments.iter().flat_map(|(_, group)| group.iter().copied()).collect();
        let group = fill(grammar, trigger, role, &taken, classes);
        match group.is_empty() {
            true if !role.optional => return None,
            true => {}
            false => arguments.push((role.role, group)),
        }
    }
    Some(Match { rule: index, trigger, arguments, theme })
}

fn has_word(grammar: &Grammar<'_>, token: usize, words: &Words) -> bool {
    words.lists.iter().any(|list| grammar.in_list(token, list)) || {
        let lemma = grammar.lemma(token);
        let phrases = || words.lemmas.iter().any(|word| word.contains(' '));
        words.lemmas.contains(&lemma)
            || (phrases() && grammar.is_one_of(token, &|phrase| words.lemmas.iter().any(|word| word == phrase)))
    }
}

/// The first word at the end of the condition's paths that fits it; any word, where the condition names no lemma and no class.
fn find(
    grammar: &Grammar<'_>,
    trigger: usize,
    condition: &Condition,
    classes: &dyn Fn(usize) -> Classes,
) -> Option<usize> {
    let any = condition.words.is_empty() && condition.classes.is_empty();
    let fits = |&token: &usize| {
        any || has_word(grammar, token, &condition.words) || classes(token).intersects(condition.classes)
    };
    condition.paths.iter().flat_map(|path| path.walk(grammar, trigger)).flatten().find(fits)
}

/// Prepositions behind a noun that say whose or where it is.
const WHOSE: &[&str] = &["from", "in", "at", "across", "inside", "within", "against", "with", "including"];

/// Those that say whom an act is for or about.
const WHOM: &[&str] = &[
    "on",
    "to",
    "for",
    "near",
    "along",
    "between",
    "into",
    "outside",
    "over",
    "throughout",
    "toward",
    "towards",
    "under",
];

/// Whom words belong to, come from or are in, the nearest first: *a court* **in Lyon**, *the home of a* **Palestinian** *man*.
/// Of people only whose they are themselves: suspects in an attack in Lyon are not from there.
fn behind(grammar: &Grammar<'_>, group: &Group, role: Role, people: bool) -> Vec<Group> {
    let further = if role == Role::Recipient { WHOM } else { &[] };
    let steps = |token: usize| {
        // "critics of X": whose they are they are not of.
        if grammar.in_list(token, "opposing-people") {
            return Vec::new();
        }
        let mut groups = grammar.owners(token);
        groups.extend(grammar.belonging(token));
        // "closed its border with Serbia": whose border it is, is who acts.
        groups.retain(|group| group.iter().all(|&t| grammar.document().token(t).upos != Upos::Pron));
        groups.extend(WHOSE.iter().chain(further).flat_map(|word| grammar.preposition(token, word)));
        groups
    };
    let mut found: Vec<Group> = Vec::new();
    let mut level = vec![group.clone()];
    for _ in 0..if people { 1 } else { 3 } {
        level = level.iter().flatten().flat_map(|&token| steps(token)).collect();
        found.extend(level.iter().cloned());
    }
    found
}

/// The fillers of a role: those of the first group that has any of its classes, or of all groups.
fn fill(
    grammar: &Grammar<'_>,
    trigger: usize,
    role: &RoleRule,
    taken: &Group,
    classes: &dyn Fn(usize) -> Classes,
) -> Group {
    let mut filled = Group::new();
    for path in &role.paths {
        for group in path.walk(grammar, trigger) {
            let group = named(grammar, group, role, classes);
            let fits = |token: &usize| {
                *token != trigger
                    && !taken.contains(token)
                    && !filled.contains(token)
                    && classes(*token).intersects(role.classes)
            };
            let mut fitting: Group = group.iter().copied().filter(fits).collect();
            if fitting.is_empty() && role.through {
                // Sanctions on "twelve people" are aimed at whatever they are linked to.
                let open = role.role != Role::Target;
                let people = group.iter().any(|&t| {
                    classes(t).intersects(Classes::COLLECTIVE) && (open || !grammar.in_list(t, "counted-people"))
                });
                let behind = behind(grammar, &group, role.role, people);
                fitting = behind.into_iter().find(|g| g.iter().any(fits)).unwrap_or_default();
                fitting.retain(fits);
            }
            filled.extend(fitting);
            if !filled.is_empty() && !role.all {
                return filled;
            }
        }
    }
    if filled.is_empty() && role.classes.intersects(Classes::PEOPLE) {
        return people(grammar, trigger, role, taken, classes);
    }
    filled.sort_unstable();
    filled
}

/// Whom a pronoun means that denotes nobody, in a role that is open to people without a name.
fn named(grammar: &Grammar<'_>, group: Group, role: &RoleRule, classes: &dyn Fn(usize) -> Classes) -> Group {
    match group[..] {
        [pronoun] if role.classes.intersects(Classes::PEOPLE) && classes(pronoun).is_empty() => {
            let person = |sayer: &Group| sayer.iter().any(|&t| classes(t).intersects(Classes::PERSON));
            let thing = grammar.document().word(pronoun).eq_ignore_ascii_case("it");
            grammar.meant(pronoun).filter(|sayer| !thing || !person(sayer)).unwrap_or(group)
        }
        _ => group,
    }
}

/// People without a name in a role that nobody with a name fills: "freed **the prisoners**", "arrested a dozen **students**".
fn people(
    grammar: &Grammar<'_>,
    trigger: usize,
    role: &RoleRule,
    taken: &Group,
    classes: &dyn Fn(usize) -> Classes,
) -> Group {
    let fits =
        |token: &usize| *token != trigger && !taken.contains(token) && classes(*token).intersects(Classes::COLLECTIVE);
    let counted = |token: usize| {
        let number = grammar.document().token(token).upos == Upos::Num || grammar.in_list(token, "container-nouns");
        if number { grammar.preposition(token, "of") } else { Vec::new() }
    };
    for path in &role.paths {
        for group in path.walk(grammar, trigger) {
            let group = named(grammar, group, role, classes);
            let of = group.iter().flat_map(|&token| counted(token)).flatten();
            let mut fitting: Group = group.iter().copied().chain(of).filter(fits).collect();
            if !fitting.is_empty() {
                fitting.sort_unstable();
                return fitting;
            }
        }
    }
    Group::new()
}
