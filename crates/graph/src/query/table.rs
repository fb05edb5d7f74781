//! Answers as tables that people read, and as JSON lines: IRIs shortened, literals bare.

use std::io::{self, Write};

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use oxigraph::model::{Term, vocab::xsd};

use super::Answer;
use crate::escape;

/// A term as a table shows it.
pub(super) fn cell(term: &Term, prefixes: &[(String, String)]) -> String {
    match term {
        Term::NamedNode(node) => shorten(node.as_str(), prefixes),
        Term::Literal(literal) => literal.value().to_owned(),
        Term::BlankNode(node) => node.to_string(),
    }
}

/// An IRI as a prefixed name, by the longest prefix that leaves a simple name.
pub(crate) fn shorten(iri: &str, prefixes: &[(String, String)]) -> String {
    let simple = |local: &str| {
        !local.is_empty() && local.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    prefixes
        .iter()
        .filter_map(|(name, namespace)| Some((namespace.len(), name, iri.strip_prefix(namespace.as_str())?)))
        .filter(|(_, _, local)| simple(local))
        .max_by_key(|(length, _, _)| *length)
        .map_or_else(|| iri.to_owned(), |(_, name, local)| format!("{name}:{local}"))
}

pub(super) fn write_table(answer: &Answer, width: Option<u16>, out: &mut dyn Write) -> io::Result<()> {
    let rows = answer.rows();
    let columns = answer.columns();
    let mut table = Table::new();
    table.load_preset(presets::UTF8_FULL_CONDENSED).set_content_arrangement(ContentArrangement::Dynamic);
    if let Some(width) = width {
        table.set_width(width);
    }
    table.set_header(columns.iter().map(|name| escape::terminal(name)));
    let numeric: Vec<bool> = (0..columns.len()).map(|column| is_numeric(&rows, column)).collect();
    for row in rows {
        let cells = row.into_iter().zip(&numeric).map(
            |(cell, numeric)| {
                if *numeric { group(&cell) } else { escape::terminal(&cell) }
            },
        );
        table.add_row(cells);
    }
    for (column, _) in numeric.iter().enumerate().filter(|(_, numeric)| **numeric) {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    for line in table.lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// Whether a column holds numbers only: it is set to the right.
fn is_numeric(rows: &[Vec<String>], column: usize) -> bool {
    let mut cells = rows.iter().filter_map(|row| row.get(column)).filter(|cell| !cell.is_empty()).peekable();
    cells.peek().is_some()
        && cells.all(|cell| {
            let body = cell.strip_prefix('-').unwrap_or(cell);
            body.starts_with(|c: char| c.is_ascii_digit()) && body.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        })
}

/// A long number with spaces between groups of three digits: a table is read, CSV is counted with.
fn group(number: &str) -> String {
    let (sign, body) = number.strip_prefix('-').map_or(("", number), |body| ("-", body));
    let (whole, fraction) = body.find('.').map_or((body, ""), |dot| body.split_at(dot));
    if whole.len() < 5 {
        return number.to_owned();
    }
    let mut out = sign.to_owned();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out + fraction
}

pub(super) fn write_markdown(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    let clean = |cell: &str| cell.replace('|', "\\|").replace(['\n', '\r'], " ");
    let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let columns = answer.columns();
    writeln!(out, "{}", line(columns.iter().map(|name| clean(name)).collect()))?;
    writeln!(out, "{}", line(columns.iter().map(|_| "---".to_owned()).collect()))?;
    for row in answer.rows() {
        writeln!(out, "{}", line(row.iter().map(|cell| clean(cell)).collect()))?;
    }
    Ok(())
}

pub(super) fn write_html(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<table>")?;
    let cells = |tag: &str, cells: &[&str]| {
        let cells: Vec<String> = cells.iter().map(|cell| format!("<{tag}>{}</{tag}>", escape::xml(cell))).collect();
        cells.concat()
    };
    writeln!(out, "<thead><tr>{}</tr></thead>", cells("th", &answer.columns()))?;
    writeln!(out, "<tbody>")?;
    for row in answer.rows() {
        let row: Vec<&str> = row.iter().map(String::as_str).collect();
        writeln!(out, "<tr>{}</tr>", cells("td", &row))?;
    }
    writeln!(out, "</tbody>\n</table>")
}

pub(super) fn write_ndjson(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    let columns = answer.columns();
    let typed = answer.typed_rows();
    for (row, terms) in answer.rows().into_iter().zip(typed) {
        let mut object = serde_json::Map::new();
        for ((name, cell), term) in columns.iter().zip(row).zip(terms) {
            let Some(term) = term else { continue };
            object.insert((*name).to_owned(), json(&term).unwrap_or(serde_json::Value::String(cell)));
        }
        writeln!(out, "{}", serde_json::Value::Object(object))?;
    }
    Ok(())
}

/// Numbers and truth values as JSON has them; anything else stays the text of its cell.
fn json(term: &Term) -> Option<serde_json::Value> {
    let Term::Literal(literal) = term else { return None };
    let datatype = literal.datatype();
    if [xsd::INTEGER, xsd::DECIMAL, xsd::DOUBLE, xsd::BOOLEAN, xsd::NON_NEGATIVE_INTEGER].contains(&datatype) {
        serde_json::from_str(literal.value()).ok()
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_numbers_are_grouped() {
        for (number, expected) in [("1234", "1234"), ("12345", "12,345"), ("-2300000000.5", "-2,300,000,000.5")] {
            assert_eq!(group(number), expected);
        }
    }

    #[test]
    fn iris_are_shortened_by_the_longest_prefix() {
        let prefixes: Vec<(String, String)> =
            vec![("ent".into(), "https://e.org/".into()), ("stage".into(), "https://e.org/stage/".into())];
        assert_eq!(shorten("https://e.org/stage/pledged", &prefixes), "stage:pledged");
        assert_eq!(shorten("https://e.org/met", &prefixes), "ent:met");
        assert_eq!(shorten("https://e.org/a/b", &prefixes), "https://e.org/a/b");
    }
}
