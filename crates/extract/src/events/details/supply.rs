//! Whether aid comes from stocks or is bought.
//!
//! In: a draft of aid. Out: its [`Supply`]. "from its own stocks" and "presidential drawdown" take from stocks; "will procure", "the order for" buy.
//! Aid that is told with both is left open.

use entente_model::Supply;
use entente_nlp::{Deprel, Tag};

use super::{Context, Draft, prepositions, theme};

/// Where the things come from, as the aid's own phrase and the phrases of its verb tell.
pub(super) fn read(context: &Context<'_>, draft: &Draft) -> Option<Supply> {
    let document = context.document;
    let mut tokens: Vec<usize> = document.subtree(theme(draft)).collect();
    for (word, _, object) in prepositions(context, draft.trigger) {
        if context.rules.lexicon().contains("supply-prepositions", &word) {
            tokens.extend(document.subtree(object));
        }
    }
    tokens.push(draft.trigger);
    // What a clause below tells is another matter: "weapons to replace the stocks that it has given".
    let own = |&t: &usize| {
        t == draft.trigger
            || document.ancestors(t).take_while(|&above| above != draft.trigger && above != theme(draft)).all(|above| {
                let opens = document.token(above).deprel == Deprel::Prep;
                let word = document.word(above).to_lowercase();
                // "training on procurement"
                (!opens || context.rules.lexicon().contains("supply-prepositions", &word))
                    && !matches!(document.token(above).deprel, Deprel::Relcl | Deprel::Advcl | Deprel::Ccomp)
                    && document.token(above).tag != Tag::Vb
            })
    };
    let told = |list: &str| tokens.iter().filter(|t| own(t)).any(|&t| context.in_list(t, list));
    match (told("drawdown-words"), told("procurement-words")) {
        (true, false) => Some(Supply::Drawdown),
        (false, true) => Some(Supply::Procurement),
        _ => None,
    }
}
