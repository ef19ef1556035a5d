//! Which encoding a text is in that does not say so itself.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, EUC_JP, EUC_KR, GBK, SHIFT_JIS};

/// Of fewer bytes above ASCII, the encodings of East Asia cannot be told from each other.
const FEW: usize = 16;

/// Whether texts that are not UTF-8 are, as far as can be told, Chinese in GB 18030: letters of other encodings can be
/// read as its characters too, to others than were meant.
pub fn is_chinese<'t>(texts: impl Iterator<Item = &'t [u8]>) -> bool {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let mut above_ascii = 0;
    for text in texts {
        above_ascii += text.iter().filter(|byte| !byte.is_ascii()).count();
        detector.feed(text, false);
        detector.feed(b"\n", false);
    }
    detector.feed(b"", true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    guess == GBK || above_ascii < FEW && [BIG5, EUC_JP, EUC_KR, SHIFT_JIS].contains(&guess)
}

#[cfg(test)]
mod tests {
    use encoding_rs::{Encoding, GB18030, WINDOWS_1251, WINDOWS_1252};

    use super::*;

    #[test]
    fn chinese_texts_are_told_from_others() {
        let of = |encoding: &'static Encoding, texts: &[&str]| {
            let texts: Vec<_> = texts.iter().map(|text| encoding.encode(text).0).collect();
            is_chinese(texts.iter().map(|text| &text[..]))
        };
        for texts in [
            &["安流镇,115.6"][..],
            &["安流"],
            &["上磜村委会"],
            &["輋𣒍村,安流镇"],
            &["東門"],
            &["龍華區消防救援大隊", "元朗新墟"],
            &["珺,安流"],
            &["name,class", "县道,二级", "G205国道"],
        ] {
            assert!(of(GB18030, texts), "{texts:?}");
        }
        for texts in [
            &["Cafés de Müller"][..],
            &["Größer"],
            &["Élevée, déjà"],
            &["São João, Câmara"],
            &["Sääski", "Pöytyä"],
        ] {
            assert!(!of(WINDOWS_1252, texts), "{texts:?}");
        }
        assert!(!of(WINDOWS_1251, &["Москва, улица"]));
        assert!(!of(SHIFT_JIS, &["東京都千代田区,消防署"]));
        assert!(!of(EUC_KR, &["서울특별시,소방서"]));
        assert!(!of(BIG5, &["新北市消防局,救災救護大隊"]));
    }
}
