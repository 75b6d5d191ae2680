"""Spans and log lines in the store, for an hour or a few hundred megabytes.

What a report brought of one project is one row, packed (`trace_parts`). It is found through `trace_index`, by
its trace, by its project, or by the transactions that ran. Nothing in that is an index by something random
over all of it: its rows lie in slots of four seconds of arrival, so that a batch writes within the last few
pages, and a question looks into each slot of the time that it asks about, which are 900 an hour.
`trace_slots` has how large each slot is; the oldest are removed whole, in small steps.
"""
