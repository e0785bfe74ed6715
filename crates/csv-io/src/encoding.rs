//! Encodings: how the characters of a file are written as bytes. Every encoding of the WHATWG
//! standard can be chosen.

use std::borrow::Cow;
use std::fmt;

use super::dos::{CP437, CP850, CP852, DosDecoder, DosPage};
use encoding_rs::{CoderResult, Decoder, DecoderResult};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use ts_rs::TS;

/// How the characters of a file are written as bytes. In JSON and on the command line it is its key,
/// such as `utf-8` or `windows-1252`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, TS)]
#[ts(as = "String")]
pub struct Encoding(Table);

/// Where its characters stand.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Table {
    /// In the standard of the web.
    Web(&'static encoding_rs::Encoding),
    /// In a code page of DOS.
    Dos(&'static DosPage),
}

use Table::{Dos, Web};

/// The code pages of DOS that can be chosen.
const DOS: [&DosPage; 3] = [&CP850, &CP437, &CP852];

/// Turns the bytes of a file into text, piece by piece.
pub(super) enum AnyDecoder {
    /// Of the standard of the web.
    Web(Box<Decoder>),
    /// Of a code page of DOS.
    Dos(Box<DosDecoder>),
}

impl AnyDecoder {
    /// Decodes as much as fits: how it ended, how many bytes were read, and how many were written.
    pub(super) fn decode(
        &mut self,
        bytes: &[u8],
        text: &mut [u8],
        last: bool,
    ) -> (DecoderResult, usize, usize) {
        match self {
            Self::Web(decoder) => decoder.decode_to_utf8_without_replacement(bytes, text, last),
            Self::Dos(decoder) => decoder.decode(bytes, text),
        }
    }
}

/// Each with the people who write it; those met most often first.
const ALL: &[(&encoding_rs::Encoding, &str)] = &[
    (encoding_rs::UTF_8, ""),
    (encoding_rs::WINDOWS_1252, "Western"),
    (encoding_rs::UTF_16LE, "little endian"),
    (encoding_rs::UTF_16BE, "big endian"),
    (encoding_rs::WINDOWS_1250, "Central European"),
    (encoding_rs::WINDOWS_1251, "Cyrillic"),
    (encoding_rs::WINDOWS_1253, "Greek"),
    (encoding_rs::WINDOWS_1254, "Turkish"),
    (encoding_rs::WINDOWS_1255, "Hebrew"),
    (encoding_rs::WINDOWS_1256, "Arabic"),
    (encoding_rs::WINDOWS_1257, "Baltic"),
    (encoding_rs::WINDOWS_1258, "Vietnamese"),
    (encoding_rs::WINDOWS_874, "Thai"),
    (encoding_rs::MACINTOSH, "Mac, Western"),
    (encoding_rs::X_MAC_CYRILLIC, "Mac, Cyrillic"),
    (encoding_rs::SHIFT_JIS, "Japanese"),
    (encoding_rs::EUC_JP, "Japanese"),
    (encoding_rs::ISO_2022_JP, "Japanese"),
    (encoding_rs::GBK, "Simplified Chinese"),
    (encoding_rs::GB18030, "Chinese"),
    (encoding_rs::BIG5, "Traditional Chinese"),
    (encoding_rs::EUC_KR, "Korean"),
    (encoding_rs::ISO_8859_2, "Central European"),
    (encoding_rs::ISO_8859_3, "South European"),
    (encoding_rs::ISO_8859_4, "Baltic"),
    (encoding_rs::ISO_8859_5, "Cyrillic"),
    (encoding_rs::ISO_8859_6, "Arabic"),
    (encoding_rs::ISO_8859_7, "Greek"),
    (encoding_rs::ISO_8859_8, "Hebrew"),
    (encoding_rs::ISO_8859_8_I, "Hebrew, logical order"),
    (encoding_rs::ISO_8859_10, "Nordic"),
    (encoding_rs::ISO_8859_13, "Baltic"),
    (encoding_rs::ISO_8859_14, "Celtic"),
    (encoding_rs::ISO_8859_15, "Western, with €"),
    (encoding_rs::ISO_8859_16, "Romanian"),
    (encoding_rs::KOI8_R, "Russian"),
    (encoding_rs::KOI8_U, "Ukrainian"),
    (encoding_rs::IBM866, "DOS, Cyrillic"),
];

impl Encoding {
    /// UTF-8, with or without a byte order mark.
    pub const UTF_8: Self = Self(Web(encoding_rs::UTF_8));
    /// UTF-16, low byte first: what Excel calls "Unicode text".
    pub const UTF_16LE: Self = Self(Web(encoding_rs::UTF_16LE));
    /// UTF-16, high byte first.
    pub const UTF_16BE: Self = Self(Web(encoding_rs::UTF_16BE));
    /// What Excel on Windows writes as "CSV" in Western countries.
    pub const WINDOWS_1252: Self = Self(Web(encoding_rs::WINDOWS_1252));

    /// All of them, those met most often first.
    pub fn all() -> impl Iterator<Item = Self> {
        let web = ALL.iter().map(|(encoding, _)| Self(Web(encoding)));
        web.chain(Self::of_dos())
    }

    /// The code pages of DOS.
    pub(super) fn of_dos() -> impl Iterator<Item = Self> {
        DOS.map(|page| Self(Dos(page))).into_iter()
    }

    /// Its name for people.
    pub fn label(self) -> String {
        let encoding = match self.0 {
            Web(encoding) => encoding,
            Dos(page) => return page.label.to_owned(),
        };
        let name =
            encoding
                .name()
                .replacen("windows", "Windows", 1)
                .replacen("macintosh", "Macintosh", 1);
        match ALL.iter().find(|(other, _)| *other == encoding) {
            Some((_, whose)) if !whose.is_empty() => format!("{name} ({whose})"),
            _ => name,
        }
    }

    /// Its name on the command line and in JSON.
    pub fn key(self) -> String {
        match self.0 {
            Web(encoding) => encoding.name().to_ascii_lowercase(),
            Dos(page) => page.key.to_owned(),
        }
    }

    /// The encoding with this name, or one of its common names: `utf8`, `cp1252`, `latin1`, `sjis`.
    pub fn from_key(key: &str) -> Option<Self> {
        let key = key.trim().to_ascii_lowercase();
        let by_label =
            |label: &str| encoding_rs::Encoding::for_label_no_replacement(label.as_bytes());
        let page = key.trim_start_matches("cp").trim_start_matches(['-', '_']);
        let dos = key.trim_start_matches("dos-").trim_start_matches("ibm");
        let dos = dos.trim_start_matches("cp").trim_start_matches(['-', '_']);
        if let Some(page) = DOS
            .into_iter()
            .find(|page| page.key.ends_with(dos) && dos.len() == 3)
        {
            return Some(Self(Dos(page)));
        }
        let found = match key.as_str() {
            "ansi" => Some(encoding_rs::WINDOWS_1252),
            "mac" | "macroman" | "mac-roman" => Some(encoding_rs::MACINTOSH),
            "utf16le" => Some(encoding_rs::UTF_16LE),
            "utf16be" => Some(encoding_rs::UTF_16BE),
            "utf16" => Some(encoding_rs::UTF_16LE),
            "latin9" => Some(encoding_rs::ISO_8859_15),
            "cp932" => Some(encoding_rs::SHIFT_JIS),
            "cp936" => Some(encoding_rs::GBK),
            "cp949" => Some(encoding_rs::EUC_KR),
            "cp950" => Some(encoding_rs::BIG5),
            _ => by_label(&key)
                .or_else(|| by_label(&key.replace('_', "-")))
                .or_else(|| by_label(&format!("windows-{page}"))),
        };
        let found = Self(Web(found?));
        Self::all().any(|known| known == found).then_some(found)
    }

    /// The encoding that `chardetng` or `encoding_rs` speak of.
    pub(super) const fn of(encoding: &'static encoding_rs::Encoding) -> Self {
        Self(Web(encoding))
    }

    pub(super) fn decoder(self) -> AnyDecoder {
        match self.0 {
            Web(encoding) => AnyDecoder::Web(Box::new(encoding.new_decoder_with_bom_removal())),
            Dos(page) => AnyDecoder::Dos(Box::new(DosDecoder(page.table()))),
        }
    }

    /// Whether it is older than Unicode, so that a control character of the second row of Latin-1 is a
    /// byte that means nothing in it.
    pub(super) fn is_legacy(self) -> bool {
        ![Self::UTF_8, Self::UTF_16LE, Self::UTF_16BE].contains(&self)
            && self.0 != Web(encoding_rs::GB18030)
    }

    /// A few bytes as text.
    pub(super) fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        match self.0 {
            Web(encoding) => encoding.decode_without_bom_handling(bytes).0,
            Dos(page) => {
                let table = page.table();
                let characters = bytes.iter().map(|byte| table[usize::from(*byte)]);
                Cow::Owned(characters.collect())
            }
        }
    }

    /// The start of a text that begins with `bytes`, for a look at it.
    pub(super) fn decode_start(self, bytes: &[u8]) -> String {
        let encoding = match self.0 {
            Web(encoding) => encoding,
            Dos(_) => return self.decode(bytes).into_owned(),
        };
        let mut text = String::with_capacity(bytes.len() * 3);
        // The last character may be cut off, so the input is not said to end here.
        let mut decoder = encoding.new_decoder_with_bom_removal();
        let (result, ..) = decoder.decode_to_string(bytes, &mut text, false);
        debug_assert_eq!(result, CoderResult::InputEmpty);
        text
    }
}

