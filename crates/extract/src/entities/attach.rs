//! Which office stands beside which name: "Minister Umerov", "Jens Stoltenberg, the head of NATO".
//!
//! In: names and offices of a document. Out: pairs of them, found by word order and checked with the tree.

use entente_nlp::{Deprel, Tag, Upos};

use super::board::Board;
use super::persons::Attachments;
use crate::mentions::{Determiner, NameKind, OfficePhrase};

/// Pairs offices with persons' names.
pub(crate) fn attach(board: &Board<'_>) -> Attachments {
    let mut attachments = Attachments {
        names_of: vec![Vec::new(); board.offices.len()],
        offices_of: vec![Vec::new(); board.names.all.len()],
        apart: vec![false; board.offices.len()],
        ..Attachments::default()
    };
    for number in 0..board.offices.len() {
        let mut names = before_name(board, number);
        if names.is_empty() {
            attachments.apart[number] = true;
            names = beside_name(board, number, &attachments);
        }
        if names.is_empty() {
            names = predicate(board, number);
        }
        // "Leyla Adan, Assistant to the President and Director of the Council": both offices behind one name.
        if names.is_empty()
            && let Some(before) = number.checked_sub(1)
            && attachments.apart[before]
            && board.offices[before].tokens.end + 1 == board.offices[number].tokens.start
            && matches!(board.document.word(board.offices[before].tokens.end), "and" | "&")
            && !board.offices[number].plural
            && board.offices[number].determiner == Determiner::None
            && board.offices[number]
                .owners
                .iter()
                .all(|&owner| board.names.all[owner].tokens.start > board.offices[number].head)
        {
            names.clone_from(&attachments.names_of[before]);
        }
        for name in names {
            attachments.names_of[number].push(name);
            attachments.offices_of[name].push(number);
        }
    }
    for (number, name) in board.names.all.iter().enumerate() {
        if name.kind == NameKind::Person
            && let Some(owner) = owner_behind(board, name.tokens.end)
        {
            attachments.name_owner.insert(number, owner);
        }
    }
    attachments
}

/// "The Secretary and Foreign Minister Adan", as a government writes of its own: the first is one whom it need not name.
fn is_our_own(board: &Board<'_>, office: &OfficePhrase) -> bool {
    board.home.is_some()
        && office.determiner == Determiner::Definite
        && matches!(office.title.as_str(), "president" | "vice president" | "secretary" | "deputy secretary")
}

/// "President Zelenskyy", "Presidents Zelenskyy and Biden", "Prime Minister and Defence Minister Adan".
fn before_name(board: &Board<'_>, number: usize) -> Vec<usize> {
    let office = &board.offices[number];
    let sentence_end = board.document.sentence_of(office.head).tokens.end;
    if is_complement(board, office) {
        return Vec::new();
    }
    let mut at = skip_titles(board, office.tokens.end, sentence_end);
    // "Taoiseach (Irish prime minister) Simon Harris": both offices reach the name.
    if at < sentence_end
        && board.document.word(at) == "("
        && let Some(close) = (at..sentence_end.min(at + 7)).find(|&t| board.document.word(t) == ")")
    {
        at = skip_titles(board, close + 1, sentence_end);
    } else if at < sentence_end
        && board.document.word(at) == ")"
        && office.tokens.start > 0
        && board.document.word(office.tokens.start - 1) == "("
    {
        at = skip_titles(board, at + 1, sentence_end);
    }
    let mut names: Vec<usize> = person_at(board, at, sentence_end).into_iter().collect();
    if names.is_empty() {
        // "Prime Minister and Defence Minister Adan"
        if at < sentence_end
            && matches!(board.document.word(at), "and" | "&")
            && !office.plural
            && !is_our_own(board, office)
            && let Some(next) = board.offices.get(number + 1)
            && next.tokens.start == at + 1
            && next.determiner == Determiner::None
            // "the Secretary and Italian Foreign Minister Adan" are two people.
            && next.owners.iter().all(|&owner| board.names.all[owner].tokens.start > next.head)
            && !office
                .tokens
                .start
                .checked_sub(1)
                .is_some_and(|before| matches!(board.document.word(before), "for" | "as" | "to"))
        {
            return before_name(board, number + 1);
        }
        return names;
    }
    if office.plural {
        add_joined(board, &mut names, sentence_end, false);
    }
    names
}

/// Adds the names that a comma or "and" joins to the last one, behind the country of each if `owned`.
fn add_joined(board: &Board<'_>, names: &mut Vec<usize>, end: usize, owned: bool) {
    while let Some(&last) = names.last() {
        let behind = board.names.all[last].tokens.end;
        // "presidents of the two countries, Adan **of Chad** and Noor"
        let of = owner_behind(board, behind).filter(|_| owned);
        let behind = of.map_or(behind, |owner| board.names.all[owner].tokens.end);
        let mut next = behind;
        while next < end && matches!(board.document.word(next), "," | "and" | "&") {
            next += 1;
        }
        if next == behind {
            break;
        }
        let Some(name) = person_at(board, next, end) else { break };
        names.push(name);
    }
}

