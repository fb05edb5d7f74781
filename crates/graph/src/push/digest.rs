//! Digest access authentication (RFC 2617, MD5, `qop=auth`): the answer to a server's challenge.

use md5::{Digest as _, Md5};

/// What a server asks with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Challenge {
    realm: String,
    nonce: String,
    opaque: Option<String>,
    /// The server wants a counter and a nonce of ours in the hash.
    with_quality: bool,
}

impl Challenge {
    /// Reads a `WWW-Authenticate` header; `None` where it asks for something else.
    pub(super) fn read(header: &str) -> Option<Self> {
        let (scheme, rest) = header.trim().split_once(' ')?;
        if !scheme.eq_ignore_ascii_case("digest") {
            return None;
        }
        let mut challenge = Self { realm: String::new(), nonce: String::new(), opaque: None, with_quality: false };
        for (name, value) in parameters(rest) {
            match name.to_ascii_lowercase().as_str() {
                "realm" => challenge.realm = value,
                "nonce" => challenge.nonce = value,
                "opaque" => challenge.opaque = Some(value),
                "qop" => challenge.with_quality = value.split(',').any(|quality| quality.trim() == "auth"),
                "algorithm" if !value.eq_ignore_ascii_case("md5") => return None,
                _ => {}
            }
        }
        (!challenge.nonce.is_empty()).then_some(challenge)
    }

    /// The `Authorization` header for a request, the `count`-th with this nonce.
    pub(super) fn answer(&self, name: &str, password: &str, method: &str, uri: &str, count: u32) -> String {
        let (realm, nonce) = (&self.realm, &self.nonce);
        let who = md5(&format!("{name}:{realm}:{password}"));
        let what = md5(&format!("{method}:{uri}"));
        let mut parts = vec![
            format!("Digest username=\"{name}\""),
            format!("realm=\"{realm}\""),
            format!("nonce=\"{nonce}\""),
            format!("uri=\"{uri}\""),
        ];
        if self.with_quality {
            let ours = md5(&format!("{nonce}:{count}:{}", std::process::id()));
            let ours = &ours[..16];
            let response = md5(&format!("{who}:{nonce}:{count:08x}:{ours}:auth:{what}"));
            parts.push(format!("qop=auth, nc={count:08x}, cnonce=\"{ours}\", response=\"{response}\""));
        } else {
            parts.push(format!("response=\"{}\"", md5(&format!("{who}:{nonce}:{what}"))));
        }
        parts.extend(self.opaque.iter().map(|opaque| format!("opaque=\"{opaque}\"")));
        parts.join(", ")
    }
}

/// `name="value"` and `name=value` pairs between commas.
fn parameters(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = text.trim();
    while let Some((name, after)) = rest.split_once('=') {
        let after = after.trim_start();
        let (value, next) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => after.split_once(',').unwrap_or((after, "")),
        };
        found.push((name.trim().trim_start_matches(',').trim().to_owned(), value.trim().to_owned()));
        rest = next.trim_start().trim_start_matches(',').trim_start();
    }
    found
}

fn md5(text: &str) -> String {
    Md5::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_as_the_standard_says() {
        // The example of RFC 2617, without `qop` as RFC 2069 has it, so that nothing is random.
        let challenge = Challenge::read(
            "Digest realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"5ccc\"",
        )
        .unwrap();
        let header = challenge.answer("Mufasa", "Circle Of Life", "GET", "/dir/index.html", 1);
        assert!(header.contains("response=\"670fd8c2df070c60b045671b8b24ff02\""), "{header}");
        assert!(header.ends_with("opaque=\"5ccc\""), "{header}");
    }

    #[test]
    fn reads_challenges_in_any_order() {
        let challenge =
            Challenge::read("Digest qop=\"auth,auth-int\", algorithm=MD5, nonce=abc, realm=\"a, b\"").unwrap();
        assert_eq!((challenge.realm.as_str(), challenge.nonce.as_str(), challenge.with_quality), ("a, b", "abc", true));
        assert_eq!(Challenge::read("Basic realm=\"x\""), None);
        assert_eq!(Challenge::read("Digest realm=\"x\", nonce=\"y\", algorithm=SHA-256"), None);
    }
}
