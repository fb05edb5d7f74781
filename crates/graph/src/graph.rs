//! The graph of any number of extractions, ready to be asked.

use std::sync::OnceLock;

use entente_model::Extraction;
use oxigraph::model::{GraphNameRef, LiteralRef, NamedNodeRef, QuadRef, TermRef};

use crate::{
    TooLarge,
    backend::Backend,
    copies,
    copies::Sketch,
    index::{Builder, Index},
    iris::{Base, BaseError},
    mapping, merge,
    merge::Candidate,
    query::Names,
    vocabulary::{ent, prov, rdf, schema},
};

/// Names the mapping in the digest of an index: change it whenever other quads come from the same extraction.
pub(crate) const MAPPING: &str = "mapping 4";

/// Why a graph cannot be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GraphError {
    /// The base is not one.
    #[error(transparent)]
    Base(#[from] BaseError),
    /// It has more names and texts than an index can hold.
    #[error(transparent)]
    TooLarge(#[from] TooLarge),
}

/// What is known, and from where: an immutable graph in memory.
#[derive(Debug)]
pub struct Graph {
    backend: Backend,
    base: Base,
    names: OnceLock<Names>,
}

/// The quads of some of the articles, and what is needed to find out what they have in common.
#[derive(Default)]
pub(crate) struct Partial {
    builder: Builder,
    candidates: Vec<Candidate>,
    sketches: Vec<Sketch>,
}

impl Partial {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn add(&mut self, extraction: &Extraction, base: &Base) {
        mapping::map(extraction, base, &mut |quad| self.builder.add(quad));
        self.candidates.extend(merge::candidates(extraction));
        self.sketches.extend(copies::sketch(&extraction.article));
    }

    pub(crate) fn append(&mut self, other: Self) {
        self.builder.append(other.builder);
        self.candidates.extend(other.candidates);
        self.sketches.extend(other.sketches);
    }
}

/// Makes one graph of the quads of all articles: events told by several become one, near copies one source.
pub(crate) fn assemble(all: Partial, base: &Base) -> Result<Graph, TooLarge> {
    let Partial { mut builder, candidates, sketches } = all;
    let merged = merge::find(candidates);
    let mut pairs = Vec::new();
    for (absorbed, merge) in &merged {
        pairs.push((base.event(absorbed), base.event(&merge.kept)));
        // An agreement without a name of its own is known by its event.
        let unnamed = |event: &str| format!("of-{event}");
        let agreement = merge.agreement.clone().unwrap_or_else(|| unnamed(&merge.kept));
        pairs.push((base.agreement(&unnamed(absorbed)), base.agreement(&agreement)));
    }
    builder.substitute(&pairs);
    for (absorbed, merge) in &merged {
        let event = base.event(absorbed);
        builder.add(triple(&base.event(&merge.kept), ent::MERGED_FROM, iri(&event)));
        builder.add(triple(&event, ent::MERGED_AS, iri(&base.event(&merge.like))));
        builder.add(triple(&event, ent::MERGED_BECAUSE, LiteralRef::new_simple_literal(&merge.because).into()));
        for article in &merge.articles {
            builder.add(triple(&event, prov::WAS_DERIVED_FROM, iri(&base.article(article))));
        }
    }
    let copies: Vec<(String, String)> =
        copies::find(sketches).into_iter().map(|(copy, first)| (base.article(&copy), base.article(&first))).collect();
    for (copy, first) in &copies {
        builder.add(triple(copy, ent::NEAR_COPY_OF, iri(first)));
    }
    builder.substitute_objects(ent::SOURCE, &copies);
    Ok(Graph::new(builder.finish()?, base.clone()))
}

fn triple<'a>(subject: &'a str, predicate: NamedNodeRef<'a>, object: TermRef<'a>) -> QuadRef<'a> {
    QuadRef::new(NamedNodeRef::new_unchecked(subject), predicate, object, GraphNameRef::DefaultGraph)
}

fn iri(text: &str) -> TermRef<'_> {
    NamedNodeRef::new_unchecked(text).into()
}

impl Graph {
    pub(crate) fn new(index: Index, base: Base) -> Self {
        Self { backend: Backend::new(index), base, names: OnceLock::new() }
    }

    /// The graph of some extractions, without a store. `base` is the IRI that instances are minted under.
    ///
    /// # Errors
    /// If the base is not an absolute IRI that ends in `/` or `#`, or there is more than an index can hold.
    pub fn from_extractions<'a>(
        extractions: impl IntoIterator<Item = &'a Extraction>,
        base: &str,
    ) -> Result<Self, GraphError> {
        let base = Base::new(base)?;
        let mut all = Partial::new();
        for extraction in extractions {
            all.add(extraction, &base);
        }
        Ok(assemble(all, &base)?)
    }

    /// The graph without merging: what each article says, by itself. The union of such graphs, made on as many machines as
    /// one likes, is the graph of all their articles before merging.
    ///
    /// # Errors
    /// As [`Graph::from_extractions`].
    pub fn unmerged<'a>(extractions: impl IntoIterator<Item = &'a Extraction>, base: &str) -> Result<Self, GraphError> {
        let base = Base::new(base)?;
        let mut builder = Builder::default();
        for extraction in extractions {
            mapping::map(extraction, &base, &mut |quad| builder.add(quad));
        }
        Ok(Self::new(builder.finish()?, base))
    }

    pub(crate) fn index(&self) -> &Index {
        self.backend.index()
    }

    /// What queries run on.
    pub(crate) const fn backend(&self) -> &Backend {
        &self.backend
    }

    #[cfg(feature = "rocksdb")]
    pub(crate) fn set_database(&mut self, database: oxigraph::store::Store) {
        self.backend.set_database(database);
    }

    pub(crate) fn names(&self) -> &Names {
        self.names.get_or_init(|| Names::of(self))
    }

    /// The namespace of instances.
    pub const fn base(&self) -> &Base {
        &self.base
    }

    /// How many quads the graph has.
    pub fn quads(&self) -> usize {
        self.index().len()
    }

    /// How many articles it is known from.
    pub fn articles(&self) -> usize {
        let (Some(kind), Some(article)) =
            (self.index().iri(rdf::TYPE.as_str()), self.index().iri(schema::NEWS_ARTICLE.as_str()))
        else {
            return 0;
        };
        self.index().told([None, Some(kind), Some(article), None]).count()
    }

    /// How many events it tells of.
    pub fn events(&self) -> usize {
        let (Some(kind), Some(event)) = (self.index().iri(rdf::TYPE.as_str()), self.index().iri(ent::EVENT.as_str()))
        else {
            return 0;
        };
        self.index().known([None, Some(kind), Some(event)]).count()
    }
}
