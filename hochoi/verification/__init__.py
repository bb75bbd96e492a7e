"""Checks a draft: markers, quotes and whether the quoted words support the sentence."""
