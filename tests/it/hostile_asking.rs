//! Hostile requests by families, as templates: HOST, PORT and COOKIE (a whole line, or nothing) are filled in by who sends
//! them.

fn heads<'t>(targets: impl IntoIterator<Item = &'t str>) -> Vec<String> {
    targets.into_iter().map(|target| format!("GET {target} HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n")).collect()
}

/// Addresses that lead elsewhere.
const TRAVERSALS: &str = r"
    /../../etc/passwd /.. /../ /./ /. /a/../b/ /clients/../clients/ /clients/a7/.. // ///etc/passwd //etc/passwd
    /%2e%2e/%2e%2e/etc/passwd /%2E%2E/ /.%2e/ /%2e./ /%2e/ /..%2f..%2fetc%2fpasswd /..%5c..%5cetc
    /..\..\etc\passwd /\ /\..\ /%5c..%5c /%252e%252e/%252e%252e/ /%25252e/ /%c0%ae%c0%ae/ /%c0%af /%e0%80%ae/
    /%u002e%u002e/ /..;/ /..;x=y/etc/passwd /;/../ /.;/clients/ /clients/;x/.. /%00 /clients/%00/
    /clients/a7%00.html /%0d%0aSet-Cookie:%20x=y /%0a /%7f /%80 /%ff /% /%2 /%zz /%-1 /%%32%65/
    /notes/../../etc/passwd /notes/%2e%2e/ /assets/../../../etc/passwd /assets/%2e%2e%2fsite.css /assets//site.css
    /assets/site.css/ /assets/.htaccess /.git/config /.age-recipients /throughline.toml /clients/a7/key-0.age
    /proc/self/environ /file:///etc/passwd /http://evil.example/ /C:/windows/ /~root/ /* /clients/* /clients/a7/*
    /CLIENTS/ /clients/A7/../ /clients/a7// /clients//a7/ /enter/../ /enter// /enter/%2e%2e/clients/ /search/../
    /search/..%2f /lock/../ /pulse/../clients/ /?../../etc/passwd=%00 /about/..?x /clients/?/../../etc
";

/// Ways to write an address that leads elsewhere. None of them is a page.
pub fn traversals() -> Vec<String> {
    heads(TRAVERSALS.split_whitespace())
}

/// No host, two, or one in the address.
const HOST_HEADS: &[&str] = &[
    "GET / HTTP/1.1\r\nCOOKIE\r\n",
    "GET / HTTP/1.0\r\nCOOKIE\r\n",
    "GET / HTTP/1.1\r\nHost: HOST\r\nHost: HOST\r\nCOOKIE\r\n",
    "GET / HTTP/1.1\r\nHost: HOST\r\nhOsT: evil.example\r\nCOOKIE\r\n",
    "GET / HTTP/1.1\r\nHost: evil.example\r\nHost: HOST\r\nCOOKIE\r\n",
    "GET / HTTP/1.1\r\nHost\t: HOST\r\nCOOKIE\r\n",
    "GET / HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: HOST\r\nForwarded: host=HOST\r\nCOOKIE\r\n",
    "GET http://HOST/ HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n",
    "GET http://HOST/clients/ HTTP/1.1\r\nHost: evil.example\r\nCOOKIE\r\n",
    "GET http://evil.example/ HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n",
    "GET https://HOST/ HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n",
    "GET file:///etc/passwd HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n",
    "GET @HOST/ HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n",
    "GET clients/ HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n",
    "GET * HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n",
    "GET ?x HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n",
];

/// Names that are not exactly ours.
const HOSTS: &[&str] = &[
    "",
    "localhost",
    "localhost:PORT",
    "LOCALHOST:PORT",
    "127.0.0.1",
    "127.0.0.1:",
    "127.0.0.1:0PORT",
    "127.0.0.1:PORT0",
    "127.0.0.1:1",
    "127.0.0.1:PORT.",
    "127.0.0.1.:PORT",
    "127.0.0.2:PORT",
    "127.1:PORT",
    "127.0.1:PORT",
    "0:PORT",
    "0.0.0.0:PORT",
    "0x7f.1:PORT",
    "0177.0.0.1:PORT",
    "2130706433:PORT",
    "[::1]:PORT",
    "[::ffff:127.0.0.1]:PORT",
    "[::]:PORT",
    "evil.example",
    "evil.example:PORT",
    "127.0.0.1:PORT.evil.example",
    "evil.example#127.0.0.1:PORT",
    "evil.example/127.0.0.1:PORT",
    "x@127.0.0.1:PORT",
    "127.0.0.1:PORT@evil.example",
    "127.0.0.1:PORT, 127.0.0.1:PORT",
    "127.0.0.1:PORT 127.0.0.1:PORT",
    "127.0.0.1.nip.io:PORT",
    "\"127.0.0.1:PORT\"",
    "127.0.0.1:PORT/",
    "http://127.0.0.1:PORT",
    "127.0.0.1:PORT\u{e9}",
    "１27.0.0.1:PORT",
    "127。0。0。1:PORT",
];

