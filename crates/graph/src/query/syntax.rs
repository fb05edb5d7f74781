//! A syntax error of the SPARQL parser -> line, column, a caret and a sentence.
//!
//! The parser lists every token of its grammar that could have stood there; a reader wants to know what stood there instead.

use spargebra::SparqlSyntaxError;

use super::QueryError;

/// Says what is wrong with the query, and where; `prefixes` are those that need no declaration.
pub(super) fn explain(query: &str, error: &SparqlSyntaxError, prefixes: &[(String, String)]) -> QueryError {
    let full = error.to_string();
    let (place, expected) = full.split_once(": expected ").unwrap_or((full.as_str(), ""));
    let Some((line, column)) = place.strip_prefix("error at ").and_then(|place| {
        let (line, column) = place.split_once(':')?;
        Some((line.parse::<usize>().ok()?, column.parse::<usize>().ok()?))
    }) else {
        return QueryError::Syntax { line: 1, column: 1, message: full, text: first_line(query) };
    };
    let text = query.lines().nth(line.saturating_sub(1)).unwrap_or_default().trim_end();
    let rest: String = text.chars().skip(column.saturating_sub(1)).collect();
    let before: String = text.chars().take(column.saturating_sub(1)).collect();
    // A name with an unknown prefix is read to its end before the parser notices.
    let name: String = reversed(before.chars().rev().take_while(|c| is_name(*c)));
    let (column, message) = match name.split_once(':') {
        Some((prefix, _)) if is_prefix(prefix) && !is_declared(prefix, query, prefixes) => {
            let column = column - name.chars().count();
            let name = name + &rest.chars().take_while(|c| is_name(*c)).collect::<String>();
            (column, format!("the prefix of `{name}` is not declared"))
        }
        // The parser fails at the end of a word that it does not know.
        _ if !name.is_empty()
            && !unclosed(query)
            && !rest.starts_with(is_name)
            && sentences(expected).is_empty()
            && rest.trim().is_empty() =>
        {
            (column - name.chars().count(), format!("did not expect `{name}`"))
        }
        _ => (column, message(&rest, query, expected)),
    };
    // Tabs would set the caret off its place.
    QueryError::Syntax { line, column, message, text: text.replace('\t', " ") }
}

fn message(rest: &str, query: &str, expected: &str) -> String {
    // The grammar's own sentences are longer than its tokens.
    if let Some(sentence) = sentences(expected).into_iter().next() {
        return sentence;
    }
    let found = token(rest);
    if found.is_empty() {
        return if unclosed(query) {
            "the query ends here, but a `}` is missing".to_owned()
        } else {
            "something is missing before this place".to_owned()
        };
    }
    let few: Vec<&str> = expected.trim_start_matches("one of ").split(", ").filter(|token| !token.is_empty()).collect();
    if few.len() <= 3 && !few.is_empty() {
        format!("did not expect `{found}`; here could stand {}", few.join(" or "))
    } else {
        format!("did not expect `{found}`")
    }
}

/// Items of the parser's list that are sentences for people.
fn sentences(expected: &str) -> Vec<String> {
    expected
        .trim_start_matches("one of ")
        .split(", ")
        .filter(|item| {
            item.matches(' ').count() >= 3
                && !item.contains(['|', '['])
                && !item.contains("only available in SPARQL 1.2")
        })
        .map(|item| item.trim_matches('"').to_owned())
        .collect()
}

/// The token at the beginning of the text.
fn token(rest: &str) -> String {
    let rest = rest.trim_start();
    let word: String = rest.chars().take_while(|c| is_name(*c) || matches!(c, '?' | '$')).take(40).collect();
    if word.is_empty() { rest.chars().take(1).collect() } else { word }
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | ':' | '-')
}

fn reversed(letters: impl Iterator<Item = char>) -> String {
    letters.collect::<Vec<_>>().into_iter().rev().collect()
}

fn is_declared(prefix: &str, query: &str, prefixes: &[(String, String)]) -> bool {
    prefixes.iter().any(|(known, _)| known == prefix)
        || query.to_lowercase().contains(&format!("prefix {}:", prefix.to_lowercase()))
}

fn is_prefix(text: &str) -> bool {
    text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
}

fn unclosed(query: &str) -> bool {
    query.matches('{').count() > query.matches('}').count()
}

fn first_line(query: &str) -> String {
    query.lines().next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use spargebra::SparqlParser;

    use super::*;

    fn check(query: &str, expected: &str) {
        let error = SparqlParser::new().parse_query(query).unwrap_err();
        assert_eq!(explain(query, &error, &[]).to_string(), expected);
    }

    #[test]
    fn says_where_and_what() {
        check("SELECT ?a WHERE {\n  ?a ?b\n}", "line 3, column 2: something is missing before this place\n  }\n   ^");
        check(
            "SELECT ?a WHERE { ?a kg:met ?b }",
            "line 1, column 22: the prefix of `kg:met` is not declared\
             \n  SELECT ?a WHERE { ?a kg:met ?b }\n                       ^",
        );
        check("SELEKT", "line 1, column 1: did not expect `SELEKT`\n  SELEKT\n  ^");
        check(
            "SELECT ?a WHERE { ?a ?b ?c",
            "line 1, column 27: the query ends here, but a `}` is missing\n  SELECT ?a WHERE { ?a ?b ?c\n                            ^",
        );
    }
}
