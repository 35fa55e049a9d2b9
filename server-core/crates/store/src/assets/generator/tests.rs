use image::RgbaImage;
use sha2::{Digest, Sha256};

use super::*;
use crate::assets::{STARTER_SET, Starter};

fn ana() -> Look {
    STARTER_SET[0].look
}

fn hash(sheet: &RgbaImage) -> String {
    let digest = Sha256::digest(sheet.as_raw());
    digest.iter().take(8).map(|b| format!("{b:02x}")).collect()
}

fn frame(sheet: &RgbaImage, column: u32, row: u32) -> RgbaImage {
    let at = (column * FRAME_WIDTH, row * FRAME_HEIGHT);
    image::imageops::crop_imm(sheet, at.0, at.1, FRAME_WIDTH, FRAME_HEIGHT).to_image()
}

/// A change of the drawing is meant to fail here: look at the sheets, then note the new hash.
#[test]
fn a_sheet_is_the_same_pixels_on_every_machine() {
    assert_eq!(hash(&draw_sheet(&ana())), "003d450e1a41424b");
}

#[test]
fn a_sheet_has_the_size_its_metadata_promises() {
    let sheet = draw_sheet(&ana());
    let metadata = sheet_metadata();
    assert_eq!(sheet.dimensions(), (192, 320));
    assert_eq!(metadata["frameWidth"], 48);
    assert_eq!(metadata["frameHeight"], 80);
    assert_eq!(metadata["framesPerRow"], 4);
    assert_eq!(
        metadata["rows"],
        serde_json::json!(["down", "left", "right", "up"])
    );
}

#[test]
fn every_direction_and_step_differs() {
    for Starter { id, look, .. } in &STARTER_SET {
        let sheet = draw_sheet(look);
        let frames: Vec<_> = (0..4)
            .flat_map(|row| (0..4).map(move |column| (column, row)))
            .map(|(column, row)| frame(&sheet, column, row))
            .collect();
        for (at, picture) in frames.iter().enumerate() {
            // The two passes of a walk are the same picture.
            let first = frames.iter().position(|other| other == picture);
            let expected = if at % 4 == 3 { at - 2 } else { at };
            assert_eq!(first, Some(expected), "{id}, frame {at}");
        }
    }
}

#[test]
fn nobody_reaches_out_of_the_cell() {
    const MARGIN: u32 = 10;
    let inside = |x: u32, y: u32| {
        (MARGIN..MARGIN + FRAME_WIDTH).contains(&x) && (MARGIN..MARGIN + FRAME_HEIGHT).contains(&y)
    };
    for Starter { id, look, .. } in &STARTER_SET {
        for direction in pose::Direction::ALL {
            for number in 0..pose::WALK_FRAMES {
                let mut canvas = canvas::Canvas::new(
                    FRAME_WIDTH + 2 * MARGIN,
                    FRAME_HEIGHT + 2 * MARGIN,
                    (34.0, 84.0),
                )
                .unwrap();
                figure::draw(&mut canvas, look, &pose::Pose::new(direction, number));
                let drawn = canvas.into_pixmap();
                for (at, pixel) in (0..).zip(drawn.pixels()) {
                    let (x, y) = (at % drawn.width(), at / drawn.width());
                    assert!(
                        inside(x, y) || pixel.alpha() == 0,
                        "{id}, {} {number} at {x}, {y}",
                        direction.word()
                    );
                }
            }
        }
    }
}

#[test]
fn left_is_right_mirrored_but_for_the_light() {
    let sheet = draw_sheet(&ana());
    let mirrored = image::imageops::flip_horizontal(&frame(&sheet, 1, 1));
    let right = frame(&sheet, 1, 2);
    assert_ne!(mirrored, right);
    // Above the ground shadow the two cover the same pixels, within the rounding of a mirror.
    let differing = mirrored
        .enumerate_pixels()
        .filter(|(x, y, p)| *y < 64 && p[3].abs_diff(right.get_pixel(*x, *y)[3]) > 40)
        .count();
    assert!(differing < 20, "{differing} pixels differ");
}

