"""What is stored of an issue: its row, its keys, its mute, its fix."""
