//! Sums of money.
//!
//! In: a parsed document. Out: every [`Money`] in it, in text order: value, currency, bound, whether it is a running total.
//! "more than $2.3 billion", "€50m", "Rs 500 crore", "1.9B euro", "half a billion dollars".
//! Of a range ("$5-10 million") the lower end counts, as at least.

use std::ops::Range;

use entente_model::{Amount, Bound};
use entente_nlp::Document;

use super::{
    currency::{Context, Currencies, Found},
    number::{Number, Style, number_at, number_behind_sign},
    running_total,
    words::{Kind, Words},
};

/// A sum of money in the text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Money {
    /// Its tokens, without the words that bound it.
    pub(crate) tokens: Range<usize>,
    /// Value, currency and bound.
    pub(crate) amount: Amount,
    /// Whether it is a running total: "$2.5 billion since 2014".
    pub(crate) cumulative: bool,
    /// Whether it is a price or a rate: "$80 a barrel".
    pub(crate) rate: bool,
}

/// Words before a sum that bound it.
const BOUNDS_BEFORE: &[(&[&str], Bound)] = &[
    (&["no", "more", "than"], Bound::AtMost),
    (&["not", "more", "than"], Bound::AtMost),
    (&["no", "less", "than"], Bound::AtLeast),
    (&["not", "less", "than"], Bound::AtLeast),
    (&["no", "fewer", "than"], Bound::AtLeast),
    (&["a", "little", "over"], Bound::AtLeast),
    (&["more", "than"], Bound::AtLeast),
    (&["greater", "than"], Bound::AtLeast),
    (&["in", "excess", "of"], Bound::AtLeast),
    (&["north", "of"], Bound::AtLeast),
    (&["upwards", "of"], Bound::AtLeast),
    (&["upward", "of"], Bound::AtLeast),
    (&["a", "minimum", "of"], Bound::AtLeast),
    (&["at", "least"], Bound::AtLeast),
    (&["well", "over"], Bound::AtLeast),
    (&["over"], Bound::AtLeast),
    (&["above"], Bound::AtLeast),
    (&["exceeding"], Bound::AtLeast),
    (&["exceeds"], Bound::AtLeast),
    (&["exceeded"], Bound::AtLeast),
    (&["topping"], Bound::AtLeast),
    (&["surpassing"], Bound::AtLeast),
    (&["minimum"], Bound::AtLeast),
    (&["up", "to"], Bound::AtMost),
    (&["as", "much", "as"], Bound::AtMost),
    (&["as", "many", "as"], Bound::AtMost),
    (&["at", "most"], Bound::AtMost),
    (&["a", "maximum", "of"], Bound::AtMost),
    (&["not", "exceeding"], Bound::AtMost),
    (&["not", "to", "exceed"], Bound::AtMost),
    (&["less", "than"], Bound::AtMost),
    (&["fewer", "than"], Bound::AtMost),
    (&["just", "under"], Bound::AtMost),
    (&["under"], Bound::AtMost),
    (&["below"], Bound::AtMost),
    (&["about"], Bound::About),
    (&["around"], Bound::About),
    (&["some"], Bound::About),
    (&["roughly"], Bound::About),
    (&["approximately"], Bound::About),
    (&["approx"], Bound::About),
    (&["circa"], Bound::About),
    (&["estimated"], Bound::About),
    (&["estimated", "at"], Bound::About),
    (&["nearly"], Bound::About),
    (&["almost"], Bound::About),
    (&["close", "to"], Bound::About),
    (&["nearing"], Bound::About),
    (&["~"], Bound::About),
];

/// Words that may stand between a bound and the sum: "more than an additional $5 million".
const FILLERS: [&str; 16] = [
    "a",
    "an",
    "another",
    "additional",
    "extra",
    "further",
    "the",
    "its",
    "their",
    "his",
    "new",
    "whopping",
    "total",
    "staggering",
    "of",
    "record",
];

