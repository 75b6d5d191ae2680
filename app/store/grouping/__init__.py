"""Grouping rules and regroupings, and the counters they move."""
