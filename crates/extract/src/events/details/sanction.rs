//! What a sanction consists of.
//!
//! In: drafts of sanctions, told by a noun ("an asset freeze and travel bans"), by a verb with what it forbids ("barred them from
//! entering") or taken up later ("The measures include a ban on imports"). Out: `instruments` of their details.
//! The words are in `data/lexicon/words/instrument.toml`; where the text says no more than "sanctions" there are none.

use entente_model::{EventType, SanctionInstrument};
use entente_nlp::{Deprel, Upos};

use super::{Context, Draft, extend, theme};

/// How many sentences later the measures are taken up.
const REACH: usize = 2;
/// How many words behind a sanction what it consists of is listed.
const SPAN: usize = 120;
/// How many words are joined to one at most.
const JOINED: usize = 64;

/// Fills the instruments that the sentence names.
pub(super) fn read(context: &Context<'_>, draft: &mut Draft) {
    let mut found = std::mem::take(&mut draft.details.instruments);
    for word in [draft.trigger, theme(draft)] {
        if context.grammar().is_verb(word) {
            // "imposed sanctions on X, freezing their assets"
            for verb in clauses(context, word).into_iter().chain([word]) {
                extend(&mut found, &of_verb(context, verb));
            }
            let object = |o: &usize| context.in_list(*o, "sanction-nouns") || context.in_list(*o, "barring-nouns");
            for object in context.grammar().objects(word).into_iter().flatten().filter(object) {
                extend(&mut found, &of_noun(context, object));
            }
        } else {
            // "the announcement of financial sanctions"
            let of = context.grammar().preposition(word, "of").into_iter().flatten();
            for noun in of.filter(|&noun| context.in_list(noun, "sanction-nouns")).chain([word]) {
                extend(&mut found, &of_all(context, noun));
            }
        }
    }
    extend(&mut found, &contained(context, draft));
    found.sort_unstable();
    draft.details.instruments = found;
}

/// "sanctions on X, **including** an asset freeze": what the sentence lists, wherever the parser hangs it below the event.
fn contained(context: &Context<'_>, draft: &Draft) -> Vec<SanctionInstrument> {
    let document = context.document;
    let below = |&t: &usize| {
        let heads = [draft.trigger, theme(draft)];
        let mut path = document.ancestors(t).take_while(|&a| heads.contains(&a) || !context.grammar().is_verb(a));
        path.any(|above| heads.contains(&above))
    };
    let opens = |&t: &usize| {
        let such_as = document.lemma(t) == "as" && document.children(t).any(|c| document.lemma(c) == "such");
        such_as || context.in_list(t, "containing-words")
    };
    let mut found = Vec::new();
    let start = draft.trigger.min(theme(draft));
    let end = document.sentence_of(start).tokens.end.min(start + SPAN);
    for opener in (start..end).filter(opens).filter(below) {
        for part in document.children(opener).filter(|&c| c > opener) {
            extend(&mut found, &of_all(context, part));
        }
    }
    found
}

/// "The measures **include an asset freeze**", "They will **face travel bans**": what the next sentences say that the sanction
/// told last consists of.
pub(super) fn take_up(context: &Context<'_>, events: &mut [Draft], verbs: &[usize]) {
    for &verb in verbs {
        let named = taken_up(context, verb);
        if named.is_empty() {
            continue;
        }
        let sentence = context.document.token(verb).sentence;
        let near = |event: &&mut Draft| {
            let last = event.sentences().filter(|&s| s <= sentence);
            event.kind == EventType::Sanction && last.max().is_some_and(|last| sentence - last <= REACH)
        };
        if let Some(event) = events.iter_mut().filter(near).max_by_key(|event| event.sentence) {
            extend(&mut event.details.instruments, &named);
            event.details.instruments.sort_unstable();
        }
    }
}

/// What a verb says of measures or of those who are hit by them, that were told before.
fn taken_up(context: &Context<'_>, verb: usize) -> Vec<SanctionInstrument> {
    let (document, grammar) = (context.document, context.grammar());
    let mut found = Vec::new();
    let Some(subject) = grammar.surface_subject(verb).and_then(|group| group.first().copied()) else { return found };
    let taken =
        |noun: usize| document.children(noun).any(|c| matches!(document.lemma(c), "the" | "this" | "these" | "its"));
    let measures = context.in_list(subject, "measure-anaphors") && taken(subject);
    let listed = document.token(subject).upos == Upos::Pron || taken(subject);
    if measures && context.in_list(verb, "content-verbs") {
        for object in grammar.objects(verb).into_iter().chain(grammar.preposition(verb, "of")).flatten() {
            extend(&mut found, &of_all(context, object));
        }
    } else if measures {
        // "The sanctions freeze any assets that they hold and ban them from entering."
        for verb in joined(context, verb) {
            extend(&mut found, &of_verb(context, verb));
        }
    } else if listed && context.in_list(verb, "bearing-verbs") {
        let objects = grammar.objects(verb).into_iter().filter(|group| !group.contains(&subject));
        let behind = ["to", "with"].into_iter().flat_map(|word| grammar.preposition(verb, word));
        for object in objects.chain(behind).flatten() {
            extend(&mut found, &of_all(context, object));
        }
    }
    found
}

