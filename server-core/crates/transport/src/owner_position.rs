//! Where the library stands in what it writes to a websocket: direct frames go between two of its own.

/// Where the library stands in what it writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OwnerPosition {
    /// Between two frames.
    Between,
    /// In a frame of which so many bytes have not been written.
    Inside(usize),
    /// Unknown until everything it has to write was taken: its buffer always ends with a frame.
    Lost,
}

impl OwnerPosition {
    /// The position after `written` of `bytes`, which the library offered at this position.
    pub(super) fn after(self, bytes: &[u8], written: usize) -> Self {
        if written == bytes.len() {
            return Self::Between;
        }
        let mut end = match self {
            Self::Between => 0,
            Self::Inside(rest) => rest,
            Self::Lost => return Self::Lost,
        };
        while end < written {
            match bytes.get(end..).and_then(frame_len) {
                Some(len) => end += len,
                None => return Self::Lost,
            }
        }
        match end - written {
            0 => Self::Between,
            rest => Self::Inside(rest),
        }
    }

    /// Where `frame` begins among the frames of `bytes`.
    pub(super) fn find(self, bytes: &[u8], frame: &[u8]) -> Option<usize> {
        let mut start = match self {
            Self::Between => 0,
            Self::Inside(rest) => rest,
            Self::Lost => return None,
        };
        loop {
            let rest = bytes.get(start..)?;
            if rest.starts_with(frame) {
                return Some(start);
            }
            start += frame_len(rest)?;
        }
    }
}

/// Length of the unmasked frame that `bytes` begin with, head included; RFC 6455, section 5.2.
fn frame_len(bytes: &[u8]) -> Option<usize> {
    let head = match bytes.get(1)? & 0x7F {
        126 => 4,
        127 => 10,
        short => return Some(2 + usize::from(short)),
    };
    let mut len = 0_usize;
    for byte in bytes.get(2..head)? {
        len = len.checked_mul(256)? + usize::from(*byte);
    }
    len.checked_add(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(len: usize) -> Vec<u8> {
        let mut frame = match len {
            0..=125 => vec![0x81, u8::try_from(len).unwrap()],
            126..=65_535 => {
                let len = u16::try_from(len).unwrap().to_be_bytes();
                vec![0x81, 126, len[0], len[1]]
            }
            _ => [&[0x81, 127][..], &(len as u64).to_be_bytes()].concat(),
        };
        frame.resize(frame.len() + len, b'x');
        frame
    }

    #[test]
    fn positions() {
        let lens = [0, 125, 126, 65_535, 65_536];
        let all: Vec<u8> = lens.iter().flat_map(|len| frame(*len)).collect();
        let mut ends = Vec::new();
        for len in lens {
            ends.push(ends.last().unwrap_or(&0) + frame(len).len());
        }
        for written in [0, 1, 2, 100, 129, 130, 200, 66_000, 131_000] {
            let next = *ends.iter().find(|end| **end >= written).unwrap();
            let expected = match next - written {
                0 => OwnerPosition::Between,
                rest => OwnerPosition::Inside(rest),
            };
            let expected = if written == 0 {
                OwnerPosition::Between
            } else {
                expected
            };
            let position = OwnerPosition::Between.after(&all, written);
            assert_eq!(position, expected, "after {written}");
            // From there on, as if offered again.
            assert_eq!(
                position.after(&all[written..], all.len() - written),
                OwnerPosition::Between
            );
        }
        assert_eq!(OwnerPosition::Lost.after(&all, 5), OwnerPosition::Lost);
        assert_eq!(
            OwnerPosition::Lost.after(&all, all.len()),
            OwnerPosition::Between
        );
    }

    #[test]
    fn a_frame_is_found_only_where_a_frame_begins() {
        let gate = [&[0x81, 4][..], b"gate"].concat();
        // The same bytes inside another frame are no gate.
        let decoy = [&[0x81, 6][..], &gate].concat();
        let all = [&decoy[..], &gate, &frame(3)].concat();
        assert_eq!(OwnerPosition::Between.find(&all, &gate), Some(decoy.len()));
        assert_eq!(OwnerPosition::Between.find(&decoy, &gate), None);
        assert_eq!(OwnerPosition::Inside(6).find(&all[2..], &gate), Some(6));
        assert_eq!(OwnerPosition::Lost.find(&all, &gate), None);
    }
}
