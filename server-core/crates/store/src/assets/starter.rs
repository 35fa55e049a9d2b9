//! The people every new harbour begins with: an avatar and a sprite sheet each.

use super::generator::{
    ClothColour as Cloth, Expression, HairColour, HairStyle, Look, Outfit, ShoeColour, Skin,
};

/// The category of sprites that people wear.
pub const AVATAR_CATEGORY: &str = "avatar";

/// One of the house's own avatars. Its id is both the avatar's and the sprite's.
#[derive(Debug, Clone, Copy)]
pub struct Starter {
    /// Stable, for `avatarId` and `metadata.spriteAssetId`.
    pub id: &'static str,
    /// Shown to people, and worn by who joins without a name.
    pub name: &'static str,
    /// What is drawn.
    pub look: Look,
}

/// Between them they wear every hair, every outfit, every face and every skin.
pub const STARTER_SET: [Starter; 12] = [
    Starter {
        id: "harbour-ana",
        name: "Ana",
        look: Look {
            outfit: Outfit::Hem,
            cloth: Cloth::Coral,
            trim: Cloth::Yellow,
            shoes: ShoeColour::Brown,
            expression: Expression::Smile,
            ..person(Skin::Honey, HairStyle::Bun, HairColour::Umber)
        },
    },
    Starter {
        id: "harbour-tom",
        name: "Tom",
        look: Look {
            outfit: Outfit::Stripes,
            cloth: Cloth::Blue,
            ..person(Skin::Shell, HairStyle::Short, HairColour::Copper)
        },
    },
    Starter {
        id: "harbour-ines",
        name: "Inés",
        look: Look {
            outfit: Outfit::Dungarees,
            cloth: Cloth::Yellow,
            shoes: ShoeColour::White,
            ..person(Skin::Clay, HairStyle::Curls, HairColour::Black)
        },
    },
    Starter {
        id: "harbour-pete",
        name: "Pete",
        look: Look {
            outfit: Outfit::Buttons,
            cloth: Cloth::Slate,
            trim: Cloth::Yellow,
            shoes: ShoeColour::Brown,
            expression: Expression::Beard,
            ..person(Skin::Sand, HairStyle::Sailor, HairColour::Grey)
        },
    },
    Starter {
        id: "harbour-yuki",
        name: "Yuki",
        look: Look {
            cloth: Cloth::Violet,
            scarf: Some(Cloth::Yellow),
            shoes: ShoeColour::Plum,
            ..person(Skin::Shell, HairStyle::Bob, HairColour::Black)
        },
    },
    Starter {
        id: "harbour-dara",
        name: "Dara",
        look: Look {
            outfit: Outfit::Apron,
            cloth: Cloth::Teal,
            shoes: ShoeColour::White,
            expression: Expression::Smile,
            ..person(Skin::Chestnut, HairStyle::Long, HairColour::Black)
        },
    },
    Starter {
        id: "harbour-kofi",
        name: "Kofi",
        look: Look {
            cloth: Cloth::Orange,
            scarf: Some(Cloth::Blue),
            expression: Expression::Glasses,
            ..person(Skin::Cocoa, HairStyle::Short, HairColour::Black)
        },
    },
    Starter {
        id: "harbour-lena",
        name: "Lena",
        look: Look {
            outfit: Outfit::Hem,
            cloth: Cloth::Rose,
            shoes: ShoeColour::Plum,
            ..person(Skin::Sand, HairStyle::Long, HairColour::Blond)
        },
    },
    Starter {
        id: "harbour-ruben",
        name: "Rubén",
        look: Look {
            outfit: Outfit::Dungarees,
            cloth: Cloth::Green,
            shoes: ShoeColour::Red,
            ..person(Skin::Honey, HairStyle::Beanie, HairColour::Red)
        },
    },
    Starter {
        id: "harbour-anouk",
        name: "Anouk",
        look: Look {
            cloth: Cloth::Indigo,
            scarf: Some(Cloth::Coral),
            shoes: ShoeColour::Brown,
            ..person(Skin::Sand, HairStyle::Curls, HairColour::Red)
        },
    },
    Starter {
        id: "harbour-siv",
        name: "Siv",
        look: Look {
            outfit: Outfit::Stripes,
            cloth: Cloth::Cream,
            trim: Cloth::Coral,
            shoes: ShoeColour::Blue,
            ..person(Skin::Shell, HairStyle::Bob, HairColour::Blue)
        },
    },
    Starter {
        id: "harbour-idris",
        name: "Idris",
        look: Look {
            outfit: Outfit::Buttons,
            cloth: Cloth::Teal,
            trim: Cloth::Yellow,
            scarf: Some(Cloth::Cream),
            shoes: ShoeColour::Brown,
            expression: Expression::Beard,
            ..person(Skin::Chestnut, HairStyle::None, HairColour::Grey)
        },
    },
];

/// What the set has in common: round eyes, a plain coat, a cream trim, dark shoes.
const fn person(skin: Skin, hair: HairStyle, hair_colour: HairColour) -> Look {
    Look {
        skin,
        hair,
        hair_colour,
        expression: Expression::Dots,
        outfit: Outfit::Coat,
        cloth: Cloth::Slate,
        trim: Cloth::Cream,
        scarf: None,
        shoes: ShoeColour::Slate,
    }
}