/// Participles and relative clauses that go on from a sanction: "subjecting them to a travel ban", "which ban imports".
fn clauses(context: &Context<'_>, verb: usize) -> Vec<usize> {
    let document = context.document;
    let below = |&c: &usize| {
        let clause = matches!(document.token(c).deprel, Deprel::Advcl | Deprel::Acl | Deprel::Relcl);
        clause && c > verb && (context.in_list(c, "barring-verbs") || context.in_list(c, "bearing-verbs"))
    };
    let nouns =
        document.children(verb).filter(|&c| matches!(document.token(c).deprel, Deprel::Dobj | Deprel::Nsubjpass));
    let hanging = nouns.flat_map(|noun| document.children(noun));
    document.children(verb).chain(hanging).filter(below).flat_map(|verb| joined(context, verb)).collect()
}

/// The instruments that a verb names by itself, by what it forbids, or by what it subjects somebody to.
fn of_verb(context: &Context<'_>, verb: usize) -> Vec<SanctionInstrument> {
    let (document, grammar) = (context.document, context.grammar());
    let mut found = named(context, verb, "measure");
    if context.in_list(verb, "barring-verbs") {
        let from = grammar.preposition(verb, "from");
        for object in grammar.objects(verb).into_iter().chain(from).flatten() {
            extend(&mut found, &named(context, object, "barred"));
        }
        // "barred them from entering", "forbade them to enter"
        let gerunds =
            document.children_by(verb, Deprel::Prep).flat_map(|from| document.children_by(from, Deprel::Pcomp));
        for clause in gerunds.chain(document.children_by(verb, Deprel::Xcomp)) {
            extend(&mut found, &named(context, clause, "barred"));
        }
    } else if context.in_list(verb, "bearing-verbs") {
        for object in ["to", "with"].into_iter().flat_map(|word| grammar.preposition(verb, word)).flatten() {
            extend(&mut found, &of_all(context, object));
        }
    }
    found
}

/// A word and those joined to it, whatever the tagger takes them for: "travel bans and asset **freezes**".
fn joined(context: &Context<'_>, word: usize) -> Vec<usize> {
    let mut group = vec![word];
    let mut next = 0;
    while let Some(&member) = group.get(next).filter(|_| group.len() < JOINED) {
        let deprels = [Deprel::Conj, Deprel::Appos];
        group.extend(deprels.into_iter().flat_map(|deprel| context.document.children_by(member, deprel)));
        next += 1;
    }
    group
}

/// The instruments that a noun and those joined to it name.
fn of_all(context: &Context<'_>, noun: usize) -> Vec<SanctionInstrument> {
    let mut found = Vec::new();
    for noun in joined(context, noun) {
        extend(&mut found, &of_noun(context, noun));
    }
    found
}

/// The instruments that one noun names: by what it forbids, else by its own name.
fn of_noun(context: &Context<'_>, noun: usize) -> Vec<SanctionInstrument> {
    let document = context.document;
    let mut found = Vec::new();
    let general = document.lemma(noun) == "sanction";
    if general || context.in_list(noun, "barring-nouns") {
        let before = document.children(noun).filter(|&c| c < noun);
        for word in before.filter(|&c| document.token(c).deprel != Deprel::Poss).flat_map(|word| joined(context, word))
        {
            extend(&mut found, &named(context, word, "barred"));
        }
        let behind =
            ["of", "on", "against"].into_iter().flat_map(|word| context.grammar().preposition(noun, word)).flatten();
        let clauses = document.children_by(noun, Deprel::Prep).flat_map(|on| document.children_by(on, Deprel::Pcomp));
        for word in behind.chain(clauses) {
            let all = named(context, word, "barred");
            // Sanctions on a firm that sells arms forbid no arms; those on a sector are on a sector.
            let fits = |i: &SanctionInstrument| general == (*i == SanctionInstrument::SectoralSanction);
            extend(&mut found, &all.into_iter().filter(fits).collect::<Vec<_>>());
        }
    }
    if found.is_empty() { named(context, noun, "measure") } else { found }
}

/// The instruments whose list of a family holds a word; with the words before it rather than alone: "arms exports" are arms.
fn named(context: &Context<'_>, word: usize, family: &str) -> Vec<SanctionInstrument> {
    let lexicon = context.rules.lexicon();
    let holds = |instrument: &SanctionInstrument, words: &str| match family {
        "barred" => lexicon.contains(&format!("barred-{instrument}"), words),
        _ => lexicon.contains(&format!("measure-{instrument}"), words),
    };
    let lemma = context.grammar().lemma(word);
    let before = context.document.children(word).filter(|&c| c < word);
    let mut found: Vec<SanctionInstrument> = Vec::new();
    for part in before {
        let two = format!("{} {lemma}", context.grammar().lemma(part));
        extend(&mut found, &SanctionInstrument::ALL.iter().copied().filter(|i| holds(i, &two)).collect::<Vec<_>>());
    }
    if found.is_empty() {
        found.extend(SanctionInstrument::ALL.iter().copied().filter(|i| holds(i, &lemma)));
    }
    found
}
