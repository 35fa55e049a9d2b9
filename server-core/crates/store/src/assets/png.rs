//! Checks what a host uploads as an image, and writes what is kept.
//!
//! Nothing of an upload is kept but its pixels: they are decoded under limits and written again, so
//! that text chunks, profiles, a second format behind the end and anything a decoder might stumble
//! over never reach a player.

use std::io::Cursor;

use image::codecs::png::{CompressionType, FilterType, PngDecoder, PngEncoder};
use image::{
    DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageError, Limits, RgbaImage,
};
use sha2::{Digest, Sha256};

/// Largest upload, in bytes.
pub const MAX_UPLOAD_BYTES: usize = 256 * 1024;
/// Longest side of an image, in pixels.
pub const MAX_SIDE: u32 = 1024;
/// Most memory that decoding may take, in bytes: the largest image at 16 bits a channel, twice.
const MAX_DECODED_BYTES: u64 = 2 * 8 * MAX_SIDE as u64 * MAX_SIDE as u64;
/// The eight bytes every PNG begins with.
const SIGNATURE: [u8; 8] = [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n'];

/// Why an upload is not taken. The texts are sentences for the person who uploads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PngError {
    /// Over [`MAX_UPLOAD_BYTES`].
    #[error("The image is larger than 256 KiB.")]
    TooLarge,
    /// Some other kind of file.
    #[error("The image is not a PNG.")]
    NotPng,
    /// A side is over [`MAX_SIDE`].
    #[error("The image may be at most 1024 pixels wide and 1024 high.")]
    TooManyPixels,
    /// It breaks off, or its parts contradict each other.
    #[error("The image is damaged.")]
    Damaged,
}

/// An image as it is stored and served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetImage {
    /// The file.
    pub png: Vec<u8>,
    /// SHA-256 of the file, in hex.
    pub checksum: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

impl SheetImage {
    /// Packs pixels.
    ///
    /// # Errors
    /// [`PngError::Damaged`] when the encoder refuses, which it does for no image with pixels.
    pub fn encode(pixels: &RgbaImage) -> Result<Self, PngError> {
        let (width, height) = pixels.dimensions();
        let mut png = Vec::new();
        PngEncoder::new_with_quality(&mut png, CompressionType::Best, FilterType::Adaptive)
            .write_image(pixels, width, height, ExtendedColorType::Rgba8)
            .map_err(|_| PngError::Damaged)?;
        Ok(Self {
            checksum: hex(&Sha256::digest(&png)),
            png,
            width,
            height,
        })
    }

    /// Checks an upload and packs its pixels again. Takes milliseconds for a large image: call it
    /// where blocking is allowed.
    ///
    /// # Errors
    /// See [`PngError`].
    pub fn from_upload(bytes: &[u8]) -> Result<Self, PngError> {
        if bytes.len() > MAX_UPLOAD_BYTES {
            return Err(PngError::TooLarge);
        }
        if !bytes.starts_with(&SIGNATURE) {
            return Err(PngError::NotPng);
        }
        let mut limits = Limits::default();
        limits.max_image_width = Some(MAX_SIDE);
        limits.max_image_height = Some(MAX_SIDE);
        limits.max_alloc = Some(MAX_DECODED_BYTES);
        let decoder = PngDecoder::with_limits(Cursor::new(bytes), limits.clone());
        let mut decoder = decoder.map_err(|error| reason(&error))?;
        let (width, height) = decoder.dimensions();
        if width > MAX_SIDE || height > MAX_SIDE {
            return Err(PngError::TooManyPixels);
        }
        decoder.set_limits(limits).map_err(|error| reason(&error))?;
        let pixels = DynamicImage::from_decoder(decoder).map_err(|error| reason(&error))?;
        Self::encode(&pixels.into_rgba8())
    }
}

