//! Events as rows of a spreadsheet: one line an event, names and values in words, with its sources.

use std::io::{self, Write};

use entente_model::Role;

use crate::{
    Graph,
    view::{EventView, label},
};

/// The columns.
const HEAD: [&str; 18] = [
    "event",
    "type",
    "date",
    "who",
    "whom",
    "others",
    "stage",
    "factuality",
    "stance",
    "amount",
    "currency",
    "items",
    "place",
    "title",
    "details",
    "sources",
    "sentence",
    "articles",
];

pub(super) fn write(graph: &Graph, events: &[EventView], out: &mut dyn Write) -> io::Result<()> {
    write_row(&HEAD.map(str::to_owned), true, out)?;
    for event in events {
        write_row(&row(graph, event), true, out)?;
    }
    Ok(())
}

fn row(graph: &Graph, event: &EventView) -> [String; 18] {
    let index = graph.index();
    let (who, whom) = sides(event);
    let names = |roles: &[Role]| {
        let mut names: Vec<String> =
            roles.iter().flat_map(|role| event.fillers(*role)).map(|id| label(index, id)).collect();
        names.dedup();
        names.join("; ")
    };
    let others: Vec<Role> =
        Role::ALL.iter().copied().filter(|role| !who.contains(role) && !whom.contains(role)).collect();
    let told = graph.told(event.id);
    let mut articles: Vec<&str> = told.iter().map(|told| told.article_id.as_str()).collect();
    articles.dedup();
    let values: Vec<&str> = event.amounts.iter().map(|sum| sum.value.as_str()).collect();
    let mut currencies: Vec<&str> = event.amounts.iter().map(|sum| sum.currency.as_str()).collect();
    currencies.dedup();
    let places: Vec<String> = event.places.iter().map(|place| label(index, *place)).collect();
    [
        index.iri_of(event.id).to_owned(),
        event.kind.name().to_owned(),
        event.dates.join("; "),
        names(who),
        names(whom),
        names(&others),
        event.stage.clone().unwrap_or_default(),
        event.factuality.clone().unwrap_or_default(),
        event.stance.clone().unwrap_or_default(),
        values.join("; "),
        currencies.join("; "),
        event.items.join("; "),
        places.join("; "),
        event.title.clone().unwrap_or_default(),
        event.details.join("; "),
        event.sources.to_string(),
        told.first().map(|told| told.sentence.clone()).unwrap_or_default(),
        articles.join("; "),
    ]
}

/// Which roles act and which are acted upon; equals are all `who`.
pub(crate) const fn sides(event: &EventView) -> (&'static [Role], &'static [Role]) {
    use entente_model::EventType as T;
    match event.kind {
        T::Meeting | T::Call => (&[Role::Participant], &[]),
        T::Agreement => (&[Role::Party], &[]),
        T::Visit => (&[Role::Visitor], &[Role::Destination]),
        T::Aid => (&[Role::Donor], &[Role::Recipient]),
        T::Sanction => (&[Role::Sender], &[Role::Target]),
        T::Attack => (&[Role::Attacker], &[Role::Target]),
        T::Statement => (&[Role::Speaker], &[Role::Addressee]),
        T::Position => (&[Role::Person], &[Role::Organization]),
        _ => (&[Role::Actor], &[Role::Recipient]),
    }
}

/// Writes a line of CSV. For spreadsheets, a cell that they would take for a formula gets an apostrophe in front.
pub(super) fn write_row(cells: &[String], for_spreadsheets: bool, out: &mut dyn Write) -> io::Result<()> {
    let quoted: Vec<String> = cells
        .iter()
        .map(|cell| {
            let number = cell.parse::<f64>().is_ok();
            let guard = if for_spreadsheets && !number && cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
                "'"
            } else {
                ""
            };
            if guard.is_empty() && !cell.contains([',', '"', '\n', '\r']) {
                cell.clone()
            } else {
                format!("\"{guard}{}\"", cell.replace('"', "\"\""))
            }
        })
        .collect();
    write!(out, "{}\r\n", quoted.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_no_formula_gets_through() {
        let mut out = Vec::new();
        let cells = ["a,b", "say \"x\"", "=1+1", "-5", "plain"].map(str::to_owned);
        write_row(&cells, true, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "\"a,b\",\"say \"\"x\"\"\",\"'=1+1\",-5,plain\r\n");
    }
}