/// Heads about another host, or about two.
pub fn hosts() -> Vec<String> {
    let mut all: Vec<String> = HOST_HEADS.iter().map(|head| (*head).to_owned()).collect();
    for host in HOSTS {
        all.push(format!("GET / HTTP/1.1\r\nHost: {host}\r\nCOOKIE\r\n"));
    }
    all
}

/// Fields of which a browser tells where a request comes from.
const ORIGINS: &[&str] = &[
    "Origin: http://evil.example",
    "Origin: https://HOST",
    "Origin: http://localhost:PORT",
    "Origin: http://HOST.evil.example",
    "Origin: null",
    "Origin: http://HOST/",
    "Origin: HTTP://HOST",
    "Origin:",
    "Origin: http://HOST http://evil.example",
    "Origin: file://",
    "Origin: http://127.0.0.1:1",
    "Origin: null\r\nSec-Fetch-Site: none",
    "Origin: http://evil.example\r\nSec-Fetch-Site: same-origin",
    "Origin: http://HOST\r\nOrigin: http://evil.example",
    "Sec-Fetch-Site: cross-site",
    "Sec-Fetch-Site: same-site",
    "Sec-Fetch-Site:",
    "Sec-Fetch-Site: SAME-ORIGIN",
    "Sec-Fetch-Site: same-origin, cross-site",
    "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Site: cross-site",
    "Sec-Fetch-Site: bogus",
    "Service-Worker: script",
    "Service-Worker:",
];

/// Fields that only somebody else's page sends.
pub fn origins() -> Vec<String> {
    let mut all = Vec::new();
    for field in ORIGINS {
        all.push(format!("GET /clients/ HTTP/1.1\r\nHost: HOST\r\nCOOKIE{field}\r\n\r\n"));
        for path in ["/lock", "/search/"] {
            all.push(format!("POST {path} HTTP/1.1\r\nHost: HOST\r\nCOOKIE{field}\r\nContent-Length: 0\r\n\r\n"));
        }
    }
    all
}

/// Methods that are not for reading, and forms where there is none.
pub fn methods() -> Vec<String> {
    let mut all = Vec::new();
    for method in [
        "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "MKCOL", "COPY", "MOVE", "LOCK", "UNLOCK",
        "SEARCH", "REPORT", "PURGE", "DEBUG", "TRACK", "BREW", "get", "Get", "GETT", "POSTS", "HEADER", "X", "G-ET",
        "GET!", "PRI",
    ] {
        all.push(format!("{method} /clients/ HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n"));
    }
    for path in [
        "/",
        "/clients/",
        "/search",
        "/search/x/",
        "/lock/",
        "/lock?",
        "/Lock",
        "/unlock/",
        "/enter/0/",
        "/pulse",
        "/%6cock",
        "//lock",
    ] {
        all.push(format!("POST {path} HTTP/1.1\r\nHost: HOST\r\nCOOKIEContent-Length: 0\r\n\r\n"));
    }
    all.push("OPTIONS /clients/ HTTP/1.1\r\nHost: HOST\r\nOrigin: http://evil.example\r\nAccess-Control-Request-Method: GET\r\n\r\n".to_owned());
    all
}

