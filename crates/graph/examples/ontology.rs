//! Prints the documentation of the ontology as a page: `cargo run -p entente-graph --example ontology > ontology.html`.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a program that prints")]

use std::collections::BTreeMap;

use oxigraph::{
    io::{RdfFormat, RdfParser},
    model::Term,
};

/// Property, shortened -> values.
type Properties = BTreeMap<String, Vec<Term>>;

const STYLE: &str = "body{font:15px/1.5 Helvetica,Arial,'Liberation Sans',sans-serif;color:#222;margin:2rem auto;max-width:76rem;\
padding:0 1rem}table{border-collapse:collapse;width:100%;margin:.5rem 0 2rem}th,td{text-align:left;vertical-align:top;\
padding:.4rem .7rem;border-bottom:1px solid #ddd}th{background:#f5f5f5;position:sticky;top:0}code{font-size:.9em}\
a{color:#2456a6;text-decoration:none}a:hover{text-decoration:underline}tr:target{background:#fff7d6}i{color:#555}nav a{margin-right:1rem}";

/// Sections: title, what a term of it has, and the columns of its table: heading and the properties that fill it.
type Section = (&'static str, fn(&Page<'_>, &Properties) -> bool, &'static [(&'static str, &'static [&'static str])]);

const ALIGNED: (&str, &[&str]) = (
    "aligned with",
    &[
        "rdfs:subClassOf",
        "rdfs:subPropertyOf",
        "skos:exactMatch",
        "skos:closeMatch",
        "skos:broadMatch",
        "skos:relatedMatch",
    ],
);
const CLASS: &[(&str, &[&str])] = &[("meaning", &["rdfs:comment"]), ("example", &["skos:example"]), ALIGNED];
const PROPERTY: &[(&str, &[&str])] = &[
    ("meaning", &["rdfs:comment"]),
    ("of", &["schema:domainIncludes", "rdfs:domain"]),
    ("value", &["schema:rangeIncludes", "rdfs:range"]),
    ("example", &["skos:example"]),
    ALIGNED,
];
const VALUE: &[(&str, &[&str])] = &[("meaning", &["skos:definition"]), ALIGNED];

const SECTIONS: &[Section] = &[
    ("Events", |page, term| page.has(term, "rdf:type", "owl:Class") && page.is_event(term), CLASS),
    ("Actors and things", |page, term| page.has(term, "rdf:type", "owl:Class") && !page.is_event(term), CLASS),
    ("Roles", |page, term| page.is_property(term) && page.has(term, "rdfs:subPropertyOf", "sem:hasActor"), PROPERTY),
    ("Direct relations", |page, term| page.is_property(term) && page.is_relation(term), PROPERTY),
    (
        "Values and provenance",
        |page, term| {
            page.is_property(term) && !page.is_relation(term) && !page.has(term, "rdfs:subPropertyOf", "sem:hasActor")
        },
        PROPERTY,
    ),
    ("Closed vocabularies", |page, term| page.has(term, "rdf:type", "skos:Concept"), VALUE),
];

struct Page<'a> {
    prefixes: &'a [(String, String)],
    terms: BTreeMap<String, Properties>,
}