/// Where an office of several ends, with the word that counts them: "the **two** ministers", "presidents of the **two** countries".
fn of_counted<'a>(board: &Board<'a>, head: usize, end: usize) -> (usize, Option<&'a str>) {
    let document = board.document;
    let count = |noun: usize| {
        let counts = |&c: &usize| matches!(document.token(c).deprel, Deprel::Nummod | Deprel::Det | Deprel::Predet);
        let word = |c: usize| document.word(c);
        document.children(noun).filter(counts).map(word).find(|word| !word.eq_ignore_ascii_case("the"))
    };
    let of = document.children_by(head, Deprel::Prep).find(|&prep| prep == end && document.lemma(prep) == "of");
    let states = of.and_then(|of| document.children_by(of, Deprel::Pobj).next()).filter(|&noun| {
        board.names.at(noun).is_none() && board.vocabulary.has("country-nouns", &document.lemma(noun).to_lowercase())
    });
    states.map_or_else(|| (end, count(head)), |noun| (noun + 1, count(noun)))
}

/// Whether the office is itself behind another: "Counselor to the Administrator".
fn is_complement(board: &Board<'_>, office: &OfficePhrase) -> bool {
    let Some(preposition) = office.tokens.start.checked_sub(1) else { return false };
    let Some(before) = preposition.checked_sub(1) else { return false };
    matches!(board.document.word(preposition), "to" | "of")
        && board.vocabulary.has("office-heads", &board.document.word(before).to_lowercase())
}

/// The person's name that begins at a token.
fn person_at(board: &Board<'_>, token: usize, end: usize) -> Option<usize> {
    if token >= end {
        return None;
    }
    board
        .names
        .at(token)
        .filter(|(_, name)| name.kind == NameKind::Person && name.tokens.start == token)
        .map(|(n, _)| n)
}

/// Jumps over "Gen.", "Dr", "Mr" and the like.
fn skip_titles(board: &Board<'_>, from: usize, end: usize) -> usize {
    let mut at = from;
    while at < end && at < from + 4 {
        let word = board.document.word(at).to_lowercase();
        if board.document.token(at).upos == Upos::Space && !word.contains('\n') {
            at += 1;
            continue;
        }
        let honorific = board.vocabulary.has("honorifics", word.trim_end_matches('.')) && word != "the";
        if !(honorific || at > from && word == ".")
            || board.names.at(at).is_some_and(|(_, name)| name.kind == NameKind::Person)
        {
            break;
        }
        at += 1;
    }
    at
}

/// "Jens Stoltenberg, the head of NATO,", "the new defence minister, Andrei Belousov,".
fn beside_name(board: &Board<'_>, number: usize, attachments: &Attachments) -> Vec<usize> {
    let office = &board.offices[number];
    let document = board.document;
    let sentence = &document.sentence_of(office.head).tokens;
    let start = office.tokens.start;
    let comma = |token: usize| matches!(document.word(token), "," | "-" | "–" | "—" | "(");
    // A name, a comma, the office.
    let mut left = start;
    while left > sentence.start && document.token(left - 1).upos == Upos::Adv {
        left -= 1;
    }
    if left > sentence.start + 1 && comma(left - 1) && !office.plural {
        let mut before = left - 2;
        // "Michael McCaul, 61, the chairman"
        if document.token(before).tag == Tag::Cd && before > sentence.start + 1 && document.word(before - 1) == "," {
            before -= 2;
        }
        if let Some((name, found)) = board.names.at(before)
            && found.kind == NameKind::Person
            && found.tokens.end == before + 1
        {
            let closed = office.tokens.end >= sentence.end
                || matches!(document.token(office.tokens.end).upos, Upos::Punct | Upos::Space)
                || matches!(document.word(office.tokens.end), "and" | "who" | "since");
            let deprel = document.token(office.head).deprel;
            let subject =
                matches!(deprel, Deprel::Nsubj | Deprel::Nsubjpass) && document.token(office.head).head > office.head;
            let apposed = deprel == Deprel::Appos;
            // "Leyla Adan, Director of the Council, Marc Noor, Assistant to the President": a list of people with titles.
            let capital = document.word(office.head).chars().next().is_some_and(char::is_uppercase);
            let untitled = attachments.offices_of[name].is_empty() && office.determiner == Determiner::None;
            let listed = capital && untitled && deprel == Deprel::Conj && closed;
            if apposed || listed || (closed && !subject && deprel != Deprel::Conj) {
                return vec![name];
            }
        }
    }
    // The office, a comma, a name.
    let end = office.tokens.end;
    // "a Kremlin spokesman, Adan Noor, said": of whose spokesmen it is said.
    let said = office.determiner != Determiner::Indefinite || !office.owners.is_empty();
    if end + 1 < sentence.end && comma(end) && !office.plural && said {
        let at = skip_titles(board, end + 1, sentence.end);
        if let Some(name) = person_at(board, at, sentence.end) {
            let tokens = &board.names.all[name].tokens;
            let head = tokens.clone().find(|&t| !tokens.contains(&document.token(t).head)).unwrap_or(tokens.start);
            let token = document.token(head);
            let apposed = token.deprel == Deprel::Appos && office.tokens.contains(&token.head)
                || document.token(office.head).deprel == Deprel::Appos
                    && tokens.contains(&document.token(office.head).head);
            // "Kenya's foreign minister, Adan Noor, and ...": closed by a comma, and no list goes on.
            let closed = tokens.end < sentence.end
                && document.word(tokens.end) == ","
                && person_at(board, tokens.end + 1, sentence.end).is_none();
            if apposed || closed && office.determiner != Determiner::None {
                return vec![name];
            }
        }
    }
    // "his Greek, Cypriot and French counterparts, Adan, Noor and Rahal": as many names as countries, in their order.
    if office.plural && office.owners.len() > 1 && end + 1 < sentence.end && comma(end) {
        let names = names_behind(board, end + 1, sentence.end, false);
        if names.len() == office.owners.len() {
            return names;
        }
    }
    // "the two foreign ministers, Adan and Noor", "the presidents of the two countries, Adan of Chad and Noor of Mali": as many names
    // as are counted.
    let (end, counted) = of_counted(board, office.head, end);
    if office.plural && office.owners.is_empty() && end + 1 < sentence.end && comma(end) {
        let names = names_behind(board, end + 1, sentence.end, true);
        let number = match counted.map(str::to_lowercase).as_deref() {
            Some("two" | "2" | "both") => 2,
            Some("three" | "3") => 3,
            Some("four" | "4") => 4,
            _ => 0,
        };
        if names.len() == number {
            return names;
        }
    }
    Vec::new()
}