/// Fields that say how long a body is.
const LENGTHS: &[&str] = &[
    "Content-Length: 6\r\nTransfer-Encoding: chunked",
    "Transfer-Encoding: chunked\r\nContent-Length: 4",
    "Transfer-Encoding: chunked",
    "Transfer-Encoding: Chunked",
    "Transfer-Encoding: identity",
    "Transfer-Encoding: gzip, chunked",
    "Transfer-Encoding: chunked, identity",
    "Transfer-Encoding:",
    "Transfer-Encoding: \tchunked",
    "Transfer-Encoding : chunked",
    "Transfer-Encoding\t: chunked",
    " Transfer-Encoding: chunked",
    "X: x\r\n Transfer-Encoding: chunked",
    "Transfer-Encoding:\r\n chunked",
    "Transfer-Encoding: xchunked",
    "Transfer-Encoding: \u{b}chunked",
    "Transfer-Encoding: chunked\r\nTransfer-Encoding: x",
    "Transfer_Encoding: chunked\r\nContent-Length: +0",
    "Content-Length: 0\r\nContent-Length: 0",
    "Content-Length: 0\r\nContent-Length: 5",
    "Content-Length: 0, 0",
    "Content-Length: 0,5",
    "Content-Length: +5",
    "Content-Length: -5",
    "Content-Length: -0",
    "Content-Length: 0x5",
    "Content-Length: 5e0",
    "Content-Length: 5.0",
    "Content-Length: 5 5",
    "Content-Length: \"5\"",
    "Content-Length: five",
    "Content-Length:",
    "Content-Length: \u{661}",
    "Content-Length: 5\u{0}",
    "Content-Length: 5\u{b}",
    "Content-Length:\r\n 5",
    "Content-Length : 5",
    "Content-Length\t: 5",
    "content-length: 0\r\nCONTENT-LENGTH: 5",
    "X: y",
    "Expect: 100-continue\r\nContent-Length: 5",
    "Expect: x\r\nContent-Length: 0",
    "Content-Length: 8193",
    "Content-Length: 2147483648",
    "Content-Length: 4294967296",
    "Content-Length: 1099511627776",
    "Content-Length: 9223372036854775808",
    "Content-Length: 18446744073709551615",
    "Content-Length: 18446744073709551616",
    "Content-Length: 99999999999999999999999999999999",
];

/// Lengths and codings about which two readers could disagree, with a second request where one would look for it.
pub fn framings() -> Vec<String> {
    let smuggled = "GET /clients/a7/ HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n";
    let mut all = Vec::new();
    for fields in LENGTHS {
        all.push(format!("POST /search/ HTTP/1.1\r\nHost: HOST\r\nCOOKIE{fields}\r\n\r\n0\r\n\r\n{smuggled}"));
    }
    for body in [
        "ffffffffffffffff\r\n",
        "-1\r\n\r\n",
        "0x5\r\nhello\r\n0\r\n\r\n",
        "5;x=\r\nhello\r\n0\r\nX: y\r\n\r\n",
        "5\nhello\n0\n\n",
    ] {
        all.push(format!(
            "POST /lock HTTP/1.1\r\nHost: HOST\r\nCOOKIETransfer-Encoding: chunked\r\n\r\n{body}{smuggled}"
        ));
    }
    for length in ["5", "8193", "1099511627776"] {
        all.push(format!("GET / HTTP/1.1\r\nHost: HOST\r\nCOOKIEContent-Length: {length}\r\n\r\nhello{smuggled}"));
        all.push(format!("HEAD / HTTP/1.1\r\nHost: HOST\r\nCOOKIEContent-Length: {length}\r\n\r\nhello{smuggled}"));
    }
    all
}