/// Words behind a sum that make it a price or a rate.
const RATES: [&str; 16] = [
    "barrel", "tonne", "ton", "hour", "gallon", "litre", "liter", "share", "person", "head", "kilo", "kilogram",
    "unit", "ounce", "dose", "day",
];

/// Finds every sum of money.
pub(crate) fn find(document: &Document, words: &Words, currencies: &Currencies) -> Vec<Money> {
    let context = Context::new(words);
    let mut found: Vec<(Range<usize>, Money)> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some((number, currency, end)) = sum_at(words, at, currencies, &context) else {
            at += 1;
            continue;
        };
        let sum = at..end;
        at = end;
        let counts = !number.vague && number.value > 0.0 && (!currency.wary || number.scaled || number.value >= 1000.0);
        let counts = counts && !is_weight(words, &number, end);
        let conversion = found.last().is_some_and(|(last, _)| is_conversion(words, last.end, sum.start));
        if counts && !conversion {
            let bound = bound(words, &sum, &number);
            let amount = Amount { value: number.value, currency: currency.code, bound };
            let rate = is_rate(words, sum.end);
            let tokens = words.tokens(document, &sum);
            found.push((sum, Money { tokens, amount, cumulative: false, rate }));
        }
    }
    running_total::mark(document, words, &mut found);
    found.into_iter().map(|(_, money)| money).collect()
}

/// The sum that begins at the unit: number, currency, the unit behind it.
fn sum_at(words: &Words, at: usize, currencies: &Currencies, context: &Context) -> Option<(Number, Found, usize)> {
    let symbol = currencies.symbol_at(words, at, context);
    let is_code = symbol.is_none();
    if let Some(symbol) = symbol.or_else(|| currencies.code_at(words, at)) {
        // Letters and a small number glued to them make a name: "CAD18".
        let is_sum = |n: &Number| !is_code || n.scaled || n.value >= 1000.0 || !words.glued(symbol.end);
        let number = number_behind_sign(words, symbol.end, words.before(at, 1) == "between").filter(is_sum);
        if let Some(number) = number {
            // "$5 million US", "$5 million Canadian dollars".
            let next = words.past_hyphen(number.end);
            return Some(match currencies.name_at(words, next, context) {
                Some(name) => (number, name, name.end),
                None => (number, symbol, number.end),
            });
        }
    }
    let number = number_at(words, at, Style::Money)?;
    let next = words.past_hyphen(number.end);
    let next = next + usize::from(number.vague && words.low(next) == "of");
    let currency = currencies
        .name_at(words, next, context)
        .or_else(|| currencies.symbol_at(words, next, context).filter(|f| !is_amount_behind(words, f.end)))?;
    Some((number, currency, currency.end))
}

/// What is counted in pounds of weight: "1.5 million pounds of flour".
const WEIGHED: [&str; 16] = [
    "ammunition",
    "beef",
    "cargo",
    "equipment",
    "explosive",
    "explosives",
    "flour",
    "food",
    "grain",
    "materiel",
    "medical",
    "medicine",
    "relief",
    "rice",
    "supplies",
    "wheat",
];

/// "54,000 pounds of medical items": a weight; "5 million pounds of debt" is a sum.
fn is_weight(words: &Words, number: &Number, end: usize) -> bool {
    words.is_any(end - 1, &["pound", "pounds"])
        && words.low(end) == "of"
        && (!number.scaled || (end + 1..end + 3).any(|at| words.is_any(at, &WEIGHED)))
}

/// Whether the symbol belongs to the number behind it: "in 2023 $5 million".
fn is_amount_behind(words: &Words, at: usize) -> bool {
    words.kind(at) == Kind::Digits
}

