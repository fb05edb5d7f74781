//! Graphviz as a helper: a picture as DOT in, SVG out, within a time.

use std::{
    io::Write as _,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use super::Picture;

/// Why Graphviz gave no picture.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GraphvizError {
    /// It is not installed.
    #[error("Graphviz is not installed (no program `dot`)")]
    Missing,
    /// It took too long.
    #[error("Graphviz took longer than {} s", .0.as_secs_f64())]
    Timeout(Duration),
    /// It failed.
    #[error("Graphviz failed: {0}")]
    Failed(String),
}

impl Picture {
    /// As SVG, laid out by Graphviz.
    ///
    /// # Errors
    /// If there is no Graphviz, it fails or takes longer than it may. [`Picture::svg`] always works.
    pub fn svg_by_graphviz(&self, timeout: Duration) -> Result<String, GraphvizError> {
        let failed = |error: std::io::Error| GraphvizError::Failed(error.to_string());
        let mut child = Command::new("dot")
            .arg("-Tsvg")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|_| GraphvizError::Missing)?;
        let text = self.dot();
        let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(GraphvizError::Failed("no pipe".to_owned()));
        };
        let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
        let reader = std::thread::spawn(move || std::io::read_to_string(output));
        let began = Instant::now();
        loop {
            match child.try_wait().map_err(failed)? {
                Some(status) if status.success() => break,
                Some(status) => return Err(GraphvizError::Failed(status.to_string())),
                None if began.elapsed() > timeout => {
                    // Dead or dying, it is of no more use; the pipes close with it.
                    let _ = child.kill();
                    let _ = child.wait();
                    return Err(GraphvizError::Timeout(timeout));
                }
                None => std::thread::sleep(Duration::from_millis(5)),
            }
        }
        let broken = || GraphvizError::Failed("a pipe broke".to_owned());
        writer.join().map_err(|_| broken())?.map_err(failed)?;
        reader.join().map_err(|_| broken())?.map_err(failed)
    }
}