/// First lines and fields that break the grammar, and other languages.
const NO_HEADS: &[&str] = &[
    "GET /\r\n\r\n",
    "GET / HTTP/0.9\r\n\r\n",
    "GET / HTTP/1.2\r\nHost: HOST\r\nCOOKIE\r\n",
    "GET / HTTP/2.0\r\nHost: HOST\r\nCOOKIE\r\n",
    "GET / http/1.1\r\nHost: HOST\r\nCOOKIE\r\n",
    "GET / HTTP/1.1 \r\nHost: HOST\r\nCOOKIE\r\n",
    "GET / HTTP/11\r\nHost: HOST\r\nCOOKIE\r\n",
    "GET / HTTP/1.1x\r\nHost: HOST\r\nCOOKIE\r\n",
    "GET  / HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n",
    "GET /  HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n",
    "GET\t/\tHTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n",
    " GET / HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n",
    "\r\nGET / HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n",
    "\u{0}GET / HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n",
    "GET /\u{0} HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n",
    "GET /a b HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n",
    "GET /\u{e9} HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n",
    "GET /\u{ff} HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n",
    "GET /☃ HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n",
    "GET /#x HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n",
    "GET / HTTP/1.1\nHost: HOST\nCOOKIE\n\n",
    "GET / HTTP/1.1\rHost: HOST\r\r",
    "GET / HTTP/1.1\r\nHost: HOST\nCOOKIE\r\n",
    "GET / HTTP/1.1\r\nHost: HOST\rX: y\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: HOST\r\nX: a\u{0}b\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: HOST\r\nX: a\r\n b\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: HOST\r\nX: a\r\n\tb\r\n\r\n",
    "GET / HTTP/1.1\r\n Host: HOST\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: HOST\r\nCOOKIEno colon\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: HOST\r\nCOOKIE: empty\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: HOST\r\nCOOKIEX\u{e9}: y\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: HOST\r\nCOOKIEX Y: z\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: HOST\r\nCOOKIE(x): z\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: HOST\r\nCOOKIEX: \u{1b}[31m\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: HOST\r\nCOOKIEX: \u{7f}\r\n\r\n",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\u{1}\u{fc}\u{3}\u{3}",
    "\u{80}\u{2e}\u{1}\u{3}\u{1}",
    "\u{ff}\u{fe}G\u{0}E\u{0}T\u{0}",
    "{\"jsonrpc\":\"2.0\"}\r\n\r\n",
    "EHLO evil.example\r\n\r\n",
    "*1\r\n$4\r\nPING\r\n",
    "GET / HTTP/1.1\r\nHost: HOST\r\nCOOKIE",
    "GET / HTTP/1.1\r\n",
    "GET",
    "\r\n\r\n\r\n\r\n",
    "<script>",
    "() { :; }; echo x\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: HOST\r\nCookie: x=y\r\nCookie: z=w\r\nCOOKIE\r\n",
];

/// Heads that are none.
pub fn heads_that_are_none() -> Vec<String> {
    let mut all: Vec<String> = NO_HEADS.iter().map(|head| (*head).to_owned()).collect();
    let (kilo, many) = ("x".repeat(1024), "X: y\r\n".repeat(101));
    all.extend([
        format!("GET /{} HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n", kilo.repeat(5)),
        format!("GET /?{} HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n", kilo.repeat(17)),
        format!("GET / HTTP/1.1\r\nHost: HOST\r\nCOOKIEX: {}\r\n\r\n", kilo.repeat(17)),
        format!("GET / HTTP/1.1\r\nHost: HOST\r\nCOOKIE{}: y\r\n\r\n", kilo.repeat(17)),
        format!("GET / HTTP/1.1\r\nHost: HOST\r\nCOOKIE{many}\r\n"),
        format!("GET / HTTP/1.1\r\nHost: HOST\r\nCOOKIE{}\r\n", many.repeat(100)),
        format!("{} / HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n", kilo.repeat(17)),
        format!("GET / HTTP/1.1\r\nHost: HOST\r\nCookie: {}\r\n\r\n", "a=b; ".repeat(4000)),
        kilo.repeat(1024),
        "\r\n".repeat(100_000),
        "\u{0}".repeat(100_000),
    ]);
    all
}

/// Fields that some servers take for a login, or for another request.
const FIELDS: &[&str] = &[
    "Authorization: Basic YTpi",
    "Cookie:",
    "Cookie: ;",
    "Cookie: =",
    "Cookie: throughline=1",
    "Cookie: ;;==;a",
    "Cookie: $Version=1",
    "X-Forwarded-For: 127.0.0.1",
    "X-Original-URL: /clients/",
    "X-Rewrite-URL: /clients/",
    "X-HTTP-Method-Override: GET",
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13",
    "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\nConnection: Upgrade, HTTP2-Settings",
    "Range: bytes=0-",
    "Accept: text/event-stream",
];

/// Guesses at the way in.
pub fn guesses() -> Vec<String> {
    let mut all =
        heads(["/enter/", "/enter", "/enter/0/", "/enter/%00/", "/enter/../enter/", "/Enter/", "/enter/?token=0"]);
    all.push(format!("GET /enter/{}/ HTTP/1.1\r\nHost: HOST\r\n\r\n", "0".repeat(64)));
    for field in FIELDS {
        all.push(format!("GET /clients/ HTTP/1.1\r\nHost: HOST\r\n{field}\r\n\r\n"));
    }
    all
}
