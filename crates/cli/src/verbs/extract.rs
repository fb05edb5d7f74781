//! `entente extract`: events or triples to standard output, no store involved.

use std::{io::Write, path::PathBuf, sync::atomic::Ordering};

use entente_graph::{DEFAULT_BASE, ExportFormat, Filter, Graph};
use entente_model::{AidKind, Details, Event, Extraction, Factuality, OfficeStatus, Stage, Stance};

use crate::{
    Context,
    console::{self, stdout},
    data,
    failure::Failure,
    inputs::{Inputs, Piece},
    pipeline::{self, INTERRUPTED},
};

/// Print what articles tell, as events or as triples, without a store
///
/// One JSON object a line by default, in the order of the input; `--format text` is for reading.
#[derive(clap::Args)]
pub(crate) struct Extract {
    /// Files, folders, or `-`.
    #[arg(value_name = "INPUT", required = true)]
    inputs: Vec<PathBuf>,
    /// How to write.
    #[arg(long, short, value_name = "FORMAT", default_value = "jsonl")]
    format: Format,
    /// Leave out events of less confidence, from 0 to 1.
    #[arg(long, value_name = "C", default_value_t = 0.0, value_parser = share)]
    min_confidence: f64,
    /// Where IRIs of new actors and events are minted.
    #[arg(long, value_name = "IRI", default_value = DEFAULT_BASE)]
    base: String,
    /// Worker threads; all cores by default.
    #[arg(long, short = 'j', value_name = "N")]
    threads: Option<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// One event a line.
    Jsonl,
    /// For reading.
    Text,
    Turtle,
    Trig,
    Nquads,
    Ntriples,
    Jsonld,
    Rdfxml,
}

struct Made {
    extractions: Vec<Extraction>,
    warnings: Vec<String>,
    error: Option<String>,
}

impl Extract {
    pub(crate) fn run(self, context: &Context) -> Result<(), Failure> {
        let console = &context.console;
        let inputs = Inputs::told(&self.inputs, console)?;
        let extractor = data::extractor(context)?;
        let work = |piece: Piece| match piece.read() {
            Err(error) => Made { extractions: vec![], warnings: vec![], error: Some(error) },
            Ok(reading) => Made {
                extractions: reading.articles.iter().map(|article| extractor.extract(article)).collect(),
                warnings: reading.warnings,
                error: None,
            },
        };
        let mut bad = !inputs.problems.is_empty();
        let mut kept = Vec::new();
        let mut out = stdout();
        let color = console::stdout_colored();
        if self.format.rdf().is_some() {
            console.start(inputs.count(), "inputs read");
        }
        pipeline::run(&inputs, pipeline::workers(self.threads), work, |made: Made| {
            console.advance(1);
            for warning in &made.warnings {
                console.warn(warning);
            }
            if let Some(error) = &made.error {
                console.error(error);
                bad = true;
            }
            for mut extraction in made.extractions {
                extraction.events.retain(|event| event.confidence >= self.min_confidence);
                match self.format {
                    Format::Jsonl => lines(&extraction, &mut out)?,
                    Format::Text => text(&extraction, color, &mut out)?,
                    _ => kept.push(extraction),
                }
            }
            Ok(())
        })?;
        console.stop();
        if INTERRUPTED.load(Ordering::Relaxed) {
            out.flush()?;
            return Err(Failure::Interrupted);
        }
        if let Some(format) = self.format.rdf() {
            let graph = Graph::from_extractions(&kept, &self.base).map_err(|error| Failure::data(&error))?;
            graph.export(format, &Filter::default(), &mut out).map_err(|error| Failure::data(&error))?;
        }
        out.flush()?;
        if bad { Err(Failure::Told) } else { Ok(()) }
    }
}

impl Format {
    fn rdf(self) -> Option<ExportFormat> {
        match self {
            Self::Jsonl | Self::Text => None,
            Self::Turtle => Some(ExportFormat::Turtle),
            Self::Trig => Some(ExportFormat::Trig),
            Self::Nquads => Some(ExportFormat::NQuads),
            Self::Ntriples => Some(ExportFormat::NTriples),
            Self::Jsonld => Some(ExportFormat::JsonLd),
            Self::Rdfxml => Some(ExportFormat::RdfXml),
        }
    }
}

