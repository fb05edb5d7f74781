//! Web and mail addresses, which stay one token.
//!
//! In: a word without white space. Out: whether all of it is an address: `https://example.org/a`, `a.b@example.org`, `192.0.2.1:80`.
//! The grammar is that of Diego Perini's URL pattern as spaCy uses it, read by hand in linear time.

use crate::characters::Characters;

/// Whether the whole word is an address.
pub(super) fn is_url(characters: &Characters, word: &str) -> bool {
    if !word.contains('.') {
        return false;
    }
    let after_scheme = word.split_once("://").and_then(|(scheme, rest)| {
        let fits = |c| characters.class(c).is_word() || matches!(c, '+' | '-' | '.');
        (scheme.chars().nth(1).is_some() && scheme.chars().all(fits)).then_some(rest)
    });
    let after_user = word.match_indices('@').filter(|&(at, _)| at > 0).map(|(at, _)| &word[at + 1..]);
    std::iter::once(word)
        .chain(after_scheme)
        .chain(after_user)
        .any(|rest| is_address(rest, characters) || is_host(rest, characters))
}

/// What may follow a host: a port, a path, the end.
fn is_tail(rest: &str, characters: &Characters) -> bool {
    let path = match rest.strip_prefix(':') {
        None => rest,
        Some(port) => {
            let path = port.trim_start_matches(|c| characters.class(c).is_decimal());
            let digits = port[..port.len() - path.len()].chars().count();
            if !(2..=5).contains(&digits) {
                return false;
            }
            path
        }
    };
    path.is_empty() || path.starts_with(['/', '?', '#'])
}

/// Labels that end in a stop, then a top-level domain in lower case.
fn is_host(mut rest: &str, characters: &Characters) -> bool {
    let outer = |c: char| c.is_ascii_alphanumeric() || ('\u{a1}'..='\u{ffff}').contains(&c);
    let inner = |c: char| outer(c) || matches!(c, '-' | '_');
    let mut labels = 0;
    loop {
        let after = rest.trim_start_matches(inner);
        let label = &rest[..rest.len() - after.len()];
        if let Some(next) = after.strip_prefix('.') {
            let edges = label.starts_with(outer) && label.ends_with(outer);
            if !edges || label.chars().nth(64).is_some() {
                return false;
            }
            labels += 1;
            rest = next;
        } else {
            let after = rest.trim_start_matches(|c| characters.class(c).is_alpha_lower());
            let letters = rest[..rest.len() - after.len()].chars().take(64).count();
            return labels > 0 && (2..=63).contains(&letters) && is_tail(after, characters);
        }
    }
}

/// A public IPv4 address.
fn is_address(rest: &str, characters: &Characters) -> bool {
    let mut octets = [[' '; 3]; 4];
    let mut lengths = [0; 4];
    let mut after = rest;
    for (number, (octet, length)) in octets.iter_mut().zip(&mut lengths).enumerate() {
        if number > 0 {
            let Some(next) = after.strip_prefix('.') else { return false };
            after = next;
        }
        while let Some(digit) = after.chars().next().filter(|&c| characters.class(c).is_decimal()) {
            if *length == 3 {
                return false;
            }
            octet[*length] = digit;
            *length += 1;
            after = &after[digit.len_utf8()..];
        }
    }
    let octet = |number: usize| &octets[number][..lengths[number]];
    let low = |o: &[char]| matches!(o, ['1'..='9'] | ['1'..='9', _] | ['1', _, _]);
    let first = |o: &[char]| low(o) || matches!(o, ['2', '0' | '1', _] | ['2', '2', '0'..='3']);
    let middle = |o: &[char]| matches!(o, [_] | [_, _] | ['1', _, _] | ['2', '0'..='4', _] | ['2', '5', '0'..='5']);
    let last = |o: &[char]| low(o) || matches!(o, ['2', '0'..='4', _] | ['2', '5', '0'..='4']);
    let private = matches!(
        (octet(0), octet(1)),
        (['1', '0'] | ['1', '2', '7'], _)
            | (['1', '6', '9'], ['2', '5', '4'])
            | (['1', '9', '2'], ['1', '6', '8'])
            | (['1', '7', '2'], ['1', '6'..='9'] | ['2', _] | ['3', '0' | '1'])
    );
    let fits = first(octet(0)) && middle(octet(1)) && middle(octet(2)) && last(octet(3));
    fits && !private && is_tail(after, characters)
}

#[cfg(test)]
mod tests {
    use super::is_url;
    use crate::{characters::Characters, weights::Weights};

    #[test]
    fn tells_addresses_from_words() {
        let characters = Characters::load(&Weights::open().unwrap()).unwrap();
        let addresses = [
            "example.org",
            "https://www.example.org/a?b=c#d",
            "ftp://user:word@files.example.org:2121/x",
            "press.office@example.org",
            "http://8.8.8.8:8080/x",
            "münchen.example.de",
            "a_b-c.example.com",
        ];
        let words = [
            "example",
            "lower.Upper",
            "3.5",
            "10.0.0.1",
            "192.168.1.1",
            "8.8.8.256",
            "-a.org",
            "a-.org",
            "a.b",
            "example.org:1",
            "example.org:123456",
            "a..org",
            "@example",
        ];
        for word in addresses {
            assert!(is_url(&characters, word), "{word}");
        }
        for word in words {
            assert!(!is_url(&characters, word), "{word}");
        }
    }
}
