"""What things cost in a store of a thousand, a hundred thousand and a million events."""
