//! The sixteen poses of a sheet: four directions by four walk frames.

/// Which way a person faces; the order is the order of a sheet's rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Down,
    Left,
    Right,
    Up,
}

impl Direction {
    pub(super) const ALL: [Self; 4] = [Self::Down, Self::Left, Self::Right, Self::Up];

    /// The row's name in a sprite's metadata.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Down => "down",
            Self::Left => "left",
            Self::Right => "right",
            Self::Up => "up",
        }
    }
}

/// Frames of one walk cycle: step, pass, step with the other foot, pass.
pub(super) const WALK_FRAMES: usize = 4;

/// How one frame is drawn. Left is right mirrored, with the shade kept on the viewer's right.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pose {
    /// Seen from the side.
    pub(super) side: bool,
    /// Seen from behind.
    pub(super) back: bool,
    /// -1 when the drawing is mirrored, else 1. Shade lies towards `mirror` in drawing units.
    pub(super) mirror: f32,
    /// -1 to 1: which foot is in front, or lifted.
    pub(super) swing: f32,
    /// Height of the body over its resting place, in pixels.
    pub(super) lift: f32,
}

impl Pose {
    /// The pose of a direction's `frame`, 0 to 3.
    pub(super) fn new(direction: Direction, frame: usize) -> Self {
        let (swing, lift) = match frame % WALK_FRAMES {
            0 => (1.0, 0.0),
            2 => (-1.0, 0.0),
            _ => (0.0, 2.0),
        };
        Self {
            side: matches!(direction, Direction::Left | Direction::Right),
            back: direction == Direction::Up,
            mirror: if direction == Direction::Left {
                -1.0
            } else {
                1.0
            },
            swing,
            lift,
        }
    }
}
