"""What is stored of an event beside its report: for lists, counters, the search and traces."""
