//! A parsed query and values for some of its variables -> the query with the values in their places.
//!
//! Works on the algebra, inside sub-selects and filters too, so that a value can never change what the query says,
//! and the optimiser sees a constant where it would otherwise plan for anything.

use oxigraph::model::{Literal, Term, Variable};
use spargebra::{
    Query,
    algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression},
    term::{NamedNodePattern, TermPattern, TriplePattern},
};

use super::Binding;

/// Puts the values in the places of their variables.
pub(super) fn bind(mut query: Query, values: &[Binding]) -> Query {
    for (name, value) in values {
        let binder = Binder { name, value };
        match &mut query {
            Query::Select { pattern, .. } | Query::Ask { pattern, .. } | Query::Describe { pattern, .. } => {
                binder.pattern(pattern);
            }
            Query::Construct { template, pattern, .. } => {
                for triple in template {
                    binder.triple(triple);
                }
                binder.pattern(pattern);
            }
        }
    }
    query
}

/// The names of all variables of a query, sorted.
pub(super) fn variables(query: &Query) -> Vec<String> {
    let text = query.to_string();
    let mut names: Vec<String> = text
        .split('?')
        .skip(1)
        .map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>())
        .filter(|name| !name.is_empty())
        .collect();
    names.sort();
    names.dedup();
    names
}

struct Binder<'a> {
    name: &'a str,
    value: &'a Term,
}

impl Binder<'_> {
    fn is(&self, variable: &Variable) -> bool {
        variable.as_str() == self.name
    }

    fn constant(&self) -> Expression {
        match self.value {
            Term::NamedNode(node) => Expression::NamedNode(node.clone()),
            Term::Literal(literal) => Expression::Literal(literal.clone()),
            Term::BlankNode(node) => Expression::Literal(Literal::new_simple_literal(node.as_str())),
        }
    }

    /// Gives the variable its value in front of a pattern that groups by it or selects it.
    fn extend(&self, inner: &mut GraphPattern) {
        let taken = std::mem::replace(inner, GraphPattern::Bgp { patterns: Vec::new() });
        *inner = GraphPattern::Extend {
            inner: Box::new(taken),
            variable: Variable::new_unchecked(self.name),
            expression: self.constant(),
        };
    }

    fn term(&self, term: &mut TermPattern, literal_allowed: bool) {
        if matches!(term, TermPattern::Variable(variable) if self.is(variable)) {
            match self.value {
                Term::NamedNode(node) => *term = node.clone().into(),
                Term::Literal(literal) if literal_allowed => *term = literal.clone().into(),
                _ => {}
            }
        }
    }

    fn node(&self, node: &mut NamedNodePattern) {
        if let (NamedNodePattern::Variable(variable), Term::NamedNode(value)) = (&*node, self.value)
            && self.is(variable)
        {
            *node = value.clone().into();
        }
    }

    fn triple(&self, triple: &mut TriplePattern) {
        self.term(&mut triple.subject, false);
        self.node(&mut triple.predicate);
        self.term(&mut triple.object, true);
    }

    fn pattern(&self, pattern: &mut GraphPattern) {
        match pattern {
            GraphPattern::Bgp { patterns } => {
                for triple in patterns {
                    self.triple(triple);
                }
            }
            GraphPattern::Path { subject, object, .. } => {
                self.term(subject, false);
                self.term(object, true);
            }
            GraphPattern::Join { left, right }
            | GraphPattern::Lateral { left, right }
            | GraphPattern::Union { left, right }
            | GraphPattern::Minus { left, right } => {
                self.pattern(left);
                self.pattern(right);
            }
            GraphPattern::LeftJoin { left, right, expression } => {
                self.pattern(left);
                self.pattern(right);
                if let Some(expression) = expression {
                    self.expression(expression);
                }
            }
            GraphPattern::Filter { expr, inner } => {
                self.expression(expr);
                self.pattern(inner);
            }
            GraphPattern::Graph { name, inner } | GraphPattern::Service { name, inner, .. } => {
                self.node(name);
                self.pattern(inner);
            }
            GraphPattern::Extend { inner, expression, .. } => {
                self.expression(expression);
                self.pattern(inner);
            }
            GraphPattern::OrderBy { inner, expression } => {
                for OrderExpression::Asc(expression) | OrderExpression::Desc(expression) in expression {
                    self.expression(expression);
                }
                self.pattern(inner);
            }
            GraphPattern::Project { inner, variables } => {
                self.pattern(inner);
                if variables.iter().any(|variable| self.is(variable)) && !self.is_in_scope(inner) {
                    self.extend(inner);
                }
            }
            GraphPattern::Distinct { inner } | GraphPattern::Reduced { inner } | GraphPattern::Slice { inner, .. } => {
                self.pattern(inner);
            }
            GraphPattern::Group { inner, variables, aggregates } => {
                self.pattern(inner);
                // Grouping by the value keeps "no solution, no group", which grouping by nothing would not.
                if variables.iter().any(|variable| self.is(variable)) {
                    self.extend(inner);
                }
                for (_, aggregate) in aggregates {
                    if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                        self.expression(expr);
                    }
                }
            }
            GraphPattern::Values { .. } => {}
        }
    }

    /// Whether the pattern, what it sorts and computes aside, groups by the variable and so already gives it.
    fn is_in_scope(&self, pattern: &GraphPattern) -> bool {
        match pattern {
            GraphPattern::Group { variables, .. } => variables.iter().any(|variable| self.is(variable)),
            GraphPattern::OrderBy { inner, .. }
            | GraphPattern::Filter { inner, .. }
            | GraphPattern::Extend { inner, .. }
            | GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner }
            | GraphPattern::Slice { inner, .. } => self.is_in_scope(inner),
            _ => false,
        }
    }

    fn expression(&self, expression: &mut Expression) {
        match expression {
            Expression::Variable(variable) if self.is(variable) => *expression = self.constant(),
            Expression::Bound(variable) if self.is(variable) => *expression = Literal::from(true).into(),
            Expression::NamedNode(_) | Expression::Literal(_) | Expression::Variable(_) | Expression::Bound(_) => {}
            Expression::Or(a, b)
            | Expression::And(a, b)
            | Expression::Equal(a, b)
            | Expression::SameTerm(a, b)
            | Expression::Greater(a, b)
            | Expression::GreaterOrEqual(a, b)
            | Expression::Less(a, b)
            | Expression::LessOrEqual(a, b)
            | Expression::Add(a, b)
            | Expression::Subtract(a, b)
            | Expression::Multiply(a, b)
            | Expression::Divide(a, b) => {
                self.expression(a);
                self.expression(b);
            }
            Expression::UnaryPlus(a) | Expression::UnaryMinus(a) | Expression::Not(a) => self.expression(a),
            Expression::In(a, list) => {
                self.expression(a);
                for item in list {
                    self.expression(item);
                }
            }
            Expression::If(a, b, c) => {
                self.expression(a);
                self.expression(b);
                self.expression(c);
            }
            Expression::Coalesce(list) | Expression::FunctionCall(_, list) => {
                for item in list {
                    self.expression(item);
                }
            }
            Expression::Exists(pattern) => self.pattern(pattern),
        }
    }
}

