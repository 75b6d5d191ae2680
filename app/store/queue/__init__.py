"""The durable queue: reports as they came, those that failed, those that were refused."""
