//! Reads and extracts on all cores, with results in the order of the input and a bounded number of them in memory.
//!
//! In: [`Inputs`], a function from a piece to a result, a function that takes results. One thread reads, some work, the
//! caller's takes. A piece is admitted only when another has been taken, so a slow piece never lets results pile up.

use std::{
    collections::BTreeMap,
    num::NonZero,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, Receiver},
    },
    thread,
};

use crate::{
    failure::Failure,
    inputs::{Inputs, Piece},
};

/// Pieces admitted for each worker.
const AHEAD: usize = 8;

/// Set by Ctrl-C: no more pieces are admitted.
pub(crate) static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// How many workers: what was asked for, else one a core.
pub(crate) fn workers(asked: Option<usize>) -> usize {
    asked.filter(|n| *n > 0).unwrap_or_else(|| thread::available_parallelism().map_or(1, NonZero::get))
}

/// Runs `work` over all pieces and hands the results to `take`, in order, until one of them fails.
pub(crate) fn run<R: Send>(
    inputs: &Inputs,
    workers: usize,
    work: impl Fn(Piece) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let window = workers * AHEAD;
    let (to_workers, pieces) = mpsc::sync_channel::<(usize, Piece)>(window);
    let (to_taker, results) = mpsc::channel::<(usize, R)>();
    let (give_back, admissions) = mpsc::channel::<()>();
    for _ in 0..window {
        // The receiver lives on this stack.
        let _ = give_back.send(());
    }
    let pieces = Mutex::new(pieces);
    thread::scope(|scope| {
        scope.spawn(move || {
            let mut number = 0;
            inputs.pieces(&mut |piece| {
                let admitted = admissions.recv().is_ok() && !INTERRUPTED.load(Ordering::Relaxed);
                let sent = admitted && to_workers.send((number, piece)).is_ok();
                number += 1;
                sent
            });
        });
        for _ in 0..workers {
            let (to_taker, pieces, work) = (to_taker.clone(), &pieces, &work);
            scope.spawn(move || {
                while let Some((number, piece)) = next(pieces) {
                    if to_taker.send((number, work(piece))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(to_taker);
        // Dropped when this closure ends, which ends the reader if it waits for an admission.
        let give_back = give_back;
        let mut waiting = BTreeMap::new();
        let mut due = 0;
        for (number, result) in results {
            waiting.insert(number, result);
            while let Some(result) = waiting.remove(&due) {
                due += 1;
                // The reader may have come to its end.
                let _ = give_back.send(());
                take(result)?;
            }
        }
        Ok(())
    })
}

/// The next piece; one worker waits at a time.
fn next(pieces: &Mutex<Receiver<(usize, Piece)>>) -> Option<(usize, Piece)> {
    pieces.lock().ok()?.recv().ok()
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn lengths(workers: usize) -> Vec<usize> {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src");
        let arguments: Vec<PathBuf> = ["main.rs", "failure.rs", "console.rs"].iter().map(|n| folder.join(n)).collect();
        let inputs = Inputs::find(&arguments);
        let mut found = Vec::new();
        let length = |piece| if let Piece::File(_, bytes) = piece { bytes.len() } else { 0 };
        run(&inputs, workers, length, |n| {
            found.push(n);
            Ok(())
        })
        .unwrap();
        found
    }

    #[test]
    fn results_come_in_order_with_any_number_of_workers() {
        let one = lengths(1);
        assert_eq!(one.len(), 3);
        assert_eq!(one, lengths(4));
    }

    #[test]
    fn a_failure_ends_the_run() {
        let inputs = Inputs::find(&[PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")]);
        assert!(run(&inputs, 2, |_| (), |()| Err(Failure::No)).is_err());
    }
}
