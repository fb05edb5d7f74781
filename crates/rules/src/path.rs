//! A way through the grammar from a trigger to a word: `object > prep:for`.

use crate::{Grammar, Group};

/// One step: a grammatical function.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    /// Who acts: of a verb in any voice, of an event noun its agent.
    Subject,
    /// Who or what is acted on, in any voice.
    Object,
    /// The indirect object: *gave* **Kyiv** *arms*.
    Indirect,
    /// Possessor, nationality, `of`- or `by`-phrase of a noun.
    Owner,
    /// Who does what an event noun names, by the noun phrase alone: *Russia's attack, an attack by rebels*.
    Doer,
    /// A name or nationality before a noun: **US** *aid*.
    Modifier,
    /// The subject of the clause that a phrase with the trigger belongs to: *in a meeting with X,* **Y** *said*.
    Matrix,
    /// The verb of a clause below: *urged Russia to* **withdraw**.
    Clause,
    /// The verb of an infinitive below: *told Russia to* **withdraw**, not *told Russia that it will*.
    Infinitive,
    /// The verb that governs a noun: **signed** *an agreement*; of an auxiliary its verb.
    Governor,
    /// Who says the clause that a word stands in: **Kyiv** *said that troops must leave*.
    Sayer,
    /// Whom the clause that a word stands in is told: *told* **Kyiv** *that troops must leave*.
    Listener,
    /// What a copula or an appositive says of a noun, or the noun it is said of.
    Equal,
    /// What a verb calls its object: *branded the vote* **a farce**.
    Complement,
    /// An adverb of a verb: *met* **separately**.
    Adverb,
    /// The object of a preposition.
    Prep(String),
    /// The object of a preposition anywhere in a noun's phrase: *returned a mask stolen in 1990* **to Peru**.
    Inside(String),
}

/// Steps from left to right; the empty path is the word itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path(Vec<Step>);

impl Path {
    /// Reads `step > step`.
    ///
    /// # Errors
    /// The step that is no grammatical function.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut steps = Vec::new();
        for part in text.split('>').map(str::trim) {
            steps.push(match part {
                "subject" => Step::Subject,
                "object" => Step::Object,
                "indirect" => Step::Indirect,
                "owner" => Step::Owner,
                "doer" => Step::Doer,
                "modifier" => Step::Modifier,
                "matrix" => Step::Matrix,
                "clause" => Step::Clause,
                "infinitive" => Step::Infinitive,
                "governor" => Step::Governor,
                "sayer" => Step::Sayer,
                "listener" => Step::Listener,
                "equal" => Step::Equal,
                "complement" => Step::Complement,
                "adverb" => Step::Adverb,
                "self" => continue,
                other => match other.split_once(':') {
                    Some(("prep", word)) if !word.is_empty() => Step::Prep(word.to_owned()),
                    Some(("inside", word)) if !word.is_empty() => Step::Inside(word.to_owned()),
                    _ => return Err(other.to_owned()),
                },
            });
        }
        Ok(Self(steps))
    }

    /// Every function that a path may name.
    pub(crate) const STEPS: &'static str = "self, subject, object, indirect, owner, doer, modifier, matrix, clause, infinitive, governor, sayer, listener, equal, complement, adverb, prep:WORD, inside:WORD";

    /// The groups of words at the end of the path, the likeliest first.
    pub fn walk(&self, grammar: &Grammar<'_>, token: usize) -> Vec<Group> {
        let mut groups = vec![vec![token]];
        for step in &self.0 {
            let mut next: Vec<Group> = Vec::new();
            for &token in groups.iter().flatten() {
                let found = match step {
                    Step::Subject => grammar.subjects(token),
                    Step::Object => grammar.objects(token),
                    Step::Indirect => grammar.indirect(token),
                    Step::Owner => grammar.owners(token),
                    Step::Doer => grammar.doers(token),
                    Step::Modifier => grammar.modifiers(token),
                    Step::Matrix => grammar.matrix(token),
                    Step::Clause => grammar.clauses(token),
                    Step::Infinitive => grammar.infinitives(token),
                    Step::Governor => grammar.governor(token).map(|g| vec![g]).into_iter().collect(),
                    Step::Sayer => grammar.sayers(token),
                    Step::Listener => grammar.listeners(token),
                    Step::Equal => grammar.equals(token),
                    Step::Complement => grammar.complements(token),
                    Step::Adverb => grammar.adverbs(token),
                    Step::Prep(word) => grammar.preposition(token, word),
                    Step::Inside(word) => grammar.inside(token, word),
                };
                for group in found {
                    if !next.contains(&group) {
                        next.push(group);
                    }
                }
            }
            groups = next;
        }
        groups
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_steps() {
        assert_eq!(Path::parse("object > prep:for").unwrap().0, [Step::Object, Step::Prep("for".into())]);
        assert_eq!(Path::parse("self").unwrap().0, []);
        assert_eq!(Path::parse("object > nsubj"), Err("nsubj".into()));
    }
}
