"""The parts of an event that all formats share: levels, times, requests, frames, headline, limits."""