impl fmt::Debug for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.key())
    }
}

impl Serialize for Encoding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.key())
    }
}

impl<'de> Deserialize<'de> for Encoding {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let key = String::deserialize(deserializer)?;
        let unknown = || serde::de::Error::custom(format!("there is no encoding \"{key}\""));
        Self::from_key(&key).ok_or_else(unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::Encoding;

    #[test]
    fn an_encoding_is_named_by_its_key_or_its_common_names() {
        for encoding in Encoding::all() {
            assert_eq!(Encoding::from_key(&encoding.key()), Some(encoding));
            let json = serde_json::to_value(encoding).unwrap();
            assert_eq!(json, encoding.key());
            assert_eq!(serde_json::from_value::<Encoding>(json).unwrap(), encoding);
            assert!(!encoding.label().is_empty());
        }
        for (name, key) in [
            ("UTF-8", "utf-8"),
            ("utf8", "utf-8"),
            ("CP1252", "windows-1252"),
            ("windows_1252", "windows-1252"),
            ("latin1", "windows-1252"),
            ("1250", "windows-1250"),
            ("utf-16le", "utf-16le"),
            ("utf16", "utf-16le"),
            ("sjis", "shift_jis"),
            ("latin9", "iso-8859-15"),
            ("mac", "macintosh"),
            ("cp936", "gbk"),
            ("cp850", "ibm850"),
            ("CP437", "ibm437"),
            ("852", "ibm852"),
            ("ibm866", "ibm866"),
            ("cp866", "ibm866"),
        ] {
            let found = Encoding::from_key(name).map(Encoding::key);
            assert_eq!(found.as_deref(), Some(key), "{name}");
        }
        for name in ["ebcdic", "cp851", "x-user-defined", "replacement", ""] {
            assert_eq!(Encoding::from_key(name), None, "{name}");
        }
    }

    #[test]
    fn a_code_page_of_dos_is_read() {
        let cp850 = Encoding::from_key("cp850").unwrap();
        assert_eq!(cp850.decode(b"M\x81ller \x9c5 \xd5"), "Müller £5 ı");
        let cp437 = Encoding::from_key("cp437").unwrap();
        assert_eq!(cp437.decode(b"\x80\xe1\xff"), "Çß\u{a0}");
        // The room ends in the middle: nothing is lost, nothing is written in halves.
        let mut text = [0; 3];
        let mut decoder = cp850.decoder();
        let (_, read, written) = decoder.decode(b"\x81\x81", &mut text, true);
        assert_eq!((read, written), (1, 2));
        for encoding in [cp850, cp437] {
            let all: Vec<u8> = (0..=255).collect();
            assert_eq!(encoding.decode(&all).chars().count(), 256);
        }
    }

    #[test]
    fn people_read_whose_an_encoding_is() {
        assert_eq!(Encoding::UTF_8.label(), "UTF-8");
        assert_eq!(Encoding::WINDOWS_1252.label(), "Windows-1252 (Western)");
    }
}
