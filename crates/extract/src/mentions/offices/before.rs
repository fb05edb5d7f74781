//! What stands before the noun of an office: "the new Ukrainian foreign" in "the new Ukrainian foreign minister".

use entente_nlp::{Tag, Upos};

use super::{Determiner, Gathered, Scan};
use crate::mentions::names::{Name, NameKind, is_armed_service, lower};
use crate::positions::Status;
use crate::time::{DAYS, MONTHS};

impl Scan<'_> {
    /// Takes modifiers to the left of the head; returns the first token of the phrase.
    pub(super) fn scan_left(&self, head: usize, floor: usize, gathered: &mut Gathered) -> usize {
        let sentence_start = self.document.sentence_of(head).tokens.start.max(floor);
        let mut at = head;
        let mut title_ends = false;
        let mut joined = false;
        while at > sentence_start {
            let token = at - 1;
            let word = lower(self.document, token);
            let (tag, upos) = (self.document.token(token).tag, self.document.token(token).upos);
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
                let possessive = self.is_possessive(at);
                // "the Biden administration official", "Trump's adviser"; but not "Biden President".
                if name.kind == NameKind::Person && !possessive {
                    break;
                }
                if name.kind == NameKind::Person {
                    gathered.possessor = Some(token);
                    gathered.determiner = Determiner::Definite;
                    return name.tokens.start;
                }
                at = name.tokens.start;
                if let Some(service) = self.service(name).filter(|_| !possessive && !title_ends) {
                    gathered.words.extend(service);
                    continue;
                }
                gathered.owners.push(number);
                if possessive {
                    gathered.determiner = Determiner::Definite;
                }
                title_ends = true;
                continue;
            }
            let hyphen = matches!(word.as_str(), "-" | "\u{2010}" | "\u{2011}") && at > sentence_start + 1;
            if tag == Tag::Pos || hyphen {
                at = token;
                continue;
            }
            // "Republic of Korea (ROK) Special Representative"
            if self.document.word(token) == ")" && token >= sentence_start + 3 && self.document.word(token - 2) == "(" {
                at = token - 2;
                continue;
            }
            // "its", and "whose" in "Qatar, whose emir, Adan Noor,"
            let own = matches!(tag, Tag::PrpS | Tag::WpS);
            if own || upos == Upos::Det || word == "the" {
                gathered.possessor = own.then_some(token).or(gathered.possessor);
                gathered.determiner = if own || word == "the" { Determiner::Definite } else { Determiner::Indefinite };
                return token;
            }
            if matches!(word.as_str(), "mr" | "mrs" | "ms" | "madam" | "madame") {
                gathered.address = true;
                break;
            }
            if let Some((status, start)) = self.status_at(token, sentence_start) {
                gathered.status = status;
                at = start;
                continue;
            }
            if word == "and" || word == "&" {
                if self.joins(token, at) {
                    if !title_ends {
                        gathered.words.push("and".to_owned());
                    }
                    joined = true;
                    at = token;
                    continue;
                }
                break;
            }
            // "Greek, Cypriot and French": a list that "and" has closed.
            if word == "," && joined && title_ends && self.joins(token, at) {
                at = token;
                continue;
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
            // "under President Adan", but "Under Secretary"
            if self.is_beside(&word) || word == "under" && lower(self.document, at) != "secretary" {
                break;
            }
            let known = self.vocabulary.has("office-portfolios", &word) || self.vocabulary.has("office-heads", &word);
            let stops = if noun { title_ends } else { !adjective };
            if stops && !known {
                break;
            }
            if !title_ends && (known || noun) {
                gathered.words.push(word);
            }
            at = token;
        }
        at
    }

    fn is_possessive(&self, token: usize) -> bool {
        self.document.token(token).tag == Tag::Pos || matches!(self.document.word(token), "'s" | "’s" | "'" | "’")
    }

    /// "the Kenyan **army** chief": a service is part of the title, its words from the last to the first.
    fn service(&self, name: &Name) -> Option<Vec<String>> {
        let text = self.document.text_of(name.tokens.clone()).to_lowercase();
        is_armed_service(&text).then(|| text.rsplit(' ').map(str::to_owned).collect())
    }

    /// Whether "and" joins two modifiers of one head: "French and UK", "foreign and defence".
    fn joins(&self, and: usize, right: usize) -> bool {
        let Some(left) = and.checked_sub(1) else { return false };
        let nation = |t: usize| self.names.innermost(t).is_some_and(|(_, n)| n.kind == NameKind::Country);
        // "U.S. and EU officials", "NATO and Ukrainian commanders"
        let union = |t: usize| {
            self.names.innermost(t).is_some_and(|(_, n)| n.kind == NameKind::Organization && n.tokens.len() == 1)
                && self.document.word(t).chars().all(char::is_uppercase)
        };
        let portfolio = |t: usize| {
            self.vocabulary.has("office-portfolios", &lower(self.document, t))
                && self.names.at(t).is_none_or(|(_, n)| self.loose(n))
        };
        let sides = (nation(left) && (nation(right) || union(right))) || (union(left) && nation(right));
        sides || (portfolio(left) && portfolio(right) && !nation(left))
    }

    /// "my friend Foreign Minister Adan": who is beside the minister is no part of the title, and the minister is not mine;
    /// "on Monday Foreign Minister Adan flew": nor is the day.
    fn is_beside(&self, word: &str) -> bool {
        self.vocabulary.has("counterparts", word)
            || matches!(word, "friend" | "guest" | "partner")
            || DAYS.contains(&word)
            || MONTHS.contains(&word)
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

    /// The status that ends at a token, and where it begins: "self-proclaimed" is three tokens and one word.
    fn status_at(&self, token: usize, sentence_start: usize) -> Option<(Status, usize)> {
        let word = lower(self.document, token);
        let hyphen =
            token >= sentence_start + 2 && matches!(self.document.word(token - 1), "-" | "\u{2010}" | "\u{2011}");
        let joined = hyphen.then(|| format!("{}-{word}", lower(self.document, token - 2)));
        let joined = joined.and_then(|joined| self.status(&joined)).map(|status| (status, token - 2));
        joined.or_else(|| self.status(&word).map(|status| (status, token)))
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
}
