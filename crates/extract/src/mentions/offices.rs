//! Offices: tokens and names in, titles with what stands around them out.
//!
//! "the new Ukrainian Minister of Defense" is the title "minister of defense" with the name "Ukrainian" before it, held.
//! Word order decides, not the tree: titles are short and regular, and the parser attaches them badly.

use std::ops::Range;

use entente_nlp::{Document, Tag, Upos};

use super::Vocabulary;
use super::names::{NameKind, Names, in_other_name, lower};
use super::vocabulary::{Classes, class};
use crate::positions::Status;

/// What stands before the title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Determiner {
    /// Nothing: "President Biden", "officials".
    None,
    /// "the", a possessive.
    Definite,
    /// "a", "some", "several".
    Indefinite,
}

/// A title with its surroundings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OfficePhrase {
    /// From the first modifier or determiner to the last complement.
    pub(crate) tokens: Range<usize>,
    /// The noun that names the office.
    pub(crate) head: usize,
    /// Lower case, without countries: "minister of defense".
    pub(crate) title: String,
    pub(crate) classes: Classes,
    pub(crate) status: Status,
    pub(crate) plural: bool,
    /// Names that it may be an office of, in text order: "US", "NATO".
    pub(crate) owners: Vec<usize>,
    /// Capitalised words behind the title that are no known name: "head of Pluriton".
    pub(crate) unnamed_owner: Option<Range<usize>>,
    /// A person's name before "'s", or a pronoun, or a noun: "Trump's", "his", "the country's".
    pub(crate) possessor: Option<usize>,
    pub(crate) determiner: Determiner,
    /// "counterpart" and the like: the office of somebody else.
    pub(crate) counterpart: bool,
    /// A job rather than an office.
    pub(crate) job: bool,
}

/// Finds all titles, in text order.
pub(crate) fn find(document: &Document, names: &Names, vocabulary: &Vocabulary) -> Vec<OfficePhrase> {
    let scan = Scan { document, names, vocabulary };
    let mut phrases: Vec<OfficePhrase> = Vec::new();
    for token in 0..document.tokens().len() {
        if phrases.last().is_some_and(|last| last.tokens.end > token && last.head != token && token > last.head) {
            continue;
        }
        // The complement of an earlier title is not this one's: "Envoy for the DPRK Ambassador Kim".
        let floor = phrases.last().filter(|last| last.tokens.end > last.head + 1).map_or(0, |last| last.tokens.end);
        if let Some(phrase) = scan.phrase_at(token, floor) {
            // "Deputy Minister": the later head takes the earlier into its title.
            while phrases.last().is_some_and(|last| last.head >= phrase.tokens.start) {
                phrases.pop();
            }
            phrases.push(phrase);
        }
    }
    phrases
}

struct Scan<'a> {
    document: &'a Document,
    names: &'a Names,
    vocabulary: &'a Vocabulary,
}

/// What is gathered while scanning.
struct Gathered {
    words: Vec<String>,
    owners: Vec<usize>,
    unnamed_owner: Option<Range<usize>>,
    possessor: Option<usize>,
    status: Status,
    determiner: Determiner,
}

