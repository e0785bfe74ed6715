//! Pictures in the real window: dropped onto a product, fetched from a server, shown in list and form.

use std::io::{Cursor, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};

use serde_json::json;
use thirtyfour::Key;

use crate::harness::DesktopApp;
use crate::shop;

/// A picture of a size and a colour.
fn picture(width: u32, height: u32, colour: [u8; 3]) -> Vec<u8> {
    let pixels = image::RgbImage::from_fn(width, height, |x, y| {
        let is_light = (x / 40 + y / 40) % 2 == 0;
        image::Rgb(if is_light { [245, 245, 240] } else { colour })
    });
    let mut written = Cursor::new(Vec::new());
    pixels
        .write_to(&mut written, image::ImageFormat::Png)
        .unwrap();
    written.into_inner()
}

/// Files with pictures of three colours, called like these; the last one is tall.
pub fn files(folder: &Path, names: [&str; 3]) -> Vec<PathBuf> {
    let colours = [[200, 40, 40], [40, 60, 200], [30, 140, 60]];
    let file = |(name, colour): (&str, [u8; 3])| {
        let path = folder.join(format!("{name}.png"));
        let (width, height) = if name == names[2] {
            (200, 600)
        } else {
            (800, 600)
        };
        std::fs::write(&path, picture(width, height, colour)).unwrap();
        path
    };
    names.into_iter().zip(colours).map(file).collect()
}

/// A server that has one picture at `/lamp.png`, and nothing else.
fn serve() -> SocketAddr {
    fn answer(mut stream: TcpStream) -> std::io::Result<()> {
        let (mut request, mut byte) = (Vec::new(), [0]);
        while !request.ends_with(b"\r\n\r\n") {
            stream.read_exact(&mut byte)?;
            request.extend(byte);
        }
        let is_there = request.starts_with(b"GET /lamp.png ");
        let body = if is_there {
            picture(320, 320, [220, 170, 30])
        } else {
            Vec::new()
        };
        let status = if is_there { "200 OK" } else { "404 Not Found" };
        let length = body.len();
        write!(
            stream,
            "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
        )?;
        stream.write_all(&body)
    }
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // Whoever hangs up is no matter.
            answer(stream).ok();
        }
    });
    address
}

/// Waits until so many pictures are painted below `place`, and answers how wide they are by themselves.
pub async fn painted(app: &DesktopApp, place: &str, count: usize) -> Vec<u64> {
    let script = format!(
        "const images = [...document.querySelectorAll('{place} [data-testid=picture]')];
         const widths = images.map((image) => image.naturalWidth);
         return widths.length === {count} && widths.every(Boolean) ? widths : null"
    );
    let widths = app
        .wait_value(&script, &format!("{count} pictures in {place}"))
        .await;
    let widths = widths.as_array().unwrap().iter();
    widths.map(|width| width.as_u64().unwrap()).collect()
}

#[tokio::test]
async fn pictures_are_dropped_put_into_order_saved_and_seen_in_the_list() {
    let folder = tempfile::tempdir().unwrap();
    let app = DesktopApp::start(folder.path()).await;
    shop::open(&app).await;
    shop::add_mug(&app).await;
    app.click_test_id("area-products").await;
    app.click_cell("name").await;
    app.by_test_id("choose-images").await;

    let files = files(folder.path(), ["red", "blue", "tall"]);
    let paths: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    app.drop_files(&paths);
    assert_eq!(painted(&app, "[role=listbox]", 3).await, [160, 160, 53]);
    app.click_test_id("image-shows").await;
    app.fill_test_id("image-shows", "A red mug").await;
    app.click("option", "2").await;
    app.press(Key::Alt + Key::Left).await;
    app.by_role("option", "Main").await;
    app.by_role("option", "2: A red mug").await;
    app.picture("pictures-form");
    app.press(Key::Control + "s").await;
    app.wait_text("MUG-1 saved.").await;
    assert_eq!(painted(&app, "[data-testid=grid-row]", 1).await, [160]);

    let pasted = folder.path().join("pasted.png");
    std::fs::write(&pasted, picture(160, 160, [90, 20, 120])).unwrap();
    app.copy_picture(&pasted);
    app.click("option", "Main").await;
    app.press(Key::Control + "v").await;
    painted(&app, "[role=listbox]", 4).await;
    app.click("option", "Main").await;
    app.press(Key::Enter).await;
    let whole = "const image = document.querySelector('[data-testid=large-picture]');
        return image && image.naturalWidth || null";
    assert_eq!(app.wait_value(whole, "the picture").await, 800);
    app.picture("pictures-large");
    app.press(Key::Escape).await;
    app.picture("pictures-list");
}

#[tokio::test]
async fn what_an_address_names_comes_by_itself_and_what_does_not_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let app = DesktopApp::start_fetching(folder.path(), serve()).await;
    shop::open(&app).await;
    app.click_test_id("area-products").await;
    for (sku, path) in [("LAMP-1", "lamp.png"), ("LAMP-2", "gone.png")] {
        let address = format!("https://pictures.test/{path} A lamp");
        let fields = json!({ "sku": sku, "name": "Desk lamp", "main_image": address });
        app.begin_call("products.create", json!({ "fields": fields }))
            .await;
        app.answer().await.unwrap();
    }
    assert_eq!(painted(&app, "[data-testid=grid-row]", 1).await, [160]);
    let why = "return document.querySelector('[data-testid=picture-missing]')?.title || null";
    let why = app.wait_value(why, "the reason").await;
    assert!(
        why.as_str()
            .unwrap()
            .starts_with("There is nothing at its address"),
        "{why}"
    );
    app.picture("pictures-fetched");

    let blocked = "return new Promise((done) => {
        const image = new Image();
        image.onload = () => done('shown');
        image.onerror = () => done('blocked');
        image.src = 'https://127.0.0.1:9/a.png';
    })";
    assert_eq!(
        app.run(blocked).await,
        "blocked",
        "the page fetches nothing itself"
    );
    app.run("location.hash = '#/settings/pictures'").await;
    app.wait_text("Pictures that failed").await;
    app.wait_text("https://pictures.test/gone.png").await;
    app.picture("pictures-failed");
}
