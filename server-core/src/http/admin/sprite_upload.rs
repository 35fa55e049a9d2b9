//! Reads an uploaded sprite, from a form or from JSON.

use axum::extract::multipart::Field;
use axum::extract::{FromRequest, Multipart, Request};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header;
use serde_json::{Map, Value};

use crate::http::assets::CATEGORY_CHARS;
use crate::http::{ApiError, extract, words};
use contract::rest_assets::SpriteUpload;
use store::assets::{MAX_UPLOAD_BYTES, NewSprite, PngError, SheetImage, default_metadata};

/// Longest name of a sprite, in characters.
pub(super) const NAME_CHARS: usize = 100;
/// Largest body of an upload: the largest image as base64, its metadata, and room for the form.
pub(super) const MAX_BODY_BYTES: usize = MAX_UPLOAD_BYTES / 3 * 4 + 64 * 1024;
/// Longest text field of a form, in bytes.
const MAX_TEXT_BYTES: usize = 16 * 1024;

/// What arrived, not yet looked at.
#[derive(Debug, Default)]
pub(super) struct Upload {
    name: Option<String>,
    category: Option<String>,
    image: Option<Vec<u8>>,
    metadata: Option<Map<String, Value>>,
}

impl Upload {
    /// Checks everything and packs the image again. Blocks for as long as that takes.
    pub(super) fn check(self) -> Result<NewSprite, ApiError> {
        let name = words::required("name", self.name, NAME_CHARS)?;
        let category = words::required("category", self.category, CATEGORY_CHARS)?;
        let image = self
            .image
            .ok_or_else(|| ApiError::bad_request("missing-field", "The image is missing."))?;
        let image = SheetImage::from_upload(&image).map_err(refuse_image)?;
        let metadata = self.metadata.unwrap_or_else(|| default_metadata(&image));
        Ok(NewSprite {
            name,
            category,
            image,
            metadata,
        })
    }
}

/// Why an image is not taken.
pub(super) fn refuse_image(error: PngError) -> ApiError {
    ApiError::bad_request("invalid-image", error.to_string())
}

/// Reads the body of a request, whichever of the two kinds it is.
///
/// # Errors
/// 400 for anything that is not a complete form or JSON object of at most [`MAX_BODY_BYTES`].
pub(super) async fn read(request: Request) -> Result<Upload, ApiError> {
    let kind = request.headers().get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind
        .trim_start()
        .to_ascii_lowercase()
        .starts_with("multipart/")
    {
        let form = Multipart::from_request(request, &()).await;
        return read_form(form.map_err(|_| broken_form())?).await;
    }
    let body: SpriteUpload = extract::read_json(request, MAX_BODY_BYTES).await?;
    Ok(Upload {
        name: body.name,
        category: body.category,
        image: body.image.as_deref().map(decode_base64).transpose()?,
        metadata: body.metadata,
    })
}

async fn read_form(mut form: Multipart) -> Result<Upload, ApiError> {
    let mut upload = Upload::default();
    while let Some(field) = form.next_field().await.map_err(|_| broken_form())? {
        match field.name().unwrap_or_default() {
            "name" => upload.name = Some(read_text(field).await?),
            "category" => upload.category = Some(read_text(field).await?),
            "image" => {
                let bytes = read_bytes(field, MAX_UPLOAD_BYTES).await?;
                let bytes = bytes.ok_or_else(|| refuse_image(PngError::TooLarge))?;
                upload.image = Some(bytes);
            }
            "metadata" => {
                let text = read_text(field).await?;
                if !text.trim().is_empty() {
                    let metadata = serde_json::from_str(&text).map_err(|_| {
                        ApiError::invalid("The field metadata has the wrong kind of value.")
                    })?;
                    upload.metadata = Some(metadata);
                }
            }
            // Browsers may add fields of their own.
            _ => {}
        }
    }
    Ok(upload)
}

async fn read_text(field: Field<'_>) -> Result<String, ApiError> {
    let bytes = read_bytes(field, MAX_TEXT_BYTES).await?;
    bytes
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .ok_or_else(broken_form)
}

/// The content of a field, `None` as soon as it is over `limit` bytes.
async fn read_bytes(mut field: Field<'_>, limit: usize) -> Result<Option<Vec<u8>>, ApiError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|_| broken_form())? {
        if bytes.len() + chunk.len() > limit {
            return Ok(None);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(Some(bytes))
}

fn decode_base64(text: &str) -> Result<Vec<u8>, ApiError> {
    let text = text.trim();
    let text = text.strip_prefix("data:image/png;base64,").unwrap_or(text);
    STANDARD
        .decode(text)
        .map_err(|_| ApiError::invalid("The image is not base64."))
}

fn broken_form() -> ApiError {
    ApiError::bad_request(
        "broken-form",
        "The form did not arrive completely, or is too large.",
    )
}
