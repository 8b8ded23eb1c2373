//! Whose program is at the other end of a connection?
//!
//! In: a connection. Out: whether our own user, or root, holds its other end. Loopback is open to every user of the
//! machine; on Linux the kernel says whose a socket is (sock_diag(7)). Elsewhere nothing says it, and this wall is missing.
//! It never reads a byte of the connection.

use std::net::{SocketAddr, TcpStream};
use std::sync::{Mutex, PoisonError};

/// Who may come in beside our own user.
const ROOT: u32 = 0;

/// Knows the users behind connections.
pub(super) struct Peers {
    /// Opened once: whoever uses up all files must not use up this one.
    kernel: Option<Mutex<kernel::Desk>>,
}

impl Peers {
    /// Asks about the listener first: where the kernel does not know that for ours, it is not asked again.
    pub(super) fn of(listener: SocketAddr) -> Self {
        let desk = kernel::Desk::open().ok().filter(|desk| {
            let nobody = SocketAddr::from(([0, 0, 0, 0], 0));
            matches!(desk.owner(listener, nobody), Ok(Some(owner)) if owner == own_user())
        });
        Self { kernel: desk.map(Mutex::new) }
    }

    /// Whether this machine tells whose a socket is.
    pub(super) fn are_known(&self) -> bool {
        self.kernel.is_some()
    }

    /// Whether the other end belongs to our own user or to root, as far as the machine tells. False when there is no such
    /// socket: then whoever connected is gone already. False too when the kernel fails to answer.
    pub(super) fn may_enter(&self, client: &TcpStream) -> bool {
        let Some(kernel) = &self.kernel else { return true };
        let (Ok(theirs), Ok(here)) = (client.peer_addr(), client.local_addr()) else { return false };
        let owner = kernel.lock().unwrap_or_else(PoisonError::into_inner).owner(theirs, here);
        matches!(owner, Ok(Some(owner)) if owner == own_user() || owner == ROOT)
    }
}

fn own_user() -> u32 {
    rustix::process::geteuid().as_raw()
}

#[cfg(target_os = "linux")]
mod kernel {
    //! One question and one answer of sock_diag, for IPv4. (A socket of the IPv6 family that reaches 127.0.0.1 is found
    //! under its IPv4 address.)

    use rustix::io::Errno;
    use rustix::net::{AddressFamily, RecvFlags, SendFlags, SocketFlags, SocketType, netlink, recv, send, socket_with};
    use std::cell::Cell;
    use std::net::SocketAddr;
    use std::os::fd::OwnedFd;

    const HEADER: usize = 16;
    const SOCK_DIAG_BY_FAMILY: u16 = 20;
    const NLMSG_ERROR: u16 = 2;
    const NLM_F_REQUEST: u16 = 1;
    const AF_INET: u8 = 2;
    const IPPROTO_TCP: u8 = 6;
    /// Where user and inode stand in an answer: after the header, 4 bytes of state, 48 of addresses and 12 of queues.
    const USER: usize = HEADER + 64;
    const INODE: usize = HEADER + 68;

    /// Answers that may lie there from questions nobody waited for.
    const MOST_STALE: usize = 16;

    /// Where the kernel is asked.
    pub(super) struct Desk {
        socket: OwnedFd,
        asked: Cell<u32>,
    }

    impl Desk {
        pub(super) fn open() -> Result<Self, Errno> {
            let (netlink, diag) = (AddressFamily::NETLINK, netlink::SOCK_DIAG);
            let socket = socket_with(netlink, SocketType::DGRAM, SocketFlags::CLOEXEC, Some(diag))?;
            Ok(Self { socket, asked: Cell::new(0) })
        }

        /// The user whose socket goes from `from` to `to`; `None` when there is none, or no program holds it any more
        /// (the kernel would call such a one root's).
        pub(super) fn owner(&self, from: SocketAddr, to: SocketAddr) -> Result<Option<u32>, Errno> {
            let number = self.asked.get().wrapping_add(1);
            self.asked.set(number);
            send(&self.socket, &question(from, to, number).ok_or(Errno::AFNOSUPPORT)?, SendFlags::empty())?;
            let mut answer = [0; 1024];
            for _ in 0..MOST_STALE {
                // The kernel has answered before `send` returns.
                let (_, length) = recv(&self.socket, &mut answer, RecvFlags::DONTWAIT)?;
                let answer = answer.get(..length).unwrap_or_default();
                if answer.get(8..12) == Some(number.to_ne_bytes().as_slice()) {
                    return read(answer);
                }
            }
            Err(Errno::BADMSG)
        }
    }

