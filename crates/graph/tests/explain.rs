//! From an event, a triple or an actor to sentences, and what is said where there is nothing to explain.

#![allow(clippy::unwrap_used, reason = "helpers of tests, outside of test functions")]

mod support;

use entente_graph::{ExplainError, Graph, Target};

fn explain(graph: &Graph, words: &[&str]) -> Result<String, ExplainError> {
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    let explanation = graph.explain(&Target::parse(graph, &words)?)?;
    let mut out = Vec::new();
    explanation.write_text(&mut out, false).unwrap();
    Ok(String::from_utf8(out).unwrap())
}

#[test]
fn a_direct_triple_leads_to_the_sentences_of_all_articles() {
    let text = explain(&support::world_graph(), &["France", "pledgedAidTo", "Moldova"]).unwrap();
    let expected = "France pledgedAidTo Moldova\n\n\
        Aid pledged by France to Moldova, EUR 50 million, 2024-05-01\n\
        https://w3id.org/entente/event/aid-e403d76ccf06e4a2\n  \
          the same event as https://w3id.org/entente/event/aid-c1869e5878b070a7 (a5)\n    \
            the same sides +2, told within a day +2, the same round sum +2: 6 of 5 needed\n  \
          “France [promised] Moldova a loan of 50 million euros on Wednesday.”\n    \
            France promises Moldova more help, Example News, 2024-05-02 (a1)\n    \
            https://news.example.org/a1\n    \
            rule aid.active, confidence 0.9, characters 34 to 98\n  \
          “President Kesk said France had [promised] Moldova 50 million euros.”\n    \
            Chisinau to get French loan, Third Gazette, 2024-05-02 (a5)\n    \
            rule aid.active, confidence 0.9, characters 28 to 93\n  \
          “Paris [pledged] a 50-million-euro loan to Chisinau on 1 May.”\n    \
            Loan for Moldova, Second Agency, 2024-05-03 (a2)\n    \
            rule aid.active, confidence 0.9, characters 17 to 75\n";
    assert_eq!(text, expected);
}

#[test]
fn why_events_were_merged_is_said_to_programs_too() {
    let graph = support::world_graph();
    let target = Target::parse(&graph, &["aid-e403d76ccf06e4a2".to_owned()]).unwrap();
    let mut out = Vec::new();
    graph.explain(&target).unwrap().write_json(&mut out).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&out).unwrap();
    let event = |id: &str| format!("https://w3id.org/entente/event/{id}");
    let expected = serde_json::json!([{
        "event": event("aid-c1869e5878b070a7"),
        "articles": ["a5"],
        "mostLike": event("aid-e403d76ccf06e4a2"),
        "because": "the same sides +2, told within a day +2, the same round sum +2: 6 of 5 needed",
    }]);
    assert_eq!(json["events"][0]["mergedFrom"], expected);
}

#[test]
fn a_symmetric_triple_holds_and_is_explained_both_ways() {
    let graph = support::world_graph();
    let there = explain(&graph, &["Kesk", "ent:met", "Holt"]).unwrap();
    let back = explain(&graph, &["Holt", "met", "Kesk"]).unwrap();
    assert_eq!(there.lines().skip(1).collect::<Vec<_>>(), back.lines().skip(1).collect::<Vec<_>>());
    assert_eq!(there.matches('“').count(), 2, "{there}");
}

#[test]
fn an_event_is_named_by_id_prefixed_name_or_iri_and_an_actor_by_name() {
    let graph = support::world_graph();
    let id = "visit-ad5a08fb76c79b37";
    let by_id = explain(&graph, &[id]).unwrap();
    assert!(by_id.contains("Mara Holt [visited] Kazakhstan"), "{by_id}");
    assert_eq!(by_id, explain(&graph, &[&format!("event:{id}")]).unwrap());
    assert_eq!(by_id, explain(&graph, &[&format!("<https://w3id.org/entente/event/{id}>")]).unwrap());
    assert!(explain(&graph, &["Norway"]).unwrap().contains("Oslo [stands] by Moldova."));
}

#[test]
fn what_is_not_there_is_said() {
    let graph = support::world_graph();
    let check = |words: &[&str], expected: &str| {
        let message = explain(&graph, words).unwrap_err().to_string();
        assert!(message.starts_with(expected), "{message}");
    };
    check(&["Frence"], "no actor of the graph is called \"Frence\"; did you mean France?");
    check(&["France", "loves", "Moldova"], "\"loves\" is no relation; relations are met, spokeWith");
    check(&["France", "attacked", "Norway"], "the graph does not say this: France attacked Norway");
    check(&["France", "Moldova"], "give an event, an actor, or a triple of three words");
}
