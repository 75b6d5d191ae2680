"""What the engine's parts remember: job runs and requests, findings, listeners."""
