//! The vectors that every language runs, properties of any stream and any bytes, and what a step costs.

use bytes::Bytes;

use super::super::BatchError;
use super::*;

mod odd;
mod properties;
mod vectors;

/// A step that owns its texts.
#[derive(Debug, Clone, PartialEq, Default)]
struct Step {
    id: String,
    position: [f64; 3],
    full: bool,
    animation: Option<String>,
    name: Option<String>,
    metadata: Option<String>,
}

impl Step {
    fn at(id: &str, position: [f64; 3]) -> Self {
        Self {
            id: id.to_owned(),
            position,
            ..Self::default()
        }
    }

    fn animated(self, animation: &str) -> Self {
        let animation = Some(animation.to_owned());
        Self { animation, ..self }
    }

    fn named(self, name: &str) -> Self {
        let name = Some(name.to_owned());
        Self { name, ..self }
    }

    fn with(self, metadata: &str) -> Self {
        let metadata = Some(metadata.to_owned());
        Self { metadata, ..self }
    }

    fn full(self) -> Self {
        Self { full: true, ..self }
    }

    fn as_input(&self) -> PlayerStep<'_> {
        PlayerStep {
            id: &self.id,
            position: self.position,
            full: self.full,
            animation: self.animation.as_deref(),
            name: self.name.as_deref(),
            metadata: self.metadata.as_deref(),
        }
    }
}

impl From<SteppedPlayer<'_>> for Step {
    fn from(step: SteppedPlayer<'_>) -> Self {
        Self {
            id: step.id.to_string(),
            position: step.position,
            full: step.full,
            animation: step.animation.map(|it| it.to_string()),
            name: step.name.map(Into::into),
            metadata: step.metadata.map(Into::into),
        }
    }
}

fn encode(encoder: &mut StreamEncoder, steps: &[Step], here: impl Fn(&str) -> bool) -> Bytes {
    for step in steps {
        encoder.push(&step.as_input());
    }
    encoder.finish(here)
}

fn read(decoder: &mut StreamDecoder, frame: &[u8]) -> Result<Vec<Step>, BatchError> {
    Ok(decoder.read(frame)?.into_iter().map(Step::from).collect())
}

/// A stream and somebody who has followed it from its beginning.
fn followed() -> (StreamEncoder, StreamDecoder) {
    let mut encoder = StreamEncoder::new(1);
    let mut decoder = StreamDecoder::default();
    assert_eq!(decoder.read(&encoder.keyframe()), Ok(Vec::new()));
    (encoder, decoder)
}

/// Equal whatever the order, and the numbers in every bit: `==` would call the two zeros the same.
#[track_caller]
fn assert_same(mut read: Vec<Step>, written: &[Step]) {
    let mut written = written.to_vec();
    read.sort_by(|a, b| a.id.cmp(&b.id));
    written.sort_by(|a, b| a.id.cmp(&b.id));
    assert_eq!(read, written);
    let bits = |steps: &[Step]| -> Vec<[u64; 3]> {
        let positions = steps.iter().map(|step| step.position.map(f64::to_bits));
        positions.collect()
    };
    assert_eq!(bits(&read), bits(&written), "bits of the numbers");
}
