"""The stack trace: exceptions, their frames with source and locals, threads."""
