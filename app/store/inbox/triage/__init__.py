"""What people do to issues, and what they decide it by."""
