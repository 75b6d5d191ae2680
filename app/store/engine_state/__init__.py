"""What the engine remembers beside errors: job runs and requests, its own faults, the state of listeners."""
