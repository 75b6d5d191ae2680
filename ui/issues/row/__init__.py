"""What a row of the list is painted of."""
