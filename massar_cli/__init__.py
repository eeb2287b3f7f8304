"""massar: a terminal client for Massar, the school portal of Moroccan pupils and their parents."""

__version__ = "0.1.0"