/// A number from 0 to 1.
fn share(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|c| (0.0..=1.0).contains(c)).ok_or_else(|| "a number from 0 to 1 is wanted".to_owned())
}

/// One event a line.
fn lines(extraction: &Extraction, out: &mut dyn Write) -> Result<(), Failure> {
    for event in &extraction.events {
        let line = serde_json::to_string(event).map_err(|error| Failure::data(&error))?;
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// The article's headline, then each event with the sentence behind it.
fn text(extraction: &Extraction, color: bool, out: &mut dyn Write) -> Result<(), Failure> {
    let (bold, dim, plain) = if color { ("\x1b[1m", "\x1b[2m", "\x1b[0m") } else { ("", "", "") };
    let article = &extraction.article;
    let published = article.published.map(|date| format!(" ({date})")).unwrap_or_default();
    writeln!(out, "{bold}{}{plain}{published}", article.title.as_deref().unwrap_or(&article.source))?;
    for event in &extraction.events {
        writeln!(out, "  {}", describe(event))?;
        writeln!(out, "    {dim}“{}” [{}]{plain}", event.evidence.text.trim(), event.rule)?;
    }
    if extraction.events.is_empty() {
        writeln!(out, "  no events")?;
    }
    writeln!(out)?;
    Ok(())
}

/// `for P4Y`, `part of relief package`, `with drone`
fn details(details: &Details) -> Vec<String> {
    let mut parts = Vec::new();
    if let Some(period) = details.period {
        parts.extend(period.length.map(|length| format!("for {length}")));
        parts.extend(period.from.map(|date| format!("from {date}")));
        parts.extend(period.until.map(|date| format!("until {date}")));
        parts.extend(period.annual.then(|| "every year".to_owned()));
    }
    parts.extend(details.supply.map(|supply| supply.to_string()));
    parts.extend(details.number.map(|number| format!("number {number}")));
    parts.extend(details.part_of.as_ref().map(|whole| format!("part of {}", whole.title)));
    parts.extend(details.subject.as_ref().map(|subject| format!("on {subject}")));
    parts.extend(details.earlier.iter().map(|other| format!("{} {}", other.link, other.title)));
    parts.extend(details.occasion.as_ref().map(|occasion| format!("beside {occasion}")));
    parts.extend(details.instruments.iter().map(|instrument| format!("by {instrument}")));
    parts.extend(details.weapons.iter().map(|weapon| format!("with {weapon}")));
    parts
}

/// `aid, pledged: donor United States; recipient Ukraine; at least 5,000,000 USD; 2024-07-02`
fn describe(event: &Event) -> String {
    let mut head = event.kind.to_string();
    let qualities = [
        event.stage.map(Stage::name),
        event.stance.map(Stance::name),
        event.factuality.filter(|f| *f != Factuality::Actual).map(Factuality::name),
        event.aid_kind.map(AidKind::name),
        event.status.map(OfficeStatus::name),
    ];
    for quality in qualities.into_iter().flatten() {
        head.push_str(", ");
        head.push_str(quality);
    }
    let mut parts: Vec<String> = event
        .roles
        .iter()
        .filter(|(_, fillers)| !fillers.is_empty())
        .map(|(role, fillers)| {
            let names: Vec<&str> = fillers.iter().map(|filler| filler.name.as_str()).collect();
            format!("{role} {}", names.join(", "))
        })
        .collect();
    if let Some(amount) = &event.amount {
        let total = if event.cumulative { " in total" } else { "" };
        parts.push(format!("{} {}{total}", amount.value, amount.currency()));
    }
    for item in &event.items {
        parts.push(item.count.map_or_else(|| item.name.clone(), |count| format!("{count} {}", item.name)));
    }
    parts.extend(event.title.clone());
    parts.extend(details(&event.details));
    parts.extend(event.place.as_ref().map(|place| format!("in {}", place.name)));
    parts.extend(event.date.map(|date| date.to_string()));
    parts.extend(event.killed.map(|n| format!("{n} killed")));
    parts.extend(event.injured.map(|n| format!("{n} injured")));
    parts.extend(event.speaker.as_ref().map(|speaker| format!("according to {}", speaker.name)));
    format!("{head}: {}", parts.join("; "))
}
