"""“Open in the editor”: asks what must be asked, and says what was opened."""
