//! What a person does with the page: find a thing by its name, click, type, read.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::common::command::FormatRequestData;
use thirtyfour::prelude::{ElementQueryable, WebDriverResult};
use thirtyfour::{By, Key, RequestData, SessionId, WebElement};

use super::DesktopApp;

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(120);
const PAUSE: Duration = Duration::from_millis(50);

/// Whether an element is in the page and in the same place a little later.
const STANDS_STILL: &str = "
    const [element] = arguments;
    const place = () => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return [x, y, width, height].join();
    };
    const before = place();
    return new Promise((done) => {
        setTimeout(() => done(element.isConnected && place() === before), 40);
    });";

/// Elements that have a role without saying so.
const NATIVE_ROLES: &[(&str, &str)] = &[
    ("button", "button, input[type=submit], input[type=button]"),
    ("checkbox", "input[type=checkbox]"),
    ("heading", "h1, h2, h3, h4"),
    ("link", "a[href]"),
    ("radio", "input[type=radio]"),
    (
        "textbox",
        "input:not([type]), input[type=text], input[type=email], input[type=password], textarea",
    ),
];

impl DesktopApp {
    /// The visible element with a `data-testid`.
    pub async fn by_test_id(&self, id: &str) -> WebElement {
        let start = Instant::now();
        loop {
            let query = self.driver.query(By::Testid(id)).and_displayed();
            // One that is replaced while it is looked at is an error, not a reason to give up.
            if let Ok(found) = query.wait(PAUSE, PAUSE).first().await {
                return found;
            }
            assert!(
                start.elapsed() < PATIENCE,
                "nothing with the test id \"{id}\" is to be seen"
            );
        }
    }

