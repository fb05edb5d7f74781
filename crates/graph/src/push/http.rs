//! Requests to a triple store, tried again where that can help.

use std::{collections::BTreeMap, thread, time::Duration};

use ureq::{
    Agent,
    http::{Request, Response},
};

use super::{Auth, PushError, PushOptions, digest::Challenge};

/// The beginning of an error page that is worth showing.
const SHOWN: usize = 300;
const MOST_ANSWER: u64 = 64 << 20;

/// A connection with what it has learnt about getting in.
pub(super) struct Client {
    agent: Agent,
    auth: Auth,
    challenge: Option<(Challenge, u32)>,
    retries: u32,
}

impl Client {
    pub(super) fn new(options: &PushOptions) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(options.timeout))
            .user_agent(concat!("entente/", env!("CARGO_PKG_VERSION")))
            .build();
        Self { agent: config.into(), auth: options.auth.clone(), challenge: None, retries: options.retries }
    }

    /// A request that changes something.
    pub(super) fn change(&mut self, method: &str, url: &str, kind: &str, body: &str) -> Result<(), PushError> {
        self.request(method, url, kind, "*/*", body).map(|_| ())
    }

    /// A query; each row is a map from variables to values.
    pub(super) fn query(&mut self, url: &str, query: &str) -> Result<Vec<BTreeMap<String, String>>, PushError> {
        let body = format!("query={}", encode(query));
        let (kind, accept) = ("application/x-www-form-urlencoded", "application/sparql-results+json");
        let text = self.request("POST", url, kind, accept, &body)?;
        let answer = |cause: String| PushError::Answer { url: url.to_owned(), cause };
        let json: serde_json::Value = serde_json::from_str(&text).map_err(|error| answer(error.to_string()))?;
        let rows = json["results"]["bindings"].as_array().ok_or_else(|| answer("no bindings".to_owned()))?;
        Ok(rows
            .iter()
            .filter_map(serde_json::Value::as_object)
            .map(|row| {
                let value = |cell: &serde_json::Value| cell["value"].as_str().unwrap_or_default().to_owned();
                row.iter().map(|(name, cell)| (name.clone(), value(cell))).collect()
            })
            .collect())
    }

    fn request(&mut self, method: &str, url: &str, kind: &str, accept: &str, body: &str) -> Result<String, PushError> {
        let mut wait = Duration::from_millis(300);
        for attempt in 0..=self.retries {
            let last = attempt == self.retries;
            match self.once(method, url, kind, accept, body) {
                Err(PushError::Network { .. }) if !last => {}
                Err(PushError::Status { status: 429 | 500..=599, .. }) if !last => {}
                result => return result,
            }
            thread::sleep(wait);
            wait *= 2;
        }
        Err(PushError::Network { url: url.to_owned(), cause: "no attempt was made".to_owned() })
    }

    /// One request, and a second one where the server first wants to know who asks.
    fn once(&mut self, method: &str, url: &str, kind: &str, accept: &str, body: &str) -> Result<String, PushError> {
        for first in [true, false] {
            let mut response = self.call(method, url, kind, accept, body)?;
            let status = response.status().as_u16();
            let asks: Vec<String> = response
                .headers()
                .get_all("www-authenticate")
                .iter()
                .filter_map(|value| value.to_str().ok().map(str::to_owned))
                .collect();
            if status == 401 && first && matches!(self.auth, Auth::Digest(..)) {
                // A nonce that has grown old is answered with a new one.
                if let Some(challenge) = asks.iter().find_map(|header| Challenge::read(header)) {
                    self.challenge = Some((challenge, 0));
                    continue;
                }
            }
            let body = response.body_mut().with_config().limit(MOST_ANSWER).read_to_string();
            let url = url.to_owned();
            return match status {
                200..=299 => body.map_err(|error| PushError::Network { url, cause: error.to_string() }),
                401 | 403 => {
                    let scheme = asks.first().and_then(|header| header.split_whitespace().next());
                    let hint = scheme.map(|scheme| format!("; it asks for {scheme}")).unwrap_or_default();
                    Err(PushError::Denied { url, status, hint })
                }
                _ => {
                    let body = body.unwrap_or_default();
                    let line = body.split_whitespace().collect::<Vec<_>>().join(" ");
                    Err(PushError::Status { url, status, body: line.chars().take(SHOWN).collect() })
                }
            };
        }
        Err(PushError::Denied { url: url.to_owned(), status: 401, hint: String::new() })
    }

    fn call(
        &mut self,
        method: &str,
        url: &str,
        kind: &str,
        accept: &str,
        body: &str,
    ) -> Result<Response<ureq::Body>, PushError> {
        let mut request =
            Request::builder().method(method).uri(url).header("content-type", kind).header("accept", accept);
        let header = match (&self.auth, &mut self.challenge) {
            (Auth::Basic(name, password), _) => {
                Some(format!("Basic {}", base64(format!("{name}:{password}").as_bytes())))
            }
            (Auth::Token(token), _) => Some(format!("Bearer {token}")),
            (Auth::Digest(name, password), Some((challenge, count))) => {
                *count += 1;
                // The path and the query, as they stand in the request line.
                let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
                let path = rest.find('/').map_or("/", |slash| &rest[slash..]);
                Some(challenge.answer(name, password, method, path, *count))
            }
            _ => None,
        };
        if let Some(header) = header {
            request = request.header("authorization", header);
        }
        let network = |cause: String| PushError::Network { url: url.to_owned(), cause };
        let request = request.body(body).map_err(|error| network(error.to_string()))?;
        self.agent.run(request).map_err(|error| network(error.to_string()))
    }
}

/// Percent-encodes a value for a query string or a form.
pub(super) fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0').to_ascii_uppercase();
            out.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    out
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().fold(0_u32, |word, byte| word << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let letter = LETTERS[(word >> (18 - 6 * place) & 63) as usize];
            out.push(if place <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_pads() {
        for (text, expected) in [("dba:dba", "ZGJhOmRiYQ=="), ("abc", "YWJj"), ("ab", "YWI="), ("", "")] {
            assert_eq!(base64(text.as_bytes()), expected);
        }
    }

    #[test]
    fn iris_go_into_query_strings() {
        assert_eq!(encode("https://e.org/a#b?c=d&é"), "https%3A%2F%2Fe.org%2Fa%23b%3Fc%3Dd%26%C3%A9");
    }
}
