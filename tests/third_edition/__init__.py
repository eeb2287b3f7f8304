"""A third stand-in for the school portal, written apart from the client."""
