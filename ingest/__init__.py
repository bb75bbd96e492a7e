"""Học Hỏi, the write side: source files in, published reports out."""