#[cfg(test)]
mod tests {
    use oxigraph::model::NamedNode;
    use spargebra::SparqlParser;

    use super::*;

    fn check(query: &str, expected: &str) {
        let value = NamedNode::new_unchecked("x:v").into();
        let parse = |text: &str| SparqlParser::new().parse_query(text).unwrap();
        let bound = bind(parse(query), &[("v".to_owned(), value)]);
        assert_eq!(bound.to_string(), parse(expected).to_string());
    }

    #[test]
    fn binds_everywhere() {
        check("SELECT ?a { ?a <x:p> ?v FILTER(?v != ?a) }", "SELECT ?a { ?a <x:p> <x:v> FILTER(<x:v> != ?a) }");
        check(
            "SELECT ?a { ?a <x:p> ?b { SELECT ?b { ?b <x:q> ?v } } FILTER NOT EXISTS { ?v <x:r> ?a } }",
            "SELECT ?a { ?a <x:p> ?b { SELECT ?b { ?b <x:q> <x:v> } } FILTER NOT EXISTS { <x:v> <x:r> ?a } }",
        );
        check("SELECT ?a { GRAPH ?v { ?a ?b ?c } }", "SELECT ?a { GRAPH <x:v> { ?a ?b ?c } }");
    }

    #[test]
    fn lists_variables() {
        let query = SparqlParser::new().parse_query("SELECT ?a { ?a <x:p> ?b, $c }").unwrap();
        assert_eq!(variables(&query), ["a", "b", "c"]);
    }
}
