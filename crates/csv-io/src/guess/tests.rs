//! Tests of the guess.

use super::*;

fn verdict(bytes: &[u8]) -> (String, bool, Vec<Reading>) {
    let mut guesser = Guesser::new();
    for chunk in bytes.chunks(7) {
        guesser.feed(chunk);
    }
    guesser.feed(b"");
    let (encoding, sure, readings) = guesser.verdict();
    (encoding.key(), sure, readings)
}

fn written(text: &str, encoding: &'static encoding_rs::Encoding) -> Vec<u8> {
    let (bytes, _, lossy) = encoding.encode(text);
    assert!(!lossy, "{text}");
    bytes.into_owned()
}

#[test]
fn what_every_sensible_reading_agrees_about_is_sure() {
    for (text, written_in, key) in [
        (
            "sku;name\nA;Käse\n",
            encoding_rs::WINDOWS_1252,
            "windows-1252",
        ),
        ("A;Café\n", encoding_rs::WINDOWS_1252, "windows-1252"),
        ("größe,GRÖSSE\n", encoding_rs::WINDOWS_1252, "windows-1252"),
        ("P1;żółty\n", encoding_rs::WINDOWS_1250, "windows-1250"),
    ] {
        let (encoding, sure, readings) = verdict(&written(text, written_in));
        assert_eq!((encoding.as_str(), sure), (key, true), "{readings:?}");
    }
}

#[test]
fn what_may_be_read_in_several_ways_is_asked_with_the_words_in_each() {
    for (text, written_in) in [
        ("sku;name\nP1;señor\n", encoding_rs::WINDOWS_1252),
        ("R1;Чашка синяя\n", encoding_rs::WINDOWS_1251),
        ("M1;Käse größe é ü\nCafé Øre\n", encoding_rs::MACINTOSH),
        ("El1;ποτήρι μπλε\n", encoding_rs::WINDOWS_1253),
    ] {
        let (_, sure, readings) = verdict(&written(text, written_in));
        assert!(!sure, "{text}");
        let is_right = |reading: &Reading| {
            !reading.words.is_empty() && reading.words.iter().all(|word| text.contains(word))
        };
        assert!(readings.iter().any(is_right), "{text}: {readings:?}");
    }
}

#[test]
fn many_words_of_a_language_are_sure() {
    let polish =
        "Zażółć gęślą jaźń łódka źdźbło ćma śnieg książka mąka pięść wąż świeca żaba łąka koń";
    let (encoding, sure, _) = verdict(&written(polish, encoding_rs::WINDOWS_1250));
    assert_eq!((encoding.as_str(), sure), ("windows-1250", true));
    let russian =
        "чашка тарелка ложка вилка нож синяя красная зелёная большая маленькая стол стул шкаф";
    let (encoding, sure, _) = verdict(&written(russian, encoding_rs::WINDOWS_1251));
    assert_eq!((encoding.as_str(), sure), ("windows-1251", true));
    let hungarian = "kék űrhajó őszi";
    let (_, sure, _) = verdict(&written(hungarian, encoding_rs::WINDOWS_1250));
    assert!(!sure, "a few words are not enough");
}

#[test]
fn east_asian_text_is_found() {
    for (text, written_in, key) in [
        (
            "J1,青いコップ,1.5\nJ2,ボール大,2\n",
            encoding_rs::SHIFT_JIS,
            "shift_jis",
        ),
        ("G1,陶瓷杯子\nG2,红色茶壶\n", encoding_rs::GBK, "gbk"),
    ] {
        let (encoding, _, readings) = verdict(&written(text, written_in));
        assert_eq!(encoding, key, "{readings:?}");
    }
}