    /// `struct nlmsghdr` and `struct inet_diag_req_v2`.
    fn question(from: SocketAddr, to: SocketAddr, number: u32) -> Option<Vec<u8>> {
        let (SocketAddr::V4(from), SocketAddr::V4(to)) = (from, to) else { return None };
        let mut body = vec![AF_INET, IPPROTO_TCP, 0, 0];
        // In any state.
        body.extend(u32::MAX.to_ne_bytes());
        body.extend(from.port().to_be_bytes());
        body.extend(to.port().to_be_bytes());
        for address in [from, to] {
            body.extend(address.ip().octets());
            body.extend([0; 12]);
        }
        // Through any interface, and without a cookie.
        body.extend([0; 4]);
        body.extend([0xff; 8]);
        let mut message = Vec::with_capacity(HEADER + body.len());
        message.extend(u32::try_from(HEADER + body.len()).ok()?.to_ne_bytes());
        message.extend(SOCK_DIAG_BY_FAMILY.to_ne_bytes());
        message.extend(NLM_F_REQUEST.to_ne_bytes());
        message.extend(number.to_ne_bytes());
        message.extend([0; 4]);
        message.extend(body);
        Some(message)
    }

    fn read(answer: &[u8]) -> Result<Option<u32>, Errno> {
        let number = |at: usize| {
            let bytes: [u8; 4] = answer.get(at..at + 4)?.try_into().ok()?;
            Some(u32::from_ne_bytes(bytes))
        };
        let kind = answer.get(4..6).and_then(|bytes| bytes.try_into().ok()).map(u16::from_ne_bytes);
        match kind {
            Some(SOCK_DIAG_BY_FAMILY) => {
                let held = number(INODE).is_some_and(|inode| inode != 0);
                Ok(number(USER).filter(|_| held))
            }
            Some(NLMSG_ERROR) => {
                match number(HEADER).map(|code| Errno::from_raw_os_error((code as i32).wrapping_neg())) {
                    Some(Errno::NOENT) => Ok(None),
                    other => Err(other.unwrap_or(Errno::BADMSG)),
                }
            }
            _ => Err(Errno::BADMSG),
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod kernel {
    //! No way to ask.

    use std::net::SocketAddr;

    pub(super) struct Desk;

    impl Desk {
        pub(super) fn open() -> Result<Self, ()> {
            Err(())
        }

        pub(super) fn owner(&self, _: SocketAddr, _: SocketAddr) -> Result<Option<u32>, ()> {
            Err(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::{Ipv4Addr, TcpListener};

    fn pair() -> (TcpListener, TcpStream, TcpStream) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let near = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (far, _) = listener.accept().unwrap();
        (listener, near, far)
    }

    #[test]
    fn our_own_connection_is_ours_and_the_kernel_names_its_user() {
        let (listener, near, far) = pair();
        let peers = Peers::of(listener.local_addr().unwrap());
        assert!(peers.are_known() && peers.may_enter(&far));
        let desk = kernel::Desk::open().unwrap();
        for _ in 0..3 {
            assert_eq!(desk.owner(near.local_addr().unwrap(), near.peer_addr().unwrap()), Ok(Some(own_user())));
        }
    }

    #[test]
    fn a_connection_that_only_sends_no_more_is_still_ours() {
        let (listener, near, far) = pair();
        near.shutdown(std::net::Shutdown::Write).unwrap();
        assert!(Peers::of(listener.local_addr().unwrap()).may_enter(&far));
    }

    #[test]
    fn a_connection_that_nobody_holds_any_more_is_not_ours() {
        let (listener, near, far) = pair();
        let peers = Peers::of(listener.local_addr().unwrap());
        drop(near);
        assert!(!peers.may_enter(&far));
    }
}
