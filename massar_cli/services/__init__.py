"""What a person can ask for: which pages to open, and what to say. One module a subject.

Each function loads the pages that it reads, so that a run pays for no other.
"""
