"""One module a page of the portal; pages never import one another."""
