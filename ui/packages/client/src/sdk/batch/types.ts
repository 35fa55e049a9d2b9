/** Why a batch was refused; the words are the server's `BatchError::code`. */
export type BatchError =
  | "truncated"
  | "trailing-bytes"
  | "unsupported-version"
  | "unknown-field"
  | "empty-record"
  | "incomplete-full"
  | "empty-id"
  | "bad-prefix"
  | "bad-varint"
  | "bad-shape"
  | "not-finite"
  | "invalid-utf8"
  | "bad-metadata"
  // Of streams alone.
  | "out-of-step"
  | "bad-slot"
  | "out-of-range"
  | "bad-word"
  | "check-failed";
