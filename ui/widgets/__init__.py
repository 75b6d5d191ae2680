"""Small parts that several pages use, and that keep text from outside what it is: text."""