impl Page<'_> {
    fn short(&self, iri: &str) -> String {
        let fits = |(_, start): &&(String, String)| iri.starts_with(start.as_str());
        let longest = self.prefixes.iter().filter(fits).max_by_key(|(_, start)| start.len());
        longest.map_or_else(|| iri.to_owned(), |(name, start)| format!("{name}:{}", &iri[start.len()..]))
    }

    fn has(&self, term: &Properties, property: &str, value: &str) -> bool {
        let is = |object: &Term| matches!(object, Term::NamedNode(node) if self.short(node.as_str()) == value);
        term.get(property).is_some_and(|values| values.iter().any(is))
    }

    fn is_event(&self, term: &Properties) -> bool {
        self.has(term, "rdfs:subClassOf", "ent:Event") || self.has(term, "rdfs:subClassOf", "sem:Event")
    }

    fn is_property(&self, term: &Properties) -> bool {
        self.has(term, "rdf:type", "owl:ObjectProperty") || self.has(term, "rdf:type", "owl:DatatypeProperty")
    }

    fn is_relation(&self, term: &Properties) -> bool {
        self.has(term, "rdfs:domain", "sem:Actor")
    }

    fn value(&self, term: &Term) -> String {
        match term {
            Term::NamedNode(node) => {
                let (iri, short) = (escape(node.as_str()), self.short(node.as_str()));
                let link = if self.terms.contains_key(&short) { format!("#{short}") } else { iri };
                format!("<a href=\"{link}\"><code>{}</code></a>", escape(&short))
            }
            Term::Literal(literal) => escape(literal.value()),
            Term::BlankNode(_) => String::new(),
        }
    }

    /// The values of the first of some properties that has any, but of alignments all.
    fn cell(&self, term: &Properties, properties: &[&str]) -> String {
        let all = properties.iter().filter_map(|property| Some((*property, term.get(*property)?)));
        if properties == ALIGNED.1 {
            let lines = all.map(|(property, values)| {
                let how = property.split(':').nth(1).unwrap_or_default();
                format!("<i>{how}</i> {}", self.values(values))
            });
            return lines.collect::<Vec<_>>().join("<br>");
        }
        let text = all.map(|(_, values)| self.values(values)).next().unwrap_or_default();
        if properties == ["skos:example"] { format!("<i>{text}</i>") } else { text }
    }

    fn values(&self, values: &[Term]) -> String {
        values.iter().map(|value| self.value(value)).collect::<Vec<_>>().join(", ")
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn main() {
    let turtle = entente_graph::ontology_turtle();
    let mut parser = RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle.as_bytes());
    let quads: Vec<_> = parser.by_ref().map(Result::unwrap).collect();
    let prefixes: Vec<(String, String)> =
        parser.prefixes().map(|(name, iri)| (name.to_owned(), iri.to_owned())).collect();
    let mut page = Page { prefixes: &prefixes, terms: BTreeMap::new() };
    for quad in quads {
        let subject = page.short(quad.subject.to_string().trim_matches(['<', '>']));
        let predicate = page.short(quad.predicate.as_str());
        page.terms.entry(subject).or_default().entry(predicate).or_default().push(quad.object);
    }
    println!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>The ontology of Entente</title>"
    );
    println!("<style>{STYLE}</style>\n</head>\n<body>\n<h1>The ontology of Entente</h1>");
    let about = page.terms.values().find(|term| page.has(term, "rdf:type", "owl:Ontology")).unwrap();
    println!("<p>{}</p>", page.cell(about, &["dcterms:description"]));
    println!(
        "<p>Namespace <code>{}</code>, prefix <code>ent:</code>; version {}; licence {}. Made from \
         <code>data/ontology/entente.ttl</code> by <code>make docs</code>; the shapes of the graph are in \
         <code>data/ontology/shapes.ttl</code>.</p>",
        entente_graph::ONTOLOGY,
        page.cell(about, &["owl:versionInfo"]),
        page.cell(about, &["dcterms:license"]),
    );
    let id = |title: &str| title.to_lowercase().replace(' ', "-");
    let links = SECTIONS.iter().map(|(title, ..)| format!("<a href=\"#{}\">{title}</a>", id(title)));
    println!("<nav>{}</nav>", links.collect::<String>());
    for (title, belongs, columns) in SECTIONS {
        let headings: Vec<&str> = columns.iter().map(|(heading, _)| *heading).collect();
        let headings = format!("<th>{}</th>", headings.join("</th><th>"));
        println!("<h2 id=\"{}\">{title}</h2>\n<table>\n<tr><th>term</th><th>label</th>{headings}</tr>", id(title));
        for (name, term) in page.terms.iter().filter(|(_, term)| belongs(&page, term)) {
            let cells: Vec<String> = columns.iter().map(|(_, properties)| page.cell(term, properties)).collect();
            let cells = cells.join("</td><td>");
            let label = page.cell(term, &["rdfs:label", "skos:prefLabel"]);
            println!("<tr id=\"{name}\"><td><code>{name}</code></td><td>{label}</td><td>{cells}</td></tr>");
        }
        println!("</table>");
    }
    println!("</body>\n</html>");
}
