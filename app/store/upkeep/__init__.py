"""What keeps the store small and whole: retention, repair, health, salvage."""
