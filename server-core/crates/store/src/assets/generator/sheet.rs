//! Sixteen frames in one image.

use image::RgbaImage;
use serde_json::{Map, Value};

use super::canvas::Canvas;
use super::figure;
use super::look::Look;
use super::pose::{Direction, Pose, WALK_FRAMES};

/// Width of one frame, in pixels.
pub const FRAME_WIDTH: u32 = 48;
/// Height of one frame, in pixels.
pub const FRAME_HEIGHT: u32 = 80;
/// Where the feet stand in a frame.
const FEET: (u16, u16) = (24, 74);
/// Frames per second at walking pace.
const FRAMES_PER_SECOND: u32 = 8;

/// Draws the whole sheet: a row per direction (down, left, right, up), a column per walk frame
/// (step, pass, step, pass), transparent around the people.
///
/// The same look always gives the same pixels.
#[must_use]
pub fn draw_sheet(look: &Look) -> RgbaImage {
    let columns = WALK_FRAMES as u32;
    let rows = Direction::ALL.len() as u32;
    let mut sheet = RgbaImage::new(FRAME_WIDTH * columns, FRAME_HEIGHT * rows);
    for (row, direction) in (0..).zip(Direction::ALL) {
        for column in 0..columns {
            let pose = Pose::new(direction, column as usize);
            // Each frame has a surface of its own, so that nothing reaches into its neighbours.
            if let Some(frame) = draw_frame(look, &pose) {
                let at = (column * FRAME_WIDTH, row * FRAME_HEIGHT);
                image::imageops::replace(&mut sheet, &frame, at.0.into(), at.1.into());
            }
        }
    }
    sheet
}

fn draw_frame(look: &Look, pose: &Pose) -> Option<RgbaImage> {
    let feet = (f32::from(FEET.0), f32::from(FEET.1));
    let mut canvas = Canvas::new(FRAME_WIDTH, FRAME_HEIGHT, feet)?;
    figure::draw(&mut canvas, look, pose);
    let pixels = canvas.into_pixmap().take_demultiplied();
    RgbaImage::from_raw(FRAME_WIDTH, FRAME_HEIGHT, pixels)
}

/// How a sheet divides into frames that [`draw_sheet`] drew.
#[must_use]
pub fn sheet_metadata() -> Map<String, Value> {
    let words = Direction::ALL.map(|direction| Value::from(direction.word()));
    Map::from_iter([
        ("frameWidth".to_owned(), FRAME_WIDTH.into()),
        ("frameHeight".to_owned(), FRAME_HEIGHT.into()),
        ("rows".to_owned(), Value::from_iter(words)),
        ("framesPerRow".to_owned(), WALK_FRAMES.into()),
        ("feetX".to_owned(), FEET.0.into()),
        ("feetY".to_owned(), FEET.1.into()),
        ("framesPerSecond".to_owned(), FRAMES_PER_SECOND.into()),
    ])
}
