"""The window: Qt, and nothing that the engine needs."""
