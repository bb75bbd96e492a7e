"""Evaluation as evaluators see it: commands and pages."""
