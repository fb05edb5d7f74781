//! `entente explain`: the sentences, articles and rules behind a fact.

use std::io::Write;

use entente_graph::{ExplainError, Target};

use crate::{
    Context,
    console::{stdout, stdout_colored},
    failure::Failure,
    verbs::StoreArgument,
};

/// Show the sentences, articles and rules behind an event or a fact
///
/// An event is named by its IRI or id, a fact by actor, relation and actor: `entente explain Ukraine met France`.
/// Relations: met, spokeWith, visited, pledgedAidTo, deliveredAidTo, requestedAidFrom, signedAgreementWith,
/// negotiatesWith, sanctioned, attacked, supports, criticized, holdsOfficeIn.
#[derive(clap::Args)]
pub(crate) struct Explain {
    /// An event, or ACTOR RELATION ACTOR.
    #[arg(value_name = "WHAT", required = true, num_args = 1..=3)]
    what: Vec<String>,
    /// As JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    store: StoreArgument,
}

impl Explain {
    pub(crate) fn run(self, context: &Context) -> Result<(), Failure> {
        if self.what.len() == 2 {
            return Err(Failure::Usage("give an event, or three: ACTOR RELATION ACTOR".into()));
        }
        let store = self.store.open()?;
        let graph = store.graph();
        let explanation = match Target::parse(graph, &self.what).and_then(|target| graph.explain(&target)) {
            Ok(explanation) => explanation,
            Err(error @ ExplainError::Unknown(_)) => {
                context.console.note(&error.to_string());
                return Err(Failure::No);
            }
            Err(error) => return Err(Failure::data(&error)),
        };
        let mut out = stdout();
        if self.json {
            explanation.write_json(&mut out)?;
        } else {
            explanation.write_text(&mut out, stdout_colored())?;
        }
        Ok(out.flush()?)
    }
}
