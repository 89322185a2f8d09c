//! `mulaqat serve`: the ledger in the browser, and for programs.

use crate::ledger::Which;
use crate::outcome::{Outcome, Problem};
use mulaqat_serve::{Options, Server};
use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

/// What the help of serve says beside its arguments.
pub const HELP: &str =
    "It listens on this machine only, unless --address says otherwise, and reads the ledger without ever writing to it: \
add and watch may run meanwhile. Nothing is fetched from outside. Its address is the one line on standard output. Ctrl-C ends it.

Beside the pages: /api/v1/… (JSON, described at /api/openapi.json), /changes.atom, /upcoming.ics.";

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    which: Which,
    /// Port to listen on; 0 for any that is free
    #[arg(long, value_name = "N", default_value_t = 4780)]
    port: u16,
    #[command(flatten)]
    reach: Reach,
    /// Open it in the browser
    #[arg(long)]
    open: bool,
}

/// From where it can be reached.
#[derive(clap::Args)]
pub struct Reach {
    /// Address to listen on; 0.0.0.0 lets other machines in: whoever reaches it reads the whole ledger
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    address: IpAddr,
    /// Name under which browsers may ask for it, beside localhost and addresses; may be given again
    #[arg(long, value_name = "NAME")]
    allow_host: Vec<String>,
}

pub fn run(a: Args) -> io::Result<Outcome> {
    if !a.which.ledger.exists() {
        Problem::new(a.which.ledger.display().to_string(), "no such ledger yet; its pages will say how to make one").report();
    }
    listen(a.which.ledger, a.port, a.reach, a.open)
}

/// Serves a ledger until the program is told to end.
pub fn listen(ledger: PathBuf, port: u16, reach: Reach, open: bool) -> io::Result<Outcome> {
    let options = Options { ledger, address: reach.address, port, hosts: reach.allow_host };
    let server = match Server::bind(&options) {
        Ok(server) => server,
        Err(e) => {
            Problem::new("serve", e.to_string()).report();
            return Ok(Outcome::Error);
        }
    };
    let url = format!("http://{}/", server.address());
    writeln!(io::stdout(), "{url}")?;
    io::stdout().flush()?;
    let _ = writeln!(io::stderr(), "mulaqat: serving {}; Ctrl-C ends it", options.ledger.display());
    if open && let Err(e) = open::that_detached(&url) {
        Problem::new(&url, format!("no browser could be opened ({e}); open this address yourself")).report();
    }
    match server.run() {
        Ok(()) => Ok(Outcome::Done),
        Err(e) => {
            Problem::new("serve", e.to_string()).report();
            Ok(Outcome::Error)
        }
    }
}