#[test]
fn the_starter_set_wears_everything_there_is() {
    let looks = STARTER_SET.map(|starter| starter.look);
    assert!(
        HairStyle::ALL
            .iter()
            .all(|h| looks.iter().any(|l| l.hair == *h))
    );
    assert!(
        Outfit::ALL
            .iter()
            .all(|o| looks.iter().any(|l| l.outfit == *o))
    );
    assert!(Skin::ALL.iter().all(|s| looks.iter().any(|l| l.skin == *s)));
    assert!(
        ShoeColour::ALL
            .iter()
            .all(|s| looks.iter().any(|l| l.shoes == *s))
    );
    assert!(
        Expression::ALL
            .iter()
            .all(|e| looks.iter().any(|l| l.expression == *e))
    );
    let sheets: std::collections::HashSet<_> = looks.iter().map(|l| hash(&draw_sheet(l))).collect();
    assert_eq!(sheets.len(), STARTER_SET.len());
}

#[test]
fn layers_name_what_is_worn() {
    let check = |look: Look, hair: Option<&str>, face: &str, outfit: &str, shoes: &str| {
        let expected = serde_json::json!({
            "hair": hair, "face": face, "outfit": outfit, "shoes": shoes,
        });
        assert_eq!(serde_json::Value::Object(look.layers()), expected);
    };
    check(
        ana(),
        Some("bun-umber"),
        "smile-honey",
        "hem-coral-yellow",
        "brown",
    );
    let bald = Look {
        hair: HairStyle::None,
        scarf: Some(ClothColour::Teal),
        ..ana()
    };
    check(
        bald,
        None,
        "smile-honey",
        "hem-coral-yellow-scarf-teal",
        "brown",
    );
}

#[test]
fn the_same_words_always_give_the_same_person() {
    let look = look_for("Mira", "avatar", "tall");
    assert_eq!(look_for("Mira", "avatar", "tall"), look);
    assert_ne!(look_for("Mira", "avatar", "small"), look);
    assert_ne!(look_for("Mara", "avatar", "tall"), look);
    // Where one word ends and the next begins counts.
    assert_ne!(look_for("Mirata", "avatar", "ll"), look);
}

#[test]
fn what_is_said_is_drawn() {
    let said = |words: &str| look_for("Somebody", "avatar", words);
    let sailor = said("An old sailor with a white beard, in a red striped coat");
    assert_eq!(sailor.hair, HairStyle::Sailor);
    assert_eq!(sailor.hair_colour, HairColour::Grey);
    assert_eq!(sailor.expression, Expression::Beard);
    assert_eq!(sailor.outfit, Outfit::Stripes);
    assert_eq!(sailor.cloth, ClothColour::Coral);

    let baker = said("baker with curly ginger hair, a blue apron, glasses and brown shoes");
    assert_eq!(baker.hair, HairStyle::Curls);
    assert_eq!(baker.hair_colour, HairColour::Copper);
    assert_eq!(baker.outfit, Outfit::Apron);
    assert_eq!(baker.trim, ClothColour::Blue);
    assert_eq!(baker.expression, Expression::Glasses);
    assert_eq!(baker.shoes, ShoeColour::Brown);

    assert_eq!(said("green scarf").scarf, Some(ClothColour::Green));
    assert_eq!(said("BALD").hair, HairStyle::None);
}

#[test]
fn a_trim_is_never_the_colour_of_its_cloth() {
    for number in 0..500 {
        let look = look_for(&number.to_string(), "avatar", "");
        assert_ne!(look.trim, look.cloth, "{number}");
        assert_ne!(look.scarf, Some(look.cloth), "{number}");
    }
    let plain = look_for("x", "avatar", "cream coat, cream apron, cream scarf");
    assert_ne!(plain.trim, plain.cloth);
}
