//! The IRIs that the graph is written with: Entente's own terms and those of the vocabularies that it builds on.
//!
//! Every `ent:` term used here is defined in `data/ontology/entente.ttl`; a test holds the two together.

use oxigraph::model::NamedNodeRef;

/// The namespace of the ontology.
pub const ONTOLOGY: &str = "https://w3id.org/entente/";

/// Where Wikidata items live.
pub(crate) const WIKIDATA: &str = "http://www.wikidata.org/entity/";

/// Declares constants of one namespace.
macro_rules! terms {
    ($(#[$doc:meta])* $module:ident $namespace:literal { $($name:ident = $local:literal,)+ }) => {
        $(#[$doc])*
        pub(crate) mod $module {
            use super::NamedNodeRef;
            /// Local names of all terms declared here, for the test that looks them up in the ontology.
            #[cfg(test)]
            #[allow(dead_code, reason = "only those of the ontology are looked up")]
            pub(crate) const LOCAL_NAMES: &[&str] = &[$($local,)+];
            $(pub(crate) const $name: NamedNodeRef<'static> = NamedNodeRef::new_unchecked(concat!($namespace, $local));)+
        }
    };
}

terms! {
    /// Entente's own classes and properties.
    ent "https://w3id.org/entente/" {
        EVENT = "Event",
        MEETING = "Meeting",
        CALL = "Call",
        VISIT = "Visit",
        AID = "Aid",
        AGREEMENT_EVENT = "AgreementEvent",
        SANCTION = "Sanction",
        ATTACK = "Attack",
        STATEMENT = "Statement",
        POSITION = "Position",
        PROTEST = "Protest",
        MOBILIZE = "Mobilize",
        COERCE = "Coerce",
        COOPERATE = "Cooperate",
        CONCEDE = "Concede",
        RETREAT = "Retreat",
        REJECT = "Reject",
        REQUEST = "Request",
        THREATEN = "Threaten",
        ACCUSE = "Accuse",
        SUPPORT = "Support",
        PERSON = "Person",
        COUNTRY = "Country",
        ORGANIZATION = "Organization",
        GROUP = "Group",
        PLACE_CLASS = "Place",
        THING = "Thing",
        AGREEMENT = "Agreement",
        AMOUNT_CLASS = "Amount",
        QUANTITY = "Quantity",
        ITEM_CLASS = "Item",
        MENTION = "Mention",
        PARTICIPANT = "participant",
        VISITOR = "visitor",
        DESTINATION = "destination",
        DONOR = "donor",
        RECIPIENT = "recipient",
        PARTY = "party",
        SENDER = "sender",
        TARGET = "target",
        ATTACKER = "attacker",
        SPEAKER = "speaker",
        ADDRESSEE = "addressee",
        OFFICE_HOLDER = "officeHolder",
        OFFICE_OF = "officeOf",
        MEDIATOR = "mediator",
        HOST = "host",
        ACTOR = "actor",
        SIGNATORY = "signatory",
        WITNESS = "witness",
        PACKAGE = "Package",
        PARTY_STAGE_CLASS = "PartyStage",
        DURATION = "duration",
        PERIOD_START = "periodStart",
        PERIOD_END = "periodEnd",
        ANNUAL = "annual",
        SUPPLY = "supply",
        NUMBER = "number",
        PART_OF = "partOf",
        PART = "part",
        INSTRUMENT = "instrument",
        SUBJECT = "subject",
        EXTENDS = "extends",
        REPLACES = "replaces",
        AMENDS = "amends",
        IMPLEMENTS = "implements",
        PARTY_STAGE = "partyStage",
        PENDING = "pending",
        OCCASION = "occasion",
        CAPACITY = "capacity",
        SANCTION_INSTRUMENT = "sanctionInstrument",
        WEAPON = "weapon",
        KILLED_AT_LEAST = "killedAtLeast",
        KILLED_AT_MOST = "killedAtMost",
        INJURED_AT_LEAST = "injuredAtLeast",
        INJURED_AT_MOST = "injuredAtMost",
        ATTRIBUTION = "attribution",
        STAGE = "stage",
        FACTUALITY = "factuality",
        STANCE = "stance",
        AID_KIND = "aidKind",
        FINANCE = "finance",
        BOUND = "bound",
        AMOUNT = "amount",
        VALUE = "value",
        CURRENCY = "currency",
        CUMULATIVE = "cumulative",
        QUANTITY_OF = "gives",
        ITEM = "item",
        COUNT = "count",
        DATE = "date",
        EARLIEST = "earliest",
        LATEST = "latest",
        PLACE = "place",
        KILLED = "killed",
        INJURED = "injured",
        TITLE = "title",
        OFFICE_STATUS = "officeStatus",
        ACCORDING_TO = "accordingTo",
        PLOVER = "plover",
        ABOUT = "agreement",
        AGREEMENT_KIND = "agreementKind",
        TOLD_IN = "toldIn",
        SOURCE = "source",
        NEAR_COPY_OF = "nearCopyOf",
        MERGED_FROM = "mergedFrom",
        MERGED_AS = "mergedAs",
        MERGED_BECAUSE = "mergedBecause",
        RULE = "rule",
        CONFIDENCE = "confidence",
        MET = "met",
        SPOKE_WITH = "spokeWith",
        VISITED = "visited",
        PLEDGED_AID_TO = "pledgedAidTo",
        DELIVERED_AID_TO = "deliveredAidTo",
        REQUESTED_AID_FROM = "requestedAidFrom",
        SIGNED_AGREEMENT_WITH = "signedAgreementWith",
        NEGOTIATES_WITH = "negotiatesWith",
        SANCTIONED = "sanctioned",
        ATTACKED = "attacked",
        SUPPORTS = "supports",
        CRITICIZED = "criticized",
        HOLDS_OFFICE_IN = "holdsOfficeIn",
    }
}

terms! {
    /// Simple Event Model.
    sem "http://semanticweb.cs.vu.nl/2009/11/sem/" {
        HAS_ACTOR = "hasActor",
    }
}

terms! {
    /// Grounded Annotation Framework.
    gaf "http://groundedannotationframework.org/gaf#" {
        DENOTED_BY = "denotedBy",
    }
}

terms! {
    /// NLP Interchange Format.
    nif "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#" {
        SENTENCE_CLASS = "Sentence",
        REFERENCE_CONTEXT = "referenceContext",
        BEGIN_INDEX = "beginIndex",
        END_INDEX = "endIndex",
        ANCHOR_OF = "anchorOf",
        SENTENCE = "sentence",
    }
}

terms! {
    /// schema.org.
    schema "https://schema.org/" {
        NEWS_ARTICLE = "NewsArticle",
        HEADLINE = "headline",
        DATE_PUBLISHED = "datePublished",
        PUBLISHER = "publisher",
        IDENTIFIER = "identifier",
        URL = "url",
        NAME = "name",
    }
}

terms! {
    /// SKOS.
    skos "http://www.w3.org/2004/02/skos/core#" {
        ALT_LABEL = "altLabel",
    }
}

terms! {
    /// PROV-O.
    prov "http://www.w3.org/ns/prov#" {
        WAS_DERIVED_FROM = "wasDerivedFrom",
    }
}

pub(crate) use oxigraph::model::vocab::{rdf, rdfs, xsd};
/// `rdf:Statement` and its parts, which name the events behind a direct triple.
pub(crate) const RDF_STATEMENT: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/1999/02/22-rdf-syntax-ns#Statement");

/// Prefixes that every query may use undeclared, sorted, without those of the instances: see [`crate::Base::prefixes`].
pub(crate) const PREFIXES: &[(&str, &str)] = &[
    ("aidkind", "https://w3id.org/entente/aidkind/"),
    ("agreementkind", "https://w3id.org/entente/agreementkind/"),
    ("attribution", "https://w3id.org/entente/attribution/"),
    ("bound", "https://w3id.org/entente/bound/"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("ent", ONTOLOGY),
    ("factuality", "https://w3id.org/entente/factuality/"),
    ("finance", "https://w3id.org/entente/finance/"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("gaf", "http://groundedannotationframework.org/gaf#"),
    ("iati", "https://w3id.org/entente/iati/"),
    ("instrument", "https://w3id.org/entente/instrument/"),
    ("nif", "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("officestatus", "https://w3id.org/entente/officestatus/"),
    ("org", "http://www.w3.org/ns/org#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("plover", "https://w3id.org/entente/plover/"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("sanctioninstrument", "https://w3id.org/entente/sanctioninstrument/"),
    ("schema", "https://schema.org/"),
    ("sem", "http://semanticweb.cs.vu.nl/2009/11/sem/"),
    ("sh", "http://www.w3.org/ns/shacl#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("stage", "https://w3id.org/entente/stage/"),
    ("stance", "https://w3id.org/entente/stance/"),
    ("supply", "https://w3id.org/entente/supply/"),
    ("wd", WIKIDATA),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use entente_model::{
        AidKind, Attribution, EventType, Factuality, Finance, Instrument, OfficeStatus, SanctionInstrument, Stage,
        Stance, Supply,
    };
    use oxigraph::{
        io::{RdfFormat, RdfParser},
        model::{NamedOrBlankNode, Term},
    };

    use super::*;

    /// Subject -> predicates and objects.
    fn ontology() -> BTreeMap<String, Vec<(String, Term)>> {
        let mut terms: BTreeMap<String, Vec<(String, Term)>> = BTreeMap::new();
        for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(crate::ontology_turtle().as_bytes()) {
            let quad = quad.unwrap();
            let NamedOrBlankNode::NamedNode(subject) = quad.subject else { panic!("a blank node in the ontology") };
            terms.entry(subject.into_string()).or_default().push((quad.predicate.into_string(), quad.object));
        }
        terms
    }

    #[test]
    fn every_term_is_defined_with_label_comment_and_example() {
        let terms = ontology();
        for name in ent::LOCAL_NAMES {
            let iri = format!("{ONTOLOGY}{name}");
            let found = terms.get(&iri).unwrap_or_else(|| panic!("ent:{name} is not in the ontology"));
            let mut needed =
                vec![rdfs::LABEL.as_str(), rdfs::COMMENT.as_str(), "http://www.w3.org/2004/02/skos/core#example"];
            if name.starts_with(char::is_lowercase) {
                needed.extend([rdfs::DOMAIN.as_str(), rdfs::RANGE.as_str()]);
            }
            for property in needed {
                assert!(found.iter().any(|(known, _)| known == property), "ent:{name} has no {property}");
            }
        }
    }

    #[test]
    fn every_term_is_aligned_with_a_vocabulary_of_others() {
        let alignments = [
            rdfs::SUB_CLASS_OF.as_str(),
            rdfs::SUB_PROPERTY_OF.as_str(),
            "http://www.w3.org/2004/02/skos/core#exactMatch",
            "http://www.w3.org/2004/02/skos/core#closeMatch",
            "http://www.w3.org/2004/02/skos/core#broadMatch",
            "http://www.w3.org/2004/02/skos/core#relatedMatch",
        ];
        // The codes of PLOVER and IATI have no IRIs but ours.
        let is_other = |object: &Term| {
            let object = object.to_string();
            let ours = object.strip_prefix('<').and_then(|iri| iri.strip_prefix(ONTOLOGY));
            object != "<http://www.w3.org/2002/07/owl#Thing>"
                && ours.is_none_or(|local| local.starts_with("plover/") || local.starts_with("iati/"))
        };
        let terms = ontology();
        for name in ent::LOCAL_NAMES {
            let found = &terms[&format!("{ONTOLOGY}{name}")];
            let aligned =
                found.iter().any(|(property, object)| alignments.contains(&property.as_str()) && is_other(object));
            assert!(aligned, "ent:{name} is aligned with nothing");
        }
    }

    #[test]
    fn every_value_has_a_name_and_a_meaning() {
        let skos = |name: &str| format!("http://www.w3.org/2004/02/skos/core#{name}");
        let mut concepts = 0;
        for (iri, found) in ontology() {
            let concept = format!("<{}>", skos("Concept"));
            if !found.iter().any(|(property, object)| property == rdf::TYPE.as_str() && object.to_string() == concept) {
                continue;
            }
            concepts += 1;
            for needed in [skos("inScheme"), skos("notation"), skos("prefLabel"), skos("definition")] {
                assert!(found.iter().any(|(property, _)| *property == needed), "{iri} has no {needed}");
            }
        }
        assert!(concepts > 50, "{concepts}");
    }

    #[test]
    fn the_ontology_defines_nothing_that_the_graph_does_not_use() {
        let used: BTreeSet<String> = ent::LOCAL_NAMES.iter().map(|name| format!("{ONTOLOGY}{name}")).collect();
        for (iri, found) in ontology() {
            let is_term = found.iter().any(|(property, _)| property == rdfs::DOMAIN.as_str())
                || found.iter().any(|(_, object)| object.to_string() == "<http://www.w3.org/2002/07/owl#Class>");
            assert!(!is_term || used.contains(&iri), "{iri} is defined and not used");
        }
    }

    #[test]
    fn every_value_of_the_vocabularies_is_a_concept() {
        let terms = ontology();
        let names = |scheme: &str, all: Vec<&str>| -> Vec<String> {
            all.into_iter().map(|name| format!("{ONTOLOGY}{scheme}/{name}")).collect()
        };
        let mut concepts = names("stage", Stage::ALL.iter().map(|value| value.name()).collect());
        concepts.extend(names("factuality", Factuality::ALL.iter().map(|value| value.name()).collect()));
        concepts.extend(names("stance", Stance::ALL.iter().map(|value| value.name()).collect()));
        concepts.extend(names("aidkind", AidKind::ALL.iter().map(|value| value.name()).collect()));
        concepts.extend(names("finance", Finance::ALL.iter().map(|value| value.name()).collect()));
        concepts.extend(names("supply", Supply::ALL.iter().map(|value| value.name()).collect()));
        concepts.extend(names("instrument", Instrument::ALL.iter().map(|value| value.name()).collect()));
        let instruments = SanctionInstrument::ALL.iter().map(|value| value.name()).collect();
        concepts.extend(names("sanctioninstrument", instruments));
        concepts.extend(names("attribution", Attribution::ALL.iter().map(|value| value.name()).collect()));
        concepts.extend(names("officestatus", OfficeStatus::ALL.iter().map(|value| value.name()).collect()));
        concepts.extend(names("agreementkind", crate::agreement::kinds()));
        for concept in concepts {
            assert!(terms.contains_key(&concept), "{concept} is not in the ontology");
        }
        for kind in EventType::ALL {
            assert!(terms.contains_key(crate::mapping::event_class(*kind).as_str()));
        }
    }
}