impl Scan<'_> {
    fn phrase_at(&self, head: usize, floor: usize) -> Option<OfficePhrase> {
        let token = self.document.token(head);
        let lemma = self.singular(head);
        let counterpart = self.vocabulary.has("counterparts", &lemma);
        if !matches!(token.upos, Upos::Noun | Upos::Propn | Upos::X | Upos::Adj) && !counterpart {
            return None;
        }
        if !(counterpart || self.vocabulary.has("office-heads", &lemma))
            || self.names.at(head).is_some_and(|(_, n)| !self.loose(n))
        {
            return None;
        }
        // "Chief Executive", "Secretary General": the head is the one before; "General Assembly" is none.
        if self.document.word(head).contains('-')
            && lemma != "secretary-general"
            && lemma != "vice-president"
            && lemma != "co-chair"
            && lemma != "co-founder"
        {
            return None;
        }
        if in_other_name(self.document, head) {
            return None;
        }
        if lemma == "charge" && !self.is_charge_d_affaires(head) {
            return None;
        }
        if lemma == "general" && head > 0 && self.vocabulary.has("office-heads", &lower(self.document, head - 1)) {
            return None;
        }
        let mut gathered = Gathered {
            words: Vec::new(),
            owners: Vec::new(),
            unnamed_owner: None,
            possessor: None,
            status: Status::Held,
            determiner: Determiner::None,
        };
        let start = self.scan_left(head, floor, &mut gathered);
        gathered.words.reverse();
        gathered.words.push(lemma.clone());
        let end = self.scan_right(head, &lemma, &mut gathered);
        let plural = matches!(token.tag, Tag::Nns | Tag::Nnps)
            || (lower(self.document, head) != lemma && lower(self.document, head).ends_with('s'));
        let title = gathered.words.join(" ").replace(" - ", "-");
        let mut classes = self.vocabulary.classes(&title);
        if classes & class::LEADER != 0 {
            classes |= class::TOP;
        }
        gathered.owners.sort_unstable();
        let job = self.vocabulary.has("office-jobs", &lemma) && classes == 0;
        Some(OfficePhrase {
            tokens: start..end,
            head,
            title,
            classes,
            status: gathered.status,
            plural,
            owners: gathered.owners,
            unnamed_owner: gathered.unnamed_owner,
            possessor: gathered.possessor,
            determiner: gathered.determiner,
            counterpart,
            job,
        })
    }

    fn is_charge_d_affaires(&self, head: usize) -> bool {
        (head + 1..self.document.sentence_of(head).tokens.end.min(head + 4))
            .any(|t| lower(self.document, t).ends_with("affaires"))
    }

    /// A name that the model made of a title ("Secretary", "Prime Minister") is no obstacle.
    fn loose(&self, name: &super::Name) -> bool {
        name.senses.is_empty()
            && name.kind != NameKind::Person
            && (self.is_field(name)
                || name.tokens.clone().all(|t| {
                    let word = lower(self.document, t);
                    self.vocabulary.has("office-heads", &word)
                        || self.vocabulary.has("office-portfolios", &word)
                        || matches!(word.as_str(), "of" | "the" | "for" | "and")
                        || self.names.innermost(t).is_some_and(|(_, n)| n.kind == NameKind::Country)
                }))
    }

    /// "State for Arms Control" behind "Under Secretary of": a field that the model took for a body.
    fn is_field(&self, name: &super::Name) -> bool {
        let start = name.tokens.start;
        start >= 2
            && matches!(lower(self.document, start - 1).as_str(), "of" | "for")
            && matches!(
                lower(self.document, start - 2).as_str(),
                "secretary" | "minister" | "undersecretary" | "ministers"
            )
            && self.vocabulary.has("office-portfolios", &lower(self.document, start))
    }

    fn singular(&self, token: usize) -> String {
        let word = lower(self.document, token);
        if self.vocabulary.has("office-heads", &word) || self.vocabulary.has("counterparts", &word) {
            return word;
        }
        let stripped = word.strip_suffix('s').unwrap_or(&word).to_owned();
        if let Some(stem) = word.strip_suffix("men") {
            return format!("{stem}man");
        }
        if let Some(stem) = word.strip_suffix("women") {
            return format!("{stem}woman");
        }
        if let Some(stem) = word.strip_suffix("ies") {
            return format!("{stem}y");
        }
        stripped
    }

    /// Takes modifiers to the left of the head; returns the first token of the phrase.
    fn scan_left(&self, head: usize, floor: usize, gathered: &mut Gathered) -> usize {
        let sentence_start = self.document.sentence_of(head).tokens.start.max(floor);
        let mut at = head;
        let mut title_ends = false;
        while at > sentence_start {
            let token = at - 1;
            let word = lower(self.document, token);
            let tag = self.document.token(token).tag;
            let upos = self.document.token(token).upos;
            if upos == Upos::Space {
                // A double blank is nothing; a line's end ends everything.
                if self.document.word(token).contains('\n') {
                    break;
                }
                at = token;
                continue;
            }
            if let Some((number, name)) = self.names.innermost(token)
                && !self.loose(name)
            {
                let possessive = self.document.token(at).tag == Tag::Pos
                    || matches!(self.document.word(at), "'s" | "’s" | "'" | "’");
                if name.kind == NameKind::Person {
                    // "the Biden administration official", "Trump's adviser"; but not "Biden President".
                    if possessive {
                        gathered.possessor = Some(token);
                        gathered.determiner = Determiner::Definite;
                        return name.tokens.start;
                    }
                    break;
                }
                gathered.owners.push(number);
                if possessive {
                    gathered.determiner = Determiner::Definite;
                }
                at = name.tokens.start;
                title_ends = true;
                continue;
            }
            if tag == Tag::Pos {
                at = token;
                continue;
            }
            // "Republic of Korea (ROK) Special Representative"
            if self.document.word(token) == ")" && token >= sentence_start + 3 && self.document.word(token - 2) == "(" {
                at = token - 2;
                continue;
            }
            if matches!(word.as_str(), "the") {
                gathered.determiner = Determiner::Definite;
                return token;
            }
            if matches!(upos, Upos::Det) {
                gathered.determiner = Determiner::Indefinite;
                return token;
            }
            if tag == Tag::PrpS {
                gathered.possessor = Some(token);
                gathered.determiner = Determiner::Definite;
                return token;
            }
            if matches!(word.as_str(), "-" | "\u{2010}" | "\u{2011}") && at > sentence_start + 1 {
                at = token;
                continue;
            }
            if let Some(status) = self.status(&word) {
                gathered.status = status;
                at = token;
                continue;
            }
            if word == "and" || word == "&" {
                if self.joins(token, at) {
                    if !title_ends {
                        gathered.words.push("and".to_owned());
                    }
                    at = token;
                    continue;
                }
                break;
            }
            let noun = matches!(tag, Tag::Nn | Tag::Nnp | Tag::Nnps | Tag::Nns) || upos == Upos::Propn;
            let adjective = matches!(tag, Tag::Jj | Tag::Jjr | Tag::Jjs | Tag::Vbn) || upos == Upos::Adj;
            let possessive_noun = noun && self.document.token(at).tag == Tag::Pos;
            if possessive_noun {
                // "the country's president", "the ministry's spokesman"
                gathered.possessor = Some(token);
                gathered.determiner = Determiner::Definite;
                return self.noun_start(token, sentence_start);
            }
            let known = self.vocabulary.has("office-portfolios", &word) || self.vocabulary.has("office-heads", &word);
            if !(known || noun || adjective) || title_ends && noun && !known {
                break;
            }
            if !title_ends && (known || noun) {
                gathered.words.push(word);
            }
            at = token;
        }
        at
    }

    /// Whether "and" joins two modifiers of one head: "French and UK", "foreign and defence".
    fn joins(&self, and: usize, right: usize) -> bool {
        let Some(left) = and.checked_sub(1) else { return false };
        let nation = |t: usize| self.names.innermost(t).is_some_and(|(_, n)| n.kind == NameKind::Country);
        let portfolio = |t: usize| {
            self.vocabulary.has("office-portfolios", &lower(self.document, t))
                && self.names.at(t).is_none_or(|(_, n)| self.loose(n))
        };
        (nation(left) && nation(right)) || (portfolio(left) && portfolio(right) && !nation(left))
    }

    fn noun_start(&self, noun: usize, sentence_start: usize) -> usize {
        let mut at = noun;
        while at > sentence_start
            && matches!(self.document.token(at - 1).upos, Upos::Adj | Upos::Noun | Upos::Det | Upos::Propn)
        {
            at -= 1;
        }
        at
    }

    fn status(&self, word: &str) -> Option<Status> {
        let lists = [
            ("office-former", Status::Former),
            ("office-acting", Status::Acting),
            ("office-designate", Status::Designate),
            ("office-claimed", Status::Claimed),
        ];
        lists.into_iter().find(|(list, _)| self.vocabulary.has(list, word)).map(|(_, status)| status)
    }

    /// Takes what follows the head; returns the token behind the phrase.
    fn scan_right(&self, head: usize, lemma: &str, gathered: &mut Gathered) -> usize {
        let sentence_end = self.document.sentence_of(head).tokens.end;
        let mut end = head + 1;
        // "Secretary General", "Secretary-General", "president-elect", "commander-in-chief"
        let mut next = end;
        if next < sentence_end && self.document.word(next) == "-" {
            next += 1;
        }
        if next < sentence_end {
            let word = lower(self.document, next);
            if word == "general"
                && matches!(
                    lemma,
                    "secretary"
                        | "attorney"
                        | "director"
                        | "governor"
                        | "prosecutor"
                        | "inspector"
                        | "consul"
                        | "solicitor"
                        | "auditor"
                        | "surgeon"
                        | "administrator"
                )
            {
                gathered.words.push(word);
                end = next + 1;
            } else if next > end && matches!(word.as_str(), "elect" | "designate") || (word == "designate") {
                gathered.status = Status::Designate;
                end = next + 1;
            } else if next > end && word == "in" && next + 2 < sentence_end && lower(self.document, next + 2) == "chief"
            {
                gathered.words.push("in chief".to_owned());
                end = next + 3;
            } else if matches!(word.as_str(), "executive" | "whip" | "justice" | "economist")
                && matches!(lemma, "chief" | "majority" | "minority")
            {
                gathered.words.push(word);
                end = next + 1;
                if end + 1 < sentence_end && lower(self.document, end) == "officer" {
                    gathered.words.push("officer".to_owned());
                    end += 1;
                }
            }
        }
        for _ in 0..4 {
            let Some(after) = self.complement(end, sentence_end, lemma, gathered) else { break };
            end = after;
        }
        end
    }

    /// Takes one "of ...", "for ...", "to ..."; returns the token behind it.
    fn complement(&self, at: usize, sentence_end: usize, lemma: &str, gathered: &mut Gathered) -> Option<usize> {
        if at >= sentence_end {
            return None;
        }
        let preposition = lower(self.document, at);
        let diplomatic = matches!(
            lemma,
            "ambassador"
                | "envoy"
                | "representative"
                | "adviser"
                | "advisor"
                | "coordinator"
                | "delegate"
                | "secretary"
                | "charge"
                | "emissary"
                | "attaché"
                | "counselor"
                | "counsel"
        );
        match preposition.as_str() {
            "of" => {}
            "for" => {}
            "to" | "on" | "in" if diplomatic => {}
            "at" | "with" => {}
            _ if lemma == "charge" && preposition.starts_with("d") => {
                gathered.words.push("d'affaires".to_owned());
                let end = (at..sentence_end.min(at + 4)).find(|&t| lower(self.document, t).ends_with("affaires"))?;
                return Some(end + 1);
            }
            _ => return None,
        }
        let mut words = Vec::new();
        let mut owners = Vec::new();
        let mut named = false;
        let mut possessor = None;
        let mut token = at + 1;
        while token < sentence_end {
            let word = lower(self.document, token);
            let tag = self.document.token(token).tag;
            if let Some((_, name)) = self.names.at(token)
                && name.kind == NameKind::Person
            {
                // "Leyla Adan, head of Pluriton": one unknown word behind "head of" is a body.
                let body = preposition == "of"
                    && token == at + 1
                    && name.tokens.len() == 1
                    && name.senses.is_empty()
                    && matches!(lemma, "head" | "director" | "founder" | "chief" | "chair" | "chairman" | "chairwoman" | "president")
                    && !(token + 1 < sentence_end && self.document.token(token + 1).tag == Tag::Pos);
                if body {
                    gathered.unnamed_owner = Some(name.tokens.clone());
                    return Some(token + 1);
                }
                break;
            }
            if let Some((number, name)) = self.names.innermost(token)
                && !self.loose(name)
            {
                if token > at + 1 && words.is_empty() && named && !self.follows_possessive(token) {
                    break;
                }
                let organ = name.tokens.end < sentence_end && self.continues(name.tokens.end);
                let outer = self.names.at(token).map_or(number, |(outer, _)| outer);
                let whole = &self.names.all[outer];
                if preposition == "of" || matches!(preposition.as_str(), "at" | "with") {
                    owners.push(if organ { number } else { outer });
                    if organ {
                        words.extend(name.tokens.clone().map(|t| lower(self.document, t)));
                    }
                } else {
                    words.extend(name.tokens.clone().map(|t| lower(self.document, t)));
                }
                named = true;
                token = if organ { name.tokens.end } else { whole.tokens.end.max(name.tokens.end) };
                continue;
            }
            if word == "the" && token == at + 1 || matches!(word.as_str(), "-" | "'s" | "’s") || tag == Tag::Pos {
                token += 1;
                continue;
            }
            if tag == Tag::PrpS && token == at + 1 {
                possessor = Some(token);
                token += 1;
                continue;
            }
            let portfolio = self.vocabulary.has("office-portfolios", &word) && tag != Tag::In;
            // "Minister of Security Juan Pino": two capitalised words behind a field are a name.
            if !portfolio && !words.is_empty() && self.is_name_run(token, sentence_end) {
                break;
            }
            if (word == "and" || word == "&" || word == ",") && !words.is_empty() {
                let next = token + 1;
                let next = if next < sentence_end && lower(self.document, next) == "for" { next + 1 } else { next };
                let goes_on = next < sentence_end
                    && self.names.at(next).is_none()
                    && self.vocabulary.has("office-portfolios", &lower(self.document, next))
                    && !self.vocabulary.has("office-heads", &lower(self.document, next))
                    && !self.begins_office(next, sentence_end);
                if !goes_on {
                    break;
                }
                if word != "," {
                    words.push("and".to_owned());
                }
                token = next;
                continue;
            }
            let noun = matches!(tag, Tag::Nn | Tag::Nnp | Tag::Nnps | Tag::Nns);
            let adjective = matches!(tag, Tag::Jj);
            if !(portfolio || noun || adjective) || (named && !self.continues(token)) {
                break;
            }
            words.push(word);
            token += 1;
        }
        while token > at + 1 && matches!(lower(self.document, token - 1).as_str(), "and" | "&" | "," | "-" | "the") {
            token -= 1;
        }
        let empty = words.is_empty() && owners.is_empty() && possessor.is_none();
        if empty
            || (preposition != "of"
                && !named
                && !self.capital(at + 1)
                && !words.iter().any(|w| self.vocabulary.has("office-portfolios", w)))
        {
            return None;
        }
        if preposition != "for"
            && owners.is_empty()
            && !words
                .iter()
                .any(|w| self.vocabulary.has("office-portfolios", w) || self.vocabulary.has("office-heads", w))
        {
            let first = (at + 1..token).find(|&t| self.document.token(t).upos == Upos::Propn);
            gathered.unnamed_owner = first.map(|first| first..token);
        }
        // "lieutenant of ISIS leader Adan", "Secretary of the Treasury for President Adan": somebody else's office.
        let other_office = token < sentence_end
            && self.vocabulary.has("office-heads", &lower(self.document, token))
            && !owners.is_empty()
            || preposition != "to"
                && words.last().is_some_and(|word| self.vocabulary.has("office-heads", word))
                && token < sentence_end
                && self.names.at(token).is_some_and(|(_, name)| name.kind == NameKind::Person);
        if other_office {
            gathered.unnamed_owner = None;
            return None;
        }
        // "head of Ukrainian national security": the field is part of the title, a bare owner is not.
        let has_field = words.iter().any(|w| self.vocabulary.has("office-portfolios", w)) || owners.is_empty();
        if has_field && !matches!(preposition.as_str(), "at" | "with") {
            gathered.words.push(preposition);
            gathered.words.extend(words);
        }
        gathered.owners.extend(owners);
        gathered.possessor = gathered.possessor.or(possessor);
        Some(token)
    }

    /// Whether two or three capitalised words that belong to no field or name begin here.
    fn is_name_run(&self, token: usize, sentence_end: usize) -> bool {
        let run = (token..sentence_end)
            .take_while(|&t| {
                let word = lower(self.document, t);
                self.document.token(t).upos == Upos::Propn
                    && self.names.at(t).is_none()
                    && self.document.word(t).chars().next().is_some_and(char::is_uppercase)
                    && !self.vocabulary.has("office-portfolios", &word)
                    && !self.vocabulary.has("office-heads", &word)
            })
            .count();
        (2..=4).contains(&run)
    }

    /// Whether a lower-case or portfolio noun goes on behind a name: "Ukrainian national security".
    fn continues(&self, token: usize) -> bool {
        let word = lower(self.document, token);
        let tag = self.document.token(token).tag;
        if let Some((_, name)) = self.names.at(token)
            && !self.loose(name)
            && name.kind == NameKind::Person
        {
            return false;
        }
        tag == Tag::Pos
            || self.vocabulary.has("office-portfolios", &word)
            || (matches!(tag, Tag::Nn | Tag::Nns | Tag::Jj) && !self.capital(token))
    }

    fn follows_possessive(&self, token: usize) -> bool {
        token > 0 && self.document.token(token - 1).tag == Tag::Pos
    }

    fn capital(&self, token: usize) -> bool {
        self.document.word(token).chars().next().is_some_and(char::is_uppercase)
            || lower(self.document, token) == "the"
                && token + 1 < self.document.tokens().len()
                && self.document.word(token + 1).chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether a new title begins here: "Minister for Foreign Affairs and Deputy Prime Minister".
    fn begins_office(&self, token: usize, sentence_end: usize) -> bool {
        (token..sentence_end.min(token + 4))
            .take_while(|&t| {
                let word = lower(self.document, t);
                self.vocabulary.has("office-portfolios", &word) || self.vocabulary.has("office-heads", &word)
            })
            .any(|t| self.vocabulary.has("office-heads", &lower(self.document, t)))
    }
}
