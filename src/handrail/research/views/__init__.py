"""Studies on screen."""
