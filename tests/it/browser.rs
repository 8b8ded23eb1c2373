//! A real Chromium, driven over its debugging pipe: pages as a reader's browser makes them of what it was sent.

use crate::practice::Practice;
use crate::served::{PATIENCE, Served, until};
use serde_json::{Value, json};
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Instant;
use tempfile::TempDir;

/// One page in a browser with a profile of its own.
pub struct Browser {
    child: Child,
    folder: TempDir,
    to: File,
    from: Receiver<Value>,
    session: Option<String>,
    last: u64,
    events: Vec<Value>,
}

impl Browser {
    pub fn open() -> Self {
        Self::open_with("")
    }

    /// The program with these arguments, and a browser that came in by the printed address.
    #[track_caller]
    pub fn in_served(practice: &Practice, arguments: &[&str]) -> (Served, Self) {
        let served = Served::run(practice, arguments);
        let mut browser = Self::open();
        browser.enter(&served);
        (served, browser)
    }

    /// As [`Browser::open`], with more flags.
    pub fn open_with(more: &str) -> Self {
        crate::practice::require("chromium");
        let folder = tempfile::Builder::new().prefix("throughline-browser-").tempdir().expect("a folder");
        let (to, from) = (folder.path().join("to"), folder.path().join("from"));
        let made = Command::new("mkfifo").args([&to, &from]).status();
        assert!(made.is_ok_and(|status| status.success()), "two pipes");
        // Opened for both, so that nobody waits for the other side.
        let both = |path: &Path| OpenOptions::new().read(true).write(true).open(path).expect("a pipe");
        let (to_pipe, from_pipe) = (both(&to), both(&from));
        let profile = folder.path().join("profile");
        let flags = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
            --disable-background-networking --disable-component-update --disable-sync --remote-debugging-pipe";
        let line = format!(
            "exec chromium {flags} {more} --user-data-dir={} 3<{} 4>{}",
            profile.display(),
            to.display(),
            from.display()
        );
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", &line]).env("HOME", folder.path()).stdin(Stdio::null());
        let child = shell.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("chromium starts");
        let mut browser =
            Self { child, folder, to: to_pipe, from: messages(from_pipe), session: None, last: 0, events: Vec::new() };
        let target = browser.call("Target.createTarget", json!({ "url": "about:blank" }));
        let target = json!({ "targetId": target["targetId"], "flatten": true });
        let session = browser.call("Target.attachToTarget", target);
        browser.session = session["sessionId"].as_str().map(str::to_owned);
        for domain in ["Page.enable", "Runtime.enable", "Log.enable", "Network.enable"] {
            browser.call(domain, json!({}));
        }
        browser
    }

    /// Where the browser keeps what it remembers.
    pub fn profile(&self) -> std::path::PathBuf {
        self.folder.path().join("profile")
    }

    /// Opens an address and waits until it is loaded.
    #[track_caller]
    pub fn visit(&mut self, address: &str) {
        let before = self.events.len();
        let answer = self.call("Page.navigate", json!({ "url": address }));
        assert!(answer.get("errorText").is_none(), "{address}: {answer}");
        let deadline = Instant::now() + PATIENCE;
        while !self.events[before..].iter().any(|event| event["method"] == "Page.loadEventFired") {
            assert!(Instant::now() < deadline, "{address} never loaded");
            let event = self.hear(deadline);
            self.events.push(event);
        }
    }

    /// Comes in by the address that was printed.
    #[track_caller]
    pub fn enter(&mut self, served: &Served) {
        self.visit(&format!("{}{}", served.origin(), served.entry));
    }

    /// Opens an address and waits until there is a page, whatever became of the address.
    pub fn go(&mut self, address: &str) {
        self.call("Page.navigate", json!({ "url": address }));
        self.value_until("there is a page", "document.readyState === 'complete'");
    }

    /// Gives the browser a session cookie as the program sets it.
    pub fn set_cookie(&mut self, name: &str, value: &str, origin: &str) {
        let cookie = json!({
            "name": name, "value": value, "url": origin, "path": "/", "httpOnly": true, "sameSite": "Strict",
        });
        let answer = self.call("Network.setCookie", cookie);
        assert_eq!(answer["success"], true);
    }

