//! What the practice shop says of itself: that it does not simulate something. It is no answer of
//! the platform's, and cannot be taken for one.

use serde_json::json;

use crate::Reply;

/// Something that the practice shop does not simulate, because the facts do not say what the
/// platform does, or because no test needed it yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Loud {
    /// The name of the gap, one word.
    pub(crate) name: &'static str,
    /// What was asked for, and what to do about it.
    pub(crate) message: String,
}

/// The result of something that may not be simulated.
pub(crate) type Simulated<T> = Result<T, Loud>;

impl Loud {
    /// The gap `name`, met by what `message` says.
    pub(crate) fn new(name: &'static str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { name, message }
    }

    /// Status 501, a header, and a body that no client can decode as an answer of the platform's.
    pub(crate) fn reply(&self) -> Reply {
        let body = json!({ "SandboxError": { "Name": self.name, "Message": self.message } });
        Reply::json(501, &body).with_header("x-sandbox-error", self.name)
    }
}

/// Words that the practice shop had to find itself, since no source has the platform's. A client
/// must not tell anything by them.
pub(crate) fn own_words(text: impl AsRef<str>) -> String {
    format!("(wording of the practice shop) {}", text.as_ref())
}
