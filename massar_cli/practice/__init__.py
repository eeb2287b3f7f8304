"""A practice portal: a local stand-in for the Massar pupils' portal, with made-up students."""
