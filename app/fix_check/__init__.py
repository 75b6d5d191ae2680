"""Whether a fix is in a build, and whether it holds."""
