//! The colours a person can have, each with the word that names it.

/// An opaque colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rgb(pub(super) u8, pub(super) u8, pub(super) u8);

/// Every base colour is mixed with this one where it lies in the shade.
pub(super) const SHADE: Rgb = Rgb(0x27, 0x49, 0x6B);
/// Eyes and mouths.
pub(super) const INK: Rgb = Rgb(0x22, 0x22, 0x2E);
/// Cheeks, drawn at 35 %.
pub(super) const BLUSH: Rgb = Rgb(0xE0, 0x70, 0x5E);
/// The rim of glasses.
pub(super) const RIM: Rgb = Rgb(0x22, 0x30, 0x3C);
/// The crown, band and shaded crown of the sailor cap.
pub(super) const SAILOR: [Rgb; 3] = [
    Rgb(0xFF, 0xFD, 0xF8),
    Rgb(0x2C, 0x4A, 0x66),
    Rgb(0xD8, 0xDE, 0xE2),
];
/// Lightens the turned-up edge of a beanie.
pub(super) const WHITE: Rgb = Rgb(0xFF, 0xFF, 0xFF);

impl Rgb {
    const fn hex(value: u32) -> Self {
        let [_, r, g, b] = value.to_be_bytes();
        Self(r, g, b)
    }

    /// This colour with `share` (0 to 1) of another.
    pub(super) fn mix(self, other: Self, share: f32) -> Self {
        let channel = |a: u8, b: u8| {
            let mixed = f32::from(a) + (f32::from(b) - f32::from(a)) * share;
            mixed.round().clamp(0.0, 255.0) as u8
        };
        Self(
            channel(self.0, other.0),
            channel(self.1, other.1),
            channel(self.2, other.2),
        )
    }

    /// This colour in the shade, by `share`.
    pub(super) fn shaded(self, share: f32) -> Self {
        self.mix(SHADE, share)
    }
}

/// Defines a closed set of named colours.
macro_rules! colours {
    ($(#[$doc:meta])* $name:ident { $($variant:ident $word:literal $hex:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[expect(missing_docs, reason = "each name says its colour")]
        pub enum $name { $($variant),+ }

        impl $name {
            /// All of them, in palette order.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word used in appearance layers.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            pub(super) const fn rgb(self) -> Rgb {
                match self { $(Self::$variant => Rgb::hex($hex)),+ }
            }
        }
    };
}

colours! {
    /// Skin, from light to dark.
    Skin {
        Shell "shell" 0xF6D7BD, Sand "sand" 0xEBBE98, Honey "honey" 0xD79E73,
        Clay "clay" 0xB67A50, Chestnut "chestnut" 0x8A5638, Cocoa "cocoa" 0x5E3A28,
    }
}

colours! {
    /// Hair, and the wool of a beanie.
    HairColour {
        Black "black" 0x2B2230, Umber "umber" 0x4A2F28, Brown "brown" 0x7C4A2D,
        Copper "copper" 0xB5713A, Blond "blond" 0xE0B25C, Grey "grey" 0xC9CDD2,
        Red "red" 0xB8493F, Blue "blue" 0x3E6E8E,
    }
}

colours! {
    /// Cloth of coats, trims and scarves.
    ClothColour {
        Coral "coral" 0xD9604F, Orange "orange" 0xE8955A, Yellow "yellow" 0xE6BC52,
        Green "green" 0x7DAE5B, Teal "teal" 0x3E9A86, Blue "blue" 0x3C8DAE,
        Indigo "indigo" 0x4A6BC0, Violet "violet" 0x7A62B8, Rose "rose" 0xB75D93,
        Brown "brown" 0x8A5A44, Slate "slate" 0x54677A, Cream "cream" 0xF1E6D6,
    }
}

colours! {
    /// Shoes.
    ShoeColour {
        Slate "slate" 0x2C3A47, Brown "brown" 0x6B4330, White "white" 0xF4EFE6,
        Red "red" 0xB5483D, Blue "blue" 0x35618A, Plum "plum" 0x3B3145,
    }
}
