//! Streams of updates, read once for all clients of this crowd.
//!
//! All readers of a server follow one stream, so its frames are decoded by whoever gets one first, and
//! what they say is kept with the frames in the [cache](super::frame_cache). What has to be remembered
//! from frame to frame is remembered here and not once a client. Clients read in any order: one may come
//! in with a keyframe that is ahead of what the others have read so far. Then there are two decoders at
//! two places, until the one behind has read up to where the other began.

use contract::batch::BatchError;
use contract::batch::stream::{FrameHead, SteppedPlayer, StreamDecoder};

/// Decoders at different places, at most; of more the one furthest behind is given up.
const PLACES: usize = 32;

/// A decoder and which frames it has read.
#[derive(Debug)]
struct StreamPlace {
    epoch: u32,
    /// The number of the keyframe it began with.
    from: u32,
    /// The number of the frame it read last.
    at: u32,
    decoder: StreamDecoder,
}

impl StreamPlace {
    fn has_read(&self, epoch: u32, number: u32) -> bool {
        self.epoch == epoch && (self.from..=self.at).contains(&number)
    }
}

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Streams {
    places: Vec<StreamPlace>,
}

impl Streams {
    /// Somebody comes in with this keyframe. It is read when no decoder has been there.
    pub(super) fn come_in(&mut self, head: FrameHead, bytes: &[u8]) -> Result<(), BatchError> {
        let FrameHead { epoch, number, .. } = head;
        if self.places.iter().any(|it| it.has_read(epoch, number)) {
            return Ok(());
        }
        let mut decoder = StreamDecoder::default();
        decoder.read(bytes)?;
        if self.places.len() == PLACES {
            let behind = self.places.iter().enumerate();
            if let Some((behind, _)) = behind.min_by_key(|(_, place)| place.at) {
                self.places.swap_remove(behind);
            }
        }
        self.places.push(StreamPlace {
            epoch,
            from: number,
            at: number,
            decoder,
        });
        Ok(())
    }

    /// Reads a frame that nobody has read yet. One about who is near names players by slots, which are the same for
    /// longer than anybody may be behind.
    pub(super) fn read<'a>(
        &mut self,
        head: FrameHead,
        bytes: &'a [u8],
    ) -> Result<Vec<SteppedPlayer<'a>>, BatchError> {
        if head.near {
            let has_read = |it: &&StreamPlace| it.has_read(head.epoch, head.number);
            let place = self.places.iter().find(has_read);
            return place.ok_or(BatchError::OutOfStep)?.decoder.read_near(bytes);
        }
        let before = head.number.wrapping_sub(1);
        let place = self
            .places
            .iter_mut()
            .find(|it| it.epoch == head.epoch && it.at == before)
            .ok_or(BatchError::OutOfStep)?;
        let steps = place.decoder.read(bytes)?;
        place.at = head.number;
        self.join(head.epoch, head.number);
        Ok(steps)
    }

    /// A decoder that has come to where another began is needed no more.
    fn join(&mut self, epoch: u32, at: u32) {
        let behind = |it: &StreamPlace| it.epoch == epoch && it.at == at;
        let Some(behind) = self.places.iter().position(behind) else {
            return;
        };
        let ahead = (0..self.places.len())
            .find(|other| *other != behind && self.places[*other].has_read(epoch, at));
        if let Some(ahead) = ahead {
            self.places[ahead].from = self.places[ahead].from.min(self.places[behind].from);
            self.places.swap_remove(behind);
        }
    }
}

#[cfg(test)]
mod tests {
    use contract::batch::stream::{NearEncoder, PlayerStep, StreamEncoder};

    use super::*;

    fn step(encoder: &mut StreamEncoder) -> Vec<u8> {
        let x = f64::from(encoder.number());
        encoder.push(&PlayerStep {
            id: "ada",
            position: [x, 0.0, 0.0],
            ..PlayerStep::default()
        });
        encoder.finish(|_| true).to_vec()
    }

    fn read(streams: &mut Streams, frame: &[u8]) -> Result<f64, BatchError> {
        let head = FrameHead::of(frame)?;
        Ok(streams.read(head, frame)?[0].position[0])
    }

    fn come_in(streams: &mut Streams, keyframe: &[u8]) {
        let head = FrameHead::of(keyframe).unwrap();
        streams.come_in(head, keyframe).unwrap();
    }

    #[test]
    fn clients_may_be_at_different_places() {
        let mut encoder = StreamEncoder::new(1);
        let mut streams = Streams::default();
        come_in(&mut streams, &encoder.keyframe());
        let frames: Vec<_> = (0..3).map(|_| step(&mut encoder)).collect();
        let ahead = encoder.keyframe();
        let last = step(&mut encoder);

        assert_eq!(read(&mut streams, &frames[0]), Ok(0.0));
        come_in(&mut streams, &ahead);
        assert_eq!(streams.places.len(), 2);
        assert_eq!(read(&mut streams, &last), Ok(3.0));
        assert_eq!(read(&mut streams, &frames[1]), Ok(1.0));
        assert_eq!(read(&mut streams, &frames[2]), Ok(2.0));
        assert_eq!(streams.places.len(), 1, "the one behind has caught up");
        come_in(&mut streams, &ahead);
        assert_eq!(streams.places.len(), 1, "this place is known");
        assert_eq!(read(&mut streams, &step(&mut encoder)), Ok(4.0));
    }

    #[test]
    fn who_is_near_is_read_by_those_who_are_a_little_behind() {
        let mut encoder = StreamEncoder::new(1);
        let mut streams = Streams::default();
        come_in(&mut streams, &encoder.keyframe());
        assert_eq!(read(&mut streams, &step(&mut encoder)), Ok(0.0));
        let mut near = NearEncoder::default();
        let at = PlayerStep {
            position: [9.0, 0.0, 0.0],
            ..PlayerStep::default()
        };
        near.push(encoder.slot("ada").unwrap(), &at);
        let near = encoder.near_frame(&[&near.finish_part()]);
        assert_eq!(read(&mut streams, &step(&mut encoder)), Ok(1.0));
        assert_eq!(read(&mut streams, &near), Ok(9.0));
        assert_eq!(read(&mut streams, &step(&mut encoder)), Ok(2.0));
    }

    #[test]
    fn the_streams_of_two_nodes_are_two() {
        let mut encoders = [StreamEncoder::new(1), StreamEncoder::new(2)];
        let mut streams = Streams::default();
        for encoder in &mut encoders {
            come_in(&mut streams, &encoder.keyframe());
        }
        for encoder in &mut encoders {
            assert_eq!(read(&mut streams, &step(encoder)), Ok(0.0));
        }
        let stranger = step(&mut StreamEncoder::new(3));
        assert_eq!(read(&mut streams, &stranger), Err(BatchError::OutOfStep));
    }
}
