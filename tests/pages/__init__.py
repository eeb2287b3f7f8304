"""The page parsers, against fixtures, generated pages and hostile ones."""
