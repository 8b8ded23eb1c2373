//! The tags of a page, read the plain way: enough to see what is live in it.

/// One opening tag with its attributes.
#[derive(Debug, Clone)]
pub struct Tag {
    pub name: String,
    pub attributes: Vec<(String, String)>,
}

impl Tag {
    pub fn value(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }
}

/// Every opening tag, in order.
pub fn tags(page: &str) -> Vec<Tag> {
    let mut found = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if rest.starts_with(|first: char| first.is_ascii_alphabetic()) {
            let (tag, after) = tag(rest);
            found.push(tag);
            rest = after;
        }
    }
    found
}

/// A tag from behind its `<`, and what follows it.
fn tag(text: &str) -> (Tag, &str) {
    let end = text.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap_or(text.len());
    let mut tag = Tag { name: text[..end].to_ascii_lowercase(), attributes: Vec::new() };
    let mut rest = &text[end..];
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() || rest.starts_with('>') {
            return (tag, rest.get(1..).unwrap_or_default());
        }
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/')).unwrap_or(rest.len());
        let name = rest[..end.max(1)].to_ascii_lowercase();
        rest = rest[end.max(1)..].trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            let (inside, until) = match after.chars().next() {
                Some(quote @ ('"' | '\'')) => (&after[1..], after[1..].find(quote)),
                _ => (after, after.find(|c: char| c.is_whitespace() || c == '>')),
            };
            let until = until.unwrap_or(inside.len());
            value = &inside[..until];
            rest = inside[until..].trim_start_matches(['"', '\'']);
        }
        tag.attributes.push((name, unescaped(value)));
    }
}

fn unescaped(text: &str) -> String {
    let pairs = [("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&#x2F;", "/"), ("&lt;", "<"), ("&gt;", ">")];
    pairs.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to)).replace("&amp;", "&")
}

/// Addresses on this site that a page points to and that can be visited: the lock can only be posted to.
pub fn inner_addresses(page: &str) -> Vec<String> {
    let all = tags(page);
    let values = all.iter().flat_map(|tag| [tag.value("href"), tag.value("src"), tag.value("action")]).flatten();
    let own = values.filter(|value| value.starts_with('/') && *value != "/lock");
    own.map(|value| value.split('#').next().unwrap_or_default().to_owned()).collect()
}

/// Text of the `title` element.
pub fn title(page: &str) -> &str {
    let inside = page.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>"));
    inside.map_or("", |(title, _)| title)
}

/// What in a page could run, load or send something that is not the site's own.
pub fn live_parts(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    for tag in tags(page) {
        let own = |name: &str| tag.value(name).is_some_and(|value| value.starts_with('/') && !value.starts_with("//"));
        let fits = match tag.name.as_str() {
            "script" => tag.value("src") == Some("/assets/site.js"),
            "link" => own("href"),
            "a" => tag.value("href").is_none_or(|to| own("href") || to.starts_with('#') || is_outside(to)),
            "img" => false,
            "form" => own("action"),
            "iframe" | "frame" | "object" | "embed" | "applet" | "style" | "base" | "audio" | "video" | "source"
            | "image" | "use" | "foreignobject" | "animate" | "set" | "math" | "template" | "portal" | "marquee" => {
                false
            }
            // The one refresh is the page's own: without scripts it finds out by it that it was locked.
            "meta" => tag.value("http-equiv").is_none() || tag.value("content") == Some("20; url=?still"),
            _ => true,
        };
        let inline = tag.attributes.iter().any(|(name, _)| {
            name.starts_with("on") || matches!(name.as_str(), "style" | "srcdoc" | "srcset" | "formaction" | "ping")
        });
        let outward = tag.name == "a"
            && tag.value("href").is_some_and(is_outside)
            && tag.value("rel").is_none_or(|rel| !rel.contains("noopener") || !rel.contains("noreferrer"));
        if !fits || inline || outward {
            found.push(format!("{tag:?}"));
        }
    }
    found
}

fn is_outside(address: &str) -> bool {
    ["http://", "https://", "mailto:"].iter().any(|scheme| address.starts_with(scheme))
}
