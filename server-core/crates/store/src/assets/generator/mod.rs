//! Draws the peg people: sprite sheets made by code, four directions by four walk frames.
//!
//! The proportions come from the product's drawing rules for people: a cell of 48 x 80 with the
//! ground line at y 74, light from the upper left, two flat tones per shape and no outline. What is
//! drawn depends on the [`Look`] alone: no clock, no randomness, no database.
//!
//! [`look`] says what a person can wear, [`describe`] finds a look for a name and a sentence,
//! [`figure`] draws one frame, [`sheet`] puts sixteen of them together.

mod canvas;
mod coat;
mod describe;
mod figure;
mod hair;
mod head;
mod look;
mod palette;
mod pose;
mod sheet;

pub use describe::look_for;
pub use look::{Expression, HairStyle, Look, Outfit};
pub use palette::{ClothColour, HairColour, ShoeColour, Skin};
pub use sheet::{FRAME_HEIGHT, FRAME_WIDTH, draw_sheet, sheet_metadata};

#[cfg(test)]
mod tests;