    /// The visible element that a screen reader calls by this role and name.
    pub async fn by_role(&self, role: &str, name: &str) -> WebElement {
        let native = NATIVE_ROLES.iter().find(|(known, _)| *known == role);
        let native = native.map_or(String::new(), |(_, elements)| format!(", {elements}"));
        let selector = format!("[role={role}]{native}");
        let start = Instant::now();
        let mut names;
        loop {
            names = Vec::new();
            let candidates = self.driver.find_all(By::Css(&selector)).await;
            for element in candidates.unwrap_or_default() {
                // An element may go while it is looked at; then it is not the one.
                if !element.is_displayed().await.unwrap_or(false) {
                    continue;
                }
                let label = self.label_of(&element).await.unwrap_or_default();
                if label == name {
                    return element;
                }
                names.push(label);
            }
            assert!(
                start.elapsed() < PATIENCE,
                "no {role} is called \"{name}\"; there are {names:?}"
            );
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Clicks the element that a screen reader calls by this role and name.
    pub async fn click(&self, role: &str, name: &str) {
        let what = format!("the {role} \"{name}\"");
        self.click_on(&what, async || self.by_role(role, name).await)
            .await;
    }

    /// Clicks what is found, once it can be used, stands still, nothing that is closing covers it any
    /// more, and the page has not put another element in its place.
    async fn click_on(&self, what: &str, find: impl AsyncFn() -> WebElement) {
        let start = Instant::now();
        loop {
            let element = find().await;
            let waited = start.elapsed() > PATIENCE;
            if self.can_be_clicked(&element).await {
                let clicked = element.click().await;
                if clicked.is_ok() || waited {
                    return done(clicked, &format!("click {what}"));
                }
            }
            assert!(!waited, "{what} stays disabled, or moves");
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Whether a click does something. The driver takes one on a disabled button without a word, and
    /// clicks beside an element that moves between its look and its click.
    async fn can_be_clicked(&self, element: &WebElement) -> bool {
        let Ok(argument) = element.to_json() else {
            return false;
        };
        let stands = self.driver.execute(STANDS_STILL, vec![argument]).await;
        stands.is_ok_and(|stands| stands.json() == &Value::Bool(true))
            && element.is_enabled().await.unwrap_or(false)
    }

    /// Replaces what stands in the field called `label`, with keys as a person would.
    pub async fn fill(&self, label: &str, text: &str) {
        let field = self.by_role("textbox", label).await;
        done(
            field.send_keys(Key::Control + "a").await,
            "select what is there",
        );
        done(
            field.send_keys(text).await,
            &format!("type into \"{label}\""),
        );
    }

    /// Replaces what stands in the field with a `data-testid`, with keys as a person would.
    pub async fn fill_test_id(&self, id: &str, text: &str) {
        let start = Instant::now();
        let field = loop {
            let field = self.by_test_id(id).await;
            let selected = field.send_keys(Key::Control + "a").await;
            // The page may put another element in the place of the one that was found.
            if selected.is_ok() || start.elapsed() > PATIENCE {
                done(selected, "select what is there");
                break field;
            }
            tokio::time::sleep(PAUSE).await;
        };
        done(field.send_keys(text).await, &format!("type into {id}"));
    }

    /// Clicks the element with a `data-testid`.
    pub async fn click_test_id(&self, id: &str) {
        self.click_on(id, async || self.by_test_id(id).await).await;
    }

    /// Clicks on a text that the page shows.
    pub async fn click_text(&self, text: &str) {
        let path = format!("//*[normalize-space(text())=\"{text}\"]");
        let find = async || {
            let start = Instant::now();
            loop {
                let query = self.driver.query(By::XPath(&path)).and_displayed();
                // One that is replaced while it is looked at is an error, not a reason to give up.
                if let Ok(found) = query.wait(PAUSE, PAUSE).first().await {
                    return found;
                }
                assert!(
                    start.elapsed() < PATIENCE,
                    "the page does not show \"{text}\""
                );
            }
        };
        self.click_on(text, find).await;
    }

    /// Clicks the cell of this column in the first row of a list.
    pub async fn click_cell(&self, column: &str) {
        self.click_css(&format!("[data-testid=grid-row] [data-key=\"{column}\"]"))
            .await;
    }

    /// Clicks the first cell of a row of a list, by the row's number.
    pub async fn click_first_cell(&self, row: &str) {
        self.click_css(&format!("[data-row=\"{row}\"] [data-key]"))
            .await;
    }

    async fn click_css(&self, css: &str) {
        let find = async || {
            let query = self.driver.query(By::Css(css));
            let found = query.wait(PATIENCE, PAUSE).first().await;
            found.unwrap_or_else(|_| panic!("nothing is found by `{css}`"))
        };
        self.click_on(css, find).await;
    }

    /// Chooses an option of the field with a `data-testid`.
    pub async fn choose(&self, id: &str, option: &str) {
        self.click_test_id(id).await;
        self.click("option", option).await;
    }

    /// Presses keys wherever the focus is.
    pub async fn press(&self, keys: impl Into<thirtyfour::TypingData>) {
        let focused = self.driver.active_element().await;
        let focused = focused.expect("an element has the focus");
        done(focused.send_keys(keys).await, "press keys");
    }

    /// Waits until the page shows a text.
    pub async fn wait_text(&self, text: &str) {
        let start = Instant::now();
        loop {
            let shown = self.text().await;
            if shown.contains(text) {
                return;
            }
            assert!(
                start.elapsed() < PATIENCE,
                "\"{text}\" did not appear. The page says:\n{shown}"
            );
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Waits until the page does not show a text any more.
    pub async fn wait_text_gone(&self, text: &str) {
        let start = Instant::now();
        while self.text().await.contains(text) {
            assert!(start.elapsed() < PATIENCE, "\"{text}\" stays on the page");
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// All that the page shows.
    pub async fn text(&self) -> String {
        let text = self.run("return document.body.innerText").await;
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Runs a script in the page.
    pub async fn run(&self, script: &str) -> Value {
        let answer = self.driver.execute(script, Vec::new()).await;
        let answer = answer.unwrap_or_else(|error| panic!("`{script}` fails: {error}"));
        answer.json().clone()
    }

    /// Gives a command of the core, as the page would; [`answer`](Self::answer) waits for it.
    pub async fn begin_call(&self, name: &str, request: Value) {
        let request = json!({ "name": name, "request": request });
        self.run(&format!(
            "window.answer = undefined;
            window.__TAURI_INTERNALS__.invoke('call', {request}).then(
                (ok) => {{ window.answer = {{ ok }} }},
                (error) => {{ window.answer = {{ error }} }});"
        ))
        .await;
    }

    /// The answer to the command that was given last.
    pub async fn answer(&self) -> Result<Value, Value> {
        let answer = self.wait_value("return window.answer", "the answer").await;
        match answer.get("error") {
            Some(error) => Err(error.clone()),
            None => Ok(answer["ok"].clone()),
        }
    }

    /// Keeps the core's events from now on, for [`wait_event`](Self::wait_event).
    pub async fn record_events(&self) {
        self.run(
            "window.events = [];
            const handler = window.__TAURI_INTERNALS__.transformCallback(
                (event) => window.events.push(event.payload));
            return window.__TAURI_INTERNALS__.invoke('plugin:event|listen',
                { event: 'backstock', target: { kind: 'Any' }, handler });",
        )
        .await;
    }

    /// Waits for an event of a type.
    pub async fn wait_event(&self, kind: &str) -> Value {
        let script = format!("return window.events.find((event) => event.type === '{kind}')");
        self.wait_value(&script, kind).await
    }

    /// Waits until a script answers with something.
    pub async fn wait_value(&self, script: &str, what: &str) -> Value {
        let start = Instant::now();
        loop {
            let value = self.run(script).await;
            if !value.is_null() {
                return value;
            }
            assert!(start.elapsed() < PATIENCE, "{what} did not come");
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Gives the window a size.
    pub async fn resize(&self, width: u32, height: u32) {
        done(
            self.driver.set_window_rect(0, 0, width, height).await,
            "resize the window",
        );
    }

    /// What a screen reader calls an element.
    async fn label_of(&self, element: &WebElement) -> WebDriverResult<String> {
        let question = ComputedLabel(element.element_id().to_string());
        let answer = self.driver.handle().cmd(question).await?;
        answer.value()
    }
}

/// WebDriver's "get computed label", which the library lacks.
#[derive(Debug)]
struct ComputedLabel(String);

impl FormatRequestData for ComputedLabel {
    fn format_request(&self, session: &SessionId) -> RequestData {
        let address = format!("session/{session}/element/{}/computedlabel", self.0);
        // The default method is GET.
        RequestData::new(Default::default(), address)
    }
}

fn done<T>(result: WebDriverResult<T>, what: &str) -> T {
    result.unwrap_or_else(|error| panic!("cannot {what}: {error}"))
}
