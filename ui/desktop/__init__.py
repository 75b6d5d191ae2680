"""Arecibo on the desktop: its icon, and its place in the tray."""
