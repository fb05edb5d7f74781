//! What the event stage reads: everything earlier stages found in one article, seen from a token.

use entente_model::{Article, EntityKind};
use entente_nlp::{Deprel, Document, EntityLabel, EntitySpan, Tag, Upos};
use entente_rules::{Classes, Grammar, RuleSet};

use crate::{
    entities::{Entities, EntityIndex},
    quantities::{ItemMention, Money},
    time::DateMention,
};

/// One article with the findings of the stages before events.
pub(crate) struct Context<'a> {
    pub article: &'a Article,
    pub document: &'a Document,
    pub entities: &'a Entities,
    pub rules: &'a RuleSet,
    pub money: &'a [Money],
    pub dates: &'a [DateMention],
    pub items: &'a [ItemMention],
    /// Where the first line of several ends, in bytes; 0 where there is only one.
    pub headline: usize,
}

impl<'a> Context<'a> {
    /// The document's grammar.
    pub(crate) fn grammar(&self) -> Grammar<'a> {
        Grammar::new(self.document, self.rules.lexicon())
    }

    /// Whether a list of the lexicon holds the token.
    pub(crate) fn in_list(&self, token: usize, list: &str) -> bool {
        self.grammar().in_list(token, list)
    }

    /// Whether a token stands in the first line of several.
    pub(crate) fn in_headline(&self, token: usize) -> bool {
        self.document.token(token).span.start < self.headline
    }

    /// The state that somebody is, lies in or belongs to.
    pub(crate) fn state_of(&self, entity: EntityIndex) -> Option<EntityIndex> {
        let held = self.entities.get(entity);
        if held.kind == EntityKind::Country { Some(entity) } else { held.country }
    }

    /// Whether an entity has the name of a water: "the Black Sea", "the Gulf of Aden".
    pub(crate) fn is_water(&self, entity: EntityIndex) -> bool {
        let name = self.entities.get(entity).name.to_lowercase();
        name.split(' ').any(|word| self.rules.lexicon().contains("waters", word))
    }

    /// Whether "the", "this" or "that" stands with a noun.
    pub(crate) fn is_definite(&self, noun: usize) -> bool {
        let points = |det: usize| matches!(self.document.word(det).to_lowercase().as_str(), "the" | "this" | "that");
        self.document.children_by(noun, Deprel::Det).any(points)
    }

    /// Whom a word denotes as actors: its phrase, or as a modifier the country of a nationality.
    pub(crate) fn actors(&self, token: usize) -> Vec<EntityIndex> {
        // The parser takes "U.S.-ASEAN" for a number now and then.
        let modifier = matches!(
            self.document.token(token).deprel,
            Deprel::Amod | Deprel::Compound | Deprel::Nmod | Deprel::Nummod | Deprel::Poss
        );
        let adjective = self.document.token(token).deprel == Deprel::Amod
            && !self.in_list(token, "attacking-modifiers")
            && !self.is_movement(token);
        let mut denoted: Vec<EntityIndex> =
            self.entities.of_phrase(token).into_iter().filter_map(|entity| self.acting(entity, adjective)).collect();
        denoted.dedup();
        let named = self.in_apposition(token);
        if !named.is_empty() {
            return named;
        }
        if denoted.is_empty() && modifier && self.document.word(token).contains('-') {
            return self.joined(token);
        }
        if denoted.is_empty() && modifier {
            return self.entities.nationality(token).into_iter().collect();
        }
        // "the Geneva talks": a city before a noun is where, not who.
        let city = modifier
            && self.document.token(token).deprel != Deprel::Poss
            && self.entities.place_of(token).is_some_and(|place| self.entities.get(place).kind == EntityKind::Place);
        if city { Vec::new() } else { self.with_coordinated(token, denoted) }
    }

    /// "**Nigerian** and British forces", "**US** and Western allies": sides that adjectives joined by "and" name.
    fn with_coordinated(&self, token: usize, denoted: Vec<EntityIndex>) -> Vec<EntityIndex> {
        let document = self.document;
        let [last] = denoted[..] else { return denoted };
        let joined = |&first: &usize| {
            let means_last =
                |c: usize| self.entities.nationality(c) == Some(last) || self.entities.of_phrase(c) == [last];
            first < token
                && matches!(document.token(first).deprel, Deprel::Amod | Deprel::Compound | Deprel::Nmod)
                && document.children_by(first, Deprel::Conj).any(means_last)
        };
        let plural = matches!(document.token(token).tag, Tag::Nns | Tag::Nnps);
        let first = document.children(token).find(joined).filter(|_| plural);
        match first.and_then(|first| self.entities.nationality(first)) {
            Some(first) if first != last => vec![first, last],
            _ => denoted,
        }
    }

    /// "**Houthi** missile attacks": a movement by one of its people; "African" names none.
    fn is_movement(&self, token: usize) -> bool {
        let word = self.document.word(token);
        let own = |entity: EntityIndex| self.entities.get(entity).name.strip_suffix('s') == Some(word);
        !self.in_list(token, "regional-adjectives") && self.entities.of_phrase(token).into_iter().any(own)
    }

    /// "a senior Kenyan envoy, **Adan Noor**,", "the two ministers, **Adan** and **Noor**,": the persons behind a noun are meant,
    /// not whom the envoy is of.
    fn in_apposition(&self, token: usize) -> Vec<EntityIndex> {
        let person = |name: usize| match self.entities.of_phrase(name)[..] {
            [entity] if self.entities.get(entity).kind == EntityKind::Person => Some(entity),
            _ => None,
        };
        // "Somalia's Islamist group **al-Shabaab**"
        let body = |name: usize| match self.entities.of_phrase(name)[..] {
            [entity] if matches!(self.entities.get(entity).kind, EntityKind::Group | EntityKind::Organization) => {
                Some(entity)
            }
            _ => None,
        };
        let proper = |name: &usize| self.document.token(*name).upos == Upos::Propn;
        let names = || self.document.children_by(token, Deprel::Appos).filter(proper);
        match self.document.token(token).tag {
            // The tagger takes "counterpart" for an adjective.
            Tag::Nn if self.document.lemma(token) == "group" && self.entities.of_phrase(token).is_empty() => names()
                .filter(|&name| self.document.phrase(name).start == token + 1)
                .find_map(body)
                .into_iter()
                .collect(),
            // "One of them, **the Workers' Party**,"
            Tag::Cd if self.document.lemma(token).eq_ignore_ascii_case("one") => {
                names().find_map(|name| body(name).or_else(|| person(name))).into_iter().collect()
            }
            Tag::Nn | Tag::Jj => names().find_map(person).into_iter().collect(),
            // "The Grand Mufti of Egypt, Sheikh Adan Noor": a title that denotes nobody by itself.
            Tag::Nnp if self.entities.of_phrase(token).is_empty() && self.entities.place_of(token).is_none() => {
                names().find_map(person).into_iter().collect()
            }
            Tag::Nns => {
                let all = names().flat_map(|name| self.grammar().coordinated(name));
                let persons: Vec<EntityIndex> = all.filter_map(person).collect();
                if persons.len() > 1 { persons } else { Vec::new() }
            }
            _ => Vec::new(),
        }
    }

    /// The entity as somebody who acts: a government is its state; an event, a plan or an office with a name is nobody,
    /// nor is "African" before a noun.
    fn acting(&self, entity: EntityIndex, adjective: bool) -> Option<EntityIndex> {
        let held = self.entities.get(entity);
        let known = held.id.starts_with('Q') && !held.id.contains('-');
        match held.kind {
            // What is said on a platform is not said by it.
            EntityKind::Organization if self.rules.lexicon().contains("platforms", &held.name.to_lowercase()) => None,
            EntityKind::Organization | EntityKind::Person if !known && self.is_unactor(&held.name) => None,
            EntityKind::Organization if !known => {
                let government = held.name.split(' ').any(|word| word == "Government");
                if government { held.country.or(Some(entity)) } else { Some(entity) }
            }
            EntityKind::Group if !known && adjective => None,
            _ => Some(entity),
        }
    }

    /// "the Data Awards", "the Water Act Report": a name, by its last word, of what does not act.
    fn is_unactor(&self, name: &str) -> bool {
        let lexicon = self.rules.lexicon();
        let name = name.to_lowercase();
        // "the Partnership for Health", "the Order on Water": the last word before what it is for.
        let head = [" for ", " on ", " to "]
            .into_iter()
            .filter_map(|behind| name.split(behind).next())
            .min_by_key(|h| h.len());
        let last = |words: &str| words.rsplit(' ').next().map(str::to_owned).unwrap_or_default();
        [last(&name), last(head.unwrap_or(&name))].iter().any(|word| lexicon.contains("unactor-names", word))
            || lexicon.contains("unactor-names", &name)
    }

    /// The sides that a hyphen joins: "the U.S.-Kazakhstan agreement"; both must be named elsewhere in the article.
    fn joined(&self, token: usize) -> Vec<EntityIndex> {
        let word = self.document.word(token);
        let side = |part: &str| {
            self.entities.all().iter().position(|entity| {
                matches!(entity.kind, EntityKind::Country | EntityKind::Organization | EntityKind::Group)
                    && (entity.name == part || entity.aliases.iter().any(|alias| alias == part))
            })
        };
        let sides: Option<Vec<EntityIndex>> = word.split('-').map(side).collect();
        sides.unwrap_or_default()
    }

    /// The date expressions of a sentence, in text order.
    pub(crate) fn dates_in(&self, sentence: usize) -> &'a [DateMention] {
        let tokens = &self.document.sentences()[sentence].tokens;
        let at = |token: usize| self.dates.partition_point(|mention| mention.tokens.start < token);
        &self.dates[at(tokens.start)..at(tokens.end)]
    }

    /// Whether a token is part of a date expression.
    pub(crate) fn is_in_date(&self, token: usize) -> bool {
        let next = self.dates.partition_point(|mention| mention.tokens.start <= token);
        self.dates[..next].last().is_some_and(|mention| mention.tokens.contains(&token))
    }

    /// The sum of money that a token is part of.
    pub(crate) fn money_at(&self, token: usize) -> Option<&'a Money> {
        self.money.iter().find(|money| money.tokens.contains(&token))
    }

    /// Whether a token names something that aid consists of.
    pub(crate) fn is_item(&self, token: usize) -> bool {
        self.items.iter().any(|item| item.tokens.contains(&token))
    }

    /// What a word may denote, for the classes of rules.
    pub(crate) fn classes(&self, token: usize) -> Classes {
        let mut classes = Classes::NONE;
        for actor in self.actors(token) {
            classes = classes.union(match self.entities.get(actor).kind {
                EntityKind::Person => Classes::PERSON,
                EntityKind::Country => Classes::COUNTRY,
                // "asked for Patriots": whatever the language model takes them for.
                EntityKind::Organization if self.is_item(token) && !self.entities.get(actor).id.starts_with('Q') => {
                    Classes::NONE
                }
                EntityKind::Organization => Classes::ORGANIZATION,
                EntityKind::Group => Classes::GROUP,
                EntityKind::Place => Classes::PLACE,
                EntityKind::Other => Classes::THING,
            });
        }
        if self.entities.place_of(token).is_some() {
            classes = classes.union(Classes::PLACE);
        }
        if self.entities.nationality(token).is_some() {
            classes = classes.union(Classes::PEOPLE);
        }
        if self.entities.collective(token).is_some() {
            classes = classes.union(Classes::COLLECTIVE);
        }
        if self.money_at(token).is_some() {
            classes = classes.union(Classes::MONEY);
        }
        if self.is_item(token) {
            classes = classes.union(Classes::ITEM);
        }
        if matches!(self.document.token(token).upos, Upos::Noun | Upos::Propn) {
            classes = classes.union(Classes::THING);
        }
        classes
    }

    /// The noun with the words before it that belong to it: "50 armoured vehicles"; of a name all of it.
    pub(crate) fn head_phrase(&self, token: usize) -> std::ops::Range<usize> {
        let first = self
            .document
            .children(token)
            .take_while(|&c| c < token)
            .find(|&c| {
                matches!(
                    self.document.token(c).deprel,
                    Deprel::Amod
                        | Deprel::Compound
                        | Deprel::Nummod
                        | Deprel::Nmod
                        | Deprel::Quantmod
                        | Deprel::Det
                        | Deprel::Poss
                )
            })
            .map_or(token, |c| self.document.phrase(c).start);
        // "the Department of Health" goes on behind its head.
        let head = self.document.head(token);
        let names = |span: &&EntitySpan| {
            span.label == EntityLabel::Org
                && span.tokens.contains(&token)
                && head.is_none_or(|head| !span.tokens.contains(&head))
        };
        let end = self.document.entities().iter().find(names).map_or(token + 1, |span| span.tokens.end);
        let possessive = end > token + 1 && self.document.token(end - 1).tag == Tag::Pos;
        first..end - usize::from(possessive)
    }
}
