//! Page furniture: lines of a page that tell nothing of its article.
//!
//! In: a cleaned line. Out: whether it goes, and whether what follows goes with it: "Share this article", "#Kyiv#Talks",
//! "Related Articles". Whole lines go; the tails of paragraphs that [`strip_tail`] knows are the one exception.

/// What to do with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Furniture {
    /// The article's own words.
    No,
    /// A line to drop.
    Drop,
    /// A line to drop that heads a list of links, comments or buttons.
    Heads,
}

/// Lines that head what is no longer the article, without case and closing punctuation; sorted.
const HEADS: &[&str] = &[
    "about us",
    "also read",
    "bình luận",
    "comments",
    "commentaires",
    "editor's picks",
    "explore more",
    "external links",
    "follow us",
    "further reading",
    "in this story",
    "kommentare",
    "latest",
    "latest news",
    "latest stories",
    "leave a comment",
    "leave a reply",
    "more from",
    "more news",
    "more on this story",
    "more stories",
    "more stories like this",
    "most popular",
    "most read",
    "must read",
    "next article",
    "no comments yet",
    "other news",
    "popular",
    "popular news",
    "previous article",
    "read also",
    "read more",
    "read next",
    "recent posts",
    "recommended",
    "recommended for you",
    "recommended stories",
    "references",
    "related",
    "related articles",
    "related content",
    "related news",
    "related posts",
    "related stories",
    "related topics",
    "see also",
    "share",
    "share this article",
    "share this story",
    "sister links",
    "sources",
    "sponsored",
    "tags",
    "top news",
    "top stories",
    "topics",
    "trending",
    "trending now",
    "what to read next",
    "you may also like",
    "you might also like",
];

/// Lines that go, without case and closing punctuation; sorted.
const LINES: &[&str] = &[
    "accept",
    "accept all",
    "accept all cookies",
    "accept cookies",
    "ad",
    "ads",
    "advertisement",
    "advertising",
    "back to top",
    "bottom of page",
    "click here to read more",
    "close",
    "contact us",
    "continue reading",
    "cookie policy",
    "copy link",
    "copyright",
    "donate",
    "download app",
    "email",
    "embed",
    "for immediate release",
    "full article",
    "getty images",
    "go to top",
    "hide caption",
    "home",
    "image",
    "image caption",
    "image source",
    "immediate release",
    "listen",
    "listen to this article",
    "load more",
    "loading",
    "log in",
    "login",
    "manage cookies",
    "menu",
    "more details below",
    "newsletter",
    "newsletters",
    "no comments",
    "office of press relations",
    "office of the press secretary",
    "office of the spokesperson",
    "photo",
    "play video",
    "press release",
    "print",
    "privacy policy",
    "reject all",
    "save",
    "search",
    "share on facebook",
    "share on twitter",
    "show more",
    "sign in",
    "sign up",
    "skip to content",
    "skip to main content",
    "source link",
    "story continues below advertisement",
    "subscribe",
    "subscribe now",
    "terms of service",
    "terms of use",
    "to watch on video",
    "toggle caption",
    "top of page",
    "video",
    "view comments",
    "view original",
    "watch",
    "watch video",
];