/// Whether a sum only repeats the one before it in another currency: "€250m (£210m)", "1 billion euros, or $1.1 billion".
fn is_conversion(words: &Words, end: usize, start: usize) -> bool {
    let opens = words.raw(end) == "(" || words.raw(end) == "[";
    let skip = |at: usize| {
        at + usize::from(words.is_any(at, &["about", "around", "roughly", "some", "approximately", "or", "=", "~"]))
    };
    (opens && start <= skip(skip(end + 1)))
        || (words.raw(end) == "," && words.low(end + 1) == "or" && start <= skip(end + 2))
}

/// The bound that the words around the sum give.
fn bound(words: &Words, sum: &Range<usize>, number: &Number) -> Bound {
    let mut at = sum.start;
    for _ in 0..4 {
        if let Some((_, bound)) = BOUNDS_BEFORE.iter().find(|(phrase, _)| words.ends_before(at, phrase)) {
            return *bound;
        }
        if at == 0 || !FILLERS.contains(&words.low(at - 1)) {
            break;
        }
        at -= 1;
    }
    let end = sum.end;
    let at_least = words.starts(end, &["or", "more"]) || words.starts(end, &["at", "least"]) || words.raw(end) == "+";
    if at_least || words.starts(end, &["and", "more"]) || number.range {
        Bound::AtLeast
    } else if words.starts(end, &["or", "less"]) || words.starts(end, &["at", "most"]) {
        Bound::AtMost
    } else if words.starts(end, &["or", "so"]) {
        Bound::About
    } else {
        Bound::Exact
    }
}

