"""The ask page: a conversation, what it understood, its sources, what may be done with them."""
