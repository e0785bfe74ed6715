//! Pictures, and a server on loopback that has some.

use std::io::{Cursor, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A picture that is like no other of another number.
pub fn picture(number: u32) -> Vec<u8> {
    let [.., green, blue] = number.to_be_bytes();
    let pixels = image::RgbImage::from_pixel(200, 100, image::Rgb([200, green, blue]));
    let mut written = Cursor::new(Vec::new());
    pixels
        .write_to(&mut written, image::ImageFormat::Png)
        .unwrap();
    written.into_inner()
}

/// A running server: `/7.png` is the picture of this number, `/text` is none, `/silent` says nothing,
/// `/busy` is busy, and there is nothing else.
pub struct PictureServer {
    pub address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl PictureServer {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let heard = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let heard = Arc::clone(&heard);
                // A client that hangs up in the middle is no matter.
                std::thread::spawn(move || answer(stream, &heard).ok());
            }
        });
        Self { address, asked }
    }

    /// Which paths were asked for, in order.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn answer(mut stream: TcpStream, asked: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut request = Vec::new();
    let mut byte = [0];
    while !request.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte)?;
        request.extend(byte);
    }
    let request = String::from_utf8_lossy(&request).into_owned();
    let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
    asked.lock().unwrap().push(path.clone());
    let number = path
        .strip_prefix('/')
        .and_then(|path| path.strip_suffix(".png"));
    let (status, body) = match (path.as_str(), number.and_then(|number| number.parse().ok())) {
        (_, Some(number)) => ("200 OK", picture(number)),
        ("/text", _) => ("200 OK", b"no picture".to_vec()),
        ("/busy", _) => ("503 Busy", Vec::new()),
        ("/silent", _) => {
            std::thread::sleep(Duration::from_secs(600));
            return Ok(());
        }
        _ => ("404 Not Found", Vec::new()),
    };
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    )?;
    stream.write_all(&body)
}
