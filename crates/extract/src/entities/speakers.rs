//! Who says what: quotes and reported clauses in, the token of each speaker out.
//!
//! In "We will help," Adan said, the quote's tokens belong to the subject of "said"; a quote that goes on
//! in the next sentence keeps its speaker.

use std::ops::Range;

use entente_nlp::{Deprel, Document, Upos};

use super::author;
use super::board::Board;
use crate::mentions::NameKind;

/// For each token, the token that heads the phrase of its speaker.
pub(super) struct Speakers {
    /// By token: inside a quote, the speaker's token.
    pub(super) quote: Vec<Option<usize>>,
    /// By token: in a reported clause, the speaker's token.
    pub(super) reported: Vec<Option<usize>>,
    /// Whether a token lies in a quote, attributed or not.
    pub(super) quoted: Vec<bool>,
    /// By token: in a transcript of two, the token of the other one, who has spoken last.
    pub(super) partner: Vec<Option<usize>>,
    /// The token of whoever signs the text: "I" outside of quotes.
    pub(super) author: Option<usize>,
}

/// Finds quotes and reported clauses.
pub(super) fn find(board: &Board<'_>) -> Speakers {
    let document = board.document;
    let count = document.tokens().len();
    let mut speakers = Speakers {
        quote: vec![None; count],
        reported: vec![None; count],
        quoted: vec![false; count],
        partner: vec![None; count],
        author: author::find(board),
    };
    let mut last: Option<(usize, usize)> = None;
    for quote in quotes(document) {
        for token in quote.clone() {
            speakers.quoted[token] = true;
        }
        let own = attribution(board, &quote);
        let sentence = document.token(quote.start).sentence;
        // A quote that goes on without a new attribution; a few quoted words inside a sentence have their own subject.
        let whole_sentences = document.sentences()[sentence].tokens.start + 1 >= quote.start;
        let carried = last.filter(|&(_, end)| whole_sentences && sentence <= end + 1).map(|(speaker, _)| speaker);
        if let Some(speaker) = own.or(carried) {
            for token in quote.clone() {
                speakers.quote[token] = Some(speaker);
            }
            last = Some((speaker, document.token(quote.end - 1).sentence));
        }
    }
    for token in 0..count {
        speakers.reported[token] = reporter(board, token);
    }
    let turns = turns(board);
    let partners = partners(board, &turns);
    for ((turn, speaker), partner) in turns.into_iter().zip(partners) {
        for token in turn {
            speakers.quoted[token] = true;
            speakers.quote[token] = speaker;
            speakers.partner[token] = partner;
        }
    }
    speakers
}

/// The turns of a transcript, "SECRETARY ADAN: Thank you all.", each with the token of its speaker.
fn turns(board: &Board<'_>) -> Vec<(Range<usize>, Option<usize>)> {
    let document = board.document;
    let text = document.text();
    let mut starts: Vec<(usize, Option<usize>)> = Vec::new();
    for number in 0..document.tokens().len() {
        let begin = document.token(number).span.start;
        let opens = number == 0
            || text[document.token(number - 1).span.end..begin].contains('\n')
            || document.word(number - 1).contains('\n');
        if !opens {
            continue;
        }
        let Some(colon) = (number..document.tokens().len().min(number + 8)).find(|&t| document.word(t) == ":") else {
            continue;
        };
        let label = &text[begin..document.token(colon).span.start];
        let shouted =
            label.chars().filter(|c| c.is_alphabetic()).count() >= 4 && !label.chars().any(char::is_lowercase);
        if shouted && !label.contains('\n') {
            let speaker = (number..colon)
                .rev()
                .find(|&t| board.names.at(t).is_some_and(|(_, name)| name.kind == NameKind::Person));
            starts.push((colon + 1, speaker));
        }
    }
    if starts.len() < 2 {
        return Vec::new();
    }
    let ends: Vec<usize> = starts.iter().skip(1).map(|(start, _)| *start).chain([document.tokens().len()]).collect();
    starts.into_iter().zip(ends).map(|((start, speaker), end)| (start..end, speaker)).collect()
}

