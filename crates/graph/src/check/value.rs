//! One value of a property and what a shape asks of it -> what is wrong with it, in words.

use entente_model::Date;
use oxigraph::model::{Term, vocab::xsd};

use super::shapes::{Value, local};

/// Values allowed that a message names; a longer list only by its length.
const NAMED: usize = 24;

impl Value {
    /// What is wrong with a value; `is_member` says whether it is of a class.
    pub(super) fn fault(&self, value: &Term, is_member: &impl Fn(&str) -> bool) -> Option<String> {
        let text = match value {
            Term::Literal(literal) => literal.value(),
            Term::NamedNode(node) => node.as_str(),
            Term::BlankNode(node) => node.as_str(),
        };
        let shown = match value {
            Term::Literal(literal) => format!("\"{}\"", literal.value()),
            Term::NamedNode(_) | Term::BlankNode(_) => value.to_string(),
        };
        if let Some(wanted) = &self.datatype {
            match value {
                Term::Literal(literal) if literal.datatype().as_str() == wanted => {
                    if !is_well_formed(wanted, text) {
                        return Some(format!("{shown} is not written as a {} is", local(wanted)));
                    }
                }
                Term::Literal(literal) => {
                    let datatype = literal.datatype();
                    return Some(format!("{shown} is a {}, not a {}", local(datatype.as_str()), local(wanted)));
                }
                _ => return Some(format!("{shown} is not a {}", local(wanted))),
            }
        }
        if self.iri && !value.is_named_node() {
            return Some(format!("{shown} is not an IRI"));
        }
        if let Some(class) = self.class.as_deref().filter(|class| !is_member(class)) {
            return Some(format!("{shown} is not of class {}", local(class)));
        }
        if let Some(among) = self.among.as_ref().filter(|among| !among.contains(text)) {
            let names: Vec<&str> = among.iter().map(|iri| local(iri)).collect();
            let names = if names.len() > NAMED { format!("{} values", names.len()) } else { names.join(", ") };
            return Some(format!("{shown} is not one of {names}"));
        }
        if let Some(pattern) = self.pattern.as_ref().filter(|pattern| !pattern.is_match(text)) {
            return Some(format!("{shown} does not match {pattern}"));
        }
        if let Some(shortest) = self.shortest.filter(|shortest| text.chars().count() < *shortest) {
            return Some(format!("{shown} is shorter than {shortest}"));
        }
        if self.is_outside(text) {
            return Some(format!("{shown} is outside of the range allowed{}", self.range()));
        }
        if !self.any.is_empty() {
            let faults: Vec<String> = self.any.iter().filter_map(|one| one.fault(value, is_member)).collect();
            if faults.len() == self.any.len() {
                return Some(faults.join(", and "));
            }
        }
        None
    }

    /// The classes that it names.
    pub(super) fn classes(&self) -> Vec<&str> {
        self.class.as_deref().into_iter().chain(self.any.iter().flat_map(Self::classes)).collect()
    }

    fn is_outside(&self, text: &str) -> bool {
        let outside = |number: f64| {
            self.lowest.is_some_and(|lowest| number < lowest) || self.highest.is_some_and(|highest| number > highest)
        };
        (self.lowest.is_some() || self.highest.is_some()) && text.parse().map_or(true, outside)
    }

    fn range(&self) -> String {
        match (self.lowest, self.highest) {
            (Some(lowest), Some(highest)) => format!(", {lowest} to {highest}"),
            (Some(lowest), None) => format!(", {lowest} or more"),
            (None, Some(highest)) => format!(", {highest} or less"),
            (None, None) => String::new(),
        }
    }
}

/// Whether a literal is in the lexical space of its datatype, for the datatypes that the graph is written with.
fn is_well_formed(datatype: &str, text: &str) -> bool {
    let date = |parts: usize| text.parse::<Date>().is_ok() && text.split('-').count() == parts;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if datatype == xsd::DATE.as_str() {
        date(3)
    } else if datatype == xsd::G_YEAR_MONTH.as_str() {
        date(2)
    } else if datatype == xsd::G_YEAR.as_str() {
        date(1)
    } else if datatype == xsd::INTEGER.as_str() {
        digits(unsigned)
    } else if datatype == xsd::NON_NEGATIVE_INTEGER.as_str() {
        digits(text)
    } else if datatype == xsd::DECIMAL.as_str() {
        match unsigned.split_once('.') {
            Some((whole, fraction)) => (whole.is_empty() || digits(whole)) && digits(fraction),
            None => digits(unsigned),
        }
    } else if datatype == xsd::BOOLEAN.as_str() {
        ["true", "false", "1", "0"].contains(&text)
    } else {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_well_formed_or_not() {
        let check = |datatype: oxigraph::model::NamedNodeRef<'_>, good: &[&str], bad: &[&str]| {
            assert!(good.iter().all(|text| is_well_formed(datatype.as_str(), text)), "{datatype}: {good:?}");
            assert!(bad.iter().all(|text| !is_well_formed(datatype.as_str(), text)), "{datatype}: {bad:?}");
        };
        check(xsd::DATE, &["2024-02-29"], &["2023-02-29", "2024-02", "soon"]);
        check(xsd::G_YEAR_MONTH, &["2024-02"], &["2024", "2024-13"]);
        check(xsd::G_YEAR, &["2024"], &["2024-01", "24x"]);
        check(xsd::INTEGER, &["7", "-7", "007"], &["", "-", "7.0"]);
        check(xsd::NON_NEGATIVE_INTEGER, &["0"], &["-1"]);
        check(xsd::DECIMAL, &["7", "-.5", "7.25"], &["7.", "1e3", "."]);
        check(xsd::BOOLEAN, &["true", "0"], &["yes"]);
        check(xsd::STRING, &["", "anything"], &[]);
    }
}
