"""A coordinator's desk: the enterprises looked after, what needs attention, conversations, replies, notices."""