fn reason(error: &ImageError) -> PngError {
    match error {
        ImageError::Limits(_) => PngError::TooManyPixels,
        _ => PngError::Damaged,
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        RgbaImage::from_pixel(width, height, image::Rgba([10, 20, 30, 40]))
            .write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Png)
            .unwrap();
        bytes
    }

    fn check(bytes: &[u8], expected: Result<(u32, u32), PngError>) {
        let found = SheetImage::from_upload(bytes).map(|image| (image.width, image.height));
        assert_eq!(found, expected);
    }

    /// A chunk with a right length and checksum.
    fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
        let body = [kind.as_slice(), data].concat();
        let length = u32::try_from(data.len()).unwrap();
        [
            length.to_be_bytes().as_slice(),
            &body,
            &crc(&body).to_be_bytes(),
        ]
        .concat()
    }

    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0_u32, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
                (crc >> 1) ^ (0xEDB8_8320 & 0_u32.wrapping_sub(crc & 1))
            })
        })
    }

    #[test]
    fn a_good_image_is_taken_at_any_size_up_to_the_limit() {
        check(&png(192, 320), Ok((192, 320)));
        check(&png(1, 1), Ok((1, 1)));
        check(&png(1024, 1024), Ok((1024, 1024)));
    }

    #[test]
    fn a_side_over_the_limit_is_refused() {
        check(&png(1025, 1), Err(PngError::TooManyPixels));
        check(&png(1, 1025), Err(PngError::TooManyPixels));
    }

    #[test]
    fn other_files_are_no_png() {
        check(b"", Err(PngError::NotPng));
        check(b"GIF89a", Err(PngError::NotPng));
        check(b"<svg onload='x'/>", Err(PngError::NotPng));
        check(&png(4, 4)[1..], Err(PngError::NotPng));
    }

    #[test]
    fn a_large_file_is_refused_unread() {
        let mut bytes = png(4, 4);
        bytes.resize(MAX_UPLOAD_BYTES + 1, 0);
        check(&bytes, Err(PngError::TooLarge));
    }

    #[test]
    fn an_image_that_breaks_off_anywhere_is_damaged_and_never_panics() {
        let whole = png(16, 16);
        // The end marker's last bytes carry nothing, so the decoder does not miss them.
        for length in 8..whole.len() - 12 {
            check(&whole[..length], Err(PngError::Damaged));
        }
    }

    #[test]
    fn a_flipped_byte_never_panics() {
        let whole = png(16, 16);
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 0xFF;
            let _ = SheetImage::from_upload(&bytes);
        }
    }

    #[test]
    fn a_header_that_promises_a_huge_image_is_refused_before_it_is_decoded() {
        let header = [
            [0xFF_u8, 0xFF, 0xFF].as_slice(),
            &[0x10, 0, 0, 0xFF, 0xFF, 8, 6, 0, 0, 0],
        ]
        .concat();
        let bytes = [
            SIGNATURE.to_vec(),
            chunk(b"IHDR", &header),
            chunk(b"IEND", &[]),
        ]
        .concat();
        assert!(SheetImage::from_upload(&bytes).is_err());
        let header = [0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60, 8, 6, 0, 0, 0];
        let bytes = [
            SIGNATURE.to_vec(),
            chunk(b"IHDR", &header),
            chunk(b"IDAT", &[0x78, 0x9C]),
            chunk(b"IEND", &[]),
        ]
        .concat();
        check(&bytes, Err(PngError::TooManyPixels));
    }

    #[test]
    fn nothing_but_pixels_survives() {
        let plain = png(8, 8);
        // After the signature and the header chunk.
        let (head, tail) = plain.split_at(33);
        let mut bytes = head.to_vec();
        bytes.extend(chunk(b"tEXt", b"Comment\0<script>alert(1)</script>"));
        bytes.extend(tail);
        bytes.extend(b"<script>more</script>");
        let kept = SheetImage::from_upload(&bytes).unwrap();
        let text = String::from_utf8_lossy(&kept.png);
        assert!(!text.contains("script"), "{text}");
        assert_eq!(kept, SheetImage::from_upload(&plain).unwrap());
    }
}
