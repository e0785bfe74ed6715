//! A server on loopback that answers each path in its own wrong way.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What was asked for, in order.
pub type Asked = Arc<Mutex<Vec<String>>>;

/// A running server.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    /// What it was asked for.
    pub asked: Asked,
}

/// Starts a server, for as long as the test runs.
pub async fn serve() -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let asked = Asked::default();
    let heard = Arc::clone(&asked);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let heard = Arc::clone(&heard);
            tokio::spawn(async move {
                // A client that is sent too much hangs up, which is what is tested.
                answer(stream, &heard).await.ok();
            });
        }
    });
    Server { address, asked }
}

async fn answer(mut stream: TcpStream, asked: &Asked) -> std::io::Result<()> {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        request.push(stream.read_u8().await?);
    }
    let request = String::from_utf8_lossy(&request).into_owned();
    let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
    asked.lock().unwrap().push(request);
    match path.as_str() {
        "/picture" => whole(&mut stream, "200 OK", "image/png", &picture()).await,
        "/lies" => whole(&mut stream, "200 OK", "text/html", &picture()).await,
        "/page" => whole(&mut stream, "200 OK", "image/png", b"<html>Not here").await,
        "/gone" => whole(&mut stream, "404 Not Found", "text/plain", b"").await,
        "/secret" => whole(&mut stream, "403 Forbidden", "text/plain", b"").await,
        "/broken" => whole(&mut stream, "500 Oops", "text/plain", b"").await,
        "/busy" => {
            send_head(
                &mut stream,
                "429 Slow Down",
                "Retry-After: 7\r\nContent-Length: 0\r\n",
            )
            .await
        }
        "/busy-for-years" => {
            send_head(
                &mut stream,
                "503 No",
                "Retry-After: 99999999999\r\nContent-Length: 0\r\n",
            )
            .await
        }
        "/silent" => wait().await,
        "/drips" => drip(&mut stream).await,
        "/cut" => {
            send_head(&mut stream, "200 OK", "Content-Length: 100000\r\n").await?;
            stream.write_all(&picture()).await
        }
        "/claims-much" => send_head(&mut stream, "200 OK", "Content-Length: 99999999999\r\n").await,
        "/never-ends" => flood(&mut stream).await,
        "/packed" => packed(&mut stream).await,
        "/nowhere" => send_head(&mut stream, "302 Found", "Content-Length: 0\r\n").await,
        _ => redirect(&mut stream, &path).await,
    }
}

async fn redirect(stream: &mut TcpStream, path: &str) -> std::io::Result<()> {
    let to = match path {
        "/once" => "/picture".to_owned(),
        "/elsewhere" => "https://cdn.test/picture".to_owned(),
        "/in-circles" => "/in-circles".to_owned(),
        "/in-the-open" => "http://a.test/picture".to_owned(),
        "/to-a-file" => "file:///etc/passwd".to_owned(),
        _ => format!("https://{}/picture", path.trim_start_matches("/to/")),
    };
    let headers = format!("Location: {to}\r\nContent-Length: 0\r\n");
    send_head(stream, "302 Found", &headers).await
}

async fn send_head(stream: &mut TcpStream, status: &str, headers: &str) -> std::io::Result<()> {
    let head = format!("HTTP/1.1 {status}\r\n{headers}Connection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).await
}

async fn whole(
    stream: &mut TcpStream,
    status: &str,
    kind: &str,
    body: &[u8],
) -> std::io::Result<()> {
    let headers = format!("Content-Type: {kind}\r\nContent-Length: {}\r\n", body.len());
    send_head(stream, status, &headers).await?;
    stream.write_all(body).await
}

async fn wait() -> std::io::Result<()> {
    tokio::time::sleep(Duration::from_secs(3600)).await;
    Ok(())
}

/// A byte now and then, so that it never falls silent.
async fn drip(stream: &mut TcpStream) -> std::io::Result<()> {
    send_head(stream, "200 OK", "Content-Length: 100000\r\n").await?;
    loop {
        stream.write_all(b"x").await?;
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn flood(stream: &mut TcpStream) -> std::io::Result<()> {
    send_head(stream, "200 OK", "Transfer-Encoding: chunked\r\n").await?;
    let chunk = [b"10000\r\n".as_slice(), &[b'x'; 0x10000], b"\r\n"].concat();
    loop {
        stream.write_all(&chunk).await?;
    }
}

/// What gzip makes of nothing but zeros: each of these blocks stands for far more than it holds.
async fn packed(stream: &mut TcpStream) -> std::io::Result<()> {
    let mut body = b"\x1f\x8b\x08\0\0\0\0\0\0\x03".to_vec();
    body.extend([0xec, 0xc0, 0x01, 0x01, 0, 0, 0, 0x80, 0x90, 0xfe].repeat(100));
    let headers = format!(
        "Content-Encoding: gzip\r\nContent-Length: {}\r\n",
        body.len()
    );
    send_head(stream, "200 OK", &headers).await?;
    stream.write_all(&body).await
}

/// A small picture.
pub fn picture() -> Vec<u8> {
    let mut written = std::io::Cursor::new(Vec::new());
    let pixels = image::RgbImage::from_pixel(20, 10, image::Rgb([200, 30, 30]));
    pixels
        .write_to(&mut written, image::ImageFormat::Png)
        .unwrap();
    written.into_inner()
}
