"""Measurements of speed and size; results are copied into docs/measurements.md by hand."""