/// The person that is named there, after titles if need be, and those joined to it as in [`add_joined`].
fn names_behind(board: &Board<'_>, start: usize, end: usize, owned: bool) -> Vec<usize> {
    let mut names: Vec<usize> = person_at(board, skip_titles(board, start, end), end).into_iter().collect();
    add_joined(board, &mut names, end, owned);
    names
}

/// "Leyla Adan is the president of Freedonia", "Adan, who is the president".
fn predicate(board: &Board<'_>, number: usize) -> Vec<usize> {
    let office = &board.offices[number];
    let document = board.document;
    let token = document.token(office.head);
    if token.deprel != Deprel::Attr || office.plural || office.counterpart {
        return Vec::new();
    }
    let verb = token.head;
    let negated = document.children_by(verb, Deprel::Neg).next().is_some();
    let modal = document.children_by(verb, Deprel::Aux).any(|aux| document.token(aux).tag == Tag::Md);
    if negated
        || modal
        || !matches!(document.lemma(verb), "be" | "remain" | "become")
        || document.token(verb).tag == Tag::Vb
    {
        return Vec::new();
    }
    let subject = document.children_by(verb, Deprel::Nsubj).next();
    let subject = subject.map(|subject| {
        // "who is the president": the clause's noun
        if matches!(document.token(subject).tag, Tag::Wp | Tag::Wdt) && document.token(verb).deprel == Deprel::Relcl {
            document.token(verb).head
        } else {
            subject
        }
    });
    subject
        .and_then(|subject| board.names.at(subject))
        .filter(|(_, name)| name.kind == NameKind::Person)
        .map(|(name, _)| vec![name])
        .unwrap_or_default()
}

/// The country in "President Zelenskyy of Ukraine", "Admiral Radakin from the UK".
fn owner_behind(board: &Board<'_>, end: usize) -> Option<usize> {
    let document = board.document;
    let count = document.tokens().len();
    // "Commander Adan, of the Harbour Police,"
    let comma = end + 2 < count && document.word(end) == "," && document.word(end + 1) == "of";
    let end = if comma { end + 1 } else { end };
    if end + 1 >= count || !matches!(document.word(end), "of" | "from") {
        return None;
    }
    let mut at = end + 1;
    if document.word(at).eq_ignore_ascii_case("the") && at + 1 < count {
        at += 1;
    }
    // "the Kingdom of", "His Majesty": a country's long name is one name.
    board
        .names
        .at(at)
        .filter(|(_, name)| matches!(name.kind, NameKind::Country | NameKind::Place | NameKind::Organization))
        .map(|(n, _)| n)
}

/// Whether the past is told by the verb: "was the president".
pub(crate) fn was(board: &Board<'_>, office: &OfficePhrase) -> bool {
    let token = board.document.token(office.head);
    token.deprel == Deprel::Attr
        && board.document.token(token.head).tag == Tag::Vbd
        && board.document.lemma(token.head) == "be"
}
