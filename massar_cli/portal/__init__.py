"""The conversation with the portal, and the pages that it answers with.

To add a page: write `pages/NAME.py` with one `Page` class (path, landmark, `read`), add its
record to `massar_cli/records.py`, and put answers with the expected records under
`fixtures/NAME/`. The tests find both by themselves.
"""
