//! The input of extraction: one news article, furniture already gone.

use serde::{Deserialize, Serialize};

use crate::Date;

/// One article, as the reader of files hands it over.
///
/// Spans everywhere else are byte offsets into [`Article::body`], whose first line is the headline where there is one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Identifies the article: from the input where it gives one, else made from the path.
    pub id: String,
    /// Where it was read: a path, `path#2` for the second article of a file, or the id of a JSON line.
    pub source: String,
    /// The headline.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub title: Option<String>,
    /// The day of publication: relative dates in the text count from it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub published: Option<Date>,
    /// The newspaper, agency or ministry.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub publisher: Option<String>,
    /// The address that the article was published at.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub url: Option<String>,
    /// Headline and text; paragraphs end with a line break.
    pub body: String,
}
