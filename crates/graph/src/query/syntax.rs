//! A syntax error of the SPARQL parser -> line, column, a caret and a sentence.
//!
//! The parser lists every token of its grammar that could have stood there; a reader wants to know what stood there instead.

use spargebra::SparqlSyntaxError;

use super::QueryError;

/// Says what is wrong with the query, and where.
pub(super) fn explain(query: &str, error: &SparqlSyntaxError) -> QueryError {
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
    let message = message(&rest, query, expected);
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
        let (open, closed) = (query.matches('{').count(), query.matches('}').count());
        return if open > closed {
            format!("the query ends here, but {} `}}` {} missing", open - closed, plural(open - closed))
        } else {
            "the line ends too early".to_owned()
        };
    }
    if let Some((prefix, _)) = found.split_once(':').filter(|(prefix, _)| is_prefix(prefix)) {
        if !query.to_lowercase().contains(&format!("prefix {}:", prefix.to_lowercase())) {
            return format!("did not expect `{found}`; if it is a name, is the prefix `{prefix}:` declared?");
        }
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
        .filter(|item| item.matches(' ').count() >= 3 && !item.contains("only available in SPARQL 1.2"))
        .map(|item| item.trim_matches('"').to_owned())
        .collect()
}

/// The token at the beginning of the text.
fn token(rest: &str) -> String {
    let rest = rest.trim_start();
    let word: String =
        rest.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '-' | '?' | '$')).take(40).collect();
    if word.is_empty() { rest.chars().take(1).collect() } else { word }
}

fn is_prefix(text: &str) -> bool {
    text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
}

const fn plural(count: usize) -> &'static str {
    if count == 1 { "is" } else { "are" }
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
        assert_eq!(explain(query, &error).to_string(), expected);
    }

    #[test]
    fn says_where_and_what() {
        check(
            "SELECT ?a WHERE {\n  ?a ?b\n}",
            "line 3, column 1: did not expect `}`\n  }\n  ^",
        );
        check(
            "SELECT ?a WHERE { ?a kg:met ?b }",
            "line 1, column 22: did not expect `kg:met`; if it is a name, is the prefix `kg:` declared?\
             \n  SELECT ?a WHERE { ?a kg:met ?b }\n                       ^",
        );
        check("SELEKT", "line 1, column 1: did not expect `SELEKT`\n  SELEKT\n  ^");
        check(
            "SELECT ?a WHERE { ?a ?b ?c",
            "line 1, column 27: the query ends here, but 1 `}` is missing\n  SELECT ?a WHERE { ?a ?b ?c\n                            ^",
        );
    }
}
