//! A UPnP Internet Gateway Device: it answers searches, describes itself, and does what SOAP says.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::thread;

use crate::table::Table;

const SERVICE: &str = "urn:schemas-upnp-org:service:WANIPConnection:1";
const ADD: [&str; 8] = [
    "NewRemoteHost",
    "NewExternalPort",
    "NewProtocol",
    "NewInternalPort",
    "NewInternalClient",
    "NewEnabled",
    "NewPortMappingDescription",
    "NewLeaseDuration",
];

/// What sets one device apart from another.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Habits {
    /// What it says its address is; empty without a connection.
    pub(crate) outside: &'static str,
    /// Whether it knows no leases.
    pub(crate) permanent: bool,
    /// Whether it lets nobody map.
    pub(crate) refusing: bool,
}

pub(crate) const WILLING: Habits = Habits {
    outside: "203.0.113.9",
    permanent: false,
    refusing: false,
};

/// Serves until the process ends.
pub(crate) struct FakeDevice {
    /// Where it is searched.
    pub(crate) ssdp: SocketAddr,
    pub(crate) table: Table,
}

impl FakeDevice {
    pub(crate) fn start(address: Ipv4Addr, habits: Habits) -> Self {
        let table = Table::default();
        let pages = TcpListener::bind((address, 0)).unwrap();
        let location = format!("http://{}/device.xml", pages.local_addr().unwrap());
        let search = UdpSocket::bind((address, 0)).unwrap();
        let ssdp = search.local_addr().unwrap();
        thread::spawn(move || answer_searches(&search, &location));
        let kept = table.clone();
        thread::spawn(move || {
            for stream in pages.incoming() {
                answer(stream.unwrap(), habits, &kept);
            }
        });
        Self { ssdp, table }
    }
}

fn answer_searches(search: &UdpSocket, location: &str) {
    let mut asked = [0; 1500];
    loop {
        let (bytes, from) = search.recv_from(&mut asked).unwrap();
        if asked[..bytes].starts_with(b"M-SEARCH * HTTP/1.1\r\n") {
            let answer =
                format!("HTTP/1.1 200 OK\r\nST: {SERVICE}\r\nLOCATION: {location}\r\nEXT:\r\n\r\n");
            search.send_to(answer.as_bytes(), from).unwrap();
        }
    }
}

fn answer(stream: TcpStream, habits: Habits, table: &Table) {
    let mut reader = BufReader::new(stream);
    let (mut head, mut body_bytes) = (Vec::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        let line = line.trim_end().to_owned();
        if line.is_empty() {
            break;
        }
        if let Some(length) = line.to_ascii_lowercase().strip_prefix("content-length: ") {
            body_bytes = length.parse().unwrap();
        }
        head.push(line);
    }
    let Some(path) = head.first().and_then(|it| it.split(' ').nth(1)) else {
        return;
    };
    let mut body = vec![0; body_bytes];
    reader.read_exact(&mut body).unwrap();
    let body = String::from_utf8(body).unwrap();
    let (status, text) = match path {
        "/device.xml" => ("200 OK", description()),
        "/actions.xml" => ("200 OK", actions()),
        "/control" => {
            let action = head.iter().find_map(|it| it.split('#').nth(1)).unwrap();
            match act(action.trim_end_matches('"'), &body, habits, table) {
                Ok(text) => ("200 OK", text),
                Err((code, why)) => ("500 Internal Server Error", fault(code, why)),
            }
        }
        _ => ("404 Not Found", String::new()),
    };
    let length = text.len();
    let answer = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/xml\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{text}"
    );
    reader.get_mut().write_all(answer.as_bytes()).unwrap();
}

/// The text within an element.
fn within<'a>(body: &'a str, element: &str) -> &'a str {
    let rest = body.split(&format!("<{element}>")).nth(1);
    rest.and_then(|it| it.split("</").next())
        .unwrap_or_default()
}

