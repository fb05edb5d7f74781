//! A parsed text: what the pipeline hands to everybody else.
//!
//! In: the text and a list of [`Parts`], one a token. Out: tokens, sentences, trees and entity spans, with walks over them.
//! Tokens are named by their number in the document; spans are byte ranges of the text as it came.

use std::ops::Range;

use entente_model::Span;

use crate::{Deprel, EntityLabel, Tag, Upos};

/// One token with its place in the tree of its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Bytes of the text that it covers.
    pub span: Span,
    /// Fine-grained tag.
    pub tag: Tag,
    /// Coarse part of speech.
    pub upos: Upos,
    /// Relation to the head.
    pub deprel: Deprel,
    /// Number of the head; the token's own number for the root of a sentence.
    pub head: usize,
    /// Number of the sentence.
    pub sentence: usize,
    lemma: (u32, u32),
}

/// What a document is made from: one token's analysis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts<'a> {
    /// Bytes of the text that it covers.
    pub span: Span,
    /// Fine-grained tag.
    pub tag: Tag,
    /// Coarse part of speech.
    pub upos: Upos,
    /// Relation to the head.
    pub deprel: Deprel,
    /// Number of the head; the token's own number for a root.
    pub head: usize,
    /// Whether a sentence begins here.
    pub starts_sentence: bool,
    /// Dictionary form.
    pub lemma: &'a str,
}

/// A sentence: a range of tokens under one root or, where the parser left fragments, several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Numbers of its tokens.
    pub tokens: Range<usize>,
    /// Bytes of the text from its first token to its last; white space at the ends left out.
    pub span: Span,
    /// Number of its first root.
    pub root: usize,
}

/// A name, number or date that the model proposes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntitySpan {
    /// Numbers of its tokens.
    pub tokens: Range<usize>,
    /// The model's type: a proposal, right in four cases of five.
    pub label: EntityLabel,
}

impl EntitySpan {
    /// Whether the model takes it for a day or an hour.
    pub fn is_time(&self) -> bool {
        matches!(self.label, EntityLabel::Date | EntityLabel::Time)
    }

    /// Whether the model takes it for where or when something is.
    pub fn is_scene(&self) -> bool {
        self.is_time() || matches!(self.label, EntityLabel::Gpe | EntityLabel::Loc | EntityLabel::Fac)
    }
}

/// A parsed text.
#[derive(Debug, Clone, Default)]
pub struct Document {
    text: String,
    tokens: Vec<Token>,
    sentences: Vec<Sentence>,
    entities: Vec<EntitySpan>,
    lemmas: String,
    /// Children of token `i`, left to right: `children[child_starts[i]..child_starts[i + 1]]`.
    children: Vec<u32>,
    child_starts: Vec<u32>,
    /// First and last token of the subtree of each token.
    edges: Vec<(u32, u32)>,
}

