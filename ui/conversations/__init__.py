"""What a person keeps: the list of conversations, and conversations as files."""