/// Beginnings of short lines that go; lower case.
const STARTS: &[&str] = &[
    "a version of this article",
    "accept all cookies",
    "all rights reserved",
    "by continuing to use",
    "by using this site",
    "click here",
    "comments (",
    "comments are closed",
    "copyright ©",
    "discover more from",
    "do you have a story",
    "don't miss",
    "don’t miss",
    "download our app",
    "download the app",
    "edited by",
    "editing by",
    "enlarge this image",
    "enter your email",
    "estimated reading time",
    "explore what",
    "filed under",
    "find us on",
    "follow us on",
    "for media inquiries",
    "for more information, visit",
    "for press inquiries",
    "get our newsletter",
    "get the latest",
    "getty images",
    "image credit",
    "image source",
    "images:",
    "join our",
    "join the conversation",
    "join us on",
    "keywords:",
    "like us on",
    "listen to this",
    "media contact",
    "min read",
    "never miss",
    "photo by",
    "photo credit",
    "photo:",
    "pictured:",
    "please enable javascript",
    "please share",
    "read also:",
    "read more",
    "reading time",
    "related:",
    "report a typo",
    "reporting by",
    "see also:",
    "share on",
    "share this",
    "share via",
    "sign up for",
    "sign up to",
    "source link",
    "source site",
    "stay up to date",
    "story continues below",
    "subscribe to",
    "support us",
    "tagged:",
    "tags:",
    "thank you for reading",
    "this article was originally published",
    "this article was produced",
    "this site uses",
    "this website uses",
    "topics:",
    "translated by",
    "try our",
    "updated:",
    "view all posts",
    "view all",
    "was this article helpful",
    "watch:",
    "we use cookies",
    "with inputs from",
    "writer's picture",
    "your email address",
];

/// Names that rows of buttons consist of; lower case, sorted.
const BUTTONS: &[&str] = &[
    "bluesky",
    "comment",
    "copy",
    "email",
    "facebook",
    "flipboard",
    "instagram",
    "linkedin",
    "link",
    "mail",
    "messenger",
    "pinterest",
    "pocket",
    "print",
    "reddit",
    "rss",
    "save",
    "share",
    "telegram",
    "threads",
    "tiktok",
    "tweet",
    "twitter",
    "viber",
    "vk",
    "whatsapp",
    "x",
    "youtube",
];

/// Judges one line.
pub(super) fn judge(text: &str) -> Furniture {
    if text.len() > 400 {
        return Furniture::No;
    }
    let lower = text.trim_matches(['(', '[', ']', '*', '_', '|', ' ', '›', '»', '>', '←', '→']).to_lowercase();
    let bare = lower.trim_end_matches(['.', '!', ':', '…', '?', ')', ' ', '»', '>']);
    if HEADS.contains(&bare) || is_tag_list(text) {
        return Furniture::Heads;
    }
    let short = text.len() <= 160;
    if bare.is_empty()
        || LINES.contains(&bare)
        || (short && STARTS.iter().any(|start| lower.starts_with(start)))
        || is_button_row(bare)
        || is_legal(&lower)
        || is_count(bare)
        || is_breadcrumb(text)
        || is_appeal(&lower, short)
        || is_address(bare)
        || is_credited_picture(&lower)
    {
        return Furniture::Drop;
    }
    Furniture::No
}

/// Cuts what some sites glue to the end of a paragraph, and gives the paragraph's own part.
pub(super) fn strip_tail(text: &str) -> &str {
    const TAILS: [&str; 9] = [
        " Related Articles ",
        " Read more: ",
        " READ MORE: ",
        " Read also: ",
        " (Reporting by ",
        " (Additional reporting by ",
        " (Writing by ",
        " (Editing by ",
        " © ",
    ];
    let cut = TAILS.iter().filter_map(|tail| text.find(tail)).filter(|at| text.len() - at < 700 && *at > 60).min();
    cut.map_or(text, |at| text[..at].trim_end())
}

/// `#Kyiv#Talks`, `#Kyiv #Talks`.
fn is_tag_list(text: &str) -> bool {
    text.starts_with('#')
        && text.len() > 1
        && text.split('#').skip(1).all(|tag| tag.split(' ').filter(|w| !w.is_empty()).count() <= 4)
        && !text.starts_with("# ")
        && !text.ends_with('.')
}

fn is_button_row(bare: &str) -> bool {
    let mut words = bare.split([' ', '|', '/', ',', '·', '\u{2022}']).filter(|w| !w.is_empty()).peekable();
    words.peek().is_some()
        && words.all(|word| BUTTONS.contains(&word) || word == "on" || word == "this" || word == "via")
}

fn is_legal(lower: &str) -> bool {
    lower.starts_with('©')
        || lower.starts_with("(c) 20")
        || lower.starts_with("copyright 20")
        || lower.ends_with("all rights reserved.")
        || lower.ends_with("all rights reserved")
}

