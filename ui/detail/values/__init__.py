"""Values of an event as what they are: typed, coloured, searched and copied, by their language."""
