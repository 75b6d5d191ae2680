"""Small parts that several pages use; they show text from outside as text, never as markup."""