/// To whom each turn of a transcript of two persons speaks: to the other, unless a question of somebody else comes between.
fn partners(board: &Board<'_>, turns: &[(Range<usize>, Option<usize>)]) -> Vec<Option<usize>> {
    let who = |speaker: usize| board.names.at(speaker).and_then(|(name, _)| board.of_name[name]);
    let mut persons: Vec<usize> = turns.iter().filter_map(|(_, speaker)| *speaker).collect();
    persons.sort_unstable();
    persons.dedup_by_key(|speaker| who(*speaker));
    let mut entities: Vec<_> = persons.iter().map(|&speaker| who(speaker)).collect();
    entities.sort_unstable();
    entities.dedup();
    let two = entities.len() == 2 && !entities.contains(&None);
    let other = |speaker: usize| persons.iter().copied().find(|&person| who(person) != who(speaker));
    let partner = |number: usize| {
        let speaker = turns[number].1.filter(|_| two)?;
        let before = number.checked_sub(1).map(|before| turns[before].1);
        match before {
            None => other(speaker),
            Some(before) => before.filter(|&before| who(before) != who(speaker)),
        }
    };
    (0..turns.len()).map(partner).collect()
}

/// The stretches of tokens between quotation marks; a paragraph's end closes a quote.
fn quotes(document: &Document) -> Vec<Range<usize>> {
    let mut quotes = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let text = document.text();
    for (number, token) in document.tokens().iter().enumerate() {
        let word = token.span.of(text);
        let gap_start = if number == 0 { 0 } else { document.token(number - 1).span.end };
        if let Some((start, _)) = open
            && (text[gap_start..token.span.start].contains('\n') || word.contains('\n'))
        {
            if start < number {
                quotes.push(start..number);
            }
            open = None;
        }
        let before = text[..token.span.start].chars().next_back();
        let after = text[token.span.end..].chars().next();
        let mark = word.chars().next().unwrap_or(' ');
        let single = word.chars().count() == 1 || word == "''" || word == "``";
        if !single {
            continue;
        }
        match (mark, open) {
            ('“' | '„' | '«', _) => open = Some((number + 1, '”')),
            ('”' | '»', Some((start, '”'))) => {
                if start < number {
                    quotes.push(start..number);
                }
                open = None;
            }
            ('"' | '`', None) => open = Some((number + 1, '"')),
            ('"' | '\'', Some((start, '"'))) if mark == '"' || word == "''" => {
                if start < number {
                    quotes.push(start..number);
                }
                open = None;
            }
            ('‘' | '\'' | '’', None)
                if before.is_none_or(char::is_whitespace)
                    && after.is_some_and(char::is_alphanumeric)
                    && mark != '’' =>
            {
                open = Some((number + 1, '\''));
            }
            ('’' | '\'', Some((start, '\'')))
                if after.is_none_or(|c| !c.is_alphanumeric())
                    && before.is_some_and(|c| matches!(c, ',' | '.' | '?' | '!' | '…')) =>
            {
                if start < number {
                    quotes.push(start..number);
                }
                open = None;
            }
            _ => {}
        }
    }
    quotes
}

/// The subject of the verb that a quote is attributed to.
fn attribution(board: &Board<'_>, quote: &Range<usize>) -> Option<usize> {
    let document = board.document;
    let outside = |token: &usize| !quote.contains(token);
    // A reporting verb above the quote's words.
    let head = quote.clone().find(|&t| {
        document.head(t).is_none_or(|h| !quote.contains(&h))
            && !matches!(document.token(t).upos, Upos::Punct | Upos::Space)
    });
    if let Some(head) = head {
        for verb in document.ancestors(head).filter(outside) {
            if let Some(speaker) = reporting_subject(board, verb).filter(outside) {
                return Some(speaker);
            }
        }
        // "..., said Adan" as a parataxis below the quote's root.
        if let Some(speaker) = document.children(head).filter(outside).find_map(|verb| reporting_subject(board, verb)) {
            return Some(speaker).filter(outside);
        }
    }
    // A reporting clause right behind or right before the quote.
    let count = document.tokens().len();
    let behind = (quote.end + 1..count.min(quote.end + 12))
        .find(|&t| reporting_subject(board, t).is_some_and(|s| outside(&s) && s > quote.end && s < quote.end + 14));
    if let Some(verb) = behind.filter(|&verb| !ends_before(document, quote, verb)) {
        return reporting_subject(board, verb);
    }
    let sentence = document.sentence_of(quote.start).tokens.start;
    let from = sentence.max(quote.start.saturating_sub(25));
    let before = (from..quote.start).rev().find(|&t| reporting_subject(board, t).is_some_and(|s| outside(&s)));
    if let Some(verb) = before.filter(|&verb| !crosses_quote(document, verb, quote.start.saturating_sub(1))) {
        return reporting_subject(board, verb);
    }
    introduced(board, quote.start)
}

