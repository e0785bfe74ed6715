//! The currencies that money is counted in: the codes of ISO 4217 that are in use.

const CODES: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB \
    BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB \
    EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD \
    JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP \
    MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON \
    RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP \
    TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";

/// Whether `code` is the code of a currency, such as `AUD`.
pub fn is_currency(code: &str) -> bool {
    CODES.split_ascii_whitespace().any(|known| known == code)
}

/// What was typed as the code of a currency, as it is kept; empty for none. Otherwise the rule
/// that it breaks.
pub fn check_currency(typed: &str) -> Result<String, &'static str> {
    let code = typed.trim().to_uppercase();
    if code.is_empty() || is_currency(&code) {
        return Ok(code);
    }
    Err("A currency is a code of three letters, such as AUD.")
}

#[cfg(test)]
mod tests {
    use super::{check_currency, is_currency};

    #[test]
    fn a_typed_code_is_kept_in_capitals_or_refused() {
        assert_eq!(check_currency(" aud "), Ok("AUD".to_owned()));
        assert_eq!(check_currency(""), Ok(String::new()));
        assert!(check_currency("dollars").is_err());
    }

    #[test]
    fn codes_are_known_as_written() {
        for (code, known) in [
            ("AUD", true),
            ("ZWG", true),
            ("aud", false),
            ("", false),
            ("AUD AWG", false),
            ("XYZ", false),
        ] {
            assert_eq!(is_currency(code), known, "{code}");
        }
    }
}
