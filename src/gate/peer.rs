//! Whose program is at the other end of a connection?
//!
//! In: a connection. Out: whether our own user, or root, holds its other end. Loopback is open to every user of the
//! machine; on Linux the kernel says whose a socket is (sock_diag(7)). Elsewhere nothing says it, and this wall is missing.
//! It never reads a byte of the connection.

use std::net::{SocketAddr, TcpStream};

/// Who may come in beside our own user.
const ROOT: u32 = 0;

/// Whether this machine tells whose a socket is: it does when it knows the listener that stands here for ours.
pub(super) fn can_be_asked(listener: SocketAddr) -> bool {
    matches!(kernel::owner(listener, SocketAddr::from(([0, 0, 0, 0], 0))), Ok(Some(owner)) if owner == own_user())
}

/// Whether the other end belongs to our own user or to root. False when there is no such socket: then whoever connected
/// is gone already. False too when the kernel fails to answer.
pub(super) fn is_ours(client: &TcpStream) -> bool {
    let (Ok(theirs), Ok(here)) = (client.peer_addr(), client.local_addr()) else { return false };
    matches!(kernel::owner(theirs, here), Ok(Some(owner)) if owner == own_user() || owner == ROOT)
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
    use std::net::SocketAddr;

    const HEADER: usize = 16;
    const SOCK_DIAG_BY_FAMILY: u16 = 20;
    const NLMSG_ERROR: u16 = 2;
    const NLM_F_REQUEST: u16 = 1;
    const AF_INET: u8 = 2;
    const IPPROTO_TCP: u8 = 6;
    /// Where user and inode stand in an answer: after the header, 4 bytes of state, 48 of addresses and 12 of queues.
    const USER: usize = HEADER + 64;
    const INODE: usize = HEADER + 68;

    /// The user whose socket goes from `from` to `to`; `None` when there is none, or no program holds it any more (the
    /// kernel would call such a one root's).
    pub(super) fn owner(from: SocketAddr, to: SocketAddr) -> Result<Option<u32>, Errno> {
        let flags = SocketFlags::CLOEXEC;
        let kernel = socket_with(AddressFamily::NETLINK, SocketType::DGRAM, flags, Some(netlink::SOCK_DIAG))?;
        send(&kernel, &question(from, to).ok_or(Errno::AFNOSUPPORT)?, SendFlags::empty())?;
        let mut answer = [0; 1024];
        let (_, length) = recv(&kernel, &mut answer, RecvFlags::empty())?;
        read(answer.get(..length).unwrap_or_default())
    }

    /// `struct nlmsghdr` and `struct inet_diag_req_v2`.
    fn question(from: SocketAddr, to: SocketAddr) -> Option<Vec<u8>> {
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
        message.extend([0; 8]);
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

    pub(super) fn owner(_: std::net::SocketAddr, _: std::net::SocketAddr) -> Result<Option<u32>, ()> {
        Err(())
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
        assert!(can_be_asked(listener.local_addr().unwrap()));
        assert!(is_ours(&far));
        let owner = kernel::owner(near.local_addr().unwrap(), near.peer_addr().unwrap());
        assert_eq!(owner, Ok(Some(own_user())));
    }

    #[test]
    fn a_connection_that_only_sends_no_more_is_still_ours() {
        let (_listener, near, far) = pair();
        near.shutdown(std::net::Shutdown::Write).unwrap();
        assert!(is_ours(&far));
    }

    #[test]
    fn a_connection_that_nobody_holds_any_more_is_not_ours() {
        let (_listener, near, far) = pair();
        drop(near);
        assert!(!is_ours(&far));
    }
}
