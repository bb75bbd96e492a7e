"""Tests of retrieval and of answers: test sets, runs, measures, comparison, gate.

Speaks to the product only through callables, so any system that ranks or answers can be tested.
"""
