//! The loop around [`answer`](super::answer): sockets in, bounded in number, size and time.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
    time::Duration,
};

use super::{Current, HttpRequest, HttpResponse, ServeOptions, answer};
use crate::Queries;

const LONGEST_LINE: u64 = 64 << 10;
const MOST_HEADERS: usize = 100;
const LARGEST_BODY: usize = 1 << 20;
/// A client that says nothing for so long is gone.
const SILENCE: Duration = Duration::from_secs(20);

/// Answers requests until `stop` is set; looks at it several times a second.
///
/// # Errors
/// If the listener cannot be used.
pub fn serve(
    listener: &TcpListener,
    graph: &Current,
    queries: &Queries,
    options: &ServeOptions,
    stop: &AtomicBool,
) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let open = AtomicUsize::new(0);
    thread::scope(|scope| {
        while !stop.load(Ordering::Relaxed) {
            if open.load(Ordering::Acquire) >= options.connections {
                thread::sleep(Duration::from_millis(5));
                continue;
            }
            match listener.accept() {
                Ok((stream, _)) => {
                    open.fetch_add(1, Ordering::AcqRel);
                    let open = &open;
                    scope.spawn(move || {
                        // A client that hangs up is its own affair.
                        let _ = converse(stream, graph, queries, options);
                        open.fetch_sub(1, Ordering::AcqRel);
                    });
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => thread::sleep(Duration::from_millis(10)),
                // A connection that was given up before it was taken.
                Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    })
}

fn converse(stream: TcpStream, graph: &Current, queries: &Queries, options: &ServeOptions) -> io::Result<()> {
    stream.set_nonblocking(false)?;
    stream.set_read_timeout(Some(SILENCE))?;
    stream.set_write_timeout(Some(SILENCE))?;
    let mut reader = BufReader::new(stream);
    let (head_only, response) = match read(&mut reader)? {
        Ok(request) => (request.method == "HEAD", answer(&graph.get(), queries, options, &request)),
        Err(status) => (false, HttpResponse::text(status, "the request cannot be read")),
    };
    let mut stream = reader.into_inner();
    write!(
        stream,
        "HTTP/1.1 {} {}\r\ncontent-type: {}\r\ncontent-length: {}\r\nx-content-type-options: nosniff\r\nconnection: close\r\n\r\n",
        response.status,
        reason(response.status),
        response.content_type,
        response.body.len()
    )?;
    if !head_only {
        stream.write_all(&response.body)?;
    }
    stream.flush()
}

/// Reads a request; the inner error is the status to answer with.
fn read(reader: &mut BufReader<TcpStream>) -> io::Result<Result<HttpRequest, u16>> {
    let mut line = String::new();
    if !read_line(reader, &mut line)? {
        return Ok(Err(431));
    }
    let mut words = line.split_whitespace();
    let (Some(method), Some(target), Some(_version)) = (words.next(), words.next(), words.next()) else {
        return Ok(Err(400));
    };
    let mut request = HttpRequest { method: method.to_owned(), target: target.to_owned(), ..HttpRequest::default() };
    let (mut length, mut continues) = (0, false);
    for count in 0.. {
        let mut header = String::new();
        if count == MOST_HEADERS || !read_line(reader, &mut header)? {
            return Ok(Err(431));
        }
        let header = header.trim();
        if header.is_empty() {
            break;
        }
        let (name, value) = header.split_once(':').unwrap_or((header, ""));
        let value = value.trim();
        match name.to_ascii_lowercase().as_str() {
            "content-type" => value.clone_into(&mut request.content_type),
            "accept" => {
                if !request.accept.is_empty() {
                    request.accept.push(',');
                }
                request.accept.push_str(value);
            }
            "content-length" => match value.parse() {
                Ok(value) => length = value,
                Err(_) => return Ok(Err(400)),
            },
            "transfer-encoding" => return Ok(Err(411)),
            "expect" => continues = true,
            _ => {}
        }
    }
    if length > LARGEST_BODY {
        return Ok(Err(413));
    }
    if continues {
        reader.get_mut().write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
    }
    request.body = vec![0; length];
    reader.read_exact(&mut request.body)?;
    Ok(Ok(request))
}

/// Reads a line; false where it is too long.
fn read_line(reader: &mut BufReader<TcpStream>, line: &mut String) -> io::Result<bool> {
    let mut bytes = Vec::new();
    reader.take(LONGEST_LINE).read_until(b'\n', &mut bytes)?;
    *line = String::from_utf8_lossy(&bytes).into_owned();
    Ok(line.ends_with('\n'))
}

const fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        411 => "Length Required",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        431 => "Request Header Fields Too Large",
        504 => "Gateway Timeout",
        _ => "Internal Server Error",
    }
}
