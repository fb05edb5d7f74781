//! What an act beyond the nine types is about: the measure that is lifted, the vote that is boycotted, the deed that is condemned.
//!
//! In: a draft with a theme. Out: the name of its theme, in the words of the text: "condemned the **bombing of a school**".

use entente_nlp::Deprel;

use super::{Context, Draft, name};

/// What stands behind a noun and says which one it is.
const BEHIND: &[&str] = &["of", "on", "in", "against", "for", "to", "into", "over", "about", "from"];

/// The name of the theme, unless it names one of the sides.
pub(super) fn read(context: &Context<'_>, draft: &Draft) -> Option<String> {
    let theme = draft.theme.filter(|&theme| theme != draft.trigger)?;
    let side = draft.roles.iter().flat_map(|(_, filled)| filled).any(|filled| filled.mention == theme);
    let attribute = matches!(context.document.token(theme).deprel, Deprel::Compound | Deprel::Amod);
    if side || attribute { None } else { name(context, theme, BEHIND) }
}
