"""Bytes that nobody sends: coverage-guided and generated, for everything that is read."""
