//! Where the rows of each first number begin in a sorted table: from one number to its rows in one step, not in twenty.
//!
//! Made when a table is first asked, in one pass over it: four bytes for each term of the dictionary.

use std::{ops::Range, sync::OnceLock};

use super::Id;

/// The beginnings of one table, made when they are first wanted.
#[derive(Debug, Default)]
pub(super) struct Starts(OnceLock<Option<Vec<u32>>>);

impl Starts {
    /// The rows that begin with a number, in a table over so many terms.
    pub(super) fn rows<const N: usize>(&self, table: &[[Id; N]], terms: usize, first: Id) -> Range<usize> {
        let made = self.0.get_or_init(|| make(table, terms));
        let at = |place: usize| made.as_ref()?.get(place).map(|start| *start as usize);
        let first_place = first as usize;
        if let (Some(start), Some(end)) = (at(first_place), at(first_place + 1)) {
            return start..end;
        }
        let start = table.partition_point(|row| row[0] < first);
        start..start + table[start..].partition_point(|row| row[0] <= first)
    }
}

/// Where each number's rows begin, and at the end where the last one's end; `None` for a table too long to be numbered so.
fn make<const N: usize>(table: &[[Id; N]], terms: usize) -> Option<Vec<u32>> {
    let length = u32::try_from(table.len()).ok()?;
    let mut starts = Vec::with_capacity(terms + 1);
    for (place, row) in (0..length).zip(table) {
        while starts.len() <= row[0] as usize {
            starts.push(place);
        }
    }
    starts.resize(terms + 1, length);
    Some(starts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_finds_its_rows() {
        let table = [[1, 7], [1, 9], [3, 0], [4, 4], [4, 5]];
        let starts = Starts::default();
        for (number, rows) in [(0, 0..0), (1, 0..2), (2, 2..2), (3, 2..3), (4, 3..5), (5, 5..5), (99, 5..5)] {
            assert_eq!(starts.rows(&table, 6, number), rows, "{number}");
        }
        assert_eq!(Starts::default().rows::<2>(&[], 0, 3), 0..0);
    }
}
