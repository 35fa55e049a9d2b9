//! A place in bytes that may be hostile.

use serde_json::value::RawValue;

use super::BatchError;

/// A place in the input. Every read checks what is left first.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'a> {
    data: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(data: &'a [u8]) -> Self {
        Self { data, at: 0 }
    }

    pub(super) fn remaining(&self) -> usize {
        self.data.len() - self.at
    }

    pub(super) fn bytes(&mut self, count: usize) -> Result<&'a [u8], BatchError> {
        let truncated = BatchError::Truncated {
            at: self.data.len(),
        };
        let (bytes, _) = self.data[self.at..]
            .split_at_checked(count)
            .ok_or(truncated)?;
        self.at += count;
        Ok(bytes)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], BatchError> {
        let mut array = [0; N];
        array.copy_from_slice(self.bytes(N)?);
        Ok(array)
    }

    pub(super) fn byte(&mut self) -> Result<u8, BatchError> {
        self.array().map(|[byte]| byte)
    }

    /// An unsigned LEB128 number of at most 32 bits, in as few bytes as it needs.
    pub(super) fn varint(&mut self) -> Result<u32, BatchError> {
        let mut value: u32 = 0;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte()?;
            let bits = u32::from(byte & 0x7f);
            if shift == 28 && byte > 0x0f || shift > 0 && byte == 0 {
                return Err(BatchError::BadVarint);
            }
            value |= bits << shift;
            if byte < 0x80 {
                break;
            }
        }
        Ok(value)
    }

    pub(super) fn text(&mut self) -> Result<&'a str, BatchError> {
        let length = self.varint()?;
        // A length that no address space holds is beyond the input's end all the same.
        let bytes = self.bytes(usize::try_from(length).unwrap_or(usize::MAX))?;
        std::str::from_utf8(bytes).map_err(|_| BatchError::InvalidUtf8)
    }

    pub(super) fn json_object(&mut self) -> Result<&'a str, BatchError> {
        let text = self.text()?;
        // Checks the syntax without building the value, and without recursion.
        match serde_json::from_str::<&RawValue>(text) {
            Ok(value) if value.get().starts_with('{') => Ok(text),
            _ => Err(BatchError::BadMetadata),
        }
    }
}