    /// The value of an expression in the page.
    #[track_caller]
    pub fn value(&mut self, expression: &str) -> Value {
        let asked = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let answer = self.call("Runtime.evaluate", asked);
        assert!(answer.get("exceptionDetails").is_none(), "{expression}: {answer}");
        answer["result"]["value"].clone()
    }

    /// Waits until an expression in the page is true. A page that is just being replaced is asked again.
    #[track_caller]
    pub fn value_until(&mut self, what: &str, expression: &str) {
        until(what, || {
            let asked = json!({ "expression": expression, "returnByValue": true });
            (self.try_call("Runtime.evaluate", asked).ok()?["result"]["value"] == true).then_some(())
        });
    }

    /// Addresses that the back button leads to.
    pub fn history(&mut self) -> Vec<String> {
        let answer = self.call("Page.getNavigationHistory", json!({}));
        let entries = answer["entries"].as_array().cloned().unwrap_or_default();
        entries.iter().filter_map(|entry| entry["url"].as_str().map(str::to_owned)).collect()
    }

    /// From now on pages cannot forbid their own scripts anything, as those of an attacker would not.
    pub fn without_policies(&mut self) {
        self.call("Page.setBypassCSP", json!({ "enabled": true }));
    }

    /// From now on no page runs scripts of its own.
    pub fn without_scripts(&mut self) {
        self.call("Emulation.setScriptExecutionDisabled", json!({ "value": true }));
    }

    /// Puts the page before others that it opened.
    pub fn raise(&mut self) {
        self.call("Page.bringToFront", json!({}));
    }

    /// The page as it is now, as markup.
    pub fn markup(&mut self) -> String {
        // While a page goes and another comes there is none.
        self.value("document.documentElement?.outerHTML ?? ''").as_str().unwrap_or_default().to_owned()
    }

