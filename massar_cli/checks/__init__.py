"""The steps of `massar doctor`: each looks at one thing and says what it found."""