impl Document {
    /// Puts a document together.
    ///
    /// Heads must lie in the sentence of their token; a token that breaks this becomes a root.
    #[allow(clippy::cast_possible_truncation, reason = "a text of more than 4 GiB is cut up long before")]
    pub fn new<'a>(text: String, parts: impl IntoIterator<Item = Parts<'a>>, entities: Vec<EntitySpan>) -> Self {
        let mut document = Self::begin(text);
        for part in parts {
            document.push(&part);
        }
        document.entities = entities;
        document.link();
        document
    }

    /// A document without tokens. They are to be pushed in order; then [`Document::link`] makes it whole.
    pub(crate) fn begin(text: String) -> Self {
        Self { text, ..Self::default() }
    }

    /// Appends a token.
    #[allow(clippy::cast_possible_truncation, reason = "a text of more than 4 GiB is cut up long before")]
    pub(crate) fn push(&mut self, part: &Parts<'_>) {
        let number = self.tokens.len();
        if part.starts_sentence || number == 0 {
            self.sentences.push(Sentence { tokens: number..number, span: part.span, root: number });
        }
        let start = self.lemmas.len() as u32;
        self.lemmas.push_str(part.lemma);
        self.tokens.push(Token {
            span: part.span,
            tag: part.tag,
            upos: part.upos,
            deprel: part.deprel,
            head: part.head,
            sentence: self.sentences.len() - 1,
            lemma: (start, self.lemmas.len() as u32),
        });
        if let Some(sentence) = self.sentences.last_mut() {
            sentence.tokens.end = number + 1;
        }
    }

    /// Appends an entity.
    pub(crate) fn push_entity(&mut self, entity: EntitySpan) {
        self.entities.push(entity);
    }

    /// Derives children, subtree edges, roots and sentence spans from the heads.
    #[allow(clippy::cast_possible_truncation, reason = "a text of more than 4 GiB is cut up long before")]
    pub(crate) fn link(&mut self) {
        let count = self.tokens.len();
        for number in 0..count {
            let range = &self.sentences[self.tokens[number].sentence].tokens;
            if !range.contains(&self.tokens[number].head) {
                self.tokens[number].head = number;
            }
        }
        let mut starts = vec![0u32; count + 1];
        for (number, token) in self.tokens.iter().enumerate() {
            if token.head != number {
                starts[token.head + 1] += 1;
            }
        }
        for number in 0..count {
            starts[number + 1] += starts[number];
        }
        let mut fill = starts.clone();
        let mut children = vec![0u32; starts[count] as usize];
        for (number, token) in self.tokens.iter().enumerate() {
            if token.head != number {
                children[fill[token.head] as usize] = number as u32;
                fill[token.head] += 1;
            }
        }
        self.children = children;
        self.child_starts = starts;

        self.edges = (0..count as u32).map(|number| (number, number)).collect();
        for sentence in 0..self.sentences.len() {
            let range = self.sentences[sentence].tokens.clone();
            let roots: Vec<usize> = range.clone().filter(|&i| self.tokens[i].head == i).collect();
            for &root in &roots {
                self.widen(root);
            }
            let solid = |i: &usize| self.tokens[*i].upos != Upos::Space;
            let first = range.clone().find(solid).unwrap_or(range.start);
            let last = range.clone().rev().find(solid).unwrap_or(range.start);
            let sentence = &mut self.sentences[sentence];
            sentence.root = roots.first().copied().unwrap_or(range.start);
            sentence.span = self.tokens[first].span.join(self.tokens[last].span);
        }
    }

    /// Sets the edges of every subtree below `root`, deepest first, without recursion.
    fn widen(&mut self, root: usize) {
        let mut order = vec![root];
        let mut next = 0;
        while next < order.len() {
            let number = order[next];
            order.extend(self.child_slice(number).iter().map(|&c| c as usize));
            next += 1;
        }
        for &number in order.iter().rev() {
            let head = self.tokens[number].head;
            if head != number {
                let (first, last) = self.edges[number];
                let edge = &mut self.edges[head];
                *edge = (edge.0.min(first), edge.1.max(last));
            }
        }
    }

    fn child_slice(&self, token: usize) -> &[u32] {
        &self.children[self.child_starts[token] as usize..self.child_starts[token + 1] as usize]
    }

    /// The text as it came.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// All tokens.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// All sentences, in text order.
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// All entity spans, in text order; they do not overlap.
    pub fn entities(&self) -> &[EntitySpan] {
        &self.entities
    }

    /// The entity span that a token is part of.
    pub fn entity_at(&self, token: usize) -> Option<&EntitySpan> {
        let next = self.entities.partition_point(|span| span.tokens.start <= token);
        self.entities[..next].last().filter(|span| span.tokens.contains(&token))
    }

    /// The token with this number.
    pub fn token(&self, token: usize) -> &Token {
        &self.tokens[token]
    }

    /// The token as written.
    pub fn word(&self, token: usize) -> &str {
        self.tokens[token].span.of(&self.text)
    }

    /// The token's dictionary form: lower case but for names.
    pub fn lemma(&self, token: usize) -> &str {
        let (start, end) = self.tokens[token].lemma;
        &self.lemmas[start as usize..end as usize]
    }

    /// The text from the first to the last token of a range; empty for an empty range.
    pub fn text_of(&self, tokens: Range<usize>) -> &str {
        self.span_of(tokens).of(&self.text)
    }

    /// The bytes from the first to the last token of a range.
    pub fn span_of(&self, tokens: Range<usize>) -> Span {
        if tokens.is_empty() {
            return Span::default();
        }
        self.tokens[tokens.start].span.join(self.tokens[tokens.end - 1].span)
    }

    /// The head of a token; `None` for a root.
    pub fn head(&self, token: usize) -> Option<usize> {
        let head = self.tokens[token].head;
        (head != token).then_some(head)
    }

    /// From the token's head up to the root.
    pub fn ancestors(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.head(token), |&t| self.head(t))
    }

    /// The token's children, left to right.
    pub fn children(&self, token: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.child_slice(token).iter().map(|&c| c as usize)
    }

    /// The token's children with a relation, left to right.
    pub fn children_by(&self, token: usize, deprel: Deprel) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.children(token).filter(move |&c| self.tokens[c].deprel == deprel)
    }

    /// From the first to the last token of the token's subtree: the whole phrase, where the tree is projective.
    pub fn phrase(&self, token: usize) -> Range<usize> {
        let (first, last) = self.edges[token];
        first as usize..last as usize + 1
    }

    /// The token and everything below it, each head before its children; a walk without a heap of its own.
    ///
    /// ```
    /// let document = entente_nlp::Pipeline::load()?.parse("Kyiv hosted peace talks.");
    /// let words: Vec<_> = document.subtree(3).map(|token| document.word(token)).collect();
    /// assert_eq!(words, ["talks", "peace"]);
    /// # Ok::<(), entente_nlp::LoadError>(())
    /// ```
    pub fn subtree(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(token), move |&at| {
            // Down to the first child, or else to the next sibling of the nearest that has one, not above the top.
            self.child_slice(at).first().map(|&child| child as usize).or_else(|| {
                std::iter::successors(Some(at), |&t| self.head(t))
                    .take_while(|&t| t != token)
                    .find_map(|t| self.next_sibling(t))
            })
        })
    }

    /// The next child of the same head.
    fn next_sibling(&self, token: usize) -> Option<usize> {
        let siblings = self.child_slice(self.head(token)?);
        let at = siblings.partition_point(|&sibling| sibling as usize <= token);
        siblings.get(at).map(|&sibling| sibling as usize)
    }

    /// The tokens on the way from one token to another in the tree, both included; empty if they share no tree.
    ///
    /// ```
    /// let document = entente_nlp::Pipeline::load()?.parse("Kyiv hosted peace talks.");
    /// let words: Vec<_> = document.path(0, 2).into_iter().map(|token| document.word(token)).collect();
    /// assert_eq!(words, ["Kyiv", "hosted", "talks", "peace"]);
    /// # Ok::<(), entente_nlp::LoadError>(())
    /// ```
    pub fn path(&self, from: usize, to: usize) -> Vec<usize> {
        let mut up: Vec<usize> = std::iter::once(from).chain(self.ancestors(from)).collect();
        let mut down: Vec<usize> = std::iter::once(to).chain(self.ancestors(to)).collect();
        let mut top = None;
        while let (Some(&left), Some(&right)) = (up.last(), down.last())
            && left == right
        {
            top = Some(left);
            up.pop();
            down.pop();
        }
        if top.is_none() {
            return Vec::new();
        }
        up.into_iter().chain(top).chain(down.into_iter().rev()).collect()
    }

    /// The sentence that a token lies in.
    pub fn sentence_of(&self, token: usize) -> &Sentence {
        &self.sentences[self.tokens[token].sentence]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(words: &[(usize, usize, usize, Deprel)]) -> Vec<Parts<'static>> {
        words
            .iter()
            .map(|&(start, end, head, deprel)| Parts {
                span: Span::new(start, end),
                tag: Tag::Nn,
                upos: Upos::Noun,
                deprel,
                head,
                starts_sentence: start == 0,
                lemma: "x",
            })
            .collect()
    }

    #[test]
    fn walks_down_and_up() {
        // "Kyiv hosted talks": hosted heads both.
        let document = Document::new(
            "Kyiv hosted talks".into(),
            parts(&[(0, 4, 1, Deprel::Nsubj), (5, 11, 1, Deprel::Root), (12, 17, 1, Deprel::Dobj)]),
            vec![],
        );
        assert_eq!(document.children(1).collect::<Vec<_>>(), [0, 2]);
        assert_eq!(document.children_by(1, Deprel::Dobj).collect::<Vec<_>>(), [2]);
        assert_eq!(document.phrase(1), 0..3);
        assert_eq!(document.phrase(2), 2..3);
        assert_eq!(document.ancestors(2).collect::<Vec<_>>(), [1]);
        assert_eq!(document.text_of(0..2), "Kyiv hosted");
        assert_eq!(document.sentences()[0].root, 1);
    }

    #[test]
    fn a_head_outside_the_sentence_makes_a_root() {
        let document = Document::new("a b".into(), parts(&[(0, 1, 7, Deprel::Dep), (2, 3, 0, Deprel::Dep)]), vec![]);
        assert_eq!(document.head(0), None);
    }
}
