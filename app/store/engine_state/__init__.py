"""The engine's own state: job runs and requests, faults that it found, the state of listeners."""
