"""Writes an answer from reports without a language model, and streams what a model writes."""
