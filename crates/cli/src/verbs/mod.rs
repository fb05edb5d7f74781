//! The verbs, one a file. Each holds its arguments and what it does with them.

pub(crate) mod build;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod extract;
pub(crate) mod man;
pub(crate) mod path;
pub(crate) mod push;
pub(crate) mod query;
pub(crate) mod rank;
pub(crate) mod serve;
pub(crate) mod show;

use std::path::PathBuf;

use entente_graph::{Filter, Store};
use entente_model::{Date, EventType};

use crate::failure::Failure;

/// The store to read from.
#[derive(clap::Args)]
pub(crate) struct StoreArgument {
    /// The store's folder.
    #[arg(long, value_name = "DIR", default_value = "kg", env = "ENTENTE_STORE")]
    pub(crate) store: PathBuf,
}

impl StoreArgument {
    pub(crate) fn open(&self) -> Result<Store, Failure> {
        Store::open(&self.store).map_err(|error| Failure::store(&error))
    }
}

/// Which events to look at.
#[derive(clap::Args)]
pub(crate) struct FilterArguments {
    /// Only events of this type. Can be given many times.
    #[arg(long = "type", value_name = "TYPE", value_parser = |name: &str| one_of(name, EventType::ALL, |t| t.name()))]
    types: Vec<EventType>,
    /// Only events on or after this date (YYYY, YYYY-MM or YYYY-MM-DD).
    #[arg(long, value_name = "DATE")]
    since: Option<Date>,
    /// Only events on or before this date.
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,
}

impl FilterArguments {
    pub(crate) fn filter(self) -> Filter {
        Filter { types: self.types, since: self.since, until: self.until, ..Filter::default() }
    }
}

/// Reads one of a closed list of names, for clap.
pub(crate) fn one_of<T>(name: &str, all: &[T], spell: fn(&T) -> &'static str) -> Result<T, String>
where
    T: Copy,
{
    all.iter()
        .find(|value| spell(value) == name)
        .copied()
        .ok_or_else(|| format!("not one of: {}", all.iter().map(spell).collect::<Vec<_>>().join(", ")))
}

/// "1 article", "2 articles", "12,345 articles".
pub(crate) fn counted(count: usize, thing: &str) -> String {
    let digits = count.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped} {thing}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_read_well() {
        assert_eq!(counted(1, "article"), "1 article");
        assert_eq!(counted(0, "event"), "0 events");
        assert_eq!(counted(1_234_567, "quad"), "1,234,567 quads");
    }
}