#[test]
fn a_few_damaged_bytes_do_not_make_a_utf8_file_another() {
    let check = |bytes: &[u8]| {
        let mut check = Utf8Check::default();
        check.feed(bytes);
        (check.is_valid(), check.is_utf8())
    };
    assert_eq!(check("Käse größe Łódź".as_bytes()), (true, true));
    assert_eq!(
        check(b"K\xc3\xa4se gr\xc3\xb6\xc3\x9fe; caf\xe9"),
        (false, true)
    );
    assert_eq!(
        check(b"K\xc3\xa4se gr\xc3\xb6\xc3\x9fe \xc3"),
        (false, true)
    );
    assert_eq!(check(b"caf\xe9, th\xe9, \xe0 la"), (false, false));
    assert_eq!(check(b"sku,name"), (true, true));
}

#[test]
fn utf16_is_told_from_text_with_a_zero_byte() {
    let le = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let be = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_be_bytes).collect() };
    let text = "sku\tname\r\nA1\tKäse 😀 一\r\n";
    assert_eq!(utf16_without_mark(&le(text)), Some(Encoding::UTF_16LE));
    assert_eq!(utf16_without_mark(&be(text)), Some(Encoding::UTF_16BE));
    let chinese = "编号,名称\r\nA1,陶瓷杯子\r\nA2,红色茶壶\r\n";
    assert_eq!(utf16_without_mark(&le(chinese)), Some(Encoding::UTF_16LE));
    assert_eq!(utf16_without_mark(b"sku,name\nA3,x\0y\n"), None);
    assert_eq!(utf16_without_mark(b"a\0\0\0b\0\0\0c\0\0\0"), None);
    assert_eq!(utf16_without_mark(b"sku,name\n"), None);
}

#[test]
fn the_code_pages_of_dos_are_offered_where_windows_makes_no_sense() {
    // "Käse größe é" and "Müller", as a cash register writes them.
    for (bytes, right) in [
        (&b"D1;K\x84se gr\x94\xe1e \x82;1,5\n"[..], "Käse"),
        (b"M\x81ller;1\n", "Müller"),
        (b"\xbe\xa2\x88ty;k\xa5ka\n", "żółty"),
    ] {
        let (_, sure, readings) = verdict(bytes);
        assert!(!sure, "{right}");
        let is_right = |reading: &Reading| reading.words.iter().any(|word| word == right);
        assert!(readings.iter().any(is_right), "{right}: {readings:?}");
    }
}

#[test]
fn frames_are_no_words_and_take_no_place_from_what_may_be_meant() {
    let (_, sure, readings) = verdict(b"L1;\xbcuvre 5 \xa4;1,5\n");
    assert!(!sure);
    let words: Vec<&str> = readings
        .iter()
        .map(|reading| reading.words[0].as_str())
        .collect();
    assert!(words.contains(&"Œuvre"), "{words:?}");
    assert!(!words.iter().any(|word| word.starts_with('╝')), "{words:?}");
}

#[test]
fn many_words_of_dos_are_never_read_as_others_unasked() {
    let page = |key: &str| Encoding::from_key(key).unwrap();
    let bytes_in = |encoding: Encoding, text: &str| -> Vec<u8> {
        let byte_of =
            |c: char| (0..=255_u8).find(|byte| encoding.decode(&[*byte]) == c.to_string());
        text.chars().map(|c| byte_of(c).unwrap()).collect()
    };
    let german = "Käse Größe Müller schön für Türgriff Schlüssel Öl Übergröße weiß Gefäß Bürste Löffel Schüssel";
    let polish = "żółty źdźbło łódka gęś świeca mąka książka kąt śnieg żaba pięść źrebię ćma łąka";
    let french = "café crème brûlée pêche forêt théâtre à côté élève là où Noël façon reçu";
    for (key, text) in [
        ("ibm850", german),
        ("ibm437", german),
        ("ibm852", polish),
        ("ibm850", french),
    ] {
        let (encoding, sure, readings) = verdict(&bytes_in(page(key), text));
        assert!(!sure, "{key}: sure of {encoding}");
        let is_right = |reading: &Reading| {
            let mut words = reading.words.iter();
            words.all(|word| text.contains(word.as_str()))
        };
        assert!(readings.iter().any(is_right), "{key}: {readings:?}");
    }
}