    /// Width of the window and the colours that the reader prefers.
    pub fn look(&mut self, width: u32, scheme: &str) {
        let size = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600 });
        self.call("Emulation.setDeviceMetricsOverride", size);
        let scheme = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.call("Emulation.setEmulatedMedia", scheme);
    }

    /// Media features as a reader may have set them, such as `prefers-reduced-motion`.
    pub fn prefer(&mut self, features: &[(&str, &str)]) {
        let features: Vec<Value> =
            features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        self.call("Emulation.setEmulatedMedia", json!({ "features": features }));
    }

    /// Presses and lets go of a key: a letter or sign, `Tab`, `Enter` or `Escape`.
    pub fn press(&mut self, key: &str) {
        self.press_with(key, 0);
    }

    /// The same with modifiers held down: 1 is Alt, 2 Control, 8 Shift.
    pub fn press_with(&mut self, key: &str, modifiers: u32) {
        self.call("Emulation.setFocusEmulationEnabled", json!({ "enabled": true }));
        let (code, text) = match key {
            "Tab" => (9, ""),
            "Enter" => (13, "\r"),
            "Escape" => (27, ""),
            letter => (0, letter),
        };
        for kind in ["keyDown", "keyUp"] {
            let text = if kind == "keyDown" && modifiers & 7 == 0 { text } else { "" };
            let event = json!({
                "type": kind, "key": key, "text": text, "windowsVirtualKeyCode": code, "modifiers": modifiers,
            });
            self.call("Input.dispatchKeyEvent", event);
        }
    }

    /// Presses the mouse at one place of the window, moves it to another and lets go, in pixels from the left and the top.
    pub fn drag(&mut self, from: (f64, f64), to: (f64, f64)) {
        let middle = ((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0);
        let steps = [("mousePressed", from), ("mouseMoved", middle), ("mouseMoved", to), ("mouseReleased", to)];
        for (kind, (x, y)) in steps {
            let event = json!({ "type": kind, "x": x, "y": y, "button": "left", "buttons": 1, "clickCount": 1 });
            self.call("Input.dispatchMouseEvent", event);
        }
    }

    /// The page as it would be printed, as PDF.
    pub fn printed(&mut self) -> Vec<u8> {
        let answer = self.call("Page.printToPDF", json!({ "preferCSSPageSize": true }));
        from_base64(answer["data"].as_str().expect("a PDF"))
    }

    /// A picture of the window, as PNG.
    pub fn picture(&mut self) -> Vec<u8> {
        let answer = self.call("Page.captureScreenshot", json!({ "format": "png" }));
        from_base64(answer["data"].as_str().expect("a picture"))
    }

    /// What the pages so far complained about: errors in the console, exceptions, blocked loads.
    pub fn complaints(&self) -> Vec<String> {
        let bad = self.events.iter().filter(|event| match event["method"].as_str() {
            Some("Runtime.exceptionThrown") => true,
            Some("Log.entryAdded") => matches!(event["params"]["entry"]["level"].as_str(), Some("error" | "warning")),
            Some("Runtime.consoleAPICalled") => true,
            _ => false,
        });
        bad.map(Value::to_string).collect()
    }

    /// Every address that pages asked for.
    pub fn requested(&self) -> Vec<String> {
        let sent = self.events.iter().filter(|event| event["method"] == "Network.requestWillBeSent");
        sent.filter_map(|event| event["params"]["request"]["url"].as_str().map(str::to_owned)).collect()
    }

    /// From now on every page has a function of this name, which takes one text; what is called is in
    /// [`Browser::called`].
    pub fn offer(&mut self, name: &str) {
        self.call("Runtime.addBinding", json!({ "name": name }));
    }

    /// What pages called of what was offered, and dialogs that they opened.
    pub fn called(&self) -> Vec<String> {
        let seen = |event: &&Value| {
            matches!(event["method"].as_str(), Some("Runtime.bindingCalled" | "Page.javascriptDialogOpening"))
        };
        self.events.iter().filter(seen).map(Value::to_string).collect()
    }

    /// Ends the browser as a user does, so that it writes down what it wants to keep.
    pub fn close(&mut self) {
        self.session = None;
        let _ = self.try_call("Browser.close", json!({}));
        let child = &mut self.child;
        until("chromium ends", || child.try_wait().expect("a process"));
    }

    #[track_caller]
    fn call(&mut self, method: &str, params: Value) -> Value {
        self.try_call(method, params).unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    fn try_call(&mut self, method: &str, params: Value) -> Result<Value, String> {
        self.last += 1;
        let mut message = json!({ "id": self.last, "method": method, "params": params });
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.to.write_all(&bytes).expect("told chromium");
        let deadline = Instant::now() + PATIENCE;
        loop {
            let heard = self.hear(deadline);
            if heard["id"] == self.last {
                return match heard.get("error") {
                    Some(error) => Err(error.to_string()),
                    None => Ok(heard["result"].clone()),
                };
            }
            self.events.push(heard);
        }
    }

    fn hear(&mut self, deadline: Instant) -> Value {
        match self.from.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(message) => message,
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                panic!("chromium says nothing (ended: {:?})", self.child.try_wait())
            }
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Messages end with a zero byte.
fn messages(mut pipe: File) -> Receiver<Value> {
    let (send, receive) = channel();
    std::thread::spawn(move || {
        let mut text = Vec::new();
        let mut buffer = vec![0; 64 * 1024];
        while let Ok(read @ 1..) = pipe.read(&mut buffer) {
            text.extend_from_slice(&buffer[..read]);
            while let Some(end) = text.iter().position(|byte| *byte == 0) {
                let message = serde_json::from_slice(&text[..end]).expect("chromium speaks JSON");
                text.drain(..=end);
                if send.send(message).is_err() {
                    return;
                }
            }
        }
    });
    receive
}

fn from_base64(text: &str) -> Vec<u8> {
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0u32, 0);
    for byte in text.bytes().filter(|byte| *byte != b'=') {
        bits = (bits << 6) | u32::from(value(byte));
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from((bits >> held) & 0xff).expect("a byte"));
        }
    }
    bytes
}
