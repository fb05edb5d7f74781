//! Exports are read back by tools that are not ours, where they are installed: rapper, Jena's riot, rdflib, networkx, Graphviz,
//! pyshacl, Chromium. `.ci/run` installs them.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "helpers of tests, outside of test functions")]

mod support;

use std::{collections::BTreeSet, path::Path, process::Command};

use entente_graph::{ExportFormat, Filter, Graph};

fn write(graph: &Graph, dir: &Path, format: ExportFormat) -> String {
    let path = dir.join(format!("graph.{}", format.name()));
    let mut out = Vec::new();
    graph.export(format, &Filter::default(), &mut out).unwrap();
    std::fs::write(&path, out).unwrap();
    path.display().to_string()
}

/// What a program prints; `None` where it (or its library) is not installed.
fn run(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    if errors.contains("ModuleNotFoundError") || errors.contains("is not installed") {
        return None;
    }
    assert!(output.status.success(), "{program} {arguments:?}: {errors}");
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn triples(graph: &Graph) -> usize {
    let mut out = Vec::new();
    graph.export(ExportFormat::NTriples, &Filter::default(), &mut out).unwrap();
    String::from_utf8(out).unwrap().lines().count()
}

#[test]
fn rapper_counts_the_same_triples() {
    let (graph, dir) = (support::world_graph(), tempfile::tempdir().unwrap());
    for (format, name) in
        [(ExportFormat::Turtle, "turtle"), (ExportFormat::NTriples, "ntriples"), (ExportFormat::RdfXml, "rdfxml")]
    {
        let path = write(&graph, dir.path(), format);
        let Some(out) = run("rapper", &["-q", "-i", name, "-o", "ntriples", &path]) else { return };
        assert_eq!(out.lines().count(), triples(&graph), "{name}");
    }
}

#[test]
fn riot_reads_the_same_quads_in_every_format() {
    let (graph, dir) = (support::world_graph(), tempfile::tempdir().unwrap());
    let sorted = |text: &str| text.lines().map(str::to_owned).collect::<BTreeSet<_>>();
    let exported = |format| sorted(&std::fs::read_to_string(write(&graph, dir.path(), format)).unwrap());
    let (quads, triples) = (exported(ExportFormat::NQuads), exported(ExportFormat::NTriples));
    let riot = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/jena.py");
    for (format, name, expected) in [
        (ExportFormat::NQuads, "nquads", &quads),
        (ExportFormat::Trig, "trig", &quads),
        (ExportFormat::JsonLd, "jsonld10", &quads),
        (ExportFormat::NTriples, "ntriples", &triples),
        (ExportFormat::Turtle, "turtle", &triples),
        (ExportFormat::RdfXml, "rdfxml", &triples),
    ] {
        let (path, syntax) = (write(&graph, dir.path(), format), format!("--syntax={name}"));
        let arguments = [riot, "riotcmd.riot", "--check", "--strict", &syntax, "--output=nquads", &path];
        let Some(out) = run("python3", &arguments) else { return };
        assert_eq!(&sorted(&out), expected, "{name}");
    }
}

#[test]
fn rdflib_reads_the_same_quads_in_every_format() {
    let (graph, dir) = (support::world_graph(), tempfile::tempdir().unwrap());
    for (format, name) in
        [(ExportFormat::NQuads, "nquads"), (ExportFormat::Trig, "trig"), (ExportFormat::JsonLd, "json-ld")]
    {
        let path = write(&graph, dir.path(), format);
        let code = format!(
            "import rdflib; d = rdflib.Dataset(); d.parse({path:?}, format={name:?}); print(len(list(d.quads())))"
        );
        let Some(out) = run("python3", &["-c", &code]) else { return };
        assert_eq!(out, graph.quads().to_string(), "{name}");
    }
}

#[test]
fn networkx_reads_nodes_and_links() {
    let (graph, dir) = (support::world_graph(), tempfile::tempdir().unwrap());
    let mut found = Vec::new();
    for (format, read) in [
        (ExportFormat::Graphml, "networkx.read_graphml(path)"),
        (ExportFormat::Gexf, "networkx.read_gexf(path)"),
        (
            ExportFormat::Cytoscape,
            "networkx.cytoscape_graph(dict(json.load(open(path)), directed=True, multigraph=True))",
        ),
    ] {
        let path = write(&graph, dir.path(), format);
        // networkx does not mix directed and undirected lines in GraphML and GEXF; the lines are what counts here.
        let code = format!(
            "import json, re, networkx; path = {path:?}; text = open(path).read(); \
             open(path, 'w').write(re.sub(r' directed=\"\\w+\"|(?<=\") type=\"(un)?directed\"', '', text)); \
             g = {read}; print(g.number_of_nodes(), g.number_of_edges())"
        );
        let Some(out) = run("python3", &["-c", &code]) else { return };
        found.push(out);
    }
    assert!(found.iter().all(|counts| counts == "14 39"), "{found:?}");
}

#[test]
fn graphviz_reads_every_dot() {
    for graph in [support::world_graph(), support::graph(&support::read(support::EVIL))] {
        let dir = tempfile::tempdir().unwrap();
        let path = write(&graph, dir.path(), ExportFormat::Dot);
        let Some(out) = run("dot", &["-Tplain", &path]) else { return };
        assert!(out.starts_with("graph "), "{out}");
    }
}

#[test]
fn a_browser_opens_the_page() {
    let (graph, dir) = (support::world_graph(), tempfile::tempdir().unwrap());
    let path = write(&graph, dir.path(), ExportFormat::Html);
    let (profile, url) = (format!("--user-data-dir={}/profile", dir.path().display()), format!("file://{path}"));
    let flags =
        ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", &profile, "--dump-dom", &url];
    let Some(dom) = run("chromium", &flags) else { return };
    assert_eq!(dom.matches("<tr id=").count(), graph.events());
    assert!(dom.contains("<svg") && dom.contains("Timeline") && dom.contains("<mark>"), "{dom}");
    // The script has shown the field that filters the rows.
    assert!(dom.contains("id=\"f\"") && !dom.contains("hidden=\"\""), "{dom}");
}

#[test]
fn pyshacl_agrees_with_our_own_check() {
    let (graph, dir) = (support::world_graph(), tempfile::tempdir().unwrap());
    let path = write(&graph, dir.path(), ExportFormat::NQuads);
    let shapes = dir.path().join("shapes.ttl").display().to_string();
    std::fs::write(&shapes, entente_graph::shapes_turtle()).unwrap();
    // SHACL checks one graph: all named graphs and the default graph together.
    let code = format!(
        "import rdflib, pyshacl; d = rdflib.Dataset(); d.parse({path:?}, format='nquads'); g = rdflib.Graph()\n\
         for s, p, o, _ in d.quads(): g.add((s, p, o))\n\
         ok, _, text = pyshacl.validate(g, shacl_graph={shapes:?})\nprint(ok if ok else text)"
    );
    let Some(out) = run("python3", &["-c", &code]) else { return };
    assert_eq!(out, "True");
    assert_eq!(graph.check(None).unwrap().findings, []);
}

#[test]
fn shards_hold_every_quad_once() {
    let (graph, dir) = (support::world_graph(), tempfile::tempdir().unwrap());
    let mut lines = Vec::new();
    for path in graph.export_shards(&dir.path().join("plain"), 3, false).unwrap() {
        lines.extend(std::fs::read_to_string(path).unwrap().lines().map(str::to_owned));
    }
    lines.sort();
    assert_eq!(lines, support::nquads(&graph).lines().collect::<Vec<_>>());
    let packed = graph.export_shards(&dir.path().join("packed"), 2, true).unwrap();
    let path = packed[0].display().to_string();
    let Some(out) = run("gzip", &["-dc", &path]) else { return };
    assert!(out.lines().all(|line| line.ends_with(" .")) && out.lines().count() > 100);
}

#[test]
fn python_reads_the_spreadsheet_and_the_picture() {
    for graph in [support::world_graph(), support::graph(&support::read(support::EVIL))] {
        let dir = tempfile::tempdir().unwrap();
        let (table, picture) =
            (write(&graph, dir.path(), ExportFormat::Csv), write(&graph, dir.path(), ExportFormat::Svg));
        let code = format!(
            "import csv, xml.etree.ElementTree as xml\n\
             rows = list(csv.DictReader(open({table:?}, newline='')))\n\
             assert all(None not in row and None not in row.values() for row in rows), rows\n\
             root = xml.parse({picture:?}).getroot(); assert root.tag == '{{http://www.w3.org/2000/svg}}svg', root.tag\n\
             print(len(rows))"
        );
        let Some(out) = run("python3", &["-c", &code]) else { return };
        assert_eq!(out, graph.events().to_string());
    }
}

#[test]
fn python_reads_the_tables_for_neo4j() {
    let (graph, dir) = (support::world_graph(), tempfile::tempdir().unwrap());
    let [nodes, links] = graph.export_neo4j(dir.path(), &Filter::default()).unwrap();
    let code = format!(
        "import csv; n = list(csv.DictReader(open({nodes:?}))); l = list(csv.DictReader(open({links:?}))); \
         ids = {{row['iri:ID'] for row in n}}; \
         assert all(row[':START_ID'] in ids and row[':END_ID'] in ids for row in l); print(len(n), len(l))"
    );
    let Some(out) = run("python3", &["-c", &code]) else { return };
    assert_eq!(out, "14 39");
}