/// "$80 a barrel", "$12 per person", "$5 each".
fn is_rate(words: &Words, end: usize) -> bool {
    (words.is_any(end, &["a", "an", "per"]) && RATES.contains(&words.low(end + 1)))
        || words.is_any(end, &["each", "apiece", "hourly"])
        || (words.raw(end) == "/" && words.glued(end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantities::testing::flat;

    fn sums(text: &str) -> Vec<Money> {
        let currencies = Currencies::load(include_str!("../../../../data/lexicon/currencies.toml")).unwrap();
        find(&flat(text), &Words::new(text), &currencies)
    }

    fn check(text: &str, value: f64, currency: &str, bound: Bound) {
        let found = sums(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        let amount = found[0].amount;
        assert_eq!((amount.value, amount.currency(), amount.bound), (value, currency, bound), "{text}");
    }

    #[test]
    fn reads_symbols_names_and_codes() {
        for (text, value, currency) in [
            ("a $2.3 billion loan", 2.3e9, "USD"),
            ("a loan of US$5m", 5e6, "USD"),
            ("U.S.$ 40 million", 4e7, "USD"),
            ("A$10 million in relief", 1e7, "AUD"),
            ("C$25 million", 2.5e7, "CAD"),
            ("CA$ 25 million", 2.5e7, "CAD"),
            ("NZ$3.5m for the islands", 3.5e6, "NZD"),
            ("HK$900 million", 9e8, "HKD"),
            ("S$1.2 million", 1.2e6, "SGD"),
            ("NT$300 million", 3e8, "TWD"),
            ("R$80 million", 8e7, "BRL"),
            ("£3bn", 3e9, "GBP"),
            ("€50 million", 5e7, "EUR"),
            ("€1.900.000", 1.9e6, "EUR"),
            ("a 1.9B euro boost", 1.9e9, "EUR"),
            ("1.9 billion euros", 1.9e9, "EUR"),
            ("1,9 billion euros", 1.9e9, "EUR"),
            ("50m euros", 5e7, "EUR"),
            ("50 million €", 5e7, "EUR"),
            ("EUR50m", 5e7, "EUR"),
            ("EUR 50 million", 5e7, "EUR"),
            ("50 million EUR", 5e7, "EUR"),
            ("USD 750,000", 750_000.0, "USD"),
            ("USD 26.95", 26.95, "USD"),
            ("Rs 500 crore", 5e9, "INR"),
            ("Rs. 500 crore", 5e9, "INR"),
            ("500 crore rupees", 5e9, "INR"),
            ("₹2 lakh crore", 2e12, "INR"),
            ("¥1 trillion", 1e12, "JPY"),
            ("15 billion yen", 15e9, "JPY"),
            ("100,000 dollars", 100_000.0, "USD"),
            ("half a billion dollars", 5e8, "USD"),
            ("half-a-billion dollars", 5e8, "USD"),
            ("a quarter of a million pounds", 2.5e5, "GBP"),
            ("a billion dollars", 1e9, "USD"),
            ("two hundred million U.S. dollars", 2e8, "USD"),
            ("40 million US dollars", 4e7, "USD"),
            ("20 million Canadian dollars", 2e7, "CAD"),
            ("$20 million Canadian dollars", 2e7, "CAD"),
            ("a 10-million-dollar grant", 1e7, "USD"),
            ("a $60 million-a-year programme", 6e7, "USD"),
            ("a $2-billion line of credit", 2e9, "USD"),
            ("3 million Swiss francs", 3e6, "CHF"),
            ("40 million Danish kroner", 4e7, "DKK"),
            ("500 million Swedish kronor", 5e8, "SEK"),
            ("1.2 billion Norwegian crowns", 1.2e9, "NOK"),
            ("9 billion CFA francs", 9e9, "XOF"),
            ("20 billion won", 20e9, "KRW"),
            ("300 million yuan", 3e8, "CNY"),
            ("RMB 300 million", 3e8, "CNY"),
            ("2 billion hryvnias", 2e9, "UAH"),
            ("60 million zlotys", 6e7, "PLN"),
            ("5 billion roubles", 5e9, "RUB"),
            ("5 billion rubles", 5e9, "RUB"),
            ("75 million Egyptian pounds", 7.5e7, "EGP"),
            ("10 million pounds sterling", 1e7, "GBP"),
            ("4 million Saudi riyals", 4e6, "SAR"),
            ("RM5 million", 5e6, "MYR"),
            ("R50 million", 5e7, "ZAR"),
            ("30 million shekels", 3e7, "ILS"),
            ("ten million euros", 1e7, "EUR"),
            ("one and a half billion dollars", 1.5e9, "USD"),
            ("$1\u{a0}billion", 1e9, "USD"),
            ("$500k", 500_000.0, "USD"),
            ("$1,250,000", 1_250_000.0, "USD"),
            ("€250m (£210m)", 2.5e8, "EUR"),
            ("1.9 billion euros ($2.1 billion)", 1.9e9, "EUR"),
            ("1 billion euros, or about $1.1 billion", 1e9, "EUR"),
        ] {
            check(text, value, currency, Bound::Exact);
        }
    }

    #[test]
    fn reads_bounds() {
        for (text, value, bound) in [
            ("more than $5 million", 5e6, Bound::AtLeast),
            ("over $5 million", 5e6, Bound::AtLeast),
            ("at least $5 million", 5e6, Bound::AtLeast),
            ("no less than $5 million", 5e6, Bound::AtLeast),
            ("a package exceeding $5 million", 5e6, Bound::AtLeast),
            ("in excess of $5 million", 5e6, Bound::AtLeast),
            ("upwards of $5 million", 5e6, Bound::AtLeast),
            ("more than an additional $5 million", 5e6, Bound::AtLeast),
            ("more than half a billion dollars", 5e8, Bound::AtLeast),
            ("$5 million or more", 5e6, Bound::AtLeast),
            ("up to $5 million", 5e6, Bound::AtMost),
            ("as much as $5 million", 5e6, Bound::AtMost),
            ("less than $5 million", 5e6, Bound::AtMost),
            ("no more than $5 million", 5e6, Bound::AtMost),
            ("just under $5 million", 5e6, Bound::AtMost),
            ("some $5 million", 5e6, Bound::About),
            ("about $5 million", 5e6, Bound::About),
            ("around $5 million", 5e6, Bound::About),
            ("nearly $5 million", 5e6, Bound::About),
            ("almost $5 million", 5e6, Bound::About),
            ("roughly $5 million", 5e6, Bound::About),
            ("approximately $5 million", 5e6, Bound::About),
            ("an estimated $5 million", 5e6, Bound::About),
            ("$5-10 million", 5e6, Bound::AtLeast),
            ("$5 to $10 million", 5e6, Bound::AtLeast),
            ("$5 million to $10 million", 5e6, Bound::AtLeast),
            ("between $5 million and $10 million", 5e6, Bound::AtLeast),
            ("5 to 10 million dollars", 5e6, Bound::AtLeast),
            ("a new $5 million fund", 5e6, Bound::Exact),
        ] {
            check(text, value, "USD", bound);
        }
        let raised = sums("raised from $183 million to $300 million");
        assert_eq!(raised.iter().map(|m| m.amount.value).collect::<Vec<_>>(), [183e6, 300e6]);
    }

    #[test]
    fn the_article_says_whose_peso_it_is() {
        check("Argentina set aside 40 million pesos.", 4e7, "ARS", Bound::Exact);
        check("In Tunisia the fund holds 9 million dinars.", 9e6, "TND", Bound::Exact);
        check("Pakistan will spend 500 million rupees.", 5e8, "PKR", Bound::Exact);
        check("China lends ¥400 million.", 4e8, "CNY", Bound::Exact);
        check("Japan and China share ¥400 million.", 4e8, "JPY", Bound::Exact);
        check("Canada gave 5 million dollars.", 5e6, "USD", Bound::Exact);
        assert_eq!(sums("Serbia and Jordan hold 9 million dinars."), []);
        assert_eq!(sums("They found 9 million pesos."), []);
    }

    #[test]
    fn takes_no_other_number_for_money() {
        for text in [
            "several million dollars",
            "millions of dollars",
            "a multi-million-dollar deal",
            "300 pounds of rice",
            "54,000 pounds of hospital items",
            "1.5 million pounds of flour",
            "the party took 30 won seats",
            "ALL 50 states",
            "5 million people",
            "the euro zone",
            "5 m of cloth",
            "in 2023 the euro fell",
            "resolution 2202",
            "COP28 in Dubai",
            "COP 28",
            "CAD18",
            "dollars",
            "$",
            "hundreds of millions of euros",
        ] {
            assert_eq!(sums(text), [], "{text}");
        }
    }

    #[test]
    fn marks_running_totals_and_rates() {
        let marks = |text: &str| sums(text).iter().map(|m| m.cumulative).collect::<Vec<_>>();
        for (text, expected) in [
            (
                "Norway has given $2.5 billion since 2014, including more than $400 million this year.",
                &[true, true][..],
            ),
            ("Since 2014, Norway has given more than $2.5 billion.", &[true]),
            ("This brings the total of Dutch aid to more than €6 billion.", &[true]),
            ("The gift will bring total support to $6 billion since the war began.", &[true]),
            ("To date the fund has paid out $9 million.", &[true]),
            ("The fund has paid $9 million so far.", &[true]),
            ("Over the past two years the bank lent $9 million.", &[true]),
            ("It gave $40 million in the last decade.", &[true]),
            ("Sweden announced $5 million, its largest gift since May.", &[false]),
            ("Sweden announced the fifth package since May, worth $5 million.", &[false]),
            ("Sweden announced $5 million in aid. Nothing has come since.", &[false]),
            ("A total of $5 million was pledged.", &[false]),
            ("Sweden gave $5 million, since the need was great.", &[false]),
        ] {
            assert_eq!(marks(text), expected, "{text}");
        }
        assert!(sums("oil at $80 a barrel")[0].rate && sums("$12 per person")[0].rate);
        assert!(!sums("$80 a year ago")[0].rate);
    }

    #[test]
    fn gives_the_tokens() {
        let text = "They sent more than €50 million to Chad.";
        let document = flat(text);
        assert_eq!(document.text_of(sums(text)[0].tokens.clone()), "€50 million");
    }
}
