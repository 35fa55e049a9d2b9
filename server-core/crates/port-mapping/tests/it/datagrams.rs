//! A gateway that speaks NAT-PMP or PCP: datagrams to port 5351, as RFC 6886 (section 3) and RFC 6887
//! (sections 7 and 11) draw them.

use std::net::{IpAddr, Ipv4Addr};

use tokio::net::UdpSocket;
use tokio::task::JoinHandle;

use crate::table::Table;

/// What a gateway says to everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    Pcp,
    NatPmp,
    /// A PCP gateway with the result code, such as 2 for "not authorized".
    PcpRefusing(u8),
}

pub(crate) struct DatagramGateway {
    pub(crate) table: Table,
    answering: JoinHandle<()>,
}

impl Drop for DatagramGateway {
    fn drop(&mut self) {
        self.answering.abort();
    }
}

impl DatagramGateway {
    pub(crate) async fn start(address: Ipv4Addr, manner: Manner, outside: Ipv4Addr) -> Self {
        Self::with_table(address, manner, outside, Table::default()).await
    }

    pub(crate) async fn with_table(
        address: Ipv4Addr,
        manner: Manner,
        outside: Ipv4Addr,
        table: Table,
    ) -> Self {
        let socket = UdpSocket::bind((address, 5351)).await.unwrap();
        let answers = Answers {
            manner,
            outside,
            table: table.clone(),
        };
        let answering = tokio::spawn(async move {
            let mut datagram = [0; 1100];
            loop {
                let (bytes, from) = socket.recv_from(&mut datagram).await.unwrap();
                let IpAddr::V4(client) = from.ip() else {
                    continue;
                };
                let answer = match datagram[0] {
                    0 => answers.to_natpmp(&datagram[..bytes], client),
                    _ => answers.to_pcp(&datagram[..bytes], client),
                };
                socket.send_to(&answer, from).await.unwrap();
            }
        });
        Self { table, answering }
    }
}

struct Answers {
    manner: Manner,
    outside: Ipv4Addr,
    table: Table,
}

fn number(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .fold(0, |sum, byte| sum << 8 | u32::from(*byte))
}

fn port(bytes: &[u8]) -> u16 {
    u16::try_from(number(&bytes[..2])).unwrap()
}

impl Answers {
    fn map(&self, client: Ipv4Addr, internal: u16, wish: u16, lease: u32) -> u16 {
        if lease == 0 {
            self.table
                .remove(|_, it| (it.client, it.port) == (client, internal));
            return 0;
        }
        self.table.add_near(wish, client, internal, lease)
    }

    fn to_natpmp(&self, asked: &[u8], client: Ipv4Addr) -> Vec<u8> {
        let opcode = asked[1];
        let mut answer = vec![0, 128 | opcode];
        if self.manner != Manner::NatPmp {
            // "Unsupported version", in the version that is spoken (RFC 6887, appendix A).
            answer[0] = 2;
            answer.extend([0, 1]);
            answer.resize(24, 0);
            return answer;
        }
        answer.extend([0, 0, 0, 0, 0, 9]);
        if opcode == 0 {
            answer.extend(self.outside.octets());
            return answer;
        }
        let (internal, lease) = (port(&asked[4..]), number(&asked[8..12]));
        let external = self.map(client, internal, port(&asked[6..]), lease);
        answer.extend(internal.to_be_bytes());
        answer.extend(external.to_be_bytes());
        answer.extend(lease.to_be_bytes());
        answer
    }

    fn to_pcp(&self, asked: &[u8], client: Ipv4Addr) -> Vec<u8> {
        let code = match self.manner {
            Manner::NatPmp => return vec![0, 128 | asked[1], 0, 1, 0, 0, 0, 9],
            Manner::PcpRefusing(code) => code,
            // "Address mismatch".
            Manner::Pcp if asked[20..24] != client.octets() => 12,
            Manner::Pcp => 0,
        };
        let lease = number(&asked[4..8]);
        let mut answer = vec![2, 128 | asked[1], 0, code];
        answer.extend(lease.to_be_bytes());
        answer.extend([0, 0, 0, 9]);
        answer.resize(24, 0);
        answer.extend(&asked[24..42]);
        let internal = port(&asked[40..]);
        let external = match code {
            0 => self.map(client, internal, port(&asked[42..]), lease),
            _ => 0,
        };
        answer.extend(external.to_be_bytes());
        answer.extend(self.outside.to_ipv6_mapped().octets());
        answer
    }
}