/// Whether a quote is over before a verb behind it: by a full stop within, the end of the line, or another quote.
fn ends_before(document: &Document, quote: &Range<usize>, verb: usize) -> bool {
    let between = document.token(quote.end - 1).span.end..document.token(verb).span.start;
    document.word(quote.end - 1) == "."
        || document.text()[between].contains('\n')
        || crosses_quote(document, quote.end + 1, verb)
}

/// Whether a quotation mark stands in a stretch of tokens.
fn crosses_quote(document: &Document, from: usize, to: usize) -> bool {
    (from..to).any(|t| matches!(document.word(t), "\"" | "“" | "”" | "''" | "``"))
}

/// "Quote from Adan: ...", "Adan: ...": the last name of the line before the colon.
fn introduced(board: &Board<'_>, start: usize) -> Option<usize> {
    let document = board.document;
    let mark = start.checked_sub(1)?;
    let colon = (mark.saturating_sub(3)..mark).rev().find(|&t| document.word(t) == ":")?;
    let text = document.text();
    let line_start = text[..document.token(colon).span.start].rfind('\n').map_or(0, |at| at + 1);
    (0..colon)
        .rev()
        .take_while(|&t| document.token(t).span.start >= line_start)
        .find(|&t| board.names.at(t).is_some_and(|(_, name)| name.kind == NameKind::Person))
}

/// The subject of a reporting verb.
fn reporting_subject(board: &Board<'_>, verb: usize) -> Option<usize> {
    let document = board.document;
    let token = document.token(verb);
    if !matches!(token.upos, Upos::Verb) || !board.vocabulary.has("reporting-verbs", document.lemma(verb)) {
        return None;
    }
    // "he said and added": a second verb shares the subject.
    let own = document.children_by(verb, Deprel::Nsubj).next();
    own.or_else(|| {
        (token.deprel == Deprel::Conj).then(|| document.children_by(token.head, Deprel::Nsubj).next()).flatten()
    })
    .filter(|&subject| !matches!(document.lemma(subject), "it" | "that" | "which" | "who"))
}

/// The subject of the verb in whose reported clause a token lies.
fn reporter(board: &Board<'_>, token: usize) -> Option<usize> {
    let document = board.document;
    let mut below = token;
    for above in std::iter::once(token).chain(document.ancestors(token)) {
        let relation = document.token(above).deprel;
        if relation == Deprel::Ccomp || relation == Deprel::Parataxis && above != token {
            let verb = document.token(above).head;
            if let Some(subject) = reporting_subject(board, verb)
                && !document.phrase(above).contains(&subject)
            {
                return Some(subject);
            }
        }
        // "according to Adan", "Adan said" below the reported clause's own root
        if let Some(source) = according(document, above)
            && !document.phrase(source).contains(&token)
        {
            return Some(source);
        }
        let parenthetic = document.children(above).find(|&child| {
            child != below
                && matches!(document.token(child).deprel, Deprel::Parataxis | Deprel::Ccomp)
                && document.children_by(child, Deprel::Ccomp).next().is_none()
                && reporting_subject(board, child).is_some()
                && document.children_by(child, Deprel::Mark).next().is_none()
                && document.token(child).deprel == Deprel::Parataxis
        });
        if let Some(subject) = parenthetic.and_then(|verb| reporting_subject(board, verb)) {
            return Some(subject);
        }
        below = above;
    }
    None
}

/// The source in "according to Adan" below a token.
fn according(document: &Document, token: usize) -> Option<usize> {
    document
        .children_by(token, Deprel::Prep)
        .filter(|&prep| document.word(prep).eq_ignore_ascii_case("according"))
        .flat_map(|prep| document.children(prep))
        .flat_map(|to| {
            document.children_by(to, Deprel::Pobj).chain((document.token(to).deprel == Deprel::Pobj).then_some(to))
        })
        .next()
}
