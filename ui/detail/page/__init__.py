"""The painted page: rows of text with their layout, painting, keyboard navigation and selection."""
