//! `ORDER BY`, taken out of a query and done on its rows: the evaluator computes every key anew at each comparison, which
//! for tens of thousands of rows takes longer than to find them.
//!
//! In: a parsed query; out: the query without its order, and the [`Order`]. Rows come out as the evaluator would sort
//! them: no value, blank nodes, IRIs, literals; numbers by value, dates by time, other literals by their text.

use std::cmp::Ordering;

use oxigraph::model::{Literal, Term, Variable, vocab::xsd};
use oxsdatatypes::{Date, DateTime, Decimal, Double};
use spargebra::{
    Query,
    algebra::{Expression, GraphPattern, OrderExpression},
};

/// The order of the rows of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Order {
    /// Columns by number, and whether they descend.
    keys: Vec<(usize, bool)>,
    /// So many columns are shown; those behind them are only there to be sorted by.
    shown: usize,
}

type Row = Vec<Option<Term>>;

/// Takes the order out of a query, where it is one by plain variables of the whole answer.
pub(super) fn take(query: &mut Query) -> Option<Order> {
    let Query::Select { pattern: GraphPattern::Project { inner, variables }, .. } = query else { return None };
    let GraphPattern::OrderBy { inner: unordered, expression } = &mut **inner else { return None };
    let wanted: Option<Vec<(Variable, bool)>> = expression
        .iter()
        .map(|key| match key {
            OrderExpression::Asc(Expression::Variable(variable)) => Some((variable.clone(), false)),
            OrderExpression::Desc(Expression::Variable(variable)) => Some((variable.clone(), true)),
            _ => None,
        })
        .collect();
    let (wanted, shown) = (wanted?, variables.len());
    let mut keys = Vec::new();
    for (variable, descends) in wanted {
        let place = variables.iter().position(|known| *known == variable).unwrap_or_else(|| {
            variables.push(variable);
            variables.len() - 1
        });
        keys.push((place, descends));
    }
    let unordered = std::mem::take(&mut **unordered);
    **inner = unordered;
    Some(Order { keys, shown })
}

impl Order {
    /// How many columns are shown.
    pub(super) const fn shown(&self) -> usize {
        self.shown
    }

    /// Sorts the rows; rows that compare as equal stay as they came.
    pub(super) fn sort(&self, rows: Vec<Row>) -> Vec<Row> {
        let mut places: Vec<(Vec<Key<'_>>, usize)> = rows
            .iter()
            .enumerate()
            .map(|(place, row)| {
                (
                    self.keys.iter().map(|(column, _)| Key::of(row.get(*column).and_then(Option::as_ref))).collect(),
                    place,
                )
            })
            .collect();
        places.sort_by(|(a, _), (b, _)| {
            for ((a, b), (_, descends)) in a.iter().zip(b).zip(&self.keys) {
                let order = a.compare(b);
                if order != Ordering::Equal {
                    return if *descends { order.reverse() } else { order };
                }
            }
            Ordering::Equal
        });
        let places: Vec<usize> = places.into_iter().map(|(_, place)| place).collect();
        let mut rows: Vec<Option<Row>> = rows.into_iter().map(Some).collect();
        let mut sorted: Vec<Row> = places.into_iter().filter_map(|place| rows[place].take()).collect();
        for row in &mut sorted {
            row.truncate(self.shown);
        }
        sorted
    }
}

/// A value with what it is compared by.
enum Key<'a> {
    Unbound,
    Blank(&'a str),
    Iri(&'a str),
    Literal(&'a Literal, Measure),
}

/// What a literal measures.
enum Measure {
    Decimal(Decimal),
    Double(Double),
    Date(Date),
    Time(DateTime),
    Nothing,
}

impl<'a> Key<'a> {
    fn of(term: Option<&'a Term>) -> Self {
        match term {
            None => Self::Unbound,
            Some(Term::BlankNode(node)) => Self::Blank(node.as_str()),
            Some(Term::NamedNode(node)) => Self::Iri(node.as_str()),
            Some(Term::Literal(literal)) => Self::Literal(literal, Measure::of(literal)),
        }
    }

    const fn rank(&self) -> u8 {
        match self {
            Self::Unbound => 0,
            Self::Blank(_) => 1,
            Self::Iri(_) => 2,
            Self::Literal(..) => 3,
        }
    }

    fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Blank(a), Self::Blank(b)) | (Self::Iri(a), Self::Iri(b)) => a.cmp(b),
            (Self::Literal(a, by), Self::Literal(b, than)) => by.compare(than).unwrap_or_else(|| {
                let parts = |literal: &'a Literal| (literal.value(), literal.datatype(), literal.language());
                parts(a).cmp(&parts(b))
            }),
            _ => self.rank().cmp(&other.rank()),
        }
    }
}

