"""Puts the first hits in a better order: evidence in numbers, trees, roles of visits."""
