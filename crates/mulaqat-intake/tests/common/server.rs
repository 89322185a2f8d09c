//! An HTTP server on loopback that does what a test tells it, badly.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What the server does when it is asked for a path.
#[derive(Clone)]
pub enum Act {
    /// Status line, header lines and body.
    Send(String, Vec<u8>),
    /// Sends so many bytes of the answer, then closes.
    Break(String, Vec<u8>, usize),
    /// Sends the header, then a byte now and then.
    Drip(String),
    /// Sends a body without end.
    Endless(String),
    /// 304 when the request carries this, else the answer.
    Unless(String, String, Vec<u8>),
    /// One after the other; the last again and again.
    Turns(Vec<Act>),
}

pub struct Server {
    pub address: String,
    acts: Arc<Mutex<HashMap<String, Act>>>,
    /// The requests so far, whole headers.
    log: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub fn start() -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let server = Server { address, acts: Arc::default(), log: Arc::default() };
        let (acts, log) = (server.acts.clone(), server.log.clone());
        // ends with the process of the test
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (acts, log) = (acts.clone(), log.clone());
                std::thread::spawn(move || drop(answer(stream, &acts, &log)));
            }
        });
        server
    }

    pub fn on(&self, path: &str, act: Act) -> &Server {
        self.acts.lock().unwrap().insert(path.into(), act);
        self
    }

    pub fn page(&self, path: &str, media_type: &str, body: impl Into<Vec<u8>>) -> &Server {
        self.on(path, send(&format!("200 OK\r\nContent-Type: {media_type}"), body))
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// Paths asked for since the last call.
    pub fn asked(&self) -> Vec<String> {
        self.headers().iter().map(|r| r.split(' ').nth(1).unwrap_or_default().to_string()).collect()
    }

    pub fn headers(&self) -> Vec<String> {
        std::mem::take(&mut self.log.lock().unwrap())
    }
}

pub fn send(head: &str, body: impl Into<Vec<u8>>) -> Act {
    Act::Send(head.into(), body.into())
}

fn answer(mut stream: TcpStream, acts: &Mutex<HashMap<String, Act>>, log: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut request = String::new();
    while !request.ends_with("\r\n\r\n") {
        if reader.read_line(&mut request)? == 0 {
            return Ok(());
        }
    }
    log.lock().unwrap().push(request.clone());
    let path = request.split(' ').nth(1).unwrap_or_default().to_string();
    let act = {
        let mut acts = acts.lock().unwrap();
        match acts.get_mut(&path) {
            Some(Act::Turns(turns)) => {
                if turns.len() > 1 {
                    turns.remove(0)
                } else {
                    turns[0].clone()
                }
            }
            Some(act) => act.clone(),
            None => send("404 Not Found", "nothing here"),
        }
    };
    let whole = |head: &str, body: &[u8]| {
        let mut bytes = format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len()).into_bytes();
        bytes.extend(body);
        bytes
    };
    match act {
        Act::Send(head, body) => stream.write_all(&whole(&head, &body))?,
        Act::Break(head, body, n) => stream.write_all(&whole(&head, &body)[..n])?,
        Act::Unless(known, _, _) if request.contains(&known) => {
            stream.write_all(b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n")?
        }
        Act::Unless(_, head, body) => stream.write_all(&whole(&head, &body))?,
        Act::Drip(head) => {
            stream.write_all(format!("HTTP/1.1 {head}\r\nContent-Length: 100000\r\nConnection: close\r\n\r\n").as_bytes())?;
            for _ in 0..200 {
                stream.write_all(b" ")?;
                std::thread::sleep(Duration::from_millis(50));
            }
        }
        Act::Endless(head) => {
            stream.write_all(format!("HTTP/1.1 {head}\r\nConnection: close\r\n\r\n").as_bytes())?;
            let block = vec![b' '; 1 << 16];
            for _ in 0..16_384 {
                stream.write_all(&block)?;
            }
        }
        Act::Turns(_) => {}
    }
    stream.flush()
}
