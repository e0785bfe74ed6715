//! What a practice shop is to the frame.

use serde_json::{Value, json};

use super::clock::Moment;
use super::edit::{Edit, Shown};
use super::faults::Fault;
use super::message::{Reply, Request};
use super::random::Random;

/// A practice shop: a platform with one merchant's data in it.
///
/// It answers one request after the other and has no notion of connections, so that a test can ask
/// it without HTTP. Everything that depends on the time is told it.
pub trait Shop: Send + 'static {
    /// The platform, such as `Shopify`.
    fn platform(&self) -> &'static str;

    /// What kind of request this is, under which it is counted and to which faults are aimed, such
    /// as `ProductSet`. It changes nothing.
    fn operation(&self, request: &Request) -> String;

    /// Does what is asked and answers.
    fn answer(&mut self, request: &Request, now: Moment) -> Reply;

    /// How the platform says that it refuses a request unseen: [`Fault::TooManyRequests`],
    /// [`Fault::ServerError`] or [`Fault::Throttled`].
    fn refuse(&mut self, fault: &Fault, request: &Request, now: Moment) -> Reply;

    /// Changes something as the merchant would in the platform's own window.
    ///
    /// # Errors
    /// A sentence on why it cannot be done, such as that there is no such product.
    fn edit(&mut self, edit: &Edit, now: Moment) -> Result<(), String>;

    /// Something that an [`Edit`] can be about, by chance: an id or a SKU. Nothing when the shop is
    /// empty.
    fn pick(&self, random: &mut Random) -> Option<String>;

    /// Everything that it sells, products before their variants.
    fn shown(&self) -> Vec<Shown>;

    /// An order that an [`Edit`] can be about, by chance. Nothing where there are none.
    fn pick_order(&self, random: &mut Random) -> Option<String> {
        let _ = random;
        None
    }

    /// Answers an address below `/practice/` that this platform alone has. The path is given
    /// without `/practice/`.
    fn control(&mut self, path: &str, request: &Request, now: Moment) -> Option<Reply> {
        let _ = (path, request, now);
        None
    }

    /// What there is to know about the shop in order to use it: key, address, counts.
    fn about(&self) -> Value {
        json!({})
    }
}
