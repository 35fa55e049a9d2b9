/** The usual reasons of moderators, as both pages offer them. The person reads the one that was chosen. */
export const usualReasons = {
  following: "Follows people",
  insults: "Insults",
  spam: "Spam",
  blocking: "Blocks the way",
};
