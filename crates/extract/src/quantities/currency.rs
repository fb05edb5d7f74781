//! Currencies by symbol, code and name.
//!
//! In: `data/lexicon/currencies.toml`. Out: [`Currencies`], which says what currency stands at a place of the text.
//! "A$", "AUD" and "Australian dollars" are one; "pesos" alone is the currency of the one peso country that the article names.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::{
    lexicon::{Check, LexiconError},
    words::{Kind, Words},
};

/// ISO 4217 code.
pub(crate) type Code = [u8; 3];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    currency: Vec<toml::Spanned<Entry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(clippy::struct_excessive_bools, reason = "the keys of the file, each a plain yes or no")]
struct Entry {
    code: String,
    /// Before or after the digits: "$", "Rs".
    #[serde(default)]
    symbols: Vec<String>,
    /// A symbol that belongs to another currency, used where the article names this one's country alone.
    #[serde(default)]
    shared: Vec<String>,
    /// Adjectives and country names that say whose it is.
    #[serde(default)]
    of: Vec<String>,
    /// Singular and irregular plurals.
    names: Vec<String>,
    /// Whether its names and symbols mean it where nothing says whose it is.
    #[serde(default)]
    bare: bool,
    /// Whether they mean it whatever countries the article names.
    #[serde(default)]
    always: bool,
    /// Whether the bare name is an ordinary word too, so that it needs a number of a thousand or more.
    #[serde(default)]
    wary: bool,
    /// Whether the code is an ordinary word in capitals ("ALL"), and so no code.
    #[serde(default)]
    word: bool,
}

/// All currencies.
#[derive(Debug, Default)]
pub(crate) struct Currencies {
    list: Vec<Currency>,
    /// Forms by their first unit, longest form first.
    names: BTreeMap<String, Vec<Form>>,
    symbols: BTreeMap<String, Vec<Form>>,
    codes: BTreeMap<String, usize>,
}

#[derive(Debug)]
struct Currency {
    code: Code,
    of: Vec<String>,
    always: bool,
    wary: bool,
}

/// A way to write some currencies: its units, and the currencies that write so.
#[derive(Debug)]
struct Form {
    units: Vec<String>,
    currencies: Vec<usize>,
    /// The one of them that it means where nothing says whose it is.
    owner: Option<usize>,
    /// Whether it says whose it is.
    full: bool,
}

/// A currency found at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) code: Code,
    /// The unit behind it.
    pub(crate) end: usize,
    /// Whether it counts only with a number of a thousand or more.
    pub(crate) wary: bool,
}

impl Currencies {
    /// Reads the file.
    ///
    /// # Errors
    /// With every line on which a code is no code or stands twice, or an entry has no name.
    pub(crate) fn load(text: &str) -> Result<Self, LexiconError> {
        let file: File = toml::from_str(text)?;
        let mut check = Check::new(text);
        let mut currencies = Self::default();
        for entry in file.currency {
            let at = entry.span().start;
            let entry = entry.into_inner();
            let code = entry.code.as_bytes().try_into().ok().filter(|c: &Code| c.iter().all(u8::is_ascii_uppercase));
            let Some(code) = code else {
                check.note(at, format!("{:?} is not an ISO 4217 code", entry.code));
                continue;
            };
            if entry.names.is_empty() {
                check.note(at, format!("{} has no name", entry.code));
            }
            if currencies.list.iter().any(|c| c.code == code) {
                check.note(at, format!("{} stands here a second time", entry.code));
            }
            currencies.add(code, entry);
        }
        check.finish()?;
        for forms in currencies.names.values_mut().chain(currencies.symbols.values_mut()) {
            forms.sort_by_key(|f| std::cmp::Reverse(f.units.len()));
        }
        Ok(currencies)
    }

