//! Pictures: staged, fetched, ready after a while.

use serde_json::{Value, json};

use super::{Practice, codes};

async fn status(practice: &Practice, id: &Value) -> Value {
    practice.data("files_status", json!({"ids": [id]})).await["nodes"][0].clone()
}

/// A `multipart/form-data` body with the fields in that order.
pub(super) fn multipart(fields: &[(&str, &str)], file: &[u8]) -> (String, Vec<u8>) {
    let boundary = "practice-boundary";
    let mut body = Vec::new();
    for (name, value) in fields {
        let part = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        );
        body.extend_from_slice(part.as_bytes());
    }
    let head = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    );
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(file);
    body.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={boundary}"), body)
}

/// Announces and sends a file; the value that later mutations name it by.
pub(super) async fn upload(practice: &Practice, resource: &str, content: &[u8]) -> Value {
    let input = json!([{"resource": resource, "filename": "f.bin", "mimeType": "text/plain", "httpMethod": "POST"}]);
    let staged = practice
        .done("staged_uploads_create", json!({"input": input}))
        .await;
    let target = &staged["stagedTargets"][0];
    let parameters = target["parameters"].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let fields: Vec<(String, String)> = parameters
        .iter()
        .map(|one| (text(&one["name"]), text(&one["value"])))
        .collect();
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let (kind, body) = multipart(&fields, content);
    let url = text(&target["url"]);
    let answer = practice
        .client
        .post(url)
        .header("content-type", kind)
        .body(body)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 201);
    if resource == "IMAGE" {
        return target["resourceUrl"].clone();
    }
    parameters.iter().find(|one| one["name"] == "key").unwrap()["value"].clone()
}

#[tokio::test]
async fn a_picture_is_ready_after_a_while() {
    let practice = Practice::open(10);
    let source = upload(&practice, "IMAGE", b"picture").await;
    let files = json!([{"originalSource": source, "alt": "A mug", "contentType": "IMAGE"}]);
    let made = practice.done("file_create", json!({"files": files})).await;
    let id = &made["files"][0]["id"];
    assert_eq!(status(&practice, id).await["fileStatus"], "UPLOADED");
    assert_eq!(status(&practice, id).await["image"], Value::Null);
    practice.wait(2_000);
    assert_eq!(status(&practice, id).await["fileStatus"], "PROCESSING");
    let mug = practice.mug("MUG").await;
    let attach = json!({"files": [{"id": id, "referencesToAdd": [mug.product]}]});
    let errors = practice.refused("file_update", attach.clone()).await;
    assert_eq!(codes(&errors), ["NON_READY_STATE"]);
    practice.wait(2_000);
    let ready = status(&practice, id).await;
    assert_eq!(ready["fileStatus"], "READY");
    let picture = practice
        .client
        .get(ready["image"]["url"].as_str().unwrap())
        .send()
        .await
        .unwrap();
    assert!(picture.bytes().await.unwrap().starts_with(b"\x89PNG"));
    practice.done("file_update", attach).await;
    let append = json!([{"variantId": mug.variant, "mediaIds": [id]}]);
    let append = json!({"productId": mug.product, "variantMedia": append});
    practice.done("variant_append_media", append.clone()).await;
    let errors = practice.refused("variant_append_media", append).await;
    assert_eq!(codes(&errors), ["PRODUCT_VARIANT_ALREADY_HAS_MEDIA"]);
}

#[tokio::test]
async fn a_picture_that_cannot_be_had_fails_later() {
    let practice = Practice::open(10);
    let files = json!([
        {"originalSource": "https://shop.test/broken.jpg"},
        {"originalSource": format!("{}/staged-uploads/tmp/1/products/none.png", practice.server.url())},
    ]);
    let made = practice.done("file_create", json!({"files": files})).await;
    practice.wait(10_000);
    for (nth, code) in [
        (0, "IMAGE_DOWNLOAD_FAILURE"),
        (1, "GENERIC_FILE_DOWNLOAD_FAILURE"),
    ] {
        let failed = status(&practice, &made["files"][nth]["id"]).await;
        assert_eq!(failed["fileStatus"], "FAILED");
        assert_eq!(failed["fileErrors"][0]["code"], code);
    }
}

#[tokio::test]
async fn pictures_of_a_product_are_kept_by_id_and_made_anew_by_source() {
    let practice = Practice::open(10);
    let set = async |product: Option<&Value>, files: Value| {
        let identifier = product.map(|id| json!({"id": id}));
        let variables =
            json!({"identifier": identifier, "input": {"title": "Mug", "files": files}});
        practice.done("product_set", variables).await["product"]["id"].clone()
    };
    let media = async |id: &Value| {
        let query =
            "query Media($id: ID!) { product(id: $id) { media(first: 10) { nodes { id alt } } } }";
        let answer = practice.ask(query, json!({"id": id})).await;
        answer["data"]["product"]["media"]["nodes"]
            .as_array()
            .unwrap()
            .clone()
    };
    let source = |name: &str| json!({"originalSource": format!("https://shop.test/{name}.jpg")});
    let id = set(None, json!([source("a"), source("b")])).await;
    let before = media(&id).await;
    assert_eq!(before.len(), 2);
    set(
        Some(&id),
        json!([{"id": before[1]["id"], "alt": "Side"}, source("a")]),
    )
    .await;
    let after = media(&id).await;
    assert_eq!(after[0], json!({"id": before[1]["id"], "alt": "Side"}));
    assert_ne!(
        after[1]["id"], before[0]["id"],
        "a source is fetched anew each time"
    );
    let moves = json!([{"id": after[1]["id"], "newPosition": "0"}]);
    let job = practice
        .data("product_reorder_media", json!({"id": id, "moves": moves}))
        .await;
    let job = &job["productReorderMedia"]["job"]["id"];
    assert_eq!(
        practice.data("job_status", json!({"id": job})).await["job"]["done"],
        true
    );
    assert_eq!(media(&id).await[0]["id"], after[1]["id"]);
}

#[tokio::test]
async fn an_upload_needs_all_that_was_asked_for() {
    let practice = Practice::open(10);
    let (kind, body) = multipart(&[("key", "tmp/1/bulk/f")], b"x");
    let url = format!("{}/staged-uploads/", practice.server.url());
    let answer = practice
        .client
        .post(&url)
        .header("content-type", kind)
        .body(body)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 403);
    let put = format!("{}/staged-uploads/tmp/1/products/f", practice.server.url());
    assert_eq!(
        practice
            .client
            .put(put)
            .body("x")
            .send()
            .await
            .unwrap()
            .status(),
        403
    );
}

#[tokio::test]
async fn plain_bytes_are_put_where_it_was_said() {
    let practice = Practice::open(10);
    let input = json!([{"resource": "IMAGE", "filename": "my mug (1).png", "mimeType": "image/png", "httpMethod": "PUT"}]);
    let staged = practice
        .done("staged_uploads_create", json!({"input": input}))
        .await;
    let target = &staged["stagedTargets"][0];
    let url = target["url"].as_str().unwrap();
    assert_eq!(
        practice
            .client
            .put(url)
            .body("picture")
            .send()
            .await
            .unwrap()
            .status(),
        200
    );
    let files = json!([{"originalSource": target["resourceUrl"]}]);
    let made = practice.done("file_create", json!({"files": files})).await;
    practice.wait(4_000);
    assert_eq!(
        status(&practice, &made["files"][0]["id"]).await["fileStatus"],
        "READY"
    );
}
