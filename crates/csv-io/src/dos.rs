//! The code pages of DOS, which the standard of the web does not have: cash registers and old stock programs
//! still write them.

use encoding_rs::DecoderResult;

/// A code page: ASCII, and 128 characters of its own.
#[derive(PartialEq, Eq, Hash)]
pub(super) struct DosPage {
    /// Its key.
    pub(super) key: &'static str,
    /// Its name for people.
    pub(super) label: &'static str,
    upper: &'static str,
}

/// Western Europe.
pub(super) static CP850: DosPage = DosPage {
    key: "ibm850",
    label: "IBM850 (DOS, Western)",
    upper: UPPER_850,
};

/// The first one, of the United States.
pub(super) static CP437: DosPage = DosPage {
    key: "ibm437",
    label: "IBM437 (DOS, US)",
    upper: UPPER_437,
};

/// Central Europe.
pub(super) static CP852: DosPage = DosPage {
    key: "ibm852",
    label: "IBM852 (DOS, Central European)",
    upper: UPPER_852,
};

const UPPER_850: &str = "\
    ÇüéâäàåçêëèïîìÄÅ\
    ÉæÆôöòûùÿÖÜø£Ø×ƒ\
    áíóúñÑªº¿®¬½¼¡«»\
    ░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
    └┴┬├─┼ãÃ╚╔╩╦╠═╬¤\
    ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀\
    ÓßÔÒõÕµþÞÚÛÙýÝ¯´\
    \u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

const UPPER_437: &str = "\
    ÇüéâäàåçêëèïîìÄÅ\
    ÉæÆôöòûùÿÖÜ¢£¥₧ƒ\
    áíóúñÑªº¿⌐¬½¼¡«»\
    ░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
    └┴┬├─┼╞╟╚╔╩╦╠═╬╧\
    ╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀\
    αßΓπΣσµτΦΘΩδ∞φε∩\
    ≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

const UPPER_852: &str = "\
    ÇüéâäůćçłëŐőîŹÄĆ\
    ÉĹĺôöĽľŚśÖÜŤťŁ×č\
    áíóúĄąŽžĘę¬źČş«»\
    ░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐\
    └┴┬├─┼Ăă╚╔╩╦╠═╬¤\
    đĐĎËďŇÍÎě┘┌█▄ŢŮ▀\
    ÓßÔŃńňŠšŔÚŕŰýÝţ´\
    \u{ad}˝˛ˇ˘§÷¸°¨˙űŘř■\u{a0}";

impl DosPage {
    /// The characters of all bytes.
    pub(super) fn table(&self) -> [char; 256] {
        let mut table = ['\0'; 256];
        let ascii = (0..=0x7f_u8).map(char::from);
        for (place, character) in table.iter_mut().zip(ascii.chain(self.upper.chars())) {
            *place = character;
        }
        table
    }
}

/// Decodes a code page.
pub(super) struct DosDecoder(pub(super) [char; 256]);

impl DosDecoder {
    /// Decodes as much as fits, as `encoding_rs` does: how it ended, how many bytes were read, and
    /// how many were written. Every byte means something.
    pub(super) fn decode(&self, bytes: &[u8], text: &mut [u8]) -> (DecoderResult, usize, usize) {
        let mut written = 0;
        for (read, byte) in bytes.iter().enumerate() {
            let character = self.0[usize::from(*byte)];
            let Some(room) = text.get_mut(written..written + character.len_utf8()) else {
                return (DecoderResult::OutputFull, read, written);
            };
            written += character.encode_utf8(room).len();
        }
        (DecoderResult::InputEmpty, bytes.len(), written)
    }
}
