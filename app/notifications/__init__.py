"""Who is told of what: rules decide, the outbox remembers, channels carry."""
