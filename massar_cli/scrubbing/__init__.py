"""Takes everything personal out of a page of the portal, and keeps its form."""
