//! Who publishes an article: whose "we" and "the President" it writes.
//!
//! In: title, publisher and opening of an article. Out: the country whose government publishes it, and whether several sides speak.

use entente_model::{Article, EntityKind};

use crate::actors::{ActorIndex, Actors, Sense, fold};

/// Whether an organisation of this class acts for its country: the news says "the Russian Defence Ministry" for Russia.
pub(crate) fn is_organ_of_state(class: &str) -> bool {
    let class = class.to_lowercase();
    ["ministry", "military", "department", "government", "embassy"].contains(&class.as_str())
}

/// Whether an article is the word of several sides: a joint statement, a communique, "We, the leaders of".
pub(super) fn is_joint(article: &Article) -> bool {
    let title = article.title.as_deref().unwrap_or_default();
    let start: String = article.body.chars().take(400).collect();
    let text = fold(&format!("{title} {start}")).to_lowercase();
    [
        "joint ",
        "communique",
        "we, the",
        "we the leaders",
        "leaders' statement",
        "leaders' declaration",
        "ministers' statement",
        "g7 statement",
        "quad statement",
    ]
    .iter()
    .any(|sign| text.contains(sign))
}

/// The country whose government publishes the article.
pub(super) fn home_of(article: &Article, actors: &Actors) -> Option<ActorIndex> {
    let publisher = fold(article.publisher.as_deref()?);
    let publisher = publisher.strip_prefix("The ").unwrap_or(&publisher);
    let publisher = match publisher {
        "State Dept" | "State Department" | "U.S. Department of State" | "Department of State" => "United States",
        "Department of Defense" | "U.S. Department of Defense" | "DOD" | "Pentagon" => "United States",
        other => other,
    };
    actors.lookup(publisher).iter().find_map(|sense| match *sense {
        Sense::Government(actor) => Some(actor),
        Sense::Actor(actor) => {
            let known = actors.actor(actor);
            match known.kind {
                EntityKind::Country => Some(actor),
                EntityKind::Organization if known.class.as_deref().is_some_and(is_organ_of_state) => known.country,
                _ => None,
            }
        }
        _ => None,
    })
}