/// "3 min read", "12 comments", "5 shares".
fn is_count(bare: &str) -> bool {
    let mut words = bare.split(' ');
    let number =
        words.next().is_some_and(|w| !w.is_empty() && w.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'k'));
    let rest: Vec<&str> = words.collect();
    number
        && matches!(
            rest.as_slice(),
            ["min" | "mins" | "minute" | "minutes", "read"]
                | ["min" | "minutes", "reading"]
                | ["comment" | "comments" | "share" | "shares" | "view" | "views" | "like" | "likes"]
        )
}

/// "Home > News > World".
fn is_breadcrumb(text: &str) -> bool {
    text.len() <= 100 && [" > ", " » ", " › "].iter().any(|mark| text.matches(mark).count() >= 2)
}

/// Appeals to the reader: imperatives of a site, never of an article.
fn is_appeal(lower: &str, short: bool) -> bool {
    short
        && ((lower.contains("cookie")
            && ["accept", "consent", "we use", "uses cookies"].iter().any(|w| lower.contains(w)))
            || (lower.starts_with("support ") && (lower.contains(" on patreon") || lower.contains(" on ko-fi")))
            || (lower.contains("newsletter")
                && ["sign up", "subscribe", "inbox", "join"].iter().any(|w| lower.contains(w)))
            || (lower.contains("javascript") && lower.contains("enable"))
            || lower.contains("our telegram channel")
            || (lower.starts_with("the post ") && lower.contains(" appeared first on "))
            || (lower.starts_with("breaking news alerts")))
}

/// "Jane Doe in 2016 (Image: Example)".
fn is_credited_picture(lower: &str) -> bool {
    lower.len() <= 160 && ["(image: ", "(photo: ", "(picture: ", "(file photo"].iter().any(|mark| lower.contains(mark))
}

/// A line that is nothing but an address.
fn is_address(bare: &str) -> bool {
    !bare.contains(' ') && (bare.starts_with("http://") || bare.starts_with("https://") || bare.starts_with("www."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(expected: Furniture, lines: &[&str]) {
        for line in lines {
            assert_eq!(judge(line), expected, "{line}");
        }
    }

    #[test]
    fn furniture_goes() {
        check(
            Furniture::Drop,
            &[
                "Estimated reading time: 3 minutes",
                "top of page",
                "Share on Facebook",
                "Telegram Facebook",
                "3 min read",
                "© 2024 Example Media. All rights reserved.",
                "We use cookies to improve your visit.",
                "Home > News > World",
                "Edited by Jo Example",
                "Try our AI features",
                "(With inputs from an agency)",
                "Advertisement",
                "Support our newsroom on Patreon!",
                "Enlarge this image toggle caption Jo Example",
                "The envoy in 2016 (Image: Example)",
                "https://example.org/a",
            ],
        );
    }

    #[test]
    fn heads_of_lists_are_known() {
        check(
            Furniture::Heads,
            &["Related Articles", "Comments", "#Jane Doe#Talks#Kyiv", "READ ALSO:", "Top Stories", "Read more"],
        );
    }

    #[test]
    fn the_article_stays() {
        check(
            Furniture::No,
            &[
                "Background:",
                "More details: the envoys met.",
                "Quote from the minister: \"We agreed.\"",
                "Share prices fell after the embassy closed.",
                "The Post said the two met.",
                "Home Secretary visits Tirana",
                "X met Y",
                "Ministers support Kyiv",
                "Print media in Chad were banned.",
                "Save the Children sent aid.",
            ],
        );
    }

    #[test]
    fn tails_of_paragraphs_go() {
        let text =
            "Rouhani's lawyers told the agency that the restrictions began in late September. (Reporting by A. Writer)";
        assert!(strip_tail(text).ends_with("September."));
        assert_eq!(strip_tail("The two met in Oslo."), "The two met in Oslo.");
    }
}
