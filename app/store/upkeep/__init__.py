"""Keeps the store small and consistent: retention, repair, health, salvage."""