fn act(
    action: &str,
    body: &str,
    habits: Habits,
    table: &Table,
) -> Result<String, (u16, &'static str)> {
    let number = |element: &str| within(body, element).parse::<u32>().unwrap();
    let port = |element: &str| u16::try_from(number(element)).unwrap();
    match action {
        "GetExternalIPAddress" => {
            let address = format!(
                "<NewExternalIPAddress>{}</NewExternalIPAddress>",
                habits.outside
            );
            Ok(done(action, &address))
        }
        _ if habits.refusing => Err((606, "Action not authorized")),
        "AddPortMapping" => {
            let (external, lease) = (port("NewExternalPort"), number("NewLeaseDuration"));
            let client = within(body, "NewInternalClient").parse().unwrap();
            if habits.permanent && lease != 0 {
                return Err((725, "OnlyPermanentLeasesSupported"));
            }
            match table.add(external, client, port("NewInternalPort"), lease) {
                true => Ok(done(action, "")),
                false => Err((718, "ConflictInMappingEntry")),
            }
        }
        "DeletePortMapping" => {
            let gone = port("NewExternalPort");
            if !table.now().contains_key(&gone) {
                return Err((714, "NoSuchEntryInArray"));
            }
            table.remove(|external, _| external == gone);
            Ok(done(action, ""))
        }
        "GetGenericPortMappingEntry" => {
            let index = number("NewPortMappingIndex") as usize;
            let entries = table.now();
            let (external, entry) = entries
                .iter()
                .nth(index)
                .ok_or((713, "SpecifiedArrayIndexInvalid"))?;
            let values = [
                String::new(),
                external.to_string(),
                "TCP".to_owned(),
                entry.port.to_string(),
                entry.client.to_string(),
                "1".to_owned(),
                "world".to_owned(),
                entry.lease.to_string(),
            ];
            let values = ADD.iter().zip(values);
            let values: String = values
                .map(|(name, it)| format!("<{name}>{it}</{name}>"))
                .collect();
            Ok(done(action, &values))
        }
        _ => Err((401, "Invalid Action")),
    }
}

fn envelope(body: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\" \
         s:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\"><s:Body>{body}</s:Body></s:Envelope>"
    )
}

fn done(action: &str, values: &str) -> String {
    envelope(&format!(
        "<u:{action}Response xmlns:u=\"{SERVICE}\">{values}</u:{action}Response>"
    ))
}

fn fault(code: u16, why: &str) -> String {
    envelope(&format!(
        "<s:Fault><faultcode>s:Client</faultcode><faultstring>UPnPError</faultstring><detail>\
         <UPnPError xmlns=\"urn:schemas-upnp-org:control-1-0\"><errorCode>{code}</errorCode>\
         <errorDescription>{why}</errorDescription></UPnPError></detail></s:Fault>"
    ))
}

fn description() -> String {
    format!(
        "<?xml version=\"1.0\"?><root xmlns=\"urn:schemas-upnp-org:device-1-0\"><device>\
         <deviceType>urn:schemas-upnp-org:device:InternetGatewayDevice:1</deviceType><deviceList><device>\
         <deviceType>urn:schemas-upnp-org:device:WANDevice:1</deviceType><deviceList><device>\
         <deviceType>urn:schemas-upnp-org:device:WANConnectionDevice:1</deviceType><serviceList><service>\
         <serviceType>{SERVICE}</serviceType><controlURL>/control</controlURL>\
         <SCPDURL>/actions.xml</SCPDURL></service></serviceList></device></deviceList></device>\
         </deviceList></device></root>"
    )
}

fn actions() -> String {
    let action = |name: &str, arguments: &[&str]| {
        let arguments: String = arguments
            .iter()
            .map(|it| format!("<argument><name>{it}</name><direction>in</direction></argument>"))
            .collect();
        format!("<action><name>{name}</name><argumentList>{arguments}</argumentList></action>")
    };
    format!(
        "<?xml version=\"1.0\"?><scpd xmlns=\"urn:schemas-upnp-org:service-1-0\"><actionList>{}{}{}</actionList></scpd>",
        action("AddPortMapping", &ADD),
        action(
            "DeletePortMapping",
            &["NewRemoteHost", "NewExternalPort", "NewProtocol"]
        ),
        action("GetExternalIPAddress", &[]),
    )
}
