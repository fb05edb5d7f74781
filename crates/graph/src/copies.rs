//! Near copies: articles with nearly the same text (an agency's report in ten papers) count as one source.
//!
//! Each text becomes a `MinHash` sketch of its runs of five words; texts that share a band of the sketch are compared, and
//! those that share four fifths of their runs are copies. Method: Broder 1997, with one permutation in bins (Li 2012).

#![allow(clippy::cast_precision_loss, reason = "counts of at most 64")]

use std::collections::BTreeMap;

use entente_model::Article;

/// Places of a sketch.
const BINS: usize = 64;
/// Places that must agree before two sketches are compared.
const BAND: usize = 4;
/// Words in a run.
const RUN: usize = 5;
/// A shorter text says too little to be called a copy.
const SHORTEST: usize = 60;
/// Share of places that must agree.
const ALIKE: f64 = 0.75;

/// A text in so few numbers that thousands can be compared.
#[derive(Debug, Clone)]
pub(crate) struct Sketch {
    /// Id of the article.
    article: String,
    /// Day of publication, which says who was first; empty sorts last.
    published: String,
    bins: [u32; BINS],
}

/// The sketch of an article; `None` where the text is too short.
pub(crate) fn sketch(article: &Article) -> Option<Sketch> {
    let words: Vec<u64> = article
        .body
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().flat_map(char::to_lowercase).fold(7, |hash, c| mix(hash ^ u64::from(u32::from(c)))))
        .collect();
    if words.len() < SHORTEST {
        return None;
    }
    let mut bins = [u32::MAX; BINS];
    for run in words.windows(RUN) {
        let hash = run.iter().fold(0, |hash, word| mix(hash ^ word));
        let [a, b, c, d, bin, ..] = hash.to_le_bytes();
        let value = u32::from_le_bytes([a, b, c, d]);
        let place = &mut bins[usize::from(bin) % BINS];
        *place = (*place).min(value);
    }
    let published = article.published.map_or_else(|| "9999".to_owned(), |date| date.to_string());
    Some(Sketch { article: article.id.clone(), published, bins })
}

/// A good mixer of 64 bits (splitmix64).
const fn mix(mut x: u64) -> u64 {
    x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

impl Sketch {
    fn is_like(&self, other: &Self) -> bool {
        let pairs = || self.bins.iter().zip(&other.bins).filter(|(a, b)| **a != u32::MAX || **b != u32::MAX);
        let all = pairs().count();
        let equal = pairs().filter(|(a, b)| a == b).count();
        equal as f64 >= ALIKE * all as f64
    }
}

/// Article id -> id of the article whose text it copies: the first published of its group. Does not depend on the order.
pub(crate) fn find(mut sketches: Vec<Sketch>) -> BTreeMap<String, String> {
    sketches.sort_by(|a, b| (&a.published, &a.article).cmp(&(&b.published, &b.article)));
    let mut first: Vec<usize> = (0..sketches.len()).collect();
    let mut bands: BTreeMap<(usize, [u32; BAND]), Vec<usize>> = BTreeMap::new();
    for (number, sketch) in sketches.iter().enumerate() {
        for (band, values) in sketch.bins.as_chunks::<BAND>().0.iter().enumerate() {
            bands.entry((band, *values)).or_default().push(number);
        }
    }
    for group in bands.values() {
        for (place, a) in group.iter().enumerate() {
            for b in &group[place + 1..] {
                let (root_a, root_b) = (root(&first, *a), root(&first, *b));
                if root_a != root_b && sketches[*a].is_like(&sketches[*b]) {
                    first[root_a.max(root_b)] = root_a.min(root_b);
                }
            }
        }
    }
    (0..sketches.len())
        .filter(|number| root(&first, *number) != *number)
        .map(|number| (sketches[number].article.clone(), sketches[root(&first, number)].article.clone()))
        .collect()
}

fn root(first: &[usize], mut number: usize) -> usize {
    while first[number] != number {
        number = first[number];
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(id: &str, day: u8, body: String) -> Article {
        Article {
            id: id.to_owned(),
            source: id.to_owned(),
            title: None,
            published: Some(entente_model::Date::day(2024, 5, day)),
            publisher: None,
            url: None,
            body,
        }
    }

    fn text(from: usize, words: usize) -> String {
        (from..from + words).map(|number| format!("word{number} ")).collect::<Vec<_>>().concat()
    }

    #[test]
    fn a_text_with_another_end_is_a_copy_and_another_text_is_not() {
        let articles = [
            article("late", 3, text(0, 300) + "Our own reporter added this."),
            article("first", 1, text(0, 300)),
            article("other", 1, text(1000, 300)),
            article("half", 2, text(150, 300)),
            article("short", 1, text(0, 20)),
        ];
        let mut sketches: Vec<Sketch> = articles.iter().filter_map(sketch).collect();
        let expected = BTreeMap::from([("late".to_owned(), "first".to_owned())]);
        assert_eq!(find(sketches.clone()), expected);
        sketches.reverse();
        assert_eq!(find(sketches), expected);
    }
}
