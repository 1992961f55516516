//! Compressed input, recognised by its first bytes and not by its name.

use std::io::{BufRead, Read};

use crate::problem::Fault;

/// How bytes may be compressed.
#[derive(Clone, Copy)]
pub(super) enum Compression {
    Gzip,
    Zstandard,
}

impl Compression {
    /// By the first bytes: RFC 1952 §2.3.1, RFC 8878 §3.1.1.
    pub(super) fn recognise(head: &[u8]) -> Option<Self> {
        if head.starts_with(&[0x1f, 0x8b, 8]) {
            Some(Self::Gzip)
        } else if head.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
            Some(Self::Zstandard)
        } else {
            None
        }
    }

    /// The bytes as they were.
    ///
    /// # Errors
    /// [`Fault::Unreadable`] for what only begins like compressed bytes.
    #[cfg(feature = "compression")]
    pub(super) fn reader(
        self,
        stream: impl BufRead + Send + 'static,
    ) -> Result<Box<dyn Read + Send>, Fault> {
        Ok(match self {
            Self::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(stream)),
            Self::Zstandard => {
                let decoder = ruzstd::decoding::StreamingDecoder::new(stream);
                let unreadable = |error: ruzstd::decoding::errors::FrameDecoderError| {
                    Fault::Unreadable { reason: error.to_string() }
                };
                Box::new(decoder.map_err(unreadable)?)
            }
        })
    }

    /// Says which feature would read them.
    #[cfg(not(feature = "compression"))]
    pub(super) fn reader(
        self,
        _: impl BufRead + Send + 'static,
    ) -> Result<Box<dyn Read + Send>, Fault> {
        let format = match self {
            Self::Gzip => "file compressed by gzip",
            Self::Zstandard => "file compressed by Zstandard",
        };
        Err(Fault::NotBuilt { format, feature: "compression" })
    }
}

#[cfg(all(test, not(feature = "compression")))]
mod tests_without {
    use super::*;
    use crate::Input;

    #[test]
    fn what_is_not_built_names_the_feature() {
        let input = Input::bytes("x.gz", [0x1f, 0x8b, 8, 0].as_slice());
        let problem = input.open().err().unwrap().to_string();
        assert!(problem.contains("the feature `compression`"), "{problem}");
    }
}

#[cfg(all(test, feature = "compression"))]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::problem::Problem;
    use crate::{Input, digest};

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn zstandard(bytes: &[u8]) -> Vec<u8> {
        use ruzstd::encoding::{CompressionLevel, compress_to_vec};
        compress_to_vec(bytes, CompressionLevel::Fastest)
    }

    fn opened(input: &Input) -> Result<String, Problem> {
        let mut text = String::new();
        input.open()?.read_to_string(&mut text).map_err(|error| input.failed(&error))?;
        Ok(text)
    }

    #[test]
    fn compressed_bytes_are_recognised_by_their_beginning() {
        for bytes in [b"text".to_vec(), gzip(b"text"), zstandard(b"text")] {
            let input = Input::bytes("x", bytes.clone());
            assert_eq!(opened(&input).unwrap(), "text");
            let loaded = input.load().unwrap();
            assert_eq!(loaded.bytes, b"text");
            assert_eq!(loaded.digest, digest([&bytes]));
        }
    }

    #[test]
    fn a_bomb_does_not_go_off() {
        let zeros = vec![b'0'; 10_000_000];
        for bomb in [gzip(&zeros), zstandard(&zeros)] {
            assert!(bomb.len() < 100_000);
            let mut input = Input::bytes("bomb", bomb);
            input.limits.bytes = 100_000;
            let fault = Fault::TooLarge { limit_bytes: 100_000 };
            assert_eq!(opened(&input).unwrap_err().fault, fault);
            assert_eq!(input.load().err().unwrap().fault, fault);
            input.limits.bytes = 10_000_000;
            assert_eq!(input.load().unwrap().bytes.len(), 10_000_000);
        }
    }

    #[test]
    fn a_compressed_stream_that_breaks_off_is_refused() {
        for whole in [gzip(b"some text"), zstandard(b"some text")] {
            for length in 4..whole.len() {
                let input = Input::bytes("x", &whole[..length]);
                let bytes = input.load().map(|loaded| loaded.bytes);
                // Zstandard's checksum is optional and may be missing at the very end.
                assert!(bytes.is_err() || bytes.unwrap() == b"some text", "{length}");
            }
        }
    }
}
