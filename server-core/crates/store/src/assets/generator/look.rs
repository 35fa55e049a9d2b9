//! What one person looks like.

use serde_json::{Map, Value};

use super::palette::{ClothColour, HairColour, ShoeColour, Skin};

/// Everything the drawing depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Face and hands.
    pub skin: Skin,
    /// Hair or hat.
    pub hair: HairStyle,
    /// Colour of the hair; of the wool for a beanie.
    pub hair_colour: HairColour,
    /// What the face does.
    pub expression: Expression,
    /// The cut of the coat.
    pub outfit: Outfit,
    /// The coat's own colour.
    pub cloth: ClothColour,
    /// The second colour: stripes, hem, apron, buttons, or the shirt under dungarees.
    pub trim: ClothColour,
    /// A scarf over it all.
    pub scarf: Option<ClothColour>,
    /// Shoes.
    pub shoes: ShoeColour,
}

/// Defines a closed set of named shapes.
macro_rules! shapes {
    ($(#[$doc:meta])* $name:ident { $($(#[$item:meta])* $variant:ident $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[$item])* $variant),+ }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word used in appearance layers.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
    };
}

shapes! {
    /// Hair, or what covers it.
    HairStyle {
        /// Cut above the ears.
        Short "short",
        /// To the chin, with a fringe.
        Bob "bob",
        /// Down the back.
        Long "long",
        /// Tied up on top.
        Bun "bun",
        /// A round cloud.
        Curls "curls",
        /// A knitted hat with a bobble.
        Beanie "beanie",
        /// A white cap with a navy band.
        Sailor "sailor",
        /// Bald.
        None "none",
    }
}

shapes! {
    /// The cut of the coat.
    Outfit {
        /// Plain.
        Coat "coat",
        /// With a coloured hem.
        Hem "hem",
        /// Three stripes.
        Stripes "stripes",
        /// Three buttons.
        Buttons "buttons",
        /// Straps and a bib over a shirt.
        Dungarees "dungarees",
        /// An apron in front.
        Apron "apron",
    }
}

shapes! {
    /// What the face does.
    Expression {
        /// Two round eyes.
        Dots "dots",
        /// Eyes closed in a smile.
        Smile "smile",
        /// Round glasses.
        Glasses "glasses",
        /// A beard in the colour of the hair.
        Beard "beard",
    }
}

impl Look {
    /// The look as the four appearance layers of the contract, each one or more words joined by a
    /// dash: hair `bun-umber`, face `smile-honey` (with the skin), outfit `hem-coral-yellow` (with
    /// cloth and trim, and `-scarf-teal` when one is worn), shoes `brown`.
    #[must_use]
    pub fn layers(&self) -> Map<String, Value> {
        let scarf = self
            .scarf
            .map_or_else(String::new, |c| format!("-scarf-{}", c.word()));
        let hair = match self.hair {
            HairStyle::None => Value::Null,
            style => format!("{}-{}", style.word(), self.hair_colour.word()).into(),
        };
        let face = format!("{}-{}", self.expression.word(), self.skin.word());
        let outfit = format!(
            "{}-{}-{}{scarf}",
            self.outfit.word(),
            self.cloth.word(),
            self.trim.word()
        );
        Map::from_iter([
            ("hair".to_owned(), hair),
            ("face".to_owned(), face.into()),
            ("outfit".to_owned(), outfit.into()),
            ("shoes".to_owned(), self.shoes.word().into()),
        ])
    }
}
