"""Journeys of users through the real program, in a real browser."""
