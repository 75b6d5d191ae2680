"""What an event is made of in every format: levels, times, requests, frames, headline."""
