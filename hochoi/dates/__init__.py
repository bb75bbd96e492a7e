"""Dates as Vietnamese writes them, as spans of days."""
