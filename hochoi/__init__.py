"""Học Hỏi, the core and the read side: records, laws of Vietnamese text, store, search, answers."""