impl Measure {
    fn of(literal: &Literal) -> Self {
        let (datatype, text) = (literal.datatype(), literal.value());
        let measure = match datatype {
            xsd::STRING => None,
            xsd::DATE => text.parse().ok().map(Self::Date),
            xsd::DATE_TIME => text.parse().ok().map(Self::Time),
            xsd::FLOAT | xsd::DOUBLE => text.parse().ok().map(Self::Double),
            xsd::DECIMAL | xsd::INTEGER | xsd::NON_NEGATIVE_INTEGER => text.parse().ok().map(Self::Decimal),
            _ => None,
        };
        measure.unwrap_or(Self::Nothing)
    }

    fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Decimal(a), Self::Decimal(b)) => a.partial_cmp(b),
            (Self::Double(a), Self::Double(b)) => a.partial_cmp(b),
            (Self::Decimal(a), Self::Double(b)) => Double::from(*a).partial_cmp(b),
            (Self::Double(a), Self::Decimal(b)) => a.partial_cmp(&Double::from(*b)),
            (Self::Date(a), Self::Date(b)) => a.partial_cmp(b),
            (Self::Time(a), Self::Time(b)) => a.partial_cmp(b),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use oxigraph::sparql::{QueryResults, SparqlEvaluator};
    use spargebra::SparqlParser;

    use super::*;

    /// The rows of a query, ordered here or by the evaluator.
    fn rows(sparql: &str, here: bool) -> Vec<String> {
        let mut query = SparqlParser::new().parse_query(sparql).unwrap();
        let order = if here { Some(take(&mut query).unwrap()) } else { None };
        let store = oxigraph::model::Dataset::new();
        let results = SparqlEvaluator::new().for_query(query).on_queryable_dataset(&store).execute().unwrap();
        let QueryResults::Solutions(solutions) = results else { panic!("no rows") };
        let rows: Vec<Row> = solutions.map(|solution| solution.unwrap().values().to_vec()).collect();
        let rows = if let Some(order) = order { order.sort(rows) } else { rows };
        rows.iter().map(|row| format!("{row:?}")).collect()
    }

    #[test]
    fn rows_come_as_the_evaluator_sorts_them() {
        let date = |text: &str| format!("\"{text}\"^^<http://www.w3.org/2001/XMLSchema#date>");
        let values = [
            "<https://e.org/b>".to_owned(),
            "<https://e.org/a>".to_owned(),
            "\"b\"".to_owned(),
            "\"10\"".to_owned(),
            "\"9\"".to_owned(),
            "10".to_owned(),
            "9".to_owned(),
            "9.5".to_owned(),
            "9.25e0".to_owned(),
            "UNDEF".to_owned(),
            date("2024-05-02"),
            date("2024-05-01"),
        ];
        // Within sorts that compare with each other; how the sorts stand to each other is nowhere defined.
        for sort in [&values[..2], &values[2..5], &values[5..9], &values[9..], &values[..5]] {
            for by in ["?x", "DESC(?x)", "?y ?x", "DESC(?y) ?x"] {
                let list: Vec<String> =
                    sort.iter().enumerate().map(|(place, value)| format!("({value} {})", place % 2)).collect();
                let sparql = format!("SELECT ?x WHERE {{ VALUES (?x ?y) {{ {} }} }} ORDER BY {by}", list.join(" "));
                assert_eq!(rows(&sparql, true), rows(&sparql, false), "{sparql}");
            }
        }
    }

    #[test]
    fn other_orders_are_left_to_the_evaluator() {
        for sparql in [
            "SELECT ?x WHERE { ?x ?y ?z }",
            "SELECT ?x WHERE { ?x ?y ?z } ORDER BY STR(?x)",
            "SELECT ?x WHERE { ?x ?y ?z } ORDER BY ?x LIMIT 3",
            "SELECT DISTINCT ?x WHERE { ?x ?y ?z } ORDER BY ?x",
            "ASK { ?x ?y ?z }",
        ] {
            let mut query = SparqlParser::new().parse_query(sparql).unwrap();
            let before = query.clone();
            assert_eq!((take(&mut query), query), (None, before), "{sparql}");
        }
    }
}
