//! Finds a look for a name and a sentence about somebody.
//!
//! Everything that is not said comes from a hash, so the same words always give the same person.
//! What is said wins: "an old sailor with a grey beard in a red striped coat" gets the cap, the
//! beard, the colours and the stripes.

use sha2::{Digest, Sha256};

use super::look::{Expression, HairStyle, Look, Outfit};
use super::palette::{ClothColour, HairColour, ShoeColour, Skin};

/// The look of the person that `name`, `category` and `description` tell about.
#[must_use]
pub fn look_for(name: &str, category: &str, description: &str) -> Look {
    let mut look = from_hash(&[name, category, description]);
    let said = format!("{name} {description}").to_lowercase();
    let words: Vec<&str> = said
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    for (at, word) in words.iter().enumerate() {
        apply_word(&mut look, word, &words[..at]);
    }
    look
}

/// A look that depends on nothing but the words. Each part takes a byte of its own, so that one
/// more colour in a palette changes that part only.
fn from_hash(words: &[&str]) -> Look {
    let mut hasher = Sha256::new();
    for word in words {
        hasher.update(word.trim().as_bytes());
        hasher.update([0]);
    }
    let hash = hasher.finalize();
    let pick = |at: usize, count: usize| usize::from(hash[at]) % count;
    let cloth = ClothColour::ALL[pick(5, ClothColour::ALL.len())];
    let trim = ClothColour::ALL[pick(6, ClothColour::ALL.len())];
    let hair = HairStyle::ALL[pick(1, HairStyle::ALL.len())];
    Look {
        skin: Skin::ALL[pick(0, Skin::ALL.len())],
        hair,
        hair_colour: HairColour::ALL[pick(2, HairColour::ALL.len())],
        expression: Expression::ALL[pick(3, Expression::ALL.len())],
        outfit: Outfit::ALL[pick(4, Outfit::ALL.len())],
        cloth,
        trim: if trim == cloth { contrast(cloth) } else { trim },
        scarf: (hash[7] < 64)
            .then(|| ClothColour::ALL[pick(8, ClothColour::ALL.len())])
            .filter(|scarf| *scarf != cloth),
        shoes: ShoeColour::ALL[pick(9, ShoeColour::ALL.len())],
    }
}

/// A trim that is always seen on `cloth`.
fn contrast(cloth: ClothColour) -> ClothColour {
    if cloth == ClothColour::Cream {
        ClothColour::Coral
    } else {
        ClothColour::Cream
    }
}

/// Lets one word change the look. A colour that came just before it colours what it names.
fn apply_word(look: &mut Look, word: &str, before: &[&str]) {
    let colour = before.iter().rev().take(2).copied();
    match word {
        "hair" | "haired" | "beard" | "bearded" | "curls" | "bun" | "beanie" | "bob" => {
            if let Some(hair) = colour.clone().find_map(hair_colour) {
                look.hair_colour = hair;
            }
        }
        "coat" | "dress" | "jacket" | "shirt" | "dungarees" | "overalls" | "striped"
        | "stripes" => {
            if let Some(cloth) = colour.clone().find_map(cloth_colour) {
                look.cloth = cloth;
            }
        }
        "apron" | "buttons" | "hem" => {
            if let Some(trim) = colour.clone().find_map(cloth_colour) {
                look.trim = trim;
            }
        }
        "scarf" => {
            let said = colour.clone().find_map(cloth_colour);
            look.scarf = said.or(look.scarf).or(Some(contrast(look.cloth)));
        }
        "shoes" | "boots" => {
            if let Some(shoes) = colour.clone().find_map(shoe_colour) {
                look.shoes = shoes;
            }
        }
        _ => {}
    }
    if let Some(hair) = hair_style(word) {
        look.hair = hair;
    }
    if let Some(outfit) = outfit(word) {
        look.outfit = outfit;
    }
    match word {
        "glasses" | "spectacles" => look.expression = Expression::Glasses,
        "beard" | "bearded" => look.expression = Expression::Beard,
        "smile" | "smiling" | "happy" | "cheerful" => look.expression = Expression::Smile,
        "old" | "elderly" => look.hair_colour = HairColour::Grey,
        _ => {}
    }
    if look.trim == look.cloth {
        look.trim = contrast(look.cloth);
    }
}

fn hair_style(word: &str) -> Option<HairStyle> {
    Some(match word {
        "curls" | "curly" => HairStyle::Curls,
        "bald" => HairStyle::None,
        "sailor" | "captain" => HairStyle::Sailor,
        word => *HairStyle::ALL
            .iter()
            .find(|h| **h != HairStyle::None && h.word() == word)?,
    })
}

fn outfit(word: &str) -> Option<Outfit> {
    Some(match word {
        "striped" => Outfit::Stripes,
        "overalls" => Outfit::Dungarees,
        "baker" | "cook" => Outfit::Apron,
        // Every outfit is a coat of some cut; the bare word says nothing about the cut.
        "coat" => return None,
        word => *Outfit::ALL.iter().find(|o| o.word() == word)?,
    })
}

fn hair_colour(word: &str) -> Option<HairColour> {
    Some(match word {
        "blonde" | "golden" | "yellow" => HairColour::Blond,
        "gray" | "white" | "silver" => HairColour::Grey,
        "ginger" | "orange" => HairColour::Copper,
        "dark" => HairColour::Umber,
        word => *HairColour::ALL.iter().find(|c| c.word() == word)?,
    })
}

fn cloth_colour(word: &str) -> Option<ClothColour> {
    Some(match word {
        "red" => ClothColour::Coral,
        "white" => ClothColour::Cream,
        "grey" | "gray" | "black" => ClothColour::Slate,
        "purple" => ClothColour::Violet,
        "pink" => ClothColour::Rose,
        word => *ClothColour::ALL.iter().find(|c| c.word() == word)?,
    })
}

fn shoe_colour(word: &str) -> Option<ShoeColour> {
    Some(match word {
        "black" | "grey" | "gray" => ShoeColour::Slate,
        "purple" => ShoeColour::Plum,
        word => *ShoeColour::ALL.iter().find(|c| c.word() == word)?,
    })
}
