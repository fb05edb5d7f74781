//! Numbers with a meaning: sums of money, things given, people killed and injured.
//!
//! In: a parsed document. Out: [`Money`], [`ItemMention`]s and [`casualties`].
//! The grammars read characters, and map what they find to tokens: "$2.3bn" is cut differently in every other sentence.

mod casualties;
mod currency;
mod item_lexicon;
mod items;
mod lexicon;
mod money;
mod number;
mod running_total;
#[cfg(test)]
pub(crate) mod testing;
mod victims;
mod words;

pub(crate) use casualties::casualties;
pub(crate) use currency::Currencies;
pub(crate) use item_lexicon::Items;
pub(crate) use items::ItemMention;
pub(crate) use lexicon::LexiconError;
pub(crate) use money::Money;
pub(crate) use number::{Style, number_at};
pub(crate) use words::{Kind, Words};

use entente_nlp::Document;

/// Finds every sum of money in a document, in text order.
pub(crate) fn find_money(document: &Document, currencies: &Currencies) -> Vec<Money> {
    money::find(document, &Words::new(document.text()), currencies)
}
