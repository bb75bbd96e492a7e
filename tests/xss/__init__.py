"""Texts that want to be code, in every place a text can enter; nothing of them may ever run."""
