"""A router at the far end of a cable that passes ports on: `gateway.py upnp|pcp OWN-ADDRESS OUTSIDE`.

Says what it does, a line each, and ends with its input."""

import re, socket, struct, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

tongue, own, outside = sys.argv[1:4]
SERVICE = "urn:schemas-upnp-org:service:WANIPConnection:1"


def say(*words):
    print(*words, flush=True)


def pcp():
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.bind((own, 5351))
    while True:
        asked, client = s.recvfrom(1100)
        if asked[0] != 2:
            continue
        lease, port, wish = struct.unpack("!4xI", asked[:8]) + struct.unpack("!2H", asked[40:44])
        external = wish if lease else 0
        say("opens" if lease else "closes", port)
        mapped = b"\0" * 10 + b"\xff\xff" + socket.inet_aton(outside)
        head = struct.pack("!4BII12x", 2, 129, 0, 0, lease, 1)
        s.sendto(head + asked[24:42] + struct.pack("!H", external) + mapped, client)


def action(name, arguments):
    listed = "".join(
        f"<argument><name>New{it}</name><direction>in</direction></argument>" for it in arguments.split()
    )
    return f"<action><name>{name}</name><argumentList>{listed}</argumentList></action>"


DEVICE = (
    '<?xml version="1.0"?><root xmlns="urn:schemas-upnp-org:device-1-0"><device>'
    "<deviceType>urn:schemas-upnp-org:device:InternetGatewayDevice:1</deviceType><serviceList><service>"
    f"<serviceType>{SERVICE}</serviceType><controlURL>/c</controlURL><SCPDURL>/s</SCPDURL>"
    "</service></serviceList></device></root>"
)
ACTIONS = (
    '<?xml version="1.0"?><scpd xmlns="urn:schemas-upnp-org:service-1-0"><actionList>'
    + action(
        "AddPortMapping",
        "RemoteHost ExternalPort Protocol InternalPort InternalClient Enabled PortMappingDescription LeaseDuration",
    )
    + action("DeletePortMapping", "RemoteHost ExternalPort Protocol")
    + "</actionList></scpd>"
)


class Pages(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def answer(self, text):
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def do_GET(self):
        self.answer(ACTIONS if self.path == "/s" else DEVICE)

    def do_POST(self):
        name = self.headers["SOAPAction"].strip('"').split("#")[1]
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        port = re.search(r"<NewExternalPort>(\d+)<", body)
        if port:
            say("opens" if name == "AddPortMapping" else "closes", port[1])
        address = f"<NewExternalIPAddress>{outside}</NewExternalIPAddress>"
        values = address if name == "GetExternalIPAddress" else ""
        self.answer(
            '<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
            f'<u:{name}Response xmlns:u="{SERVICE}">{values}</u:{name}Response></s:Body></s:Envelope>'
        )


def upnp():
    pages = ThreadingHTTPServer((own, 0), Pages)
    threading.Thread(target=pages.serve_forever, daemon=True).start()
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    # To the group alone: a search that is sent to the router itself finds nothing here.
    s.bind(("239.255.255.250", 1900))
    group = socket.inet_aton("239.255.255.250") + socket.inet_aton(own)
    s.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group)
    while True:
        asked, client = s.recvfrom(1500)
        if asked.startswith(b"M-SEARCH") and SERVICE.encode() in asked:
            found = f"HTTP/1.1 200 OK\r\nST: {SERVICE}\r\nLOCATION: http://{own}:{pages.server_port}/d\r\n\r\n"
            s.sendto(found.encode(), client)


threading.Thread(target={"pcp": pcp, "upnp": upnp}[tongue], daemon=True).start()
say("ready")
sys.stdin.read()
