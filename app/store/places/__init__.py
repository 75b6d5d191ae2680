"""What the sidebar lists: views and projects with their numbers, and what a person makes of them."""
