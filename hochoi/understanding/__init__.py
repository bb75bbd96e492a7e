"""What a question means: its kind, its conditions with their roles, what it carries on."""
