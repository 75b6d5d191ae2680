"""The pages about the program itself: what it takes in, what it keeps, what it shows on the desktop."""
