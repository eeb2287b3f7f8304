"""Tests of how pages are found by the menu."""