    fn add(&mut self, code: Code, entry: Entry) {
        let number = self.list.len();
        let owner = entry.bare.then_some(number);
        for name in &entry.names {
            for plural in ["", "s"] {
                let name = format!("{name}{plural}");
                insert(&mut self.names, &name, number, owner, false);
                for of in &entry.of {
                    insert(&mut self.names, &format!("{of} {name}"), number, Some(number), true);
                }
            }
        }
        for symbol in &entry.symbols {
            insert(&mut self.symbols, symbol, number, Some(number), false);
        }
        for symbol in &entry.shared {
            insert(&mut self.symbols, symbol, number, None, false);
        }
        if !entry.word {
            self.codes.insert(entry.code, number);
        }
        let of = entry.of.iter().map(|o| o.to_ascii_lowercase()).collect();
        self.list.push(Currency { code, of, always: entry.always, wary: entry.wary });
    }

    /// The currency whose name or code begins at the unit: "Australian dollars", "AUD".
    pub(crate) fn name_at(&self, words: &Words, at: usize, context: &Context) -> Option<Found> {
        if words.kind(at) != Kind::Letters {
            return None;
        }
        let by_name = self.names.get(words.low(at)).and_then(|forms| {
            let form = forms.iter().find(|f| f.units.iter().enumerate().all(|(n, u)| words.low(at + n) == u))?;
            let currency = self.choose(form, context)?;
            Some(Found { code: currency.code, end: at + form.units.len(), wary: currency.wary && !form.full })
        });
        by_name.or_else(|| self.code_at(words, at))
    }

    /// The currency whose code stands at the unit.
    pub(crate) fn code_at(&self, words: &Words, at: usize) -> Option<Found> {
        let currency = &self.list[*self.codes.get(words.raw(at))?];
        Some(Found { code: currency.code, end: at + 1, wary: false })
    }

    /// The currency whose symbol begins at the unit: "US$", "€", "Rs.".
    pub(crate) fn symbol_at(&self, words: &Words, at: usize, context: &Context) -> Option<Found> {
        if words.kind(at) == Kind::Letters && !words.is_capital(at) && words.low(at).is_ascii() && words.low(at) != "kr"
        {
            return None;
        }
        let forms = self.symbols.get(words.low(at))?;
        let fits = |f: &&Form| {
            f.units.iter().enumerate().all(|(n, u)| words.low(at + n) == u && (n == 0 || words.glued(at + n)))
        };
        let form = forms.iter().find(fits)?;
        let end = at + form.units.len();
        let end = end + usize::from(words.kind(at) == Kind::Letters && words.raw(end) == "." && words.glued(end));
        Some(Found { code: self.choose(form, context)?.code, end, wary: false })
    }

    /// The currency that a form means: its owner, or the only one of the others whose country the article names while it
    /// does not name the owner's.
    fn choose(&self, form: &Form, context: &Context) -> Option<&Currency> {
        let owner = form.owner.map(|n| &self.list[n]);
        if form.full || owner.is_some_and(|o| o.always || context.names(o)) {
            return owner;
        }
        let mut named = form.currencies.iter().map(|&n| &self.list[n]).filter(|c| context.names(c));
        match (named.next(), named.next()) {
            (Some(only), None) => Some(only),
            _ => owner,
        }
    }
}

/// Lists a form under its first unit.
fn insert(forms: &mut BTreeMap<String, Vec<Form>>, text: &str, currency: usize, owner: Option<usize>, full: bool) {
    let words = Words::new(text);
    let units: Vec<String> = (0..words.len()).map(|n| words.low(n).to_owned()).collect();
    let Some(first) = units.first() else { return };
    let forms = forms.entry(first.clone()).or_default();
    match forms.iter_mut().find(|f| f.units == units) {
        Some(form) => {
            if !form.currencies.contains(&currency) {
                form.currencies.push(currency);
            }
            form.owner = form.owner.or(owner);
            form.full |= full;
        }
        None => forms.push(Form { units, currencies: vec![currency], owner, full }),
    }
}

/// The words of an article, to see whose currency it speaks of.
pub(crate) struct Context<'w> {
    all: BTreeSet<&'w str>,
}

impl<'w> Context<'w> {
    pub(crate) fn new(words: &'w Words) -> Self {
        Self { all: (0..words.len()).filter(|&n| words.is_capital(n)).map(|n| words.low(n)).collect() }
    }

    /// Whether the article names the currency's country.
    fn names(&self, currency: &Currency) -> bool {
        currency.of.iter().any(|of| of.split(' ').all(|part| self.all.contains(part)))
    }
}
