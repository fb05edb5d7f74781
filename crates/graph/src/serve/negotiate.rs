//! Content negotiation: an `Accept` header and what there is -> what to send.

/// The offer that the client likes best; of equals, the first offered. Without a header, the first.
pub(super) fn choose<T: Copy>(accept: &str, offers: &[(&'static str, T)]) -> Option<(&'static str, T)> {
    if accept.trim().is_empty() {
        return offers.first().copied();
    }
    let wanted: Vec<(&str, f32)> = accept.split(',').map(range).collect();
    let liking = |media: &str| -> f32 {
        // The most exact range speaks: `text/csv` before `text/*` before `*/*`.
        let exactness = |range: &str| match range {
            "*/*" => Some(0),
            range if range == media => Some(2),
            range => range.strip_suffix('*').filter(|prefix| media.starts_with(prefix)).map(|_| 1),
        };
        wanted
            .iter()
            .filter_map(|(range, quality)| Some((exactness(range)?, *quality)))
            .max_by_key(|(exact, _)| *exact)
            .map_or(0.0, |(_, quality)| quality)
    };
    let mut best: Option<(f32, (&'static str, T))> = None;
    for offer in offers {
        let quality = liking(offer.0);
        if quality > best.map_or(0.0, |(best, _)| best) {
            best = Some((quality, *offer));
        }
    }
    best.map(|(_, offer)| offer)
}

/// A media range and how much it is wanted.
fn range(part: &str) -> (&str, f32) {
    let mut parts = part.split(';').map(str::trim);
    let media = parts.next().unwrap_or_default();
    let quality = parts.find_map(|parameter| parameter.strip_prefix("q=")).map_or(Some(1.0), |text| text.parse().ok());
    (media, quality.unwrap_or(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_client_gets_what_it_likes_best() {
        let offers = [("application/json", 1), ("text/csv", 2), ("text/html", 3)];
        for (accept, expected) in [
            ("", Some(1)),
            ("*/*", Some(1)),
            ("text/*", Some(2)),
            ("text/html, text/csv;q=0.9", Some(3)),
            ("application/json;q=0.1, */*;q=0.5", Some(2)),
            ("text/csv;q=0, */*", Some(1)),
            ("image/png", None),
        ] {
            assert_eq!(choose(accept, &offers).map(|(_, number)| number), expected, "{accept}");
        }
    }
}
