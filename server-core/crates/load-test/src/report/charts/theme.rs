//! The colours of charts, dark and light; the same as in the product's pages.

use plotters::style::RGBColor;

/// Which of the two colour schemes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartTheme {
    /// "Night".
    Dark,
    /// "Fog".
    Light,
}

/// What a colour stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    Page,
    Surface,
    Grid,
    Text,
    Text2,
    Text3,
    P50,
    P95,
    P99,
    Max,
    /// A machine.
    Tide,
    /// Bots, or the host beside the server.
    Violet,
    Danger,
    Warn,
}

impl ChartTheme {
    /// The word in file names.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
        }
    }

    pub(super) fn ink(self, ink: Ink) -> RGBColor {
        let (dark, light) = match ink {
            Ink::Page => (0x0A_1118, 0xF2_F5F6),
            Ink::Surface => (0x10_1A23, 0xFF_FFFF),
            Ink::Grid => (0x1F_2E3A, 0xDF_E6E9),
            Ink::Text => (0xE9_EFF2, 0x10_1E28),
            Ink::Text2 => (0xAE_BCC5, 0x43_545F),
            Ink::Text3 => (0x86_98A4, 0x5C_6D77),
            Ink::P50 => (0x3F_A3BC, 0x14_96B8),
            Ink::P95 => (0xB4_9BFF, 0x5A_34C4),
            Ink::P99 => (0xFF_C2DE, 0xA3_104A),
            Ink::Max => (0x86_98A4, 0x5C_6D77),
            Ink::Tide => (0x3F_B0D4, 0x01_A2AA),
            Ink::Violet => (0x8A_6FDE, 0x89_58E2),
            Ink::Danger => (0xFF_808B, 0xBE_2439),
            Ink::Warn => (0xFF_9F66, 0xAD_4A07),
        };
        let rgb: u32 = match self {
            Self::Dark => dark,
            Self::Light => light,
        };
        let [_, red, green, blue] = rgb.to_be_bytes();
        RGBColor(red, green, blue)
    }
}
