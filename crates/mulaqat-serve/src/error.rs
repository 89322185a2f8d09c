//! Why a server does not run.

use std::fmt;
use std::net::SocketAddr;

/// An error of the server itself; what goes wrong with one request becomes its answer.
#[derive(Debug)]
pub enum Error {
    /// The address cannot be listened on.
    Listen(SocketAddr, std::io::Error),
    /// Connections can no longer be taken.
    Run(std::io::Error),
    /// The engine's language pack does not load.
    Engine(mulaqat::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Error::Listen(a, e) if e.kind() == std::io::ErrorKind::AddrInUse => {
                write!(f, "{a} is in use by another program; name another port with --port, 0 for any that is free")
            }
            Error::Listen(a, e) => write!(f, "{a} cannot be listened on ({e}); name another with --address and --port"),
            Error::Run(e) => write!(f, "the server stopped ({e})"),
            Error::Engine(e) => write!(f, "{e}; this build of mulaqat is broken, install another"),
        }
    }
}

impl std::error::Error for Error {}
