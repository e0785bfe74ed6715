//! A practice shop on an address of this machine.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, MutexGuard, mpsc};
use std::task::{Context, Poll};
use std::thread::JoinHandle;
use std::time::Duration;

use http_body_util::{BodyExt as _, Limited};
use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use super::clock::Clock;
use super::control;
use super::edit::Edit;
use super::faults::{Aim, Fault, Faults};
use super::gate::{Gate, Held, Waiting};
use super::journal::{Exchange, Journal};
use super::message::{Reply, Request};
use super::shared::Shared;
use super::shop::Shop;

/// The largest body that is read: what the largest staged upload needs.
const LARGEST_BODY: usize = 128 << 20;

/// A practice shop that answers on 127.0.0.1 until this is dropped.
pub struct Server<S: Shop> {
    address: SocketAddr,
    shared: Arc<Shared<S>>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl<S: Shop> Server<S> {
    /// Opens `shop` on `port`, or on any free port when it is 0, with a thread of its own.
    ///
    /// # Errors
    /// The port is taken, or the machine has no thread left.
    pub fn open(shop: S, clock: Clock, port: u16) -> io::Result<Self> {
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let origin = format!("http://{address}");
        let shared = Arc::new(Shared::new(shop, clock, origin));
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let (stop, stopped) = oneshot::channel();
        let served = Arc::clone(&shared);
        let thread = std::thread::Builder::new()
            .name(String::from("practice-shop"))
            .spawn(move || runtime.block_on(serve(listener, served, stopped)))?;
        Ok(Self {
            address,
            shared,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// Where it stands.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address that every path begins with: `http://127.0.0.1:4000`.
    pub fn url(&self) -> &str {
        &self.shared.origin
    }

    /// The clock of the shop.
    pub fn clock(&self) -> &Clock {
        &self.shared.clock
    }

    /// Asks for one fault more.
    pub fn fault(&self, aim: Aim) {
        self.faults().aim(aim);
    }

    /// Puts a gate in front of the shop, in place of one that is there.
    pub fn gate(&self) -> Gate {
        let (hold, held) = mpsc::channel();
        *self.shared.gate() = Some(hold);
        Gate(held)
    }

    /// The faults; requests wait while they are held.
    pub fn faults(&self) -> MutexGuard<'_, Faults> {
        self.shared.faults()
    }

    /// The journal; requests wait while it is held.
    pub fn journal(&self) -> MutexGuard<'_, Journal> {
        self.shared.journal()
    }

    /// The shop itself; requests wait while it is held.
    pub fn shop(&self) -> MutexGuard<'_, S> {
        self.shared.shop()
    }

    /// Changes something as the merchant would.
    ///
    /// # Errors
    /// A sentence on why it cannot be done.
    pub fn edit(&self, edit: &Edit) -> Result<(), String> {
        self.shared.edit(edit)
    }

    /// Makes up to `count` random edits and says which ones the shop took.
    pub fn edit_by_chance(&self, seed: u64, count: u32) -> Vec<Edit> {
        self.shared.edit_by_chance(seed, count)
    }
}

impl<S: Shop> Drop for Server<S> {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // It has nothing to say; what it panicked of is on the screen already.
            let _ = thread.join();
        }
    }
}

impl<S: Shop> Shared<S> {
    /// Answers one request, with what goes wrong; nothing where the connection is to be dropped.
    async fn answer(&self, request: Request) -> Option<Sent> {
        if let Some(reply) = control::answer(self, &request) {
            return Some(Sent::whole(reply));
        }
        self.clock.tick();
        let at = self.clock.now();
        let operation = self.shop().operation(&request);
        let number = self.journal().next_number();
        let mut waiting = self.hold(&operation);
        let fault = match &mut waiting {
            Some(waiting) => waiting.verdict().await,
            None => self.faults().meet(number, &operation, at),
        };
        if let (Some(_), Some(fault)) = (&waiting, &fault) {
            self.faults().note(number, &operation, at, fault);
        }
        if let Some(Fault::Delay { millis }) = fault {
            wait(millis).await;
        }
        let reply = self.reply(&request, fault.as_ref());
        self.journal().note(Exchange {
            number,
            at,
            method: request.method,
            path: request.path,
            operation,
            status: reply.as_ref().map(|reply| reply.status),
            points: reply.as_ref().map_or(0.0, |reply| reply.points),
            fault: fault.clone(),
        });
        if let Some(waiting) = waiting {
            waiting.tell_done();
        }
        match fault {
            Some(Fault::LostReply) => None,
            Some(Fault::CutReply) => Sent::cut(reply?),
            Some(Fault::SlowReply { millis }) => {
                wait(millis).await;
                reply.map(Sent::whole)
            }
            _ => reply.map(Sent::whole),
        }
    }

    /// Lets a request wait where there is a gate.
    fn hold(&self, operation: &str) -> Option<Waiting> {
        let hold = self.gate().clone()?;
        let (held, waiting) = Held::new(operation.to_owned());
        hold.send(held).ok().map(|()| waiting)
    }

    /// What the shop says under the fault; nothing if the request does not reach it.
    fn reply(&self, request: &Request, fault: Option<&Fault>) -> Option<Reply> {
        let now = self.clock.now();
        let mut shop = self.shop();
        match fault {
            Some(Fault::LostRequest) => None,
            Some(refused @ (Fault::TooManyRequests { .. } | Fault::Throttled)) => {
                Some(shop.refuse(refused, request, now))
            }
            Some(broken @ Fault::ServerError { done, .. }) => {
                let points = if *done {
                    shop.answer(request, now).points
                } else {
                    0.0
                };
                Some(shop.refuse(broken, request, now).costing(points))
            }
            Some(
                Fault::LostReply | Fault::CutReply | Fault::Delay { .. } | Fault::SlowReply { .. },
            )
            | None => Some(shop.answer(request, now)),
        }
    }
}

async fn wait(millis: u64) {
    tokio::time::sleep(Duration::from_millis(millis)).await;
}

async fn serve<S: Shop>(
    listener: std::net::TcpListener,
    shared: Arc<Shared<S>>,
    mut stopped: oneshot::Receiver<()>,
) {
    let Ok(listener) = TcpListener::from_std(listener) else {
        return;
    };
    loop {
        tokio::select! {
            _ = &mut stopped => return,
            accepted = listener.accept() => {
                if let Ok((stream, _)) = accepted {
                    tokio::spawn(connection(stream, Arc::clone(&shared)));
                } else {
                    // Out of handles, most likely: others may be given back meanwhile.
                    wait(10).await;
                }
            }
        }
    }
}

async fn connection<S: Shop>(stream: TcpStream, shared: Arc<Shared<S>>) {
    let service = service_fn(move |request| respond(request, Arc::clone(&shared)));
    // It fails where a fault drops the connection, and where the client goes away.
    let _ = http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

/// The connection is dropped on purpose.
#[derive(Debug)]
struct Dropped;

impl std::fmt::Display for Dropped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the practice shop dropped the connection")
    }
}

impl std::error::Error for Dropped {}

async fn respond<S: Shop>(
    request: hyper::Request<Incoming>,
    shared: Arc<Shared<S>>,
) -> Result<Response<Sent>, Dropped> {
    let (parts, body) = request.into_parts();
    let Ok(body) = Limited::new(body, LARGEST_BODY).collect().await else {
        let reply = Reply::text(
            413,
            "text/plain",
            "The body is too large, or it broke off.\n",
        );
        return Ok(response(Sent::whole(reply)));
    };
    let read = |(name, value): (&hyper::header::HeaderName, &hyper::header::HeaderValue)| {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        (name.as_str().to_owned(), value)
    };
    let request = Request {
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: parts.headers.iter().map(read).collect(),
        body: body.to_bytes().to_vec(),
        origin: shared.origin.clone(),
    };
    // A server goes on with what it was asked when the client stops waiting for it.
    let answered = tokio::spawn(async move { shared.answer(request).await }).await;
    answered.ok().flatten().map(response).ok_or(Dropped)
}

fn response(sent: Sent) -> Response<Sent> {
    let mut response = Response::builder().status(sent.status);
    for (name, value) in &sent.headers {
        response = response.header(name, value);
    }
    let plain = |_| {
        let mut broken = Response::new(Sent::whole(Reply::default()));
        *broken.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        broken
    };
    response.body(sent).unwrap_or_else(plain)
}

/// A body on its way, which may break off.
struct Sent {
    status: u16,
    headers: Vec<(String, String)>,
    length: u64,
    rest: Option<Bytes>,
    cut: Cut,
}

/// Where a body breaks off.
#[derive(PartialEq)]
enum Cut {
    Never,
    AfterFlush,
    Now,
}

impl Sent {
    fn whole(reply: Reply) -> Self {
        Self {
            status: reply.status,
            headers: reply.headers,
            length: u64::try_from(reply.body.len()).unwrap_or(u64::MAX),
            rest: Some(Bytes::from(reply.body)),
            cut: Cut::Never,
        }
    }

    /// The first half under the length of the whole. A body that cannot be halved is lost.
    fn cut(reply: Reply) -> Option<Self> {
        let half = reply.body.len() / 2;
        let mut sent = Self::whole(reply);
        sent.rest = sent.rest.map(|body| body.slice(..half));
        sent.cut = Cut::AfterFlush;
        (half > 0).then_some(sent)
    }
}

impl Body for Sent {
    type Data = Bytes;
    type Error = Dropped;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Dropped>>> {
        if let Some(rest) = self.rest.take()
            && !rest.is_empty()
        {
            return Poll::Ready(Some(Ok(Frame::data(rest))));
        }
        match self.cut {
            Cut::Never => Poll::Ready(None),
            Cut::AfterFlush => {
                // What was handed over is written out while this one waits.
                self.cut = Cut::Now;
                context.waker().wake_by_ref();
                Poll::Pending
            }
            Cut::Now => Poll::Ready(Some(Err(Dropped))),
        }
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }

    fn is_end_stream(&self) -> bool {
        self.length == 0
    }
}
